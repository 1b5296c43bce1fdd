"""The fluxon as a quantum particle: ordering, the rule of Bohr and Sommerfeld, wells in a field; M16, Sec. II.4.

Its mass follows the width, so position and momentum have to be put in an order. Two orders are kept: that of BenDaniel
and Duke, p (1/M) p/2, and the Laplacian of the line element M ds^2, that is a constant mass in the coordinate q with
dq = sqrt(M) ds. Units are those of `fluxon`; hbar_* = hbar omega_p/E_0' is the quantum of action in them.
"""

from functools import cache

from sympy import (
    Abs,
    Eq,
    Expr,
    Function,
    I,
    Integer,
    Integral,
    Rational,
    Tuple,
    cos,
    diff,
    expand,
    factor,
    integrate,
    pi,
    series,
    simplify,
    sin,
    sqrt,
    symbols,
)

from derivations.annular.particle.double_well import (
    a,
    cosine,
    epsilon,
    in_cosine,
    in_half_axes,
    perturbed_potential,
    wells,
)
from derivations.annular.particle.fluxon import fluxon_energy
from derivations.annular.particle.oscillation import action, in_energy, period, reach, rest, small_oscillation
from derivations.annular.ring.geometry import explicit, in_eccentricity, scale_squared
from derivations.annular.symbols import (
    C,
    Delta,
    Q,
    S,
    gamma_0,
    h,
    hbar_star,
    k,
    lambda_hat,
    m,
    n,
    nu_bar,
    polarity,
    s_hat,
    tau,
    tau_0,
    theta,
    u,
)
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import consistent, lemma

__all__ = [
    "BENDANIEL_DUKE",
    "LAPLACE_BELTRAMI",
    "bohr_sommerfeld_offset",
    "flat_coordinate",
    "flux_and_weight",
    "kinetic",
    "mass_at_an_angle",
    "mean_fourth_power",
    "near_critical_frequencies",
    "ordering_potential",
    "orderings_at_rest",
    "potential_rise",
    "quantization",
    "rise_is_a_difference",
    "symmetric_form",
    "well_frequency",
]

BENDANIEL_DUKE, LAPLACE_BELTRAMI = Rational(0), Rational(-1, 4)  # outer powers

M = Function("M", positive=True)
psi, chi = Function("psi"), Function("chi")(s_hat)
from_well = symbols("x", real=True)  # tau - tau_m
tau_m = symbols("tau_m", real=True)
q, omega = symbols(r"q \hat{\omega}", positive=True)


@kept
def mass_at_an_angle() -> Expr:
    """Mass of the fluxon by its place, in units of E_0' over the Swihart velocity squared."""
    return diff(fluxon_energy().rhs, u, 2)


def kinetic(outer: Expr) -> Expr:
    """Kinetic energy of psi with p between powers of the mass: M^outer p M^(-1 - 2 outer) p M^outer/2."""

    def momentum(state):
        return -I * hbar_star * diff(state, s_hat)

    own, state = M(s_hat), psi(s_hat)
    inner = own ** (-1 - 2 * outer) * momentum(own**outer * state)
    return expand(own**outer * momentum(inner) / 2)


@kept
def ordering_potential() -> Expr:
    """What the order of Laplace and Beltrami adds to that of BenDaniel and Duke: a potential, no derivative of psi."""
    more = kinetic(LAPLACE_BELTRAMI) - kinetic(BENDANIEL_DUKE)
    return factor(simplify(more.doit() / psi(s_hat)))


@cache
def symmetric_form(outer: Expr) -> Expr:
    """The kinetic energy of psi = M^(-outer) chi, times M^(-outer): what the wave equation does to chi."""
    root = M(s_hat) ** outer
    return expand(simplify(kinetic(outer).subs(psi(s_hat), chi / root).doit() / root))


