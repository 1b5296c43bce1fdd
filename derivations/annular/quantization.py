"""The fluxon as a quantum particle: ordering, the rule of Bohr and Sommerfeld, tunneling; M16, Sec. II.4.

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
    Integral,
    Rational,
    Tuple,
    cos,
    diff,
    exp,
    expand,
    factor,
    integrate,
    pi,
    series,
    simplify,
    sin,
    solve,
    sqrt,
    symbols,
)

from derivations.annular.double_well import (
    a,
    cosine,
    epsilon,
    in_cosine,
    in_half_axes,
    near_critical_field,
    perturbed_potential,
    wells,
)
from derivations.annular.fluxon import fluxon_energy
from derivations.annular.geometry import explicit, in_eccentricity, scale_squared
from derivations.annular.oscillation import (
    action,
    harmonic_frequency,
    in_energy,
    period,
    reach,
    rest,
)
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
from derivations.ledger import M16, consistent, lemma

__all__ = [
    "BENDANIEL_DUKE",
    "LAPLACE_BELTRAMI",
    "bohr_sommerfeld_offset",
    "cubic_escape",
    "escape_formula",
    "flat_coordinate",
    "flux_and_weight",
    "kinetic",
    "mass",
    "near_critical_splitting",
    "ordering_potential",
    "orderings_at_rest",
    "potential_rise",
    "quantization",
    "quartic_splitting",
    "rise_is_a_difference",
    "splitting_formula",
    "well_frequency",
]

BENDANIEL_DUKE, LAPLACE_BELTRAMI = Rational(0), Rational(-1, 4)  # outer powers

M = Function("M", positive=True)
psi = Function("psi")
from_well = symbols("x", real=True)  # tau - tau_m
tau_m = symbols("tau_m", real=True)
q, near, omega, splitting, rate = symbols(
    r"q \delta \hat{\omega} \Delta\hat{E} \hat{\Gamma}", positive=True
)
height = symbols(r"\Delta\hat{U}", positive=True)
amplitude, path, delay = symbols(
    "K S_0 X", positive=True
)  # of the wave in the barrier; its action; exp of its time


@cache
def mass() -> Expr:
    """Mass of the fluxon by its place, in units of E_0' over the Swihart velocity squared."""
    return diff(fluxon_energy().rhs, u, 2)


def kinetic(outer: Expr) -> Expr:
    """Kinetic energy of psi with p between powers of the mass: M^outer p M^(-1 - 2 outer) p M^outer/2."""

    def momentum(state):
        return -I * hbar_star * diff(state, s_hat)

    own, state = M(s_hat), psi(s_hat)
    inner = own ** (-1 - 2 * outer) * momentum(own**outer * state)
    return expand(own**outer * momentum(inner) / 2)


@cache
def ordering_potential() -> Expr:
    """What the order of Laplace and Beltrami adds to that of BenDaniel and Duke: a potential, no derivative of psi."""
    more = kinetic(LAPLACE_BELTRAMI) - kinetic(BENDANIEL_DUKE)
    return factor(simplify(more.doit() / psi(s_hat)))


@cache
def flux_and_weight(outer: Expr) -> Tuple:
    """g and w of -(hbar_*^2/2) (g chi')' + U w chi = E w chi in the angle tau, for chi = M^outer psi.

    ds = Q d tau/(lambda_J/c), and the weight makes the operator symmetric.
    """
    own, per_angle = mass().subs(Q(tau_0), Q(tau)), Q(tau) / lambda_hat
    pair = own ** (-1 - 2 * outer) / per_angle, own ** (-2 * outer) * per_angle
    return Tuple(*(explicit(part) for part in pair))


@cache
def flat_coordinate() -> Expr:
    """dq/d tau, where q is the coordinate in which the mass is one."""
    return flux_and_weight(LAPLACE_BELTRAMI)[1]


def _along(quantity: Expr) -> Expr:
    """Derivative along the junction."""
    return lambda_hat / sqrt(scale_squared()) * diff(quantity, tau)


@cache
def orderings_at_rest() -> Expr:
    """By how much both orders differ in the middle of a well: the shift of the lowest levels, of second order."""
    own = explicit(mass().subs(Q(tau_0), Q(tau)))
    first = _along(own)
    values = {
        diff(M(s_hat), s_hat, 2): _along(first),
        diff(M(s_hat), s_hat): first,
    }
    there = ordering_potential().subs(values).subs(M(s_hat), own)
    return simplify(there.subs(tau, pi / 2))


