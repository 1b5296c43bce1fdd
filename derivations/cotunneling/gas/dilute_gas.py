"""Slips of separate junctions form an ideal gas in imaginary time: Eqs. 6, 13, 15-17 of SLZ25b.

Sums over numbers of slips are compared order by order in the amplitudes.
"""

from functools import cache
from itertools import product

from sympy import (
    Eq,
    Expr,
    Function,
    I,
    Matrix,
    Rational,
    Sum,
    Symbol,
    Tuple,
    binomial,
    combsimp,
    conjugate,
    cos,
    exp,
    factorial,
    integrate,
    oo,
    pi,
    summation,
    symbols,
)

from derivations.cotunneling.symbols import T, e, gamma, gamma_1, gamma_2, q_1, q_2
from derivations.papers import SLZ25b
from rederived.comparison import order_by_order, require_zero
from rederived.ledger import definition, equation, lemma

__all__ = [
    "ORDERS",
    "band_energy",
    "closed_walks",
    "fourier_coefficient",
    "hopping_amplitudes",
    "ideal_gas",
    "ideal_gas_sum",
    "low_temperature_partition_function",
    "ordered_times",
    "quasicharge_integral",
]

ORDERS = 8  # compared through this power of the amplitude

Z = Symbol(r"\mathcal{Z}")
n_1, n_2 = symbols("n_1 n_2", integer=True)
energy = Function("varepsilon_0")(q_1, q_2)


@cache
def ordered_times(slips: int) -> Expr:
    """Volume of tau_1 < tau_2 < ... in [0, 1/T]: one time after the other is integrated up to the next."""
    volume, upper = Rational(1), Symbol("s", positive=True)
    for _ in range(slips):
        volume = integrate(volume, (upper, 0, upper))
    return volume.subs(upper, 1 / T)


@cache
def closed_walks(steps: int) -> int:
    """Number of ways in which `steps` slips by +-2 pi lead back to the first minimum: hopping on a chain."""
    size = 2 * steps + 1
    hopping = Matrix(size, size, lambda i, j: int(abs(i - j) == 1))
    return (hopping**steps)[steps, steps] if steps else 1


def _printed_gas() -> Tuple:
    def neutral(slips):
        return sum(
            1 for charges in product((1, -1), repeat=slips) if sum(charges) == 0
        )

    return Tuple(
        *(
            gamma_1**M / factorial(M) * (1 / T) ** M * neutral(M)
            for M in range(ORDERS + 1)
        )
    )


@equation(SLZ25b, 13, printed=_printed_gas, compare=order_by_order("gamma"))
def ideal_gas() -> Tuple:
    """Partition function of one junction over that of its vacuum: closed walks, each slip with amplitude and time."""
    return Tuple(
        *(
            gamma_1**M * closed_walks(M) * ordered_times(M)
            for M in range(ORDERS + 1)
        )
    )


@lemma
def closed_walks_in_quasicharge() -> Tuple:
    """Neutral walks are the constant part of (sum of exp(i pi nu q/e))^M: neutrality becomes an integral over q."""
    found = []
    for steps in range(ORDERS + 1):
        constant = integrate((one_slip() ** steps).expand(), (q_1, -e, e)) / (2 * e)
        found.append(Eq(constant, closed_walks(steps), evaluate=False))
    return Tuple(*found)


def one_slip() -> Expr:
    """Sum over both charges of the weight exp(i pi nu q/e) of a slip."""
    return sum(exp(I * nu * pi * q_1 / e) for nu in (1, -1)).rewrite(cos)


@lemma
def ideal_gas_sum() -> Eq:
    """The ideal gas of slips sums to a Bessel function."""
    m = Symbol("m", integer=True, nonnegative=True)
    pairs = gamma_1 ** (2 * m) * binomial(2 * m, m) * T ** (-2 * m) / factorial(2 * m)
    for k in range(ORDERS // 2 + 1):
        require_zero(pairs.subs(m, k) - ideal_gas()[2 * k], f"The term of {2 * k} slips is that of the gas")
    return Eq(Sum(pairs, (m, 0, oo)), summation(combsimp(pairs), (m, 0, oo)))


def _printed_integral() -> Tuple:
    exponent = (
        2 * gamma_1 * cos(pi * q_1 / e) + 2 * gamma_2 * cos(pi * q_2 / e)
    ) / T
    terms = []
    for order in range(0, ORDERS // 2 + 1):
        integrand = (exponent**order / factorial(order)).expand()
        terms.append(
            integrate(integrate(integrand, (q_1, -e, e)), (q_2, -e, e)) / (4 * e**2)
        )
    return Tuple(*terms)


@equation(
    SLZ25b,
    15,
    printed=_printed_integral,
    compare=order_by_order("both gammas"),
)
def quasicharge_integral() -> Tuple:
    """Partition function of both junctions: the product of two ideal gases, terms of one total order together."""
    first, second = (
        ideal_gas(),
        [term.subs(gamma_1, gamma_2) for term in ideal_gas()],
    )
    return Tuple(
        *(
            sum(first[k] * second[order - k] for k in range(order + 1))
            for order in range(ORDERS // 2 + 1)
        )
    )


@definition(SLZ25b, 6)
def band_energy() -> Eq:
    """The amplitudes are the Fourier coefficients of the lowest band, energy against both quasicharges."""
    phase = exp(I * pi * (n_1 * q_1 + n_2 * q_2) / e)
    return Eq(energy, -Sum(gamma(n_1, n_2) * phase, (n_1, -oo, oo), (n_2, -oo, oo)))


@definition(SLZ25b, 16)
def low_temperature_partition_function() -> Eq:
    """At T << Omega only the lowest band counts, each pair of quasicharges once."""
    from sympy import Integral

    return Eq(
        Z, Integral(exp(-energy / T), (q_1, -e, e), (q_2, -e, e)) / (4 * e**2)
    )


def fourier_coefficient(band: Expr, first: int, second: int) -> Expr:
    """The amplitude gamma_{first, second} of a band energy."""
    phase = conjugate(exp(I * pi * (first * q_1 + second * q_2) / e)).rewrite(cos)
    integrand = (-band * phase).expand()
    return integrate(integrate(integrand, (q_1, -e, e)), (q_2, -e, e)) / (4 * e**2)


def _printed_amplitudes() -> Tuple:
    of_first = [Eq(gamma(n, 0), gamma_1) for n in (1, -1)]
    return Tuple(*of_first, *(Eq(gamma(0, n), gamma_2) for n in (1, -1)))


def band_of_ideal_gas() -> Expr:
    """-T times the exponent: with neutrality as an integral over q, each order is a power of gamma (one slip)/T.

    The first-order coefficient in gamma of such an exponential is its exponent.
    """
    first_order = gamma_1 * one_slip() * ordered_times(1)
    both = first_order + first_order.subs({gamma_1: gamma_2, q_1: q_2}, simultaneous=True)
    return -T * both


@equation(SLZ25b, 17, printed=_printed_amplitudes)
def hopping_amplitudes() -> Tuple:
    """Without mutual capacitance each junction has its own band: the single-junction amplitudes."""
    band = band_of_ideal_gas()
    places = [(1, 0), (-1, 0), (0, 1), (0, -1)]
    return Tuple(
        *(Eq(gamma(*place), fourier_coefficient(band, *place)) for place in places)
    )
