"""The angle as a function of the arc length: one function on the real line, several branches in the complex plane."""

from collections.abc import Callable
from functools import cache

import mpmath
from sympy import Expr, asin, diff, lambdify, simplify, sin, sqrt

from derivations.annular.geometry import MODERATE, in_eccentricity
from derivations.annular.lengths import arc_length
from derivations.annular.symbols import C, c, m, tau
from derivations.kept import kept
from derivations.ledger import BOOK, M16, Finding, claim

__all__ = ["arc_has_several_inverses", "arc_inverts", "branch_point", "loops_until_it_returns", "slope_of_the_arc"]

STEPS = 400  # of a loop; halving them changes what comes back by less than 1e-8
BACK = 1e-6  # what counts as having come back


@kept
def slope_of_the_arc() -> Expr:
    """ds/d tau, in c cosh(nu): the integrand of the elliptic integral of the second kind."""
    return simplify(diff(arc_length().rhs, tau) / in_eccentricity(c * C))


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


@claim(
    M16,
    "Sec. II, invertible",
    where="Sec. II, first paragraph, sentence on elliptic integrals of the second kind.",
    ours="The reading: an inverse that is analytic and single-valued for complex lengths; e^2 = 3/4.",
)
def arc_has_several_inverses() -> Finding:
    """The second kind's integral, unlike that of the first, has no inverse that is analytic and single-valued."""
    place, apart = loops_until_it_returns(2)
    _, first_kind = loops_until_it_returns(1)
    count = 1 + next(n for n, distance in enumerate(apart) if distance < BACK)
    others = " and ".join(f"{distance:.2f}" for distance in apart[: count - 1])
    evidence = (
        f"ds/d tau vanishes at the complex angle whose sine is {sin(branch_point())}. Around the length there,"
        f" {place.real:.4f} + {abs(place.imag):.4f}i in c cosh(nu) for e^2 = {MODERATE}, the sine of the angle comes"
        f" back after {count} loops; after fewer it is off by {others}. The sine that belongs to the first kind is back"
        " after one."
    )
    return Finding(count, bool(count > 1 and first_kind[0] < BACK), evidence)


@claim(BOOK, "annular, arc length inverted")
def arc_inverts() -> Finding:
    """On the real line each arc length belongs to one angle, and smoothly so."""
    slope = diff(arc_length().rhs, tau).subs(c, 1)
    least = simplify(slope.subs(sin(tau), 1))
    value = float(least.subs(m, MODERATE))
    evidence = (
        f"ds/d tau = c Q is at least c {least}, {value:.4f} c at e^2 = {MODERATE}: positive everywhere, so s(tau)"
        " grows. The inverse has no elementary name."
    )
    return Finding(value, bool(value > 0), evidence)
