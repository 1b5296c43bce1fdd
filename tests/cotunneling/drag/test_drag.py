"""Rates from the golden rule and voltages from rates: against the integral over real time, and against the gas."""

import math
import re
from functools import cache

import mpmath as mp
import numpy as np
import pytest
from scipy.integrate import quad
from sympy import Symbol, lambdify

from derivations.cotunneling import symbols as sym
from derivations.cotunneling.claims.drag_claims import (
    drag_is_comparable_to_primary_voltage,
    equal_voltages,
    other_processes_negligible,
    weak_drag_over_exact,
    weak_drag_serves_weak_regime,
)
from derivations.cotunneling.drag.drag import (
    Delta,
    SlipRate,
    balance_of_common_slips,
    common,
    drag_from_difference,
    drag_from_rates,
    flux_quantum,
    m,
    n,
    power_laws,
    primary_voltage,
    rate,
)
from derivations.cotunneling.drag.drag_formula import J, weak_drag, weight_of_bias
from derivations.cotunneling.drag.golden_rule import (
    Omega_c,
    alpha,
    crossover,
    downhill_logarithm,
    energy_gain,
    epsilon,
    gain,
    linear_response,
    net_rate,
    ohmic_weight,
    rate_of_gain,
    zero_temperature,
)

__all__: list[str] = []

TAU = Symbol("tau_0", positive=True)


@cache
def gamma_form():
    """The rate with its Gamma function, for mpmath."""
    return lambdify([alpha, epsilon, sym.T, Omega_c], rate_of_gain(), "mpmath")


def golden_rule(exponent, energy, temperature, cutoff, line):
    """The integral over t - i line/T of exp(i epsilon t) [pi T/(i Omega_c sinh(pi T (t - i line/T)))]^(2 alpha)."""
    def integrand(t):
        z = t - 1j * line / temperature
        kernel = mp.pi * temperature / (1j * cutoff * mp.sinh(mp.pi * temperature * z))
        return mp.exp(1j * energy * z) * kernel ** (2 * exponent)

    reach = 50 / (2 * mp.pi * temperature * exponent)
    return mp.quad(integrand, mp.linspace(-reach, reach, 13))


@pytest.mark.parametrize("line", ["0.5", "0.2", "0.07"])
@pytest.mark.parametrize(
    ("exponent", "energy", "temperature"),
    [("1.3", "0.4", "0.5"), ("2.5", "-0.7", "0.3"), ("4", "3.1", "0.2"), ("0.6", "0", "1.1")],
)
def test_rate_is_the_golden_rule_integral_on_any_line(exponent, energy, temperature, line):
    with mp.workdps(24):
        numbers = [mp.mpf(v) for v in (exponent, energy, temperature, "1.7")]
        expected = golden_rule(*numbers, mp.mpf(line))
        # Seventeen digits, more than a double has; the quadrature is cut where the kernel is exp(-50).
        assert abs(gamma_form()(*numbers) / expected - 1) < mp.mpf(10) ** -17


def test_kernel_of_the_golden_rule_is_the_action_of_the_shunts():
    # At T -> 0 the correlation of slips falls as a power of the time: (Omega_c tau)^(-2 alpha).
    weight = lambdify([alpha, sym.T, Omega_c, TAU], ohmic_weight(), "math")
    assert weight(1.5, 1e-6, 2.0, 7.0) == pytest.approx((2.0 * 7.0) ** -3, rel=1e-9)
    # Closed paths: it is even about half a period, where it is smallest.
    assert weight(1.5, 0.1, 2.0, 4.0) == pytest.approx(weight(1.5, 0.1, 2.0, 6.0), rel=1e-14)
    assert weight(1.5, 0.1, 2.0, 4.0) > weight(1.5, 0.1, 2.0, 5.0)


def test_energy_gain_is_that_of_a_flux_quantum_against_the_current():
    assert energy_gain().rhs.subs({n: -3, m: 2, sym.e: 2}) == -3 * sym.I_bias * flux_quantum().rhs.subs(sym.e, 2)


@pytest.mark.parametrize(("second", "sign"), [(0, 0), (1, 1), (-1, -1)])
def test_reverse_process_is_in_detailed_balance(second, sign):
    point = {sym.T: 0.3, sym.e: 0.8, sym.I_bias: 0.11, Omega_c: 1, alpha: 2.2}
    forward, back = (complex(rate().rhs.subs({n: a, m: a * second}).subs(point).replace(
        sym.SlipAmplitude, lambda *_: 1).evalf()).real for a in (1, -1))
    assert back / forward == pytest.approx(math.exp(-0.11 * math.pi / 0.8 / 0.3), rel=1e-13)
    if second:
        assert balance_of_common_slips().subs(common, sign).lhs == SlipRate(-1, -second)


