"""The rate of slips of shunted junctions, from the Ohmic action to closed form and its limits: Eqs. 7 and 10 of SLZ25b.

A slip is a hop of amplitude gamma between two minima, with the energy gain epsilon; the shunts enter through
the correlation of the hop with its reverse, a time later. Omega_c is defined by that correlation.
"""


from sympy import (
    Abs,
    Eq,
    Expr,
    I,
    Integer,
    Integral,
    Symbol,
    atan2,
    cos,
    cosh,
    diff,
    exp,
    expand,
    expand_log,
    integrate,
    limit,
    log,
    loggamma,
    oo,
    pi,
    powsimp,
    re,
    simplify,
    sin,
    sinc,
    sqrt,
    symbols,
)
from sympy import gamma as euler_gamma
from sympy.core.function import AppliedUndef

from derivations.cotunneling.action.action import (
    alpha,
    drag_exponent,
    euclidean_lagrangian,
    n_1,
    n_2,
    phase_slip_interaction,
    tau_0,
    tau_c,
)
from derivations.cotunneling.symbols import I_bias, T, e, gamma, phi_1, phi_2, t, tau
from derivations.papers import SLZ25b
from rederived.comparison import require_zero
from rederived.kept import kept
from rederived.ledger import equation, lemma

__all__ = [
    "beta_integral",
    "contour_shift",
    "crossover",
    "downhill_logarithm",
    "energy_gain",
    "golden_rule",
    "inversion",
    "linear_response",
    "net_rate",
    "ohmic_weight",
    "rate",
    "rate_of_gain",
    "reverse_over_forward",
    "stirling",
    "zero_temperature",
]

n, m = n_1, n_2  # slips of junction 1 and 2 in one process
epsilon = Symbol("epsilon", real=True)  # energy gained in the process
Omega_c, s = symbols("Omega_c s", positive=True)
gain = Symbol("epsilon", positive=True)
direction, thermal = symbols("a b", nonnegative=True)  # epsilon/scale and 2 pi T/scale

SHIFT, TERMS = 10, 9  # of the Gamma function's argument, and of Stirling's series there: error below 1e-16


class SlipRate(AppliedUndef):
    """Rate Gamma_{n_1,n_2} of processes that slip junction 1 by 2 pi n_1 and junction 2 by 2 pi n_2."""

    def _latex(self, printer, exp=None):
        index = ",".join(printer.doprint(a) for a in self.args)
        return rf"\Gamma_{{{index}}}" + (f"^{{{exp}}}" if exp else "")


def energy_gain() -> Eq:
    """What the bias current gives to a slip: the drop of the potential from one minimum to the other."""
    density = euclidean_lagrangian().rhs
    slipped = {phi_1(tau): phi_1(tau) + 2 * pi * n, phi_2(tau): phi_2(tau) + 2 * pi * m}
    return Eq(epsilon, simplify((density - density.subs(slipped)).doit()))


@lemma
def inversion() -> Eq:
    """Without bias the action is the same for both phases reversed: slips n and -n have the same amplitude."""
    unbiased = euclidean_lagrangian().rhs.subs(I_bias, 0)
    reversed_phases = {phi_1(tau): -phi_1(tau), phi_2(tau): -phi_2(tau)}
    return Eq(unbiased.subs(reversed_phases).doit(), unbiased, evaluate=False)


@kept
def ohmic_weight() -> Expr:
    """Weight exp(-S) of a slip and its reverse tau_0 later, both of the duration tau_c = 1/Omega_c << tau_0.

    The shunts of both junctions add up in the exponent alpha.
    """
    one_junction = drag_exponent().rhs.subs(n_2, 0)
    interaction = simplify(phase_slip_interaction() / (2 * one_junction))
    of_moduli = interaction.replace(log, lambda square: 2 * log(sqrt(square).subs(sqrt(sin(s) ** 2), sin(s))))
    base = exp(-of_moduli).replace(Abs, lambda positive: positive)  # 0 < pi T tau < pi
    short_slips = limit(simplify(base) / tau_c, tau_c, 0) / Omega_c
    return short_slips ** (2 * alpha)


