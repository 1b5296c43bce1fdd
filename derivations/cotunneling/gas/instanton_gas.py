"""Two coupled junctions: slips interact through the mutual capacitance, Eqs. 18-24 of SLZ25b.

Slips of junction 1 and 2 are two species of a classical gas in imaginary time; the second virial
coefficient of the mixture is the amplitude of a common slip.
"""

from itertools import product

from sympy import (
    Add,
    Eq,
    Expr,
    Function,
    I,
    Integral,
    Mul,
    Symbol,
    Tuple,
    apart,
    binomial,
    cosh,
    diff,
    exp,
    factorial,
    integrate,
    lambdify,
    limit,
    log,
    oo,
    pi,
    powsimp,
    simplify,
    sinh,
    solve,
    symbols,
)

from derivations.cotunneling.action.action import euclidean_lagrangian
from derivations.cotunneling.gas.dilute_gas import ordered_times
from derivations.cotunneling.gas.mayer import bond, ursell_function
from derivations.cotunneling.instantons.instanton import instanton_norm, instanton_speed
from derivations.cotunneling.symbols import (
    A,
    C_m,
    E_Cm,
    Omega,
    Omega_1,
    Omega_2,
    T,
    V,
    charge,
    e,
    epsilon,
    gamma,
    gamma_1,
    gamma_2,
    gamma_tilde_1,
    gamma_tilde_2,
    nu,
    phi_1,
    phi_2,
    q_1,
    q_2,
    s,
    tau,
    tau_1,
    tau_2,
    x,
    y,
)
from derivations.papers import SLZ25b
from rederived.comparison import exactly, order_by_order, require_zero
from rederived.ledger import Correction, equation, lemma

__all__ = [
    "cluster_exponent",
    "common_slip_amplitude",
    "coupling_action",
    "coupling_density",
    "even_part",
    "gas_weight",
    "interaction",
    "kink_overlap",
    "of_phase",
    "renormalized_fugacity",
    "rewritten_gas",
    "second_order",
    "sum_over_charges",
    "symmetric_interaction",
    "velocity",
]

delta_S = Symbol("delta S_m")


def coupling_density() -> Expr:
    """The term of the Euclidean Lagrangian that the mutual capacitance adds."""
    with_coupling = euclidean_lagrangian().rhs
    return simplify(with_coupling - with_coupling.subs(C_m, 0))


def velocity(Omega_k, moment) -> Expr:
    """d phi/d tau of a slip of charge +1 in a junction of plasma frequency Omega_k, at its moment."""
    return instanton_speed().subs(tau, s - moment).subs(Omega, Omega_k)


def _density_on_slips() -> Expr:
    """The coupling term for one slip of charge nu in junction 1 and one of charge epsilon in junction 2."""
    slipping = {
        diff(phi_1(tau), tau): nu * velocity(Omega_1, tau_1),
        diff(phi_2(tau), tau): epsilon * velocity(Omega_2, tau_2),
    }
    return (
        coupling_density().subs(slipping).expand().subs({nu**2: 1, epsilon**2: 1})
    )


@equation(
    SLZ25b,
    19,
    printed=lambda: Eq(
        V(tau_1 - tau_2),
        -Omega_1
        * Omega_2
        / (2 * E_Cm)
        * Integral(
            1 / (cosh(Omega_1 * (s - tau_1)) * cosh(Omega_2 * (s - tau_2))),
            (s, -oo, oo),
        ),
    ),
)
def interaction() -> Eq:
    """Interaction of two slips in different junctions: the cross term of the coupling action."""
    cross_term = _density_on_slips().coeff(nu * epsilon)
    strength, shape = cross_term.as_independent(s)
    return Eq(V(tau_1 - tau_2), strength * Integral(shape, (s, -oo, oo)))


@equation(
    SLZ25b,
    18,
    printed=lambda: Eq(
        delta_S, (Omega_1 + Omega_2) / (2 * E_Cm) + nu * epsilon * V(tau_1 - tau_2)
    ),
)
def coupling_action() -> Eq:
    """What the mutual capacitance adds to the action of one slip in each junction (M_1 = M_2 = 1)."""
    density, own_energies = coupling_density().expand(), 0
    for phase, Omega_k in ((phi_1(tau), Omega_1), (phi_2(tau), Omega_2)):
        own_energies += density.coeff(diff(phase, tau), 2) * instanton_norm().subs(
            Omega, Omega_k
        )
    return Eq(delta_S, own_energies + nu * epsilon * interaction().lhs)


@lemma
def kink_overlap() -> Eq:
    """The overlap of two equal slips a time y apart: exp(2x) as variable makes the integrand rational."""
    integrand = 1 / (cosh(x) * cosh(x - y))
    u, w = symbols("u w", positive=True)  # u = exp(2x), w = exp(y)
    exponentials = integrand.rewrite(exp).subs(x, log(u) / 2).subs(
        y, log(w)
    ) * diff(log(u) / 2, u)
    rational = apart(simplify(exponentials), u)
    primitive = integrate(rational, u)
    value = limit(primitive, u, oo) - primitive.subs(u, 0)
    closed = simplify(value.subs(w, exp(y)))
    return Eq(
        Integral(integrand, (x, -oo, oo)),
        y / simplify((y / closed).rewrite(exp)).rewrite(sinh),
    )


