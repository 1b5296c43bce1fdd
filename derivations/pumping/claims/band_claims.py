"""What ANWB23 says of bands, gaps and Chern numbers, with numbers."""

from fractions import Fraction

import numpy as np
from sympy import discriminant, expand, factor, pi, symbols

from derivations.papers import ANWB23
from derivations.pumping.bands.bloch_bands import band_energies, band_gap, bloch_of_cell, hop_amplitude, winding_number
from derivations.pumping.bands.chern_numbers import chern_numbers, chern_numbers_of, gap_label
from derivations.pumping.bands.closed_bands import D, P, coefficients
from derivations.pumping.drives.chains import HarperHofstadter, RiceMele
from derivations.pumping.symbols import J, delta_mu, k, omega, t
from rederived.ledger import BOOK, Finding, claim

__all__ = [
    "gap_never_closes",
    "phase_shifts_the_momenta",
]


@claim(
    ANWB23,
    "Sec. 3, quasimomenta",
    where="Sec. 3, paragraph on Fig. 5, first sentence",
    ours="shown on a closed ring, where momenta exist; the paper's chain ends at its leads",
)
def phase_shifts_the_momenta() -> Finding:
    """A gauge transformation makes the leads' phase, over the number of islands, a shift of the pairs' momenta."""
    islands, phase, angle, off = 12, 0.8, 0.3, []
    bonds = np.arange(islands)
    for chain in (RiceMele(islands + 1), HarperHofstadter(islands + 1)):
        ring = np.diag(chain.site_energies(angle)[:islands]).astype(complex)
        hops = float(hop_amplitude()) * chain.bonds(angle) * np.exp(1j * phase / islands)
        np.add.at(ring, (bonds, (bonds + 1) % islands), hops)
        np.add.at(ring, ((bonds + 1) % islands, bonds), hops.conj())
        cells = islands // chain.cell
        momenta = (2 * np.pi * np.arange(cells) + phase) / cells
        off.append(np.linalg.eigvalsh(ring) - np.sort(band_energies(chain, momenta, angle).ravel()))
    largest = round(float(np.abs(off).max()), 10)
    evidence = (
        f"Energies of one pair on a ring of {islands} islands of either pump, less the bands at momenta moved by phi"
        f" over the number of cells: {largest:g}."
    )
    return Finding(largest, largest == 0, evidence)


@claim(
    ANWB23,
    "Sec. 2.1, Chern",
    where="Sec. 2.1, last paragraph",
    ours="the numbers, lost in our copy, and the amplitudes",
)
def rice_mele_numbers() -> Finding:
    """Time is a second momentum, so the two Rice-Mele bands have Chern numbers, +1 and -1, for either kind of drive."""
    found = {dJ: chern_numbers(RiceMele(2, hopping_modulation=dJ)) for dJ in (0.5, 0.7, 1.0, 1.2)}
    evidence = "Lower and upper band, by delta J/J_0: " + "; ".join(f"{dJ:g}: {c}" for dJ, c in found.items()) + "."
    return Finding(found[0.7][0], all(c == [1, -1] for c in found.values()), evidence)


@claim(
    ANWB23,
    "Sec. 2.1, winding",
    where="Sec. 2.1, paragraph after Eq. (9)",
    ours="three loops; that a loop beside the point pumps nothing",
)
def winding_makes_the_charge() -> Finding:
    """A cycle pumps if the loop of its parameters encloses the point at which the gap closes."""
    turn = np.arange(96) * 2 * np.pi / 96
    pairs = {}
    for offset in (0.0, 5.0, 7.0):

        def path(angle, offset=offset):
            chain = RiceMele(3)
            return chain.site_energies(angle)[..., :2] + offset * np.array([1, -1]), chain.bonds(angle)

        energies, bonds = path(turn)
        around = winding_number(np.stack([bonds[:, 0] - bonds[:, 1], energies[:, 0]], axis=-1))
        number = chern_numbers_of(lambda k, angle, path=path: bloch_of_cell(k, *path(angle)), 2)[0]
        pairs[offset] = (around, number)
    evidence = "Delta moved by a constant, in J_0, with Delta_0 = 6 J_0: " + "; ".join(
        f"{offset:g}: winding {w}, Chern number {c}" for offset, (w, c) in pairs.items()
    )
    return Finding(pairs[0.0][0], all(w == c for w, c in pairs.values()) and pairs[7.0][0] == 0, evidence + ".")


