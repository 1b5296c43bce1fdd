"""Fluxons in motion: the full equation on the ring in time, with loss, surface loss and ramps: M16, Eq. 5.

    phi_t = v,   v_t = (lambda_J^2/c^2 Q^2)(1 + beta d/dt) phi_tau,tau - sin(phi) - F_h + gamma(t) - alpha v

The phase is ±tau plus a Fourier series in tau. Each step composes exact flows of the first and of the second
equation, so without loss and bias the flow is symplectic and the energy does not drift.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from derivations.annular.full_equation.line import Line
from rederived.evaluate.domain import require_range

__all__ = ["Motion", "Trajectory", "boosted_kink", "points_for"]

# Blanes and Moan, J. Comput. Appl. Math. 142, 313 (2002): order 4 with six stages.
_DRIFTS = (0.0792036964311957, 0.353172906049774, -0.0420650803577195)
_KICKS = (0.209515106613362, -0.143851773179818)
DRIFTS = (*_DRIFTS, 1 - 2 * sum(_DRIFTS), *_DRIFTS[::-1])
KICKS = (*_KICKS, 0.5 - sum(_KICKS), 0.5 - sum(_KICKS), *_KICKS[::-1])
STABLE = 3.0  # largest step times highest frequency
DENSE = 320  # points up to which a matrix is faster than transforms
MOST_POINTS = 1536


def points_for(
    narrowest: float, tolerance: float = 1e-7, speed: float = 0.0
) -> int:
    """Nodes in tau, a multiple of 8, that represent a fluxon of this speed with a relative error of `tolerance`.

    `narrowest` is the distance of the poles of a fluxon at rest from the real line, which motion contracts.
    Raises ValueError if there were more than is sensible.
    """
    needed = 2 * math.log(1 / tolerance) / (narrowest * math.sqrt(1 - speed**2))
    count = 8 * math.ceil(max(needed, 32) / 8)
    if count > MOST_POINTS:
        raise ValueError(
            f"Argument `penetration_ratio` must be larger, for {MOST_POINTS} nodes to resolve the moving fluxon, "
            f"but needs {count}; a larger tolerance needs fewer."
        )
    return count


def _winding(phase: np.ndarray) -> int:
    """The polarity of a phase (N, ...): how often it winds along the ring."""
    last = 2 * phase[-1] - phase[-2] - phase[0]
    return int(np.sign(np.round(np.mean(last / np.pi))))


def _derivative(periodic: np.ndarray, axis: int) -> np.ndarray:
    """d/d tau of a Fourier series, along an axis of its values."""
    points = periodic.shape[axis]
    modes = 1j * np.arange(points // 2 + 1)
    modes[-1] = 0
    shape = [1] * periodic.ndim
    shape[axis] = -1
    return np.fft.irfft(np.fft.rfft(periodic, axis=axis) * modes.reshape(shape), points, axis=axis)


@lru_cache(maxsize=8)
def _second_derivative(points: int) -> np.ndarray:
    wave = np.fft.rfft(np.eye(points), axis=0)
    modes = np.arange(points // 2 + 1)[:, None]
    return np.fft.irfft(-(modes**2) * wave, points, axis=0)


@dataclass(frozen=True)
class Trajectory:
    """What is recorded of a motion; the last axis counts the runs, if there are several.

    `times` (T,) in 1/omega_p; `position` (T, ...), the unwrapped tau where phi = pi; `voltage`, the mean of phi_t;
    `energy` over E_0', with the field and without the bias; `phase` (T, N, ...), or (0, N, ...) unless kept.
    """

    times: np.ndarray
    tau: np.ndarray
    position: np.ndarray
    voltage: np.ndarray
    energy: np.ndarray
    phase: np.ndarray

    @property
    def energy_error(self) -> float:
        """The largest relative change of the energy, which measures the error where nothing supplies or takes any."""
        return float(np.abs(self.energy / self.energy[0] - 1).max())

    @property
    def phase_slope(self) -> np.ndarray:
        """d phi/d tau at the nodes, the magnetic flux density of the fluxon, shape of `phase`."""
        column = self.tau.reshape(-1, *(1,) * (self.phase.ndim - 2))
        polarity = _winding(self.phase[0])
        return polarity + _derivative(self.phase - polarity * column, axis=1)


class Motion:
    """The state of one fluxon, or of several side by side, and the steps that it takes.

    Parameters: the `line`; phase and velocity at the nodes tau = 2 pi k/N, shape (N,) or (N, R); `step` in 1/omega_p;
    `loss` alpha, a number or (R,); `surface_loss` beta, a number; `bias`, a function of time that returns a number
    or (R,). Raises ValueError if the step is too long to be stable or not positive, or for a negative loss.
    """

    def __init__(
        self,
        line: Line,
        phase: np.ndarray,
        velocity: np.ndarray,
        step: float,
        *,
        loss=0.0,
        surface_loss: float = 0.0,
        bias: Callable | None = None,
    ):
        require_range("step", step, 0.0, math.inf, above=True)
        require_range("loss", loss, 0.0, math.inf)
        require_range("surface_loss", surface_loss, 0.0, math.inf)
        self.line, self.points, self.step, self.time = (
            line,
            len(phase),
            float(step),
            0.0,
        )
        self.tau = 2 * np.pi / self.points * np.arange(self.points)
        self.phase, self.velocity = (
            np.array(phase, float),
            np.array(velocity, float),
        )
        self.polarity = _winding(self.phase)
        column = (slice(None),) + (None,) * (self.phase.ndim - 1)
        inertia = line.inertia(self.tau)
        longest = self.longest_step(line, self.points)
        if step > longest:
            raise ValueError(
                f"Argument `step` must be at most {longest:.3g} to be stable, but got {step:g}."
            )
        self.speed_squared = (line.stiffness / inertia)[column]
        dense = self.points <= DENSE or surface_loss
        self.waves = (
            self.speed_squared.reshape(-1, 1) * _second_derivative(self.points)
            if dense
            else None
        )
        strength = line.pairs(self.tau) / inertia
        self.uniform = bool(np.allclose(strength, 1, rtol=1e-14))
        self.strength = strength[column]
        winding = np.ascontiguousarray(self.polarity * self.tau[column])
        self.push = (
            self._curved(winding, np.empty_like(winding))
            + (line.field_force(self.tau) / inertia)[column]
        )
        self.pull = (line.bias_force(self.tau) / inertia)[column]
        self.inertia, self.bias = inertia[column], bias
        self.loss = (
            np.asarray(loss, float) * (line.friction(self.tau) / inertia)[column]
        )
        self.surface_loss = float(surface_loss)
        self.flows = [self._friction(b * self.step) for b in KICKS]

    @staticmethod
    def longest_step(line: Line, points: int) -> float:
        """What the fastest wave of the nodes allows."""
        inertia = line.inertia(2 * np.pi / points * np.arange(points)).min()
        return STABLE / math.sqrt(line.stiffness * (points / 2) ** 2 / inertia + 1)

    def _friction(self, duration: float):
        """What a kick multiplies the velocity and the force by: both exact for friction and a constant force."""
        if self.surface_loss:
            from scipy.linalg import expm

            if np.ndim(self.loss) > 1 and self.loss.shape[1] > 1:
                raise ValueError(
                    "Argument `loss` must be one number beside `surface_loss`, but is an array."
                )
            n, spreading = (
                self.points,
                self.line.surfaces(self.tau) / self.inertia.ravel(),
            )
            spread = spreading[:, None] * _second_derivative(n)
            rate = self.surface_loss * spread - np.diag(self.loss.ravel())
            block = expm(
                np.block([[rate, np.eye(n)], [np.zeros((n, 2 * n))]]) * duration
            )
            return block[:n, :n], block[:n, n:]
        decay = np.exp(-self.loss * duration)
        slow = np.where(self.loss > 0, self.loss, 1.0)
        return decay, np.where(
            self.loss > 0, -np.expm1(-self.loss * duration) / slow, duration
        )

    def _curved(self, phase: np.ndarray, out: np.ndarray) -> np.ndarray:
        """Speed of waves squared times phi_tau,tau: by a matrix while it fits the cache, else by transforms."""
        if self.waves is not None:
            return np.matmul(self.waves, phase, out=out)
        from scipy.fft import irfft, rfft

        modes = np.arange(self.points // 2 + 1).reshape(
            -1, *(1,) * (phase.ndim - 1)
        )
        found = irfft(
            rfft(phase, axis=0) * -(modes**2.0),
            self.points,
            axis=0,
            overwrite_x=True,
        )
        found *= self.speed_squared
        return found

    def advance(self, count: int = 1, fraction: float = 1.0) -> None:
        """Take `count` steps, or fractions of a step."""
        phase, velocity, step = self.phase, self.velocity, self.step * fraction
        flows = (
            self.flows
            if fraction == 1
            else [self._friction(b * step) for b in KICKS]
        )
        force, sine = np.empty_like(phase), np.empty_like(phase)
        lossless = not self.surface_loss and not self.loss.any()
        for _ in range(count):
            time = self.time
            for stage, (drift, kick) in enumerate(zip(DRIFTS, KICKS, strict=False)):
                np.multiply(velocity, drift * step, out=sine)
                phase += sine
                time += drift * step
                force = self._curved(phase, force)
                np.sin(phase, out=sine)
                if not self.uniform:
                    sine *= self.strength
                force -= sine
                force -= self.push
                if self.bias is not None:
                    force += self.bias(time) * self.pull
                if lossless:
                    force *= kick * step
                    velocity += force
                elif self.surface_loss:
                    decay, weight = flows[stage]
                    velocity[...] = decay @ velocity + weight @ force
                else:
                    decay, weight = flows[stage]
                    force *= weight
                    velocity *= decay
                    velocity += force
            np.multiply(velocity, DRIFTS[-1] * step, out=sine)
            phase += sine
            self.time += step

    def run(
        self,
        duration: float,
        samples: int = 200,
        *,
        keep: bool = False,
        watch: Callable | None = None,
    ) -> Trajectory:
        """Record `samples` + 1 moments of a time `duration`, rounded up so that steps fit between them.

        `watch` is called with each position that is recorded; it may change what the bias will be.
        Raises ArithmeticError if the fluxon has become too narrow for the nodes.
        """
        each = math.ceil(duration / samples / self.step - 1e-9)
        records = [self._record(keep)]
        for _ in range(samples):
            self.advance(each)
            records.append(self._record(keep))
            if watch is not None:
                watch(records[-1][1])
        times, position, voltage, energy, phase = (
            np.array(column) for column in zip(*records, strict=True)
        )
        self.require_resolution()
        return Trajectory(times, self.tau, position, voltage, energy, phase)

    def _record(self, keep: bool) -> tuple:
        kept = self.phase.copy() if keep else np.empty((0, *self.phase.shape[1:]))
        return (
            self.time,
            self.position(),
            self.velocity.mean(axis=0),
            self.energy(),
            kept,
        )

    def _wound(self) -> np.ndarray:
        """The periodic part of the phase."""
        column = self.tau if self.phase.ndim == 1 else self.tau[:, None]
        return self.phase - self.polarity * column

    def phase_slope(self) -> np.ndarray:
        """d phi/d tau."""
        return self.polarity + _derivative(self._wound(), axis=0)

    def energy(self) -> np.ndarray:
        """Over E_0', with the field and without the bias."""
        tau = self.tau.reshape(self.inertia.shape)
        density = self.line.energy_density(tau, self.phase, self.phase_slope(), self.velocity)
        return density.sum(axis=0) * (2 * np.pi / self.points / self.line.unit)

    def position(self) -> np.ndarray:
        """Where, on the unwrapped ring, the phase is pi; a cubic through four nodes."""
        phase = self.phase.reshape(self.points, -1)
        turn = 2 * np.pi * self.polarity
        around = np.concatenate([phase[-1:] - turn, phase, phase[:2] + turn])
        level = np.floor((around - np.pi) / (2 * np.pi))
        jump = np.diff(level[1:-1], axis=0) * self.polarity > 0
        rise = np.where(
            jump, np.diff(around[1:-1], axis=0) * self.polarity, -np.inf
        )
        at, run = rise.argmax(axis=0), np.arange(phase.shape[1])
        crossed = np.maximum(level[at + 1, run], level[at + 2, run])
        nearby = (
            around[at + np.arange(4)[:, None], run] - np.pi - 2 * np.pi * crossed
        )
        share = nearby[1] / (nearby[1] - nearby[2])
        for _ in range(2):
            value, slope = _cubic(nearby, share)
            share = share - value / slope
        found = (at + share) * 2 * np.pi / self.points - turn * crossed
        return found.reshape(self.phase.shape[1:])[()]

    def require_resolution(self, tolerance: float = 1e-3) -> None:
        """Raise ArithmeticError unless the last Fourier coefficients of the phase are small."""
        waves = np.abs(np.fft.rfft(self._wound(), axis=0)) / self.points
        if not waves[-self.points // 16 :].max() <= tolerance:
            raise ArithmeticError(
                f"The moving fluxon is narrower than {self.points} nodes resolve: take more of them."
            )


def _cubic(values: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The cubic through values at -1, 0, 1, 2, and its derivative, at `share`."""
    before, here, there, after = values
    c_1 = there - before / 3 - here / 2 - after / 6
    c_2 = (before + there) / 2 - here
    c_3 = (after - before) / 6 + (here - there) / 2
    return here + share * (c_1 + share * (c_2 + share * c_3)), c_1 + share * (
        2 * c_2 + 3 * share * c_3
    )


def boosted_kink(
    line: Line, points: int, center: float, speed: float, polarity: int = 1
):
    """Phase and velocity, both (points,), of the free fluxon of M16, Eq. 18, Lorentz-contracted; `speed` below 1."""
    tau = 2 * np.pi / points * np.arange(points)
    nearest = center + np.remainder(tau - center + np.pi, 2 * np.pi) - np.pi
    nodes, weights = np.polynomial.legendre.leggauss(60)
    half = (nearest - center)[:, None] / 2
    length = (
        half * weights * np.sqrt(line.inertia(center + half * (nodes + 1)))
    ).sum(axis=1)
    reach = length / line.unit / math.sqrt(1 - speed**2)
    phase = 4 * np.arctan(np.exp(polarity * reach)) + polarity * (tau - nearest)
    velocity = -polarity * speed / math.sqrt(1 - speed**2) * 2 / np.cosh(reach)
    return phase, velocity
