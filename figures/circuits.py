"""The two circuits of the cotunneling part, drawn once for every figure that shows them."""

from matplotlib.axes import Axes

__all__ = ["cooper_pair_circuit", "fluxon_circuit"]

HEIGHT, PITCH = 3.1, 1.75


class _Drawing:
    """A schemdraw circuit on axes; schemdraw is imported only by figures that draw circuits."""

    def __init__(self, axes: Axes):
        import schemdraw
        import schemdraw.elements as elements

        self.axes, self.elements = axes, elements
        self.drawing = schemdraw.Drawing(canvas=axes, show=False)
        self.drawing.config(unit=HEIGHT, lw=1.1)

    def place(self, kind: str, start: tuple, end: tuple, **options) -> None:
        """Put an element of schemdraw between two points."""
        self.drawing.add(getattr(self.elements, kind)(**options).at(start).to(end))

    def text(self, x: float, y: float, label: str, **options) -> None:
        self.axes.text(x, y, label, fontsize=11.5, **{"ha": "left", "va": "center"} | options)

    def node(self, x: float, y: float, label: str) -> None:
        """A dot with a name above it."""
        self.drawing.add(self.elements.Dot(radius=0.075).at((x, y)))
        self.text(x, y + 0.24, label, ha="center", va="bottom")

    def ground(self, x: float) -> None:
        self.drawing.add(self.elements.Ground().at((x, 0)))

    def finish(self, left: float, right: float) -> None:
        self.drawing.draw(show=False)
        self.axes.axis("off")
        self.axes.set(xlim=(left, right), ylim=(-0.95, HEIGHT + 1.2), aspect="equal")


def fluxon_circuit(axes: Axes) -> None:
    """Two shunted junctions that share a capacitor; the first one carries the bias current."""
    source, shunt_1, junction_1 = 0.0, PITCH, 2 * PITCH
    junction_2 = junction_1 + 2 * PITCH
    shunt_2 = junction_2 + PITCH
    middle = (junction_1 + junction_2) / 2
    circuit = _Drawing(axes)
    for kind, x, label in (
        ("Resistor", shunt_1, "$R_1$"),
        ("Josephson", junction_1, "$E_{J_1}$\n$C_1$"),
        ("Josephson", junction_2, "$E_{J_2}$\n$C_2$"),
        ("Resistor", shunt_2, "$R_2$"),
    ):
        circuit.place(kind, (x, 0), (x, HEIGHT), **({"box": True} if kind == "Josephson" else {}))
        left = x == junction_2
        circuit.text(
            x + (-0.42 if left else 0.42), HEIGHT / 2, label, ha="right" if left else "left", linespacing=1.35
        )
    circuit.place("SourceI", (source, 0), (source, HEIGHT))
    circuit.text(source - 0.68, HEIGHT / 2, "$I$", ha="right")
    circuit.place("Line", (source, HEIGHT), (junction_1, HEIGHT))
    circuit.place("Line", (junction_2, HEIGHT), (shunt_2, HEIGHT))
    circuit.place("Line", (source, 0), (shunt_2, 0))
    circuit.place("Capacitor", (junction_1, HEIGHT), (junction_2, HEIGHT))
    circuit.ground(middle)
    circuit.node(junction_1, HEIGHT, "$\\varphi_1$")
    circuit.node(junction_2, HEIGHT, "$\\varphi_2$")
    circuit.text(middle, HEIGHT + 0.42, "$C_m$", ha="center", va="bottom")
    circuit.finish(source - 1.35, shunt_2 + 1.15)


def cooper_pair_circuit(axes: Axes) -> None:
    """Two junctions in series: a voltage behind a resistor drives the first; the island has a dc return."""
    start, node_a, island, node_b = 0.0, 2.7, 5.4, 8.1
    end = node_b + 2.7
    circuit = _Drawing(axes)
    circuit.place("SourceV", (start, 0), (start, HEIGHT))
    circuit.text(start - 0.68, HEIGHT / 2, "$V$", ha="right")
    for kind, left, right, label, options in (
        ("Resistor", start, node_a, "$R_1$", {}),
        ("Josephson", node_a, island, "$E_{J_1},\\,C_1$", {"box": True}),
        ("Josephson", island, node_b, "$E_{J_2},\\,C_2$", {"box": True}),
        ("Resistor", node_b, end, "$R_2$", {}),
    ):
        circuit.place(kind, (left, HEIGHT), (right, HEIGHT), **options)
        circuit.text((left + right) / 2, HEIGHT + 0.42, label, ha="center", va="bottom")
    for x in (node_a, node_b):
        circuit.place("Capacitor", (x, HEIGHT), (x, 0))
    for x, label, side in (
        (node_a - 0.34, "$C_A$", "right"),
        (island - 0.96, "$C_0$", "right"),
        (island + 1.22, "$L_0$", "left"),
        (node_b + 0.34, "$C_B$", "left"),
    ):
        circuit.text(x, HEIGHT / 2, label, ha=side)
    low, high = 0.45, HEIGHT - 0.55
    for kind, x in (("Capacitor", island - 0.62), ("Inductor2", island + 0.62)):
        circuit.place(kind, (x, high), (x, low))
        for y in (low, high):
            circuit.place("Line", (x, y), (island, y))
    circuit.place("Line", (island, HEIGHT), (island, high))
    circuit.place("Line", (island, low), (island, 0))
    circuit.place("Line", (end, HEIGHT), (end, 0))
    circuit.place("Line", (start, 0), (end, 0))
    circuit.ground(island)
    for x, label in ((node_a, "$A$"), (island, "$M$"), (node_b, "$B$")):
        circuit.node(x, HEIGHT, label)
    circuit.finish(start - 1.35, end + 0.5)
