"""Chern numbers of the driven bands, on a grid and by arithmetic: ANWB23, Secs. 2.1 and 2.2.

Sign: the number of a band is the charge that it moves from left to right in one cycle if it is filled: the
displacement of its Wannier functions, in unit cells, X = (1/2 pi) times the integral of i <u|d u/d k> over k.
"""

from collections.abc import Callable
from fractions import Fraction
from numbers import Rational

import numpy as np

from derivations.ledger import ANWB23, BOOK, Finding, claim
from derivations.pumping.bloch_bands import band_gap, bloch_function, bloch_of_cell, narrow_gaps, winding_number
from derivations.pumping.chains import HarperHofstadter, RiceMele
from derivations.ranges import require_integer

__all__ = ["chern_numbers", "chern_numbers_of", "gap_label", "lattice_flux"]

COARSEST, FINEST = 24, 800
TOUCHING = 1e-9


def lattice_flux(states: np.ndarray) -> np.ndarray:
    """Chern numbers of states on a grid, by Fukui, Hatsugai and Suzuki (2005).

    states: eigenvectors in the last two axes, as columns, on a periodic grid: shape (K, T, q, q), first k, then angle.
    Returns (q,) numbers, integers up to rounding for any grid.

    Each plaquette has the phase of <k,t|k',t><k',t|k',t'><k',t'|k,t'><k,t'|k,t>, the growth of X from t to t' at k.
    """

    def link(axis: int) -> np.ndarray:
        return np.einsum("ktab,ktab->ktb", states.conj(), np.roll(states, -1, axis=axis))

    along, later = link(0), link(1)
    plaquette = along * np.roll(later, -1, axis=0) * np.roll(along, -1, axis=1).conj() * later.conj()
    return np.angle(plaquette).sum(axis=(0, 1)) / (2 * np.pi)


def chern_numbers_of(bloch: Callable, divisor: int = 1) -> list[int]:
    """Chern numbers of the bands of bloch(k, angle), lowest first; grids are refined until two of them agree.

    Grids are multiples of 2 * divisor, so that they contain points of high symmetry, where bands may touch.
    Raises ValueError where bands touch, ArithmeticError if the finest grid does not suffice.
    """
    size, last = 2 * divisor * max(1, COARSEST // (2 * divisor)), None
    while size <= FINEST:
        turn = np.arange(size) * 2 * np.pi / size
        energies, states = np.linalg.eigh(bloch(turn[:, None], turn))
        gaps = (energies[..., 1:] - energies[..., :-1]).min(axis=(0, 1))
        if np.any(gaps < TOUCHING * np.ptp(energies)):
            below = int(gaps.argmin()) + 1
            raise ValueError(
                f"Argument `chain` must have bands that do not touch, but bands {below} and {below + 1} do."
            )
        found = np.rint(lattice_flux(states)).astype(int).tolist()
        if found == last:
            return found
        last, size = found, 2 * size
    raise ArithmeticError(f"The Chern numbers did not settle on a grid of {size // 2} points.")


def chern_numbers(chain: RiceMele | HarperHofstadter) -> list[int]:
    """Chern numbers of the Bloch bands, lowest first: ANWB23, Secs. 2.1 and 2.2.

    Parameters
    ----------
    chain: a `RiceMele` or a `HarperHofstadter`; its number of islands, leads and repulsion do not matter.

    Returns one integer for each band: the charge, in Cooper pairs, that the filled band moves from left to right
    in one cycle. They add up to zero. Where the finest grid, 800 x 800, does not resolve a gap of a
    `HarperHofstadter`, 80 digits tell that it is open, and the numbers follow from `gap_label`. Raises ValueError
    where bands touch, ArithmeticError for a gap of a `RiceMele` that the grid does not resolve.

    >>> chern_numbers(RiceMele(6)), chern_numbers(HarperHofstadter(6))
    ([1, -1], [1, -2, 1])
    """
    try:
        return chern_numbers_of(bloch_function(chain), chain.cell)
    except (ValueError, ArithmeticError):
        if not isinstance(chain, HarperHofstadter):
            raise
    q = chain.cell
    gaps = narrow_gaps(chain)
    if q % 2 == 0:
        gaps[q // 2 - 1] = 0.0
    if not gaps.all():
        filled = int(gaps.argmin()) + 1
        raise ValueError(f"Argument `chain` must have bands that do not touch, but bands {filled} and {filled + 1} do.")
    moved = [gap_label(chain.flux, filled) for filled in range(q + 1)]
    return np.diff(moved).tolist()


def gap_label(flux: Fraction, filled: int) -> int:
    """Charge moved in a cycle when the lowest `filled` bands are full, by arithmetic: checks ANWB23, Sec. 2.2.

    Parameters
    ----------
    flux: p/q, a Fraction.
    filled: r, number of bands below the gap, in [0, q].

    Returns the integer t with r = q s + p t and |t| < q/2 for an integer s. Raises ValueError for r outside its range
    and for r = q/2, where the gap of the Harper-Hofstadter chain is closed and t could be q/2 or -q/2.

    >>> [gap_label(Fraction(3, 7), filled) for filled in range(8)]
    [0, -2, 3, 1, -1, -3, 2, 0]
    """
    if not isinstance(flux, Rational) or isinstance(flux, bool | np.timedelta64):
        raise ValueError(f"Argument `flux` must be a Fraction or an integer, but got {flux!r}.")
    p, q = Fraction(flux).numerator, Fraction(flux).denominator
    filled = require_integer("filled", filled, 0, q)
    if 2 * filled == q:
        raise ValueError(f"Argument `filled` must be in [0, {q}] and not {q}/2, but got {filled}.")
    inverse = pow(p, -1, q) if q > 1 else 0
    return (filled * inverse + (q - 1) // 2) % q - (q - 1) // 2


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
