"""The pumped charge: against QuTiP's propagator in the same run, and the times of what the book computes.

Goals on one idle thread: one charge with repulsion at N = 6 in 0.4 s; N = 9, U = 0, 20 phases in 1 s; N = 99 in 2 s a
phase; Fig. 9, 36 x 36 charges at N = 6, in 5 minutes on two cores. The authors recorded 76328 s, 130 to 170 s, none
and 226 h.

What limits. With repulsion each step takes the eigenvectors of a matrix of 2^N rows, nearly half of the time, and some
products of such matrices: 8^N operations, four times the time for one island more at N = 6. From N = 9 on a Krylov
space of one state is cheaper. Without repulsion it is products of 2N + 2 rows, and small ones wait for Python: the
power of N is still below two at 100 islands. Steps cost in proportion; they follow the fastest transition in a period,
so the time goes as 1/omega.

Run: `OMP_NUM_THREADS=1 python benchmarks/pumped_charge.py [--long]`
"""

import math
import sys
import time

import numpy as np
from timer import timed

from derivations.pumping import HarperHofstadter, RiceMele, many_body, pumped_charge
from derivations.pumping.engines.averages import floquet_states
from derivations.pumping.engines.propagation import propagate
from derivations.pumping.engines.steps import sufficient_steps
from figures.pumping.fig09_charge_against_repulsion import POINTS, SIDE, compute

__all__ = ["main"]

FREQUENCY, PHASE = 0.05, 0.9
SAMPLE = np.arange(SIDE**2).reshape(SIDE, SIDE)[2::6, 2::6].ravel()


def qutip_floquet(chain, tolerance: float) -> np.ndarray:
    """The Floquet operator by QuTiP's propagator, without the mean of H."""
    import qutip

    zero, quarter, half, last = many_body(chain, PHASE).dense(np.arange(4) * np.pi / 2)
    parts = [(zero + half) / 2, (zero - half) / 2, (quarter - last) / 2]
    constant, cosine, sine = (
        qutip.Qobj(p - np.trace(p) / chain.states * np.eye(chain.states)).to("CSR") for p in parts
    )
    drive = [
        constant,
        [cosine, lambda t: math.cos(FREQUENCY * t)],
        [sine, lambda t: math.sin(FREQUENCY * t)],
    ]
    options = {"atol": tolerance / 10, "rtol": tolerance, "nsteps": 10**6, "method": "adams"}
    return qutip.propagator(qutip.QobjEvo(drive), 2 * np.pi / FREQUENCY, options=options).full()


def eigenphases(floquet: np.ndarray) -> np.ndarray:
    """Sorted eigenphases."""
    return np.sort(floquet_states(floquet)[0])


def distance(first: np.ndarray, second: np.ndarray) -> float:
    """Largest difference of sorted eigenphases."""
    return float(abs(np.angle(np.exp(1j * (first - second)))).max())


def against_qutip() -> None:
    """The Floquet operator at one phase, ours with the charge; QuTiP's tolerance loosened to our accuracy."""
    print("Floquet operator, Harper-Hofstadter, U = 0.5, omega = 0.05 (ours includes the charge)")
    qutip_floquet(HarperHofstadter(2, interaction=0.5), 1e-4)  # imports QuTiP
    for islands in (4, 6):
        chain = HarperHofstadter(islands, interaction=0.5)
        steps = sufficient_steps(chain, FREQUENCY)
        exact = eigenphases(propagate(chain, FREQUENCY, PHASE, 8 * steps).floquet)
        ours, found = timed(lambda c=chain, s=steps: propagate(c, FREQUENCY, PHASE, s), 5)
        our_error = distance(eigenphases(found.floquet), exact)
        for tolerance in (1e-6, 1e-7, 1e-8, 1e-9):
            theirs, floquet = timed(lambda c=chain, x=tolerance: qutip_floquet(c, x), 2)
            error = distance(eigenphases(floquet), exact)
            if error <= 2 * our_error:
                break
        print(
            f"  N = {islands}: {1e3 * ours:7.1f} ms to {our_error:.0e}; QuTiP {1e3 * theirs:8.0f} ms to {error:.0e};"
            f" ratio {theirs / ours:.0f}"
        )


def fig09_sample() -> list[dict]:
    """Every sixth point of the map in both directions."""
    return [{name: values[p] for name, values in POINTS.items()} for p in SAMPLE]


