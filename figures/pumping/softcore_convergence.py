"""How many charge states an island needs: pumped charge of softcore islands against that of six states."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.evaluate.turn import middles_of_a_turn
from rederived.figures.stored import grid, stored
from rederived.figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "How many charge states an island needs"
CAPTION = (
    "Two islands, \\(\\omega = 0.2\\,J_0\\), else as above. What is drawn is how far \\(q(\\phi)\\) with few charge "
    "states is from that with six, the median over eight phases. The third state, two pairs, gains a factor of two or "
    "three: the other side, minus one, is missing. Four states gain ten at \\(E_C = 2E_J\\) and more beyond. At "
    "\\(0.75E_J\\) even four are off by most of a pair, at a single phase."
)
ALT = (
    "Deviation on a logarithmic axis against the ratio of charging to Josephson energy. The curves of two and of three "
    "charge states lie close together; those of four and five lie lower, by a factor of a few at small ratios and of "
    "ten to a hundred at large ones. All fall with the ratio."
)
RATIOS = np.array([0.75, 1.0, 1.5, 2.0, 3.0, 4.0])
CHARGES = {2: (0, 1), 3: (0, 1, 2), 4: (-1, 0, 1, 2), 5: (-1, 0, 1, 2, 3), 6: (-2, -1, 0, 1, 2, 3)}
POINTS = grid(
    charge_states=np.array(list(CHARGES), float), ratio=RATIOS, phase=middles_of_a_turn(8)
)


def compute(charge_states: float, ratio: float, phase: float) -> dict[str, float]:
    """Charge at one phase."""
    pump = pumping.Softcore(pumping.intermediate(2, ratio), charges=CHARGES[int(charge_states)])
    return {"charge": round(float(pumping.softcore_charge(pump, 0.2, phase)), 8)}


def data() -> dict[str, np.ndarray]:
    """Median over the phases of the distance from six states, charge states in rows, ratios in columns."""
    charges = stored(__file__, POINTS)["charge"].reshape(len(CHARGES), RATIOS.size, -1)
    distance = np.median(abs(charges[:-1] - charges[-1]), axis=-1)
    return {"ratio": RATIOS, "charge_states": np.array(list(CHARGES))[:-1], "distance": distance}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Distances at four ratios."""
    shown = (1.0, 2.0, 4.0)
    rows = [("charge states", *(f"\\(E_C/E_J = {ratio:g}\\)" for ratio in shown))]
    for states, distance in zip(data["charge_states"], data["distance"], strict=True):
        rows.append((f"{states}", *(f"{distance[data['ratio'] == ratio][0]:.1e}" for ratio in shown)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw a line for each number of charge states."""
    figure = Figure(figsize=(6.0, 3.4))
    axes = figure.subplots()
    for number, (states, distance) in enumerate(zip(data["charge_states"], data["distance"], strict=True)):
        style = {"color": SERIES[number], "linestyle": DASHES[number], "marker": "osD^"[number], "markersize": 4}
        axes.semilogy(data["ratio"], distance, label=f"{states}", **style)
    axes.legend(title="charge states", loc="lower left", ncols=2)
    axes.set(xlabel="$E_C/E_J$", ylabel="distance from six states", xlim=(0.6, 4.1), ylim=(5e-3, 12))
    return figure
