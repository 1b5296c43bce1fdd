"""Charge of one cycle against the phase between the leads, for three lengths of a Rice-Mele chain."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.evaluate.turn import middles_of_a_turn
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "5"
TITLE = "Charge per cycle against the phase"
CAPTION = (
    "Rice-Mele chains of 4, 6 and 8 islands with a sinusoidal drive: \\(\\delta J = 0.7J_0\\), \\(\\Delta_0 = 6J_0\\), "
    "\\(E_L = 4J_0\\), \\(U = 0\\), \\(\\omega = 0.05J_0\\), at the 20 phases of the paper. Each chain swings about "
    "one pair; the swing shrinks by a factor of seven to ten with every two islands. Here the first island is raised "
    "first, and a pair goes from left to right. The authors lower it first, and count what flows along their "
    "phase: their \\(q(\\varphi)\\) is \\(-q(-\\varphi)\\) here, and their file adds 2."
)
ALT = (
    "Three curves of the charge per cycle over phases from 0 to 2 pi. That of four islands is a large wave, from "
    "below minus one to above three; that of six stays between 0.75 and 1.25; that of eight is nearly flat at one."
)
ISLANDS = (4, 6, 8)
FREQUENCY = 0.05


def data(hopping_modulation: float = 0.7) -> dict[str, np.ndarray]:
    """Charges per cycle, lengths first, and their averages over the phase."""
    phase = middles_of_a_turn(20)
    chains = [pumping.RiceMele(islands, hopping_modulation=hopping_modulation) for islands in ISLANDS]
    charge = np.array([pumping.pumped_charge(chain, FREQUENCY, phase) for chain in chains])
    return {"islands": np.array(ISLANDS), "phase": phase, "charge": charge, "average": charge.mean(axis=1)}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Average and range of each chain."""
    rows = [("islands", "average \\(Q\\)", "smallest \\(q\\)", "largest \\(q\\)")]
    for islands, average, charge in zip(data["islands"], data["average"], data["charge"], strict=True):
        rows.append((str(islands), *(f"{x:.3f}".replace("-", "−") for x in (average, charge.min(), charge.max()))))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw one curve a chain, and the longer two again in an inset."""
    figure = Figure(figsize=(5.4, 3.5))
    axes = figure.subplots()
    inset = axes.inset_axes([0.09, 0.63, 0.37, 0.33])
    for number, charge in enumerate(data["charge"]):
        style = {"color": SERIES[number], "linestyle": DASHES[number], "marker": "os^"[number], "markersize": 3.2}
        axes.plot(data["phase"] / np.pi, charge, **style)
        if number:
            inset.plot(data["phase"] / np.pi, charge, **style)
    for one in (axes, inset):
        one.axhline(1, color=MUTED, linestyle="-", linewidth=0.6)
        one.set(xlim=(0, 2))
    inset.set(ylim=(0.65, 1.35), xticks=[0, 1, 2], yticks=[0.7, 1, 1.3])
    inset.tick_params(labelsize=9)
    axes.set(xlabel="phase $\\varphi/\\pi$", ylabel="pairs a cycle $q(\\varphi)$")
    axes.text(1.7, 2.75, "$N=4$", color=SERIES[0])
    inset.text(0.06, 1.2, "$N=6$", color=SERIES[1], fontsize=10, va="center")
    inset.text(1.1, 0.82, "$N=8$", color=SERIES[2], fontsize=10, va="center")
    return figure
