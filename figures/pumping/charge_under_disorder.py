"""Pumped charge of chains with random offsets of their site energies."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from figures.stored import grid, stored
from figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "Pumped charge under disorder"
CAPTION = (
    "Mean over twelve samples (lines) and their standard deviation (bands), both after an average over two phases, "
    "against the standard deviation \\(W\\) of the site energies over the smallest gap of the bands. Rice-Mele: eight "
    "islands, \\(\\delta J = J_0\\), gap \\(4J_0\\), \\(\\omega = 0.1\\,J_0\\). Harper-Hofstadter: nine islands, "
    "gap \\(0.634\\), \\(\\omega = 0.02\\). Disorder of a tenth of the gap is harmless."
)
ALT = (
    "Charge per cycle against disorder over the gap, from zero to two. Both lines start at one. They stay there with "
    "narrow bands up to about a third of the gap, then fall, with bands as wide as the charge itself."
)
POINTS = grid(pump=[0.0, 1.0], disorder=[0.0, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0])
NAMES = ("Rice-Mele", "Harper-Hofstadter")


def compute(pump: float, disorder: float) -> dict[str, float]:
    """Mean and standard deviation of the charge."""
    chain, frequency = (
        (pumping.RiceMele(8, hopping_modulation=1.0), 0.1),
        (pumping.HarperHofstadter(9), 0.02),
    )[int(pump)]
    onsite = disorder * float(pumping.band_gap(chain, 1))
    found = pumping.charge_under_disorder(chain, frequency, onsite=onsite, samples=12, phases=2)
    return {"mean": float(found.mean()), "deviation": float(found.std())}


def data() -> dict[str, np.ndarray]:
    """Charges as stored."""
    return stored(__file__, POINTS)


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Mean and standard deviation at four strengths."""
    rows = [("\\(W\\)/gap", *(f"{name}, {what}" for name in NAMES for what in ("mean", "deviation")))]
    for disorder in (0.0, 0.1, 0.5, 2.0):
        at = data["disorder"] == disorder
        values = np.stack([data["mean"][at], data["deviation"][at]], axis=1).ravel()
        rows.append((f"{disorder:g}", *(round(float(v), 3) for v in values)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw a line with a band for each pump."""
    figure = Figure(figsize=(6.0, 3.4))
    axes = figure.subplots()
    axes.axhline(1, color=MUTED, linewidth=0.7)
    for pump, name in enumerate(NAMES):
        chosen = data["pump"] == pump
        x, mean, deviation = (data[key][chosen] for key in ("disorder", "mean", "deviation"))
        axes.fill_between(x, mean - deviation, mean + deviation, color=SERIES[pump], alpha=0.2, linewidth=0)
        axes.plot(x, mean, color=SERIES[pump], linestyle=DASHES[pump], marker="os"[pump], markersize=4)
        place, side = ((0.95, 0.75), "left") if pump == 0 else ((0.05, 0.25), "left")
        axes.text(*place, name, color=SERIES[pump], ha=side, va="center")
    axes.set(xlabel="disorder $W$ / gap", ylabel="pumped charge $Q\\ /\\ 2e$", xlim=(0, 2))
    return figure
