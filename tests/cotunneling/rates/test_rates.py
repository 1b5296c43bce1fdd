"""Rates, drag voltage and drag current as functions: thermodynamics, limits, and mpmath's Gamma function."""

import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from derivations.cotunneling import (
    crossover_energy,
    drag_current,
    drag_voltage,
    phase_slip_rate,
)

__all__: list[str] = []

EXPONENT = st.floats(-2, math.log10(50)).map(lambda d: 10**d)
ENERGY = st.floats(-8, 2).map(lambda d: 10**d)
RATIO = st.floats(0.05, 3)
GAMMA = {(1, 0): 1.2e-3, (0, 1): 0.8e-3, (1, 1): 2e-4, (1, -1): -1e-4, (2, 0): 1e-5, (2, 1): -3e-6, (1, 2): 2e-6}


def logarithm_of_rate(amplitude, exponent, gain, temperature, cutoff):
    """Eq. 7 as it is printed, at fifty digits."""
    with mp.workdps(50):
        g, a, gain, temperature, cutoff = (mp.mpf(v) for v in (amplitude, exponent, gain, temperature, cutoff))
        if temperature == 0:
            return float(mp.log(2 * mp.pi * g**2 / gain * (gain / cutoff) ** (2 * a) / mp.gamma(2 * a)))
        modulus = mp.re(mp.loggamma(a + 1j * gain / (2 * mp.pi * temperature)))
        return float(2 * mp.log(abs(g)) + 2 * a * mp.log(2 * mp.pi * temperature / cutoff) + gain / (2 * temperature)
                     + 2 * modulus - mp.log(2 * mp.pi * temperature) - mp.loggamma(2 * a))


@settings(max_examples=60)
@given(EXPONENT, ENERGY, ENERGY, st.sampled_from([1, -1]))
def test_rate_to_twelve_digits_over_its_domain(exponent, gain, temperature, sign):
    _, found = phase_slip_rate(-2e-3, exponent, sign * gain, temperature, 5.0, log=True)
    expected = logarithm_of_rate(-2e-3, exponent, sign * gain, temperature, 5.0)
    # The accuracy stated; a logarithm of 10^4 or more is itself rounded at 1e-12.
    assert found == pytest.approx(expected, rel=3e-16, abs=1e-12)


@pytest.mark.parametrize("exponent", [1.0, 1.5, 8.0, 50.0])
@pytest.mark.parametrize("ratio", [1e2, 1e4, 1e7, 1e12])
def test_cold_rate_goes_over_into_that_of_zero_temperature(exponent, ratio):
    cold, frozen = (phase_slip_rate(1.0, exponent, 0.3, t, 1.0, log=True)[1] for t in (0.3 / ratio, 0.0))
    assert frozen == pytest.approx(logarithm_of_rate(1.0, exponent, 0.3, 0, 1.0), abs=1e-12)
    # |Gamma(a + ix)|^2 over its asymptote is 1 + a (a - 1)(2a - 1)/6x^2, and the next order its square.
    correction = exponent * (exponent - 1) * (2 * exponent - 1) / 6 * (2 * math.pi / ratio) ** 2
    if correction < 0.1:
        assert cold - frozen == pytest.approx(math.log1p(correction), rel=correction + 1e-9, abs=1e-12)
    else:
        assert cold > frozen


@given(EXPONENT, ENERGY, ENERGY)
def test_detailed_balance(exponent, gain, temperature):
    forward, back = (phase_slip_rate(1e-2, exponent, s * gain, temperature, 1.0) for s in (1, -1))
    boltzmann = math.exp(-gain / temperature)
    assert np.isfinite([forward, back]).all()
    if back > 1e-290 and math.isfinite(1 / boltzmann):
        # gain/temperature of up to 600 is rounded once more in the exponential.
        assert back / forward == pytest.approx(boltzmann, rel=1e-12, abs=0)


