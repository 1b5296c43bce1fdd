"""The double well in a field and under a current, which Sec. I of M16 announces for its Sec. III, in the local limit.

Energies are in E_0', as in `fluxon`. A field of angle 0 points along +y, along the minor axis; `a` measures it:
U = 8Q + 8a cos(tau) there.
"""


import numpy as np
from sympy import (
    Eq,
    Expr,
    Tuple,
    cos,
    diff,
    expand,
    expand_trig,
    factor,
    factor_terms,
    fraction,
    lambdify,
    log,
    numer,
    pi,
    simplify,
    sin,
    solve,
    sqrt,
    symbols,
    together,
)

from derivations.annular.lagrangian.lagrangian import term_of_bias, term_of_field
from derivations.annular.particle.fluxon import U, over_the_fluxon, potential
from derivations.annular.ring.geometry import explicit, in_eccentricity, scale_squared
from derivations.annular.symbols import (
    C,
    Delta,
    Gamma,
    MagneticTerm,
    S,
    gamma_0,
    h,
    lambda_hat,
    m,
    nu_bar,
    polarity,
    tau,
    tau_0,
    theta,
    u,
)
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import consistent, lemma

__all__ = [
    "barriers",
    "field_that_merges_wells",
    "field_along_major_axis",
    "holding_current",
    "in_cosine",
    "largest_holding_current",
    "measure",
    "near_critical_field",
    "perturbed_potential",
    "wells",
    "wells_merge",
]

a = symbols(
    "a", positive=True
)  # of a field along the minor axis: U = 8Q + 8a cos(tau)
epsilon = symbols("epsilon", positive=True)  # 1 - h/h_c
height, omega, distance = symbols(r"\Delta\hat{U} \hat{\omega} \Delta\tau", positive=True)
strength = symbols("eta", real=True)  # h Delta
cosine = symbols("z", real=True)


def intrinsic_without_drives(form: Eq) -> bool:
    """Without field and current it is Eq. 19."""
    return form.rhs.subs({h: 0, gamma_0: 0}) == explicit(
        potential().rhs.subs(tau_0, tau)
    )


def drives_see_the_polarity(form: Eq) -> bool:
    """What field and current add is proportional to each of them and changes sign with the polarity."""
    added = expand(form.rhs - form.rhs.subs({h: 0, gamma_0: 0}))
    both = added.subs({h: 2 * h, gamma_0: 2 * gamma_0}, simultaneous=True)
    return (
        expand(both - 2 * added) == 0
        and expand(added.subs(polarity, -polarity) + added) == 0
    )


@consistent(
    M16,
    "Sec. III.1, perturbed potential",
    intrinsic_without_drives,
    drives_see_the_polarity,
    ours="That the part of the current follows the polarity, as that of the field does; our copy breaks off here.",
)
def perturbed_potential() -> Eq:
    """Potential of a fluxon in a field and under a bias, for a fluxon that is short on the scale of the ring."""
    at_rest = over_the_fluxon().subs(u, 0).subs(tau_0, tau)
    drives = {MagneticTerm(tau): term_of_field().rhs, Gamma(tau): term_of_bias().rhs}
    return Eq(U, explicit(at_rest.subs(drives)))


@kept
def measure() -> Expr:
    """a = polarity pi h Delta C/(4 lambda_J/c): an eighth of what the field adds at the pole tau = 0."""
    along = perturbed_potential().rhs.subs({gamma_0: 0, theta: 0})
    return expand(along).coeff(cos(tau)) / 8


@kept
def in_cosine() -> Expr:
    """The potential in a field along the minor axis as a function of z = cos(tau)."""
    intrinsic = 8 * sqrt(scale_squared().subs(cos(tau), cosine))
    return intrinsic + 8 * a * cosine


def positive_root(square: Expr) -> Expr:
    """Root of a fraction, whose sign is put where both parts are positive."""
    parts = [expand(part) for part in fraction(together(square))]
    if parts[0].could_extract_minus_sign():
        parts = [-part for part in parts]
    return sqrt(parts[0]) / sqrt(parts[1])