@kept
def golden_rule() -> Eq:
    """Golden rule: the correlation at real times t - is, that is tau_0 = s + it, and the energy gain as its frequency.

    The usual t - i0 is s -> 0; any line with 0 < s < 1/T gives the same.
    """
    on_line = (exp(epsilon * tau_0) * ohmic_weight()).subs(tau_0, s + I * t)
    return Eq(SlipRate(n, m), Abs(gamma(n, m)) ** 2 * Integral(on_line, (t, -oo, oo)))


@lemma(admissible={s: (0.2, 0.8), T: (0.5, 1.0), alpha: (1.0, 3.0)}, points=2)
def contour_shift() -> Eq:
    """The line of integration may move to s = 1/2T: no singularity lies in between, and nothing comes from its ends."""
    integral = golden_rule().rhs.atoms(Integral).pop()
    return Eq(integral, integral.subs(s, 1 / (2 * T)), evaluate=False)


@lemma(admissible={T: (0.5, 1.0), alpha: (1.0, 3.0)}, points=2)
def beta_integral() -> Eq:
    """On that line u = exp(2 pi T t) makes it Euler's Beta integral, continued to complex arguments."""
    integrand = exp(I * epsilon * t) / cosh(pi * T * t) ** (2 * alpha)
    u, a, b = symbols("u a b", positive=True)
    euler = integrate(u ** (a - 1) / (1 + u) ** (a + b), (u, 0, oo))
    time = log(u) / (2 * pi * T)
    hyperbolic = simplify(cosh(pi * T * time).rewrite(exp))
    in_u = expand_log(log(exp(I * epsilon * time) / hyperbolic ** (2 * alpha) * diff(time, u)), force=True)
    in_u = expand(in_u)
    first = 1 + in_u.coeff(log(u))
    powers = {a: first, b: -in_u.coeff(log(1 + u)) - first}
    constant = simplify(exp(in_u.subs({log(u): 0, log(1 + u): 0})))
    return Eq(Integral(integrand, (t, -oo, oo)), constant * euler.subs(powers), evaluate=False)


@kept
def rate_of_gain() -> Expr:
    """The rate for an amplitude of one: the golden rule on the line s = 1/2T, by the Beta integral."""
    on_line = golden_rule().rhs.atoms(Integral).pop().function.subs(s, 1 / (2 * T))
    constant, oscillating = expand(on_line, power_base=True).as_independent(t, as_Add=False)
    require_zero(oscillating / beta_integral().lhs.function - 1, "The rest of the integrand is that of the lemma")
    powers, gammas = (constant * beta_integral().rhs).as_independent(euler_gamma, as_Add=False)
    ratio = Symbol("theta", positive=True)  # 2 pi T/Omega_c
    in_ratio = powsimp(expand(powers.subs(Omega_c, 2 * pi * T / ratio), power_base=True))
    return in_ratio.subs(ratio, 2 * pi * T / Omega_c) * gammas


@equation(
    SLZ25b,
    7,
    printed=lambda: Eq(
        SlipRate(n, m),
        Abs(gamma(n, m)) ** 2 * (2 * pi * T / Omega_c) ** (2 * alpha) * exp(pi * I_bias * n / (2 * e * T))
        * Abs(euler_gamma(alpha + I * I_bias * n / (2 * e * T))) ** 2 / (2 * pi * T * euler_gamma(2 * alpha)),
    ),
)
def rate() -> Eq:
    """Rate of slips (n_1, n_2) at the bias current I, with alpha of the line after 7."""
    return Eq(SlipRate(n, m), Abs(gamma(n, m)) ** 2 * rate_of_gain().subs(epsilon, energy_gain().rhs))


def reverse_over_forward() -> Expr:
    """Rate of the reverse process over that of the process: detailed balance."""
    return simplify(rate_of_gain().subs(epsilon, -epsilon) / rate_of_gain())


@kept
def net_rate() -> Expr:
    """Rate of a process minus that of its reverse, for an amplitude of one."""
    forward, even = rate_of_gain().as_independent(exp, as_Add=False)[::-1]
    return even * simplify(expand(forward * (1 - reverse_over_forward())))


