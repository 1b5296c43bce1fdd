"""Geometry and drives of an annulus as functions to import: Eqs. 1-4, 10, 14 and 15 of M16.

Each is lambdified from its derivation the first time it is called. Arguments broadcast; a value outside its
range raises `ValueError`. Angles are in radians from +y towards +x, lengths in c. The coefficients of the
equation of motion, for solvers, are in `solver_input`.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from sympy import Expr, Interval, Rational, Tuple, cos, diff, oo, simplify, sqrt, symbols

from derivations.annular.lagrangian.curved_line import normal_component_of_field
from derivations.annular.lagrangian.lagrangian import term_of_bias, term_of_field
from derivations.annular.ring.geometry import exact_width, in_eccentricity, inner_ellipse, outer_ellipse, scale_squared
from derivations.annular.ring.lengths import (
    area_between_edges,
    curvature_of_mean_ellipse,
    length_from_the_pole,
    length_of_mean_ellipse,
)
from derivations.annular.symbols import (
    Delta,
    Delta_nu,
    H,
    Q,
    c,
    gamma_0,
    h,
    m,
    nu_bar,
    nu_i,
    nu_o,
    tau,
    theta,
)
from rederived.evaluate.evaluator import Evaluator, evaluator

__all__ = [
    "arc_length",
    "arc_length_evaluator",
    "area",
    "area_evaluator",
    "bias_term",
    "bias_term_evaluator",
    "curvature_radius",
    "curvature_radius_evaluator",
    "edges",
    "inverse_arc_length",
    "magnetic_term",
    "magnetic_term_evaluator",
    "normal_field",
    "normal_field_evaluator",
    "perimeter",
    "perimeter_evaluator",
    "scale_factor",
    "scale_factor_evaluator",
    "width",
    "width_evaluator",
]

POSITIVE = Interval.open(0, oo)
ELLIPSE = Interval.open(0, 1)
field = symbols("field", real=True)

def _on_ellipse(name: str, expression: Expr, extra: dict | None = None, domain: dict | None = None) -> Evaluator:
    arguments = {"tau": tau, "eccentricity_squared": m, **(extra or {})}
    kept = in_eccentricity(expression.subs(c, 1)).free_symbols
    arguments = {k: v for k, v in arguments.items() if k != "tau" or v in kept}
    limits = {"eccentricity_squared": ELLIPSE, **(domain or {})}
    return evaluator(name, in_eccentricity(expression.subs(c, 1)), arguments, domain=limits)


def _as_it_stands(name: str, expression: Expr, extra: dict | None = None) -> Evaluator:
    """Of e^2 already, and its sums are not taken together: there is no exp(x) - 1 to look for."""
    arguments = {"tau": tau, "eccentricity_squared": m, **(extra or {})}
    return Evaluator(name, expression, arguments, {"eccentricity_squared": ELLIPSE}, {})


def _relative_square() -> Expr:
    """Q^2 over its least value sinh^2(nu_bar), as one and what is added: no digits are lost where e^2 is nearly one."""
    x = symbols("x", nonnegative=True)
    over = (in_eccentricity(scale_squared()) * m / (1 - m)).subs(cos(tau) ** 2, x)
    return simplify(over.subs(x, 0)) + simplify(diff(over, x)) * cos(tau) ** 2


THICKNESS = {"thickness": Delta_nu}, {"thickness": POSITIVE}
FIELD = {"field": field, "field_angle": theta}


def _at_edges(expression: Expr) -> Expr:
    return expression.subs({nu_i: nu_bar - Delta_nu / 2, nu_o: nu_bar + Delta_nu / 2})


@cache
def scale_factor_evaluator() -> Evaluator:
    """Q, of (tau, eccentricity_squared)."""
    return _on_ellipse("scale_factor", sqrt(scale_squared()))


@cache
def arc_length_evaluator() -> Evaluator:
    """s/c, of (tau, eccentricity_squared)."""
    return _on_ellipse("arc_length", length_from_the_pole().rhs)


@cache
def perimeter_evaluator() -> Evaluator:
    """L/c, of (eccentricity_squared,)."""
    return _on_ellipse("perimeter", length_of_mean_ellipse().rhs)


@cache
def curvature_radius_evaluator() -> Evaluator:
    """Radius of curvature over c, of (tau, eccentricity_squared)."""
    square = in_eccentricity(scale_squared())
    at_one = in_eccentricity(curvature_of_mean_ellipse().lhs.subs(c, 1)) / square ** Rational(3, 2)
    # The third power of Q is no float where e^2 is tiny, so two of them are taken over their least value.
    return _as_it_stands("curvature_radius", sqrt(square) * (at_one * (1 - m) / m) * _relative_square())


@cache
def width_evaluator() -> Evaluator:
    """W/c, of (tau, eccentricity_squared, thickness)."""
    return _on_ellipse("width", exact_width().rhs, *THICKNESS)


@cache
def area_evaluator() -> Evaluator:
    """Area over c^2, of (eccentricity_squared, thickness)."""
    difference = _at_edges(area_between_edges().rhs).expand(trig=True).simplify()
    return _on_ellipse("area", difference, *THICKNESS)


@cache
def normal_field_evaluator() -> Evaluator:
    """H_N/H, of (tau, eccentricity_squared, field_angle)."""
    component = in_eccentricity(normal_component_of_field().rhs / H * Q(tau)) * sqrt(m) / sqrt(1 - m)
    return _as_it_stands("normal_field", component / sqrt(_relative_square()), {"field_angle": theta})


@cache
def magnetic_term_evaluator() -> Evaluator:
    """What a field adds, of (tau, eccentricity_squared, field, field_angle)."""
    return _on_ellipse("magnetic_term", term_of_field().rhs.subs(h, field / Delta), FIELD)


@cache
def bias_term_evaluator() -> Evaluator:
    """What a bias adds, of (tau, eccentricity_squared, bias)."""
    return _on_ellipse("bias_term", term_of_bias().rhs, {"bias": gamma_0})


@cache
def _edge(which: Callable[[], Tuple]) -> tuple[Evaluator, ...]:
    return tuple(_on_ellipse("edge", _at_edges(p.rhs), *THICKNESS) for p in which())


def scale_factor(tau, eccentricity_squared):
    """Q, the scale factor of the mean ellipse: the length of a step in tau, over c.

    Parameters
    ----------
    tau: angle in radians, clockwise from the positive y axis, any shape.
    eccentricity_squared: e^2 of the mean ellipse, dimensionless, in (0, 1).

    Returns an array of the broadcast shape. Raises ValueError outside (0, 1).
    It is cosh(nu_bar) = 1/e at the poles, tau = m pi, and sinh(nu_bar) at the equator; for e -> 0 it is 1/e.

    >>> [float(round(q, 6)) for q in scale_factor([0.0, np.pi / 2], 0.75)]
    [1.154701, 0.57735]
    """
    return scale_factor_evaluator()(tau, eccentricity_squared)


def arc_length(tau, eccentricity_squared):
    """s/c, the length along the mean ellipse from its pole tau = 0: M16, Sec. II; negative for tau < 0.

    Parameters
    ----------
    tau: angle in radians, any shape; one perimeter per 2 pi.
    eccentricity_squared: e^2, the parameter m of the elliptic integral, in (0, 1).

    Returns an array of the broadcast shape. Raises ValueError outside (0, 1).

    >>> f"{arc_length(2 * np.pi, 0.75):.7f}"
    '5.5936282'
    """
    return arc_length_evaluator()(tau, eccentricity_squared)


def inverse_arc_length(length, eccentricity_squared):
    """tau at a length s/c along the mean ellipse: the inverse of `arc_length`, single-valued.

    Newton's method in a quarter turn, where s(tau) is concave: from the tangent at the pole it only rises.

    Parameters
    ----------
    length: s/c, dimensionless, any shape.
    eccentricity_squared: e^2, dimensionless, in (0, 1).

    Returns an array of the broadcast shape, to 1e-14 of s/(c Q). Raises ValueError outside (0, 1).

    >>> f"{inverse_arc_length(arc_length(4.2, 0.75), 0.75):.12f}"
    '4.200000000000'
    """
    half_turn = perimeter(eccentricity_squared) / 2
    length, half_turn, m_ = np.broadcast_arrays(np.asarray(length, dtype=float), half_turn, eccentricity_squared)
    if not np.isfinite(length).all():
        worst = length[~np.isfinite(length)].flat[0]
        raise ValueError(f"Argument `length` must be finite, but got {worst:g}.")
    turns = np.round(length / half_turn)
    rest = length - turns * half_turn
    goal = np.abs(rest)
    angle = goal * np.sqrt(m_)
    for _ in range(64):
        step = (goal - arc_length(angle, m_)) / scale_factor(angle, m_)
        following = np.clip(angle + step, 0.0, np.pi / 2)
        settled = np.abs(following - angle) <= 4e-16 * np.maximum(following, 1e-300)
        angle = following
        if settled.all():
            break
    return (turns * np.pi + np.copysign(angle, rest))[()]


def width(tau, eccentricity_squared, thickness):
    """W/c, the exact width of the annulus, the distance of the points of both edges at one tau: M16, before Eq. 4.

    Parameters
    ----------
    tau: angle in radians, any shape.
    eccentricity_squared: e^2 of the mean ellipse, dimensionless, in (0, 1).
    thickness: Delta_nu, dimensionless, positive, less than 2 nu_bar = 2 arccosh(1/e), where the hole closes.

    Returns an array of the broadcast shape. Raises ValueError outside these ranges.
    Thin annuli have W = c Delta_nu Q, Eq. 4: short by one part in 24/Delta_nu^2, at any tau.

    >>> widest, narrowest = width([0.0, np.pi / 2], 0.75, 0.1)
    >>> f"{widest:.6f} {widest / narrowest:.12f}"
    '0.115518 2.000000000000'
    """
    _refuse_closed_hole(eccentricity_squared, thickness)
    return width_evaluator()(tau, eccentricity_squared, thickness)


def edges(tau, eccentricity_squared, thickness):
    """(x_i, y_i, x_o, y_o)/c of the inner and the outer ellipse: M16, Eqs. 2 and 3; arguments as for `width`.

    >>> [float(round(p, 4)) for p in edges(0.0, 0.75, 0.1)]
    [0.0, 0.5203, 0.0, 0.6358]
    """
    _refuse_closed_hole(eccentricity_squared, thickness)
    found = (e(tau, eccentricity_squared, thickness) for which in (inner_ellipse, outer_ellipse) for e in _edge(which))
    return tuple(found)


def _refuse_closed_hole(eccentricity_squared, thickness) -> None:
    perimeter_evaluator()(eccentricity_squared)
    limit, given = np.broadcast_arrays(2 * np.arccosh(1 / np.sqrt(eccentricity_squared)), thickness)
    if np.any(given >= limit):
        bad = np.flatnonzero(given >= limit)[0]
        raise ValueError(f"Argument `thickness` must be in (0, {limit.flat[bad]:g}), but got {given.flat[bad]:g}.")


def perimeter(eccentricity_squared):
    """L/c, the length of the mean ellipse, for e^2 in (0, 1): M16, Sec. II; 2 pi/e for e -> 0, 4 for e -> 1.

    >>> f"{perimeter(0.75):.7f}"
    '5.5936282'
    """
    return perimeter_evaluator()(eccentricity_squared)


def area(eccentricity_squared, thickness):
    """Area of the annulus over c^2, exact; arguments as for `width`: M16, Sec. II.

    >>> f"{area(0.75, 0.1):.6f}"
    '0.524472'
    """
    _refuse_closed_hole(eccentricity_squared, thickness)
    return area_evaluator()(eccentricity_squared, thickness)


def curvature_radius(tau, eccentricity_squared):
    """Radius of curvature of the mean ellipse, over c: least at the equator, where it is c sinh^2/cosh.

    The one-dimensional equation asks that lambda_J be smaller everywhere (M16, Sec. I).

    >>> f"{curvature_radius(np.pi / 2, 0.75):.7f}"
    '0.2886751'
    """
    return curvature_radius_evaluator()(tau, eccentricity_squared)


def normal_field(tau, eccentricity_squared, field_angle):
    """H_N/H, the component of the applied field along the outward normal: M16, Eq. 10; angle from +y, clockwise.

    >>> [float(round(v, 12)) for v in normal_field([0.0, np.pi], 0.75, 0.0)]
    [1.0, -1.0]
    """
    return normal_field_evaluator()(tau, eccentricity_squared, field_angle)


def magnetic_term(tau, eccentricity_squared, field, field_angle):
    """The function that a uniform field adds to the densities, Eq. 14 of M16; field = h Delta, angle from +y.

    >>> f"{magnetic_term(0.0, 0.75, 0.1, 0.0):.7f}"
    '-0.1154701'
    """
    return magnetic_term_evaluator()(tau, eccentricity_squared, field, field_angle)


def bias_term(tau, eccentricity_squared, bias):
    """Gamma, the function that a uniform bias adds to the densities, Eq. 15 of M16; bias = gamma_0, in J_c.

    >>> f"{bias_term(2 * np.pi, 0.75, 1.0) / np.pi:.7f}"
    '1.6666667'
    """
    return bias_term_evaluator()(tau, eccentricity_squared, bias)
