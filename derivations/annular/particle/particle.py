"""The fluxon as a particle, as functions to import: Eqs. 19-23 of M16 in the local limit.

Each is lambdified from its derivation the first time it is called. Arguments broadcast; a value outside its range
raises `ValueError`. Energies are in E_0', times in 1/omega_p, speeds in the Swihart velocity, angles in radians from
+y towards +x. The local limit takes the width at the center of the fluxon: it asks that lambda_J/c be small against
sinh^2(nu_bar) = 1/e^2 - 1. What a field and a current do to the wells is in `local_wells`.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache

import numpy as np
from sympy import Expr, FiniteSet, Interval, Max, exp, lambdify, oo, pi, sinh, sqrt

from derivations.annular.lagrangian.evaluators import ELLIPSE, FIELD, POSITIVE, field
from derivations.annular.particle.double_well import perturbed_potential
from derivations.annular.particle.fluxon import relativistic_speed, separatrix, speed
from derivations.annular.particle.oscillation import (
    angle,
    bound_on_action,
    in_energy,
    period,
    period_at_any_speed,
    place_of_turning,
    rest,
    slope_of_period,
    small_oscillation,
    well_integral,
)
from derivations.annular.ring.geometry import in_eccentricity, scale_squared
from derivations.annular.symbols import Delta, Q, gamma_0, h, k, lambda_hat, m, polarity, tau, tau_0
from rederived.evaluate.evaluator import Evaluator, Midpoints, evaluator

__all__ = [
    "action_bound",
    "action_integral",
    "fluxon_potential",
    "fluxon_potential_evaluator",
    "fluxon_speed",
    "fluxon_speed_evaluator",
    "harmonic_frequency",
    "oscillation_period",
    "period_slope",
    "relativistic_fluxon_speed",
    "relativistic_fluxon_speed_evaluator",
    "relativistic_period",
    "separatrix_energy",
    "turning_point",
]

# From the turning point, where on the separatrix the period diverges, to the middle of the well: the step leaves
# errors below 1e-13, the ends lie where x and pi/2 - x are 1e-22.
QUARTER = Midpoints(lambda t: pi / 2 / (1 + exp(-pi * sinh(t))), step=0.0165, first=-218, last=206)
NEAR_THE_TOP = 0.5  # radians from the pole; further away the cosine tells the angle
ABOVE_REST, RATIO = Interval(1, oo), "penetration_ratio"


def _energy(name: str, expression: Expr, *others: str) -> Evaluator:
    arguments = {"tau": tau, "energy_ratio": k, "eccentricity_squared": m, "penetration_ratio": lambda_hat}
    kept = {"energy_ratio", "eccentricity_squared", *others}
    return evaluator(
        name,
        in_eccentricity(in_energy(expression)),
        {n: s for n, s in arguments.items() if n in kept},
        domain={"energy_ratio": ABOVE_REST, "eccentricity_squared": ELLIPSE, "penetration_ratio": POSITIVE},
        rules={angle: QUARTER},
    )


def _ring(name: str, expression: Expr, *others: str) -> Evaluator:
    arguments = {"eccentricity_squared": m, **({"penetration_ratio": lambda_hat} if others else {})}
    limits = {"eccentricity_squared": ELLIPSE, "penetration_ratio": POSITIVE}
    return evaluator(name, in_eccentricity(expression), arguments, domain=limits)


@cache
def fluxon_potential_evaluator() -> Evaluator:
    """U/E_0', of the arguments of `fluxon_potential`."""
    arguments = {"tau": tau, "eccentricity_squared": m, "penetration_ratio": lambda_hat, **FIELD, "bias": gamma_0}
    return evaluator(
        "fluxon_potential",
        in_eccentricity(perturbed_potential().rhs.subs(h, field / Delta)),
        {**arguments, "polarity": polarity},
        domain={"eccentricity_squared": ELLIPSE, "penetration_ratio": POSITIVE, "polarity": FiniteSet(-1, 1)},
    )


def _root(squared: Expr) -> Expr:
    """Where the energy does not suffice the square is negative, and the speed zero."""
    return sqrt(Max(0, squared.subs(Q(tau_0), sqrt(scale_squared()))))


@cache
def _action_bound() -> Evaluator:
    return _ring("action_bound", bound_on_action())


@cache
def _action_integral() -> Evaluator:
    return _energy("action_integral", well_integral().rhs)


@cache
def fluxon_speed_evaluator() -> Evaluator:
    """Speed of a slow fluxon over the Swihart velocity, of (tau, energy_ratio, eccentricity_squared)."""
    return _energy("fluxon_speed", _root(speed().rhs), "tau")


