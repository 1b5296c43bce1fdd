"""A reader's own drive: the solvers take it as they take the house's pumps, and say what is missing."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from derivations.pumping import (
    Chain,
    HarperHofstadter,
    Imperfect,
    PeriodicChain,
    RiceMele,
    Softcore,
    band_gap,
    charge_while_phase_moves,
    chern_numbers,
    cycles_with_noise,
    floquet_spectrum,
    frequency_window,
    from_functions,
    gap_label,
    many_body,
    many_body_gap,
    pumped_charge,
    softcore_charge,
)

__all__: list[str] = []


def rice_mele_by_hand(islands: int, sense: float = 1.0, **more):
    """The clipped pump of the paper with its drive typed here, run forwards or backwards."""
    opens = math.acos(-1 / 1.2)
    return from_functions(
        islands,
        lambda angle, j: 6.0 * (-1.0) ** j * np.sin(sense * angle),
        lambda angle, j: np.maximum(0.0, 1.0 + 1.2 * (-1.0) ** j * np.cos(angle)),
        lead_coupling=4.0,
        kinks=(opens, math.pi - opens, math.pi + opens, 2 * math.pi - opens),
        cell=2,
        **more,
    )


def sliding(islands: int, numerator: int, denominator: int):
    """A cosine of the potential that moves along the chain, by p islands in q cycles."""
    return from_functions(
        islands,
        lambda angle, j: -np.cos(angle - 2 * np.pi * numerator / denominator * j),
        lambda angle, j: 0.5,
        cell=denominator,
    )


def test_house_and_own_chains_are_chains():
    chains = [RiceMele(4), HarperHofstadter(3), Imperfect(RiceMele(2)), rice_mele_by_hand(2)]
    assert all(isinstance(chain, Chain) for chain in chains)
    assert [isinstance(chain, PeriodicChain) for chain in chains] == [True, True, False, True]
    assert not isinstance(many_body(chains[0]), Chain)


@pytest.mark.parametrize("interaction", [0.0, 1.0])
def test_a_drive_typed_by_hand_pumps_what_the_derived_one_pumps(interaction):
    own = rice_mele_by_hand(
        4, interaction=interaction, induced_charge=lambda angle, j: 0.5 - 0.375 * (-1.0) ** j * np.sin(angle)
    )
    house = RiceMele(4, hopping_modulation=1.2, interaction=interaction)
    # The same numbers but for the rounding of one drive, which some hundred steps enlarge.
    assert pumped_charge(own, 0.2, 0.7) == pytest.approx(pumped_charge(house, 0.2, 0.7), abs=1e-8)
    assert many_body_gap(own, 0.7) == pytest.approx(many_body_gap(house, 0.7), abs=1e-8)
    assert floquet_spectrum(own, 0.2, 0.7)[0] == pytest.approx(floquet_spectrum(house, 0.2, 0.7)[0], abs=1e-9)


def test_a_drive_run_backwards_pumps_backwards():
    assert chern_numbers(rice_mele_by_hand(2)) == [1, -1]
    assert chern_numbers(rice_mele_by_hand(2, sense=-1.0)) == [-1, 1]
    # Detuning 6 against a hopping of 1 leaves less than a percent of the pair to the finite frequency and length.
    assert pumped_charge(rice_mele_by_hand(6, sense=-1.0), 0.05, 2.5) == pytest.approx(-1, abs=0.01)


@pytest.mark.parametrize(("p", "q"), [(1, 3), (2, 5)])
def test_bands_of_an_own_chain_carry_what_arithmetic_says(p, q):
    from fractions import Fraction

    labels = [gap_label(Fraction(p, q), filled) for filled in range(q + 1)]
    assert chern_numbers(sliding(2, p, q)) == np.diff(labels).tolist()


def test_an_own_chain_can_be_imperfect_and_an_imperfect_one_more_so():
    own, house = rice_mele_by_hand(4), RiceMele(4, hopping_modulation=1.2)
    offsets, factors = (0.3, 0.0, -0.2, 0.1), (1.0, 0.9, 1.1)
    twice = Imperfect(Imperfect(own, offsets), junctions=factors)
    both = Imperfect(house, offsets, factors)
    assert pumped_charge(twice, 0.2, 0.7) == pytest.approx(pumped_charge(both, 0.2, 0.7), abs=1e-8)
    with pytest.raises(ValueError, match="Argument `chain` must be a RiceMele to have cutter gates"):
        Imperfect(own, cross_talk=(0.1, 0.0))


@pytest.mark.parametrize(
    ("call", "missing"),
    [
        (lambda: band_gap(Imperfect(RiceMele(2))), "a PeriodicChain, but Imperfect lacks cell, of_length;"),
        (lambda: chern_numbers(Imperfect(RiceMele(2))), "a PeriodicChain, but Imperfect lacks cell, of_length;"),
        (
            lambda: band_gap(from_functions(2, lambda angle, j: 0.0, lambda angle, j: 1.0)),
            "a PeriodicChain, but OwnChain lacks cell;",
        ),
        (lambda: Softcore(rice_mele_by_hand(2)), "with charging_energy, but OwnChain lacks charging_energy;"),
        (lambda: frequency_window(rice_mele_by_hand(2), 10.0), "with hopping, but OwnChain lacks hopping;"),
        (lambda: pumped_charge(SimpleNamespace(islands=2), 0.1, 0.0), "but SimpleNamespace lacks lead_coupling, int"),
        (lambda: many_body("chain"), "a Chain, but str lacks islands,"),
        (lambda: Imperfect(None), "a Chain, but NoneType lacks islands,"),
    ],
)
def test_what_a_chain_lacks_is_named(call, missing):
    with pytest.raises(ValueError, match="Argument `chain` must be") as raised:
        call()
    assert missing in str(raised.value)


SOLVERS = {
    "pumped_charge": lambda chain, frequency, phase, steps: pumped_charge(chain, frequency, phase, steps=steps),
    "floquet_spectrum": lambda chain, frequency, phase, steps: floquet_spectrum(chain, frequency, phase, steps=steps),
    "softcore_charge": lambda chain, frequency, phase, steps: softcore_charge(
        Softcore(chain, (0, 1)), frequency, phase, steps=steps
    ),
    "cycles_with_noise": lambda chain, frequency, phase, steps: cycles_with_noise(
        chain, frequency, phase, 1, steps=steps
    ),
    "charge_while_phase_moves": lambda chain, frequency, phase, steps: charge_while_phase_moves(
        chain, frequency, [0.0, phase], steps=steps
    ),
}


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(
    ("frequency", "phase", "steps", "message"),
    [
        (0.0, 0.0, None, r"Argument `frequency` must be in \(0, inf\), but got 0."),
        (math.inf, 0.0, None, r"Argument `frequency` must be in \(0, inf\), but got inf."),
        (0.1, math.nan, None, r"Argument `phases?` must"),
        (0.1, 0.0, 3, r"Argument `steps` must be in \[4, inf\), but got 3."),
        (0.1, 0.0, True, r"Argument `steps` must be an integer in \[4, inf\), but got True."),
        (0.1, 0.0, 96.0, r"Argument `steps` must be an integer in \[4, inf\), but got 96.0."),
    ],
)
def test_all_solvers_refuse_a_drive_with_one_message(solver, frequency, phase, steps, message):
    with pytest.raises(ValueError, match=message):
        SOLVERS[solver](RiceMele(2), frequency, phase, steps)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"islands": 0}, r"`islands` must be in \[1, inf\)"),
        ({"cell": 0}, r"`cell` must be in \[1, inf\)"),
        ({"cell": 3}, "`cell` must be a period of `site_energy`"),
        ({"lead_coupling": -1.0}, "`lead_coupling` must be in"),
        ({"interaction": 1.0}, "`induced_charge` must be a function where `interaction` is not zero"),
        ({"kinks": (0.0,)}, r"`kinks` must be in \(0, 2 pi\)"),
        ({"bond": lambda angle, j: np.cos(angle)}, r"`bond` must return values in \[0, inf\]"),
        ({"bond": lambda angle, j: np.nan * j}, "`bond` must return finite values"),
        ({"bond": 1.0}, "`bond` must be a function of drive angle and island, but got 1.0"),
        ({"bond": lambda angle, j: 2 + np.exp(1j * angle)}, "`bond` must be real, but got complex numbers"),
        ({"site_energy": lambda angle, j: angle}, "`site_energy` must have the period 2 pi"),
    ],
)
def test_a_drive_that_is_none_is_refused(changed, message):
    given = {
        "islands": 4,
        "site_energy": lambda angle, j: (-1.0) ** j * np.sin(angle),
        "bond": lambda angle, j: 1.0,
        "cell": 2,
    }
    with pytest.raises(ValueError, match=f"Argument {message}"):
        from_functions(**given | changed)
