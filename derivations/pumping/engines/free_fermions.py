"""Without repulsion a chain between leads is 2N + 2 Majorana fermions: exact charges of hundreds of islands.

Two more islands, the ancillas 0 and N + 1, make the leads quadratic: each lead is multiplied by sigma_x of its
ancilla. Both sigma_x commute with H, and where both are one, H is the chain. A Jordan-Wigner map over all N + 2
islands leaves gamma = (y_0, x_1, y_1, ..., x_N, y_N, x_N+1) coupled,

    H = (i/4) sum_ab A_ab gamma_a gamma_b + constant,   {gamma_a, gamma_b} = 2 delta_ab,   d gamma/dt = A gamma,

and the product of both sigma_x is i^(N+1) gamma_1 gamma_2 ... gamma_2N+2: the 2^N states of the chain are one of the
two sectors of fermion parity, that in which the covariance G_ab = i <gamma_a gamma_b> has the Pfaffian +1.
"""


import numpy as np
from sympy import (
    Expr,
    I,
    ImmutableMatrix,
    Symbol,
    diff,
    eye,
    kronecker_product,
    lambdify,
    simplify,
)

from derivations.pumping.circuit.hardcore_bosons import hardcore_lowering, hardcore_number, link_matrix
from derivations.pumping.drives.chain import Chain
from derivations.pumping.drives.leads import lead_matrix
from derivations.pumping.engines.averages import NARROW_MODES, Average, floquet_states
from derivations.pumping.engines.many_body import ManyBody
from derivations.pumping.engines.propagation import period
from derivations.pumping.engines.steps import require_steps
from derivations.pumping.symbols import E_L, J, phi_L, phi_R
from rederived.kept import kept

__all__ = [
    "chain_with_ancillas",
    "free_averages",
    "free_charge",
    "ground_covariance",
    "majorana_matrix",
    "majoranas",
    "matrix_of_leads",
    "matrix_without_leads",
    "on_islands",
    "rotations",
]

ISLANDS = 2  # of the chain on which the matrix is derived, the shortest with a bond
BATCH = 1 << 16  # real numbers in one batch of matrices
BLOCK = 48  # rows of a banded matrix that are multiplied at once
REACH = 3  # islands are joined to their neighbors only: the Majoranas x_j to y_j+1
epsilon_1, epsilon_2 = (
    Symbol("epsilon_1", real=True),
    Symbol("epsilon_2", real=True),
)


def on_islands(first: int, matrix, *, string: bool = False) -> ImmutableMatrix:
    """A matrix on islands from `first` on, of the ancillas and two islands; with 1 - 2n on those before it."""
    before = eye(2) - 2 * hardcore_number() if string else eye(2)
    after = ISLANDS + 2 - first - (matrix.rows.bit_length() - 1)
    return ImmutableMatrix(
        kronecker_product(*[before] * first, matrix, *[eye(2)] * after)
    )


@kept
def majoranas() -> tuple[ImmutableMatrix, ...]:
    """x_0, y_0, x_1, ..., y_3 on the ancillas and two islands: b + b^+ and i (b - b^+) behind a string of 1 - 2n."""
    b = hardcore_lowering()
    return tuple(
        on_islands(m, end, string=True)
        for m in range(ISLANDS + 2)
        for end in (b + b.H, I * (b - b.H))
    )


@kept
def chain_with_ancillas() -> ImmutableMatrix:
    """Two islands between leads, each lead multiplied by sigma_x of its ancilla."""
    b, n = hardcore_lowering(), hardcore_number()
    flip = b + b.H
    left = kronecker_product(flip, lead_matrix())
    right = kronecker_product(lead_matrix().subs(phi_L, phi_R), flip)
    bond = on_islands(1, J * link_matrix())
    return (
        epsilon_1 * on_islands(1, n)
        + epsilon_2 * on_islands(2, n)
        + bond
        + on_islands(0, left)
        + on_islands(2, right)
    )


@kept
def majorana_matrix() -> ImmutableMatrix:
    """A of y_0, x_1, y_1, x_2, y_2, x_3: what the traces with pairs of Majoranas leave of the Hamiltonian."""
    gamma, hamiltonian = majoranas()[1:-1], chain_with_ancillas()

    def element(a: int, b: int) -> Expr:
        if a == b:
            return 0
        pair = gamma[b] * gamma[a]
        weight = sum(
            hamiltonian[r, c] * pair[c, r]
            for c in range(pair.rows)
            for r in range(pair.rows)
            if pair[c, r] != 0
        )
        return simplify((-2 * I * weight / pair.rows).rewrite("cos"))

    upper = {(a, b): element(a, b) for b in range(len(gamma)) for a in range(b)}
    return ImmutableMatrix(
        len(gamma),
        len(gamma),
        lambda a, b: 0 if a == b else upper[a, b] if a < b else -upper[b, a],
    )


