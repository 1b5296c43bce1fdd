"""Bands, gaps and Chern numbers, against closed chains, dynamics and arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from derivations.pumping import (
    HarperHofstadter,
    RiceMele,
    band_edges,
    band_energies,
    band_gap,
    bloch_function,
    chern_numbers,
    gap_label,
    winding_number,
)

__all__: list[str] = []

FLUXES = [Fraction(1, 3), Fraction(2, 3), Fraction(1, 5), Fraction(2, 5), Fraction(3, 7)]


@settings(max_examples=10)
@given(
    st.sampled_from([RiceMele(2, hopping_modulation=1.2), *(HarperHofstadter(2, flux=f) for f in FLUXES[::2])]),
    st.floats(0, 6.28),
)
def test_bands_are_the_levels_of_a_ring(chain, angle):
    from dataclasses import replace

    q, cells = chain.cell, 6
    ring = replace(chain, islands=q * cells + 1)
    energies, bonds = ring.site_energies(angle)[:-1], ring.bonds(angle)
    matrix = np.diag(energies)
    for m, bond in enumerate(bonds):
        matrix[m, (m + 1) % (q * cells)] -= bond
        matrix[(m + 1) % (q * cells), m] -= bond
    momenta = 2 * np.pi * np.arange(cells) / cells
    found = np.sort(band_energies(chain, momenta, angle).ravel())
    # Rounding, of energies below 10.
    assert found == pytest.approx(np.linalg.eigvalsh(matrix), abs=1e-12)


def moved_by_the_lowest_band(chain, frequency: float, momenta: int, steps: int) -> float:
    """Charge per cycle by integrating the Schroedinger equation and the current dH/dk, momentum by momentum."""
    bloch, total, step = bloch_function(chain), 0.0, 2 * np.pi / steps
    h = 1e-5
    for k in 2 * np.pi * (np.arange(momenta) + 0.5) / momenta:
        state = np.linalg.eigh(bloch(k, 0.0))[1][:, 0]
        angles = (np.arange(steps) + 0.5) * step
        halves = expm(-0.5j * step / frequency * bloch(k, angles))
        speeds = (bloch(k + h, angles) - bloch(k - h, angles)) / (2 * h)
        for middle, speed in zip(halves, speeds, strict=True):
            state = middle @ state
            total += (state.conj() @ speed @ state).real * step / frequency
            state = middle @ state
    return total / momenta


@pytest.mark.parametrize(
    ("chain", "frequency"), [(RiceMele(2), 0.1), (HarperHofstadter(2), 0.03), (RiceMele(2, detuning=-6.0), 0.1)]
)
def test_chern_number_is_the_charge_that_moves_to_the_right(chain, frequency):
    moved = moved_by_the_lowest_band(chain, frequency, 6, 200)
    # Six momenta, a finite frequency and a cycle started at once leave a few percent; the sign and the integer count.
    assert moved == pytest.approx(chern_numbers(chain)[0], abs=0.15)


def test_chern_numbers_of_the_paper():
    assert chern_numbers(RiceMele(6)) == [1, -1]
    assert chern_numbers(RiceMele(6, hopping_modulation=-0.7)) == [-1, 1]
    assert chern_numbers(HarperHofstadter(6)) == [1, -2, 1]
    assert chern_numbers(HarperHofstadter(6, flux=Fraction(0))) == [0]


@pytest.mark.parametrize("flux", FLUXES)
def test_summed_chern_numbers_are_the_gap_labels(flux):
    p, q = flux.numerator, flux.denominator
    summed = np.cumsum(chern_numbers(HarperHofstadter(2, flux=flux))).tolist()
    assert summed == [gap_label(flux, r) for r in range(1, q + 1)]
    assert all((r - p * t) % q == 0 and 2 * abs(t) < q for r, t in enumerate(summed, start=1))


@settings(max_examples=8)
@given(st.floats(0.2, 3), st.floats(0.2, 3))
def test_chern_numbers_do_not_depend_on_the_amplitudes(hopping, modulation):
    assert chern_numbers(HarperHofstadter(2, hopping=hopping, onsite_modulation=modulation)) == [1, -2, 1]


def test_bands_that_touch_have_no_chern_numbers():
    for chain in (HarperHofstadter(2, flux=Fraction(1, 4)), RiceMele(2, detuning=0.0)):
        with pytest.raises(ValueError, match="bands that do not touch"):
            chern_numbers(chain)


@settings(max_examples=10)
@given(st.floats(0.1, 0.99), st.floats(1.01, 2.0))
def test_rice_mele_gap_in_closed_form(sinusoidal, clipped):
    # On the path (2 dJ cos, Delta_0 sin) with Delta_0 = 6 the shortest vector lies on the first axis.
    assert band_gap(RiceMele(2, hopping_modulation=sinusoidal)) == pytest.approx(4 * sinusoidal, rel=1e-9)
    assert band_gap(RiceMele(2, hopping_modulation=clipped)) == pytest.approx(2 * (1 + clipped), rel=1e-9)


@pytest.mark.parametrize("filled", [1, 2])
def test_hofstadter_gap_on_a_fine_grid(filled):
    chain = HarperHofstadter(2)
    k, angle = np.linspace(0, 2 * np.pi, 121), np.linspace(0, 2 * np.pi, 1201)
    bands = band_energies(chain, k[:, None], angle)
    expected = (bands[..., filled].min(axis=0) - bands[..., filled - 1].max(axis=0)).min()
    # The grid contains the minimum.
    assert band_gap(chain, filled) == pytest.approx(expected, rel=1e-9)


def test_band_edges_hold_all_momenta():
    angle = np.linspace(0, 6, 13)
    lower, upper = band_edges(HarperHofstadter(2, flux=Fraction(2, 5)), angle)
    inside = band_energies(HarperHofstadter(2, flux=Fraction(2, 5)), np.linspace(0, 6, 31)[:, None], angle)
    assert np.all(inside > lower - 1e-12)
    assert np.all(inside < upper + 1e-12)


@given(st.integers(-3, 3), st.floats(-0.5, 0.5))
def test_winding_counts_turns(turns, shift):
    around = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    path = np.stack([np.cos(turns * around) + shift, np.sin(turns * around)], axis=-1)
    assert winding_number(path) == turns


def test_ranges_are_refused():
    with pytest.raises(ValueError, match="Argument `filled` must be in"):
        band_gap(RiceMele(2), 2)
    with pytest.raises(ValueError, match="Argument `filled` must be in"):
        gap_label(Fraction(1, 4), 2)
    with pytest.raises(ValueError, match="Argument `path` must have steps"):
        winding_number(np.array([[1.0, 0.0], [-1.0, 0.0]]))
