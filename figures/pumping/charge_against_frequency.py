"""How quantization is lost with the frequency of the drive."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import grid, stored
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "Quantization is lost with the frequency"
CAPTION = (
    "What is missing of one pair against the frequency, averaged over four phases, no repulsion: Rice-Mele chains "
    "of 16 islands, unclipped (\\(\\delta J = 0.7J_0\\)), at the threshold and clipped (\\(1.2J_0\\)), frequencies in "
    "\\(J_0\\); Harper-Hofstadter chain of 36 islands, frequencies in \\(2J\\). The grey line is quadratic: drives "
    "with kinks follow it, smooth drives are better when slow and worse from a tenth of their gap on."
)
ALT = (
    "Four jagged curves on logarithmic axes, frequencies from 0.0125 to 3.2. The threshold and clipped drives "
    "rise roughly along the grey quadratic line. The unclipped drive and Harper-Hofstadter start at a few "
    "millionths, rise more steeply and cross the line; Harper-Hofstadter has lost most of the charge at 0.2. All "
    "approach one in the end."
)

FREQUENCIES = 0.0125 * 2.0 ** (np.arange(17) / 2)
POINTS = grid(kind=np.arange(4.0), frequency=FREQUENCIES)
_PUMPS = (
    pumping.RiceMele(16),
    pumping.RiceMele(16, hopping_modulation=1.0),
    pumping.RiceMele(16, hopping_modulation=1.2),
    pumping.HarperHofstadter(36),
)


def compute(kind: float, frequency: float) -> dict[str, float]:
    """Charge per cycle, averaged over four phases."""
    phases = (np.arange(4) + 0.2) * np.pi / 2
    charges = pumping.pumped_charge(_PUMPS[int(kind)], frequency, phases)
    return {"charge": round(float(charges.mean()), 8)}


def data() -> dict[str, np.ndarray]:
    """What is missing of one pair, pumps in rows, and the exponents below 0.1 from a straight line."""
    missing = abs(1 - stored(__file__, POINTS)["charge"].reshape(len(_PUMPS), FREQUENCIES.size))
    slow = FREQUENCIES < 0.11
    powers = [np.polyfit(np.log(FREQUENCIES[slow]), np.log(row[slow]), 1)[0] for row in missing]
    return {"frequency": FREQUENCIES, "missing": missing, "powers": np.array(powers)}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """What is missing at four frequencies, and the exponents."""
    rows = [("\\(\\omega\\)", "Rice-Mele, 0.7", "1.0", "1.2", "Harper-Hofstadter")]
    for at in (0, 4, 8, 12):
        rows.append((f"{data['frequency'][at]:g}", *(f"{x:.1e}" for x in data["missing"][:, at])))
    return [*rows, ("exponent below 0.1", *(f"{p:.1f}" for p in data["powers"]))]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw all pumps on logarithmic axes with a quadratic line."""
    figure = Figure(figsize=(5.6, 3.7))
    axes = figure.subplots()
    names = ("$0.7J_0$", "$\\delta J=J_0$", "$1.2J_0$", "Harper-Hofstadter")
    for row, name, color, dash, marker in zip(data["missing"], names, SERIES, DASHES, "osD^", strict=False):
        axes.loglog(
            data["frequency"], row, color=color, linestyle=dash, marker=marker, markersize=3, linewidth=1.1, label=name
        )
    line = np.array([0.0125, 0.8])
    axes.loglog(line, line**2, color=MUTED, linewidth=0.8)
    axes.legend(loc="lower right")
    axes.text(0.0135, 3e-4, "$\\omega^2$", color=MUTED)
    axes.set(xlabel="frequency $\\omega$", ylabel="$|1-Q|$")
    return figure
