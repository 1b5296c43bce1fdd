"""Amplitudes of diagonalized junctions over what each formula gives, from weak to strong coupling."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from derivations.cotunneling.strong_coupling.regimes import pair_in_ratios
from rederived.figures.stored import grid, stored
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "SLZ25b"
NUMBER = None
TITLE = "Exact amplitudes over five formulas"
CAPTION = (
    "Equal junctions: what diagonalization gives, over what each formula gives, against \\(C_m/C\\). (a-c) "
    "\\(\\gamma_{1,0}\\) over Eq. (21), and \\(\\gamma_{1,1}\\) over Eq. (26), over Eq. (24) with exact "
    "fugacities, and over the merged instanton. Eq. (21) fails first. With fugacities that do not, Eq. (24) fails at "
    "the same place. Eq. (26) holds to \\(C_m\\approx C\\), because in it what two factors leave out cancels. The "
    "merged instanton holds from where slips merge. (d) The uniform amplitude, with its scale stretched: within "
    "2.5 percent at any \\(C_m\\)."
)
ALT = (
    "Three panels over ratios of capacitances from 0.001 to 10 with logarithmic axes, and one wide panel below. In "
    "each upper panel the ratio for equation 21 is flat near one and then shoots up; that for equation 24 falls off "
    "the panel at the same place; that for equation 26 stays between 0.8 and 1.7; that for the merged instanton "
    "rises from far below to one and stays. Below, three curves for the uniform amplitude stay between 0.975 and 1.01."
)

EJ_OVER_EC = (10.0, 25.0, 60.0)
RATIOS = tuple(float(f"{value:.3g}") for value in np.geomspace(1e-3, 10, 33))
POINTS = grid(ej_over_ec=EJ_OVER_EC, ratio=RATIOS)
LABELS = {"single": "(21)", "gas": "(24)", "pair": "(26)", "merged": "merged"}


def compute(ej_over_ec: float, ratio: float) -> dict[str, float]:
    """Exact amplitudes over E_J at one point."""
    exact = cotunneling.exact_amplitudes(ej_over_ec, ratio, digits=40)
    return {"exact_single": exact[1, 0], "exact_pair": exact[1, 1]}


def data() -> dict[str, np.ndarray]:
    """The stored amplitudes, and their ratios to the formulas, which are computed."""
    flat = stored(__file__, POINTS)
    found = {name: flat[name].reshape(len(EJ_OVER_EC), len(RATIOS)) for name in ("exact_single", "exact_pair")}
    found |= {"ej_over_ec": np.array(EJ_OVER_EC), "ratio": np.array(RATIOS)}
    ej_over_ec, ratio = found["ej_over_ec"][:, None], found["ratio"]
    xi = cotunneling.frequency_ratio(1 / ej_over_ec)
    single, pair = found["exact_single"], found["exact_pair"]
    of_single = cotunneling.renormalized_amplitude(xi, ratio * ej_over_ec)
    of_pair = pair_in_ratios.evaluator(xi, ratio)
    return found | {
        "single": single / of_single,
        "gas": pair / (of_pair * (single / of_single) ** 2),
        "pair": pair / of_pair,
        "merged": pair / cotunneling.merged_instanton_amplitude(xi, ratio),
        "uniform": pair / cotunneling.uniform_amplitude(xi, capacitance_ratio=ratio),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The ratios at E_J = 25 E_C."""
    rows = [("\\(C_m/C\\)", *LABELS.values(), "uniform")]
    for ratio in (0.001, 0.0316, 0.1, 0.316, 1.0, 10.0):
        at = int(np.argmin(abs(np.log(data["ratio"] / ratio))))
        values = (data[name][1, at] for name in (*LABELS, "uniform"))
        rows.append((f"{data['ratio'][at]:g}", *(float(f"{value:.3g}") for value in values)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw one panel for each E_J/E_C, and the uniform amplitude below."""
    figure = Figure(figsize=(6.9, 5.2))
    axes = figure.subplot_mosaic([["a", "b", "c"], ["d", "d", "d"]], height_ratios=[1.5, 1])
    places = {"single": (0.4, 3.5), "gas": (2.4, 0.3), "pair": (3.6, 2.0), "merged": (0.008, 0.3)}
    for row, name in enumerate("abc"):
        one = axes[name]
        one.axhline(1, color=MUTED, linewidth=0.8, linestyle="-")
        for (curve, label), color, dash in zip(LABELS.items(), SERIES, DASHES, strict=False):
            one.loglog(data["ratio"], data[curve][row], color=color, linestyle=dash)
            if name == "a":
                one.text(*places[curve], label, color=color, ha="center", va="center", fontsize=9)
        one.set(xlim=(1e-3, 10), ylim=(0.08, 8), xlabel="$C_m/C$")
        one.set_title(f"({name}) $E_J/E_C={data['ej_over_ec'][row]:g}$")
        one.set_xticks([1e-3, 1e-1, 10], ["0.001", "0.1", "10"])
        one.set_yticks([0.1, 0.3, 1, 3], ["0.1", "0.3", "1", "3"])
        one.tick_params(labelleft=name == "a")
        one.minorticks_off()
    axes["a"].set_ylabel("exact / formula")
    _draw_uniform(axes["d"], data)
    return figure


def _draw_uniform(axes, data: dict[str, np.ndarray]) -> None:
    axes.axhline(1, color=MUTED, linewidth=0.8, linestyle="-")
    for row, color, dash in zip(data["uniform"], SERIES, DASHES, strict=False):
        axes.semilogx(data["ratio"], row, color=color, linestyle=dash)
    for value, row, color, up in zip(data["ej_over_ec"], data["uniform"], SERIES, (-3, 0, 3), strict=False):
        axes.annotate(f"{value:g}", (data["ratio"][-1], row[-1]), (4, up), textcoords="offset points",
                      color=color, va="center", fontsize=9, annotation_clip=False)  # fmt: skip
    axes.set(xlim=(1e-3, 10), ylim=(0.97, 1.015), xlabel="$C_m/C$", ylabel="exact / uniform")
    axes.set_title("(d) uniform amplitude, for three $E_J/E_C$")
    axes.set_xticks([1e-3, 1e-2, 1e-1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
    axes.minorticks_off()
