"""How far the gas of slips goes beyond pairs, each statement settled against diagonalized junctions."""

import math
from functools import cache

from sympy import Expr, Integral, exp, oo, simplify

from derivations.cotunneling.amplitudes.evaluators import cotunneling_amplitude, renormalized_amplitude
from derivations.cotunneling.dual.dual import attraction_integral
from derivations.cotunneling.dual.dual import depth as dual_depth
from derivations.cotunneling.exact.exact_bands import exact_amplitudes, exact_single_junction_amplitude
from derivations.cotunneling.exact.exact_island import exact_cooper_pair_amplitudes
from derivations.cotunneling.gas.instanton_gas import common_slip_amplitude
from derivations.cotunneling.higher_orders.third_order import (
    TIMES,
    F_other,
    amplitude_of_order,
    only_different_junctions,
    repulsion,
    third_order,
    third_order_amplitude,
    with_transfers,
)
from derivations.cotunneling.instantons.pair import Pair, frequency_ratio
from derivations.cotunneling.symbols import E_J, A, Omega, V, charge, gamma_tilde_1, gamma_tilde_2, tau, y
from derivations.papers import SLZ25b
from rederived.evaluate.evaluator import Midpoints, evaluator
from rederived.ledger import BOOK, Finding, claim, open_question
from rederived.words import listed

__all__ = [
    "next_amplitude_needs_repulsion",
    "double_slip_is_a_virial_coefficient",
    "mayer_recovers_second_order",
    "neutral_pair_is_a_cluster",
    "repulsion_completes_third_order",
    "single_slip_at_third_order",
    "third_order_is_exact_in_an_exact_gas",
    "third_order_reaches_intermediate_coupling",
]


@cache
def _exact(ej_over_ec: float, capacitance_ratio: float) -> dict:
    return exact_amplitudes(ej_over_ec, capacitance_ratio, digits=44 if ej_over_ec > 20 else 32)


def exact_over_gas(slips_2: int, ej_over_ec: float, capacitance_ratio: float, **options) -> float:
    """gamma_{2,slips_2} of the diagonalized junctions over the gas with their own gamma_{1,0} as fugacity."""
    exact = _exact(ej_over_ec, capacitance_ratio)
    pair = Pair.of_energies(ej_over_ec, capacitance_ratio=capacitance_ratio)
    gas = third_order_amplitude(slips_2, pair.xi_1, coupling=pair.coupling, fugacity=exact[1, 0], **options)
    return float(exact[2, slips_2] / gas)


@claim(
    SLZ25b,
    "Sec. III, Mayer",
    where="Sec. III, last sentence",
    ours="only that Eq. 24 is recovered is tested; for higher orders the paper refers to its Ref. 27, not at hand",
)
def mayer_recovers_second_order() -> Finding:
    """The Mayer diagrams give Eq. 24 as well."""
    bonds = {c: Integral(exp(-c * V(tau)) - 1, (tau, -oo, oo)) for c in (1, -1)}
    found = {c: amplitude_of_order(2, 1, c).subs(F_other(c), bonds[c]) for c in (1, -1)}
    missed = [simplify(found[c] - common_slip_amplitude().rhs.subs(charge, c)) for c in (1, -1)]
    evidence = "The clusters of two slips with charges (1, +-1) are Eq. 24 letter by letter."
    return Finding(float(sum(m != 0 for m in missed)), not any(missed), evidence)


@claim(BOOK, "third order, gas of Eqs. 20-22")
def next_amplitude_needs_repulsion() -> Finding:
    """Beyond Eq. 24 slips of one junction must not ignore each other: gamma_2,1 would have the wrong sign."""
    ratios = [exact_over_gas(1, 10.0, r, repulsion=False) for r in (0.001, 0.01, 0.1)]
    evidence = (
        "The gas of Eqs. 20-22 has gamma_2,+-1 = gamma_1,+-1^2/(2 gamma~_2). The diagonalized junctions have"
        f" {ratios[0]:.0f}, {ratios[1]:.1f}, {ratios[2]:.2f} times its gamma_2,1 at C_m/C = 0.001, 0.01, 0.1"
        " (E_J = 10 E_C), since two slips of one junction repel whatever C_m is. The paper does not ask for gamma_2,1."
    )
    return Finding(ratios[1], max(ratios) < 0, evidence)


@claim(BOOK, "third order, with repulsion")
def repulsion_completes_third_order() -> Finding:
    """With the repulsion of two slips of one junction the third order gives gamma_2,1 and gamma_2,-1 at small C_m."""
    ratios = [exact_over_gas(c, e, r) for e, r in ((10.0, 0.001), (10.0, 0.01), (50.0, 0.01)) for c in (1, -1)]
    evidence = (
        f"Exact over third order lies in {min(ratios):.3f}..{max(ratios):.3f} for both charges, C_m/C = 0.001 and"
        " 0.01 at E_J/E_C = 10 and 0.01 at 50, signs included."
    )
    return Finding(max(ratios), all(abs(ratio - 1) < 0.03 for ratio in ratios), evidence)


