"""Exact ground band of two Josephson junctions coupled by a mutual capacitance, from their Hamiltonian.

    H = (2e)^2/2 (n - q/2e)^T C^-1 (n - q/2e) - sum_k E_Jk cos(phi_k),   n_k integer

Two facts make 30 digits cheap. Off its diagonal H has only -E_Jk/2 and zeros, so that H less a number below
its lowest eigenvalue is an M-matrix: its factorization has no cancellation, and double precision gives the
ground state with small errors even where it is 1e-40. And the error of the energy is quadratic in that of
the state: corrections of the state, each solved in double precision from a residual computed in integers
(fixed point), reach any accuracy.

Quasicharges are counted in steps of 2e/grid: q_k = 2e j_k/grid. Energies are in units of the larger E_J.
"""

import math
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np

from rederived.evaluate.domain import require_integer, require_range, require_real

__all__ = ["charging_matrix", "two_junction_amplitudes"]

HARMONICS = 2
GUARD_BITS = 40
_integers = np.frompyfunc(int, 1, 1)


def two_junction_amplitudes(
    josephson: tuple[float, float],
    charging: tuple[float, float],
    *,
    capacitance_ratio: float,
    digits: int = 32,
    grid: int | None = None,
) -> dict[tuple[int, int], float]:
    """Exact amplitudes gamma_{n1,n2} of two junctions, equal or not: checks SLZ25b, Eqs. 6, 24 and 31.

    Parameters
    ----------
    josephson: E_J1, E_J2 > 0, shape (2,), in any one unit of energy; their ratio in [0.1, 10].
    charging: E_Ck = e^2/2C_k of each junction by itself, shape (2,), same unit; E_Jk/E_Ck in [3, 200].
    capacitance_ratio: C_m/C_1, in [0, 100].
    digits: the absolute error is 10^-digits max(E_J), as far as a double resolves it, in [20, 60].
    grid: quasicharges in a period of each junction, in [6, 64]; chosen for `digits` unless given.

    Returns {(n1, n2): gamma} for |n1|, |n2| <= 2 except (0, 0), in the unit of `josephson`, where

        epsilon_0(q1, q2) = -sum_n gamma_n exp(i pi (n1 q1 + n2 q2)/e).

    The discrete Fourier transform adds to gamma_n all gamma_{n + m grid}, the largest of them
    gamma_{grid - 2, 0}. The grid is chosen so that this one is below 10^-digits.

    A set takes about a second; minutes where E_J1 and E_J2, and E_Jk/E_Ck, differ by an order of magnitude.

    Raises ValueError for an argument outside its range, ArithmeticError if the states kept or the
    iterations do not suffice for `digits`.

    Without mutual capacitance no slip is a joint one, and exchange of the junctions exchanges n1 and n2:

    >>> gamma = two_junction_amplitudes((1.0, 1.2), (0.04, 0.03), capacitance_ratio=0.0, digits=20)
    >>> swapped = two_junction_amplitudes((1.2, 1.0), (0.03, 0.04), capacitance_ratio=0.0, digits=20)
    >>> abs(gamma[1, 1]) < 1e-20, abs(gamma[1, 0] - swapped[0, 1]) < 1e-20
    (True, True)
    """
    josephson, charging = (
        require_range(name, value, 0, math.inf, above=True)
        for name, value in (("josephson", josephson), ("charging", charging))
    )
    for name, value in (("josephson", josephson), ("charging", charging)):
        if value.shape != (2,):
            raise ValueError(f"Argument `{name}` must have the shape (2,), but got {value.shape}.")
    require_range("josephson[0]/josephson[1]", josephson[0] / josephson[1], 0.1, 10)
    require_range("josephson/charging", josephson / charging, 3, 200)
    capacitance_ratio = require_real("capacitance_ratio", capacitance_ratio, 0, 100)
    digits = require_integer("digits", digits, 20, 60)
    grid = None if grid is None else require_integer("grid", grid, 6, 64)
    unit = float(josephson.max())
    circuit = _Circuit(josephson / unit, charging_matrix(charging / unit, capacitance_ratio), digits)
    energies = circuit.ground_band(grid or circuit.sufficient_grid())
    return {n: unit * gamma for n, gamma in _fourier_coefficients(energies, circuit.bits).items()}


