"""What the prose of SLZ25a and SLZ25b says of rates and voltages, each settled by a number."""

import math

from sympy import diff, simplify

from derivations.cotunneling.action.action import drag_exponent, n_1, n_2
from derivations.cotunneling.amplitudes.evaluators import (
    cotunneling_amplitude,
    weak_coupling_amplitude,
)
from derivations.cotunneling.claims.amplitude_claims import depth_per_ratio
from derivations.cotunneling.drag.drag import COMMON
from derivations.cotunneling.drag.golden_rule import alpha, linear_response
from derivations.cotunneling.exact.exact_bands import exact_amplitudes
from derivations.cotunneling.exact.two_junctions import two_junction_amplitudes
from derivations.cotunneling.instantons.bounce import slip_amplitude
from derivations.cotunneling.instantons.pair import Pair, frequency_ratio
from derivations.cotunneling.rates.rates import drag_voltage
from derivations.cotunneling.strong_coupling.regimes import E_C_OVER_E_J
from derivations.cotunneling.symbols import R_2, R_Q, T
from derivations.papers import SLZ25a, SLZ25b
from rederived.ledger import BOOK, Finding, InLimit, claim, remark

__all__ = [
    "drag_is_comparable_to_primary_voltage",
    "drag_in_volts",
    "equal_voltages",
    "other_processes_negligible",
    "weak_drag_serves_weak_regime",
    "weak_drag_over_exact",
]



def weak_drag_over_exact(depth) -> float:
    """Eq. 28, corrected, over Eq. 11 with the integrals of Eq. 26: the rates cancel, amplitudes stay.

    depth: A = 2 C_m Omega/e^2 > 0; below 1e-3 the difference of both integrals loses digits.
    """
    xi = frequency_ratio(E_C_OVER_E_J)
    exact = [cotunneling_amplitude(sign, xi, xi, depth / xi) for sign in (1, -1)]
    small = 1e-6
    series = [weak_coupling_amplitude(sign, xi, coupling=small / xi) for sign in (1, -1)]
    leading = (series[0] - series[1]) * (series[0] + series[1]) * (depth / small) ** 3
    return leading / ((exact[0] - exact[1]) * (exact[0] + exact[1]))


@claim(BOOK, "28, range")
def weak_drag_serves_weak_regime() -> InLimit:
    """Eq. 28 gives the drag for C_m/C far below Omega/E_J, as Eq. 27 gives the amplitudes: what << means for it."""
    from scipy.optimize import brentq

    factor = float(depth_per_ratio())
    tenth = brentq(lambda ratio: weak_drag_over_exact(factor * ratio) - 1.1, 0.001, 0.02)
    ratios = (0.02, 0.01, 0.005, 0.002)
    errors = tuple(abs(float(weak_drag_over_exact(factor * ratio)) - 1) for ratio in ratios)
    evidence = f"(28) over Eq. 11 with the integrals of (26). << means {tenth:.3f} (10%)."
    return InLimit("C_m E_J/(C Omega)", ratios, errors, evidence)


@claim(
    SLZ25b,
    "Fig. 3, V_1 = V_2",
    where="Sec. IV, paragraph on Fig. 3, third and fourth sentence",
    ours="R = 0.8 R_Q, T = 0, C_m = 4 C, I Phi_0 = Omega/10, E_C = 0.07 E_J; the regime by amplitudes; 90% as equal",
)
def equal_voltages() -> Finding:
    """Where gamma_1,1 > gamma~ slips of both junctions are the dominant process, and both voltages are equal."""
    from scipy.optimize import brentq


    cutoff, ratio = float(frequency_ratio(E_C_OVER_E_J)), 0.8
    near, far = (exact_amplitudes(1 / E_C_OVER_E_J, c, digits=24) for c in (4.0, 10.0))

    def shared(gamma, logarithm):
        V_1, V_2 = drag_voltage(gamma, ratio, ratio, cutoff * math.exp(logarithm), 0.0, cutoff)
        return float(V_2 / V_1)

    half = math.exp(brentq(lambda s: shared(far, s) - 0.5, -12, 0))
    tenth, dominant = (shared(gamma, math.log(0.1)) for gamma in (near, far))
    single, pair = (drag_exponent().rhs.subs({n_1: 1, n_2: second}) for second in (0, 1))
    power = T * diff(linear_response(), T) / linear_response()
    gained = simplify((power.subs(alpha, pair) - power.subs(alpha, single)) * R_2 / R_Q)
    evidence = (
        f"The second half is true: where slips of both junctions dominate in rates, V_2/V_1 is {dominant:.3f} (C_m = 10"
        f" C, I Phi_0 = Omega/10). But larger amplitudes need not make larger rates: at C_m = 4 C, gamma_1,1/gamma_1,0"
        f" = {float(near[1, 1] / near[1, 0]):.1f}, it is {tenth:.3f}, and at C_m = 10 C, gamma_1,1/gamma_1,0"
        f" = {float(far[1, 1] / far[1, 0]):.0f}, it is 1/2 at I Phi_0 = {half:.4f} Omega and falls as max(2 pi T,"
        f" I Phi_0)^({gained} R_Q/R_2): equal in a window only."
    )
    return Finding(tenth, tenth > 0.9, evidence)


