"""Floquet theory of the pumped charge: Eqs. 16-22 of ANWB23.

Operators and states are noncommutative symbols that depend on time and phase. U is the evolution from 0 to t, its
adjoint a symbol of its own; what is known of them is the Schroedinger equation and that they are unitary.
All signs follow from continuity: the pairs on an island change by what comes in from the left less what goes out
to the right.
"""

from functools import cache

import numpy as np
from sympy import (
    Eq,
    Expr,
    Function,
    I,
    ImmutableMatrix,
    Integer,
    Integral,
    Matrix,
    Sum,
    Symbol,
    cos,
    diff,
    exp,
    expand,
    eye,
    kronecker_product,
    pi,
    sin,
    solve,
    symbols,
)

from derivations.ledger import ANWB23, BOOK, Finding, claim, consistent, definition
from derivations.pumping.hardcore_bosons import hardcore_number, link_matrix
from derivations.pumping.leads import lead_matrix
from derivations.pumping.symbols import (
    J_0,
    Delta_0,
    T,
    delta_J,
    omega,
    phi,
    phi_L,
    t,
)

__all__ = [
    "adiabatic_state",
    "charge_from_current",
    "charge_from_quasienergies",
    "current_operators",
    "driven_chain",
    "evolution_and_phase",
    "floquet_operator",
    "initial_weights",
    "phase_average",
    "quadratic_in_frequency",
    "quasienergies",
    "same_through_every_link",
    "slope_of_quasienergy",
]

nu, w = symbols("nu w", integer=True)
states = Symbol("M", integer=True, positive=True)
quasienergy, weight = (
    Function("varepsilon", real=True),
    Function("N", nonnegative=True),
)
H, U, U_adjoint = (
    Function(name, commutative=False) for name in ("H", "U", r"U^{\dagger}")
)
F, F_adjoint, state, bra = (
    Function(name, commutative=False)
    for name in ("F", r"F^{\dagger}", "psi", r"\psi^{\dagger}")
)


