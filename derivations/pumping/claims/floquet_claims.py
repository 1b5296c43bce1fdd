"""What ANWB23 says of Floquet states and free fermions, with numbers."""

import numpy as np
from sympy import I, expand, eye, simplify

from derivations.papers import ANWB23
from derivations.pumping.circuit.hardcore_bosons import hardcore_lowering
from derivations.pumping.drives.chains import RiceMele
from derivations.pumping.drives.driven_chain import current_operators, driven_chain, number_of, rate_of_change
from derivations.pumping.engines.free_fermions import (
    ISLANDS,
    chain_with_ancillas,
    epsilon_1,
    epsilon_2,
    majorana_matrix,
    majoranas,
    on_islands,
)
from derivations.pumping.engines.infinite_time import averaged_charge
from derivations.pumping.engines.propagation import average, propagate
from derivations.pumping.engines.steps import sufficient_steps
from rederived.evaluate.turn import middles_of_a_turn
from rederived.ledger import BOOK, Finding, InLimit, claim

__all__ = [
    "adiabatic_state",
    "chain_is_one_parity",
    "quadratic_in_frequency",
    "quadratic_in_majoranas",
    "same_through_every_link",
]


@claim(
    ANWB23,
    "Sec. 3, one Floquet state",
    where="Sec. 3, after Eq. (20)",
    ours="four islands, clipped drive, six phases; the state of largest weight stands for that of lowest energy",
)
def adiabatic_state() -> InLimit:
    """For a slow drive the ground state is nearly a single Floquet state, which then carries the charge."""
    chain, phases = RiceMele(4, hopping_modulation=1.2), middles_of_a_turn(6)
    frequencies, weights, carried = (0.4, 0.1, 0.05), [], []
    for frequency in frequencies:
        steps = sufficient_steps(chain, frequency)
        found = [average(propagate(chain, frequency, float(phase), steps)) for phase in phases]
        filled = np.array([one.filled.diagonal().real for one in found])
        flow = np.array([one.flow.diagonal().real for one in found])
        most = np.arange(phases.size), filled.argmax(axis=1)
        weights.append(float(filled[most].min()))
        carried.append(float((filled * flow)[most].sum() / (filled * flow).sum()))
    shares = ", ".join(f"{share:.4f} at {frequency:g}" for frequency, share in zip(frequencies, carried, strict=True))
    evidence = (
        f"Four islands, clipped drive, six phases: of the charge the most occupied state carries {shares} = omega/J_0."
        " The error is the weight that it lacks at most."
    )
    return InLimit("omega/J_0", frequencies, tuple(1 - weight for weight in weights), evidence)


@claim(
    ANWB23,
    "Sec. 3, nonadiabatic",
    where="Sec. 3, end of the paragraph after Eq. (22); Sec. 5, paragraph on the frequency",
    ours="the power, lost in our copy, read as two, and as the least; lengths, frequencies and phases",
)
def quadratic_in_frequency() -> Finding:
    """What a finite frequency takes from the averaged charge falls with its square."""
    powers = {}
    for modulation in (0.7, 1.0, 1.2):
        chain = RiceMele(8, hopping_modulation=modulation)
        fast, slow = (
            abs(1 - averaged_charge(chain, f, 8)) for f in (0.1, 0.025)
        )
        powers[modulation] = float(np.log(fast / slow) / np.log(4))
    least = min(powers.values())
    listed = ", ".join(f"{p:.1f} at {m}" for m, p in powers.items())
    evidence = f"Eight islands, U = 0, omega/J_0 from 0.1 to 0.025: the power is {listed} = delta J/J_0:"
    evidence += " at least the square; what is above it depends on which phases are averaged."
    return Finding(least, least > 1.9, evidence)


@claim(BOOK, "free fermions, quadratic")
def quadratic_in_majoranas() -> Finding:
    """Without repulsion the chain between leads, with an ancilla at each end, is quadratic in Majorana fermions."""
    gamma, matrix = majoranas()[1:-1], majorana_matrix()
    rest = chain_with_ancillas() - (epsilon_1 + epsilon_2) / 2 * eye(
        2 ** (ISLANDS + 2)
    )
    for a, one in enumerate(gamma):
        for b, other in enumerate(gamma):
            rest -= I / 4 * matrix[a, b] * one * other
    left = sum(simplify(entry.rewrite("cos")) != 0 for entry in rest)
    evidence = f"Two islands: {len(gamma)} Majoranas give H up to half the site energies, {left} elements are left."
    return Finding(float(left), left == 0, evidence)


@claim(BOOK, "Floquet, continuity")
def same_through_every_link() -> Finding:
    """In a Floquet state the charge per period is the same through every link, the leads included.

    Two currents in a row differ by the rate of change of the number between them, whose integral over a period
    vanishes in a state that returns to itself.
    """
    total, currents = driven_chain().rhs, current_operators()
    off = sum(
        (rate_of_change(total, number_of(m)) - (currents[m] - currents[m + 1]))
        .applyfunc(expand)
        .norm()
        for m in (0, 1)
    )
    evidence = f"I_left - I_right of each island is i [H, n] as matrices: what is left has the norm {simplify(off)}."
    return Finding(float(off), off == 0, evidence)


@claim(BOOK, "free fermions, parity")
def chain_is_one_parity() -> Finding:
    """The states in which both ancillas have sigma_x of one sign are exactly one sector of fermion parity."""
    flip = hardcore_lowering() + hardcore_lowering().H
    parity = I ** (ISLANDS + 1) * eye(2 ** (ISLANDS + 2))
    for gamma in majoranas()[1:-1]:
        parity = parity * gamma
    off = (parity - on_islands(0, flip) * on_islands(ISLANDS + 1, flip)).norm()
    evidence = "i^(N+1) times the product of all coupled Majoranas is the product of both sigma_x, at N = 2."
    return Finding(float(off), off == 0, evidence)
