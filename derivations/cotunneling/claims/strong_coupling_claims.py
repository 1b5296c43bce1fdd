"""From weak to strong coupling: where each approach holds, settled by exact bands."""

import numpy as np
from sympy import Rational, diff, expand, simplify, sqrt

from derivations.cotunneling.amplitudes.amplitudes import steepest_descent
from derivations.cotunneling.amplitudes.evaluators import (
    cotunneling_amplitude,
    renormalized_amplitude,
    typical_separation,
)
from derivations.cotunneling.claims.amplitude_claims import transverse_stiffness
from derivations.cotunneling.exact.exact_bands import exact_amplitudes
from derivations.cotunneling.instantons.bounce import slip_amplitude, slip_path
from derivations.cotunneling.instantons.instanton import instanton_action
from derivations.cotunneling.instantons.pair import Pair, depth_over_ratio, frequency_ratio, r
from derivations.cotunneling.strong_coupling.merged import (
    deviation_from_path,
    merged_instanton_amplitude,
    merged_over_pair,
    single_slip_action,
)
from derivations.cotunneling.strong_coupling.regimes import (
    E_C_OVER_E_J,
    attraction_depth,
    pair_over_steepest_descent,
)
from derivations.cotunneling.symbols import E_J, A, Omega
from derivations.papers import SLZ25a, SLZ25b
from rederived.ledger import BOOK, Finding, claim

__all__ = [
    "approaches_overlap",
    "cotunneling_dominates_at_strong_coupling",
    "instantons_attract_and_merge",
    "merged_from_frequency_ratio",
    "pair_coincides_with_merged_instanton",
    "single_slips_at_second_order",
    "strong_coupling_is_semiclassical",
    "strong_from_equal_capacitances",
]


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
        depth = attraction_depth(xi, capacitance_ratio=middle)
        return float(pair_over_steepest_descent(depth)) / _merged_over_pair(middle) - 1

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
    pair = Pair.of_energies(1 / E_C_OVER_E_J, capacitance_ratio=1.0)
    missed = float(expand(single_slip_action() * Omega / E_J).coeff(r, 2))
    tenth = np.sqrt(np.log(1.1) / -missed)
    true = slip_amplitude((1, 0), **pair.by_capacitance)
    beyond = float(true / renormalized_amplitude(pair.xi_1, pair.coupling))
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
    strong = 10.0
    junctions = Pair.of_energies(1 / E_C_OVER_E_J, capacitance_ratio=strong)
    exact = exact_amplitudes(1 / E_C_OVER_E_J, strong, digits=20)[1, 1]
    merged = float(exact / merged_instanton_amplitude(junctions.xi_1, strong))
    pair = float(exact / cotunneling_amplitude(1, **junctions.by_coupling))
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
        return slip_path((1, 0), xi, xi, capacitance_ratio=value).action / single - 2

    equal = brentq(excess, 1.0, 10.0, xtol=1e-9)
    evidence = (
        f"The action of a single slip exceeds that of the merged pair for all C_m > {equal:.3f} C, exponentially in"
        " E_J/Omega; below, single slips have the larger amplitude. In rates single slips win further, at small"
        " currents at any C_m: the row on the comparable voltage says from where."
    )
    return Finding(equal, excess(100.0) > excess(10.0) > 0, evidence)
