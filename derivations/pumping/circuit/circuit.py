"""Charging energy of the islands, from the capacitors of the circuit: Eqs. 1 and 2 of ANWB23.

Signs: a Cooper pair has charge -2e, so that a positive gate voltage attracts pairs; n counts pairs.
"""

from functools import cache

from sympy import (
    Eq,
    Expr,
    ImmutableMatrix,
    Matrix,
    Rational,
    Symbol,
    diff,
    expand,
    eye,
    factor,
    limit,
    simplify,
    solve,
    symbols,
    together,
)

from derivations.papers import ANWB23
from derivations.pumping.symbols import E_C, C_g, C_self, C_x, U, e
from rederived.ledger import consistent

__all__ = [
    "capacitance_matrix",
    "charging_energy",
    "charging_matrix",
    "screened_charging_energy",
]

half = Rational(1, 2)
C_Sigma = Symbol("C_Sigma", positive=True)  # all capacitances of an inner island
x = Symbol("x", positive=True)  # C_x/C_Sigma, at most 1/2
H_C = Symbol("H_C")


def voltages(islands: int) -> tuple:
    return symbols(f"V_1:{islands + 1}", real=True)


def numbers(islands: int) -> tuple:
    return symbols(f"n_1:{islands + 1}", integer=True)


def gate_voltages(islands: int) -> tuple:
    return symbols(
        " ".join(f"V_{{g{k}}}" for k in range(1, islands + 1)), real=True, seq=True
    )


def induced_charges(islands: int) -> tuple:
    return symbols(
        " ".join(f"n_{{g{k}}}" for k in range(1, islands + 1)), real=True, seq=True
    )


@cache
def stored_energy(islands: int) -> Expr:
    """What all capacitors of a chain store; the grains at its ends have a neighbor's capacitance to the leads."""
    V, V_g = voltages(islands), gate_voltages(islands)
    own = sum(
        C_self * v**2 / 2 + C_g * (v - w) ** 2 / 2
        for v, w in zip(V, V_g, strict=True)
    )
    mutual = sum(
        C_x * (a - b) ** 2 / 2 for a, b in zip((0, *V), (*V, 0), strict=True)
    )
    return own + mutual


@cache
def capacitance_matrix(islands: int = 3) -> ImmutableMatrix:
    """The capacitance matrix of the islands: second derivatives of what the capacitors store."""
    V = voltages(islands)
    return ImmutableMatrix(
        islands, islands, lambda a, b: diff(stored_energy(islands), V[a], V[b])
    )


@cache
def charging_hamiltonian(islands: int) -> Expr:
    """The energy as a function of the charges, by a Legendre transformation from the voltages."""
    V, n = voltages(islands), numbers(islands)
    charges = [-2 * e * m for m in n]
    lagrangian = stored_energy(islands)
    found = solve(
        [diff(lagrangian, v) - q for v, q in zip(V, charges, strict=True)],
        V,
        dict=True,
    )[0]
    energy = sum(q * v for q, v in zip(charges, V, strict=True)) - lagrangian
    gates = {
        w: 2 * e * g / C_g
        for w, g in zip(
            gate_voltages(islands), induced_charges(islands), strict=True
        )
    }
    return together(energy.subs(found).subs(gates))


@cache
def charging_matrix(islands: int = 2) -> ImmutableMatrix:
    """M in H_C = (n - n_g)^T M (n - n_g): half the second derivatives of the energy."""
    n, energy = numbers(islands), charging_hamiltonian(islands)
    return ImmutableMatrix(
        islands, islands, lambda a, b: factor(diff(energy, n[a], n[b]) / 2)
    )


def gate_voltage_induces_charge(row) -> bool:
    """The induced charge of an island is C_g V_g/2e, and a charge equal to it costs nothing."""
    return all(
        diff(row.rhs, n)
        .subs(dict(zip(numbers(2), induced_charges(2), strict=True)))
        .equals(0)
        for n in numbers(2)
    )


def inverse_capacitance(row) -> bool:
    """The quadratic form is half of (2e)^2 times the inverse capacitance matrix."""
    n = numbers(2)
    stiffness = Matrix(2, 2, lambda a, b: diff(row.rhs, n[a], n[b]))
    return simplify(
        stiffness * capacitance_matrix(2) - (2 * e) ** 2 * eye(2)
    ) == Matrix.zeros(2)


def like_charges_repel(row) -> bool:
    """The charge of one island raises the energy of a charge on the other."""
    n_a, n_b = numbers(2)
    return simplify(diff(row.rhs, n_a, n_b)).is_positive is True


def no_cross_capacitance_no_repulsion(row) -> bool:
    """Without capacitance between them, islands do not feel one another."""
    return limit(diff(row.rhs, *numbers(2)), C_x, 0) == 0


