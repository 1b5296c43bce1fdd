"""What settles the claims of the prose, found again by other means."""

import numpy as np
import pytest
from scipy.linalg import eigh_tridiagonal
from scipy.optimize import brentq

from derivations.cotunneling import exact_amplitudes
from derivations.cotunneling.claims import (
    drag_survives,
    gas_agrees_with_exact_bands,
    opposite_slips_negligible,
    r,
    transverse_stiffness,
    weak_coupling_parameter,
)

__all__: list[str] = []


@pytest.mark.parametrize("charge", [1, -1])
@pytest.mark.parametrize("ratio", [0.01, 0.3, 2.0])
def test_transverse_stiffness_is_the_lowest_eigenvalue_on_a_lattice(charge, ratio):
    # The path moves with the mass 1 + r - charge r, its deviation with 1 + r + charge r; time in its own units.
    path_mass, mass = 1 + 2 * ratio * (charge < 0), 1 + 2 * ratio * (charge > 0)
    step = 0.02
    place = np.arange(-30, 30, step)
    inertia = mass / path_mass / step**2
    diagonal = 2 * inertia + 1 - 2 / np.cosh(place) ** 2
    lowest = eigh_tridiagonal(diagonal, np.full(place.size - 1, -inertia), select="i", select_range=(0, 0))[0][0]
    # The lattice is wrong by step^2.
    assert float(transverse_stiffness(charge).subs(r, ratio)) == pytest.approx(lowest, abs=2e-4)
    assert np.sign(lowest) == charge


def test_opposite_slips_die_out_faster_than_the_coupling_grows():
    # Eq. 26 leads with exp(-2A): from coupling 5 to 10 it falls by exp(-2 * 5 * 0.75); the exact ratio falls less.
    at_five = exact_amplitudes(1 / 0.07, 0.35)
    ratio = opposite_slips_negligible().value / abs(at_five[1, -1] / at_five[1, 1])
    assert np.exp(-7.5) < ratio < 0.2


def test_gas_error_falls_with_the_mutual_capacitance():
    # The correction is of relative order C_m/C: 0.17 of it for equal charges, by diagonalization.
    assert gas_agrees_with_exact_bands().value < 0.3 * 0.01


def test_drag_starts_with_the_third_power_of_the_coupling():
    def exact(ratio):
        gamma = exact_amplitudes(20.0, ratio)
        return (gamma[1, 1] - gamma[1, -1]) * (gamma[1, 1] + gamma[1, -1])

    # (31) leads with A^3; at C_m/C = 0.001 and 0.002 the next power, e^{-2A}, changes the ratio by 2A = 0.03.
    assert np.log2(exact(0.002) / exact(0.001)) == pytest.approx(3, abs=0.05)
    # (J_+ + J_-)/J_+ = (pi^2/3 A^2)/(pi^2/2 A), from the integrals of (y/sinh y)^2 and y/sinh y.
    assert drag_survives().value == pytest.approx(2 / 3, rel=1e-12)


def test_weak_coupling_series_of_repulsion_changes_sign():
    # -A pi^2/2 + A^2 (pi^2/6 + pi^2/2), with A = 8 r/xi.
    depth = brentq(lambda a: -np.pi**2 / 2 + a * (np.pi**2 / 6 + np.pi**2 / 2), 0.1, 2)
    assert weak_coupling_parameter().value == pytest.approx(depth / 8, rel=1e-12)
