"""Two driven islands between leads as matrices, and the currents through their links: Eq. 16 of ANWB23.

All signs follow from continuity: the pairs on an island change by what comes in from the left less what goes out
to the right.
"""


from sympy import Eq, Expr, I, ImmutableMatrix, Matrix, Symbol, diff, expand, eye, kronecker_product, pi

from derivations.papers import ANWB23
from derivations.pumping.circuit.hardcore_bosons import hardcore_number, link_matrix
from derivations.pumping.drives.drives import (
    rectified_bond,
    rectified_hopping,
    rice_mele_potential,
    rice_mele_site_energy,
)
from derivations.pumping.drives.leads import hardcore_leads, lead_matrix
from derivations.pumping.symbols import j, omega, phi, phi_L, phi_R, t
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = ["current_is_slope", "current_operators", "driven_chain", "number_of", "rate_of_change"]


@kept
def parts_of_two_islands() -> dict[str, Expr]:
    """Terms of two islands between leads on their four states: sites, bond, left lead, right lead; Eqs. 10 and 12."""
    n, one, lead = hardcore_number(), eye(2), lead_matrix()
    first, second = (rice_mele_site_energy().subs(j, island) for island in (0, 1))
    return {
        "sites": first * kronecker_product(n, one) + second * kronecker_product(one, n),
        "bond": rectified_bond().subs(j, 0) * link_matrix(),
        "left": kronecker_product(lead.subs(phi_L, 0), one),
        "right": kronecker_product(one, lead.subs(phi_L, phi)),
    }


def periodic_in_time(row) -> bool:
    """It is periodic in time, with the period T = 2 pi/omega."""
    return (row.rhs.subs(t, t + 2 * pi / omega) - row.rhs).expand() == Matrix.zeros(
        4
    )


def periodic_in_phase(row) -> bool:
    """It is periodic in the phase between the leads."""
    shifted = row.rhs.subs(phi, phi + 2 * pi)
    return (shifted - row.rhs).applyfunc(lambda e: expand(e)) == Matrix.zeros(4)


def drive_and_leads(row) -> bool:
    """It is the drive of Eqs. 10 and 12 on the islands, and the leads of Eq. 15 with phases 0 and phi."""
    rest = row.rhs - hardcore_leads().rhs.subs({phi_L: 0, phi_R: phi})
    sites = [rest[2, 2], rest[1, 1]]
    driven = [-rice_mele_potential().rhs.subs(j, m) for m in (0, 1)]
    bond = -rectified_hopping().rhs.subs(j, 0)
    return sites == driven and (rest[1, 2] - bond).equals(0) and rest[0, 0] == 0 == expand(rest[3, 3] - sum(sites))


def breaks_number_conservation(row) -> bool:
    """Only its leads change the number of pairs."""
    total = number_of(0) + number_of(1)
    inner = parts_of_two_islands()["sites"] + parts_of_two_islands()["bond"]
    kept = inner * total - total * inner == Matrix.zeros(4)
    return kept and row.rhs * total - total * row.rhs != Matrix.zeros(4)


@consistent(ANWB23, 16, periodic_in_time, periodic_in_phase, drive_and_leads, breaks_number_conservation)
def driven_chain() -> Eq:
    """Hamiltonian of the Rice-Mele chain between leads, here of two islands, in the basis 00, 01, 10, 11."""
    terms = parts_of_two_islands()
    total = sum(terms.values(), Matrix.zeros(4))
    return Eq(Symbol("H"), ImmutableMatrix(total), evaluate=False)


def number_of(island: int) -> ImmutableMatrix:
    """The number of pairs on one of two islands."""
    n, one = hardcore_number(), eye(2)
    return ImmutableMatrix(
        kronecker_product(n, one) if island == 0 else kronecker_product(one, n)
    )


def rate_of_change(term: Matrix, number: Matrix) -> ImmutableMatrix:
    """i [term, number]: how fast a term of the Hamiltonian changes a number."""
    return ImmutableMatrix((I * (term * number - number * term)).applyfunc(expand))


@kept
def current_operators() -> tuple[ImmutableMatrix, ...]:
    """Currents from left to right through left lead, bond and right lead of two islands, from continuity.

    What a link does to the number on the island at its right end, i [link, n], comes in; at the right lead, what
    it does to the last island goes out.
    """
    terms = parts_of_two_islands()
    return (
        rate_of_change(terms["left"], number_of(0)),
        rate_of_change(terms["bond"], number_of(1)),
        -rate_of_change(terms["right"], number_of(1)),
    )


@kept
def current_is_slope() -> Eq:
    """The current through the right lead is minus dH/dphi: both sides as matrices of two islands."""
    slope = diff(driven_chain().rhs, phi)
    return Eq(
        current_operators()[-1],
        ImmutableMatrix(-slope.applyfunc(expand)),
        evaluate=False,
    )
