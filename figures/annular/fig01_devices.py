"""Two junctions with two wells: a straight line of variable width, and the annulus between confocal ellipses."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.style import GRID, MUTED, PAPER, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = "1"
TITLE = "A line of variable width and a confocal annulus, each with two wells for a fluxon"
CAPTION = (
    "Seen from above, the overlap of the two electrodes is gray. (a) A straight line whose width has two minima of the "
    "Pöschl-Teller shape; a fluxon (circle) rests where the line is narrow. (b) Bend it to a ring: the "
    "annulus between two ellipses with the same foci (dots, \\(2c\\) apart), here with \\(e^2 = 3/4\\), so that "
    "the axes "
    "of the mean ellipse (dashed) have the ratio \\(\\rho = 1/2\\) and the width varies by a factor of two. "
    "\\(\\tau\\) "
    "grows clockwise from the pole on the \\(y\\) axis; the width is largest at the poles and smallest at the equator."
)
ALT = (
    "Left: a horizontal gray strip with two necks, a circle in each neck. Right: a gray ring between two ellipses that "
    "are wider than high, thick at top and bottom and half as thick at its left and right ends, where circles mark the "
    "wells. Two dots inside mark the foci, and an arrow from the top clockwise the angle tau."
)
THICKNESS = 0.3
WELLS = (6.0, 0.35, 1.5)  # separation, depth, reach


def data(eccentricity_squared: float = 0.75) -> dict[str, np.ndarray]:
    """Edges of the strip, and of the annulus in units of c."""
    position = np.linspace(-7, 7, 141)
    tau = np.linspace(0, 2 * np.pi, 145)
    x_i, y_i, x_o, y_o = annular.edges(tau, eccentricity_squared, THICKNESS)
    middle = np.array(annular.edges(tau, eccentricity_squared, 1e-9)[:2])
    return {
        "position": position,
        "width": annular.variable_width_profile(position, *WELLS),
        "inner": np.array([x_i, y_i]),
        "outer": np.array([x_o, y_o]),
        "mean": middle,
        "widths": annular.width([0.0, np.pi / 2], eccentricity_squared, THICKNESS),
        "radius": annular.curvature_radius([0.0, np.pi / 2], eccentricity_squared),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Width and radius of curvature, where they are extreme."""
    rows = [("place", "width \\(W/c\\)", "radius of curvature over \\(c\\)")]
    places = ("pole, \\(\\tau = 0\\)", "equator, \\(\\tau = \\pi/2\\)")
    found = zip(places, data["widths"], data["radius"], strict=True)
    return rows + [(place, f"{width:.4f}", f"{radius:.4f}") for place, width, radius in found]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the strip beside the ring."""
    figure = Figure(figsize=(6.9, 2.5), layout="none")
    strip, ring = figure.add_axes((0.01, 0.02, 0.46, 0.88)), figure.add_axes((0.5, 0.02, 0.49, 0.88))
    _draw_strip(strip, data)
    _draw_ring(ring, data)
    figure.text(0.012, 0.93, "(a)", fontsize=11)
    figure.text(0.5, 0.93, "(b)", fontsize=11)
    return figure


def _draw_strip(axes: Axes, data: dict[str, np.ndarray]) -> None:
    x, half = data["position"], 1.5 * data["width"]
    axes.fill_between(x, -half, half, facecolor=GRID, alpha=0.6, linewidth=0)
    for side in (half, -half):
        axes.plot(x, side, color=TEXT, linewidth=1.2, linestyle="-")
    axes.axhline(0, color=MUTED, linewidth=0.8, linestyle=(0, (4, 2)))
    for place in (-WELLS[0] / 2, WELLS[0] / 2):
        axes.plot(place, 0, "o", color=SERIES[0], markersize=8)
    axes.annotate("", (7.0, -2.5), (-7.0, -2.5), arrowprops={"arrowstyle": "-|>", "color": TEXT, "linewidth": 1.0})
    axes.text(7.0, -3.1, "$s$", ha="right", va="center")
    axes.annotate("", (0, 1.5), (0, -1.5), arrowprops={"arrowstyle": "<|-|>", "color": TEXT, "linewidth": 1.0})
    axes.text(0.3, 0.55, "$W(s)$", ha="left", va="center")
    axes.set(xlim=(-7.4, 7.4), ylim=(-3.7, 2.4), aspect="equal")
    axes.axis("off")


def _draw_ring(axes: Axes, data: dict[str, np.ndarray]) -> None:
    for edge, color in (("outer", GRID), ("inner", PAPER)):
        axes.fill(*data[edge], facecolor=color, alpha=0.6 if edge == "outer" else 1.0, edgecolor="none")
        axes.plot(*data[edge], color=TEXT, linewidth=1.2, linestyle="-")
    axes.plot(*data["mean"], color=MUTED, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.plot([-1, 1], [0, 0], "o", color=TEXT, markersize=3.5)
    axes.annotate("", (1, -0.07), (-1, -0.07), arrowprops={"arrowstyle": "<|-|>", "color": TEXT, "linewidth": 0.8})
    axes.text(0, -0.2, "$2c$", ha="center", va="center")
    at = data["mean"][:, 36], data["mean"][:, 108]
    for place in at:
        axes.plot(*place, "o", color=SERIES[0], markersize=8)
    axes.text(1.5, 0.0, "$\\pi/2$", ha="left", va="center")
    axes.text(-1.5, 0.0, "$3\\pi/2$", ha="right", va="center")
    axes.plot([0, 0], [0.02, 1.05], color=MUTED, linewidth=0.8, linestyle=(0, (1.5, 1.5)))
    arc = 1.18 * data["mean"][:, 2:17:7] + np.array([[0.0], [0.12]])
    axes.annotate(
        "", arc[:, 2], arc[:, 0], arrowprops={"arrowstyle": "-|>", "color": TEXT, "connectionstyle": "arc3,rad=-0.13"}
    )
    axes.text(0.45, 0.95, "$\\tau$", ha="center", va="center")
    axes.text(0.06, 1.1, "$y$", ha="left", va="center")
    axes.set(xlim=(-2.05, 1.9), ylim=(-0.95, 1.2), aspect="equal")
    axes.axis("off")