@kept
def stirling() -> Expr:
    """ln Gamma(z) at large |z|: Stirling's series of sympy."""
    z = Symbol("z", positive=True)
    series = loggamma(z).series(z, oo, 2 * TERMS).removeO()
    return expand(series.subs(log(1 / z), -log(z)))


def modulus_logarithm(rho, angle) -> Expr:
    """2 ln |Gamma(z)| by Stirling's series, at z = rho exp(i angle)."""
    z, modulus, argument = Symbol("z", positive=True), Symbol("rho", positive=True), Symbol("theta", real=True)
    logarithm = Symbol("l", real=True)
    total = Integer(0)
    for term in expand(stirling().subs(log(z), logarithm + I * argument)).as_ordered_terms():
        factor, power = term.as_coeff_exponent(z)
        total += factor * modulus**power * (cos(argument * power) + I * sin(argument * power))
    return 2 * re(expand(total)).subs(logarithm, log(modulus)).subs({modulus: rho, argument: angle})


@kept
def downhill_logarithm() -> Expr:
    """ln of the rate over |gamma|^2/Omega_c at an energy gain epsilon >= 0, without cancellation, down to T = 0.

    In a = epsilon/Omega_c and b = 2 pi T/Omega_c. Gamma(z) is Gamma(z + N) over z (z + 1) ... (z + N - 1), the
    former by Stirling's series at b (z + N) = b S + i a = h exp(i (pi/2 - phi)). Its exp(-pi |Im z|) cancels
    exp(epsilon/2T), and all powers of 1/b cancel.
    """
    phi, h, S = symbols("phi h S", positive=True)
    powers, _ = (rate_of_gain() * Omega_c).as_independent(euler_gamma, as_Add=False)
    scaled = powers.subs({epsilon: direction * Omega_c, T: thermal * Omega_c / (2 * pi)})
    logarithms = log(scaled) + modulus_logarithm(h / thermal, pi / 2 - phi) + 2 * SHIFT * log(thermal)
    total = expand(expand_log(expand(logarithms), force=True))
    total = expand(total.subs(h * sin(phi), thermal * S).subs(h * cos(phi), direction))
    total = total.subs(direction * phi / thermal, S * cos(phi) / sinc(phi))
    total = expand(total.subs(S, alpha + SHIFT))
    if total.has(log(thermal), 1 / thermal):
        raise ArithmeticError(f"All powers of 1/b must cancel, so that b may vanish, but this is left: {total}.")
    moduli = sum(log(direction**2 + thermal**2 * (alpha + k) ** 2) for k in range(SHIFT))  # of b^2 |z + k|^2
    shifted = thermal * (alpha + SHIFT)
    place = {phi: atan2(shifted, direction), h: sqrt(direction**2 + shifted**2)}
    return total.subs(place) - moduli - loggamma(2 * alpha)


@kept
def zero_temperature() -> Expr:
    """The rate at T = 0 for an amplitude of one: a power of the energy gain."""
    at_zero = (downhill_logarithm() + loggamma(2 * alpha)).subs({thermal: 0, direction: gain / Omega_c})
    return simplify(exp(expand_log(at_zero, force=True))) / (Omega_c * euler_gamma(2 * alpha))


@kept
def linear_response() -> Expr:
    """Rate forward minus rate back, for an amplitude of one, per energy gain as it goes to zero."""
    return diff(net_rate(), epsilon).subs(epsilon, 0)


@kept
def crossover() -> Eq:
    """The energy gain at which both power laws meet: 2 pi T, times a number that grows with alpha."""
    x = Symbol("x", positive=True)
    ratio = (zero_temperature() / (linear_response() * gain)).subs(gain, 2 * pi * T * x)
    logarithm = expand(expand_log(log(ratio), force=True))
    power = logarithm.coeff(log(x))
    constant = expand(logarithm - power * log(x))
    return Eq(gain, 2 * pi * T * exp(-constant / 2) ** simplify(2 / power))
