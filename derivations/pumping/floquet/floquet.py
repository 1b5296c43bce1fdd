"""Floquet theory of the pumped charge: Eqs. 17-22 of ANWB23.

Operators and states are noncommutative symbols that depend on time and phase. U is the evolution from 0 to t, its
adjoint a symbol of its own; what is known of them is the Schroedinger equation and that they are unitary.
"""


from sympy import (
    Eq,
    Expr,
    Function,
    I,
    Integer,
    Integral,
    KroneckerDelta,
    Matrix,
    Rational,
    Sum,
    Symbol,
    Tuple,
    conjugate,
    cos,
    diff,
    exp,
    expand,
    kronecker_product,
    limit,
    oo,
    pi,
    sin,
    solve,
    sqrt,
    symbols,
)

from derivations.papers import ANWB23
from derivations.pumping.drives.driven_chain import current_is_slope
from derivations.pumping.symbols import T, omega, phi, t
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "charge_from_current",
    "charge_from_quasienergies",
    "evolution_and_phase",
    "floquet_operator",
    "initial_weights",
    "mean_of_phase_factors",
    "phase_average",
    "quasienergies",
    "slope_of_quasienergy",
]

nu, mu, k, w = symbols("nu mu k w", integer=True)
states = Symbol("M", integer=True, positive=True)
quasienergy, weight = (
    Function("varepsilon", real=True),
    Function("N", nonnegative=True),
)
H, U, U_adjoint = (
    Function(name, commutative=False) for name in ("H", "U", r"U^{\dagger}")
)
overlap, between = Function(r"\langle\psi_\nu|\Psi(0)\rangle"), Function(r"\langle Q\rangle")
F, F_adjoint, state, bra = (
    Function(name, commutative=False)
    for name in ("F", r"F^{\dagger}", "psi", r"\psi^{\dagger}")
)


def stays_unitary(row) -> bool:
    """It is unitary: the Schroedinger equation keeps U^+ U, which is one at t = 0."""
    motion = {equation.lhs: equation.rhs for equation in schrodinger()}
    evolution, adjoint = row.rhs.subs(T, t), U_adjoint(t, phi)
    change = motion[diff(adjoint, t)] * evolution + adjoint * motion[diff(evolution, t)]
    return expand(change) == 0


@consistent(ANWB23, 17, stays_unitary, ours="unitarity; the text only says what the operator is")
def floquet_operator() -> Eq:
    """The Floquet operator is the evolution over one period, the solution of the Schroedinger equation."""
    return Eq(F(phi), U(T, phi))


@kept
def schrodinger() -> tuple[Eq, Eq]:
    """The equations of motion of the evolution and of its adjoint."""
    hamiltonian, evolution, adjoint = H(t, phi), U(t, phi), U_adjoint(t, phi)
    return (
        Eq(diff(evolution, t), -I * hamiltonian * evolution),
        Eq(diff(adjoint, t), I * adjoint * hamiltonian),
    )


def defined_modulo_the_frequency(row) -> bool:
    """A quasienergy is defined modulo omega only."""
    shifted = row.rhs.subs(quasienergy(phi), quasienergy(phi) + omega).subs(omega, 2 * pi / T)
    return expand(shifted - row.rhs) == 0


@consistent(ANWB23, 18, defined_modulo_the_frequency, ours="that a quasienergy is defined modulo omega")
def quasienergies() -> Eq:
    """Floquet states are eigenstates of one period; the phase they gain defines their quasienergy."""
    return Eq(
        F(phi) * state(phi),
        exp(-I * quasienergy(phi) * T) * state(phi),
        evaluate=False,
    )


def sum_to_one(row) -> bool:
    """The weights sum to one, since the Floquet states are a complete basis: here a turned one of two islands."""
    ground = Matrix([Rational(1, 5), 2 * I, -1 + I / 3, 3])
    rotation = Matrix([[cos(phi), -sin(phi)], [I * sin(phi), I * cos(phi)]])
    basis = kronecker_product(rotation, rotation.subs(phi, t)).subs({phi: Rational(4, 5), t: Rational(1, 3)})
    total = sum(row.rhs.subs(overlap(nu, phi), o) for o in basis.H * ground)
    return abs((total - (ground.H * ground)[0]).evalf(20)) < 1e-15


@consistent(ANWB23, 20, sum_to_one, ours="all: the text has only the name of the weights")
def initial_weights() -> Eq:
    """Weights of the Floquet states: squared overlaps with the ground state of H(0, phi)."""
    return Eq(weight(nu, phi), abs(overlap(nu, phi)) ** 2)


