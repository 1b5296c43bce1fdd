"""The particle-hole-like symmetry of the Harper-Hofstadter pump: Eqs. 25, 26 and 28 of ANWB23.

The Hamiltonian is a sum of terms on one or two islands, and the transformation is a product over islands: an identity
of each term is one of a chain of any length. Exchange of no pair and one pair turns b into its adjoint, so that
leads of phases phi get phases -phi.
"""

from functools import cache

from sympy import (
    Eq,
    ImmutableMatrix,
    Matrix,
    Rational,
    Symbol,
    Tuple,
    cos,
    eye,
    kronecker_product,
    pi,
    simplify,
    solve,
)

from derivations.papers import ANWB23
from derivations.pumping.bands.bloch_bands import hofstadter_bloch
from derivations.pumping.circuit.hardcore_bosons import (
    hardcore_lowering,
    hardcore_number,
    link_matrix,
    onsite_potential,
    repulsion,
)
from derivations.pumping.drives.drives import hofstadter_charge, mean_mu, site_energy_of_charge
from derivations.pumping.drives.leads import hardcore_leads
from derivations.pumping.symbols import (
    J,
    alpha,
    g,
    g_1,
    g_2,
    j,
    mean_g,
    omega,
    phi_L,
    phi_R,
    t,
)
from rederived.ledger import consistent, lemma

__all__ = [
    "exchange",
    "exchanged_hamiltonian",
    "induced_charge_reflected",
    "interacting_hofstadter",
    "particle_hole_transformation",
]

H = Symbol("H")


@cache
def exchange(islands: int = 1) -> ImmutableMatrix:
    """C on a chain: on each island, no pair and one pair change places."""
    swap = Matrix([[0, 1], [1, 0]])
    return ImmutableMatrix(
        kronecker_product(*[swap] * islands) if islands > 1 else swap
    )


def transformed(matrix, islands: int = 1) -> ImmutableMatrix:
    """C M C^-1."""
    return ImmutableMatrix(exchange(islands) * matrix * exchange(islands).inv())


def counts_holes(row) -> bool:
    """It exchanges pairs and holes, n -> 1 - n, so that it relates complementary fillings."""
    return row.rhs.H * row.rhs == eye(2) - hardcore_number()


def keeps_hopping(row) -> bool:
    """The hopping between neighbors is left as it is."""
    hop = kronecker_product(row.rhs.H, row.rhs)
    return -(hop + hop.H) == link_matrix() == transformed(link_matrix(), 2)


def is_an_involution(row) -> bool:
    """Done twice it is the identity, and b becomes the adjoint of b."""
    return exchange() ** 2 == eye(2) and row.rhs == hardcore_lowering().H


@consistent(
    ANWB23,
    25,
    counts_holes,
    keeps_hopping,
    is_an_involution,
    ours="that hops stay as they are, and that the exchange undoes itself",
)
def particle_hole_transformation() -> Eq:
    """The transformation of a hardcore boson: it exchanges no pair and one pair on every island."""
    name = Symbol(r"\mathcal{C}b_j\mathcal{C}^{-1}")
    return Eq(name, transformed(hardcore_lowering()), evaluate=False)


def half_a_period_later(row) -> bool:
    """For the drive it is the mapping of the mean n_g to 1 - n_g and of t to t + T/2."""
    charge = hofstadter_charge()
    mapped = charge.subs(mean_g, 1 - mean_g).subs(t, t + pi / omega)
    return simplify(mapped - row.rhs.subs(g, charge)) == 0


def also_with_repulsion(row) -> bool:
    """It is fulfilled in the presence of the repulsion, for any U."""
    reflected = {o: row.rhs.subs(g, o) for o in (g_1, g_2)}
    term = repulsion().rhs
    return (
        transformed(term.subs(reflected, simultaneous=True), 2) - term
    ).applyfunc(simplify) == Matrix.zeros(4)


