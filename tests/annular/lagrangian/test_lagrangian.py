"""Lagrangian and Hamiltonian: for arbitrary functions, and against motions that are integrated in time."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from sympy import Eq, Function, Symbol, cos, diff, expand, sin

from derivations.annular import bias_term, equation_coefficients, magnetic_term, scale_factor
from derivations.annular.claims.line_claims import integral_of_motion
from derivations.annular.lagrangian.lagrangian import (
    coefficients,
    conserved_without_bias,
    energy_of_the_ring,
    euler_lagrange,
    hamiltonian_density,
    lagrangian_density,
    stored_energy,
    variational_equation,
)
from derivations.annular.symbols import Gamma, MagneticTerm, Q, gamma_0, lambda_hat, nu_bar, phi, t, tau
from rederived.page.show import show

__all__: list[str] = []

M, RATIO, POINTS = 0.6, 0.5, 48
ANGLES = np.arange(POINTS) * 2 * np.pi / POINTS
WAVE = np.fft.rfftfreq(POINTS, 1 / POINTS)
f = phi(tau, t)


def derivative(values, times=1):
    factor = (1j * WAVE) ** times
    if times == 1:
        factor[-1] = 0
    return np.fft.irfft(factor * np.fft.rfft(values), POINTS)


def motion(field=0.0, angle=0.0, bias=0.0, alpha=0.0, beta=0.0, winding=1, duration=8.0):
    """Phase and velocity on the ring from a moving start, with the coefficients that a solver gets."""
    ring = equation_coefficients(ANGLES, M, RATIO, field, angle, bias, alpha, beta)

    def change(time, state):
        periodic, velocity = state[:POINTS], state[POINTS:]
        phase = periodic + winding * ANGLES
        push = (
            ring.stiffness * derivative(periodic, 2)
            - ring.pairs * np.sin(phase)
            - ring.force
            - ring.quasiparticles * velocity
            + ring.surfaces * derivative(velocity, 2)
        )
        return np.concatenate([velocity, push / ring.inertia])

    start = np.concatenate([0.3 * np.sin(ANGLES), 0.2 + 0.1 * np.cos(2 * ANGLES)])
    return solve_ivp(
        change, (0, duration), start, "DOP853", rtol=1e-10, atol=1e-10, t_eval=np.linspace(0, duration, 161)
    )


def energy(state, field=0.0, angle=0.0, bias=0.0, winding=1):
    """The integral of the energy density over the ring, written by hand."""
    periodic, velocity = state[:POINTS], state[POINTS:]
    slope = derivative(periodic) + winding
    q = scale_factor(ANGLES, M)
    stored = q**2 * velocity**2 / 2 + RATIO**2 * slope**2 / 2 + q**2 * (1 - np.cos(periodic + winding * ANGLES))
    drives = (-magnetic_term(ANGLES, M, field, angle)) * slope
    total = 2 * np.pi * (stored + drives).mean()
    if not bias:
        return total
    # Gamma is not periodic: by parts, what it gains in a turn times the phase at the seam, less its slope's work.
    gained = bias_term(2 * np.pi, M, bias) * periodic[0]
    return total + gained - 2 * np.pi * np.mean(bias * q**2 * periodic)


@pytest.mark.parametrize(("field", "angle", "winding"), [(0.0, 0.0, 1), (0.4, 0.0, 1), (0.4, 0.9, -1), (0.2, 2.0, 0)])
def test_energy_is_an_integral_of_motion_in_any_field(field, angle, winding):
    found = motion(field, angle, winding=winding)
    levels = [energy(state, field, angle, winding=winding) for state in found.y.T]
    # The integrator keeps 1e-10 per step; the ring's 48 points resolve these phases to 1e-9.
    assert np.ptp(levels) < 1e-7 * abs(levels[0])


def test_a_bias_adds_its_turn_times_the_velocity_at_the_seam():
    found = motion(0.3, 0.5, bias=0.25)
    levels = np.array([energy(state, 0.3, 0.5, 0.25) for state in found.y.T])
    # pi gamma_0 cosh(2 nu_bar) phi_t(0), cosh(2 nu_bar) = 2/e^2 - 1, integrated: the phase at the seam.
    gained = math.pi * 0.25 * (2 / M - 1) * (found.y[0] - found.y[0, 0])
    assert levels - levels[0] == pytest.approx(gained, abs=1e-7)
    assert np.abs(gained).max() > 0.1


@pytest.mark.parametrize(("alpha", "beta"), [(0.1, 0.0), (0.0, 0.05), (0.05, 0.02)])
def test_losses_take_what_their_law_says(alpha, beta):
    found = motion(0.3, 0.5, alpha=alpha, beta=beta)
    levels = np.array([energy(state, 0.3, 0.5) for state in found.y.T])
    q = scale_factor(ANGLES, M)
    lost = [2 * np.pi * np.mean(alpha * q**2 * v**2 + beta * RATIO**2 * derivative(v) ** 2) for v in found.y[POINTS:].T]
    summed = np.concatenate([[0], np.cumsum((np.array(lost)[1:] + np.array(lost)[:-1]) / 2 * np.diff(found.t))])
    assert (np.diff(levels) < 0).all()
    # The trapezoidal rule with steps of 1/20.
    assert levels[0] - levels == pytest.approx(summed, abs=2e-3 * summed[-1])


def test_force_is_minus_the_slope_of_the_energy():
    rng = np.random.default_rng(5)
    smooth = np.fft.irfft(np.fft.rfft(rng.normal(size=POINTS)) * np.exp(-(WAVE**2) / 8), POINTS)
    ring = equation_coefficients(ANGLES, M, RATIO, 0.3, 0.7)
    still = np.zeros(POINTS)
    push = ring.stiffness * derivative(smooth, 2) - ring.pairs * np.sin(smooth + ANGLES) - ring.force
    for mode in (np.ones(POINTS), np.sin(ANGLES), np.cos(3 * ANGLES)):
        up, down = (energy(np.concatenate([smooth + d * mode, still]), 0.3, 0.7) for d in (1e-4, -1e-4))
        # Central differences: 1e-8 times a third derivative of order one, rounding 1e-11.
        assert (up - down) / 2e-4 == pytest.approx(-2 * np.pi * np.mean(push * mode), abs=1e-6)


def test_euler_lagrange_gives_the_equation_for_any_functions():
    shape, field_part, bias_part = (Function(name)(tau) for name in "abc")
    general = lagrangian_density().rhs.subs({Q(tau): shape, MagneticTerm(tau): field_part, Gamma(tau): bias_part})
    by_hand = lambda_hat**2 * diff(f, tau, 2) - shape**2 * (diff(f, t, 2) + sin(f)) - diff(field_part - bias_part, tau)
    assert expand(euler_lagrange(general) - by_hand) == 0
    eq_13 = variational_equation()
    names = {Q(tau): shape, MagneticTerm(tau): field_part, Gamma(tau): bias_part}
    assert expand((eq_13.lhs - eq_13.rhs).subs(names).doit() - by_hand) == 0


def test_hamiltonian_has_every_energy_with_a_plus():
    v, w = Symbol("v"), Symbol("w")
    density = hamiltonian_density().rhs.subs({diff(f, t): v, diff(f, tau): w})
    expected = (
        Q(tau) ** 2 * v**2 / 2
        + lambda_hat**2 * w**2 / 2
        + Q(tau) ** 2 * (1 - cos(f))
        + (Gamma(tau) - MagneticTerm(tau)) * w
    )
    assert expand(density - expected) == 0


@pytest.mark.parametrize(
    "wrong",
    [Q(tau) ** 2 * (1 - cos(f)), 2 * MagneticTerm(tau) * diff(f, tau), Q(tau) ** 2 * diff(f, t) ** 2, Gamma(tau)],
    ids=["pairs", "field", "charge", "bias without winding"],
)
def test_no_other_energy_is_the_hamiltonian(wrong):
    right = hamiltonian_density()
    changed = Eq(right.lhs, right.rhs + wrong)
    assert conserved_without_bias(right)
    assert stored_energy(right)
    assert not (conserved_without_bias(changed) and stored_energy(changed))
    assert not stored_energy(changed)


def test_energy_that_a_bias_adds_in_a_turn():
    gained = energy_of_the_ring() / phi(0, t).diff(t)
    # gamma_0 times the area of a thin ring over c^2 Delta_nu, which is pi cosh(2 nu).
    assert float(gained.subs({gamma_0: 0.3, nu_bar: 0.7})) == pytest.approx(0.3 * math.pi * math.cosh(1.4), rel=1e-14)


def test_each_coefficient_is_derived():
    assert coefficients().keys() == {"inertia", "stiffness", "pairs", "force", "quasiparticles", "surfaces"}
    assert coefficients()["inertia"] == coefficients()["pairs"]
    assert integral_of_motion().value == 0


def test_derivatives_of_a_field_are_shown_as_indices():
    shown = show(variational_equation)._repr_html_()
    assert r"{\varphi}_{\tau \tau}" in shown
    assert r"{\varphi}_{t t}" in shown
    assert r"{\Gamma}_{\tau}\left(\tau\right)" in shown
