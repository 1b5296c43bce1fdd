"""Which slips win, the power laws in volts, and the figures that show both: slopes, limits, equal shares."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.cotunneling import (
    drag_power_laws,
    drag_voltage,
    equal_share_energies,
    phase_slip_rate,
)
from derivations.cotunneling.drag.drag import primary_voltage
from derivations.cotunneling.drag.golden_rule import Omega_c, SlipRate, alpha, linear_response
from derivations.cotunneling.rates.rates import drag_voltage_of_neighbors, primary_voltage_of_neighbors
from derivations.cotunneling.symbols import T
from figures import find

__all__: list[str] = []

RATIO = st.floats(0.1, 1.5)
GAMMA = {(1, 0): 1.2e-3, (1, 1): 2e-4, (1, -1): -1e-4}


@settings(max_examples=40)
@given(st.floats(-2, 4).map(lambda d: 10**d), RATIO, RATIO)
def test_rates_are_equal_at_equal_shares(ratio, r_1, r_2):
    cold, rest = equal_share_energies(ratio, r_1, r_2)
    exponents = 1 / r_1, 1 / r_1 + 1 / r_2
    at_bias, at_rest = (
        [phase_slip_rate(g, a, e, t, 1.0, log=True)[1] for g, a in zip((1.0, ratio), exponents, strict=True)]
        for e, t in ((cold, 0.0), (0.0, rest / (2 * math.pi)))
    )
    # Logarithms of up to a few hundred, of which the power 2 alpha multiplies the rounding of the energy.
    assert at_bias[0] == pytest.approx(at_bias[1], abs=1e-11)
    assert at_rest[0] == pytest.approx(at_rest[1], abs=1e-11)


def test_common_slips_win_above_equal_shares_and_lose_below():
    cold, rest = equal_share_energies(30.0, 0.8, 0.6)
    gamma = {(1, 0): 1e-3, (1, 1): 3e-2}
    for energy, above in ((cold / 3, False), (cold, None), (3 * cold, True)):
        V_1, V_2 = drag_voltage(gamma, 0.8, 0.6, energy, 0.0, 1.0)
        share = V_2 / V_1
        assert share == pytest.approx(0.5, rel=1e-12) if above is None else (share > 0.5) == above
    V_1, V_2 = drag_power_laws(gamma, 0.8, 0.6, 1e-9, rest / (2 * math.pi), 1.0)["linear"]
    share = V_2 / V_1
    assert share == pytest.approx(0.5, rel=1e-12)


@settings(max_examples=40)
@given(RATIO, RATIO, st.floats(-3, 0), st.floats(-6, 0))
def test_expression_for_a_page_is_the_drag_voltage(r_1, r_2, bias, temperature):
    bias, temperature, cutoff = 10**bias, 10**temperature, 1.7
    expected = drag_voltage(GAMMA, r_1, r_2, bias * cutoff, temperature * cutoff, cutoff)
    for form, value in zip((primary_voltage_of_neighbors, drag_voltage_of_neighbors), expected, strict=True):
        found = cutoff * form.evaluator(*GAMMA.values(), r_1, r_2, bias, temperature, cutoff)
        # Exponents up to 20 times logarithms up to 14, each rounded.
        assert found == pytest.approx(value, rel=1e-12, abs=1e-290)


def test_expression_for_a_page_has_no_drag_from_equal_amplitudes():
    assert drag_voltage_of_neighbors.evaluator(1e-3, 2e-4, -2e-4, 0.8, 0.8, 0.1, 0.01, 1.0) == 0
    assert primary_voltage_of_neighbors.evaluator(1e-3, 2e-4, -2e-4, 0.8, 0.8, 0.0, 0.01, 1.0) == 0


@given(st.floats(0.2, 1), st.floats(0.2, 1))
def test_limits_of_the_power_laws_are_those_of_the_voltages(r_1, r_2):
    small = 1e-7
    laws = drag_power_laws(GAMMA, r_1, r_2, small, 0.03, 1.0)["linear"]
    # sinh(x)/x - 1 at x = small/T.
    assert drag_voltage(GAMMA, r_1, r_2, small, 0.03, 1.0) == pytest.approx(laws, rel=1e-9, abs=0)


def test_linear_law_is_the_derived_response():
    derived = float(linear_response().subs({alpha: 2.5, T: 0.03, Omega_c: 1.4}))
    (value, _) = drag_power_laws({(1, 0): 2e-3}, 0.4, 0.4, 1e-3, 0.03, 1.4)["linear"]
    assert value == pytest.approx(2e-3**2 * 1e-3 * derived, rel=1e-12, abs=0)


def test_primary_voltage_counts_every_forward_slip_once():
    form = primary_voltage().rhs
    rates = {SlipRate(1, 0): 3, SlipRate(1, 1): 5, SlipRate(1, -1): 7}
    at = {s: v for s in form.free_symbols for v in [{"Phi_0": 2.0, "I": 0.5, "T": 1.0}[s.name]]}
    assert float(form.subs(rates).subs(at)) == pytest.approx(2 * 15 * (1 - math.exp(-1)), rel=1e-12)


def slopes(x, y):
    return np.gradient(np.log(y), np.log(x), axis=-1)


def test_figure_of_voltages_bends_between_its_power_laws():
    data = find("voltages_against_current").data()
    by_bias, by_heat = slopes(data["bias"], data["against_bias"]), slopes(data["thermal"], data["against_heat"])
    alphas = data["exponent"]
    # A hundred times above or below the fixed energy; next orders are (1/100)^2 times a few.
    assert by_bias[:, 0] == pytest.approx([1, 1], abs=1e-3)
    assert by_bias[:, -2] == pytest.approx(2 * alphas - 1, abs=2e-3)
    assert by_heat[:, 0] == pytest.approx([0, 0], abs=1e-2)
    assert by_heat[:, -2] == pytest.approx(2 * alphas - 2, abs=2e-3)
    linear, cold = data["laws_of_bias"]
    assert data["against_bias"][:, 0] == pytest.approx(linear[:, 0], rel=1e-3, abs=0)
    assert data["against_bias"][:, -1] == pytest.approx(cold[:, -1], rel=2e-3, abs=0)
    linear, cold = data["laws_of_heat"]
    assert data["against_heat"][:, -1] == pytest.approx(linear[:, -1], rel=1e-3, abs=0)
    assert data["against_heat"][:, 0] == pytest.approx(cold[:, 0], rel=1e-3, abs=0)


def test_figure_of_the_ratio_never_exceeds_one_and_falls_with_the_power_of_the_second_shunt():
    data = find("drag_over_primary").data()
    for name in ("cold", "rest"):
        assert np.all(data[name] < 1)
        assert np.all(np.diff(data[name]) > -1e-12)
        assert slopes(data["energy"], data[name])[:3, 0] == pytest.approx([2.5] * 3, abs=1e-3)
    shares = data["equal_shares"][0, -1]
    assert np.interp(shares, data["energy"], data["cold"][-1]) == pytest.approx(0.5, abs=2e-3)


def test_figure_of_currents_has_the_slopes_of_the_dual():
    data = find("drag_current").data()
    alphas = np.array([1.25, 2.5])
    assert slopes(data["energy"], data["against_voltage"])[:, 0] == pytest.approx([1, 1], abs=1e-3)
    # Other transfers of the exact amplitudes add a few thousandths at 2 e V = omega_0.
    assert slopes(data["energy"], data["against_voltage"])[:, -2] == pytest.approx(2 * alphas - 1, abs=1e-2)
    assert slopes(data["energy"], data["against_heat"])[:, -2] == pytest.approx(2 * alphas - 2, abs=1e-2)
