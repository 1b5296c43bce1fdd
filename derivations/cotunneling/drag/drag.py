"""Voltages of both junctions from the rates of slips: Eqs. 5, 8-11 and 25 of SLZ25b.

Rates are those of golden_rule; Delta = gamma_11^2 - gamma_1-1^2 is what drives the second junction.
"""


from sympy import (
    Abs,
    Eq,
    Expr,
    I,
    Sum,
    Symbol,
    Tuple,
    diff,
    exp,
    expand,
    factor,
    oo,
    pi,
    simplify,
    sqrt,
    symbols,
)
from sympy import gamma as euler_gamma

from derivations.cotunneling.action.action import drag_exponent, n_1, n_2, voltage
from derivations.cotunneling.drag.golden_rule import (
    Omega_c,
    SlipRate,
    alpha,
    energy_gain,
    epsilon,
    gain,
    linear_response,
    m,
    n,
    net_rate,
    rate,
    reverse_over_forward,
    zero_temperature,
)
from derivations.cotunneling.symbols import R_1, R_2, R_Q, I_bias, T, e, gamma, t
from derivations.papers import SLZ25a, SLZ25b
from rederived.comparison import require_zero
from rederived.kept import kept
from rederived.ledger import Correction, consistent, equation

__all__ = [
    "balance_of_common_slips",
    "balance_of_single_slips",
    "detailed_balance",
    "difference_of_rates",
    "drag_from_rates",
    "exponent_of_common_slips",
    "flux_quantum",
    "golden_rule_by_quadrature",
    "no_drag_from_single_slips",
    "power_laws",
    "primary_voltage",
    "single_slips_of_first",
    "single_slips_of_second",
    "voltages",
]

Phi_0 = Symbol("Phi_0", positive=True)
V_1, V_2 = symbols(r"\langle{}V_1\rangle \langle{}V_2\rangle", real=True)
Delta = Symbol("Delta", positive=True)  # gamma_11^2 - gamma_1-1^2
common = symbols("n", integer=True, nonzero=True)  # +1 or -1


@equation(SLZ25b, "before 5", printed=lambda: Eq(Phi_0, pi / e))
def flux_quantum() -> Eq:
    """The flux quantum: the voltage of a junction, integrated over one slip by 2 pi."""
    one_slip_per_unit_of_time = 2 * pi * t
    return Eq(Phi_0, voltage(one_slip_per_unit_of_time).doit())


def _all_processes(summand: Expr) -> Expr:
    return Sum(summand, (n, -oo, oo), (m, -oo, oo))


@equation(
    SLZ25b,
    5,
    printed=lambda: Tuple(
        Eq(V_1, Phi_0 * _all_processes(n * SlipRate(n, m))), Eq(V_2, Phi_0 * _all_processes(m * SlipRate(n, m)))
    ),
)
def voltages() -> Tuple:
    """Josephson's relation for phases that grow by 2 pi n_k in each process, at its rate."""
    found = []
    for average, slips in ((V_1, n), (V_2, m)):
        growth = 2 * pi * _all_processes(slips * SlipRate(n, m))
        found.append(Eq(average, voltage(growth * t).doit().subs(e, pi / Phi_0)))
    return Tuple(*found)


def of_processes(average: Eq, processes) -> Eq:
    """The sum of Eq. 5 over a few processes."""
    factor, total = average.rhs.as_independent(Sum)
    return Eq(average.lhs, factor * sum(total.function.subs({n: a, m: b}) for a, b in processes))


SINGLE = ((1, 0), (-1, 0), (0, 1), (0, -1))
COMMON = ((1, 1), (1, -1), (-1, 1), (-1, -1))


@equation(SLZ25b, 8, printed=lambda: Eq(V_1, Phi_0 * (SlipRate(1, 0) - SlipRate(-1, 0))))
def single_slips_of_first() -> Eq:
    """Lowest order: slips of one junction only, between neighboring minima."""
    return of_processes(voltages()[0], SINGLE)


@equation(SLZ25b, 9, printed=lambda: Eq(V_2, Phi_0 * (SlipRate(0, 1) - SlipRate(0, -1))))
def single_slips_of_second() -> Eq:
    """Lowest order, the junction without bias."""
    return of_processes(voltages()[1], SINGLE)


@kept
def detailed_balance() -> Eq:
    """The reverse process has the reverse energy gain, and by inversion the same amplitude."""
    factor = reverse_over_forward().subs(epsilon, energy_gain().rhs).subs(e, pi / Phi_0)
    return Eq(SlipRate(-n, -m), factor * SlipRate(n, m))


def printed_balance(second) -> Eq:
    return Eq(SlipRate(-1, second), exp(-I_bias * Phi_0 / T) * SlipRate(1, second))


