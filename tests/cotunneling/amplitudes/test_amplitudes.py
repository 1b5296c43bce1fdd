"""Amplitudes of common slips in their limits, each against quadrature of the integral that it approximates."""

import math

import mpmath as mp
import numpy as np
import pytest
from scipy.integrate import quad
from sympy import Integral, Tuple, lambdify

from derivations.cotunneling import cotunneling_amplitude, frequency_ratio, renormalized_amplitude
from derivations.cotunneling import symbols as sym
from derivations.cotunneling.amplitudes.amplitudes import (
    fugacity,
    gaussian_moment,
    overlap_moment,
    renormalized_amplitudes,
    steepest_descent,
    strong_attraction,
    symmetric_amplitude,
    symmetric_in_depth,
    weak_coupling,
    weak_series,
)

__all__: list[str] = []

E_J, C, E = 1.0, 7.0, 1.0
E_C = E**2 / (2 * C)
OMEGA = math.sqrt(8 * E_J * E_C)
XI = OMEGA / E_J
JUNCTION = {sym.E_J: E_J, sym.C: C, sym.e: E, sym.Omega: OMEGA}


def profile(y):
    """y/sinh y."""
    return y / math.sinh(y) if y else 1.0


def attraction(depth, charge):
    """exp(-A) times the integral of exp(charge A y/sinh y) - 1, by adaptive quadrature."""
    def integrand(y):
        return math.expm1(charge * depth * profile(y)) * math.exp(-depth)

    return 2 * sum(quad(integrand, a, b, epsrel=1e-13, epsabs=0)[0] for a, b in [(0, 0.5), (0.5, 3), (3, 45)])


OUTSIDE = 16 * E_J / math.pi * math.exp(-16 * E_J / OMEGA)  # of Eq. 26, what does not depend on A


def circuit_amplitude(capacitance, charge):
    """Eq. 26 for the junction above, from the fugacities that instanton and own energy give."""
    return OUTSIDE * attraction(2 * capacitance * OMEGA / E**2, charge)


