"""One junction in one field as a value: what names it in this part, and the ways to state it.

The evaluators of this part take e^2, lambda_J/c, h Delta and the angle of the field one by one. An `Annulus` holds
these four; `*annulus` passes them on in that order, and the conversions from what is drawn or measured stand here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from sympy import Interval, solve

from derivations.annular.ring.geometry import axes, in_eccentricity
from derivations.annular.symbols import m
from rederived.evaluate.domain import real_numbers, require_range
from rederived.evaluate.evaluator import Evaluator, evaluator

__all__ = ["Annulus"]


@cache
def _axis_ratio() -> Evaluator:
    limits = {"eccentricity_squared": Interval.open(0, 1)}
    return evaluator("axis_ratio", in_eccentricity(axes()[0].rhs), {"eccentricity_squared": m}, domain=limits)


@cache
def _eccentricity_squared() -> Evaluator:
    shape = axes()[0]
    (found,) = solve(in_eccentricity(shape.rhs) - shape.lhs, m)
    limits = {"axis_ratio": Interval.open(0, 1)}
    return evaluator("eccentricity_squared", found, {"axis_ratio": shape.lhs}, domain=limits)


@dataclass(frozen=True)
class Annulus:
    """A thin annulus between confocal ellipses, and the field that it is in: M16, Secs. I and II.

    Parameters
    ----------
    eccentricity_squared: e^2 of the mean ellipse, any shape, dimensionless, in (0, 1).
    penetration_ratio: lambda_J/c, any shape, dimensionless, positive; 2c is the distance of the foci.
    field: h Delta, any shape, dimensionless, finite.
    field_angle: from +y towards +x, any shape, in radians.

    Iterating gives these four in this order, as the functions of this part take them. Raises ValueError outside these
    ranges. Annuli of numbers are equal if their numbers are; those that hold arrays are not to be compared.

    >>> from derivations.annular import rest_position
    >>> ring = Annulus.from_axes(1.0, 0.5, 0.1 * np.sqrt(0.75))
    >>> f"{rest_position(*ring.in_field(0.02)):.6f}"
    '1.689289'
    """

    eccentricity_squared: float
    penetration_ratio: float
    field: float = 0.0
    field_angle: float = 0.0

    def __post_init__(self):
        square = np.atleast_1d(real_numbers("eccentricity_squared", self.eccentricity_squared))
        if (bad := ~((square > 0) & (square < 1))).any():
            raise ValueError(f"Argument `eccentricity_squared` must be in (0, 1), but got {square[bad][0]:g}.")
        require_range("penetration_ratio", self.penetration_ratio, 0.0, np.inf, above=True)
        require_range("field", self.field, -np.inf, np.inf)
        require_range("field_angle", self.field_angle, -np.inf, np.inf)

    def __iter__(self) -> Iterator:
        return iter((self.eccentricity_squared, self.penetration_ratio, self.field, self.field_angle))

    @classmethod
    def from_axes(cls, major, minor, josephson_length) -> "Annulus":
        """Of half-axes of the mean ellipse and lambda_J, all in one unit, positive, minor < major."""
        major = require_range("major", major, 0.0, np.inf, above=True)
        minor = require_range("minor", minor, 0.0, np.inf, above=True)
        square = _eccentricity_squared()(minor / major)
        return cls.from_foci(2 * major * np.sqrt(square), square, josephson_length)

    @classmethod
    def from_foci(cls, focal_distance, eccentricity_squared, josephson_length) -> "Annulus":
        """Of the distance 2c between the foci and lambda_J, both in one unit, positive, and e^2."""
        focal_distance = require_range("focal_distance", focal_distance, 0.0, np.inf, above=True)
        josephson_length = require_range("josephson_length", josephson_length, 0.0, np.inf, above=True)
        return cls(eccentricity_squared, 2 * josephson_length / focal_distance)

    @property
    def axis_ratio(self):
        """Minor over major axis of the mean ellipse: narrowest over widest place of the annulus."""
        return _axis_ratio()(self.eccentricity_squared)

    def in_field(self, field, field_angle=0.0) -> "Annulus":
        """The same annulus in another field."""
        return replace(self, field=field, field_angle=field_angle)