@equation(SLZ25b, 10, printed=lambda: printed_balance(0))
def balance_of_single_slips() -> Eq:
    """Detailed balance of slips of junction 1 alone, n = 0."""
    return detailed_balance().subs({n: 1, m: 0})


def golden_rule_by_quadrature(amplitude: float, alpha: float, gain: float, temperature: float) -> float:
    """The integral over real time, a fifth of the way from one singularity to the next, for Omega_c = 1."""
    from cmath import exp, sin
    from math import pi

    from scipy.integrate import quad

    def integrand(time):
        tau = 0.2 / temperature + 1j * time
        return (exp(gain * tau) * (pi * temperature / sin(pi * temperature * tau)) ** (2 * alpha)).real

    reach = 40 / (2 * pi * temperature * alpha)
    return 2 * amplitude**2 * quad(integrand, 0, reach, limit=200, epsabs=0, epsrel=1e-10)[0]


def _off_balance(form: Eq) -> float:
    """Golden-rule integrals by quadrature, with amplitudes of two diagonalized junctions (E_J = 10 E_C, C_m = C/10)."""
    from derivations.cotunneling.exact.exact_bands import exact_amplitudes

    exact = exact_amplitudes(10.0, 0.1, digits=20)
    bias = 0.8

    def number(first, second):
        return golden_rule_by_quadrature(float(exact[int(first), int(second)]), 2.5, int(first) * bias, 1.0)

    off = []
    for sign in (1, -1):
        sides = [side.subs({common: sign, T: 1, Phi_0: 1, I_bias: bias}) for side in form.args]
        left, right = (float(side.replace(SlipRate, number)) for side in sides)
        off.append(abs(left / right - 1))
    return max(off)


@equation(
    SLZ25b,
    "10, n = +-1",
    printed=lambda: printed_balance(common),
    correction=Correction(
        "The words after Eq. 11 ask for Eq. 10 with n = +-1. The reverse of (1, n) is (-1, -n), so the index on its"
        " left is -n; Eq. 10 itself, with n = 0, is right",
        lambda printed: Eq(printed.lhs.func(-1, -common), printed.rhs),
        _off_balance,
        1e-6,
        elsewhere="Eq. 11",
    ),
)
def balance_of_common_slips() -> Eq:
    """Detailed balance of slips of both junctions, as Eq. 11 uses it."""
    return detailed_balance().subs({n: 1, m: common})


def factored(expression: Expr) -> Expr:
    """Take out the common factor that the reverse processes leave."""
    w = Symbol("w")
    return factor(expression.replace(exp, lambda a: w)).subs(w, exp(-I_bias * Phi_0 / T))


@equation(SLZ25b, "after 10", printed=lambda: Tuple(Eq(SlipRate(0, 1), SlipRate(0, -1)), Eq(V_2, 0)))
def no_drag_from_single_slips() -> Tuple:
    """No current flows through junction 2, so that its own slips go both ways alike."""
    balance = detailed_balance().subs({n: 0, m: -1})
    return Tuple(balance, Eq(V_2, single_slips_of_second().rhs.subs(*balance.args)))


@equation(
    SLZ25b,
    11,
    printed=lambda: Tuple(
        Eq(V_2, Phi_0 * (SlipRate(1, 1) - SlipRate(1, -1) - SlipRate(-1, -1) + SlipRate(-1, 1))),
        Eq(V_2, Phi_0 * (SlipRate(1, 1) - SlipRate(1, -1)) * (1 - exp(-I_bias * Phi_0 / T))),
    ),
)
def drag_from_rates() -> Tuple:
    """Drag voltage from common slips, before and after detailed balance."""
    summed = of_processes(voltages()[1], COMMON)
    balanced = (balance_of_common_slips().subs(common, sign) for sign in (1, -1))
    return Tuple(summed, Eq(V_2, factored(summed.rhs.subs([b.args for b in balanced]))))


def equals_drag_voltage(form: Eq) -> bool:
    """Where only slips of both junctions in one direction are left, V_1 is V_2 of Eq. 11."""
    alone = {SlipRate(1, 0): 0, SlipRate(1, -1): 0}
    return simplify(form.rhs.subs(alone) - drag_from_rates()[1].rhs.subs(alone)) == 0


def never_smaller_than_drag_voltage(form: Eq) -> bool:
    """V_1 - V_2 is what single slips and opposite ones contribute, so never negative."""
    surplus = simplify((form.rhs - drag_from_rates()[1].rhs) / factored(1 - exp(-I_bias * Phi_0 / T)))
    return simplify(surplus - Phi_0 * (SlipRate(1, 0) + 2 * SlipRate(1, -1))) == 0


def keeps_single_slips(form: Eq) -> bool:
    """Without common slips it is Eq. 8 with detailed balance."""
    single = single_slips_of_first().rhs.subs(*balance_of_single_slips().args)
    return simplify(form.rhs.subs({SlipRate(1, 1): 0, SlipRate(1, -1): 0}) - single) == 0


