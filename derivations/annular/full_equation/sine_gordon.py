"""The full sine-Gordon equation on the ring, solved: what a fluxon at rest is, and how it moves; beyond M16, Eq. 19.

Energies are over E_0', frequencies in omega_p, times in 1/omega_p, bias over J_c; the polarity is +1. Another
polarity is another sign of field and bias. Arguments broadcast; each point is a solution of its own and takes
milliseconds at rest, tenths of a second in motion.
"""

import math
from collections.abc import Callable

import numpy as np

from derivations.annular.full_equation.line import Line, each_in_field, line_of, require_ring
from derivations.annular.full_equation.resting_wells import critical_field, in_well
from derivations.annular.full_equation.static_states import PinnedFluxon, hold, largest_bias, resting
from derivations.annular.ring.annulus import Annulus
from rederived.evaluate.domain import require_range

__all__ = [
    "barrier_height",
    "critical_field",
    "depinning_current",
    "depinning_position",
    "fluxon_frequency",
    "holding_bias",
    "rest_energy",
    "rest_position",
    "static_fluxon",
    "top_energy",
]

def _require_odd(name: str, value, remainder: int) -> None:
    value = np.asarray(value, float).ravel()
    bad = value % 2 != remainder
    if bad.any():
        kind = "odd" if remainder else "even"
        raise ValueError(
            f"Argument `{name}` must be an {kind} integer, but got {value[bad][0]:g}."
        )


def _frequency(
    line: Line, well: float, half: int | None = None
) -> tuple[float, int]:
    state = in_well(line, well, half)
    squared = float(state.squared_frequencies()[0])
    if not squared > 0:
        raise ArithmeticError(f"The lowest mode is too soft to be told from none: omega^2 = {squared:.1e}.")
    return math.sqrt(squared), state.ring.half


def _depinning(
    line: Line, well: float, half: int | None = None
) -> tuple[float, int]:
    state = largest_bias(in_well(line, well, half))
    return state.bias, state.ring.half


def _in_well(value: Callable, annulus: Annulus, well):
    """The value of the fluxon that rests in each well."""
    _require_odd("well", well, 1)
    return each_in_field(lambda line, well: value(in_well(line, well)), annulus, well)


