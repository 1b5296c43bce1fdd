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

from derivations.pumping.circuit.hardcore_bosons import parabola
from derivations.pumping.circuit.quantum_phase_model import tunneling
from derivations.pumping.symbols import A_12, E_J, J, g
from rederived.kept import kept

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
