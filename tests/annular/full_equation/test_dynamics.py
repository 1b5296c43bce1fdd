"""Moving fluxons: against solve_ivp, the exact moving kink, energy balance, orders of convergence, linear spectrum."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from derivations.annular.full_equation.dynamics import Motion, boosted_kink, points_for
from derivations.annular.full_equation.line import Line, line_of
from derivations.annular.full_equation.passages import full_period, passing_speeds
from derivations.annular.full_equation.sine_gordon import depinning_current, fluxon_frequency, rest_energy
from derivations.annular.full_equation.static_states import hold, resting
from derivations.annular.particle.particle import oscillation_period, relativistic_period

__all__: list[str] = []


def start(line, points, distance, well=1):
    tau = 2 * math.pi / points * np.arange(points)
    return resting(line, well * math.pi / 2).phase_at(tau - distance)


@pytest.mark.parametrize(
    ("options", "name"), [({"step": -0.1}, "step"), ({"loss": -0.1}, "loss"), ({"surface_loss": -0.1}, "surface_loss")]
)
def test_negative_steps_and_losses_are_refused(options, name):
    line = line_of(0.6, 0.5)
    phase = start(line, 64, 0.1)
    with pytest.raises(ValueError, match=f"`{name}` must be in"):
        Motion(line, phase, 0 * phase, **({"step": 0.05} | options))


def test_a_bias_that_is_no_number_is_noticed():
    line = line_of(0.6, 0.5)
    phase = start(line, 64, 0.1)
    with pytest.raises(ArithmeticError):
        Motion(line, phase, 0 * phase, 0.05, bias=lambda t: math.nan).run(0.5, 2)


def circle(ratio: float) -> Line:
    def one(tau):
        return np.ones(np.shape(tau))

    def zero(tau):
        return np.zeros(np.shape(tau))

    def energy(tau, phase, slope, velocity):
        return velocity**2 / 2 + ratio**2 * slope**2 / 2 + 1 - np.cos(phase)

    return Line(one, one, one, lambda tau: np.full(np.shape(tau), ratio**2), energy, zero, one, ratio**2, ratio)


@pytest.mark.parametrize("surface_loss", [0.0, 0.02])
def test_every_term_against_solve_ivp(surface_loss):
    square, ratio, field, angle, loss, points = 0.75, 0.3, 0.03, 0.4, 0.1, 64
    line, major = line_of(square, ratio, field, angle), 1 / math.sqrt(square)
    minor = math.sqrt(major**2 - 1)
    tau = 2 * math.pi / points * np.arange(points)
    width = major**2 - np.sin(tau) ** 2
    push = field * (major * math.cos(angle) * np.sin(tau) - minor * math.sin(angle) * np.cos(tau))
    modes = np.arange(points // 2 + 1) ** 2

    def motion(t, y):
        phase, velocity = y[:points], y[points:]
        curved = np.fft.irfft(-modes * np.fft.rfft(phase - tau + surface_loss * velocity), points)
        force = (ratio**2 * curved - push) / width - np.sin(phase) + 0.02 * t - loss * velocity
        return np.concatenate([velocity, force])

    phase = start(line, points, 0.4)
    exact = solve_ivp(motion, (0, 10), np.append(phase, 0 * phase), method="DOP853", rtol=1e-10, atol=1e-10).y[:, -1]
    found = Motion(line, phase, 0 * phase, 0.05, loss=loss, surface_loss=surface_loss, bias=lambda t: 0.02 * t)
    found.advance(200)
    # The order-4 error at this step; the phase has moved by more than 2.
    assert found.phase == pytest.approx(exact[:points], abs=2e-7)
    assert found.velocity == pytest.approx(exact[points:], abs=2e-7)


def test_order_four():
    line = line_of(0.75, 0.3)
    phase = start(line, 64, 0.8)
    ends = []
    for count in (50, 100, 200):
        motion = Motion(line, phase, 0 * phase, 5 / count, loss=0.1, bias=lambda t: 0.1 * math.sin(t))
        motion.advance(count)
        ends.append(motion.phase)
    errors = [np.abs(a - b).max() for a, b in pairwise(ends)]
    assert math.log2(errors[0] / errors[1]) == pytest.approx(4, abs=0.3)


def test_kink_on_a_circle_moves_uniformly():
    line, speed = circle(0.1), 0.6
    points = points_for(line.narrowest, 1e-6, speed)
    motion = Motion(line, *boosted_kink(line, points, 1.0, speed), 0.1)
    found = motion.run(150, 50)
    # Nine light times around half the ring; 1e-5 is left of the tails that meet.
    assert found.position == pytest.approx(1.0 + 0.1 * speed * found.times, abs=1e-4)
    assert found.energy == pytest.approx(8 / math.sqrt(1 - speed**2), rel=1e-5)
    assert found.voltage[-1] == pytest.approx(-0.1 * speed, abs=2e-3)


@pytest.mark.parametrize("polarity", [1, -1])
def test_polarity_moves_the_other_way(polarity):
    line = circle(0.1)
    found = Motion(line, *boosted_kink(line, 256, 1.0, 0.5, polarity), 0.1).run(50, 10)
    assert found.position == pytest.approx(1.0 + 0.05 * found.times, abs=1e-3)
    assert np.sign(found.voltage[-1]) == -polarity


def test_energy_is_conserved_in_a_field_and_supplied_by_a_bias():
    line = line_of(0.75, 0.2, 0.04, 0.3)
    phase = start(line, 96, 0.3)
    free = Motion(line, phase, 0 * phase, 0.1).run(100, 100)
    assert np.ptp(free.position) > 0.5
    assert free.energy_error < 1e-6
    bias = 0.03
    driven = Motion(line, phase, 0 * phase, 0.1, bias=lambda t: bias).run(60, 60, keep=True)
    # dE/dt = (gamma/lambda) integral of Q^2 phi_t.
    gained = line.inertia(driven.tau) @ (driven.phase - driven.phase[0]).T * (2 * math.pi / 96) * bias / line.unit
    assert np.ptp(gained) > 0.3
    assert driven.energy - driven.energy[0] == pytest.approx(gained, abs=1e-5)


@pytest.mark.parametrize("losses", [{"loss": 0.05}, {"surface_loss": 0.05}])
def test_losses_only_take(losses):
    line = line_of(0.75, 0.2)
    phase = start(line, 96, 0.5)
    found = Motion(line, phase, 0 * phase, 0.1, **losses).run(60, 60)
    assert np.all(np.diff(found.energy) < 0)


def test_small_oscillation_has_the_linear_frequency():
    line = line_of(0.75, 0.2)
    frequency = fluxon_frequency(0.75, 0.2)
    phase = start(line, 96, 1e-3)
    found = Motion(line, phase, 0 * phase, 0.1).run(10 * math.pi / frequency, 50)
    swing = (found.position - math.pi / 2) / (found.position[0] - math.pi / 2)
    # The rigid shift is the lowest mode but for some percent, which are fast and small.
    amplitude = np.sum(swing * np.cos(frequency * found.times)) / np.sum(np.cos(frequency * found.times) ** 2)
    assert amplitude == pytest.approx(1, abs=0.05)
    assert swing == pytest.approx(np.cos(frequency * found.times), abs=0.1)


def test_runs_side_by_side_are_runs_alone():
    line = line_of(0.75, 0.2, 0.02)
    phase = np.stack([start(line, 96, 0.2), start(line, 96, 0.0, well=3)], axis=1)
    loss = np.array([0.05, 0.2])
    both = Motion(line, phase, 0 * phase, 0.1, loss=loss, bias=lambda t: np.array([0.01, 0.05])).run(20, 4)
    for run in range(2):
        alone = Motion(
            line, phase[:, run], 0 * phase[:, run], 0.1, loss=loss[run], bias=lambda t, run=run: (0.01, 0.05)[run]
        ).run(20, 4)
        assert both.position[:, run] == pytest.approx(alone.position, abs=1e-11)
        assert both.energy[:, run] == pytest.approx(alone.energy, abs=1e-11)


def test_transforms_and_matrix_agree(monkeypatch):
    line = line_of(0.75, 0.3)
    phase = start(line, 64, 0.4)
    dense = Motion(line, phase, 0 * phase, 0.1)
    monkeypatch.setattr("derivations.annular.full_equation.dynamics.DENSE", 0)
    transformed = Motion(line, phase, 0 * phase, 0.1)
    for motion in (dense, transformed):
        motion.advance(50)
    assert transformed.phase == pytest.approx(dense.phase, abs=1e-10)


def test_period_tends_to_that_of_small_oscillations_and_grows():
    small = 2 * math.pi / fluxon_frequency(0.75, 0.3)
    periods = full_period([1.001, 1.01, 1.2], 0.75, 0.3)
    assert periods[0] == pytest.approx(small, rel=2e-3)
    assert np.all(np.diff(periods) > 0)


def test_a_step_less_hardly_changes_period_and_speeds():
    assert full_period(1.2, 0.75, 0.3, step=0.05) == pytest.approx(full_period(1.2, 0.75, 0.3), rel=1e-6)
    speeds = passing_speeds(0.5, 0.75, 0.1)
    assert passing_speeds(0.5, 0.75, 0.1, step=0.05) == pytest.approx(speeds, rel=1e-5)
    # Q/sqrt(1 - u^2) is the energy; a short ring departs from it by some percent.
    for speed, place in zip(speeds, (math.pi / 4, math.pi / 2), strict=True):
        scale = math.sqrt(4 / 3 - math.sin(place) ** 2)
        assert scale / math.sqrt(1 - speed**2) == pytest.approx(math.sqrt(4 / 3) / math.sqrt(0.75), rel=0.15)


def test_period_of_a_short_fluxon_is_relativistic_whatever_energy_counts_as_least():
    square, k, ratios = 0.75, 1.3, np.array([0.05, 0.07, 0.1])
    local = 8 * math.sqrt(1 / square - 1)
    for least in (rest_energy(square, ratios), local):
        full = full_period(k * least / rest_energy(square, ratios), square, ratios)
        limits = [
            np.polynomial.polynomial.polyfit(ratios**2, full / form(k, square, ratios), 2)[0]
            for form in (relativistic_period, oscillation_period)
        ]
        # The order that is left out is that of the change from one order to the next, 3e-3, times (0.1/S^2)^2.
        assert limits[0] == pytest.approx(1, abs=1.5e-3)
        assert limits[1] > 1.05


def test_bias_above_depinning_frees_a_fluxon_in_time():
    line, limit = line_of(0.75, 0.3), depinning_current(0.75, 0.3)
    phase = start(line, 64, 0.0)
    for factor, leaves in ((0.97, False), (1.03, True)):
        motion = Motion(line, phase, 0 * phase, 0.15, loss=1.0, bias=lambda t, f=factor: f * limit * min(1.0, t / 100))
        assert (motion.run(300, 3).position[-1] < 0) == leaves


def test_refusals():
    line = line_of(0.75, 0.1)
    phase = start(line, 192, 0.1)
    with pytest.raises(ValueError, match=r"`step` must be at most 0\.18\d* to be stable, but got 0.3"):
        Motion(line, phase, 0 * phase, 0.3)
    with pytest.raises(ValueError, match=r"1536 nodes to resolve the moving fluxon, but needs"):
        points_for(line.narrowest, 1e-12, 0.999)
    coarse = hold(line, 1.0).phase_at(2 * math.pi / 32 * np.arange(32))
    with pytest.raises(ArithmeticError, match="narrower than 32 nodes resolve"):
        Motion(line, coarse, 0 * coarse, 0.1).run(1, 1)