@consistent(
    SLZ25b,
    "Fig. 3, V_1",
    equals_drag_voltage,
    never_smaller_than_drag_voltage,
    keeps_single_slips,
    ours="the second constraint; the first is the paper's where slips of both junctions dominate, the third its Eq. 8",
)
def primary_voltage() -> Eq:
    """Voltage of the biased junction from all slips between neighboring minima, common ones with single ones."""
    summed = of_processes(voltages()[0], (*SINGLE, *COMMON))
    reverses = [
        detailed_balance().subs({n: 1, m: second}).args for second in (0, 1, -1)
    ]
    return Eq(V_1, factored(summed.rhs.subs(reverses)))


def _exponent(first: int, second: int) -> Expr:
    """The exponent of one process, by the action of the shunts."""
    return drag_exponent().rhs.subs({n_1: first, n_2: second})


@equation(SLZ25b, "after 25", printed=lambda: Eq(alpha, R_Q * (1 / R_1 + 1 / R_2)))
def exponent_of_common_slips() -> Eq:
    """The exponent of common slips, which does not ask for their direction."""
    return Eq(alpha, _exponent(1, 1))


@equation(
    SLZ25b,
    25,
    printed=lambda: Eq(
        SlipRate(1, 1) - SlipRate(1, -1),
        (Abs(gamma(1, 1)) ** 2 - Abs(gamma(1, -1)) ** 2) * (2 * pi * T / Omega_c) ** (2 * alpha)
        * exp(pi * I_bias / (2 * e * T))
        * Abs(euler_gamma(alpha + I * I_bias / (2 * e * T))) ** 2 / (2 * pi * T * euler_gamma(2 * alpha)),
    ),
)
def difference_of_rates() -> Eq:
    """Both common slips have one exponent and one energy gain: their rates differ by their amplitudes."""
    for sign in (1, -1):
        require_zero(_exponent(1, sign) - exponent_of_common_slips().rhs, "Both directions have one exponent")
    together, apart = (rate().subs({n: 1, m: sign}) for sign in (1, -1))
    return Eq(together.lhs - apart.lhs, together.rhs - apart.rhs)


@kept
def drag_from_difference() -> Expr:
    """Drag voltage in terms of Delta and the bias: Eq. 25 put into Eq. 11."""
    per_difference = simplify(drag_from_rates()[1].rhs / (SlipRate(1, 1) - SlipRate(1, -1)))
    together, opposite = (difference_of_rates().rhs.coeff(Abs(gamma(1, sign)) ** 2) for sign in (1, -1))
    require_zero(together + opposite, "Both directions add to the drag with opposite signs")
    even, forward = together.as_independent(exp, as_Add=False)
    both_ways = expand(forward * per_difference.subs(Phi_0, flux_quantum().rhs))
    return Delta * even * simplify(both_ways)


def _exponents_of_current_and_temperature(form: Tuple) -> tuple:
    """2 alpha - 1 and 2 alpha - 2."""
    at_zero, linear = (law.rhs for law in form)
    slope = lambda law, x: simplify(x * diff(law, x) / law)  # noqa: E731
    return slope(at_zero, I_bias), slope(linear, I_bias), slope(linear, T)


def scales_with_current(form: Tuple) -> bool:
    """V_2 scales as I^(2 alpha - 1) at T = 0 and as I when the current is small."""
    return _exponents_of_current_and_temperature(form)[:2] == (2 * alpha - 1, 1)


def scales_with_temperature(form: Tuple) -> bool:
    """Its linear resistance scales as T^(2 alpha - 2)."""
    return _exponents_of_current_and_temperature(form)[2] == 2 * alpha - 2


def governed_by_dissipation(form: Tuple) -> bool:
    """The exponent depends on both shunts and on nothing else, and both laws have it."""
    exponent = drag_exponent().rhs.subs(e, sqrt(pi / (2 * Symbol("R_Q", positive=True))))
    names = {s.name for s in exponent.free_symbols}
    in_both = all(drag_exponent().lhs in law.rhs.free_symbols for law in form)
    return in_both and names == {"R_1", "R_2", "R_Q", "n_1", "n_2"}


@consistent(
    SLZ25a,
    "abstract, power laws",
    scales_with_current,
    scales_with_temperature,
    governed_by_dissipation,
    ours="the exponents: the abstract says only that dissipation governs them",
)
def power_laws() -> Tuple:
    """Drag voltage at zero temperature, and at small current: power laws that meet at the crossover."""
    bias = energy_gain().rhs.subs(n, 1)
    at_zero = zero_temperature().subs(gain, bias)
    linear = linear_response() * bias
    per_net_rate = simplify(drag_from_difference() / net_rate().subs(epsilon, bias))
    return Tuple(*(Eq(V_2, per_net_rate * law) for law in (at_zero, linear)))
