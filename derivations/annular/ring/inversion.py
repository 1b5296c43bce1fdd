"""The angle as a function of the arc length: one function on the real line, several branches in the complex plane."""

from collections.abc import Callable
from functools import cache

import mpmath
from sympy import Expr, asin, diff, lambdify, simplify, sqrt

from derivations.annular.ring.geometry import MODERATE, in_eccentricity
from derivations.annular.ring.lengths import length_from_the_pole
from derivations.annular.symbols import C, c, m, tau
from rederived.kept import kept

__all__ = ["branch_point", "loops_until_it_returns", "slope_of_the_arc"]

STEPS = 400  # of a loop; halving them changes what comes back by less than 1e-8
BACK = 1e-6  # what counts as having come back


@kept
def slope_of_the_arc() -> Expr:
    """ds/d tau, in c cosh(nu): the integrand of the elliptic integral of the second kind."""
    return simplify(diff(length_from_the_pole().rhs, tau) / in_eccentricity(c * C))


@kept
def branch_point() -> Expr:
    """The angle at which that slope vanishes: complex, since the sine exceeds one there."""
    return asin(1 / sqrt(m))


def _angle_after(loops: int, rate: Callable, angle: complex, root: complex, center: complex) -> complex:
    """The angle after a length has gone around `center` so many times, from where it belongs to `angle`.

    rate(angle, root) is d(angle, root)/d length, where root is the square root in the integrand: followed as a variable
    of its own, it stays on its branch. Classical Runge-Kutta steps on a circle.
    """
    start, step = -center, 2j * mpmath.pi / STEPS
    state = mpmath.matrix([angle, root])

    def turning(x, values):
        return mpmath.matrix(rate(*values)) * (start * mpmath.exp(x) * step)

    for n in range(loops * STEPS):
        x = n * step
        one = turning(x, state)
        two = turning(x + step / 2, state + one / 2)
        three = turning(x + step / 2, state + two / 2)
        four = turning(x + step, state + three)
        state += (one + 2 * two + 2 * three + four) / 6
    return state[0]


@cache
def loops_until_it_returns(kind: int, most: int = 4) -> tuple[complex, tuple[float, ...]]:
    """The length at the branch point, and how far sin(angle) is from its first value after 1, 2, ... loops around it.

    kind: 2 for the integral of sqrt(1 - m sin^2), the arc; 1 for that of 1/sqrt(1 - m sin^2), whose sine is Jacobi's sn
    """
    root_of = lambdify(tau, slope_of_the_arc().subs(m, MODERATE), "mpmath")
    turned = lambdify(tau, (diff(slope_of_the_arc() ** 2, tau) / 2).subs(m, MODERATE), "mpmath")
    end = complex(branch_point().subs(m, MODERATE).evalf())
    angle = mpmath.mpc(end.real, abs(end.imag) / 2)  # half way from the real axis: no other branch point is near
    power = 1 if kind == 2 else -1

    def along(there):
        return mpmath.quad(lambda x: root_of(x) ** power, [0, end.real, there])

    def rate(value, root):
        per_length = root**-power
        return per_length, turned(value) / root * per_length

    center = along(mpmath.mpc(end.real, abs(end.imag))) - along(angle)
    back = (_angle_after(n, rate, angle, root_of(angle), center) for n in range(1, most))
    apart = tuple(float(abs(mpmath.sin(value) - mpmath.sin(angle))) for value in back)
    return complex(center + along(angle)), apart