def symmetric_interaction() -> Eq:
    """Equal junctions: the interaction in closed form, a time tau apart, with A = 2 C_m Omega/e^2."""
    together = interaction().rhs.subs(
        {Omega_1: Omega, Omega_2: Omega, tau_1: 0, tau_2: tau}
    )
    strength, overlap = together.as_independent(Integral)
    scaled = overlap.transform(s, (x / Omega, x))
    factor, standard = scaled.function.as_independent(x)
    closed = factor * kink_overlap().rhs.subs(y, Omega * tau)
    require_zero(standard.subs(tau, y / Omega) - kink_overlap().lhs.function, "The overlap is that of the lemma")
    return Eq(V(tau), (strength * closed).subs(C_m, A * e**2 / (2 * Omega)))


@equation(
    SLZ25b,
    21,
    printed=lambda: Eq(gamma_tilde_1, gamma_1 * exp(-Omega_1 / (2 * E_Cm))),
)
def renormalized_fugacity() -> Eq:
    """Own energy of a slip of junction 1: the mutual capacitance adds mass, and the amplitude falls."""
    alone = coupling_action().rhs.subs({nu: 0, Omega_2: 0})
    return Eq(gamma_tilde_1, gamma_1 * exp(-alone))


NUMBERS = tuple(product(range(9), repeat=2))  # of slips in junction 1 and 2


