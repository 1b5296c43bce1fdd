"""The current that Cooper pairs drag: the voltage of the fluxons by the table of the duality, SLZ25a."""


from sympy import Eq, Tuple, diff, limit, log, pi, simplify

from derivations.cotunneling.action.action import drag_exponent
from derivations.cotunneling.drag.drag import V_2 as dragged_voltage
from derivations.cotunneling.drag.drag import Delta, Phi_0, drag_from_difference, power_laws
from derivations.cotunneling.drag.golden_rule import alpha, epsilon, gain, net_rate
from derivations.cotunneling.drag.golden_rule import zero_temperature as frozen_rate
from derivations.cotunneling.dual.dual import V_bias, dual_of, exponent_of_transfer
from derivations.cotunneling.symbols import T, e
from derivations.papers import SLZ25a
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "current_of_cooper_pairs",
    "current_power_laws",
]


def _dual(law: Eq) -> Eq:
    """An equation of the slips with every flux quantum named, then by the table."""
    return dual_of(law.subs(e, pi / Phi_0))


@kept
def current_of_cooper_pairs() -> Eq:
    """Current through the junction without bias, from Delta of the Cooper pairs and the voltage V across the other."""
    return _dual(Eq(dragged_voltage, drag_from_difference()))


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


def governed_by_resistances(form: Tuple) -> bool:
    """The table turns alpha, which is in both laws, into the rho that the circuit's own impedances give."""
    alike = simplify(dual_of(drag_exponent().rhs) - exponent_of_transfer()) == 0
    return alike and all(drag_exponent().lhs in law.rhs.free_symbols for law in form)


@consistent(
    SLZ25a,
    "abstract, dual power laws",
    each_pair_gains_the_voltage,
    scales_with_voltage,
    conductance_scales_with_temperature,
    linear_law_is_the_limit,
    governed_by_resistances,
    ours="the circuit and all exponents: the abstract says only that there are corresponding laws",
)
def current_power_laws() -> Tuple:
    """Drag current at zero temperature and at small voltage, by the table: alpha stands for its dual rho."""
    return Tuple(*map(_dual, power_laws()))