@claim(
    SLZ25a,
    "abstract, comparable",
    where="Abstract, second paragraph, last sentence",
    ours="E_C = 0.07 E_J, R = 0.8 R_Q, T = 0, I Phi_0 = Omega/10, C_m = 10 C; half as comparable",
)
def drag_is_comparable_to_primary_voltage() -> Finding:
    """At strong coupling the drag voltage becomes as large as the primary one, up to a factor of order one."""
    from scipy.optimize import brentq


    xi, ratio = float(frequency_ratio(E_C_OVER_E_J)), 0.8

    def shared(capacitance_ratio, bias_over_cutoff):
        pair = Pair.of_frequencies(xi, capacitance_ratio=capacitance_ratio)
        slips = {slip: slip_amplitude(slip, **pair.by_capacitance) for slip in ((1, 0), (0, 1), (1, 1))}
        V_1, V_2 = drag_voltage(slips, ratio, ratio, bias_over_cutoff * xi, 0.0, xi)
        return float(V_2 / V_1)

    half = brentq(lambda value: shared(value, 0.1) - 0.5, 2, 20, xtol=1e-6)
    beyond, equal = shared(10.0, 0.1), shared(1.0, 0.1)
    evidence = (
        f"E_C = 0.07 E_J, R = {ratio} R_Q, T = 0, I Phi_0 = Omega/10, slips on their true paths: V_2/V_1 is {equal:.0e}"
        f" at C_m = C, 1/2 at C_m = {half:.2f} C and {beyond:.4f} at C_m = 10 C. At smaller currents it takes more."
    )
    return Finding(beyond, 0.5 < beyond < 1, evidence)


@claim(
    SLZ25b,
    "after 7, other processes",
    where="Sec. II, paragraph after Eq. 7, first sentence",
    ours="one percent of either voltage as negligible; the settings",
)
def other_processes_negligible() -> Finding:
    """Slips by more than 2 pi in a junction add next to nothing to the voltages."""
    gamma = exact_amplitudes(10.0, 0.01, digits=24)

    def share(amplitudes, josephson_over_charging, ratio, bias_over_cutoff):
        cutoff = float(frequency_ratio(1 / josephson_over_charging))
        bias = bias_over_cutoff * cutoff
        others = {n: value for n, value in amplitudes.items() if max(map(abs, n)) == 2}
        whole, rest = (drag_voltage(g, ratio, ratio, bias, bias / 20, cutoff) for g in (amplitudes, others))
        return max(abs(float(b / a)) for a, b in zip(whole, rest, strict=True))

    typical, largest = share(gamma, 10.0, 0.8, 0.1), share(exact_amplitudes(5.0, 0.001, digits=24), 5.0, 1.0, 1.0)
    alphas = [drag_exponent().rhs.subs({n_1: a, n_2: b}) for a, b in ((2, 0), (1, 1))]
    excess = simplify((alphas[0] - alphas[1]) / R_Q)
    evidence = (
        f"At E_J = 10 E_C, C_m = C/100 |gamma_2,0/gamma_1,1| = {abs(float(gamma[2, 0] / gamma[1, 1])):.0f}: negligible"
        f" in rates, not in amplitudes. Their share in V_1 and V_2 is {typical:.0e} at R = 0.8 R_Q, I Phi_0 = Omega/10,"
        f" and {largest:.0e} at the ends of all ranges, E_J = 5 E_C, C_m = C/1000, R = R_Q, I Phi_0 = Omega."
        f" alpha_2,0 - alpha_1,1 is R_Q times {excess}, negative for R_2 < R_1/3; but (2, 0) does not drag."
    )
    return Finding(largest, largest < 1e-2, evidence)


@remark(
    SLZ25b,
    "28, prefactor",
    where="Sec. V, end of the fourth paragraph",
    reason="The paper says perhaps, and may: there is nothing to refute.",
)
def drag_in_volts() -> Finding:
    """Though the drag goes as C_m^3 at weak coupling, its large numerical factor may keep it from being too small."""
    from scipy import constants as si


    def volts(capacitance, josephson_over_charging, capacitance_ratio, ratio, bias_over_cutoff):
        energy = josephson_over_charging * si.e**2 / (2 * capacitance)
        cutoff = float(frequency_ratio(1 / josephson_over_charging))
        charging = (1 / josephson_over_charging,) * 2
        gamma = two_junction_amplitudes((1.0, 1.0), charging, capacitance_ratio=capacitance_ratio, digits=20)
        common_slips = {n: gamma[n] for n in COMMON}
        temperature = 0.05 * si.k / energy
        _, V_2 = drag_voltage(common_slips, ratio, ratio, bias_over_cutoff * cutoff, temperature, cutoff)
        return float(V_2) * energy / si.hbar * si.h / (2 * si.e)

    def at_the_ends(capacitance, josephson_over_charging):
        depth_one = float(frequency_ratio(1 / josephson_over_charging)) / 8
        return volts(capacitance, josephson_over_charging, depth_one, 1.0, 1.0)

    typical, highest = volts(1e-15, 10.0, 0.01, 0.8, 0.1), at_the_ends(1e-15, 5.0)
    small, smaller = at_the_ends(1e-16, 5.0), at_the_ends(1e-16, 3.0)
    prefactor = 2**16 * math.pi**2 / 3
    evidence = (
        f"The factor, 2^16 pi^2/3 = {prefactor:.3g}, makes up for (C_m/C)^3 down to C_m = C/{prefactor ** (1 / 3):.0f},"
        f" not for exp(-32 E_J/Omega). V_2 at C = 1 fF, 50 mK: {typical:.0e} V for E_J = 10 E_C, C_m = C/100,"
        f" R = 0.8 R_Q, I Phi_0 = Omega/10; {highest:.0e} V for E_J = 5 E_C, C_m/C = Omega/8E_J, R = R_Q,"
        f" I Phi_0 = Omega. The latter with C = 0.1 fF: {small:.0e} V, and {smaller:.0e} V for E_J = 3 E_C."
    )
    return Finding(highest, highest > 0, evidence)