def in_half_axes(expression: Expr) -> Expr:
    """The half-axes C and S of the ellipse kept as they are: sqrt(C^2 - 1) is S."""
    axes = symbols("C S", positive=True)
    named = expression.subs({C: axes[0], S: axes[1]})
    reduced = simplify(named.subs(axes[0] ** 2, 1 + axes[1] ** 2))
    return reduced.subs(dict(zip(axes, (C, S), strict=True)))


def _vanishes(expression: Expr) -> bool:
    places = (
        {a: 0.21, nu_bar: 0.55},
        {a: 0.4, nu_bar: 0.8},
        {a: 0.05, nu_bar: 1.3},
    )
    return all(abs(expression.subs(p).evalf()) < 1e-13 for p in places)


def no_force_acts(form: Eq) -> bool:
    """No force acts on a fluxon there."""
    return _vanishes(diff(in_cosine(), cosine).subs(cosine, form.rhs))


def both_approach_one_pole(form: Eq) -> bool:
    """They leave the equator for the pole whose barrier the field lowers, both by the same angle."""
    return form.rhs.subs(a, 0) == 0 and bool(
        diff(form.rhs, a).subs({a: 0.2, nu_bar: 0.5}) < 0
    )


@consistent(
    M16,
    "abstract, distance of the wells",
    no_force_acts,
    both_approach_one_pole,
    ours="The axis of the field, and to which side the wells move.",
)
def wells() -> Eq:
    """cos(tau) at both minima, for a field along the minor axis: the field controls how far they are apart.

    Where the slope of 8Q balances the field, the square of cos(tau) solves a linear equation; the sign is that of the
    slope.
    """
    square = symbols("z2", positive=True)
    intrinsic = in_cosine().subs(a, 0)
    balance = (diff(intrinsic, cosine) ** 2 - (8 * a) ** 2) * intrinsic**2
    (squared,) = solve(expand(balance).subs(cosine**2, square), square)
    return Eq(cosine, -positive_root(squared))


def equal_without_field(form: Tuple) -> bool:
    """Without field they are equal, those of Eq. 19: the wells are there before the field."""
    return all(simplify(f.rhs.subs(a, 0) - 8 * (C - S)) == 0 for f in form)


def one_falls_the_other_grows(form: Tuple) -> bool:
    """The field lowers one and raises the other."""
    low, high = (diff(f.rhs, a).subs({a: 0.2, nu_bar: 0.5}) for f in form)
    return bool(low < 0 < high)


@consistent(
    M16,
    "abstract, barrier",
    equal_without_field,
    one_falls_the_other_grows,
    ours="The axis of the field, and that the other barrier grows.",
)
def barriers() -> Tuple:
    """Heights of both barriers above the wells in a field along the minor axis, the low one first.

    Top less bottom is the difference of their squares over their sum: the low barrier is a square.
    """
    at_well = positive_root(S**2 + wells().rhs ** 2) + a * wells().rhs
    bottom = simplify(at_well)
    heights = []
    for sign in (-1, 1):
        top = C + sign * a
        squares = expand((top**2 - bottom**2).subs(S, sqrt(C**2 - 1)))
        heights.append(Eq(height, 8 * factor(squares) / (top + bottom)))
    return Tuple(*heights)


@kept
def field_that_merges_wells() -> Eq:
    """h Delta at which the two wells merge into one: both minima have reached the pole."""
    (merging,) = solve(wells().rhs ** 2 - 1, a)
    of_field = solve(measure().subs(polarity, 1) - merging, h)[0] * Delta
    return Eq(strength, simplify(in_eccentricity(simplify(of_field))))


@lemma(admissible={m: (0.1, 0.9)})
def wells_merge() -> Eq:
    """In the critical field the low barrier is as high as the wells: it has vanished."""
    at_merging = measure().subs({polarity: 1, h: field_that_merges_wells().rhs / Delta})
    there = in_cosine().subs(a, at_merging)
    well = wells().rhs.subs(a, at_merging)
    return Eq(
        in_eccentricity(there.subs(cosine, well)),
        in_eccentricity(there.subs(cosine, -1)),
        evaluate=False,
    )


@kept
def near_critical_field() -> Eq:
    """The low barrier just below the critical field, in epsilon = 1 - h/h_c: it vanishes as its square."""
    low = barriers()[0].rhs.subs(a, (1 - epsilon) / C)
    leading = simplify(low / epsilon**2).subs(epsilon, 0)
    return Eq(height, in_half_axes(leading) * epsilon**2)


