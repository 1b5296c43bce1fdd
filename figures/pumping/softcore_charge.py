"""Pumped charge of islands with more than two charge states, against E_C/E_J."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.evaluate.turn import middles_of_a_turn
from rederived.figures.stored import grid, stored
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "Pumped charge of softcore islands"
CAPTION = (
    "Three islands, clipped Rice-Mele drive with \\(\\delta J = 1.2\\,J_0\\), \\(E_L = E_J = 2J_0\\), \\(\\omega = "
    "0.05\\,J_0\\); the gates move \\(3/8\\) of a pair whatever \\(E_C\\). Mean over 32 phases for two charge "
    "states on each island (hardcore), three (0, 1, 2) and four (-1, 0, 1, 2). From \\(E_C = 2E_J\\) on it is one pair "
    "within a few percent. Below, the charge of single phases runs over tens of pairs, and those next to avoided "
    "crossings move a mean of 32 by up to a quarter."
)
ALT = (
    "Charge per cycle against the ratio of charging to Josephson energy, from one half to five. The line of hardcore "
    "islands stays near one everywhere. Those of three and four charge states scatter around one, by a quarter at "
    "ratios up to 1.5 and by a few percent from two on."
)
RATIOS = np.array([0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0])
CHARGES = {2: (0, 1), 3: (0, 1, 2), 4: (-1, 0, 1, 2)}
POINTS = grid(
    charge_states=np.array(list(CHARGES), float), ratio=RATIOS, phase=middles_of_a_turn(32)
)
_SHOWN = (0.5, 1.0, 1.5, 2.0, 5.0)
UNIT = 1e-6  # to which `compute` rounds, a tenth of the error of the charges


def compute(charge_states: float, ratio: float, phase: float) -> dict[str, float]:
    """Charge at one phase."""
    pump = pumping.Softcore(pumping.intermediate(3, ratio), charges=CHARGES[int(charge_states)])
    return {"charge": round(float(pumping.softcore_charge(pump, 0.05, phase)), 6)}


def data() -> dict[str, np.ndarray]:
    """Mean over the phases, charge states in rows, ratios in columns."""
    charges = stored(__file__, POINTS)["charge"].reshape(len(CHARGES), RATIOS.size, -1)
    return {"ratio": RATIOS, "charge_states": np.array(list(CHARGES)), "charge": charges.mean(axis=-1)}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Charges at five ratios, by the number of charge states."""
    rows = [("\\(E_C/E_J\\)", "two charge states", "three", "four")]
    for ratio in _SHOWN:
        found = data["charge"][:, data["ratio"] == ratio].ravel()
        rows.append((f"{ratio:g}", *(round(float(q), 3) for q in found)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw a line for each number of charge states."""
    figure = Figure(figsize=(6.0, 3.4))
    axes = figure.subplots()
    axes.axhline(1, color=MUTED, linewidth=0.7)
    labels = ("two charge states (hardcore)", "three", "four")
    for number, (label, charge) in enumerate(zip(labels, data["charge"], strict=True)):
        style = {"color": SERIES[number], "linestyle": DASHES[number], "marker": "osD"[number], "markersize": 4}
        axes.plot(data["ratio"], charge, label=label, **style)
    axes.legend(loc="lower right")
    axes.set(xlabel="$E_C/E_J$", ylabel="pumped charge $Q\\ /\\ 2e$", xlim=(0.4, 5.1))
    return figure
