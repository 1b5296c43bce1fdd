"""A fluxon on its way through the full equation: how long it takes, and how fast it is; beyond M16, Eqs. 20 and 22."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from derivations.annular.full_equation.dynamics import Motion, boosted_kink, points_for
from derivations.annular.full_equation.line import Line, each_point, line_of, require_ring
from derivations.annular.full_equation.static_states import PinnedFluxon, hold, resting
from rederived.evaluate.domain import require_range

__all__ = ["full_period", "passing_speeds"]


def _released(line: Line, center: float, inertia: Callable) -> PinnedFluxon:
    """A fluxon held by a force that acts on it alone, in proportion to its own slope, as the inertia of one does."""
    width = math.sqrt(line.stiffness / float(inertia(np.array([center]))[0]))

    def on_the_fluxon(tau):
        return inertia(tau) / np.cosh(
            np.minimum(np.abs(tau - center) / width, 300.0)
        )

    return hold(replace(line, bias_force=on_the_fluxon), center)


def full_period(energy_ratio, eccentricity_squared, penetration_ratio, *, step=0.1):
    """Period of a fluxon in its well, from the full equation in time: checks M16, Eq. 22.

    Parameters
    ----------
    energy_ratio: energy over that at rest, any shape, in (1, 0.999 E_top/E_rest].
    eccentricity_squared, penetration_ratio: any shape, ranges as of `fluxon_frequency`.
    step: in time, a number in 1/omega_p, at least 1e-3; shorter where it has to be.

    Returns the time in 1/omega_p between the first and the third passage of the well, an array of the broadcast
    shape. The fluxon starts at rest, shaped by the force that its acceleration is; the little that it radiates
    makes the period definite to about 1e-4. Takes a second a point.
    Raises ValueError outside these ranges, or if too many nodes were needed.

    >>> f"{full_period(1.06, 0.75, 0.1):.1f}"
    '26.3'
    """
    require_ring(eccentricity_squared, penetration_ratio)
    require_range("step", step, 1e-3, math.inf)
    return each_point(
        lambda *point: _full_period(*point, step=step),
        energy_ratio,
        eccentricity_squared,
        penetration_ratio,
    )


def _full_period(
    energy_ratio: float,
    eccentricity_squared: float,
    penetration_ratio: float,
    step: float,
) -> float:
    from scipy.optimize import brentq

    line = line_of(eccentricity_squared, penetration_ratio)
    rest, middle = resting(line, math.pi / 2), math.pi / 2
    top = resting(line, 0.0, stable=False).energy
    require_range(
        "energy_ratio", energy_ratio, 1.0, 0.999 * top / rest.energy, above=True
    )
    wanted = energy_ratio * rest.energy
    reach = brentq(
        lambda a: _released(line, middle - a, line.inertia).energy - wanted,
        1e-6,
        middle,
        xtol=1e-12,
    )
    start = _released(line, middle - reach, line.inertia)
    speed = math.sqrt(1 - 1 / energy_ratio**2)
    points = points_for(line.narrowest, 1e-6, speed)
    tau = 2 * math.pi / points * np.arange(points)
    motion = Motion(
        line,
        start.phase_at(tau),
        np.zeros(points),
        _stable_step(line, points, step),
    )
    passages = _passages(motion, points // 4, 3)
    motion.require_resolution()
    return passages[2][0] - passages[0][0]


def _stable_step(line: Line, points: int, step: float) -> float:
    return min(step, 0.95 * Motion.longest_step(line, points))


def _passages(
    motion: Motion, node: int, count: int, longest: float = 2000.0
) -> list[tuple[float, float]]:
    """The next times at which the fluxon passes a node, and d tau/dt then: fractions of a step lead there."""
    found = []
    while len(found) < count:
        before, time = motion.phase[node] - math.pi, motion.time
        state = motion.phase.copy(), motion.velocity.copy()
        motion.advance()
        after = motion.phase[node] - math.pi
        if before * after < 0:
            ahead = motion.phase.copy(), motion.velocity.copy(), motion.time
            share = before / (before - after)
            for _ in range(4):
                motion.phase[:], motion.velocity[:], motion.time = *state, time
                motion.advance(fraction=share)
                share -= (
                    (motion.phase[node] - math.pi)
                    / motion.velocity[node]
                    / motion.step
                )
            found.append(
                (
                    time + share * motion.step,
                    -motion.velocity[node] / motion.phase_slope()[node],
                )
            )
            motion.phase[:], motion.velocity[:], motion.time = ahead
        if motion.time > longest:
            raise ArithmeticError(
                f"The fluxon passed only {len(found)} times before t = {longest:g}."
            )
    return found


def passing_speeds(speed, eccentricity_squared, penetration_ratio, *, step=0.1):
    """Speeds of a fluxon at tau = pi/4 and pi/2 that starts on top of a barrier: checks M16, Eq. 20 and Sec. I.

    Parameters: `speed` at tau = 0 over the Swihart velocity, a number in [0.1, 0.9]; the others as of `full_period`,
    numbers. Returns (2,). The start is the contracted fluxon of a uniform line. Raises ValueError outside the ranges,
    or if too many nodes were needed.
    """
    require_ring(eccentricity_squared, penetration_ratio)
    require_range("speed", speed, 0.1, 0.9)
    line = line_of(eccentricity_squared, penetration_ratio)
    widest, narrowest = (
        float(line.inertia(np.array([a]))[0]) ** 0.5 for a in (0.0, math.pi / 2)
    )
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