@claim(
    ANWB23,
    "Sec. 2.2, Chern",
    where="Sec. 2.2, second and third paragraph",
    ours="flux 1/3 and the three numbers, lost in our copy",
)
def hofstadter_numbers() -> Finding:
    """The three bands at three islands a cell have Chern numbers 1, -2, 1: the two gaps pump in opposite directions."""
    found = chern_numbers(HarperHofstadter(3))
    filled = np.cumsum(found)[:-1].tolist()
    return Finding(filled[0], found == [1, -2, 1], f"Bands {found}, filled up to the first and second gap: {filled}.")


@claim(
    ANWB23,
    "Sec. 2.2, gap",
    where="Sec. 2.2, sentence after that on Fig. 4",
    ours=(
        "both symbols, lost in our copy, read as J and delta mu; that a factor from 0.8 to 2 still is a "
        "proportionality"
    ),
)
def hofstadter_gap() -> Finding:
    """The smaller one of hopping and modulation sets the scale of the band gap."""
    ratios = (0.01, 0.02, 0.1, 0.3, 1.0, 3.0, 10.0, 50.0, 100.0)
    factors = [band_gap(HarperHofstadter(3, onsite_modulation=r, hopping=1.0)) / min(r, 1.0) for r in ratios]
    spread = max(abs(factors[1] / factors[0] - 1), abs(factors[-2] / factors[-1] - 1))
    low, high = min(factors), max(factors)
    evidence = (
        f"Smallest gap over a period: {factors[0]:.3f} delta mu for delta mu << J, {factors[-1]:.3f} J for J << delta"
        f" mu, where a factor of two in the smaller one changes this by less than {spread:.3f}. In between, at delta mu"
        f" = {ratios[0]:g} to {ratios[-1]:g} J, it is {low:.2f} to {high:.2f} times the smaller one."
    )
    return Finding(spread, spread < 0.02 and 0.5 < low < high < 2.5, evidence)


@claim(
    ANWB23,
    "Sec. 3.1, gap",
    where="Sec. 3.1, first paragraph",
    ours="the formulas, in place of one that our copy lost; Delta_0 = 6 J_0",
)
def rice_mele_minimum() -> Finding:
    """The amplitude of the modulation determines how small the band gap becomes in a period."""
    expected = {dJ: min(4 * dJ, 2 * (1 + dJ)) for dJ in (0.3, 0.7, 1.0, 1.2)}
    found = {dJ: band_gap(RiceMele(2, hopping_modulation=dJ)) for dJ in expected}
    off = max(abs(found[dJ] / expected[dJ] - 1) for dJ in expected)
    evidence = (
        "With Delta_0 = 6 J_0 it is 4 delta J while the drive is sinusoidal, 2 (J_0 + delta J) when clipped: "
        + "; ".join(f"{dJ:g}: {g:.3f}" for dJ, g in found.items())
        + " J_0."
    )
    return Finding(off, off < 1e-8, evidence)


@claim(BOOK, "gap labels")
def labels_are_chern_numbers() -> Finding:
    """For every flux p/q with odd q the summed Chern numbers are the Diophantine gap labels."""
    tried, wrong = 0, 0
    for flux in (Fraction(p, q) for q in (3, 5, 7) for p in range(1, q) if np.gcd(p, q) == 1):
        numbers = chern_numbers(HarperHofstadter(3, flux=flux))
        labels = [gap_label(flux, r) for r in range(1, flux.denominator + 1)]
        tried, wrong = tried + 1, wrong + (np.cumsum(numbers).tolist() != labels)
    return Finding(wrong, wrong == 0, f"{tried} fluxes with q = 3, 5, 7: {wrong} differ.")


@claim(BOOK, "open gaps")
def gap_never_closes() -> Finding:
    """At flux 1/3 both gaps are open at all times and momenta unless J or delta mu vanishes."""
    potential, ratio = symbols("m u", positive=True)
    cubic = {
        name: c.subs(delta_mu, 2 * potential) for name, c in coefficients().items()
    }
    corners = [
        cubic[D].subs({k: momentum, t: time})
        for momentum in (0, pi)
        for time in (0, pi / (3 * omega))
    ]
    largest = max(corners, key=lambda v: abs(v.subs({J: 1, potential: 1})))
    excess = factor(4 * cubic[P] ** 3 - 27 * largest**2)
    rest = expand(excess.subs(potential, ratio * J) / (ratio**2 * J**6))
    below = discriminant(rest, ratio)
    evidence = (
        "Bands touch where 4 P^3 = 27 D^2 of the cubic E^3 = P E + D. With m = delta mu/2 the difference is at least"
        f" {str(excess).replace('**', '^').replace('*', ' ')} over all times and momenta. Its last factor has no real"
        " root."
    )
    return Finding(float(below), bool(below < 0 < rest.subs(ratio, 1)), evidence)
