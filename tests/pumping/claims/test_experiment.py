"""Toward an experiment: limits of each imperfection, conservation, and oracles without the engines of the part."""

import itertools

import numpy as np
import pytest
from scipy.constants import e
from scipy.integrate import solve_ivp

from derivations import pumping
from derivations.pumping.beyond.dephasing import one_cycle
from derivations.pumping.drives.imperfections import (
    WAVEFORMS,
    Imperfect,
    detuning_with_cross_talk,
    kappa_left,
    kappa_right,
)
from derivations.pumping.floquet.phase_average import charge_while_phase_moves
from derivations.pumping.symbols import J_0, Delta_0, delta_J, omega, t

__all__: list[str] = []

RAISE = np.array([[0.0, 0.0], [1.0, 0.0]])
ONE = np.eye(2)


def two_islands(chain, angle, phase):
    """H and the mean current of the leads by hand, each with half of the phase; the current by continuity."""
    up = [np.kron(RAISE, ONE), np.kron(ONE, RAISE)]
    sites, (bond,) = chain.site_energies(angle), chain.bonds(angle)
    n = [u @ u.T for u in up]
    half = chain.lead_coupling / 2
    into, out = np.exp(0.5j * phase) * up[0], np.exp(0.5j * phase) * up[1].T
    total = sum(s * m for s, m in zip(sites, n, strict=True)) - bond * (up[0] @ up[1].T + up[1] @ up[0].T)
    total = total - half * (into + into.conj().T + out + out.conj().T)
    left = 1j * (-half * ((into + into.conj().T) @ n[0] - n[0] @ (into + into.conj().T)))
    lead = out + out.conj().T
    right = -1j * (-half * (lead @ n[1] - n[1] @ lead))
    return total, (left + right) / 2


def by_integration(chain, frequency, phases, dephasing=0.0):
    """Charges of cycles from the Lindblad equation, by Runge-Kutta, phase moving linearly within each cycle."""
    numbers = [np.diag([0.0, 0, 1, 1]), np.diag([0.0, 1, 0, 1])]
    state = np.linalg.eigh(two_islands(chain, 0.0, phases[0])[0])[1][:, 0]
    rho, found = np.outer(state, state.conj()), []
    for first, last in itertools.pairwise(phases):

        def rate(angle, y, first=first, last=last):
            rho = y[:16].reshape(4, 4)
            total, current = two_islands(chain, angle, first + (last - first) * angle / (2 * np.pi))
            change = -1j * (total @ rho - rho @ total)
            for n in numbers:
                change = change + dephasing * (n @ rho @ n - (n @ rho + rho @ n) / 2)
            return np.append(change.ravel(), np.trace(rho @ current)) / frequency

        y = solve_ivp(rate, (0, 2 * np.pi), np.append(rho, 0j), method="DOP853", rtol=1e-6, atol=1e-8).y[:, -1]
        rho = y[:16].reshape(4, 4)
        found.append(y[-1].real)
    return np.array(found)


def test_charge_under_a_moving_phase_is_that_of_the_schroedinger_equation():
    chain = pumping.RiceMele(2, hopping_modulation=0.7)
    phases = [0.3, 1.5, 1.0]
    found = charge_while_phase_moves(chain, 2.0, phases, steps=600)
    # the rule is of second order: 600 steps of 0.005/J_0 leave 1e-3 of charges near one
    assert found == pytest.approx(by_integration(chain, 2.0, phases), abs=2e-3)


def test_dephasing_is_the_lindblad_equation():
    chain = pumping.RiceMele(2, hopping_modulation=0.7)
    found = pumping.cycles_with_noise(chain, 2.0, 0.8, 2, dephasing=0.1, steps=600)
    assert found == pytest.approx(by_integration(chain, 2.0, [0.8] * 3, 0.1), abs=2e-3)  # as above


def test_without_noise_the_cycles_are_those_of_free_fermions():
    chain = pumping.RiceMele(3, hopping_modulation=0.7)
    found = pumping.cycles_with_noise(chain, 0.5, 0.8, 3, steps=600)
    # Midpoint exponentials of the same H, of all states and of the Majoranas: one rule, equal to rounding.
    assert found == pytest.approx(charge_while_phase_moves(chain, 0.5, [0.8] * 4, steps=600), abs=1e-11)


def test_the_mean_over_many_cycles_is_the_charge_at_infinite_time():
    chain = pumping.RiceMele(2, hopping_modulation=1.2)
    mean = charge_while_phase_moves(chain, 0.5, np.full(121, 1.0), steps=200).mean()
    assert mean == pytest.approx(pumping.pumped_charge(chain, 0.5, 1.0), abs=0.03)  # falls with one over the cycles