@cache
def flux_and_weight(outer: Expr) -> Tuple:
    """g and w of -(hbar_*^2/2) (g chi')' + U w chi = E w chi in the angle tau, for psi = M^(-outer) chi.

    Along the junction g is what multiplies chi'', and w are the two factors M^(-outer); ds = Q d tau/(lambda_J/c).
    """
    own, per_angle = mass_at_an_angle().subs(Q(tau_0), Q(tau)), Q(tau) / lambda_hat
    flux = symmetric_form(outer).coeff(diff(chi, s_hat, 2)) / (-(hbar_star**2) / 2)
    pair = flux / per_angle, M(s_hat) ** (-2 * outer) * per_angle
    return Tuple(*(explicit(part.subs(M(s_hat), own)) for part in pair))


@kept
def flat_coordinate() -> Expr:
    """dq/d tau, where q is the coordinate in which the mass is one."""
    return flux_and_weight(LAPLACE_BELTRAMI)[1]


def _along(quantity: Expr) -> Expr:
    """Derivative along the junction."""
    return lambda_hat / sqrt(scale_squared()) * diff(quantity, tau)


@kept
def orderings_at_rest() -> Expr:
    """By how much both orders differ in the middle of a well: the shift of the lowest levels, of second order."""
    own = explicit(mass_at_an_angle().subs(Q(tau_0), Q(tau)))
    first = _along(own)
    values = {
        diff(M(s_hat), s_hat, 2): _along(first),
        diff(M(s_hat), s_hat): first,
    }
    there = ordering_potential().subs(values).subs(M(s_hat), own)
    return simplify(there.subs(tau, pi / 2))


@kept
def mean_fourth_power() -> Expr:
    """<n| (a + a^+)^4 |n> of an oscillator: the squared length of (a + a^+)^2 |n>."""
    state = {0: Integer(1)}
    for _ in range(2):
        raised = {shift + 1: part * sqrt(n + shift + 1) for shift, part in state.items()}
        lowered = {shift - 1: part * sqrt(n + shift) for shift, part in state.items()}
        state = {shift: raised.get(shift, 0) + lowered.get(shift, 0) for shift in raised | lowered}
    return factor(sum(simplify(part**2) for part in state.values()))


@kept
def bohr_sommerfeld_offset() -> Expr:
    """Level less what the rule of Bohr and Sommerfeld gives, at the bottom of the well, for a mass constant in q.

    Perturbation theory of first order: b q^4 moves level n by b <q^4>, with q = (a + a^+) sqrt(hbar/2 omega). As a
    polynomial in n + 1/2 it has a square and a constant; the rule has the square alone. Cubic terms are absent.
    """
    angle = symbols("y", real=True)
    stretch = flat_coordinate().subs(tau, pi / 2 + angle)
    length = integrate(series(stretch, angle, 0, 4).removeO(), angle)
    first, third = (length.coeff(angle, power) for power in (1, 3))
    inverse = q / first - third * (q / first) ** 3 / first
    energy = explicit(fluxon_energy().rhs.subs({u: 0, tau_0: tau}))
    of_angle = series(energy.subs(tau, pi / 2 + angle), angle, 0, 5).removeO()
    quartic = series(expand(of_angle.subs(angle, inverse)), q, 0, 5).coeff(q, 4)
    whole = quartic * mean_fourth_power() * (hbar_star / (2 * small_oscillation().rhs)) ** 2
    squared = symbols("N", positive=True)
    rest_of = whole.subs(n, squared - Rational(1, 2))
    return factor(simplify(expand(rest_of).coeff(squared, 0)))


def harmonic_if_low(form: Eq) -> bool:
    """For the lowest levels it gives E_min + hbar omega_0 (n + 1/2)."""
    (quarter,) = form.lhs.atoms(Integral)
    slope = diff(quarter.function, reach).subs({rest: 1, reach: 0, k: 1})
    per_reach = form.lhs.coeff(quarter) * integrate(
        simplify(slope), *quarter.limits
    )
    per_energy = per_reach * diff(in_energy(reach), k).subs(k, 1)
    least = fluxon_energy().rhs.subs({u: 0, Q(tau_0): S})
    expected = hbar_star * small_oscillation().rhs * (n + Rational(1, 2))
    return simplify(form.rhs / per_energy * least - expected) == 0


