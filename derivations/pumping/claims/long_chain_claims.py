"""Claims of our own on long chains without repulsion, which no paper has: settled by free fermions."""

from fractions import Fraction

import numpy as np

from derivations.pumping.bands.bloch_bands import band_edges, band_gap
from derivations.pumping.bands.chern_numbers import gap_label
from derivations.pumping.drives.chains import HarperHofstadter, RiceMele
from derivations.pumping.drives.disorder import disordered
from derivations.pumping.engines.infinite_time import pumped_charge
from rederived.ledger import BOOK, Finding, claim

__all__ = [
    "dispersion_falls_exponentially",
    "disorder_below_the_gap",
    "floor_is_dynamic",
    "gap_labels_are_pumped",
]


def _spread(islands: int, frequency: float, count: int = 4) -> float:
    """Largest less smallest charge of a Harper-Hofstadter chain among a few phases."""
    phases = (np.arange(count) + 0.2) * 2 * np.pi / count
    return float(
        np.ptp(pumped_charge(HarperHofstadter(islands), frequency, phases))
    )


@claim(BOOK, "long chains, exponential")
def dispersion_falls_exponentially() -> Finding:
    """The dependence of the charge on the phase falls exponentially with the length of the chain."""
    short, middle, long = (_spread(n, 0.01) for n in (6, 12, 18))
    first, second = (
        6 / np.log(a / b) for a, b in ((short, middle), (middle, long))
    )
    holds = bool(abs(second / first - 1) < 0.2 and 2 < second < 3)
    evidence = (
        f"Harper-Hofstadter, omega = 0.01: the spread is {short:.1f}, {middle:.2f}, {long:.3f} at 6, 12, 18 islands, "
        f"a decay length of {first:.1f} and {second:.1f} islands."
    )
    return Finding(float(second), holds, evidence)


@claim(BOOK, "long chains, floor")
def floor_is_dynamic() -> Finding:
    """Beyond some length the spread no longer falls exponentially with it: the frequency sets what is left."""
    short, long = (_spread(n, 0.02, 3) for n in (24, 42))
    expected = short * np.exp(-18 / 2.4)
    evidence = (
        f"Harper-Hofstadter, omega = 0.02: from 24 to 42 islands the exponential would lower the spread "
        f"{short / expected:.0f} times; it falls {short / long:.0f} times."
    )
    return Finding(long, bool(long > 20 * expected), evidence)


@claim(BOOK, "long chains, disorder")
def disorder_below_the_gap() -> Finding:
    """Static disorder of the site energies matters only when it is comparable to the smallest gap."""
    chain = RiceMele(12, hopping_modulation=1.2)
    gap = float(band_gap(chain, 1))
    weak, strong = (
        np.median([pumped_charge(disordered(chain, seed, site=share * gap), 0.05, 1.0) for seed in range(12)])
        for share in (0.2, 2.0)
    )
    holds = bool(abs(weak - 1) < 1e-2 and abs(strong) < 0.2)
    evidence = (
        f"Twelve islands, clipped Rice-Mele, gap {gap:.1f}: the median of 12 samples is {weak:.3f} for shifts up to a"
        f" fifth of the gap and {abs(strong):.2f} for shifts up to twice the gap."
    )
    return Finding(float(weak), holds, evidence)


@claim(BOOK, "long chains, gap labels")
def gap_labels_are_pumped() -> Finding:
    """A chain with zero energy in a gap of the Hofstadter butterfly pumps the gap's label."""
    listed, worst = [], 0.0
    for flux, filled in (
        (Fraction(1, 4), 1),
        (Fraction(2, 5), 3),
        (Fraction(1, 7), 2),
    ):
        half = HarperHofstadter(24, mean_induced_charge=0.5, flux=flux)
        lower, upper = band_edges(half, np.linspace(0, 2 * np.pi, 57))
        middle = (upper[:, filled - 1].max() + lower[:, filled].min()) / 2
        mean = 0.5 + float(middle) / (2 * half.charging_energy)
        chain = HarperHofstadter(24, mean_induced_charge=mean, flux=flux)
        charge = pumped_charge(chain, 0.01, [0.4, 2.5, 4.6]).mean()
        worst = max(worst, float(abs(charge - gap_label(flux, filled))))
        listed.append(f"{charge:.2f} at {flux}")
    evidence = f"24 islands, omega = 0.01: {', '.join(listed)}."
    return Finding(worst, worst < 1e-2, evidence)
