"""Amplitudes of common slips and their limits: Eqs. 26, 27, 29-31 of SLZ25b.

Equal junctions depend on one number, A = 2 C_m Omega/e^2 = coupling * xi, the depth of the interaction.
"""

from functools import cache

from sympy import (
    Eq,
    Expr,
    Integral,
    Rational,
    Symbol,
    Tuple,
    collect,
    cosh,
    diff,
    exp,
    expand,
    factor_terms,
    factorial,
    ff,
    integrate,
    log,
    oo,
    pi,
    series,
    simplify,
    sinh,
    solve,
    sqrt,
    symbols,
    zeta,
)

from derivations.cotunneling.gas.instanton_gas import (
    common_slip_amplitude,
    interaction,
    renormalized_fugacity,
    symmetric_interaction,
)
from derivations.cotunneling.instantons.instanton import amplitude, plasma_frequency
from derivations.cotunneling.symbols import (
    E_J,
    E_J1,
    E_J2,
    A,
    C,
    C_m,
    E_Cm,
    Omega,
    Omega_1,
    Omega_2,
    V,
    charge,
    coupling,
    coupling_2,
    e,
    gamma,
    gamma_1,
    gamma_tilde_1,
    gamma_tilde_2,
    kappa,
    s,
    t,
    tau,
    tau_1,
    tau_2,
    x,
    xi_1,
    xi_2,
    y,
)
from derivations.papers import SLZ25b
from rederived.comparison import exactly, in_the_limit, to_order
from rederived.kept import kept
from rederived.ledger import equation, lemma

__all__ = [
    "first_moment",
    "overlap_moment",
    "renormalized_amplitudes",
    "second_moment",
    "steepest_descent",
    "strong_attraction",
    "symmetric_amplitude",
    "symmetric_in_depth",
    "third_moment",
    "unequal_amplitude",
    "weak_coupling",
    "weak_series",
]

_signs = {charge: (1, -1)}


def simplify_inside(expression: Expr) -> Expr:
    """Simplify the factor before an integral and its integrand, and leave the integral standing."""
    outer, integral = expression.as_independent(Integral)
    factor, integrand = integral.function.as_independent(
        *integral.variables, as_Add=False
    )
    return simplify(outer * factor) * Integral(integrand, *integral.limits)


def single_amplitude(E_Jk, Omega_k) -> Expr:
    """Eq. 14 of one of the two junctions."""
    return amplitude().rhs.subs({E_J: E_Jk, Omega: Omega_k}, simultaneous=True)


def fugacity(E_Jk, Omega_k) -> Expr:
    """Eq. 21 with Eq. 14, of one of the two junctions."""
    return renormalized_fugacity().rhs.subs(
        {gamma_1: single_amplitude(E_Jk, Omega_k), Omega_1: Omega_k}
    )


@equation(
    SLZ25b,
    26,
    printed=lambda: Eq(
        gamma(1, charge),
        16
        * E_J
        * Omega
        / pi
        * exp(-16 * E_J / Omega)
        * exp(-2 * C_m * Omega / e**2)
        * Integral(
            exp(charge * 2 * C_m * Omega**2 * t / (e**2 * sinh(Omega * t))) - 1,
            (t, -oo, oo),
        ),
    ),
    compare=exactly(_signs, points=3),
)
def symmetric_amplitude() -> Eq:
    """Equal junctions: both fugacities, and the integral over the time between the slips."""
    equal = {
        gamma_tilde_1: fugacity(E_J, Omega),
        gamma_tilde_2: fugacity(E_J, Omega),
    }
    in_depth = (
        common_slip_amplitude()
        .rhs.subs(equal)
        .subs(V(tau), symmetric_interaction().rhs)
    )
    return Eq(
        gamma(1, charge), simplify_inside(in_depth.subs(A, 2 * C_m * Omega / e**2))
    )


@kept
def symmetric_in_depth() -> Eq:
    """Eq. 26 with time in units of 1/Omega and the depth A of the interaction."""
    in_depth = symmetric_amplitude().rhs.subs(C_m, A * e**2 / (2 * Omega))
    outer, integral = in_depth.as_independent(Integral)
    return Eq(
        gamma(1, charge),
        simplify_inside(outer * integral.transform(tau, (y / Omega, y))),
    )