@kept
def evolution_and_phase() -> Eq:
    """How a change of the phase builds up: d/dt of U^+ dU/dphi holds the derivative of H only."""
    motion = {equation.lhs: equation.rhs for equation in schrodinger()}
    evolution, adjoint = U(t, phi), U_adjoint(t, phi)
    by_phase = diff(motion[diff(evolution, t)], phi)
    change = motion[diff(adjoint, t)] * diff(evolution, phi) + adjoint * by_phase
    left = diff(adjoint * diff(evolution, phi), t, evaluate=False)
    return Eq(left, expand(change), evaluate=False)


@kept
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


mean_current = Function(r"\langle\hat{J}\rangle_", real=True)


@kept
def mean_of_phase_factors() -> Tuple:
    """(1/n) sum of exp(i d k) over k = 0 ... n - 1 for n to infinity: with d a multiple of 2 pi, and with any other.

    The sum is a geometric series. What is left of the other is below any bound, whatever the cosine of d n.
    """
    d, cosine = Symbol("d", real=True), Symbol("c", real=True)
    n = Symbol("n", integer=True, positive=True)
    (equal, _), (other, _) = Sum(exp(I * d * k), (k, 0, n - 1)).doit().args
    above, below = (expand(expand(part * conjugate(part)).rewrite(cos)) for part in other.as_numer_denom())
    size = sqrt(above.subs(cos(d * n), cosine) / below) / n
    return Tuple(limit(equal / n, n, oo), limit(size, n, oo))


def counted_as_in_the_slopes(row) -> bool:
    """Its current is -dH/dphi at the right lead. With Hellmann and Feynman's it is Eq. 19: weights, factor, sign."""
    sides = current_is_slope()
    is_slope = (sides.lhs - sides.rhs).applyfunc(expand) == Matrix.zeros(4)
    slopes = charge_from_quasienergies().rhs.function
    per_state = Integral(mean_current(nu, t, phi), (t, 0, T))
    return is_slope and row.rhs.function.subs(per_state, slopes / weight(nu, phi)) == slopes


@consistent(ANWB23, 21, counted_as_in_the_slopes, ours="the sign, from continuity")
def charge_from_current() -> Eq:
    """The charge at infinite time is the current of each Floquet state over one period, weighted.

    The initial state is a sum over Floquet states, each of which gains its phase in every period. So the charge of
    period k is a double sum with exp(i (epsilon_mu - epsilon_nu) k T); what the mean over k keeps is mu = nu.
    """
    same, other = mean_of_phase_factors()
    survives = other + (same - other) * KroneckerDelta(mu, nu)
    pair = conjugate(overlap(mu, phi)) * overlap(nu, phi) * between(mu, nu)
    kept = Sum(pair * survives, (mu, 1, states)).doit().args[0][0]
    squared = initial_weights().rhs.rewrite(conjugate)
    weighted = (kept / between(nu, nu)).subs(squared, initial_weights().lhs)
    per_state = Integral(mean_current(nu, t, phi), (t, 0, T))
    return Eq(Symbol("q"), Sum(weighted * per_state, (nu, 1, states)), evaluate=False)


def equals_integrated_current(row) -> bool:
    """It equals the current integrated over a period, Eq. 21."""
    slope = slope_of_quasienergy().rhs
    built_up = evolution_and_phase().rhs
    hamiltonian_slope = -I * U_adjoint(t, phi) * diff(H(t, phi), phi) * U(t, phi)
    one = (row.rhs.function / weight(nu, phi)).subs(quasienergy(nu, phi), quasienergy(phi)).doit()
    return expand(built_up - hamiltonian_slope) == 0 and expand(one + I * slope) == 0


def no_charge_without_dispersion(row) -> bool:
    """Quasienergies that do not depend on the phase carry no charge."""
    summand = row.rhs.function.subs(quasienergy(nu, phi), Symbol("constant"))
    return summand.doit() == 0


@consistent(
    ANWB23,
    19,
    equals_integrated_current,
    no_charge_without_dispersion,
    ours="that states without dispersion carry nothing",
)
def charge_from_quasienergies() -> Eq:
    """The charge per period at infinite time, from the slopes of the quasienergies.

    <psi| U^+ dU/dphi |psi> at t = T is -i times the integral of <dH/dphi>, hence i times the charge that the current
    -dH/dphi carries; by Hellmann and Feynman it is -i T times the slope. The weights are those of Eq. 21.
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


@consistent(ANWB23, 22, integer, only_winding_states_contribute, ours="the sign of the winding")
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
