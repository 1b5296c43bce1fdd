"""One junction: path, action, fluctuations and amplitude against integration of the motion and the Mathieu band."""

import math
from functools import cache

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.linalg import eigh_tridiagonal
from scipy.special import mathieu_a, mathieu_b
from sympy import diff, exp, lambdify

from derivations.cotunneling import exact_single_junction_amplitude, instanton_path, single_junction_amplitude
from derivations.cotunneling import symbols as sym
from derivations.cotunneling.instantons.instanton import (
    amplitude,
    determinant_ratio,
    equation_of_motion,
    euclidean_density,
    fluctuation_potential,
    growing_solution,
    instanton,
    instanton_action,
    instanton_speed,
    k,
    plasma_frequency,
    speed_on_path,
    z,
    zero_mode_weight,
)

__all__: list[str] = []

FREQUENCY, JOSEPHSON, ELEMENTARY = 1.7, 2.3, 0.6
CAPACITANCE = 4 * ELEMENTARY**2 * JOSEPHSON / FREQUENCY**2  # Omega^2 = 4 e^2 E_J/C
VALUES = {sym.Omega: FREQUENCY, sym.E_J: JOSEPHSON, sym.C: CAPACITANCE, sym.e: ELEMENTARY}


@cache
def well():
    """W of the fluctuation operator at Omega = 1."""
    return lambdify(sym.tau, fluctuation_potential().subs(sym.Omega, 1))


def test_plasma_frequency_is_that_of_an_inductance_and_a_capacitance():
    inductance = 1 / (4 * ELEMENTARY**2 * JOSEPHSON)  # from I = 2e E_J sin(phi), phi = 2e flux
    expected = 1 / math.sqrt(inductance * CAPACITANCE)
    assert float(plasma_frequency().rhs.subs(VALUES)) == pytest.approx(expected, rel=1e-14)
    assert expected == pytest.approx(FREQUENCY, rel=1e-14)


def test_path_solves_the_motion_in_the_inverted_potential():
    # From the top of the barrier at the speed that energy conservation gives, both ways; errors of the
    # integration, 1e-13, grow as exp(Omega tau) = 1e5.
    times = np.linspace(0, 12 / FREQUENCY, 60)
    motion = solve_ivp(
        lambda t, s: [s[1], FREQUENCY**2 * np.sin(s[0])],
        (0, times[-1]), [np.pi, 2 * FREQUENCY], method="DOP853", rtol=1e-13, atol=1e-14, t_eval=times,
    )
    for charge in (1, -1):
        path = lambdify(sym.tau, instanton().rhs.subs({sym.nu: charge, sym.tau_1: 0.4, sym.Omega: FREQUENCY}))
        assert charge * path(0.4 + times) == pytest.approx(motion.y[0], abs=1e-7)
        assert charge * path(0.4 - times) == pytest.approx(2 * np.pi - motion.y[0], abs=1e-7)
    assert instanton_path(times * FREQUENCY) == pytest.approx(motion.y[0], abs=1e-7)
    speed = lambdify(sym.tau, instanton_speed().subs(sym.Omega, FREQUENCY))
    assert speed(times) == pytest.approx(motion.y[1], abs=1e-7)


def test_motion_is_that_of_the_euclidean_lagrangian():
    force = equation_of_motion().rhs.subs({sym.phi_1(sym.tau): 0.9, **VALUES})
    assert float(force) == pytest.approx(FREQUENCY**2 * math.sin(0.9), rel=1e-14)


def test_slip_moves_at_zero_energy():
    phi = next(iter(speed_on_path().free_symbols - {sym.Omega}))
    speed = lambdify(phi, speed_on_path().subs(sym.Omega, 1))
    for angle in (0.1, 2.0, 5.0):
        assert speed(angle) ** 2 / 2 == pytest.approx(1 - math.cos(angle), rel=1e-13)


def test_action_is_that_of_the_path_kinetic_and_potential_part_together():
    density = euclidean_density().subs(diff(sym.phi_1(sym.tau), sym.tau), sym.x).subs(sym.phi_1(sym.tau), sym.y)
    density = lambdify([sym.x, sym.y], density.subs(VALUES))

    def along(t):
        return density(2 * FREQUENCY / math.cosh(FREQUENCY * t), 4 * math.atan(math.exp(FREQUENCY * t)))

    action = quad(along, -25, 0, epsabs=1e-12)[0] + quad(along, 0, 25, epsabs=1e-12)[0]
    derived = float(instanton_action().subs(VALUES))
    assert derived == pytest.approx(action, rel=1e-10)
    assert derived == pytest.approx(8 * JOSEPHSON / FREQUENCY, rel=1e-14)


