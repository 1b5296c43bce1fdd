"""The fluxon as a particle: Eqs. 18-23 of M16, from the Hamiltonian density (17).

Energies are in E_0' = Phi_0 J_c lambda_J c Delta_nu/2 pi: the density (17), integrated over tau and divided by
lambda_J/c. Times are in 1/omega_p, lengths along the junction in lambda_J. The local limit takes the width at the
center of the fluxon, as if it did not change along it.
"""

from functools import cache

from sympy import (
    Eq,
    Expr,
    Function,
    Poly,
    Rational,
    Symbol,
    atan,
    cancel,
    diff,
    exp,
    expand,
    expand_trig,
    factor,
    integrate,
    limit,
    log,
    oo,
    pi,
    simplify,
    sin,
    solve,
    sqrt,
    symbols,
)

from derivations.annular.lagrangian.lagrangian import hamiltonian_density
from derivations.annular.ring.geometry import explicit, in_eccentricity
from derivations.annular.symbols import (
    C,
    Gamma,
    MagneticTerm,
    Q,
    S,
    k,
    lambda_hat,
    m,
    nu_bar,
    phi,
    polarity,
    s_0,
    s_hat,
    t,
    tau,
    tau_0,
    u,
)
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "EXAMPLE",
    "E",
    "U",
    "along_the_junction",
    "fluxon_energy",
    "fluxon_profile",
    "over_the_fluxon",
    "potential",
    "relativistic_energy",
    "relativistic_speed",
    "separatrix",
    "speed",
]

E, U, T, action, omega_0 = symbols(
    r"\hat{E} \hat{U} \hat{T} J \hat{\omega}_0", positive=True
)
w = symbols("w", positive=True)  # exp(s - s_0)
place = Function("p", real=True)  # of the fluxon in time, in lambda_J
profile = Function("f", real=True)  # the phase along the junction

EXAMPLE = Rational(3, 4)  # the paper's eccentricity squared


@kept
def along_the_junction() -> Expr:
    """The energy density (17) per unit of s/lambda_J instead of tau: ds = c Q d tau."""
    phase = profile(s_hat, t)
    velocity, slope = diff(phase, t), diff(phase, s_hat) * Q(tau) / lambda_hat
    density = hamiltonian_density().rhs.subs(
        {diff(phi(tau, t), tau): slope, diff(phi(tau, t), t): velocity}
    )
    length = Q(tau) / lambda_hat
    return expand(density.subs(phi(tau, t), phase) / length / lambda_hat)


def static_and_free(density: Expr) -> Expr:
    """Without motion, current and field."""
    return density.subs(diff(profile(s_hat, t), t), 0).subs(
        {Gamma(tau): 0, MagneticTerm(tau): 0}
    )


def solves_the_uniform_line(form: Eq) -> bool:
    """At rest it solves phi'' = sin(phi), where the width does not change."""
    x = Symbol("x", real=True)
    solution = form.rhs.subs({polarity: 1, s_hat: x + s_0})
    numbers = [
        (diff(solution, x, 2) - sin(solution)).subs(x, place).evalf(40)
        for place in (Rational(-13, 10), Rational(2, 7), Rational(5, 2))
    ]
    return all(abs(number) < 1e-30 for number in numbers)


def carries_one_quantum(form: Eq) -> bool:
    """The phase changes by 2 pi along it, up or down by the polarity."""
    change = [
        limit(form.rhs.subs(polarity, sign), s_hat, oo)
        - limit(form.rhs.subs(polarity, sign), s_hat, -oo)
        for sign in (1, -1)
    ]
    return change == [2 * pi, -2 * pi]


def centered(form: Eq) -> bool:
    """Its center, where the phase is pi, is at s_0."""
    return form.rhs.subs(s_hat, s_0) == pi


