"""What a solver of the full equation needs, read off the derivation: coefficients, winding, scales in SI.

`equation_coefficients` gives every coefficient of the equation of motion at given angles: inertia, stiffness,
pairs and force from the Euler-Lagrange equation of the Lagrangian density, Eq. 16 of M16, losses from Eq. 5.
`winding_step` is what the phase gains per turn and fluxon, Eq. 7. `junction_scales` is lambda_J and omega_p in SI.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from sympy import Interval, oo

from derivations.annular.lagrangian.evaluators import ELLIPSE, FIELD, POSITIVE, field
from derivations.annular.lagrangian.field import boundary_conditions, scales
from derivations.annular.lagrangian.lagrangian import coefficients
from derivations.annular.ring.geometry import in_eccentricity
from derivations.annular.symbols import (
    Delta,
    J_c,
    Phi_0,
    alpha,
    beta,
    c_s,
    d_e,
    gamma_0,
    h,
    lambda_hat,
    m,
    mu_0,
    n,
    phi,
    t,
    tau,
)
from rederived.evaluate.evaluator import Evaluator, evaluator
from rederived.kept import kept

__all__ = ["EquationCoefficients", "equation_coefficients", "junction_scales", "winding_step"]

NOT_NEGATIVE = Interval(0, oo)


class EquationCoefficients(NamedTuple):
    """The coefficients of the equation of motion of the phase, each an array over the angles.

    inertia phi_tt = stiffness phi_tau_tau - pairs sin(phi) - force - quasiparticles phi_t + surfaces phi_tau_tau_t
    """

    inertia: np.ndarray
    stiffness: np.ndarray
    pairs: np.ndarray
    force: np.ndarray
    quasiparticles: np.ndarray
    surfaces: np.ndarray


def equation_coefficients(
    tau,
    eccentricity_squared,
    penetration_ratio,
    field=0.0,
    field_angle=0.0,
    bias=0.0,
    quasiparticle_loss=0.0,
    surface_loss=0.0,
) -> EquationCoefficients:
    """The coefficients of the equation of motion at angles tau: M16, Eq. 13, with the losses of Eq. 5 times Q^2.

    Parameters
    ----------
    tau: angle in radians, any shape.
    eccentricity_squared: e^2, dimensionless, in (0, 1).
    penetration_ratio: lambda_J/c, dimensionless, positive.
    field, field_angle: h Delta, and its angle from +y towards +x in radians.
    bias: gamma_0, the bias current density in J_c; it enters `force` as -gamma_0 Q^2.
    quasiparticle_loss, surface_loss: alpha and beta, dimensionless, not negative.

    Returns an `EquationCoefficients`, each entry of the broadcast shape. Raises ValueError outside these ranges.
    The force is linear in field and bias: two calls give it for any ramp.

    >>> ring = equation_coefficients(0.0, 0.75, 0.1, bias=0.2)
    >>> [float(round(v, 6)) for v in ring]
    [1.333333, 0.01, 1.333333, -0.266667, 0.0, 0.0]
    """
    given = (tau, eccentricity_squared, penetration_ratio, field, field_angle, bias, quasiparticle_loss, surface_loss)
    return EquationCoefficients(*(_coefficients(name)(*given) for name in EquationCoefficients._fields))


@kept
def winding_step() -> float:
    """What the phase gains per turn and fluxon, by the boundary condition, Eq. 7 of M16.

    >>> f"{winding_step():.6f}"
    '6.283185'
    """
    gained = boundary_conditions()[0].rhs - phi(tau, t)
    return float(gained.subs(n, 1))


def junction_scales(critical_current_density, magnetic_thickness, capacitance):
    """lambda_J in m and omega_p in 1/s of a junction: M16, Sec. I.

    Parameters
    ----------
    critical_current_density: J_c in A/m^2, positive.
    magnetic_thickness: d_e in m, positive: of the barrier and what the field enters of both electrodes.
    capacitance: c_s in F/m^2, positive.

    Returns both as arrays of the broadcast shape; their product is the Swihart velocity. Raises ValueError.

    >>> length, frequency = junction_scales(1e7, 180e-9, 0.05)
    >>> f"{length:.4g} {frequency:.4g}"
    '1.206e-05 7.796e+11'
    """
    given = (critical_current_density, magnetic_thickness, capacitance)
    return tuple(made(*given) for made in _scales_in_si())


@cache
def _scales_in_si() -> tuple[Evaluator, Evaluator]:
    from scipy import constants

    names = {"critical_current_density": J_c, "magnetic_thickness": d_e, "capacitance": c_s}
    domain = dict.fromkeys(names, POSITIVE)
    quantum = constants.physical_constants["mag. flux quantum"][0]
    values = {Phi_0: quantum, mu_0: constants.mu_0}
    return tuple(evaluator(str(f.lhs), f.rhs.subs(values), names, domain=domain) for f in scales()[:2])


@cache
def _coefficients(name: str) -> Evaluator:
    drives = {"penetration_ratio": lambda_hat, **FIELD, "bias": gamma_0}
    losses = {"quasiparticle_loss": alpha, "surface_loss": beta}
    domain = {"penetration_ratio": POSITIVE, "quasiparticle_loss": NOT_NEGATIVE, "surface_loss": NOT_NEGATIVE}
    expression = in_eccentricity(coefficients()[name].subs(h, field / Delta))
    arguments = {"tau": tau, "eccentricity_squared": m, **drives, **losses}
    return evaluator(name, expression, arguments, domain={"eccentricity_squared": ELLIPSE, **domain})
