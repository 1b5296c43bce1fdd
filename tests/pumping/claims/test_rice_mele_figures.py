"""Figures 5 to 9 against the published numbers, and what their stored arrays have to obey."""

import csv
from pathlib import Path

import numpy as np
import pytest

from derivations.pumping import RiceMele, pumped_charge
from derivations.pumping.engines.steps import sufficient_steps
from figures import find

PUBLISHED = Path(__file__).parents[2] / "data" / "pumping"

# Declared before any comparison: a charge is left out where the published bonds differ among themselves by more, for
# they would be equal if it had converged. Nothing else is left out; medians do not mind avoided crossings.
SPREAD_OF_BONDS = 2e-3
MEDIAN = 1e-3


def rows(name):
    with open(PUBLISHED / name, encoding="utf-8") as file:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]


def shown(name):
    return find(name).data()


def test_figure_5_agrees_in_the_median():
    data, listed = shown("fig05_charge_against_phase"), rows("fig5_rm_q_vs_phi.csv")
    assert [row["phi"] for row in listed] == pytest.approx(data["phase"])
    theirs = np.array([(row["q"] - 2) * 300 / 299 for row in listed])
    # Phases in the middles of equal parts: -phi is the same list, backwards.
    off = abs(data["charge"][1][::-1] + theirs)
    assert np.median(off) < MEDIAN
    assert off.max() < 1e-2


def test_figure_6_agrees_in_the_median():
    data, listed, off = shown("fig06_charge_against_modulation"), rows("fig6_rm_q_vs_phi_dE.csv"), []
    for number, modulation in enumerate(data["modulation"]):
        theirs = np.array([row["q"] * 300 / 299 for row in listed if row["dE"] == modulation])
        if theirs.size:
            assert theirs[0] == pytest.approx(theirs[-1], abs=1e-9), "phases 0 and 2 pi are one"
            off.append(abs(data["charge"][number][-np.arange(19) % 19] + theirs[:-1]))
    assert len(off) == 4
    assert np.median(off) < MEDIAN
    assert np.median(off, axis=1).max() < 1.5e-3


def test_figure_7_has_the_published_quasienergies():
    data, listed = shown("fig07_winding_quasienergies"), rows("fig7_rm_quasienergies.csv")
    theirs = np.array([[row["quasienergy"], row["occupation"]] for row in listed]).reshape(-1, 64, 2)
    energy, weight = 0.05 * data["energy"][1][::-1], data["weight"][1][::-1]
    distance = abs((theirs[:, :, None, 0] - energy[:, None, :] + 0.025) % 0.05 - 0.025)
    assert distance.min(axis=2).max() < 3e-4
    occupied, ours = theirs[..., 1].argmax(axis=1), weight.argmax(axis=1)
    assert distance[np.arange(41), occupied, ours].max() < 3e-4
    assert abs(theirs[..., 1].max(axis=1) - weight.max(axis=1)).max() < 1e-3


def test_figure_8_has_the_published_gap():
    data, listed = shown("fig08_lead_coupling"), rows("fig8a_rm_gap_vs_lead.csv")
    assert [2 * row["e0_leads"] for row in listed] == pytest.approx(data["lead_coupling"])
    # Theirs has six digits; ours searches the minimum between samples.
    assert data["gap"] == pytest.approx(np.array([row["gap"] for row in listed]), rel=1e-6, abs=1e-6)


def test_figure_9_agrees_in_the_median():
    data, listed = shown("fig09_charge_against_repulsion"), rows("fig9_rm_q_vs_U_lead.csv")
    bonds = np.array([[row[f"q_bond{k}"] for k in range(7)] for row in listed]).reshape(-1, 36, 7) * 400 / 399
    repulsion = np.unique([row["U"] for row in listed])
    at = [int(np.argmin(abs(data["repulsion"] - u))) for u in repulsion]
    assert data["repulsion"][at] == pytest.approx(repulsion, abs=1e-9)
    off = abs(data["charge"][at] + bonds.mean(axis=2))
    kept = np.ptp(bonds, axis=2) < SPREAD_OF_BONDS
    assert kept.mean() > 0.5
    assert np.median(off[kept]) < MEDIAN
    assert np.median(off) < MEDIAN, "also without leaving anything out"


def test_the_slopes_of_figure_7_are_charges_of_another_engine():
    data = shown("fig07_winding_quasienergies")
    free = pumped_charge(RiceMele(6, hopping_modulation=1.2), 0.05, data["phase"][1:-1:4])
    # Central differences of a nearly straight line over steps of a twentieth of pi.
    assert data["slopes"][1, 1:-1:4] == pytest.approx(free, abs=1e-2)


def test_figure_9_without_repulsion_is_the_chain_of_free_fermions():
    data = shown("fig09_charge_against_repulsion")
    for at in (6, 20, 35):
        chain = RiceMele(6, hopping_modulation=1.0, lead_coupling=float(data["coupling"][at]))
        charge = pumped_charge(chain, 0.05, -np.pi / 3, steps=1000)
        # Away from avoided crossings; stored to a millionth, steps good to 1e-4.
        assert data["charge"][0, at] == pytest.approx(charge, abs=1e-3)


def test_the_steps_resolve_a_strong_lead():
    """A lead splits its island by E_L; steps that do not resolve it are resonant, and charges off by 0.2."""
    for lead in (8.0, 12.0, 40.0):
        chain = RiceMele(6, lead_coupling=lead)
        enough = sufficient_steps(chain, 0.05)
        charges = [pumped_charge(chain, 0.05, [0.4, 2.5], steps=n) for n in (enough, 3 * enough)]
        assert charges[0] == pytest.approx(charges[1], abs=1e-4)


def test_no_charge_without_leads_in_any_figure():
    assert shown("fig08_lead_coupling")["fast"][0] == pytest.approx(0, abs=1e-8)
    assert shown("fig09_charge_against_repulsion")["charge"][:, 0] == pytest.approx(0, abs=1e-4)
