"""Lengths and the area of the annulus: arc length, perimeter, curvature, from its scale factor.

Elliptic integrals take the parameter m = e^2 = 1/cosh(nu_bar)^2, not the modulus e.
"""

from sympy import (
    Eq,
    Integral,
    Symbol,
    cos,
    cosh,
    diff,
    elliptic_e,
    expand,
    factor_terms,
    integrate,
    limit,
    pi,
    simplify,
    sin,
    sinh,
    sqrt,
)

from derivations.annular.ring.geometry import (
    MODERATE,
    explicit,
    in_eccentricity,
    inner_ellipse,
    outer_ellipse,
    position,
    scale_of_coordinates,
    scale_squared,
    thin_width,
)
from derivations.annular.symbols import (
    C,
    Delta_nu,
    L,
    S,
    c,
    m,
    nu,
    nu_bar,
    nu_i,
    nu_o,
    s,
    tau,
)
from derivations.papers import M16
from rederived.ledger import consistent, lemma

__all__ = [
    "length_from_the_pole",
    "area_between_edges",
    "curvature_of_mean_ellipse",
    "legendre_integral",
    "length_of_mean_ellipse",
]

A = Symbol("A", positive=True)
turned = Symbol("vartheta", real=True)


@lemma(admissible={m: (0.05, 0.95), tau: (-6.0, 6.0)})
def legendre_integral() -> Eq:
    """The elliptic integral of the second kind, of parameter m: the integral of sqrt(1 - m sin^2)."""
    return Eq(
        Integral(sqrt(1 - m * sin(turned) ** 2), (turned, 0, tau)),
        elliptic_e(tau, m),
    )


def one_perimeter_a_turn(form: Eq) -> bool:
    """s increases by one perimeter as tau changes by 2 pi."""
    turn = form.rhs.subs({tau: 2 * pi, c: 1, m: MODERATE}) - form.rhs.subs(
        {tau: 0, c: 1, m: MODERATE}
    )
    return (
        abs(turn.evalf(30) - length_of_mean_ellipse().rhs.subs({c: 1, m: MODERATE}).evalf(30))
        < 1e-25
    )


def angle_of_a_circle(form: Eq) -> bool:
    """For a thin circular ring of radius r it is r tau."""
    radius = Symbol("r", positive=True)
    return form.rhs.subs(c, radius * sqrt(m)).subs(m, 0) == radius * tau


@consistent(M16, "Sec. II, arc length", one_perimeter_a_turn, angle_of_a_circle)
def length_from_the_pole() -> Eq:
    """Arc length along the mean ellipse from its pole: the integral of c Q, an elliptic integral of parameter e^2."""
    in_sine = in_eccentricity(scale_squared()).subs(
        cos(tau) ** 2, 1 - sin(tau) ** 2
    )
    modulated = expand(in_sine * m)
    integral, value = legendre_integral().args
    unit = simplify(sqrt(modulated.subs(tau, turned)) / integral.function)
    return Eq(s, c / sqrt(m) * unit * value)


def circumference(form: Eq) -> bool:
    """For a thin circular ring of radius r it is 2 pi r."""
    radius = Symbol("r", positive=True)
    return limit(form.rhs.subs(c, radius * sqrt(m)), m, 0) == 2 * pi * radius


def average_width_gives_perimeter(form: Eq) -> bool:
    """It is also 2 pi/Delta_nu times the average width."""
    thin = explicit(thin_width().rhs).subs({c: 1, Delta_nu: 1})
    number = in_eccentricity(thin).subs(m, MODERATE)
    average = Integral(number, (tau, 0, 2 * pi)).evalf(20) / (2 * pi)
    return (
        abs(2 * pi * average - form.rhs.subs({c: 1, m: MODERATE})).evalf(20) < 1e-15
    )


@consistent(
    M16,
    "Sec. II, perimeter",
    circumference,
    average_width_gives_perimeter,
    ours="The factor 2 pi/Delta_nu before the average width, lost in our copy.",
)
def length_of_mean_ellipse() -> Eq:
    """Length of the mean ellipse: four quarters, each a complete elliptic integral."""
    return Eq(L, 4 * length_from_the_pole().rhs.subs(tau, pi / 2))


def sum_of_thin_elements(form: Eq) -> bool:
    """For a thin annulus it is the integral of the elementary surface c^2 Q^2 Delta_nu d tau."""
    thin = limit(
        form.rhs.subs({nu_o: nu_bar + Delta_nu / 2, nu_i: nu_bar - Delta_nu / 2})
        / Delta_nu,
        Delta_nu,
        0,
    )
    return simplify(thin - c**2 * integrate(scale_squared(), (tau, 0, 2 * pi))) == 0


def difference_of_ellipses(form: Eq) -> bool:
    """It is the area between the two ellipses, pi times the product of the half-axes of each."""
    discs = [
        pi * f[0].rhs.subs(tau, pi / 2) * f[1].rhs.subs(tau, 0)
        for f in (outer_ellipse(), inner_ellipse())
    ]
    return simplify(form.rhs - (discs[0] - discs[1])) == 0


@consistent(M16, "Sec. II, area", sum_of_thin_elements, difference_of_ellipses)
def area_between_edges() -> Eq:
    """Area of the annulus: the surface element integrated between the edges."""
    around = integrate(c**2 * scale_of_coordinates().rhs, (tau, 0, 2 * pi))
    doubled = expand(around.subs(sinh(nu) ** 2, (cosh(2 * nu) - 1) / 2))
    return Eq(A, factor_terms(integrate(doubled, (nu, nu_i, nu_o))))


@lemma(admissible={tau: (-6.0, 6.0)})
def curvature_of_mean_ellipse() -> Eq:
    """Radius of curvature of the mean ellipse: c Q^3 over the product of its half-axes in c, least at the equator."""
    along = [p.rhs.subs(nu, nu_bar) for p in position()]
    (v_x, v_y), (a_x, a_y) = ([diff(p, tau, k) for p in along] for k in (1, 2))
    speed = sqrt(v_x**2 + v_y**2)
    return Eq(
        c * sqrt(scale_squared()) ** 3 / (C * S), speed**3 / (v_y * a_x - v_x * a_y)
    )
