"""The amplitude of a common slip from weak to strong coupling: pair, merged instanton, and what joins them."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from derivations.cotunneling.instantons.pair import frequency_over_energy
from derivations.cotunneling.strong_coupling import merged, regimes
from rederived.figures.live import Axis, Curve, Derived, LiveFigure, Slider
from rederived.figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = "SLZ25b"
NUMBER = None
TITLE = "A common slip, from two slips to one"
CAPTION = (
    "The amplitude \\(\\gamma_{1,1}\\) of equal junctions with \\(E_J=25\\,E_C\\) against \\(C_m/C\\). Eq. (26) "
    "takes two slips and weighs the time between them. The merged instanton is one slip; it grows without bound "
    "where there is none. Their product over what they share, Eq. (29), is right on both sides and in between. Here "
    "it is taken to leading order in \\(\\Omega/E_J\\)."
)
ALT = (
    "Three curves on logarithmic axes over ratios of capacitances from 0.001 to 10. Equation 26 rises to a broad "
    "maximum near 0.1 and falls slowly. The merged amplitude falls steadily from far above, meets it near 0.2, and "
    "levels off at large ratios. The joined curve follows equation 26 at the left and the merged one at the right."
)

FORMULAS = {"uniform": regimes.leading_uniform, "pair": regimes.pair_in_ratios, "merged": merged.merged_in_ratios}
LABELS = {"uniform": "joined", "pair": "pair, (26)", "merged": "merged"}


def data(ej_over_ec: float = 25.0) -> dict[str, np.ndarray]:
    """The three amplitudes over E_J."""
    ratio, xi = np.geomspace(1e-3, 10, 161), cotunneling.frequency_ratio(1 / ej_over_ec)
    return {"ratio": ratio} | {name: one.evaluator(xi, ratio) for name, one in FORMULAS.items()}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The amplitudes at five ratios of capacitances."""
    rows = [("\\(C_m/C\\)", *(f"{label} over \\(E_J\\)" for label in LABELS.values()))]
    for ratio in (0.001, 0.01, 0.1, 1.0, 10.0):
        at = int(np.argmin(abs(np.log(data["ratio"] / ratio))))
        rows.append((f"{ratio:g}", *(float(f"{data[name][at]:.4g}") for name in FORMULAS)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the three amplitudes on logarithmic axes."""
    figure = Figure(figsize=(5.6, 3.5))
    axes = figure.subplots()
    top = data["pair"].max()
    for (name, label), color, dash in zip(LABELS.items(), SERIES, DASHES, strict=False):
        axes.loglog(data["ratio"], data[name], color=color, linestyle=dash)
        at = {"uniform": 0.006, "pair": 5.0, "merged": 0.012}[name]
        y = np.exp(np.interp(np.log(at), np.log(data["ratio"]), np.log(data[name])))
        shift = {"uniform": (6, -10), "pair": (-4, -13), "merged": (6, 8)}[name]
        axes.annotate(label, (at, y), shift, textcoords="offset points", color=color, ha="left" if at < 1 else "right")
    axes.set(xlim=(1e-3, 10), ylim=(top / 60, top * 12), xlabel="$C_m/C$", ylabel="$\\gamma_{1{,}1}/E_J$")
    axes.set_xticks([1e-3, 1e-2, 1e-1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
    return figure


def live() -> LiveFigure:
    """The same with a slider for E_J/E_C."""
    return LiveFigure(
        axis=Axis("ratio", "C_{m}/C", 1e-3, 10.0, 121, log=True),
        curves=tuple(Curve(LABELS[name], one.evaluator, ("xi", "ratio")) for name, one in FORMULAS.items()),
        sliders=(Slider("ec_over_ej", "E_{C}/E_{J}", 0.01, 0.2, 0.005, 0.04),),
        derived=(Derived("xi", frequency_over_energy.evaluator, ("ec_over_ej",)),),
        y_label="γ_{1,1}/E_{J}",
        y_log=True,
    )
