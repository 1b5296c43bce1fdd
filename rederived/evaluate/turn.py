"""Angles at equal distances around a turn, over which a mean is exact but for the highest harmonics."""

import numpy as np

__all__ = ["middles_of_a_turn"]


def middles_of_a_turn(count: int) -> np.ndarray:
    """Middles of `count` >= 1 equal parts of a turn, in radians, shape (count,): none is 0 or 2 pi.

    The mean of a function over them is that over the turn for every harmonic below `count`.

    >>> middles_of_a_turn(2).round(3).tolist()
    [1.571, 4.712]
    """
    return (np.arange(count) + 0.5) * 2 * np.pi / count
