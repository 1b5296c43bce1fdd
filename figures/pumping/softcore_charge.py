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
    "0.05\\,J_0\\); the gates move \\(3/8\\) of a pair whatever \\(E_C\\). Mean over eight phases for two charge "
    "states on each island (hardcore) and three. Above \\(E_C \\approx 1.5E_J\\) both are near one pair a cycle. "
    "At \\(E_C = E_J\\) eight phases are too few: \\(q(\\phi)\\) runs from \\(-12\\) to \\(15\\), and eight other "
    "phases give 1.01."
)
ALT = (
    "Charge per cycle against the ratio of charging to Josephson energy, from one half to five. The line of hardcore "
    "islands stays near one everywhere. That of three charge states scatters widely below a ratio of about "
    "1.5 and comes close to it above."
)
_RATIOS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0)
_SHOWN = (1.0, 1.5, 2.0, 4.0)
POINTS = {
    "charge_states": np.repeat([2.0, 3.0], len(_RATIOS)),
    "ratio": np.tile(_RATIOS, 2),
}
PHASES = (np.arange(8) + 0.5) * np.pi / 4


def compute(charge_states: float, ratio: float) -> dict[str, float]:
    """Mean charge over eight phases."""
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
    labels = {2: ("two (hardcore)", 1.13), 3: ("three charge states", 0.85)}
    for number, (states, (label, height)) in enumerate(labels.items()):
        chosen = data["charge_states"] == states
        style = {"color": SERIES[number], "linestyle": DASHES[number], "marker": "os"[number], "markersize": 4}
        axes.plot(data["ratio"][chosen], data["charge"][chosen], **style)
        axes.text(3.2, height, label, color=SERIES[number], ha="left", va="center")
    axes.set(xlabel="$E_C/E_J$", ylabel="pumped charge $Q\\ /\\ 2e$", xlim=(0.4, 5.1))
    return figure
