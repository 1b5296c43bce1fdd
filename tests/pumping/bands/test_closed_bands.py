"""Bands in closed form against diagonalization, which shares no code with them, and levels of an island by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations import pumping
from derivations.pumping.claims import band_claims

angles = st.floats(0.0, 2 * np.pi)
signs = np.array([-1.0, 1.0])


def hofstadter(band, momentum, angle, modulation):
    return pumping.hofstadter_band_evaluator()(band, momentum, angle, modulation)


@settings(max_examples=60, deadline=None)
@given(angles, angles, st.floats(-3.0, 3.0))
def test_three_bands_are_eigenvalues(momentum, angle, decades):
    modulation = 10.0**decades
    chain = pumping.HarperHofstadter(3, hopping=1.0, onsite_modulation=modulation, mean_induced_charge=0.5)
    found = hofstadter(np.arange(3), momentum, angle, modulation)
    # The arc cosine loses half of the digits of what is left of its argument to one, of order 1/modulation squared.
    scale = max(modulation, 1.0)
    tolerance = 1e-12 * scale * max(modulation, 1 / modulation)
    np.testing.assert_allclose(found, pumping.band_energies(chain, momentum, angle), rtol=0, atol=tolerance)


@settings(max_examples=60, deadline=None)
@given(angles, angles, st.floats(0.0, 2.0), st.floats(-6.0, 6.0))
def test_two_bands_are_eigenvalues(momentum, angle, modulation, detuning):
    chain = pumping.RiceMele(2, hopping_modulation=modulation, detuning=detuning)
    found = pumping.rice_mele_band_evaluator()(signs, momentum, angle, modulation, detuning, 0.0)
    # Where bands touch, the root of a sum that cancels is exact to the root of rounding only.
    np.testing.assert_allclose(found, pumping.band_energies(chain, momentum, angle), rtol=0, atol=1e-7)


def test_the_gap_is_twice_the_distance_from_the_gapless_point():
    angle, offset = np.linspace(0, 2 * np.pi, 97), 1.7
    across = pumping.rice_mele_difference_evaluator()(angle, 1.2)
    up = pumping.rice_mele_detuning_evaluator()(angle, 1.2, 3.0, offset)
    low, high = (pumping.rice_mele_band_evaluator()(s, np.pi, angle, 1.2, 3.0, offset) for s in signs)
    np.testing.assert_allclose(high - low, 2 * np.hypot(across, up), rtol=1e-12)


def test_the_offset_lifts_the_first_island():
    up = pumping.rice_mele_detuning_evaluator()(np.array([0.0, np.pi / 2]), 0.7, 3.0, 0.5)
    np.testing.assert_allclose(up, [0.5, 3.5], rtol=1e-15)


def test_the_discriminant_bounds_the_product_of_the_band_differences():
    momentum, angle = np.meshgrid(*[np.linspace(0, 2 * np.pi, 49)] * 2)
    for half in (0.3, 1.0, 2.5):
        first, second, third = (hofstadter(r, momentum, angle, 2 * half) for r in range(3))
        product = ((second - first) * (third - second) * (third - first)) ** 2
        bound = 108 * half**2 * (3 - 2 * half + 3 * half**2)
        assert product.min() == pytest.approx(bound, rel=1e-9)  # the grid has k = pi and the angle pi/3


def test_gaps_of_the_claim_are_open():
    assert band_claims.gap_never_closes().holds


def test_a_lead_opens_a_gap_of_its_coupling():
    level = pumping.island_level_evaluator()
    for shift in (-0.4, 0.0, 0.3):
        degenerate = 0.5 + shift / 2  # the neighbor moves the crossing of the parabolas
        low, high = level(signs, degenerate, shift, 0.3)
        assert high - low == pytest.approx(0.3, rel=1e-12)
        empty, full = pumping.shifted_parabola_evaluator()(np.arange(2), degenerate, shift)
        assert empty == pytest.approx(full, rel=1e-12)


def test_levels_without_lead_are_parabolas():
    charge = np.linspace(0.0, 1.0, 11)
    parabolas = np.sort([(n - charge) ** 2 + 0.2 * (n - charge) for n in (0, 1)], axis=0)
    levels = [pumping.island_level_evaluator()(s, charge, 0.2, 0.0) for s in signs]
    np.testing.assert_allclose(levels, parabolas, rtol=0, atol=1e-14)


def test_a_modulation_outside_the_closed_form_is_refused():
    with pytest.raises(ValueError, match="Argument `modulation` must be in"):
        hofstadter(0, 0.0, 0.0, 0.0)