@kept
def _pieces() -> dict:
    """Blocks of A for one site energy, one hopping, and each lead of E_L = 2 with its derivative by its phase."""
    matrix = majorana_matrix()
    left, right = (
        matrix[:3, :3].subs(epsilon_1, 0),
        matrix[3:, 3:].subs(epsilon_2, 0),
    )
    leads = {
        name: lambdify(phase, [lead.subs(E_L, 2), diff(lead.subs(E_L, 2), phase)])
        for name, lead, phase in (("left", left, phi_L), ("right", right, phi_R))
    }
    site = np.array(matrix[1:3, 1:3].diff(epsilon_1), dtype=float)
    bond = np.array(matrix[1:5, 1:5].diff(J), dtype=float)
    return {"site": site, "bond": bond, **leads}


def matrix_without_leads(islands: int, singles: np.ndarray, hoppings: np.ndarray) -> np.ndarray:
    """A without leads from N site energies and N - 1 hoppings, shape (..., 2N + 2, 2N + 2)."""
    matrix = np.zeros((len(singles), 2 * islands + 2, 2 * islands + 2))
    for block, values in (("site", singles), ("bond", hoppings)):
        piece = _pieces()[block]
        first = 2 * np.arange(values.shape[1]) + 1
        for row, column in zip(*piece.nonzero(), strict=True):
            matrix[:, first + row, first + column] = values * piece[row, column]
    return matrix


