"""The phase-averaged charge of the Harper-Hofstadter pump against the coupling to the leads."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from figures.stored import grid, stored
from figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "10"
TITLE = "Average charge against the coupling to the leads"
CAPTION = (
    "Six islands, \\(\\bar n_g = 0.4\\), \\(\\omega = 0.01\\), charge averaged over 20 phases, repulsion up to half of "
    "the charging energy, \\(U = E_C/2 = 2\\). (a) The average: one pair as soon as the leads open a gap. (b) What "
    "is missing or in excess: repulsion changes little. Twelve couplings, where the paper has fifteen up to 1.5."
)
ALT = (
    "Left: four curves that scatter at weak coupling and lie on one for couplings above a few tenths. Right: the "
    "deviations from one on a logarithmic axis, which fall with the coupling from order one to below a "
    "thousandth."
)

FREQUENCY = 0.01
PHASES = 20
INTERACTIONS = np.array([0.0, 0.5, 1.0, 2.0])
LEADS = np.arange(1, 13) / 10
POINTS = grid(interaction=INTERACTIONS, lead=LEADS, phase=np.arange(PHASES) * 2 * np.pi / PHASES)


def compute(interaction: float, lead: float, phase: float) -> dict[str, float]:
    """Charge per cycle at infinite time of six islands."""
    chain = pumping.HarperHofstadter(6, interaction=interaction, lead_coupling=lead)
    return {"charge": round(float(pumping.pumped_charge(chain, FREQUENCY, phase)), 6)}


def data() -> dict[str, np.ndarray]:
    """Average charges, repulsion in rows, and their deviation from one."""
    average = stored(__file__, POINTS)["charge"].reshape(INTERACTIONS.size, LEADS.size, PHASES).mean(axis=-1)
    return {"interaction": INTERACTIONS, "lead": LEADS, "average": average, "missing": abs(average - 1)}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Averages at four couplings."""
    chosen = [0, 1, 3, 5, 9, 11]
    rows = [("\\(U\\)", *(f"\\(E_L = {data['lead'][at]:g}\\)" for at in chosen))]
    return [
        *rows,
        *(
            (f"{u:g}", *(f"{q[at] + 0.0:.3f}" for at in chosen))
            for u, q in zip(data["interaction"], data["average"], strict=True)
        ),
    ]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw averages at the left, deviations at the right."""
    figure = Figure(figsize=(6.9, 3.3))
    left, right = figure.subplots(1, 2)
    rows = zip(data["interaction"], data["average"], data["missing"], SERIES, DASHES, "osD^", strict=False)
    for u, average, missing, color, dash, marker in rows:
        style = {"color": color, "linestyle": dash, "marker": marker, "markersize": 3.5, "linewidth": 1.1}
        left.plot(data["lead"], average, label=f"$U={u:g}$", **style)
        right.semilogy(data["lead"], np.maximum(missing, 1e-6), **style)
    left.axhline(1, color=MUTED, linewidth=0.7)
    left.legend(loc="lower right")
    left.set(xlim=(0, 1.25), xlabel="lead coupling $E_L$", ylabel="average $Q$", title="(a)")
    right.set(xlim=(0, 1.25), xlabel="lead coupling $E_L$", ylabel="$|Q-1|$", title="(b)")
    return figure
