"""Charging energy of an island for several numbers of pairs."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.live import Axis, Curve, LiveFigure, Slider
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = "ANWB23"
NUMBER = "2"
TITLE = "Charging energy of an island against its induced charge"
CAPTION = (
    "One parabola for each number \\(n\\) of Cooper pairs on the island. At half-integer induced charge two of "
    "them cross. Near \\(n_g = 1/2\\) the states with no pair and with one pair lie \\(E_C|1 - 2 n_g|\\) apart "
    "(arrow), and all others \\(2 E_C\\) above them: these two are kept, and make the island a place for a "
    "hardcore boson."
)
ALT = (
    "Four parabolas of equal shape with minima at induced charges -1, 0, 1 and 2. Neighboring ones cross at "
    "half-integer induced charge, at a quarter of the charging energy; at one half the next pair crosses at "
    "nine quarters."
)
NUMBERS = np.array([-1, 0, 1, 2])


def data() -> dict[str, np.ndarray]:
    """Energies over E_C of four charge states."""
    charge = np.linspace(-0.6, 1.6, 221)
    return {"charge": charge, "energy": pumping.charging_parabola(NUMBERS[:, None], charge)}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Energies at three induced charges."""
    rows = [("induced charge \\(n_g\\)", *(f"\\(n = {n}\\)" for n in NUMBERS))]
    for charge in (0.0, 0.3, 0.5):
        at = int(np.argmin(abs(data["charge"] - charge)))
        rows.append((f"{charge:g}", *(float(f"{e:.3f}") for e in data["energy"][:, at])))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the parabolas, with the two lowest states marked near one half."""
    figure = Figure(figsize=(5.0, 3.4))
    axes = figure.subplots()
    for number, energy, color, dash in zip(NUMBERS, data["energy"], SERIES, DASHES, strict=False):
        axes.plot(data["charge"], energy, color=color, linestyle=dash)
        place = {-1: (-0.44, 0.5), 0: (-0.42, 0.02), 1: (1.42, 0.02), 2: (1.5, 0.42)}[int(number)]
        axes.text(*place, f"$n={number}$", color=color, ha="center")
    axes.axvline(0.5, color=MUTED, linewidth=0.7, linestyle=":")
    at = int(np.argmin(abs(data["charge"] - 0.35)))
    ends = data["energy"][1:3, at]
    axes.annotate("", (0.35, ends[1]), (0.35, ends[0]), arrowprops={"arrowstyle": "<->", "color": MUTED, "lw": 0.9})
    axes.text(0.31, ends.mean(), "$E_C|1-2n_g|$", ha="right", va="center", color=MUTED)
    axes.set(xlim=(-0.6, 1.6), ylim=(-0.05, 1.25), xlabel="induced charge $n_g$ / Cooper pairs")
    axes.set_ylabel("energy / $E_C$")
    return figure


def live() -> LiveFigure:
    """Parabolas beside a charged neighbor, and the two levels that a lead makes of the lowest ones."""
    parabola, level = pumping.shifted_parabola_evaluator(), pumping.island_level_evaluator()
    numbers = tuple(
        Curve(f"n = {n}".replace("-", "−"), parabola, (float(n), "charge", "shift"), color=i, dash=i)
        for i, n in enumerate(NUMBERS)
    )
    levels = tuple(
        Curve(name, level, (sign, "charge", "shift", "lead"), color=4, dash=0)
        for name, sign in (("lower level", -1.0), ("upper level", 1.0))
    )
    return LiveFigure(
        axis=Axis("charge", "induced charge n_{g} / Cooper pairs", -0.6, 1.6, 221, symbol="n_{g}"),
        curves=(*numbers, *levels),
        sliders=(
            Slider("lead", "lead: E_{L}/E_{C}", 0.0, 1.0, 0.02, 0.2),
            Slider("shift", "neighbor: U (n_{2} − n_{g2})/E_{C}", -0.5, 0.5, 0.02, 0.0),
        ),
        y_label="energy / E_{C}",
        y_range=(-0.4, 1.25),
        replaces=False,
    )
