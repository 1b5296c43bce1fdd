"""Strong coupling: the merged instanton of equal junctions, and what a slip of one junction does to the other.

Beyond SLZ25b, for any C_m = r C. A common slip (1, 1) runs down the diagonal phi_1 = phi_2, where the mutual
capacitance is not charged; it only makes deviations from the diagonal heavier. Their determinant is that of a
Poeschl-Teller well of non-integer depth.
"""

from functools import cache

from sympy import (
    Eq,
    Expr,
    Function,
    Integral,
    Interval,
    Symbol,
    apart,
    cos,
    cosh,
    diff,
    exp,
    expand,
    expand_func,
    integrate,
    limit,
    loggamma,
    oo,
    pi,
    powsimp,
    series,
    simplify,
    solve,
    sqrt,
    summation,
    symbols,
    tanh,
)
from sympy import (
    gamma as Gamma,
)

from derivations.cotunneling.action.action import euclidean_lagrangian
from derivations.cotunneling.amplitudes.amplitudes import steepest_descent
from derivations.cotunneling.gas.instanton_gas import kink_overlap
from derivations.cotunneling.instantons.instanton import (
    amplitude,
    determinant_ratio,
    in_plasma_units,
    instanton_action,
    instanton_norm,
    plasma_frequency,
    poeschl_teller,
)
from derivations.cotunneling.instantons.pair import depth_over_ratio, r
from derivations.cotunneling.symbols import (
    C_1,
    C_2,
    E_J,
    E_J1,
    E_J2,
    A,
    C,
    C_m,
    I_bias,
    Omega,
    gamma,
    phi_1,
    phi_2,
    tau,
    y,
)
from rederived.comparison import require_zero
from rederived.evaluate.declared import evaluates
from rederived.kept import kept
from rederived.ledger import lemma

__all__ = [
    "along_the_path",
    "beta_integrals",
    "common_action",
    "common_inertia",
    "determinant_of_deviation",
    "deviation_from_path",
    "euler_integral_solves",
    "fades_into_pair",
    "gap_of_indices",
    "hypergeometric_indices",
    "in_logarithms",
    "indices_at_ratio",
    "inverse_determinant",
    "merged_amplitude",
    "merged_in_ratios",
    "merged_instanton_amplitude",
    "merged_over_pair",
    "one_junction_of_twice_the_size",
    "pair_by_steepest_descent",
    "response_of_other_junction",
    "retarded_overlap",
    "single_slip_action",
    "static_propagator",
]

s, ell, z, k = symbols("s ell z k", positive=True)
a, b, c, w, u = symbols("a b c w u", positive=True)
xi = Symbol("xi", real=True)
capacitances_equal = {C_1: C, C_2: C, C_m: r * C, E_J1: E_J, E_J2: E_J, I_bias: 0}


@cache
def _kinetic(charge_2: int) -> tuple[Expr, Expr]:
    """Coefficients of (da/d tau)^2 and (db/d tau)^2 for phi_1 = a + b and phi_2 = charge_2 (a - b)."""
    deviation, path = Symbol("eta"), Symbol("a")
    moving = {diff(phi_1(tau), tau): path + deviation, diff(phi_2(tau), tau): charge_2 * (path - deviation)}
    density = euclidean_lagrangian().rhs.subs(capacitances_equal).subs(moving)
    kinetic = expand(density.subs({phi_1(tau): 0, phi_2(tau): 0}).doit())
    return kinetic.coeff(path, 2), kinetic.coeff(deviation, 2)


def deviation_from_path(charge_2: int) -> tuple[Expr, Expr]:
    """Deviations psi from the straight path of a common slip obey -slowing psi'' + well psi = E psi.

    Equal junctions; z is the path's own time. Returns slowing, the ratio of both inertias, and the well.
    """
    inertia_of_path, inertia = _kinetic(charge_2)
    well = (poeschl_teller().rhs / Omega**2).subs(tau, z / Omega)
    return simplify(inertia / inertia_of_path), well


@kept
def common_inertia() -> Expr:
    """Inertia of the common phase a over that of one junction's phase."""
    one_junction = euclidean_lagrangian().rhs.subs({**capacitances_equal, C_m: 0}).coeff(diff(phi_1(tau), tau), 2)
    return simplify(_kinetic(1)[0] / one_junction)