@cache
def relativistic_fluxon_speed_evaluator() -> Evaluator:
    """Speed of any fluxon over the Swihart velocity, of (tau, energy_ratio, eccentricity_squared)."""
    return _energy("relativistic_speed", _root(relativistic_speed().rhs), "tau")


@cache
def _harmonic_frequency() -> Evaluator:
    return _ring("harmonic_frequency", small_oscillation().rhs, RATIO)


@cache
def _oscillation_period() -> Evaluator:
    return _energy("oscillation_period", period().rhs, RATIO)


@cache
def _period_slope() -> Evaluator:
    return _ring("period_slope", slope_of_period())


@cache
def _relativistic_period() -> Evaluator:
    return _energy("relativistic_period", period_at_any_speed().rhs, RATIO)


@cache
def _separatrix_energy() -> Evaluator:
    return _ring("separatrix_energy", separatrix())


@cache
def _turning_point() -> Evaluator:
    return _energy("turning_point", place_of_turning())


def _bound_in_a_well(made: Evaluator, energy_ratio, eccentricity_squared, *others):
    """Evaluate at energies below the separatrix, whose place depends on e^2."""
    highest, given = np.broadcast_arrays(separatrix_energy(eccentricity_squared), np.asarray(energy_ratio, float))
    bad = ~((given >= 1) & (given < highest * (1 - 1e-15)))  # closer, rounding decides on which side it is
    if bad.any():
        raise ValueError(
            f"Argument `energy_ratio` must be in [1, {highest[bad][0]:g}), below the separatrix, "
            f"but got {given[bad][0]:g}."
        )
    return made(energy_ratio, eccentricity_squared, *others)


def fluxon_potential(
    tau, eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, bias=0.0, polarity=1
):
    """Potential energy of a fluxon at rest at tau, in the local limit: M16, Eq. 19 and Sec. III.1.

    Parameters
    ----------
    tau: angle of the fluxon's center in radians, any shape; with a bias the potential falls from turn to turn.
    eccentricity_squared: e^2, dimensionless, in (0, 1).
    penetration_ratio: lambda_J/c, dimensionless, positive.
    field: h Delta, dimensionless; field > 0 at angle 0 and polarity +1 lowers the barrier at tau = pi.
    field_angle: of the field, from +y towards +x, in radians.
    bias: gamma_0, current density over J_c; bias > 0 drives polarity +1 towards smaller tau.
    polarity: +1 or -1; it changes the sign of what field and bias add.

    Returns U/E_0', an array of the broadcast shape. Raises ValueError outside these ranges.
    Without field and bias it is 8 Q, between 8 sinh(nu_bar) at the equator and 8 cosh(nu_bar) at the poles.

    >>> [float(round(U, 6)) for U in fluxon_potential([0.0, np.pi / 2, np.pi], 0.75, 0.1, field=0.02)]
    [10.688644, 4.618802, 7.786565]
    """
    given = (tau, eccentricity_squared, penetration_ratio, field, field_angle, bias, polarity)
    return fluxon_potential_evaluator()(*given)


def oscillation_period(energy_ratio, eccentricity_squared, penetration_ratio):
    """Period of a slow fluxon that oscillates in one well: M16, Eq. 22.

    Parameters
    ----------
    energy_ratio: k = E/E_min, any shape, in [1, coth(nu_bar)); coth(nu_bar) = 1/sqrt(1 - e^2) is the separatrix.
    eccentricity_squared: e^2, any shape, dimensionless, in (0, 1).
    penetration_ratio: lambda_J/c, any shape, dimensionless, positive.

    Returns T omega_p, an array of the broadcast shape, to 1e-12 as long as e^2 and k determine it so well: near the
    separatrix it grows as the logarithm of the distance. Raises ValueError outside these ranges.
    For k = 1 it is 2 pi sinh^2(nu_bar) c/lambda_J.

    >>> [float(round(T, 6)) for T in oscillation_period([1.0, 1.5, 1.999], 0.75, 0.1)]
    [20.943951, 41.215424, 214.244421]
    """
    return _bound_in_a_well(_oscillation_period(), energy_ratio, eccentricity_squared, penetration_ratio)


def relativistic_period(energy_ratio, eccentricity_squared, penetration_ratio):
    """Period of a fluxon in one well with the energy 8 Q/sqrt(1 - u^2): beyond M16, Eq. 22; arguments as there.

    It shares with Eq. 22 only its value at k = 1.

    >>> [float(round(T, 6)) for T in relativistic_period([1.0, 1.5, 1.999], 0.75, 0.1)]
    [20.943951, 45.774409, 226.510696]
    """
    return _bound_in_a_well(_relativistic_period(), energy_ratio, eccentricity_squared, penetration_ratio)


