"""The full sine-Gordon equation on the ring, solved: what a fluxon at rest is, and how it moves; beyond M16, Eq. 19.

Energies are over E_0', frequencies in omega_p, times in 1/omega_p, bias over J_c; the polarity is +1. Another
polarity is another sign of field and bias. Arguments broadcast; each point is a solution of its own and takes
milliseconds at rest, tenths of a second in motion.
"""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from derivations.annular.dynamics import Motion, boosted_kink, points_for
from derivations.annular.line import line_of
from derivations.annular.static_states import Line, PinnedFluxon, hold, largest_bias, resting
from derivations.ranges import require_range

__all__ = [
    "barrier_height",
    "critical_field",
    "depinning_current",
    "fluxon_frequency",
    "full_period",
    "holding_bias",
    "passing_speeds",
    "require_ring",
    "rest_energy",
    "rest_position",
    "static_fluxon",
    "top_energy",
]

SMALLEST_SQUARE, LARGEST_SQUARE = 0.01, 0.995
SMALLEST_RATIO, LARGEST_RATIO = 0.01, 1.0


def require_ring(eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0) -> None:
    require_range("eccentricity_squared", eccentricity_squared, SMALLEST_SQUARE, LARGEST_SQUARE)
    require_range("penetration_ratio", penetration_ratio, SMALLEST_RATIO, LARGEST_RATIO)
    require_range("field", field, -math.inf, math.inf)
    require_range("field_angle", field_angle, -math.inf, math.inf)


def _require_odd(name: str, value, remainder: int) -> None:
    value = np.asarray(value, float).ravel()
    bad = value % 2 != remainder
    if bad.any():
        kind = "odd" if remainder else "even"
        raise ValueError(f"Argument `{name}` must be an {kind} integer, but got {value[bad][0]:g}.")


def _each(function: Callable, *arguments):
    """Call a function with every point of arguments that broadcast."""
    arguments = np.broadcast_arrays(*(np.asarray(a, float) for a in arguments))
    found = [function(*map(float, point)) for point in zip(*(a.flat for a in arguments), strict=True)]
    return np.array(found, float).reshape(arguments[0].shape)[()]


def _well(line: Line, well: float, half: int | None = None) -> PinnedFluxon:
    return resting(line, well * math.pi / 2, half=half)


def _frequency(line: Line, well: float, half: int | None = None) -> tuple[float, int]:
    state = _well(line, well, half)
    return math.sqrt(max(0.0, state.squared_frequencies()[0])), state.ring.half


def _depinning(line: Line, well: float, half: int | None = None) -> tuple[float, int]:
    state = largest_bias(_well(line, well, half))
    return state.bias, state.ring.half


