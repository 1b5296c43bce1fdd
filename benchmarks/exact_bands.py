"""Exact amplitudes to 32 digits, against mpmath's dense diagonalization of the same matrices in the same run.

Run: `python benchmarks/exact_bands.py`

The dense way is timed at one quasicharge, on matrices too small for all digits, and extrapolated by the third power
of the number of states and by the number of quasicharges; what is measured and what is extrapolated is printed.
"""

import mpmath as mp
import numpy as np

from derivations.cotunneling import exact_amplitudes
from derivations.cotunneling.exact.two_junctions import _Circuit, charging_matrix
from rederived.work.timing import seconds

__all__ = ["main"]

EJ_OVER_EC, RATIO, DIGITS = 10.0, 0.3, 32
SMALL = (2, 3, 4)  # largest charge kept in each junction: 25, 49 and 81 states


def dense_ground_energy(largest: int) -> mp.mpf:
    """The lowest eigenvalue at zero quasicharge on a square of charges, by mpmath."""
    stiffness = charging_matrix((1 / EJ_OVER_EC, 1 / EJ_OVER_EC), RATIO)
    side = range(-largest, largest + 1)
    states = [(a, b) for a in side for b in side]
    place = {state: i for i, state in enumerate(states)}
    matrix = mp.zeros(len(states))
    for (a, b), i in place.items():
        matrix[i, i] = mp.mpf(stiffness[0, 0]) * a * a + 2 * mp.mpf(stiffness[0, 1]) * a * b
        matrix[i, i] += mp.mpf(stiffness[1, 1]) * b * b
        for neighbor in ((a + 1, b), (a, b + 1)):
            if neighbor in place:
                matrix[i, place[neighbor]] = matrix[place[neighbor], i] = mp.mpf(-0.5)
    return mp.eigsy(matrix, eigvals_only=True)[0]


def main() -> None:
    """Print the time of a set of amplitudes, that of the dense way, measured and extrapolated, and their ratio."""
    exact_amplitudes(EJ_OVER_EC, RATIO, digits=20)
    ours = seconds(lambda: exact_amplitudes(EJ_OVER_EC, RATIO, digits=DIGITS))
    circuit = _Circuit(np.ones(2), charging_matrix((1 / EJ_OVER_EC, 1 / EJ_OVER_EC), RATIO), DIGITS)
    grid = circuit.sufficient_grid()
    states = circuit.states((0, 0), grid).count
    print(f"all amplitudes, {DIGITS} digits     {ours:10.2f} s  ({states} states, {grid} x {grid} quasicharges)")
    with mp.workdps(DIGITS + 5):
        for largest in SMALL:
            found: list[mp.mpf] = []
            dense = seconds(lambda largest=largest, found=found: found.append(dense_ground_energy(largest)))
            count = (2 * largest + 1) ** 2
            print(f"dense, one of {count:3d} states     {dense:10.2f} s  (energy {mp.nstr(found[0], 12)} E_J)")
    pairs = np.ndindex(grid, grid)
    different = len({min((j, k), (-j % grid, -k % grid), (k, j), (-k % grid, -j % grid)) for j, k in pairs})
    whole = dense * (states / count) ** 3 * different
    print(f"dense, all, extrapolated     {whole:10.0f} s  (as states cubed, {different} quasicharges)")
    print(f"ratio                        {whole / ours:10.0f}")


if __name__ == "__main__":
    main()
