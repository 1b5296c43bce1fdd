"""Bands of the infinite chains: Eqs. 9 and 13 of ANWB23, their gaps and their gapless point.

A Bloch wave is psi_{j + q} = exp(i k) psi_j, with q islands in a unit cell; k is in radians for each cell, and the
Bloch matrix is periodic in it. Between neighbors only, the determinant of E - H depends on k through cos k alone:
each band has its edges at k = 0 and k = pi.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import numpy as np
from sympy import (
    Eq,
    Expr,
    I,
    ImmutableMatrix,
    Matrix,
    Rational,
    Symbol,
    cos,
    diff,
    exp,
    expand,
    lambdify,
    pi,
    simplify,
    sqrt,
    symbols,
)

from derivations.papers import ANWB23
from derivations.pumping.circuit.hardcore_bosons import link_matrix
from derivations.pumping.drives.chain import PeriodicChain, require_chain
from derivations.pumping.drives.chains import HarperHofstadter, hofstadter_charge_evaluator, site_energy_evaluator
from derivations.pumping.drives.drives import hofstadter_potential, mean_mu
from derivations.pumping.symbols import J_1, J_2, J, alpha, delta_mu, j, k, omega, t
from rederived.evaluate.domain import require_integer, require_range
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "band_edges",
    "band_energies",
    "band_gap",
    "bloch_function",
    "bloch_matrix",
    "hofstadter_bloch",
    "narrow_gap",
    "narrow_gaps",
    "rice_mele_bloch",
    "rice_mele_gap",
    "winding_number",
]

NARROW = 1e-6  # of the width of all bands: below, double precision does not leave a gap nine digits
SAMPLES, DIGITS = 16, 80
Delta, H_k, gap = Symbol("Delta", real=True), Symbol("H(k)"), Symbol("g")


@kept
def hop_amplitude() -> Expr:
    """What a pair that moves alone gets from a bond of unit hopping: an element of the projected Eq. 4."""
    empty_full, full_empty = 1, 2
    return link_matrix()[empty_full, full_empty]


def bloch_matrix(site_energies: tuple, bonds: tuple) -> ImmutableMatrix:
    """One pair in an infinite chain: site energies and bonds of one unit cell, the last bond leads to the next cell."""
    q = len(site_energies)
    u = symbols(f"u_0:{q}")

    def wave(site: int) -> Expr:
        cell, inside = divmod(site, q)
        return exp(I * k * cell) * u[inside]

    h = hop_amplitude()
    moved = [
        site_energies[m] * wave(m)
        + h * bonds[m] * wave(m + 1)
        + h * bonds[m - 1] * wave(m - 1)
        for m in range(q)
    ]
    return ImmutableMatrix(q, q, lambda a, b: diff(expand(moved[a]), u[b]))


def two_bands(matrix) -> tuple[Expr, Expr]:
    """Eigenvalues of a Hermitian 2 x 2 matrix, with phases as cosines."""
    half_trace = (matrix[0, 0] + matrix[1, 1]) / 2
    discriminant = expand(half_trace**2 - matrix.det())
    root = sqrt(simplify(discriminant.rewrite(cos)))
    return half_trace - root, half_trace + root


def crossing_at_one_point(row) -> bool:
    """The bands cross linearly at J_1 = J_2 and Delta = 0, and nowhere else."""
    _, upper = two_bands(row.rhs)
    at_edge = simplify(upper.subs(k, pi) ** 2 - (J_1 - J_2) ** 2 - Delta**2) == 0
    slope = simplify(
        upper.subs({J_1: 1, J_2: 1, Delta: 0}).subs(
            k, pi - Symbol("p", positive=True)
        )
        ** 2
    )
    p = next(iter(slope.free_symbols))
    return at_edge and simplify(slope.diff(p, 2).subs(p, 0)) == 2


def symmetric_about_zero(row) -> bool:
    """The bands lie symmetrically about zero: at zero mean potential half of the islands is filled."""
    lower, upper = two_bands(row.rhs)
    return simplify(lower + upper) == 0


@consistent(
    ANWB23,
    9,
    crossing_at_one_point,
    symmetric_about_zero,
    ours="the place of the crossing and the letters, lost in our copy",
)
def rice_mele_bloch() -> Eq:
    """Rice-Mele Hamiltonian on one Bloch wave: two islands in a cell, bonds J_1 and J_2, energies Delta and -Delta."""
    return Eq(H_k, bloch_matrix((Delta, -Delta), (J_1, J_2)), evaluate=False)


def _smallest_at_the_edge(row) -> bool:
    """No momentum has a smaller gap, for hoppings that are not negative."""
    _, upper = two_bands(rice_mele_bloch().rhs)
    excess = simplify((2 * upper) ** 2 - row.rhs**2)
    return simplify(excess - 8 * J_1 * J_2 * (1 + cos(k))) == 0


def closes_at_the_origin(row) -> bool:
    """It is twice the length of the vector (J_1 - J_2, Delta), so it closes at its origin only."""
    return simplify(row.rhs**2 - 4 * ((J_1 - J_2) ** 2 + Delta**2)) == 0


@consistent(
    ANWB23,
    "9, gap",
    _smallest_at_the_edge,
    closes_at_the_origin,
    ours="the formula's letters, lost in our copy",
)
def rice_mele_gap() -> Eq:
    """Single-particle gap of the Rice-Mele chain at one time, in the thermodynamic limit: at k = pi."""
    lower, upper = two_bands(rice_mele_bloch().rhs)
    return Eq(gap, simplify((upper - lower).subs(k, pi)))


def three_islands(row) -> bool:
    """At flux 1/3 the unit cell has three islands with bonds J, driven a third of a period apart."""
    bonds = [row.rhs[0, 1], row.rhs[1, 2], expand(row.rhs[2, 0] * exp(-I * k))]
    later = row.rhs[1, 1].subs(t, t + 2 * pi / (3 * omega))
    first = -mean_mu - delta_mu * cos(omega * t)
    driven = simplify(row.rhs[0, 0] - first) == 0 and simplify((later - row.rhs[0, 0]).expand(trig=True)) == 0
    hermitian = row.rhs.shape == (3, 3) and simplify(row.rhs - row.rhs.H) == Matrix.zeros(3)
    return driven and bonds == [-J] * 3 and hermitian


def only_potentials_are_driven(row) -> bool:
    """Josephson amplitudes are constant, each potential is driven, their sum is not."""
    off_diagonal = [row.rhs[a, b] for a in range(3) for b in range(3) if a != b]
    total = sum(row.rhs[a, a] for a in range(3)).rewrite(cos)
    return (
        not any(entry.has(t) for entry in off_diagonal)
        and simplify(diff(expand(total, trig=True), t)) == 0
    )


def uniform_offset(row) -> bool:
    """The uniform part of the potential shifts all bands alike."""
    return simplify(diff(row.rhs, mean_mu) + Matrix.eye(3)) == Matrix.zeros(3)


@consistent(
    ANWB23,
    13,
    three_islands,
    only_potentials_are_driven,
    uniform_offset,
    ours="flux 1/3, lost in our copy; that the bonds are alike",
)
def hofstadter_bloch() -> Eq:
    """Harper-Hofstadter Hamiltonian at flux 1/3 on one Bloch wave: three islands in a cell, equal bonds."""
    return Eq(H_k, hofstadter_bloch_at(Fraction(1, 3)), evaluate=False)


@cache
def hofstadter_bloch_at(flux: Fraction) -> ImmutableMatrix:
    """The same for any flux p/q: q islands in a cell."""
    potential = hofstadter_potential().rhs.subs(
        alpha, Rational(flux.numerator, flux.denominator)
    )
    energies = tuple(-potential.subs(j, m) for m in range(flux.denominator))
    return bloch_matrix(energies, (J,) * flux.denominator)


# Numbers.


@cache
def _cell_function(q: int) -> Callable:
    """Entries of the Bloch matrix of a cell as a function of arrays: k, q site energies, q bonds."""
    energies, bonds = symbols(f"e_0:{q}", real=True), symbols(f"J_0:{q}", real=True)
    matrix = bloch_matrix(energies, bonds)
    return lambdify([k, energies, bonds], list(matrix), modules="numpy", cse=True)


def bloch_function(chain: PeriodicChain) -> Callable:
    """The Bloch matrix of the infinite chain as a function of momentum and drive angle: ANWB23, Eqs. 9 and 13.

    The function returned takes k and the drive angle, in radians, of shapes that broadcast to (...), and returns
    complex matrices of shape (..., q, q), q islands in a cell. Leads and repulsion are left out. Raises ValueError for
    a chain that is no `PeriodicChain`: one without `cell` has no bands.
    """
    require_chain(chain, "cell", "of_length")
    q = chain.cell
    cell = chain.of_length(q + 1)

    def function(momentum, angle) -> np.ndarray:
        return bloch_of_cell(
            momentum, cell.site_energies(angle)[..., :q], cell.bonds(angle)
        )

    return function


def bloch_of_cell(
    momentum, site_energies: np.ndarray, bonds: np.ndarray
) -> np.ndarray:
    """Bloch matrices, shape (..., q, q), from k of shape (...) and q site energies and bonds, shapes (..., q)."""
    q = site_energies.shape[-1]
    entries = _cell_function(q)(
        require_range("momentum", momentum, -np.inf, np.inf),
        np.moveaxis(site_energies, -1, 0),
        np.moveaxis(bonds, -1, 0),
    )
    stacked = np.stack(
        np.broadcast_arrays(*(np.asarray(e, dtype=complex) for e in entries)),
        axis=-1,
    )
    return stacked.reshape(*stacked.shape[:-1], q, q)


def band_energies(
    chain: PeriodicChain, momentum, angle
) -> np.ndarray:
    """Energies of one pair in the infinite chain, lowest band first: the bands of ANWB23, Fig. 4.

    Parameters
    ----------
    chain: any `PeriodicChain`; its number of islands, leads and repulsion do not matter.
    momentum: k in radians for each unit cell, any shape.
    angle: omega t in radians, any shape that broadcasts with it.

    Returns an array of the broadcast shape with one more axis, of length 2 or q, in the unit of the chain.

    >>> from derivations.pumping.drives.chains import RiceMele
    >>> band_energies(RiceMele(2), np.pi, np.pi / 2).round(3).tolist()
    [-6.0, 6.0]
    """
    return np.linalg.eigvalsh(bloch_function(chain)(momentum, angle))


def band_edges(
    chain: PeriodicChain, angle
) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper edge of each band at a drive angle, two arrays of shape (..., q): ANWB23, Fig. 4.

    >>> from derivations.pumping.drives.chains import HarperHofstadter
    >>> lower, upper = band_edges(HarperHofstadter(3, mean_induced_charge=0.5), 0.0)
    >>> (upper - lower).round(3).tolist()
    [0.141, 0.366, 0.225]
    """
    edges = np.stack(
        [band_energies(chain, momentum, angle) for momentum in (0.0, np.pi)]
    )
    return edges.min(axis=0), edges.max(axis=0)


