"""What SLZ25b says of single slips, and the numbers that settle it."""

import math

from sympy import diff, lambdify

from derivations.cotunneling.exact.exact_bands import exact_single_junction_amplitude
from derivations.cotunneling.instantons.instanton import amplitude, equation_of_motion, instanton
from derivations.cotunneling.symbols import E_J, Omega, nu, phi_1, tau, tau_1
from rederived.ledger import BOOK, Finding, InLimit, claim

__all__ = [
    "semiclassical_error",
    "superposition_is_asymptotic",
]


@claim(BOOK, "Eq. 12, superposed slips")
def superposition_is_asymptotic() -> InLimit:
    """Slips far apart may be added: what their sum misses of the equation of motion falls with their distance."""
    distances = (4, 8, 16)
    one = instanton().rhs.subs({nu: 1, Omega: 1})
    missed = []
    for distance in distances:
        pair = one.subs(tau_1, 0) + one.subs(tau_1, distance)
        motion = equation_of_motion().rhs.subs({Omega: 1, phi_1(tau): pair})
        missed.append(float(abs((diff(pair, tau, 2) - motion).subs(tau, 0).evalf(20))))
    evidence = "Two slips in one junction, at the center of one, over the largest acceleration Omega^2."
    return InLimit("exp(-Omega times distance)", tuple(math.exp(-d) for d in distances), tuple(missed), evidence)


@claim(BOOK, "Eq. 14 and the exact band")
def semiclassical_error() -> Finding:
    """The exact band is (14) times 1 - 7 xi/64 + ..., xi = Omega/E_J: a coefficient that is fitted, not derived."""
    import numpy as np


    xi = 0.2 / 2.0 ** np.arange(3)
    leading = lambdify(Omega, amplitude().rhs.subs(E_J, 1))(xi)
    slope = (1 - exact_single_junction_amplitude(xi) / leading) / xi
    once = 2 * slope[1:] - slope[:-1]
    fitted = float((4 * once[1] - once[0]) / 3)
    evidence = f"Extrapolated from the Mathieu bands at xi = 0.2, 0.1, 0.05: coefficient {fitted:.4f}, 7/64 = 0.1094."
    return Finding(fitted, abs(fitted - 7 / 64) < 1e-4, evidence)
