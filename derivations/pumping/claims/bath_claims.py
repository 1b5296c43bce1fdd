"""What charge noise and a cold bath make of the pump, with numbers."""

import numpy as np
from sympy import I, Matrix, Symbol, eye, zeros

from derivations.pumping.beyond.dephasing import cycles_with_noise, one_cycle, steady_cycle_charge
from derivations.pumping.circuit.hardcore_bosons import hardcore_number, link_matrix
from derivations.pumping.drives.chains import RiceMele
from rederived.kept import kept
from rederived.ledger import BOOK, Finding, claim

__all__ = [
    "bath_restores_charge",
    "dephasing_mixes_everything",
    "noise_empties_the_pump",
]


@kept
def dephased_identity() -> Matrix:
    """The right side of the Lindblad equation for rho proportional to one, on a bond: unitary part and noise."""
    n, gamma = hardcore_number(), Symbol("gamma", positive=True)
    state, hamiltonian = eye(4) / 4, link_matrix()
    total = -I * (hamiltonian * state - state * hamiltonian)
    from sympy import kronecker_product

    for number in (kronecker_product(n, eye(2)), kronecker_product(eye(2), n)):
        square = number * number
        total += gamma * (
            number * state * number - (square * state + state * square) / 2
        )
    return Matrix(total)


@claim(BOOK, "dephasing, infinite time")
def dephasing_mixes_everything() -> Finding:
    """Any dephasing ends in the state in which all charge states are equally likely, and that pumps nothing."""
    chain = RiceMele(3, hopping_modulation=1.2)
    cycle = one_cycle(chain, 0.1, 1.0, 0.05, 0.0, None)
    mixed = np.eye(chain.states).ravel() / chain.states
    moved = float(abs(cycle.map @ mixed - mixed).max())
    left = float(abs(cycle.charges @ mixed).max())
    second = np.sort(abs(np.linalg.eigvals(cycle.map)))[-2]
    holds = (
        dephased_identity() == zeros(4)
        and moved < 1e-10
        and left < 1e-10
        and second < 1
    )
    evidence = (
        "The Lindblad equation leaves rho = 1/2^N as it is, whatever H(t), and no current has a trace. Three islands"
        f" at gamma = omega/2: everything else shrinks to {second:.3f} or less in a cycle."
    )
    return Finding(left, bool(holds), evidence)


@claim(BOOK, "dephasing, first cycles")
def noise_empties_the_pump() -> Finding:
    """With dephasing alone the charge decays from cycle to cycle, first by a fraction of gamma T in each."""
    chain, frequency = RiceMele(4, hopping_modulation=1.2), 0.1
    clean, weak, strong = (
        cycles_with_noise(chain, frequency, 1.0, 8, dephasing=gamma)
        for gamma in (0.0, 1e-4, 1e-2)
    )
    lost = float((clean[0] - weak[0]) / (1e-4 * 2 * np.pi / frequency))
    evidence = (
        f"Rice-Mele, four islands, omega = 0.1 J_0: at gamma = 0.01 J_0 the cycles carry "
        f"{', '.join(f'{q:.2f}' for q in strong[:5])}; at 0.0001 J_0 the first loses {lost:.2f} gamma T."
    )
    return Finding(
        lost, bool(strong[-1] < 0.5 * strong[0] and 0.05 < lost < 1), evidence
    )


@claim(BOOK, "dephasing, cold bath")
def bath_restores_charge() -> Finding:
    """A cold bath keeps the steady cycle pumping while the noise goes on, if it relaxes faster than the noise mixes."""
    chain, frequency, rate = RiceMele(4, hopping_modulation=1.2), 0.1, 0.01
    found = {
        ratio: steady_cycle_charge(
            chain, frequency, 1.0, dephasing=ratio * rate, relaxation=rate
        )
        for ratio in (0.0, 0.1, 10.0)
    }
    listed = ", ".join(f"{q:.3f} at {ratio:g}" for ratio, q in found.items())
    evidence = f"Four islands, Gamma = 0.01 J_0 = omega/10: steady charge by gamma/Gamma {listed}; without a bath 0."
    kept = found[0.1] / found[0.0]
    return Finding(kept, kept > 0.9 and found[10.0] < 0.5 * found[0.0], evidence)