@pytest.mark.parametrize("phase", [0.4, 2.2])
def test_two_charge_states_are_hardcore_bosons(phase):
    chain = pumping.RiceMele(3, hopping_modulation=1.2, interaction=1.1)
    soft = pumping.softcore_charge(pumping.Softcore(chain, charges=(0, 1)), 0.3, phase, steps=600)
    # Both rules are of the fourth order, but one is on half of the period: 2e-10 apart at 600 steps, 6e-12 at 1200.
    assert soft == pytest.approx(pumping.pumped_charge(chain, 0.3, phase, steps=600), abs=2e-9)


def test_softcore_becomes_hardcore_as_charging_grows():
    def off(energy):
        chain = pumping.RiceMele(2, charging_energy=energy, detuning=3.0)
        soft = pumping.softcore_charge(pumping.Softcore(chain), 0.3, 1.0, steps=1500)
        return abs(soft - pumping.pumped_charge(chain, 0.3, 1.0))

    near, far = off(40.0), off(160.0)
    assert far < 0.5 * near  # first order in E_J/E_C: a quarter
    assert far < 0.1


def test_the_fourth_charge_state_matters_less_the_larger_the_charging_energy():
    phases = (np.arange(4) + 0.3) * np.pi / 2

    def change(ratio):
        pumps = [pumping.Softcore(pumping.intermediate(2, ratio), c) for c in ((0, 1, 2), (-1, 0, 1, 2))]
        three, four = (pumping.softcore_charge(pump, 0.1, phases) for pump in pumps)
        return np.median(abs(four - three))

    changes = np.array([change(ratio) for ratio in (1.0, 2.0, 4.0)])
    # Virtual jumps to a state that costs E_C; twice the energy would halve them, were E_J/E_C small already.
    assert (changes[1:] < 0.8 * changes[:-1]).all()
    assert changes[0] > 2


@pytest.mark.parametrize("charges", [(0, 1), (0, 1, 2), (-1, 0, 1, 2)])
def test_supercurrent_is_the_slope_of_the_ground_state_energy(charges):
    pump = pumping.Softcore(pumping.intermediate(2, 1.0), charges)
    angles = (np.arange(120) + 0.5) * np.pi / 60
    bonds, diagonals = pump.chain.bonds(angles)[:, 0], pump.diagonal(angles)

    def energy(phase):
        left, inner, right = pump.links(phase)
        leads = pump.chain.lead_coupling / 2 * (left + right)
        terms = zip(diagonals, bonds, strict=True)
        return np.mean([np.linalg.eigvalsh(np.diag(d) + leads + bond * inner)[0] for d, bond in terms])

    slope = (energy(0.9 + 1e-4) - energy(0.9 - 1e-4)) / 2e-4
    found = pumping.supercurrent_charge(pump, 0.3, 0.9, angles=120)
    assert found == pytest.approx(-2 * np.pi / 0.3 * slope, abs=1e-5)  # third derivative times 1e-8, times T
    assert pumping.supercurrent_charge(pump, 0.3, -0.9, angles=120) == pytest.approx(-found, abs=1e-9)


def test_what_the_supercurrent_leaves_does_not_grow_with_the_period():
    pump = pumping.Softcore(pumping.intermediate(2, 2.0), (-1, 0, 1, 2))
    slow, fast = (
        pumping.softcore_charge(pump, frequency, 1.2) - pumping.supercurrent_charge(pump, frequency, 1.2)
        for frequency in (0.1, 0.2)
    )
    # The supercurrent carries -17 pairs in the longer period and half of it in the other; the rest is near one pair.
    assert slow == pytest.approx(fast, abs=0.1)
    assert 0.5 < slow < 1.0


def test_whole_matrix_with_ground_capacitance_only_is_diagonal_and_shifts_nothing():
    couplings = pumping.capacitance_couplings(5, 3.0, 0.3)
    assert couplings == pytest.approx(couplings.T, abs=1e-14)
    capacitance = np.linalg.inv(couplings)
    assert abs(np.triu(capacitance, 2)).max() < 1e-12  # tridiagonal again
    chain = pumping.RiceMele(2)
    plain = pumping.softcore_charge(pumping.Softcore(chain), 0.5, 1.0)
    matrix = pumping.capacitance_couplings(2, chain.charging_energy, 0.0)
    assert pumping.softcore_charge(pumping.Softcore(chain, couplings=matrix), 0.5, 1.0) == plain


def test_softcore_leads_carry_the_derivative_of_the_energy():
    pump = pumping.Softcore(pumping.RiceMele(2), second_harmonic=-0.2)
    ends = [pump.links(phase)[[0, -1]].sum(0) for phase in (0.7 - 1e-5, 0.7 + 1e-5)]
    assert pump.lead_current(0.7) == pytest.approx(-(ends[1] - ends[0]) / 2e-5, abs=1e-9)  # second difference 1e-10


