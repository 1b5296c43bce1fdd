"""What M16 says of levels and tunneling in Sec. II.4, what this book adds, and the numbers that settle it."""

import math

import numpy as np

from derivations.annular.laboratory import EXPERIMENT, in_laboratory
from derivations.annular.local_wells import (
    local_critical_field,
    local_depinning_current,
)
from derivations.annular.particle import (
    action_integral,
    fluxon_potential,
    harmonic_frequency,
    oscillation_period,
    separatrix_energy,
)
from derivations.annular.quantum_laboratory import (
    shortfall_of_splitting,
    two_levels,
)
from derivations.annular.quantum_levels import (
    bohr_sommerfeld_levels,
    fluxon_levels,
    level_splitting,
    levels_in_a_well,
    offset_of_bohr_sommerfeld,
    ordering_shift,
)
from derivations.annular.tunneling import (
    barrier_of_tilted_well,
    cubic_escape_rate,
    escape_rate,
    instanton_escape_rate,
    instanton_splitting,
)
from derivations.ledger import BOOK, M16, Finding, claim

__all__ = [
    "better_formulas_are_close",
    "bias_explains_the_experiment",
    "continuous_at_the_separatrix",
    "cubic_formula_fails",
    "levels_near_rest",
    "more_eccentric_more_quantum",
    "narrower_wider_spaced",
    "needs_of_an_experiment",
    "opaque_without_field",
    "orders_barely_differ",
    "spacing_is_the_period",
]

EXAMPLE, RATIO = 0.75, 0.1
QUANTUM = 0.3  # large, so that a well has only 123 levels
LIFETIME = 1e-3  # s, in which a ramp of the bias passes the place of escape
APART, WIDTH = 241e-6, 0.1e-6  # of the foci, and the narrowest width, in m


@claim(M16, "Sec. II.4, level spacing", where="TODO", ours="TODO")
def spacing_is_the_period() -> Finding:
    """The distance of neighboring levels is 2 pi hbar over the period, even for large quantum numbers."""
    levels = fluxon_levels(80, EXAMPLE, RATIO, QUANTUM)[::2]
    between = (
        (levels[1:] + levels[:-1])
        / 2
        / float(fluxon_potential(math.pi / 2, EXAMPLE, RATIO))
    )
    expected = 2 * math.pi * QUANTUM / oscillation_period(between, EXAMPLE, RATIO)
    off = np.abs(np.diff(levels) / expected - 1)
    evidence = (
        f"For hbar_* = 0.3 the solved levels 0 to 39 of a well are apart as the period says, to {off.max():.0e} at"
        f" worst; the spacing falls by {100 * (1 - np.diff(levels)[-1] / np.diff(levels)[0]):.0f} per cent on the"
        " way."
    )
    return Finding(float(off.max()), bool(off.max() < 1e-3), evidence)


@claim(M16, "Sec. II.4, continuous at the separatrix", where="TODO", ours="TODO")
def continuous_at_the_separatrix() -> Finding:
    """The separation of the levels decreases until the spectrum becomes continuous where the fluxon gets unbound."""
    quantum = 1.0
    room = float(levels_in_a_well(EXAMPLE, RATIO, quantum))
    levels = fluxon_levels(2 * int(room) + 20, EXAMPLE, RATIO, quantum)
    top = float(fluxon_potential(0.0, EXAMPLE, RATIO))
    pairs = (levels[:-1:2] + levels[1::2]) / 2
    gaps = np.diff(pairs) / (quantum * float(harmonic_frequency(EXAMPLE, RATIO)))
    at = int(np.argmin(gaps))
    evidence = (
        f"The period diverges as a logarithm only, and above the separatrix a ring has discrete levels as well. For"
        f" hbar_* = 1 and {room:.0f} levels a well, pairs are closest at {pairs[at] / top:.2f} of the top, where they"
        f" are still {gaps[at]:.2f} of hbar omega_0 apart, and move apart again beyond."
    )
    return Finding(float(gaps[at]), bool(gaps[at] < 0.01), evidence)


@claim(M16, "Sec. II.4, narrower annulus", where="TODO", ours="TODO")
def narrower_wider_spaced() -> Finding:
    """In a narrower annulus the relative separation of the levels is larger."""
    spaced = []
    for width in (WIDTH, 10 * WIDTH):
        ring = in_laboratory(APART, EXAMPLE, width)
        quantum, ratio = float(ring.quantum), float(ring.penetration_ratio)
        first, second = bohr_sommerfeld_levels([0, 1], EXAMPLE, ratio, quantum)
        spaced.append((second - first) / first)
    evidence = (
        f"It is {spaced[0]:.2e} of the energy at a narrowest width of 0.1 um and {spaced[1]:.2e} at 1 um: inversely as"
        " the width, while the separation itself stays hbar omega_0. Temperatures gain nothing from it."
    )
    return Finding(
        float(spaced[0] / spaced[1]), bool(spaced[0] > 5 * spaced[1]), evidence
    )