def test_drag_vanishes_without_bias_and_without_asymmetry():
    _, balanced = drag_from_rates()
    assert balanced.rhs.subs(sym.I_bias, 0) == 0
    assert balanced.rhs.subs(SlipRate(1, 1), SlipRate(1, -1)) == 0


def test_only_single_slips_and_opposite_pairs_make_the_voltages_differ():
    difference = (primary_voltage().rhs - drag_from_rates()[1].rhs).expand()
    opposite, single = difference.coeff(SlipRate(1, -1)), difference.coeff(SlipRate(1, 0))
    assert (opposite - 2 * single).expand() == 0
    assert difference.coeff(SlipRate(1, 1)) == 0


@pytest.mark.parametrize("exponent", [1.2, 2.5, 6.0])
def test_power_laws_are_the_limits_of_the_rate(exponent):
    small, temperature = 1e-5, 0.4
    point = {alpha: exponent, Omega_c: 2.0}
    linear = float(linear_response().subs({**point, sym.T: temperature}))
    with mp.workdps(30):
        net = lambdify([epsilon, sym.T], net_rate().subs(point), "mpmath")
        # The next order is (epsilon/T)^2.
        assert float(mp.re(net(mp.mpf(small), temperature))) / small == pytest.approx(linear, rel=1e-8)
        frozen = float(zero_temperature().subs({**point, gain: 0.3}))
        # The next order is (2 pi T/epsilon)^2 alpha (alpha - 1) (2 alpha - 1)/6, 2e-9 of 55 at most.
        assert float(mp.re(net(mp.mpf("0.3"), mp.mpf("2e-6")))) == pytest.approx(frozen, rel=2e-7)


@pytest.mark.parametrize("exponent", [1.001, 2.0, 5.0])
def test_both_laws_meet_at_the_crossover(exponent):
    energy = float(crossover().rhs.subs({alpha: exponent, sym.T: 0.1}))
    point = {alpha: exponent, sym.T: 0.1, Omega_c: 1.0}
    linear = float(linear_response().subs(point)) * energy
    assert float(zero_temperature().subs({**point, gain: energy})) == pytest.approx(linear, rel=1e-10)


def test_zero_temperature_rate_is_the_spectrum_of_a_power_law():
    # Hankel's integral of exp(epsilon tau)/(Omega_c tau)^(2 alpha) along a line of constant Re tau.
    with mp.workdps(15):
        def integrand(t):
            return mp.re(mp.exp(0.9 * (1 + 1j * t)) * (2 * (1 + 1j * t)) ** -5)

        expected = 2 * mp.quad(integrand, mp.linspace(0, 200, 100))
    value = float(zero_temperature().subs({alpha: 2.5, gain: 0.9, Omega_c: 2}))
    # What lies beyond t = 200 is below 200^-5, 1e-10 of the whole.
    assert value == pytest.approx(float(expected), rel=1e-9)


def test_voltages_of_the_power_laws_are_those_of_the_drag():
    point = {sym.e: 0.7, Omega_c: 3.0, Delta: 0.01, alpha: 2.0}
    frozen, linear = (law.rhs.subs(point) for law in power_laws())
    drag = drag_from_difference().subs(point)
    small = {sym.I_bias: 1e-6, sym.T: 0.5}
    assert complex(drag.subs(small).evalf()).real == pytest.approx(float(linear.subs(small)), rel=1e-9)
    cold = {sym.I_bias: 0.4, sym.T: 1e-4}
    value = complex(drag.subs(cold).evalf(30)).real
    # (2 pi T/epsilon)^2 = 1e-7, times alpha (alpha - 1)(2 alpha - 1)/6 = 1.
    assert value == pytest.approx(float(frozen.subs(cold)), rel=3e-7)


def moments(depth, sign):
    """exp(-A) times the integral of exp(sign A y/sinh y) - 1."""
    found = quad(lambda y: math.expm1(sign * depth * y / math.sinh(y)), 1e-12, 60, epsabs=0, epsrel=1e-12)
    return 2 * math.exp(-depth) * found[0]


@pytest.mark.parametrize("depth", [0.05, 0.5, 2.0])
def test_weak_drag_overestimates_by_its_neglected_orders(depth):
    # 2 pi^2/2 A times 2 pi^2/3 A^2/2, twice over: pi^4/3 A^3 is the leading term of J_+^2 - J_-^2.
    expected = math.pi**4 / 3 * depth**3 / (moments(depth, 1) ** 2 - moments(depth, -1) ** 2)
    assert weak_drag_over_exact(depth) == pytest.approx(expected, rel=1e-4)
    assert expected > 1 + depth