@pytest.mark.parametrize(("exponent", "temperature"), [(1.3, 0.3), (3.0, 0.1), (9.0, 0.5)])
def test_sum_over_energy_gains_is_the_correlation_at_half_a_period(exponent, temperature):
    # The golden rule inverted: integral of exp(-epsilon/2T) Gamma(epsilon)/2 pi is (pi T/Omega_c)^(2 alpha).
    def integrand(gain):
        return phase_slip_rate(1.0, exponent, gain, temperature, 2.0) * math.exp(-gain / (2 * temperature))

    total = quad(integrand, 0, 60 * temperature * (1 + exponent / 4), epsabs=0, epsrel=1e-11, limit=300)[0] / math.pi
    assert total == pytest.approx((math.pi * temperature / 2.0) ** (2 * exponent), rel=1e-9, abs=0)


def test_nothing_overflows_and_nothing_is_nan():
    exponents = np.array([0.6, 1.0, 5.0, 50.0, 5000.0])[:, None, None]
    gains = np.array([-1e300, -1e4, -1e-200, 0.0, 1e-300, 1e-5, 1e4, 1e200])[:, None]
    temperatures = np.array([0.0, 1e-308, 1e-150, 1.0, 1e100])
    sign, logarithm = phase_slip_rate(1e-20, exponents, gains, temperatures, 1.0, log=True)
    assert logarithm.shape == (5, 8, 5)
    assert not np.isnan(logarithm).any()
    assert not np.isposinf(logarithm).any()
    assert set(np.unique(sign)) == {0.0, 1.0}
    # No rate: without heat uphill, and without either.
    assert np.array_equal(sign == 0, np.broadcast_to((gains <= 0) & (temperatures == 0), sign.shape) |
                          np.isneginf(logarithm))


def test_rate_without_amplitude_is_zero():
    assert phase_slip_rate(0.0, 2.0, 0.1, 0.1, 1.0) == 0
    assert phase_slip_rate(0.0, 2.0, 0.1, 0.1, 1.0, log=True) == (0, -math.inf)


def by_summation(gamma, exponent_of, bias, temperature, cutoff):
    """Eq. 5 term by term, with Eq. 7 at fifty digits."""
    totals = [mp.mpf(0), mp.mpf(0)]
    with mp.workdps(50):
        for (a, b), value in gamma.items():
            for s in (1, -1):
                rate = mp.exp(mp.mpf(logarithm_of_rate(value, exponent_of(a, b), s * a * bias, temperature, cutoff)))
                totals[0] += s * a * rate
                totals[1] += s * b * rate
    return [float(total) for total in totals]


@settings(max_examples=25)
@given(RATIO, RATIO, st.floats(0.05, 2), st.floats(0.05, 1))
def test_voltages_are_the_sum_over_processes(r_1, r_2, bias, temperature):
    found = drag_voltage(GAMMA, r_1, r_2, bias, temperature, 4.0)
    expected = by_summation(GAMMA, lambda a, b: a**2 / r_1 + b**2 / r_2, bias, temperature, 4.0)
    # The sum of logarithms rounded at 1e-13, and differences of forward and back of 1 - exp(-0.05).
    assert found == pytest.approx(expected, rel=1e-9, abs=0)


@settings(max_examples=25)
@given(st.floats(0.5, 5), st.floats(0.5, 5), st.floats(0.05, 2), st.floats(0.05, 1))
def test_currents_are_the_sum_over_processes(r_1, r_2, bias, temperature):
    found = drag_current(GAMMA, r_1, r_2, bias, temperature, 4.0)
    expected = by_summation(GAMMA, lambda a, b: a**2 * r_1 + b**2 * r_2, bias, temperature, 4.0)
    assert found == pytest.approx(expected, rel=1e-9, abs=0)


