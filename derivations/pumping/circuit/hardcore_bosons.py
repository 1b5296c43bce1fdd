"""Two charge states for each island: hardcore bosons, and free fermions: Eqs. 5, 6 and 24 of ANWB23.

Projection is an operation on matrices: of the quantum phase model, only states with no or one pair on each
island are kept. Basis of an island: no pair first, one pair second; of a chain: the first island varies slowest.
"""

from functools import cache

from sympy import (
    Eq,
    Expr,
    ImmutableMatrix,
    Matrix,
    Poly,
    Rational,
    diff,
    expand,
    eye,
    factor,
    kronecker_product,
    simplify,
    solve,
    symbols,
)

from derivations.papers import ANWB23
from derivations.pumping.circuit.circuit import induced_charges, numbers, screened_charging_energy
from derivations.pumping.circuit.quantum_phase_model import (
    HIGHEST,
    LOWEST,
    number_operator,
    shift_operator,
    tight_binding,
    tunneling,
)
from derivations.pumping.symbols import A_12, E_C, E_J, J, U, g, g_1, g_2, n_1, n_2
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "hardcore_bosons",
    "hardcore_lowering",
    "link_matrix",
    "onsite_potential",
    "projected",
    "repulsion",
    "repulsion_terms",
]

mu, mu_1, mu_2 = symbols("mu mu_1 mu_2", real=True)
H_12, H_U = symbols("H_{12} H_U")


def projected(
    matrix, islands: int = 1, lowest: int = LOWEST, highest: int = HIGHEST
) -> ImmutableMatrix:
    """P M P on the states with no or one pair on each island; M is given on `lowest` to `highest` pairs."""
    keep = Matrix(
        [[int(n == kept) for n in range(lowest, highest + 1)] for kept in (0, 1)]
    )
    isometry = kronecker_product(*[keep] * islands) if islands > 1 else keep
    return ImmutableMatrix(isometry * matrix * isometry.T)


@kept
def hardcore_lowering() -> ImmutableMatrix:
    """b, the projection of exp(-i phi): it takes the pair away, if there is one."""
    return projected(shift_operator(LOWEST, HIGHEST))


@kept
def hardcore_number() -> ImmutableMatrix:
    """n on the two states that are kept."""
    return projected(number_operator(LOWEST, HIGHEST))


@cache
def parabola(n: int) -> Expr:
    """Charging energy of one island with n pairs."""
    (own, other), (offset, far) = numbers(2), induced_charges(2)
    return screened_charging_energy().rhs.subs({other: far, own: n, offset: g})


def vanishes_at_half(row) -> bool:
    """The potential vanishes at n_g = 1/2, and nowhere else."""
    return [2 * root for root in solve(row.rhs, g)] == [1] and diff(row.rhs, g).is_positive is True


def degenerate_at_half_integers(row) -> bool:
    """States that differ by one pair are degenerate at half-integer induced charge."""
    apart = {n: parabola(n) - parabola(n + 1) for n in range(-2, 3)}
    alike = all(expand(apart[n].subs(g, g + n) - row.rhs) == 0 for n in apart)
    return alike and all(solve(apart[n], g) == [n + Rational(1, 2)] for n in apart)


def difference_of_the_lowest(row) -> bool:
    """For 0 < n_g < 1 its magnitude is the energy difference of the two lowest charge states."""
    value = {E_C: 1}
    for offset in (
        Rational(1, 10),
        Rational(2, 5),
        Rational(1, 2),
        Rational(9, 10),
    ):
        energies = sorted(
            parabola(n).subs(value).subs(g, offset) for n in range(-2, 4)
        )
        if energies[1] - energies[0] != abs(row.rhs.subs(value).subs(g, offset)):
            return False
    return True


@consistent(
    ANWB23,
    5,
    vanishes_at_half,
    degenerate_at_half_integers,
    difference_of_the_lowest,
    ours="the value 1/2, lost in our copy",
)
def onsite_potential() -> Eq:
    """Potential of a hardcore boson: what a pair on the empty island gains."""
    return Eq(mu, factor(parabola(0) - parabola(1)))


def hardcore(row) -> bool:
    """Two states an island: b^2 = 0, b and its adjoint anticommute to one, never two bosons."""
    b = hardcore_lowering()
    return (
        row.rhs.shape == (4, 4)
        and b**2 == Matrix.zeros(2)
        and b * b.H + b.H * b == eye(2)
        and b.H * b == hardcore_number()
    )


def of_bosons(row) -> bool:
    """It is -J times hops of hardcore bosons and -mu times their numbers, with J = E_J/2."""
    b, n = hardcore_lowering(), hardcore_number()
    hop = kronecker_product(b.H, b)
    bosons = (
        -(E_J / 2) * (hop + hop.H)
        - mu_1 * kronecker_product(n, eye(2))
        - mu_2 * kronecker_product(eye(2), n)
    )
    return simplify(row.rhs - bosons) == Matrix.zeros(4)