@kept
def common_action() -> Expr:
    """Action of the merged instanton: on the diagonal both energies are those of one junction, times one factor."""
    on_diagonal = euclidean_lagrangian().rhs.subs({**capacitances_equal, C_m: 0}).subs(phi_2(tau), phi_1(tau)).doit()
    one_junction = on_diagonal.subs(E_J, E_J / common_inertia()).subs(C, C / common_inertia())
    require_zero(on_diagonal / one_junction - common_inertia(), "The diagonal is one junction, times its inertia")
    return common_inertia() * instanton_action()


@kept
def hypergeometric_indices() -> dict:
    """a, b, c of u(1-u) g'' + (c - (a+b+1)u) g' - ab g = 0, which g obeys in psi = exp(s z) g(u).

    u = (1 + tanh z)/2 runs from 0 to 1; psi obeys -psi'' + (s^2 - ell(ell+1)/cosh(z)^2) psi = 0.
    """
    g, place = Function("g"), (1 + tanh(z)) / 2
    speed = u * (1 - u) * 2
    require_zero(diff(place, z) - speed.subs(u, place), "u moves at 2u(1-u)")
    well = -ell * (ell + 1) * speed * 2  # 1/cosh(z)^2 = 4u(1-u)
    require_zero((1 / cosh(z) ** 2 - 2 * speed.subs(u, place)).rewrite(exp), "1/cosh(z)^2 is 4u(1-u)")
    first = speed * diff(g(u), u)
    left_over = speed * diff(first, u) + 2 * s * first - well * g(u)
    standard = expand(simplify(left_over / (2 * speed)))
    in_g, in_slope = standard.coeff(g(u)), standard.coeff(diff(g(u), u))
    index = Symbol("a")
    sum_of_both = -in_slope.coeff(u) - 1
    of_a = min(solve(index * (sum_of_both - index) + in_g, index), key=lambda root: root.subs(ell, 1))
    return {a: of_a, b: simplify(sum_of_both - of_a), c: in_slope.subs(u, 0)}


def _euler(u_value) -> Integral:
    """Euler's integral: the solution of the hypergeometric equation that is regular at u = 0, times a constant."""
    return Integral(w ** (b - 1) * (1 + w) ** (a - c) * (1 + (1 - u_value) * w) ** (-a), (w, 0, oo))


@lemma(admissible={a: (-2.0, -0.5), b: (1.2, 2.0), c: (3.0, 4.0), u: (0.1, 0.9)}, points=2)
def euler_integral_solves() -> Eq:
    """Euler's integral solves the hypergeometric equation."""
    (variable,) = _euler(u).limits
    g = _euler(u).function
    moving = u * (1 - u) * diff(g, u, 2) + (c - (a + b + 1) * u) * diff(g, u)
    return Eq(Integral(moving, variable), Integral(a * b * g, variable), evaluate=False)


@kept
def _grown() -> Expr:
    """Euler's integral at u = 1 over that at u = 0: by how much the solution outgrows the free one."""
    first, second = (integrate(powsimp(_euler(v).function), (w, 0, oo), conds="none") for v in (1, 0))
    return first / second


@lemma(admissible={a: (-2.0, -0.5), b: (1.2, 2.0), c: (3.0, 4.0)}, points=2)
def beta_integrals() -> Eq:
    """The ends of Euler's integral are Beta functions: Gauss's theorem."""
    return Eq(_euler(1) / _euler(0), _grown(), evaluate=False)


@kept
def determinant_of_deviation() -> Expr:
    """Determinant of deviations from the merged path over that at rest, in terms of s and ell (Gelfand-Yaglom).

    s is the decay rate of deviations far away, and ell(ell+1) the depth of the well.
    """
    return _grown().subs(hypergeometric_indices(), simultaneous=True)


@kept
def indices_at_ratio() -> dict:
    """s and ell at C_m/C = r."""
    slowing, well = deviation_from_path(1)
    far = limit(well, z, oo)
    depth = simplify((far - well) * cosh(z) ** 2)
    rate = sqrt(far / slowing)
    return {s: rate, ell: solve(ell * (ell + 1) - depth * s**2 / far, ell)[0].subs(s, rate)}


