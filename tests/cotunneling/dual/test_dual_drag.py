"""The dual drag: the derived current against the evaluator, and against detailed balance."""

import pytest

from derivations.cotunneling import drag_current
from derivations.cotunneling.drag.drag import Delta
from derivations.cotunneling.drag.golden_rule import Omega_c, alpha
from derivations.cotunneling.dual.dual import DUALITY, V_bias, dual_of
from derivations.cotunneling.dual.dual_drag import current_of_cooper_pairs, current_power_laws
from derivations.cotunneling.symbols import T, e
from rederived.ledger import verdict

__all__: list[str] = []

AMPLITUDES, R_1, R_2, CUTOFF, UNIT = {(1, 1): 3e-3, (1, -1): -1e-3}, 1.3, 1.6, 2.0, 0.7
POINT = {e: UNIT, alpha: R_1 + R_2, Omega_c: CUTOFF, Delta: 8e-6}


@pytest.mark.parametrize(("voltage", "temperature"), [(0.3, 0.1), (1e-4, 0.1), (0.05, 0.4)])
def test_derived_current_is_that_of_the_evaluator(voltage, temperature):
    derived = current_of_cooper_pairs().rhs.subs({**POINT, V_bias: voltage, T: temperature})
    _, found = drag_current(AMPLITUDES, R_1, R_2, 2 * UNIT * voltage, temperature, CUTOFF)
    assert complex(derived.evalf()).real == pytest.approx(2 * UNIT * found, rel=1e-11)


def test_power_laws_are_the_limits_of_the_evaluator():
    frozen, linear = (law.rhs.subs(POINT) for law in current_power_laws())
    cold = drag_current(AMPLITUDES, R_1, R_2, 2 * UNIT * 0.3, 0.0, CUTOFF)[1]
    assert float(frozen.subs(V_bias, 0.3)) == pytest.approx(2 * UNIT * cold, rel=1e-12)
    # The next order is (eV/T)^2.
    small = drag_current(AMPLITUDES, R_1, R_2, 2 * UNIT * 1e-7, 0.2, CUTOFF)[1]
    assert float(linear.subs({V_bias: 1e-7, T: 0.2})) == pytest.approx(2 * UNIT * small, rel=1e-10)
    assert verdict(current_power_laws.row).verdict == "consistent with the text"


def test_table_names_the_response_and_the_drive():
    responses = {line.quantity: line for line in DUALITY}
    response = responses["response of junction 2"]
    assert current_of_cooper_pairs().lhs == dual_of(response.fluxons) == response.cooper_pairs
    assert current_of_cooper_pairs().rhs.free_symbols >= {e, V_bias}
