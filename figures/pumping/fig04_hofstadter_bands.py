"""Bands of the Harper-Hofstadter chain over one period."""

from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.live import Axis, Curve, LiveFigure, Slider
from rederived.figures.style import SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = "ANWB23"
NUMBER = "4"
TITLE = "Instantaneous bands of the Harper-Hofstadter chain"
CAPTION = (
    "Energies of one pair in an infinite chain at flux 1/3, \\(\\delta\\mu = 2J\\), over one period of the drive. "
    "Each band fills the range between its edges, at \\(k = 0\\) and \\(\\pi\\). The gaps never close; filled up to "
    "the first or the second, the chain pumps one pair a cycle in opposite directions."
)
ALT = (
    "Three bands against time, each the area between two curves that oscillate three times in a period. The middle "
    "one comes close to the lowest and to the highest in turn; two gaps stay open at all times. The bands carry "
    "their Chern numbers 1, -2 and 1."
)
CHAIN = pumping.HarperHofstadter(3, mean_induced_charge=0.5)


def data(onsite_modulation: float = 1.0) -> dict[str, np.ndarray]:
    """Band edges over J, Chern numbers, and both gaps."""
    chain = replace(CHAIN, onsite_modulation=onsite_modulation)
    angle = np.linspace(0, 2 * np.pi, 241)
    lower, upper = pumping.band_edges(chain, angle)
    return {
        "time": angle / (2 * np.pi),
        "lower": lower / chain.hopping,
        "upper": upper / chain.hopping,
        "chern": np.array(pumping.chern_numbers(chain)),
        "gaps": np.array([pumping.band_gap(chain, filled) for filled in (1, 2)]) / chain.hopping,
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Both gaps, and the charge that filling up to them pumps."""
    rows = [("filled bands", "smallest gap over \\(J\\)", "pairs a cycle")]
    pumped = np.cumsum(data["chern"])
    return [*rows, *((str(r + 1), float(f"{gap:.4f}"), int(pumped[r])) for r, gap in enumerate(data["gaps"]))]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw each band as an area with its Chern number."""
    figure = Figure(figsize=(5.0, 3.4))
    axes = figure.subplots()
    for band, color in zip(range(3), SERIES, strict=False):
        low, high = data["lower"][:, band], data["upper"][:, band]
        axes.fill_between(data["time"], low, high, color=color, alpha=0.35, linewidth=0)
        for edge in (low, high):
            axes.plot(data["time"], edge, color=color, linestyle="-", linewidth=1.1)
        middle = (low[-1] + high[-1]) / 2
        axes.text(1.02, middle, f"$C={data['chern'][band]:d}$", color=color, va="center")
    axes.set(xlim=(0, 1), xlabel="time $t/T$", ylabel="energy / $J$")
    return figure


def live() -> LiveFigure:
    """Both edges of each band, and what lies between them at one momentum, for any modulation."""
    energy, drive = pumping.hofstadter_band_evaluator(), ("angle", "modulation")
    edges = tuple(
        Curve(f"band {band + 1}, k = {name}", energy, (float(band), momentum, *drive), color=band, dash=dash)
        for band in range(3)
        for name, momentum, dash in (("0", 0.0, 0), ("π", np.pi, 1))
    )
    return LiveFigure(
        axis=Axis("angle", "drive angle ωt", 0.0, 2 * np.pi, 181, symbol="ωt"),
        curves=edges,
        sliders=(Slider("modulation", "δμ/J", 0.1, 8.0, 0.1, 2.0),),
        y_label="energy / J",
    )
