"""From the circuit to the quantum phase model: Eqs. 1-4 of ANWB23.

Signs: a Cooper pair has charge -2e, so that a positive gate voltage attracts pairs; n counts pairs; with
[phi, n] = i the number is n = -i d/d phi, a state of n pairs is exp(i n phi), and exp(-i phi) takes one pair away.
"""

from functools import cache

from sympy import (
    Eq,
    Expr,
    I,
    ImmutableMatrix,
    Matrix,
    Rational,
    Symbol,
    diag,
    diff,
    exp,
    expand,
    eye,
    integrate,
    kronecker_product,
    limit,
    oo,
    pi,
    series,
    simplify,
    sin,
    solve,
    symbols,
    together,
)

from derivations.ledger import ANWB23, BOOK, Finding, claim, consistent
from derivations.pumping.symbols import (
    A_12,
    C_g,
    C_self,
    C_x,
    E_C,
    E_J,
    U,
    e,
    g_1,
    g_2,
    n_1,
    n_2,
    varphi_1,
    varphi_2,
)

__all__ = [
    "capacitance_matrix",
    "charging_energy",
    "charging_matrix",
    "inverse_capacitance_falls_off",
    "josephson_coupling",
    "number_operator",
    "repulsion_is_bounded",
    "screened_charging_energy",
    "shift_operator",
    "tight_binding",
]

LOWEST, HIGHEST = -1, 2  # numbers of pairs kept where an island is a matrix
C_Sigma = Symbol("C_Sigma", positive=True)  # all capacitances of an inner island
x = Symbol("x", positive=True)  # C_x/C_Sigma, at most 1/2
H_C, H_J, H_12 = symbols("H_C H_J H_{12}")


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
def charging_matrix(islands: int = 3) -> ImmutableMatrix:
    """M in H_C = (n - n_g)^T M (n - n_g): half the second derivatives of the energy."""
    n, energy = numbers(islands), charging_hamiltonian(islands)
    return ImmutableMatrix(
        islands, islands, lambda a, b: simplify(diff(energy, n[a], n[b]) / 2)
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
)
def charging_energy() -> Eq:
    """Charging energy of the islands, from what the capacitors store: here of two, behind it of any number.

    The gates' own C_g V_g^2/2, which no charge feels, is left out.
    """
    n, offset = numbers(2), induced_charges(2)
    deviation = Matrix([a - b for a, b in zip(n, offset, strict=True)])
    return Eq(H_C, (deviation.T * charging_matrix(2) * deviation)[0])


def in_screened_units(expression: Expr) -> Expr:
    """Capacitances as the total one of an inner island, and the ratio x of the mutual one to it."""
    return simplify(
        expression.subs(C_self, C_Sigma - C_g - 2 * C_x).subs(C_x, x * C_Sigma)
    )


@cache
def screened_elements(islands: int = 5) -> tuple[Expr, Expr, Expr]:
    """Leading order in x of M on the diagonal, beside it, and one place further, in the middle of a chain.

    Cramer's rule, for a chain that is long enough for its ends not to matter.
    """
    C = in_screened_matrix(islands)
    middle, determinant = islands // 2, C.det()
    entries = [
        2 * e**2 * C.cofactor(middle, middle + d) / determinant for d in range(3)
    ]
    return tuple(
        series(together(entry), x, 0, d + 1).removeO()
        for d, entry in enumerate(entries)
    )


@cache
def in_screened_matrix(islands: int) -> ImmutableMatrix:
    return ImmutableMatrix(capacitance_matrix(islands).applyfunc(in_screened_units))


def one_scale_for_each_island(row) -> bool:
    """E_C is (2e)^2/2 over the sum of all capacitances of an island."""
    return simplify(screened_elements()[0] - 2 * e**2 / C_Sigma) == 0


def further_neighbors_are_screened(row) -> bool:
    """What is left out, between next-nearest neighbors, is smaller by C_x over the sum of all capacitances."""
    _, beside, further = screened_elements()
    return simplify(further / beside - x) == 0


def only_nearest_neighbors(row) -> bool:
    """The sum contains single islands and nearest neighbors only, each deviation from the induced charge."""
    n_a, n_b = numbers(2)
    g_a, g_b = induced_charges(2)
    expected = {n_a: 2 * E_C, n_b: 2 * E_C}
    at_rest = row.rhs.subs({n_a: g_a, n_b: g_b})
    return at_rest == 0 and all(
        simplify(diff(row.rhs, n, 2) - c) == 0 for n, c in expected.items()
    )