def lattice(length=12.0, step=0.01):
    """-d^2 + W around a slip and around rest, on a lattice with walls; Omega = 1."""
    place = np.arange(-length, length + step / 2, step)
    off = np.full(place.size - 1, -1 / step**2)
    return (2 / step**2 + well()(place), off), (2 / step**2 + np.ones_like(place), off)


def test_fluctuations_have_one_bound_state_and_it_is_the_zero_mode():
    (diagonal, off), _ = lattice()
    lowest = eigh_tridiagonal(diagonal, off, select="i", select_range=(0, 1), eigvals_only=True)
    # step^2/12 times the mean fourth power of the momentum, and a continuum that starts at Omega^2.
    assert lowest[0] == pytest.approx(0, abs=3e-5)
    assert lowest[1] > 1


def test_determinant_without_zero_mode_is_the_product_of_lattice_eigenvalues():
    slip, rest = lattice(step=0.04)
    eigenvalues = [eigh_tridiagonal(*operator, eigvals_only=True) for operator in (slip, rest)]
    ratio = np.exp(np.log(eigenvalues[0][1:]).sum() - np.log(eigenvalues[1]).sum())
    # The lattice is wrong by step^2.
    assert ratio == pytest.approx(float(determinant_ratio().subs(sym.Omega, 1)), rel=4e-3)


@pytest.mark.parametrize("decay", [1.02, 1.3, 2.0])
def test_solutions_grow_as_gelfand_and_yaglom_integrate_them(decay):
    shift, length = decay**2 - 1, 12.0
    # The solution over that at rest, exp(k tau), starts at 1: g'' + 2 k g' = (W - 1) g.
    grown = solve_ivp(
        lambda t, g: [g[1], (well()(t) - 1) * g[0] - 2 * decay * g[1]],
        (-length, length), [1.0, 0.0], method="DOP853", rtol=1e-12, atol=1e-13,
    )
    envelope = lambdify(z, growing_solution().subs(k, decay) * exp(-decay * z))
    expected = envelope(length) / envelope(-length)
    assert grown.y[0, -1] == pytest.approx(expected, rel=1e-8)
    assert grown.y[0, -1] / shift == pytest.approx(1 / (decay + 1) ** 2, rel=1e-8)


def test_determinant_scales_as_the_inverse_square_of_the_frequency():
    for frequency in (1.0, FREQUENCY):
        assert float(determinant_ratio().subs(sym.Omega, frequency)) == pytest.approx(1 / (4 * frequency**2), rel=1e-14)


def test_zero_mode_weighs_as_the_root_of_the_action():
    weight = float(zero_mode_weight().subs(VALUES))
    assert weight == pytest.approx(math.sqrt(8 * JOSEPHSON / FREQUENCY / (2 * math.pi)), rel=1e-13)


@pytest.mark.parametrize("xi", [0.6, 0.9, 1.4])
def test_exact_amplitude_is_a_quarter_of_the_mathieu_band(xi):
    q = 4 / xi**2  # E_J/2E_C, with E_C = xi^2 E_J/8
    width = mathieu_b(1, q) - mathieu_a(0, q)
    # scipy's characteristic values are good to 1e-14 of q, and the band is as narrow as 1e-5.
    assert exact_single_junction_amplitude(xi) == pytest.approx(xi**2 / 8 * width / 4, rel=1e-8)


def test_semiclassical_amplitude_is_exact_for_small_frequency():
    xi = np.array([0.05, 0.1, 0.2, 0.4])
    ratio = exact_single_junction_amplitude(xi) / single_junction_amplitude(xi)
    # What is left is of second order; its coefficient is found to be 0.06.
    assert np.all(np.abs(ratio - 1 + 7 * xi / 64) < 0.1 * xi**2)
    assert np.all(np.diff(ratio) < 0)


def test_evaluator_has_the_derived_amplitude():
    value = float((amplitude().rhs / sym.E_J).subs(VALUES))
    assert single_junction_amplitude(FREQUENCY / JOSEPHSON) == pytest.approx(value, rel=1e-13)