@consistent(
    M16,
    18,
    solves_the_uniform_line,
    carries_one_quantum,
    centered,
    ours="The formulas: the prose has the kink of the sine-Gordon equation, its center and its polarity.",
)
def fluxon_profile() -> Eq:
    """Phase of a fluxon at s_0, of one polarity or the other, in the length s/lambda_J.

    At rest in a uniform line the energy of the slope equals the Josephson energy at each place, for both vanish far
    away. w = tan(phi/4) makes the integral of ds = d phi/slope elementary.
    """
    phase = profile(s_hat, t)
    density = static_and_free(along_the_junction()) / Q(tau)
    slope = Symbol("slope", positive=True)
    of_slope = density.subs(diff(phase, s_hat), slope)
    josephson = of_slope.subs(slope, 0)
    balance = Eq(of_slope - josephson, josephson)
    in_w = solve(balance, slope)[-1].subs(phase, 4 * atan(w))
    steepness = sqrt(factor(expand_trig(in_w**2)))
    length = integrate(cancel(diff(4 * atan(w), w) / steepness), w)
    center = Symbol("x", real=True)  # from where the phase is pi, w = 1
    rising = 4 * atan(solve(length - length.subs(w, 1) - center, w)[0])
    return Eq(phi(s_hat, t), rising.subs(center, polarity * (s_hat - s_0)))


@cache
def over_the_fluxon(contraction: Expr | int = 1) -> Expr:
    """Energy of a fluxon with speed u, with the width, the field and the current of its center, contracted or not.

    The variable of integration is w = exp(contraction polarity (s - s_0)), from 0 to oo for either polarity.
    """
    local = {f(tau): f(tau_0) for f in (Q, Gamma, MagneticTerm)}
    slope = Symbol("slope")
    here = along_the_junction().subs(local)
    moving = here.subs(
        {
            diff(profile(s_hat, t), t): -u * slope,
            diff(profile(s_hat, t), s_hat): slope,
        }
    )
    energies = {}
    for sign in (1, -1):
        phase = (
            fluxon_profile()
            .rhs.subs(polarity, sign)
            .subs(s_hat, s_0 + sign * log(w))
        )
        steepness = contraction * sign * w * diff(phase, w)
        energies[sign] = 0
        for (power,), part in Poly(moving, slope).terms():
            of_phase = expand_trig(part.subs(profile(s_hat, t), phase))
            per_w = factor(of_phase * steepness**power / (contraction * w))
            constant, function = per_w.as_independent(w, as_Add=False)
            energies[sign] += constant * integrate(function, (w, 0, oo))
    even, odd = ((energies[1] + sign * energies[-1]) / 2 for sign in (1, -1))
    return expand(even + polarity * odd)


def _explicit(form: Eq) -> Expr:
    return explicit(form.rhs.subs(tau_0, tau))


def two_wells_a_turn(form: Eq) -> bool:
    """It is pi-periodic, least at the equator and greatest at the poles."""
    here = _explicit(form)
    curved = [
        diff(here, tau, 2).subs({tau: a, nu_bar: 1}).evalf() for a in (0, pi / 2)
    ]
    return (
        simplify(here.subs(tau, tau + pi) - here) == 0 and curved[0] < 0 < curved[1]
    )


def barrier_falls_with_nu(form: Eq) -> bool:
    """The barrier is proportional to exp(-nu_bar)."""
    squares = [_explicit(form).subs(tau, a) ** 2 for a in (0, pi / 2)]
    top, bottom = (form.rhs.subs(Q(tau_0), half_axis) for half_axis in (C, S))
    at_poles = [
        simplify(a - b**2) for a, b in zip(squares, (top, bottom), strict=True)
    ]
    ratio = ((top - bottom) / exp(-nu_bar)).rewrite(exp)
    return at_poles == [0, 0] and diff(simplify(ratio), nu_bar) == 0


def polarity_is_absent(form: Eq) -> bool:
    """It does not depend on the polarity."""
    return not form.rhs.has(polarity)


def as_the_width(form: Eq) -> bool:
    """It is proportional to the local width; 8 in a line of width one."""
    return form.rhs.subs(Q(tau_0), 1) == 8 and form.rhs.coeff(Q(tau_0)) == 8


