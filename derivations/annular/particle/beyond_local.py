"""A fluxon that is not short: what corrects Eqs. 18-20 of M16 where the width changes along it.

Lengths are in lambda_J, energies in E_0', frequencies in omega_p; f is the static phase along the junction. The small
parameter is omega_0 = lambda_J/(c sinh^2(nu_bar)), not lambda_J over the perimeter.
"""

from functools import cache

import numpy as np
from sympy import (
    Eq,
    Expr,
    Function,
    Symbol,
    cos,
    diff,
    expand,
    expand_trig,
    factor,
    lambdify,
    log,
    simplify,
    sqrt,
)

from derivations.annular.lagrangian.evaluators import ELLIPSE, POSITIVE, arc_length, inverse_arc_length, scale_factor
from derivations.annular.lagrangian.lagrangian import variational_equation
from derivations.annular.particle.double_well import in_half_axes
from derivations.annular.particle.fluxon import U, fluxon_profile, potential
from derivations.annular.particle.oscillation import small_oscillation
from derivations.annular.particle.variable_width import kink_energy_density, second_moment
from derivations.annular.ring.geometry import in_eccentricity, scale_squared
from derivations.annular.symbols import (
    Q,
    lambda_hat,
    m,
    phi,
    polarity,
    s_0,
    s_hat,
    t,
    tau,
    tau_0,
)
from rederived.evaluate.evaluator import Evaluator, evaluator
from rederived.kept import kept
from rederived.ledger import lemma

__all__ = [
    "convolved_expansion",
    "convolved_potential",
    "frequency_correction",
    "leading_correction",
    "log_width_identity",
    "profile_residual",
    "static_line",
    "translation_mode",
]

f = Function("f", real=True)(s_hat)
width = Function("Q", positive=True)(s_hat)
STEP = 0.05  # of the sum over a fluxon, in lambda_J
omega = Symbol(r"\hat{\omega}", positive=True)
x = Symbol("x", real=True)


def along(quantity: Expr) -> Expr:
    """The derivative by tau of what is given along the junction: ds = (c/lambda_J) Q d tau, in lambda_J."""
    return width / lambda_hat * diff(quantity, s_hat)


@kept
def static_line() -> Expr:
    """The left side of Eq. 13 at rest, over Q^2, in the length along the junction; zero for a static fluxon."""
    at_rest = variational_equation().lhs.subs(diff(phi(tau, t), t, 2), 0)
    in_length = at_rest.subs(diff(phi(tau, t), tau, 2), along(along(f)))
    plain = in_length.subs({phi(tau, t): f, Q(tau): width})
    return expand(plain / width**2)


@lemma(admissible={polarity: (1, -1)})
def profile_residual() -> Eq:
    """What the profile (18) leaves of the left side of Eq. 13 at rest: its own slope times that of ln Q."""
    inserted = static_line().subs(f, fluxon_profile().rhs).doit()
    slope = diff(fluxon_profile().rhs, s_hat)
    return Eq(inserted, diff(log(width), s_hat) * slope)


@kept
def translation_mode() -> Expr:
    """The restoring operator of small oscillations, applied to the slope of the static phase."""
    mode = diff(f, s_hat)
    stress = diff(width * diff(mode, s_hat), s_hat) / width
    return cos(f) * mode - stress


@lemma
def log_width_identity() -> Eq:
    """The slope of the static phase feels the restoring force (ln Q)'': exact, for any width.

    The derivative of the static equation vanishes, so it may be added.
    """
    vanishing = diff(static_line(), s_hat)
    return Eq(
        expand(translation_mode() + vanishing),
        expand(diff(log(width), s_hat, 2) * diff(f, s_hat)),
        evaluate=False,
    )


def _at_equator(order: int) -> Expr:
    """Derivative of ln Q along the junction, in the middle of a well."""
    scale = sqrt(scale_squared().subs(cos(tau), x))  # x = cos(tau), zero there
    value, turned = log(scale), sqrt(1 - x**2)
    for _ in range(order):
        value = lambda_hat / scale * turned * diff(value, x)
    return simplify(value.subs(x, 0))


@kept
def leading_correction() -> Eq:
    """Frequency of small oscillations, squared, over that of a short fluxon: the first order in (lambda_J/c)^2.

    By the identity the slope of the static phase is nearly the mode, and omega^2 the mean of (ln Q)'' over its
    square, sech^2, whose variance is pi^2/12.
    """
    weight = kink_energy_density().rhs.subs(s_hat, 0) * 2
    variance = second_moment().rhs / weight
    squared = _at_equator(2) + variance / 2 * _at_equator(4)
    ratio = squared / small_oscillation().rhs ** 2
    return Eq(omega**2, 1 - factor(in_half_axes(expand_trig(1 - ratio))))


@cache
def _correction() -> Evaluator:
    arguments = {"eccentricity_squared": m, "penetration_ratio": lambda_hat}
    domain = {"eccentricity_squared": ELLIPSE, "penetration_ratio": POSITIVE}
    ratio = in_eccentricity(leading_correction().rhs)
    return evaluator("frequency_correction", ratio, arguments, domain=domain)


def frequency_correction(eccentricity_squared, penetration_ratio):
    """Square of the frequency of small oscillations over that of a short fluxon, to first order; beyond M16, Sec. II.4.

    Parameters
    ----------
    eccentricity_squared: e^2, any shape, dimensionless, in (0, 1).
    penetration_ratio: lambda_J/c, any shape, dimensionless, positive.

    Returns 1 - pi^2 (5 + 2 sinh^2 nu)/12 times the square of the local frequency, an array of the broadcast shape.
    It serves while it is close to one. Raises ValueError outside these ranges.

    >>> f"{frequency_correction(0.75, 0.01):.6f}"
    '0.995805'
    """
    return _correction()(eccentricity_squared, penetration_ratio)


@kept
def convolved_expansion() -> Eq:
    """Energy of the profile (18) at rest: the width averaged over the fluxon, to the second derivative of the width."""
    total = potential().rhs / Q(tau_0)
    variance = second_moment().rhs / total
    here = width.subs(s_hat, s_0)
    return Eq(U, expand(total * (here + variance / 2 * diff(here, s_0, 2))))


def convolved_potential(tau, eccentricity_squared, penetration_ratio):
    """Energy of the profile (18) at rest at tau, over E_0': the width averaged over the fluxon; beyond M16, Eq. 19.

    Parameters
    ----------
    tau: angle of the center in radians, any shape.
    eccentricity_squared: e^2, any shape, dimensionless, in (0, 1).
    penetration_ratio: lambda_J/c, any shape, dimensionless, positive.

    Returns an array of the broadcast shape, to 1e-10 as long as lambda_J/c is less than sinh^2(nu_bar). Raises
    ValueError outside these ranges. By the variational principle it is above the energy of the true static fluxon.

    >>> f"{convolved_potential(np.pi / 2, 0.75, 0.1):.6f}"
    '4.765297'
    """
    frequency_correction(eccentricity_squared, penetration_ratio)
    tau, square, ratio = (
        np.asarray(v, float)[..., None]
        for v in (tau, eccentricity_squared, penetration_ratio)
    )
    distance = (np.arange(-400, 400) + 0.5) * STEP
    center = arc_length(tau, square)
    place = inverse_arc_length(center + ratio * distance, square)
    weight = lambdify(s_hat, kink_energy_density().rhs)(distance) * STEP
    return (scale_factor(place, square) * weight).sum(axis=-1)[()]
