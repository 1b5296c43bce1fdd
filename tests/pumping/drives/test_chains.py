"""The drives as numbers: signs, kinks, ranges, and the Hamiltonian they make, against matrices written by hand."""

import dataclasses
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.pumping import HarperHofstadter, RiceMele, many_body, many_body_gap
from derivations.pumping.engines.many_body import gaps_at

__all__: list[str] = []

ANGLES = st.floats(-10, 10)
PHASES = st.floats(-4, 4)
CHAINS = st.one_of(
    st.builds(
        RiceMele,
        st.integers(1, 4),
        hopping=st.floats(0, 2),
        hopping_modulation=st.floats(-2, 2),
        detuning=st.floats(-8, 8),
        lead_coupling=st.floats(0, 5),
        interaction=st.floats(0, 6),
        charging_energy=st.floats(1, 9),
        induced_charge_modulation=st.none() | st.floats(-1, 1),
    ),
    st.builds(
        HarperHofstadter,
        st.integers(1, 4),
        hopping=st.floats(0, 2),
        onsite_modulation=st.floats(-2, 2),
        mean_induced_charge=st.floats(0, 1),
        lead_coupling=st.floats(0, 5),
        interaction=st.floats(0, 6),
        charging_energy=st.floats(1, 9),
        flux=st.fractions(0, 1, max_denominator=7),
    ),
)


def by_hand(chain, angle: float, phase: float) -> np.ndarray:
    """H as DESIGN.md states it, with formulas typed here and Kronecker products."""
    N, j = chain.islands, np.arange(chain.islands)
    if isinstance(chain, RiceMele):
        energy = (-1.0) ** j * chain.detuning * math.sin(angle)
        bond = np.maximum(0, chain.hopping + (-1.0) ** j[:-1] * chain.hopping_modulation * math.cos(angle))
        amplitude = chain.induced_charge_modulation
        amplitude = chain.detuning / (2 * chain.charging_energy) if amplitude is None else amplitude
        charge = 0.5 - (-1.0) ** j * amplitude * math.sin(angle)
    else:
        swing = chain.onsite_modulation / (2 * chain.charging_energy)
        charge = chain.mean_induced_charge + swing * np.cos(angle - 2 * np.pi * float(chain.flux) * j)
        energy, bond = chain.charging_energy * (1 - 2 * charge), np.full(N - 1, chain.hopping)

    def on(site: int, matrix) -> np.ndarray:
        return np.kron(np.kron(np.eye(2**site), matrix), np.eye(2 ** (N - 1 - site)))

    b = [on(site, np.array([[0, 1], [0, 0]])) for site in j]
    n, one = [m.T @ m for m in b], np.eye(2**N)
    total = sum(energy[s] * n[s] for s in j) + 0j
    for s in j[:-1]:
        total -= bond[s] * (b[s].T @ b[s + 1] + b[s + 1].T @ b[s])
        total += chain.interaction * (n[s] - charge[s] * one) @ (n[s + 1] - charge[s + 1] * one)
    lead = -chain.lead_coupling / 2 * (b[0] + np.exp(1j * phase) * b[-1])
    return total + lead + lead.conj().T


@settings(max_examples=25)
@given(CHAINS, ANGLES, PHASES)
def test_hamiltonian_is_the_one_written_by_hand(chain, angle, phase):
    parts = many_body(chain, phase)
    expected = by_hand(chain, angle, phase)
    # Rounding, of energies up to about 100.
    assert parts.dense(angle) == pytest.approx(expected, abs=1e-12)
    assert parts.sparse(angle).toarray() == pytest.approx(expected, abs=1e-12)


@settings(max_examples=25)
@given(CHAINS, ANGLES, PHASES)
def test_charge_is_continuous_on_every_island(chain, angle, phase):
    parts = many_body(chain, phase)
    H = parts.dense(angle)
    through = [s * c.toarray() for s, c in zip(parts.strengths(angle), parts.currents, strict=True)]
    for island, number in enumerate(parts.numbers):
        change = 1j * (H * number - number[:, None] * H)
        assert change == pytest.approx(through[island] - through[island + 1], abs=1e-12)


@settings(max_examples=20)
@given(CHAINS, PHASES)
def test_current_through_the_right_lead_is_minus_the_derivative_with_the_phase(chain, phase):
    step = 1e-3
    parts = many_body(chain, phase)
    there, back = (many_body(chain, phase + s).dense(0.3) for s in (step, -step))
    # The central difference is wrong by step^2/6 of E_L/2 <= 2.5.
    assert parts.d_phase.toarray() == pytest.approx((there - back) / (2 * step), abs=1e-6)
    through = parts.strengths(0.3)[-1] * parts.currents[-1].toarray()
    assert parts.d_phase.toarray() == pytest.approx(-through, abs=1e-14)


