"""What M16 says of fluxons, asked of the full equation instead of the collective coordinate."""

import math

import numpy as np

from derivations.annular.evaluators import curvature_radius
from derivations.annular.local_wells import local_critical_field
from derivations.annular.particle import (
    fluxon_potential,
    harmonic_frequency,
    oscillation_period,
    relativistic_period,
)
from derivations.annular.passages import full_period
from derivations.annular.protocol import preparation_succeeds
from derivations.annular.sine_gordon import (
    barrier_height,
    critical_field,
    depinning_current,
    fluxon_frequency,
    rest_energy,
)
from derivations.ledger import BOOK, M16, Finding, claim

__all__ = [
    "curvature_is_not_enough",
    "extrapolated_period_ratios",
    "frequency_of_the_particle",
    "period_of_the_particle",
    "preparation_by_a_ramp",
    "read_out_by_depinning",
    "shrinking_barrier",
]

SQUARE, RATIO = 0.75, 0.1
RATIOS = (0.05, 0.07, 0.1)  # lambda_J/c, from which the limit is extrapolated


@claim(M16, "Sec. II, full equation: frequency", where="TODO", ours="TODO")
def frequency_of_the_particle() -> Finding:
    """Small oscillations have the frequency of the collective coordinate, lambda_J/(c sinh^2 nu)."""
    squares = np.array([0.25, 0.5, 0.75, 0.9])
    local = harmonic_frequency(squares, RATIO)
    off = 1 - fluxon_frequency(squares, RATIO) / local
    listed = ", ".join(
        f"{100 * o:.1f}% at {w:.2g}" for o, w in zip(off, local, strict=True)
    )
    evidence = (
        f"Too high by {listed}, where the second number is the frequency itself, in omega_p, for e^2 = 0.25 to 0.9 at "
        f"lambda_J/c = {RATIO}. So this frequency is the small parameter, not lambda_J over the perimeter."
    )
    return Finding(round(float(off[2]), 6), bool(off.max() < 0.05), evidence)


@claim(BOOK, "annular, curvature above lambda_J")
def curvature_is_not_enough() -> Finding:
    """A radius of curvature above lambda_J everywhere does not yet make the fluxon a particle."""
    squares = np.array([0.5, 0.75, 0.9])
    least = curvature_radius(math.pi / 2, squares)  # over c, and so the largest lambda_J/c
    excess = [harmonic_frequency(squares, r) / fluxon_frequency(squares, r) - 1 for r in (least, least / 3)]
    there, further = (", ".join(f"{100 * e:.0f}%" for e in some) for some in excess)
    evidence = (
        "On rings whose least radius is lambda_J, with e^2 = 0.5, 0.75 and 0.9, the particle's frequency is "
        f"{there} too high, and {further} where it is three lambda_J. What has to exceed lambda_J is c sinh^2(nu), the"
        " least radius times cosh(nu), and by much."
    )
    return Finding(round(float(excess[0][1]), 6), bool(excess[0].min() > 0.5), evidence)


def extrapolated_period_ratios(energy_ratio: float) -> np.ndarray:
    """Full period over Eq. 22 and over the relativistic form, at one k: rows at `RATIOS`, then two limits of each.

    k is the energy over that of the same equation at rest. The first limit is linear in (lambda_J/c)^2, through the
    two smallest ratios; the second, through all three, is quadratic. Returns (2, 5).
    """
    ratios = np.array(RATIOS)
    full = full_period(energy_ratio, SQUARE, ratios)
    forms = [full / form(energy_ratio, SQUARE, ratios) for form in (oscillation_period, relativistic_period)]
    limits = [
        [np.polynomial.polynomial.polyfit(ratios[: n + 1] ** 2, one[: n + 1], n)[0] for n in (1, 2)] for one in forms
    ]
    return np.hstack([forms, limits])