@settings(max_examples=40)
@given(RATIO, RATIO, st.floats(-3, 3), st.floats(0, 2))
def test_duality_exchanges_resistance_and_conductance(r_1, r_2, bias, temperature):
    voltage = drag_voltage(GAMMA, r_1, r_2, bias, temperature, 4.0)
    current = drag_current(GAMMA, 1 / r_1, 1 / r_2, bias, temperature, 4.0)
    # 1/(1/r) is r to two roundings; an exponent of up to 200 passes that on.
    assert current == pytest.approx(voltage, rel=1e-12, abs=0)


@settings(max_examples=40)
@given(RATIO, RATIO, st.floats(0, 3), st.floats(0, 2))
def test_bias_heats_and_its_reversal_reverses_both_voltages(r_1, r_2, bias, temperature):
    V_1, V_2 = drag_voltage(GAMMA, r_1, r_2, bias, temperature, 4.0)
    assert V_1 >= 0
    # No process of these moves phase 2 more than twice as far as phase 1, (1, 2) does; the rest is rounding.
    assert abs(V_2) <= 2 * V_1 * (1 + 1e-13)
    assert drag_voltage(GAMMA, r_1, r_2, -bias, temperature, 4.0) == (-V_1, -V_2)
    if bias == 0:
        assert V_1 == V_2 == 0


def test_mirrored_amplitudes_reverse_the_drag_only():
    mirrored = {(a, -b): value for (a, b), value in GAMMA.items()}
    V_1, V_2 = drag_voltage(GAMMA, 0.6, 0.9, 0.4, 0.1, 2.0)
    assert drag_voltage(mirrored, 0.6, 0.9, 0.4, 0.1, 2.0) == pytest.approx((V_1, -V_2), rel=1e-14, abs=0)


def test_drag_needs_common_slips_and_their_asymmetry():
    single = {(1, 0): 1e-3, (0, 1): 1e-3, (2, 0): 1e-4}
    assert drag_voltage(single, 0.7, 0.7, 0.5, 0.1, 1.0)[1] == 0
    assert drag_voltage(single | {(1, 1): 1e-4, (1, -1): -1e-4}, 0.7, 0.7, 0.5, 0.1, 1.0)[1] == 0


def test_small_asymmetry_is_not_lost_in_the_difference_of_squares():
    apart, delta = 1e-4, 2.0**-40
    gamma = {(1, 1): apart * (1 + delta), (1, -1): -apart}
    _, V_2 = drag_voltage(gamma, 0.7, 0.7, 0.5, 0.1, 1.0)
    _, alone = drag_voltage({(1, 1): apart}, 0.7, 0.7, 0.5, 0.1, 1.0)
    # delta itself is rounded to 2^-52/2^-40; twice that at worst.
    assert V_2 / alone == pytest.approx(2 * delta + delta**2, rel=2 * 2.0**-12)


def test_given_reverse_amplitude_is_used_and_missing_one_is_equal():
    both = drag_voltage({(1, 1): 1e-3, (-1, -1): 1e-3}, 0.7, 0.8, 0.2, 0.3, 1.0)
    assert both == drag_voltage({(1, 1): 1e-3}, 0.7, 0.8, 0.2, 0.3, 1.0)
    assert both == drag_voltage({(-1, -1): 1e-3}, 0.7, 0.8, 0.2, 0.3, 1.0)
    forward, back = (phase_slip_rate(g, 1 / 0.7 + 1 / 0.8, s * 0.2, 0.3, 1.0) for g, s in ((1e-3, 1), (2e-3, -1)))
    uneven = drag_voltage({(1, 1): 1e-3, (-1, -1): 2e-3}, 0.7, 0.8, 0.2, 0.3, 1.0)
    assert uneven == pytest.approx((forward - back,) * 2, rel=1e-12, abs=0)
    against = drag_voltage({(1, 1): 1e-3, (-1, -1): 2e-3}, 0.7, 0.8, -0.2, 0.3, 1.0)
    forward, back = (phase_slip_rate(g, 1 / 0.7 + 1 / 0.8, s * 0.2, 0.3, 1.0) for g, s in ((1e-3, -1), (2e-3, 1)))
    assert against == pytest.approx((forward - back,) * 2, rel=1e-12, abs=0)


