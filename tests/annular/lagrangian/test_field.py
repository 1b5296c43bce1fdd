"""The equation of motion: against a ladder of cells cut from the annulus, and the phase that the field alone gives."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import solve

from derivations.annular import (
    edges,
    equation_coefficients,
    inverse_arc_length,
    junction_scales,
    magnetic_term,
    normal_field,
    scale_factor,
    winding_step,
)
from derivations.annular.lagrangian.field import scales
from derivations.annular.symbols import G_qp, G_s, J_c, Phi_0, c_s, d_e, mu_0, omega_p

__all__: list[str] = []

M, RATIO = 0.75, 0.6


def second_derivative(points: int) -> np.ndarray:
    """On equidistant angles of a ring, by Fourier series."""
    wave = np.fft.fftfreq(points, 1 / points)
    return np.real(np.fft.ifft(-(wave**2)[:, None] * np.fft.fft(np.eye(points), axis=0), axis=0))


def ladder(cells: int, field: float, angle: float, bias: float) -> tuple[np.ndarray, np.ndarray]:
    """Small static phases at equal steps of arc, of a ladder that is cut from a thin annulus with lambda_J = RATIO c.

    Between two cells the phase grows by the flux between them: that of the current, and that of the field through
    the step, z x H times its vector. The current's inductance is the step over the width; what leaves crosses
    the area of a cell.
    """
    thickness = 1e-3
    fine = np.arange(2 * cells) * np.pi / cells
    x_i, y_i, x_o, y_o = edges(fine, M, thickness)
    x, y, across = (x_i + x_o) / 2, (y_i + y_o) / 2, np.hypot(x_o - x_i, y_o - y_i)
    centers, links = slice(0, None, 2), slice(1, None, 2)
    step = np.roll(np.array([x, y])[:, centers], -1, axis=1) - np.array([x, y])[:, centers]
    length = np.hypot(*step)
    by_field = field / RATIO**2 * (-math.cos(angle) * step[0] + math.sin(angle) * step[1])
    conductance = RATIO**2 * across[links] / length
    surface = across[centers] * (length + np.roll(length, 1)) / 2
    # Current into the link after cell j: conductance (phi_{j+1} - phi_j - by_field).
    laplacian = np.zeros((cells, cells))
    source = np.zeros(cells)
    for j in range(cells):
        after = (j + 1) % cells
        for row, sign in ((j, 1), (after, -1)):
            laplacian[row, after] += sign * conductance[j]
            laplacian[row, j] -= sign * conductance[j]
            source[row] -= sign * conductance[j] * by_field[j]
    return fine[centers], solve(laplacian - np.diag(surface), -source - bias * surface)


@pytest.mark.parametrize(
    ("field", "angle", "bias"), [(0.3, 0.0, 0.0), (0.3, 1.1, 0.0), (0.0, 0.0, 0.2), (0.2, 2.0, 0.1)]
)
def test_small_phases_are_those_of_a_ladder_of_cells(field, angle, bias):
    errors = []
    for cells in (100, 200):
        tau, of_ladder = ladder(cells, field, angle, bias)
        ring = equation_coefficients(tau, M, RATIO, field, angle, bias)
        matrix = ring.stiffness[:, None] * second_derivative(cells) - np.diag(ring.pairs)
        of_equation = solve(matrix, ring.force)
        errors.append(np.abs(of_ladder - of_equation).max() / np.abs(of_equation).max())
    # The ladder is of second order in its step, 2 pi/200; a thickness of 1e-3 adds 1e-6.
    assert errors[1] < 2e-4
    if field:
        assert errors[0] / errors[1] == pytest.approx(4, rel=0.1)


@settings(max_examples=30)
@given(st.floats(0.05, 0.95), st.floats(-7, 7), st.floats(0.01, 2), st.floats(-3, 3))
def test_without_pairs_the_phase_is_the_flux_of_the_field(m, angle, ratio, field):
    tau = np.arange(32) * np.pi / 16
    x, y = np.sin(tau) / math.sqrt(m), math.sqrt((1 - m) / m) * np.cos(tau)
    phase = field / ratio**2 * (-math.cos(angle) * x + math.sin(angle) * y)  # grows along z x H
    ring = equation_coefficients(tau, m, ratio, field, angle)
    scale = abs(field) / math.sqrt(m) + 1e-30
    assert ring.stiffness * (second_derivative(32) @ phase) / scale == pytest.approx(ring.force / scale, abs=1e-11)


@settings(max_examples=30)
@given(st.floats(-7, 7), st.floats(-7, 7))
def test_a_circle_feels_a_sine(tau, angle):
    m = 1e-9  # a ring of radius c/e
    force = equation_coefficients(tau, m, 1.0, 1.0, angle).force * math.sqrt(m)
    # Corrections are of the order of e^2.
    assert force == pytest.approx(math.sin(tau - angle), abs=1e-8)


@settings(max_examples=30)
@given(st.floats(0.05, 0.95), st.floats(-7, 7), st.floats(-7, 7))
def test_normal_field_is_a_projection(m, tau, angle):
    step = 1e-5
    x, y = (
        f / math.sqrt(m)
        for f in (np.sin([tau - step, tau + step]), math.sqrt(1 - m) * np.cos([tau - step, tau + step]))
    )
    tangent = np.array([np.diff(x)[0], np.diff(y)[0]])
    outward = np.array([-tangent[1], tangent[0]]) / np.linalg.norm(tangent)
    # Central differences: (1e-5)^2/6 and rounding.
    assert normal_field(tau, m, angle) == pytest.approx(outward @ [math.sin(angle), math.cos(angle)], abs=1e-9)
    assert magnetic_term(tau, m, 1.0, angle) == pytest.approx(
        -scale_factor(tau, m) * normal_field(tau, m, angle), rel=1e-12, abs=1e-14
    )


def test_field_along_y_pushes_fluxons_from_one_pole_to_the_other():
    tau = np.linspace(0.1, 3.0, 20)
    along_y = equation_coefficients(tau, M, 0.1, 0.1, 0.0).force
    assert (along_y > 0).all()
    assert equation_coefficients(-tau, M, 0.1, 0.1, 0.0).force == pytest.approx(-along_y, rel=1e-13)
    along_x = equation_coefficients(tau, M, 0.1, 0.1, np.pi / 2).force
    mirrored = equation_coefficients(np.pi - tau, M, 0.1, 0.1, np.pi / 2).force
    assert mirrored == pytest.approx(-along_x, rel=1e-12, abs=1e-16)


def test_no_field_pushes_around_the_ring_but_a_bias_does():
    tau = np.arange(64) * np.pi / 32
    assert equation_coefficients(tau, M, 0.1, 0.7, 0.4).force.mean() == pytest.approx(0, abs=1e-15)
    # cosh(2 nu_bar)/2 = 1/e^2 - 1/2.
    assert equation_coefficients(tau, M, 0.1, bias=0.3).force.mean() == pytest.approx(-0.3 * (1 / M - 0.5), rel=1e-13)


def test_penetration_length_varies_as_the_inverse_width():
    ring = equation_coefficients(np.array([0.0, np.pi / 2]), M, 0.1, quasiparticle_loss=0.02, surface_loss=0.03)
    at_pole, at_equator = np.sqrt(ring.stiffness / ring.pairs)
    assert at_equator / at_pole == pytest.approx(2, rel=1e-13)
    assert ring.inertia == pytest.approx(ring.pairs, rel=1e-15)
    assert ring.quasiparticles / ring.inertia == pytest.approx([0.02, 0.02], rel=1e-14)
    assert ring.surfaces / ring.stiffness == pytest.approx([0.03, 0.03], rel=1e-14)


def test_losses_are_a_quality_factor_and_a_relaxation_time():
    values = {Phi_0: 2.067833848e-15, mu_0: 4e-7 * math.pi, J_c: 1e7, d_e: 1.8e-7, c_s: 0.05, G_qp: 3e5, G_s: 20.0}
    length, frequency, quasiparticles, surfaces = (
        float(f.rhs.subs(omega_p, scales()[1].rhs).subs(values)) for f in scales()
    )
    assert (length, frequency) == pytest.approx(junction_scales(1e7, 1.8e-7, 0.05), rel=1e-8)
    # One over the quality factor of the plasma oscillation; and L/R of a square of the electrodes.
    assert quasiparticles == pytest.approx(3e5 / (0.05 * frequency), rel=1e-12)
    assert surfaces == pytest.approx(frequency * values[mu_0] * 1.8e-7 * 20.0, rel=1e-12)


def test_one_flux_quantum_winds_the_phase_once():
    assert winding_step() == 2 * math.pi


def test_coefficients_broadcast_and_refuse():
    ring = equation_coefficients(np.zeros(3), M, np.array([[0.1], [0.2]]))
    assert all(entry.shape == (2, 3) for entry in ring)
    with pytest.raises(ValueError, match=r"^Argument `penetration_ratio` must be in \(0, inf\), but got 0\."):
        equation_coefficients(0.0, M, 0.0)
    with pytest.raises(ValueError, match=r"^Argument `quasiparticle_loss` must be in \[0, inf\), but got -1\."):
        equation_coefficients(0.0, M, 0.1, quasiparticle_loss=-1)


def test_equal_steps_of_arc_are_found():
    tau = inverse_arc_length(np.linspace(0, 5, 11), M)
    assert (np.diff(tau) > 0).all()
