"""Beyond hardcore bosons: several charge states an island, any inverse capacitance matrix, harmonics of the coupling.

The quantum phase model of Eqs. 1-4 as it stands, on a product of charge states,

    H = sum_jk (n_j - n_g,j) K_jk (n_k - n_g,k) - sum_links [J (S+ S-) + J' (S+ S-)^2 + h.c.],   S+ |n> = |n + 1>,

with K_jj = E_C and, where only neighbors repel, 2 K_j,j+1 = U. The drive is that of a chain; J' is `second_harmonic`
times J, the coupling -E_J' cos(2 phase difference). With the charge states (0, 1) this is the hardcore chain.
"""

import itertools
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from derivations.pumping.drives.chain import Chain, require_chain, require_drive, require_one_drive
from derivations.pumping.drives.chains import RiceMele
from derivations.pumping.engines.propagation import Propagated, block_mean
from derivations.pumping.engines.steps import LEAST_STEPS, MOST_STEPS, panels, product_of_steps
from rederived.evaluate.domain import require_integer, require_range, require_real
from rederived.evaluate.turn import middles_of_a_turn

__all__ = [
    "Softcore",
    "capacitance_couplings",
    "intermediate",
    "softcore_charge",
    "supercurrent_charge",
]

LARGEST = 800  # states; more take minutes
BATCH = 1 << 20  # complex numbers


