"""What the abstract claims of both drags: power laws by quadrature of the circuit, numbers by hand."""

import math

import mpmath as mp
import pytest
from scipy import constants as si

from derivations.cotunneling import cooper_pair_cotunneling_amplitude, exact_cooper_pair_amplitudes
from derivations.cotunneling import symbols as sym
from derivations.cotunneling.claims import dual_claims as claims

__all__: list[str] = []


@pytest.mark.parametrize("time", [3.0, 40.0])
def test_phase_of_an_rc_node_on_the_axis_of_frequencies(time):
    # The spectrum (1 - cos)/(s(1 + s)) itself, unturned; its oscillating part is summed period by period.
    with mp.workdps(20):
        smooth = mp.quad(lambda s: (1 - mp.cos(s * time)) / (s * (1 + s)), mp.linspace(0, 8 * mp.pi / time, 9))
        start = 8 * mp.pi / time
        rest = mp.log((1 + start) / start)
        wave = mp.quadosc(lambda s: mp.cos(s * time) / (s * (1 + s)), [start, mp.inf], omega=time)
        expected = smooth + rest - wave
        lemma = claims.shunt_logarithm().lhs.function
        turned = mp.quad(lambda u: (1 - mp.exp(-time * u)) / (u * (1 + u**2)), [0, 1 / time, 1, mp.inf])
    assert float(lemma.subs({claims.x: time, claims.u: 0.5})) == pytest.approx((1 - math.exp(-time / 2)) / 0.625)
    assert float(turned) == pytest.approx(float(expected), rel=1e-10)
    # Omega_c tau is the whole logarithm up to the tail, 1/time^2.
    cutoff = float(claims.shunt_cutoff().subs({sym.R_1: 2.0, claims.C_shunt: 0.5}))
    assert math.log(cutoff * time) == pytest.approx(float(expected), abs=1.1 / time**2)


@pytest.mark.parametrize("depth", [0.3, 2.0])
def test_transfers_of_one_and_two_pairs_are_those_of_the_island(depth):
    exact, derived = exact_cooper_pair_amplitudes(depth, 0.005, 0.005), claims.transfer_amplitudes(depth, 0.005)
    # (E_J/omega_0)^2 is left, times a few.
    assert {n: exact[n] for n in derived} == pytest.approx(derived, rel=1e-4, abs=0)


def test_exact_island_confirms_the_closed_form():
    found = claims.amplitude_is_that_of_the_island()
    assert found.holds
    # Of fourth order in E_J/omega_0 = 0.02, and the rounding of the oracle over E_J^2.
    assert found.value < 1e-6


def test_voltages_become_comparable_later_than_amplitudes():
    found = claims.drag_is_comparable()
    assert found.holds
    shares = [float(s) for s in found.evidence.split("=")[1].split("at")[0].split(",")]
    assert shares == sorted(shares)
    assert shares[2] < 0.01 < 0.5 < shares[3] <= 1


def test_current_of_the_example_in_amperes():
    # By hand, at T = 0: 2e 2 pi (g_11^2 - g_1-1^2) eps^(2 rho - 1)/(Gamma(2 rho) Omega_c^(2 rho)) in SI.
    inductance, capacitance, resistance = 20e-9, 1e-15, 7.5e3
    resonance = (inductance * capacitance) ** -0.5
    depth = 2 * si.e**2 / capacitance / (si.hbar * resonance)
    energy = 2 * math.pi * 6e9
    same, opposite = (cooper_pair_cotunneling_amplitude(c, depth) * energy**2 / resonance for c in (1, -1))
    rho = 2 * resistance / (si.h / (4 * si.e**2))
    cutoff = math.exp(0.5772156649015329) / (resistance * 3e-15)
    gain = 2 * si.e * 5e-6 / si.hbar
    rate = 2 * math.pi * (same**2 - opposite**2) * gain ** (2 * rho - 1) / math.gamma(2 * rho) / cutoff ** (2 * rho)
    found = claims.cooper_pair_drag_is_measurable()
    # 20 mK is 0.17 of the gain: between the cold law and the linear one, which adds less than a factor of four.
    assert 1 < found.value / (2 * si.e * rate) < 4
    assert found.holds
