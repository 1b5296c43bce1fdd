"""The ideal gas of slips against exact traces over rings and against Fourier transforms of bands."""

import math

import numpy as np
import pytest
from scipy.linalg import expm
from scipy.special import iv
from sympy import cos, pi, sin

from derivations.cotunneling import symbols as sym
from derivations.cotunneling.gas.dilute_gas import (
    ORDERS,
    band_of_ideal_gas,
    closed_walks,
    fourier_coefficient,
    hopping_amplitudes,
    ideal_gas,
    ideal_gas_sum,
    ordered_times,
    quasicharge_integral,
)

__all__: list[str] = []

FIRST, SECOND, TEMPERATURE = 0.21, 0.13, 0.9
VALUES = {sym.gamma_1: FIRST, sym.gamma_2: SECOND, sym.T: TEMPERATURE}


def return_amplitude(amplitude, sites=24):
    """The diagonal element of exp(-H/T) for hopping by `amplitude` on a ring."""
    hopping = np.roll(np.eye(sites), 1, axis=0) + np.roll(np.eye(sites), -1, axis=0)
    return expm(amplitude / TEMPERATURE * hopping)[0, 0]


def test_gas_of_slips_is_the_trace_over_a_ring_of_minima():
    terms = [float(term.subs(VALUES)) for term in ideal_gas()]
    left_out = (FIRST / TEMPERATURE) ** (ORDERS + 2) / math.factorial(ORDERS // 2 + 1) ** 2
    assert sum(terms) == pytest.approx(return_amplitude(FIRST), rel=2 * left_out)
    assert terms[1::2] == [0] * (ORDERS // 2), "odd numbers of slips do not lead back"


def test_each_order_is_a_derivative_of_the_trace():
    # One more slip, one more H: order M is <H^M>/M!, here from powers of the hopping matrix.
    hopping = np.roll(np.eye(24), 1, axis=0) + np.roll(np.eye(24), -1, axis=0)
    for slips, term in enumerate(ideal_gas()):
        power = np.linalg.matrix_power(FIRST / TEMPERATURE * hopping, slips)[0, 0]
        assert float(term.subs(VALUES)) == pytest.approx(power / math.factorial(slips), rel=1e-13)


def test_closed_walks_choose_the_steps_to_the_right():
    assert [closed_walks(m) for m in range(9)] == [0 if m % 2 else math.comb(m, m // 2) for m in range(9)]


def test_ordered_times_are_one_of_all_orders():
    for slips in range(6):
        volume = ordered_times(slips).subs(sym.T, TEMPERATURE)
        assert float(volume) == pytest.approx(TEMPERATURE**-slips / math.factorial(slips), rel=1e-14)


def test_sum_is_a_bessel_function():
    value = ideal_gas_sum().rhs.subs(VALUES).evalf()
    assert float(value) == pytest.approx(iv(0, 2 * FIRST / TEMPERATURE), rel=1e-14)


def test_integral_over_quasicharges_is_the_trace_over_two_rings():
    terms = [float(term.subs(VALUES)) for term in quasicharge_integral()]
    # The first term left out, of order 6, at these amplitudes.
    left_out = ((FIRST + SECOND) / TEMPERATURE) ** 6 / 36
    assert sum(terms) == pytest.approx(return_amplitude(FIRST) * return_amplitude(SECOND), abs=left_out)
    assert sum(terms[:-1]) != pytest.approx(return_amplitude(FIRST) * return_amplitude(SECOND), abs=left_out / 10)


def test_amplitudes_are_the_fourier_coefficients_of_the_band():
    q = np.arange(4) / 2  # in units of e
    energy = band_of_ideal_gas().subs(VALUES)
    band = np.array([[float(energy.subs({sym.q_1: a * sym.e, sym.q_2: b * sym.e}).evalf()) for b in q]
                     for a in q])
    amplitudes = -np.fft.fft2(band).real / 16
    expected = np.zeros((4, 4))
    expected[[1, -1], 0], expected[0, [1, -1]] = FIRST, SECOND
    assert amplitudes == pytest.approx(expected, abs=1e-14)
    derived = [float(entry.rhs.subs(VALUES)) for entry in hopping_amplitudes()]
    assert derived == pytest.approx([FIRST, FIRST, SECOND, SECOND])


@pytest.mark.parametrize("place", [(1, 1), (1, -1)])
def test_fourier_coefficients_tell_joint_slips_apart(place):
    first, second = pi * sym.q_1 / sym.e, pi * sym.q_2 / sym.e
    band = -(3 + 2 * 5 * cos(first + second) + 2 * 7 * cos(first - second) + sin(second))
    assert fourier_coefficient(band, *place).simplify() == {(1, 1): 5, (1, -1): 7}[place]
