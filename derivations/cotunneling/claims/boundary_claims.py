"""Where the approximations end, settled by exact bands."""

import numpy as np

from derivations.cotunneling.amplitudes.evaluators import cotunneling_amplitude, renormalized_amplitude
from derivations.cotunneling.exact.exact_bands import exact_amplitudes
from derivations.cotunneling.exact.two_junctions import two_junction_amplitudes
from derivations.cotunneling.instantons.pair import Pair, frequency_ratio
from derivations.cotunneling.strong_coupling.boundaries import regime_boundary
from derivations.cotunneling.strong_coupling.merged import merged_instanton_amplitude
from derivations.cotunneling.strong_coupling.regimes import (
    E_C_OVER_E_J,
    attraction_depth,
    beyond_leading_order,
    uniform_amplitude,
)
from derivations.cotunneling.strong_coupling.unequal import uniform_pair_amplitude
from derivations.papers import SLZ25b
from rederived.ledger import BOOK, Finding, claim
from rederived.words import listed

__all__ = [
    "common_slips_overtake_single_ones",
    "merged_instanton_fails_at_weak_coupling",
    "one_process_beyond_weak_coupling",
    "perturbation_theory_holds",
    "uniform_amplitude_joins_both",
]


@claim(
    SLZ25b,
    "Sec. V, regimes (ii) and (iii)",
    where="Sec. V, third paragraph, last three sentences",
    ours="that all three are meant, though only gamma_1,1 is needed at (ii); a factor two at C_m = C, the end of (ii)",
)
def perturbation_theory_holds() -> Finding:
    """The perturbation theory in C_m serves at weak and at intermediate coupling for all three amplitudes."""
    ratios = np.array([0.1, 0.3, 1.0])
    circuits = Pair.of_energies(25.0, capacitance_ratio=ratios)
    exact, fugacity = exact_amplitudes(25.0, ratios, digits=24), np.exp(beyond_leading_order(circuits.xi_1))
    single = exact[1, 0] / renormalized_amplitude(circuits.xi_1, circuits.coupling) / fugacity
    pair, opposite = (exact[1, c] / cotunneling_amplitude(c, **circuits.by_coupling) / fugacity**2 for c in (1, -1))
    ends = {
        name: float(regime_boundary(name, 25.0))
        for name in ("single slips leave", "pairs leave")
    }
    evidence = (
        f"True of gamma_1,1, not of the others. Exact bands at E_J = 25 E_C, over formula and exact over (14) for each"
        f" junction, at C_m/C = 0.1, 0.3, 1: {listed(pair)} for (26) and charges (1, 1), but {listed(opposite)} for"
        f" (1, -1) and {listed(single)} for (21). The slip on its true path exceeds (21) by 10% from C_m/C ="
        f" {ends['single slips leave']:.2f} on, the pair (26) from {ends['pairs leave']:.2f} on."
    )
    worst = max(float(found[-1]) for found in (pair, opposite, single))
    return Finding(worst, worst < 2, evidence)


@claim(
    SLZ25b,
    "Sec. V, regime (iii)",
    where="Sec. V, third paragraph, fourth sentence",
    ours="the merged amplitude, which is derived here, as the other approach; A = 0.1 as weak, A = 5 as not weak",
)
def merged_instanton_fails_at_weak_coupling() -> Finding:
    """At weak coupling one merged slip is the wrong picture, and perturbation theory in C_m is needed."""
    xi = frequency_ratio(0.04)
    depths = np.array([0.1, 1.0, 5.0])
    ratios = depths / attraction_depth(xi, capacitance_ratio=1.0)
    exact = exact_amplitudes(25.0, ratios, digits=24)[
        1, 1
    ] / merged_instanton_amplitude(xi, ratios)
    evidence = (
        f"Exact bands at E_J = 25 E_C have {listed(exact)} of the merged amplitude at A = 0.1, 1, 5: one slip instead"
        " of two counts separations that the weak attraction does not hold together."
    )
    return Finding(
        float(exact[0]), bool(exact[0] < 0.1 and abs(exact[2] - 1) < 0.1), evidence
    )


@claim(
    SLZ25b,
    "Sec. V, one process",
    where="Sec. V, fourth paragraph, third sentence",
    ours="that rates are compared, at C_m/C = Omega/E_J and beyond, and that a hundredth does not matter",
)
def one_process_beyond_weak_coupling() -> Finding:
    """At intermediate and at strong coupling slips in opposite directions do not matter for the drag."""
    xi = frequency_ratio(E_C_OVER_E_J)
    ratios = np.array([xi / 8, xi, 1.0])
    exact = exact_amplitudes(1 / E_C_OVER_E_J, ratios, digits=24)
    rates = (exact[1, -1] / exact[1, 1]) ** 2
    evidence = (
        f"Exact bands at E_C = 0.07 E_J: rates in opposite directions are {rates[0]:.2f} of those in the same one at"
        f" C_m/C = Omega/8E_J (A = 1), {rates[1]:.1e} at Omega/E_J and {rates[2]:.1e} at C_m = C."
    )
    return Finding(float(rates[1]), bool(rates[1] < 0.01), evidence)


@claim(BOOK, "exact bands, dominance")
def common_slips_overtake_single_ones() -> Finding:
    """In exact bands gamma_1,1 overtakes gamma_1,0 at C_m between 3 C and 3.6 C for E_J >> E_C."""
    found = {}
    for ej_over_ec in (10.0, 25.0):
        ratios = np.array([3.0, 3.6])
        exact = exact_amplitudes(ej_over_ec, ratios, digits=24)
        low, high = np.log(exact[1, 1] / exact[1, 0])
        found[ej_over_ec] = float(3.0 - 0.6 * low / (high - low))
    ours = regime_boundary("common slips overtake", np.array([10.0, 25.0]))
    evidence = (
        f"At C_m/C = {found[10.0]:.2f} for E_J = 10 E_C and {found[25.0]:.2f} for 25 E_C; from slips on their true"
        f" paths {ours[0]:.2f} and {ours[1]:.2f}."
    )
    return Finding(
        found[25.0], all(3.0 < value < 3.6 for value in found.values()), evidence
    )


@claim(BOOK, "uniform amplitude, error")
def uniform_amplitude_joins_both() -> Finding:
    """The uniform amplitude is within 2.5% of exact bands at weak, intermediate and strong coupling."""
    ratios, xi = np.array([0.01, 0.3, 3.0]), frequency_ratio(0.04)
    equal = (
        exact_amplitudes(25.0, ratios, digits=24)[1, 1]
        / uniform_amplitude(xi, capacitance_ratio=ratios)
        - 1
    )
    unequal = []
    for ratio in ratios:
        pair = Pair.of_frequencies(0.9, 0.4, capacitance_ratio=ratio, kappa=0.5)
        exact = two_junction_amplitudes(**pair.in_charge_basis, digits=20)[1, 1]
        unequal.append(float(exact / uniform_pair_amplitude(**pair.by_capacitance)) - 1)
    percent = [listed(100 * np.asarray(off), "+.1f") for off in (equal, unequal)]
    evidence = (
        f"Exact over uniform at C_m/C = 0.01, 0.3, 3: {percent[0]} percent for equal junctions, E_J = 25 E_C, and"
        f" {percent[1]} for unequal ones, xi = 0.9 and 0.4, E_J1 = E_J2/2. One constant in it is fitted, to equal ones."
    )
    worst = float(max(abs(np.concatenate([equal, unequal]))))
    return Finding(worst, worst < 0.025, evidence)