@pytest.mark.parametrize("power", [1, 2, 3, 4, 5])
def test_moments_of_the_overlap_to_thirty_digits(power):
    with mp.workdps(32):
        step = mp.mpf(1) / 8  # analytic in a strip of half-width pi: the error is exp(-158)
        points = (k * step for k in range(1, 700 // power))
        value = step * (1 + 2 * mp.fsum((p / mp.sinh(p)) ** power for p in points))
        assert abs(mp.mpf(overlap_moment(power).rhs.evalf(34)) / value - 1) < mp.mpf(10) ** -30


@pytest.mark.parametrize("charge", [1, -1])
@pytest.mark.parametrize("orders", [1, 2, 3])
def test_weak_coupling_errs_by_the_next_power(charge, orders):
    series = weak_series(orders).subs(sym.charge, charge).subs(JUNCTION) / OUTSIDE
    errors = [float(series.subs(sym.A, depth)) - attraction(depth, charge) for depth in (0.02, 0.01)]
    # Halving A: the ratio is 2^(order + 1) up to the relative size of the next term, about A.
    assert math.log2(errors[0] / errors[1]) == pytest.approx(orders + 1, abs=0.05)


@pytest.mark.parametrize("charge", [1, -1])
def test_weak_coupling_in_the_letters_of_the_circuit(charge):
    form = weak_coupling().rhs.subs(sym.charge, charge).subs(JUNCTION)
    for capacitance in (1e-3, 3e-3):
        depth = 2 * capacitance * OMEGA
        expected = circuit_amplitude(capacitance, charge)
        # Third order: the error is of the order of A^3, relative.
        assert float(form.subs(sym.C_m, capacitance)) == pytest.approx(expected, rel=2 * depth**3 + 1e-10)


@pytest.mark.parametrize("orders", [0, 1, 2])
def test_steepest_descent_errs_by_the_next_power(orders):
    depths = np.array([50.0, 100.0, 200.0, 400.0])
    series = steepest_descent(orders).subs(JUNCTION) / OUTSIDE
    errors = np.array([float(series.subs(sym.A, depth)) / attraction(depth, 1) - 1 for depth in depths])
    # Doubling A: the ratio is 2^(order + 1) up to the relative size of the next term, about 2/A.
    assert np.log2(errors[:-1] / errors[1:]) == pytest.approx([orders + 1] * 3, abs=0.1)
    assert abs(errors[-1]) < 3 / 400 ** (orders + 1)


def test_strong_attraction_in_the_letters_of_the_circuit():
    form = strong_attraction().rhs.subs(JUNCTION)
    capacitance = 60.0
    depth = 2 * capacitance * OMEGA
    expected = circuit_amplitude(capacitance, 1)
    # With its next order: what is left is of order 1/A^2.
    assert float(form.subs(sym.C_m, capacitance)) == pytest.approx(expected, rel=2 / depth**2)


def test_moments_of_a_gaussian():
    width = sym.C
    found = [gaussian_moment(power, width) / gaussian_moment(0, width) for power in (1, 2, 3, 4, 6)]
    assert found == [0, width**2, 0, 3 * width**4, 15 * width**6]


def integral_value(expression):
    """A product of a number and one integral, by adaptive quadrature."""
    outer, integral = expression.as_independent(Integral)
    (variable, _, _), = integral.limits
    integrand = lambdify(variable, integral.function, "math")
    return float(outer) * 2 * sum(quad(integrand, a, b, epsrel=1e-12, epsabs=0)[0] for a, b in [(1e-12, 3), (3, 45)])


@pytest.mark.parametrize("charge", [1, -1])
def test_equal_junctions_in_circuit_letters_and_in_depth(charge):
    capacitance = 0.6
    expected = circuit_amplitude(capacitance, charge)
    with_circuit = {**JUNCTION, sym.C_m: capacitance, sym.charge: charge}
    assert integral_value(symmetric_amplitude().rhs.subs(with_circuit)) == pytest.approx(expected, rel=1e-10)
    in_depth = symmetric_in_depth().rhs.subs({**JUNCTION, sym.A: 2 * capacitance * OMEGA, sym.charge: charge})
    assert integral_value(in_depth) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("charge", [1, -1])
@pytest.mark.parametrize("coupling", [1e-6, 0.3, 5.0, 40.0])
def test_unequal_amplitude_of_equal_junctions_is_that_of_equal_ones(charge, coupling):
    # coupling = E_J/E_Cm = 2 C_m E_J/e^2.
    expected = circuit_amplitude(coupling / 2, charge) / E_J
    assert cotunneling_amplitude(charge, XI, XI, coupling) == pytest.approx(expected, rel=1e-11)


def test_single_amplitudes_are_those_of_the_fugacity():
    assert isinstance(renormalized_amplitudes(), Tuple)
    for k, (energy, xi, coupling) in enumerate([(1.3, 0.8, 2.0), (0.5, 0.6, 2.0 / 2.6)]):
        omega = xi * energy
        mutual = coupling / 2 / energy  # coupling_k = 2 C_m E_Jk/e^2 with e = 1
        expected = fugacity(sym.E_J, sym.Omega).subs(
            {sym.E_J: energy, sym.Omega: omega, sym.C_m: mutual, sym.e: 1}).evalf() / energy
        entry = renormalized_amplitudes()[k].rhs
        point = {sym.xi_1: xi, sym.xi_2: xi, sym.coupling: 2.0, sym.kappa: 2.6}
        assert float(entry.subs(point).evalf()) == pytest.approx(float(expected), rel=1e-13)
        assert renormalized_amplitude(xi, coupling) == pytest.approx(float(expected), rel=1e-13)


def test_frequency_ratio_is_that_of_the_circuit():
    assert frequency_ratio(E_C / E_J) == pytest.approx(XI, rel=1e-14)
