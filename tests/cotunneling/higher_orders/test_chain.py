"""Two coupled pairs in a row, against the diagonalized circuit of two or four junctions."""

from itertools import product

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.sparse import csr_array
from scipy.sparse.linalg import eigsh
from sympy import Integral, lambdify

from derivations.cotunneling import symbols as sym
from derivations.cotunneling.claims.chain_claims import chains_increase_the_drag
from derivations.cotunneling.higher_orders.chain import chain_amplitude, chain_interactions, drag_strength

__all__: list[str] = []

EJ_OVER_EC = 5.0


def ground_energy(length, capacitance_ratio, end_charges):
    """Lowest energy over E_J of both chains in the charge basis of the nodes; charges of the end nodes in 2e."""
    ladder = np.eye(length) - np.eye(length, k=-1)  # phases of junctions from those of nodes
    one, m = ladder.T @ ladder, capacitance_ratio * np.eye(length)
    capacitance = np.block([[one + m, -m], [-m, one + m]])
    stiffness = 4 / EJ_OVER_EC * np.linalg.inv(capacitance)
    offset = np.zeros(2 * length)
    offset[[length - 1, -1]] = end_charges
    reach = [int(np.sqrt(20 * c)) + 2 for c in np.diag(np.linalg.inv(stiffness))]
    states = np.array(list(product(*(range(-r, r + 1) for r in reach))))
    energies = np.einsum("si,ij,sj->s", states - offset, stiffness, states - offset)
    states, energies = states[energies < 20], energies[energies < 20]
    base = 2 * max(reach) + 5
    key = (states + max(reach) + 2) @ base ** np.arange(2 * length)
    order = np.argsort(key)
    states, energies, key = states[order], energies[order], key[order]
    rows, columns = [], []
    for junction in range(2 * length):
        chain, k = divmod(junction, length)
        hop = np.zeros(2 * length, dtype=int)
        hop[chain * length : (chain + 1) * length] = ladder[k]
        target = key + hop @ base ** np.arange(2 * length)
        found = np.minimum(np.searchsorted(key, target), key.size - 1)
        here = np.flatnonzero(key[found] == target)
        rows += [here, found[here]]
        columns += [found[here], here]
    rows, columns = np.concatenate(rows), np.concatenate(columns)
    hamiltonian = csr_array((np.full(rows.size, -0.5), (rows, columns)), shape=(key.size,) * 2)
    hamiltonian.setdiag(energies)
    start = np.exp(-energies)
    return float(eigsh(hamiltonian, k=1, which="SA", v0=start, tol=1e-13, return_eigenvectors=False)[0])


def exchange(length, capacitance_ratio):
    """gamma_1,1 - gamma_1,-1 over E_J: a quarter of the energy between quasicharges (e/2, -e/2) and (e/2, e/2)."""
    same, opposite = (ground_energy(length, capacitance_ratio, (0.25, s * 0.25)) for s in (1, -1))
    return (same - opposite) / 4


def test_diagonalized_chains_exchange_as_the_sum_over_all_pairs_of_junctions():
    ratios = np.array([exchange(2, r) / exchange(1, r) for r in (0.002, 0.004)])
    at_no_coupling = 2 * ratios[0] - ratios[1]
    # What remains is of the next order in gamma/Omega, 5e-3 here, and of the square of C_m.
    assert at_no_coupling == pytest.approx(float(sum(chain_interactions(2))), rel=0.01)


def test_interactions_count_the_capacitances_behind_both_junctions():
    assert chain_interactions(1).tolist() == [[1]]
    for length in (2, 3, 4):
        expected = [[length - max(j, k) for k in range(length)] for j in range(length)]
        assert chain_interactions(length).tolist() == expected


def test_amplitude_of_the_inner_pair_has_twice_the_depth():
    (integral,) = chain_amplitude(2, 1, 1).rhs.atoms(Integral)
    integrand = lambdify([sym.y, sym.A, sym.charge], integral.function, "numpy")
    value = 2 * quad(lambda t: integrand(t, 0.3, -1), 1e-9, 50)[0]
    expected = 2 * quad(lambda t: np.expm1(-0.6 * t / np.sinh(t)), 1e-9, 50)[0]
    assert value == pytest.approx(expected, rel=1e-10)


def test_gain_of_the_drag_in_a_chain_of_two():
    integrals = {s: 2 * quad(lambda t, s=s: np.expm1(s * t / np.sinh(t)), 1e-9, 50)[0] for s in (1e-4, -1e-4)}
    one = (integrals[1e-4] ** 2 - integrals[-1e-4] ** 2) / 1e-12
    # The next power of A, 1e-4 here, is relative.
    assert float(drag_strength(1).subs(sym.A, 1)) == pytest.approx(one, rel=1e-3)
    # Sum of M times sum of M^2, against the sum of M^3, with M = 2, 1, 1, 1.
    assert chains_increase_the_drag().value == pytest.approx(5 * 7, rel=1e-12)
    assert float(drag_strength(2, coherent=False) / drag_strength(1)) == pytest.approx(8 + 3, rel=1e-12)
