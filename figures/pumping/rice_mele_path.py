"""The loop of the Rice-Mele drive around the gapless point."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.live import Axis, Curve, LiveFigure, Slider
from rederived.figures.style import DASHES, PAPER, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = None
NUMBER = None
TITLE = "The loop around the gapless point"
CAPTION = (
    "The drive as a loop in the plane of \\(J_1 - J_2\\) and \\(\\Delta\\), with \\(\\Delta_0 = 3J_0\\). The gap is "
    "twice the distance from the dot. A sinusoidal drive, \\(\\delta J = 0.7\\,J_0\\), is an ellipse; a clipped one, "
    "\\(\\delta J = 1.2\\,J_0\\), has kinks where a bond closes. A constant offset of \\(4 J_0\\) lifts the ellipse "
    "off the dot, and nothing is pumped. The loops run counterclockwise."
)
ALT = (
    "Three closed loops. A tall ellipse and a wider loop with blunt sides both enclose a dot at the origin; a copy "
    "of the ellipse, moved up by four, does not."
)
LOOPS = ((0.7, 0.0), (1.2, 0.0), (0.7, 4.0))
DETUNING = 3.0


def _loop(angle: np.ndarray, modulation: float, offset: float) -> np.ndarray:
    across = pumping.rice_mele_difference_evaluator()(angle, modulation)
    up = pumping.rice_mele_detuning_evaluator()(angle, modulation, DETUNING, offset)
    return np.stack([across, up], axis=-1)


def data() -> dict[str, np.ndarray]:
    """Points of three loops, and how often each turns about the origin."""
    angle = np.linspace(0, 2 * np.pi, 361)
    loops = np.array([_loop(angle, *loop) for loop in LOOPS])
    return {"loops": loops, "turns": np.array([pumping.winding_number(loop[:-1]) for loop in loops])}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Turns about the dot, and the smallest gap."""
    rows = [("\\(\\delta J/J_0\\)", "offset over \\(J_0\\)", "turns", "smallest gap over \\(J_0\\)")]
    gaps = 2 * np.hypot(*np.moveaxis(data["loops"], -1, 0)).min(axis=-1)
    lines = zip(LOOPS, data["turns"], gaps, strict=True)
    return [*rows, *((f"{m:g}", f"{o:g}", int(turns), float(f"{gap:.2f}")) for (m, o), turns, gap in lines)]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the loops with an arrow each, and the gapless point."""
    figure = Figure(figsize=(4.6, 4.4))
    axes = figure.subplots()
    places = ((0.0, 2.35), (2.55, 0.2), (0.0, 6.3))
    names = ("$0.7$", "$1.2$", "$0.7$, moved")
    for loop, color, dash, place, name in zip(data["loops"], SERIES, DASHES, places, names, strict=False):
        axes.plot(*loop.T, color=color, linestyle=dash)
        start, end = loop[30], loop[33]
        axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": color, "lw": 1.2})
        axes.text(*place, name, color=color, ha="center")
    axes.plot(0, 0, "o", color=TEXT, markersize=6, markeredgecolor=PAPER)
    axes.set(xlim=(-3.1, 3.1), ylim=(-3.6, 7.4), xlabel="$(J_1 - J_2)/J_0$", ylabel="$\\Delta/J_0$")
    return figure


def live() -> LiveFigure:
    """The loop for any drive and any constant offset of Delta."""
    return LiveFigure(
        axis=Axis("angle", "drive angle ωt", 0.0, 2 * np.pi, 241),
        abscissa=Curve("(J_{1} − J_{2})/J_{0}", pumping.rice_mele_difference_evaluator(), ("angle", "modulation")),
        curves=(
            Curve(
                "Δ over J_{1} − J_{2}",
                pumping.rice_mele_detuning_evaluator(),
                ("angle", "modulation", "detuning", "offset"),
            ),
        ),
        sliders=(
            Slider("modulation", "δJ/J_{0}", 0.0, 2.0, 0.05, 0.7),
            Slider("detuning", "Δ_{0}/J_{0}", 0.0, 6.0, 0.1, DETUNING),
            Slider("offset", "offset of Δ/J_{0}", -4.0, 4.0, 0.1, 0.0),
        ),
        y_label="Δ/J_{0}",
        y_range=(-8.0, 8.0),
        x_range=(-3.5, 3.5),
        marks=((0.0, 0.0),),
        replaces=False,
    )
