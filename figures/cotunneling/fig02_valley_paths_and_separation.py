"""Two instantons at a distance: their paths over the potential, their interaction, and how far apart they are."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from derivations import cotunneling
from rederived.figures.style import GRID, PAPER, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "SLZ25b"
NUMBER = "2"
TITLE = "Pairs of instantons: their paths, their weight, and how far apart they are"
CAPTION = (
    "(a) Contours of the potential (3) for equal junctions, and the pairs of instantons that enter Eq. (24): "
    "those with like charges in the upper square (solid), with unlike charges in the lower one (dashed). "
    "Numbers give the time \\(\\Omega s\\) from one to the other: far apart they follow the edges of the "
    "square, at \\(s=0\\) the diagonal. (b) The weight \\(e^{\\mp\\mathcal{V}(s)}-1\\) of such a pair in the "
    "integral (24), for the depths \\(A=-\\mathcal{V}(0)\\) that the numbers give. In the limit of weak "
    "coupling all are the interaction itself (black). (c) The root mean square separation under this weight. "
    "Like charges attract, and approach as \\(A^{-1/2}\\); unlike charges repel, and part as \\(\\ln A\\). The "
    "paper speaks of saddle-point paths that move to the center of the squares and end there as a minimum and a "
    "maximum. So they end; but for equal junctions only the diagonals are extremal, whatever \\(C_m\\), and what "
    "moves is the separation that contributes most."
)
ALT = (
    "Three panels. Left: contours of the periodic potential over the plane of the two phases, with a family of "
    "paths from the origin to (2 pi, 2 pi) and another to (2 pi, minus 2 pi); with growing separation they "
    "bend from the diagonal towards the edges of the square. Upper right: bell-shaped weights against the "
    "separation; for like charges they become narrower as the coupling grows, for unlike charges wider and "
    "flat-topped. Lower right: the typical separation against the coupling on a logarithmic scale; both "
    "charges start at 1.7, the one falls, the other rises slowly."
)

SEPARATIONS = (0.0, 1.5, 3.0, 6.0)
DEPTHS = (3.0, 30.0)

COLORS, DASHES = SERIES[:2], ("-", (0, (4.5, 1.7)))
LABEL = {"ha": "center", "va": "center", "fontsize": 9}
HALO = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2}


def data() -> dict[str, np.ndarray]:
    """Potential, paths, weights and typical separations of two equal junctions; times in units of 1/Omega."""
    phi_1, phi_2 = np.linspace(-0.4, 2.4, 43) * np.pi, np.linspace(-2.4, 2.4, 73) * np.pi
    time, separations = np.linspace(-9, 9, 121), np.array(SEPARATIONS)[:, None]
    separation = np.linspace(-7, 7, 141)
    depth, charge = np.geomspace(0.01, 10**2.5, 91), np.array([1.0, -1.0])[:, None]
    at_depth, with_charge = np.array(DEPTHS)[:, None], charge[:, :, None]
    return {
        "phi_1": phi_1,
        "phi_2": phi_2,
        # A contour runs through points of the grid: rounding must not decide on which side of it they lie.
        "potential": cotunneling.potential_energy(phi_1, phi_2[:, None], 1.0).round(12),
        "separations": separations[:, 0],
        "path_1": cotunneling.instanton_path(time + separations / 2),
        "path_2": cotunneling.instanton_path(time - separations / 2),
        "separation": separation,
        "interaction": cotunneling.interaction_profile(separation),
        "weight": cotunneling.pair_weight(separation, at_depth, with_charge)
        / cotunneling.pair_weight(0.0, at_depth, with_charge),
        "depth": depth,
        "typical": cotunneling.typical_separation(depth, charge),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Root mean square separations over the range of the depth."""
    rows = [("depth \\(A\\)", "\\(\\Omega s_{\\rm rms}\\), like charges", "unlike charges")]
    for depth in (0.01, 1.0, 100.0):
        at = int(np.argmin(abs(np.log(data["depth"] / depth))))
        rows.append((f"{data['depth'][at]:.3g}", *(f"{value:.3f}" for value in data["typical"][:, at])))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the squares at the left, weight and separation at the right."""
    figure = Figure(figsize=(6.9, 5.0))
    axes = figure.subplot_mosaic([["paths", "weight"], ["paths", "separation"]], width_ratios=[1, 1.3])
    _draw_paths(axes["paths"], data)
    _draw_weights(axes["weight"], data)
    _draw_separations(axes["separation"], data)
    for label, one in zip("abc", axes.values(), strict=True):
        one.set_title(f"({label})")
    return figure


def _draw_paths(axes: Axes, data: dict[str, np.ndarray]) -> None:
    pi = np.pi
    axes.contour(data["phi_1"] / pi, data["phi_2"] / pi, data["potential"], [0.5, 1.25, 2, 2.75, 3.5], colors=GRID)
    paths = list(zip(data["separations"], data["path_1"] / pi, data["path_2"] / pi, strict=True))
    middle = data["path_1"].shape[1] // 2
    for charge, color, dash in zip((1, -1), COLORS, DASHES, strict=True):
        for separation, one, other in paths:
            axes.plot(one, charge * other, color=color, linestyle=dash, linewidth=1.3)
            axes.plot(other, charge * one, color=color, linestyle=dash, linewidth=1.3)
            place = (one[middle], charge * other[middle])
            axes.text(*place, f"{separation:g}", color=color, **LABEL, bbox=HALO)
    axes.plot([0, 2, 2], [0, 2, -2], "o", color=TEXT, markersize=4.5)
    ticks = {-2: "$-2\\pi$", -1: "$-\\pi$", 0: "0", 1: "$\\pi$", 2: "$2\\pi$"}
    axes.set_xticks([0, 1, 2], [ticks[t] for t in (0, 1, 2)])
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.set(xlabel="phase $\\varphi_1$", ylabel="phase $\\varphi_2$")


def _draw_weights(axes: Axes, data: dict[str, np.ndarray]) -> None:
    separation = data["separation"]
    axes.plot(separation, -data["interaction"], color=TEXT, linestyle="-")
    axes.text(2.65, 0.42, "$-\\mathcal{V}/A$", color=TEXT, **LABEL, bbox=HALO)
    for rows, charge, color, dash in zip(data["weight"], (1, -1), COLORS, DASHES, strict=True):
        for depth, row, width in zip(DEPTHS, rows, (1.7, 1.1), strict=True):
            axes.plot(separation, row, color=color, linestyle=dash, linewidth=width)
            level = 0.27 if charge > 0 else 0.42
            at = np.interp(level, row[: len(row) // 2 + 1], separation[: len(row) // 2 + 1])
            aside = 0.45 if charge > 0 and depth == max(DEPTHS) else 0.0
            axes.text(at - aside, level, f"{depth:g}", color=color, **LABEL, bbox=None if aside else HALO)
    axes.set(xlabel="separation $\\Omega s$", ylabel="weight / weight at $s=0$", ylim=(0, 1.09), xlim=(-7, 7))
    axes.set_xticks([-6, -3, 0, 3, 6])
    axes.set_yticks([0, 0.5, 1])


def _draw_separations(axes: Axes, data: dict[str, np.ndarray]) -> None:
    for row, color, dash in zip(data["typical"], COLORS, DASHES, strict=True):
        axes.loglog(data["depth"], row, color=color, linestyle=dash)
    axes.text(14, 5.3, "unlike charges", color=COLORS[1], ha="right", va="center")
    axes.text(6, 0.36, "like charges", color=COLORS[0], ha="right", va="center")
    ticks = [0.1, 0.2, 0.5, 1, 2, 5]
    axes.set_yticks(ticks, [f"{t:g}" for t in ticks])
    axes.minorticks_off()
    axes.set(xlabel="depth of the interaction $A$", ylabel="typical separation $\\Omega s_{\\rm rms}$")
    axes.set(xlim=(data["depth"][0], data["depth"][-1]), ylim=(0.07, 9))
