"""Amplitudes of two slips of one junction, with none or one of the other: the gas against exact bands."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from rederived.figures.stored import stored
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "Two slips of one junction and one of the other: gas and exact bands"
CAPTION = (
    "(a) Magnitudes at \\(E_J = 10\\,E_C\\) against \\(C_m/C\\). Dots: exact bands. Lines: the gas in which slips of "
    "one junction repel, with the exact \\(\\gamma_{1,0}\\) as fugacity. \\(\\gamma_{2,1}\\) and "
    "\\(\\gamma_{2,0}\\) are negative, \\(\\gamma_{2,-1}\\) is positive. Gray, dotted: without that repulsion, "
    "\\(\\gamma_{1,1}^2/2\\tilde\\gamma\\), positive and far too small. (b) Exact over gas at \\(E_J/E_C = 10\\) "
    "(lines) and 50 (thin lines). A few percent remain at small \\(C_m\\); beyond \\(C_m \\approx C/10\\) "
    "the gas fails, since it knows the interaction only to first order in \\(C_m\\)."
)
ALT = (
    "Left: three amplitudes on logarithmic axes over capacitance ratios from 0.001 to 0.3. Dots lie on the lines of "
    "the repelling gas: a flat one near 3e-7 and two that rise together from 7e-12 to about 3e-10 and then part. "
    "A dotted gray line rises more steeply from 2e-14. Right: ratios of exact amplitudes and gas. All start near "
    "1.02; beyond 0.1 that for slips in the same direction falls to 0.84 and 0.58, and that for opposite ones rises "
    "to 1.2."
)

_RATIOS = np.array([0.001, 0.002, 0.004, 0.008, 0.016, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3])
_ENERGIES = np.array([10.0, 50.0])
POINTS = {
    "ej_over_ec": np.repeat(_ENERGIES, _RATIOS.size),
    "capacitance_ratio": np.tile(_RATIOS, _ENERGIES.size),
}
_CURVES = (("plus", 1, "$\\gamma_{2{,}1}$"), ("minus", -1, "$\\gamma_{2{,}{-}1}$"), ("none", 0, "$\\gamma_{2{,}0}$"))


def compute(ej_over_ec: float, capacitance_ratio: float) -> dict[str, float]:
    """Amplitudes over E_J of the diagonalized junctions."""
    exact = cotunneling.exact_amplitudes(ej_over_ec, capacitance_ratio, digits=44 if ej_over_ec > 20 else 32)
    return {"single": exact[1, 0], **{name: exact[2, charge] for name, charge, _ in _CURVES}}


def data() -> dict[str, np.ndarray]:
    """Exact amplitudes as stored, and both gases with the exact single slip as fugacity, at the same points."""
    found = stored(__file__, POINTS)
    energy, ratio, fugacity = (found[name] for name in ("ej_over_ec", "capacitance_ratio", "single"))
    xi = cotunneling.frequency_ratio(1 / energy)
    for name, charge, _ in _CURVES:
        found[f"gas_{name}"] = cotunneling.third_order_amplitude(charge, xi, coupling=ratio * energy, fugacity=fugacity)
    found["paper_plus"] = cotunneling.third_order_amplitude(
        1, xi, coupling=ratio * energy, repulsion=False, fugacity=fugacity
    )
    return found


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The exact amplitude over both gases, at three ratios of the capacitances."""
    heads = ("\\gamma_{2,1}", "\\gamma_{2,-1}", "\\gamma_{2,0}")
    rows = [
        (
            "\\(E_J/E_C\\)",
            "\\(C_m/C\\)",
            *(f"\\({head}\\), exact over gas" for head in heads),
            "\\(\\gamma_{2,1}\\), exact over the paper's gas",
        )
    ]
    for energy, ratio in ((10.0, 0.001), (10.0, 0.1), (10.0, 0.3), (50.0, 0.001), (50.0, 0.1), (50.0, 0.3)):
        at = int(np.argmin(abs(data["ej_over_ec"] - energy) + abs(data["capacitance_ratio"] - ratio)))
        values = [data[name][at] / data[f"gas_{name}"][at] for name, _, _ in _CURVES]
        values.append(data["plus"][at] / data["paper_plus"][at])
        rows.append((f"{energy:g}", f"{ratio:g}", *(float(f"{value:.4g}") for value in values)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw magnitudes beside ratios."""
    figure = Figure(figsize=(6.9, 3.4))
    left, right = figure.subplots(1, 2)
    low = data["ej_over_ec"] == _ENERGIES[0]
    ratio = data["capacitance_ratio"]
    for number, (name, _, label) in enumerate(_CURVES):
        color, dash = SERIES[number], DASHES[number]
        left.loglog(ratio[low], abs(data[f"gas_{name}"][low]), color=color, linestyle=dash)
        left.loglog(ratio[low], abs(data[name][low]), "o", color=color, markersize=4)
        for chosen, width in ((low, 1.7), (~low, 0.8)):
            share = data[name][chosen] / data[f"gas_{name}"][chosen]
            right.semilogx(ratio[chosen], share, color=color, linestyle=dash, linewidth=width)
        place = {"plus": (0.02, 3e-10), "minus": (0.14, 3e-11), "none": (0.02, 7e-7)}[name]
        left.text(*place, label, color=color, ha="center", va="center", fontsize=12.5)
        place = {"plus": (0.115, 0.75), "minus": (0.12, 1.17), "none": (0.24, 0.955)}[name]
        right.text(*place, label, color=color, ha="center", va="center", fontsize=12.5)
    left.loglog(ratio[low], data["paper_plus"][low], color=MUTED, linestyle=":")
    left.text(0.008, 1.2e-13, "$\\gamma_{1{,}1}^2/2\\tilde{\\gamma}$", color=MUTED, ha="left", va="center")
    left.set(ylim=(1e-14, 3e-6), ylabel="amplitude / $E_J$", title="(a)")
    right.set(ylim=(0.5, 1.3), ylabel="exact / gas", title="(b)")
    for axes in (left, right):
        axes.set(xlim=(0.001, 0.3), xlabel="$C_m/C$")
    right.axhline(1, color=MUTED, linewidth=0.7)
    left.minorticks_off()
    return figure
