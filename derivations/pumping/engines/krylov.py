"""The pumped charge of an interacting chain too long for all its states: a Krylov space of the Floquet operator.

Few Floquet states are occupied. Arnoldi's method from the ground state finds them: K periods of one state instead of
one period of 2^N states. Each exponential is Chebyshev's series with sparse matrices.
"""

from typing import NamedTuple

import numpy as np

from derivations.pumping.drives.chain import Chain
from derivations.pumping.engines.averages import floquet_states
from derivations.pumping.engines.many_body import ManyBody, many_body
from derivations.pumping.engines.propagation import Period, period
from derivations.pumping.engines.steps import require_steps

__all__ = ["KrylovCharge", "krylov_charge"]

ACCURACY = 5e-5  # of the charge
NEGLIGIBLE = 1e-8  # weight of a Floquet state that is left out
EXHAUSTED = 1e-9  # what is left of a state outside a space that holds all its Floquet states
SIZES = (
    10,
    15,
    20,
    26,
    34,
    44,
    58,
    76,
    100,
    130,
    170,
    220,
    290,
)  # of the spaces that are compared
LARGEST_SPACE = SIZES[-1]


class KrylovCharge(NamedTuple):
    """The charge per period at infinite time, and the largest of three signs of its error.

    They are what the last enlargements of the space changed, the spread over all links, and how far the averaged state
    drifts in one period: 2 sum w |F v - exp(i theta) v| over its Floquet states v of weight w.
    """

    charge: float
    spread: float
    sensitive = False  # a space that resolved a narrow crossing would not be small

    def doubt(self, coarse: "KrylovCharge") -> float:
        """What both numbers of steps leave undecided."""
        return max(self.spread, coarse.spread)


class _Exponents:
    """The exponents of a period as sparse matrices of one pattern."""

    def __init__(self, parts: ManyBody, product: Period):
        from scipy.sparse import csr_array

        states = 2**parts.chain.islands
        rows, columns, values, places = [], [], [], []
        for l, link in enumerate(parts.links):
            row, column = link.nonzero()
            rows.append(row)
            columns.append(column)
            values.append(link.tocsr()[row, column])
            places.append(np.full(row.size, l))
        diagonal = np.arange(states)
        rows, columns = (
            np.concatenate([*rows, diagonal]),
            np.concatenate([*columns, diagonal]),
        )
        order = np.lexsort((columns, rows))
        starts = np.searchsorted(rows[order], np.arange(states + 1))
        self._matrix = csr_array(
            (np.ones(rows.size, complex), columns[order], starts),
            shape=(states, states),
        )
        position = np.argsort(order)
        self._links, self._diagonal = position[:-states], position[-states:]
        self._values, self._place = np.concatenate(values), np.concatenate(places)
        self._parts, self.product = parts, product
        spread = product.coefficients @ parts.diagonals
        self._centers = (spread.max(axis=1) + spread.min(axis=1)) / 2
        self.radius = 1.01 * (
            (spread.max(axis=1) - spread.min(axis=1)).max() / 2
            + abs(product.strengths).sum(axis=1).max()
        )

    def __getitem__(self, k: int):
        """Exponent k over the radius, less its center."""
        data = self._matrix.data
        diagonal = (
            self.product.coefficients[k] @ self._parts.diagonals - self._centers[k]
        )
        data[self._links] = (
            self._values * self.product.strengths[k, self._place] / self.radius
        )
        data[self._diagonal] = diagonal / self.radius
        return self._matrix


def _series(radius: float, fractions: np.ndarray) -> np.ndarray:
    """Coefficients of exp(-i radius f x) in Chebyshev polynomials of x, to rounding, shape (fractions, order + 1)."""
    from scipy.special import jv

    order = np.arange(int(2 * radius + 40))
    order = order[abs(jv(order, radius)) + (order <= radius) > 1e-14]
    return (
        (2 - (order == 0)) * (-1j) ** order * jv(order, radius * fractions[:, None])
    )