@cache
def parts_of_two_islands() -> dict[str, Expr]:
    """Terms of two islands between leads on their four states: sites, bond, left lead, right lead."""
    n, one, lead = hardcore_number(), eye(2), lead_matrix()
    site = Delta_0 * sin(omega * t)
    return {
        "sites": site * (kronecker_product(n, one) - kronecker_product(one, n)),
        "bond": (J_0 + delta_J * cos(omega * t)) * link_matrix(),
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


def breaks_number_conservation(row) -> bool:
    """Only its leads change the number of pairs."""
    total = number_of(0) + number_of(1)
    inner = parts_of_two_islands()["sites"] + parts_of_two_islands()["bond"]
    kept = inner * total - total * inner == Matrix.zeros(4)
    return kept and row.rhs * total - total * row.rhs != Matrix.zeros(4)


@consistent(
    ANWB23, 16, periodic_in_time, periodic_in_phase, breaks_number_conservation
)
def driven_chain() -> Eq:
    """Hamiltonian of the Rice-Mele chain between leads, here of two islands, in the basis 00, 01, 10, 11."""
    terms = parts_of_two_islands()
    total = sum(terms.values(), Matrix.zeros(4))
    return Eq(Symbol("H"), ImmutableMatrix(total), evaluate=False)


@definition(ANWB23, 17)
def floquet_operator() -> Eq:
    """The Floquet operator is the evolution over one period, the solution of the Schroedinger equation."""
    return Eq(F(phi), U(T, phi))


@cache
def schrodinger() -> tuple[Eq, Eq]:
    """The equations of motion of the evolution and of its adjoint."""
    hamiltonian, evolution, adjoint = H(t, phi), U(t, phi), U_adjoint(t, phi)
    return (
        Eq(diff(evolution, t), -I * hamiltonian * evolution),
        Eq(diff(adjoint, t), I * adjoint * hamiltonian),
    )


@definition(ANWB23, 18)
def quasienergies() -> Eq:
    """Floquet states are eigenstates of one period; the phase they gain defines their quasienergy."""
    return Eq(
        F(phi) * state(phi),
        exp(-I * quasienergy(phi) * T) * state(phi),
        evaluate=False,
    )


@definition(ANWB23, 20)
def initial_weights() -> Eq:
    """Weights of the Floquet states: squared overlaps with the ground state of H(0, phi)."""
    overlap = Function(r"\langle\psi_\nu|\Psi(0)\rangle")(nu, phi)
    return Eq(weight(nu, phi), abs(overlap) ** 2)


@cache
def evolution_and_phase() -> Eq:
    """How a change of the phase builds up: d/dt of U^+ dU/dphi holds the derivative of H only."""
    motion = {equation.lhs: equation.rhs for equation in schrodinger()}
    evolution, adjoint = U(t, phi), U_adjoint(t, phi)
    by_phase = diff(motion[diff(evolution, t)], phi)
    change = motion[diff(adjoint, t)] * diff(evolution, phi) + adjoint * by_phase
    left = diff(adjoint * diff(evolution, phi), t, evaluate=False)
    return Eq(left, expand(change), evaluate=False)


@cache
def slope_of_quasienergy() -> Eq:
    """Hellmann and Feynman for one period: <psi| F^+ dF/dphi |psi> in terms of the slope of the quasienergy.

    Eq. 18 is differentiated and multiplied with <psi| F^+ from the left; F is unitary, psi normalized.
    """
    eigen = quasienergies()
    differentiated = diff(eigen.lhs, phi) - diff(eigen.rhs, phi)
    unknown = Symbol("X", commutative=False)
    moved = expand(bra(phi) * F_adjoint(phi) * differentiated)
    element = bra(phi) * F_adjoint(phi) * diff(F(phi), phi) * state(phi)
    growth = bra(phi) * F_adjoint(phi) * F(phi) * diff(state(phi), phi)
    turned = bra(phi) * F_adjoint(phi) * state(phi)
    turned_slope = bra(phi) * F_adjoint(phi) * diff(state(phi), phi)
    drift = Symbol(r"\langle\psi|\partial_\phi\psi\rangle")
    back = exp(I * quasienergy(phi) * T)
    known = {
        element: unknown,
        growth: drift,
        turned: back,
        turned_slope: back * drift,
    }
    found = sum(_replaced(term, known) for term in moved.as_ordered_terms())
    return Eq(element, expand(unknown - found), evaluate=False)


def _replaced(term: Expr, known: dict) -> Expr:
    """A term with its noncommutative part replaced."""
    scalars, operators = term.args_cnc()
    product = Integer(1)
    for operator in operators:
        product = product * operator
    total = known[product]
    for scalar in scalars:
        total = total * scalar
    return total


def number_of(island: int) -> ImmutableMatrix:
    """The number of pairs on one of two islands."""
    n, one = hardcore_number(), eye(2)
    return ImmutableMatrix(
        kronecker_product(n, one) if island == 0 else kronecker_product(one, n)
    )


def _commutator(term: Matrix, number: Matrix) -> ImmutableMatrix:
    return ImmutableMatrix((I * (term * number - number * term)).applyfunc(expand))


@cache
def current_operators() -> tuple[ImmutableMatrix, ...]:
    """Currents from left to right through left lead, bond and right lead of two islands, from continuity.

    What a link does to the number on the island at its right end, i [link, n], comes in; at the right lead, what
    it does to the last island goes out.
    """
    terms = parts_of_two_islands()
    return (
        _commutator(terms["left"], number_of(0)),
        _commutator(terms["bond"], number_of(1)),
        -_commutator(terms["right"], number_of(1)),
    )


@claim(BOOK, "Floquet, continuity")
def same_through_every_link() -> Finding:
    """In a Floquet state the charge per period is the same through every link, the leads included.

    Two currents in a row differ by the rate of change of the number between them, whose integral over a period
    vanishes in a state that returns to itself.
    """
    total, currents = driven_chain().rhs, current_operators()
    off = sum(
        (_commutator(total, number_of(m)) - (currents[m] - currents[m + 1]))
        .applyfunc(expand)
        .norm()
        for m in (0, 1)
    )
    evidence = "I_left - I_right of each island is i [H, n] as matrices: what is left over has the norm 0."
    return Finding(float(off), off == 0, evidence)


@cache
def current_is_slope() -> Eq:
    """The current through the right lead is minus dH/dphi: both sides as matrices of two islands."""
    slope = diff(driven_chain().rhs, phi)
    return Eq(
        current_operators()[-1],
        ImmutableMatrix(-slope.applyfunc(expand)),
        evaluate=False,
    )


def right_lead_carries_the_slope(row) -> bool:
    """The operator of the current is minus the derivative of H by the phase, at the lead that carries it."""
    sides = current_is_slope()
    return (sides.lhs - sides.rhs).applyfunc(expand) == Matrix.zeros(4)


def charge_of_one_state_is_continuous(row) -> bool:
    """The mean of the currents over all links may be used as well: all of them carry the same charge."""
    return same_through_every_link().holds


mean_current = Function(r"\langle\hat{J}\rangle_", real=True)


@consistent(
    ANWB23, 21, right_lead_carries_the_slope, charge_of_one_state_is_continuous
)
def charge_from_current() -> Eq:
    """The charge at infinite time is the current of each Floquet state over one period, weighted."""
    per_state = Integral(mean_current(nu, t, phi), (t, 0, T))
    return Eq(
        Symbol("q"),
        Sum(weight(nu, phi) * per_state, (nu, 1, states)),
        evaluate=False,
    )


def equals_integrated_current(row) -> bool:
    """It equals the current integrated over a period, Eq. 21."""
    slope = slope_of_quasienergy().rhs
    built_up = evolution_and_phase().rhs
    hamiltonian_slope = -I * U_adjoint(t, phi) * diff(H(t, phi), phi) * U(t, phi)
    current_of_state = -I * slope
    return (
        expand(built_up - hamiltonian_slope) == 0
        and expand(current_of_state + T * diff(quasienergy(phi), phi)) == 0
    )


def no_charge_without_dispersion(row) -> bool:
    """Quasienergies that do not depend on the phase carry no charge."""
    summand = row.rhs.function.subs(quasienergy(nu, phi), Symbol("constant"))
    return summand.doit() == 0


@consistent(ANWB23, 19, equals_integrated_current, no_charge_without_dispersion)
def charge_from_quasienergies() -> Eq:
    """The charge per period at infinite time, from the slopes of the quasienergies.

    <psi| U^+ dU/dphi |psi> at t = T is -i times the integral of <dH/dphi>, hence i times the charge that the current
    -dH/dphi carries; by Hellmann and Feynman it is -i T times the slope. What is not diagonal in the Floquet states
    averages out over many periods.
    """
    carried = Symbol("q_nu")
    (one,) = solve(Eq(I * carried, slope_of_quasienergy().rhs), carried)
    one = one.subs(quasienergy(phi), quasienergy(nu, phi)).doit()
    return Eq(
        Symbol("q"), Sum(weight(nu, phi) * one, (nu, 1, states)), evaluate=False
    )


def integer(row) -> bool:
    """It is an integer where one Floquet state is occupied: minus the winding of its quasienergy."""
    return row.rhs == -w


def only_winding_states_contribute(row) -> bool:
    """States whose quasienergy does not wind do not contribute."""
    return row.rhs.subs(w, 0) == 0


@consistent(ANWB23, 22, integer, only_winding_states_contribute)
def phase_average() -> Eq:
    """The average over the phase of the charge of one Floquet state whose quasienergy winds w times through omega."""
    charge = charge_from_quasienergies().rhs.function / weight(nu, phi)
    primitive = charge.subs(diff(quasienergy(nu, phi), phi), 1) * quasienergy(
        nu, phi
    )
    over_a_turn = primitive.subs(phi, 2 * pi) - primitive.subs(phi, 0)
    wound = quasienergy(nu, 0) + w * 2 * pi / T
    average = over_a_turn.subs(quasienergy(nu, 2 * pi), wound) / (2 * pi)
    return Eq(Symbol("Q"), expand(average))


@claim(ANWB23, "Sec. 3, one Floquet state")
def adiabatic_state() -> Finding:
    """In the adiabatic limit a single Floquet state carries the charge."""
    from derivations.pumping.chains import RiceMele
    from derivations.pumping.infinite_time import floquet_spectrum

    chain = RiceMele(4, hopping_modulation=1.2)
    largest = [
        float(floquet_spectrum(chain, frequency, 1.0)[1].max())
        for frequency in (0.4, 0.1, 0.05)
    ]
    holds = largest[0] < largest[1] < largest[2] and largest[2] > 0.99
    listed = ", ".join(f"{x:.4f}" for x in largest)
    evidence = f"Four islands, clipped drive: weight {listed} at omega/J_0 = 0.4, 0.1, 0.05."
    return Finding(largest[-1], holds, evidence)


@claim(ANWB23, "Sec. 3, nonadiabatic")
def quadratic_in_frequency() -> Finding:
    """The deviation of the phase average from an integer falls with the square of the frequency, or faster."""
    from derivations.pumping.chains import RiceMele
    from derivations.pumping.infinite_time import pumped_charge

    phases = (np.arange(8) + 0.5) * np.pi / 4
    powers = {}
    for modulation in (0.7, 1.0, 1.2):
        chain = RiceMele(8, hopping_modulation=modulation)
        fast, slow = (
            abs(1 - pumped_charge(chain, f, phases).mean()) for f in (0.1, 0.025)
        )
        powers[modulation] = float(np.log(fast / slow) / np.log(4))
    least = min(powers.values())
    listed = ", ".join(f"{p:.1f} at {m}" for m, p in powers.items())
    evidence = f"Eight islands, U = 0, omega/J_0 from 0.1 to 0.025: the power is {listed} = delta J/J_0."
    return Finding(least, least > 1.9, evidence)