@consistent(
    ANWB23,
    1,
    gate_voltage_induces_charge,
    inverse_capacitance,
    like_charges_repel,
    no_cross_capacitance_no_repulsion,
    ours="the factor (2e)^2/2, and that islands without mutual capacitance do not interact",
)
def charging_energy() -> Eq:
    """Charging energy of the islands, from what the capacitors store: here of two, behind it of any number.

    The gates' own C_g V_g^2/2, which no charge feels, is left out.
    """
    n, energy = numbers(2), charging_hamiltonian(2)
    at_rest = solve([diff(energy, m) for m in n], n, dict=True)[0]
    first, second = (m - factor(at_rest[m]) for m in n)
    M = charging_matrix(2)
    own = M[0, 0] * first**2 + M[1, 1] * second**2
    return Eq(H_C, own + 2 * M[0, 1] * first * second)


def in_screened_units(expression: Expr) -> Expr:
    """Capacitances as the total one of an inner island, and the ratio x of the mutual one to it."""
    return expand(
        expression.subs(C_self, C_Sigma - C_g - 2 * C_x).subs(C_x, x * C_Sigma)
    )


@cache
def in_screened_matrix(islands: int) -> ImmutableMatrix:
    return ImmutableMatrix(capacitance_matrix(islands).applyfunc(in_screened_units))


@cache
def screened_elements(islands: int = 5) -> tuple[Expr, Expr, Expr]:
    """Leading order in x of M on the diagonal, beside it, and one place further, in the middle of a chain.

    C = C_Sigma (1 - D) with D of order x, hence the inverse is (1 + D + D^2 + ...)/C_Sigma.
    """
    deviation = eye(islands) - in_screened_matrix(islands) / C_Sigma
    inverse = (eye(islands) + deviation + deviation**2) / C_Sigma
    elements = (2 * e**2 * inverse)[islands // 2, islands // 2 :]
    return tuple(expand(elements[d]).coeff(x, d) * x**d for d in range(3))


def one_scale_for_each_island(row) -> bool:
    """E_C is (2e)^2/2 over the sum of all capacitances of an island."""
    own = diff(row.rhs, numbers(2)[0], 2) / 2
    return own == E_C and simplify(screened_elements()[0] - (2 * e) ** 2 / 2 / C_Sigma) == 0


def further_neighbors_are_screened(row) -> bool:
    """What is left out, between next-nearest neighbors, is smaller by C_x over the sum of all capacitances."""
    repulsion = diff(row.rhs, *numbers(2)).subs(U, 2 * screened_elements()[1])
    return simplify(2 * screened_elements()[2] / repulsion - x) == 0


def only_nearest_neighbors(row) -> bool:
    """The sum contains single islands and nearest neighbors only, each deviation from the induced charge."""
    n_a, n_b = numbers(2)
    g_a, g_b = induced_charges(2)
    expected = {n_a: 2 * E_C, n_b: 2 * E_C}
    at_rest = row.rhs.subs({n_a: g_a, n_b: g_b})
    single = all(simplify(diff(row.rhs, n, 2) - c) == 0 for n, c in expected.items())
    return at_rest == 0 and diff(row.rhs, n_a, n_b) == U and single


def agrees_with_eq_1(row) -> bool:
    """Both scales are what Eq. 1 has for a pair on an island and for one on each of two, to leading order in C_x."""
    n_a, n_b = numbers(2)
    scales = {E_C: screened_elements()[0], U: 2 * screened_elements()[1]}
    exact, screened = charging_energy().rhs, row.rhs.subs(scales)
    off = []
    for order, derivative in enumerate(((n_a, n_a), (n_a, n_b))):
        in_ratio = together(diff(exact, *derivative).subs(C_self, C_Sigma - C_g - 2 * C_x).subs(C_x, x * C_Sigma))
        off.append(simplify(limit((in_ratio - diff(screened, *derivative)) / x**order, x, 0)))
    return off == [0, 0]


@consistent(
    ANWB23,
    2,
    one_scale_for_each_island,
    further_neighbors_are_screened,
    only_nearest_neighbors,
    agrees_with_eq_1,
    ours="the factors, the size of what is left out, and the comparison with Eq. 1",
)
def screened_charging_energy() -> Eq:
    """Charging energy of strongly screened islands: E_C of each, U between neighbors; here of two.

    The neighbors' element counts twice in the double sum of (1).
    """
    own, beside, _ = screened_elements()
    scales = {2 * e**2 / C_Sigma: E_C, 2 * beside: U}
    (n_a, n_b), (g_a, g_b) = numbers(2), induced_charges(2)
    energy = own * ((n_a - g_a) ** 2 + (n_b - g_b) ** 2)
    repulsion = 2 * beside * (n_a - g_a) * (n_b - g_b)
    return Eq(H_C, energy.subs(scales) + repulsion.subs(scales))