@lemma(admissible={r: (1e-9, 1e-3)})
def gap_of_indices() -> Eq:
    """s - ell, which vanishes as r/3 where the slips fall apart, as a product without cancellation."""
    gap = (s - ell).subs(indices_at_ratio())
    return Eq(gap, _gap().subs(indices_at_ratio()), evaluate=False)


@kept
def _gap() -> Expr:
    """(s - ell)(1 + s + ell) = s(s + 1) - ell(ell + 1), and 1 - s^2 is rational in r."""
    squared_rate = indices_at_ratio()[s] ** 2
    depth_over_s = solve(Eq(ell * (ell + 1), Symbol("d")), Symbol("d"))[0] / s**2
    per_square = simplify(depth_over_s.subs(indices_at_ratio()))
    require_zero(per_square - 2, "The well is twice as deep as the square of the decay rate, at any C_m")
    product = expand(s * (s + 1) - per_square * s**2)  # = s (1 - s)
    one_less_square = simplify(1 - squared_rate)
    return simplify(product / (1 - s)) * one_less_square / (1 + s) / (1 + s + ell)


def _raised(argument: Expr) -> Expr:
    """Gamma(x) as Gamma(x + 1)/x, with the argument's own small factor kept apart."""
    return Gamma(argument + 1) / (expand_func(Gamma(argument + 1)) / Gamma(argument))


@kept
def inverse_determinant() -> Expr:
    """The inverse determinant at C_m/C = r, with Gamma functions of arguments between 1 and 3 only."""
    inverse = 1 / determinant_of_deviation()
    inverse = inverse.subs({Gamma(g): _raised(g) for g in (s, s - ell)}).subs(s - ell, _gap())
    return inverse.subs(Gamma(1 + _gap()), Gamma(1 + s - ell)).subs(indices_at_ratio())


@kept
def along_the_path() -> Expr:
    """Zero mode, fluctuations along the path and action: all but the deviations."""
    norm = common_action()
    return simplify(sqrt(norm / (2 * pi)) / sqrt(determinant_ratio())) * exp(-norm)


@kept
def merged_amplitude() -> Eq:
    """Amplitude of the merged instanton of equal junctions, at any C_m = r C."""
    return Eq(gamma(1, 1), along_the_path() * sqrt(inverse_determinant()))


@lemma
def one_junction_of_twice_the_size() -> Eq:
    """For C_m -> oo both junctions slip as one, of capacitance 2C and Josephson energy 2 E_J."""
    rigid = inverse_determinant().subs(r, 1 / k).subs(sqrt(1 + 2 / k), sqrt(k + 2) / sqrt(k))
    merged = along_the_path() * sqrt(limit(rigid, k, 0))
    double = {C: 2 * C, E_J: 2 * E_J}
    faster = simplify(plasma_frequency().rhs.subs(double, simultaneous=True) / plasma_frequency().rhs)
    return Eq(merged, amplitude().rhs.subs({E_J: 2 * E_J, Omega: faster * Omega}, simultaneous=True), evaluate=False)


@kept
def pair_by_steepest_descent() -> Expr:
    """Eq. 29, the leading order of Eq. 26 for a strong attraction, in terms of r."""
    return steepest_descent(0).subs(A, depth_over_ratio() * r)


@kept
def merged_over_pair() -> Expr:
    """The square of the merged amplitude over Eq. 29: a function of r alone, one at r = 0."""
    squared = simplify((along_the_path() / pair_by_steepest_descent()) ** 2 / r)
    return squared * simplify(r * inverse_determinant())


@lemma
def fades_into_pair() -> Eq:
    """For C_m -> 0 the merged amplitude becomes Eq. 29, steepest descent over the time between two slips."""
    return Eq(merged_over_pair().subs(r, 0), 1, evaluate=False)


@lemma
def static_propagator() -> Eq:
    """exp(-|y|)/2 has the transform 1/(1 + k^2): how one junction answers to a push at another time."""
    answer = integrate(cos(k * y) * exp(-y), (y, 0, oo))
    return Eq(Integral(cos(k * y) * exp(-y), (y, 0, oo)), answer, evaluate=False)


