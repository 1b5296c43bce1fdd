"""A fluxon between two barriers: period, action, small oscillations; Eqs. 22-23 of M16.

The motion is written with an angle x that is 0 at a turning point and pi/2 in the middle of the well:
cos(tau) = sqrt(M) cos(x), M = S^2 (k^2 - 1). There the integrands are regular. `rest` is 1 - M; it vanishes on the
separatrix, where the integrand of the period grows as 1/x.
"""


from sympy import (
    Eq,
    Expr,
    Integer,
    Integral,
    Rational,
    acos,
    asinh,
    cos,
    diff,
    expand,
    factor,
    integrate,
    limit,
    log,
    oo,
    pi,
    simplify,
    sin,
    sqrt,
    symbols,
)

from derivations.annular.particle.fluxon import EXAMPLE, fluxon_energy, potential, relativistic_energy, speed
from derivations.annular.ring.geometry import explicit, in_eccentricity, scale_squared
from derivations.annular.symbols import C, Q, S, k, lambda_hat, m, nu_bar, tau, tau_0, u
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import consistent, lemma

__all__ = [
    "action",
    "bound_on_action",
    "angle",
    "small_oscillation",
    "in_energy",
    "period",
    "slope_of_period",
    "reach",
    "period_at_any_speed",
    "rest",
    "strength_at_the_separatrix",
    "place_of_turning",
    "well_integral",
]

T, J, I_well, omega_0 = symbols(r"\hat{T} J I \hat{\omega}_0", positive=True)
angle = symbols("x", positive=True)  # 0 at a turning point, pi/2 at the equator
reach, rest = symbols(
    "M M'", positive=True
)  # cos^2(tau) at the turning point; 1 - M
q, sine = symbols("q z", positive=True)  # Q on the way; sin(x)
QUARTER = (angle, 0, pi / 2)


@kept
def scale_on_the_way() -> Expr:
    """Q where cos(tau) = sqrt(M) cos(x)."""
    return sqrt(scale_squared().subs(cos(tau), sqrt(reach) * cos(angle)))


@kept
def step() -> Expr:
    """d tau/dx over sin(x), of a quarter of the motion; 1 - M cos^2(x) as a sum of two positive terms."""
    through = diff(acos(sqrt(reach) * cos(angle)), angle) / sin(angle)
    base = expand((1 - reach * cos(angle) ** 2).subs(reach, 1 - rest))
    positive = base.subs(cos(angle) ** 2, 1 - sin(angle) ** 2)
    cosines = (
        expand(positive - rest * (1 - sin(angle) ** 2)) + rest * cos(angle) ** 2
    )
    return through.subs(1 - reach * cos(angle) ** 2, cosines)


@kept
def speed_over_sine() -> Expr:
    """The speed over sin(x): k S - Q is (k^2 S^2 - Q^2)/(k S + Q), and k^2 S^2 = S^2 + M at the turning point."""
    left = expand(speed().rhs.subs(Q(tau_0), q) * q * (k * S + q))
    on_way = left.subs(q**2, scale_on_the_way() ** 2).subs(k**2, 1 + reach / S**2)
    per_sine = simplify(expand(on_way).subs(cos(angle) ** 2, 1 - sine**2)) / sine**2
    return sqrt(expand(per_sine) / (q * (k * S + q)))


@kept
def place_of_turning() -> Expr:
    """The angle at which a fluxon turns back, between the pole and the equator."""
    return acos(sqrt(reach))


def in_energy(expression: Expr) -> Expr:
    """M and 1 - M in the energy ratio k, as products where k - 1 is small."""
    reached = S**2 * (k - 1) * (k + 1)
    return expression.subs({rest: 1 - reached, reach: reached})


def _value(form: Eq, *, energy, squared=EXAMPLE):
    """The right side at an energy ratio, for lambda_J = c and some e^2, to 20 digits."""
    return (
        in_eccentricity(in_energy(form.rhs))
        .subs({m: squared, k: energy, lambda_hat: 1})
        .evalf(20)
    )


def strength_at_the_separatrix(form: Eq) -> Expr:
    """x times the integrand at the turning point of the separatrix: the period grows by minus its half times ln(rest).

    `rest` is 1 - (k^2 - 1) sinh^2(nu_bar), by which the energy falls short of the separatrix.
    """
    (quarter,) = form.rhs.atoms(Integral)
    outside = form.rhs.coeff(quarter)
    on_separatrix = quarter.function.subs(rest, 0).subs({reach: 1, k: C / S}) * sin(angle)
    return simplify(outside * limit(on_separatrix.subs(C, sqrt(1 + S**2)), angle, 0))


