"""The circuit, its action, and what a shunt does to slips: against Kirchhoff, quadrature and Fourier sums."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from sympy import Symbol, diff, lambdify

from derivations.cotunneling import symbols as sym
from derivations.cotunneling.action.action import (
    dissipation_density,
    drag_exponent,
    euclidean_lagrangian,
    josephson_energy,
    lagrangian,
    ohmic_kernel,
    phase_difference,
    phase_slip_interaction,
    tau_prime,
)

__all__: list[str] = []

CIRCUIT = {sym.C_1: 0.7, sym.C_2: 1.1, sym.C_m: 0.4, sym.E_J1: 1.3, sym.E_J2: 0.9, sym.e: 0.8, sym.I_bias: 0.6}
PHASES = [sym.phi_1(sym.t), sym.phi_2(sym.t)]
VELOCITIES = [diff(phase, sym.t) for phase in PHASES]


def of_circuit(expression, variables):
    """A function of numbers from an expression in phases and velocities."""
    names = [Symbol(f"v{k}") for k in range(len(variables))]
    plain = expression.subs(CIRCUIT).xreplace(dict(zip(variables, names, strict=True)))
    return lambdify(names, plain, "numpy")


def lagrangian_acceleration():
    """From d/dt dL/dv = dL/d phi with a constant mass matrix."""
    L = lagrangian()
    mass = np.array([[float(diff(L, u, v).subs(CIRCUIT)) for v in VELOCITIES] for u in VELOCITIES])
    forces = [of_circuit(diff(L, phase), PHASES) for phase in PHASES]
    return lambda phases: np.linalg.solve(mass, [force(*phases) for force in forces])


def kirchhoff_currents(time, state):
    """Phases and voltages of the two nodes: currents into each node add up to the bias."""
    c_1, c_2, c_m = (CIRCUIT[c] for c in (sym.C_1, sym.C_2, sym.C_m))
    e, phases, volts = CIRCUIT[sym.e], state[:2], state[2:]
    josephson = 2 * e * np.array([CIRCUIT[sym.E_J1], CIRCUIT[sym.E_J2]]) * np.sin(phases)
    bias = np.array([CIRCUIT[sym.I_bias], 0.0])
    slope = np.linalg.solve([[c_1 + c_m, -c_m], [-c_m, c_2 + c_m]], bias - josephson)
    return np.concatenate([2 * e * volts, slope])


def test_phases_move_as_the_currents_of_the_circuit_say():
    accelerate = lagrangian_acceleration()
    start = np.array([0.4, -0.2, 0.3, 0.1])
    span, options = (0.0, 12.0), {"rtol": 1e-11, "atol": 1e-11, "t_eval": np.linspace(0, 12, 50)}
    circuit = solve_ivp(kirchhoff_currents, span, start, **options)
    moving = start * [1, 1, 2 * CIRCUIT[sym.e], 2 * CIRCUIT[sym.e]]
    path = solve_ivp(lambda t, s: np.concatenate([s[2:], accelerate(s[:2])]), span, moving, **options)
    # Both integrate the same smooth motion with local errors of 1e-11.
    assert path.y[:2] == pytest.approx(circuit.y[:2], abs=1e-8)
    assert np.ptp(circuit.y[1]) > 0.1


def test_bias_above_the_critical_current_drives_its_phase_forward(monkeypatch):
    monkeypatch.setitem(CIRCUIT, sym.I_bias, 3.0)
    accelerate = lagrangian_acceleration()
    path = solve_ivp(lambda t, s: np.concatenate([s[2:], accelerate(s[:2])]), (0, 10), np.zeros(4), rtol=1e-8)
    assert path.y[0, -1] > 2 * np.pi


def test_source_favors_slips_in_the_direction_of_the_current():
    slopes = {f: diff(euclidean_lagrangian().rhs, sym.I_bias).coeff(f(sym.tau)) for f in (sym.phi_1, sym.phi_2)}
    # A slip by 2 pi gains I Phi_0 = I pi/e.
    assert slopes[sym.phi_1].subs(sym.e, 2) * 2 * math.pi == pytest.approx(-math.pi / 2)
    assert slopes[sym.phi_2] == 0


def test_euclidean_lagrangian_is_the_energy_in_inverted_time():
    euclidean = euclidean_lagrangian().rhs
    kinetic = [[float(diff(euclidean, diff(f(sym.tau), sym.tau), diff(g(sym.tau), sym.tau)).subs(CIRCUIT))
                for f in (sym.phi_1, sym.phi_2)] for g in (sym.phi_1, sym.phi_2)]
    c_1, c_2, c_m = (CIRCUIT[c] for c in (sym.C_1, sym.C_2, sym.C_m))
    capacitance = np.array([[c_1 + c_m, -c_m], [-c_m, c_2 + c_m]])
    assert np.array(kinetic) == pytest.approx(capacitance / (2 * CIRCUIT[sym.e]) ** 2, rel=1e-14)


@settings(max_examples=25)
@given(st.floats(-10, 10), st.floats(-10, 10))
def test_potential_is_lowest_at_whole_turns_and_highest_between(phi_1, phi_2):
    energy = of_circuit(josephson_energy().rhs, PHASES)
    expected = 2 * (1.3 * math.sin(phi_1 / 2) ** 2 + 0.9 * math.sin(phi_2 / 2) ** 2)
    assert energy(phi_1, phi_2) == pytest.approx(expected, abs=1e-14)


TEMPERATURE, CHARGE, RESISTANCE = 0.7, 0.9, 1.4
ETA = 1 / (4 * CHARGE**2 * RESISTANCE)
ALPHA = math.pi / (2 * CHARGE**2) / RESISTANCE
SHUNT = {sym.T: TEMPERATURE, sym.e: CHARGE, sym.R_1: RESISTANCE}


@cache
def density():
    """The integrand of the shunt's action, of the difference of phases and both times."""
    delta = Symbol("delta")
    return lambdify([delta, sym.tau, tau_prime], dissipation_density().rhs.subs(SHUNT).subs(phase_difference, delta))


