"""The circuit, and two fluxons that cross its junctions at the same time."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

from figures.circuits import fluxon_circuit
from rederived.figures.style import GRID, MUTED, PAPER, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw"]

SOURCE = "SLZ25b"
NUMBER = "1"
TITLE = "Two Josephson junctions that share a capacitor, and fluxons that cotunnel"
CAPTION = (
    "(a) Each junction, a crossed box with its Josephson energy \\(E_{J_k}\\) and its capacitance \\(C_k\\), "
    "has an Ohmic shunt \\(R_k\\). The bias \\(I\\) flows through the left one only; all that the right one "
    "shares with it is the capacitor \\(C_m\\). (b) A phase slip by \\(\\pm 2\\pi\\) is a flux quantum "
    "\\(\\Phi_0\\) that crosses a junction between its electrodes. Two may cross together (dotted), in the "
    "same direction (\\(\\gamma_{1,1}\\)) or in opposite ones (\\(\\gamma_{1,-1}\\)). The capacitor makes "
    "these two amplitudes differ, so that the bias of one junction gives the other a voltage: quantum Coulomb "
    "drag."
)
ALT = (
    "Left: a circuit diagram. From left to right a current source I, a resistor R1 and a Josephson junction "
    "connect the first node to ground; a capacitor Cm joins this node to a second one, which a second junction "
    "and a resistor R2 connect to ground. Right: two pictures of a pair of junctions seen as gaps between "
    "electrodes. In the first a flux quantum crosses each gap from left to right; in the second they cross in "
    "opposite directions."
)


def data() -> dict:
    """Nothing is computed here."""
    return {}


def draw(data: dict) -> Figure:
    """Draw the circuit beside the two processes."""
    figure = Figure(figsize=(6.9, 2.7), layout="none")
    circuit = figure.add_axes((0.0, 0.0, 0.6, 1.0))
    processes = figure.add_axes((0.6, 0.0, 0.4, 1.0))
    fluxon_circuit(circuit)
    _draw_processes(processes)
    figure.text(0.012, 0.93, "(a)", fontsize=11)
    figure.text(0.612, 0.93, "(b)", fontsize=11)
    return figure


def _draw_processes(axes: Axes) -> None:
    axes.axis("off")
    axes.set(xlim=(0, 10.4), ylim=(0, 10.36), aspect="equal")
    for left, other, label, color in (
        (0.35, +1, "$\\gamma_{1{,}1}$", SERIES[0]),
        (5.55, -1, "$\\gamma_{1{,}{-}1}$", SERIES[1]),
    ):
        middle = left + 2.25
        axes.text(middle, 9.6, label, ha="center", va="center", fontsize=12.5, color=color)
        _junction(axes, left, 5.35, +1, color)
        _junction(axes, left, 1.55, other, color)
        axes.plot([middle] * 2, [4.1, 5.2], color=MUTED, linewidth=0.9, linestyle=(0, (1.5, 1.5)))
        target = "2\\pi" if other > 0 else "{-}2\\pi"
        axes.text(middle, 8.4, "$\\varphi_1\\!: 0\\to 2\\pi$", ha="center", va="center", fontsize=10.5)
        axes.text(middle, 0.9, f"$\\varphi_2\\!: 0\\to {target}$", ha="center", va="center", fontsize=10.5)


def _junction(axes: Axes, left: float, bottom: float, direction: int, color: str) -> None:
    """Two electrodes, the barrier between them, and a flux quantum that crosses along it."""
    width, plate, gap = 4.5, 0.6, 1.2
    for y in (bottom, bottom + plate + gap):
        axes.add_patch(Rectangle((left + 0.9, y), width - 1.8, plate, facecolor=GRID, edgecolor="none"))
    y = bottom + plate + gap / 2
    start, end = (left + 0.42, left + width - 0.42)[::direction]
    arrow = FancyArrowPatch(
        (start + 0.42 * direction, y),
        (end - 0.42 * direction, y),
        arrowstyle="-|>",
        mutation_scale=9,
        linewidth=1.4,
        color=color,
        shrinkA=0,
        shrinkB=0,
    )
    axes.add_patch(arrow)
    axes.add_patch(Circle((start, y), 0.4, facecolor="none", edgecolor=color, linewidth=1.0, linestyle=(0, (2, 1.4))))
    axes.add_patch(Circle((end, y), 0.4, facecolor=PAPER, edgecolor=color, linewidth=1.4))
    axes.add_patch(Circle((end, y), 0.1, facecolor=color, edgecolor="none"))
