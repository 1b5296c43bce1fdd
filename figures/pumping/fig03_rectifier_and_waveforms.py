"""The rectifier, and the hoppings that it makes of sinusoidal cutter voltages."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "3"
TITLE = "The rectifier, and sinusoidal and clipped hoppings"
CAPTION = (
    "(a) Hopping against the voltage of a cutter gate: none below a threshold, linear above it. Cutter voltages of "
    "opposite phase open odd and even bonds in turn: (b) with \\(\\delta J = 0.7\\,J_0\\) both stay open, (c) with "
    "\\(\\delta J = 1.2\\,J_0\\) each is closed for a part of the period, and the chain falls into pairs of islands."
)
ALT = (
    "Three panels. In the first a line is zero up to a threshold and rises with slope one beyond it. In the second "
    "two cosines of opposite phase between 0.3 and 1.7 cross at a quarter and three quarters of the period. In the "
    "third they reach 2.2 and are cut off at zero, each for about a fifth of the period."
)
MODULATIONS = (0.7, 1.2)


def data() -> dict[str, np.ndarray]:
    """The rectifier, and both hoppings over one period for both modulations."""
    angle = np.linspace(0, 2 * np.pi, 241)
    x = np.linspace(-1, 2, 61)
    bonds = pumping.rice_mele_hopping(angle, np.arange(2)[:, None], np.array(MODULATIONS)[:, None, None])
    return {"x": x, "rectified": pumping.rice_mele_hopping(0.0, 0, x - 1), "angle": angle, "bonds": bonds}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Largest hopping and closed part of the period."""
    rows = [("\\(\\delta J/J_0\\)", "largest \\(J/J_0\\)", "closed part of a period")]
    for modulation, bonds in zip(MODULATIONS, data["bonds"], strict=True):
        rows.append((f"{modulation:g}", float(f"{bonds.max():.3f}"), float(f"{np.mean(bonds[0, :-1] == 0):.2f}")))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the rectifier beside both waveforms."""
    figure = Figure(figsize=(6.9, 2.5))
    rectifier, *waves = figure.subplots(1, 3)
    rectifier.plot(data["x"], data["rectified"], color=SERIES[2])
    rectifier.set(xlabel="voltage above threshold", ylabel="hopping", xticks=[0], yticks=[0], ylim=(-0.15, 2.2))
    rectifier.axvline(0, color=MUTED, linewidth=0.7, linestyle=":")
    for axes, bonds in zip(waves, data["bonds"], strict=True):
        for hopping, color, dash in zip(bonds, SERIES, DASHES, strict=False):
            axes.plot(data["angle"] / (2 * np.pi), hopping, color=color, linestyle=dash)
        axes.set(xlim=(0, 1), ylim=(-0.15, 2.7), xlabel="time $t/T$", ylabel="$J/J_0$", xticks=[0, 0.5, 1])
        axes.text(0.06, bonds[0].max() + 0.12, "$J_1$", color=SERIES[0])
        axes.text(0.5, bonds[0].max() + 0.12, "$J_2$", color=SERIES[1], ha="center")
    for axes, letter in zip((rectifier, *waves), "abc", strict=True):
        axes.set_title(f"({letter})", loc="left", fontsize=10)
    return figure
