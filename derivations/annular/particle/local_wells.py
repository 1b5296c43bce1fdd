"""Wells, barriers and depinning currents in a field, as functions to import: M16, Sec. III, in the local limit.

Energies are in E_0', currents in J_c, angles in radians from +y towards +x; `field` is h Delta. For a field along
the minor axis (angle 0) there are closed forms; the depinning current is an extremum that is searched.
"""

import math
from functools import cache

import numpy as np
from sympy import Expr, FiniteSet, Interval, diff, oo

from derivations.annular.lagrangian.evaluators import ELLIPSE, FIELD, POSITIVE, field
from derivations.annular.particle.double_well import (
    a,
    barriers,
    epsilon,
    field_along_major_axis,
    field_that_merges_wells,
    holding_current,
    measure,
    near_critical_field,
    wells,
)
from derivations.annular.ring.geometry import in_eccentricity
from derivations.annular.symbols import Delta, h, lambda_hat, m, polarity, tau
from rederived.evaluate.evaluator import Evaluator, evaluator

__all__ = [
    "barrier_heights",
    "local_critical_field",
    "local_depinning_current",
    "local_holding_current",
    "local_rest_position",
    "near_critical_barrier",
    "splitting_of_the_wells",
    "well_distance",
]

RING = {"eccentricity_squared": m, "penetration_ratio": lambda_hat}
DOMAIN = {"eccentricity_squared": ELLIPSE, "penetration_ratio": POSITIVE}
NODES = 1441  # per half turn, where an extremum is looked for before it is found by Brent's method


def _in_field(expression: Expr) -> Expr:
    """A field along the minor axis as h Delta, for polarity +1."""
    return in_eccentricity(expression.subs(a, measure()).subs({polarity: 1, h: field / Delta}))


@cache
def _along_minor_axis(index: int | None) -> Evaluator:
    form = wells() if index is None else barriers()[index]
    limits = DOMAIN | {"field": Interval(0, oo)}
    return evaluator("along_minor_axis", _in_field(form.rhs), RING | {"field": field}, domain=limits)


@cache
def _critical() -> Evaluator:
    return evaluator("critical_field", field_that_merges_wells().rhs, RING, domain=DOMAIN)


@cache
def _splitting() -> Evaluator:
    form = _in_field(field_along_major_axis().rhs)
    return evaluator("splitting", form, RING | {"field": field}, domain=DOMAIN)


@cache
def _holding(order: int) -> Evaluator:
    """The current that holds a fluxon, or its slope."""
    held = in_eccentricity(holding_current().rhs.subs(h, field / Delta))
    arguments = {"tau": tau, **RING, **FIELD, "polarity": polarity}
    limits = DOMAIN | {"polarity": FiniteSet(-1, 1)}
    return evaluator("holding_current", diff(held, tau, order), arguments, domain=limits)


def local_critical_field(eccentricity_squared, penetration_ratio):
    """Field h Delta along the minor axis at which both wells merge: beyond M16, Sec. III.

    Parameters
    ----------
    eccentricity_squared: e^2, any shape, dimensionless, in (0, 1).
    penetration_ratio: lambda_J/c, any shape, dimensionless, positive.

    Returns (4/pi) e^2 lambda_J/c, an array of the broadcast shape. Raises ValueError outside these ranges.

    >>> f"{local_critical_field(0.75, 0.1):.8f}"
    '0.09549297'
    """
    return _critical()(eccentricity_squared, penetration_ratio)


def _below_critical(which: int | None, eccentricity_squared, penetration_ratio, field):
    made = _along_minor_axis(which)
    limit, given = np.broadcast_arrays(
        local_critical_field(eccentricity_squared, penetration_ratio), np.asarray(field, float)
    )
    bad = ~((given >= 0) & (given <= limit * (1 + 1e-15)))
    if bad.any():
        raise ValueError(f"Argument `field` must be in [0, {limit[bad][0]:g}], but got {given[bad][0]:g}.")
    return made(eccentricity_squared, penetration_ratio, field)


def barrier_heights(eccentricity_squared, penetration_ratio, field):
    """Heights of the low and of the high barrier in a field along the minor axis, over E_0': M16, abstract.

    Parameters
    ----------
    eccentricity_squared, penetration_ratio: as for `local_critical_field`.
    field: h Delta, any shape, dimensionless, from 0 to the critical field.

    Returns two arrays of the broadcast shape. Raises ValueError outside these ranges.
    Without field both are 8 exp(-nu_bar).

    >>> [f"{U:.6f}" for U in barrier_heights(0.75, 0.1, 0.05)]
    ['1.493351', '8.748549']
    """
    return tuple(_below_critical(i, eccentricity_squared, penetration_ratio, field) for i in (0, 1))


@cache
def _near_critical() -> Evaluator:
    arguments = {"eccentricity_squared": m, "shortfall": epsilon}
    limits = DOMAIN | {"shortfall": Interval(0, 1)}
    return evaluator("near", in_eccentricity(near_critical_field().rhs), arguments, domain=limits)


def near_critical_barrier(eccentricity_squared, shortfall):
    """The low barrier just below the critical field, over E_0', in the shortfall 1 - h/h_c: its leading order.

    >>> field = 0.99 * local_critical_field(0.75, 0.1)
    >>> f"{near_critical_barrier(0.75, 0.01) / barrier_heights(0.75, 0.1, field)[0]:.3f}"
    '1.030'
    """
    return _near_critical()(eccentricity_squared, shortfall)


def well_distance(eccentricity_squared, penetration_ratio, field):
    """Angle between both wells across the low barrier, in a field along the minor axis; arguments as for the barriers.

    It is pi without field, and zero at the critical one.

    >>> f"{well_distance(0.75, 0.1, 0.05) / np.pi:.6f}"
    '0.810204'
    """
    cosine = _below_critical(None, eccentricity_squared, penetration_ratio, field)
    return 2 * np.arccos(np.clip(-cosine, 0.0, 1.0))


