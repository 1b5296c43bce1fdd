"""From weak to strong coupling: one amplitude for all mutual capacitances, and where each approach holds.

Equal junctions, C_m = r C. Two numbers matter: the depth A = 8 (E_J/Omega) r of the attraction decides whether two
slips are merged, and r itself by how much the other junction changes the path of a slip.
"""

from functools import cache

import numpy as np
from sympy import (
    Expr,
    Integral,
    Interval,
    Rational,
    Symbol,
    diff,
    expand,
    oo,
    powsimp,
    simplify,
    sqrt,
)

from derivations.cotunneling.amplitudes import steepest_descent, symmetric_in_depth
from derivations.cotunneling.bounce import slip_amplitude, slip_path
from derivations.cotunneling.claims import transverse_stiffness
from derivations.cotunneling.evaluators import (
    EQUAL_SEPARATION,
    cotunneling_amplitude,
    frequency_ratio,
    renormalized_amplitude,
    single_junction_amplitude,
    typical_separation,
)
from derivations.cotunneling.exact_bands import exact_single_junction_amplitude
from derivations.cotunneling.instanton import in_plasma_units, instanton_action
from derivations.cotunneling.merged import (
    deviation_from_path,
    in_logarithms,
    merged_evaluator,
    merged_instanton_amplitude,
    merged_over_pair,
    r,
    single_slip_action,
)
from derivations.cotunneling.symbols import E_J, A, C, C_m, Omega, charge, e, y
from derivations.evaluator import Evaluator, evaluator
from derivations.kept import kept
from derivations.ledger import BOOK, Finding, SLZ25a, SLZ25b, claim
from derivations.ranges import require_one_of, require_range

__all__ = [
    "approaches_overlap",
    "attraction_depth",
    "beyond_leading_order",
    "cotunneling_dominates_at_strong_coupling",
    "depth_over_ratio",
    "instantons_attract_and_merge",
    "leading_uniform",
    "merged_from_frequency_ratio",
    "pair_coincides_with_merged_instanton",
    "pair_over_steepest_descent",
    "single_slips_at_second_order",
    "strong_coupling_is_semiclassical",
    "strong_evaluator_of",
    "strong_from_equal_capacitances",
    "uniform_amplitude",
]

E_C_OVER_E_J = 0.07  # of Figs. 3 and 4 of the paper
LARGE_DEPTH = 400.0  # from here on the series in 1/A is used
MERGING_DEPTH = 4.0  # fitted to diagonalized junctions; see `uniform_amplitude`
xi = Symbol("xi", real=True)
ARGUMENTS = {"xi": xi, "capacitance_ratio": r}
POSITIVE_RATIOS = dict.fromkeys(ARGUMENTS, Interval.open(0, oo))
NOT_NEGATIVE = {**POSITIVE_RATIOS, "capacitance_ratio": Interval(0, oo)}


@kept
def depth_over_ratio() -> Expr:
    """A/r = 2 C_m Omega/e^2 over C_m/C, in terms of E_J and Omega."""
    return in_plasma_units((2 * C_m * Omega / e**2).subs(C_m, r * C)) / r


def attraction_depth(xi, capacitance_ratio):
    """A = 2 C_m Omega/e^2 of two slips in equal junctions, from xi = Omega/E_J > 0 and C_m/C >= 0.

    >>> float(attraction_depth(0.5, 0.25))
    4.0
    """
    return strong_evaluator_of("attraction_depth")(xi, capacitance_ratio)


def _depth() -> Evaluator:
    return evaluator("attraction_depth", _in_ratios(depth_over_ratio() * r), ARGUMENTS, domain=NOT_NEGATIVE)


def _in_ratios(expression: Expr) -> Expr:
    """Equal junctions: in terms of xi = Omega/E_J and r = C_m/C."""
    return simplify(expression.subs(Omega, xi * E_J))


@kept
def leading_uniform() -> Expr:
    """Eq. 26 times the merged amplitude over Eq. 29: at any C_m, to leading order in Omega/E_J."""
    pair = (symmetric_in_depth().rhs / E_J).subs(charge, 1).subs(A, depth_over_ratio() * r)
    outer, integral = pair.subs(Omega, xi * E_J).as_independent(Integral)
    return powsimp(simplify(outer) * in_logarithms(sqrt(merged_over_pair())) * integral)


