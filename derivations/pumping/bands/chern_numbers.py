"""Chern numbers of the driven bands, on a grid and by arithmetic: ANWB23, Secs. 2.1 and 2.2.

Sign: the number of a band is the charge that it moves from left to right in one cycle if it is filled: the
displacement of its Wannier functions, in unit cells, X = (1/2 pi) times the integral of i <u|d u/d k> over k.
"""

from collections.abc import Callable
from fractions import Fraction
from numbers import Rational

import numpy as np

from derivations.pumping.bands.bloch_bands import bloch_function, narrow_gaps
from derivations.pumping.drives.chain import PeriodicChain
from derivations.pumping.drives.chains import HarperHofstadter
from rederived.evaluate.domain import require_integer

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


def chern_numbers(chain: PeriodicChain) -> list[int]:
    """Chern numbers of the Bloch bands, lowest first: ANWB23, Secs. 2.1 and 2.2.

    Parameters
    ----------
    chain: any `PeriodicChain`; its number of islands, leads and repulsion do not matter.

    Returns one integer for each band: the charge, in Cooper pairs, that the filled band moves from left to right
    in one cycle. They add up to zero. Where the finest grid, 800 x 800, does not resolve a gap of a
    `HarperHofstadter`, 80 digits tell that it is open, and the numbers follow from `gap_label`. Raises ValueError
    where bands touch, ArithmeticError for a gap of any other chain that the grid does not resolve.

    >>> from derivations.pumping.drives.chains import RiceMele
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