def test_noise_keeps_the_trace_and_hermiticity():
    cycle = one_cycle(pumping.RiceMele(2), 0.3, 0.7, 0.2, 0.1, 200)
    trace = np.eye(4).ravel()
    assert trace @ cycle.map == pytest.approx(np.exp(-0.1 * 2 * np.pi / 0.3) * trace, abs=1e-10)
    assert trace @ cycle.offset == pytest.approx(1 - np.exp(-0.1 * 2 * np.pi / 0.3), abs=1e-10)


def test_nothing_imperfect_is_the_chain():
    chain = pumping.RiceMele(4, hopping_modulation=1.2)
    built = Imperfect(chain, (0.0,) * 4, (1.0,) * 3)
    assert pumping.pumped_charge(built, 0.2, 1.0) == pytest.approx(pumping.pumped_charge(chain, 0.2, 1.0), abs=1e-12)


def test_offsets_enter_free_fermions_as_they_enter_two_islands():
    chain = Imperfect(pumping.RiceMele(2), offsets=(0.4, -0.2), junctions=(0.8,), cross_talk=(0.5, 0.1))
    found = charge_while_phase_moves(chain, 2.0, [1.0, 1.0], steps=600)
    assert found == pytest.approx(by_integration(chain, 2.0, [1.0, 1.0]), abs=2e-3)


def test_equal_cross_talk_leaves_the_inside_of_a_chain_uniform():
    chain = pumping.RiceMele(6)
    shift = Imperfect(chain, cross_talk=(0.7, 0.7)).site_energies(0.4) - chain.site_energies(0.4)
    assert shift[1:-1] == pytest.approx(-2 * 0.7 * chain.hopping, abs=1e-12)


def test_a_gate_pulls_on_the_islands_at_both_ends_of_its_own_bond():
    chain = pumping.RiceMele(4, hopping_modulation=1.0)  # at angle 0 the gates of bonds 0 and 2 are open, 1 is closed
    left, right = (
        Imperfect(chain, cross_talk=talk).site_energies(0.0) - chain.site_energies(0.0) for talk in ((0.3, 0), (0, 0.3))
    )
    # An open gate, signal 2 J_0, lowers the island on the side to which it talks; the last island is to the left of no
    # gate, the first to the right of none.
    assert left == pytest.approx([-0.6, 0, -0.6, 0], abs=1e-12)
    assert right == pytest.approx([0, -0.6, 0, -0.6], abs=1e-12)


def test_cross_talk_shears_the_path_in_the_sense_that_is_derived():
    chain, angles = pumping.RiceMele(6, hopping_modulation=0.9), np.linspace(0.1, 6, 5)
    energies = Imperfect(chain, cross_talk=(0.7, 0.2)).site_energies(angles)
    amplitudes = {J_0: 1.0, delta_J: 0.9, Delta_0: 6.0, kappa_left: 0.7, kappa_right: 0.2, omega: 1}
    derived = detuning_with_cross_talk().rhs.subs(amplitudes)
    expected = [float(derived.subs(t, angle)) for angle in angles]
    assert (energies[:, 2] - energies[:, 3]) / 2 == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", WAVEFORMS)
def test_waveforms_are_monotonic_and_agree_at_one(name):
    values = WAVEFORMS[name](np.linspace(-1, 2, 31))
    assert (np.diff(values) >= 0).all()
    assert values[20] == pytest.approx(1, abs=1e-12)


def test_one_picoampere_is_three_megahertz():
    assert pumping.picoamperes(1e-12 / (2 * e) / 1e6) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: Imperfect(pumping.RiceMele(3), offsets=(1.0,)), "offsets"),
        (lambda: Imperfect(pumping.HarperHofstadter(3), cross_talk=(1.0, 0.0)), "chain"),
        (lambda: charge_while_phase_moves(pumping.RiceMele(2, interaction=1.0), 0.1, [0, 1]), "chain"),
        (lambda: pumping.Softcore(pumping.RiceMele(2), charges=(0, 2)), "charges"),
        (lambda: pumping.softcore_charge(pumping.Softcore(pumping.RiceMele(2)), 0.0, 1.0), "frequency"),
        (lambda: pumping.supercurrent_charge(pumping.Softcore(pumping.RiceMele(2)), 0.0, 1.0), "frequency"),
        (lambda: pumping.steady_cycle_charge(pumping.RiceMele(2), 0.1, 1.0, relaxation=0.0), "relaxation"),
        (lambda: pumping.cycles_with_noise(pumping.RiceMele(5), 0.1, 1.0, 1), "chain"),
        (lambda: pumping.picoamperes(-1), "megahertz"),
        (lambda: pumping.frequency_window(pumping.RiceMele(2), 0.0), "josephson_gigahertz"),
        (lambda: pumping.capacitance_couplings(2, 1.0, -0.1), "capacitance_ratio"),
    ],
)
def test_arguments_out_of_range_are_named(call, argument):
    with pytest.raises(ValueError, match=f"Argument `{argument}` must"):
        call()
