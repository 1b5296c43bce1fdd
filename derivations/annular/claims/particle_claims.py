"""What M16 says of its fluxon in Sec. II.3 and II.4, and the numbers that settle it."""

import numpy as np
from sympy import Expr, diff, lambdify, solve

from derivations.annular.full_equation.passages import passing_speeds
from derivations.annular.full_equation.sine_gordon import barrier_height, rest_energy, static_fluxon
from derivations.annular.laboratory import in_laboratory
from derivations.annular.lagrangian.evaluators import scale_factor
from derivations.annular.particle import oscillation
from derivations.annular.particle.fluxon import fluxon_profile, speed
from derivations.annular.particle.local_wells import local_holding_current
from derivations.annular.particle.particle import (
    action_bound,
    action_integral,
    fluxon_potential,
    fluxon_speed,
    harmonic_frequency,
    oscillation_period,
    period_slope,
    relativistic_fluxon_speed,
    relativistic_period,
    separatrix_energy,
)
from derivations.annular.symbols import Q, S, polarity, s_0, s_hat, tau_0
from derivations.annular.symbols import k as energy_over_least
from derivations.papers import M16
from rederived.ledger import BOOK, Finding, InLimit, claim, open_question

__all__ = [
    "action_is_bounded",
    "action_linear",
    "action_never_exceeds",
    "adjacent_levels_alike",
    "barrier_arbitrarily_large",
    "fast_fluxons_are_free",
    "nonrelativistic_motion",
    "period_linear",
    "polarity_independent",
    "profile_solves_left_side",
    "relativistic_energy_holds",
]

EXAMPLE = 0.75
NEAR = 1e-9  # below the separatrix, relative


@claim(
    M16,
    "Sec. II.4, action linear",
    where="Sec. II.4, first sentence after Eq. 23.",
    ours="The variable, lost in our copy, read as k; that all bound energies are meant, not small ones only; 10% as"
    " linear.",
)
def action_linear() -> Finding:
    """The integral of Eq. 23 starts from zero and grows in proportion to the energy above the bottom."""
    small, energies = 1e-6, (1.1, 1.5)
    k = np.array([1 + small, *energies, separatrix_energy(EXAMPLE) * (1 - NEAR)])
    per_energy = action_integral(k, EXAMPLE) / (k - 1)
    ratio = per_energy / per_energy[0]
    evidence = (
        f"It starts from zero, and is linear for small energies: per k - 1 it is {ratio[1]:.3f} times its first value"
        f" at k = {energies[0]}, {ratio[2]:.3f} at {energies[1]} and {ratio[3]:.2f} at the separatrix"
        f" (e^2 = {EXAMPLE}). Its slope is the period, which Fig. 3 shows to grow."
    )
    return Finding(float(ratio[3]), bool(abs(ratio[3] - 1) < 0.1), evidence)


@open_question(
    M16,
    "Sec. II.4, action never exceeds",
    "The value that the integral of Eq. 23 never exceeds is lost in our copy. A bound that we prove is a row of ours.",
    where="Sec. II.4, first sentence after Eq. 23, its end.",
)
def action_never_exceeds() -> Expr:
    """The integral of Eq. 23 stays below a value that the paper names: what we compare it with."""
    return oscillation.bound_on_action()


@claim(BOOK, "annular, bound of the action")
def action_is_bounded() -> Finding:
    """The integral of Eq. 23 is less than sqrt(2) cosh(nu), at any energy of a bound fluxon."""
    squares = np.array([0.01, 0.25, 0.5, EXAMPLE, 0.95])
    largest = action_integral(separatrix_energy(squares) * (1 - NEAR), squares)
    ratio = largest / action_bound(squares)
    reached, at = (", ".join(f"{x:.3f}" for x in ratio), ", ".join(f"{x:g}" for x in squares))
    values = ", ".join(f"{x:.4f}" for x in largest[1:4])
    evidence = (
        f"It grows with k, up to {values} on the separatrix for e^2 = {', '.join(f'{x:g}' for x in squares[1:4])}. That"
        f" is less than the bound everywhere: {reached} of it for e^2 = {at}."
    )
    return Finding(float(ratio.max()), bool((ratio < 1).all()), evidence)


@claim(
    M16,
    "Sec. II.4, period linear",
    where="Sec. II.4, after Eq. 22, sentence on Fig. 3.",
    ours="e^2 = 3/4; that at k = 1.01 it has to be linear to 2%.",
)
def period_linear() -> Finding:
    """For small energies the period grows linearly with the energy."""
    k = np.array([1.01, 1.1])
    gained = (oscillation_period(k, EXAMPLE, 1.0) / oscillation_period(1.0, EXAMPLE, 1.0) - 1) / (k - 1)
    slope = float(period_slope(EXAMPLE))
    evidence = (
        f"d ln T/dk = (9 + 4 sinh^2 nu)/8 at k = 1, {slope:.4f} for e^2 = {EXAMPLE}; the secant to k = {k[0]:g} has"
        f" {gained[0]:.4f}, that to {k[1]:g} {gained[1]:.4f}."
    )
    return Finding(slope, bool(abs(gained[0] / slope - 1) < 0.02), evidence)