def test_small_means_less_for_the_drag_than_for_the_amplitudes():
    found = weak_drag_serves_weak_regime()
    # The leading error is exp(2A) - 1 at least, with A = 8 times the parameter: of first order.
    assert found.power == pytest.approx(1, abs=0.05)
    tenth = float(re.search(r"<< means ([\d.]+)", found.evidence)[1])
    exact = [moments(8 * (tenth + s), 1) ** 2 - moments(8 * (tenth + s), -1) ** 2 for s in (-0.0005, 0.0005)]
    over = [math.pi**4 / 3 * (8 * (tenth + s)) ** 3 / e for s, e in zip((-0.0005, 0.0005), exact, strict=True)]
    assert over[0] < 1.1 < over[1]


def test_only_the_bias_of_the_circuit_is_in_the_gamma_function():
    form = weight_of_bias()
    assert J not in form.free_symbols
    # |Gamma(1 + i b)|^2 = pi b/sinh(pi b).
    b = 0.7
    value = form.rhs.subs({alpha: 1, sym.I_bias: 2 * b, sym.e: 1, sym.T: 1}).evalf()
    assert float(value) == pytest.approx(math.pi * b / math.sinh(math.pi * b), rel=1e-12)


def test_without_the_flux_quantum_the_right_side_is_an_energy():
    # Scale the units of energy and of charge; C is charge^2 over energy, I is charge times energy (hbar = 1).
    values = {sym.E_J: 1.3, sym.Omega: 0.9, sym.C: 0.7, sym.C_m: 0.1, sym.e: 0.8, sym.T: 0.2, sym.I_bias: 0.3,
              Omega_c: 1.1, alpha: 2.5}
    energy, charge = 3.0, 1.7
    units = {sym.E_J: energy, sym.Omega: energy, sym.T: energy, Omega_c: energy, sym.e: charge, alpha: 1,
             sym.C: charge**2 / energy, sym.C_m: charge**2 / energy, sym.I_bias: charge * energy}
    scaled = {name: value * units[name] for name, value in values.items()}
    form = weak_drag().rhs
    ratio = float(form.subs(scaled).evalf()) / float(form.subs(values).evalf())
    assert ratio == pytest.approx(energy / charge, rel=1e-9)
    printed = weak_drag.row.printed().rhs
    ratio = float(printed.subs(scaled).evalf()) / float(printed.subs(values).evalf())
    assert ratio == pytest.approx(energy, rel=1e-9)


def test_weak_drag_grows_with_the_cube_of_the_coupling():
    form = weak_drag().rhs
    assert form.subs(sym.C_m, 2 * sym.C_m) / form == 8


def test_single_slips_win_at_low_energy():
    found = equal_voltages()
    assert not found.holds
    # Two exponents, R_Q/R_2 = 1/0.8 apart: a factor ten in the current is 10^2.5 in the ratio of the rates.
    assert 0 < found.value < 0.9
    assert "^(2 R_Q/R_2)" in found.evidence
    # And where slips of both junctions dominate in rates, the paper is right.
    assert float(re.search(r"V_2/V_1 is ([\d.]+)", found.evidence)[1]) > 0.95


def test_drag_is_comparable_only_beyond_equal_amplitudes():
    found = drag_is_comparable_to_primary_voltage()
    assert found.holds
    # Amplitudes are equal at C_m = 3.3 C already: rates ask for more.
    half = float(re.search(r"1/2 at C_m = ([\d.]+) C", found.evidence)[1])
    assert half > 3.6


def test_double_slips_are_frequent_in_amplitude_but_rare_in_rate():
    found = other_processes_negligible()
    assert found.holds
    assert found.value < 1e-4


def test_stable_form_equals_the_rate_to_sixteen_digits():
    a, b = (s for s in sorted(downhill_logarithm().free_symbols - {alpha}, key=str))
    stable = lambdify([alpha, a, b], downhill_logarithm(), "mpmath")
    rng = np.random.default_rng(4)
    with mp.workdps(30):
        for _ in range(30):
            x, exponent = mp.mpf(10) ** rng.uniform(-3, 3), mp.mpf(10) ** rng.uniform(-3, 2)
            thermal = mp.mpf(1) / max(1, x)
            expected = mp.log(mp.re(gamma_form()(exponent, x * thermal, thermal / (2 * mp.pi), 1)))
            # The remainder of Stirling's series, ten units from the origin.
            assert abs(stable(exponent, x * thermal, thermal) - expected) < 1e-16