def charging_matrix(charging: tuple[float, float], capacitance_ratio: float) -> np.ndarray:
    """(2e)^2/2 times the inverse of [[C_1 + C_m, -C_m], [-C_m, C_2 + C_m]], shape (2, 2): SLZ25b, Eq. 1.

    charging: E_C1, E_C2 > 0; capacitance_ratio: C_m/C_1 >= 0. Returned in the unit of `charging`.

    >>> charging_matrix((1.0, 1.0), 0.0).tolist(), charging_matrix((1.0, 1.0), 1.0).round(3).tolist()
    ([[4.0, 0.0], [0.0, 4.0]], [[2.667, 1.333], [1.333, 2.667]])
    """
    charging = require_range("charging", charging, 0, math.inf, above=True)
    capacitance_ratio = require_real("capacitance_ratio", capacitance_ratio, 0, math.inf)
    c_1, c_2 = (1 / float(energy) for energy in charging)  # in units of e^2/2
    c_m = capacitance_ratio * c_1
    determinant = c_1 * c_2 + c_m * (c_1 + c_2)
    return 4 / determinant * np.array([[c_2 + c_m, c_m], [c_m, c_1 + c_m]])


@dataclass(frozen=True)
class _States:
    """The charge states kept at one quasicharge: `offsets` = grid n - j, and where each one's neighbors are.

    A neighbor that is not kept has the index of the element behind the last.
    """

    offsets: tuple[np.ndarray, np.ndarray]
    neighbors: tuple[tuple[np.ndarray, np.ndarray], ...]

    @property
    def count(self) -> int:
        return self.offsets[0].size

    def hopped(self, vector: np.ndarray) -> list[np.ndarray]:
        """For each junction, the sum of the vector over the two neighbors of every state."""
        padded = np.append(vector, 0)
        return [padded[up] + padded[down] for up, down in self.neighbors]

    def missing(self) -> list[np.ndarray]:
        """For each junction, how many neighbors of every state are not kept."""
        return [(up == self.count) * 1 + (down == self.count) for up, down in self.neighbors]