def growth(chain_of, sizes: tuple[int, int], frequency: float = 0.05) -> float:
    """The power of N with which the time of one charge grows between two sizes."""
    small, large = (timed(lambda n=n: pumped_charge(chain_of(n), frequency, PHASE), 3)[0] for n in sizes)
    return math.log(large / small) / math.log(sizes[1] / sizes[0])


def share_of_eigenvectors(islands: int) -> float:
    """The part of the time of a propagation that the eigenvectors take."""
    chain, spent, eigh = HarperHofstadter(islands, interaction=0.5), [0.0], np.linalg.eigh

    def watched(matrices):
        start = time.perf_counter()
        result = eigh(matrices)
        spent[0] += time.perf_counter() - start
        return result

    np.linalg.eigh = watched
    try:
        whole, _ = timed(lambda: propagate(chain, FREQUENCY, PHASE, sufficient_steps(chain, FREQUENCY)))
    finally:
        np.linalg.eigh = eigh
    return spent[0] / whole


def limits() -> None:
    """How time grows with N, and what takes it."""
    print(f"time as N^{growth(HarperHofstadter, (24, 48)):.1f} from 24 to 48 islands without repulsion,", end=" ")
    print(f"N^{growth(HarperHofstadter, (48, 96)):.1f} from 48 to 96")
    eighth = growth(lambda n: HarperHofstadter(n, interaction=0.5), (6, 7))
    print(f"times {(7 / 6) ** eighth:.1f} for an island more with repulsion, from 6 to 7")
    print(f"eigenvectors take {share_of_eigenvectors(6):.0%} at N = 6 and {share_of_eigenvectors(7):.0%} at N = 7")


def absolute(long: bool) -> None:
    """The goals, and how time grows with N and with steps."""
    pumped_charge(HarperHofstadter(3, interaction=0.1), 0.1, 0.1)
    cases = [
        ("N = 6, U = 0.5, 1 phase          (0.4 s)", HarperHofstadter(6, interaction=0.5), 0.01, 1, 3),
        ("N = 6, U = 3, Rice-Mele, 1 phase (0.4 s)", RiceMele(6, hopping_modulation=1.0, interaction=3.0), 0.05, 1, 3),
        ("N = 9, U = 0, 20 phases          (1 s)", HarperHofstadter(9), 0.01, 20, 3),
        ("N = 99, U = 0, 1 phase           (2 s)", HarperHofstadter(99), 0.01, 1, 1),
    ]
    cases += [(f"N = {n}, U = 0, 1 phase", HarperHofstadter(n), 0.01, 1, 1) for n in (12, 24, 48)]
    cases += [(f"N = {n}, U = 0.5, 1 phase", HarperHofstadter(n, interaction=0.5), 0.01, 1, 1) for n in (4, 5, 7)]
    if long:
        cases += [(f"N = {n}, U = 0.5, 1 phase", HarperHofstadter(n, interaction=0.5), 0.01, 1, 1) for n in (8, 9, 10)]
    for name, chain, frequency, count, repetitions in cases:
        phases = PHASE + np.arange(count) * 2 * np.pi / count
        seconds, _ = timed(lambda c=chain, f=frequency, p=phases: pumped_charge(c, f, p), repetitions)
        print(f"{name:42s} {seconds:8.2f} s")
    chain = HarperHofstadter(6, interaction=0.5)
    for factor in (1, 2, 4):
        steps = factor * sufficient_steps(chain, 0.01)
        seconds, _ = timed(lambda s=steps: pumped_charge(chain, 0.01, 1.0, steps=s))
        print(f"{f'N = 6, U = 0.5, {steps} steps':42s} {seconds:8.2f} s")
    seconds = [timed(lambda p=p: compute(**p), 2)[0] for p in fig09_sample()]
    print(f"{f'Fig. 9 on two cores, from {len(seconds)} points (300 s)':42s} {np.mean(seconds) * 1296 / 2:8.0f} s")


def whole_map() -> None:
    """All of Fig. 9 on two processes."""
    from joblib import Parallel, delayed

    points = [{name: values[p] for name, values in POINTS.items()} for p in range(SIDE**2)]
    start = time.perf_counter()
    Parallel(n_jobs=2)(delayed(compute)(**point) for point in points)
    print(f"{'Fig. 9 on two cores, all 1296 points':42s} {time.perf_counter() - start:8.0f} s")


def main() -> None:
    """Print all comparisons."""
    against_qutip()
    absolute("--long" in sys.argv)
    limits()
    if "--long" in sys.argv:
        whole_map()


if __name__ == "__main__":
    main()
