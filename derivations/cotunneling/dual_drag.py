"""The current that Cooper pairs drag: the voltage of the fluxons by the table of the duality, SLZ25a."""

import math
from functools import cache

from sympy import Eq, Tuple, diff, limit, log, pi, simplify

from derivations.cotunneling.action import drag_exponent
from derivations.cotunneling.cooper_pairs import (
    cooper_pair_cotunneling_amplitude,
)
from derivations.cotunneling.drag import V_2 as dragged_voltage
from derivations.cotunneling.drag import Delta, Phi_0, drag_voltage, power_laws
from derivations.cotunneling.dual import (
    V_bias,
    dual_of,
    exponent_of_transfer,
)
from derivations.cotunneling.golden_rule import alpha, epsilon, gain, net_rate
from derivations.cotunneling.golden_rule import zero_temperature as frozen_rate
from derivations.cotunneling.rates import drag_current
from derivations.cotunneling.symbols import T, e
from derivations.ledger import Finding, SLZ25a, claim, consistent

__all__ = [
    "current_of_cooper_pairs",
    "current_power_laws",
    "drag_current_is_accessible",
]


def _dual(law: Eq) -> Eq:
    """An equation of the slips with every flux quantum named, then by the table."""
    return dual_of(law.subs(e, pi / Phi_0))


@cache
def current_of_cooper_pairs() -> Eq:
    """Current through the junction without bias, from Delta of the Cooper pairs and the voltage V across the other."""
    return _dual(Eq(dragged_voltage, drag_voltage()))


def each_pair_gains_the_voltage(laws: Tuple) -> bool:
    """It is 2e times the net rate of pairs that each gain 2eV."""
    whole = current_of_cooper_pairs().rhs / net_rate().subs(epsilon, 2 * e * V_bias)
    frozen = laws[0].rhs / frozen_rate().subs(gain, 2 * e * V_bias)
    return all(simplify(part / (2 * e * Delta)) == 1 for part in (whole, frozen))


def scales_with_voltage(laws: Tuple) -> bool:
    """I_2 scales as V^(2 rho - 1) at T = 0 and as V when the voltage is small, rho in the place of alpha."""
    frozen, linear = (
        simplify(diff(law.rhs, V_bias) * V_bias / law.rhs) for law in laws
    )
    return frozen == 2 * alpha - 1 and linear == 1


def conductance_scales_with_temperature(laws: Tuple) -> bool:
    """Its linear conductance scales as T^(2 rho - 2)."""
    return simplify(diff(log(laws[1].rhs), T) * T) == 2 * alpha - 2


def linear_law_is_the_limit(laws: Tuple) -> bool:
    """The linear law is the whole current at small voltage."""
    slope = simplify(current_of_cooper_pairs().rhs / laws[1].rhs)
    return simplify(limit(slope, V_bias, 0)) == 1


def governed_by_resistances(_: Tuple) -> bool:
    """The table turns alpha into the rho that the circuit's own impedances give."""
    return simplify(dual_of(drag_exponent().rhs) - exponent_of_transfer()) == 0


@consistent(
    SLZ25a,
    "abstract, dual power laws",
    each_pair_gains_the_voltage,
    scales_with_voltage,
    conductance_scales_with_temperature,
    linear_law_is_the_limit,
    governed_by_resistances,
)
def current_power_laws() -> Tuple:
    """Drag current at zero temperature and at small voltage, by the table: alpha stands for its dual rho."""
    return Tuple(*map(_dual, power_laws()))


@claim(SLZ25a, "abstract, accessible")
def drag_current_is_accessible() -> Finding:
    """The dual drag has experimentally accessible regimes."""
    from scipy import constants as si

    island, inductance, lead = 2e-15, 100e-9, 5e-15
    temperature, ratio, josephson = 0.01, 1.2, 2e9 * si.h
    resonance = si.hbar / math.sqrt(inductance * island)
    depth = 4 * si.e**2 / (2 * island) / resonance
    amplitudes = {
        (1, c): float(cooper_pair_cotunneling_amplitude(c, depth))
        * (josephson / resonance) ** 2
        for c in (1, -1)
    }
    cutoff = si.hbar / (ratio * si.h / (4 * si.e**2) * lead) / resonance
    bias = cutoff / 2
    thermal = temperature * si.k / resonance
    _, current = drag_current(amplitudes, ratio, ratio, bias, thermal, cutoff)
    amperes = float(current) * resonance / si.hbar * 2 * si.e
    volts = bias * resonance / (2 * si.e)
    evidence = (
        f"E_J/h = 2 GHz, an island of 2 fF with 100 nH ({resonance / si.h / 1e9:.0f} GHz, depth {depth:.1f}),"
        f" R = {ratio} R_Q, 10 mK, V = {volts * 1e6:.0f} microvolts give I_2 = {amperes:.0e} A with the cutoff"
        f" 1/RC_A ({cutoff * resonance / si.h / 1e9:.0f} GHz, C_A = 5 fF), which is our choice: the seed has no"
        " values. Ten femtoamperes are measured routinely."
    )
    return Finding(amperes, amperes > 1e-14, evidence)
