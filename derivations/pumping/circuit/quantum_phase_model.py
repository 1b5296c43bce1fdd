"""The quantum phase model of the islands: Eqs. 3 and 4 of ANWB23.

With [phi, n] = i the number of pairs is n = -i d/d phi, a state of n pairs is exp(i n phi), and exp(-i phi) takes
one pair away.
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
    pi,
    simplify,
    sin,
    symbols,
)

from derivations.papers import ANWB23
from derivations.pumping.circuit.circuit import induced_charges, numbers, screened_charging_energy
from derivations.pumping.symbols import A_12, E_C, E_J, U, g_1, g_2, varphi_1, varphi_2
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "josephson_coupling",
    "number_operator",
    "one_pair_in_all",
    "shift_operator",
    "tight_binding",
    "tunneling",
]

LOWEST, HIGHEST = -1, 2  # numbers of pairs kept where an island is a matrix
H_J, H_12 = symbols("H_J H_{12}")
half = Rational(1, 2)


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


@consistent(
    ANWB23,
    3,
    one_pair_at_a_time,
    gauge_invariant,
    critical_current,
    ours="gauge invariance and the critical current, which name A and E_J",
)
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


@cache
def over_circle(wave: Expr) -> Expr:
    """Mean over one turn of the phase."""
    return integrate(wave, (varphi_1, -pi, pi)) / (2 * pi)


def element(operator, bra, ket) -> Expr:
    """Matrix element between two numbers of pairs: an integral over the phase."""
    number, wave = expand(state(-bra) * operator(state(ket))).as_independent(
        varphi_1, as_Add=False
    )
    return number * over_circle(wave)


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
    """Coefficients of exp(i m phi_2), m = -2 ... 2, in a function of the phases at phi_1 = 0."""
    waves = expand(energy.subs(varphi_1, 0).rewrite(exp), power_exp=True)
    found = {m: waves.coeff(exp(m * I * varphi_2)) for m in (-2, -1, 1, 2)}
    found[0] = expand(
        waves - sum(c * exp(m * I * varphi_2) for m, c in found.items())
    )
    return {m: c for m, c in found.items() if c != 0}


@cache
def tunneling(lowest: int = LOWEST, highest: int = HIGHEST) -> ImmutableMatrix:
    """The bond of Eq. 3 as a matrix: exp(i (phi_2 - phi_1)) moves a pair from the first island to the second."""
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


def _pairs_of_states() -> list[tuple[int, int]]:
    kept = charge_states(LOWEST, HIGHEST)
    return [(a, b) for a in kept for b in kept]


def moves_one_pair(row) -> bool:
    """exp(i phi) adds one pair, exp(-i phi) takes one away: each hop takes one pair from one island to the other."""
    states = _pairs_of_states()
    changes = {
        (states[to][0] - states[start][0], states[to][1] - states[start][1])
        for to, start in row.rhs.todok()
        if to != start
    }
    return changes == {(1, -1), (-1, 1)}


def charges_as_in_eq_2(row) -> bool:
    """Its diagonal is the charging energy of each island, for integer numbers of pairs."""
    expected = [E_C * (a - g_1) ** 2 + E_C * (b - g_2) ** 2 for a, b in _pairs_of_states()]
    return all(expand(row.rhs[k, k] - energy) == 0 for k, energy in enumerate(expected))


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
    first, second = (_pairs_of_states().index(pairs) for pairs in ((1, 0), (0, 1)))
    moved = simplify(row.rhs[second, first] / (-E_J / 2)) == exp(I * A_12)
    return moved and {simplify(a / (-E_J / 2)) for a in amplitudes | lowered} == {
        exp(I * A_12),
        exp(-I * A_12),
    }


@consistent(
    ANWB23,
    4,
    moves_one_pair,
    charges_as_in_eq_2,
    conserves_the_pairs,
    hopping_is_half,
    ours="the amplitude E_J/2, and that both islands together keep their pairs",
)
def tight_binding() -> Eq:
    """The quantum phase model as a tight-binding model of pairs: two islands with -1 to 2 pairs each, as a matrix."""
    return Eq(H_12, ImmutableMatrix(charging() + tunneling()), evaluate=False)


@kept
def one_pair_in_all() -> ImmutableMatrix:
    """Eq. 4 at n_g = 1/2 among its states with one pair in all: (-1, 2), (0, 1), (1, 0) and (2, -1)."""
    kept = charge_states(LOWEST, HIGHEST)
    states = [(a, b) for a in kept for b in kept]
    chosen = [place for place, pairs in enumerate(states) if sum(pairs) == 1]
    block = tight_binding().rhs.extract(chosen, chosen)
    return ImmutableMatrix(block.subs({g_1: half, g_2: half}))