@claim(
    M16,
    "Sec. II.4, several adjacent levels",
    where="Sec. II.4, sentence that begins with the levels' not being equidistant.",
    ours="The junction of the test; that less than 1% from level to level is approximately the same.",
)
def adjacent_levels_alike() -> Finding:
    """Several neighboring levels have nearly the same frequency."""
    apart, width = 241e-6, 0.1e-6
    ring = in_laboratory(apart, EXAMPLE, width)
    # A level is hbar_* omega_0 above the last one, and the period grows by its slope times this over the least energy.
    level = float(ring.quantum * harmonic_frequency(EXAMPLE, ring.penetration_ratio))
    change = level / float(fluxon_potential(np.pi / 2, EXAMPLE, 1.0)) * float(period_slope(EXAMPLE))
    evidence = (
        f"From one level to the next the frequency falls by {change:.1e} of it, where the junction is"
        f" {1e6 * width:g} um wide and the foci {1e3 * apart:.2f} mm apart: {0.01 / change:.0f} levels within 1%."
    )
    return Finding(change, change < 0.01, evidence)


@claim(
    M16,
    "Sec. II.3, non-relativistic",
    where="Sec. II.3, last sentence: relativistic vortices are not in Fig. 2; Eqs. 20-22 are for small speeds.",
    ours="The reading: the paper says that Fig. 2 omits relativistic vortices, not that those in it are slow. Half the"
    " Swihart velocity as slow; e^2 = 3/4, lost in our copy.",
)
def nonrelativistic_motion() -> Finding:
    """The fluxons of Fig. 2 are slow against the Swihart velocity, up to the separatrix for e^2 = 3/4."""
    edge, few = separatrix_energy(EXAMPLE), 0.3
    fastest = float(fluxon_speed(np.pi / 2, edge, EXAMPLE))
    true = float(relativistic_fluxon_speed(np.pi / 2, edge, EXAMPLE))
    energies = (1.1, 1.4)
    late = [relativistic_period(k, EXAMPLE, 1.0) / oscillation_period(k, EXAMPLE, 1.0) - 1 for k in energies]
    (slow,) = solve(speed().rhs.subs(Q(tau_0), S) - few**2, energy_over_least)  # at the equator, where it is fastest
    evidence = (
        f"On the separatrix of e^2 = {EXAMPLE} Eq. 21 gives {fastest:.4f} Swihart velocities at the equator; with the"
        f" energy 8Q/sqrt(1 - u^2) it is {true:.4f}, that is e. With it the period is longer than Eq. 22, by"
        f" {100 * late[0]:.1f}% at k = {energies[0]} and {100 * late[1]:.1f}% at {energies[1]}. Speeds stay below {few}"
        f" for k < {float(slow):.3f}."
    )
    return Finding(fastest, fastest < 0.5, evidence)


@claim(
    M16,
    "Sec. II.3, ballistic",
    where="Sec. II.3, last sentence.",
    ours="Energies as the relativistic form has them; twenty times the separatrix for very energetic, 1% for barely.",
)
def fast_fluxons_are_free() -> Finding:
    """Vortices of very high energy hardly feel the periodic potential."""
    times = np.array([2, 20])
    energies = times * separatrix_energy(EXAMPLE)
    slow, true = (
        speed_at(np.pi / 2, energies, EXAMPLE) / speed_at(0.0, energies, EXAMPLE) - 1
        for speed_at in (fluxon_speed, relativistic_fluxon_speed)
    )
    evidence = (
        f"With the energy 8Q/sqrt(1 - u^2) the fluxon is faster at the equator than at the pole by"
        f" {100 * true[0]:.1f}% at {times[0]} times the energy of the separatrix (e^2 = {EXAMPLE}), by"
        f" {100 * true[1]:.2f}% at {times[1]} times. Eq. 21 is made for slow fluxons; it would have"
        f" {100 * slow[0]:.0f}% and {100 * slow[1]:.0f}%."
    )
    return Finding(float(true[1]), bool(true[1] < 0.01), evidence)