@claim(M16, "Sec. II.4, biased experiment", where="TODO", ours="TODO")
def bias_explains_the_experiment() -> Finding:
    """That the frequency depends on the bias accounts for the discrepancy with the biased ring of the experiment."""
    from scipy.optimize import brentq

    ring = in_laboratory(APART, EXAMPLE, WIDTH)
    ratio, unbiased = float(ring.penetration_ratio), float(ring.crossover_temperature)
    depins = float(local_depinning_current(EXAMPLE, ratio))
    still = float(harmonic_frequency(EXAMPLE, ratio))

    def crossover(share: float) -> float:
        return unbiased * barrier_of_tilted_well(EXAMPLE, ratio, share * depins)[1] / still

    quantum = float(ring.quantum)
    per_second = 2 * math.pi * float(ring.frequency) / still  # omega_p

    def lasts(share: float) -> float:
        return math.log(cubic_escape_rate(EXAMPLE, ratio, quantum, share * depins) * per_second * LIFETIME)

    share = brentq(lasts, 0.9, 0.9999)
    expected = crossover(share)
    evidence = (
        f"hbar omega/2 pi k_B is {1e3 * unbiased:.0f} mK without bias and {1e3 * crossover(0.9):.0f} mK at 0.9 of the"
        f" depinning current. At {share:.4f} of it a fluxon stays for 1/{1 / LIFETIME:.0f} of a second: there escape is"
        f" measured, and there it is {1e3 * expected:.0f} mK. The experiment has {1e3 * EXPERIMENT:.0f} mK, with"
        " another ring."
    )
    return Finding(round(share, 5), bool(0.5 < expected / EXPERIMENT < 2 < unbiased / EXPERIMENT), evidence)


@claim(M16, "Sec. II.4, more eccentric", where="TODO", ours="TODO")
def more_eccentric_more_quantum() -> Finding:
    """Quantum effects become more pronounced as nu_bar decreases, that is as the eccentricity grows."""
    from derivations.annular.sine_gordon import fluxon_frequency

    squares = np.array([0.25, 0.5, EXAMPLE, 0.9])
    spacing = harmonic_frequency(squares, RATIO)
    full = fluxon_frequency(squares, RATIO)
    half_axis = fluxon_potential(math.pi / 2, squares, RATIO) / 8
    largest = action_integral(separatrix_energy(squares) * (1 - 1e-9), squares)
    same_width = largest / half_axis
    evidence = (
        f"The spacing over omega_p grows: {', '.join(f'{v:.3f}' for v in spacing)} at e^2 = 0.25, 0.5, 0.75, 0.9"
        f" ({', '.join(f'{v:.3f}' for v in full)} in the full equation, lambda_J/c = 0.1). Tunneling does not follow:"
        f" at a fixed narrowest width the number of levels below the barrier is"
        f" {', '.join(f'{v:.2f}' for v in same_width / same_width[0])} times that at 0.25; only at fixed c Delta_nu"
        " does it fall."
    )
    grows = bool(np.all(np.diff(full) > 0) and np.all(np.diff(spacing) > 0))
    return Finding(float(full[-1] / full[0]), grows, evidence)


@claim(M16, "Sec. II.4, tunneling extremely small", where="TODO", ours="TODO")
def opaque_without_field() -> Finding:
    """In the lowest region of the spectrum the probability to tunnel to the neighboring well is extremely small."""
    ring = in_laboratory(APART, EXAMPLE, WIDTH)
    logarithm = float(
        instanton_splitting(
            EXAMPLE,
            float(ring.penetration_ratio),
            float(ring.quantum),
            0.0,
            log=True,
        )
    ) / math.log(10)
    evidence = (
        f"At 0.1 um and foci 0.24 mm apart the splitting is 10^{logarithm:.0f} E_0' without field: no tunneling at"
        " all."
    )
    return Finding(logarithm, logarithm < -20, evidence)


@claim(M16, "Sec. II.4, widths of tens of nanometers", where="TODO", ours="TODO")
def levels_near_rest() -> Finding:
    """No width of tens of nanometers is needed for the quantum regime: low levels lie close to the rest energy."""
    ring = in_laboratory(APART, EXAMPLE, WIDTH)
    rest = float(fluxon_potential(math.pi / 2, EXAMPLE, 1.0))
    first = (
        float(ring.quantum)
        * float(harmonic_frequency(EXAMPLE, ring.penetration_ratio))
        / 2
        / rest
    )
    need = 2 * first * WIDTH
    evidence = (
        f"At 0.1 um the ground state is {first:.1e} of the rest energy above it, and levels are resolved where they"
        f" are far apart against temperature, whatever the width. The other condition would ask for {1e9 * need:.2f}"
        " nm, less than an atom."
    )
    return Finding(first, first < 0.01, evidence)


