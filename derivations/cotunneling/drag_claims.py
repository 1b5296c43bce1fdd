"""What the prose of SLZ25a and SLZ25b says of rates and voltages, each settled by a number."""

import math

from sympy import diff, simplify

from derivations.cotunneling.action import drag_exponent, n_1, n_2
from derivations.cotunneling.drag import COMMON, Phi_0, common, drag_from_rates, printed_balance
from derivations.cotunneling.evaluators import cotunneling_amplitude, evaluator_of, frequency_ratio
from derivations.cotunneling.golden_rule import SlipRate, alpha, linear_response
from derivations.cotunneling.rates import drag_voltage
from derivations.cotunneling.symbols import R_2, R_Q, I_bias, T
from derivations.ledger import BOOK, Finding, SLZ25a, SLZ25b, claim

__all__ = [
    "drag_follows_from_printed_balance",
    "drag_is_comparable_to_primary_voltage",
    "drag_is_not_so_small",
    "equal_voltages",
    "other_processes_negligible",
    "weak_drag_serves_weak_regime",
    "weak_drag_over_exact",
]

E_C_OVER_E_J = 0.07  # of Figs. 3 and 4 of the paper


@claim(SLZ25b, "11, from 10", where="TODO", ours="TODO")
def drag_follows_from_printed_balance() -> Finding:
    """Eq. 11 follows by detailed balance as Eq. 10 prints it, with n = +-1."""
    by_printed = [printed_balance(common).subs(common, sign).args for sign in (1, -1)]
    together, apart = SlipRate(1, 1), SlipRate(1, -1)
    wrong = drag_from_rates()[0].rhs.subs(by_printed).subs(I_bias, 0)
    at_rest = float(simplify(wrong / (Phi_0 * (together - apart))))
    right = float(simplify(drag_from_rates()[1].rhs.subs(I_bias, 0)))
    evidence = (
        f"Without bias the printed relation would leave V_2 = {at_rest:.0f} Phi_0 (Gamma_1,1 - Gamma_1,-1);"
        f" with the reverse process (-1, -n) it is {right:.0f}, as Eq. 11 says."
    )
    return Finding(at_rest, at_rest == 0, evidence)


def weak_drag_over_exact(depth) -> float:
    """Eq. 28, corrected, over Eq. 11 with the integrals of Eq. 26: the rates cancel, amplitudes stay.

    depth: A = 2 C_m Omega/e^2 > 0; below 1e-3 the difference of both integrals loses digits.
    """
    xi = frequency_ratio(E_C_OVER_E_J)
    exact = [cotunneling_amplitude(sign, xi, xi, depth / xi) for sign in (1, -1)]
    small = 1e-6
    series = [evaluator_of("weak_coupling_amplitude")(sign, xi, small / xi) for sign in (1, -1)]
    leading = (series[0] - series[1]) * (series[0] + series[1]) * (depth / small) ** 3
    return leading / ((exact[0] - exact[1]) * (exact[0] + exact[1]))


@claim(BOOK, "28, range")
def weak_drag_serves_weak_regime() -> Finding:
    """Eq. 28, meant for C_m/C far below Omega/E_J, still serves where C_m/C = Omega/8E_J."""
    from scipy.optimize import brentq

    ratios = {depth: float(weak_drag_over_exact(depth)) for depth in (0.1, 1.0)}
    tenth = brentq(lambda depth: weak_drag_over_exact(depth) - 1.1, 0.01, 0.2)
    evidence = (
        f"(28) over (26): {ratios[0.1]:.2f} at A = 0.1 and {ratios[1.0]:.1f} at A = 1, C_m/C = Omega/8E_J;"
        f" within 10 percent only below A = {tenth:.3f}, C_m/C = {tenth / 8:.4f} Omega/E_J."
    )
    return Finding(ratios[1.0], ratios[1.0] < 1.1, evidence)


@claim(SLZ25b, "Fig. 3, V_1 = V_2", where="TODO", ours="TODO")
def equal_voltages() -> Finding:
    """Where gamma_{1,1} > gamma~ both voltages are equal."""
    from scipy.optimize import brentq

    from derivations.cotunneling.exact_bands import exact_amplitudes

    cutoff, ratio = float(frequency_ratio(E_C_OVER_E_J)), 0.8
    near, far = (exact_amplitudes(1 / E_C_OVER_E_J, c, digits=24) for c in (4.0, 10.0))

    def shared(gamma, logarithm):
        V_1, V_2 = drag_voltage(gamma, ratio, ratio, cutoff * math.exp(logarithm), 0.0, cutoff)
        return float(V_2 / V_1)

    half = math.exp(brentq(lambda s: shared(far, s) - 0.5, -12, 0))
    tenth = shared(near, math.log(0.1))
    single, pair = (drag_exponent().rhs.subs({n_1: 1, n_2: second}) for second in (0, 1))
    power = T * diff(linear_response(), T) / linear_response()
    gained = simplify((power.subs(alpha, pair) - power.subs(alpha, single)) * R_2 / R_Q)
    evidence = (
        f"R = {ratio} R_Q, T = 0: at C_m = 4 C, gamma_1,1/gamma~ = {float(near[1, 1] / near[1, 0]):.1f}, V_2/V_1 is"
        f" {tenth:.3f} at I Phi_0 = Omega/10; at C_m = 10 C, gamma_1,1/gamma~ = {float(far[1, 1] / far[1, 0]):.0f}, it"
        f" is 1/2 at {half:.4f} Omega and falls as max(2 pi T, I Phi_0)^({gained} R_Q/R_2): equal in a window only."
    )
    return Finding(tenth, tenth > 0.9, evidence)