def capacitance_couplings(islands: int, charging_energy: float, capacitance_ratio: float) -> np.ndarray:
    """K of Eq. 1 for islands with a capacitance to ground and one between neighbors: the whole inverse matrix.

    Parameters
    ----------
    islands: N >= 1.
    charging_energy: E_C > 0 of an island in the middle, by which K is scaled.
    capacitance_ratio: between neighbors over to ground, >= 0.

    Returns K, shape (N, N), symmetric, every element positive if the ratio is. Raises ValueError for a negative ratio.

    >>> capacitance_couplings(3, 1.0, 0.0).tolist() == np.eye(3).tolist()
    True
    """
    islands = require_integer("islands", islands, 1)
    charging_energy = require_real("charging_energy", charging_energy, 0, np.inf, above=True)
    capacitance_ratio = require_real("capacitance_ratio", capacitance_ratio, 0, np.inf)
    neighbors = capacitance_ratio * (np.eye(islands, k=1) + np.eye(islands, k=-1))
    inverse = np.linalg.inv(
        (1 + 2 * capacitance_ratio) * np.eye(islands) - neighbors
    )
    return charging_energy * inverse / inverse[islands // 2, islands // 2]


@dataclass(frozen=True, eq=False)
class Softcore:
    """A pump with several charge states on each island: ANWB23, Eqs. 1-4, and Sec. 6.

    Parameters
    ----------
    chain: a `Chain` with a `charging_energy`; drive, E_C, U and leads are its own.
    charges: numbers of pairs that an island may have, consecutive integers.
    couplings: K, shape (N, N), symmetric, in place of E_C and U; induced charges follow from E_C and the drive.
    second_harmonic: J'/J of every link, finite.

    Raises ValueError for other charges, a K of another shape, or more than 800 states.

    >>> Softcore(RiceMele(2)).states, Softcore(RiceMele(4), charges=(-1, 0, 1, 2)).states
    (9, 256)
    """

    chain: Chain
    charges: tuple[int, ...] = (0, 1, 2)
    couplings: np.ndarray | None = None
    second_harmonic: float = 0.0

    def __post_init__(self):
        require_chain(self.chain, "charging_energy")
        islands = self.chain.islands
        require_range("charges", self.charges, -1e3, 1e3)
        require_real("second_harmonic", self.second_harmonic, -np.inf, np.inf)
        if len(self.charges) < 2 or list(np.diff(self.charges)) != [1] * (
            len(self.charges) - 1
        ):
            raise ValueError(
                f"Argument `charges` must be consecutive integers, but got {self.charges!r}."
            )
        if self.states > LARGEST:
            raise ValueError(
                f"Argument `charges` must leave states in [2, {LARGEST}], but got {self.states}."
            )
        if self.couplings is not None:
            couplings = require_range("couplings", self.couplings, -np.inf, np.inf)
            if couplings.shape != (islands, islands):
                shape = (islands, islands)
                raise ValueError(f"Argument `couplings` must have the shape {shape}, but got {couplings.shape}.")
            if not np.allclose(couplings, couplings.T, rtol=1e-9, atol=0):
                raise ValueError(f"Argument `couplings` must be symmetric, but got {couplings.tolist()}.")

    @property
    def states(self) -> int:
        """Number of states."""
        return len(self.charges) ** self.chain.islands

    @cached_property
    def numbers(self) -> np.ndarray:
        """Pairs on each island in each basis state, shape (N, states)."""
        return np.array(
            list(itertools.product(self.charges, repeat=self.chain.islands)),
            dtype=float,
        ).T

    @cached_property
    def matrix(self) -> np.ndarray:
        """K, shape (N, N)."""
        if self.couplings is not None:
            return np.asarray(self.couplings, dtype=float)
        islands, neighbors = self.chain.islands, self.chain.interaction / 2
        near = np.eye(islands, k=1) + np.eye(islands, k=-1)
        return self.chain.charging_energy * np.eye(islands) + neighbors * near

    def diagonal(self, angle: np.ndarray) -> np.ndarray:
        """Electrostatic energy, shape (T, states): induced charges are those that the site energies imply by Eq. 5."""
        sites = self.chain.site_energies(angle)
        induced = (1 - sites / self.chain.charging_energy) / 2
        away = self.numbers - induced[..., None]
        return np.einsum("tjs,jk,tks->ts", away, self.matrix, away, optimize=True)

    @cached_property
    def steps_down(self) -> np.ndarray:
        """S- of each island, shape (N, states, states)."""
        size, islands = len(self.charges), self.chain.islands
        down = np.eye(size, k=1)
        return np.array(
            [
                np.kron(
                    np.kron(np.eye(size**m), down),
                    np.eye(size ** (islands - m - 1)),
                )
                for m in range(islands)
            ]
        )

    def links(self, phase: float) -> np.ndarray:
        """The N + 1 links of unit strength, shape (N + 1, states, states); each lead carries half of the phase."""
        lead = np.exp(0.5j * phase) * np.eye(self.states)
        ends = [lead, *self.steps_down, lead.conj()]
        found = []
        for left, right in itertools.pairwise(ends):
            hop = left.conj().T @ right
            hop = hop + self.second_harmonic * hop @ hop
            found.append(-(hop + hop.conj().T))
        return np.array(found)

    def lead_current(self, phase: float) -> np.ndarray:
        """Mean of the currents through both leads over E_L/2: minus dH/dphase, each lead carrying half of it."""
        lead = np.exp(0.5j * phase) * np.eye(self.states)
        total = np.zeros((self.states, self.states), dtype=complex)
        for hop in (
            lead.conj() @ self.steps_down[0],
            self.steps_down[-1].T @ lead.conj(),
        ):
            slope = -0.5j * (hop + 2 * self.second_harmonic * hop @ hop)
            total += slope + slope.conj().T
        return total


def _fastest(pump: Softcore) -> float:
    """The largest energy of moving one pair through any link, and twice the hopping."""
    angles = np.linspace(0, 2 * np.pi, 25)
    energies, reach = pump.diagonal(angles), 0.0
    for link in pump.links(0.0):
        rows, columns = link.nonzero()
        reach = max(reach, abs(energies[:, rows] - energies[:, columns]).max())
    return float(reach + 2 * pump.chain.bonds(angles).max(initial=0.0))


def _counted(pump: Softcore, frequency: float, steps) -> int:
    """Steps of a period: by default one and a half a turn of what is fastest; fewer than one are in resonance with it.

    Raises ValueError for those.
    """
    turns = _fastest(pump) / frequency
    if 1.5 * turns > MOST_STEPS:
        raise ValueError(
            f"Argument `frequency` must be in [{1.5 * turns * frequency / MOST_STEPS:.3g}, inf) for this pump, but got"
            f" {frequency:g}: a period would take more than {MOST_STEPS:g} steps."
        )
    if steps is None:
        return max(LEAST_STEPS, int(np.ceil(1.5 * turns)))
    remedy = f"fewer do not resolve this pump at frequency {frequency:g}"
    return require_integer("steps", steps, max(4, int(np.ceil(turns))), MOST_STEPS, remedy=remedy)


def _strengths(pump: Softcore, angles: np.ndarray) -> np.ndarray:
    """Of the N + 1 links, shape (T, N + 1)."""
    ends = np.full((len(angles), 1), pump.chain.lead_coupling / 2)
    return np.concatenate([ends, pump.chain.bonds(angles), ends], axis=1)


def _matrices(diagonals: np.ndarray, strengths: np.ndarray, links: np.ndarray) -> np.ndarray:
    """Hamiltonians, or exponents, of these diagonals and strengths of links, shape (T, states, states)."""
    matrices = np.tensordot(strengths, links, 1)
    states = np.arange(links.shape[-1])
    matrices[:, states, states] += diagonals
    return matrices


def _propagate(pump: Softcore, frequency: float, phase: float, steps: int) -> Propagated:
    """One period with the rule of `steps`, on all charge states, from drive angle 0."""
    links, zero = pump.links(phase), np.zeros(1)
    edges = np.unique(np.concatenate([[0.0], pump.chain.kinks, [2 * np.pi]]))
    found = [
        (rule @ pump.diagonal(angles), rule @ _strengths(pump, angles))
        for angles, rule in panels(edges, steps, frequency)
    ]
    diagonals, strengths = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    size = max(1, BATCH // pump.states**2)
    batches = (
        _matrices(diagonals[first : first + size], strengths[first : first + size], links)
        for first in range(0, len(diagonals), size)
    )
    passed, charge, _ = product_of_steps(batches, pump.lead_current(phase), strengths[:, 0])
    ground = np.linalg.eigh(_matrices(pump.diagonal(zero), _strengths(pump, zero), links)[0])[1][:, 0]
    return Propagated(passed, charge, ground, 0.0)


def softcore_charge(
    pump: Softcore, frequency: float, phase, *, steps: int | None = None
):
    """Charge per cycle at infinite time of a pump with several charge states an island: ANWB23, Secs. 3 and 6.

    Parameters
    ----------
    pump: a `Softcore`; its energies and `frequency` share one unit.
    frequency: omega, angular, > 0.
    phase: between the leads, in radians, any shape, finite.
    steps: of a period; by default one and a half a turn of moving one pair, at least one.

    Returns charges in 2e from left to right, of the shape of `phase`. Raises ValueError for arguments outside their
    range. With charges (0, 1) it is `pumped_charge`, but takes longer; it takes the cube of the number of states.

    >>> pump = Softcore(RiceMele(2, hopping_modulation=1.2), charges=(0, 1))
    >>> round(float(softcore_charge(pump, 0.2, 1.0)), 2)
    -5.29
    """
    frequency, _ = require_one_drive(pump.chain, frequency, steps=steps)
    _, phase = require_drive(pump.chain, frequency, phase)
    steps = _counted(pump, frequency, steps)
    found = [
        block_mean(_propagate(pump, frequency, float(one), steps))
        for one in phase.flat
    ]
    return np.array(found).reshape(phase.shape)[()]


def supercurrent_charge(pump: Softcore, frequency: float, phase: float, *, angles: int = 240) -> float:
    """What the supercurrent of the ground state alone carries in a cycle, in 2e: -T times the mean of dE_0/dphase.

    It is even in time and odd in the phase, grows with the period, and cancels in the average over phases; a pumped
    pair is what comes on top. Arguments as in `softcore_charge`; `angles` of the drive, midpoints of equal intervals.

    >>> round(supercurrent_charge(Softcore(RiceMele(2, hopping_modulation=1.2), charges=(0, 1)), 0.2, 1.0), 2)
    -5.73
    """
    frequency, phase = require_one_drive(pump.chain, frequency, phase)
    drive = middles_of_a_turn(require_integer("angles", angles, 4, MOST_STEPS))
    strengths = _strengths(pump, drive)
    ground = np.linalg.eigh(_matrices(pump.diagonal(drive), strengths, pump.links(phase)))[1][..., 0]
    flow = np.einsum("ts,su,tu->t", ground.conj(), pump.lead_current(phase), ground, optimize=True).real
    return float(2 * np.pi / frequency * (strengths[:, 0] * flow).mean())


def intermediate(islands: int, ratio: float) -> RiceMele:
    """A clipped Rice-Mele pump at E_C/E_J = `ratio`, J_0 = 1: the gates move 3/8 of a pair, whatever E_C."""
    energy = 2 * require_real("ratio", ratio, 0, np.inf, above=True)
    return RiceMele(
        islands,
        hopping_modulation=1.2,
        detuning=0.75 * energy,
        lead_coupling=2.0,
        charging_energy=energy,
    )