def leaves_out_only_other_parabolas(row) -> bool:
    """Where its potentials vanish the states that it keeps are degenerate, and the next ones lie 2 E_C higher."""
    half_filled = {m: onsite_potential().rhs.subs(g, Rational(1, 2)) for m in (mu_1, mu_2)}
    kept = {row.rhs[k, k].subs(half_filled) for k in range(4)}
    energies = [parabola(n).subs(g, Rational(1, 2)) for n in (-1, 0, 1, 2)]
    return kept == {0} and [energy - energies[1] for energy in energies] == [2 * E_C, 0, 0, 2 * E_C]


@consistent(
    ANWB23,
    6,
    hardcore,
    of_bosons,
    leaves_out_only_other_parabolas,
    ours="J = E_J/2 and the distance 2 E_C of the other states, lost in our copy",
)
def hardcore_bosons() -> Eq:
    """Two islands in the hardcore limit, A = 0, in the basis 00, 01, 10, 11: Eq. 4 projected on no or one pair.

    The constant E_C n_g^2 of each island is left out.
    """
    kept = projected(tight_binding().rhs.subs(A_12, 0), 2)
    without_constant = kept - kept[0, 0] * eye(4)
    gained = onsite_potential().rhs
    potentials = {
        solve(Eq(m, gained.subs(g, o)), o)[0]: (o, m)
        for o, m in ((g_1, mu_1), (g_2, mu_2))
    }
    names = {o: value for value, (o, _) in potentials.items()}
    return Eq(
        H_12,
        ImmutableMatrix(without_constant.subs(names).applyfunc(simplify)),
        evaluate=False,
    )


@kept
def link_matrix() -> ImmutableMatrix:
    """A bond over its hopping J = E_J/2: what Eq. 3 leaves on no or one pair on each of two islands, A = 0."""
    bond = projected(tunneling(LOWEST, HIGHEST), 2)
    return ImmutableMatrix(
        (bond.subs(A_12, 0).subs(E_J, 2 * J) / J).applyfunc(simplify)
    )


@kept
def deviation_product() -> Expr:
    """The part of Eq. 2 with U, for numbers n_1, n_2 and induced charges g_1, g_2."""
    letters = dict(
        zip((*numbers(2), *induced_charges(2)), (n_1, n_2, g_1, g_2), strict=True)
    )
    return (screened_charging_energy().rhs.coeff(U) * U).subs(
        letters, simultaneous=True
    )


@kept
def repulsion_terms() -> dict[str, Expr]:
    """Eq. 24 of one bond, sorted: what multiplies n_1 n_2, n_1, n_2, and one."""
    terms = Poly(deviation_product(), n_1, n_2)
    powers = {"pair": (1, 1), "first": (1, 0), "second": (0, 1), "constant": (0, 0)}
    return {
        name: terms.coeff_monomial(n_1**a * n_2**b)
        for name, (a, b) in powers.items()
    }


def static_repulsion(row) -> bool:
    """One effect is a static repulsion U n_1 n_2."""
    e = [row.rhs[m, m] for m in range(4)]
    return repulsion_terms()["pair"] == U and expand(e[3] - e[2] - e[1] + e[0] - U) == 0


def shift_by_the_neighbor(row) -> bool:
    """The other is a shift of the potential by U times the charge induced on the neighbor."""
    terms = repulsion_terms()
    empty, second, first, _ = (row.rhs[m, m] for m in range(4))
    of_matrix = (expand(first - empty), expand(second - empty))
    return (terms["first"], terms["second"]) == of_matrix == (-U * g_2, -U * g_1)


def stays_in_the_hardcore_space(row) -> bool:
    """Without U nothing is left; with it the projected matrix stays diagonal."""
    return row.rhs.subs(U, 0) == Matrix.zeros(4) and row.rhs.is_diagonal()


@consistent(
    ANWB23,
    24,
    static_repulsion,
    shift_by_the_neighbor,
    stays_in_the_hardcore_space,
    ours="that nothing leads out of the hardcore space",
)
def repulsion() -> Eq:
    """Repulsion of neighbors in the hardcore limit, basis 00, 01, 10, 11: the term with U of Eq. 2, projected."""
    n, one = number_operator(LOWEST, HIGHEST), eye(HIGHEST - LOWEST + 1)
    first = kronecker_product(n - g_1 * one, one)
    second = kronecker_product(one, n - g_2 * one)
    strength = deviation_product().subs({n_1: g_1 + 1, n_2: g_2 + 1})
    return Eq(H_U, projected(strength * first * second, 2), evaluate=False)