def _with_error(solve: Callable, annulus: Annulus, well, error: bool):
    """The values, and on demand how far they are from those with half as many nodes more."""

    def point(line: Line, well: float) -> float:
        return solve(line, well)[0]

    def change(line: Line, well: float) -> float:
        value, half = solve(line, well)
        return abs(value - solve(line, well, half + half // 2)[0])

    _require_odd("well", well, 1)
    found = each_in_field(point, annulus, well)
    return (found, each_in_field(change, annulus, well)) if error else found


def fluxon_frequency(
    eccentricity_squared,
    penetration_ratio,
    field=0.0,
    field_angle=0.0,
    *,
    well=1,
    error: bool = False,
):
    """Frequency of small oscillations of a fluxon in its well, from the full equation: beyond M16, Sec. II.

    Parameters
    ----------
    eccentricity_squared: e^2, any shape, dimensionless, in [0.01, 0.995].
    penetration_ratio: lambda_J/c, any shape, dimensionless, in [0.01, 1].
    field: h Delta, any shape, dimensionless, finite.
    field_angle: from +y towards +x, any shape, in radians.
    well: odd integer, any shape; the fluxon rests near tau = well pi/2.
    error: return (result, error), where error is what half as many nodes more change.

    Returns omega/omega_p, an array of the broadcast shape, to 1e-8. Takes 5 ms a point.
    Raises ValueError outside these ranges, or if the field removes the well.
    For lambda_J/(c sinh^2 nu) -> 0 it is that ratio.

    >>> f"{fluxon_frequency(0.75, 0.1):.8f}"
    '0.26033564'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    return _with_error(_frequency, annulus, well, error)


def depinning_current(
    eccentricity_squared,
    penetration_ratio,
    field=0.0,
    field_angle=0.0,
    well=1,
    *,
    error: bool = False,
):
    """Static bias at which a fluxon leaves its well, from the full equation: M16, Sec. IV.

    Parameters
    ----------
    eccentricity_squared: e^2, any shape, dimensionless, in [0.01, 0.995].
    penetration_ratio: lambda_J/c, any shape, dimensionless, in [0.01, 1].
    field: h Delta, any shape, dimensionless, finite.
    field_angle: from +y towards +x, any shape, in radians.
    well: odd integer, any shape; the fluxon rests near tau = well pi/2.
    error: return (result, error), where error is what half as many nodes more change.

    Returns gamma > 0 over J_c, an array of the broadcast shape, to 1e-8; it pushes polarity +1 towards smaller tau.
    On squashed rings, e^2 = 0.9 or more, the phase slips before in strong fields, on the far side of the ring where it
    is narrow, too; that bias is returned. Takes 5 to 50 ms a point, on squashed rings up to some seconds.
    Raises ValueError outside these ranges, or if the field removes the well.
    For a negative bias take the other well and minus the angle: tau -> -tau.

    >>> f"{depinning_current(0.75, 0.1):.8f}"
    '0.12447883'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    return _with_error(_depinning, annulus, well, error)


def depinning_position(
    eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, well=1
):
    """Angle tau of the fluxon at its depinning current; arguments and errors as of `depinning_current`.

    >>> f"{depinning_position(0.75, 0.1):.6f}"
    '1.148639'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    return _in_well(lambda state: largest_bias(state).center, annulus, well)


def static_fluxon(
    eccentricity_squared,
    penetration_ratio,
    field=0.0,
    field_angle=0.0,
    *,
    well=1,
    center=None,
    polarity=1,
) -> PinnedFluxon:
    """The phase of a static fluxon: in its well, or held by a bias at `center`; beyond M16, Eq. 18.

    Parameters are numbers, in the ranges of `fluxon_frequency`; `center` is an angle tau, in radians; `polarity` is
    +1 or -1. Returns a `PinnedFluxon`, with `tau`, `phase`, `phase_slope`, `phase_at(tau)`, `bias`, `energy` and
    `squared_frequencies(count)`. Raises ValueError outside the ranges, or if the field removes the well.

    >>> held = static_fluxon(0.75, 0.1, center=1.2)
    >>> f"{held.bias:.8f} {held.phase_at(1.2) / np.pi:.6f}"
    '0.12285673 1.000000'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    _require_odd("well", well, 1)
    if polarity not in (1, -1):
        raise ValueError(
            f"Argument `polarity` must be in {{-1, 1}}, but got {polarity}."
        )
    line = line_of(*map(float, annulus))
    if center is None:
        return in_well(line, well, polarity=polarity)
    require_range("center", center, -math.inf, math.inf)
    return hold(line, float(center), polarity)


def holding_bias(
    center, eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0
):
    """Bias gamma/J_c that holds a fluxon at the angle tau = `center`, any shape; else as `depinning_current`.

    >>> f"{holding_bias(1.2, 0.75, 0.1):.8f}"
    '0.12285673'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    require_range("center", center, -math.inf, math.inf)
    return each_in_field(lambda line, tau: hold(line, tau).bias, annulus, center)


def rest_position(
    eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, well=1
):
    """Angle tau at which a fluxon rests, in radians; arguments and errors as of `fluxon_frequency`.

    >>> f"{rest_position(0.75, 0.1, 0.02):.6f}"
    '1.689289'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    return _in_well(lambda state: state.center, annulus, well)


def rest_energy(
    eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, well=1
):
    """Energy of a fluxon at rest in its well, over E_0'; arguments and errors as of `fluxon_frequency`.

    In a field only differences have a meaning, since the vacuum has an energy too.

    >>> f"{rest_energy(0.75, 0.1):.8f}"
    '4.75883816'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    return _in_well(lambda state: state.energy, annulus, well)


def top_energy(
    eccentricity_squared,
    penetration_ratio,
    field=0.0,
    field_angle=0.0,
    *,
    barrier=2,
):
    """Energy of a fluxon on top of the barrier near tau = barrier pi/2, over E_0'; `barrier` is even.

    >>> f"{top_energy(0.75, 0.1):.8f}"
    '9.21607120'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    _require_odd("barrier", barrier, 0)
    return each_in_field(
        lambda line, barrier: resting(line, barrier * math.pi / 2, stable=False).energy, annulus, barrier
    )


def barrier_height(
    eccentricity_squared,
    penetration_ratio,
    field=0.0,
    field_angle=0.0,
    *,
    well=1,
    barrier=2,
):
    """Energy that a fluxon lacks to pass from a well over a barrier, over E_0': M16, Sec. III.

    The first four arguments are those of `fluxon_frequency`; the fluxon rests near tau = well pi/2, and the
    barrier is near tau = barrier pi/2, so the default one is low in a positive field at angle zero.
    Raises ValueError outside the ranges, or if well or barrier are no more.

    >>> f"{barrier_height(0.75, 0.1):.8f}"
    '4.45723303'
    """
    annulus = require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    return top_energy(*annulus, barrier=barrier) - rest_energy(*annulus, well=well)