@claim(SLZ25a, "abstract, comparable", where="TODO", ours="TODO")
def drag_is_comparable_to_primary_voltage() -> Finding:
    """In the strong-coupling regime the drag voltage becomes comparable to the primary voltage."""
    from scipy.optimize import brentq

    from derivations.cotunneling.bounce import slip_amplitude

    xi, ratio = float(frequency_ratio(E_C_OVER_E_J)), 0.8

    def shared(coupling, bias_over_cutoff):
        slips = {slip: slip_amplitude(slip, xi, xi, coupling) for slip in ((1, 0), (0, 1), (1, 1))}
        V_1, V_2 = drag_voltage(slips, ratio, ratio, bias_over_cutoff * xi, 0.0, xi)
        return float(V_2 / V_1)

    half = brentq(lambda coupling: shared(coupling, 0.1) - 0.5, 2, 20, xtol=1e-6)
    beyond, equal = shared(10.0, 0.1), shared(1.0, 0.1)
    evidence = (
        f"E_C = 0.07 E_J, R = {ratio} R_Q, T = 0, I Phi_0 = Omega/10, slips on their true paths: V_2/V_1 is {equal:.0e}"
        f" at C_m = C, 1/2 at C_m = {half:.2f} C and {beyond:.4f} at C_m = 10 C. At smaller currents it takes more."
    )
    return Finding(beyond, 0.5 < beyond < 1, evidence)


@claim(SLZ25b, "after 7, other processes", where="TODO", ours="TODO")
def other_processes_negligible() -> Finding:
    """Processes other than n_k = 0, +-1 give a negligible contribution to the voltages."""
    from derivations.cotunneling.exact_bands import exact_amplitudes

    gamma = exact_amplitudes(10.0, 0.01)

    def share(amplitudes, josephson_over_charging, ratio, bias_over_cutoff):
        cutoff = math.sqrt(8 / josephson_over_charging)
        bias = bias_over_cutoff * cutoff
        others = {n: value for n, value in amplitudes.items() if max(map(abs, n)) == 2}
        whole, rest = (drag_voltage(g, ratio, ratio, bias, bias / 20, cutoff) for g in (amplitudes, others))
        return max(abs(float(b / a)) for a, b in zip(whole, rest, strict=True))

    typical, largest = share(gamma, 10.0, 0.8, 0.1), share(exact_amplitudes(5.0, 0.001), 5.0, 1.0, 1.0)
    alphas = [drag_exponent().rhs.subs({n_1: a, n_2: b}) for a, b in ((2, 0), (1, 1))]
    excess = simplify((alphas[0] - alphas[1]) / R_Q)
    evidence = (
        f"At E_J = 10 E_C, C_m = C/100 |gamma_2,0/gamma_1,1| = {abs(float(gamma[2, 0] / gamma[1, 1])):.0f}: negligible"
        f" only in rates. Their share in V_1 and V_2 is {typical:.0e} at R = 0.8 R_Q, I Phi_0 = Omega/10, and"
        f" {largest:.0e} at the ends of all ranges, E_J = 5 E_C, C_m = C/1000, R = R_Q, I Phi_0 = Omega."
        f" alpha_2,0 - alpha_1,1 is R_Q times {excess}, negative for R_2 < R_1/3; but (2, 0) does not drag."
    )
    return Finding(largest, largest < 1e-2, evidence)


@claim(SLZ25b, "28, prefactor", where="TODO", ours="TODO")
def drag_is_not_so_small() -> Finding:
    """At weak coupling the drag voltage may not be so small, due to the unusually large prefactor of Eq. 28."""
    from scipy import constants as si

    from derivations.cotunneling.exact_bands import exact_amplitudes

    capacitance = 1e-15

    def volts(josephson_over_charging, coupling, ratio, bias_over_cutoff):
        energy = josephson_over_charging * si.e**2 / (2 * capacitance)
        cutoff = math.sqrt(8 / josephson_over_charging)
        gamma = exact_amplitudes(josephson_over_charging, coupling)
        common_slips = {n: gamma[n] for n in COMMON}
        temperature = 0.05 * si.k / energy
        _, V_2 = drag_voltage(common_slips, ratio, ratio, bias_over_cutoff * cutoff, temperature, cutoff)
        return float(V_2) * energy / si.hbar * si.h / (2 * si.e)

    typical, cutoff = volts(10.0, 0.01, 0.8, 0.1), math.sqrt(8 / 5)
    highest = volts(5.0, cutoff / 8, 1.0, 1.0)
    evidence = (
        f"2^16 pi^2/3 = {2**16 * math.pi**2 / 3:.3g} meets exp(-32 E_J/Omega), {math.exp(-32 / math.sqrt(0.8)):.0e} at"
        f" E_J = 10 E_C. C = 1 fF, 50 mK: V_2 = {typical:.0e} V for E_J = 10 E_C, C_m = C/100, R = 0.8 R_Q,"
        f" I Phi_0 = Omega/10, and {highest:.0e} V at the ends of every range, E_J = 5 E_C, C_m/C = Omega/8E_J,"
        " R = R_Q, I Phi_0 = Omega; a nanovolt is what we call not so small."
    )
    return Finding(highest, highest > 1e-9, evidence)
