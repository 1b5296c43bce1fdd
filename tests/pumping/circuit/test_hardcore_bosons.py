"""From capacitances to hardcore bosons, against textbook formulas and matrices made without sympy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Matrix, Rational, symbols

from derivations.pumping.circuit.circuit import capacitance_matrix, charging_matrix, x
from derivations.pumping.circuit.hardcore_bosons import (
    hardcore_bosons,
    link_matrix,
    mu_1,
    mu_2,
    onsite_potential,
    repulsion,
)
from derivations.pumping.circuit.quantum_phase_model import number_operator, shift_operator
from derivations.pumping.circuit.schrieffer_wolff import (
    charge_basis,
    charging_energies,
    effective_hamiltonian,
    hop_over_an_island,
    hopping,
    neighbor_attraction,
)
from derivations.pumping.claims.circuit_claims import exact_levels, screening_ratio
from derivations.pumping.drives.leads import edge_states, lead_matrix
from derivations.pumping.symbols import E_C, E_J, E_L, C_g, C_self, C_x, J, U, e, g, g_1, g_2, phi_L

__all__: list[str] = []

CAPACITANCES = st.floats(0.1, 5)


@settings(max_examples=10)
@given(CAPACITANCES, CAPACITANCES, CAPACITANCES)
def test_charging_matrix_inverts_the_capacitances(own, gate, mutual):
    values = {C_self: own, C_g: gate, C_x: mutual, e: 1}
    by_hand = np.diag([own + gate + 2 * mutual] * 2) - mutual * (np.eye(2, k=1) + np.eye(2, k=-1))
    assert np.array(capacitance_matrix(2).subs(values).tolist(), float) == pytest.approx(by_hand, rel=1e-14)
    derived = np.array(charging_matrix().subs(values).tolist(), float)
    # Rounding in both inverses, of matrices with a condition number below 100.
    assert derived == pytest.approx(2 * np.linalg.inv(by_hand), rel=1e-11)


def test_screening_ratio_is_that_of_a_long_chain():
    value, islands = 0.3, 81
    inverse = np.linalg.inv(np.eye(islands) - value * (np.eye(islands, k=1) + np.eye(islands, k=-1)))
    # The ends are 40 islands away, where 3^-40 is left.
    assert float(screening_ratio().subs(x, value)) == pytest.approx(inverse[40, 41] / inverse[40, 40], rel=1e-13)


def test_shift_takes_one_pair_whatever_their_number():
    lower, n = np.array(shift_operator().tolist(), float), np.array(number_operator().tolist(), float)
    assert lower == pytest.approx(np.eye(4, k=1), abs=0)
    assert n @ lower - lower @ n == pytest.approx(-lower, abs=0)


def test_hardcore_hamiltonian_of_two_islands():
    values = {E_J: 1.4, mu_1: 0.3, mu_2: -0.8}
    found = np.array(hardcore_bosons().rhs.subs(values).tolist(), float)
    by_hand = np.diag([0, 0.8, -0.3, 0.5]) + np.array([[0] * 4, [0, 0, -0.7, 0], [0, -0.7, 0, 0], [0] * 4])
    assert found == pytest.approx(by_hand, abs=1e-15)
    assert np.array(link_matrix().tolist(), float)[1, 2] == -1


@settings(max_examples=10)
@given(st.floats(0.05, 0.95))
def test_potential_is_the_difference_of_two_parabolas(charge):
    by_hand = (0 - charge) ** 2 - (1 - charge) ** 2
    assert float(onsite_potential().rhs.subs({E_C: 1, g: charge})) == pytest.approx(by_hand, abs=1e-14)


def test_repulsion_keeps_its_constant():
    found = repulsion().rhs.subs({U: 2, g_1: Rational(1, 4), g_2: Rational(1, 3)})
    assert [float(d) for d in found.diagonal()] == pytest.approx([1 / 6, -1 / 3, -1 / 2, 1], rel=1e-14)


@settings(max_examples=10)
@given(st.floats(-3, 3))
def test_edge_state_is_the_ground_state_of_a_lead_on_one_island(phase):
    matrix = np.array(lead_matrix().subs({E_L: 2.0, phi_L: phase}).evalf().tolist(), complex)
    state = np.array(edge_states()[0].rhs.subs(phi_L, phase).evalf().tolist(), complex)[:, 0]
    assert matrix == pytest.approx(matrix.conj().T, abs=1e-15)
    assert matrix @ state == pytest.approx(-state, abs=1e-14)
    assert np.linalg.norm(state) == pytest.approx(1, rel=1e-14)


@pytest.mark.parametrize("islands", [2, 3])
def test_correction_beyond_hardcore_leaves_the_third_order(islands):
    kept = [m for m, state in enumerate(charge_basis(islands)) if set(state) <= {0, 1}]
    first, second = effective_hamiltonian(charging_energies(islands), hopping(islands), kept)
    values = {E_C: 1, J: Rational(1, 100)}
    matrix = np.array((first + second).subs(values).tolist(), float)
    exact = exact_levels(islands, 0.02, -2, 3)[0][: len(kept)] - islands / 4
    # Third order: (J/E_C)^3 = 1e-6, with a factor below 5; without the second order it would be 1e-4.
    assert np.linalg.eigvalsh(matrix) == pytest.approx(exact, abs=5e-6)
    assert np.abs(np.linalg.eigvalsh(matrix) - exact).max() > 1e-8


@pytest.mark.parametrize("islands", [2, 3])
def test_pymablock_finds_the_same_correction(islands):
    import pymablock
    outside = [int(not set(state) <= {0, 1}) for state in charge_basis(islands)]
    energies = np.diag([float(energy.subs(E_C, 1)) for energy in charging_energies(islands)])
    coupling = np.array(hopping(islands).subs(J, 1).tolist(), float)
    theirs = pymablock.block_diagonalize([energies, coupling], subspace_indices=outside)[0]
    kept = [m for m, out in enumerate(outside) if not out]
    orders = effective_hamiltonian(charging_energies(islands), hopping(islands), kept)
    for order, derived in enumerate(orders, start=1):
        ours = np.array(derived.subs({E_C: 1, J: 1}).tolist(), float)
        assert ours == pytest.approx(theirs[0, 0, order], abs=1e-12)


def test_pymablock_agrees_where_the_kept_levels_differ():
    import pymablock
    random = np.random.default_rng(0)
    energies = np.append(random.uniform(0, 1, 3), random.uniform(3, 5, 4))
    coupling = random.normal(size=(7, 7))
    coupling += coupling.T
    theirs = pymablock.block_diagonalize([np.diag(energies), coupling], subspace_indices=[0] * 3 + [1] * 4)[0]
    _, second = effective_hamiltonian(tuple(energies), Matrix(coupling), [0, 1, 2])
    assert np.array(second.tolist(), float) == pytest.approx(theirs[0, 0, 2], abs=1e-12)


def test_what_hardcore_leaves_out_for_neighbors():
    assert neighbor_attraction().rhs == -Rational(3, 2) * J**2 / E_C
    assert hop_over_an_island().rhs == J**2 / (2 * E_C)


def test_correction_is_refused_by_nothing_but_small_denominators():
    a, b = symbols("a b", positive=True)
    _, second = effective_hamiltonian((0, a), Matrix([[0, b], [b, 0]]), [0])
    assert second[0, 0] == -(b**2) / a
