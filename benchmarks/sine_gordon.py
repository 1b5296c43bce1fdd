"""A fluxon that swings for T = 200, against solve_ivp DOP853 at the same error in the same run; the goals are 0.2 s,
and 0.05 s for a static quantity.

Run: `OMP_NUM_THREADS=1 python benchmarks/sine_gordon.py`
"""

import math

import numpy as np
from scipy.fft import irfft, rfft
from scipy.integrate import solve_ivp
from timer import seconds

from derivations.annular.full_equation.dynamics import Motion
from derivations.annular.full_equation.line import line_of
from derivations.annular.full_equation.sine_gordon import critical_field, depinning_current, fluxon_frequency
from derivations.annular.full_equation.static_states import resting

__all__ = ["main"]

SQUARE, RATIO, POINTS, DURATION = 0.75, 0.1, 192, 200.0
SHARES = (0.5, 0.95, 0.99)  # of the critical field
STEP, SHIFT = 0.16, 0.3  # in time; of the fluxon from its well, in radians


def right_side(line):
    """phi_t and v_t by transforms, as one would write it for solve_ivp."""
    tau = 2 * math.pi / POINTS * np.arange(POINTS)
    speed_squared, modes = line.stiffness / line.inertia(tau), np.arange(POINTS // 2 + 1) ** 2.0

    def function(t, state):
        phase, velocity = state[:POINTS], state[POINTS:]
        curved = irfft(-modes * rfft(phase - tau), POINTS)
        return np.concatenate([velocity, speed_squared * curved - np.sin(phase)])

    return function


def main() -> None:
    """Print times of both at one error, their ratio, and those of static quantities: of both wells the slower."""
    line = line_of(SQUARE, RATIO)
    tau = 2 * math.pi / POINTS * np.arange(POINTS)
    phase = resting(line, math.pi / 2).phase_at(tau - SHIFT)
    start, function = np.append(phase, 0 * phase), right_side(line)

    def plain(tolerance):
        solved = solve_ivp(function, (0, DURATION), start, method="DOP853", rtol=tolerance, atol=tolerance)
        return solved.y[:POINTS, -1]

    def ours():
        motion = Motion(line, phase, 0 * phase, STEP)
        motion.advance(round(DURATION / STEP))
        return motion

    exact, ended = plain(1e-12), ours()
    error = np.abs(ended.phase - exact).max()
    tolerance = 1e-3
    while np.abs(plain(tolerance) - exact).max() > error and tolerance > 1e-11:
        tolerance /= 2
    mine, theirs = seconds(ours, 5), seconds(lambda: plain(tolerance), 2)
    print(f"T = {DURATION:g}, N = {POINTS}, symplectic  {mine:8.3f} s   error {error:.1e}")
    print(f"the same by DOP853            {theirs:8.3f} s   error {np.abs(plain(tolerance) - exact).max():.1e}")
    print(f"ratio                         {theirs / mine:8.1f}")
    for evaluator in (fluxon_frequency, depinning_current):
        evaluator(SQUARE, RATIO)
        print(f"{evaluator.__name__:29} {seconds(lambda e=evaluator: e(SQUARE, RATIO), 20):8.4f} s")
    limit = float(critical_field(SQUARE, RATIO))
    for share in SHARES:
        slowest = max(seconds(lambda w=well, h=share * limit: depinning_current(SQUARE, RATIO, h, 0.0, w), 20)
                      for well in (1, 3))  # fmt: skip
        print(f"{f'the same at {share} h_c':29} {slowest:8.4f} s")
    squashed = 0.95
    field = 0.9 * float(critical_field(squashed, RATIO))
    torn = seconds(lambda: depinning_current(squashed, RATIO, field), 2)
    print(f"{f'e^2 = {squashed}, 0.9 h_c, torn':29} {torn:8.4f} s")


if __name__ == "__main__":
    main()