@cache
def bohr_sommerfeld_offset() -> Expr:
    """Level less what the rule of Bohr and Sommerfeld gives, at the bottom of the well, for a mass constant in q.

    Perturbation theory of first order: b x^4 moves level n by 3 b (2 n^2 + 2 n + 1) (hbar/2 omega)^2, and
    2 n^2 + 2 n + 1 is 2 (n + 1/2)^2 + 1/2, of which the rule has the square alone. Cubic terms are absent.
    """
    angle = symbols("y", real=True)
    stretch = flat_coordinate().subs(tau, pi / 2 + angle)
    length = integrate(series(stretch, angle, 0, 4).removeO(), angle)
    first, third = (length.coeff(angle, power) for power in (1, 3))
    inverse = q / first - third * (q / first) ** 3 / first
    energy = explicit(fluxon_energy().rhs.subs({u: 0, tau_0: tau}))
    of_angle = series(energy.subs(tau, pi / 2 + angle), angle, 0, 5).removeO()
    quartic = series(expand(of_angle.subs(angle, inverse)), q, 0, 5).coeff(q, 4)
    level = 3 * quartic * (2 * n**2 + 2 * n + 1)
    whole = expand(level * (hbar_star / (2 * harmonic_frequency().rhs)) ** 2)
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
    expected = hbar_star * harmonic_frequency().rhs * (n + Rational(1, 2))
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
    """The rule of Bohr and Sommerfeld: the action of a period is a half-integer number of quanta of action."""
    return Eq(
        action().rhs, 2 * pi * hbar_star * (n + Rational(1, 2)), evaluate=False
    )


@cache
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


@cache
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


@cache
def barrier_wave() -> Expr:
    """Square of the wave of the ground state in a barrier, times the momentum there: p psi^2.

    Below hbar omega/2 it is K p^(-1/2) exp(-int p/hbar + int omega/2p). At a small distance from the well p = omega
    times that distance, and it has to be the flank of the oscillator's ground state.
    """
    flank = (omega / (pi * hbar_star)) ** Rational(1, 4)
    start = amplitude / sqrt(omega * near)
    (matched,) = solve(start - flank, amplitude)
    return simplify(matched**2) * exp(-2 * path / hbar_star)


def _with_delay(expression: Expr) -> Expr:
    """X: the distance from the well at which counting starts, times exp(omega int dq/p) from there on."""
    return expression.subs(near, delay)


@cache
def splitting_formula() -> Eq:
    """Splitting of two wells by tunneling: 2 hbar p psi^2 in the middle of the barrier between them.

    S_0 is int p dq from well to well, p = sqrt(2 (U - U_m)); X = lim delta exp(omega int dq/p) from delta to the
    middle. This is the result of the instanton method.
    """
    middle = 2 * hbar_star * barrier_wave().subs(path, path / 2)
    return Eq(splitting, _with_delay(middle))


@cache
def escape_formula() -> Eq:
    """Rate of escape through a barrier: the current p psi^2 that leaves at its far end, in omega_p.

    S_0 is here the action of the bounce, twice int p dq from the well to the exit; X as for the splitting, up to the
    exit.
    """
    return Eq(rate, _with_delay(barrier_wave().subs(path, path / 2)))


def _delay_and_action(potential: Expr, end: Expr) -> tuple[Expr, Expr]:
    """X and the integral of p for a potential of the distance q from its well, from there to `end`."""
    momentum = simplify(sqrt(factor(2 * potential)))
    over = simplify(omega / momentum - 1 / q)
    return end * exp(simplify(integrate(over, (q, 0, end)))), integrate(
        momentum, (q, 0, end)
    )


@cache
def quartic_splitting() -> Eq:
    """Splitting in a quartic double well, by its frequency and the height of its barrier."""
    half = symbols("a_q", positive=True)
    well = height * (1 - (half - q) ** 2 / half**2) ** 2
    (width,) = solve(diff(well, q, 2).subs(q, 0) - omega**2, half)
    x = symbols("x", positive=True)  # q/a_q
    flat = factor(well.subs(q, x * half))
    momentum = sqrt(2 * height) * x * (2 - x)
    assert expand(momentum**2 - 2 * flat) == 0
    over = simplify((omega * half / momentum).subs(half, width) - 1 / x)
    time = half * exp(integrate(over, (x, 0, 1)))
    length = 2 * integrate(half * momentum, (x, 0, 1))
    found = splitting_formula().rhs.subs({delay: time, path: length})
    return Eq(splitting, simplify(found.subs(half, width)))


@cache
def cubic_escape() -> Eq:
    """Rate of escape from a cubic well, the usual formula just below the depinning current, in omega_p."""
    exit_at, x = symbols("q_e", positive=True), symbols("x", positive=True)
    well = omega**2 * q**2 / 2 * (1 - q / exit_at)
    top = solve(diff(well, q), q)[-1]
    (size,) = solve(well.subs(q, top) - height, exit_at)
    over = (1 / sqrt(1 - x) - 1) / x
    y = symbols("y", positive=True)  # sqrt(1 - x)
    in_y = simplify(over.subs(x, 1 - y**2) * 2 * y)
    time = exit_at * exp(integrate(in_y, (y, 0, 1)))
    momentum = omega * exit_at * (1 - y**2) * y * 2 * y
    length = 2 * integrate(expand(momentum * exit_at), (y, 0, 1))
    found = escape_formula().rhs.subs({delay: time, path: length})
    return Eq(rate, simplify(found.subs(exit_at, size)))


@cache
def near_critical_splitting() -> Eq:
    """Splitting just below the critical field, by epsilon = 1 - h/h_c: there the low barrier is quartic."""
    field = (1 - epsilon) / C
    squared = simplify((well_frequency().rhs ** 2).subs(a, field))
    slope = in_half_axes(diff(squared, epsilon).subs(epsilon, 0))
    leading = {
        omega: sqrt(slope * epsilon),
        height: near_critical_field().rhs,
    }
    return Eq(splitting, quartic_splitting().rhs.subs(leading))
