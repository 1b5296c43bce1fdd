"""Unequal junctions at any C_m: limits, exchange, and diagonalized junctions."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from derivations.cotunneling import cotunneling_amplitude, uniform_amplitude, uniform_pair_amplitude
from derivations.cotunneling.exact.two_junctions import two_junction_amplitudes
from derivations.cotunneling.strong_coupling.unequal import AT_CONTACT, contact, rigid_frequency_ratio
from derivations.cotunneling.symbols import coupling, kappa, x, xi_1, xi_2
from rederived.evaluate.evaluator import evaluator

__all__: list[str] = []

RIGID = evaluator("rigid", rigid_frequency_ratio(), {"xi_1": xi_1, "xi_2": xi_2, "kappa": kappa})


@pytest.mark.parametrize("xi", [0.4, 0.75])
@pytest.mark.parametrize("ratio", [0.01, 0.3, 2.0])
def test_equal_junctions_have_their_own_amplitude(xi, ratio):
    # The path is solved to 1e-8; at couplings above 200 the distance from steepest descent is extrapolated.
    assert uniform_pair_amplitude(xi, xi, capacitance_ratio=ratio) == pytest.approx(
        float(uniform_amplitude(xi, capacitance_ratio=ratio)), rel=1e-7
    )
    assert uniform_pair_amplitude(xi, xi, capacitance_ratio=10.0) == pytest.approx(
        float(uniform_amplitude(xi, capacitance_ratio=10.0)), rel=1e-4
    )


@settings(max_examples=6)
@given(st.floats(0.4, 1.2), st.floats(0.4, 1.2), st.floats(-2, 0.3), st.floats(-0.6, 0.6))
def test_exchange_of_the_junctions_changes_nothing(first, second, decade, asymmetry):
    energy, ratio = 10**asymmetry, 10**decade
    # C_m is counted in C_1, and C_2/C_1 = xi_1^2 E_J1/(xi_2^2 E_J2).
    seen_from_second = ratio * second**2 / (first**2 * energy)
    if not 1e-3 <= seen_from_second <= 10:
        return
    one = uniform_pair_amplitude(first, second, capacitance_ratio=ratio, kappa=energy)
    assert one == pytest.approx(
        uniform_pair_amplitude(second, first, capacitance_ratio=seen_from_second, kappa=1 / energy), rel=1e-6
    )


@pytest.mark.parametrize(
    ("first", "second", "energy", "ratio", "within"),
    [
        (0.75, 1.0, 1.0, 0.1, 0.01),
        (0.75, 1.0, 1.0, 1.0, 0.025),
        (0.9, 0.4, 0.5, 0.3, 0.01),
        (0.4, 0.9, 3.0, 1.0, 0.025),
        (0.6, 0.6, 5.0, 3.0, 0.025),
        (0.9, 0.4, 0.5, 10.0, 0.025),
        (1.0, 0.5, 10.0, 3.0, 0.08),
    ],
)
def test_diagonalized_unequal_junctions(first, second, energy, ratio, within):
    josephson = math.sqrt(energy), 1 / math.sqrt(energy)
    charging = [xi**2 * e_j / 8 for xi, e_j in zip((first, second), josephson, strict=True)]
    exact = two_junction_amplitudes(josephson, charging, capacitance_ratio=ratio, digits=20)[1, 1]
    # What the docstring states; the constant that mixes both corrections was fitted to equal junctions only.
    assert exact == pytest.approx(
        float(uniform_pair_amplitude(first, second, capacitance_ratio=ratio, kappa=energy)), rel=within
    )


def test_weakly_coupled_junctions_are_the_gas_of_exact_ones():
    from derivations.cotunneling import exact_single_junction_amplitude, single_junction_amplitude

    first, second, ratio = 0.5, 0.8, 1e-3
    corrections = exact_single_junction_amplitude([first, second]) / single_junction_amplitude([first, second])
    gas = cotunneling_amplitude(1, first, second, 8 * ratio / first**2) * np.prod(corrections)
    # The next order is (E_J/Omega) r.
    assert uniform_pair_amplitude(first, second, capacitance_ratio=ratio) == pytest.approx(float(gas), rel=2e-3)


def test_contact_is_the_top_of_the_attraction():
    arguments = {"xi_1": xi_1, "xi_2": xi_2, "kappa": kappa, "coupling": coupling}
    made = (evaluator("contact", part, arguments, rules={x: AT_CONTACT}) for part in contact())
    depth, curvature = (float(one(0.5, 0.8, 1.7, 3.0)) for one in made)

    def attraction(y):
        a = 0.5 / 0.8 * 1.7
        return 3 * 0.5 / 2 * quad(lambda u: 1 / (math.cosh(a * u) * math.cosh(u - y)), -40, 40, epsabs=1e-13)[0]

    assert depth == pytest.approx(attraction(0.0), rel=1e-10)
    # Central differences at a step of 0.05, with one Richardson step: 1e-6.
    bent = [(2 * attraction(0.0) - attraction(h) - attraction(-h)) / h**2 for h in (0.1, 0.05)]
    assert curvature == pytest.approx((4 * bent[1] - bent[0]) / 3, rel=1e-4)


@given(st.floats(0.2, 1.5), st.floats(0.2, 1.5), st.floats(0.1, 10))
def test_rigid_pair_adds_capacitances_and_energies(first, second, energy):
    e_c = [first**2 * energy / 8, second**2 / 8]
    rigid = math.sqrt(8 / (1 / e_c[0] + 1 / e_c[1]) / (1 + energy))
    assert RIGID(first, second, energy) == pytest.approx(rigid, rel=1e-13)


def test_arguments_outside_their_range_are_refused_and_shapes_kept():
    with pytest.raises(ValueError, match=r"Argument `xi_1` must be in \[0.2, 1.5\], but got 0.1"):
        uniform_pair_amplitude(0.1, 0.5, capacitance_ratio=1.0)
    with pytest.raises(ValueError, match=r"Argument `capacitance_ratio` must be in \[0.001, 10\], but got 0"):
        uniform_pair_amplitude(0.5, 0.5, capacitance_ratio=0.0)
    sign, logarithm = uniform_pair_amplitude([[0.5], [0.7]], 0.6, capacitance_ratio=[0.1, 1.0], log=True)
    assert sign.shape == logarithm.shape == (2, 2)
    assert np.exp(logarithm[1, 0]) == pytest.approx(
        float(uniform_pair_amplitude(0.7, 0.6, capacitance_ratio=0.1)), rel=1e-12
    )
