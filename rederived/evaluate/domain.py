"""Refusing what is out of range or no number, with one pattern of message in all parts."""

import math
from numbers import Integral, Real

import numpy as np

__all__ = ["real_numbers", "require_integer", "require_one_of", "require_range", "require_real"]


def real_numbers(name: str, value) -> np.ndarray:
    """An argument as an array of floats, or ValueError if it is not made of real numbers.

    Masked arrays are refused, not stripped of their mask; so are complex numbers, dates, text, truth values and None.

    >>> real_numbers("xi", [1, 2]).tolist()
    [1.0, 2.0]
    >>> real_numbers("xi", 1j)
    Traceback (most recent call last):
    ValueError: Argument `xi` must be real, but got complex numbers; give the real part.
    """
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and type(value) is np.ndarray:
        return value.astype(float, copy=False)
    if isinstance(value, np.ma.MaskedArray) or value is np.ma.masked:
        raise ValueError(f"Argument `{name}` must have no mask, but got a masked array; give `.filled()` or leave out.")
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"Argument `{name}` must be an array of numbers, but got rows of unequal shapes.") from None
    kind = array.dtype.kind
    if kind == "c":
        raise ValueError(f"Argument `{name}` must be real, but got complex numbers; give the real part.")
    if kind in "fiu":
        return array.astype(float)
    if kind == "O" and all(isinstance(one, Real) and not isinstance(one, bool | np.bool_) for one in array.flat):
        return array.astype(float)
    found = {"b": "truth values", "M": "dates", "m": "spans of time", "U": "text", "S": "text"}.get(kind)
    raise ValueError(f"Argument `{name}` must be real numbers, but got {found or repr(value)}.")


def require_range(
    name: str, value, low: float, high: float, *, above: bool = False, unit: str = "", remedy: str = ""
) -> np.ndarray:
    """`value` as an array of floats, or ValueError unless all are finite and in [low, high], or (low, high] if `above`.

    The message names the first bad entry, in `unit`, and ends in the `remedy`.

    >>> require_range("xi", -1, 0.05, 3)
    Traceback (most recent call last):
    ValueError: Argument `xi` must be in [0.05, 3], but got -1.
    """
    array = real_numbers(name, value)
    bad = ~(np.isfinite(array) & (array >= low) & (array <= high)) | (above & (array == low))
    if bad.any():
        opening = "(" if above or low == -math.inf else "["
        closing = ")" if high == math.inf else "]"
        bounds = f"{opening}{low:g}, {high:g}{closing}{f' {unit}' if unit else ''}"
        got = np.atleast_1d(array)[np.atleast_1d(bad)][0]
        raise ValueError(f"Argument `{name}` must be in {bounds}, but got {got:g}{f'; {remedy}' if remedy else ''}.")
    return array


def require_real(name: str, value, low: float, high: float, *, above: bool = False, **said) -> float:
    """One number, as a float, by the rule of `require_range`.

    >>> require_real("frequency", [1.0, 2.0], 0, 3)
    Traceback (most recent call last):
    ValueError: Argument `frequency` must be one number, but got an array of shape (2,).
    """
    array = real_numbers(name, value)
    if array.ndim:
        raise ValueError(f"Argument `{name}` must be one number, but got an array of shape {array.shape}.")
    return float(require_range(name, array, low, high, above=above, **said))


def require_integer(name: str, value, low: float, high: float = math.inf, *, remedy: str = "") -> int:
    """One integer in [low, high], or ValueError.

    >>> require_integer("filled", 1.5, 1, 2)
    Traceback (most recent call last):
    ValueError: Argument `filled` must be an integer in [1, 2], but got 1.5.
    """
    # numpy takes a span of time for a signed integer.
    integer = isinstance(value, Integral) and not isinstance(value, bool | np.timedelta64)
    if not integer or not low <= value <= high:
        bounds = f"[{low:g}, {high:g}{')' if high == math.inf else ']'}"
        raise ValueError(
            f"Argument `{name}` must be {'' if integer else 'an integer '}in {bounds}, but got {value!r}"
            f"{f'; {remedy}' if remedy else ''}."
        )
    return int(value)


def require_one_of(name: str, value, allowed) -> None:
    """Raise ValueError unless `value` is among the names `allowed`.

    >>> require_one_of("name", "x", ["a", "b"])
    Traceback (most recent call last):
    ValueError: Argument `name` must be one of a, b, but got 'x'.
    """
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"Argument `{name}` must be one of {', '.join(allowed)}, but got {value!r}.")