@claim(BOOK, "annular levels, two orders")
def orders_barely_differ() -> Finding:
    """The order of mass and momentum moves the levels by second order in hbar, as its derived potential says."""
    quantum = 0.03
    lowest = [
        fluxon_levels(1, EXAMPLE, RATIO, quantum, ordering=o)[0]
        for o in ("BenDaniel-Duke", "Laplace-Beltrami")
    ]
    ratio = (lowest[1] - lowest[0]) / float(ordering_shift(EXAMPLE, RATIO, quantum))
    rule = float(bohr_sommerfeld_levels(0, EXAMPLE, RATIO, quantum))
    other = (lowest[1] - rule) / float(
        offset_of_bohr_sommerfeld(EXAMPLE, RATIO, quantum)
    )
    field = 0.98 * local_critical_field(EXAMPLE, RATIO)
    splits = [
        float(level_splitting(EXAMPLE, RATIO, 0.1, field, o))
        for o in ("BenDaniel-Duke", "Laplace-Beltrami")
    ]
    evidence = (
        f"Laplace-Beltrami above BenDaniel-Duke, solved over derived: {ratio:.4f} at hbar_* = 0.03; the rule of Bohr"
        f" and Sommerfeld, likewise: {other:.4f}. A splitting at h = 0.98 h_c and hbar_* = 0.1 differs by"
        f" {100 * abs(splits[1] / splits[0] - 1):.3f} per cent."
    )
    return Finding(
        ratio, bool(abs(ratio - 1) < 0.05 and abs(other - 1) < 0.05), evidence
    )


@claim(BOOK, "annular levels, instanton")
def better_formulas_are_close() -> Finding:
    """The instanton gives the splitting to within 15 per cent once the barrier holds two quanta."""
    field = (1 - np.array([0.015, 0.02, 0.03])) * local_critical_field(
        EXAMPLE, RATIO
    )
    off = (
        instanton_splitting(EXAMPLE, RATIO, 0.1, field)
        / level_splitting(EXAMPLE, RATIO, 0.1, field)
        - 1
    )
    evidence = (
        f"At hbar_* = 0.1 it is {', '.join(f'{100 * v:.1f}' for v in off)} per cent too large at 1 - h/h_c = 0.015,"
        " 0.02, 0.03, in inverse proportion to the barrier's action."
    )
    return Finding(
        float(off[0]), bool(0 < off[2] < off[1] < off[0] < 0.15), evidence
    )


@claim(BOOK, "annular levels, cubic formula")
def cubic_formula_fails() -> Finding:
    """The usual formula for a cubic well gives the escape through two quanta within a factor of two."""
    from scipy.optimize import brentq

    pinned, ratios, shares = float(local_depinning_current(EXAMPLE, RATIO)), [], []
    for quantum in (0.1, 0.012):

        def deep(share, quantum=quantum):
            height, frequency = barrier_of_tilted_well(
                EXAMPLE, RATIO, share * pinned
            )
            return height - 2 * quantum * frequency

        share = brentq(deep, 0.5, 0.9999, xtol=1e-10)
        given = EXAMPLE, RATIO, quantum, share * pinned
        solved = escape_rate(*given)
        shares.append(share)
        ratios.append(
            (
                cubic_escape_rate(*given) / solved,
                instanton_escape_rate(*given) / solved,
            )
        )
    evidence = (
        f"With a barrier of two quanta it is {ratios[0][0]:.0f} times too large for hbar_* = 0.1, at {shares[0]:.3f} of"
        f" the depinning current, and {ratios[1][0]:.1f} times for 0.012, at {shares[1]:.3f}. The bounce of the true"
        f" potential is off by {100 * (ratios[0][1] - 1):.0f} and {100 * (ratios[1][1] - 1):.0f} per cent."
    )
    return Finding(float(ratios[0][0]), bool(ratios[0][0] < 2), evidence)


@claim(BOOK, "annular levels, experiment")
def needs_of_an_experiment() -> Finding:
    """A splitting of one megahertz asks only for fields that a laboratory holds easily, to one part in a thousand."""
    short = shortfall_of_splitting(APART, EXAMPLE, WIDTH, 1e6)
    found = two_levels(APART, EXAMPLE, WIDTH, short)
    share = found.field_window / found.critical_field
    evidence = (
        f"At 0.1 um and foci 0.24 mm apart it takes {100 * short:.2f} per cent below a critical field of"
        f" {1e3 * found.critical_field:.3f} mT (Delta = 1). There {1e9 * found.field_window:.0f} nT change the"
        f" splitting by a factor e, {share:.0e} of the field, which can be held; but its direction has to be held to"
        f" {found.alignment:.0e} rad and the bias to {found.current_balance:.0e} J_c, or the wells are further"
        f" apart in energy than they are split. The next levels are {1e3 * found.well_spacing:.0f} mK higher."
    )
    return Finding(
        found.alignment, bool(min(share, found.alignment) > 1e-3), evidence
    )
