"""What settles the claims of the prose, found again by other means."""

import re

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.linalg import eigh_tridiagonal
from scipy.optimize import brentq

from derivations.cotunneling import exact_amplitudes
from derivations.cotunneling.claims.amplitude_claims import (
    crossing_of_formulas,
    drag_survives,
    expansion_over_integral,
    gas_agrees_with_exact_bands,
    gas_over_exact,
    only_different_junctions_interact,
    opposite_slips_negligible,
    pair_dominates_within_perturbation_theory,
    paths_move_and_merge,
    r,
    transverse_stiffness,
    weak_coupling_parameter,
)

__all__: list[str] = []


def moments(depth, sign):
    """exp(-A) times the integral of exp(sign A y/sinh y) - 1."""
    found = quad(lambda y: np.expm1(sign * depth * y / np.sinh(y)), 1e-12, 60, epsabs=0, epsrel=1e-12)
    return 2 * np.exp(-depth) * found[0]


@pytest.mark.parametrize("charge", [1, -1])
@pytest.mark.parametrize("ratio", [0.01, 0.3, 2.0])
def test_transverse_stiffness_is_the_lowest_eigenvalue_on_a_lattice(charge, ratio):
    # The path moves with the mass 1 + r - charge r, its deviation with 1 + r + charge r; time in its own units.
    path_mass, mass = 1 + 2 * ratio * (charge < 0), 1 + 2 * ratio * (charge > 0)
    step = 0.02
    place = np.arange(-20, 20, step)
    inertia = mass / path_mass / step**2
    diagonal = 2 * inertia + 1 - 2 / np.cosh(place) ** 2
    off = np.full(place.size - 1, -inertia)
    lowest = eigh_tridiagonal(diagonal, off, eigvals_only=True, select="i", select_range=(0, 0))[0]
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
    found = gas_agrees_with_exact_bands()
    assert found.holds
    assert found.value < 0.3 * 0.01
    assert found.errors[0] == pytest.approx(max(abs(gas_over_exact(c, 0.1) - 1) for c in (1, -1)), rel=1e-9)
    # What the formula has over the exact amplitude, not the reverse: at C_m = C it is far too large.
    exact = exact_amplitudes(10.0, 1.0)
    integral = moments(8 / np.sqrt(0.8), 1) * np.exp(8 / np.sqrt(0.8)) / np.sqrt(0.8)
    assert gas_over_exact(1, 1.0) == pytest.approx(exact[1, 0] ** 2 * integral / exact[1, 1], rel=1e-6)
    assert gas_over_exact(1, 1.0) > 3


def test_drag_starts_with_the_third_power_of_the_coupling():
    def exact(ratio):
        gamma = exact_amplitudes(20.0, ratio)
        return (gamma[1, 1] - gamma[1, -1]) * (gamma[1, 1] + gamma[1, -1])

    # (31) leads with A^3; at C_m/C = 0.001 and 0.002 the next power, e^{-2A}, changes the ratio by 2A = 0.03.
    assert np.log2(exact(0.002) / exact(0.001)) == pytest.approx(3, abs=0.05)
    # (J_+ + J_-)/J_+ = (pi^2/3 A^2)/(pi^2/2 A), from the integrals of (y/sinh y)^2 and y/sinh y.
    assert drag_survives().value == pytest.approx(2 / 3, rel=1e-12)


@pytest.mark.parametrize("depth", [0.04, 0.4])
@pytest.mark.parametrize("sign", [1, -1])
def test_expansion_is_the_two_terms_as_printed(sign, depth):
    # 64 E_J^2 pi/(C Omega) {...} in units of 16 E_J/pi: pi^2/2 (sign A + A^2 (2/3 - 2 sign)/2).
    printed = np.pi**2 / 2 * (sign * depth + depth**2 * (2 / 3 - 2 * sign) / 2)
    assert expansion_over_integral(sign, depth) == pytest.approx(printed / moments(depth, sign), rel=1e-7)


def test_small_means_a_thirtieth_for_ten_percent():
    found = weak_coupling_parameter()
    # Of second order in A.
    assert found.power == pytest.approx(2, abs=0.1)
    assert found.errors[-1] == pytest.approx(abs(expansion_over_integral(-1, 8 * found.points[-1]) - 1), rel=1e-12)
    # -A pi^2/2 + A^2 (pi^2/6 + pi^2/2) changes sign at A = 3/4.
    depth = brentq(lambda a: -np.pi**2 / 2 + a * (np.pi**2 / 6 + np.pi**2 / 2), 0.1, 2)
    assert f"from {depth / 8:.3f} on" in found.evidence
    tenth = float(re.search(r"<< means ([\d.]+)", found.evidence)[1])
    at_tenth = [expansion_over_integral(-1, 8 * (tenth + s)) - 1 for s in (-0.0005, 0.0005)]
    assert abs(at_tenth[0]) < 0.1 < abs(at_tenth[1])


@pytest.mark.parametrize("ec_over_ej", [0.01, 0.03, 0.07, 0.2, 0.5])
def test_curves_of_figure_3_cross_beyond_equal_capacitances(ec_over_ej):
    ratio, xi = crossing_of_formulas(ec_over_ej), np.sqrt(8 * ec_over_ej)
    # (26) over (21): one more fugacity, 4 sqrt(xi/pi) exp(-8/xi - A/2), times the integral over xi, with A = 8 r/xi.
    depth = 8 * ratio / xi
    integral = moments(depth, 1) * np.exp(depth / 2) / xi
    assert 4 * np.sqrt(xi / np.pi) * np.exp(-8 / xi) * integral == pytest.approx(1, rel=1e-6)
    assert ratio > 1


def test_dominance_is_not_reached_where_the_formulas_cross():
    found = pair_dominates_within_perturbation_theory()
    assert not found.holds
    assert found.value < 0.1


def test_slips_of_one_junction_repel_as_those_of_different_ones_attract():
    assert only_different_junctions_interact().value == pytest.approx(1, rel=1e-9)


def test_no_path_of_least_action_between_edge_and_diagonal():
    found = paths_move_and_merge()
    assert not found.holds
    assert "at 0 separations" in found.evidence
