"""The pendulum: what the paper prints, and what follows from its Lagrangian."""

import mpmath
from sympy import Eq, Function, Rational, cos, diff, integrate, pi, series, sin, solve, sqrt, symbols

from rederived.ledger import Correction, Source, equation

__all__ = ["energy", "equation_of_motion", "period"]

PAPER = Source("P26", "A pendulum for every clock, invented for a test", "The whole text, which is three lines long.")

t = symbols("t", real=True)
mass, length, g, T, E = symbols("m l g T E", positive=True)
amplitude, psi, modulus = symbols("a psi k2", positive=True)
theta = Function("theta", real=True)(t)
LAGRANGIAN = mass * length**2 * theta.diff(t) ** 2 / 2 - mass * g * length * (1 - cos(theta))


ENERGY = mass * length**2 * theta.diff(t) ** 2 / 2 + mass * g * length * (1 - cos(theta))


@equation(PAPER, 1, printed=lambda: Eq(E, ENERGY))
def energy() -> Eq:
    """What is conserved: velocity times momentum, less the Lagrangian."""
    velocity = theta.diff(t)
    return Eq(E, velocity * LAGRANGIAN.diff(velocity) - LAGRANGIAN)


@equation(PAPER, 2, printed=lambda: Eq(theta.diff(t, 2), -g / length * sin(theta)))
def equation_of_motion() -> Eq:
    """The angle accelerates against its sine: the equation of Euler and Lagrange, solved for the acceleration."""
    balance = diff(LAGRANGIAN.diff(theta.diff(t)), t) - LAGRANGIAN.diff(theta)
    (acceleration,) = solve(balance, theta.diff(t, 2))
    return Eq(theta.diff(t, 2), acceleration)


def by_the_mean(form: Eq) -> float:
    """Gauss: the period is 2 pi sqrt(l/g) over the arithmetic-geometric mean of 1 and cos(a/2)."""
    swing, mean = mpmath.mpf("0.02"), mpmath.agm(1, mpmath.cos(mpmath.mpf("0.01")))
    found = form.rhs.subs({length: 1, g: 1}).evalf(30, subs={amplitude: str(swing)})
    return float(abs(found * mean / (2 * mpmath.pi) - 1))


SLIP = Correction("16 in place of 8", lambda form: form.replace(Rational(1, 8), Rational(1, 16)), by_the_mean, 1e-8)


@equation(PAPER, 3, printed=lambda: Eq(T, 2 * pi * sqrt(length / g) * (1 + amplitude**2 / 8)), correction=SLIP)
def period() -> Eq:
    """The period grows with the square of the amplitude."""
    quarter = series(1 / sqrt(1 - modulus * sin(psi) ** 2), modulus, 0, 2).removeO()
    whole = 4 * sqrt(length / g) * integrate(quarter, (psi, 0, pi / 2)).subs(modulus, sin(amplitude / 2) ** 2)
    return Eq(T, series(whole, amplitude, 0, 3).removeO())
