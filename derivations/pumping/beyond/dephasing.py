"""Charge noise and a cold bath: the cycle that an open chain settles into.

Noise of the gates acts on the numbers of pairs, a Lindblad equation with the operators n_j,

    d rho/dt = -i [H(t), rho] + gamma sum_j (n_j rho n_j - n_j rho/2 - rho n_j/2) + Gamma (|g(t)><g(t)| - rho),

and Gamma is the rate of the simplest bath, which puts the chain into its instantaneous ground state. A step is a
unitary one between two halves of the rest, and both are exact: n_j only lets elements of rho decay, each at
gamma/2 times the number of islands in which its two states differ.
"""

from dataclasses import dataclass

import numpy as np

from derivations.pumping.drives.chain import Chain, require_one_drive
from derivations.pumping.engines.many_body import many_body
from derivations.pumping.engines.steps import middles, require_steps, sufficient_steps
from rederived.evaluate.domain import require_integer, require_real

__all__ = [
    "Cycle",
    "cycles_with_noise",
    "steady_cycle_charge",
]

LARGEST = 4  # islands: a map of 2^4 x 2^4 matrices has 65536 elements
STEPS = 240  # of a cycle, at least


@dataclass(frozen=True)
class Cycle:
    """What a cycle does: rho -> map rho + offset, with rho as a vector, and the charges that pass in it.

    `charge_left`, `charge_right`: vectors whose product with rho is the charge through that lead, but for
    `charge_offset`, shape (2,). `ground`: rho of the ground state at the beginning.
    """

    map: np.ndarray
    offset: np.ndarray
    charges: np.ndarray
    charge_offset: np.ndarray
    ground: np.ndarray


def _decay(islands: int) -> np.ndarray:
    """Number of islands in which two basis states differ, shape (2^N, 2^N)."""
    bits = np.arange(2**islands) >> np.arange(islands)[:, None] & 1
    return (bits[:, :, None] != bits[:, None, :]).sum(0).astype(float)


def one_cycle(
    chain: Chain,
    frequency: float,
    phase: float,
    dephasing: float,
    relaxation: float,
    steps: int | None,
) -> Cycle:
    """The map of one cycle: all matrix elements at once, shape (4^N, 2^N, 2^N), and the bath's share beside them."""
    if steps is None:
        steps = max(STEPS, 2 * sufficient_steps(chain, frequency))
    steps = require_steps(chain, frequency, steps)
    parts = many_body(chain, phase)
    size = 2**chain.islands
    angles, dt = middles(steps, frequency)
    values, vectors = np.linalg.eigh(parts.dense(angles))
    unitary = (
        vectors * np.exp(-1j * values * dt)[:, None]
    ) @ vectors.conj().swapaxes(1, 2)
    half_unitary = (
        vectors * np.exp(-0.5j * values * dt)[:, None]
    ) @ vectors.conj().swapaxes(1, 2)
    fade = np.exp(-dephasing * dt / 4 * _decay(chain.islands) - relaxation * dt / 2)
    put = -np.expm1(-relaxation * dt / 2)
    strength = chain.lead_coupling / 2 * dt
    current = strength * np.array([parts.currents[l].toarray() for l in (0, -1)])
    matrices = np.concatenate(
        [np.eye(size**2).reshape(-1, size, size), np.zeros((1, size, size))]
    ).astype(complex)
    charges = np.zeros((2, size**2 + 1), dtype=complex)
    for u, half, s in zip(unitary, half_unitary, vectors, strict=True):
        ground = np.outer(s[:, 0], s[:, 0].conj())
        matrices = matrices * fade
        matrices[-1] += put * ground
        middle = half.conj().T @ current @ half
        charges += (
            middle.swapaxes(1, 2).reshape(2, -1)
            @ matrices.reshape(size**2 + 1, -1).T
        )
        matrices = (u @ matrices @ u.conj().T) * fade
        matrices[-1] += put * ground
    begin = np.linalg.eigh(parts.dense(0.0))[1][:, 0]
    flat = matrices.reshape(size**2 + 1, size**2)
    return Cycle(
        flat[:-1].T,
        flat[-1],
        charges[:, :-1],
        charges[:, -1].real,
        np.outer(begin, begin.conj()).ravel(),
    )


def _require(
    chain: Chain, frequency, phase, dephasing, relaxation, steps, *, bath: bool = False
) -> tuple[float, ...]:
    return (
        *require_one_drive(chain, frequency, phase, most=LARGEST, steps=steps),
        require_real("dephasing", dephasing, 0, np.inf),
        require_real("relaxation", relaxation, 0, np.inf, above=bath),
    )


def cycles_with_noise(
    chain: Chain,
    frequency: float,
    phase: float,
    cycles: int,
    *,
    dephasing: float = 0.0,
    relaxation: float = 0.0,
    steps: int | None = None,
) -> np.ndarray:
    """Charge of each cycle of an open chain that starts in its ground state: ANWB23, Sec. 6.

    Parameters
    ----------
    chain: any `Chain` of at most four islands.
    frequency: omega, angular, > 0.
    phase: between the leads, in radians.
    cycles: how many, >= 1.
    dephasing: gamma >= 0, rate of the noise of each island's gate.
    relaxation: Gamma >= 0, rate at which the bath puts the chain into its ground state.
    steps: of a cycle; the error falls with their square.

    Returns charges in 2e from left to right, mean of both leads, shape (cycles,). Raises ValueError for arguments
    outside their range.

    >>> from derivations.pumping.drives.chains import RiceMele
    >>> pump = RiceMele(2, hopping_modulation=1.2)
    >>> cycles_with_noise(pump, 0.2, 1.0, 3, dephasing=0.05).round(2).tolist()
    [-3.45, -1.16, -0.3]
    """
    given = _require(chain, frequency, phase, dephasing, relaxation, steps)
    cycles = require_integer("cycles", cycles, 1)
    cycle = one_cycle(chain, *given, steps)
    state, found = cycle.ground, np.empty(cycles)
    for k in range(cycles):
        found[k] = np.mean((cycle.charges @ state).real + cycle.charge_offset)
        state = cycle.map @ state + cycle.offset
    return found


def steady_cycle_charge(
    chain: Chain,
    frequency: float,
    phase: float,
    *,
    dephasing: float = 0.0,
    relaxation: float,
    steps: int | None = None,
) -> float:
    """Charge per cycle of the cycle that an open chain settles into: ANWB23, Sec. 6.

    Arguments as in `cycles_with_noise`, but relaxation > 0. Returns the charge in 2e, mean of both leads: the bath
    may take pairs and give them. Raises ValueError for arguments outside their range.

    >>> from derivations.pumping.drives.chains import RiceMele
    >>> pump = RiceMele(2, hopping_modulation=1.2)
    >>> round(steady_cycle_charge(pump, 0.2, 1.0, relaxation=0.02), 2)
    -5.3
    """
    given = _require(chain, frequency, phase, dephasing, relaxation, steps, bath=True)
    cycle = one_cycle(chain, *given, steps)
    steady = np.linalg.solve(np.eye(len(cycle.map)) - cycle.map, cycle.offset)
    return float(np.mean((cycle.charges @ steady).real + cycle.charge_offset))
