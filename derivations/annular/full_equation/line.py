"""The full equation as functions of tau, from the Lagrangian and the equation of motion: M16, Eqs. 5, 14 and 16.

A solver sees only these, so a symbol changed in the Lagrangian reaches it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from sympy import Expr, Symbol, cos, diff, lambdify, sin, symbols

from derivations.annular.lagrangian.lagrangian import coefficients, hamiltonian_density, term_of_field
from derivations.annular.ring.annulus import Annulus
from derivations.annular.ring.geometry import in_eccentricity, scale_squared
from derivations.annular.symbols import (
    Delta,
    Gamma,
    MagneticTerm,
    Q,
    alpha,
    beta,
    gamma_0,
    h,
    lambda_hat,
    m,
    phi,
    t,
    tau,
    theta,
)
from rederived.evaluate.domain import require_range
from rederived.kept import kept

__all__ = ["Line", "each_in_field", "each_point", "line_of", "require_ring"]

SMALLEST_SQUARE, LARGEST_SQUARE = 0.01, 0.995
SMALLEST_RATIO, LARGEST_RATIO = 0.01, 1.0

field_strength = Symbol("field", real=True)
phase, slope, velocity = symbols("phase slope velocity", real=True)


@dataclass(frozen=True)
class Line:
    """What multiplies what along tau, times Q^2: functions of an array of tau, and lambda_J^2/c^2.

    `inertia` multiplies phi_tt, `pairs` sin(phi), `friction` alpha phi_t, `surfaces` beta phi_tau,tau,t; `field_force`
    is the derivative of the magnetic term, and `bias_force` what unit bias does. `energy_density` is of tau, phi,
    phi_tau and phi_t, arrays that broadcast, per tau; with the field and without the bias.
    `narrowest` is the least distance, in tau, of a pole of a fluxon at rest from the real line.
    """

    inertia: Callable
    pairs: Callable
    friction: Callable
    surfaces: Callable
    energy_density: Callable
    field_force: Callable
    bias_force: Callable
    stiffness: float
    narrowest: float

    @property
    def unit(self) -> float:
        """lambda_J/c, by which an integral of the energy density over tau is divided to be in E_0'."""
        return math.sqrt(self.stiffness)


@kept
def _energy_density() -> Expr:
    """The Hamiltonian density in a field without bias."""
    f = phi(tau, t)
    density = hamiltonian_density().rhs.subs({MagneticTerm(tau): term_of_field().rhs, Gamma(tau): 0}).doit()
    density = density.subs({diff(f, tau): slope, diff(f, t): velocity}).subs(f, phase)
    whole = density.subs(Q(tau) ** 2, scale_squared())
    return whole.subs(cos(phase), 1 - 2 * sin(phase / 2) ** 2)  # no digits are lost where the phase is small


@cache
def _functions() -> dict[str, Callable]:
    """Of tau, e^2, lambda_J/c, field and angle."""
    terms = coefficients()
    force = terms["force"]
    wanted = {
        "inertia": terms["inertia"],
        "pairs": terms["pairs"],
        "friction": terms["quasiparticles"].coeff(alpha),
        "surfaces": terms["surfaces"].coeff(beta),
        "field_force": force.subs(gamma_0, 0),
        "bias_force": -force.coeff(gamma_0),
        "stiffness": terms["stiffness"],
    }
    in_numbers = {
        name: in_eccentricity(term).subs(h, field_strength / Delta)
        for name, term in wanted.items()
    }
    if in_numbers["stiffness"].has(tau):
        raise ValueError(
            f"The stiffness must be uniform along tau, but is {in_numbers['stiffness']}."
        )
    arguments = [tau, m, lambda_hat, field_strength, theta]
    made = {name: lambdify(arguments, term, "numpy", cse=True) for name, term in in_numbers.items()}
    energy = in_eccentricity(_energy_density()).subs(h, field_strength / Delta)
    made["energy_density"] = lambdify([*arguments, phase, slope, velocity], energy, "numpy", cse=True)
    return made


@dataclass(frozen=True)
class _Along:
    """A coefficient of one line by its name, which another process finds too."""

    name: str
    values: tuple[float, ...]

    def __call__(self, tau) -> np.ndarray:
        return np.broadcast_to(_functions()[self.name](tau, *self.values), np.shape(tau))


@dataclass(frozen=True)
class _EnergyDensity:
    values: tuple[float, ...]

    def __call__(self, tau, *motion) -> np.ndarray:
        return _functions()["energy_density"](tau, *self.values, *motion)


@lru_cache(maxsize=256)
def line_of(
    eccentricity_squared: float,
    penetration_ratio: float,
    field: float = 0.0,
    field_angle: float = 0.0,
) -> Line:
    """The line of one junction in one field, h Delta at an angle from +y towards +x."""
    values = eccentricity_squared, penetration_ratio, field, field_angle
    terms = {name: _Along(name, values) for name in _functions() if name not in ("stiffness", "energy_density")}
    stiffness = float(_functions()["stiffness"](0.0, *values))
    # In arc length a fluxon at rest has its poles at i pi/2, in lambda_J.
    strongest = terms["pairs"](np.linspace(0, math.pi, 181)).max()
    return Line(
        **terms,
        energy_density=_EnergyDensity(values),
        stiffness=stiffness,
        narrowest=math.pi / 2 * math.sqrt(stiffness / strongest),
    )


def require_ring(eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0) -> Annulus:
    """The annulus, or ValueError where these solvers do not reach."""
    require_range("eccentricity_squared", eccentricity_squared, SMALLEST_SQUARE, LARGEST_SQUARE)
    require_range("penetration_ratio", penetration_ratio, SMALLEST_RATIO, LARGEST_RATIO)
    return Annulus(eccentricity_squared, penetration_ratio, field, field_angle)


def each_point(function: Callable, *arguments):
    """Call a function with every point of arguments that broadcast."""
    arguments = np.broadcast_arrays(*(np.asarray(a, float) for a in arguments))
    found = [
        function(*map(float, point))
        for point in zip(*(a.flat for a in arguments), strict=True)
    ]
    return np.array(found, float).reshape(arguments[0].shape)[()]


def each_in_field(function: Callable, annulus: Annulus, *others):
    """Call a function with each line and the other arguments, which broadcast.

    Raises ValueError where the field is too strong for the state that is asked for to be found.
    """

    def point(*values: float) -> float:
        try:
            return function(line_of(*values[:4]), *values[4:])
        except ArithmeticError as error:
            if not values[2]:
                raise
            raise ValueError(f"Argument `field` must be smaller, but got {values[2]:g}. {error}") from error

    return each_point(point, *annulus, *others)
