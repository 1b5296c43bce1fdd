"""Charge of one cycle against repulsion and lead coupling, and a cut with two choices of the induced charge."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from derivations import pumping
from rederived.figures.stored import stored
from rederived.figures.style import SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "9"
TITLE = "Charge per cycle against repulsion and lead coupling"
CAPTION = (
    "Six islands, \\(\\delta J = J_0\\), \\(\\Delta_0 = 6J_0\\), \\(E_C = 8J_0\\), \\(\\omega = 0.05J_0\\), at one "
    "phase. (a) Map of 36 by 36 points in \\(U\\) and \\(E_L\\). Across the wide plateau one pair goes from left to "
    "right, whatever the repulsion. (b) The cut at \\(E_L = 3.96J_0\\), the dashed line in (a). The authors' data have "
    "half of the induced charge next to \\(U\\) that Eq. (5) implies from the site energies; so do map and full line, "
    "the dashed line with all of it. The authors lower the first island first, and their \\(q\\) at "
    "\\(\\varphi = \\pi/3\\) is minus the one shown, which is at \\(-\\pi/3\\)."
)
ALT = (
    "Left: a map with repulsion from 0 to 6 across and lead coupling from 0 to 6 up. Above a coupling of about one it "
    "is blank, one pair a cycle; below it the shade changes from point to point, down to none at coupling "
    "zero; at the right edge streaks reach into the plateau. Right: two curves near one over the repulsion; they "
    "differ by a few hundredths, and both have spikes at strong repulsion."
)
SIDE, CUT = 36, 23
REPULSIONS = np.round(0.17142 * np.arange(SIDE), 5)
COUPLINGS = np.round(6.2 / 36 * np.arange(SIDE), 6)
HALF, FULL = 3 / 16, 3 / 8
POINTS = {
    "interaction": np.concatenate([np.repeat(REPULSIONS, SIDE), REPULSIONS]),
    "lead_coupling": np.concatenate([np.tile(COUPLINGS, SIDE), np.full(SIDE, COUPLINGS[CUT])]),
    "induced_charge": np.concatenate([np.full(SIDE**2, HALF), np.full(SIDE, FULL)]),
}
LEVELS = (0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 1.01, 1.03)
SHADES = (
    *((SERIES[0], alpha) for alpha in (0.95, 0.75, 0.58, 0.42, 0.28, 0.15)),
    (SERIES[0], 0.0),
    *((SERIES[1], alpha) for alpha in (0.3, 0.7)),
)


def compute(interaction: float, lead_coupling: float, induced_charge: float) -> dict[str, float]:
    """The charge at one point, to a millionth: next to an avoided crossing more digits mean nothing."""
    chain = pumping.RiceMele(
        6,
        hopping_modulation=1.0,
        lead_coupling=lead_coupling,
        interaction=interaction,
        induced_charge_modulation=induced_charge,
    )
    return {"charge": round(float(pumping.pumped_charge(chain, 0.05, -np.pi / 3)), 6)}


def data() -> dict[str, np.ndarray]:
    """The stored map, repulsion first, and both cuts."""
    charge = stored(__file__, POINTS)["charge"]
    of_map = charge[: SIDE**2].reshape(SIDE, SIDE)
    cuts = np.stack([of_map[:, CUT], charge[SIDE**2 :]])
    return {"repulsion": REPULSIONS, "coupling": COUPLINGS, "charge": of_map, "cuts": cuts}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The share of couplings above J_0 that pump one pair to a percent, and both cuts."""
    rows = [("\\(U/J_0\\)", "within 1 % of one pair, \\(E_L > J_0\\)", "\\(q\\) on the cut", "with all of \\(n_g\\)")]
    strong = data["coupling"] > 1
    for at in (0, 6, 12, 18, 24, 30, 35):
        share = np.mean(abs(data["charge"][at, strong] - 1) < 0.01)
        rows.append(
            (f"{data['repulsion'][at]:.2f}", f"{100 * share:.0f} %", *(f"{q:.3f}" for q in data["cuts"][:, at]))
        )
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the map with its legend at the left and the cut at the right."""
    figure = Figure(figsize=(6.9, 3.5))
    axes = figure.subplot_mosaic([["map", "cut"], ["legend", "cut"]], width_ratios=[1.3, 1], height_ratios=[1, 0.12])
    _draw_map(axes["map"], data)
    _draw_legend(axes["legend"])
    _draw_cuts(axes["cut"], data["repulsion"], data["cuts"])
    return figure


def _draw_map(axes: Axes, data: dict[str, np.ndarray]) -> None:
    """Cells of one shade in a column are one rectangle, and a shade is one path; the plateau is left blank."""
    u, lead = data["repulsion"], data["coupling"]
    shade = np.digitize(data["charge"], LEVELS)
    width, height = u[1] - u[0], lead[1] - lead[0]
    for number, (color, alpha) in enumerate(SHADES):
        if not alpha:
            continue
        corners, codes = [], []
        for column, x in zip(shade == number, u, strict=True):
            ends = np.flatnonzero(np.diff(column, prepend=False, append=False)).reshape(-1, 2)
            for low, high in ends * height + lead[0] - height / 2:
                left, right = x - width / 2, x + width / 2
                corners += [(left, low), (right, low), (right, high), (left, high), (left, low)]
                codes += [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY]
        if corners:
            axes.add_patch(PathPatch(Path(corners, codes), facecolor=color, alpha=alpha, linewidth=0))
    axes.axhline(lead[CUT], color=SERIES[2], linestyle="--", linewidth=0.9)
    axes.set(xlim=(u[0] - width / 2, u[-1] + width / 2), ylim=(lead[0] - height / 2, lead[-1] + height / 2))
    axes.set(xlabel="repulsion $U/J_0$", ylabel="lead coupling $E_L/J_0$")
    axes.set_title("(a)")


def _draw_legend(axes: Axes) -> None:
    for number, (color, alpha) in enumerate(SHADES):
        axes.axvspan(number, number + 1, color=color, alpha=alpha, linewidth=0)
    axes.set(xlim=(0, len(SHADES)), xlabel="pairs a cycle $q$", yticks=[])
    axes.set_xticks(range(1, len(SHADES)), [f"{level:g}" for level in LEVELS])
    axes.yaxis.set_visible(False)


def _draw_cuts(axes: Axes, repulsion: np.ndarray, cuts: np.ndarray) -> None:
    for cut, color, dash in zip(cuts, SERIES[:2], ("-", "--"), strict=True):
        axes.plot(repulsion, cut, color=color, linestyle=dash)
    axes.set(xlim=(0, 6), ylim=(0.85, 1.1), xlabel="repulsion $U/J_0$", ylabel="pairs a cycle $q$")
    axes.set_title("(b)")
    axes.text(3.2, 0.955, "half of $n_g$", color=SERIES[0])
    axes.text(2.2, 1.04, "all of $n_g$", color=SERIES[1])
