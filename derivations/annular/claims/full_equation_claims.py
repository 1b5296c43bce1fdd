"""What M16 says of fluxons, asked of the full equation instead of the collective coordinate."""

import math

import numpy as np

from derivations.annular.full_equation.passages import full_period
from derivations.annular.full_equation.protocol import preparation_succeeds
from derivations.annular.full_equation.sine_gordon import (
    barrier_height,
    critical_field,
    depinning_current,
    fluxon_frequency,
    rest_energy,
)
from derivations.annular.lagrangian.evaluators import curvature_radius
from derivations.annular.particle.local_wells import local_critical_field
from derivations.annular.particle.particle import (
    fluxon_potential,
    harmonic_frequency,
    oscillation_period,
    relativistic_period,
)
from derivations.papers import M16
from rederived.ledger import BOOK, Finding, InLimit, claim

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


@claim(
    M16,
    "Sec. II.4, full equation: frequency",
    where="Sec. II.4, after Eq. 22, sentence on the limit of small amplitudes.",
    ours="The formula, lost in our copy; and that it is meant for a fluxon that is short where the width changes.",
)
def frequency_of_the_particle() -> InLimit:
    """Small oscillations of a short fluxon have the frequency lambda_J/(c sinh^2 nu), in omega_p."""
    ratios, squares = (0.1, 0.05, 0.03), np.array([0.25, 0.5, SQUARE, 0.9])
    small = harmonic_frequency(SQUARE, np.array(ratios))
    errors = small / fluxon_frequency(SQUARE, np.array(ratios)) - 1
    others = harmonic_frequency(squares, RATIO)
    excess = others / fluxon_frequency(squares, RATIO) - 1
    listed = ", ".join(f"{100 * x:.1f}% at {w:.2g}" for x, w in zip(excess, others, strict=True))
    evidence = (
        f"For e^2 = {', '.join(f'{square:g}' for square in squares)}, all at lambda_J/c = {RATIO}, it is too high by"
        f" {listed}: this frequency is itself the small parameter, not lambda_J over the perimeter. The limit is taken"
        f" at e^2 = {SQUARE}, with lambda_J/c = {', '.join(map(str, ratios))}."
    )
    return InLimit("lambda_J/(c sinh^2 nu)", tuple(map(float, small)), tuple(map(float, errors)), evidence)


