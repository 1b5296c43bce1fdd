"""The phase plane of a fluxon: speed against angle at several energies."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.live import Axis, Curve, LiveFigure, Slider
from rederived.figures.style import PAPER, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = "M16"
NUMBER = "2"
TITLE = "Phase plane of a fluxon on an annulus with one half for the ratio of its axes"
CAPTION = (
    "Speed in Swihart velocities against the angle, \\(e^2 = 3/4\\), Eq. (21), for energies \\(k = E/E_{\\rm min}\\). "
    "Below the separatrix (thick, \\(k = 2\\)) the fluxon swings in one well, above it runs around, fastest where the "
    "annulus is narrow. Dotted: the same energies if \\(E = 8Q/\\sqrt{1-\\hat u^2}\\). Eq. (21) is for "
    "slow fluxons, and leaves its range soon: on the separatrix it asks for \\(\\sqrt 2\\) times the Swihart velocity."
)
ALT = (
    "Closed curves around two points at rest, at a quarter and three quarters of a turn, inside a thick curve that "
    "crosses itself at the poles, and wavy curves above and below it. Dotted curves, one for each, are flattened: they "
    "stay between minus one and one, while the thick solid curve reaches 1.41."
)
HALO = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}
BOUND = (1.05, 1.2, 1.5)
FREE = (2.0, 2.4)


def data(eccentricity_squared: float = 0.75) -> dict[str, np.ndarray]:
    """Speeds of the slow and of the relativistic form; bound orbits, closed, once around their well."""
    turn = np.linspace(0, 2 * np.pi, 181)
    edge = annular.turning_point(np.array(BOUND), eccentricity_squared)[:, None]
    # An angle that is closest at the turning points, where the speed is a root.
    swing = np.pi / 2 - (np.pi / 2 - edge) * np.cos(np.linspace(0, np.pi, 91))
    bound, free = np.array(BOUND)[:, None], np.array(FREE)[:, None]
    return {
        "tau": turn,
        "swing": swing,
        "bound": annular.fluxon_speed(swing, bound, eccentricity_squared),
        "bound_fast": annular.relativistic_fluxon_speed(swing, bound, eccentricity_squared),
        "free": annular.fluxon_speed(turn, free, eccentricity_squared),
        "free_fast": annular.relativistic_fluxon_speed(turn, free, eccentricity_squared),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The largest speed at each energy."""
    rows = [("\\(k\\)", "\\(\\hat u\\) at the equator, Eq. (21)", "if \\(E = 8Q/\\sqrt{1-\\hat u^2}\\)")]
    for name, energies in (("bound", BOUND), ("free", FREE)):
        for k, slow, fast in zip(energies, data[name], data[f"{name}_fast"], strict=True):
            rows.append((f"{k:g}", f"{slow.max():.4f}", f"{fast.max():.4f}"))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw orbits in both wells, the separatrix, and one running orbit each way."""
    figure = Figure(figsize=(5.6, 3.8))
    axes = figure.subplots()
    pi = np.pi
    orbits = [(data["swing"][i] / pi + shift, i, "bound") for i in range(len(BOUND)) for shift in (0, 1)]
    orbits += [(data["tau"] / pi, i, "free") for i in range(len(FREE))]
    for x, i, name in orbits:
        separatrix = name == "free" and i == 0
        color = TEXT if separatrix else SERIES[0] if name == "bound" else SERIES[1]
        for sign in (1, -1):
            axes.plot(x, sign * data[name][i], color=color, linestyle="-", linewidth=2.2 if separatrix else 1.4)
            axes.plot(x, sign * data[f"{name}_fast"][i], color=color, linestyle=":", linewidth=1.2)
    for i, k in enumerate(BOUND):
        place = (data["swing"][i, 0] / pi, 0.0) if i else (0.5, 0.43)  # the innermost has no room for it
        axes.text(*place, f"{k:g}", color=SERIES[0], ha="center", va="center", fontsize=9.5, bbox=HALO)
    axes.text(0.5, data["free"][0].max() - 0.04, "2", color=TEXT, ha="center", va="top", fontsize=10)
    axes.text(0.5, data["free"][1].max() + 0.02, "$k=2.4$", color=SERIES[1], ha="center", va="bottom", fontsize=10)
    axes.plot([0.5, 1.5], [0, 0], "o", color=SERIES[0])
    axes.set_xticks([0, 0.5, 1, 1.5, 2], ["0", "$\\pi/2$", "$\\pi$", "$3\\pi/2$", "$2\\pi$"])
    axes.set(xlim=(0, 2), ylim=(-1.95, 1.95), xlabel="angle $\\tau$ of the fluxon", ylabel="speed $\\hat{u}$")
    return figure


def live() -> LiveFigure:
    """Both forms at an energy of the reader's choice; zero where the fluxon cannot be."""
    slow, fast = annular.fluxon_speed_evaluator(), annular.relativistic_fluxon_speed_evaluator()
    arguments = ("tau", "energy", "square")
    return LiveFigure(
        axis=Axis("tau", "angle τ", 0.0, 6.2831853, 241, symbol="τ"),
        curves=(
            Curve("û, Eq. 21", slow, arguments),
            Curve("û, relativistic", fast, arguments),
            Curve("−û, Eq. 21", slow, arguments, scale=-1.0),
            Curve("−û, relativistic", fast, arguments, scale=-1.0),
        ),
        sliders=(
            Slider("energy", "k = E/E_{min}", 1.0, 4.0, 0.01, 1.5),
            Slider("square", "e²", 0.05, 0.95, 0.01, 0.75),
        ),
        y_label="speed û",
        y_range=(-2.0, 2.0),
        replaces=False,
    )
