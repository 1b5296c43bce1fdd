"""Where approximations end: each boundary is where the two formulas it compares are off by the tolerance."""

import math

import numpy as np
import pytest

from derivations.cotunneling import (
    cotunneling_amplitude,
    exact_amplitudes,
    frequency_ratio,
    merged_instanton_amplitude,
    regime_boundary,
    renormalized_amplitude,
    slip_amplitude,
    uniform_amplitude,
)

__all__: list[str] = []


@pytest.mark.parametrize("tolerance", [0.03, 0.1])
def test_slips_merge_where_the_pair_is_its_steepest_descent(tolerance):
    for ej_over_ec in (10.0, 60.0):
        xi = float(frequency_ratio(1 / ej_over_ec))
        ratio = regime_boundary("slips merge", ej_over_ec, tolerance=tolerance)
        # Eq. 29 as printed; roots are found to 1e-5 in ln(C_m/C).
        printed = 8 * math.sqrt(3 * xi / (math.pi * ratio)) * math.exp(-16 / xi)
        pair = cotunneling_amplitude(1, xi, xi, ratio * ej_over_ec)
        assert pair / printed == pytest.approx(1 + tolerance, abs=1e-5)


def test_single_slips_leave_perturbation_theory_as_the_root_of_the_frequency_ratio():
    ej_over_ec = np.array([5.0, 100.0])
    xi = frequency_ratio(1 / ej_over_ec)
    ratio = regime_boundary("single slips leave", ej_over_ec)
    off = slip_amplitude((1, 0), xi, xi, capacitance_ratio=ratio) / renormalized_amplitude(xi, ratio * ej_over_ec)
    assert off == pytest.approx([1.1, 1.1], rel=1e-5)
    # 8(5/8 - pi^2/24) r^2/xi = ln 1.1, with corrections of relative order r from the prefactor, about r/4 over ln 1.1.
    leading = np.sqrt(math.log(1.1) * xi / 8 / (5 / 8 - math.pi**2 / 24))
    assert np.all(ratio / leading > 1)
    assert ratio / leading == pytest.approx([1, 1], rel=0.7)
    assert regime_boundary("single slips leave", 25.0, tolerance=0.2) > regime_boundary("single slips leave", 25.0)


def test_pairs_leave_at_one_ratio_of_capacitances():
    ratio = regime_boundary("pairs leave", [5.0, 50.0])
    assert ratio[0] == ratio[1]
    # Far in the strong regime merged over Eq. 29 is the same for all xi.
    xi = 0.01
    printed = math.log(8 * math.sqrt(3 * xi / (math.pi * ratio[0]))) - 16 / xi
    assert merged_instanton_amplitude(xi, ratio[0], log=True)[1] - printed == pytest.approx(math.log(1.1), abs=1e-5)


def test_common_slips_overtake_where_exact_bands_have_it():
    for ej_over_ec in (10.0, 40.0):
        ratio = float(regime_boundary("common slips overtake", ej_over_ec))
        exact = exact_amplitudes(ej_over_ec, ratio, digits=24)
        # Semiclassics is off by a few percent, the order Omega/E_J of the prefactors.
        assert exact[1, 1] / exact[1, 0] == pytest.approx(1, abs=0.12)
        xi = frequency_ratio(1 / ej_over_ec)
        assert exact[1, 1] == pytest.approx(float(uniform_amplitude(xi, capacitance_ratio=ratio)), rel=0.025)


def test_arguments_outside_their_range_are_refused():
    with pytest.raises(ValueError, match="must be one of slips merge, single slips leave"):
        regime_boundary("slips part", 10.0)
    with pytest.raises(ValueError, match=r"Argument `ej_over_ec` must be in \[5, 100\], but got 4"):
        regime_boundary("slips merge", 4.0)
    with pytest.raises(ValueError, match=r"Argument `tolerance` must be in \[0.01, 0.5\], but got 0"):
        regime_boundary("slips merge", 10.0, tolerance=0.0)
    assert regime_boundary("pairs leave", [[10.0], [20.0]]).shape == (2, 1)
