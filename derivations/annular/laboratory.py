"""A fluxon in the laboratory: its mass, the crossover temperature and its levels in SI, from Eqs. 20, 22 and 23 of M16.

Everything else in this part is free of units; here energies get E_0' = Phi_0 J_c lambda_J c Delta_nu/2 pi, times
1/omega_p, lengths lambda_J.
"""

from functools import cache
from typing import NamedTuple

from sympy import Eq, diff, exp, pi, simplify, solve, symbols

from derivations.annular.lagrangian.evaluators import ELLIPSE, POSITIVE
from derivations.annular.lagrangian.field import scales
from derivations.annular.particle.fluxon import fluxon_energy, potential
from derivations.annular.particle.oscillation import small_oscillation
from derivations.annular.ring.geometry import explicit, in_eccentricity, thin_width
from derivations.annular.symbols import (
    E_0,
    C,
    Delta_nu,
    J_c,
    Phi_0,
    Q,
    S,
    c,
    c_s,
    d_e,
    lambda_hat,
    lambda_J,
    m,
    mu_0,
    nu_bar,
    omega_p,
    tau,
    tau_0,
    u,
)
from derivations.papers import M16
from rederived.evaluate.evaluator import Evaluator, evaluator
from rederived.kept import kept
from rederived.ledger import definition

__all__ = [
    "Laboratory",
    "crossover_temperature",
    "energy_unit",
    "in_laboratory",
    "mass",
    "oscillation_frequency",
]

T_cr, M, omega_0 = symbols("T_cr M omega_0", positive=True)
hbar, k_B = symbols("hbar k_B", positive=True)
narrowest = symbols("W_min", positive=True)  # c Delta_nu sinh(nu_bar)

# The junction of the examples: 1 kA/cm^2 of niobium, lambda_J = 12 um, Swihart velocity c_0/32.
NIOBIUM = {
    "critical_current_density": 1e7,
    "magnetic_thickness": 180e-9,
    "capacitance": 0.05,
}
EXPERIMENT = 0.1  # K: the crossover that Wallraff et al. (2003) observed, in references.bib; the seed has lost it


@definition(M16, "Sec. I, unit of energy")
def energy_unit() -> Eq:
    """The unit of energy, Phi_0 J_c lambda_J c Delta_nu/2 pi, by the width where the annulus is narrowest."""
    (thickness,) = solve(explicit(thin_width().rhs).subs(tau, pi / 2) - narrowest, Delta_nu)
    return Eq(E_0, Phi_0 * J_c * lambda_J * c * thickness / (2 * pi))


@cache
def in_junction(expression):
    """lambda_J, omega_p and lambda_J/c by the constants of the junction."""
    known = {f.lhs: f.rhs for f in scales()[:2]}
    return simplify(expression.subs(lambda_hat, lambda_J / c).subs(known))


@kept
def mass() -> Eq:
    """Mass of a fluxon at rest in its well, in kg: the energy per square of the speed, over the Swihart velocity's."""
    per_speed = diff(fluxon_energy().rhs, u, 2).subs(Q(tau_0), S)
    return Eq(
        M, in_junction(per_speed * energy_unit().rhs / (lambda_J * omega_p) ** 2)
    )


@kept
def oscillation_frequency() -> Eq:
    """Angular frequency of small oscillations, in 1/s: the Swihart velocity over c sinh^2(nu_bar); J_c drops out."""
    return Eq(omega_0, in_junction(small_oscillation().rhs * omega_p))


@kept
def crossover_temperature() -> Eq:
    """Temperature below which tunneling through a barrier beats thermal escape over it: hbar omega_0/2 pi k_B."""
    return Eq(T_cr, hbar * oscillation_frequency().rhs / (2 * pi * k_B))


class Laboratory(NamedTuple):
    """In SI: E_0' in J, mass in m_e, omega_0/2 pi in Hz; T_cr, hbar omega_0 and barrier in K; hbar_* and lambda_J/c."""

    energy_unit: float
    mass_in_electrons: float
    frequency: float
    crossover_temperature: float
    spacing_temperature: float
    barrier_temperature: float
    quantum: float
    penetration_ratio: float


@cache
def _in_si() -> tuple[Evaluator, ...]:
    from scipy import constants

    names = {
        "focal_distance": c,
        "eccentricity_squared": m,
        "narrowest_width": narrowest,
        "critical_current_density": J_c,
        "magnetic_thickness": d_e,
        "capacitance": c_s,
    }
    values = {
        Phi_0: constants.physical_constants["mag. flux quantum"][0],
        mu_0: constants.mu_0,
        hbar: constants.hbar,
        k_B: constants.k,
    }
    unit = in_junction(energy_unit().rhs)
    # 8 (cosh - sinh) as 8 exp(-nu_bar), by a sum: a nearly circular ring has a low barrier.
    low = simplify((potential().rhs.subs(Q(tau_0), C) - potential().rhs.subs(Q(tau_0), S)).rewrite(exp))
    barrier = low.subs(exp(-nu_bar), 1 / (C + S)) * unit / k_B
    forms = (
        unit,
        mass().rhs / constants.m_e,
        oscillation_frequency().rhs / (2 * pi),
        crossover_temperature().rhs,
        hbar * oscillation_frequency().rhs / k_B,
        barrier,
        in_junction(hbar * omega_p / energy_unit().rhs),
        in_junction(lambda_hat),
    )
    domain = dict.fromkeys(names, POSITIVE) | {"eccentricity_squared": ELLIPSE}
    apart = {c: c / 2}  # the foci are 2c apart
    return tuple(
        evaluator(
            "in_si",
            in_eccentricity(form.subs(apart).subs(values)),
            names,
            domain=domain,
        )
        for form in forms
    )


def in_laboratory(
    focal_distance,
    eccentricity_squared,
    narrowest_width,
    critical_current_density=NIOBIUM["critical_current_density"],
    magnetic_thickness=NIOBIUM["magnetic_thickness"],
    capacitance=NIOBIUM["capacitance"],
) -> Laboratory:
    """A fluxon in SI, in the local limit: mass, frequency, crossover temperature and the like; M16, Sec. II.4.

    Parameters
    ----------
    focal_distance: 2c, between the foci, in m, positive.
    eccentricity_squared: e^2, dimensionless, in (0, 1).
    narrowest_width: of the annulus, at the equator, in m, positive.
    critical_current_density, magnetic_thickness, capacitance: J_c in A/m^2, d_e in m, c_s in F/m^2, positive.

    Returns a `Laboratory`, each entry of the broadcast shape. Raises ValueError outside these ranges.

    >>> found = in_laboratory(241e-6, 0.75, 0.1e-6)
    >>> f"{found.frequency / 1e9:.1f} GHz, {found.crossover_temperature:.3f} K, {found.mass_in_electrons:.5f} m_e"
    '37.3 GHz, 0.285 K, 0.00039 m_e'
    """
    given = (
        focal_distance,
        eccentricity_squared,
        narrowest_width,
        critical_current_density,
        magnetic_thickness,
        capacitance,
    )
    return Laboratory(*(made(*given) for made in _in_si()))
