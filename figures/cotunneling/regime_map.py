"""Where which approximation holds: the plane of C_m/C and E_J/E_C."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from rederived.figures.style import DASHES, MUTED, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "SLZ25b"
NUMBER = None
TITLE = "Three regimes of coupling, and how far each formula carries"
CAPTION = (
    "Equal junctions. Gray lines: the orders of magnitude that the paper states, \\(C_m/C\\sim\\Omega/E_J\\) between "
    "weak (iii) and intermediate coupling (ii), and \\(C_m\\sim C\\) between intermediate and strong coupling (i). "
    "Curves: where a formula and a better one differ by ten percent. Left of A two slips have not merged, and Eq. (26) "
    "is not yet Eq. (29). Right of B single slips have left Eq. (21). Right of C common slips have left Eq. (26). "
    "Right of D \\(\\gamma_{1,1}>\\gamma_{1,0}\\). For single slips perturbation theory ends even before common slips "
    "merge; for common slips it outlives \\(C_m=C\\)."
)
ALT = (
    "A plane with the ratio of capacitances from 0.01 to 10 along x and the ratio of Josephson to charging energy "
    "from 5 to 100 along y, both logarithmic. Two gray lines, one inclined and one vertical at one, divide it into "
    "three regimes. Curve A runs parallel to the inclined gray line, at slightly smaller ratios. Curve B is steeper "
    "and lies left of A, between 0.37 and 0.15. Curve C is vertical at 2.2, curve D nearly vertical, from 2.9 to 3.5."
)

CURVES = {
    "A": ("slips merge", "slips merge"),
    "B": ("single slips leave", "(21) fails"),
    "C": ("pairs leave", "(26) fails"),
    "D": ("common slips overtake", "$\\gamma_{1{,}1}>\\gamma_{1{,}0}$"),
}


def data() -> dict[str, np.ndarray]:
    """The boundaries as C_m/C, at values of E_J/E_C."""
    ej_over_ec = np.geomspace(5, 100, 5)
    found = {name: cotunneling.regime_boundary(kind, ej_over_ec) for name, (kind, _) in CURVES.items()}
    return found | {"ej_over_ec": ej_over_ec, "stated": cotunneling.frequency_ratio(1 / ej_over_ec)}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """All boundaries at three values of E_J/E_C."""
    head = ("\\(E_J/E_C\\)", "\\(\\Omega/E_J\\)", *(f"({name})" for name in CURVES))
    rows = [head]
    for at in (0, 2, 4):
        rows.append((f"{data['ej_over_ec'][at]:.3g}", *(f"{data[name][at]:.3f}" for name in ("stated", *CURVES))))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw what the paper states in gray, and the true boundaries in color."""
    figure = Figure(figsize=(6.0, 4.0))
    axes = figure.subplots()
    ej_over_ec = data["ej_over_ec"]
    axes.loglog(data["stated"], ej_over_ec, color=MUTED, linestyle="-", linewidth=1)
    axes.loglog([1, 1], [5, 100], color=MUTED, linestyle="-", linewidth=1)
    for number, ((name, (_, label)), color, dash) in enumerate(zip(CURVES.items(), SERIES, DASHES, strict=False)):
        axes.loglog(data[name], ej_over_ec, color=color, linestyle=dash)
        at = np.exp(np.interp(np.log(13), np.log(ej_over_ec), np.log(data[name])))
        axes.annotate(name, (at, 13), (-4, 0), textcoords="offset points", color=color, ha="right", va="center")
        axes.text(0.012, 12.5 * 0.82**number, f"{name}: {label}", color=color, va="center", fontsize=10)
    for x, y, label in ((0.03, 40, "(iii)"), (0.62, 50, "(ii)"), (1.45, 50, "(i)")):
        axes.text(x, y, label, color=TEXT, ha="center", va="center")
    axes.set(xlim=(0.01, 10), ylim=(5, 100), xlabel="$C_m/C$", ylabel="$E_J/E_C$")
    axes.set_xticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
    axes.set_yticks([5, 10, 20, 50, 100], ["5", "10", "20", "50", "100"])
    axes.minorticks_off()
    return figure
