"""Exact ground energy of two junctions whose island is an oscillator: the oracle for the dual of SLZ25a.

    H = omega_0 a^+ a - E_J1 cos(theta_1 - phi) - E_J2 cos(theta_2 + phi),   phi = sqrt(depth) (a + a^+)

theta_1 and theta_2 are held from outside; phi is the phase of the island. Nothing here knows of a gas.
"""

import numpy as np

from rederived.evaluate.domain import require_range

__all__ = ["exact_cooper_pair_amplitudes"]

GRID, WEAK = 12, 0.05  # angles; Josephson energies up to which they are enough, 24 beyond


def exact_cooper_pair_amplitudes(depth, josephson_1, josephson_2) -> dict:
    """Amplitudes gamma_{n1,n2}/omega_0 of transfers of n1 and n2 Cooper pairs, by diagonalization: checks SLZ25a.

    Parameters
    ----------
    depth: <phi^2> of the island = 4 E_Sigma/omega_0, any shape, in [0, 8].
    josephson_1, josephson_2: E_Jk/omega_0, shapes that broadcast with it, in (0, 0.2].

    Returns {(n1, n2): gamma/omega_0} for |n1|, |n2| <= 2 except (0, 0), the Fourier coefficients of the ground
    energy, -sum_n gamma_n exp(i(n1 theta_1 + n2 theta_2)), in double precision: absolute error 1e-14.

    Raises ValueError for an argument outside its range.

    Without fluctuations (depth 0) each junction transfers for itself, with E_Jk/2:

    >>> gamma = exact_cooper_pair_amplitudes(0.0, 0.02, 0.03)
    >>> print(f"{gamma[1, 0]:.12f} {gamma[0, 1]:.12f}")
    0.010000000000 0.015000000000
    """
    depth, first, second = np.broadcast_arrays(
        require_range("depth", depth, 0, 8),
        require_range("josephson_1", josephson_1, 0, 0.2, above=True),
        require_range("josephson_2", josephson_2, 0, 0.2, above=True),
    )
    sets = [_amplitudes(*values) for values in zip(depth.flat, first.flat, second.flat, strict=True)]
    keys = sets[0] if sets else ()
    return {n: np.array([s[n] for s in sets]).reshape(depth.shape)[()] for n in keys}


def _amplitudes(depth: float, first: float, second: float) -> dict[tuple[int, int], float]:
    number = np.arange(50 + int(25 * depth))
    position = np.diag(np.sqrt(number[1:]), 1)
    places, states = np.linalg.eigh(position + position.T)
    cosine, sine = ((states * f(np.sqrt(depth) * places)) @ states.T for f in (np.cos, np.sin))
    # A grid of N angles confuses n with n +- N, a transfer of order N - 2 in E_J: 1e-16 on either side of WEAK.
    count = GRID if max(first, second) <= WEAK else 2 * GRID
    angle = 2 * np.pi * np.arange(count) / count
    energies = np.empty((count, count))
    for i, j in np.ndindex(count, count):
        if (i, j) > (-i % count, -j % count):  # the mirror image phi -> -phi
            energies[i, j] = energies[-i % count, -j % count]
            continue
        coupling = (first * np.cos(angle[i]) + second * np.cos(angle[j])) * cosine
        coupling += (first * np.sin(angle[i]) - second * np.sin(angle[j])) * sine
        energies[i, j] = _ground_energy(number, coupling)
    spectrum = -np.fft.fft2(energies).real / count**2
    return {(m, n): float(spectrum[m, n]) for m, n in np.ndindex(5, 5) for m, n in [(m - 2, n - 2)] if m or n}


def _ground_energy(number: np.ndarray, coupling: np.ndarray) -> float:
    """The lowest eigenvalue of number - coupling: E = -c_00 - c_0 (n - c - E)^-1 c_0 over the excited states.

    Solved by iteration, so that nothing of the size of the highest level is subtracted.
    """
    energy, excited = -coupling[0, 0], np.diag(number[1:].astype(float)) - coupling[1:, 1:]
    for _ in range(100):
        pulled = np.linalg.solve(excited - energy * np.eye(number.size - 1), coupling[1:, 0])
        new = -coupling[0, 0] - coupling[0, 1:] @ pulled
        if abs(new - energy) < 1e-17:
            break
        energy = new
    return float(new)