@kept
def near_critical_distance() -> Eq:
    """How far apart both wells are just below the critical field, in tau: it vanishes as the root of epsilon."""
    off_pole = simplify(1 - wells().rhs ** 2).subs(a, (1 - epsilon) / C)  # sin^2, with the pole between both
    return Eq(distance, 2 * sqrt(in_half_axes(diff(off_pole, epsilon).subs(epsilon, 0))) * sqrt(epsilon))


@kept
def field_along_major_axis() -> Eq:
    """Energy of the well at pi/2 less that at -pi/2 in a field along the major axis, which leaves both in place."""
    along = perturbed_potential().rhs.subs({gamma_0: 0, theta: pi / 2})
    if simplify(diff(along, tau).subs(tau, pi / 2)) != 0:
        raise ArithmeticError("A field along the major axis moves the wells.")
    return Eq(height, along.subs(tau, pi / 2) - along.subs(tau, -pi / 2))


def balances(form: Eq) -> bool:
    """With this current no force acts at tau."""
    force = diff(perturbed_potential().rhs, tau).subs(gamma_0, form.rhs)
    places = (
        {tau: 0.4, nu_bar: 0.7, theta: 0.3},
        {tau: 2.2, nu_bar: 1.1, theta: -1.0},
    )
    units = {polarity: -1, lambda_hat: 0.3, h: 0.2, Delta: 1.4}
    return all(abs(force.subs(units).subs(p).evalf(30)) < 1e-13 for p in places)


def tells_the_wells_apart(form: Eq) -> bool:
    """Without field both wells let go at one current; a field along the minor axis parts them, by its direction."""
    held = lambdify([tau, h], form.rhs.subs({polarity: 1, theta: 0, Delta: 1, lambda_hat: 1, nu_bar: 0.55}), "numpy")
    first = np.linspace(0, np.pi / 2, 2001)  # from the pole at 0 to the well at pi/2; the other well is half a turn on
    limits = [[held(first + turn, field).max() for turn in (0.0, np.pi)] for field in (0.0, 0.1, -0.1)]
    (one, other), (higher, lower), (less, more) = limits
    return bool(abs(one - other) < 1e-12 and lower < one < higher and abs(more - higher) + abs(less - lower) < 1e-12)


@consistent(
    M16,
    "abstract, current ramp",
    balances,
    tells_the_wells_apart,
    ours="The first, and the axis of the field.",
)
def holding_current() -> Eq:
    """The bias that holds a fluxon at tau: its extrema are the currents at which the wells let the fluxon go."""
    force = diff(perturbed_potential().rhs, tau)
    per_current = factor_terms(expand_trig(diff(force, gamma_0)))
    return Eq(gamma_0, -force.subs(gamma_0, 0) / per_current)


square_of_sine = symbols(
    "s_c", positive=True
)  # sin^2(tau) where the pinning force is largest


@kept
def weakest_place() -> Expr:
    """sin^2(tau) where the current that holds a fluxon without field is largest."""
    squared = holding_current().rhs.subs(h, 0) ** 2
    of_sine = squared.subs(sin(2 * tau), 2 * sin(tau) * cos(tau)).subs(
        cos(tau) ** 2, 1 - square_of_sine
    )
    of_sine = simplify(
        of_sine.subs(cos(tau), sqrt(1 - square_of_sine)).subs(
            sin(tau), sqrt(square_of_sine)
        )
    )
    places = solve(
        numer(together(diff(log(of_sine), square_of_sine))), square_of_sine
    )
    return next(p for p in places if 0 < p.subs(nu_bar, 0.55).evalf() < 1)


@kept
def largest_holding_current() -> Eq:
    """The current at which either well lets the fluxon go, without field, over J_c."""
    held = (
        holding_current()
        .rhs.subs({h: 0, polarity: 1})
        .subs(
            {
                sin(2 * tau): 2 * sin(tau) * cos(tau),
                cos(2 * tau): 1 - 2 * sin(tau) ** 2,
            }
        )
    )
    at_place = {
        sin(tau): sqrt(weakest_place()),
        cos(tau): sqrt(1 - weakest_place()),
    }
    return Eq(gamma_0, held.subs(at_place))
