"""Where the wells of the full equation are in a field, and where they merge: beyond M16, Sec. III."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from derivations.annular.full_equation.line import Line, each_point, line_of, require_ring
from derivations.annular.full_equation.static_states import PinnedFluxon, hold, resting

__all__ = ["critical_field", "in_well"]

FAR = 0.7  # radians from pi/2 at which a well may have met its neighbor
GROWTH = 1 - np.linspace(1, 0, 9)[1:] ** 2  # of a field, in steps: a well moves fastest just before it merges
ASIDE = 0.05  # radians from tau = pi at which the sign of the force tells how wells merge


def in_well(
    line: Line, well: float, half: int | None = None, polarity: int = 1
) -> PinnedFluxon:
    """The fluxon that rests near well pi/2; of wells that have merged the nearer one keeps its name."""
    start = well * math.pi / 2
    state = _followed(line, start, half=half, polarity=polarity)
    distance = state.center - start
    if abs(distance) > FAR:
        other = start + math.copysign(math.pi, distance)
        merged = (
            not _parted(state, other)
            and abs(
                _followed(line, other, half=half, polarity=polarity).center
                - state.center
            )
            < 1e-6
        )
        if merged and abs(distance) > abs(other - state.center) - 1e-6:
            raise ValueError(
                f"Argument `field` must be smaller, since the well near tau = {start:.4g} is gone."
            )
    return state


def _parted(state: PinnedFluxon, other: float) -> bool:
    """Whether the top in the middle, quickly found, parts this well from the other; if not, there may be another."""
    start = other - math.copysign(math.pi / 2, other - state.center)
    try:
        top = resting(state.line, start, stable=False, polarity=state.polarity, half=state.ring.half)
    except (ArithmeticError, ValueError):
        return False
    return min(state.center, other) + 1e-6 < top.center < max(state.center, other)


def _followed(line: Line, start: float, **options) -> PinnedFluxon:
    """The fluxon that rests at `start` without field, in the field: at once, or followed while the field grows."""
    try:
        return resting(line, start, **options)
    except (ArithmeticError, ValueError) as refusal:
        if np.all(line.field_force(np.linspace(0, 6, 7)) == 0):
            raise refusal
    center = start
    try:
        for share in GROWTH:
            state = resting(_in_part_of_the_field(line, share), center, **options)
            center = state.center
    except ArithmeticError as error:
        raise ValueError(
            f"Argument `field` must be smaller, for a well near tau = {start:.4g} to be found."
        ) from error
    return state


@dataclass(frozen=True)
class _Share:
    force: Callable
    share: float

    def __call__(self, tau) -> np.ndarray:
        return self.share * self.force(tau)


def _in_part_of_the_field(line: Line, share: float) -> Line:
    """Only its force: nobody asks for the energy of the states on the way."""
    return replace(line, field_force=_Share(line.field_force, share))


def critical_field(eccentricity_squared, penetration_ratio):
    """Field h Delta along the minor axis at which both wells merge: M16, Sec. III.

    Returns an array of the broadcast shape, to 1e-9. Ranges and errors as of `fluxon_frequency`. Raises ValueError,
    too, where the wells do not merge: for lambda_J/(c sinh^2 nu) beyond about 1.7 a third well appears at the pole.
    For lambda_J/(c sinh^2 nu) -> 0 it is (4/pi) e^2 lambda_J/c.

    >>> f"{critical_field(0.75, 0.1):.8f}"
    '0.09326814'
    """
    require_ring(eccentricity_squared, penetration_ratio)
    return each_point(_critical_field, eccentricity_squared, penetration_ratio)


def _critical_field(eccentricity_squared: float, penetration_ratio: float) -> float:
    """By symmetry a fluxon at tau = pi is in equilibrium at any field; there the bias changes the sign of its slope."""
    from scipy.optimize import brentq

    def slope(field: float) -> float:
        return hold(
            line_of(eccentricity_squared, penetration_ratio, field), math.pi
        ).slope

    local = 4 / math.pi * eccentricity_squared * penetration_ratio
    found = brentq(slope, 0.0, 1.2 * local, xtol=1e-13, rtol=1e-11)
    aside = hold(line_of(eccentricity_squared, penetration_ratio, found), math.pi + ASIDE)
    if aside.bias > 0:
        raise ValueError(
            f"Argument `penetration_ratio` must be smaller at eccentricity_squared = {eccentricity_squared:g}, for the"
            f" wells to merge: at {penetration_ratio:g} a third one appears between them, in a field of {found:.4g}."
        )
    return found
