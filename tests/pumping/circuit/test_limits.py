"""Statements about limits: the errors that rows list, by a second method, and how fast they fall."""

import itertools

import numpy as np
import pytest
from scipy.sparse.linalg import eigsh

from derivations.pumping import HarperHofstadter, RiceMele, band_gap, floquet_spectrum
from derivations.pumping.claims.band_claims import hofstadter_gap
from derivations.pumping.claims.circuit_claims import other_charges_are_rare
from derivations.pumping.claims.floquet_claims import adiabatic_state
from derivations.pumping.claims.hofstadter_claims import charge_changes_sign_with_phase, charges_around, gapless_between
from derivations.pumping.claims.imperfection_claims import any_monotonic_coupling
from derivations.pumping.engines.many_body import many_body


def test_other_charge_states_are_populated_to_second_order():
    """Perturbation theory on charge states, E_C = 1: amplitude over energy, from the ground state of the kept ones."""
    states = list(itertools.product((-1, 0, 1, 2), repeat=3))
    at = {state: k for k, state in enumerate(states)}
    hops = np.zeros((64, 64))
    for state, (a, b) in itertools.product(states, ((0, 1), (1, 0), (1, 2), (2, 1))):
        moved = list(state)
        moved[a], moved[b] = moved[a] - 1, moved[b] + 1
        if tuple(moved) in at:
            hops[at[tuple(moved)], at[state]] = -1 / 2
    energy = np.array([sum((n - 0.5) ** 2 - 0.25 for n in state) for state in states])
    kept = energy == 0
    ground = np.linalg.eigh(hops[np.ix_(kept, kept)])[1][:, 0]
    outside = hops[np.ix_(~kept, kept)] @ ground / energy[~kept]
    found = other_charges_are_rare()
    assert found.holds
    assert found.power == pytest.approx(2, abs=0.1)
    # The next order is smaller by the ratio, 0.05, or its square.
    assert found.value == pytest.approx(found.points[-1] ** 2 * (outside**2).sum(), rel=0.1)


def test_a_slow_drive_keeps_the_ground_state_in_one_floquet_state():
    found = adiabatic_state()
    assert found.holds
    assert found.power > 1
    chain, phases = RiceMele(4, hopping_modulation=1.2), (np.arange(6) + 0.5) * np.pi / 3
    slower = 1 - floquet_spectrum(chain, 0.025, phases)[1].max(axis=1).min()
    assert 0 < slower < found.value


def test_the_gap_of_two_islands_in_resonance_and_of_a_weak_wave():
    """J << delta mu: two islands in resonance split by 2J. delta mu << J: degenerate waves split by delta mu."""
    assert band_gap(HarperHofstadter(3, hopping=1e-3, onsite_modulation=1.0)) == pytest.approx(2e-3, rel=2e-3)
    assert band_gap(HarperHofstadter(3, hopping=1.0, onsite_modulation=1e-3)) == pytest.approx(1e-3, rel=2e-3)
    assert hofstadter_gap().holds


def test_both_fillings_swing_alike():
    """The reflection exchanges the signs of the charges; the start, the same here, is felt by a hundredth."""
    assert charge_changes_sign_with_phase().holds
    few, many = charges_around(0.4), charges_around(0.6)
    assert np.sort(few) == pytest.approx(np.sort(-many), abs=0.1)


def test_the_gapless_phase_is_beyond_the_plateaus():
    assert gapless_between().holds


def test_every_rising_coupling_encloses_the_gapless_point():
    assert any_monotonic_coupling().holds


def test_the_initial_state_turns_smoothly_where_its_gap_is_smallest():
    """A state that is smooth in the phase loses overlap with the square of the step; here by sparse matrices."""
    chain = HarperHofstadter(6, mean_induced_charge=0.3375)

    def lowest(phase):
        energies, states = eigsh(many_body(chain, phase).sparse(0.0), k=2, which="SA", v0=np.ones(64))
        order = energies.argsort()
        return energies[order], states[:, order[0]]

    (first, second), middle = lowest(np.pi)
    assert second - first == pytest.approx(0.029, abs=1e-3)
    lost = [1 - abs(middle.conj() @ lowest(np.pi + step)[1]) ** 2 for step in (0.1, 0.05, 0.025)]
    assert lost[0] / lost[1] == pytest.approx(4, rel=0.2)
    assert lost[1] / lost[2] == pytest.approx(4, rel=0.1)
    # What turns is its phases; its charge states stay populated almost as they are.
    assert abs(abs(middle) ** 2 - abs(lowest(0.0)[1]) ** 2).sum() / 2 < 0.15
