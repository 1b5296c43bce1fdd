"""The annulus between two confocal ellipses: Eqs. 1-4 of M16, exact and thin.

Conventions: the coordinates (nu, tau) have their foci at x = +c and x = -c and tau = 0 on the positive y axis;
tau grows clockwise.

For the modules that follow: `scale_squared()` is Q^2 of the mean ellipse as an expression in tau and nu_bar,
`explicit` puts it for Q(tau), `in_eccentricity` writes an expression in m instead of nu_bar. The lengths
are in `lengths`, the evaluators (scale factor, arc length and its inverse, width, ...) in `evaluators`.
"""


from sympy import (
    Eq,
    Expr,
    Matrix,
    Rational,
    Symbol,
    Tuple,
    cos,
    cosh,
    diff,
    expand,
    expand_trig,
    factor_terms,
    limit,
    oo,
    pi,
    series,
    simplify,
    sin,
    sinh,
    sqrt,
    symbols,
    tanh,
)

from derivations.annular.symbols import (
    C,
    Delta_nu,
    Q,
    S,
    W,
    c,
    e,
    m,
    nu,
    nu_bar,
    nu_i,
    nu_o,
    rho,
    tau,
    x,
    y,
)
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import consistent, lemma

__all__ = [
    "axes",
    "exact_width",
    "explicit",
    "in_eccentricity",
    "inner_ellipse",
    "outer_ellipse",
    "position",
    "scale_of_coordinates",
    "scale_squared",
    "thin_width",
    "unit_vectors",
    "distance_of_edges",
]

N_x, N_y, T_x, T_y = symbols(r"\hat{N}_x \hat{N}_y \hat{T}_x \hat{T}_y", real=True)
x_i, y_i, x_o, y_o = symbols("x_i y_i x_o y_o", real=True)
MODERATE = Rational(
    3, 4
)  # the eccentricity squared that the paper takes as its example
LETTERS = "The letters of the axes, lost in our copy: the foci on x, tau from y."


@kept
def position() -> Tuple:
    """A point of the plane in confocal coordinates: the foci on the x axis, tau clockwise from the y axis."""
    return Tuple(Eq(x, c * cosh(nu) * sin(tau)), Eq(y, c * sinh(nu) * cos(tau)))


@kept
def jacobian() -> Matrix:
    """How (x, y) move with nu, first column, and with tau, second column."""
    return Matrix([p.rhs for p in position()]).jacobian([nu, tau])


def in_squares(expression: Expr) -> Expr:
    """Only sinh^2 nu and cos^2 tau are kept of the four squares."""
    kept = {sin(tau) ** 2: 1 - cos(tau) ** 2, cosh(nu) ** 2: 1 + sinh(nu) ** 2}
    return expand(expand(expression).subs(kept))


def steps_are_alike(form: Eq) -> bool:
    """An elementary step has ds^2 = c^2 Q^2 (d nu^2 + d tau^2)."""
    metric = jacobian().T * jacobian() - c**2 * form.rhs * Matrix.eye(2)
    return all(in_squares(entry) == 0 for entry in metric)


def surface_element(form: Eq) -> bool:
    """The surface element is c^2 Q^2 d nu d tau."""
    return in_squares(abs(jacobian().det()) ** 2 - (c**2 * form.rhs) ** 2) == 0


def becomes_polar(form: Eq) -> bool:
    """For nu -> oo, at fixed radius c cosh nu, the coordinates become polar ones."""
    radius = Symbol("r", positive=True)
    return limit((radius / cosh(nu)) ** 2 * form.rhs, nu, oo) == radius**2


@consistent(
    M16,
    "Sec. I, scale factor",
    steps_are_alike,
    surface_element,
    becomes_polar,
    ours="That steps in nu and tau are alike: the prose names step and surface, its formulas are lost.",
)
def scale_of_coordinates() -> Eq:
    """The scale factor of the confocal coordinates, squared: the length of a step in nu, over c."""
    step = jacobian()[:, 0]
    return Eq(Q(nu, tau) ** 2, in_squares(step.dot(step) / c**2))


@kept
def scale_squared() -> Expr:
    """Q^2 on the mean ellipse, an expression in nu_bar and tau."""
    return scale_of_coordinates().rhs.subs(nu, nu_bar)


def explicit(expression: Expr) -> Expr:
    """An expression with the scale factor of the mean ellipse for Q(tau), derivatives carried out."""
    return expression.subs(Q(tau), sqrt(scale_squared())).doit()


