"""The phase-averaged charge of the Harper-Hofstadter pump against the coupling to the leads."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import grid, stored
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "10"
TITLE = "Average charge against the coupling to the leads"
CAPTION = (
    "Six islands, \\(\\omega = 0.01\\), charge averaged over 20 phases, repulsion up to half of the charging energy, "
    "\\(U = E_C/2 = 2\\). (a) The average: one pair as soon as the leads open a gap, to the right where a third of "
    "the islands is filled (\\(\\bar n_g = 0.4\\)), to the left where two thirds are (\\(\\bar n_g = 0.6\\)). (b) What "
    "is missing or in excess: repulsion changes little. Filled marks: a third; open marks: two thirds."
)
ALT = (
    "Left: four curves that scatter at weak coupling and lie on one for couplings above a few tenths, and their mirror "
    "images, which lie on minus one. Right: the deviations on a logarithmic axis, which fall with the coupling from "
    "order one to below a thousandth."
)

FREQUENCY = 0.01
PHASES = 20
FILLINGS = np.array([0.4, 0.6])
INTERACTIONS = np.array([0.0, 0.5, 1.0, 2.0])
LEADS = np.arange(1, 16) / 10
POINTS = grid(
    filling=FILLINGS, interaction=INTERACTIONS, lead=LEADS, phase=np.arange(PHASES) * 2 * np.pi / PHASES
)


def compute(filling: float, interaction: float, lead: float, phase: float) -> dict[str, float]:
    """Charge per cycle at infinite time of six islands."""
    chain = pumping.HarperHofstadter(
        6, mean_induced_charge=filling, interaction=interaction, lead_coupling=lead
    )
    return {"charge": round(float(pumping.pumped_charge(chain, FREQUENCY, phase)), 6)}


def data() -> dict[str, np.ndarray]:
    """Average charges, fillings first, then repulsion, then couplings, and their deviation from one pair."""
    shape = (FILLINGS.size, INTERACTIONS.size, LEADS.size, PHASES)
    average = stored(__file__, POINTS)["charge"].reshape(shape).mean(axis=-1)
    return {
        "filling": FILLINGS,
        "interaction": INTERACTIONS,
        "lead": LEADS,
        "average": average,
        "missing": abs(abs(average) - 1),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Averages at five couplings."""
    chosen = [0, 1, 3, 9, 14]
    rows = [("\\(\\bar n_g\\)", "\\(U\\)", *(f"\\(E_L = {data['lead'][at]:g}\\)" for at in chosen))]
    for filling, charges in zip(data["filling"], data["average"], strict=True):
        for u, q in zip(data["interaction"], charges, strict=True):
            rows.append((f"{filling:g}", f"{u:g}", *(f"{q[at] + 0.0:.3f}" for at in chosen)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw averages at the left, deviations at the right."""
    figure = Figure(figsize=(6.9, 3.4))
    left, right = figure.subplots(1, 2)
    for filling, averages, missing in zip(data["filling"], data["average"], data["missing"], strict=True):
        whole = filling < 0.5
        rows = zip(data["interaction"], averages, missing, SERIES, DASHES, "osD^", strict=False)
        for u, average, off, color, dash, marker in rows:
            style = {"color": color, "linestyle": dash, "marker": marker, "markersize": 3.5, "linewidth": 1.1}
            style |= {} if whole else {"markerfacecolor": "none"}
            left.plot(data["lead"], average, label=f"$U={u:g}$" if whole else None, **style)
            right.semilogy(data["lead"], np.maximum(off, 1e-6), **style)
        left.axhline(1 if whole else -1, color=MUTED, linewidth=0.7)
    left.text(1.5, 0.86, "a third filled", ha="right", va="top")
    left.text(1.5, -0.86, "two thirds filled", ha="right", va="bottom")
    left.legend(loc="center right")
    left.set(xlim=(0, 1.55), xlabel="lead coupling $E_L$", ylabel="average $Q$", title="(a)")
    right.set(xlim=(0, 1.55), xlabel="lead coupling $E_L$", ylabel="$|\\,|Q|-1\\,|$", title="(b)")
    return figure
