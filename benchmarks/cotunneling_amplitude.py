"""Eq. 31 at 2000 couplings up to 50, against a plain adaptive quadrature in the same run; the goal is 10 ms.

Run: `python benchmarks/cotunneling_amplitude.py`
"""

import math

import numpy as np
from scipy.integrate import quad

from derivations.cotunneling import cotunneling_amplitude
from rederived.work.timing import seconds

__all__ = ["main"]

XI_1, XI_2, KAPPA = 0.6, 0.9, 1.5
COUPLINGS = np.linspace(0.025, 50, 2000)
PLAIN = 20  # of them by quadrature, which is slow


def plain_quadrature(charge: int, coupling: float) -> float:
    """Eq. 31 as printed, by quad inside quad."""
    a = XI_1 / XI_2 * KAPPA

    def overlap(y):
        return quad(lambda x: 1 / (math.cosh(a * x) * math.cosh(x - y)), -40, 40, points=[0, y], epsabs=1e-13)[0]

    integral = 2 * quad(lambda y: math.expm1(charge * coupling * XI_1 / 2 * overlap(y)), 0, 40, epsrel=1e-10)[0]
    exponent = -8 * (1 / XI_1 + 1 / XI_2) - (coupling * XI_1 + coupling / KAPPA * XI_2) / 2
    return 16 / math.pi * math.sqrt(XI_1 * KAPPA / XI_2) * math.exp(exponent) * integral


def main() -> None:
    """Print both times for 2000 couplings, their ratio and the largest relative difference."""
    first = seconds(lambda: cotunneling_amplitude(1, XI_1, XI_2, 1.0, KAPPA))
    print(f"derivation and first call  {first:10.2f} s")
    ours = seconds(lambda: cotunneling_amplitude(1, XI_1, XI_2, COUPLINGS, KAPPA), 20)
    sample = COUPLINGS[:: COUPLINGS.size // PLAIN]
    plain = []
    theirs = seconds(lambda: plain.extend(plain_quadrature(1, c) for c in sample), 1) * COUPLINGS.size / sample.size
    difference = np.max(np.abs(np.array(plain) / cotunneling_amplitude(1, XI_1, XI_2, sample, KAPPA) - 1))
    print(f"2000 couplings, evaluator  {1e3 * ours:10.2f} ms")
    print(f"2000 couplings, quadrature {1e3 * theirs:10.0f} ms  (from {sample.size} of them)")
    print(f"ratio                      {theirs / ours:10.0f}")
    print(f"largest difference         {difference:10.1e}")


if __name__ == "__main__":
    main()
