"""The Hofstadter butterfly, its gaps labeled by the charge that a finite chain pumps in them."""

from fractions import Fraction

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import stored
from rederived.figures.style import MUTED, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "The Hofstadter butterfly, labeled by pumped charge"
CAPTION = (
    "Band energies of the Harper-Hofstadter chain, \\(\\delta\\mu = 2J\\), against the flux, denominators up to 14. "
    "In each marked gap a chain of 30 islands has been driven, its zero of energy in the middle of the gap and "
    "\\(\\omega\\) at most a fortieth of the gap squared over \\(2J\\), and the charge averaged over three phases: the "
    "number is that charge, rounded. Energy \\(E\\) and \\(-E\\) pump in opposite directions."
)
ALT = (
    "Vertical bars of allowed energies for fluxes between zero and one half form half of the Hofstadter "
    "butterfly. Integers between -3 and 3 stand in its gaps; along each wing the integer stays the same. Numbers "
    "in the upper half are the negatives of those below."
)

ISLANDS = 30
_GAPS = {  # bands filled below gaps wider than 0.38 J, by flux
    (1, 3): (1, 2),
    (1, 4): (1, 3),
    (1, 5): (1, 2, 3, 4),
    (2, 5): (2, 3),
    (1, 6): (1, 2, 4, 5),
    (1, 7): (1, 2, 5, 6),
    (2, 7): (2, 3, 4, 5),
    (3, 7): (3, 4),
    (1, 8): (1, 2, 3, 5, 6, 7),
    (3, 8): (3, 5),
}
POINTS = {
    "numerator": np.array([p for (p, _), filled in _GAPS.items() for _ in filled], dtype=float),
    "denominator": np.array([q for (_, q), filled in _GAPS.items() for _ in filled], dtype=float),
    "filled": np.array([r for filled in _GAPS.values() for r in filled], dtype=float),
}


def compute(numerator: float, denominator: float, filled: float) -> dict[str, float]:
    """Gap, its middle and its lower edge over J, and the charge per cycle with the middle at zero energy."""
    flux, below = Fraction(int(numerator), int(denominator)), int(filled)
    half = pumping.HarperHofstadter(ISLANDS, mean_induced_charge=0.5, flux=flux)
    lower, upper = pumping.band_edges(half, np.linspace(0, 2 * np.pi, 97))
    edge, gap = upper[:, below - 1].max(), lower[:, below].min() - upper[:, below - 1].max()
    middle = edge + gap / 2
    mean = 0.5 + middle / (2 * half.charging_energy)
    chain = pumping.HarperHofstadter(ISLANDS, mean_induced_charge=mean, flux=flux)
    frequency = min(0.02, gap**2 / 40)
    charges = pumping.pumped_charge(chain, frequency, (np.arange(3) + 0.2) * 2 * np.pi / 3)
    return {
        "gap": round(gap / half.hopping, 6),
        "middle": round(middle / half.hopping, 6),
        "charge": round(float(charges.mean()), 5),
    }


def data() -> dict[str, np.ndarray]:
    """Edges of all bands over J for fluxes up to one half; measured gaps, their charges and their labels."""
    found = stored(__file__, POINTS)
    fluxes = sorted({Fraction(p, q) for q in range(2, 15) for p in range(1, q // 2 + 1)})
    bars = []
    for flux in fluxes:
        half = pumping.HarperHofstadter(3, mean_induced_charge=0.5, flux=flux)
        lower, upper = pumping.band_edges(half, np.array([0, np.pi / flux.denominator]))
        edges = np.stack([lower.min(axis=0), upper.max(axis=0)]) / half.hopping
        bars += [(float(flux), low, high) for low, high in edges.T]
    labels = [
        pumping.gap_label(Fraction(int(p), int(q)), int(r))
        for p, q, r in zip(found["numerator"], found["denominator"], found["filled"], strict=True)
    ]
    return {
        "bars": np.array(bars),
        "flux": found["numerator"] / found["denominator"],
        "denominator": found["denominator"],
        "label": np.array(labels),
        **{name: found[name] for name in ("gap", "middle", "charge")},
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """How far charges are from the labels, by label."""
    rows = [("label", "gaps", "smallest gap over \\(J\\)", "largest deviation")]
    for label in (1, 2, 3):
        mine = abs(data["label"]) == label
        off = abs(data["charge"] - data["label"])[mine]
        rows.append((f"±{label}", str(mine.sum()), f"{data['gap'][mine].min():.2f}", f"{off.max():.3f}"))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw bands as bars and charges as integers in their gaps."""
    figure = Figure(figsize=(6.4, 4.6))
    axes = figure.subplots()
    flux, low, high = data["bars"].T
    axes.vlines(flux, low - 0.02, high + 0.02, color=MUTED, linewidth=1.0)
    for x, y, charge in zip(data["flux"], data["middle"], data["charge"], strict=True):
        number = int(np.rint(charge))
        color = SERIES[(abs(number) - 1) % len(SERIES)] if number else TEXT
        axes.text(x, y, f"{number:d}".replace("-", "$-$"), color=color, ha="center", va="center", fontsize=12)
    axes.set(xlim=(0.05, 0.52), ylim=(-4.1, 4.1), xlabel="flux $\\alpha$", ylabel="energy / $J$")
    return figure
