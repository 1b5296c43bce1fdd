"""Superconducting leads at both ends, and the edge states they gap: Eqs. 14, 15 and 23 of ANWB23.

The phase of a lead is classical: phi_L = 0 and phi_R = phi are chosen where one difference is enough, so that
H_L = -(E_L/2)(b_1 + e^{i phi} b_N + h.c.).
"""


from sympy import (
    Eq,
    Expr,
    I,
    ImmutableMatrix,
    Matrix,
    Rational,
    Symbol,
    Tuple,
    conjugate,
    diff,
    exp,
    expand,
    eye,
    kronecker_product,
    simplify,
    sqrt,
)

from derivations.papers import ANWB23
from derivations.pumping.circuit.hardcore_bosons import hardcore_lowering, hardcore_number, projected
from derivations.pumping.circuit.quantum_phase_model import harmonics, josephson_coupling, shift_operator
from derivations.pumping.symbols import (
    A_12,
    E_J,
    E_L,
    phi_L,
    phi_R,
    varphi_1,
    varphi_2,
)
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "edge_states",
    "hardcore_leads",
    "lead_coupling",
    "lead_matrix",
]

H_L, varphi_N = Symbol("H_L"), Symbol("varphi_N", real=True)


def _to_lead(island: Expr, lead: Expr) -> Expr:
    """The bond of Eq. 3 from a lead to an island."""
    bond = josephson_coupling().rhs.subs(A_12, 0).subs(E_J, E_L)
    return bond.subs({varphi_1: lead, varphi_2: island}, simultaneous=True)


def only_the_extreme_islands(row) -> bool:
    """It joins the first and the last island to one lead each."""
    return (
        diff(row.rhs, varphi_1, varphi_N) == 0
        and {varphi_1, varphi_N} < row.rhs.free_symbols
    )


def absorbed_in_peierls_phases(row) -> bool:
    """The phase difference can be moved into the Peierls phases by a gauge transformation."""
    inner = josephson_coupling().rhs.subs(varphi_2, varphi_N)
    moved = {varphi_1: varphi_1 + phi_L, varphi_N: varphi_N + phi_R}
    total = (row.rhs + inner).subs(moved, simultaneous=True)
    return {phi_L, phi_R}.isdisjoint(
        row.rhs.subs(moved, simultaneous=True).free_symbols
    ) and simplify(
        total.subs(A_12, A_12 - (phi_R - phi_L))
        - row.rhs.subs({phi_L: 0, phi_R: 0})
        - inner
    ) == 0


@consistent(ANWB23, 14, only_the_extreme_islands, absorbed_in_peierls_phases)
def lead_coupling() -> Eq:
    """Josephson junctions between the extreme islands and two leads with classical phases."""
    return Eq(H_L, _to_lead(varphi_1, phi_L) + _to_lead(varphi_N, phi_R))


@kept
def lead_matrix() -> ImmutableMatrix:
    """One lead of phase phi_L on an island with no or one pair: Eq. 14, projected."""
    found = harmonics(_to_lead(varphi_2, phi_L))
    lower = shift_operator()
    return projected(
        sum(
            (c * (lower.H if m > 0 else lower) for m, c in found.items()),
            Matrix.zeros(lower.rows),
        )
    )


def breaks_the_number_of_pairs(row) -> bool:
    """It does not conserve the number of pairs in the chain, but changes it by one."""
    n = kronecker_product(hardcore_number(), eye(2)) + kronecker_product(
        eye(2), hardcore_number()
    )
    once = n * row.rhs - row.rhs * n
    return once != Matrix.zeros(4) and (n * once - once * n - row.rhs).applyfunc(
        expand
    ) == Matrix.zeros(4)


def in_hardcore_operators(row) -> bool:
    """It is -E_L/2 times exp(i phi_L) b of the first island and exp(i phi_R) b of the last, and the adjoint."""
    b = hardcore_lowering()
    taken = exp(I * phi_L) * kronecker_product(b, eye(2)) + exp(
        I * phi_R
    ) * kronecker_product(eye(2), b)
    return (row.rhs + E_L / 2 * (taken + taken.H)).applyfunc(
        expand
    ) == Matrix.zeros(4)


def only_the_difference_counts(row) -> bool:
    """A rotation of all islands by exp(i chi n) leaves only the difference of both phases."""
    n = hardcore_number()
    turn = Matrix(2, 2, lambda a, b: exp(I * phi_L * n[a, a]) if a == b else 0)
    turned = kronecker_product(turn, turn)
    moved = (turned * row.rhs * turned.H).applyfunc(expand)
    return (
        moved - row.rhs.subs({phi_L: 0, phi_R: phi_R - phi_L}, simultaneous=True)
    ).applyfunc(simplify) == Matrix.zeros(4)


@consistent(
    ANWB23,
    15,
    breaks_the_number_of_pairs,
    in_hardcore_operators,
    only_the_difference_counts,
    ours="the factor -E_L/2 and the phases",
)
def hardcore_leads() -> Eq:
    """Both leads in the hardcore limit, here on a chain of two islands, basis 00, 01, 10, 11."""
    left, right = lead_matrix(), lead_matrix().subs(phi_L, phi_R)
    return Eq(
        H_L,
        ImmutableMatrix(
            kronecker_product(left, eye(2)) + kronecker_product(eye(2), right)
        ),
        evaluate=False,
    )


def _lowest_and_highest() -> tuple:
    found = sorted(lead_matrix().eigenvects(), key=lambda f: f[0].subs(E_L, 1))
    return tuple((energy, vectors[0]) for energy, _, vectors in found)


def gap_is_the_lead_coupling(row) -> bool:
    """Ground and localized excited state of an edge island are separated by E_L."""
    state, lead = row[0].rhs, lead_matrix()
    energy = (state.H * lead * state)[0]
    localized = lead.trace() - energy  # the other eigenvalue
    is_state = (lead * state - energy * state).applyfunc(simplify).is_zero_matrix
    return is_state and simplify(localized - energy - E_L) == 0


def equal_weights(row) -> bool:
    """No pair and one pair are equally likely: the lead's phase is fixed, the number is not."""
    return all(
        simplify(entry * conjugate(entry)) == Rational(1, 2)
        for state in row
        for entry in state.rhs
    )


def follows_the_lead(row) -> bool:
    """Its phase is the lead's: the mean of b is exp(-i phi)/2."""
    b = hardcore_lowering()
    means = [simplify((s.rhs.H * b * s.rhs)[0]) for s in row]
    return means == [exp(-I * phi_L) / 2, exp(-I * phi_R) / 2]


@consistent(
    ANWB23,
    23,
    gap_is_the_lead_coupling,
    equal_weights,
    follows_the_lead,
    ours="the number E_L, lost in our copy; the equal weights and the phase of the states",
)
def edge_states() -> Tuple:
    """Ground states of the first and the last island of a dimerized chain, where only a lead acts on them."""
    _, vector = _lowest_and_highest()[0]
    state = (
        vector
        / vector[0]
        / sqrt(1 + (vector[1] / vector[0]) * conjugate(vector[1] / vector[0]))
    )
    first = ImmutableMatrix(state.applyfunc(simplify))
    return Tuple(
        Eq(Symbol(r"\psi_1"), first, evaluate=False),
        Eq(Symbol(r"\psi_N"), first.subs(phi_L, phi_R), evaluate=False),
    )