def action_integral(energy_ratio, eccentricity_squared):
    """The integral of Q^(3/2) sqrt(k sinh(nu_bar) - Q) over one well: M16, Eq. 23.

    Parameters
    ----------
    energy_ratio: k = E/E_min, any shape, in [1, coth(nu_bar)).
    eccentricity_squared: e^2, any shape, dimensionless, in (0, 1).

    Returns an array of the broadcast shape, to 1e-12. Times 16 sqrt(2) c/lambda_J it is the action of a period in
    E_0'/omega_p, and 2 pi hbar (n + 1/2) in the level n. Raises ValueError outside these ranges.
    Zero for k = 1, and always less than sqrt(2) cosh(nu_bar).

    >>> [float(round(I, 6)) for I in action_integral([1.0, 1.5, 1.999], 0.75)]
    [0.0, 0.303512, 1.019954]
    """
    return _bound_in_a_well(_action_integral(), energy_ratio, eccentricity_squared)


def action_bound(eccentricity_squared):
    """sqrt(2) cosh(nu_bar), which the integral of Eq. 23 of M16 never exceeds, for e^2 in (0, 1).

    >>> f"{action_bound(0.75):.6f}"
    '1.632993'
    """
    return _action_bound()(eccentricity_squared)


def turning_point(energy_ratio, eccentricity_squared):
    """The angle tau in (0, pi/2] where a fluxon with k times the least energy turns back; arguments as for the action.

    Near the separatrix it vanishes as the root of what the energy lacks, which is taken without rounding.

    >>> f"{turning_point(1.5, 0.75):.6f}"
    '0.869122'
    """
    found = np.array(_bound_in_a_well(_turning_point(), energy_ratio, eccentricity_squared))
    ratio, square = np.broadcast_arrays(np.asarray(energy_ratio, float), np.asarray(eccentricity_squared, float))
    for place in zip(*np.nonzero(np.atleast_1d(found < NEAR_THE_TOP)), strict=True):
        at = place if found.ndim else ()
        found[at] = math.asin(math.sqrt(_sine_squared()(Fraction(float(ratio[at])), Fraction(float(square[at])))))
    return found[()]


@cache
def _sine_squared() -> Callable:
    """Of the turning point, a rational function of k and e^2."""
    return lambdify([k, m], in_eccentricity(in_energy(rest)), modules=[])


def fluxon_speed(tau, energy_ratio, eccentricity_squared):
    """Speed at tau of a slow fluxon with k times the least energy, over the Swihart velocity: M16, Eq. 21.

    Parameters: `tau` in radians, `energy_ratio` k >= 1, `eccentricity_squared` e^2 in (0, 1), any shapes. Returns
    zero where the energy does not suffice. Raises ValueError outside these ranges.
    It knows no limit: on the separatrix it is sqrt(2 coth(nu_bar) - 2) at the equator, above 1 for e^2 > 5/9.

    >>> f"{fluxon_speed(np.pi / 2, 2.0, 0.75):.6f}"
    '1.414214'
    """
    return fluxon_speed_evaluator()(tau, energy_ratio, eccentricity_squared)


def relativistic_fluxon_speed(tau, energy_ratio, eccentricity_squared):
    """Speed at tau if the energy is 8 Q/sqrt(1 - u^2): M16, Sec. II.3; arguments as for `fluxon_speed`.

    >>> f"{relativistic_fluxon_speed(np.pi / 2, 2.0, 0.75):.6f}"
    '0.866025'
    """
    return relativistic_fluxon_speed_evaluator()(tau, energy_ratio, eccentricity_squared)


def separatrix_energy(eccentricity_squared):
    """coth(nu_bar), the energy ratio at which a fluxon just reaches the poles: M16, after Eq. 21; e^2 in (0, 1).

    >>> f"{separatrix_energy(0.75):.6f}"
    '2.000000'
    """
    return _separatrix_energy()(eccentricity_squared)


def harmonic_frequency(eccentricity_squared, penetration_ratio):
    """Frequency of small oscillations in a well, over omega_p: (lambda_J/c)/sinh^2(nu_bar), M16, Sec. II.4.

    It is at the same time the small parameter of the local limit: the true frequency is lower by about
    pi^2 (5 + 2 sinh^2(nu_bar))/24 times its square (relative).

    >>> f"{harmonic_frequency(0.75, 0.1):.6f}"
    '0.300000'
    """
    return _harmonic_frequency()(eccentricity_squared, penetration_ratio)


def period_slope(eccentricity_squared):
    """d ln T/dk at k = 1, how the period of Eq. 22 of M16 starts to grow: (9 + 4 sinh^2(nu_bar))/8.

    >>> f"{period_slope(0.75):.6f}"
    '1.291667'
    """
    return _period_slope()(eccentricity_squared)
