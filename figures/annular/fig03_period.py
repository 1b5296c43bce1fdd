"""The period of a fluxon in its well against its energy, for three eccentricities."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = "3"
TITLE = "Period of a fluxon in its well against its energy"
CAPTION = (
    "Period over that of small oscillations, \\(T_0 = 2\\pi\\sinh^2\\bar\\nu\\,c/\\lambda_J\\), against the "
    "energy over "
    "the least one, for three values of \\(e^2\\); Eq. (22). It starts linearly, with a slope of "
    "\\((9 + 4\\sinh^2\\bar\\nu)/8\\) (thin lines), and diverges as a logarithm at \\(k = \\coth\\bar\\nu\\) (vertical "
    "lines), where the fluxon just reaches a pole. Dotted: the same with the energy \\(8Q/\\sqrt{1-\\hat u^2}\\)."
)
ALT = (
    "Three rising curves from one, each steepening up to its vertical line, at 1.41, 2 and 3.16. Thin straight lines "
    "touch them at the lower end. Dotted curves rise somewhat above the solid ones for the two larger eccentricities."
)
SQUARES = (0.5, 0.75, 0.9)


def data(points: int = 120) -> dict[str, np.ndarray]:
    """Energies below the separatrix of each e^2, closer where the period grows, and both periods over T_0."""
    square = np.array(SQUARES)[:, None]
    share = 1 - np.geomspace(1, 1e-6, points)
    energy = 1 + share * (annular.separatrix_energy(square) - 1)
    first = annular.oscillation_period(1.0, square, 1.0)
    return {
        "energy": energy,
        "period": annular.oscillation_period(energy, square, 1.0) / first,
        "relativistic": annular.relativistic_period(energy, square, 1.0) / first,
        "slope": annular.period_slope(square[:, 0]),
        "separatrix": annular.separatrix_energy(square[:, 0]),
        "first": first[:, 0],
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """What sets the three curves, and where the period has doubled."""
    rows = [("\\(e^2\\)", "\\(T_0\\,\\omega_p\\lambda_J/c\\)", "slope at \\(k=1\\)", "separatrix", "\\(T = 2T_0\\) at")]
    for i, square in enumerate(SQUARES):
        doubled = np.interp(2.0, data["period"][i], data["energy"][i])
        rows.append((
            f"{square:g}", f"{data['first'][i]:.4f}", f"{data['slope'][i]:.4f}", f"{data['separatrix'][i]:.4f}",
            f"{doubled:.2f}",
        ))  # fmt: skip
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the three periods, their tangents, and where they diverge."""
    figure = Figure(figsize=(5.2, 3.5))
    axes = figure.subplots()
    for i, square in enumerate(SQUARES):
        color, energy = SERIES[i], data["energy"][i]
        axes.plot(energy, data["period"][i], color=color, linestyle=DASHES[i])
        axes.plot(energy, data["relativistic"][i], color=color, linestyle=":", linewidth=1.2)
        start = np.array([1, 1 + 1.2 / data["slope"][i]])
        axes.plot(start, 1 + data["slope"][i] * (start - 1), color=color, linewidth=0.7, linestyle="-")
        axes.axvline(data["separatrix"][i], color=color, linewidth=0.7, linestyle="-")
        label = f"$e^2={square:g}$"
        place = data["separatrix"][i] + 0.02, 4.9
        axes.text(*place, label, color=color, ha="left", va="bottom", rotation=90, fontsize=10)
    axes.set(xlim=(1, 3.4), ylim=(0.8, 6.4), xlabel="energy $k = E/E_{\\min}$", ylabel="period $T/T_0$")
    return figure