def splitting_of_the_wells(eccentricity_squared, penetration_ratio, field):
    """Energy of the well at pi/2 less that of the well at -pi/2, polarity +1, in a field along +x, over E_0'.

    Raises ValueError where the field has made a maximum of one of them.

    >>> f"{splitting_of_the_wells(0.75, 0.1, 0.01):.7f}"
    '0.7255197'
    """
    given = np.asarray(field, float)
    for well in (1, -1):
        rising = _holding(1)(well * np.pi / 2, eccentricity_squared, penetration_ratio, given, np.pi / 2, 1)
        if np.any(rising > 0):
            most = np.broadcast_to(given, rising.shape)[rising > 0][0]
            raise ValueError(f"Argument `field` must leave both wells where they are, but got {most:g}.")
    return _splitting()(eccentricity_squared, penetration_ratio, field)


def local_holding_current(tau, eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, polarity=1):
    """Bias that holds a fluxon at tau, over J_c, in the local limit: beyond M16, Sec. III.

    Arguments as for `fluxon_potential`. It is zero in the wells and on the barriers.

    >>> f"{local_holding_current(1.2, 0.75, 0.1):.6f}"
    '0.135773'
    """
    return _holding(0)(tau, eccentricity_squared, penetration_ratio, field, field_angle, polarity)


def local_rest_position(
    eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, well=1, polarity=1
):
    """Angle to which a fluxon slides from tau = well pi/2 when a field is applied, in radians, in the local limit.

    Arguments and errors as for `local_depinning_current`.

    >>> f"{local_rest_position(0.75, 0.1, 0.02):.6f}"
    '1.677485'
    """
    return _each(_rest, eccentricity_squared, penetration_ratio, field, field_angle, well, polarity)


def local_depinning_current(
    eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, well=1, polarity=1
):
    """The positive bias at which a fluxon leaves its well, over J_c, in the local limit: M16, abstract.

    Parameters
    ----------
    eccentricity_squared: e^2, any shape, dimensionless, in (0, 1).
    penetration_ratio: lambda_J/c, any shape, dimensionless, positive.
    field: h Delta, any shape, dimensionless; where it has removed a well, the fluxon rests in the one it slid to.
    field_angle: from +y towards +x, any shape, in radians.
    well: odd integer, any shape; the fluxon was at tau = well pi/2 before the field was applied.
    polarity: +1, which a positive bias drives towards smaller tau, or -1, any shape.

    Returns an array of the broadcast shape, to 1e-12; milliseconds a point. For a negative bias change the signs of
    polarity and field, or take the other well and minus the angle. Raises ValueError outside these ranges, or if
    tau = well pi/2 became a maximum.

    >>> [f"{local_depinning_current(0.75, 0.1, 0.02, well=w):.6f}" for w in (1, 3)]
    ['0.184482', '0.092267']
    """
    return _each(_depinning, eccentricity_squared, penetration_ratio, field, field_angle, well, polarity)


def _each(function, *arguments):
    well = np.asarray(arguments[4], float)
    if np.any(well % 2 != 1):
        raise ValueError(f"Argument `well` must be an odd integer, but got {well.ravel()[well.ravel() % 2 != 1][0]:g}.")
    _holding(0)(0.0, *arguments[:4], arguments[5])
    arguments = np.broadcast_arrays(*(np.asarray(v, float) for v in arguments))
    found = [function(*map(float, point)) for point in zip(*(v.flat for v in arguments), strict=True)]
    return np.array(found).reshape(arguments[0].shape)[()]


def _ahead(start: float, direction: float, eccentricity_squared: float) -> np.ndarray:
    """Angles from `start` on through one turn, closest where the annulus is narrow."""
    half_axis = min(1.0, math.sqrt(1 / eccentricity_squared - 1))
    x = np.linspace(0, 2 * np.pi, 2 * NODES)
    begin = math.atan2(math.cos(start), -half_axis * math.sin(start))
    place = begin + direction * x
    turned = np.unwrap(np.arctan2(-np.cos(place), half_axis * np.sin(place)))
    return start + turned - turned[0]


def _first_change(order: int, start: float, direction: float, point: tuple) -> float:
    """Where, from `start` on, the current that holds a fluxon, or its slope, first changes its sign."""
    from scipy.optimize import brentq

    places = _ahead(start, direction, point[0])
    value = _holding(order)(places, *point)
    at = int(np.argmax(value[1:] * value[:-1] <= 0))
    return brentq(lambda t: float(_holding(order)(t, *point)), places[at], places[at + 1], xtol=1e-14, rtol=1e-14)


def _rest(eccentricity_squared, penetration_ratio, field, field_angle, well, polarity) -> float:
    point = (eccentricity_squared, penetration_ratio, field, field_angle, polarity)
    start = well * math.pi / 2
    bias, slope = (float(_holding(order)(start, *point)) for order in (0, 1))
    if abs(bias) < 1e-14 * penetration_ratio:
        if slope * polarity > 0:
            raise ValueError(f"Argument `field` must leave a well at {start:.4g}, but got {field:g}.")
        return start
    return _first_change(0, start, math.copysign(1.0, bias * polarity), point)


def _depinning(eccentricity_squared, penetration_ratio, field, field_angle, well, polarity) -> float:
    point = (eccentricity_squared, penetration_ratio, field, field_angle, polarity)
    rest = _rest(eccentricity_squared, penetration_ratio, field, field_angle, well, polarity)
    return float(_holding(0)(_first_change(1, rest, -polarity, point), *point))