def _with_error(solve: Callable, arguments: tuple, error: bool):
    """The values, and on demand how far they are from those with half as many nodes more."""

    def point(*values):
        line, well = line_of(*values[:4]), values[4]
        value, half = solve(line, well)
        return value, abs(value - solve(line, well, half + half // 2)[0]) if error else 0.0

    both = [_each(lambda *values, i=i: point(*values)[i], *arguments) for i in range(1 + error)]
    return tuple(both) if error else both[0]


def fluxon_frequency(
    eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, well=1, error: bool = False
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
    require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    _require_odd("well", well, 1)
    return _with_error(_frequency, (eccentricity_squared, penetration_ratio, field, field_angle, well), error)


def depinning_current(
    eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, well=1, *, error: bool = False
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
    Takes 20 ms a point. Raises ValueError outside these ranges, or if the field removes the well.
    For a negative bias take the other well and minus the angle: tau -> -tau.

    >>> f"{depinning_current(0.75, 0.1):.8f}"
    '0.12447883'
    """
    require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    _require_odd("well", well, 1)
    return _with_error(_depinning, (eccentricity_squared, penetration_ratio, field, field_angle, well), error)


def static_fluxon(
    eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, well=1, center=None, polarity=1
) -> PinnedFluxon:
    """The phase of a static fluxon: in its well, or held by a bias at `center`; beyond M16, Eq. 18.

    Parameters are numbers, in the ranges of `fluxon_frequency`; `center` is an angle tau, in radians; `polarity` is
    +1 or -1. Returns a `PinnedFluxon`, with `tau`, `phase`, `phase_slope`, `phase_at(tau)`, `bias`, `energy` and
    `squared_frequencies(count)`. Raises ValueError outside the ranges, or if the field removes the well.

    >>> held = static_fluxon(0.75, 0.1, center=1.2)
    >>> f"{held.bias:.8f} {held.phase_at(1.2) / np.pi:.6f}"
    '0.12374421 1.000000'
    """
    require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    _require_odd("well", well, 1)
    if polarity not in (1, -1):
        raise ValueError(f"Argument `polarity` must be in {{-1, 1}}, but got {polarity}.")
    line = line_of(float(eccentricity_squared), float(penetration_ratio), float(field), float(field_angle))
    if center is None:
        return resting(line, well * math.pi / 2, polarity=polarity)
    require_range("center", center, -math.inf, math.inf)
    return hold(line, float(center), polarity)


def holding_bias(center, eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0):
    """Bias gamma/J_c that holds a fluxon at the angle tau = `center`, any shape; else as `depinning_current`.

    >>> f"{holding_bias(np.pi / 2, 0.75, 0.1):.1f}"
    '0.0'
    """
    require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    require_range("center", center, -math.inf, math.inf)
    found = _each(
        lambda tau, *ring: hold(line_of(*ring), tau).bias,
        center, eccentricity_squared, penetration_ratio, field, field_angle,
    )  # fmt: skip
    return found + 0.0


def rest_position(eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, well=1):
    """Angle tau at which a fluxon rests, in radians; arguments and errors as of `fluxon_frequency`.

    >>> f"{rest_position(0.75, 0.1, 0.02):.6f}"
    '1.689042'
    """
    return _at_rest(lambda state: state.center, eccentricity_squared, penetration_ratio, field, field_angle, well)


def rest_energy(eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, well=1):
    """Energy of a fluxon at rest in its well, over E_0'; arguments and errors as of `fluxon_frequency`.

    In a field only differences have a meaning, since the vacuum has an energy too.

    >>> f"{rest_energy(0.75, 0.1):.8f}"
    '4.75883816'
    """
    return _at_rest(lambda state: state.energy, eccentricity_squared, penetration_ratio, field, field_angle, well)


def _at_rest(value: Callable, eccentricity_squared, penetration_ratio, field, field_angle, well):
    require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    _require_odd("well", well, 1)
    return _each(
        lambda *point: value(_well(line_of(*point[:4]), point[4])),
        eccentricity_squared, penetration_ratio, field, field_angle, well,
    )  # fmt: skip


def top_energy(eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, barrier=2):
    """Energy of a fluxon on top of the barrier near tau = barrier pi/2, over E_0'; `barrier` is even.

    >>> f"{top_energy(0.75, 0.1):.8f}"
    '9.21607120'
    """
    require_ring(eccentricity_squared, penetration_ratio, field, field_angle)
    _require_odd("barrier", barrier, 0)
    return _each(
        lambda *point: resting(line_of(*point[:4]), point[4] * math.pi / 2, stable=False).energy,
        eccentricity_squared, penetration_ratio, field, field_angle, barrier,
    )  # fmt: skip


def barrier_height(eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0, *, well=1, barrier=2):
    """Energy that a fluxon lacks to pass from a well over a barrier, over E_0': M16, Sec. III.

    The first four arguments are those of `fluxon_frequency`; the fluxon rests near tau = well pi/2, and the
    barrier is near tau = barrier pi/2, so the default one is low in a positive field at angle zero.
    Raises ValueError outside the ranges, or if well or barrier are no more.

    >>> f"{barrier_height(0.75, 0.1):.8f}"
    '4.45723303'
    """
    top = top_energy(eccentricity_squared, penetration_ratio, field, field_angle, barrier=barrier)
    return top - rest_energy(eccentricity_squared, penetration_ratio, field, field_angle, well=well)


def critical_field(eccentricity_squared, penetration_ratio):
    """Field h Delta along the minor axis at which both wells merge: M16, Sec. III.

    Returns an array of the broadcast shape, to 1e-9. Ranges and errors as of `fluxon_frequency`.
    For lambda_J/(c sinh^2 nu) -> 0 it is (4/pi) e^2 lambda_J/c.

    >>> f"{critical_field(0.75, 0.1):.8f}"
    '0.09326813'
    """
    require_ring(eccentricity_squared, penetration_ratio)
    return _each(_critical_field, eccentricity_squared, penetration_ratio)


def _critical_field(eccentricity_squared: float, penetration_ratio: float) -> float:
    """By symmetry a fluxon at tau = pi is in equilibrium at any field; there the bias changes the sign of its slope."""
    from scipy.optimize import brentq

    def slope(field: float) -> float:
        return hold(line_of(eccentricity_squared, penetration_ratio, field), math.pi).slope

    local = 4 / math.pi * eccentricity_squared * penetration_ratio
    return brentq(slope, 0.0, 1.2 * local, xtol=1e-13, rtol=1e-11)


def _released(line: Line, center: float, inertia: Callable) -> PinnedFluxon:
    """A fluxon held by a force that acts on it alone, in proportion to its own slope, as the inertia of one does."""
    width = math.sqrt(line.stiffness / float(inertia(np.array([center]))[0]))

    def on_the_fluxon(tau):
        return inertia(tau) / np.cosh(np.minimum(np.abs(tau - center) / width, 300.0))

    return hold(replace(line, bias_force=on_the_fluxon), center)


def full_period(energy_ratio, eccentricity_squared, penetration_ratio, *, step=0.1):
    """Period of a fluxon in its well, from the full equation in time: checks M16, Eq. 22.

    Parameters
    ----------
    energy_ratio: energy over that at rest, any shape, in (1, 0.999 E_top/E_rest].
    eccentricity_squared, penetration_ratio: any shape, ranges as of `fluxon_frequency`.
    step: in time, a number in 1/omega_p.

    Returns the time in 1/omega_p between the first and the third passage of the well, an array of the broadcast
    shape. The fluxon starts at rest, shaped by the force that its acceleration is; the little that it radiates
    makes the period definite to about 1e-4. Takes a second a point.
    Raises ValueError outside these ranges, or if too many nodes were needed.

    >>> f"{full_period(1.06, 0.75, 0.1):.2f}"
    ''
    """
    require_ring(eccentricity_squared, penetration_ratio)
    return _each(
        lambda *point: _full_period(*point, step=step), energy_ratio, eccentricity_squared, penetration_ratio
    )


def _full_period(energy_ratio: float, eccentricity_squared: float, penetration_ratio: float, step: float) -> float:
    from scipy.optimize import brentq

    line = line_of(eccentricity_squared, penetration_ratio)
    rest, middle = resting(line, math.pi / 2), math.pi / 2
    top = resting(line, 0.0, stable=False).energy
    require_range("energy_ratio", energy_ratio, 1.0, 0.999 * top / rest.energy, above=True)
    wanted = energy_ratio * rest.energy
    reach = brentq(lambda a: _released(line, middle - a, line.inertia).energy - wanted, 1e-6, middle, xtol=1e-12)
    start = _released(line, middle - reach, line.inertia)
    speed = math.sqrt(1 - 1 / energy_ratio**2)
    points = points_for(line.narrowest, 1e-6, speed)
    tau = 2 * math.pi / points * np.arange(points)
    motion = Motion(line, start.phase_at(tau), np.zeros(points), _stable_step(line, points, step))
    passages = _passages(motion, points // 4, 3)
    motion.require_resolution()
    return passages[2][0] - passages[0][0]


def _stable_step(line: Line, points: int, step: float) -> float:
    return min(step, 0.95 * Motion.longest_step(line, points))


def _passages(motion: Motion, node: int, count: int, longest: float = 2000.0) -> list[tuple[float, float]]:
    """The next times at which the fluxon passes a node, and d tau/dt then, by a cubic in time."""
    found = []
    before = motion.time, motion.phase[node] - math.pi, motion.velocity[node]
    while len(found) < count:
        motion.advance()
        after = motion.time, motion.phase[node] - math.pi, motion.velocity[node]
        if before[1] * after[1] < 0:
            share, rate = _zero_between(before, after)
            steepness = float(motion.phase_slope()[node])
            found.append((before[0] + share * motion.step, -rate / steepness))
        if motion.time > longest:
            raise ArithmeticError(f"The fluxon passed only {len(found)} times before t = {longest:g}.")
        before = after
    return found


def _zero_between(before: tuple, after: tuple) -> tuple[float, float]:
    """Where a Hermite cubic through (time, value, rate) vanishes, as a share of the interval, and its rate there."""
    from numpy.polynomial import Polynomial

    step, rise = after[0] - before[0], after[1] - before[1]
    a, b = before[2] * step - rise, rise - after[2] * step
    cubic = Polynomial([before[1], rise + a, b - 2 * a, a - b])
    real = [r.real for r in cubic.roots() if abs(r.imag) < 1e-9 and -1e-9 <= r.real <= 1 + 1e-9]
    return real[0], float(cubic.deriv()(real[0]) / step)


def passing_speeds(speed, eccentricity_squared, penetration_ratio, *, step=0.1):
    """Speeds of a fluxon at tau = pi/4 and pi/2 that starts on top of a barrier: checks M16, Eq. 20 and Sec. I.

    Parameters: `speed` at tau = 0 over the Swihart velocity, a number in [0.1, 0.9]; the others as of `full_period`,
    numbers. Returns (2,). The start is the contracted fluxon of a uniform line. Raises ValueError outside the ranges,
    or if too many nodes were needed.
    """
    require_ring(eccentricity_squared, penetration_ratio)
    require_range("speed", speed, 0.1, 0.9)
    line = line_of(eccentricity_squared, penetration_ratio)
    widest, narrowest = (float(line.inertia(np.array([a]))[0]) ** 0.5 for a in (0.0, math.pi / 2))
    fastest = math.sqrt(1 - (1 - speed**2) * (narrowest / widest) ** 2)
    points = points_for(line.narrowest * widest / narrowest, 1e-6, fastest)
    start = boosted_kink(line, points, 0.0, speed)
    motion = Motion(line, *start, _stable_step(line, points, step))
    found = []
    for node in (points // 8, points // 4):
        _, rate = _passages(motion, node, 1)[0]
        scale = float(line.inertia(motion.tau[node : node + 1])[0]) ** 0.5
        found.append(rate * scale / line.unit)
    motion.require_resolution()
    return np.array(found)
