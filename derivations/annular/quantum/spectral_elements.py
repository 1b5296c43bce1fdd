"""Eigenvalue problems -(g y')' h + v y = E w y on an interval or a ring, by spectral elements.

Each element carries the polynomials through the Gauss-Lobatto nodes of one order. The weight is then diagonal, the
rest sparse, and the error falls exponentially with the order, as long as no element is longer than a wave.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

__all__ = ["Discretization", "discretize", "edges_by_phase"]


@cache
def lobatto(order: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nodes and weights on [-1, 1] and the matrix that differentiates, for polynomials of this order."""
    from numpy.polynomial.legendre import Legendre

    top = Legendre.basis(order)
    nodes = np.concatenate([[-1.0], np.sort(top.deriv().roots().real), [1.0]])
    value = top(nodes)
    apart = nodes[:, None] - nodes + np.eye(order + 1)
    matrix = value[:, None] / value / apart
    np.fill_diagonal(matrix, 0.0)
    np.fill_diagonal(matrix, -matrix.sum(axis=1))
    return nodes, 2 / (order * (order + 1) * value**2), matrix


@dataclass(frozen=True)
class Discretization:
    """Nodes (N,), their weights w (N,) and the matrix (N, N) of -(g y')'; symmetric."""

    nodes: np.ndarray
    weight: np.ndarray
    stiffness: object


def discretize(
    edges: np.ndarray, order: int, flux: Callable, weight: Callable, periodic: bool = False
) -> Discretization:
    """Nodes, weights and stiffness on the elements between `edges` (M + 1,); `periodic` joins both ends."""
    from scipy.sparse import coo_array

    nodes, weights, matrix = lobatto(order)
    half = np.diff(edges)[:, None] / 2
    places = edges[:-1, None] + half * (nodes + 1)
    index = np.arange(places.shape[0])[:, None] * order + np.arange(order + 1)
    size = index[-1, -1] + 1
    if periodic:
        size -= 1
        index = index % size
    blocks = np.einsum("ki,ek,kj->eij", matrix, weights * flux(places) / half, matrix)
    rows, columns = np.broadcast_arrays(index[:, :, None], index[:, None, :])
    stiffness = coo_array((blocks.ravel(), (rows.ravel(), columns.ravel())), shape=(size, size)).tocsc()
    where, total = np.empty(size), np.zeros(size)
    where[index[:, ::-1]] = places[:, ::-1]
    np.add.at(total, index, weights * half * weight(places))
    return Discretization(where, total, stiffness)


def edges_by_phase(places: np.ndarray, per_length: np.ndarray, phase: float) -> np.ndarray:
    """Edges of elements that each hold about `phase` of the integral of `per_length` over `places`."""
    mean = (per_length[1:] + per_length[:-1]) / 2 * np.diff(places)
    total = np.concatenate([[0.0], np.cumsum(mean)])
    count = max(4, int(np.ceil(total[-1] / phase)))
    return np.interp(np.linspace(0, total[-1], count + 1), total, places)