@claim(
    M16,
    "Sec. II.3, left side",
    where="Sec. II.3, sentence that contains Eq. 18, with the remark on the width after the energy densities.",
    ours="The first of three conditions, lost in our copy (note 2): read as the one that the text states below, a width"
    " that changes little along a fluxon.",
)
def profile_solves_left_side() -> InLimit:
    """The profile (18) satisfies the left side of Eq. 13 if a fluxon is slow, little accelerated, and short."""
    tau, ratios = np.linspace(0, np.pi / 2, 4001), np.array([0.1, 0.03, 0.01])
    steepest = float(lambdify(s_hat, diff(fluxon_profile().rhs, s_hat).subs({polarity: 1, s_0: 0}))(0.0))
    # At rest the residual is phi_s times d(ln Q)/ds, pi/4 times the current that holds the fluxon.
    left = tuple(float(np.abs(steepest * np.pi / 4 * local_holding_current(tau, EXAMPLE, r)).max()) for r in ratios)
    evidence = (
        f"At rest it leaves phi_s d(ln Q)/ds, up to {left[0]:.4f} J_c at lambda_J/c = {ratios[0]:g} (e^2 = {EXAMPLE}):"
        " the width has to change little along the fluxon. Errors are over J_c."
    )
    return InLimit("lambda_J/(c sinh^2 nu)", tuple(map(float, harmonic_frequency(EXAMPLE, ratios))), left, evidence)


@claim(
    M16,
    "Sec. II.3, polarity",
    where="Sec. II.3, paragraph after Eq. 19, difference ii).",
    ours="The ring of the test, and the full equation instead of Eq. 19.",
)
def polarity_independent() -> Finding:
    """The potential without field is the same for both polarities."""
    ratio, held = 0.1, 1.0
    energies = [
        static_fluxon(EXAMPLE, ratio, center=tau, polarity=sign).energy for tau in (np.pi / 2, held) for sign in (1, -1)
    ]
    change = max(abs(energies[0] / energies[1] - 1), abs(energies[2] / energies[3] - 1))
    evidence = (
        "phi -> -phi leaves the full equation without field and bias as it is: both polarities have the energy"
        f" {energies[0]:.6f} in the well at e^2 = {EXAMPLE}, lambda_J/c = {ratio:g}, and {energies[2]:.6f} held at"
        f" tau = {held:g}."
    )
    return Finding(change, change < 1e-10, evidence)


@claim(
    M16,
    "Sec. II.3, relative barrier",
    where="Sec. II.3, paragraph after Eq. 19, difference iii).",
    ours="That lambda_J/c is kept: the paper leaves open what is kept, and names fabrication as the limit; 10%.",
)
def barrier_arbitrarily_large() -> Finding:
    """At fixed lambda_J/c, squashing the annulus makes the barrier as large as one likes against the rest energy."""
    squares, ratio, shorter = np.array([0.75, 0.9, 0.98, 0.99]), 0.1, 0.03
    local = separatrix_energy(squares) - 1
    full = barrier_height(squares, ratio) / rest_energy(squares, ratio)
    of_shorter = float(barrier_height(squares[-1], shorter) / rest_energy(squares[-1], shorter))
    evidence = (
        f"At fixed lambda_J/c it levels off, since the fluxon soon is longer than the narrow part. At {ratio:g} and"
        f" e^2 = {', '.join(f'{v:g}' for v in squares)} Eq. 19 says {', '.join(f'{v:.2f}' for v in local)} and the full"
        f" equation {', '.join(f'{v:.2f}' for v in full)}. A shorter fluxon follows Eq. 19 further: {of_shorter:.2f} at"
        f" lambda_J/c = {shorter:g} and e^2 = {squares[-1]:g}."
    )
    return Finding(float(full[-1] / local[-1]), bool(full[-1] / local[-1] > 0.9), evidence)


@claim(
    M16,
    "Sec. II.3, relativistic energy",
    where="Sec. II.3, paragraph of Eq. 20, sentence on relativistic velocities.",
    ours="One ring and one start; that it is meant for a fluxon that is short where the width changes.",
)
def relativistic_energy_holds() -> InLimit:
    """Fast fluxons have the energy 8Q/sqrt(1 - u^2) in any potential that comes from the width."""
    start, ratios = 0.5, (0.1, 0.07, 0.05)
    full = [float(passing_speeds(start, EXAMPLE, r)[1]) for r in ratios]
    narrow = float(scale_factor(np.pi / 2, EXAMPLE) / scale_factor(0.0, EXAMPLE))
    expected = float(np.sqrt(1 - (1 - start**2) * narrow**2))
    slow = float(np.sqrt(2 * ((1 + start**2 / 2) / narrow - 1)))
    small = tuple(float(harmonic_frequency(EXAMPLE, r)) for r in ratios)
    measured = " and ".join(f"{v:.3f} at lambda_J/c = {r:g}" for v, r in ((full[0], ratios[0]), (full[-1], ratios[-1])))
    evidence = (
        f"A fluxon that leaves the pole with {start:g} of the Swihart velocity should pass the equator of"
        f" e^2 = {EXAMPLE} with {expected:.4f} ({slow:.2f} by Eq. 20). In the full equation it has {measured}."
    )
    return InLimit("lambda_J/(c sinh^2 nu)", small, tuple(expected / v - 1 for v in full), evidence)