def by_double_quadrature(path, points):
    """The action of the shunt; both times on grids half a step apart, where nothing is singular.

    For a trigonometric polynomial the integrand is one too, and the sum is exact.
    """
    first = np.arange(points) / points / TEMPERATURE
    second = first + 0.5 / points / TEMPERATURE
    values = density()(np.subtract.outer(path(first), path(second)), first[:, None], second)
    return values.sum() / (points * TEMPERATURE) ** 2


def by_frequencies(path, points):
    """eta/2 T times the sum of |omega_n| |phi_n|^2, by a fast Fourier transform."""
    times = np.arange(points) / points / TEMPERATURE
    amplitudes = np.fft.fft(path(times)) / points / TEMPERATURE
    omega = 2 * np.pi * TEMPERATURE * np.fft.fftfreq(points, 1 / points)
    return ETA / 2 * TEMPERATURE * (np.abs(omega) * np.abs(amplitudes) ** 2).sum()


@settings(max_examples=15)
@given(st.lists(st.floats(-2, 2), min_size=1, max_size=6))
def test_shunt_weighs_every_frequency_by_its_magnitude(coefficients):
    def path(time):
        angle = 2 * np.pi * TEMPERATURE * time
        return sum(c * np.cos((k // 2 + 1) * angle + k) for k, c in enumerate(coefficients))

    assert by_double_quadrature(path, 40) == pytest.approx(by_frequencies(path, 40), rel=1e-11, abs=1e-13)


def test_single_frequency_has_the_action_of_its_dissipation():
    # eta T/2 * 2 omega (a/2T)^2 = eta omega a^2/4T, with omega = 2 pi T.
    action = by_double_quadrature(lambda time: 1.5 * np.cos(2 * np.pi * TEMPERATURE * time), 40)
    assert action == pytest.approx(ETA * 2 * math.pi * 1.5**2 / 4, rel=1e-12)


def slip_pair(distance, width=2e-3):
    """A slip and its reverse, `distance` later, in units of 1/T."""

    def path(time):
        s = time * TEMPERATURE
        return np.pi * (np.tanh((s - 0.5 + distance / 2) / width) - np.tanh((s - 0.5 - distance / 2) / width))

    return path


def test_slips_of_a_shunted_junction_interact_logarithmically():
    distances = np.array([0.1, 0.2, 0.35, 0.5])
    actions = np.array([by_frequencies(slip_pair(d), 1 << 14) for d in distances])
    slope = np.diff(actions) / np.diff(np.log(np.sin(np.pi * distances)))
    # Corrections of the width of a slip: (width/distance)^2 = 4e-4 at most.
    assert slope == pytest.approx([2 * ALPHA] * 3, rel=1e-3)
    derived = drag_exponent().rhs
    n_1, n_2 = sorted(derived.free_symbols - {sym.R_1, sym.R_2, sym.e}, key=str)
    first = derived.subs({sym.e: CHARGE, sym.R_1: RESISTANCE, n_1: 1, n_2: 0})
    assert float(first) == pytest.approx(ALPHA, rel=1e-14)
    both = derived.subs({sym.e: CHARGE, sym.R_1: RESISTANCE, sym.R_2: RESISTANCE / 3, n_1: 2, n_2: 1})
    assert float(both) == pytest.approx(ALPHA * (4 + 3), rel=1e-14)


def test_interaction_of_sharp_slips_is_that_of_smooth_ones_up_to_a_constant():
    energy = phase_slip_interaction()
    names = {s.name: s for s in energy.free_symbols}
    sharp = lambdify(names["tau_0"], energy.subs({**SHUNT, names["n_1"]: 1, names["tau_c"]: 1e-4 / TEMPERATURE}))
    distances = np.array([0.15, 0.3, 0.5])
    smooth = np.array([by_frequencies(slip_pair(d), 1 << 14) for d in distances])
    # Logarithms of negative sines: their imaginary parts are constant.
    difference = smooth - sharp(distances / TEMPERATURE + 0j).real
    assert np.ptp(difference) < 1e-3 * np.ptp(smooth)


def test_kernel_of_a_resistor_is_negative_at_all_times_and_falls_as_their_square():
    derived = ohmic_kernel()
    s = next(iter(derived.free_symbols - {sym.T}))
    kernel = lambdify([s, sym.T], derived)
    times = np.linspace(0.05, 0.95, 19)
    assert (kernel(times, 1.0) < 0).all()
    # |omega| transforms to -1/pi s^2 at temperature zero; the correction is (pi T s)^2/3.
    assert kernel(1.0, 1e-3) == pytest.approx(-1 / math.pi, rel=1e-5)
    # The sum itself, cut off by exp(-delta |omega|), at two cutoffs extrapolated quadratically.
    omega = 2 * np.pi * np.arange(1, 20000)
    damped = [2 * (omega * np.exp(-omega * d) * np.cos(0.3 * omega)).sum() for d in (2e-3, 4e-3)]
    assert kernel(0.3, 1.0) == pytest.approx((4 * damped[0] - damped[1]) / 3, rel=1e-6)