@pytest.mark.parametrize("ratio", [0.3, 0.9])
def test_voltages_scale_as_powers(ratio):
    alpha = 2 / ratio
    gamma = {(1, 1): 1e-3, (1, -1): -5e-4}
    _, cold = drag_voltage(gamma, ratio, ratio, np.array([0.1, 0.2]), 0.0, 1.0)
    assert math.log2(cold[1] / cold[0]) == pytest.approx(2 * alpha - 1, rel=1e-12)
    _, linear = drag_voltage(gamma, ratio, ratio, 1e-9, np.array([0.1, 0.2]), 1.0)
    assert math.log2(linear[1] / linear[0]) == pytest.approx(2 * alpha - 2, rel=1e-12)


@pytest.mark.parametrize("exponent", [1 + 1e-9, 2.0, 7.0, 50.0])
def test_crossover_is_where_the_asymptotes_meet(exponent):
    energy = crossover_energy(exponent, 0.02)
    frozen = phase_slip_rate(1.0, exponent, energy, 0.0, 1.0, log=True)[1]
    small = 1e-4 * 0.02
    linear = phase_slip_rate(1.0, exponent, 0.0, 0.02, 1.0, log=True)[1] + math.log(energy / 0.02)
    # Near alpha = 1 both laws are parallel.
    assert frozen == pytest.approx(linear, abs=1e-9)
    assert small < energy


def test_arguments_broadcast():
    V_1, V_2 = drag_voltage({(1, 0): np.ones((3, 1)), (1, 1): 0.5}, 0.7, 0.8, np.linspace(0, 1, 4), 0.1, 1.0)
    assert V_1.shape == V_2.shape == (3, 4)
    assert V_1[1, 2] == drag_voltage({(1, 0): 1.0, (1, 1): 0.5}, 0.7, 0.8, 2 / 3, 0.1, 1.0)[0]
    assert phase_slip_rate(np.ones(2), 1.5, np.ones((3, 1)), 0.1, 1.0).shape == (3, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: phase_slip_rate(1, 1.5, 0.1, -1, 1), r"Argument `temperature` must be in \[0, inf\), but got -1"),
        (lambda: phase_slip_rate(1, 1.5, 0.1, 1, 0), r"Argument `cutoff` must be in \(0, inf\), but got 0"),
        (lambda: phase_slip_rate(1, -1.5, 0.1, 1, 1), r"Argument `exponent` must be in \(0, 10000\], but got -1.5"),
        (lambda: phase_slip_rate(1, 0.4, 0, 0, 1), r"Argument `exponent` must be in \(0.5, 10000\], but got 0.4"),
        (lambda: phase_slip_rate(math.nan, 1, 0, 1, 1), r"Argument `amplitude` must be in .*, but got nan"),
        (lambda: phase_slip_rate(1, 1, math.inf, 1, 1), r"Argument `energy_gain` must be in .*, but got inf"),
        (lambda: drag_voltage(GAMMA, 0, 1, 1, 1, 1), r"Argument `r_1` must be in \(0, inf\), but got 0"),
        (lambda: drag_current(GAMMA, 1, -2, 1, 1, 1), r"Argument `r_2` must be in \(0, inf\), but got -2"),
        (lambda: drag_voltage({(0, 0): 1}, 1, 1, 1, 1, 1), r"Argument `amplitudes` must have pairs .* got \(0, 0\)"),
        (lambda: drag_voltage({}, 1, 1, 1, 1, 1), r"Argument `amplitudes` must have at least one process"),
        (lambda: drag_voltage({(1, 1): math.nan}, 1, 1, 1, 1, 1), r"Argument `amplitudes\[1, 1\]` must be in"),
        (lambda: crossover_energy(1.0, 1.0), r"Argument `exponent` must be in \(1, 10000\], but got 1"),
    ],
)
def test_what_has_no_meaning_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