class _Circuit:
    """The Hamiltonian in units of the larger E_J, and how many digits of its ground band are asked for."""

    def __init__(self, josephson: np.ndarray, stiffness: np.ndarray, digits: int):
        self.josephson, self.stiffness, self.digits = josephson, stiffness, digits
        self.bits = math.ceil(digits * math.log2(10)) + GUARD_BITS
        self.gap = 0.5 * math.sqrt(2 * josephson.min() * np.linalg.eigvalsh(stiffness)[0])
        self.bottom, self.cutoff, neglected = -josephson.sum(), 6.0, math.inf
        while neglected > 10.0 ** -(digits + 5):
            self.cutoff *= 1.25
            if self.cutoff > 500:
                raise ArithmeticError(f"States below 500 E_J do not suffice for {digits} digits.")
            states = self.states((0, 0), 1)
            energy, state, _ = self.double_precision(states, self.charging_energy(states, 1))
            neglected = self.neglected(states, state)
        self.bottom = energy - 1e-9

    def states(self, j: tuple[int, int], grid: int) -> _States:
        """All charge states with a charging energy below the cutoff, at quasicharge 2e j/grid."""
        reach = np.sqrt(self.cutoff * np.diag(np.linalg.inv(self.stiffness)))
        axes = [np.arange(math.ceil(x - r), math.floor(x + r) + 1) * grid - i
                for i, x, r in zip(j, np.divide(j, grid), reach, strict=True)]  # fmt: skip
        m_1, m_2 = np.meshgrid(*axes, indexing="ij")
        kept = self._quadratic(self.stiffness, m_1, m_2) < self.cutoff * grid**2
        index = np.full(np.add(kept.shape, 2), kept.sum())
        index[1:-1, 1:-1][kept] = np.arange(kept.sum())
        first = index[2:, 1:-1][kept], index[:-2, 1:-1][kept]
        second = index[1:-1, 2:][kept], index[1:-1, :-2][kept]
        return _States((m_1[kept], m_2[kept]), (first, second))

    @staticmethod
    def _quadratic(k, m_1, m_2):
        return k[0, 0] * m_1**2 + 2 * k[0, 1] * m_1 * m_2 + k[1, 1] * m_2**2

    def charging_energy(self, states: _States, grid: int) -> np.ndarray:
        return self._quadratic(self.stiffness, *states.offsets) / grid**2

    def neglected(self, states: _States, state: np.ndarray) -> float:
        """By how much the states next to those kept would lower the energy, to second order."""
        hops = zip(states.missing(), self.josephson, strict=True)
        return sum(float(count @ (e_j / 2 * state) ** 2) for count, e_j in hops) / self.cutoff

    def double_precision(self, states: _States, charging: np.ndarray):
        """Lowest energy, its state and the solver of (H - shift) x = b, by inverse iteration from below."""
        from scipy.linalg import cho_solve_banded, cholesky_banded

        here = np.arange(states.count)
        downward = [np.stack([here, there]) for _, there in states.neighbors]
        width = max(int((i - j)[j < states.count].max(initial=1)) for i, j in downward)
        banded = np.zeros((width + 1, states.count))  # H[i, j] at [i - j, j]
        for (i, j), e_j in zip(downward, self.josephson, strict=True):
            kept = j < states.count
            banded[(i - j)[kept], j[kept]] = -e_j / 2
        shift, state = self.bottom, np.exp(-charging / self.gap)
        for _ in range(8):
            banded[0] = charging - shift
            factor = cholesky_banded(banded, lower=True, check_finite=False), True
            for _ in range(4):
                state = cho_solve_banded(factor, state, check_finite=False)
                state /= np.linalg.norm(state)
            image = charging * state
            for hopped, e_j in zip(states.hopped(state), self.josephson, strict=True):
                image -= e_j / 2 * hopped
            energy = float(state @ image)
            error = float(np.linalg.norm(image - energy * state))
            if error < 1e-13 * self.cutoff and energy - shift < 1e-6:
                return energy, state, partial(cho_solve_banded, factor, check_finite=False)
            shift = energy - max(error, 1e-9)
        raise ArithmeticError(f"Inverse iteration stopped at residual {error:.1e}.")

    def ground_energy(self, j: tuple[int, int], grid: int) -> int:
        """The lowest eigenvalue at quasicharge 2e j/grid, times 2^bits."""
        states = self.states(j, grid)
        _, state, solve = self.double_precision(states, self.charging_energy(states, grid))
        if self.neglected(states, state) > 10.0**-self.digits:
            raise ArithmeticError(f"States below {self.cutoff:.3g} E_J do not suffice for {self.digits} digits.")
        scale = 2.0**self.bits
        m_1, m_2 = (m.astype(object) for m in states.offsets)
        charging = self._quadratic(_integers(self.stiffness * scale), m_1, m_2) // grid**2
        hops = _integers(self.josephson / 2 * scale)
        vector = _integers(state * scale)
        for _ in range(6):
            image = charging * vector
            for hop, hopped in zip(hops, states.hopped(vector), strict=True):
                image -= hop * hopped
            image >>= self.bits
            norm = vector @ vector
            energy = (vector @ image << self.bits) // norm
            residual = (image - (energy * vector >> self.bits)).astype(float) / scale
            error = residual @ residual / self.gap
            if error < 10.0 ** -(self.digits + 3):
                return energy
            vector -= _integers(solve(residual) * scale)
        raise ArithmeticError(f"The energy at quasicharge 2e {j}/{grid} is known to {error:.1e} E_J only.")

    def sufficient_grid(self) -> int:
        """The smallest even grid >= 8 with gamma_{grid-2} of either junction below 10^-digits.

        The estimate takes gamma_1 and gamma_2 from quasicharges 0, e/2 and e, and lets gamma_{n+1}/gamma_n
        exceed gamma_2/gamma_1 by a factor of three at most.
        """
        bottom, grid = self.ground_energy((0, 0), 4), 8
        for half, whole in (((1, 0), (2, 0)), ((0, 1), (0, 2))):
            middle, top = ((self.ground_energy(j, 4) - bottom) / 2**self.bits for j in (half, whole))
            first = max(top / 4, 10.0**-self.digits)
            ratio = max(abs(2 * middle - top) / 8 / first, 10.0**-self.digits)
            slips = 1 + (self.digits + math.log10(first)) / -math.log10(3 * ratio)
            grid = max(grid, 2 * math.ceil((slips + 2) / 2))
        return grid

    def ground_band(self, grid: int) -> np.ndarray:
        """The lowest eigenvalue at all quasicharges, times 2^bits, shape (grid, grid) of Python integers.

        Charge conjugation (j -> -j) and, for equal junctions, exchange leave it unchanged.
        """
        equal = bool(self.josephson[0] == self.josephson[1] and self.stiffness[0, 0] == self.stiffness[1, 1])
        band = np.full((grid, grid), None)
        for j_1, j_2 in product(range(grid), repeat=2):
            if band[j_1, j_2] is None:
                images = [(j_1, j_2), (-j_1, -j_2)] + [(j_2, j_1), (-j_2, -j_1)] * equal
                energy = self.ground_energy((j_1, j_2), grid)
                for image in images:
                    band[image] = energy
        return band


def _fourier_coefficients(energies: np.ndarray, bits: int) -> dict[tuple[int, int], float]:
    """gamma_n = -(mean of energies cos(2 pi n.j/grid)), from integers in units of 2^-bits; even in n."""
    from mpmath import mp

    grid = len(energies)
    with mp.workprec(bits + 10):
        cosines = [int(mp.ldexp(mp.cospi(mp.mpf(2 * k) / grid), bits)) for k in range(grid)]
    table = np.array(cosines, dtype=object)
    j_1, j_2 = np.indices(energies.shape)
    changes = energies - energies[0, 0]
    harmonics = range(-HARMONICS, HARMONICS + 1)
    return {
        (n_1, n_2): -int((changes * table[(n_1 * j_1 + n_2 * j_2) % grid]).sum()) / (grid**2 << 2 * bits)
        for n_1, n_2 in product(harmonics, repeat=2)
        if (n_1, n_2) != (0, 0)
    }