def _pair_in_ratios() -> Evaluator:
    pair = (symmetric_in_depth().rhs / E_J).subs(charge, 1).subs(A, depth_over_ratio() * r).subs(Omega, xi * E_J)
    rules = {y: EQUAL_SEPARATION}
    return evaluator("equal_pair_amplitude", powsimp(pair), ARGUMENTS, domain=POSITIVE_RATIOS, rules=rules)


def _leading_uniform() -> Evaluator:
    rules = {y: EQUAL_SEPARATION}
    return evaluator("leading_uniform_amplitude", leading_uniform(), ARGUMENTS, domain=POSITIVE_RATIOS, rules=rules)


_MADE_BY = {
    "attraction_depth": _depth,
    "equal_pair_amplitude": _pair_in_ratios,
    "leading_uniform_amplitude": _leading_uniform,
    "merged_instanton_amplitude": merged_evaluator,
}


@cache
def strong_evaluator_of(name: str) -> Evaluator:
    """The evaluators of (xi, C_m/C) for equal junctions, as live figures print them; derived when asked for.

    Those of `attraction_depth` and `merged_instanton_amplitude`; `equal_pair_amplitude`, Eq. 26 over E_J; and
    `leading_uniform_amplitude`, Eq. 26 times merged over Eq. 29, without what `uniform_amplitude` takes from exact
    junctions. Both hold for A up to 700.
    """
    require_one_of("name", name, _MADE_BY)
    return _MADE_BY[name]()


@cache
def _over_steepest_descent():
    """Eq. 26 over its leading order at large A: by quadrature, and as a series in 1/A."""
    whole, leading = symmetric_in_depth().rhs.subs(charge, 1), steepest_descent(0)
    near = evaluator("pair_over_steepest_descent", powsimp(whole / leading), {"depth": A}, rules={y: EQUAL_SEPARATION})
    return near, evaluator("pair_at_large_depth", expand(simplify(steepest_descent(2) / leading)), {"depth": A})


def pair_over_steepest_descent(depth, *, log: bool = False):
    """Amplitude of a common slip by SLZ25b, Eq. 26, over Eq. 29, at depth A >= 1e-200; at A >= 400 to 1e-8 only.

    >>> f"{pair_over_steepest_descent(0.01):.6f}", f"{pair_over_steepest_descent(100.0):.6f}"
    ('0.001129', '1.005330')
    """
    depth = require_range("depth", depth, 1e-200, np.inf)
    near, far = _over_steepest_descent()
    logarithms = near(np.minimum(depth, LARGE_DEPTH), log=True)[1], far(np.maximum(depth, LARGE_DEPTH), log=True)[1]
    logarithm = np.where(depth < LARGE_DEPTH, *logarithms)
    return (np.ones(depth.shape)[()], logarithm[()]) if log else np.exp(logarithm)[()]