@cache
def overlap_moment(power: int = 1) -> Eq:
    """Integral of (y/sinh y)^k: 1/sinh y as a geometric series leaves k! times inverse powers of w = 2n + k.

    (1 - exp(-2y))^-k is the sum over n of binomial(n + k - 1, k - 1) exp(-2ny). The binomial vanishes at each
    w = k - 2, k - 4, ... > 0, so that the sum may start there: m-th inverse powers of all w = 1, 2, ... add up to
    zeta(m), and those of the even ones to 2^-m of it.
    """
    n = Symbol("n", integer=True, nonnegative=True)
    w = Symbol("w", positive=True)  # w = 2n + k
    ways = (ff(n + power - 1, power - 1) / factorial(power - 1)).subs(
        n, (w - power) / 2
    )
    half_line = expand(2**power * ways * factorial(power) / w ** (power + 1))
    total = 0
    for term in half_line.as_ordered_terms():
        coefficient, order = term.as_coeff_exponent(w)
        parity = 2**order if power % 2 == 0 else 1 - 2**order
        total += coefficient * parity * zeta(-order)
    return Eq(
        Integral((y / sinh(y)) ** power, (y, -oo, oo)),
        simplify(2 * total),
        evaluate=False,
    )


@lemma
def first_moment() -> Eq:
    """Integral of y/sinh y."""
    return overlap_moment(1)


@lemma
def second_moment() -> Eq:
    """Integral of (y/sinh y)^2."""
    return overlap_moment(2)


@lemma
def third_moment() -> Eq:
    """Integral of (y/sinh y)^3."""
    return overlap_moment(3)


def _in_circuit_letters(form: Eq) -> Eq:
    """Write out the plasma frequency, and leave out the common exponential."""
    return Eq(
        form.lhs,
        (form.rhs / exp(-16 * E_J / Omega)).subs(Omega, plasma_frequency().rhs),
    )


@cache
def weak_series(orders: int) -> Expr:
    """Eq. 26 through A^orders: the integrand expanded, and powers of y/sinh y integrated by the lemma."""
    z = Symbol("z")
    outer, integral = symmetric_in_depth().rhs.as_independent(Integral)
    integrand = outer * integral.function.subs(y / sinh(y), z)
    taylor = [diff(integrand, A, k).subs(A, 0) / factorial(k) for k in range(orders + 1)]
    expanded = expand(sum(term * A**k for k, term in enumerate(taylor)))
    integrated = sum(expanded.coeff(z, k) * overlap_moment(k).rhs for k in range(1, orders + 1))
    return expand(integrated).replace(lambda p: p.is_Pow and p.base == charge, lambda p: charge ** (p.exp % 2))


@equation(
    SLZ25b,
    27,
    printed=lambda: Eq(
        gamma(1, charge),
        64
        * E_J**2
        * pi
        / (C * Omega)
        * exp(-16 * E_J / Omega)
        * (charge * C_m + C_m**2 * Omega / e**2 * (Rational(2, 3) - 2 * charge)),
    ),
    compare=lambda printed, derived: to_order(C_m, 2)(
        _in_circuit_letters(printed), _in_circuit_letters(derived)
    ),
)
def weak_coupling() -> Eq:
    """Weak coupling: the amplitude through the third power of the mutual capacitance, one more than printed."""
    in_depth = factor_terms(collect(weak_series(3), A))
    return Eq(gamma(1, charge), in_depth.subs(A, 2 * C_m * Omega / e**2))


def gaussian_moment(power: int, width: Expr) -> Expr:
    """Integral of w^power exp(-w^2/2 width^2)."""
    w = Symbol("w", real=True)
    return integrate(w**power * exp(-(w**2) / (2 * width**2)), (w, -oo, oo))


def steepest_descent(orders: int = 1) -> Expr:
    """Eq. 26 at large A: a Gaussian of width sqrt(3/A), corrected in powers of 1/A; the -1 is exponentially small."""
    w, small = symbols("w small", positive=True)  # y = w/sqrt(A), small = 1/sqrt(A)
    outer, integral = symmetric_in_depth().rhs.subs(charge, 1).as_independent(Integral)
    attraction = series(log(integral.function + 1) / A, y, 0, 4 + 2 * orders).removeO()
    own_energy = log(outer / outer.subs(A, 0)) / A
    exponent = expand((attraction + own_energy).subs(y, w * small) / small**2)
    gaussian = exponent.subs(small, 0)
    width = sqrt(-(w**2) / (2 * gaussian))
    corrected = expand(series(exp(exponent - gaussian), small, 0, 2 * orders + 1).removeO())
    integrated = sum(
        corrected.coeff(w, k) * gaussian_moment(k, width)
        for k in range(0, 4 * orders + 1, 2)
    )
    return outer.subs(A, 0) * expand(integrated * small).subs(small, 1 / sqrt(A))


