"""Nodes around a fluxon on the ring, and the derivatives of Fourier series there.

The variable of the series is x, with tau = center + 2 atan(squeeze tan(x/2)): the nodes crowd where the fluxon is.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

__all__ = ["Ring"]

LARGEST = 701  # nodes


@lru_cache(maxsize=32)
def differentiation(nodes: int) -> np.ndarray:
    """The derivative of a Fourier series at an odd number of nodes."""
    k = np.arange(nodes)
    distance = k[:, None] - k
    with np.errstate(divide="ignore"):
        matrix = 0.5 * (-1.0) ** distance / np.sin(np.pi * distance / nodes)
    matrix[k, k] = 0.0
    return matrix


@dataclass(frozen=True)
class Ring:
    """Nodes around any center, `half` of them on either side of it, squeezed together there."""

    half: int
    squeeze: float

    @classmethod
    def fitting(cls, narrowest: float) -> "Ring":
        """Nodes for poles at this distance: the map has singularities of its own, as far away as the squeezed poles."""
        squeeze = min(1.0, np.sqrt(np.tanh(narrowest / 2)))
        reach = 2 * np.arctanh(min(0.9, np.tanh(narrowest / 2) / squeeze))
        return cls(int(np.ceil(max(16.0, 26 / reach))), float(squeeze)).checked()

    @property
    def nodes(self) -> int:
        """An odd number, so that no Fourier mode lacks its partner."""
        return 2 * self.half + 1

    @cached_property
    def x(self) -> np.ndarray:
        """The variable of the Fourier series, shape (nodes,), zero in the middle."""
        return 2 * np.pi / self.nodes * np.arange(-self.half, self.half + 1)

    @cached_property
    def tau(self) -> np.ndarray:
        """The positions from the center."""
        return 2 * np.arctan(self.squeeze * np.tan(self.x / 2))

    @cached_property
    def slope(self) -> np.ndarray:
        """d tau/dx."""
        return self.squeeze / (
            np.cos(self.x / 2) ** 2 + (self.squeeze * np.sin(self.x / 2)) ** 2
        )

    @cached_property
    def weights(self) -> np.ndarray:
        """Of an integral over tau."""
        return self.slope * (2 * np.pi / self.nodes)

    @cached_property
    def derivative(self) -> np.ndarray:
        """d/dtau of a periodic function."""
        return differentiation(self.nodes) / self.slope[:, None]

    @cached_property
    def second(self) -> np.ndarray:
        """The second derivative times the slope: a symmetric matrix."""
        return differentiation(self.nodes) @ self.derivative

    def series(self, periodic: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The Fourier series at any x."""
        waves = np.exp(1j * np.outer(x, np.arange(self.half + 1)))
        coefficients = np.fft.rfft(np.fft.ifftshift(periodic)) / self.nodes
        coefficients[1:] *= 2
        return (waves @ coefficients).real

    def finer(self) -> "Ring":
        """Half as many nodes more."""
        return Ring(self.half + self.half // 2, self.squeeze).checked()

    def checked(self) -> "Ring":
        """Raise ValueError if there were more nodes than is sensible."""
        if self.nodes > LARGEST:
            raise ValueError(
                f"Argument `penetration_ratio` must be larger, for {LARGEST} nodes to resolve the fluxon, "
                f"but needs {self.nodes}; the local limit serves there."
            )
        return self