def logarithm_at_the_separatrix(form: Eq) -> bool:
    """At the energy of the barrier's top it diverges: the integrand goes as 1/x at the turning point."""
    strength = strength_at_the_separatrix(form)
    return strength.is_positive is True and not strength.has(oo)


def harmonic_at_the_bottom(form: Eq) -> bool:
    """For small amplitudes it is 2 pi (c/lambda_J) sinh^2(nu_bar), independent of the width."""
    small = form.rhs.subs({rest: 1, reach: 0, k: 1}).doit()
    return simplify(small - 2 * pi * S**2 / lambda_hat) == 0


def grows_linearly(form: Eq) -> bool:
    """For small energies it grows linearly with the energy."""
    more = Rational(1, 5000)
    gained = _value(form, energy=1 + more) / _value(form, energy=Integer(1)) - 1
    return bool(abs(gained / (more * slope_of_period().subs(nu_bar, asinh(1 / sqrt(3)))) - 1) < 1e-3)


@consistent(
    M16,
    22,
    harmonic_at_the_bottom,
    logarithm_at_the_separatrix,
    grows_linearly,
    ours="The limit of small amplitudes, lost in our copy; that it diverges as a logarithm.",
)
def period() -> Eq:
    """Period of a fluxon that oscillates in one well with k times the least energy: four times a quarter of it."""
    per_angle = q / lambda_hat * step() / speed_over_sine()
    return Eq(T, 4 * Integral(per_angle.subs(q, scale_on_the_way()), QUARTER))


@kept
def slope_of_period() -> Expr:
    """How the period grows with the energy at the bottom of the well: d ln T/dk at k = 1."""
    a = symbols("a", positive=True)
    in_k = in_energy(period().rhs.atoms(Integral).pop().function)
    integrand = in_k.subs(C, sqrt(1 + S**2)).subs(S, a)
    at_bottom = simplify(expand(diff(log(integrand), k).subs(k, 1)))
    mean = integrate(expand(at_bottom), QUARTER) / integrate(Integer(1), QUARTER)
    return simplify(mean).subs(a, S)


def from_the_period(form: Eq) -> bool:
    """It is 2 pi over the period of small oscillations."""
    small = period().rhs.subs({rest: 1, reach: 0, k: 1}).doit()
    return simplify(form.rhs - 2 * pi / small) == 0


def falls_with_nu(form: Eq) -> bool:
    """It grows with the eccentricity and does not depend on the width."""
    return form.rhs.free_symbols == (lambda_hat / S**2).free_symbols and bool(
        diff(in_eccentricity(form.rhs), m).subs(m, EXAMPLE) > 0
    )


@consistent(
    M16,
    "Sec. II.4, harmonic frequency",
    from_the_period,
    falls_with_nu,
    ours="That it grows with the eccentricity.",
)
def small_oscillation() -> Eq:
    """Frequency of small oscillations in a well: curvature of the potential over the mass, in omega_p."""
    energy = explicit(potential().rhs.subs(tau_0, tau).subs(Q(tau_0), Q(tau)))
    per_length = energy.subs(tau, pi / 2 + angle)
    curvature = diff(per_length, angle, 2).subs(angle, 0) * (lambda_hat / S) ** 2
    mass = diff(fluxon_energy().rhs, u, 2).subs(Q(tau_0), S)
    squared = simplify(curvature / mass)
    return Eq(omega_0, sqrt(simplify(squared * S**4)) / S**2)


def starts_from_zero(form: Eq) -> bool:
    """It starts from zero at k = 1."""
    return form.rhs.subs({rest: 1, reach: 0, k: 1}).doit() == 0


def period_is_its_derivative(form: Eq) -> bool:
    """Its derivative with respect to the energy is the period."""
    least = potential().rhs.subs(Q(tau_0), S).subs(S, 1 / sqrt(3))
    width = Rational(1, 1000)
    rise = _value(form, energy=Rational(3, 2) + width) - _value(
        form, energy=Rational(3, 2) - width
    )
    slope = rise / (2 * width * least)
    return abs(slope / _value(period(), energy=Rational(3, 2)) - 1) < 1e-5