def band_gap(chain: PeriodicChain, filled: int = 1) -> float:
    """Smallest gap over a period above the `filled` lowest bands: ANWB23, Secs. 2.1, 2.2 and 3.1.

    Parameters
    ----------
    chain: any `PeriodicChain` with at least two islands in a cell.
    filled: number of bands below the gap, in [1, q - 1].

    Returns the gap in the unit of the chain; where bands overlap or touch, zero or less. Relative accuracy 1e-9, as
    far as 1e-14 of the largest energy allows; but a gap of a `HarperHofstadter` has these digits down to 1e-60 of its
    bands, and is zero below. Raises ValueError for `filled` outside its range.

    >>> from derivations.pumping.drives.chains import RiceMele
    >>> round(band_gap(RiceMele(2, hopping_modulation=1.2)), 9), round(band_gap(HarperHofstadter(3)), 6)
    (4.4, 0.633975)
    >>> f"{band_gap(HarperHofstadter(2, hopping=0.001, flux=Fraction(2, 7)), 1):.6e}"
    '8.583048e-10'
    """
    from scipy.optimize import minimize_scalar

    require_chain(chain, "cell", "of_length")
    filled = require_integer("filled", filled, 1, chain.cell - 1)

    def gap_at(angle):
        lower, upper = band_edges(chain, angle)
        return lower[..., filled] - upper[..., filled - 1]

    grid = np.union1d(np.linspace(0, 2 * np.pi, 24 * chain.cell + 1), chain.kinks)
    gaps = gap_at(grid)
    step = grid[1] - grid[0]
    if isinstance(chain, HarperHofstadter) and gaps.min() < NARROW * np.ptp(band_energies(chain, 0.0, 0.0)):
        return narrow_gap(chain, filled)
    place = grid[gaps.argmin()]
    found = minimize_scalar(
        gap_at,
        bounds=(place - 2 * step, place + 2 * step),
        method="bounded",
        options={"xatol": 1e-10},
    )
    return float(min(gaps.min(), found.fun))


