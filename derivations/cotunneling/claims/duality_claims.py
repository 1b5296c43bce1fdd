"""What the abstract of SLZ25a says of the dual, settled by its action."""

from sympy import Integral, Symbol, cosh, exp, expand, factor, simplify

from derivations.cotunneling.action.action import drag_exponent
from derivations.cotunneling.dual.dual import (
    cooper_pair_amplitude,
    depth,
    dual_of,
    exponent_of_transfer,
    omega_0,
    phase_correlators,
    weak_fluctuations,
    x,
)
from derivations.cotunneling.symbols import R_Q, charge, tau
from derivations.papers import SLZ25a
from rederived.ledger import Finding, claim

__all__ = [
    "duality_is_exact",
    "finite_current",
]


@claim(
    SLZ25a,
    "abstract, duality",
    where="Abstract, third paragraph, first sentence",
    ours="the circuit, with a dc return of the island, and the table of counterparts",
)
def duality_is_exact() -> Finding:
    """Exchanging phase and charge turns the drag of fluxons into one of Cooper pairs, exponents included."""
    by_table, by_circuit = dual_of(drag_exponent().rhs), exponent_of_transfer()
    left = simplify(by_table - by_circuit)
    shunted = exponent_of_transfer(1 / Symbol("R_0", positive=True))
    extra = str(factor((shunted - by_circuit) * R_Q)).replace("**", "^").replace("*", " ")
    evidence = (
        "The exponent of (n_1, n_2) read from the circuit's impedances, (n_1^2 R_1 + n_2^2 R_2)/R_Q, is Eq. 7's with"
        f" R_k/R_Q for R_Q/R_k. A resistor R_0 for the inductor would add {extra}/R_Q."
    )
    return Finding(float(left != 0), bool(left == 0), evidence)


@claim(
    SLZ25a,
    "abstract, dual drag",
    where="Abstract, third paragraph, second sentence",
    ours="the circuit; second order in the Josephson energies",
)
def finite_current() -> Finding:
    """Cooper pairs that cross both junctions together make a current in the one without a voltage of its own."""
    together, apart = weak_fluctuations()
    leading = expand(together**2 - apart**2).coeff(depth, 3)
    _, bonds = cooper_pair_amplitude().rhs.as_independent(Integral)
    z = -phase_correlators()[1].subs(tau, x / omega_0)
    both = sum(bonds.function.subs(charge, c) for c in (1, -1))  # the opposite amplitude is negative
    positive = simplify((both - (2 * cosh(z) - 2)).rewrite(exp)) == 0 and bool(z.is_positive)
    evidence = (
        "gamma_1,1 - |gamma_1,-1| is the integral of 2 cosh(z) - 2 > 0, z = depth exp(-omega_0 tau): no depth has it"
        f" zero. The squares differ by {leading} depth^3 in units of (E*_J1 E*_J2/2 omega_0)^2, in leading order."
    )
    return Finding(float(leading), bool(leading > 0 and positive), evidence)
