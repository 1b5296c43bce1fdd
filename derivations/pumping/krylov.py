"""The pumped charge of an interacting chain too long for all its states: a Krylov space of the Floquet operator.

Few Floquet states are occupied. Arnoldi's method from the ground state finds them: K periods of one state instead of
one period of 2^N states. Each exponential is Chebyshev's series with sparse matrices.
"""

import numpy as np

from derivations.pumping.many_body import ManyBody, many_body
from derivations.pumping.propagation import Chain, Period, floquet_states, period

__all__ = ["krylov_charge"]

RESIDUAL = 1e-6  # of the occupied Floquet states, weighted: charges of states differ by about 10
NEGLIGIBLE = 1e-9  # weight of a Floquet state that is left out
LARGEST_SPACE = 400


class _Exponents:
    """The exponents of a period as sparse matrices of one pattern."""

    def __init__(self, parts: ManyBody, product: Period):
        from scipy.sparse import csr_array

        states = parts.chain.states
        rows, columns, values, places = [], [], [], []
        for l, link in enumerate(parts.links):
            row, column = link.nonzero()
            rows.append(row)
            columns.append(column)
            values.append(link.tocsr()[row, column])
            places.append(np.full(row.size, l))
        diagonal = np.arange(states)
        rows, columns = np.concatenate([*rows, diagonal]), np.concatenate([*columns, diagonal])
        order = np.lexsort((columns, rows))
        starts = np.searchsorted(rows[order], np.arange(states + 1))
        self._matrix = csr_array((np.ones(rows.size, complex), columns[order], starts), shape=(states, states))
        position = np.argsort(order)
        self._links, self._diagonal = position[:-states], position[-states:]
        self._values, self._place = np.concatenate(values), np.concatenate(places)
        self._parts, self.product = parts, product
        spread = product.coefficients @ parts.diagonals
        self._centers = (spread.max(axis=1) + spread.min(axis=1)) / 2
        self.radius = 1.01 * (
            (spread.max(axis=1) - spread.min(axis=1)).max() / 2 + abs(product.strengths).sum(axis=1).max()
        )

    def __getitem__(self, k: int):
        """Exponent k over the radius, less its center."""
        data = self._matrix.data
        diagonal = self.product.coefficients[k] @ self._parts.diagonals - self._centers[k]
        data[self._links] = self._values * self.product.strengths[k, self._place] / self.radius
        data[self._diagonal] = diagonal / self.radius
        return self._matrix


def _series(radius: float, fractions: np.ndarray) -> np.ndarray:
    """Coefficients of exp(-i radius f x) in Chebyshev polynomials of x, to rounding, shape (fractions, order + 1)."""
    from scipy.special import jv

    order = np.arange(int(np.ceil(radius + 9 * (1 + radius) ** (1 / 3) + 6)))
    return (2 - (order == 0)) * (-1j) ** order * jv(order, radius * fractions[:, None])


def _apply(matrix, series: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Sums of Chebyshev polynomials of a matrix on vectors, one for each row of `series`."""
    last, this = vectors, matrix @ vectors
    total = np.multiply.outer(series[:, 0], last) + np.multiply.outer(series[:, 1], this)
    for c in series.T[2:]:
        last, this = this, 2 * (matrix @ this) - last
        total += c.reshape(-1, *[1] * vectors.ndim) * this
    return total


def _one_period(exponents: _Exponents, vector: np.ndarray) -> np.ndarray:
    series = _series(exponents.radius, np.ones(1))
    for k in range(len(exponents.product.strengths)):
        vector = _apply(exponents[k], series, vector)[0]
    return vector


def _occupied(exponents: _Exponents, ground: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Occupied Floquet states as columns, each as long as its weight, and the weighted residual."""
    size = min(LARGEST_SPACE, ground.size)
    basis = np.zeros((size + 1, ground.size), dtype=complex)
    hessenberg = np.zeros((size + 1, size), dtype=complex)
    basis[0] = ground
    for k in range(size):
        following = _one_period(exponents, basis[k])
        for _ in range(2):
            overlap = basis[: k + 1].conj() @ following
            following -= overlap @ basis[: k + 1]
            hessenberg[: k + 1, k] += overlap
        rest = np.linalg.norm(following)
        hessenberg[k + 1, k] = rest
        if k % 4 == 3 or rest < RESIDUAL or k == size - 1:
            _, vectors = floquet_states(hessenberg[: k + 1, : k + 1])
            weights = abs(vectors[0]) ** 2
            if rest * np.sqrt(weights @ abs(vectors[-1]) ** 2) < RESIDUAL or k + 1 == ground.size:
                kept = weights > NEGLIGIBLE
                return basis[: k + 1].T @ (vectors[:, kept] * np.sqrt(weights[kept]))
        basis[k + 1] = following / rest
    raise ArithmeticError(f"The occupied Floquet states did not converge in {size} periods.")


def krylov_charge(chain: Chain, frequency: float, phase: float, steps: int) -> tuple[float, float]:
    """The charge per period at infinite time, and the difference between the currents through both leads.

    The charge of a Floquet state is its current through the leads, integrated within each step by Gauss' rule: the
    derivative of the discrete map, exact to rounding.
    """
    from scipy.sparse.linalg import eigsh

    parts = many_body(chain, phase)
    exponents = _Exponents(parts, period(chain, frequency, steps, whole=True))
    start = np.ones(chain.states) + 0.1 * np.arange(chain.states) / chain.states
    ground = eigsh(parts.sparse(0.0), k=1, which="SA", v0=start, tol=1e-13)[1][:, 0]
    states = _occupied(exponents, ground)
    nodes, gauss = np.polynomial.legendre.leggauss(int(np.ceil(0.6 * exponents.radius + 10)))
    series = _series(exponents.radius, np.append((1 + nodes) / 2, 1.0))
    currents = np.zeros(2)
    for k, strength in enumerate(exponents.product.strengths[:, 0]):
        inside = _apply(exponents[k], series, states)
        for lead in (0, -1):
            flow = [np.vdot(v, parts.currents[lead] @ v).real for v in inside[:-1]] if strength else [0.0]
            currents[lead] += strength / 2 * (gauss @ flow if strength else 0.0)
        states = inside[-1]
    return float(currents.mean()), float(abs(currents[0] - currents[1]))