@lemma
def retarded_overlap() -> Eq:
    """Overlap of a slip with its own answer in the other junction: 1/sinh y as a geometric series."""
    n = Symbol("n", integer=True, positive=True)
    overlap = kink_overlap().rhs / 4
    in_exponentials = 2 * y * exp(-2 * n * y)  # exp(-y)/sinh(y) is 2 times the sum over n of exp(-2ny)
    return Eq(
        Integral(2 * overlap * exp(-y), (y, 0, oo)),
        summation(integrate(in_exponentials, (y, 0, oo)), (n, 1, oo)),
        evaluate=False,
    )


@kept
def response_of_other_junction() -> Expr:
    """What the other junction gains by answering to a slip, through the second power of C_m.

    It is pushed by -C_m d phi_1/d tau. At frequency k Omega its motion x gains the most where the quadratic
    form is least; the gain has one part in phase with the slip and one that lags by the propagator.
    """
    density = expand(euclidean_lagrangian().rhs.subs(capacitances_equal).doit())
    velocity, answer, x = diff(phi_1(tau), tau), diff(phi_2(tau), tau), Symbol("x")
    push = density.coeff(velocity, 1).coeff(answer, 1)
    inertia = 2 * density.subs(C_m, 0).coeff(answer, 2).subs(r, 0)
    stiffness = diff(density, phi_2(tau), 2).subs(phi_2(tau), 0).doit()
    form = (inertia * (k * Omega) ** 2 + stiffness) * x**2 / 2 + push * k * Omega * x
    least = form.subs(x, solve(diff(form, x), x)[0])
    gain = apart(in_plasma_units(least), k)
    in_phase = limit(gain, k, oo)
    lagging = simplify((gain - in_phase) / static_propagator().rhs)
    lag = instanton_norm() * retarded_overlap().rhs  # at no lag the overlap is the norm
    return in_phase * instanton_norm() + lagging * lag


@kept
def single_slip_action() -> Expr:
    """Action of a slip of one junction through the second power of r = C_m/C: a heavier slip, and the answer to it."""
    heavier = plasma_frequency().rhs.subs(C, C * (1 + r)) / plasma_frequency().rhs
    of_mass = series(simplify(1 / simplify(heavier)), r, 0, 3).removeO()
    # The action grows as the root of the inertia: C Omega/e^2.
    of_answer = simplify(response_of_other_junction() / instanton_action())
    return instanton_action() * expand(of_mass + of_answer)


def in_logarithms(expression: Expr) -> Expr:
    """Powers of Gamma functions as exponentials of their logarithms, which a page has."""
    powers = expression.replace(
        lambda p: p.is_Pow and p.base.func == Gamma, lambda p: exp(p.exp * loggamma(p.base.args[0]))
    )
    return powers.replace(Gamma, lambda argument: exp(loggamma(argument)))


@evaluates(
    {"xi": xi, "capacitance_ratio": r},
    domain=dict.fromkeys(("xi", "capacitance_ratio"), Interval.open(0, oo)),
    name="merged_instanton_amplitude",
)
def merged_in_ratios() -> Expr:
    """gamma_{1,1}/E_J of the merged instanton in terms of xi = Omega/E_J and C_m/C."""
    return in_logarithms((merged_amplitude().rhs / E_J).subs(Omega, xi * E_J))


def merged_instanton_amplitude(xi, capacitance_ratio, *, log: bool = False):
    """Amplitude gamma_{1,1}/E_J of a common slip of two equal junctions as one merged instanton: beyond SLZ25b, Eq. 29.

    Parameters
    ----------
    xi: Omega/E_J of one junction without C_m, dimensionless, positive; semiclassics needs xi << 1.
    capacitance_ratio: C_m/C, dimensionless, positive; merged are the slips for C_m/C > xi.
    log: return sign and logarithm of the magnitude.

    Returns an array of the broadcast shape, relative accuracy 1e-12. Raises ValueError outside these ranges.
    Small ratios lead to Eq. 29, times 1 - 7 C_m/18 C; for C_m -> oo it is the amplitude of one junction with
    2 E_J and 2 C. `uniform_amplitude` holds for slips that are not merged, too.

    >>> from derivations.cotunneling import single_junction_amplitude
    >>> f"{merged_instanton_amplitude(0.75, 1e16):.6e}", f"{2 * single_junction_amplitude(0.375):.6e}"
    ('1.501695e-09', '1.501695e-09')
    """
    return merged_in_ratios.evaluator(xi, capacitance_ratio, log=log)
