"""One period of the drive and the charge it moves, against QuTiP, a conserved number, and rules that share no code."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm_frechet

from derivations.pumping import HarperHofstadter, RiceMele, many_body
from derivations.pumping.engines import krylov
from derivations.pumping.engines.averages import floquet_states
from derivations.pumping.engines.krylov import krylov_charge
from derivations.pumping.engines.propagation import (
    block_mean,
    ground_weights,
    period,
    propagate,
    reflection_angle,
)
from derivations.pumping.engines.steps import sufficient_steps

CHAINS = [
    (HarperHofstadter(3, interaction=0.7), 0.15),
    (HarperHofstadter(4, mean_induced_charge=0.6, interaction=1.5), 0.15),
    (RiceMele(3, interaction=1.0), 0.2),
    (RiceMele(4, hopping_modulation=1.2, interaction=2.0), 0.2),
]


def exponentials(hamiltonians, dt):
    """exp(-i dt H) of a batch."""
    values, vectors = np.linalg.eigh(hamiltonians)
    return (vectors * np.exp(-1j * dt * values)[:, None]) @ vectors.conj().swapaxes(1, 2)


def midpoint_floquet(chain, frequency, phase, steps):
    """F at drive angle 0 by plain midpoint exponentials of the dense Hamiltonian."""
    parts = many_body(chain, phase)
    dt = 2 * np.pi / frequency / steps
    floquet = np.eye(chain.states)
    for step in exponentials(parts.dense((np.arange(steps) + 0.5) * 2 * np.pi / steps), dt):
        floquet = step @ floquet
    return floquet


def link_charges(chain, frequency, phase, steps):
    """Charge per period of each Floquet state through each link, the trapezoidal rule along a midpoint evolution."""
    parts = many_body(chain, phase)
    angles = np.arange(steps) * 2 * np.pi / steps
    dt = 2 * np.pi / frequency / steps
    _, states = floquet_states(midpoint_floquet(chain, frequency, phase, steps))
    total = np.zeros((chain.islands + 1, chain.states))
    strengths = parts.strengths(angles)
    currents = [current.toarray() for current in parts.currents]
    for strength, step in zip(strengths, exponentials(parts.dense(angles + np.pi / steps), dt), strict=True):
        for l, current in enumerate(currents):
            total[l] += dt * strength[l] * (states.conj() * (current @ states)).sum(axis=0).real
        states = step @ states
    return total


@pytest.mark.parametrize(("chain", "frequency"), CHAINS)
def test_one_period_is_unitary_and_its_charge_hermitian(chain, frequency):
    found = propagate(chain, frequency, 0.7, sufficient_steps(chain, frequency))
    # Rounding of some hundred products.
    assert abs(found.floquet.conj().T @ found.floquet - np.eye(chain.states)).max() < 1e-11
    assert abs(found.charge - found.charge.conj().T).max() < 1e-10


@pytest.mark.parametrize(("chain", "frequency"), CHAINS)
def test_charge_is_the_same_through_every_link(chain, frequency):
    steps = 8 * sufficient_steps(chain, frequency)
    through = link_charges(chain, frequency, 0.7, steps)
    # Plain second-order rules with eight times the steps; kinks of the clipped drive lie within them.
    assert np.ptp(through, axis=0).max() < 5e-3 * max(1, abs(through).max())


@pytest.mark.parametrize(("chain", "frequency"), [CHAINS[0], CHAINS[2]])
def test_discrete_map_moves_the_same_charge_through_every_link(chain, frequency):
    parts, product = many_body(chain, 0.7), period(chain, frequency, 60, whole=True)
    passed, flows = np.eye(chain.states), np.zeros((chain.islands + 1, chain.states, chain.states), complex)
    for coefficients, strengths in zip(product.coefficients, product.strengths, strict=True):
        exponent = np.diag(coefficients @ parts.diagonals).astype(complex)
        exponent += sum(s * link.toarray() for s, link in zip(strengths, parts.links, strict=True))
        for l, strength in enumerate(strengths):
            step, slope = expm_frechet(-1j * exponent, 1j * strength * parts.currents[l].toarray())
            flows[l] += passed.conj().T @ (-1j * step.conj().T @ slope) @ passed
        passed = step @ passed
    _, states = floquet_states(passed)
    through = np.einsum("an,lab,bn->ln", states.conj(), flows, states).real
    # Rounding of sixty steps, however coarse they are; also over the distance of states, in their vectors.
    assert np.ptp(through, axis=0).max() < 1e-9
    assert abs(through).max() > 0.5


@pytest.mark.parametrize(("chain", "frequency"), CHAINS)
def test_charge_is_minus_the_slope_of_the_quasienergies(chain, frequency):
    steps, h = sufficient_steps(chain, frequency), 1e-5
    angles = [np.sort(ground_weights(propagate(chain, frequency, 0.7 + s * h, steps))[0]) for s in (-1, 1)]
    found = propagate(chain, frequency, 0.7, steps)
    middle, states = floquet_states(found.floquet)
    order = np.argsort(middle)
    charges = np.einsum("an,ab,bn->n", states.conj(), found.charge, states).real[order]
    slopes = (angles[1] - angles[0]) / (2 * h)
    inside = abs(abs(middle[order]) - np.pi) > 1e-2
    # The eigenphase is -quasienergy T. Central difference: h^2 times the third derivative, rounding over h.
    assert np.allclose(charges[inside], slopes[inside], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("chain", "frequency"), CHAINS)
def test_spectrum_of_one_period_against_plain_midpoints(chain, frequency):
    found = propagate(chain, frequency, 0.7, 2 * sufficient_steps(chain, frequency))
    phase = np.exp(-2j * np.pi * found.energy / frequency)
    coarse, fine = (np.trace(midpoint_floquet(chain, frequency, 0.7, n)) for n in (1500, 3000))
    # Richardson's extrapolation of the second-order rule; its own remainder is the tolerance.
    assert np.trace(found.floquet) * phase == pytest.approx((4 * fine - coarse) / 3, abs=2e-3)


def test_error_falls_with_the_fourth_power_of_the_step():
    chain, frequency = RiceMele(4, hopping_modulation=1.2, interaction=2.0), 0.2
    charges = [block_mean(propagate(chain, frequency, 0.7, 150 * 2**k)) for k in range(4)]
    ratios = np.diff(charges)[:-1] / np.diff(charges)[1:]
    # 16 but for the next order; 4 if steps did not stop at the kinks, or without the ends of a panel.
    assert 11 < ratios[-1] < 22


def test_half_a_period_and_its_mirror_are_the_period():
    for chain, frequency in CHAINS:
        assert reflection_angle(chain) is not None
        steps = sufficient_steps(chain, frequency)
        assert period(chain, frequency, steps).mirrored
        whole = krylov_charge(chain, frequency, 0.7, 2 * steps)[0]
        # Sparse series in a Krylov space over all of the period: it stops at 5e-5.
        assert block_mean(propagate(chain, frequency, 0.7, 2 * steps)) == pytest.approx(whole, abs=3e-4)


@pytest.mark.parametrize(
    ("chain", "frequency", "phase"),
    [
        (HarperHofstadter(5, interaction=0.5), 0.05, 2.9),
        (RiceMele(4, hopping_modulation=0.9, interaction=2.0), 0.2, 1.4),
        pytest.param(HarperHofstadter(6, interaction=0.5), 0.05, 2.9, marks=pytest.mark.long),
        pytest.param(RiceMele(6, hopping_modulation=0.9, interaction=2.0), 0.2, 1.4, marks=pytest.mark.long),
    ],
)
def test_krylov_space_that_stops_early_says_so(monkeypatch, chain, frequency, phase):
    steps = sufficient_steps(chain, frequency)
    monkeypatch.setattr(krylov, "ACCURACY", 0.0)  # until the space holds all Floquet states: exact
    exact = krylov_charge(chain, frequency, phase, steps)
    assert exact.spread < 1e-10
    for accuracy in (1.0, 5e-5):
        monkeypatch.setattr(krylov, "ACCURACY", accuracy)
        found = krylov_charge(chain, frequency, phase, steps)
        # Enlargements alone claim 5e-5 at six islands of the first pump, and are five times off.
        assert abs(found.charge - exact.charge) <= found.spread + 1e-9
        assert found.spread < 5e-2


@settings(max_examples=12, deadline=None)
@given(
    phase=st.floats(-4, 4),
    interaction=st.floats(0, 3),
    mean=st.floats(0.3, 0.7),
    islands=st.integers(2, 3),
)
def test_weights_are_a_distribution(phase, interaction, mean, islands):
    chain = HarperHofstadter(islands, interaction=interaction, mean_induced_charge=mean)
    _, weights = ground_weights(propagate(chain, 0.1, phase, sufficient_steps(chain, 0.1)))
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1, abs=1e-10)


def qutip_floquet(qutip, chain, frequency, phase):
    """F by QuTiP's integrator: H has one harmonic, and a constant that is left out."""
    zero, quarter, half, last = many_body(chain, phase).dense(np.arange(4) * np.pi / 2)
    terms = [(zero + half) / 2, (zero - half) / 2, (quarter - last) / 2]
    constant, cosine, sine = (qutip.Qobj(t - np.trace(t) / chain.states * np.eye(chain.states)) for t in terms)
    drive = [constant, [cosine, lambda t: math.cos(frequency * t)], [sine, lambda t: math.sin(frequency * t)]]
    options = {"atol": 1e-10, "rtol": 1e-9, "nsteps": 100000, "method": "adams"}
    return qutip.propagator(qutip.QobjEvo(drive), 2 * np.pi / frequency, options=options).full()


def test_qutip_finds_the_same_spectrum_weights_and_charge():
    import qutip
    chain, frequency, phase, h = HarperHofstadter(4, interaction=0.5), 0.4, 0.9, 1e-3
    angles, states = floquet_states(qutip_floquet(qutip, chain, frequency, phase))
    ground = np.linalg.eigh(many_body(chain, phase).dense(0.0))[1][:, 0]
    weights = abs(states.conj().T @ ground) ** 2
    before, after = (np.sort(floquet_states(qutip_floquet(qutip, chain, frequency, phase + s))[0]) for s in (-h, h))
    order = np.argsort(angles)
    charge = weights[order] @ (after - before) / (2 * h)
    found = propagate(chain, frequency, phase, 4 * sufficient_steps(chain, frequency))
    ours, our_weights = ground_weights(found)
    # QuTiP is asked for 1e-9 a step, some thousand steps a period.
    assert np.allclose(np.sort(ours), angles[order], rtol=0, atol=2e-6)
    assert np.allclose(our_weights[np.argsort(ours)], weights[order], rtol=0, atol=2e-6)
    # Central difference: h^2 times the third derivative, and 1e-6 over h.
    assert block_mean(found) == pytest.approx(charge, abs=3e-3)
