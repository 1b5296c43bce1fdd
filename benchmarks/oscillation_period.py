"""Eq. 22 of M16 at 2000 energies up to the separatrix, against quad on the integral as it stands, at the same accuracy.

Run: `python benchmarks/oscillation_period.py`
"""

import math
import time
import warnings

import mpmath
import numpy as np
from scipy.integrate import quad
from timer import seconds

from derivations.annular import oscillation_period, separatrix_energy

__all__ = ["main"]

SQUARE = 0.75
HALF_AXIS = math.sqrt(1 / SQUARE - 1)
ENERGIES = 1 + (separatrix_energy(SQUARE) - 1) * (1 - np.geomspace(1, 1e-6, 2001)[1:])
PLAIN = 40  # of them by quadrature, which is slow


def plain_quadrature(energy: float) -> float:
    """Eq. 22 between its turning points, where the integrand is singular."""
    edge = math.acos(HALF_AXIS * math.sqrt(energy**2 - 1))

    def integrand(tau):
        scale = math.hypot(HALF_AXIS, math.cos(tau))
        return scale**1.5 / math.sqrt(abs(energy * HALF_AXIS - scale))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return 2 * math.sqrt(2) * quad(integrand, edge, math.pi / 2, epsabs=0, epsrel=1e-13, limit=500)[0]


def exact(energy: float) -> float:
    """The period to 30 digits, in the angle in which it is regular."""
    with mpmath.workdps(30):
        k, s = mpmath.mpf(energy), mpmath.sqrt(1 / mpmath.mpf(SQUARE) - 1)
        reach = s**2 * (k**2 - 1)

        def integrand(x):
            scale = mpmath.sqrt(s**2 + reach * mpmath.sin(x) ** 2)
            return scale**1.5 * mpmath.sqrt(k * s + scale) / mpmath.sqrt(1 - reach * mpmath.sin(x) ** 2)

        near = [mpmath.pi / 2 - step for step in (1, 0.1, 0.01, 0.001, 0)]
        return float(2 * mpmath.sqrt(2) * mpmath.quad(integrand, [0, *near]))


def main() -> None:
    """Print both times for 2000 energies, their ratio and the largest relative error of each."""
    start = time.perf_counter()
    oscillation_period(1.5, SQUARE, 1.0)
    print(f"derivation and first call   {time.perf_counter() - start:10.2f} s")
    ours = seconds(lambda: oscillation_period(ENERGIES, SQUARE, 1.0), 5)
    sample = ENERGIES[:: ENERGIES.size // PLAIN]
    plain = []
    theirs = seconds(lambda: plain.extend(plain_quadrature(float(k)) for k in sample), 1) * ENERGIES.size / sample.size
    true = np.array([exact(float(k)) for k in sample])
    print(f"2000 periods, regular form  {1e3 * ours:10.1f} ms")
    print(f"2000 periods, quad          {1e3 * theirs:10.0f} ms  (from {sample.size} of them)")
    print(f"ratio                       {theirs / ours:10.0f}")
    print(f"largest error, regular form {np.abs(oscillation_period(sample, SQUARE, 1.0) / true - 1).max():10.1e}")
    print(f"largest error, quad         {np.abs(np.array(plain) / true - 1).max():10.1e}")


if __name__ == "__main__":
    main()
