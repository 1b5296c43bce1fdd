"""The circuit of fluxon cotunneling beside its dual."""

from matplotlib.figure import Figure

from figures.circuits import cooper_pair_circuit, fluxon_circuit

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw"]

SOURCE = NUMBER = None
TITLE = "The circuit of fluxon cotunneling and its dual"
CAPTION = (
    "(a) After the caption of the letter's Fig. 1: two shunted junctions that share a capacitor \\(C_m\\). A current "
    "\\(I\\) through one gives the other a voltage. (b) Fig. 2 of the letter shows two junctions in series; our copy "
    "has only its caption, and the circuit here is our construction. A voltage \\(V\\) behind \\(R_1\\) drives Cooper "
    "pairs through junction 1. The island \\(M\\) between the junctions has a capacitance \\(C_0\\) and an inductance "
    "\\(L_0\\) to ground: without this way back for a direct current both junctions would trivially carry the same "
    "current. Large capacitances \\(C_A\\), \\(C_B\\) hold the outer nodes."
)
ALT = (
    "Two circuit diagrams. Left: a current source, a resistor and a Josephson junction connect one node to "
    "ground; a capacitor joins it to a second node with a junction and a resistor to ground. Right: from left to "
    "right a voltage source, a resistor, node A, a first Josephson junction, the island M, a second junction, node "
    "B and a resistor to ground. Capacitors lead from A and B to ground, and from M a capacitor and an inductor "
    "in parallel."
)


def data() -> dict:
    """Nothing is computed here."""
    return {}


def draw(data: dict) -> Figure:
    """Draw both circuits, on a phone still large enough to read."""
    figure = Figure(figsize=(6.9, 2.5), layout="none")
    for draw_circuit, left, width, label in (
        (fluxon_circuit, 0.0, 0.455, "(a)"),
        (cooper_pair_circuit, 0.455, 0.545, "(b)"),
    ):
        draw_circuit(figure.add_axes((left, 0.0, width, 0.95)))
        figure.text(left + 0.012, 0.92, label, fontsize=11)
    return figure
