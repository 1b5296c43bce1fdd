"""Where pumps were wrong in silence: steps that resolve nothing, gaps below rounding, estimates that say nothing."""

from fractions import Fraction

import mpmath as mp
import numpy as np
import pytest

from derivations.pumping import (
    HarperHofstadter,
    RiceMele,
    Softcore,
    band_gap,
    charge_while_phase_moves,
    chern_numbers,
    cycles_with_noise,
    floquet_spectrum,
    gap_label,
    many_body,
    pumped_charge,
    softcore_charge,
    steady_cycle_charge,
)
from derivations.pumping.bands.bloch_bands import narrow_gap, narrow_gaps
from derivations.pumping.engines.averages import CONJUGATE
from derivations.pumping.engines.free_fermions import free_averages
from derivations.pumping.engines.krylov import krylov_charge
from derivations.pumping.engines.propagation import propagate
from derivations.pumping.engines.steps import sufficient_steps

__all__: list[str] = []

PUMP = RiceMele(4, hopping_modulation=0.5, detuning=6.0)


@pytest.mark.parametrize(
    "call",
    [
        lambda n: pumped_charge(PUMP, 0.05, 0.3, steps=n),
        lambda n: pumped_charge(PUMP, 0.05, 0.3, steps=n, error=True),
        lambda n: pumped_charge(RiceMele(4, interaction=1.0), 0.05, 0.3, steps=n),
        lambda n: floquet_spectrum(PUMP, 0.05, 0.3, steps=n),
        lambda n: charge_while_phase_moves(PUMP, 0.05, [0.3, 0.4], steps=n),
        lambda n: cycles_with_noise(RiceMele(2), 0.05, 0.3, 1, steps=n),
        lambda n: steady_cycle_charge(RiceMele(2), 0.05, 0.3, relaxation=0.1, steps=n),
        lambda n: softcore_charge(Softcore(RiceMele(2)), 0.05, 0.3, steps=n),
        lambda n: propagate(PUMP, 0.05, 0.3, n),
        lambda n: free_averages(PUMP, 0.05, np.array([0.3]), n),
        lambda n: krylov_charge(PUMP, 0.05, 0.3, n),
    ],
)
def test_steps_that_do_not_resolve_the_pump_are_refused(call):
    for steps in (8, 200, 0, -3, 300.5, True, 10**9):
        with pytest.raises(ValueError, match=r"^Argument `steps` must be (an integer )?in \[\d+, .*[\])], but got"):
            call(steps)
    with pytest.raises(ValueError, match=r"\[\d\d+, 1e\+07\], but got 8; fewer do not resolve"):
        call(8)


def test_the_fewest_steps_that_are_admitted_are_right():
    right = pumped_charge(PUMP, 0.05, 0.3, steps=20 * sufficient_steps(PUMP, 0.05))
    # Five digits of it are known from other steps.
    assert right == pytest.approx(-0.340510, abs=5e-6)
    with pytest.raises(ValueError, match="resolve") as refused:
        pumped_charge(PUMP, 0.05, 0.3, steps=8)
    least = int(str(refused.value).split("[")[1].split(",")[0])
    # One step for each turn of the fastest transition, at the fourth order of the rule.
    for steps in (least, least + 1, least + 7):
        assert pumped_charge(PUMP, 0.05, 0.3, steps=steps) == pytest.approx(right, abs=1e-4)


def test_drive_that_no_memory_holds_is_refused():
    for call in (pumped_charge, floquet_spectrum):
        with pytest.raises(ValueError, match=r"`frequency` must be in \[1.73e-06, inf\) .* but got 1e-300"):
            call(RiceMele(4), 1e-300, 0.3)
    with pytest.raises(ValueError, match=r"`frequency` must be in .* for this pump, but got 1e-300"):
        softcore_charge(Softcore(RiceMele(2)), 1e-300, 0.3)


def gap_with_fifty_digits(flux, hopping, filled, angle, digits=50):
    """Gap at a drive angle for delta mu = 1, from the ring of one cell at k = 0 and pi, by mpmath's own eigenvalues."""
    q = flux.denominator

    with mp.workdps(digits):
        hop, edges = mp.mpf(hopping), []
        for sign in (1, -1):
            matrix = mp.zeros(q, q)
            for m in range(q):
                matrix[m, m] = -mp.cos(angle - 2 * mp.pi * flux.numerator * m / q)
                after = (m + 1) % q
                matrix[m, after] -= hop * (sign if after == 0 else 1)
                matrix[after, m] -= hop * (sign if after == 0 else 1)
            edges.append(sorted(mp.eigsy(matrix, eigvals_only=True)))
        return min(e[filled] for e in edges) - max(e[filled - 1] for e in edges)


def test_narrow_gap_has_nine_digits():
    # delta mu = 1, J = 0.001; the number is that of a run by another program.
    found = band_gap(HarperHofstadter(2, hopping=0.001, onsite_modulation=1.0, flux=Fraction(2, 7)), 1)
    assert found == pytest.approx(8.583047692e-10, rel=1e-9)
    for flux, filled in ((Fraction(2, 7), 1), (Fraction(3, 8), 2), (Fraction(3, 8), 3)):
        chain = HarperHofstadter(2, hopping=0.001, onsite_modulation=1.0, flux=flux)
        # Both angles of reflection; the gap is least at one of them.
        with mp.workdps(50):
            angles = (mp.mpf(0), mp.pi / flux.denominator)
        expected = min(gap_with_fifty_digits(flux, 0.001, filled, angle) for angle in angles)
        assert band_gap(chain, filled) == pytest.approx(float(expected), rel=1e-9)


