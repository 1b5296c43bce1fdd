"""Refusing what is out of range, with one pattern of message in all parts."""

import math

import numpy as np

__all__ = ["require_range"]


def require_range(name: str, value, low: float, high: float, *, above: bool = False) -> None:
    """Raise ValueError unless all of `value` are finite and in [low, high], or (low, high] if `above`.

    >>> require_range("xi", -1, 0.05, 3)
    Traceback (most recent call last):
    ValueError: Argument `xi` must be in [0.05, 3], but got -1.
    """
    value = np.atleast_1d(np.asarray(value, float))
    bad = ~(np.isfinite(value) & (value >= low) & (value <= high)) | (above & (value == low))
    if bad.any():
        opening = "(" if above or low == -math.inf else "["
        closing = ")" if high == math.inf else "]"
        raise ValueError(
            f"Argument `{name}` must be in {opening}{low:g}, {high:g}{closing}, but got {value[bad][0]:g}."
        )