def of_an_oscillator_at_the_bottom(form: Eq) -> bool:
    """For small energies it is that of a harmonic oscillator, 2 pi times the energy over the frequency."""
    above = Rational(1, 10**6)
    energy = above * potential().rhs.subs(Q(tau_0), 1 / sqrt(3))
    frequency = in_eccentricity(small_oscillation().rhs).subs({m: EXAMPLE, lambda_hat: 1})
    return bool(abs(_value(form, energy=1 + above) / (2 * pi * energy / frequency).evalf(20) - 1) < 1e-5)


@consistent(
    M16,
    23,
    starts_from_zero,
    of_an_oscillator_at_the_bottom,
    period_is_its_derivative,
    ours="That its derivative is the period; how it is split into an integral and its factor, lost in our copy.",
)
def action() -> Eq:
    """Action of a period, the integral of p ds there and back: 2 pi hbar_* (n + 1/2) for the allowed energies."""
    momentum = diff(fluxon_energy().rhs.subs(Q(tau_0), q), u).subs(
        u, speed_over_sine() * sin(angle)
    )
    per_angle = momentum * q / lambda_hat * step() * sin(angle)
    return Eq(J, 4 * Integral(per_angle.subs(q, scale_on_the_way()), QUARTER))


def well_integral() -> Eq:
    """The integral of Q^(3/2) sqrt(k S - Q) over one well, to which the action is proportional."""
    integrand = q ** Rational(3, 2) * sqrt(k * S - q)
    momentum = diff(fluxon_energy().rhs.subs(Q(tau_0), q), u).subs(
        u, sqrt(factor(speed().rhs.subs(Q(tau_0), q)))
    )
    there_and_back = 2 * simplify(momentum * q / lambda_hat / integrand)
    (quarter,) = action().rhs.atoms(Integral)
    per_angle = expand(4 * quarter.function / there_and_back)
    return Eq(I_well, Integral(per_angle, QUARTER))


def period_at_any_speed() -> Eq:
    """Period of Eq. 22 with the energy of a fast fluxon instead: E = 8Q/sqrt(1 - u^2)."""
    energy = k * potential().rhs.subs(Q(tau_0), S)
    squared = (
        1 - (relativistic_energy().rhs.subs({Q(tau_0): q, u: 0}) / energy) ** 2
    )
    left = expand(squared * (k * S) ** 2).subs(q**2, scale_on_the_way() ** 2)
    on_way = expand(left.subs(k**2, 1 + reach / S**2)).subs(
        cos(angle) ** 2, 1 - sine**2
    )
    per_sine = sqrt(expand(simplify(on_way) / sine**2)) / (k * S)
    per_angle = q / lambda_hat * step() / per_sine
    return Eq(T, 4 * Integral(per_angle.subs(q, scale_on_the_way()), QUARTER))


def _on_separatrix() -> Expr:
    """The integrand of Eq. 23 over sin(tau) where the energy is the potential maximum, in Q: kS is C there."""
    of_cosine = C**2 - scale_squared()
    drop = simplify(of_cosine.subs(cos(tau) ** 2, 1 - sine**2))  # C^2 - Q^2
    return q ** Rational(3, 2) * sqrt(drop / (C + q)) / sine


@lemma
def integrand_grows_to_the_pole() -> Eq:
    """The integrand of Eq. 23 over sin(tau) grows with Q: its logarithm rises by a sum of positive terms."""
    rise = diff(log(_on_separatrix()), q)
    return Eq(rise, 1 / q + C / (2 * q * (C + q)), evaluate=False)


@lemma
def integral_grows_with_energy() -> Eq:
    """The integral of Eq. 23 grows with the energy: at every place its integrand rises by a positive term."""
    integrand = q ** Rational(3, 2) * sqrt(k * S - q)
    in_excess = symbols("excess", positive=True)  # k S - Q, positive between the turning points
    rise = diff(integrand, k).subs(k, (q + in_excess) / S)
    return Eq(rise, S * q ** Rational(3, 2) / (2 * sqrt(in_excess)), evaluate=False)


@kept
def bound_on_action() -> Expr:
    """What the integral of Eq. 23 cannot exceed: it grows to the separatrix, and there its integrand to the pole."""
    return simplify(_on_separatrix().subs(q, C)) * integrate(sin(tau), (tau, 0, pi))
