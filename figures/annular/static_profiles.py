"""What a fluxon at rest looks like in its well, on a barrier and where it depins."""

import math

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Static fluxons of the full equation"
CAPTION = (
    "The slope of the phase, that is the magnetic field in the junction, for \\(e^2 = 3/4\\) and "
    "\\(\\lambda_J/c = 0.1\\). Where the ring is wide, on top of a barrier, the fluxon is narrow in \\(\\tau\\), "
    "and its slope is larger. At the depinning current the fluxon has left the narrowest place by a quarter of a "
    "quarter turn, and leans towards the barrier."
)
ALT = (
    "Three bell-shaped curves of the slope of the phase against the angle from minus a quarter of pi to pi. The first, "
    "at zero, is 23 high and narrow. The second, at 1.15, is about 14 high. The third, at half pi, is 12 high and the "
    "broadest."
)


def data(eccentricity_squared: float = 0.75, penetration_ratio: float = 0.1) -> dict[str, np.ndarray]:
    """The slope of three static fluxons, their centers, the bias that holds them and their energies."""
    ring = (eccentricity_squared, penetration_ratio)
    freed = annular.depinning_position(*ring)
    tau = np.linspace(-0.8, 2.8, 721)
    held = [annular.static_fluxon(*ring, center=center) for center in (0.0, freed, math.pi / 2)]
    return {
        "tau": tau,
        "center": np.array([state.center for state in held]),
        "bias": np.array([state.bias for state in held]),
        "energy": np.array([state.energy for state in held]),
        "slope": np.array([state.slope_at(tau) for state in held]),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Center, bias, energy and largest slope of each."""
    rows = [("center \\(\\tau\\)", "bias over \\(J_c\\)", "energy over \\(E_0'\\)", "largest \\(\\varphi_\\tau\\)")]
    for center, bias, energy, slope in zip(
        data["center"], data["bias"], data["energy"], data["slope"], strict=True
    ):
        rows.append((f"{center:.4f}", f"{abs(bias):.6f}", f"{energy:.6f}", f"{slope.max():.3f}"))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the three slopes over the angle."""
    figure = Figure(figsize=(5.2, 3.2))
    axes = figure.subplots()
    labels = ("on the barrier", "at depinning", "in the well")
    for number, (slope, center, label) in enumerate(zip(data["slope"], data["center"], labels, strict=True)):
        axes.plot(data["tau"], slope, color=SERIES[number], linestyle=DASHES[number])
        place = {"ha": "right", "x": center - 0.1} if number == 1 else {"ha": "left", "x": center + 0.1}
        axes.text(place["x"], slope.max(), label, color=SERIES[number], ha=place["ha"], va="bottom")
    axes.set(xlim=(-0.8, 2.8), ylim=(-1, 26), xlabel="angle $\\tau$ (rad)", ylabel="slope $\\varphi_\\tau$")
    return figure
