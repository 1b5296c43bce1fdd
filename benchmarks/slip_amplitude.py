"""The semiclassical amplitude of a slip of unequal junctions, path and determinant: the goal is 0.2 s a point.

Run: `python benchmarks/slip_amplitude.py`

In the same run scipy's boundary value solver finds the same paths, without the determinant.
"""

import numpy as np
from scipy.integrate import solve_bvp

from derivations.cotunneling import slip_amplitude, slip_path
from rederived.work.timing import seconds

__all__ = ["main"]

XI_1, XI_2, KAPPA = 0.4, 0.9, 2.0
POINTS = [(slip, ratio) for slip in ((1, 0), (0, 1), (1, 1)) for ratio in (0.1, 1.0, 10.0)]


def plain_action(slip: tuple[int, int], ratio: float) -> float:
    """The action of the path that solve_bvp finds, from the two slips of independent junctions as a guess."""
    josephson = np.array([KAPPA**0.5, KAPPA**-0.5])
    own = 1 / (np.array([XI_1, XI_2]) ** 2 * josephson)  # M_k = 1/8 E_Ck = 1/xi_k^2 E_Jk
    mutual = ratio * own[0]
    inverse = np.linalg.inv([[own[0] + mutual, -mutual], [-mutual, own[1] + mutual]])
    center = np.pi * np.array(slip)

    def flow(_, state):
        return np.vstack([state[2:], inverse @ (josephson[:, None] * np.sin(state[:2]))])

    def ends(start, end):
        return np.concatenate([start[:2], end[:2] - center])

    times = np.linspace(-20 * ratio**0.5 / min(XI_1, XI_2) - 20 / min(XI_1, XI_2), 0, 400)
    guess = 4 * np.arctan(np.exp(np.outer(np.array([XI_1, XI_2]) * josephson, times))) * np.array(slip)[:, None]
    guess = np.vstack([guess, np.gradient(guess, times, axis=1)])
    found = solve_bvp(flow, ends, times, guess, tol=1e-8, max_nodes=60000)
    velocity = found.sol(found.x)[2:]
    kinetic = np.einsum("in,ij,jn->n", velocity, np.linalg.inv(inverse), velocity)
    return 2 * float(np.trapezoid(kinetic, found.x))


def main() -> None:
    """Print times a point of amplitudes and of plain paths, their ratio, and how far actions by trapezoids differ."""
    first = seconds(lambda: slip_amplitude((1, 1), XI_1, XI_2, capacitance_ratio=1.0, kappa=KAPPA))
    print(f"derivation and first call      {first:10.2f} s")
    actions = [slip_path(slip, XI_1, XI_2, capacitance_ratio=ratio, kappa=KAPPA).action for slip, ratio in POINTS]
    ours = seconds(
        lambda: [slip_amplitude(s, XI_1, XI_2, capacitance_ratio=ratio, kappa=KAPPA) for s, ratio in POINTS], 3
    ) / len(POINTS)
    plain: list[float] = []
    theirs = seconds(lambda: plain.extend(plain_action(s, ratio) for s, ratio in POINTS), 1) / len(POINTS)
    errors = slip_amplitude((1, 1), XI_1, XI_2, capacitance_ratio=[0.1, 1.0, 10.0], kappa=KAPPA, error=True)[1]
    print(f"amplitude, a point             {1e3 * ours:10.1f} ms  (goal 200 ms)")
    print(f"path alone by solve_bvp        {1e3 * theirs:10.1f} ms")
    print(f"ratio                          {theirs / ours:10.1f}")
    print(f"largest difference of actions  {np.max(np.abs(np.array(plain) / actions - 1)):10.1e}")
    print(f"largest error stated           {np.max(errors):10.1e}")


if __name__ == "__main__":
    main()