def _vector(form: Tuple, first: int) -> Matrix:
    scale = sqrt(scale_of_coordinates().rhs)
    return Matrix(
        [entry.rhs.subs(Q(nu, tau), scale) for entry in form[first : first + 2]]
    )


def unit_and_orthogonal(form: Tuple) -> bool:
    """Both are unit vectors, normal to each other."""
    normal, tangent = _vector(form, 0), _vector(form, 2)
    products = normal.dot(normal) - 1, tangent.dot(tangent) - 1, normal.dot(tangent)
    return all(simplify(p) == 0 for p in products)


def outward(form: Tuple) -> bool:
    """N points outward: along it the distance from the center grows, at every tau."""
    radial = _vector(form, 0).dot(Matrix([p.rhs for p in position()]))
    grown = simplify(radial * sqrt(scale_of_coordinates().rhs) / (c * sinh(nu) * cosh(nu)))
    return grown == 1


def clockwise(form: Tuple) -> bool:
    """T points clockwise: at tau = 0, on the positive y axis, it points to positive x."""
    there = _vector(form, 2).subs({tau: 0, nu: Rational(7, 10)})
    return abs(there[0].evalf(30) - 1) < 1e-25 and there[1] == 0


def tangent_to_the_ellipse(form: Tuple) -> bool:
    """N is normal to the ellipse x^2/cosh^2 nu + y^2/sinh^2 nu = c^2 that passes through the point."""
    on_ellipse = {p.lhs: p.rhs for p in position()}
    gradient = [
        diff(f, v).subs(on_ellipse)
        for f in [x**2 / cosh(nu) ** 2 + y**2 / sinh(nu) ** 2]
        for v in (x, y)
    ]
    normal = _vector(form, 0)
    return simplify(normal[0] * gradient[1] - normal[1] * gradient[0]) == 0


@consistent(M16, 1, unit_and_orthogonal, outward, clockwise, tangent_to_the_ellipse)
def unit_vectors() -> Tuple:
    """The outward normal and the clockwise tangent of the ellipse through a point: steps in nu and tau, over c Q."""
    directions = jacobian() / (c * Q(nu, tau))
    return Tuple(*map(Eq, (N_x, N_y, T_x, T_y), directions.T))


def _focal_distances(form: Tuple) -> Expr:
    """Sum of the distances of a point from both foci."""
    at_x, at_y = (p.rhs for p in form)
    return sqrt((at_x - c) ** 2 + at_y**2) + sqrt((at_x + c) ** 2 + at_y**2)


def foci_on_the_x_axis(form: Tuple) -> bool:
    """The distances from the foci at x = c and x = -c add up to the major diameter."""
    on_edge = next(v for v in (nu_i, nu_o) if form.has(v))
    numbers = [
        _focal_distances(form).subs({c: 1, on_edge: 0.7, tau: t}).evalf(30)
        for t in (0.3, 1.9, 4.4)
    ]
    return all(
        abs(d - 2 * cosh(Rational(7, 10)).evalf(30)) < 1e-15 for d in numbers
    )


def clockwise_from_the_y_axis(form: Tuple) -> bool:
    """tau is measured clockwise from the positive y axis."""
    at_x, at_y = (p.rhs for p in form)
    return (
        at_x.subs(tau, 0) == 0
        and at_y.subs(tau, 0) > 0
        and at_x.subs(tau, pi / 2) > 0
    )


@consistent(M16, 2, foci_on_the_x_axis, clockwise_from_the_y_axis, ours=LETTERS)
def inner_ellipse() -> Tuple:
    """The inner edge of the annulus: the ellipse nu = nu_i."""
    return Tuple(*map(Eq, (x_i, y_i), (p.rhs.subs(nu, nu_i) for p in position())))


@consistent(M16, 3, foci_on_the_x_axis, clockwise_from_the_y_axis, ours=LETTERS)
def outer_ellipse() -> Tuple:
    """The outer edge of the annulus: the ellipse nu = nu_o, with the same foci."""
    return Tuple(*map(Eq, (x_o, y_o), (p.rhs.subs(nu, nu_o) for p in position())))


def is_pi_periodic(form: Eq) -> bool:
    """The width is a pi-periodic function of tau."""
    return simplify(form.rhs.subs(tau, tau + pi) - form.rhs) == 0