def reverses_the_phases(row) -> bool:
    """The leads get the opposite phases, so that complementary fillings pump in opposite directions."""
    n, one = hardcore_number(), eye(2)
    sites = site_energy_of_charge() * (kronecker_product(n, one) + kronecker_product(one, n))
    chain = sites + hardcore_leads().rhs
    reflected = {phi_L: -phi_L, phi_R: -phi_R, g: row.rhs}
    change = (transformed(chain.subs(reflected, simultaneous=True), 2) - chain).applyfunc(simplify)
    return change == change[0, 0] * eye(4)


@consistent(
    ANWB23,
    26,
    half_a_period_later,
    also_with_repulsion,
    reverses_the_phases,
    ours="the opposite phases of the leads",
)
def induced_charge_reflected() -> Eq:
    """The induced charges that keep the form of the Hamiltonian when pairs and holes are exchanged."""
    reflected = Symbol("n_g'", real=True)
    on_site = site_energy_of_charge().subs(g, reflected) * hardcore_number()
    kept = site_energy_of_charge() * hardcore_number()
    difference = transformed(on_site) - kept
    found = solve(difference[0, 0] - difference[1, 1], reflected)[0]
    return Eq(reflected, found)


def periodic(row) -> bool:
    """It is periodic in time and in the phases of the leads."""
    later = row.rhs.subs(t, t + 2 * pi / omega)
    turned = row.rhs.subs(phi_R, phi_R + 2 * pi)
    return all(
        (moved - row.rhs).applyfunc(simplify) == Matrix.zeros(4)
        for moved in (later, turned)
    )


def three_hamiltonians(row) -> bool:
    """It is the sum of Eqs. 13, 15 and 24: without U and leads, one pair hops between driven potentials."""
    bloch = hofstadter_bloch().rhs
    mean = {mean_mu: onsite_potential().rhs.subs(g, mean_g), alpha: Rational(1, 3)}
    n, one = hardcore_number(), eye(2)
    pairs = kronecker_product(n, one), kronecker_product(one, n)
    sites = sum((bloch[m, m] * pairs[m] for m in (0, 1)), Matrix.zeros(4))
    charges = {o: hofstadter_charge().subs(j, m) for m, o in enumerate((g_1, g_2))}
    summed = sites - bloch[0, 1] * link_matrix() + repulsion().rhs.subs(charges) + hardcore_leads().rhs
    return (row.rhs - summed).subs(mean).applyfunc(lambda x: simplify(x.rewrite(cos))) == Matrix.zeros(4)


@consistent(ANWB23, 28, periodic, three_hamiltonians)
def interacting_hofstadter() -> Eq:
    """The Harper-Hofstadter chain with leads and repulsion, two islands, basis 00, 01, 10, 11.

    Driven through the induced charges, which enter both the potentials and the repulsion.
    """
    charges = [hofstadter_charge().subs(j, m) for m in (0, 1)]
    n, one = hardcore_number(), eye(2)
    energies = [site_energy_of_charge().subs(g, charge) for charge in charges]
    islands = energies[0] * kronecker_product(n, one) + energies[
        1
    ] * kronecker_product(one, n)
    repelling = repulsion().rhs.subs(dict(zip((g_1, g_2), charges, strict=True)))
    return Eq(
        H,
        ImmutableMatrix(
            islands + J * link_matrix() + repelling + hardcore_leads().rhs
        ),
        evaluate=False,
    )


@lemma(points=2)
def exchanged_hamiltonian() -> Tuple:
    """C H(t + T/2; 1 - mean n_g, U, -phi) C^-1 is H(t; mean n_g, U, phi) up to a number, entry by entry."""
    original = interacting_hofstadter().rhs
    opposite = {mean_g: 1 - mean_g, phi_L: -phi_L, phi_R: -phi_R, t: t + pi / omega}
    exchanged = transformed(original.subs(opposite, simultaneous=True), 2)
    number = sum(
        site_energy_of_charge().subs(g, hofstadter_charge().subs(j, m))
        for m in (0, 1)
    )
    wanted = original - number * eye(4)
    return Tuple(
        *(
            Eq(a, b, evaluate=False)
            for a, b in zip(exchanged, wanted, strict=True)
            if a != b
        )
    )