def narrow_gap(chain: HarperHofstadter, filled: int) -> float:
    """The gap above the `filled` lowest bands with 80 digits, looked for next to the least of `narrow_gaps`."""
    from scipy.optimize import minimize_scalar

    gaps_at, places = _gaps_with_many_digits(chain)
    gaps = [gaps_at(place)[filled - 1] for place in places]
    least = int(np.argmin(gaps))
    around = (float(places[max(0, least - 1)]), float(places[min(SAMPLES, least + 1)]))
    found = minimize_scalar(
        lambda angle: gaps_at(angle)[filled - 1], bounds=around, method="bounded", options={"xatol": 1e-9}
    )
    return float(min(*gaps, found.fun))


def narrow_gaps(chain: HarperHofstadter) -> np.ndarray:
    """The least of each gap, shape (q - 1,), at angles among which are those of reflection: there it closes, if at all.

    Smaller ones than 1e-60 of all bands are zero.
    """
    gaps_at, places = _gaps_with_many_digits(chain)
    return np.min([gaps_at(place) for place in places], axis=0)


def _gaps_with_many_digits(chain: HarperHofstadter) -> tuple[Callable, list]:
    """Gaps at a drive angle, with 80 digits, and the angles to try.

    An angle moved by 2 pi/q only renames the islands, and so does its reversal: half of that interval holds all gaps,
    and at its ends site energies agree in pairs, exactly.
    """
    import mpmath as mp
    from flint import acb_mat, arb, ctx

    q, hop = chain.cell, float(hop_amplitude()) * chain.hopping
    theta = Symbol("theta", real=True)
    charge, energy = hofstadter_charge_evaluator(), site_energy_evaluator()
    numbers = (chain.mean_induced_charge, chain.onsite_modulation, chain.charging_energy, chain.flux)
    given = [Rational(number) for number in numbers]
    of_charge = dict(zip(energy.arguments.values(), (0, 0, charge.expression, given[2]), strict=True))
    site = energy.expression.subs(of_charge, simultaneous=True)
    names = list(charge.arguments.values())
    sites = [site.subs(dict(zip(names, (theta, m, *given), strict=True)), simultaneous=True) for m in range(q)]
    energies = lambdify(theta, sites, "mpmath")

    def levels(angle, sign: int) -> list:
        """Energies at k = 0 or pi, where exp(ik) is `sign`, ascending."""
        matrix = [[arb(0)] * q for _ in range(q)]
        for m, one in enumerate(energies(angle)):
            after = (m + 1) % q
            bond = arb(hop) * (sign if after <= m else 1)
            matrix[m][m] += arb(one)
            matrix[m][after] += bond
            matrix[after][m] += bond
        found = acb_mat(matrix).eig(algorithm="approx")
        return sorted(mp.mpf(value.real.mid().str(DIGITS, radius=False)) for value in found)

    def gaps_at(angle) -> np.ndarray:
        with ctx.workdps(DIGITS), mp.workdps(DIGITS):
            first, second = (levels(angle, sign) for sign in (1, -1))
            low, high = (list(map(f, first, second)) for f in (min, max))
            gaps = [above - below for above, below in zip(low[1:], high, strict=False)]
            closed = mp.mpf(10) ** -60 * (high[-1] - low[0])
            return np.array([float(gap) if abs(gap) > closed else 0.0 for gap in gaps])

    with mp.workdps(DIGITS):
        return gaps_at, [mp.pi * m / (SAMPLES * q) for m in range(SAMPLES + 1)]


def winding_number(path: np.ndarray) -> int:
    """How often a closed path of points in the plane, shape (T, 2), turns about the origin: ANWB23, Sec. 2.1.

    Points must be closer to one another than to the origin; the last joins the first. Counterclockwise is positive.

    Raises ValueError for a path that is too coarse or passes the origin.

    >>> turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    >>> winding_number(np.stack([np.cos(turn), np.sin(turn)], axis=-1))
    1
    """
    path = require_range("path", path, -np.inf, np.inf)
    if path.ndim != 2 or path.shape[1] != 2:
        raise ValueError(f"Argument `path` must have the shape (T, 2), but got {path.shape}.")
    points = path @ np.array([1, 1j])
    steps = np.roll(points, -1) - points
    if np.any(np.abs(steps) >= np.abs(points)):
        raise ValueError(
            "Argument `path` must have steps shorter than the distance to the origin, but has longer ones."
        )
    return round(float(np.angle(np.roll(points, -1) / points).sum()) / (2 * np.pi))
