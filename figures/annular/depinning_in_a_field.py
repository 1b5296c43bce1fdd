"""The depinning current of both wells against the field, by the full equation."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Depinning current of both wells against the field"
CAPTION = (
    "Full equation, \\(e^2 = 3/4\\), \\(\\lambda_J/c = 0.1\\), field along the minor axis, in units of the field at "
    "which the wells merge. For one direction of the bias the fluxon of one well faces the high barrier, that of the "
    "other the low one. A bias between both curves empties one well and keeps the other: it prepares a state. "
    "The current at which a fluxon leaves tells its well: it reads the state."
)
ALT = (
    "Two curves that start together at 0.124 at zero field. The upper one rises almost linearly to about 0.34 at the "
    "critical field. The lower one falls, ever more slowly, to zero there."
)


def data(eccentricity_squared: float = 0.75, penetration_ratio: float = 0.1) -> dict[str, np.ndarray]:
    """Field over the critical one, and the depinning currents of the wells at pi/2 and 3 pi/2."""
    limit = annular.critical_field(eccentricity_squared, penetration_ratio)
    share = np.linspace(0, 0.99, 19)
    high, low = (
        annular.depinning_current(eccentricity_squared, penetration_ratio, share * limit, 0.0, well) for well in (1, 3)
    )
    return {"share": share, "critical_field": limit, "high": high, "low": low}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Both currents at four fields."""
    rows = [("field over \\(h_c\\Delta\\)", "well at \\(\\pi/2\\)", "well at \\(3\\pi/2\\)")]
    for at in (0, 6, 12, 18):
        rows.append((f"{data['share'][at]:.2f}", f"{data['high'][at]:.6f}", f"{data['low'][at]:.6f}"))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw both currents."""
    figure = Figure(figsize=(5.2, 3.2))
    axes = figure.subplots()
    for number, (name, label, place) in enumerate(
        (("high", "well at $\\pi/2$", (0.42, 0.24)), ("low", "well at $3\\pi/2$", (0.3, 0.095)))
    ):
        axes.plot(data["share"], data[name], color=SERIES[number], linestyle=DASHES[number])
        axes.text(*place, label, color=SERIES[number], ha="right" if name == "high" else "left", va="bottom")
    axes.text(0.75, 0.13, "between: prepares", color=MUTED, ha="center", va="center")
    axes.set(xlim=(0, 1), ylim=(0, 0.36), xlabel="field $h/h_c$", ylabel="bias $\\gamma_c$ ($J_c$)")
    return figure
