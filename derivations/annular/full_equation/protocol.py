"""Preparing and reading the state of a fluxon by current ramps in a small field, with loss: M16, Sec. IV.

In a field along the minor axis one barrier is low and the other is high. A positive bias between both depinning
currents empties the well whose fluxon faces the low barrier, and not the other: after it the fluxon is in the other
well, whatever was before. A longer ramp reads the state: the bias at which the fluxon first leaves tells its well.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from derivations.annular.full_equation.dynamics import Motion, Trajectory, points_for
from derivations.annular.full_equation.line import line_of, require_ring
from derivations.annular.full_equation.sine_gordon import critical_field, depinning_current
from derivations.annular.full_equation.static_states import resting
from rederived.evaluate.domain import require_range

__all__ = [
    "Ramp",
    "peak_bias",
    "preparation_ramp",
    "preparation_succeeds",
    "read_out_ramp",
    "switching_bias",
]

FASTEST = 0.9  # speed at a pole for which nodes are taken
TOLERANCE = 1e-4
WHILE = 40.0  # time over which a speed is averaged, some turns of the fastest fluxon
SETTLED = 6.0  # decay times that a run goes on after its ramp


@dataclass(frozen=True)
class Ramp:
    """R runs side by side through one ramp.

    `trajectory` has R as its last axis; `bias` (T, R) is what was applied at its times; `start` and `end` (R,) are the
    wells, odd numbers of quarter turns, `end` unwrapped; `left_at` (R,) is the bias at which a fluxon first passed a
    barrier, nan if it did not; `speed` (R,) is the largest mean one over a time of 40, over the Swihart velocity, as
    far as the recorded moments tell. No fluxon has more than 1: there the phase turns everywhere at once.
    """

    trajectory: Trajectory
    bias: np.ndarray
    start: np.ndarray
    end: np.ndarray
    left_at: np.ndarray
    speed: np.ndarray


def peak_bias(
    eccentricity_squared: float, penetration_ratio: float, field: float
) -> float:
    """Midway between the depinning currents of both wells, over J_c; ranges as of `depinning_current`.

    >>> f"{peak_bias(0.75, 0.1, 0.02):.6f}"
    '0.126307'
    """
    return float(
        np.mean(
            depinning_current(
                eccentricity_squared, penetration_ratio, field, 0.0, [1, 3]
            )
        )
    )


def _simulate(
    ring: tuple,
    loss: np.ndarray,
    well: np.ndarray,
    bias: Callable,
    duration: float,
    samples: int,
    *,
    keep: bool,
    switch_off: bool = False,
    tolerance: float = TOLERANCE,
    **options,
) -> Ramp:
    line = line_of(*ring)
    points = points_for(line.narrowest, tolerance, FASTEST)
    tau = 2 * math.pi / points * np.arange(points)
    at_rest = {
        w: resting(line, w * math.pi / 2).phase_at(tau) for w in set(well.tolist())
    }
    phase = np.stack([at_rest[w] for w in well.tolist()], axis=1)
    interval = duration / samples
    step = interval / math.ceil(
        interval / (0.9 * Motion.longest_step(line, points))
    )
    off, applied = np.zeros(len(well), bool), [np.full(len(well), bias(0.0))]
    motion = Motion(
        line,
        phase,
        np.zeros_like(phase),
        step,
        loss=loss,
        bias=lambda t: np.where(off, 0.0, bias(t)),
        **options,
    )
    start = motion.position()

    def watch(position: np.ndarray) -> None:
        applied.append(np.where(off, 0.0, bias(motion.time)))
        if switch_off:
            off[np.floor(position / math.pi) != np.floor(start / math.pi)] = True

    trajectory = motion.run(duration, samples, keep=keep, watch=watch)
    applied = np.array(applied)
    between = np.floor(trajectory.position / math.pi)
    gone = between != between[0]
    moment = gone.argmax(axis=0), np.arange(len(well))
    left_at = np.where(gone.any(axis=0), applied[moment], np.nan)
    end = 2 * between[-1].astype(int) + 1
    return Ramp(trajectory, applied, well, end, left_at, _largest_speed(line, trajectory))


def _largest_speed(line, trajectory: Trajectory) -> np.ndarray:
    times, position = trajectory.times, trajectory.position
    apart = min(len(times) - 1, math.ceil(WHILE / (times[1] - times[0])))
    turns = np.abs(position[apart:] - position[:-apart]).max(axis=0) / (2 * math.pi)
    length = 2 * math.pi * np.sqrt(line.inertia(trajectory.tau)).mean() / line.unit
    return turns * length / (times[apart] - times[0])


def _runs(loss, well) -> tuple[np.ndarray, np.ndarray]:
    require_range("loss", loss, 0.0, 1.0, above=True)
    loss, well = np.broadcast_arrays(
        np.atleast_1d(np.asarray(loss, float)), np.asarray(well, int)
    )
    bad = ~np.isin(well, (1, 3))
    if bad.any():
        raise ValueError(
            f"Argument `well` must be in {{1, 3}}, but got {well[bad][0]}."
        )
    return loss.copy(), well.copy()


def preparation_ramp(
    eccentricity_squared,
    penetration_ratio,
    field,
    loss,
    ramp_rate,
    *,
    well=(1, 3),
    peak=None,
    surface_loss=0.0,
    samples=400,
    keep=False,
    tolerance=TOLERANCE,
) -> Ramp:
    """Ramp the bias up and down again in a small field: both states end in the well at pi/2; M16, Sec. IV.

    Parameters
    ----------
    eccentricity_squared, penetration_ratio, field: numbers, ranges as of `depinning_current`; field > 0.
    loss: alpha, (R,) or a number, in (0, 1].
    ramp_rate: d gamma/dt, a number, over J_c omega_p, in [1e-5, 0.1].
    well: where each run starts, (R,) or a number, 1 or 3.
    peak: the largest bias; by default `peak_bias`. A negative one prepares the well at 3 pi/2.
    surface_loss: beta, a number, in [0, 0.1]; only with one `loss`.
    samples, keep: how many moments are recorded, and whether with the phase at the nodes.
    tolerance: with which the nodes represent a fast fluxon, in [1e-8, 1e-2].

    Returns a `Ramp` of R runs. Raises ValueError outside these ranges.
    """
    ring, loss, well = _admitted(
        eccentricity_squared, penetration_ratio, field, loss, ramp_rate, well
    )
    require_range("surface_loss", surface_loss, 0.0, 0.1)
    require_range("tolerance", tolerance, 1e-8, 1e-2)
    peak = peak_bias(*ring) if peak is None else float(peak)
    turn, sign = abs(peak) / ramp_rate, math.copysign(1.0, peak)
    one = loss[0] if surface_loss and np.all(loss == loss[0]) else loss
    return _simulate(
        ring,
        one,
        well,
        lambda t: sign * max(0.0, abs(peak) - ramp_rate * abs(t - turn)),
        2 * turn + SETTLED / loss.min(),
        samples,
        surface_loss=surface_loss,
        keep=keep,
        tolerance=tolerance,
    )


def read_out_ramp(
    eccentricity_squared,
    penetration_ratio,
    field,
    loss,
    ramp_rate,
    *,
    well=(1, 3),
    highest=None,
    samples=1000,
    keep=False,
) -> Ramp:
    """Ramp the bias up in a small field until both states have left their wells: M16, Sec. IV.

    Once a fluxon has left its bias is switched off, as the voltage that it makes tells an experimenter to.
    Arguments and errors as of `preparation_ramp`; the ramp ends at `highest`, by default two fifths above the larger
    depinning current. Returns a `Ramp` of R runs, whose `left_at` tells the wells apart.
    """
    ring, loss, well = _admitted(
        eccentricity_squared, penetration_ratio, field, loss, ramp_rate, well
    )
    highest = (
        1.4 * float(depinning_current(*ring)) if highest is None else float(highest)
    )
    return _simulate(
        ring,
        loss,
        well,
        lambda t: ramp_rate * t,
        highest / ramp_rate,
        samples,
        keep=keep,
        switch_off=True,
    )


def _admitted(
    eccentricity_squared, penetration_ratio, field, loss, ramp_rate, well
):
    require_ring(eccentricity_squared, penetration_ratio, field)
    require_range("ramp_rate", ramp_rate, 1e-5, 0.1)
    require_range(
        "field",
        field,
        0.0,
        critical_field(eccentricity_squared, penetration_ratio),
        above=True,
    )
    return (
        float(eccentricity_squared),
        float(penetration_ratio),
        float(field),
    ), *_runs(loss, well)


def preparation_succeeds(
    eccentricity_squared, penetration_ratio, field, loss, ramp_rate, *, peak=None
):
    """Whether fluxons of both wells end in the one at pi/2, any number of turns later: M16, Sec. IV.

    The first three arguments are numbers, `loss` and `ramp_rate` of any shapes that broadcast. Returns booleans of
    the broadcast shape. All losses of one ramp rate run side by side. Errors as of `preparation_ramp`.
    """
    loss, ramp_rate = np.broadcast_arrays(
        np.asarray(loss, float), np.asarray(ramp_rate, float)
    )
    succeeded = np.zeros(loss.shape, bool)
    for rate in np.unique(ramp_rate):
        chosen = ramp_rate == rate
        each = np.repeat(loss[chosen], 2)
        wells = np.tile([1, 3], chosen.sum())
        ramp = preparation_ramp(
            eccentricity_squared,
            penetration_ratio,
            field,
            each,
            rate,
            well=wells,
            peak=peak,
            samples=2,
        )
        succeeded[chosen] = (ramp.end % 4 == 1).reshape(-1, 2).all(axis=1)
    return succeeded[()]


def switching_bias(
    eccentricity_squared, penetration_ratio, field, loss, ramp_rate, *, well=1
):
    """Bias at which a fluxon first leaves its well during a ramp, over J_c: above the depinning current by its delay.

    The first three arguments are numbers, `loss`, `ramp_rate` and `well` broadcast. Returns an array of the broadcast
    shape, to a thousandth of the ramp. Errors as of `preparation_ramp`.
    """
    loss, ramp_rate, well = np.broadcast_arrays(
        np.asarray(loss, float), np.asarray(ramp_rate, float), well
    )
    found = np.zeros(loss.shape)
    for rate in np.unique(ramp_rate):
        chosen = ramp_rate == rate
        ramp = read_out_ramp(
            eccentricity_squared,
            penetration_ratio,
            field,
            loss[chosen],
            rate,
            well=well[chosen],
        )
        found[chosen] = ramp.left_at
    return found[()]
