"""The charge of chains whose islands are not alike."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import grid, stored
from rederived.figures.style import MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "Disorder against the gap"
CAPTION = (
    "Charge per cycle of 24 islands whose site energies are moved at random by up to \\(W\\) to both sides, 200 "
    "samples for each strength, each at a phase of its own, so that they sample both, \\(U = 0\\). (a) Harper-"
    "Hofstadter, \\(\\omega = 0.02\\cdot2J\\). (b) Clipped Rice-Mele, \\(\\delta J = 1.2J_0\\), "
    "\\(\\omega = 0.1J_0\\). The gap is the smallest of the bands in a cycle, without disorder. Dots: fifty of the "
    "samples; line: median of all; band: their middle half."
)
ALT = (
    "Two panels of dots against the disorder over the gap. The medians stay at one pair up to about half of the "
    "gap and then fall towards zero; the samples scatter most where the median falls."
)

SAMPLES, SHOWN = 200, 50
STRENGTHS = np.array([0.1, 0.2, 0.3, 0.5, 0.8, 1.2])  # over the smallest gap of the clean chain
KINDS = (0.0, 1.0)  # Harper-Hofstadter, clipped Rice-Mele
POINTS = grid(kind=np.array(KINDS), strength=STRENGTHS, seed=np.arange(float(SAMPLES)))
_PUMPS = ((pumping.HarperHofstadter(24), 0.02), (pumping.RiceMele(24, hopping_modulation=1.2), 0.1))
_GOLDEN = (np.sqrt(5) - 1) / 2  # multiples of it fill the circle of phases evenly


def compute(kind: float, strength: float, seed: float) -> dict[str, float]:
    """Charge per cycle of one sample at one phase."""
    chain, frequency = _PUMPS[int(kind)]
    gap = float(pumping.band_gap(chain, 1))
    sample = pumping.disordered(chain, int(seed), site=strength * gap)
    phase = 2 * np.pi * (seed * _GOLDEN % 1)
    return {"charge": round(float(pumping.pumped_charge(sample, frequency, phase)), 4)}


def data() -> dict[str, np.ndarray]:
    """Charges of all samples, pumps first, then strengths, and their quartiles."""
    charge = stored(__file__, POINTS)["charge"].reshape(len(KINDS), STRENGTHS.size, SAMPLES)
    gap = np.array([pumping.band_gap(chain, 1) for chain, _ in _PUMPS])
    quartiles = np.percentile(charge, (25, 50, 75), axis=-1)
    return {"gap": gap, "strength": STRENGTHS, "charge": charge, "quartiles": quartiles}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Medians, and how many samples are within a tenth of a pair."""
    rows = [("\\(W\\)/gap", "median, HH", "within 0.1, HH", "median, RM", "within 0.1, RM")]
    for at, strength in enumerate(data["strength"]):
        cells = []
        for charges in data["charge"][:, at]:
            cells += [f"{np.median(charges) + 0.0:.2f}", f"{(abs(charges - 1) < 0.1).mean():.0%}"]
        rows.append((f"{strength:g}", *cells))
    rows.append(("gap, in \\(2J\\) and \\(J_0\\)", f"{data['gap'][0]:.3f}", "", f"{data['gap'][1]:.3f}", ""))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw samples, medians and quartiles of both pumps."""
    figure = Figure(figsize=(6.9, 3.3))
    panels, names = figure.subplots(1, 2, sharey=True), ("(a) Harper-Hofstadter", "(b) clipped Rice-Mele")
    x = data["strength"]
    places = (x[:, None] + (np.arange(SHOWN) / SHOWN - 0.5) * 0.07).ravel()
    for axes, charge, quartiles, name in zip(
        panels, data["charge"], data["quartiles"].transpose(1, 0, 2), names, strict=True
    ):
        axes.plot(places, charge[:, :SHOWN].ravel(), ".", color=SERIES[0], markersize=1.6, alpha=0.6)
        axes.fill_between(x, quartiles[0], quartiles[2], color=SERIES[1], alpha=0.25, linewidth=0)
        axes.plot(x, quartiles[1], "o-", color=SERIES[1], markersize=3.5)
        axes.axhline(1, color=MUTED, linewidth=0.7)
        axes.set(xlim=(0, 1.35), ylim=(-0.35, 1.35), xlabel="disorder $W$/gap", title=name)
    panels[0].text(0.06, 0.15, "median", color=SERIES[1])
    panels[0].text(0.06, 0.05, f"{SHOWN} of {SAMPLES} samples", color=SERIES[0])
    panels[0].set_ylabel("pairs a cycle")
    return figure
