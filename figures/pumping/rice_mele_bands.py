"""Bands and hoppings of the Rice-Mele chain over one period."""

from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.live import Axis, Curve, LiveFigure, Slider
from rederived.figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = None
NUMBER = None
TITLE = "Bands and hoppings of the Rice-Mele chain"
CAPTION = (
    "Above, the two bands over one period, with \\(\\Delta_0 = 3 J_0\\); below, both hoppings. (a) Sinusoidal, "
    "\\(\\delta J = 0.7\\,J_0\\). (b) Clipped, \\(\\delta J = 1.2\\,J_0\\): while one bond of each cell is closed, "
    "the bands are flat. The gap stays open in both. Where scripts run, the sliders move the drive; a constant "
    "offset of \\(\\Delta\\) larger than \\(\\Delta_0\\) takes the loop off the gapless point."
)
ALT = (
    "Two columns. In each, an upper and a lower band, mirror images, come closest at the start and in the middle of "
    "the period. In the second column, where hoppings are cut off at zero for a part of the period, the bands shrink "
    "to lines there."
)
MODULATIONS, DETUNING = (0.7, 1.2), 3.0


def data() -> dict[str, np.ndarray]:
    """Band edges and hoppings over J_0 for both modulations, and their gaps."""
    angle = np.linspace(0, 2 * np.pi, 241)
    chains = [pumping.RiceMele(3, hopping_modulation=m, detuning=DETUNING) for m in MODULATIONS]
    edges = np.array([pumping.band_edges(chain, angle) for chain in chains])
    return {
        "time": angle / (2 * np.pi),
        "edges": edges,
        "bonds": np.array([chain.bonds(angle) for chain in chains]),
        "gaps": np.array([pumping.band_gap(chain) for chain in chains]),
        "chern": np.array([pumping.chern_numbers(replace(chain, islands=2))[0] for chain in chains]),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The gap and the Chern number for both modulations."""
    rows = [("\\(\\delta J/J_0\\)", "smallest gap over \\(J_0\\)", "Chern number of the lower band")]
    numbers = zip(MODULATIONS, data["gaps"], data["chern"], strict=True)
    return [*rows, *((f"{m:g}", float(f"{gap:.4f}"), int(chern)) for m, gap, chern in numbers)]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw bands above hoppings, one column for each modulation."""
    figure = Figure(figsize=(6.9, 4.0))
    axes = figure.subplots(2, 2, sharex=True, height_ratios=(2, 1))
    for column, letter in enumerate("ab"):
        bands, hoppings = axes[:, column]
        low, high = data["edges"][column]
        for band, color in ((0, SERIES[0]), (1, SERIES[1])):
            bands.fill_between(data["time"], low[:, band], high[:, band], color=color, alpha=0.35, linewidth=0)
            for edge in (low, high):
                bands.plot(data["time"], edge[:, band], color=color, linestyle="-", linewidth=1.1)
        for bond, color, dash in zip(data["bonds"][column].T, SERIES[2:], DASHES, strict=False):
            hoppings.plot(data["time"], bond, color=color, linestyle=dash)
        bands.set_title(f"({letter})", loc="left", fontsize=10)
        bands.set(xlim=(0, 1), ylim=(-4, 4))
        hoppings.set(ylim=(-0.15, 2.9), xlabel="time $t/T$", xticks=[0, 0.5, 1])
        hoppings.text(0.06, data["bonds"][column].max() + 0.1, "$J_1$", color=SERIES[2])
        hoppings.text(0.5, data["bonds"][column].max() + 0.1, "$J_2$", color=SERIES[3], ha="center")
        bands.set_ylabel("energy / $J_0$")
        hoppings.set_ylabel("$J/J_0$")
    return figure


def live() -> LiveFigure:
    """Edges of both bands and both hoppings, for any drive and any constant offset of Delta."""
    band, hopping = pumping.rice_mele_band_evaluator(), pumping.rice_mele_hopping_evaluator()
    drive = ("angle", "modulation", "detuning", "offset")
    edges = tuple(
        Curve(f"{which} band, k = {name}", band, (sign, momentum, *drive), color=color, dash=dash)
        for color, (which, sign) in enumerate((("lower", -1.0), ("upper", 1.0)))
        for name, momentum, dash in (("0", 0.0, 0), ("π", np.pi, 1))
    )
    bonds = tuple(Curve(f"J_{{{m + 1}}}", hopping, ("angle", m, "modulation"), color=2 + m, dash=3) for m in range(2))
    return LiveFigure(
        axis=Axis("angle", "drive angle ωt", 0.0, 2 * np.pi, 181, symbol="ωt"),
        curves=(*edges, *bonds),
        sliders=SLIDERS,
        y_label="energy / J_{0}",
        replaces=False,
    )


SLIDERS = (
    Slider("modulation", "δJ/J_{0}", 0.0, 2.0, 0.05, 0.7),
    Slider("detuning", "Δ_{0}/J_{0}", 0.0, 6.0, 0.1, DETUNING),
    Slider("offset", "offset of Δ/J_{0}", -4.0, 4.0, 0.1, 0.0),
)
