"""The chain of islands between two leads, with its gates."""

from matplotlib.figure import Figure

from rederived.figures.style import MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw"]

SOURCE = "ANWB23"
NUMBER = "1"
TITLE = "A chain of superconducting islands between two leads"
CAPTION = (
    "Cooper pairs hop through Josephson junctions (crossed boxes) from the left lead, of phase \\(\\phi_L\\), over "
    "islands 1 to N to the right lead, of phase \\(\\phi_R\\). A side gate at \\(V_{g,j}\\) induces the charge "
    "\\(n_{g,j}\\) on each island; a cutter gate at \\(V_{c,j}\\) opens and closes each inner junction. The paper "
    "draws the device from above; this is its circuit, with three islands."
)
ALT = (
    "A horizontal row: left lead, junction, island 1, junction, island 2, junction, island 3, junction, right lead. "
    "A capacitor joins each island to a side gate below it. An arrow from a cutter gate above points at each of the "
    "two inner junctions."
)
ISLANDS = 3


def data() -> dict:
    """Nothing is computed here."""
    return {}


def draw(data: dict) -> Figure:
    """Draw the circuit of three islands."""
    import schemdraw
    import schemdraw.elements as elm

    figure = Figure(figsize=(6.9, 2.5), layout="none")
    axes = figure.add_axes((0, 0, 1, 1))
    pitch, depth = 2.6, 1.7
    drawing = schemdraw.Drawing(canvas=axes, show=False)
    drawing.config(unit=pitch, lw=1.1)
    for bond in range(ISLANDS + 1):
        drawing.add(elm.Josephson(box=True).at((bond * pitch, 0)).to(((bond + 1) * pitch, 0)))
        middle, inner = (bond + 0.5) * pitch, 0 < bond < ISLANDS
        label = f"$E_{{J,{bond}}}$" if inner else "$E_L$"
        axes.text(middle, -0.42, label, ha="center", va="top", fontsize=11)
        if inner:
            arrow = {"arrowstyle": "-|>", "color": SERIES[1], "lw": 1.2}
            axes.annotate("", (middle, 0.42), (middle, 1.15), arrowprops=arrow)
            axes.text(middle, 1.25, f"$V_{{c,{bond}}}$", ha="center", va="bottom", color=SERIES[1], fontsize=11)
    for island in range(1, ISLANDS + 1):
        place = island * pitch
        drawing.add(elm.Dot(radius=0.13).at((place, 0)))
        drawing.add(elm.Capacitor().at((place, 0)).to((place, -depth)))
        axes.text(place, 0.28, f"$n_{island},\\ \\varphi_{island}$", ha="center", va="bottom", fontsize=11)
        axes.text(place, -depth - 0.12, f"$V_{{g,{island}}}$", ha="center", va="top", color=SERIES[0], fontsize=11)
        axes.text(place + 0.45, -depth / 2, "$C_g$", va="center", color=MUTED, fontsize=10)
    drawing.draw(show=False)
    for place, side, name in ((0, "right", "L"), ((ISLANDS + 1) * pitch, "left", "R")):
        shift = -0.15 if side == "right" else 0.15
        axes.plot([place, place], [-0.6, 0.6], color=SERIES[2], linestyle="-", linewidth=5)
        axes.text(place + shift, 0, f"$\\phi_{name}$", ha=side, va="center", color=SERIES[2], fontsize=12)
    axes.axis("off")
    axes.set(xlim=(-0.9, (ISLANDS + 1) * pitch + 0.9), ylim=(-2.3, 1.9), aspect="equal")
    return figure