@consistent(
    ANWB23,
    2,
    one_scale_for_each_island,
    further_neighbors_are_screened,
    only_nearest_neighbors,
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


@claim(ANWB23, "Sec. 3.3, bound")
def repulsion_is_bounded() -> Finding:
    """The interactions of neighbors are bounded by the charging energy."""
    islands = 9
    capacitance = in_screened_matrix(islands).subs(C_Sigma, 1)
    ratios = []
    for value in (
        Rational(1, 10),
        Rational(1, 4),
        Rational(2, 5),
        Rational(49, 100),
    ):
        inverse = capacitance.subs(x, value).inv()
        middle = islands // 2
        ratios.append(
            float(2 * inverse[middle, middle + 1] / inverse[middle, middle])
        )
    evidence = (
        "In the double sum of Eq. 1 neighbors count twice: U/E_C = 2 [C^-1]_{j,j+1}/[C^-1]_{jj} in the middle of nine"
        f" islands is {ratios[0]:.2f} at C_x = C_Sigma/10 and {ratios[1]:.2f} at a quarter, passes one and reaches"
        f" {ratios[3]:.2f} near C_x = C_Sigma/2, where the islands have no capacitance but to each other. The bound"
        " that no screening changes is 2 E_C; below it by half is what strong screening gives, U = 2 E_C C_x/C_Sigma."
    )
    return Finding(ratios[3], max(ratios) < 1, evidence)


@claim(ANWB23, "Sec. 6, tridiagonal")
def inverse_capacitance_falls_off() -> Finding:
    """The inverse capacitance matrix is nearly tridiagonal only if the self-capacitance exceeds the cross-capacitance."""
    islands = 9
    capacitance = in_screened_matrix(islands).subs(C_Sigma, 1)
    relative = {}
    for value in (Rational(1, 20), Rational(2, 5)):
        inverse = capacitance.subs(x, value).inv()
        relative[value] = float(inverse[4, 6] / inverse[4, 5])
    weak, strong = relative.values()
    evidence = (
        f"Next-nearest over nearest neighbors in the middle of nine islands: {weak:.3f} for C_x = C_Sigma/20, so that"
        f" the self-capacitance is 18 C_x, and {strong:.2f} for C_x = 2 C_Sigma/5, where it is C_x/2."
    )
    return Finding(strong / weak, weak < 0.1 < strong, evidence)


# The phases.


def one_pair_at_a_time(row) -> bool:
    """It moves single pairs: one harmonic of the phase difference, and no second one."""
    second = integrate(row.rhs * exp(-2 * I * varphi_2), (varphi_2, -pi, pi))
    return simplify(second) == 0


def gauge_invariant(row) -> bool:
    """Only the sum of phase difference and Peierls phase counts: a phase of one island can be absorbed."""
    shift = Symbol("chi", real=True)
    return (
        simplify(
            row.rhs.subs(
                {varphi_2: varphi_2 + shift, A_12: A_12 - shift}, simultaneous=True
            )
            - row.rhs
        )
        == 0
    )


def critical_current(row) -> bool:
    """Its derivative with respect to the phase is the Josephson current over 2e."""
    return (
        simplify(diff(row.rhs, varphi_2) - E_J * sin(varphi_2 - varphi_1 + A_12))
        == 0
    )


@consistent(ANWB23, 3, one_pair_at_a_time, gauge_invariant, critical_current)
def josephson_coupling() -> Eq:
    """Tunneling of pairs between neighbors: the work of the Josephson current, up to a constant; one bond.

    The line integral of the vector potential adds A_12 to the phase difference: only both together are gauge invariant.
    """
    difference = Symbol("theta", real=True)
    work = integrate(E_J * sin(difference), difference)
    return Eq(H_J, work.subs(difference, varphi_2 - varphi_1 + A_12))


@cache
def state(n) -> Expr:
    """The state of n pairs as a function of the phase."""
    return exp(I * n * varphi_1)


def element(operator, bra, ket) -> Expr:
    """Matrix element between two numbers of pairs: an integral over the phase."""
    return integrate(
        expand(state(-bra) * operator(state(ket))), (varphi_1, -pi, pi)
    ) / (2 * pi)


def charge_states(lowest: int, highest: int) -> range:
    return range(lowest, highest + 1)


@cache
def number_operator(
    lowest: int = LOWEST, highest: int = HIGHEST
) -> ImmutableMatrix:
    """n = -i d/d phi as a matrix between states of `lowest` to `highest` pairs."""
    kept = charge_states(lowest, highest)
    matrix = [
        [element(lambda f: -I * diff(f, varphi_1), a, b) for b in kept]
        for a in kept
    ]
    return ImmutableMatrix(matrix)


@cache
def shift_operator(lowest: int = LOWEST, highest: int = HIGHEST) -> ImmutableMatrix:
    """exp(-i phi) as a matrix between states of `lowest` to `highest` pairs: it takes one pair away."""
    kept = charge_states(lowest, highest)
    matrix = [
        [element(lambda f: exp(-I * varphi_1) * f, a, b) for b in kept]
        for a in kept
    ]
    return ImmutableMatrix(matrix)


def harmonics(energy: Expr) -> dict[int, Expr]:
    """Coefficients of exp(i m (phi_2 - phi_1)) in a function of the phases, those that are not zero."""
    amplitudes = expand(energy.rewrite(exp), power_exp=True).subs(varphi_1, 0)
    pairs = {
        m: simplify(
            integrate(
                expand(amplitudes * exp(-I * m * varphi_2)), (varphi_2, -pi, pi)
            )
            / (2 * pi)
        )
        for m in range(-2, 3)
    }
    return {m: c for m, c in pairs.items() if c != 0}


@cache
def tunneling(lowest: int = LOWEST, highest: int = HIGHEST) -> ImmutableMatrix:
    """The bond of Eq. 3 as a matrix: exp(i (phi_2 - phi_1)) gives a pair to the second island and takes it from the first."""
    lower = shift_operator(lowest, highest)
    right = kronecker_product(lower, lower.H)
    powers = {m: right**m if m >= 0 else right.H ** (-m) for m in (-2, -1, 0, 1, 2)}
    found = harmonics(josephson_coupling().rhs)
    return ImmutableMatrix(
        sum((c * powers[m] for m, c in found.items()), Matrix.zeros(lower.rows**2))
    )


@cache
def charging(lowest: int = LOWEST, highest: int = HIGHEST) -> ImmutableMatrix:
    """The charging energies of two islands as a matrix, without the repulsion of neighbors."""
    kept = charge_states(lowest, highest)
    (n_a, n_b), offset = (
        numbers(2),
        dict(zip(induced_charges(2), (g_1, g_2), strict=True)),
    )
    energy = screened_charging_energy().rhs.subs(U, 0).subs(offset)
    return ImmutableMatrix(
        diag(*[energy.subs({n_a: a, n_b: b}) for a in kept for b in kept])
    )


def shifts_change_the_number_by_one(row) -> bool:
    """[n, Sigma^+-] = +- Sigma^+- for exp(+- i phi), acting on any state of n pairs."""
    n = Symbol("n", integer=True)

    def number(f):
        return -I * diff(f, varphi_1)

    return all(
        simplify(number(s * state(n)) - s * number(state(n)) - sign * s * state(n))
        == 0
        for sign in (1, -1)
        for s in (exp(sign * I * varphi_1),)
    )


def canonical(row) -> bool:
    """[phi, n] = i, the commutator from which all signs follow."""
    n = Symbol("n", integer=True)
    f = state(n)
    return (
        simplify(
            varphi_1 * (-I * diff(f, varphi_1))
            - (-I * diff(varphi_1 * f, varphi_1))
            - I * f
        )
        == 0
    )


def conserves_the_pairs(row) -> bool:
    """Tunneling conserves the number of pairs on both islands together."""
    n = number_operator()
    total = kronecker_product(n, eye(n.rows)) + kronecker_product(eye(n.rows), n)
    return simplify(total * row.rhs - row.rhs * total) == Matrix.zeros(n.rows**2)


def hopping_is_half(row) -> bool:
    """A pair hops with amplitude E_J/2 and the Peierls phase, whatever the numbers are: no factor sqrt(n)."""
    amplitudes = {
        entry for place, entry in row.rhs.todok().items() if place[0] > place[1]
    }
    lowered = {
        entry for place, entry in row.rhs.todok().items() if place[0] < place[1]
    }
    return {simplify(a / (-E_J / 2)) for a in amplitudes | lowered} == {
        exp(I * A_12),
        exp(-I * A_12),
    }


@consistent(
    ANWB23,
    4,
    canonical,
    shifts_change_the_number_by_one,
    conserves_the_pairs,
    hopping_is_half,
)
def tight_binding() -> Eq:
    """The quantum phase model as a tight-binding model of pairs: two islands with -1 to 2 pairs each, as a matrix."""
    return Eq(H_12, ImmutableMatrix(charging() + tunneling()), evaluate=False)
