"""Slips of unequal junctions: against closed forms, exchange, a direct minimization and diagonalized junctions."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from derivations.cotunneling import (
    exact_single_junction_amplitude,
    merged_instanton_amplitude,
    renormalized_amplitude,
    single_junction_amplitude,
    slip_amplitude,
    slip_path,
)
from derivations.cotunneling.exact.two_junctions import two_junction_amplitudes
from derivations.cotunneling.instantons import bounce as solver
from derivations.cotunneling.strong_coupling.merged import r, single_slip_action
from derivations.cotunneling.symbols import E_J, Omega

__all__: list[str] = []

SLIPS = st.sampled_from([(1, 0), (0, 1), (1, 1)])
XI = st.floats(0.2, 1.5)
RATIO = st.floats(-2, 1).map(lambda decade: 10**decade)
KAPPA = st.floats(-1, 1).map(lambda decade: 10**decade)


@pytest.mark.parametrize("ratio", [0.01, 0.1, 0.5, 1.0, 3.0, 10.0])
def test_merged_instanton_is_the_common_slip_of_equal_junctions(ratio):
    found, error = slip_amplitude((1, 1), 0.7, 0.7, capacitance_ratio=ratio, error=True)
    # The accuracy that the solver states.
    assert found == pytest.approx(float(merged_instanton_amplitude(0.7, ratio)), rel=1e-9)
    assert error < 1e-9
    path = slip_path((1, 1), 0.7, 0.7, capacitance_ratio=ratio).path
    assert path[:, 0] == pytest.approx(path[:, 1], abs=1e-9)


@pytest.mark.parametrize(("slip", "xi"), [((1, 0), 0.4), ((0, 1), 1.1)])
def test_junctions_by_themselves_have_single_slips(slip, xi):
    kappa = 2.0
    josephson = math.sqrt(kappa) if slip == (1, 0) else 1 / math.sqrt(kappa)
    found = slip_amplitude(slip, 0.4, 1.1, capacitance_ratio=0.0, kappa=kappa)
    assert found == pytest.approx(josephson * float(single_junction_amplitude(xi)), rel=1e-9)


@settings(max_examples=15)
@given(SLIPS, XI, XI, RATIO, KAPPA)
@example((1, 0), 0.2, 1.5, 10.0, 0.1)
@example((1, 1), 1.5, 0.2, 0.01, 10.0)
def test_exchange_of_the_junctions_and_error_estimate(slip, xi_1, xi_2, ratio, kappa):
    (_, here), error = slip_amplitude(slip, xi_1, xi_2, capacitance_ratio=ratio, kappa=kappa, log=True, error=True)
    ratio_2 = ratio * xi_2**2 / (kappa * xi_1**2)  # C_m/C_2
    if ratio_2 <= 100:
        _, there = slip_amplitude(slip[::-1], xi_2, xi_1, capacitance_ratio=ratio_2, kappa=1 / kappa, log=True)
        assert there == pytest.approx(here, abs=1e-7)
    assert error < 1e-7


@settings(max_examples=20)
@given(SLIPS, XI, XI, RATIO, KAPPA)
def test_path_moves_at_zero_energy_and_its_motion_is_no_fluctuation(slip, xi_1, xi_2, ratio, kappa):
    found = slip_path(slip, xi_1, xi_2, capacitance_ratio=ratio, kappa=kappa)
    # R(0) u_0 = 0: the derivation of the determinant relies on it, the solver does not use it.
    assert found.zero_mode_error < 1e-8
    assert found.path[0] == pytest.approx(np.pi * np.array(slip), abs=1e-12)
    assert found.path[-1] == pytest.approx([0, 0], abs=1e-6)
    line = solver._HalfLine(solver.NODES, *_scales(slip, xi_1, xi_2, ratio, kappa))
    velocity = line.derivative @ found.path
    c_1, c_2 = 1 / (xi_1**2 * math.sqrt(kappa)), math.sqrt(kappa) / xi_2**2
    kinetic = (c_1 * velocity[:, 0] ** 2 + c_2 * velocity[:, 1] ** 2) / 2
    kinetic += ratio * c_1 * (velocity[:, 0] - velocity[:, 1]) ** 2 / 2
    energy = math.sqrt(kappa) * (1 - np.cos(found.path[:, 0])) + (1 - np.cos(found.path[:, 1])) / math.sqrt(kappa)
    assert kinetic == pytest.approx(energy, abs=1e-7)


def _scales(slip, xi_1, xi_2, ratio, kappa):
    problem = solver._Slip(slip, (xi_1, xi_2), ratio, kappa)
    slowest, fastest = np.linalg.eigvalsh(problem.rest)
    return 1 / fastest, solver.PERIODS / slowest


@pytest.mark.parametrize(("slip", "kappa"), [((1, 0), 1.0), ((1, 0), 3.0), ((1, 1), 3.0)])
def test_action_is_the_least_among_paths_on_a_lattice(slip, kappa):
    # Jacobi: the action is the least length of a path in the metric 2U dphi M dphi, for any parametrization.
    xi_1, xi_2, ratio, count = 0.7, 0.9, 1.0, 36
    c_1, c_2 = 1 / (xi_1**2 * math.sqrt(kappa)), math.sqrt(kappa) / xi_2**2
    inertia = np.array([[c_1 * (1 + ratio), -c_1 * ratio], [-c_1 * ratio, c_2 + c_1 * ratio]])
    strength = np.array([math.sqrt(kappa), 1 / math.sqrt(kappa)])
    center = np.pi * np.array(slip)
    fraction = np.linspace(0, 1, count + 1)[:, None]

    def length(deviation):
        path = np.broadcast_to(fraction * center, (*deviation.shape[:-1], count + 1, 2)).copy()
        path[..., 1:-1, :] += deviation.reshape(*deviation.shape[:-1], count - 1, 2)
        step, middle = np.diff(path, axis=-2), (path[..., 1:, :] + path[..., :-1, :]) / 2
        potential = (strength * (1 - np.cos(middle))).sum(axis=-1)
        metric = ((step @ inertia) * step).sum(axis=-1)
        # The last term spaces the points evenly.
        return 2 * np.sqrt(2 * potential * metric).sum(axis=-1) + 0.01 * np.var(metric, axis=-1) * count

    def slope(deviation):
        return (length(deviation + 1e-7 * np.eye(deviation.size)) - length(deviation)) / 1e-7

    start = np.zeros(2 * (count - 1))
    least = minimize(length, start, jac=slope, method="L-BFGS-B", options={"maxiter": 400})
    # The lattice is wrong by 1/count^2.
    assert slip_path(slip, xi_1, xi_2, capacitance_ratio=ratio, kappa=kappa).action == pytest.approx(
        length(least.x), rel=3e-3
    )


def test_second_order_action_is_that_of_the_path():
    xi = 0.5
    ratios = np.array([0.02, 0.01, 0.005])
    actions = np.array([slip_path((1, 0), xi, xi, capacitance_ratio=v).action for v in ratios]) * xi / 8
    second = (actions - 1 - ratios / 2) / ratios**2
    # Richardson: the third order is linear in the ratio, the fourth quadratic.
    once = 2 * second[1:] - second[:-1]
    extrapolated = (4 * once[1] - once[0]) / 3
    derived = float((single_slip_action() * Omega / (8 * E_J)).expand().coeff(r, 2))
    # 1e-13 of the action over the square of the smallest ratio, and what is left of the orders.
    assert extrapolated == pytest.approx(derived, abs=2e-6)
    assert derived == pytest.approx(-(5 / 8 - math.pi**2 / 24), rel=1e-12)


def test_weakly_coupled_slips_follow_the_first_order():
    for ratio in (1e-4, 1e-3):
        coupling = ratio * 8 / 0.5**2
        # C_m enters the prefactor too, as -r/4 and more.
        found = slip_amplitude((1, 0), 0.5, 0.5, capacitance_ratio=ratio) / renormalized_amplitude(0.5, coupling)
        assert found == pytest.approx(1, abs=0.3 * ratio + 4 * ratio**2)


@pytest.mark.parametrize(
    ("xi_1", "xi_2", "ratio", "kappa"), [(0.6, 0.6, 0.5, 1.0), (0.5, 0.8, 1.0, 1.0), (0.7, 0.6, 3.0, 1.5)]
)
def test_diagonalized_junctions_have_these_amplitudes(xi_1, xi_2, ratio, kappa):
    josephson = (math.sqrt(kappa), 1 / math.sqrt(kappa))
    charging = tuple(xi**2 / 8 * energy for xi, energy in zip((xi_1, xi_2), josephson, strict=True))
    exact = two_junction_amplitudes(josephson, charging, capacitance_ratio=ratio, digits=30)
    for slip, xi in (((1, 0), xi_1), ((0, 1), xi_2)):
        found = exact[slip] / slip_amplitude(slip, xi_1, xi_2, capacitance_ratio=ratio, kappa=kappa)
        alone = float(exact_single_junction_amplitude(xi) / single_junction_amplitude(xi))
        # Semiclassics misses the order Omega/E_J, by less than for the junction alone.
        assert alone - 0.005 < found < 1
    common = exact[1, 1] / slip_amplitude((1, 1), xi_1, xi_2, capacitance_ratio=ratio, kappa=kappa)
    # Both corrections, of the order xi, have opposite signs where the pair is not yet tightly bound.
    assert common == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: slip_amplitude((1, -1), 0.5, 0.5, capacitance_ratio=1),
            "`slip` must be in {(1, 0), (0, 1), (1, 1)}, but got (1, -1).",
        ),
        (
            lambda: slip_amplitude((1, 1), 0.5, 0.5, capacitance_ratio=0.0),
            "`capacitance_ratio` must be in [1e-06, 100], but got 0.",
        ),
        (
            lambda: slip_amplitude((1, 0), 0.5, 0.5, capacitance_ratio=-1.0),
            "`capacitance_ratio` must be in [0, 100], but got -1.",
        ),
        (
            lambda: slip_amplitude((1, 0), 0.01, 0.5, capacitance_ratio=1.0),
            "`xi_1` must be in [0.05, 3], but got 0.01.",
        ),
        (
            lambda: slip_amplitude((1, 0), 0.5, math.nan, capacitance_ratio=1.0),
            "`xi_2` must be in [0.05, 3], but got nan.",
        ),
        (
            lambda: slip_amplitude((1, 0), 0.5, 0.5, capacitance_ratio=1.0, kappa=20.0),
            "`kappa` must be in [0.1, 10], but got 20.",
        ),
        (
            lambda: slip_path((1, 0), 0.5, 0.5, capacitance_ratio=1.0, nodes=10),
            "`nodes` must be in [40, 300], but got 10.",
        ),
    ],
)
def test_arguments_outside_their_range_are_refused(call, message):
    with pytest.raises(ValueError, match=r"^Argument ") as error:
        call()
    assert str(error.value) == f"Argument {message}"


def test_amplitudes_broadcast():
    grid, error = slip_amplitude(
        (1, 0), np.array([0.4, 0.8])[:, None], 0.6, capacitance_ratio=np.array([0.0, 0.1, 1.0]), error=True
    )
    assert grid.shape == error.shape == (2, 3)
    sign, logarithm = slip_amplitude((1, 0), 0.8, 0.6, capacitance_ratio=0.1, log=True)
    assert grid[1, 1] == pytest.approx(sign * math.exp(logarithm), rel=1e-12)
