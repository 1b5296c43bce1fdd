"""What hardcore bosons leave out: the first correction in E_J/E_C, by a Schrieffer-Wolff transformation.

Charge states outside 0 and 1 are visited only in passing. To second order in the hopping J = E_J/2 such visits leave
energies, an attraction of neighbors and a hop over an island, all of order J^2/E_C. Induced charges are 1/2.
"""

from functools import cache
from itertools import product

from sympy import (
    Eq,
    ImmutableMatrix,
    Matrix,
    Rational,
    Symbol,
    eye,
    factor,
    kronecker_product,
    zeros,
)

from derivations.kept import kept
from derivations.ledger import ANWB23, BOOK, Finding, InLimit, claim
from derivations.plain_text import in_ascii
from derivations.pumping.hardcore_bosons import parabola
from derivations.pumping.quantum_phase_model import tunneling
from derivations.pumping.symbols import A_12, E_C, E_J, J, g

__all__ = [
    "effective_hamiltonian",
    "first_correction",
    "hop_over_an_island",
    "neighbor_attraction",
]

half = Rational(1, 2)
LOWEST, HIGHEST = -1, 2  # second order goes no further
attraction, hop = Symbol("U_2"), Symbol("J_2")


@cache
def charge_basis(
    islands: int, lowest: int = LOWEST, highest: int = HIGHEST
) -> tuple:
    """Numbers of pairs on each island of each basis state, the first island varying slowest."""
    return tuple(product(range(lowest, highest + 1), repeat=islands))


@cache
def charging_energies(
    islands: int, lowest: int = LOWEST, highest: int = HIGHEST
) -> tuple:
    """Energies of the charge states at half-integer induced charges, from that of one island."""
    single = {n: parabola(n).subs(g, half) for n in range(lowest, highest + 1)}
    return tuple(
        sum(single[n] for n in state)
        for state in charge_basis(islands, lowest, highest)
    )


@cache
def hopping(
    islands: int, lowest: int = LOWEST, highest: int = HIGHEST
) -> ImmutableMatrix:
    """All bonds of a chain in the quantum phase model, A = 0, with J = E_J/2."""
    bond = tunneling(lowest, highest).subs(A_12, 0).subs(E_J, 2 * J)
    one = eye(highest - lowest + 1)
    bonds = (
        kronecker_product(*[one] * m, bond, *[one] * (islands - 2 - m))
        if islands > 2
        else bond
        for m in range(islands - 1)
    )
    return ImmutableMatrix(sum(bonds, zeros(one.rows**islands)))


def effective_hamiltonian(
    energies: tuple, coupling: Matrix, kept: list[int]
) -> tuple[Matrix, Matrix]:
    """First and second order on the kept states of H = diag(energies) + coupling: a Schrieffer-Wolff transformation.

    Its generator S solves [diag(energies), S] = -V, with V the part of the coupling that leaves the kept states;
    exp(-S) H exp(S) then has no V at first order, and [V, S]/2 on the kept states at second order.
    """
    others = [m for m in range(len(energies)) if m not in kept]
    leaving = coupling.extract(kept, others)
    generator = Matrix(
        len(kept),
        len(others),
        lambda a, m: leaving[a, m] / (energies[others[m]] - energies[kept[a]]),
    )
    second = -(leaving * generator.H + generator * leaving.H) / 2
    return coupling.extract(kept, kept), second


@cache
def correction(islands: int) -> ImmutableMatrix:
    """Second order on states with no or one pair on each island, basis as elsewhere."""
    basis = charge_basis(islands)
    kept = [m for m, state in enumerate(basis) if set(state) <= {0, 1}]
    return ImmutableMatrix(
        effective_hamiltonian(charging_energies(islands), hopping(islands), kept)[1]
    )


@kept
def first_correction() -> Eq:
    """What two islands get at the next order in E_J/E_C beyond Eq. 6, in the basis 00, 01, 10, 11."""
    return Eq(Symbol("H_{12}^{(2)}"), correction(2), evaluate=False)


