"""Which slips carry the primary voltage: single ones, or common ones that show in both junctions.

Rates compete, not amplitudes: a common slip pays for both shunts, so that its exponent is the larger one.
"""


from sympy import (
    Eq,
    Expr,
    Symbol,
    exp,
    expand,
    expand_log,
    log,
    pi,
    simplify,
    symbols,
)

from derivations.cotunneling.action.action import drag_exponent, n_1, n_2
from derivations.cotunneling.drag.golden_rule import Omega_c, alpha, gain, linear_response, zero_temperature
from derivations.cotunneling.symbols import R_1, R_2, R_Q, T
from rederived.kept import kept

__all__ = ["equal_shares_at_rest", "equal_shares_when_cold"]

amplitude_ratio = Symbol("g", positive=True)  # |gamma_{1,1}/gamma_{1,0}|
ratio_1, ratio_2 = symbols("r_1 r_2", positive=True)  # R_k/R_Q
energy = Symbol("E", positive=True)  # where both contribute alike
x = Symbol("x", positive=True)


def _exponent(first: int, second: int) -> Expr:
    in_ratios = drag_exponent().rhs.subs({R_1: ratio_1 * R_Q, R_2: ratio_2 * R_Q})
    return simplify(in_ratios.subs({n_1: first, n_2: second}))


def _where_equal(law: Expr) -> Eq:
    """Common over single slips is a power of x, the energy over the cutoff: solve for the energy of ratio one."""
    common, single = (law.subs(alpha, _exponent(1, second)) for second in (1, 0))
    quotient = amplitude_ratio**2 * common / single
    logarithm = expand(expand_log(log(quotient), force=True))
    power = simplify(logarithm.coeff(log(x)))
    constant = expand(logarithm - expand(power * log(x)))
    if constant.has(x):
        raise ArithmeticError(f"Common over single slips must go as a power of the energy, but go as {quotient}.")
    return Eq(energy, Omega_c * simplify(exp(-constant / power)))


@kept
def equal_shares_when_cold() -> Eq:
    """At T = 0: the energy I Phi_0 at which single and common slips contribute equally to V_1."""
    return _where_equal(zero_temperature().subs(gain, x * Omega_c))


@kept
def equal_shares_at_rest() -> Eq:
    """At small current: the energy 2 pi T at which they do."""
    return _where_equal(linear_response().subs(T, x * Omega_c / (2 * pi)))
