"""The charge of ten islands with repulsion, against a plain evolution that shares no code with the engine.

Here the Hamiltonian is written by hand, SciPy's Runge-Kutta method evolves the ground state period after period, and
the charge through a bond in the middle is averaged with a smooth window, which forgets all that oscillates from period
to period: faster than any power of the number of periods, once they are more than the inverse distance of occupied
quasienergies.

Run: `OMP_NUM_THREADS=1 python benchmarks/long_interacting_chain.py [periods]`
"""

import sys
import time

import numpy as np
from scipy.integrate import solve_ivp
from scipy.sparse import csr_array, diags_array, eye_array, kron
from scipy.sparse.linalg import eigsh

from derivations.pumping import HarperHofstadter
from derivations.pumping.engines.krylov import krylov_charge
from derivations.pumping.engines.steps import sufficient_steps

__all__ = ["charges_of_periods", "main", "windowed"]

ISLANDS, REPULSION, FREQUENCY, PHASE = 10, 0.5, 0.05, 0.9
HOPPING, CHARGING, LEAD, MEAN, MODULATION = 0.5, 4.0, 1.0, 0.4, 1.0  # of the default Harper-Hofstadter chain


def by_hand() -> tuple:
    """Hopping and leads; the diagonal at a drive angle; pairs per time through the bond in the middle."""
    lower = csr_array(np.array([[0, 1], [0, 0]], dtype=complex))
    b = [csr_array(kron(kron(eye_array(2**m), lower), eye_array(2 ** (ISLANDS - 1 - m)))) for m in range(ISLANDS)]
    n = np.array([(x.conj().T @ x).diagonal().real for x in b])
    hops = [-HOPPING * b[m].conj().T @ b[m + 1] for m in range(ISLANDS - 1)]
    still = sum(hops) - LEAD / 2 * (b[0] + np.exp(1j * PHASE) * b[-1])
    middle = hops[ISLANDS // 2]  # takes a pair to the left
    current = csr_array(1j * (middle - middle.conj().T))  # i [H, pairs to the right]

    def diagonal(angle: float) -> np.ndarray:
        induced = MEAN + MODULATION / (2 * CHARGING) * np.cos(angle - 2 * np.pi / 3 * np.arange(ISLANDS))
        away = n - induced[:, None]
        return CHARGING * (1 - 2 * induced) @ n + REPULSION * (away[:-1] * away[1:]).sum(axis=0)

    return csr_array(still + still.conj().T), diagonal, current


def charges_of_periods(periods: int) -> np.ndarray:
    """Charge that the ground state moves in each period."""
    still, diagonal, current = by_hand()
    center = diagonal(0.0).mean()
    state = eigsh(still + diags_array(diagonal(0.0).astype(complex)), k=1, which="SA")[1][:, 0]
    samples = 2 * np.pi / 5 * np.arange(5)  # one harmonic, and a second one that is a constant of all states
    harmonics = np.array([np.ones(5), np.cos(samples), np.sin(samples), np.cos(2 * samples), np.sin(2 * samples)]).T
    mean, cosine, sine = np.linalg.solve(harmonics, np.array([diagonal(a) for a in samples]))[:3]

    def rate(angle: float, y: np.ndarray) -> np.ndarray:
        state = y[:-1]
        change = still @ state + (mean - center + np.cos(angle) * cosine + np.sin(angle) * sine) * state
        return np.append(-1j * change, np.vdot(state, current @ state)) / FREQUENCY

    found = np.empty(periods)
    for k in range(periods):
        y = np.append(state, 0)
        y = solve_ivp(rate, (0, 2 * np.pi), y, method="DOP853", rtol=1e-7, atol=3e-9).y[:, -1]
        state, found[k] = y[:-1] / np.linalg.norm(y[:-1]), y[-1].real
    return found


def windowed(charges: np.ndarray) -> float:
    """Their mean with the weight exp(-1/x(1 - x)), x from 0 to 1."""
    x = (np.arange(charges.size) + 0.5) / charges.size
    return float(np.average(charges, weights=np.exp(-1 / (x * (1 - x)))))


def main() -> None:
    """Print both charges, and how the plain one settles."""
    periods = int(sys.argv[1]) if len(sys.argv) > 1 else 96
    chain = HarperHofstadter(ISLANDS, interaction=REPULSION)
    start = time.perf_counter()
    found = krylov_charge(chain, FREQUENCY, PHASE, sufficient_steps(chain, FREQUENCY))
    print(f"Krylov space   {found.charge:.6f} +- {found.spread:.0e}   {time.perf_counter() - start:.0f} s")
    start = time.perf_counter()
    charges = charges_of_periods(periods)
    for share in (0.5, 0.75, 1):
        count = int(share * periods)
        print(f"{count:4d} periods   {windowed(charges[:count]):.6f}")
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
