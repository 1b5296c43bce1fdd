"""Harper-Hofstadter results: figures against the published numbers, Chern numbers and symmetries; disorder."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from derivations.pumping import HarperHofstadter, RiceMele, band_gap, disordered, pumped_charge
from derivations.pumping.engines.many_body import many_body
from figures import find

__all__: list[str] = []

PUBLISHED = Path(__file__).parents[2] / "data" / "pumping"


def rows(name):
    with open(PUBLISHED / name, encoding="utf-8") as file:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def averages():
    return find("fig12_charge_against_filling").data()


def test_stored_averages_against_filling_are_the_published_ones(averages):
    runs = {int(run["code"]): run for run in rows("hh_runs.csv")}
    found = defaultdict(list)
    for row in rows("hh_q.csv"):
        found[int(row["code"])].append(row["q"])
    deviations, compared = [], 0
    for code, charges in found.items():
        run = runs[code]
        at = np.flatnonzero(np.isclose(averages["mean"], run["average_ng"]))
        if run["L"] != 6 or run["omega"] != 0.01 or run["U"] not in (0, 0.5) or not at.size or len(charges) != 20:
            continue
        here = averages["average"][0 if run["U"] == 0 else 1, at[0]]
        deviations.append(abs(here - np.mean(charges)))
        compared += 1
    assert compared >= 20
    # The same 20 phases in both; what is left is their number of steps.
    assert np.median(deviations) < 1e-4
    assert max(deviations) < 1e-3


def test_stored_curve_at_the_edge_is_the_published_one(averages):
    theirs = {round(row["phi"], 6): row["q"] for row in rows("hh_q.csv") if row["code"] == 52}
    assert sorted(theirs) == pytest.approx(averages["phase"][::6], abs=1e-6)
    off = abs(averages["curves"][2][::6] - [theirs[phase] for phase in sorted(theirs)])
    # Their steps are 501 a period, ours a quarter more; next to the many avoided crossings both show.
    assert np.median(off) < 3e-4
    assert off.max() < 5e-3


def test_run_at_twice_the_frequency_is_the_published_one():
    theirs = np.array([(row["phi"], row["q"]) for row in rows("hh_q.csv") if row["code"] == 102])
    here = pumped_charge(HarperHofstadter(6, mean_induced_charge=0.35), 0.02, theirs[:, 0])
    assert abs(here - theirs[:, 1]).max() < 1e-3
    assert here.mean() == pytest.approx(theirs[:, 1].mean(), abs=1e-4)


def test_followed_quasienergy_is_the_published_one():
    stored = find("fig11_winding_quasienergies").data()
    theirs = [row for row in rows("hh_quasienergies_occ_gt_1e-4.csv") if row["code"] == 71]
    assert len(theirs) == 50
    here = stored["followed"][0, :100:2]
    assert [row["phi"] for row in theirs] == pytest.approx(stored["phase"][:100:2], abs=1e-10)
    off = here - np.array([row["quasienergy"] for row in theirs]) / 0.01
    off -= np.round(off[0] * 1000) / 1000  # their constant, E_C n_g^2 of each island
    # Their steps are 501 a period with a midpoint rule: 2e-4 of the zone.
    assert abs(off - np.round(off)).max() < 3e-3


def test_windings_are_opposite_and_make_one_pair():
    stored = find("fig11_winding_quasienergies").data()
    assert stored["passages"].tolist() == [[2, 3], [3, 2]]
    assert stored["followed"][:, -1] - stored["followed"][:, 0] == pytest.approx([-1, 1], abs=1e-9)
    assert stored["weight"].min() > 0.99
    # Steps from phase to phase must stay below half a zone, or the winding is a guess.
    assert abs(np.diff(stored["followed"], axis=1)).max() < 0.25


def test_plateaus_and_their_mirror_images(averages):
    mean, free, repelled = averages["mean"], *averages["average"]
    inside = (mean > 0.37) & (mean < 0.44)
    assert free[inside] == pytest.approx(1, abs=5e-3)
    assert repelled[(mean > 0.345) & (mean < 0.455)] == pytest.approx(1, abs=5e-3)
    assert (free + free[::-1])[inside] == pytest.approx(0, abs=6e-3)  # starts differ by half a period
    assert free[mean < 0.31] == pytest.approx(0, abs=1e-5)  # an empty chain pumps nothing


def test_disorder_of_no_strength_changes_nothing():
    for chain in (HarperHofstadter(4), RiceMele(4, hopping_modulation=1.2)):
        sample = disordered(chain, 3)
        # Without reflection symmetry the other half of the period is computed too: rounding only.
        assert pumped_charge(sample, 0.2, 0.7) == pytest.approx(pumped_charge(chain, 0.2, 0.7), abs=1e-7), chain


def test_disorder_reaches_both_engines():
    sample = disordered(HarperHofstadter(3), 5, site=0.3, hopping=0.4)
    repelled = disordered(HarperHofstadter(3, interaction=1e-12), 5, site=0.3, hopping=0.4)
    # A repulsion of 1e-12 sends the same chain to all of its 2^N states.
    assert pumped_charge(sample, 0.2, 0.7) == pytest.approx(pumped_charge(repelled, 0.2, 0.7), abs=1e-6)
    diagonal = many_body(sample, 0.0).dense(0.3).diagonal().real
    assert diagonal[4] - diagonal[0] == pytest.approx(sample.site_energies(0.3)[0], rel=1e-12)
    assert abs(sample.site_energies(0.3) - sample.chain.site_energies(0.3)).max() > 0.05
    ratio = sample.bonds(0.3) / sample.chain.bonds(0.3)
    assert 0.6 <= ratio.min() < ratio.max() <= 1.4
    assert ratio == pytest.approx(disordered(RiceMele(3), 5, hopping=0.4).junctions, rel=1e-12)


def test_disorder_moves_each_island_evenly_and_in_proportion_to_its_strength():
    chain = HarperHofstadter(24)
    offsets = np.array([disordered(chain, seed, site=0.5).offsets for seed in range(200)])
    # A uniform distribution of half-width W has the variance W^2/3; 4800 numbers give it to 2%.
    assert abs(offsets).max() == pytest.approx(0.5, abs=1e-3)
    assert (offsets**2).mean() == pytest.approx(0.25 / 3, rel=0.05)
    # Islands and samples know nothing of each other: 1/sqrt(200) of chance each.
    assert abs(np.corrcoef(offsets.T) - np.eye(24)).max() < 5 / np.sqrt(200)
    assert disordered(chain, 7, site=0.1).offsets == pytest.approx(offsets[7] / 5, rel=1e-12)


def test_disorder_matters_where_it_reaches_the_gap():
    stored = find("charge_with_disorder").data()
    weak, strong = stored["strength"] <= 0.1, stored["strength"] > 1
    off = abs(stored["charge"] - 1)
    assert stored["charge"].shape[-1] >= 200
    # Avoided crossings of Floquet states catch a sample now and then, so that a few are off at any strength.
    assert (off[:, weak] < 0.02).mean(axis=-1).min() > 0.8
    assert (off[:, strong] < 0.1).mean(axis=-1).max() < 0.4
    medians = np.median(stored["charge"], axis=-1)
    assert (np.diff(medians[:, stored["strength"] >= 0.3]) < 0).all()


def test_pumps_of_different_gaps_bear_disorder_of_different_size():
    pumps = {HarperHofstadter(18): 0.02, RiceMele(18, hopping_modulation=1.2): 0.05}
    small, large = (band_gap(chain) for chain in pumps)
    assert large > 6 * small

    def median(chain, width):
        samples = [disordered(chain, seed, site=width) for seed in range(5)]
        return np.median([pumped_charge(sample, pumps[chain], 1.0) for sample in samples])

    low, high = pumps
    # The same energies are nothing to one pump and the end of the other.
    assert median(high, 0.3 * large) == pytest.approx(1, abs=0.02)
    assert median(low, 0.3 * large) < 0.6
    assert median(low, 0.3 * small) == pytest.approx(1, abs=0.05)  # 18 islands: the phase is felt by 0.03


@pytest.mark.parametrize(("name", "value"), [("site", -0.1), ("site", np.nan), ("hopping", 1.5), ("hopping", -1.0)])
def test_disorder_out_of_range_is_refused(name, value):
    with pytest.raises(ValueError, match=f"Argument `{name}` must be in"):
        disordered(HarperHofstadter(3), 1, **{name: value})


def test_butterfly_is_labeled_by_the_diophantine_equation():
    found = find("butterfly_measured").data()
    # A drive a fortieth of the gap squared leaves less than a hundredth of a pair.
    assert found["charge"] == pytest.approx(found["label"], abs=1e-2)
    assert set(found["label"]) == {-3, -2, -1, 1, 2, 3}
