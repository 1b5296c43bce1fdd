"""How fast a ramp may be for a fluxon to leave its well in time: beyond M16, Sec. IV.

Where a fluxon depins, well and barrier meet: the bias that holds it has a maximum gamma_c, and the lowest frequency
of the linear equation is zero. Along that soft mode, and close to it, the full equation becomes

    M (x_tt + alpha x_t) = B (gamma(t) - gamma_c + g x^2/2),

x being the displacement and -g the second derivative of the bias. A ramp whose bias exceeds gamma_c by Delta at most,
for a time 2 Delta/r, has to move the fluxon past the barrier meanwhile. With time in units 1/w, w^2 = (B/M)
sqrt(g Delta/2), and x in units sqrt(2 Delta/g)

    X'' + a X' = 1 - rho |T| + X^2,   a = alpha/w,   rho = r/(Delta w),

so the fastest ramp is one function rho(a).
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sympy import Expr, Symbol, airyai, diff, numer, simplify

from derivations.annular.full_equation.line import each_point, require_ring
from derivations.annular.full_equation.protocol import peak_bias
from derivations.annular.full_equation.sine_gordon import static_fluxon
from derivations.annular.full_equation.static_states import largest_bias
from rederived.evaluate.domain import require_range
from rederived.kept import kept

__all__ = [
    "Fold",
    "fastest_ramp",
    "fold",
    "least_excess",
    "marginal_solution",
    "scaled_fastest_ramp",
]

T, D = Symbol("T", negative=True), Symbol("D", positive=True)
EARLY = 4.0  # in units of the largest excess: where the fluxon is followed from
GONE = 30.0  # X from which nothing returns
PRECISION = 1e-5


@kept
def marginal_solution() -> Expr:
    """With large loss X' = D + T + X^2 while the bias rises, T < 0: the motion that comes along the stable branch.

    X = -u'/u makes the equation linear, u'' + (D + T) u = 0, and u has to decay in the past.
    """
    decaying = airyai(-T - D)
    found = -diff(decaying, T) / decaying
    if simplify(diff(found, T) - (D + T + found**2)) != 0:
        raise ArithmeticError("The motion along the soft mode does not solve its equation.")
    return found


@kept
def least_excess() -> float:
    """The excess D that just suffices at large loss: X(0) = 0, since T -> -T, X -> -X leaves the equation as it is.

    >>> f"{least_excess():.6f}"
    '1.018793'
    """
    from scipy.optimize import brentq

    slope = numer(marginal_solution().subs(T, 0))
    return brentq(lambda excess: float(slope.subs(D, excess)), 0.5, 2.0)


def _leaves(damping: float, rate: float) -> bool:
    """Whether X grows without bound."""
    from scipy.integrate import solve_ivp

    def motion(time, state):
        place, velocity = state
        return [velocity, 1 - rate * abs(time) + place**2 - damping * velocity]

    def gone(time, state):
        return state[0] - GONE

    gone.terminal = True
    first, place = -EARLY / rate, -math.sqrt(EARLY - 1)
    start = [place, -rate / (2 * place)]
    run = solve_ivp(motion, (first, -first), start, events=gone, method="LSODA", rtol=1e-7, atol=1e-9)
    return run.status == 1


@lru_cache(maxsize=256)
def _scaled(damping: float) -> float:
    slow, fast = 0.0, 1 / least_excess() ** 1.5 / damping
    while fast - slow > PRECISION * fast:
        middle = (slow + fast) / 2
        slow, fast = (middle, fast) if _leaves(damping, middle) else (slow, middle)
    return (slow + fast) / 2


def scaled_fastest_ramp(damping):
    """rho(a), the fastest ramp near a fold, a function of the loss alone, both scaled; `damping` in [0.001, 1000].

    For large a it is (1.018793)^(-3/2)/a, from the first zero of Ai'; for a -> 0 it is finite.

    >>> f"{scaled_fastest_ramp(100.0) * 100 * least_excess() ** 1.5:.3f}"
    '1.000'
    """
    require_range("damping", damping, 1e-3, 1e3)
    return each_point(_scaled, damping)


@dataclass(frozen=True)
class Fold:
    """Where a fluxon depins: gamma_c; B/M, what the bias accelerates the soft mode by; and g."""

    bias: float
    acceleration: float
    curvature: float


def fold(eccentricity_squared: float, penetration_ratio: float, field: float = 0.0, *, well: int = 3) -> Fold:
    """The fold of the full equation at which a fluxon of this well depins; ranges as of `depinning_current`."""
    state = largest_bias(static_fluxon(eccentricity_squared, penetration_ratio, field, well=well))
    # What the phase gains at a fixed tau as the fluxon moves; at the fold this is the soft mode.
    mode, line = state.change - state.phase_slope, state.line
    weight = state.ring.weights * line.inertia(state.tau)
    moved = state.ring.weights * line.bias_force(state.tau) @ mode / (weight @ mode**2)
    return Fold(state.bias, abs(moved), -state.bend)


def fastest_ramp(eccentricity_squared, penetration_ratio, field, loss, *, peak=None):
    """The fastest ramp d gamma/dt that still prepares a state, as far as the soft mode decides: beyond M16, Sec. IV.

    Parameters
    ----------
    eccentricity_squared, penetration_ratio, field: numbers, ranges as of `depinning_current`; field > 0.
    loss: alpha, any shape, in (0, 1].
    peak: the largest bias; by default `peak_bias`.

    Returns the rate over J_c omega_p, an array of the shape of `loss`. It is exact where `peak` tends to the depinning
    current of the well that is to be left, and an estimate else. Raises ValueError outside these ranges, or if
    `peak` does not exceed that current.

    >>> f"{fastest_ramp(0.75, 0.3, 0.08, 0.5):.4f}"
    '0.0139'
    """
    require_ring(eccentricity_squared, penetration_ratio, field)
    require_range("loss", loss, 0.0, 1.0, above=True)
    ring = float(eccentricity_squared), float(penetration_ratio), float(field)
    left = fold(*ring)
    peak = peak_bias(*ring) if peak is None else float(peak)
    require_range("peak", peak, left.bias, math.inf, above=True)
    excess = peak - left.bias
    frequency = math.sqrt(left.acceleration * math.sqrt(left.curvature * excess / 2))
    return excess * frequency * scaled_fastest_ramp(np.asarray(loss, float) / frequency)