@consistent(
    M16,
    19,
    two_wells_a_turn,
    barrier_falls_with_nu,
    polarity_is_absent,
    as_the_width,
    ours="The period, the exponent -nu_bar and the 8, lost in our copy.",
)
def potential() -> Eq:
    """Potential energy of a fluxon at tau_0 without field and current: its rest energy, which follows the width."""
    at_rest = over_the_fluxon().subs(
        {u: 0, Gamma(tau_0): 0, MagneticTerm(tau_0): 0}
    )
    return Eq(U, at_rest)


def twice_the_mass_for_both(form: Eq) -> bool:
    """The potential is also the mass: E = U(1 + u^2/2)."""
    return simplify(form.rhs - potential().rhs * (1 + u**2 / 2)) == 0


def as_on_a_uniform_line(form: Eq) -> bool:
    """For a constant width it is 8/sqrt(1 - u^2) through the second order in u."""
    uniform = form.rhs.subs(Q(tau_0), 1)
    expected = (8 / sqrt(1 - u**2)).series(u, 0, 4).removeO()
    return expand(uniform - expected) == 0


@consistent(
    M16,
    20,
    twice_the_mass_for_both,
    as_on_a_uniform_line,
    ours="The energy of the uniform line, lost in our copy: 8/sqrt(1 - u^2).",
)
def fluxon_energy() -> Eq:
    """Energy of a slow fluxon: both potential and mass follow the width."""
    return Eq(E, over_the_fluxon().subs({Gamma(tau_0): 0, MagneticTerm(tau_0): 0}))


def relativistic_energy() -> Eq:
    """Energy of a fast fluxon in the local limit: the profile contracts by sqrt(1 - u^2), as the uniform line asks."""
    contraction = symbols("gamma", positive=True)
    energy = over_the_fluxon(contraction).subs(
        {Gamma(tau_0): 0, MagneticTerm(tau_0): 0}
    )
    return Eq(E, simplify(energy.subs(contraction, 1 / sqrt(1 - u**2))))


def at_rest_in_the_well(form: Eq) -> bool:
    """For k = 1 the fluxon rests at the equator."""
    return simplify(form.rhs.subs(k, 1).subs(Q(tau_0), S)) == 0


def stops_on_the_separatrix(form: Eq) -> bool:
    """On the separatrix, k = coth(nu_bar), it just stops at the poles; that is k = 2 for e^2 = 3/4."""
    (stopping,) = solve(form.rhs.subs(Q(tau_0), C), k)
    in_example = in_eccentricity(stopping).subs(m, EXAMPLE)
    return simplify(stopping - C / S) == 0 and in_example == 2


def modulated_above_the_separatrix(form: Eq) -> bool:
    """With more energy it runs everywhere, fastest where the junction is narrow."""
    above = form.rhs.subs(k, 2 * C / S)
    fast, slow = (above.subs(Q(tau_0), q) for q in (S, C))
    return bool(simplify(fast - slow).subs(nu_bar, 1) > 0) and bool(
        slow.subs(nu_bar, 1) > 0
    )


@consistent(
    M16,
    21,
    at_rest_in_the_well,
    stops_on_the_separatrix,
    modulated_above_the_separatrix,
    ours="The value on the separatrix, lost in our copy, and where it runs fastest.",
)
def speed() -> Eq:
    """Square of the speed of a fluxon that has k times the least energy."""
    least = potential().rhs.subs(Q(tau_0), S)
    return Eq(u**2, solve(fluxon_energy().rhs.subs(u, sqrt(w)) - k * least, w)[0])


@kept
def relativistic_speed() -> Eq:
    """Square of the speed of a fluxon that has k times the least energy, if that is 8Q/sqrt(1 - u^2)."""
    least = potential().rhs.subs(Q(tau_0), S)
    energy = relativistic_energy().rhs.subs(u, sqrt(w))
    return Eq(u**2, solve(energy**2 - (k * least) ** 2, w)[0])


@kept
def separatrix() -> Expr:
    """The energy ratio k at which the fluxon just reaches the poles."""
    return solve(speed().rhs.subs(Q(tau_0), C), k)[0]
