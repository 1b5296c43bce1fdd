"""Fluxons at rest: against elliptic functions, a boundary value problem, an overdamped ramp, symmetries, limits."""

import math
import multiprocessing
import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, solve_bvp, solve_ivp
from scipy.optimize import brentq
from scipy.sparse import diags_array
from scipy.sparse.linalg import eigsh, spsolve
from scipy.special import ellipj, ellipk

from derivations.annular.full_equation import static_states
from derivations.annular.full_equation.dynamics import Motion
from derivations.annular.full_equation.line import Line, line_of
from derivations.annular.full_equation.passages import full_period, passing_speeds
from derivations.annular.full_equation.resting_wells import in_well
from derivations.annular.full_equation.sine_gordon import (
    barrier_height,
    critical_field,
    depinning_current,
    depinning_position,
    fluxon_frequency,
    holding_bias,
    rest_energy,
    rest_position,
    static_fluxon,
    top_energy,
)
from derivations.annular.full_equation.static_states import hold, largest_bias, resting

__all__: list[str] = []

RINGS = st.tuples(st.floats(0.1, 0.95), st.floats(0.05, 0.8))


def uniform_line(ratio: float) -> Line:
    """A circular ring, in which a fluxon is free."""
    one, zero = (lambda value: lambda tau: np.full(np.shape(tau), value))(1.0), lambda tau: np.zeros(np.shape(tau))
    def energy(tau, phase, slope, velocity):
        return velocity**2 / 2 + ratio**2 * slope**2 / 2 + 1 - np.cos(phase)

    return Line(one, one, one, one, energy, zero, one, ratio**2, math.pi / 2 * ratio)


