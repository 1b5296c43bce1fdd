"""Superconducting leads at both ends, and the edge states they gap: Eqs. 14, 15 and 23 of ANWB23.

The phase of a lead is classical: phi_L = 0 and phi_R = phi are chosen where one difference is enough, so that
H_L = -(E_L/2)(b_1 + e^{i phi} b_N + h.c.).
"""

from functools import cache

from sympy import (
    Eq,
    Expr,
    I,
    ImmutableMatrix,
    Matrix,
    Symbol,
    Tuple,
    conjugate,
    cos,
    diff,
    exp,
    expand,
    eye,
    simplify,
    sqrt,
    symbols,
)

from derivations.ledger import ANWB23, Finding, claim, consistent
from derivations.pumping.hardcore_bosons import (
    hardcore_lowering,
    hardcore_number,
    link_matrix,
    projected,
)
from derivations.pumping.quantum_phase_model import (
    HIGHEST,
    LOWEST,
    harmonics,
    josephson_coupling,
    shift_operator,
)
from derivations.pumping.symbols import (
    A_12,
    E_J,
    E_L,
    J,
    phi,
    phi_L,
    phi_R,
    varphi_1,
    varphi_2,
)

__all__ = [
    "edge_gap",
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


@cache
def lead_matrix() -> ImmutableMatrix:
    """One lead of phase phi_L on one island with no or one pair, from Eq. 14."""
    island = _to_lead(varphi_2, phi_L).subs(phi_L, phi_L + varphi_1)
    lower = shift_operator(LOWEST, HIGHEST)
    powers = {1: lower.H, -1: lower}
    terms = {m: c for m, c in harmonics(island).items()}
    return projected(
        sum((c * powers[m] for m, c in terms.items()), Matrix.zeros(lower.rows))
    )
