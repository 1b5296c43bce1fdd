"""The circuit, and two fluxons that cross its junctions at the same time."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

from figures.style import GRID, MUTED, PAPER, SERIES

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
    _draw_circuit(circuit)
    _draw_processes(processes)
    figure.text(0.012, 0.93, "(a)", fontsize=11)
    figure.text(0.612, 0.93, "(b)", fontsize=11)
    return figure


def _draw_circuit(axes: Axes) -> None:
    import schemdraw
    import schemdraw.elements as elm

    height, pitch, between = 3.1, 1.75, 3.5
    source, shunt_1, junction_1 = 0.0, pitch, 2 * pitch
    junction_2, shunt_2 = junction_1 + between, junction_1 + between + pitch
    middle = (junction_1 + junction_2) / 2
    drawing = schemdraw.Drawing(canvas=axes, show=False)
    drawing.config(unit=height, lw=1.1)

    def text(x: float, y: float, label: str, **options):
        axes.text(x, y, label, fontsize=11.5, **{"ha": "left", "va": "center"} | options)

    def wire(start: float, end: float, y: float):
        drawing.add(elm.Line().at((start, y)).to((end, y)))

    for element, x, label in (
        (elm.Resistor(), shunt_1, "$R_1$"),
        (elm.Josephson(box=True), junction_1, "$E_{J_1}$\n$C_1$"),
        (elm.Josephson(box=True), junction_2, "$E_{J_2}$\n$C_2$"),
        (elm.Resistor(), shunt_2, "$R_2$"),
    ):
        drawing.add(element.at((x, 0)).to((x, height)))
        left = x == junction_2
        text(x + (-0.42 if left else 0.42), height / 2, label, ha="right" if left else "left", linespacing=1.35)
    drawing.add(elm.SourceI().at((source, 0)).to((source, height)))
    text(source - 0.68, height / 2, "$I$", ha="right")
    wire(source, junction_1, height)
    wire(junction_2, shunt_2, height)
    wire(source, shunt_2, 0)
    drawing.add(elm.Capacitor().at((junction_1, height)).to((junction_2, height)))
    drawing.add(elm.Ground().at((middle, 0)))
    for x, label in ((junction_1, "$\\varphi_1$"), (junction_2, "$\\varphi_2$")):
        drawing.add(elm.Dot(radius=0.075).at((x, height)))
        text(x, height + 0.24, label, ha="center", va="bottom")
    text(middle, height + 0.42, "$C_m$", ha="center", va="bottom")
    drawing.draw(show=False)
    axes.axis("off")
    axes.set(xlim=(source - 1.35, shunt_2 + 1.15), ylim=(-0.95, height + 1.2), aspect="equal")


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
