"""Toward chains: two coupled pairs in a row, SLZ25b, Sec. V.

Two chains of equal junctions, each from ground on; behind every junction a mutual capacitance C_m joins the two
chains. Grains have no capacitance to ground, as the paper asks. Length one is the circuit of the paper.
"""

from functools import cache

from sympy import Eq, Expr, Integral, Matrix, Symbol, expand, oo

from derivations.cotunneling.amplitudes.amplitudes import first_moment, second_moment
from derivations.cotunneling.gas.instanton_gas import common_slip_amplitude, coupling_density, symmetric_interaction
from derivations.cotunneling.symbols import A, Omega, V, charge, gamma, phi_1, phi_2, tau, y
from derivations.papers import SLZ25b
from rederived.ledger import open_question

__all__ = ["chain_amplitude", "chain_interactions", "drag_strength", "long_chains"]


@cache
def chain_interactions(length: int) -> Matrix:
    """M_jk: interaction of equal slips, one in junction j of chain 1 and one in k of chain 2, over V of a single pair.

    The phase of a node is the sum along its chain, and each mutual capacitance stores as the single one does.
    """
    first, second = ([Symbol(f"v_{chain}{k}") for k in range(length)] for chain in "ab")
    own = {phi: Symbol(f"v_{k}") for k, phi in enumerate((phi_1(tau), phi_2(tau)), 1)}
    single = coupling_density().subs({phi.diff(tau): v for phi, v in own.items()})
    stored = sum(
        single.subs(dict(zip(own.values(), (sum(first[: k + 1]), sum(second[: k + 1])), strict=True)))
        for k in range(length)
    )
    per_pair = single.diff(*own.values())
    return Matrix(length, length, lambda j, k: expand(stored.diff(first[j], second[k]) / per_pair))


def chain_amplitude(length: int, j: int, k: int) -> Eq:
    """Amplitude of a slip in junction j of chain 1 with one of given charge in junction k of chain 2, from 1 on.

    Over both fugacities: Eq. 24 with the interaction of that pair.
    """
    bond_integral = common_slip_amplitude().rhs.atoms(Integral).pop()
    energy = chain_interactions(length)[j - 1, k - 1] * symmetric_interaction().rhs.subs(tau, y / Omega)
    integrand = bond_integral.function.subs(tau, y / Omega).subs(V(y / Omega), energy)
    return Eq(gamma(1, charge), Integral(integrand, (y, -oo, oo)) / Omega)


def drag_strength(length: int, *, coherent: bool = True) -> Expr:
    """Leading power of A in gamma_1,1^2 - gamma_1,-1^2 over equal fugacities/Omega: what the drag is proportional to.

    A flux quantum may cross chain 1 by any j and chain 2 by any k. Without charges on the grains these amplitudes
    add; with random ones, or where the baths tell the junctions apart, their squares do.
    """
    pairs = list(chain_interactions(length))

    def sums(strengths) -> Expr:
        difference = 2 * sum(strengths) * A * first_moment().rhs
        return difference * sum(m**2 for m in strengths) * A**2 * second_moment().rhs

    return sums(pairs) if coherent else sum(sums([m]) for m in pairs)


@open_question(
    SLZ25b,
    "Sec. V, long chains",
    "The paper says that its results can be generalized if grains have no capacitance to ground. Not done here beyond"
    " length two at leading order: the charges of the grains; the chain's own modes in the exponents of Eq. 7; and the"
    " own energy of a slip, which grows with the nodes behind it, so that C_m is weak only for length A << 1."
    " Capacitances to ground, which the paper leaves to other work, would let slips of one chain interact.",
    where="Sec. V, last paragraph, second sentence",
)
def long_chains() -> Matrix:
    """The interactions in a longer chain, here of three junctions, without capacitance to ground."""
    return chain_interactions(3)
