"""What survives beyond hardcore bosons: softcore islands, the whole inverse capacitance matrix, a second harmonic."""

import numpy as np
from sympy import Matrix, eye, kronecker_product

from derivations.papers import ANWB23
from derivations.pumping.beyond.softcore import (
    Softcore,
    capacitance_couplings,
    intermediate,
    softcore_charge,
    supercurrent_charge,
)
from derivations.pumping.circuit.hardcore_bosons import hardcore_lowering
from derivations.pumping.drives.chains import RiceMele
from rederived.evaluate.turn import middles_of_a_turn
from rederived.ledger import BOOK, Finding, claim

__all__ = [
    "charge_states_change_the_supercurrent",
    "full_matrix_pumps",
    "hardcore_has_no_second_harmonic",
    "second_harmonic_is_weak",
    "softcore_pumps",
]

SETTLED = 0.05  # of a pair: twice what narrow crossings leave undecided in a mean over 32 phases


def _mean_charge(pump: Softcore, frequency: float, phases: int = 4) -> float:
    """Averaged over phases, midpoints of equal intervals."""
    return float(softcore_charge(pump, frequency, middles_of_a_turn(phases)).mean())


def _charges(pump: Softcore) -> np.ndarray:
    """Charges at 32 phases, shape (32,)."""
    return softcore_charge(pump, 0.1, middles_of_a_turn(32))


def _unsettled(*charges: np.ndarray) -> float:
    """How much the means change if every second phase is left out."""
    return max(float(abs(q.mean() - q[::2].mean())) for q in charges)


@claim(
    ANWB23,
    "Sec. 6, softcore",
    where="Sec. 6, last paragraph, on relaxing the hardcore limit; Sec. 5, on moderate ratios",
    ours="three islands; ratios of 2 and 1, in place of what our copy lost; 0.05 of a pair as pumped",
)
def softcore_pumps() -> Finding:
    """At an intermediate E_C/E_J, where more than two charge states matter, the pump is expected to work still."""
    weak, strong = (_charges(Softcore(intermediate(3, ratio))) for ratio in (2.0, 1.0))
    unsure = _unsettled(weak, strong)
    mean = float(weak.mean())
    evidence = (
        "Rice-Mele, three islands with three charge states each, omega = 0.1 J_0: the mean over 32 phases is"
        f" {mean:.2f} at E_C = 2 E_J and {strong.mean():.2f} at E_C = E_J; every second phase changes it by up to"
        f" {unsure:.2f}. The charges of single phases differ by {np.ptp(weak):.2g} and {np.ptp(strong):.2g} pairs."
    )
    return Finding(round(mean, 6), bool(max(abs(1 - mean), abs(1 - strong.mean())) < SETTLED), evidence)


@claim(BOOK, "softcore, charge states")
def charge_states_change_the_supercurrent() -> Finding:
    """What a further charge state changes at a single phase is the supercurrent, and not the pumped pair."""
    phases, found = np.array([0.4, 1.2, 3.5, 5.1]), []
    for charges in ((0, 1, 2), (-1, 0, 1, 2)):
        pump = Softcore(intermediate(2, 2.0), charges)
        supercurrent = [supercurrent_charge(pump, 0.1, phase) for phase in phases]
        found.append((softcore_charge(pump, 0.1, phases), np.array(supercurrent)))
    (three, carried), (four, carried_by_four) = found
    total = float(np.median(abs(four - three)))
    rest = float(np.median(abs(four - carried_by_four - three + carried)))
    evidence = (
        f"Rice-Mele, two islands, E_C = 2 E_J, omega = 0.1 J_0: the charge state -1 moves q at a single phase by"
        f" {total:.1f} pairs in the median of four phases. The supercurrent of the ground state explains all but"
        f" {rest:.2f}, and it cancels in the average over phases."
    )
    return Finding(rest, rest < 0.05 * total, evidence)


@claim(BOOK, "softcore, inverse capacitance matrix")
def full_matrix_pumps() -> Finding:
    """The pump survives the whole inverse capacitance matrix, beyond repulsion of neighbors."""
    found = {}
    for ratio in (0.0, 0.5):
        coupling = capacitance_couplings(4, 8.0, ratio)
        pump = Softcore(RiceMele(4, hopping_modulation=1.2), (0, 1), coupling)
        found[ratio] = (
            coupling[1, 3] / coupling[1, 2] if ratio else 0.0,
            _mean_charge(pump, 0.1, 4),
        )
    listed = ", ".join(f"{q:.3f} at C_x/C_0 = {ratio:g}" for ratio, (_, q) in found.items())
    evidence = (
        f"Rice-Mele, four islands, E_C = 8 J_0: Q = {listed}; in the last, second neighbors repel"
        f" {found[0.5][0]:.2f} times as much as first ones."
    )
    return Finding(found[0.5][1], all(abs(1 - q) < 0.05 for _, q in found.values()), evidence)


@claim(BOOK, "second harmonic, hardcore")
def hardcore_has_no_second_harmonic() -> Finding:
    """Two pairs cannot hop together between hardcore islands: the second harmonic of the coupling vanishes on them."""
    b = hardcore_lowering()
    hop = kronecker_product(b.H, eye(2)) * kronecker_product(eye(2), b)
    twice = Matrix(hop * hop)
    evidence = f"The norm of (b_1^+ b_2)^2 is {twice.norm()}: only charge states that Eq. 6 leaves out feel it."
    return Finding(float(twice.norm()), twice.norm() == 0, evidence)


@claim(
    ANWB23,
    "Sec. 2, higher harmonics",
    where="Sec. 2, end of the paragraph after Eq. (3)",
    ours=(
        "the test: three islands with three charge states, E_C = 2.5 E_J, a second harmonic of E_J/10; 0.05 of a "
        "pair as what matters"
    ),
)
def second_harmonic_is_weak() -> Finding:
    """In junctions that transmit little, hops of several pairs at once are too weak to matter much for the pump."""
    plain, second = (_charges(Softcore(intermediate(3, 2.5), second_harmonic=harmonic)) for harmonic in (0.0, -0.1))
    change = abs(float(second.mean() - plain.mean()))
    evidence = (
        f"Rice-Mele, three islands with three charge states each, E_C = 2.5 E_J, omega = 0.1 J_0: Q ="
        f" {plain.mean():.2f} without, {second.mean():.2f} with -E_J/10 in the second harmonic, over 32 phases; every"
        f" second phase changes them by up to {_unsettled(plain, second):.2f}."
    )
    return Finding(round(change, 6), bool(max(abs(1 - plain.mean()), abs(1 - second.mean())) < SETTLED), evidence)