@equation(
    SLZ25b,
    29,
    printed=lambda: Eq(
        gamma(1, 1),
        8 * sqrt(3 * E_J * Omega * C / (pi * C_m)) * exp(-16 * E_J / Omega),
    ),
    compare=in_the_limit(
        C_m, oo, "A = 2 C_m Omega/e^2 -> oo, corrections of relative order 1/A"
    ),
)
def strong_attraction() -> Eq:
    """Large A: the amplitude for equal charges by steepest descent, one order in 1/A more than printed."""
    in_capacitance = steepest_descent().subs(A, 2 * C_m * Omega / e**2).subs(
        e, solve(plasma_frequency(), e)[0]
    )
    return Eq(gamma(1, 1), expand(simplify(in_capacitance)))


def _dimensionless() -> dict:
    """xi_k = Omega_k/E_Jk, coupling = E_J1/E_Cm, kappa = E_J1/E_J2."""
    mutual = solve(Eq(coupling, E_J1 / E_Cm), C_m)[0]
    return {Omega_1: xi_1 * E_J1, Omega_2: xi_2 * E_J2, C_m: mutual}


def _coupling_2_dependent(printed, derived):
    """Compare with lambda_2 = E_J2/E_Cm written as lambda_1/kappa, as it follows from the definitions."""
    dependent = (E_J2 / E_Cm).subs(_dimensionless()).subs(E_J1, kappa * E_J2)
    return exactly()(printed.subs(coupling_2, simplify(dependent)), derived)


@equation(
    SLZ25b,
    30,
    printed=lambda: Tuple(
        Eq(
            gamma_tilde_1 / E_J1,
            4 * sqrt(xi_1 / pi) * exp(-8 / xi_1) * exp(-coupling * xi_1 / 2),
        ),
        Eq(
            gamma_tilde_2 / E_J2,
            4
            * sqrt(xi_2 / pi)
            * exp(-8 / xi_2)
            * exp(-coupling_2 * xi_2 / 2),
        ),
    ),
    compare=_coupling_2_dependent,
)
def renormalized_amplitudes() -> Tuple:
    """Amplitudes of single slips, over their Josephson energy, with lambda_2 = lambda_1/kappa."""
    found = []
    for gamma_tilde, E_Jk, Omega_k in (
        (gamma_tilde_1, E_J1, Omega_1),
        (gamma_tilde_2, E_J2, Omega_2),
    ):
        value = simplify(fugacity(E_Jk, Omega_k).subs(_dimensionless()) / E_Jk)
        found.append(
            Eq(gamma_tilde / E_Jk, simplify(value.subs(E_J1, kappa * E_J2)))
        )
    return Tuple(*found)


@equation(
    SLZ25b,
    31,
    printed=lambda: Eq(
        gamma(1, charge) / sqrt(E_J1 * E_J2),
        16
        / pi
        * sqrt(xi_1 * kappa / xi_2)
        * exp(-8 * (1 / xi_1 + 1 / xi_2))
        * exp(-(coupling * xi_1 + coupling_2 * xi_2) / 2)
        * Integral(
            exp(
                charge
                * coupling
                * xi_1
                / 2
                * Integral(
                    1 / (cosh(xi_1 / xi_2 * kappa * x) * cosh(x - y)), (x, -oo, oo)
                )
            )
            - 1,
            (y, -oo, oo),
        ),
    ),
    compare=_coupling_2_dependent,
)
def unequal_amplitude() -> Eq:
    """Unequal junctions: Eq. 24 over sqrt(E_J1 E_J2), times in units of 1/Omega_2."""

    def dimensionless(form: Expr) -> Expr:
        return form.subs(_dimensionless()).subs(E_J1, kappa * E_J2)

    fugacities = {gamma_tilde_1: fugacity(E_J1, Omega_1), gamma_tilde_2: fugacity(E_J2, Omega_2)}
    outer, integral = common_slip_amplitude().rhs.subs(fugacities).as_independent(Integral)
    scaled = integral.transform(tau, (y / Omega_2, y))
    factor, weight = scaled.function.as_independent(y, as_Add=False)
    strength, overlap = interaction().rhs.subs({tau_1: tau, tau_2: 0}).as_independent(Integral)
    overlap = overlap.transform(s, (tau - x / Omega_2, x)).subs(tau, y / Omega_2)
    profile = strength * Integral(simplify(overlap.function), (x, -oo, oo))
    return Eq(
        gamma(1, charge) / sqrt(E_J1 * E_J2),
        simplify(dimensionless(outer * factor / sqrt(E_J1 * E_J2)))
        * Integral(weight.subs(V(y / Omega_2), simplify_inside(dimensionless(profile))), (y, -oo, oo)),
    )
