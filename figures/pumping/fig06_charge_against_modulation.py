"""Charge of one cycle at every phase, and its average, against the modulation of the Josephson couplings."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import grid, stored
from rederived.figures.style import MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "6"
TITLE = "Charge per cycle against the modulation"
CAPTION = (
    "Six islands, \\(\\Delta_0 = 6J_0\\), \\(E_L = 4J_0\\), \\(U = 0\\), \\(\\omega = 0.05J_0\\). (a) Dots: charge at "
    "each of 19 phases; crosses: their average. Shaded: the drive is clipped. The "
    "dispersion is gone where the drive begins to dimerize the chain. (b) What is left: the largest "
    "deviation from one pair at any phase, and that of the average. At 1.05 and 1.1 a single phase each is next to an "
    "avoided crossing. The sign of \\(q\\) is that of this book; the "
    "published charges are \\(-q(-\\varphi)\\), from 20 phases of which the first and the last are one."
)
ALT = (
    "Left: dots between modulations 0.5 and 1.2; at the left they spread from 0.5 to 1.5, at the right they fall on "
    "one. Crosses for the average lie on one throughout. Right, on a logarithmic axis: the largest deviation falls "
    "from 0.7 to 0.01, with a bump to 0.1 in the clipped range; the deviation of the average falls from 0.02 to 0.002."
)
MODULATIONS = np.round(np.arange(0.5, 1.2001, 0.05), 2)
PHASES = np.round(np.arange(19) * 2 * np.pi / 19, 12)
POINTS = grid(modulation=MODULATIONS, phase=PHASES)


def compute(modulation: float, phase: float) -> dict[str, float]:
    """The charge per cycle at one phase."""
    chain = pumping.RiceMele(6, hopping_modulation=modulation)
    return {"charge": float(pumping.pumped_charge(chain, 0.05, phase))}


def data() -> dict[str, np.ndarray]:
    """The stored charges, modulations first, and their averages and deviations."""
    charge = stored(__file__, POINTS)["charge"].reshape(MODULATIONS.size, PHASES.size)
    average = charge.mean(axis=1)
    return {
        "modulation": MODULATIONS,
        "phase": PHASES,
        "charge": charge,
        "average": average,
        "largest": abs(charge - 1).max(axis=1),
        "missing": abs(average - 1),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Average, and smallest and largest charge, at some modulations."""
    rows = [("\\(\\delta J/J_0\\)", "average \\(Q\\)", "smallest \\(q\\)", "largest \\(q\\)")]
    for at in range(0, MODULATIONS.size, 2):
        values = (data["average"][at], data["charge"][at].min(), data["charge"][at].max())
        rows.append((f"{data['modulation'][at]:g}", *(f"{x:.4f}" for x in values)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw charges and averages at the left, deviations at the right."""
    figure = Figure(figsize=(6.9, 3.3))
    left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
    x = data["modulation"]
    for axes, label in ((left, "a"), (right, "b")):
        axes.axvspan(1, 1.225, color=MUTED, alpha=0.13, linewidth=0)
        axes.set(xlim=(0.475, 1.225), xlabel="modulation $\\delta J/J_0$")
        axes.set_title(f"({label})")
    left.plot(np.repeat(x, PHASES.size), data["charge"].ravel(), "o", color=SERIES[0], markersize=2.4, alpha=0.55)
    left.plot(x, data["average"], "x", color=SERIES[1], markersize=6, markeredgewidth=1.5)
    left.text(0.57, data["charge"][1].max() + 0.03, "each phase", color=SERIES[0])
    left.text(0.83, 0.82, "average", color=SERIES[1])
    left.text(1.02, left.get_ylim()[0] + 0.05, "clipped", color=MUTED)
    left.set_ylabel("pairs a cycle")
    right.semilogy(x, data["largest"], color=SERIES[0], marker="o", markersize=3)
    right.semilogy(x, data["missing"], color=SERIES[1], linestyle="--", marker="x", markersize=5)
    right.text(0.68, 0.45, "largest $|q-1|$", color=SERIES[0], va="center")
    right.text(0.7, 6.5e-3, "$|Q-1|$", color=SERIES[1], va="center")
    right.minorticks_off()
    right.set_ylabel("deviation from one pair")
    return figure