def matrix_of_leads(islands: int, phases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A of both leads of unit strength and its derivative by the phase between them, shapes (phases, size, size).

    Each lead carries half of the phase: reflection of the chain then reverses it.
    """
    size, pieces = 2 * islands + 2, _pieces()
    value, slope = np.zeros((2, len(phases), size, size))
    for k, phase in enumerate(phases):
        for name, corner, sign in (
            ("left", slice(0, 3), -0.5),
            ("right", slice(-3, None), 0.5),
        ):
            block, derivative = np.array(pieces[name](sign * phase), dtype=float)
            value[k, corner, corner] += block
            slope[k, corner, corner] += sign * derivative
    return value, slope


def _product(banded: np.ndarray, reach: int, other: np.ndarray) -> np.ndarray:
    """The product of matrices, shape (..., n, n), the first without elements farther than `reach` off its diagonal."""
    size, product = banded.shape[-1], np.empty_like(other)
    for first in range(0, size, BLOCK):
        rows = slice(first, first + BLOCK)
        inner = slice(max(0, first - reach), first + BLOCK + reach)
        np.matmul(banded[..., rows, inner], other[..., inner, :], out=product[..., rows, :])
    return product


def rotations(generators: np.ndarray) -> np.ndarray:
    """exp of antisymmetric matrices of Majoranas, shape (..., n, n): Taylor's series of a fraction, squared again."""
    two = _product(generators, REACH, generators)
    size = abs(two).sum(axis=-1).max(initial=1e-300) ** 0.5
    squarings = max(0, int(np.ceil(np.log2(size / 1.2))))
    powers = np.empty((4, *generators.shape))
    powers[0] = np.eye(generators.shape[-1])
    powers[1], powers[2] = generators / 2**squarings, two / 4**squarings
    powers[3] = _product(powers[1], REACH, powers[2])
    four = _product(powers[1], REACH, powers[3])
    inverse = 1 / np.cumprod([1.0, *range(1, 17)])
    *lower, result = np.tensordot(inverse[:16].reshape(4, 4), powers, 1)
    result += inverse[16] * four
    for terms in lower[::-1]:
        result = _product(four, 4 * REACH, result)
        result += terms
    for _ in range(squarings):
        result = result @ result
    return result


def ground_covariance(matrix: np.ndarray) -> np.ndarray:
    """G of the lowest state of even parity for one A: a pair of zero modes is filled as the parity demands.

    Householder's reflections make A tridiagonal, so that it joins even with odd vectors only; singular values of
    that block are the energies, and pairs of real vectors belong to them, also to zero.
    """
    from scipy.linalg import hessenberg

    tridiagonal, vectors = hessenberg(matrix, calc_q=True)
    left, energies, right = np.linalg.svd(tridiagonal[::2, 1::2])
    signs = -np.ones(len(energies))
    parity = (
        np.linalg.det(vectors)
        * np.linalg.det(left)
        * np.linalg.det(right)
        * signs.prod()
    )
    if parity < 0:
        signs[np.argmin(energies)] = 1
    block = np.zeros_like(tridiagonal)
    block[::2, 1::2] = (left * signs) @ right
    return vectors @ (block - block.T) @ vectors.T


def free_charge(chain: Chain, frequency: float, phases: np.ndarray, steps: int) -> np.ndarray:
    """The charge per period at infinite time without repulsion, at phases of shape (P,): Eqs. 19-21, shape (P,)."""
    return np.array([found.charge for found in free_averages(chain, frequency, phases, steps)])


def free_averages(chain: Chain, frequency: float, phases: np.ndarray, steps: int) -> list[Average]:
    """The charge in the eigenvectors of the rotation of the Majoranas in one period, one for each of the phases.

    With O the rotation of the Majoranas in one period and D = O^T dO/dphase, H's derivative sums up to
    tr(D G)/4 with G averaged over many periods. It couples modes of O pairwise: what the average leaves of G are its
    blocks between equal eigenvalues of O, and many-body Floquet states are not needed.
    """
    product = period(chain, frequency, require_steps(chain, frequency, steps))
    lead, slope = matrix_of_leads(chain.islands, phases)
    size = lead.shape[-1]
    singles = product.coefficients[:, 1 : chain.islands + 1]

    def matrices(single, strengths):
        inner = matrix_without_leads(chain.islands, single, strengths[:, 1:-1])
        return inner + strengths[:, 0, None, None] * lead[:, None]

    passed = np.broadcast_to(np.eye(size), lead.shape)
    charge, at_zero = np.zeros(lead.shape), None
    batch = max(1, BATCH // (size**2 * len(phases)))
    for begin in range(0, len(singles), batch):
        strengths = product.strengths[begin : begin + batch]
        generators = matrices(singles[begin : begin + batch], strengths)
        before = np.empty_like(generators)
        for k, rotation in enumerate(rotations(generators).swapaxes(0, 1)):
            if begin + k == product.start:
                at_zero = passed
            before[:, k] = passed
            passed = rotation @ passed
        charge += _charge_of_steps(generators, before, slope, strengths[:, 0])
    at_zero = passed if at_zero is None else at_zero
    charge = charge - charge.swapaxes(1, 2)
    if product.mirrored:
        passed = passed.swapaxes(1, 2)[:, ::-1, ::-1] @ passed
        charge = charge - charge[:, ::-1, ::-1]
    parts = ManyBody(chain, 0.0)
    initial = matrices(
        parts.coefficients(np.zeros(1))[:, 1 : chain.islands + 1],
        parts.strengths(np.zeros(1)),
    )
    found = []
    for k in range(len(phases)):
        covariance = at_zero[k].T @ ground_covariance(initial[k, 0]) @ at_zero[k]
        angles, vectors = floquet_states(passed[k])
        flow, filled = (vectors.conj().T @ m @ vectors for m in (1j * charge[k] / 4, -1j * covariance))
        found.append(Average(passed[k], angles, vectors, flow, filled, NARROW_MODES / angles.size**2, real=True))
    return found


def _charge_of_steps(generators, before, slope, weights) -> np.ndarray:
    """Sum over steps of O^T (integral of exp(-s A) dA exp(s A) over s from 0 to 1) O, half of it, shape (P, n, n).

    dA joins the first Majorana with the next two and the last with the two before: a b^T - b a^T for each lead, and
    exp(-s A) acts on four vectors only. The integral is Gauss' rule, exact to rounding for steps that resolve A.
    """
    phases, steps, size, _ = generators.shape
    vectors = np.zeros((phases, size, 4))
    vectors[:, 0, 0] = vectors[:, -1, 3] = 1
    vectors[:, :, 1], vectors[:, :, 2] = slope[:, 0, :], -slope[:, -1, :]
    radius = abs(generators).sum(axis=-1).max()
    order = int(np.ceil(2.2 * radius + 18))
    nodes, gauss = np.polynomial.legendre.leggauss(int(np.ceil(0.8 * radius + 8)))
    nodes, gauss = (1 + nodes) / 2, gauss / 2
    term = np.broadcast_to(vectors[:, None], (phases, steps, size, 4))
    terms = np.empty((order + 1, phases, steps, size, 4))
    terms[0] = term
    for k in range(1, order + 1):
        np.matmul(generators, terms[k - 1], out=terms[k])
        terms[k] *= -1 / k
    powers = nodes[:, None] ** np.arange(order + 1)
    moved = np.tensordot(powers, terms, 1)
    moved = before.swapaxes(-1, -2) @ np.moveaxis(moved, 0, -2).reshape(
        phases, steps, size, -1
    )
    moved = moved.reshape(phases, steps, size, len(nodes), 2, 2)
    moved = moved.transpose(0, 2, 1, 3, 4, 5).reshape(phases, size, -1, 2)
    scale = np.broadcast_to(
        (weights[:, None] * gauss)[:, :, None], (steps, len(nodes), 2)
    ).ravel()
    return (moved[..., 0] * scale) @ moved[..., 1].swapaxes(1, 2)
