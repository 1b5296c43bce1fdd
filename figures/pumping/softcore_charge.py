"""Pumped charge of islands with more than two charge states, against E_C/E_J."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from figures.stored import stored
from figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "Pumped charge of softcore islands"
CAPTION = (
    "Three islands, clipped Rice-Mele drive with \\(\\delta J = 1.2\\,J_0\\), \\(E_L = E_J = 2J_0\\), \\(\\omega = "
    "0.05\\,J_0\\); the gates move \\(3/8\\) of a pair whatever \\(E_C\\). Mean over 32 phases for two charge "
    "states on each island (hardcore) and three. From \\(E_C = 0.75E_J\\) on both are one pair a cycle within "
    "seven percent. What is left comes from single phases next to avoided crossings, not from softness: it does not "
    "fall with \\(E_C\\)."
)
ALT = (
    "Charge per cycle against the ratio of charging to Josephson energy, from one half to five. The line of hardcore "
    "islands stays near one everywhere. That of three charge states is well below one at a ratio of one half, and "
    "within seven percent of one from 0.75 on."
)
_RATIOS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0)
_SHOWN = (0.5, 1.0, 1.5, 2.0, 5.0)
POINTS = {
    "charge_states": np.repeat([2.0, 3.0], len(_RATIOS)),
    "ratio": np.tile(_RATIOS, 2),
}
PHASES = (np.arange(32) + 0.5) * np.pi / 16


def compute(charge_states: float, ratio: float) -> dict[str, float]:
    """Mean charge over 32 phases."""
    pump = pumping.Softcore(pumping.intermediate(3, ratio), charges=tuple(range(int(charge_states))))
    return {"charge": float(np.mean(pumping.softcore_charge(pump, 0.05, PHASES)))}


def data() -> dict[str, np.ndarray]:
    """Charges as stored."""
    return stored(__file__, POINTS)


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Charges at four ratios, by the number of charge states."""
    rows = [("\\(E_C/E_J\\)", "two charge states", "three")]
    for ratio in _SHOWN:
        at = data["ratio"] == ratio
        rows.append((f"{ratio:g}", *(round(float(q), 3) for q in data["charge"][at])))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw a line for each number of charge states."""
    figure = Figure(figsize=(6.0, 3.4))
    axes = figure.subplots()
    axes.axhline(1, color=MUTED, linewidth=0.7)
    labels = {2: ("two charge states (hardcore)", 1.035), 3: ("three charge states", 0.96)}
    for number, (states, (label, height)) in enumerate(labels.items()):
        chosen = data["charge_states"] == states
        style = {"color": SERIES[number], "linestyle": DASHES[number], "marker": "os"[number], "markersize": 4}
        axes.plot(data["ratio"][chosen], data["charge"][chosen], **style)
        axes.text(2.4, height, label, color=SERIES[number], ha="left", va="center")
    axes.set(xlabel="$E_C/E_J$", ylabel="pumped charge $Q\\ /\\ 2e$", xlim=(0.4, 5.1), ylim=(0.74, 1.1))
    return figure
