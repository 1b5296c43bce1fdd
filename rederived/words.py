"""Numbers in a sentence."""

from collections.abc import Iterable, Mapping

__all__ = ["listed"]


def listed(values: Mapping | Iterable, form: str = ".2f") -> str:
    """Write numbers one after the other, those of a mapping behind their names.

    values: numbers, or {name: number}
    form: how each is written, as in a format specification

    >>> listed([0.5, 2], ".1f"), listed({"first": 0.25, "second": 4}, "g")
    ('0.5, 2.0', 'first: 0.25, second: 4')
    """
    if isinstance(values, Mapping):
        return ", ".join(f"{name}: {value:{form}}" for name, value in values.items())
    return ", ".join(f"{value:{form}}" for value in values)