@consistent(M16, "Sec. I, width", is_pi_periodic, ours="The pi, lost in our copy: a period is all that it says.")
def distance_of_edges() -> Eq:
    """Width of the annulus: the distance of the points of both edges that have the same tau."""
    apart = [
        o.rhs - i.rhs for o, i in zip(outer_ellipse(), inner_ellipse(), strict=True)
    ]
    return Eq(W(tau), sqrt(sum(factor_terms(d) ** 2 for d in apart)))


@lemma(admissible={nu_bar: (1.0, 2.0), Delta_nu: (0.1, 1.9)})
def exact_width() -> Eq:
    """The width is 2c sinh(Delta_nu/2) Q(nu_bar, tau) however wide the annulus: only a prefactor is expanded in (4)."""
    half_width = Delta_nu / 2
    between = distance_of_edges().rhs.subs(
        {nu_i: nu_bar - half_width, nu_o: nu_bar + half_width}
    )
    return Eq(between, 2 * c * sinh(half_width) * sqrt(scale_squared()))


def widest_at_the_poles(form: Eq) -> bool:
    """The greatest width c Delta_nu cosh(nu_bar) is at the poles, tau = m pi."""
    square = explicit(form.rhs) ** 2
    at_pole = square.subs(tau, 0)
    curved = diff(square, tau, 2).subs(tau, 0)
    return simplify(at_pole - (c * Delta_nu * C) ** 2) == 0 and curved < 0


def narrowest_at_the_equator(form: Eq) -> bool:
    """The smallest width c Delta_nu sinh(nu_bar) is at the equator, tau = pi/2 + m pi."""
    square = explicit(form.rhs) ** 2
    curved = diff(square, tau, 2).subs(tau, pi / 2)
    return (
        simplify(square.subs(tau, pi / 2) - (c * Delta_nu * S) ** 2) == 0
        and curved > 0
    )


def _relative_variation(form: Eq) -> Expr:
    widest, narrowest = (explicit(form.rhs).subs(tau, a) for a in (0, pi / 2))
    return sqrt(simplify(in_eccentricity((widest / narrowest) ** 2))) - 1


def variation_diverges(form: Eq) -> bool:
    """The relative variation of the width diverges for nu_bar -> 0, that is e -> 1."""
    return limit(_relative_variation(form), m, 1, "-") == oo


def twice_as_wide(form: Eq) -> bool:
    """For e^2 = 3/4 the largest width is twice the smallest one."""
    return _relative_variation(form).subs(m, MODERATE) == 1


@consistent(
    M16,
    4,
    widest_at_the_poles,
    narrowest_at_the_equator,
    variation_diverges,
    twice_as_wide,
    ours="The values and places, nu_bar -> 0 and e^2 = 3/4 are lost; 3/4 follows from the factor of two, which is not.",
)
def thin_width() -> Eq:
    """Width of a thin annulus: the first order in Delta_nu, proportional to the scale factor."""
    first_order = series(exact_width().rhs, Delta_nu, 0, 2).removeO()
    return Eq(W(tau), first_order.subs(sqrt(scale_squared()), Q(tau)))


def axes_of_the_example(form: Tuple) -> bool:
    """For e^2 = 3/4 the ratio of the axes is 1/2."""
    ratio, eccentricity = (in_eccentricity(f.rhs).subs(m, MODERATE) for f in form)
    return (ratio, eccentricity**2) == (Rational(1, 2), MODERATE)


def circle_has_no_eccentricity(form: Tuple) -> bool:
    """Without eccentricity, for nu_bar -> oo, the annulus is circular."""
    ratio, eccentricity = (f.rhs for f in form)
    return limit(eccentricity, nu_bar, oo) == 0 and limit(ratio, nu_bar, oo) == 1


@consistent(
    M16,
    "Sec. I, axes",
    axes_of_the_example,
    circle_has_no_eccentricity,
    ours="The ratio 1/2, lost in our copy: it follows from the factor of two in the width.",
)
def axes() -> Tuple:
    """Ratio of the mean ellipse's axes, and its eccentricity: the focal distance over the major axis."""
    major, minor = (
        p.rhs.subs({nu: nu_bar, tau: a})
        for p, a in zip(position(), (pi / 2, 0), strict=True)
    )
    return Tuple(Eq(rho, minor / major), Eq(e, c / major))


def in_eccentricity(expression: Expr) -> Expr:
    """An expression in m = e^2 instead of nu_bar."""
    cosine = 1 / sqrt(m)
    only_single = expand_trig(expression.replace(tanh, lambda a: sinh(a) / cosh(a)))
    return only_single.subs({C: cosine, S: sqrt(1 - m) * cosine})
