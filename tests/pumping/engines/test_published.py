"""Published charges that rows cite: each equals the file, and the rows' own numbers agree with it."""

import csv
from pathlib import Path

import numpy as np
import pytest

from derivations.pumping import RiceMele, band_gap, many_body_gap, pumped_charge
from derivations.pumping.claims.hofstadter_claims import charges_around
from derivations.pumping.claims.lead_claims import band_gap_of_the_lead
from derivations.pumping.claims.rice_mele_claims import charges, clipped_drive, dispersion_falls, quantized_average
from derivations.pumping.published import AVERAGES, LARGEST, LOST, SATURATED, SWINGS, cited

PUBLISHED = Path(__file__).parents[2] / "data" / "pumping"


def rows(name):
    with open(PUBLISHED / name, encoding="utf-8") as file:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]


def figure_6(modulation):
    """Charges at 19 phases in the book's sign; the last phase is the first one again."""
    return -np.array([row["q"] for row in rows("fig6_rm_q_vs_phi_dE.csv") if row["dE"] == modulation])[:-1]


def test_a_clone_has_the_published_numbers():
    assert len(list(PUBLISHED.glob("*.csv"))) == 8
    assert "github.com/mwauters92/QuantumPumping" in (PUBLISHED / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("modulation", SWINGS)
def test_cited_charges_are_those_of_the_file(modulation):
    q = figure_6(modulation)
    assert round(float(np.ptp(q)), 3) == SWINGS[modulation]
    if modulation in AVERAGES:
        assert round(1 - float(q.mean()), 5) == AVERAGES[modulation]
        assert round(float(abs(1 - q).max()), 5) == LARGEST[modulation]
        whole = q * 300 / 299
        assert f"{100 * (1 - whole.mean()):.2f}%" in cited(modulation)
        assert f"{100 * abs(1 - whole).max():.2f}% without it" in cited(modulation)


def test_the_quadrature_loses_one_part_in_300():
    """Rectangles of width T/300 on 299 intervals: a constant current comes out too small by 1/300."""
    assert pytest.approx(1 - 299 / 300) == LOST


def test_cited_gap_is_that_of_the_file():
    gaps = [row["gap"] for row in rows("fig8a_rm_gap_vs_lead.csv") if row["e0_leads"] >= 1]
    assert gaps == pytest.approx([SATURATED] * len(gaps), abs=1e-6)


def test_rows_agree_with_the_published_charges():
    for found in (clipped_drive(), dispersion_falls(), quantized_average()):
        assert found.holds
    for modulation in (0.5, 0.7, 0.9):
        ours = float(np.ptp(charges(RiceMele(6, hopping_modulation=modulation))))
        # 20 phases here, 19 other ones there, and 1/300 that is lost.
        assert ours == pytest.approx(SWINGS[modulation], rel=2e-2), modulation
    # A percent of a pair is missing at most in both, at any of their phases less than three.
    clipped = charges(RiceMele(6, hopping_modulation=1.1))
    assert abs(clipped.mean() - (1 - AVERAGES[1.1]) / (1 - LOST)) < 3e-3
    assert abs(clipped - 1).max() < 0.03


def test_what_a_clipped_drive_misses_is_nonadiabatic():
    """A quarter of the frequency leaves much less, in a chain long enough to have no phase dependence."""
    chain = RiceMele(20, hopping_modulation=1.1)
    fast, slow = (abs(1 - pumped_charge(chain, frequency, [0.4, 2.0, 4.1]).mean()) for frequency in (0.1, 0.025))
    assert slow < fast / 8
    assert fast < 0.02


def test_half_of_the_distance_of_the_bands_is_where_the_gap_saturates():
    chain = RiceMele(6, hopping_modulation=1.0, lead_coupling=2.0)
    assert many_body_gap(chain) == pytest.approx(band_gap(chain) / 2, rel=1e-6)
    assert many_body_gap(RiceMele(6, hopping_modulation=1.0, lead_coupling=1.0)) == pytest.approx(1, rel=1e-6)
    assert band_gap_of_the_lead().holds


def test_averages_between_the_plateaus_are_the_published_ones():
    runs = {row["average_ng"]: row for row in rows("hh_runs.csv") if row["L"] == 6 and row["U"] == 0}
    for mean in (0.475, 0.525):
        assert charges_around(mean).mean() == pytest.approx(runs[mean]["mean_q"], abs=1e-3)