@kept
def neighbor_attraction() -> Eq:
    """Its part with n_1 n_2: both islands empty or both full are lowered more than one of each."""
    lowered = first_correction().rhs.diagonal()
    return Eq(attraction, factor(lowered[3] + lowered[0] - lowered[1] - lowered[2]))


@kept
def hop_over_an_island() -> Eq:
    """Amplitude with which a pair hops to the next-nearest island, whether that in between is empty or full."""
    second, states = correction(3), list(product((0, 1), repeat=3))
    amplitudes = {
        -second[states.index((0, m, 1)), states.index((1, m, 0))] for m in (0, 1)
    }
    (both,) = amplitudes
    return Eq(hop, both)


def exact_levels(islands: int, ratio: float, lowest: int = -3, highest: int = 4):
    """Energies over E_C and eigenvectors of the quantum phase model with many charge states, in double precision.

    Written in numbers of pairs directly: shares nothing with the derivation. ratio = E_J/E_C, n_g = 1/2.
    """
    import numpy as np

    numbers = np.arange(lowest, highest + 1)
    one, up = np.eye(numbers.size), np.eye(numbers.size, k=-1)
    parabolas = np.diag((numbers - 0.5) ** 2)

    def on_chain(*factors):
        total = np.eye(1)
        for f in factors:
            total = np.kron(total, f)
        return total

    total = sum(
        on_chain(*[parabolas if m == s else one for m in range(islands)])
        for s in range(islands)
    )
    for s in range(islands - 1):
        hops = on_chain(
            *[up if m == s else up.T if m == s + 1 else one for m in range(islands)]
        )
        total = total - ratio / 2 * (hops + hops.T)
    return np.linalg.eigh(total)


@claim(BOOK, "beyond hardcore")
def correction_agrees_with_levels() -> Finding:
    """The first correction beyond hardcore bosons leaves an error of order E_J^3/E_C^2 or less in the levels."""
    import numpy as np

    errors, before = [], []
    basis = charge_basis(2)
    kept = [m for m, state in enumerate(basis) if set(state) <= {0, 1}]
    first, second = effective_hamiltonian(charging_energies(2), hopping(2), kept)
    for ratio in (0.1, 0.05):
        exact = exact_levels(2, ratio)[0][:4] - 0.5
        values = {E_C: 1, J: Rational(ratio) / 2}
        orders = [
            np.array(m.subs(values).tolist(), dtype=float) for m in (first, second)
        ]
        before.append(np.abs(np.linalg.eigvalsh(orders[0]) - exact).max())
        errors.append(np.abs(np.linalg.eigvalsh(sum(orders)) - exact).max())
    order = float(np.log2(errors[0] / errors[1]))
    evidence = (
        f"Two islands at n_g = 1/2 with eight charge states each, E_J = E_C/10: hardcore bosons are off by"
        f" {before[0]:.1e} E_C, with the correction by {errors[0]:.1e} E_C; half of E_J makes that 2^{order:.1f} times"
        f" smaller. U_2 = {in_ascii(neighbor_attraction().rhs)}, an attraction of neighbors; hop over an island"
        f" {in_ascii(hop_over_an_island().rhs)}."
    )
    return Finding(order, order > 2.9, evidence)


@claim(
    ANWB23,
    "Sec. 2, other charges",
    where="Sec. 2, paragraph on Fig. 2, on the other parabolas",
    ours="three islands at n_g = 1/2",
)
def other_charges_are_rare() -> InLimit:
    """If E_C is large, the ground state hardly contains other charge states than the two lowest."""
    import numpy as np

    inside = np.array([set(state) <= {0, 1} for state in charge_basis(3, -2, 3)])
    ratios = (1.0, 0.5, 0.25, 0.05)
    outside = [float(np.sum(exact_levels(3, ratio, -2, 3)[1][~inside, 0] ** 2)) for ratio in ratios]
    evidence = (
        "Three islands at n_g = 1/2; the error is the population of the other charge states. The pumps of the paper"
        f" have E_J/E_C = {ratios[2]:g} on average."
    )
    return InLimit("E_J/E_C", ratios, tuple(outside), evidence)
