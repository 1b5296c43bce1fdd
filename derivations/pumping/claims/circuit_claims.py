"""What ANWB23 says of its circuit and of hardcore bosons, with numbers."""

from functools import cache

from sympy import (
    Eq,
    Expr,
    ImmutableMatrix,
    Matrix,
    Rational,
    Symbol,
    cos,
    diff,
    eye,
    kronecker_product,
    limit,
    pi,
    solve,
)

from derivations.papers import ANWB23
from derivations.pumping.circuit.circuit import C_Sigma, half, in_screened_matrix, numbers, screened_charging_energy, x
from derivations.pumping.circuit.hardcore_bosons import hardcore_lowering, hardcore_number
from derivations.pumping.circuit.schrieffer_wolff import (
    charge_basis,
    charging_energies,
    effective_hamiltonian,
    hop_over_an_island,
    hopping,
    neighbor_attraction,
)
from derivations.pumping.symbols import E_C, J, U
from rederived.kept import kept
from rederived.ledger import BOOK, Finding, InLimit, claim
from rederived.page.plain_text import in_ascii

__all__ = [
    "inverse_capacitance_falls_off",
    "repulsion_is_bounded",
]


@kept
def screening_ratio() -> Expr:
    """r = [C^-1]_{j,j+1}/[C^-1]_{jj} far from the ends: each further island has r times less, so r = x + x r^2."""
    r = Symbol("r", positive=True)
    row_of_unity = in_screened_matrix(3)[1, :] / C_Sigma
    return min(
        solve((row_of_unity * Matrix([1, r, r**2]))[0], r),
        key=lambda root: abs(root.subs(x, Rational(1, 4))),
    )


@claim(
    ANWB23,
    "Sec. 3.3, bound",
    where="Sec. 3.3, first paragraph",
    ours="the bound, a symbol that our copy lost, read as E_C; its reason, that Eq. 2 must stay positive",
)
def repulsion_is_bounded() -> Finding:
    """The repulsion of neighbors cannot exceed the charging energy."""
    form, (n_a, n_b) = screened_charging_energy().rhs, numbers(2)
    wave = diff(form, n_a, 2) / 2 + diff(form, n_a, n_b) * cos(pi)  # of charges that alternate along the chain
    (bound,) = solve(wave, U)
    ratio = 2 * screening_ratio()
    reached = solve(Eq(ratio, bound / E_C), x)[0]
    evidence = (
        f"Charges that alternate cost {wave} an island by Eq. 2, which must not be negative. In the circuit neighbors"
        " count twice in Eq. 1, so U/E_C = 2r, with r the factor by which the inverse capacitance falls from island to"
        f" island. It is reached at C_x = {float(reached):.1f} C_Sigma, where next neighbors but one, which Eq. 2"
        f" leaves out, have {float(screening_ratio().subs(x, reached)):.1f} of U. Beyond it, U goes to"
        f" {limit(ratio, x, half)} E_C for islands that have no capacitance but to one another."
    )
    return Finding(float(bound / E_C), bound == E_C, evidence)


@claim(
    ANWB23,
    "Sec. 6, tridiagonal",
    where="Sec. 6, last paragraph, on longer-range interactions",
    ours="two ratios of the capacitances; 0.1 as negligible",
)
def inverse_capacitance_falls_off() -> Finding:
    """Only if cross-capacitances are small against an island's own is the inverse capacitance matrix nearly
    tridiagonal."""
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


@cache
def chain_operator(one_site, site: int, islands: int) -> ImmutableMatrix:
    """An operator of one island, on a whole chain."""
    return ImmutableMatrix(
        kronecker_product(
            *[one_site if m == site else eye(2) for m in range(islands)]
        )
    )


@cache
def jordan_wigner(site: int, islands: int) -> ImmutableMatrix:
    """c, the fermion of an island: b times the parity of all islands before it."""
    parity = eye(2) - 2 * hardcore_number()
    factors = [
        parity if m < site else hardcore_lowering() if m == site else eye(2)
        for m in range(islands)
    ]
    return ImmutableMatrix(kronecker_product(*factors))


