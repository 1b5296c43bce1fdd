"""What M16 says of fluxons, asked of the full equation instead of the collective coordinate."""

import math

import numpy as np

from derivations.annular.passages import passing_speeds
from derivations.annular.protocol import preparation_succeeds
from derivations.annular.sine_gordon import (
    barrier_height,
    critical_field,
    depinning_current,
    fluxon_frequency,
    rest_energy,
    static_fluxon,
)
from derivations.ledger import M16, Finding, claim

__all__ = [
    "barrier_grows_without_bound",
    "either_polarity",
    "frequency_of_the_particle",
    "preparation_by_a_ramp",
    "read_out_by_depinning",
    "relativistic_energy",
    "shrinking_barrier",
]

SQUARE, RATIO = 0.75, 0.1


@claim(M16, "Sec. II, full equation: polarity")
def either_polarity() -> Finding:
    """The potential does not depend on the fluxon's polarity."""
    energies = [static_fluxon(SQUARE, RATIO, polarity=p).energy for p in (1, -1)]
    in_field = [
        static_fluxon(SQUARE, RATIO, 0.01, math.pi / 2, polarity=p).energy
        for p in (1, -1)
    ]
    apart, split = abs(energies[1] - energies[0]), abs(in_field[1] - in_field[0])
    evidence = (
        f"Without field and bias phi -> -phi is a symmetry: at lambda_J/c = {RATIO} both energies "
        f"are {energies[0]:.6f} E_0'. In a field h Delta = 0.01 along the major axis they differ by {split:.3f}."
    )
    return Finding(round(apart, 9), apart < 1e-10, evidence)


@claim(M16, "Sec. II, full equation: frequency")
def frequency_of_the_particle() -> Finding:
    """Small oscillations have the frequency of the collective coordinate, lambda_J/(c sinh^2 nu)."""
    squares = np.array([0.25, 0.5, 0.75, 0.9])
    local = RATIO * squares / (1 - squares)
    off = 1 - fluxon_frequency(squares, RATIO) / local
    listed = ", ".join(
        f"{100 * o:.1f}% at {w:.2g}" for o, w in zip(off, local, strict=True)
    )
    evidence = (
        f"Too high by {listed}, where the second number is the frequency itself, in omega_p, for e^2 = 0.25 to 0.9 at "
        f"lambda_J/c = {RATIO}. So this frequency is the small parameter, not lambda_J over the perimeter."
    )
    return Finding(round(float(off[2]), 6), bool(off.max() < 0.05), evidence)


@claim(M16, "Sec. I, full equation: arbitrary barrier")
def barrier_grows_without_bound() -> Finding:
    """By squashing the ring the barrier, relative to the rest energy, becomes as high as one wishes."""
    squares = np.array([0.75, 0.95, 0.99])
    relative = barrier_height(squares, RATIO) / rest_energy(squares, RATIO)
    local = 1 / np.sqrt(1 - squares) - 1
    listed = ", ".join(
        f"{r:.2f} for {p:.2f}" for r, p in zip(relative, local, strict=True)
    )
    evidence = (
        f"At fixed lambda_J/c = {RATIO} it is {listed} at e^2 = 0.75, 0.95, 0.99: once the narrow part is shorter than "
        "lambda_J the fluxon spreads over its surroundings, and the barrier levels off."
    )
    return Finding(
        round(float(relative[-1]), 6),
        bool(relative[-1] > 0.9 * local[-1]),
        evidence,
    )


@claim(M16, "Sec. I, full equation: relativistic energy")
def relativistic_energy() -> Finding:
    """A moving fluxon has the energy 8Q/sqrt(1 - u^2)."""
    start, ratio = np.array([0.3, 0.5, 0.7]), 0.05
    at_narrowest = np.array([passing_speeds(u, SQUARE, ratio)[1] for u in start])
    expected = np.sqrt(1 - (1 - start**2) * (1 - SQUARE))
    off = np.abs(at_narrowest / expected - 1).max()
    evidence = (
        f"Fluxons that leave a pole at u = 0.3, 0.5, 0.7 pass the narrowest place at {at_narrowest[0]:.3f}, "
        f"{at_narrowest[1]:.3f}, {at_narrowest[2]:.3f}; the formula gives {expected[0]:.3f}, {expected[1]:.3f}, "
        f"{expected[2]:.3f} (e^2 = {SQUARE}, lambda_J/c = {ratio}). Without relativity u would exceed 1.4."
    )
    return Finding(round(float(off), 5), bool(off < 0.03), evidence)


@claim(M16, "Sec. III, full equation: shrinking barrier")
def shrinking_barrier() -> Finding:
    """The barrier between the wells shrinks with increasing field."""
    limit = critical_field(SQUARE, RATIO)
    shares = np.linspace(0, 0.999, 12)
    barriers = barrier_height(SQUARE, RATIO, shares * limit)
    local = 4 / math.pi * SQUARE * RATIO
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


@claim(M16, "Sec. IV, full equation: preparation")
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


@claim(M16, "Sec. IV, full equation: read-out")
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