def test_gap_that_is_closed_is_zero():
    assert band_gap(HarperHofstadter(2, flux=Fraction(1, 4)), 2) == 0
    assert band_gap(HarperHofstadter(2, hopping=0.0), 1) == 0


@pytest.mark.parametrize("flux", [Fraction(7, 15), Fraction(8, 17), Fraction(5, 17)])
def test_chern_numbers_behind_gaps_that_a_grid_takes_for_closed(flux):
    found = chern_numbers(HarperHofstadter(2, hopping=1.0, onsite_modulation=0.05, flux=flux))
    p, q = flux.numerator, flux.denominator
    assert sum(found) == 0
    # Diophantine equation of each gap, and the charges of particles and holes.
    for filled, moved in enumerate(np.cumsum(found)[:-1].tolist(), start=1):
        assert (filled - p * moved) % q == 0
        assert 2 * abs(moved) < q
        assert moved == gap_label(flux, filled)
    assert found == found[::-1]


def test_bands_that_touch_are_still_refused():
    for chain, below in (
        (HarperHofstadter(2, hopping=1.0, onsite_modulation=0.05, flux=Fraction(7, 16)), 8),
        (HarperHofstadter(2, hopping=0.0, flux=Fraction(2, 5)), 1),
        (HarperHofstadter(2, onsite_modulation=0.0), 1),
    ):
        with pytest.raises(ValueError, match=f"bands that do not touch, but bands {below} and {below + 1} do"):
            chern_numbers(chain)


@pytest.mark.parametrize(
    ("chain", "frequency"),
    [
        (RiceMele(4, hopping_modulation=1.2), 0.2),
        (RiceMele(4, hopping_modulation=2.0), 0.2),
        (RiceMele(3, hopping_modulation=5.0, detuning=1.0), 0.2),
        (RiceMele(4, hopping_modulation=1.2, interaction=2.0), 0.1),
        (HarperHofstadter(4), 0.05),
    ],
)
def test_quasienergies_have_the_accuracy_that_is_stated(chain, frequency):
    fine = 24 * sufficient_steps(chain, frequency)
    largest = abs(np.linalg.eigvalsh(many_body(chain, 0.7).dense(np.linspace(0, 6, 13)))).max()
    for phase in (0.2, 0.7, 2.4):
        found, right = (floquet_spectrum(chain, frequency, phase, steps=n)[0] for n in (None, fine))
        apart = (found[:, None] - right + frequency / 2) % frequency - frequency / 2
        # The rule is of the fourth order: what is left of the finer one is 1e-5 of the error.
        assert abs(apart).min(axis=1).max() < 1e-6 * largest


@pytest.mark.parametrize("islands", [4, 6, 9])
def test_free_error_is_of_use_at_half_filling(islands):
    chain = HarperHofstadter(islands, mean_induced_charge=0.5)
    charge, error = pumped_charge(chain, 0.01, np.pi / 2, error=True)
    right = pumped_charge(chain, 0.01, np.pi / 2, steps=12 * sufficient_steps(chain, 0.01))
    assert abs(charge - right) <= error
    # It was the whole charge, 5.6 and 20.6, for modes that are each other's conjugates.
    assert 0 < error < 2e-3


def test_vectors_of_conjugate_modes_are_not_turned_by_another_rule():
    chain = HarperHofstadter(6, mean_induced_charge=0.5)
    steps = sufficient_steps(chain, 0.01)
    coarse, fine = (free_averages(chain, 0.01, np.array([np.pi / 2]), n)[0] for n in (steps, 2 * steps))
    partners = abs(fine.vectors.T @ fine.vectors) > CONJUGATE
    # Every mode has one partner, though some eigenphases lie within 1e-7 of each other and of their own.
    assert partners.sum(axis=0).tolist() == [1] * 14
    projectors = [v[:, :, None] * v.conj()[:, None, :] for v in (coarse.vectors.T, fine.vectors.T)]
    for k in np.flatnonzero(abs(fine.angles) < 1e-6):
        nearest = max(abs(np.trace(projectors[0][m] @ projectors[1][k])) for m in range(14))
        assert nearest == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("flux", "filled"), [(Fraction(1, 3), 1), (Fraction(1, 3), 2), (Fraction(1, 4), 1), (Fraction(3, 8), 3)]
)
def test_gap_with_many_digits_is_that_of_doubles_where_it_is_wide(flux, filled):
    chain = HarperHofstadter(2, hopping=0.5, onsite_modulation=1.2, flux=flux)
    assert narrow_gap(chain, filled) == pytest.approx(band_gap(chain, filled), rel=1e-9)
    assert narrow_gaps(chain)[filled - 1] == pytest.approx(band_gap(chain, filled), rel=1e-2)