@claim(
    ANWB23,
    "6, free fermions",
    where="Sec. 2, first sentence after Eq. (6)",
    ours="shown on four islands without leads and repulsion",
)
def free_fermions() -> Finding:
    """Hardcore bosons that hop between neighbors are free fermions after a Jordan-Wigner transformation."""
    islands = 4
    b = [chain_operator(hardcore_lowering(), m, islands) for m in range(islands)]
    c = [jordan_wigner(m, islands) for m in range(islands)]
    zero, one = Matrix.zeros(2**islands), eye(2**islands)
    anticommute = all(
        a * d.H + d.H * a == (one if m == q else zero) and a * d + d * a == zero
        for m, a in enumerate(c)
        for q, d in enumerate(c)
    )
    off = [c[m].H * c[m] - b[m].H * b[m] for m in range(islands)]
    off += [c[m].H * c[m + 1] - b[m].H * b[m + 1] for m in range(islands - 1)]
    distance = float(sum(d.norm() for d in off))
    closed = float((c[-1].H * c[0] - b[-1].H * b[0]).norm())
    evidence = (
        f"Four islands: c_j anticommute, and every number and every hop between neighbors is the same in both"
        f" (distance {distance:.0f}), without a string. A hop that closes the chain to a ring is not ({closed:.1f})."
    )
    return Finding(distance, anticommute and distance == 0, evidence)


def exact_levels(islands: int, ratio: float, lowest: int = -3, highest: int = 4):
    """Energies over E_C and eigenvectors of the quantum phase model with many charge states, in double precision.

    Written in numbers of pairs directly: shares nothing with the derivation. ratio = E_J/E_C, n_g = 1/2.
    """
    import numpy as np

    numbers = np.arange(lowest, highest + 1)
    one, up = np.eye(numbers.size), np.eye(numbers.size, k=-1)
    parabolas = np.diag((numbers - 0.5) ** 2)

    def on_chain(*factors):
        total = np.eye(1)
        for f in factors:
            total = np.kron(total, f)
        return total

    total = sum(
        on_chain(*[parabolas if m == s else one for m in range(islands)])
        for s in range(islands)
    )
    for s in range(islands - 1):
        hops = on_chain(
            *[up if m == s else up.T if m == s + 1 else one for m in range(islands)]
        )
        total = total - ratio / 2 * (hops + hops.T)
    return np.linalg.eigh(total)


@claim(BOOK, "beyond hardcore")
def correction_agrees_with_levels() -> Finding:
    """The first correction beyond hardcore bosons leaves an error of order E_J^3/E_C^2 or less in the levels."""
    import numpy as np

    errors, before = [], []
    basis = charge_basis(2)
    kept = [m for m, state in enumerate(basis) if set(state) <= {0, 1}]
    first, second = effective_hamiltonian(charging_energies(2), hopping(2), kept)
    for ratio in (0.1, 0.05):
        exact = exact_levels(2, ratio)[0][:4] - 0.5
        values = {E_C: 1, J: Rational(ratio) / 2}
        orders = [
            np.array(m.subs(values).tolist(), dtype=float) for m in (first, second)
        ]
        before.append(np.abs(np.linalg.eigvalsh(orders[0]) - exact).max())
        errors.append(np.abs(np.linalg.eigvalsh(sum(orders)) - exact).max())
    order = float(np.log2(errors[0] / errors[1]))
    evidence = (
        f"Two islands at n_g = 1/2 with eight charge states each, E_J = E_C/10: hardcore bosons are off by"
        f" {before[0]:.1e} E_C, with the correction by {errors[0]:.1e} E_C; half of E_J makes that 2^{order:.1f} times"
        f" smaller. U_2 = {in_ascii(neighbor_attraction().rhs)}, an attraction of neighbors; hop over an island"
        f" {in_ascii(hop_over_an_island().rhs)}."
    )
    return Finding(order, order > 2.9, evidence)


@claim(
    ANWB23,
    "Sec. 2, other charges",
    where="Sec. 2, paragraph on Fig. 2, on the other parabolas",
    ours="three islands at n_g = 1/2",
)
def other_charges_are_rare() -> InLimit:
    """If E_C is large, the ground state hardly contains other charge states than the two lowest."""
    import numpy as np

    inside = np.array([set(state) <= {0, 1} for state in charge_basis(3, -2, 3)])
    ratios = (1.0, 0.5, 0.25, 0.05)
    outside = [float(np.sum(exact_levels(3, ratio, -2, 3)[1][~inside, 0] ** 2)) for ratio in ratios]
    evidence = (
        "Three islands at n_g = 1/2; the error is the population of the other charge states. The pumps of the paper"
        f" have E_J/E_C = {ratios[2]:g} on average."
    )
    return InLimit("E_J/E_C", ratios, tuple(outside), evidence)
