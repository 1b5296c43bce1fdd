"""Fluxons at rest on the ring, solutions of the static equation: beyond M16, Eqs. 13 and 19.

The fluxon is held at its center, phi(center) = pi, and the bias that this takes is an unknown beside the phase. So
states on the slopes of the potential and on its tops are as easy as those in its wells, and a current has not to be
ramped: the fluxon is free where the bias vanishes, and it depins where the bias is largest.

The phase is ±(tau - center) + pi plus a Fourier series in x, with tau = center + 2 atan(squeeze tan(x/2)): the nodes
crowd where the fluxon is. Derivatives of the bias by the center come from the same factorized matrix.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from derivations.annular.full_equation.line import Line

__all__ = ["PinnedFluxon", "Ring", "hold", "largest_bias", "resting"]

LARGEST = 701  # nodes
TAIL = 1e-11  # of the last Fourier coefficients over the largest
FURTHEST = 0.3  # radians that the center moves at once
CLOSE = 0.5  # radians between a prediction and its correction
STEPS = 60
SETTLED = 1e-7  # radians from the largest bias, which is then right to the square of it
ATTEMPTS = 40  # of Newton's method; from a state nearby it converges in a few, or never
SOFT = 1e-3  # omega^2 of the mode that vanishes where a branch ends; it goes as the square root of the distance
WIDE = 10.0  # lambda_J^2/c^2 over the strongest force: there the phase is nearly tau + const, wherever it is held
NARROWING = 0.7  # of the fluxon from one state of a continuation to the next, at most


@lru_cache(maxsize=32)
def differentiation(nodes: int) -> np.ndarray:
    """The derivative of a Fourier series at an odd number of nodes."""
    k = np.arange(nodes)
    distance = k[:, None] - k
    with np.errstate(divide="ignore"):
        matrix = 0.5 * (-1.0) ** distance / np.sin(np.pi * distance / nodes)
    matrix[k, k] = 0.0
    return matrix


@dataclass(frozen=True)
class Ring:
    """Nodes around any center, `half` of them on either side of it, squeezed together there."""

    half: int
    squeeze: float

    @classmethod
    def fitting(cls, narrowest: float) -> "Ring":
        """Nodes for poles at this distance: the map has singularities of its own, as far away as the squeezed poles."""
        squeeze = min(1.0, np.sqrt(np.tanh(narrowest / 2)))
        reach = 2 * np.arctanh(min(0.9, np.tanh(narrowest / 2) / squeeze))
        return cls(int(np.ceil(max(16.0, 26 / reach))), float(squeeze)).checked()

    @property
    def nodes(self) -> int:
        """An odd number, so that no Fourier mode lacks its partner."""
        return 2 * self.half + 1

    @cached_property
    def x(self) -> np.ndarray:
        """The variable of the Fourier series, shape (nodes,), zero in the middle."""
        return 2 * np.pi / self.nodes * np.arange(-self.half, self.half + 1)

    @cached_property
    def tau(self) -> np.ndarray:
        """The positions from the center."""
        return 2 * np.arctan(self.squeeze * np.tan(self.x / 2))

    @cached_property
    def slope(self) -> np.ndarray:
        """d tau/dx."""
        return self.squeeze / (
            np.cos(self.x / 2) ** 2 + (self.squeeze * np.sin(self.x / 2)) ** 2
        )

    @cached_property
    def weights(self) -> np.ndarray:
        """Of an integral over tau."""
        return self.slope * (2 * np.pi / self.nodes)

    @cached_property
    def derivative(self) -> np.ndarray:
        """d/dtau of a periodic function."""
        return differentiation(self.nodes) / self.slope[:, None]

    @cached_property
    def second(self) -> np.ndarray:
        """The second derivative times the slope: a symmetric matrix."""
        return differentiation(self.nodes) @ self.derivative

    def series(self, periodic: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The Fourier series at any x."""
        waves = np.exp(1j * np.outer(x, np.arange(self.half + 1)))
        coefficients = np.fft.rfft(np.fft.ifftshift(periodic)) / self.nodes
        coefficients[1:] *= 2
        return (waves @ coefficients).real

    def finer(self) -> "Ring":
        """Half as many nodes more."""
        return Ring(self.half + self.half // 2, self.squeeze).checked()

    def checked(self) -> "Ring":
        """Raise ValueError if there were more nodes than is sensible."""
        if self.nodes > LARGEST:
            raise ValueError(
                f"Argument `penetration_ratio` must be larger, for {LARGEST} nodes to resolve the fluxon, "
                f"but needs {self.nodes}; the local limit serves there."
            )
        return self


@dataclass(frozen=True)
class PinnedFluxon:
    """A static fluxon held at its center, and how the bias that holds it depends on the center.

    `periodic` is the phase less polarity (tau - center) + pi, at the nodes; `change` and `change_2` are its
    derivatives by the center, at nodes that move with it, `slope` and `bend` those of the bias.
    """

    line: Line
    ring: Ring
    center: float
    polarity: int
    periodic: np.ndarray
    bias: float
    change: np.ndarray
    change_2: np.ndarray
    slope: float
    bend: float

    @property
    def tau(self) -> np.ndarray:
        """The nodes, unwrapped."""
        return self.center + self.ring.tau

    @property
    def phase(self) -> np.ndarray:
        """phi at the nodes."""
        return self.polarity * self.ring.tau + np.pi + self.periodic

    @property
    def phase_slope(self) -> np.ndarray:
        """d phi/d tau at the nodes."""
        return self.polarity + self.ring.derivative @ self.periodic

    @property
    def energy(self) -> float:
        """Over E_0', with the field and without the bias."""
        density = self.line.energy_density(self.tau, self.phase, self.phase_slope, 0.0)
        return float(self.ring.weights @ density) / self.line.unit

    def phase_at(self, tau) -> np.ndarray:
        """phi anywhere on the unwrapped ring."""
        distance = np.asarray(tau, float) - self.center
        turns = np.round(distance / (2 * np.pi))
        within = distance - 2 * np.pi * turns
        x = 2 * np.arctan2(
            np.sin(within / 2), self.ring.squeeze * np.cos(within / 2)
        )
        return (
            self.polarity * distance
            + np.pi
            + self.ring.series(self.periodic, x.ravel()).reshape(x.shape)
        )

    def slope_at(self, tau) -> np.ndarray:
        """d phi/d tau anywhere on the unwrapped ring."""
        within = np.asarray(tau, float) - self.center
        squeezed = self.ring.squeeze * np.cos(within / 2)
        x = 2 * np.arctan2(np.sin(within / 2), squeezed)
        periodic = self.ring.series(self.phase_slope, x.ravel())
        return periodic.reshape(x.shape)

    def squared_frequencies(self, count: int = 1) -> np.ndarray:
        """The lowest omega^2, in omega_p^2, of small oscillations at constant bias; negative if unstable."""
        from scipy.linalg import eigh

        root = np.sqrt(self.ring.slope * self.line.inertia(self.tau))
        symmetric = self.restoring / root[:, None] / root
        return eigh((symmetric + symmetric.T) / 2, eigvals_only=True, subset_by_index=(0, count - 1))

    @cached_property
    def restoring(self) -> np.ndarray:
        """The second variation of the energy at constant bias, over tau, at the nodes: a symmetric matrix."""
        ring, tau = self.ring, self.tau
        pairs = ring.slope * self.line.pairs(tau) * np.cos(self.phase)
        return -self.line.stiffness * ring.second + np.diag(pairs)

    @property
    def stable(self) -> bool:
        """Whether every small motion at constant bias costs energy."""
        return _positive(self.restoring)

    @property
    def pinned_firmly(self) -> bool:
        """Whether every small motion with phi(center) at rest costs energy; then one mode at most is unstable."""
        others = np.arange(self.ring.nodes) != self.ring.half
        return _positive(self.restoring[np.ix_(others, others)])

    @property
    def resolved(self) -> bool:
        """Whether the Fourier series has converged."""
        size = np.abs(np.fft.rfft(np.fft.ifftshift(self.periodic)))
        last = size[-max(4, len(size) // 12) :].max()
        return bool(last < TAIL * max(size.max(), 1.0) * self.ring.nodes)


def _positive(symmetric: np.ndarray) -> bool:
    """Whether a symmetric matrix is positive definite: whether it has a Cholesky factor."""
    from scipy.linalg.lapack import dpotrf

    return dpotrf(symmetric)[1] == 0


def hold(
    line: Line,
    center: float,
    polarity: int = 1,
    *,
    near: PinnedFluxon | None = None,
    half: int | None = None,
) -> PinnedFluxon:
    """Hold a fluxon at `center`, by Newton's method from a state nearby or from a free fluxon of the local width.

    A fluxon that is not a continuation of one nearby is the one that is left when lambda_J/c shrinks from where no
    other exists; no small motion with the center at rest lowers its energy. `half` is the least number of nodes on
    either side of the center.

    Raises ArithmeticError if there is none that is found, ValueError if too many nodes were needed.
    """
    if near is not None:
        return _near(line, center, polarity, near)
    ring = Ring.fitting(line.narrowest)
    if half is not None:
        ring = Ring(max(half, ring.half), ring.squeeze)  # not limited: an error estimate takes more nodes than a value
    try:
        held = _resolved(_newton(line, ring, center, polarity, *_free(line, ring, center, polarity), ATTEMPTS))
        if held.pinned_firmly:
            return held
    except ArithmeticError:
        pass
    held = _narrowed(line, ring, center, polarity)
    if not held.pinned_firmly:
        raise ArithmeticError(f"The static fluxon at tau = {center:g} is unstable.")
    return held


def _free(line: Line, ring: Ring, center: float, polarity: int) -> tuple[np.ndarray, float]:
    """A fluxon of the local width, with its images so that it winds once around the ring, and no bias."""
    width = float(np.sqrt(line.stiffness / line.pairs(np.array([center]))[0]))
    images = 2 * np.pi * np.arange(-1 - int(6 * width), 2 + int(6 * width))
    kinks = 4 * np.arctan(np.tanh((ring.tau[:, None] - images) / (2 * width)))
    return polarity * (kinks.sum(axis=1) - ring.tau), 0.0


def _near(line: Line, center: float, polarity: int, near: PinnedFluxon) -> PinnedFluxon:
    distance = center - near.center
    periodic = near.periodic + distance * (near.change + distance / 2 * near.change_2)
    bias = near.bias + distance * (near.slope + distance / 2 * near.bend)
    held = _newton(line, near.ring, center, polarity, periodic, bias, ATTEMPTS // 4)
    if np.abs(held.periodic - periodic).max() > CLOSE:
        raise ArithmeticError(f"The static fluxon at tau = {center:g} is not the one nearby.")
    return _resolved(held)


def _resolved(held: PinnedFluxon) -> PinnedFluxon:
    """The same state at as many nodes as its series needs."""
    while not held.resolved:
        finer = held.ring.finer()
        periodic = held.ring.series(held.periodic, finer.x)
        held = _newton(held.line, finer, held.center, held.polarity, periodic, held.bias, ATTEMPTS)
    return held


def _narrowed(line: Line, ring: Ring, center: float, polarity: int) -> PinnedFluxon:
    """The fluxon that a very wide one becomes while lambda_J/c shrinks to that of the line."""
    tau = center + ring.tau
    strongest = float(np.max(line.pairs(tau) + np.abs(line.field_force(tau))))
    stiffness, shrink = max(line.stiffness, WIDE * strongest), NARROWING
    held = _newton(replace(line, stiffness=stiffness), ring, center, polarity, np.zeros(ring.nodes), 0.0, ATTEMPTS)
    while held.line.stiffness > line.stiffness:
        stiffness = max(line.stiffness, held.line.stiffness * shrink**2)
        try:
            following = _newton(
                replace(line, stiffness=stiffness), ring, center, polarity, held.periodic, held.bias, ATTEMPTS // 4
            )
            following = following if np.abs(following.periodic - held.periodic).max() < CLOSE else None
        except ArithmeticError:
            following = None
        if following is not None:
            held, shrink = following, max(NARROWING, shrink**2)
        elif shrink > 1 - 1e-3:
            raise ArithmeticError(f"No static fluxon was found at tau = {center:g} when it narrows from a wide one.")
        else:
            shrink = shrink**0.5
    return _resolved(held)


def _newton(
    line: Line,
    ring: Ring,
    center: float,
    polarity: int,
    periodic: np.ndarray,
    bias: float,
    attempts: int,
) -> PinnedFluxon:
    """Newton's method for the phase and the bias, then the derivatives of both by the center."""
    from scipy.linalg.lapack import dgetrf, dgetrs

    tau, n = center + ring.tau, ring.nodes
    winding = polarity * ring.tau + np.pi
    strength, push = (
        ring.slope * line.pairs(tau),
        ring.slope * line.field_force(tau),
    )
    current, curving = (
        ring.slope * line.bias_force(tau),
        line.stiffness * ring.second,
    )
    matrix = np.zeros((n + 1, n + 1), order="F")
    matrix[:n, n], matrix[n, ring.half] = current, 1.0
    unknown = np.append(periodic, bias)

    for _ in range(attempts):
        phase = winding + unknown[:n]
        residual = (
            curving @ unknown[:n]
            - strength * np.sin(phase)
            - push
            + unknown[n] * current
        )
        matrix[:n, :n] = curving.T  # symmetric, and so in the order of LAPACK
        matrix[range(n), range(n)] -= strength * np.cos(phase)
        factors, pivots, failed = dgetrf(matrix)
        if failed:
            break
        step, _ = dgetrs(factors, pivots, np.append(-residual, -unknown[ring.half]))
        size = np.abs(step[:n]).max()
        unknown += step * min(1.0, 1.0 / size)
        if size < 1e-7:
            break
    if failed or not size < 1e-7:
        raise ArithmeticError(
            f"No static fluxon was found at tau = {center:g}: the last step was {size:.1e}."
        )

    # phi(center; center) = pi at every center, differentiated once and twice at a fixed tau.
    phase, middle, zeros = winding + unknown[:n], ring.half, np.zeros(n)
    steepness = polarity + ring.derivative @ unknown[:n]
    first, _ = dgetrs(factors, pivots, np.append(zeros, -steepness[middle]))
    change, steepening = first[:n], ring.derivative @ first[:n]
    curvature = ring.derivative @ steepness
    source = np.append(
        -strength * np.sin(phase) * change**2,
        -curvature[middle] - 2 * steepening[middle],
    )
    second, _ = dgetrs(factors, pivots, source)
    # What moves with the center changes by the slope of the phase besides.
    moving, moving_2 = change + steepness, second[:n] + 2 * steepening + curvature
    return PinnedFluxon(
        line,
        ring,
        center,
        polarity,
        unknown[:n],
        float(unknown[n]),
        moving,
        moving_2,
        float(first[n]),
        float(second[n]),
    )


def resting(
    line: Line,
    start: float,
    *,
    stable: bool = True,
    polarity: int = 1,
    half: int | None = None,
) -> PinnedFluxon:
    """The fluxon in equilibrium without bias, in the well (or on the top, unless `stable`) that `start` belongs to.

    Raises ValueError if the well, or the top, is no more, ArithmeticError if what rests there is another state: a well
    has no unstable mode, a top exactly one.
    """
    sign = -polarity if stable else polarity
    state = hold(line, start, polarity, half=half)
    for _ in range(STEPS):
        if not state.slope * sign > 0:
            break
        distance = _to_zero(state)
        if abs(distance) < 1e-9:
            state = replace(state, bias=0.0) if abs(state.bias) < 1e-12 else _moved(state, distance)
            return _judged(state, stable)
        state = _moved(state, float(np.clip(distance, -FURTHEST, FURTHEST)))
    what = "well" if stable else "top"
    raise ValueError(f"Argument `field` must be smaller, since the {what} near tau = {start:.4g} is gone.")


def _judged(state: PinnedFluxon, stable: bool) -> PinnedFluxon:
    if not state.pinned_firmly or state.stable != stable:
        wanted = "no unstable mode" if stable else "exactly one unstable mode"
        lowest = ", ".join(f"{value:.1e}" for value in state.squared_frequencies(2))
        raise ArithmeticError(
            f"The fluxon at rest at tau = {state.center:g} must have {wanted}, but has omega^2 = {lowest}."
        )
    return state


def _to_zero(state: PinnedFluxon) -> float:
    """How far the bias vanishes, by its slope and, where that has a root, its second derivative."""
    under = state.slope**2 - 2 * state.bias * state.bend
    if under <= 0:
        return -state.bias / state.slope
    return -2 * state.bias / (state.slope + np.copysign(np.sqrt(under), state.slope))


def _moved(state: PinnedFluxon, distance: float) -> PinnedFluxon:
    """Move the center, in shorter steps where Newton's method would leave the branch."""
    try:
        return hold(state.line, state.center + distance, state.polarity, near=state)
    except ArithmeticError:
        if abs(distance) < 1e-3:
            raise
        return _moved(_moved(state, distance / 2), distance / 2)


def largest_bias(state: PinnedFluxon, direction: int = 1) -> PinnedFluxon:
    """From a fluxon at rest to where it depins: the nearest maximum (`direction` 1) or minimum (-1) of the bias.

    In strong fields the phase may slip before, on the far side of the ring, where it is narrow: the state is then the
    last static one. Raises ArithmeticError if there is neither within a turn.
    """
    towards = -state.polarity * direction
    start = state.center
    while abs(state.center - start) < 2 * np.pi:
        ahead = _to_extremum(state)
        if abs(ahead) < SETTLED:
            return _firmly(state)
        bounded = np.sign(ahead) == towards and abs(ahead) < FURTHEST
        try:
            following = _moved(state, ahead if bounded else towards * FURTHEST)
            if following.slope * towards * direction <= 0:
                return _firmly(_between(state, following))
        except ArithmeticError:
            return _last_static(state, towards)
        state = following
    raise ArithmeticError(f"The bias has no extremum beyond tau = {start:g}.")


def _to_extremum(state: PinnedFluxon) -> float:
    return -state.slope / state.bend if state.bend else np.inf


def _between(before: PinnedFluxon, beyond: PinnedFluxon) -> PinnedFluxon:
    """The extremum between two states, the slopes of whose biases have different signs."""
    halve = False
    while True:
        best = min(before, beyond, key=lambda state: abs(_to_extremum(state)))
        gap, ahead = beyond.center - before.center, _to_extremum(best)
        if abs(ahead) < SETTLED or abs(gap) < SETTLED:
            return best
        share = (best.center + ahead - before.center) / gap
        middle = _moved(before, gap / 2) if halve or not 0 < share < 1 else _moved(best, ahead)
        halve = abs(_to_extremum(middle)) > abs(ahead) / 2  # Newton's method gains little here
        if np.sign(middle.slope) == np.sign(before.slope):
            before = middle
        else:
            beyond = middle


def _firmly(state: PinnedFluxon) -> PinnedFluxon:
    if not state.pinned_firmly:
        raise ArithmeticError(f"The phase has slipped before the fluxon depins at tau = {state.center:g}.")
    return state


def _last_static(state: PinnedFluxon, towards: int) -> PinnedFluxon:
    """The largest bias of a branch that turns back, approached by ever shorter steps; one of its modes is soft."""
    distance, rising = FURTHEST, np.sign(state.slope)
    while distance > 3e-9:
        try:
            ahead = hold(state.line, state.center + towards * distance, state.polarity, near=state)
        except ArithmeticError:
            ahead = None
        if ahead is None or np.sign(ahead.slope) != rising:
            distance /= 2
        else:
            state = ahead
    softest = state.squared_frequencies()[0]
    if softest > SOFT:
        raise ArithmeticError(f"No static fluxon was found beyond tau = {state.center:g}, and omega^2 = {softest:.1e}.")
    return state
