"""Preparing and reading the state of a fluxon by current ramps in a small field, with loss: M16, Sec. IV.

In a field along the minor axis one barrier is low and the other is high. A positive bias between both depinning
currents empties the well whose fluxon faces the low barrier, and not the other: after it the fluxon is in the other
well, whatever was before. The same ramp reads the state: the first current at which the fluxon leaves tells its well.
"""

import math
from dataclasses import dataclass

import numpy as np

from derivations.annular.dynamics import Trajectory

__all__ = ["Protocol", "prepare", "preparation_succeeds", "read_out", "switching_current"]

FIELD_SHARE = 0.5  # of the current between both depinning currents, where a preparation turns
BARRIER = math.pi


@dataclass(frozen=True)
class Protocol:
    """One ramp, for R runs side by side: what was applied, and what became of the fluxon.

    `trajectory` has R as its last axis, `bias` (T, R) is what was applied at its times, `well` (R,) in which each run
    ended (the odd number of quarter turns, unwrapped), `left_at` (R,) the bias at which it first passed a barrier,
    nan if it never did.
    """

    trajectory: Trajectory
    bias: np.ndarray
    well: np.ndarray
    left_at: np.ndarray
