"""What infinitely many periods leave of a charge, and what the error of the steps leaves undecided.

A charge is tr(flow filled) over one period. The average over all periods keeps the elements between Floquet states
of equal eigenphase. Next to an avoided crossing it depends on eigenvectors that the least error turns at will.
"""

from dataclasses import dataclass

import numpy as np

__all__ = ["NARROW_MODES", "Average", "floquet_states", "same_block"]

DEGENERATE = 1e-10  # eigenphases closer than this are one block; rounding moves them by 1e-13
NARROW = 4e-3  # of many-body states: ten times what the default steps leave of the distance of two eigenphases
NARROW_MODES = 0.08  # of n free modes, over n^2: by chance the nearest two are about 2 pi/n^2 apart and do not couple
CONJUGATE = 0.99  # overlap of one vector with the conjugate of the other; of other pairs it is below 1/2
MATTERS = 1e-2  # of a pair


def floquet_states(operator: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenphases, shape (n,), and orthonormal eigenvectors as columns of a unitary matrix, also next to degeneracies.

    Schur's form of a unitary matrix is diagonal, and its vectors are orthogonal whatever the distances.
    """
    from scipy.linalg import schur

    triangular, vectors = schur(operator, output="complex")
    return np.angle(np.diag(triangular)), vectors


def _distances(angles: np.ndarray) -> np.ndarray:
    distance = abs(angles[:, None] - angles)
    return np.minimum(distance, 2 * np.pi - distance)


def same_block(angles: np.ndarray) -> np.ndarray:
    """Which pairs of eigenphases are equal to rounding, shape (n, n)."""
    return _distances(angles) < DEGENERATE


@dataclass(frozen=True)
class Average:
    """A charge in the eigenvectors of the operator of one period, shapes (n, n), (n,), (n, n), (n, n), (n, n).

    `flow` is what one period moves, `filled` the initial state as a density matrix (or a covariance), both Hermitian
    and between the eigenvectors in the columns of `vectors`. Eigenphases closer than `narrow` may need more steps.
    `real`: the operator is a rotation of real vectors.
    """

    floquet: np.ndarray
    angles: np.ndarray
    vectors: np.ndarray
    flow: np.ndarray
    filled: np.ndarray
    narrow: float = NARROW
    real: bool = False

    @property
    def charge(self) -> float:
        """The mean over infinitely many periods."""
        return float(np.real(np.where(same_block(self.angles), self.flow * self.filled.T, 0).sum()))

    @property
    def sensitive(self) -> bool:
        """Whether a pair of eigenphases is so narrow that the default steps may not resolve it, and matters."""
        return self._undecided(np.full(self.flow.shape, self.narrow)) > MATTERS

    def doubt(self, coarse: "Average") -> float:
        """How far the charge may be off because pairs of eigenphases lie closer than the steps resolve.

        `coarse` is the same from fewer steps. A pair is in doubt if the difference of both operators moves it, or
        couples it, by more than its distance. Conjugates of each other are no such pair, if the operator is real: in
        the plane that they span all rotations commute, so that no error turns these vectors.
        """
        change = self.vectors.conj().T @ (self.floquet.conj().T @ coarse.floquet) @ self.vectors
        kept = change.diagonal()
        resolution = np.maximum(abs(kept[:, None] - kept), 2 * abs(change))
        if self.real:
            resolution[abs(self.vectors.T @ self.vectors) > CONJUGATE] = 0.0
        return self._undecided(resolution)

    def _undecided(self, resolution: np.ndarray) -> float:
        """How much the charge changes at most if pairs closer than their resolution, shape (n, n), mix at will.

        On a pair, as on a spin, flow and state are vectors v and s. The average keeps 2 (s.n)(v.n), with n the axis of
        the eigenvectors: anything from s.v - |s||v| to s.v + |s||v|.
        """
        distance = _distances(self.angles)
        a, b = np.nonzero(np.triu((distance < resolution) & (distance >= DEGENERATE), 1))
        flow, filled = (matrix.diagonal().real for matrix in (self.flow, self.filled))
        v, s = (flow[a] - flow[b]) / 2, (filled[a] - filled[b]) / 2
        across = np.real(self.flow[a, b] * self.filled[a, b].conj())
        lengths = np.hypot(v, abs(self.flow[a, b])) * np.hypot(s, abs(self.filled[a, b]))
        return float(np.sum(lengths + abs(across - s * v)))