@claim(M16, "Eq. 22, full equation: period", where="TODO", ours="TODO")
def period_of_the_particle() -> Finding:
    """Eq. 22 is the period that the full equation has in the limit of a short fluxon."""
    energies = (1.2, 1.4)
    found = [extrapolated_period_ratios(k) for k in energies]
    slow, fast = np.array(found)[:, :, -1].T
    change = float(np.abs(np.array(found)[:, 1, -1] - np.array(found)[:, 1, -2]).max())
    above = float(rest_energy(SQUARE, RATIO) / fluxon_potential(math.pi / 2, SQUARE, RATIO) - 1)
    evidence = (
        f"No: at k = 1.2 and 1.4 the period over Eq. 22 tends to {slow[0]:.3f} and {slow[1]:.3f}, that over the form"
        f" with E = 8Q/sqrt(1 - u^2) to {fast[0]:.3f} and {fast[1]:.3f}. Extrapolated from lambda_J/c = 0.05, 0.07 and"
        f" 0.1 (e^2 = 3/4) in (lambda_J/c)^2 and its square; without the latter limits are up to {change:.3f} higher."
        f" At 0.1 itself the relativistic form is {100 * (found[1][1, 2] - 1):.0f}% short at k = 1.4. Here k counts"
        f" from the energy at rest of the full equation, there {100 * above:.0f}% above 8 sinh(nu)."
    )
    return Finding(round(float(slow[1]), 3), bool(np.abs(slow - 1).max() < 0.01), evidence)


@claim(M16, "Sec. III, full equation: shrinking barrier", where="TODO", ours="TODO")
def shrinking_barrier() -> Finding:
    """The barrier between the wells shrinks with increasing field."""
    limit = critical_field(SQUARE, RATIO)
    shares = np.linspace(0, 0.999, 12)
    barriers = barrier_height(SQUARE, RATIO, shares * limit)
    local = float(local_critical_field(SQUARE, RATIO))
    evidence = (
        f"From {barriers[0]:.3f} E_0' to zero at h Delta = {limit:.5f}, {100 * (1 - limit / local):.1f}% below "
        f"the value of the collective coordinate (e^2 = {SQUARE}, lambda_J/c = {RATIO})."
        " The wells are there without field."
    )
    return Finding(
        round(float(limit), 8),
        bool(np.all(np.diff(barriers) < 0) and barriers[-1] < 1e-4),
        evidence,
    )


@claim(M16, "Sec. IV, full equation: preparation", where="TODO", ours="TODO")
def preparation_by_a_ramp() -> Finding:
    """A proper current ramp prepares the vortex state, whatever it was."""
    field = critical_field(SQUARE, 0.3) / 3
    rates = [2e-3, 0.1]
    succeeds = preparation_succeeds(SQUARE, 0.3, field, 0.2, rates)
    evidence = (
        f"With alpha = 0.2, lambda_J/c = 0.3 and a third of the critical field fluxons of both wells "
        f"end in the same one if the bias is ramped at {rates[0]:g} omega_p."
        f" At {rates[1]:g} omega_p the ramp is over before one has left."
    )
    return Finding(
        float(succeeds[0]), bool(succeeds[0] and not succeeds[1]), evidence
    )


@claim(M16, "Sec. IV, full equation: read-out", where="TODO", ours="TODO")
def read_out_by_depinning() -> Finding:
    """The depinning current in a small field tells the state."""
    field = critical_field(SQUARE, RATIO) / 4
    along_minor = depinning_current(SQUARE, RATIO, field, 0.0, [1, 3])
    along_major = depinning_current(SQUARE, RATIO, field, math.pi / 2, [1, 3])
    contrast = float(along_minor[0] / along_minor[1])
    evidence = (
        f"At a quarter of the critical field, along the minor axis, the wells depin at {along_minor[0]:.4f} and "
        f"{along_minor[1]:.4f} J_c; with the same field along the major axis at {along_major[0]:.4f} and "
        f"{along_major[1]:.4f} (e^2 = {SQUARE}, lambda_J/c = {RATIO})."
    )
    return Finding(round(contrast, 6), contrast > 1.5, evidence)