@claim(BOOK, "third order, larger C_m")
def third_order_reaches_intermediate_coupling() -> Finding:
    """The third order holds through the intermediate regime, here C_m/C = 0.3."""
    ratios = [exact_over_gas(1, e, 0.3) for e in (10.0, 50.0)]
    pairs = [_exact(e, 0.3)[1, 1] / _pair(e, 0.3) for e in (10.0, 50.0)]
    lost = [math.log(exact_over_gas(1, 10.0, r) / exact_over_gas(1, 10.0, 0.001)) for r in (0.1, 0.3)]
    power = math.log(lost[1] / lost[0]) / math.log(3)
    evidence = (
        f"Exact over third order is {ratios[0]:.3f} and {ratios[1]:.3f} at E_J/E_C = 10 and 50. Eq. 24 with the same"
        f" fugacity is off alike, {pairs[0]:.3f} and {pairs[1]:.3f}: the interaction is known to first order in C_m,"
        f" and the logarithm of the ratio grows as C_m^{power:.1f}."
    )
    return Finding(ratios[1], abs(ratios[1] - 1) < 0.1, evidence)


def _pair(ej_over_ec: float, capacitance_ratio: float) -> float:
    """Eq. 24 over E_J with the exact gamma_1,0 as fugacity."""
    pair = Pair.of_energies(ej_over_ec, capacitance_ratio=capacitance_ratio)
    ratio = _exact(ej_over_ec, capacitance_ratio)[1, 0] / renormalized_amplitude(pair.xi_1, pair.coupling)
    return cotunneling_amplitude(1, **pair.by_coupling) * ratio**2


@claim(BOOK, "third order, double slip")
def double_slip_is_a_virial_coefficient() -> Finding:
    """Without C_m a junction slips twice by the second virial coefficient, -(gamma^2/Omega)(ln(32 E_J/Omega) + ...)."""
    ratios = [exact_over_gas(0, e, 0.0) for e in (10.0, 50.0)]
    first, last = (abs(r - 1) for r in ratios)
    evidence = "Exact over formula: " + listed(ratios, ".4f") + " at E_J/E_C = 10 and 50."
    return Finding(ratios[-1], last < first < 0.03, evidence)


@claim(BOOK, "third order, slip and its reverse")
def neutral_pair_is_a_cluster() -> Finding:
    """A slip and its reverse in one junction, which attract each other, are a cluster of the gas like any other."""
    xi = float(frequency_ratio(0.1))
    gamma = float(exact_single_junction_amplitude(xi))
    at_contact = float(repulsion().subs({A: 0, tau: 0, E_J: 1, Omega: xi}))
    cluster_integral = 2 * float(attraction_integral().rhs.subs(dual_depth, at_contact)) / xi
    shift = gamma**2 * cluster_integral / xi
    evidence = (
        f"The tails of opposite slips attract: at E_J = 10 E_C their cluster would lower the ground energy by"
        f" {shift:.0e} Omega, all of it from pairs at no distance: no slips but fluctuations within the minimum."
    )
    return Finding(shift, shift < 1, evidence)


@claim(BOOK, "third order, exactly solvable gas")
def third_order_is_exact_in_an_exact_gas() -> Finding:
    """Where the gas is exact, for Cooper pairs through an island with one mode, the third order is the amplitude."""
    depth, josephson = 0.81, 0.01
    exact = exact_cooper_pair_amplitudes(depth, josephson, josephson)
    rules = {v: Midpoints(lambda t: t, 0.05, -400, 400) for v in (*TIMES[:2], y)}
    unit = third_order().rhs.subs({gamma_tilde_1: 1, gamma_tilde_2: 1})
    gas = evaluator("transfers", with_transfers(unit), {"charge": charge, "depth": dual_depth}, rules=rules)
    fugacity = exact[1, 0]
    ratios = [float(exact[2, c] / (fugacity**3 * gas(c, depth))) for c in (1, -1)]
    evidence = (
        f"Exact over third order for gamma_2,1 and gamma_2,-1: {ratios[0]:.3f} and {ratios[1]:.3f}, at depth {depth}"
        f" and E_J = {josephson} omega_0, by diagonalization of the island's oscillator."
    )
    return Finding(ratios[0], all(abs(r - 1) < 2e-3 for r in ratios), evidence)


@open_question(
    BOOK,
    "third order, gamma_0,1",
    "The third order corrects gamma_0,1 by a slip and its reverse in the other junction. That pair is no gas: the"
    " integral of its bond needs an analytic continuation that cancels against the perturbation series of the"
    " minimum, not known here. Nor can diagonalization single it out: it is (gamma_1,1/gamma~)^2 of gamma_0,1"
    " and has no label of its own. In the gas of Eqs. 20-22, formally, it is gamma_1,1 gamma_1,-1/gamma~_2.",
)
def single_slip_at_third_order() -> Expr:
    """What three slips add to the amplitude of a single one, in the gas of Eqs. 20-22."""
    return amplitude_of_order(3, 0, 1, only_different_junctions)