def _ideal_mixture_missed(form: Tuple) -> float:
    """Without interaction both junctions are independent: the product of two Bessel functions, from scipy."""
    from math import comb

    from scipy.special import iv

    point = {gamma_1: 0.7, gamma_2: 0.4, T: 1}
    weights = [float(weight.subs(point)) for weight in form]
    total = sum(
        comb(a, a // 2) * comb(b, b // 2) * w  # neutral choices of charges
        for (a, b), w in zip(NUMBERS, weights, strict=True)
        if a % 2 == b % 2 == 0
    )
    return abs(total / (iv(0, 1.4) * iv(0, 0.8)) - 1)


@equation(
    SLZ25b,
    20,
    printed=lambda: Tuple(
        *(
            gamma_1**a
            * gamma_2**b
            / (factorial(a) * factorial(a))
            * (1 / T) ** (a + b)
            for a, b in NUMBERS
        )
    ),
    compare=order_by_order("both gammas"),
    correction=Correction(
        "M_1! M_1! is M_1! M_2! (and d tau_{M_2} lacks its prime)",
        lambda printed: Tuple(
            *(
                w * factorial(a) / factorial(b)
                for (a, b), w in zip(NUMBERS, printed, strict=True)
            )
        ),
        _ideal_mixture_missed,
        1e-5,
        elsewhere="Eq. 22",
    ),
)
def gas_weight() -> Tuple:
    """Weight of M_1 and M_2 slips anywhere: orders in which they can follow each other, times ordered times."""
    return Tuple(
        *(
            gamma_1**a * gamma_2**b * binomial(a + b, a) * ordered_times(a + b)
            for a, b in NUMBERS
        )
    )


def _printed_rewritten_gas() -> Eq:
    pairs = sum(n * m * V(s - r) for (n, s), (m, r) in product(_PAIR_1, _PAIR_2))
    free = gamma_tilde_1**2 * gamma_tilde_2**2 / (factorial(2) * factorial(2))
    return Eq(_WEIGHT, free + free * (exp(-pairs) - 1))


_WEIGHT = Symbol("w_{22}")
_PAIR_1 = tuple(
    zip(
        symbols("nu_1 nu_2", integer=True),
        symbols("tau_1 tau_2", real=True),
        strict=True,
    )
)
_PAIR_2 = tuple(
    zip(
        symbols("epsilon_1 epsilon_2", integer=True),
        symbols(r"\tau'_1 \tau'_2", real=True),
        strict=True,
    )
)


@equation(SLZ25b, 22, printed=_printed_rewritten_gas)
def rewritten_gas() -> Eq:
    """Integrand of the partition function, for two slips in each junction, split into ideal gas and rest."""
    added = coupling_action().rhs
    own = {gamma_1: added.subs({nu: 0, Omega_2: 0}), gamma_2: added.subs({nu: 0, Omega_1: 0})}
    action = 2 * own[gamma_1] + 2 * own[gamma_2]
    for (n, moment), (m, other) in product(_PAIR_1, _PAIR_2):
        action += n * m * added.coeff(nu * epsilon).subs({tau_1: moment, tau_2: other}, simultaneous=True)
    weight = gas_weight()[NUMBERS.index((2, 2))] * T**4 * exp(-action)
    bare = solve(renormalized_fugacity(), gamma_1)[0]
    second = {gamma_tilde_1: gamma_tilde_2, Omega_1: Omega_2}
    return Eq(_WEIGHT, powsimp(weight.subs({gamma_1: bare, gamma_2: bare.subs(second)})))


curly = Symbol("Z/Z_0")
over_charges = Function(r"\sum_{\nu,\epsilon=\pm1}")
F = Function("F")  # F(nu epsilon): the integral of exp(-nu epsilon V) - 1
phase = exp(I * pi * (q_1 + q_2) / e)


def sum_over_charges(form: Expr) -> Expr:
    """Carry out the sum over the charges of both slips."""

    def summed(term):
        return sum(term.subs({nu: a, epsilon: b}) for a, b in product((1, -1), repeat=2))

    return form.replace(over_charges, summed)


def even_part(form: Expr) -> Expr:
    """What is left of a form under an integral whose weight is even in q_1 and in q_2."""
    mirrored = (form.subs({q_1: a * q_1, q_2: b * q_2}, simultaneous=True) for a, b in product((1, -1), repeat=2))
    return sum(mirrored) / 4


def _under_the_integral(printed: Eq, derived: Eq):
    """Eq. 23 is an equation for Z: its weight, cosines of both quasicharges, leaves the even parts."""
    left, right = (even_part(sum_over_charges(form.rhs)).expand(power_exp=True) for form in (printed, derived))
    return exactly()(left, right)


def of_phase(form: Expr, charge_2: int) -> Expr:
    """Coefficient of exp(i pi (q_1 + charge_2 q_2)/e), the sums over charges carried out."""
    expanded = sum_over_charges(form).expand(power_exp=True)
    return expanded.coeff(exp(I * pi * q_1 / e) * exp(charge_2 * I * pi * q_2 / e))


def _gas_miscounted(form: Eq) -> float:
    """Z of the gas counted slip by slip, with no quasicharge: neutral choices of charges, one pair of slips close."""
    from math import comb
    from math import factorial as number_factorial

    import numpy as np

    first, second, bonds = 0.35, 0.2, {1: 0.9, -1: -0.4}
    neutral = {n: comb(n, n // 2) / number_factorial(n) for n in range(0, 30, 2)}
    counted = sum(
        first**a * second**b * neutral[a] * neutral[b] * (1 + a * b * sum(bonds.values()) / 2)
        for a, b in product(neutral, repeat=2)
    )
    values = {gamma_tilde_1: first, gamma_tilde_2: second, T: 1, e: 1, **{F(c): bond for c, bond in bonds.items()}}
    bracket = lambdify((q_1, q_2), sum_over_charges(form.rhs).subs(values), "numpy")
    grid = np.arange(-1, 1, 1 / 32)  # periodic: the sum converges exponentially
    one, other = np.meshgrid(grid, grid)
    weight = np.exp(2 * first * np.cos(np.pi * one) + 2 * second * np.cos(np.pi * other))
    return abs(float(np.mean(weight * bracket(one, other)).real) / counted - 1)


def cluster_exponent() -> Expr:
    """T times what the cluster of one slip in each junction adds to the logarithm of the partition function.

    One of the two times runs over 1/T, the other one over the cluster, which leaves F.
    """
    different = (1, 2)  # particle 1 in junction 1, particle 2 in junction 2
    cluster = ursell_function(2, lambda i, j: (i, j) == different)
    weight = exp(I * pi * nu * q_1 / e) * exp(I * pi * epsilon * q_2 / e)
    integrated = cluster.subs(bond(*different), F(nu * epsilon))
    return gamma_tilde_1 * gamma_tilde_2 * over_charges(weight * integrated)


@equation(
    SLZ25b,
    23,
    printed=lambda: Eq(
        curly,
        1
        + gamma_tilde_1 * gamma_tilde_2
        + over_charges(phase * F(nu * epsilon)) / T,
    ),
    compare=_under_the_integral,
    correction=Correction(
        "The + at the line break stands for a product. The phase may leave out the charges here, as the weight under"
        " the integral for Z is even in q_1 and q_2; in the bracket from which (24) is read it has to be"
        " exp(i pi (nu q_1 + epsilon q_2)/e)",
        lambda printed: Eq(printed.lhs, 1 + Mul(*Add.make_args(printed.rhs - 1))),
        _gas_miscounted,
        1e-10,
        elsewhere="Eq. 24",
    ),
)
def second_order() -> Eq:
    """The curly bracket: the factor that interaction adds to the partition function, expanded to its first cluster."""
    return Eq(curly, 1 + cluster_exponent() / T)


@equation(
    SLZ25b,
    24,
    printed=lambda: Eq(
        gamma(1, charge),
        gamma_tilde_1
        * gamma_tilde_2
        * Integral(exp(-charge * V(tau)) - 1, (tau, -oo, oo)),
    ),
)
def common_slip_amplitude() -> Eq:
    """Amplitude of a common slip (1, charge): the coefficient of its phase in T times the logarithm, minus the band."""
    same, opposite = (of_phase(cluster_exponent(), c) for c in (1, -1))
    either = same.subs(F(1), F(charge))
    if either.subs(charge, -1) != opposite:
        raise ArithmeticError("the amplitudes of both charges are not one formula")
    bond_integral = Integral(exp(-charge * V(tau)) - 1, (tau, -oo, oo))
    return Eq(gamma(1, charge), either.subs(F(charge), bond_integral))