@claim(BOOK, "annular, curvature above lambda_J")
def curvature_is_not_enough() -> Finding:
    """A radius of curvature above lambda_J everywhere does not yet make the fluxon a particle."""
    squares = np.array([0.5, 0.75, 0.9])
    least, times = curvature_radius(math.pi / 2, squares), 3  # over c, and so the largest lambda_J/c
    excess = [harmonic_frequency(squares, r) / fluxon_frequency(squares, r) - 1 for r in (least, least / times)]
    there, further = (", ".join(f"{100 * e:.0f}%" for e in some) for some in excess)
    evidence = (
        f"On rings whose least radius is lambda_J, with e^2 = {', '.join(f'{square:g}' for square in squares)}, the"
        f" particle's frequency is {there} too high, and {further} where it is {times} lambda_J. What has to exceed"
        " lambda_J is c sinh^2(nu), the least radius times cosh(nu), and by much."
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


@claim(BOOK, "annular, period of a short fluxon")
def period_of_the_particle() -> Finding:
    """A short fluxon has in the full equation the period that the energy 8Q/sqrt(1 - u^2) gives.

    The paper states Eq. 22 for slow fluxons, and believes in this energy for fast ones.
    """
    energies = (1.2, 1.4)
    found = [extrapolated_period_ratios(k) for k in energies]
    slow, fast = np.array(found)[:, :, -1].T
    change = float(np.abs(np.array(found)[:, 1, -1] - np.array(found)[:, 1, -2]).max())
    above = float(rest_energy(SQUARE, RATIO) / fluxon_potential(math.pi / 2, SQUARE, RATIO) - 1)
    listed = ", ".join(f"{ratio:g}" for ratio in RATIOS)
    evidence = (
        f"At k = {energies[0]} and {energies[1]} the period over the relativistic form tends to {fast[0]:.3f} and"
        f" {fast[1]:.3f}, that over Eq. 22 to {slow[0]:.3f} and {slow[1]:.3f}. Extrapolated from lambda_J/c = {listed}"
        f" (e^2 = {SQUARE}) in (lambda_J/c)^2 and its square; without the latter limits are up to {change:.3f} higher."
        f" At {RATIOS[-1]} itself the period is {100 * (found[1][1, 2] - 1):.0f}% longer than the relativistic form at"
        f" k = {energies[1]}. Here k counts from the energy at rest of the full equation, there {100 * above:.0f}%"
        " above 8 sinh(nu)."
    )
    holds = np.abs(fast - 1).max() < 0.01 < 0.03 < np.abs(slow - 1).min()
    return Finding(round(float(fast[1]), 3), bool(holds), evidence)


@claim(
    M16,
    "Sec. I, full equation: shrinking barrier",
    where="Sec. I, last paragraph before I.1, announcement i), second half; abstract, sentence on the field.",
    ours="A field along the minor axis; ring and fields of the test. It is made on the full equation.",
)
def shrinking_barrier() -> Finding:
    """The barrier between the wells gets lower as the field grows."""
    limit = critical_field(SQUARE, RATIO)
    shares = np.linspace(0, 0.999, 12)
    barriers = barrier_height(SQUARE, RATIO, shares * limit)
    local = float(local_critical_field(SQUARE, RATIO))
    evidence = (
        f"From {barriers[0]:.3f} E_0' to zero at h Delta = {limit:.5f}, {100 * (1 - limit / local):.1f}% below"
        f" the value of the collective coordinate (e^2 = {SQUARE}, lambda_J/c = {RATIO})."
    )
    return Finding(
        round(float(limit), 8),
        bool(np.all(np.diff(barriers) < 0) and barriers[-1] < 1e-4),
        evidence,
    )


@claim(
    M16,
    "abstract, full equation: preparation",
    where="Abstract, sentence on the manipulation of states; Sec. I, end, on a reliable protocol.",
    ours="That it means one state from either, for a slow ramp. Ring, field, loss and ramps of the test.",
)
def preparation_by_a_ramp() -> Finding:
    """A suitable ramp of the current sets the state of the vortex."""
    ratio, loss, share = 0.3, 0.2, 1 / 3
    field = share * critical_field(SQUARE, ratio)
    rates = [2e-3, 0.1]
    succeeds = preparation_succeeds(SQUARE, ratio, field, loss, rates)
    slow, fast = ("end" if both else "do not end" for both in succeeds)
    evidence = (
        f"With alpha = {loss}, e^2 = {SQUARE}, lambda_J/c = {ratio} and {share:.2f} of the critical field fluxons of"
        f" both wells {slow} in the same one if the bias is ramped at {rates[0]:g} J_c omega_p; at {rates[1]:g} they"
        f" {fast} there."
    )
    return Finding(float(succeeds[0]), bool(succeeds[0]), evidence)


@claim(
    M16,
    "abstract, full equation: read-out",
    where="Abstract, sentence on the read-out.",
    ours="Ring and field of the test; that the currents of the wells have to differ by half of the smaller one.",
)
def read_out_by_depinning() -> Finding:
    """The depinning current in a small field tells in which well the vortex was."""
    share = 0.25
    field = share * critical_field(SQUARE, RATIO)
    along_minor = depinning_current(SQUARE, RATIO, field, 0.0, [1, 3])
    along_major = depinning_current(SQUARE, RATIO, field, math.pi / 2, [1, 3])
    contrast = float(along_minor[0] / along_minor[1])
    evidence = (
        f"At {share:g} of the critical field, along the minor axis, the wells depin at {along_minor[0]:.4f} and "
        f"{along_minor[1]:.4f} J_c; with the same field along the major axis at {along_major[0]:.4f} and "
        f"{along_major[1]:.4f} (e^2 = {SQUARE}, lambda_J/c = {RATIO})."
    )
    return Finding(round(contrast, 6), contrast > 1.5, evidence)