@pytest.mark.parametrize("ratio", [0.4, 0.7, 1.5])
def test_circular_ring_has_the_rotating_pendulum(ratio):
    # phi'' = sin(phi) with phi(s + L) = phi(s) + 2 pi: phi = pi + 2 am(s/k, k^2), L = 2 k K(k^2).
    length = 2 * math.pi / ratio
    short = brentq(lambda q: 2 * math.sqrt(1 - math.exp(-q)) * ellipk(1 - math.exp(-q)) - length, 1e-3, 60)
    modulus = math.sqrt(1 - math.exp(-short))
    state = hold(uniform_line(ratio), 0.7)
    s = state.ring.tau / ratio
    amplitude = np.unwrap(ellipj(s / modulus, modulus**2)[3])
    assert state.phase == pytest.approx(math.pi + 2 * amplitude - 2 * amplitude[len(s) // 2], abs=1e-9)
    assert state.bias == pytest.approx(0, abs=1e-12)
    assert state.squared_frequencies()[0] == pytest.approx(0, abs=1e-10)

    def density(x):
        _, cosine, slope, _ = ellipj(x / modulus, modulus**2)
        return 2 * (slope / modulus) ** 2 + 2 * cosine**2

    assert state.energy == pytest.approx(quad(density, -length / 2, length / 2, epsabs=1e-12, limit=200)[0], rel=1e-9)


@pytest.mark.parametrize(("square", "ratio"), [(0.75, 0.2), (0.5, 0.4)])
def test_boundary_value_problem_has_the_same_well(square, ratio):
    major = 1 / math.sqrt(square)
    tau = np.linspace(0, math.pi, 201)  # phi(pi/2) = pi and phi(3 pi/2) = 2 pi by symmetry, tau from the well

    def motion(x, y):
        return np.array([y[1], (major**2 - np.cos(x) ** 2) * np.sin(y[0]) / ratio**2])

    guess = 4 * np.arctan(np.exp(tau / ratio))
    found = solve_bvp(
        motion, lambda a, b: np.array([a[0] - math.pi, b[0] - 2 * math.pi]),
        tau, np.array([guess, 2 / np.cosh(tau / ratio) / ratio]), tol=1e-10, max_nodes=20000,
    )  # fmt: skip
    state = static_fluxon(square, ratio)
    assert state.phase_at(tau + math.pi / 2) == pytest.approx(found.sol(tau)[0], abs=1e-8)
    fine = np.linspace(0, math.pi, 4001)
    phase, slope = found.sol(fine)
    density = ratio**2 * slope**2 / 2 + (major**2 - np.cos(fine) ** 2) * (1 - np.cos(phase))
    # Simpson's rule, halves of the ring alike.
    energy = 2 * (density[0] + density[-1] + 4 * density[1::2].sum() + 2 * density[2:-1:2].sum()) * math.pi / 12000
    assert rest_energy(square, ratio) == pytest.approx(energy / ratio, rel=1e-8)


def test_overdamped_fluxon_stays_below_the_depinning_current_and_leaves_above():
    square, ratio, field, points = 0.75, 0.3, 0.05, 64
    major = 1 / math.sqrt(square)
    tau = 2 * math.pi / points * np.arange(points)
    width = major**2 - np.sin(tau) ** 2
    modes = np.arange(points // 2 + 1) ** 2

    def flow(t, phase, bias):
        curved = np.fft.irfft(-modes * np.fft.rfft(phase - tau), points)
        return (ratio**2 * curved - field * major * np.sin(tau)) / width - np.sin(phase) + bias

    for well in (1, 3):
        limit = depinning_current(square, ratio, field, 0.0, well)
        start = static_fluxon(square, ratio, field, well=well).phase_at(tau)
        for factor, leaves in ((0.998, False), (1.002, True)):
            end = solve_ivp(flow, (0, 900), start, args=(factor * limit,), method="LSODA", rtol=1e-7, atol=1e-9)
            # A fluxon that leaves towards smaller tau passes every point, where the phase then rises by 2 pi.
            assert (np.mean(end.y[:, -1] - start) > 1.8) == leaves


# Another implementation, with uniform nodes and N = 384: digits as stated there.
INDEPENDENT = {
    (0.75, 0.05): (4.658892663, 4.573359411, 0.1433256587, 0.0663240176),
    (0.75, 0.1): (4.758838165, 4.457233033, 0.2603356445, 0.1244788320),
    (0.75, 0.5): (5.869899358, 2.779834426, 0.6054138812, 0.2806973619),
}


@pytest.mark.parametrize("ring", INDEPENDENT)
def test_another_implementation_agrees(ring):
    found = rest_energy(*ring), barrier_height(*ring), fluxon_frequency(*ring), depinning_current(*ring)
    assert found == pytest.approx(INDEPENDENT[ring], rel=1e-9)


def test_another_implementation_agrees_in_a_field():
    local = 4 / math.pi * 0.1 * 0.75
    field = np.array([0.25, 0.5, 0.75]) * local
    assert barrier_height(0.75, 0.1, field) == pytest.approx([2.849148860, 1.475711331, 0.423895960], rel=1e-8)
    assert depinning_current(0.75, 0.1, field, 0.0, 3) == pytest.approx([0.0777287, 0.0384874, 0.0108071], abs=1e-7)
    assert depinning_current(0.75, 0.1, field) == pytest.approx([0.1764602, 0.2322687, 0.2909528], abs=1e-7)
    assert critical_field(0.75, [0.05, 0.1, 0.2]) == pytest.approx([0.04748867, 0.09326813, 0.17166347], abs=2e-8)
    split = rest_energy(0.75, 0.1, 0.01, math.pi / 2, well=1) - rest_energy(0.75, 0.1, 0.01, math.pi / 2, well=3)
    assert split == pytest.approx(0.7054616, abs=1e-7)


@settings(max_examples=12)
@given(RINGS, st.floats(-0.5, 0.5), st.floats(-3, 3))
def test_symmetries_of_the_ring(ring, share, angle):
    square, ratio = ring
    field = share * critical_field(square, ratio) * math.sqrt(1 - square)
    here = line_of(square, ratio, field, angle)
    rest = resting(here, math.pi / 2)
    # Half a turn reverses the field, tau -> -tau reverses angle and bias, phi -> -phi field, bias and polarity.
    half_turn = resting(line_of(square, ratio, -field, angle), 3 * math.pi / 2)
    mirrored = resting(line_of(square, ratio, field, -angle), -math.pi / 2)
    opposite = resting(line_of(square, ratio, -field, angle), math.pi / 2, polarity=-1)
    for other in (half_turn, mirrored, opposite):
        assert other.energy == pytest.approx(rest.energy, rel=1e-10)
        assert other.squared_frequencies() == pytest.approx(rest.squared_frequencies(), abs=1e-9)
    bias = largest_bias(rest).bias
    assert largest_bias(half_turn).bias == pytest.approx(bias, rel=1e-9)
    assert largest_bias(mirrored, -1).bias == pytest.approx(-bias, rel=1e-9)
    assert largest_bias(opposite, -1).bias == pytest.approx(-bias, rel=1e-9)


@pytest.mark.parametrize("polarity", [1, -1])
def test_slope_is_that_of_the_phase(polarity):
    """The energy does not tell: with a winding of the wrong sign its integrand grows by 4 (1 + slope), in all by 0."""
    state = static_fluxon(0.75, 0.1, center=1.2, polarity=polarity)
    h = 1e-4  # the fluxon is 0.05 wide: five points are right to 1e-10, rounding adds 1e-10
    for tau, slope in ((state.tau, state.phase_slope), (grid := np.linspace(0.9, 1.5, 31), state.slope_at(grid))):
        near = [state.phase_at(tau + n * h) for n in (-2, -1, 1, 2)]
        assert slope == pytest.approx((near[0] - 8 * near[1] + 8 * near[2] - near[3]) / (12 * h), abs=1e-8)
    assert (polarity * state.phase_slope).max() > 10


@settings(max_examples=12)
@given(RINGS, st.floats(0, 0.6))
def test_depinning_is_where_the_fluxon_becomes_soft(ring, share):
    field = share * critical_field(*ring)
    state = largest_bias(static_fluxon(*ring, field))
    # The bias is extremal to 1e-14, its place and the frequency there to the root of that.
    assert state.squared_frequencies()[0] == pytest.approx(0, abs=1e-6)
    assert state.bias > abs(holding_bias(state.center - 0.01, *ring, field))
    assert state.bias > holding_bias(state.center + 0.01, *ring, field)


@settings(max_examples=12)
@given(RINGS, st.floats(-0.6, 0.6))
def test_the_bias_does_the_work(ring, shift):
    step = 1e-4
    at = [static_fluxon(*ring, 0.01, 0.3, center=math.pi / 2 + shift + d) for d in (-step, 0.0, step)]
    held = at[1]
    # dE = (gamma/lambda) integral of Q^2 d phi, and d phi at fixed tau.
    moving = (at[2].phase_at(held.tau) - at[0].phase_at(held.tau)) / (2 * step)
    work = held.bias * held.ring.weights @ (held.line.inertia(held.tau) * moving) / held.line.unit
    assert (at[2].energy - at[0].energy) / (2 * step) == pytest.approx(work, abs=1e-5 * (1 + abs(work)))
    assert (at[2].bias - at[0].bias) / (2 * step) == pytest.approx(held.slope, abs=1e-5)
    assert (at[2].slope - at[0].slope) / (2 * step) == pytest.approx(held.bend, abs=1e-4 * (1 + abs(held.bend)))


@pytest.mark.parametrize("evaluator", [fluxon_frequency, depinning_current])
@pytest.mark.parametrize("half", [8, 10, 12])
def test_error_estimates_are_the_errors(monkeypatch, evaluator, half):
    ring = (0.75, 0.2)
    exact, least = evaluator(*ring, error=True)
    assert 0 < least < 1e-10
    # On fewer nodes than are taken; those of the estimate, half as many more, are nearly right.
    monkeypatch.setattr(static_states.Ring, "fitting", lambda narrowest: static_states.Ring(half, 0.6))
    monkeypatch.setattr(static_states.PinnedFluxon, "resolved", True)
    value, error = evaluator(*ring, error=True)
    assert abs(value - exact) > 1e-9
    assert error == pytest.approx(abs(value - exact), rel=0.5)


def test_local_limit():
    square, ratio = 0.75, np.array([0.01, 0.02])
    minor = math.sqrt(1 / square - 1)
    relative = fluxon_frequency(square, ratio) / (ratio / minor**2) - 1
    # The leading correction is -pi^2 lambda^2 (5 + 2 S^2)/(24 S^4), the next of fourth order.
    leading = -(math.pi**2) * ratio**2 * (5 + 2 * minor**2) / (24 * minor**4)
    assert relative == pytest.approx(leading, rel=0.06)
    assert rest_energy(square, 0.01) == pytest.approx(8 * minor, rel=1e-3)
    assert top_energy(square, 0.01) == pytest.approx(8 / math.sqrt(square), rel=1e-3)
    assert critical_field(square, 0.01) == pytest.approx(4 / math.pi * 0.01 * square, rel=1e-3)


def test_wells_merge_at_the_critical_field():
    limit = critical_field(0.6, 0.15)
    positions = rest_position(0.6, 0.15, limit * (1 - np.array([1e-2, 1e-4])))
    # A pitchfork: the distance goes as the root of what the field lacks.
    assert (math.pi - positions[0]) / (math.pi - positions[1]) == pytest.approx(10, rel=0.02)
    assert fluxon_frequency(0.6, 0.15, 0.9999 * limit) < 0.01
    with pytest.raises(ValueError, match=r"`field` must be smaller, since the well near tau = 1.571 is gone"):
        depinning_current(0.6, 0.15, 1.02 * limit)


@pytest.mark.parametrize(("square", "share"), [(0.9, 0.97), (0.95, 0.95)])
def test_wells_far_from_where_they_were_are_found_on_narrow_rings(square, share):
    ratio = 0.1
    limit = critical_field(square, ratio)
    # The fluxon cannot even be held where its well was without field; by symmetry its partner is as far from pi.
    near, far = (rest_position(square, ratio, share * limit, well=well) for well in (1, 3))
    assert near < math.pi < far
    assert near + far == pytest.approx(2 * math.pi, abs=1e-8)
    line = line_of(square, ratio, share * limit)
    assert abs(hold(line, near).bias) < 1e-10
    assert 0 < fluxon_frequency(square, ratio, share * limit) < fluxon_frequency(square, ratio, 0.8 * limit)


def test_where_a_third_well_appears_no_critical_field_is_given():
    with pytest.raises(ValueError, match=r"`penetration_ratio` must be smaller at eccentricity_squared = 0\.95"):
        critical_field(0.95, 0.3)


def test_a_field_in_which_nothing_is_found_is_refused_by_name():
    with pytest.raises(ValueError, match="`field` must be smaller"):
        depinning_current(0.75, 0.1, 0.5)


def test_arguments_broadcast_and_are_refused_outside_their_ranges():
    found = depinning_current(0.75, np.array([[0.1], [0.2]]), 0.01, 0.0, [1, 3, 5])
    assert found.shape == (2, 3)
    assert found[:, 0] == pytest.approx(found[:, 2])
    assert np.ndim(fluxon_frequency(0.75, 0.1)) == 0
    for call, message in (
        (lambda: fluxon_frequency(1.0, 0.1), r"`eccentricity_squared` must be in \[0.01, 0.995\], but got 1"),
        (lambda: fluxon_frequency(0.5, -0.1), r"`penetration_ratio` must be in \[0.01, 1\], but got -0.1"),
        (lambda: depinning_current(0.5, 0.1, well=2), r"`well` must be an odd integer, but got 2"),
        (lambda: depinning_current(0.5, 0.1, np.nan), r"`field` must be in"),
        (lambda: barrier_height(0.5, 0.1, barrier=1), r"`barrier` must be an even integer, but got 1"),
        (lambda: fluxon_frequency(0.01, 0.01), r"`penetration_ratio` must be larger"),
        (lambda: static_fluxon(0.5, 0.1, polarity=2), r"`polarity` must be in {-1, 1}, but got 2"),
        (lambda: full_period(2.5, 0.75, 0.1), r"`energy_ratio` must be in \(1, "),
        (lambda: passing_speeds(0.95, 0.75, 0.1), r"`speed` must be in \[0.1, 0.9\], but got 0.95"),
    ):
        with pytest.raises(ValueError, match=message):
            call()


def test_lighter_pairs_reach_the_solver():
    line = line_of(0.75, 0.1)

    def energy(tau, phase, slope, velocity):
        return line.energy_density(tau, phase, slope, velocity) - 0.19 * line.pairs(tau) * (1 - np.cos(phase))

    softer = replace(line, pairs=lambda tau: 0.81 * line.pairs(tau), energy_density=energy)
    # Lengths grow by 1/0.9, energies shrink by 0.9: the same ring with another penetration ratio.
    scaled = resting(line_of(0.75, 0.1 / 0.9), math.pi / 2)
    # E is the integral over tau divided by the same lambda, 0.9 times that of the scaled ring.
    assert resting(softer, math.pi / 2).energy == pytest.approx(0.9 * scaled.energy, rel=1e-9)


@pytest.mark.parametrize("angle", [0.0, 0.5, math.pi / 2])
def test_depinning_of_the_other_polarity_and_of_a_reversed_field(angle):
    square, ratio = 0.75, 0.2
    field = 0.4 * critical_field(square, ratio)
    for well in (1, 3):
        antifluxon = static_fluxon(square, ratio, field, angle, well=well, polarity=-1)
        held = largest_bias(antifluxon)
        assert held.center > antifluxon.center  # a positive bias drives it to larger tau
        assert held.bias == pytest.approx(depinning_current(square, ratio, field, -angle, well), rel=1e-9)
        assert held.bias == pytest.approx(depinning_current(square, ratio, -field, -angle, 4 - well), rel=1e-9)


def test_phase_slips_on_the_far_side_of_a_narrow_ring_in_a_strong_field():
    square, ratio = 0.95, 0.2
    line = line_of(square, ratio, 0.9 * critical_field(square, ratio))
    rest = in_well(line, 1)
    last = largest_bias(rest)
    assert last.squared_frequencies()[0] < 1e-3 < rest.squared_frequencies(2)[1]  # a second mode became soft
    soft = np.abs(last.change).argmax()
    assert abs(last.change[soft]) > 100  # the least motion of the fluxon changes the phase a lot,
    assert abs(last.ring.tau[soft]) > 2  # and not where it is
    tau = 2 * math.pi / 256 * np.arange(256)
    slips = []
    for share in (0.99, 1.01):
        motion = Motion(
            line, last.phase_at(tau), 0 * tau, 0.02, loss=1.0, bias=lambda t, share=share: share * last.bias
        )
        track = motion.run(60.0, 20)
        slips.append(abs(track.position[-1] - last.center) > 1 or abs(track.voltage[-1]) > 0.1)
    assert slips == [False, True]


def by_differences(square: float, ratio: float) -> tuple[float, float, float]:
    """Frequency, rest energy and barrier by finite differences, from where lambda_J/c = 1 down, extrapolated in N."""
    found = []
    for nodes in (1600, 3200):
        tau, step = np.linspace(-math.pi, math.pi, nodes, endpoint=False), 2 * math.pi / nodes
        neighbors = diags_array([-1.0, 2.0, -1.0], offsets=[-1, 0, 1], shape=(nodes, nodes)).tolil()
        neighbors[0, -1] = neighbors[-1, 0] = -1.0
        neighbors = neighbors.tocsc() / step**2
        values = {}
        for center in (math.pi / 2, 0.0):
            squared = 1 / square - np.sin(tau + center) ** 2  # Q^2; the phase is odd about wells and tops
            phase = tau + math.pi
            for at in np.geomspace(1.0, ratio, 1 + math.ceil(8 * math.log(1 / ratio))):
                for _ in range(30):
                    winding = neighbors @ (phase - tau)
                    hessian = at**2 * neighbors + diags_array(squared * np.cos(phase))
                    change = spsolve(hessian.tocsc(), at**2 * winding + squared * np.sin(phase))
                    phase -= change
                    if abs(change).max() < 1e-10:
                        break
                else:
                    raise AssertionError("Newton's method did not converge.")
            slope = np.diff(phase, append=phase[0] + 2 * math.pi) / step
            energy = step * (ratio**2 * slope**2 / 2 + squared * (1 - np.cos(phase))).sum() / ratio
            modes = eigsh(hessian, 2, diags_array(squared), sigma=-2.0, which="LM", return_eigenvectors=False)
            values[center] = energy, np.sort(modes)
        well, top = values[math.pi / 2], values[0.0]
        assert well[1][0] > 0
        assert top[1][0] < 0 < top[1][1]
        found.append((math.sqrt(well[1][0]), well[0], top[0] - well[0]))
    return tuple((4 * fine - coarse) / 3 for coarse, fine in zip(*found, strict=True))


@pytest.mark.parametrize("ring", [(0.99, 0.3), (0.97, 0.3), (0.995, 0.3), (0.99, 0.5), (0.995, 0.2), (0.75, 0.3)])
def test_fluxons_wider_than_their_well_by_finite_differences(ring):
    # What is left of the error after extrapolation goes as the fourth power of the step over the fluxon's width.
    found = fluxon_frequency(*ring), rest_energy(*ring), barrier_height(*ring)
    assert found == pytest.approx(by_differences(*ring), rel=1e-6)


@pytest.mark.parametrize("square", [0.05, 0.75, 0.97, 0.995])
def test_static_functions_are_smooth_over_the_whole_range(square):
    # On another branch a value jumps by a good part of itself.
    ratio = np.geomspace(0.05, 1, 17)
    for function in (fluxon_frequency, rest_energy, top_energy, barrier_height, depinning_current):
        value = function(square, ratio)
        assert (value > 0).all()
        assert np.abs(np.diff(np.log(value), 2)).max() < 0.12


@pytest.mark.parametrize("ring", [(0.99, 0.3), (0.97, 0.5), (0.75, 0.1)])
def test_wells_have_no_unstable_mode_and_tops_exactly_one(ring):
    line = line_of(*ring, 0.2 * ring[1] * math.sqrt(1 - ring[0]), 0.4)
    for stable, start in ((True, math.pi / 2), (False, math.pi), (True, -math.pi / 2)):
        state = resting(line, start, stable=stable)
        modes = state.squared_frequencies(3)
        assert (modes < 0).sum() == (not stable)
        assert (state.stable, state.pinned_firmly) == (stable, True)


def test_a_state_of_another_branch_is_refused():
    # Newton's method from a free fluxon wider than the ring, which does not wind once around it, holds pairs besides.
    line = line_of(0.99, 0.3)
    one = hold(line, math.pi / 2)
    wide = 4 * np.arctan(np.exp(one.ring.tau / 3)) - math.pi - one.ring.tau
    found = static_states._resolved(static_states._newton(line, one.ring, math.pi / 2, 1, wide, 0.0, 40))
    assert found.energy > 3 * one.energy
    assert not found.pinned_firmly
    assert one.pinned_firmly
    with pytest.raises(ArithmeticError, match="must have no unstable mode"):
        static_states._judged(found, stable=True)


@pytest.mark.parametrize("ring", [(0.995, 0.01), (0.98, 0.02), (0.02, 0.12)])
def test_depinning_current_is_the_largest_of_the_holding_biases(ring):
    # The well of a squashed ring is a small part of the turn, that of a nearly round one is hardly there.
    limit, position = depinning_current(*ring), depinning_position(*ring)
    reach = 0.2 * min(1.0, math.sqrt(1 / ring[0] - 1))
    places = position + reach * np.linspace(-1, 1, 6)
    held = holding_bias(places, *ring)
    assert held.max() < limit
    peak = np.polynomial.Chebyshev.fit(places, held, 5)
    assert peak(position) == pytest.approx(limit, rel=2e-3)


def test_error_estimates_take_more_nodes_than_values_may():
    value, error = fluxon_frequency(0.1, 0.01, error=True)
    assert 0 < error < 1e-9 < value


def test_static_fluxons_go_to_another_process_and_go_on_there():
    here = static_fluxon(0.75, 0.1, 0.02, 0.3, well=3)
    there = pickle.loads(pickle.dumps(here))
    assert there.phase_at(1.0) == here.phase_at(1.0)
    assert there.energy == here.energy
    assert there.squared_frequencies(2).tolist() == here.squared_frequencies(2).tolist()
    assert largest_bias(there).bias == largest_bias(here).bias
    part = in_well(line_of(0.95, 0.1, 0.95 * critical_field(0.95, 0.1)), 1)  # followed while the field grew
    assert pickle.loads(pickle.dumps(part)).energy == part.energy


def test_a_static_fluxon_is_the_same_in_a_process_of_its_own():
    here = static_fluxon(0.75, 0.2)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(largest_bias, (here,)).bias == largest_bias(here).bias