def _apply(matrix, series: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Sums of Chebyshev polynomials of a matrix on vectors, one for each row of `series`."""
    terms = np.empty((series.shape[1], *vectors.shape), dtype=complex)
    terms[0] = vectors
    terms[1] = matrix @ vectors
    twice = 2 * matrix
    for k in range(2, len(terms)):
        np.subtract(twice @ terms[k - 1], terms[k - 2], out=terms[k])
    return (series @ terms.reshape(len(terms), -1)).reshape(-1, *vectors.shape)


def _one_period(exponents: _Exponents, vector: np.ndarray) -> np.ndarray:
    series = _series(exponents.radius, np.ones(1))
    for k in range(len(exponents.product.strengths)):
        vector = _apply(exponents[k], series, vector)[0]
    return vector


def _currents(exponents: _Exponents, parts: ManyBody, states: np.ndarray) -> np.ndarray:
    """The charge through each link in one period, summed over the columns of `states`, shape (N + 1,).

    Within each step the current is integrated by Gauss' rule: the derivative of the discrete map, to rounding.
    """
    nodes, gauss = np.polynomial.legendre.leggauss(int(np.ceil(0.6 * exponents.radius + 10)))
    weights = np.tile(gauss / 2, states.shape[1])
    series = _series(exponents.radius, np.append((1 + nodes) / 2, 1.0))
    total = np.zeros(len(parts.currents))
    for k, strengths in enumerate(exponents.product.strengths):
        inside = _apply(exponents[k], series, states)
        flat = np.moveaxis(inside[:-1], 0, -1).reshape(len(states), -1)
        weighted = flat * weights
        for l in np.flatnonzero(strengths):
            total[l] += strengths[l] * np.vdot(flat, parts.currents[l] @ weighted).real
        states = inside[-1]
    return total


def krylov_charge(chain: Chain, frequency: float, phase: float, steps: int) -> KrylovCharge:
    """The charge per period at infinite time, through the leads; it stops where two enlargements change it no more.

    The Floquet states that the space approximates are as many as its dimension; those that are occupied carry the
    current. Through all links it is the same only as far as they are Floquet states.
    """
    from scipy.sparse.linalg import eigsh

    require_steps(chain, frequency, steps)
    parts = many_body(chain, phase)
    exponents = _Exponents(parts, period(chain, frequency, steps, whole=True))
    states = 2**chain.islands
    start = np.random.default_rng(0).normal(size=states)
    basis = np.zeros((LARGEST_SPACE + 1, states), dtype=complex)
    basis[0] = eigsh(parts.sparse(0.0), k=1, which="SA", v0=start, tol=1e-13)[1][
        :, 0
    ]
    hessenberg = np.zeros((LARGEST_SPACE + 1, LARGEST_SPACE), dtype=complex)
    charges: list[float] = []
    for k in range(LARGEST_SPACE):
        following = _one_period(exponents, basis[k])
        for _ in range(2):
            overlap = basis[: k + 1].conj() @ following
            following -= overlap @ basis[: k + 1]
            hessenberg[: k + 1, k] += overlap
        rest = np.linalg.norm(following)
        if k + 1 in SIZES or rest < EXHAUSTED:
            _, vectors = floquet_states(hessenberg[: k + 1, : k + 1])
            weights = abs(vectors[0]) ** 2
            kept = weights > NEGLIGIBLE
            occupied = basis[: k + 1].T @ (vectors[:, kept] * np.sqrt(weights[kept]))
            through = _currents(exponents, parts, occupied)
            charges.append(float(through[0] + through[-1]) / 2)
            changes = abs(np.diff(charges[-3:]))
            drift = 2 * rest * weights @ abs(vectors[-1])
            spread = float(max(np.ptp(through), drift))
            if rest < EXHAUSTED:
                return KrylovCharge(charges[-1], spread)
            if changes.size == 2 and changes.max() < ACCURACY:
                return KrylovCharge(charges[-1], max(spread, float(changes.max())))
        hessenberg[k + 1, k] = rest
        basis[k + 1] = following / rest
    raise ArithmeticError(
        f"The pumped charge did not converge to {ACCURACY} in {LARGEST_SPACE} periods."
    )