def spaced_by_the_period(form: Eq) -> bool:
    """Neighboring levels are 2 pi hbar over the period apart."""
    step = diff(form.rhs, n)
    least = fluxon_energy().rhs.subs({u: 0, Q(tau_0): S})
    where = {m: Rational(3, 4), lambda_hat: 1}
    small = Rational(1, 1000)
    rise = [
        in_eccentricity(in_energy(side))
        .subs(where)
        .subs(k, Rational(3, 2) + d)
        .evalf(20)
        for side, d in ((form.lhs, small), (form.lhs, -small), (period().rhs, 0))
    ]
    per_energy = (
        (rise[0] - rise[1]) / (2 * small) / in_eccentricity(least).subs(where)
    )
    return (
        step == 2 * pi * hbar_star and abs(per_energy.evalf() / rise[2] - 1) < 1e-5
    )


@consistent(M16, "Sec. II.4, quantization", harmonic_if_low, spaced_by_the_period)
def quantization() -> Eq:
    """The rule of Bohr and Sommerfeld: an orbit has the action 2 pi hbar (n + 1/2)."""
    return Eq(
        action().rhs, 2 * pi * hbar_star * (n + Rational(1, 2)), evaluate=False
    )


@kept
def near_critical_frequencies() -> Tuple:
    """Squared frequencies of the wells and of the pole between them, to first order below the critical field."""
    field = (1 - epsilon) / C
    curvature = diff(in_cosine(), cosine).subs(cosine, -1)  # d^2/d tau^2 is minus cos(tau) d/dz there
    stretch = flat_coordinate().subs(tau, pi)
    squares = (well_frequency().rhs ** 2, curvature / stretch**2)
    slopes = (diff(square.subs(a, field), epsilon).subs(epsilon, 0) for square in squares)
    return Tuple(*(simplify(in_half_axes(slope)) * epsilon for slope in slopes))


@kept
def potential_rise() -> Expr:
    """The potential at tau_m + x less that at tau_m, with every difference as a product: nothing cancels at small x."""
    whole, end = expand(perturbed_potential().rhs), tau_m + from_well
    apart = {
        sin(2 * tau): 2 * sin(from_well) * cos(2 * tau_m + from_well),
        sin(tau): 2 * sin(from_well / 2) * cos(tau_m + from_well / 2),
        cos(tau): -2 * sin(from_well / 2) * sin(tau_m + from_well / 2),
        tau: from_well,
    }
    intrinsic = whole.subs({h: 0, gamma_0: 0})
    scale = sqrt(scale_squared())
    of_squares = -sin(from_well) * sin(2 * tau_m + from_well)  # of Q^2, as of cos^2
    sum_of_both = scale.subs(tau, end) + scale.subs(tau, tau_m)
    drives = expand(whole - intrinsic).subs(apart)
    return intrinsic / scale * of_squares / sum_of_both + drives


@lemma(
    admissible={
        tau_m: (-3, 3),
        from_well: (-2, 2),
        nu_bar: (0.3, 1),
        lambda_hat: (0.05, 0.3),
        h: (-1, 1),
        Delta: (0.5, 2),
        theta: (-3, 3),
        gamma_0: (-1, 1),
        polarity: (1, -1),
    }
)
def rise_is_a_difference() -> Eq:
    """The potential's rise without cancellation is the difference of two values of the potential."""
    whole = perturbed_potential().rhs
    ends = whole.subs(tau, tau_m + from_well) - whole.subs(tau, tau_m)
    return Eq(potential_rise(), ends, evaluate=False)


@kept
def well_frequency() -> Eq:
    """Frequency of small oscillations in either well of a field along the minor axis, in omega_p.

    At a minimum only the second derivative by z = cos(tau) counts; the mass turns the angle into q.
    """
    curvature = diff(in_cosine(), cosine, 2) * (1 - cosine**2)
    stretch = flat_coordinate().subs(cos(tau) ** 2, cosine**2)
    squared = (curvature / stretch**2).subs(cosine, wells().rhs)
    of_axes = expand(simplify(squared).subs(C, sqrt(1 + S**2)))
    root = sqrt(factor(simplify(of_axes)))
    return Eq(omega, root.subs(Abs(a - 1), 1 - a))  # a C < 1, and C > 1
