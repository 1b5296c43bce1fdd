"""What the abstract of SLZ25a claims of both drags, with the constructions of this book: numbers."""

import math

from sympy import (
    Ei,
    Eq,
    Expr,
    Integral,
    Symbol,
    exp,
    expand_log,
    expint,
    integrate,
    limit,
    log,
    oo,
    simplify,
    solve,
    symbols,
)

from derivations.cotunneling.drag.golden_rule import Omega_c
from derivations.cotunneling.dual.cooper_pairs import cooper_pair_cotunneling_amplitude
from derivations.cotunneling.dual.dual import (
    E_J1_star,
    depth,
    dual_of,
    renormalized_josephson_energy,
    repulsion_integral,
)
from derivations.cotunneling.exact.exact_bands import exact_amplitudes
from derivations.cotunneling.exact.exact_island import exact_cooper_pair_amplitudes
from derivations.cotunneling.laboratory import SeriesJunctions, drag_amperes
from derivations.cotunneling.rates.rates import drag_current, drag_voltage
from derivations.cotunneling.symbols import E_J1, R_1, gamma_tilde_1
from derivations.papers import SLZ25a
from rederived.kept import kept
from rederived.ledger import BOOK, Finding, claim, lemma
from rederived.words import listed

__all__ = [
    "amplitude_is_that_of_the_island",
    "cooper_pair_drag_is_measurable",
    "drag_is_comparable",
    "shunt_cutoff",
    "shunt_logarithm",
    "transfer_amplitudes",
]

u, x, C_shunt = symbols("u x C", positive=True)  # x: time over R C


@lemma(admissible={x: (0.5, 8.0)})
def shunt_logarithm() -> Eq:
    """Phase of a node with R and C to ground, over 2 R/R_Q, in x = tau/RC: a logarithm, a constant, and a tail.

    The frequency axis is turned by a right angle, so that nothing oscillates. Up to a frequency `top` the term 1/u
    is the bond integral of two opposite transfers, with x top for the depth; u/(1 + u^2) is split off.
    """
    whole = Integral((1 - exp(-x * u)) / (u * (1 + u**2)), (u, 0, oo))
    top = Symbol("top", positive=True)
    growing = -repulsion_integral().rhs.subs(depth, x * top) - integrate(
        u / (1 + u**2), (u, 0, top)
    )
    grown = limit(
        expand_log(growing, force=True).replace(expint, lambda n, z: -Ei(-z)),
        top,
        oo,
    )
    return Eq(
        whole,
        grown + Integral(u * exp(-x * u) / (1 + u**2), (u, 0, oo)),
        evaluate=False,
    )


@kept
def shunt_cutoff() -> Expr:
    """Omega_c of a resistor R with a capacitance C across it: the kernel's ln(Omega_c tau) is the lemma's."""
    logarithm = sum(
        term for term in shunt_logarithm().rhs.args if not term.has(Integral)
    )
    time = Symbol("tau", positive=True)
    return simplify(
        solve(
            log(Omega_c * time) - logarithm.subs(x, time / (R_1 * C_shunt)), Omega_c
        )[0]
    )


def transfer_amplitudes(island_depth: float, josephson: float) -> dict:
    """Single and joint transfers over omega_0, to second order; both junctions have josephson = E_J/omega_0."""
    alone = renormalized_josephson_energy().rhs.subs(
        {E_J1: josephson, depth: island_depth}
    )
    single = float(dual_of(gamma_tilde_1).subs(E_J1_star, alone))
    joint = {
        c: josephson**2 * float(cooper_pair_cotunneling_amplitude(c, island_depth))
        for c in (1, -1)
    }
    return {(1, 0): single, (0, 1): single, (1, 1): joint[1], (1, -1): joint[-1]}


@claim(BOOK, "cotunneling.dual, comparable")
def drag_is_comparable() -> Finding:
    """With exact amplitudes, and in the dual, the drag is of the size of the primary signal at strong coupling."""
    xi, ratio = math.sqrt(0.8), 0.8  # E_J = 10 E_C, R_k = 0.8 R_Q
    shares = {}
    for coupling in (0.1, 1.0, 4.0, 10.0):
        first, second = drag_voltage(
            exact_amplitudes(10.0, coupling, digits=24), ratio, ratio, 0.1 * xi, 0.01 * xi, xi
        )
        shares[coupling] = float(second / first)
    pairs = {}
    for island in (1.0, 10.0, 20.0):
        first, second = drag_current(
            transfer_amplitudes(island, 0.1), 1.2, 1.2, 0.05, 0.005, 0.5
        )
        pairs[island] = float(second / first)
    slips = listed(shares.values(), ".2g")
    dual = listed(pairs.values(), ".2g")
    evidence = (
        f"V_2/V_1 = {slips} at C_m/C = 0.1, 1, 4, 10: exact amplitudes at E_J = 10 E_C, R_k = 0.8 R_Q,"
        f" I Phi_0 = 0.1 Omega, T = 0.01 Omega. In the dual I_2/I_1 = {dual} at depth 1, 10, 20:"
        " E_J = 0.1 omega_0, R_k = 1.2 R_Q, 2 e V = Omega_c/10, T = Omega_c/100."
    )
    return Finding(shares[10.0], shares[10.0] > 0.5, evidence)


@claim(
    SLZ25a,
    "abstract, accessible",
    where="Abstract, third paragraph, last sentence",
    ours="the circuit, all its values, and 1 fA as what can be measured: the abstract has no number",
)
def cooper_pair_drag_is_measurable() -> Finding:
    """There are junctions and temperatures at which an experiment can see the dual drag."""
    pair = SeriesJunctions(1e-15, 20e-9, 6e9, 7.5e3, 7.5e3)
    shunt = {R_1: pair.resistance_1, C_shunt: 3e-15}
    cutoff = float(shunt_cutoff().subs(shunt)) / (2 * math.pi)
    first, second = map(
        float, drag_amperes(pair, 5e-6, 0.02, cutoff_frequency=cutoff)
    )
    evidence = (
        f"C_Sigma = 1 fF, L_0 = 20 nH (depth {pair.depth:.1f}), E_J = 6 GHz = {pair.josephson_ratio:.2f} omega_0,"
        f" R_k = 7.5 kOhm = {pair.r_1:.2f} R_Q, C_A = 3 fF (cutoff {cutoff / 1e9:.0f} GHz), 20 mK, V = 5 uV:"
        f" I_2 = {second * 1e15:.0f} fA, I_1 = {first * 1e12:.0f} pA."
    )
    return Finding(second, second > 1e-15, evidence)


@claim(BOOK, "cotunneling.dual, exact island")
def amplitude_is_that_of_the_island() -> Finding:
    """The closed form of the joint transfer is what the diagonalized island gives as E_J goes to zero."""
    left = []
    for island in (0.1, 1.0, 5.0):
        for c in (1, -1):
            formula = float(cooper_pair_cotunneling_amplitude(c, island))
            near, far = (
                float(exact_cooper_pair_amplitudes(island, j, j)[1, c])
                / (j**2 * formula)
                for j in (0.01, 0.02)
            )
            left.append(abs((4 * near - far) / 3 - 1))
    evidence = (
        f"Exact over formula, extrapolated to E_J = 0 from 0.01 and 0.02 omega_0: one within {max(left):.0e} for both"
        " directions at depth 0.1, 1 and 5."
    )
    return Finding(max(left), max(left) < 1e-5, evidence)