def uniform_amplitude(xi, capacitance_ratio, *, log: bool = False):
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

    >>> f"{uniform_amplitude(0.4, 1.0):.4e}"
    '2.0782e-17'
    """
    xi = require_range("xi", xi, 0.1, 1.5)
    capacitance_ratio = require_range("capacitance_ratio", capacitance_ratio, 1e-200, np.inf)
    depth = attraction_depth(xi, capacitance_ratio)
    apart = np.exp(-((np.minimum(depth, LARGE_DEPTH) / MERGING_DEPTH) ** 2))  # zero from LARGE_DEPTH on
    logarithm = merged_instanton_amplitude(xi, capacitance_ratio, log=True)[1]
    logarithm = logarithm + pair_over_steepest_descent(depth, log=True)[1]
    logarithm = logarithm + 2 * apart * beyond_leading_order(xi) + (1 - apart) * beyond_leading_order(xi / 2)
    return (np.ones_like(logarithm)[()], logarithm[()]) if log else np.exp(logarithm)[()]


def beyond_leading_order(xi):
    """Logarithm of the exact amplitude of one junction over Eq. 14."""
    return exact_single_junction_amplitude(xi, log=True)[1] - single_junction_amplitude(xi, log=True)[1]


def _merged_over_pair(capacitance_ratio):
    """The merged amplitude over Eq. 29, which depend on Omega in the same way."""
    return float(sqrt(merged_over_pair()).subs(r, capacitance_ratio).evalf())


@claim(
    SLZ25b,
    "after 29, coincides",
    where="Sec. IV, sentence after Eq. 29",
    ours="the merged amplitude, which is derived here: the letter's formula was not at hand",
)
def pair_coincides_with_merged_instanton() -> Finding:
    """Eq. 29 is what the semiclassics of one merged slip gives at Omega/E_J << C_m/C << 1."""
    ratio = _merged_over_pair(0)
    slope = simplify(diff(merged_over_pair(), r).subs(r, 0) / 2)
    correction = expand(simplify(steepest_descent(1) / steepest_descent(0))).coeff(A, -1)
    evidence = (
        f"The merged amplitude over (29) goes to one as 1 - ({-slope}) C_m/C, and (26) over (29) as"
        f" 1 + ({correction})/A, A = 8 (E_J/Omega)(C_m/C): the same on both sides of the window."
    )
    return Finding(ratio, ratio == 1, evidence)


@claim(
    SLZ25b,
    "Sec. V, overlap",
    where="Sec. V, third paragraph, last sentence",
    ours="20 percent, in the middle of the regime at E_C = 0.07 E_J, as overlap; the merged amplitude is derived here",
)
def approaches_overlap() -> Finding:
    """In the intermediate regime perturbation theory and the merged slip give the same gamma_1,1."""

    def excess(xi):  # of (26) over the merged amplitude in the middle of the regime, C_m/C = sqrt(xi)
        middle = float(np.sqrt(xi))
        return float(pair_over_steepest_descent(attraction_depth(xi, middle))) / _merged_over_pair(middle) - 1

    here, narrower = excess(float(frequency_ratio(E_C_OVER_E_J))), excess(1e-4)
    evidence = (
        f"In its middle, C_m/C = sqrt(Omega/E_J), (26) exceeds the merged amplitude by {here:.0%} for E_C = 0.07 E_J"
        f" and by {narrower:.2%} for Omega/E_J = 1e-4: as sqrt(Omega/E_J) in the end."
    )
    return Finding(here, 0 < narrower < here < 0.2, evidence)


@claim(
    SLZ25b,
    "Sec. V, regime (ii) begins",
    where="Sec. V, third paragraph, third sentence",
    ours="ten percent between (26) and (29); a factor three either way as the same order",
)
def merged_from_frequency_ratio() -> Finding:
    """Intermediate coupling, where two slips act as one, begins at C_m/C of the order of Omega/E_J."""
    from scipy.optimize import brentq

    tenth = brentq(lambda depth: pair_over_steepest_descent(depth) - 1.1, 4.0, 40.0)
    crossed = brentq(lambda depth: pair_over_steepest_descent(depth) - 1, 0.5, 4.0)
    value = tenth / float(depth_over_ratio() * Omega / E_J)
    evidence = (
        f"(26) crosses (29) at A = {crossed:.2f} and stays within 10% of it from A = {tenth:.2f} on:"
        f" C_m/C = {value:.2f} Omega/E_J."
    )
    return Finding(value, 0.3 < value < 3, evidence)


@claim(
    SLZ25b,
    "Sec. V, regime (i) begins",
    where="Sec. V, third paragraph, third sentence; Sec. IV, paragraph after Eq. 29, second sentence",
    ours="ten percent in gamma_1,1; a factor three either way as the same order",
)
def strong_from_equal_capacitances() -> Finding:
    """The perturbation theory of slips in both junctions ends at C_m of the order of C."""
    from scipy.optimize import brentq

    tenth = brentq(lambda value: _merged_over_pair(value) - 1.1, 1.0, 10.0)
    lowest = min(map(_merged_over_pair, np.linspace(0.3, 0.5, 5)))
    evidence = (
        f"The merged amplitude over (29) falls to {lowest:.2f} at C_m = 0.4 C, comes back, and passes 1.1 at"
        f" C_m = {tenth:.2f} C, whatever E_J/E_C is."
    )
    return Finding(tenth, 0.3 < tenth < 3, evidence)


@claim(BOOK, "Eq. 21, second order")
def single_slips_at_second_order() -> Finding:
    """What the exponent of Eq. 21 leaves out is of second order in C_m: the other junction answers to a slip."""
    xi = frequency_ratio(E_C_OVER_E_J)
    missed = float(expand(single_slip_action() * Omega / E_J).coeff(r, 2))
    tenth = np.sqrt(np.log(1.1) / -missed)
    beyond = float(slip_amplitude((1, 0), xi, xi, 1.0) / renormalized_amplitude(xi, 1 / E_C_OVER_E_J))
    evidence = (
        f"The action is lower by {-missed:.3f} (E_J/Omega)(C_m/C)^2, which makes the slip 10% more likely from C_m/C ="
        f" {tenth:.2f} sqrt(Omega/E_J) on; at C_m = C, E_C = 0.07 E_J the true path has {beyond:.2f} times (21)."
    )
    return Finding(beyond, missed < 0 and beyond > 1, evidence)


@claim(
    SLZ25b,
    "after 29, C_m >~ C",
    where="Sec. IV, paragraph after Eq. 29, last sentence",
    ours="ten percent, at C_m = 10 C; the merged amplitude is derived here",
)
def strong_coupling_is_semiclassical() -> Finding:
    """At strong coupling the semiclassics of one merged slip describes the amplitude well."""
    from derivations.cotunneling.exact_bands import exact_amplitudes

    strong, xi = 10.0, frequency_ratio(E_C_OVER_E_J)
    exact = exact_amplitudes(1 / E_C_OVER_E_J, strong, digits=20)[1, 1]
    merged = float(exact / merged_instanton_amplitude(xi, strong))
    pair = float(exact / cotunneling_amplitude(1, xi, xi, strong / E_C_OVER_E_J))
    evidence = (
        f"At C_m = 10 C, E_C = 0.07 E_J the diagonalized junctions have {merged:.3f} of the merged amplitude,"
        f" less by the order Omega/E_J as one junction has, and {pair:.2f} of (26)."
    )
    return Finding(merged, abs(merged - 1) < 0.1, evidence)


@claim(
    SLZ25a,
    "abstract, merging",
    where="Abstract, second paragraph, first sentence",
    ours="closer than they last, 1/Omega, as merged; equal junctions",
)
def instantons_attract_and_merge() -> Finding:
    """Slips that share a capacitor attract each other and merge."""
    from scipy.optimize import brentq

    depth = brentq(lambda a: float(typical_separation(a, 1)) - 1, 0.5, 30.0)
    value = depth / float(depth_over_ratio() * Omega / E_J)
    slowing, _ = deviation_from_path(1)
    stable = float(transverse_stiffness(1).subs(r, Rational(1, 1000)))
    evidence = (
        f"Two slips come closer than they last, 1/Omega, at A = {depth:.2f}, C_m/C = {value:.2f} Omega/E_J;"
        f" the inertia of their separation is {float(slowing.subs(r, 1)):.0f} times that of the pair at C_m = C, and"
        f" the diagonal a minimum of the action at C_m = C/1000 already (lowest eigenvalue {stable:.5f} Omega^2)."
    )
    return Finding(value, 0.1 < value < 3 and stable > 0, evidence)


@claim(
    SLZ25a,
    "abstract, dominant",
    where="Abstract, second paragraph, first sentence",
    ours="equal junctions; amplitudes are compared; all C_m beyond a few C as a broad range",
)
def cotunneling_dominates_at_strong_coupling() -> Finding:
    """Over a broad range of parameters fluxons cross both junctions together rather than one of them."""
    from scipy.optimize import brentq

    def excess(value, xi=0.5):  # of the action of a single slip over that of a merged pair; Omega/E_J drops out
        single = float(instanton_action().subs({E_J: 1, Omega: xi}))
        return slip_path((1, 0), xi, xi, value).action / single - 2

    equal = brentq(excess, 1.0, 10.0, xtol=1e-9)
    evidence = (
        f"The action of a single slip exceeds that of the merged pair for all C_m > {equal:.3f} C, exponentially in"
        " E_J/Omega; below, single slips have the larger amplitude. In rates single slips win further, at small"
        " currents at any C_m: the row on the comparable voltage says from where."
    )
    return Finding(equal, excess(100.0) > excess(10.0) > 0, evidence)