@settings(max_examples=15)
@given(CHAINS)
def test_arrays_of_angles_keep_their_shape(chain):
    angles, N = np.linspace(0, 6, 6).reshape(2, 3), chain.islands
    assert chain.site_energies(angles).shape == chain.induced_charges(angles).shape == (2, 3, N)
    assert chain.bonds(angles).shape == (2, 3, N - 1)
    parts = many_body(chain, 0.4)
    assert parts.dense(angles)[1, 2] == pytest.approx(parts.dense(angles[1, 2]), abs=1e-12)
    assert parts.diagonal(angles).shape == (2, 3, 2**N)


def test_first_island_is_raised_first_and_the_first_bond_opens_at_the_start():
    chain = RiceMele(4)
    # Rounding of one multiplication.
    assert chain.site_energies(np.pi / 2) == pytest.approx([6, -6, 6, -6], rel=1e-15)
    assert chain.bonds(0.0) == pytest.approx([1.7, 0.3, 1.7], rel=1e-15)
    assert chain.induced_charges(np.pi / 2) == pytest.approx([0.125, 0.875, 0.125, 0.875], rel=1e-15)
    given_apart = RiceMele(2, induced_charge_modulation=0.25)
    assert given_apart.induced_charges(np.pi / 2) == pytest.approx([0.25, 0.75], rel=1e-15)


def test_harper_hofstadter_potential_follows_its_induced_charge():
    chain, angles = HarperHofstadter(6, flux=Fraction(2, 5)), np.linspace(0, 6, 7)
    assert chain.site_energies(angles) == pytest.approx(4.0 * (1 - 2 * chain.induced_charges(angles)), abs=1e-14)
    assert chain.induced_charges(angles).mean() != chain.mean_induced_charge
    assert np.ptp(chain.site_energies(np.linspace(0, 2 * np.pi, 401))[:, 0]) == pytest.approx(2.0, rel=1e-12)


@given(st.floats(0.1, 3), st.floats(-3, 3))
def test_kinks_are_where_a_clipped_bond_opens_or_closes(hopping, modulation):
    chain = RiceMele(3, hopping=hopping, hopping_modulation=modulation)
    if abs(modulation) <= hopping:
        assert chain.kinks.size == 0
        return
    assert np.all((chain.kinks > 0) & (chain.kinks < 2 * np.pi) & (np.diff(chain.kinks, append=7) > 0))
    raw = hopping + np.array([1, -1]) * modulation * np.cos(chain.kinks)[:, None]
    # A kink is the zero of one of both bonds, to rounding.
    assert np.abs(raw).min(axis=1) == pytest.approx(np.zeros(chain.kinks.size), abs=1e-14 * (hopping + 3))
    assert chain.kinks.size in (2, 4)


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (lambda: RiceMele(0), "islands"),
        (lambda: RiceMele(2.0), "islands"),
        (lambda: RiceMele(4, hopping=-1.0), "hopping"),
        (lambda: RiceMele(4, hopping_modulation=math.nan), "hopping_modulation"),
        (lambda: RiceMele(4, detuning=math.inf), "detuning"),
        (lambda: RiceMele(4, lead_coupling=-0.1), "lead_coupling"),
        (lambda: RiceMele(4, interaction=-1.0), "interaction"),
        (lambda: RiceMele(4, charging_energy=0.0), "charging_energy"),
        (lambda: RiceMele(4, induced_charge_modulation=math.nan), "induced_charge_modulation"),
        (lambda: HarperHofstadter(4, mean_induced_charge=1.1), "mean_induced_charge"),
        (lambda: HarperHofstadter(4, flux=0.3), "flux"),
        (lambda: HarperHofstadter(4, charging_energy=-4.0), "charging_energy"),
        (lambda: many_body(RiceMele(15)), "chain"),
        (lambda: many_body(RiceMele(2), math.nan), "phase"),
    ],
)
def test_values_out_of_range_are_refused_by_name(made, name):
    with pytest.raises(ValueError, match=f"Argument `{name}` must"):
        made()


def test_chains_are_frozen_values():
    with pytest.raises(dataclasses.FrozenInstanceError):
        RiceMele(4).hopping = 2.0
    assert HarperHofstadter(6) == HarperHofstadter(6, flux=Fraction(2, 6))
    assert len({RiceMele(4), RiceMele(4, hopping=1)}) == 1


@settings(max_examples=20)
@given(CHAINS, PHASES)
def test_gap_is_no_larger_than_at_any_time(chain, phase):
    gap = many_body_gap(chain, phase)
    energies = np.linalg.eigvalsh(by_hand(chain, 1.234, phase))
    assert 0 <= gap <= energies[1] - energies[0] + 1e-10


def test_gap_by_lanczos_is_the_one_by_diagonalization():
    angle = 2.2
    parts = many_body(HarperHofstadter(8, interaction=0.5), 0.7)
    lowest = np.linalg.eigvalsh(parts.dense(angle))[:2]
    assert gaps_at(parts, np.array([angle]))[0] == pytest.approx(lowest[1] - lowest[0], abs=1e-10)
