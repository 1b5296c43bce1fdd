"""From weak to strong coupling: one amplitude for all mutual capacitances, and where each approach holds.

Equal junctions, C_m = r C. Two numbers matter: the depth A = 8 (E_J/Omega) r of the attraction decides whether two
slips are merged, and r itself by how much the other junction changes the path of a slip.
"""

import numpy as np
from sympy import (
    Expr,
    Integral,
    Interval,
    Symbol,
    expand,
    oo,
    powsimp,
    simplify,
    sqrt,
)

from derivations.cotunneling.amplitudes.amplitudes import steepest_descent, symmetric_in_depth
from derivations.cotunneling.amplitudes.evaluators import (
    EQUAL_SEPARATION,
    single_junction_amplitude,
)
from derivations.cotunneling.exact.exact_bands import exact_single_junction_amplitude
from derivations.cotunneling.instantons.pair import depth_over_ratio, r
from derivations.cotunneling.strong_coupling.merged import (
    in_logarithms,
    merged_instanton_amplitude,
    merged_over_pair,
)
from derivations.cotunneling.symbols import E_J, A, Omega, charge, y
from rederived.evaluate.declared import evaluates
from rederived.evaluate.domain import require_range
from rederived.kept import kept

__all__ = [
    "attraction_depth",
    "beyond_leading_order",
    "depth_in_ratios",
    "leading_uniform",
    "pair_at_large_depth",
    "pair_by_quadrature",
    "pair_in_ratios",
    "pair_over_steepest_descent",
    "uniform_amplitude",
]

E_C_OVER_E_J = 0.07  # of Figs. 3 and 4 of the paper
LARGE_DEPTH = 400.0  # from here on the series in 1/A is used
MERGING_DEPTH = 4.0  # fitted to diagonalized junctions; see `uniform_amplitude`
xi = Symbol("xi", real=True)
ARGUMENTS = {"xi": xi, "capacitance_ratio": r}
POSITIVE_RATIOS = dict.fromkeys(ARGUMENTS, Interval.open(0, oo))
NOT_NEGATIVE = {**POSITIVE_RATIOS, "capacitance_ratio": Interval(0, oo)}


def attraction_depth(xi, *, capacitance_ratio):
    """A = 2 C_m Omega/e^2 of two slips in equal junctions, from xi = Omega/E_J > 0 and C_m/C >= 0.

    >>> float(attraction_depth(0.5, capacitance_ratio=0.25))
    4.0
    """
    return depth_in_ratios.evaluator(xi, capacitance_ratio)


@evaluates(ARGUMENTS, domain=NOT_NEGATIVE, name="attraction_depth")
def depth_in_ratios() -> Expr:
    """A in terms of xi and C_m/C."""
    return _in_ratios(depth_over_ratio() * r)


def _in_ratios(expression: Expr) -> Expr:
    """Equal junctions: in terms of xi = Omega/E_J and r = C_m/C."""
    return simplify(expression.subs(Omega, xi * E_J))


@evaluates(ARGUMENTS, domain=POSITIVE_RATIOS, rules={y: EQUAL_SEPARATION}, name="leading_uniform_amplitude")
@kept
def leading_uniform() -> Expr:
    """Eq. 26 times the merged amplitude over Eq. 29: at any C_m, to leading order in Omega/E_J, for A up to 700."""
    outer, integral = _pair().as_independent(Integral)
    return powsimp(simplify(outer) * in_logarithms(sqrt(merged_over_pair())) * integral)


@evaluates(ARGUMENTS, domain=POSITIVE_RATIOS, rules={y: EQUAL_SEPARATION}, name="equal_pair_amplitude")
def pair_in_ratios() -> Expr:
    """gamma_{1,1}/E_J of equal junctions in terms of xi and C_m/C, from Eq. 26, for A up to 700."""
    return powsimp(_pair())


def _pair() -> Expr:
    pair = (symmetric_in_depth().rhs / E_J).subs(charge, 1).subs(A, depth_over_ratio() * r)
    return pair.subs(Omega, xi * E_J)


@evaluates({"depth": A}, rules={y: EQUAL_SEPARATION}, name="pair_over_steepest_descent")
def pair_by_quadrature() -> Expr:
    """Eq. 26 over its leading order at large A."""
    return powsimp(symmetric_in_depth().rhs.subs(charge, 1) / steepest_descent(0))


@evaluates({"depth": A})
def pair_at_large_depth() -> Expr:
    """The same as a series in 1/A."""
    return expand(simplify(steepest_descent(2) / steepest_descent(0)))


def pair_over_steepest_descent(depth, *, log: bool = False):
    """Amplitude of a common slip by SLZ25b, Eq. 26, over Eq. 29, at depth A >= 1e-200; at A >= 400 to 1e-8 only.

    >>> f"{pair_over_steepest_descent(0.01):.6f}", f"{pair_over_steepest_descent(100.0):.6f}"
    ('0.001129', '1.005330')
    """
    depth = require_range("depth", depth, 1e-200, np.inf)
    near = pair_by_quadrature.evaluator(np.minimum(depth, LARGE_DEPTH), log=True)[1]
    far = pair_at_large_depth.evaluator(np.maximum(depth, LARGE_DEPTH), log=True)[1]
    logarithm = np.where(depth < LARGE_DEPTH, near, far)
    return (np.ones(depth.shape)[()], logarithm[()]) if log else np.exp(logarithm)[()]


def uniform_amplitude(xi, *, capacitance_ratio, log: bool = False):
    """Amplitude gamma_{1,1}/E_J of a common slip of two equal junctions at any C_m: between SLZ25b, Eq. 26 and beyond.

    Parameters
    ----------
    xi: Omega/E_J of one junction without C_m, dimensionless, in [0.1, 1.5].
    capacitance_ratio: C_m/C, dimensionless, at least 1e-200.
    log: return sign and logarithm of the magnitude.

    It is Eq. 26 times merged_instanton_amplitude over Eq. 29, which each hold where the other one does not, times
    what one exact junction has over Eq. 14: squared for two slips, once for a single junction of 2C and 2 E_J where
    they are merged. How these two mix, exp(-A^2/16) with A = `attraction_depth`, is fitted, not derived.

    Returns an array of the broadcast shape. Against `exact_amplitudes` it is off by less than 2.5% for E_J/E_C
    from 5 to 100 and C_m/C from 0.001 to 10, by less than 0.6% for A < 1. Raises ValueError outside these ranges.

    >>> f"{uniform_amplitude(0.4, capacitance_ratio=1.0):.4e}"
    '2.0782e-17'
    """
    xi = require_range("xi", xi, 0.1, 1.5)
    capacitance_ratio = require_range("capacitance_ratio", capacitance_ratio, 1e-200, np.inf)
    depth = attraction_depth(xi, capacitance_ratio=capacitance_ratio)
    apart = np.exp(-((np.minimum(depth, LARGE_DEPTH) / MERGING_DEPTH) ** 2))  # zero from LARGE_DEPTH on
    logarithm = merged_instanton_amplitude(xi, capacitance_ratio, log=True)[1]
    logarithm = logarithm + pair_over_steepest_descent(depth, log=True)[1]
    logarithm = logarithm + 2 * apart * beyond_leading_order(xi) + (1 - apart) * beyond_leading_order(xi / 2)
    return (np.ones_like(logarithm)[()], logarithm[()]) if log else np.exp(logarithm)[()]


def beyond_leading_order(xi):
    """Logarithm of the exact amplitude of one junction over Eq. 14."""
    return exact_single_junction_amplitude(xi, log=True)[1] - single_junction_amplitude(xi, log=True)[1]
