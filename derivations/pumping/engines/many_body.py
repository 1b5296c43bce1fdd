"""The Hamiltonian of a pump on its 2^N states, as fixed matrices times coefficients that depend on the drive angle.

    H(angle, phase) = diag(coefficients(angle) @ diagonals) + sum over links l of strengths(angle)[l] * links[l]

`many_body(chain, phase)` returns a `ManyBody` with these parts. There are N + 1 links, all of one form: link 0 joins
the left lead to the first island, link l island l - 1 to island l, link N the last island to the right lead.
A bond is -(b_j^+ b_j+1 + h.c.), of strength J_j; a lead takes the place of an island with <b> = 1 on the left and
<b> = exp(-i phase) on the right, of strength E_L/2, so that H_L = -(E_L/2)(b_1 + exp(i phase) b_N + h.c.).

    strengths(angle)[l] * currents[l]    pairs per time through link l, from left to right
    d_phase                              dH/d phase = -strength * currents[N]: the current through the right lead

Basis: index 0 is empty, the first island is the most significant bit. Without leads or at phase 0 and pi all
links are real. The constant U n_g,j n_g,j+1 of Eq. 24 is kept, E_C n_g^2 is not.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from derivations.pumping.circuit.hardcore_bosons import link_matrix, repulsion_terms
from derivations.pumping.drives.chain import Chain, require_chain
from derivations.pumping.drives.leads import lead_matrix
from derivations.pumping.symbols import E_L, U, g_1, g_2, phi_L
from rederived.evaluate.domain import require_range, require_real
from rederived.evaluate.evaluator import Evaluator, evaluator

__all__ = ["ManyBody", "gaps_at", "many_body", "many_body_gap"]

LARGEST = 14
SAMPLES = 96


@cache
def _repulsion() -> dict[str, Evaluator]:
    """Eq. 24 sorted by powers of the two numbers: its coefficients of n_0 n_1, n_0, n_1 and one."""
    letters = {"interaction": U, "first_charge": g_1, "second_charge": g_2}
    return {power: evaluator(power, form, letters) for power, form in repulsion_terms().items()}


@cache
def _bond_matrix() -> np.ndarray:
    """A bond on two islands over its hopping, shape (4, 4), from the projected Eq. 4."""
    return np.array(link_matrix().tolist(), dtype=complex)


@cache
def _lead_matrix():
    """A lead on an island over E_L/2 as a function of its phase, shape (2, 2), from the projected Eq. 14."""
    from sympy import lambdify

    return lambdify(phi_L, lead_matrix().subs(E_L, 2), "numpy")


def _on_chain(matrix: np.ndarray, first: int, islands: int):
    """A matrix of one or two islands, from `first` on, on the whole chain: sparse, shape (2^N, 2^N)."""
    from scipy.sparse import csr_array, eye_array, kron

    span = matrix.shape[0].bit_length() - 1
    left, right = eye_array(2**first), eye_array(2 ** (islands - first - span))
    return csr_array(kron(kron(left, csr_array(matrix)), right))


@dataclass(frozen=True)
class ManyBody:
    """Parts of the Hamiltonian of a chain at one phase between the leads; see the module."""

    chain: Chain
    phase: float

    @cached_property
    def numbers(self) -> np.ndarray:
        """Pairs on each island in each basis state, shape (N, 2^N)."""
        islands = self.chain.islands
        return (np.arange(2**islands) >> np.arange(islands)[::-1, None] & 1).astype(float)

    @cached_property
    def diagonals(self) -> np.ndarray:
        """What the diagonal is made of: one, n_0 ... n_N-1, n_0 n_1 ... n_N-2 n_N-1, shape (2N, 2^N)."""
        n = self.numbers
        return np.vstack([np.ones_like(n[:1]), n, n[:-1] * n[1:]])

    def coefficients(self, angle) -> np.ndarray:
        """What multiplies `diagonals`, shape (..., 2N), at drive angles of shape (...)."""
        chain = self.chain
        charges = chain.induced_charges(angle)
        first, second = charges[..., :-1], charges[..., 1:]
        terms = {power: of(chain.interaction, first, second) for power, of in _repulsion().items()}
        single = chain.site_energies(angle).copy()
        single[..., :-1] += terms["first"]
        single[..., 1:] += terms["second"]
        return np.concatenate(
            [terms["constant"].sum(axis=-1, keepdims=True), single, terms["pair"]],
            axis=-1,
        )

    def diagonal(self, angle) -> np.ndarray:
        """The diagonal of H, shape (..., 2^N), at drive angles of shape (...)."""
        return self.coefficients(angle) @ self.diagonals

    def strengths(self, angle) -> np.ndarray:
        """What multiplies `links`, shape (..., N + 1): E_L/2, the hoppings, E_L/2."""
        bonds = self.chain.bonds(angle)
        lead = np.full((*bonds.shape[:-1], 1), self.chain.lead_coupling / 2)
        return np.concatenate([lead, bonds, lead], axis=-1)

    @cached_property
    def links(self) -> tuple:
        """The N + 1 links of unit strength, each a sparse Hermitian matrix of shape (2^N, 2^N)."""
        islands = self.chain.islands
        left = _on_chain(_lead_matrix()(0.0), 0, islands)
        right = _on_chain(_lead_matrix()(self.phase), islands - 1, islands)
        return (
            left,
            *(_on_chain(_bond_matrix(), m, islands) for m in range(islands - 1)),
            right,
        )

    @cached_property
    def currents(self) -> tuple:
        """Pairs per time from left to right through each link of unit strength: sparse, Hermitian.

        By continuity, the commutator i [link, n] with the number on the island to the right, or minus that with
        the one to the left.
        """
        islands = self.chain.islands
        to_the_right = [(link, self.numbers[m], 1) for m, link in enumerate(self.links[:-1])]
        return tuple(
            _commutator(*given)
            for given in [
                *to_the_right,
                (self.links[-1], self.numbers[islands - 1], -1),
            ]
        )

    @cached_property
    def d_phase(self):
        """dH/d phase, sparse, shape (2^N, 2^N): minus the current through the right lead."""
        return -self.chain.lead_coupling / 2 * self.currents[-1]

    def sparse(self, angle: float):
        """H at one drive angle as a sparse matrix."""
        from scipy.sparse import csr_array, diags_array

        strengths = self.strengths(float(angle))
        total = diags_array(self.diagonal(float(angle)).astype(complex))
        for strength, link in zip(strengths, self.links, strict=True):
            total = total + strength * link
        return csr_array(total)

    def dense(self, angle) -> np.ndarray:
        """H as complex matrices, shape (..., 2^N, 2^N), at drive angles of shape (...)."""
        strengths, diagonal = self.strengths(angle), self.diagonal(angle)
        size = diagonal.shape[-1]
        total = np.zeros((*diagonal.shape, size), dtype=complex)
        for l, link in enumerate(self.links):
            entries = link.tocoo()
            total[..., entries.row, entries.col] += strengths[..., l, None] * entries.data
        total[..., np.arange(size), np.arange(size)] += diagonal
        return total


def _commutator(link, number: np.ndarray, sign: int):
    """sign * i [link, n], with n diagonal."""
    from scipy.sparse import csr_array

    entries = link.tocoo()
    data = sign * 1j * entries.data * (number[entries.col] - number[entries.row])
    return csr_array((data, (entries.row, entries.col)), shape=link.shape)


def many_body(chain: Chain, phase: float = 0.0) -> ManyBody:
    """Parts of the Hamiltonian of a chain between leads whose phases differ by `phase`: ANWB23, Eqs. 6, 15 and 24.

    Parameters
    ----------
    chain: any `Chain`, of at most 14 islands.
    phase: in radians, finite; H_L = -(E_L/2)(b_1 + exp(i phase) b_N + h.c.).

    Returns a `ManyBody`. Raises ValueError for a longer chain or a phase that is not finite.

    >>> from derivations.pumping.drives.chains import RiceMele
    >>> parts = many_body(RiceMele(2), 0.0)
    >>> parts.dense(0.0).real.round(3).tolist()[0]
    [0.0, -2.0, -2.0, 0.0]
    """
    require_chain(chain)
    if chain.islands > LARGEST:
        raise ValueError(f"Argument `chain` must have islands in [1, {LARGEST}], but got {chain.islands}.")
    return ManyBody(chain, require_real("phase", phase, -np.inf, np.inf))


def gaps_at(parts: ManyBody, angles: np.ndarray) -> np.ndarray:
    """Between the two lowest energies at each drive angle, shape (T,)."""
    if parts.chain.islands < 8:
        lowest = np.linalg.eigvalsh(parts.dense(angles))[:, :2]
    else:
        from scipy.sparse.linalg import eigsh

        start = np.ones(2**parts.chain.islands)
        lowest = np.sort([eigsh(parts.sparse(a), k=2, which="SA", v0=start, return_eigenvectors=False) for a in angles])
    return lowest[:, 1] - lowest[:, 0]


def many_body_gap(chain: Chain, phase=0.0):
    """Smallest gap over a period between ground and first excited state on 2^N states: ANWB23, Sec. 3.2.

    Parameters
    ----------
    chain: any `Chain`, of at most 14 islands.
    phase: between the leads, in radians, any shape, finite.

    Returns gaps in the unit of the chain's energies, of the shape of `phase`, to 1e-8 where one minimum is not hidden
    between 96 samples of the period. Raises ValueError for a longer chain or a phase that is not finite.

    Where the chain dimerizes, it is the smaller of E_L and what the bonds leave.

    >>> from derivations.pumping.drives.chains import RiceMele
    >>> weak = RiceMele(4, hopping_modulation=1.0, lead_coupling=0.5)
    >>> round(many_body_gap(weak), 6)
    0.5
    """
    phase = require_range("phase", phase, -np.inf, np.inf)
    found = np.array([_smallest_gap(many_body(chain, float(angle))) for angle in phase.flat])
    return found.reshape(phase.shape) if phase.ndim else float(found[0])


def _smallest_gap(parts: ManyBody) -> float:
    """Samples of a period, then a search next to each sample that may hide a smaller gap."""
    from scipy.optimize import minimize_scalar

    grid = np.union1d(np.linspace(0, 2 * np.pi, SAMPLES + 1), parts.chain.kinks)
    gaps = gaps_at(parts, grid)
    before, after = np.roll(gaps, 1) - gaps, np.roll(gaps, -1) - gaps
    could_reach = gaps - np.maximum(before, after)
    best, step = gaps.min(), 2 * np.pi / SAMPLES
    for place in grid[(before >= 0) & (after >= 0) & (could_reach < best - 1e-12)]:
        found = minimize_scalar(
            lambda angle: gaps_at(parts, np.array([angle]))[0],
            bounds=(place - step, place + step),
            method="bounded",
            options={"xatol": 1e-9},
        )
        best = min(best, found.fun)
    return float(best)
