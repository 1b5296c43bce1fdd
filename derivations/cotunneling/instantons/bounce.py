"""Slips of unequal junctions at any C_m: the path of least action in the plane of both phases, and its determinant.

Beyond SLZ25b: the semiclassical amplitude of the slips (1, 0), (0, 1) and (1, 1) without expansion in C_m.
Inertia, force and curvature are those of the Euclidean Lagrangian. A path phi(tau) from (0, 0) to 2 pi n is odd
around its center phi(0) = pi n, so half of it suffices. In coordinates x = M^(1/2) phi, with M the inertia,

    x'' = dU/dx,   R' = W - R^2,   W = d^2 U/dx^2 on the path,   R(-oo) = W(-oo)^(1/2) = omega,

and what fluctuations bring follows from R at the center and the integral of its trace.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from sympy import Eq, Expr, Matrix, diff, exp, hessian, lambdify, limit, log, oo, simplify, sqrt, symbols

from derivations.cotunneling.action.action import euclidean_lagrangian
from derivations.cotunneling.instantons.instanton import growing_solution, k, z
from derivations.cotunneling.instantons.pair import capacitance_of, r
from derivations.cotunneling.symbols import (
    C_1,
    C_2,
    E_J1,
    E_J2,
    C_m,
    I_bias,
    kappa,
    phi_1,
    phi_2,
    tau,
    xi_1,
    xi_2,
)
from rederived.evaluate.domain import real_numbers, require_integer, require_real
from rederived.kept import kept
from rederived.ledger import lemma

__all__ = ["Bounce", "half_of_the_line", "inertia_matrix", "potential", "slip_amplitude", "slip_path"]

SLIPS = ((1, 0), (0, 1), (1, 1))
NODES, COARSE = 128, 112
PERIODS = 20.0  # of the slowest mode: the path starts where the phases are exp(-PERIODS)
SMALLEST_RATIO = 1e-6  # of C_m/C_1 for a common slip; below it the valley is flat to double precision
phases = symbols("varphi_1 varphi_2", real=True)


@kept
def _density() -> Expr:
    """Euclidean Lagrangian in units of sqrt(E_J1 E_J2), C_m = r C_1, phases and their velocities as symbols."""
    sizes = {E_J1: sqrt(kappa), E_J2: 1 / sqrt(kappa)}
    first, second = capacitance_of(xi_1, E_J1), capacitance_of(xi_2, E_J2)
    density = euclidean_lagrangian().rhs.subs(I_bias, 0).subs(C_m, r * C_1).subs({C_1: first, C_2: second})
    moving = {diff(f(tau), tau): v for f, v in zip((phi_1, phi_2), _VELOCITIES, strict=True)}
    return density.subs(moving).subs({phi_1(tau): phases[0], phi_2(tau): phases[1]}).subs(sizes)


_VELOCITIES = symbols("v_1 v_2", real=True)


@kept
def inertia_matrix() -> Matrix:
    """M, the second derivatives of the Lagrangian by both velocities."""
    return simplify(hessian(_density(), _VELOCITIES))


@kept
def potential() -> Expr:
    """U, the Lagrangian at rest."""
    return simplify(_density().subs(dict.fromkeys(_VELOCITIES, 0)))


@cache
def _functions():
    """Inertia of (xi_1, xi_2, r, kappa), force and curvature of (phi_1, phi_2, kappa), entry by entry."""
    force = [potential().diff(p) for p in phases]
    curvature = list(hessian(potential(), phases))
    inertia = lambdify([xi_1, xi_2, r, kappa], inertia_matrix())
    return inertia, lambdify([*phases, kappa], force), lambdify([*phases, kappa], curvature)


@lemma
def half_of_the_line() -> Eq:
    """Half of the line gives the determinant: slope at the center times the square of what the solution outgrows.

    Even and odd fluctuations have a free and a fixed end at the center. With R = psi'/psi of the growing solution
    the ratio of determinants of both together is R(0)/k exp(2 integral of (R - k)); one junction shows it.
    """
    psi = growing_solution()
    envelope = psi * exp(-k * z)
    whole_line = limit(envelope, z, oo) / limit(envelope, z, -oo)
    slope = (diff(psi, z) / psi).subs(z, 0)
    outgrown = log(envelope.subs(z, 0) / limit(envelope, z, -oo))
    return Eq(slope / k * exp(2 * outgrown), whole_line, evaluate=False)


@dataclass(frozen=True)
class Bounce:
    """Half a path: times (N,) from the center back, phases (N, 2), action, ln(gamma), and |R(0) u_0|/|R(0) u_perp|."""

    times: np.ndarray
    path: np.ndarray
    action: float
    log_amplitude: float
    zero_mode_error: float


class _HalfLine:
    """Chebyshev points u of [0, 1] for times -scale sinh(reach u): dense at the center, the last one far away."""

    def __init__(self, count: int, scale: float, length: float):
        order = np.arange(count)
        angle = np.pi * order / (count - 1)
        u, reach = (1 - np.cos(angle)) / 2, np.arcsinh(length / scale)
        self.times = -scale * np.sinh(reach * u)
        speed = scale * reach * np.cosh(reach * u)  # -d tau/d u
        ends = np.where(order % (count - 1) == 0, 2.0, 1.0) * (-1.0) ** order
        slope = np.outer(ends, 1 / ends) / (u[:, None] - u + np.eye(count))
        self.derivative = (np.diag(slope.sum(axis=1)) - slope) / speed[:, None]
        even = order % 2 == 0
        moments = np.where(even, 1.0, 0.0) / np.where(even, 1.0 - order**2, 1.0)
        self.weights = np.linalg.solve(np.cos(np.outer(order, angle)), moments) * speed


def _root(matrix: np.ndarray) -> np.ndarray:
    """The positive root of a symmetric positive matrix."""
    values, vectors = np.linalg.eigh(matrix)
    return vectors * np.sqrt(values) @ vectors.T


class _Slip:
    """A slip at one set of parameters: its inertia, its small oscillations at rest, and its points in time."""

    def __init__(self, slip: tuple[int, int], xi: tuple[float, float], capacitance_ratio: float, kappa: float):
        self.slip, self.xi, self.ratio, self.kappa = np.asarray(slip), xi, capacitance_ratio, kappa
        self.root_of_inertia, self.rest = self.at(capacitance_ratio)

    def at(self, capacitance_ratio: float):
        """M^(1/2) and omega at some other mutual capacitance."""
        inertia, _, _ = _functions()
        root = _root(inertia(*self.xi, capacitance_ratio, self.kappa))
        inverse = np.linalg.inv(root)
        return root, _root(inverse @ self.curvature(np.zeros((1, 2)))[0] @ inverse)

    def force(self, path: np.ndarray) -> np.ndarray:
        """dU/d phi, shape (N, 2)."""
        _, force, _ = _functions()
        return np.stack(np.broadcast_arrays(*force(*path.T, self.kappa)), axis=-1)

    def curvature(self, path: np.ndarray) -> np.ndarray:
        """d^2 U/d phi^2, shape (N, 2, 2)."""
        _, _, curvature = _functions()
        entries = np.broadcast_arrays(path[:, 0], *curvature(*path.T, self.kappa))[1:]
        return np.stack(entries, axis=-1).reshape(-1, 2, 2)

    def points(self, count: int) -> _HalfLine:
        """Points in time that resolve the fastest and reach far out along the slowest oscillation."""
        slowest, fastest = np.linalg.eigvalsh(self.rest)
        return _HalfLine(count, 1 / fastest, PERIODS / slowest)


def _newton(residual_and_slope, start: np.ndarray, accuracy: float) -> np.ndarray | None:
    """The root of a nonlinear system near `start`, or None if the steps do not get small."""
    found, size = start, np.inf
    for _ in range(25):
        residual, slope = residual_and_slope(found)
        step = np.linalg.solve(slope, residual.ravel()).reshape(found.shape)
        found, before, size = found - step, size, np.abs(step).max()
        if not size < 20:
            return None
        if (size < accuracy and size >= before / 4) or size < accuracy * 1e-3:
            return found
    return None


def _path(problem: _Slip, line: _HalfLine, capacitance_ratio: float, start: np.ndarray) -> np.ndarray | None:
    """Half a path at one mutual capacitance, from a neighboring one."""
    root, rest = problem.at(capacitance_ratio)
    inertia, decay = root @ root, np.linalg.solve(root, rest @ root)
    count = line.times.size
    second, here = line.derivative @ line.derivative, np.arange(count)

    def equations(path):
        residual = second @ path @ inertia - problem.force(path)
        residual[0] = path[0] - np.pi * problem.slip
        residual[-1] = line.derivative[-1] @ path - decay @ path[-1]
        slope = np.einsum("ij,ab->iajb", second, inertia)
        slope[here, :, here, :] -= problem.curvature(path)
        slope[0] = slope[-1] = 0
        slope[0, :, 0, :] = np.eye(2)
        slope[-1] = np.einsum("j,ab->ajb", line.derivative[-1], np.eye(2))
        slope[-1, :, -1, :] -= decay
        return residual, slope.reshape(2 * count, 2 * count)

    return _newton(equations, start, 1e-7)


def _riccati(line: _HalfLine, well: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """R along the path; Newton's method from the solution at rest comes down to it from above."""
    count = line.times.size
    here, basis = np.arange(count), np.array([[[1, 0], [0, 0]], [[0, 0], [0, 1]], [[0, 1], [1, 0]]])

    def components(matrices):
        return np.stack([matrices[..., 0, 0], matrices[..., 1, 1], matrices[..., 0, 1]], axis=-1)

    at_rest = components(rest)

    def equations(found):
        matrices = np.einsum("nc,cab->nab", found, basis)
        residual = line.derivative @ found + components(matrices @ matrices - well)
        residual[-1] = found[-1] - at_rest
        slope = np.einsum("ij,ab->iajb", line.derivative, np.eye(3))
        changes = components(matrices[:, None] @ basis + basis @ matrices[:, None])
        slope[here, :, here, :] += changes.transpose(0, 2, 1)
        slope[-1] = 0
        slope[-1, :, -1, :] = np.eye(3)
        return residual, slope.reshape(3 * count, 3 * count)

    found = _newton(equations, np.tile(at_rest, (count, 1)), 1e-7 * np.abs(at_rest).max())
    if found is None:
        raise ArithmeticError("The fluctuations around the path did not converge: it is no minimum of the action.")
    return np.einsum("nc,cab->nab", found, basis)


def _followed(problem: _Slip, line: _HalfLine) -> np.ndarray:
    """The path followed from C_m = 0, where every junction slips on its own, to the mutual capacitance wanted."""
    _, alone = problem.at(0.0)
    path = problem.slip * 4 * np.arctan(np.exp(np.multiply.outer(line.times, np.diag(alone))))
    reached, wanted = 0.0, np.log1p(problem.ratio)
    step = wanted
    while True:
        there = min(wanted, reached + step)
        found = _path(problem, line, float(np.expm1(there)), path)
        if found is None:
            step /= 2
            if step < 1e-3:
                raise ArithmeticError(f"The path at C_m/C_1 = {problem.ratio:g} did not converge.")
            continue
        path, reached, step = found, there, 2 * step
        if reached >= wanted:
            return path


def _solve(problem: _Slip, count: int) -> Bounce:
    line = problem.points(count)
    path = _followed(problem, line)
    to_phases = np.linalg.inv(problem.root_of_inertia)
    velocity = line.derivative @ path @ problem.root_of_inertia
    action = 2 * float(line.weights @ (velocity**2).sum(axis=1))
    riccati = _riccati(line, to_phases @ problem.curvature(path) @ to_phases, problem.rest)
    speed = np.linalg.norm(velocity[0])
    along = velocity[0] / speed
    across = np.array([-along[1], along[0]])
    stiffness = across @ riccati[0] @ across
    if not stiffness > 0:
        raise ArithmeticError(f"The path of slip {tuple(problem.slip)} is no minimum of the action.")
    outgrown = line.weights @ np.trace(riccati - problem.rest, axis1=1, axis2=2)
    # The zero mode takes S/(2 |u_0|^2) of the determinant, and its weight is sqrt(S/2 pi).
    logarithm = np.log(speed**2 / np.pi * np.linalg.det(problem.rest) / stiffness) / 2 - outgrown - action
    missed = np.linalg.norm(riccati[0] @ along) / stiffness
    return Bounce(line.times, path, action, float(logarithm), float(missed))


def _require_slip(slip) -> tuple[int, int]:
    if not isinstance(slip, tuple | list) or tuple(slip) not in SLIPS:
        raise ValueError(f"Argument `slip` must be in {{(1, 0), (0, 1), (1, 1)}}, but got {slip!r}.")
    return tuple(slip)


def slip_path(slip, xi_1, xi_2, *, capacitance_ratio, kappa=1.0, nodes: int = NODES) -> Bounce:
    """Path, action and amplitude of one slip of two junctions, equal or not, at any C_m: beyond SLZ25b, Eqs. 21, 24.

    Parameters
    ----------
    slip: (1, 0), (0, 1) or (1, 1).
    xi_1, xi_2: Omega_k/E_Jk of each junction without C_m, dimensionless, in [0.05, 3].
    capacitance_ratio: C_m/C_1, dimensionless, in [0, 100]; for the slip (1, 1) in [1e-6, 100].
    kappa: E_J1/E_J2, dimensionless, in [0.1, 10].
    nodes: points in time, in [40, 300].

    Returns a `Bounce`: times <= 0 in units of 1/sqrt(E_J1 E_J2), phases in radians, the action, the logarithm of
    gamma/sqrt(E_J1 E_J2), and what is left of R(0) u_0 = 0, u_0 the velocity at the center.
    Raises ValueError outside these ranges, ArithmeticError without convergence.

    >>> found = slip_path((1, 0), 0.75, 0.75, capacitance_ratio=0.0)
    >>> f"{found.action:.9f}", f"{8 / 0.75:.9f}"
    ('10.666666667', '10.666666667')
    """
    slip = _require_slip(slip)
    xi_1, xi_2 = require_real("xi_1", xi_1, 0.05, 3), require_real("xi_2", xi_2, 0.05, 3)
    ratio = require_real("capacitance_ratio", capacitance_ratio, SMALLEST_RATIO if slip == (1, 1) else 0, 100)
    kappa = require_real("kappa", kappa, 0.1, 10)
    nodes = require_integer("nodes", nodes, 40, 300)
    problem = _Slip(slip, (xi_1, xi_2), ratio, kappa)
    return _solve(problem, nodes)


def slip_amplitude(slip, xi_1, xi_2, *, capacitance_ratio, kappa=1.0, log: bool = False, error: bool = False):
    """Semiclassical amplitude gamma_slip/sqrt(E_J1 E_J2) of two junctions at any C_m: beyond SLZ25b, Eqs. 21, 24.

    Parameters
    ----------
    slip: (1, 0), (0, 1) or (1, 1).
    xi_1, xi_2: Omega_k/E_Jk of each junction without C_m, any shape, dimensionless, in [0.05, 3]; semiclassics
        needs xi << 1.
    capacitance_ratio: C_m/C_1, any shape, dimensionless, in [0, 100]; in [1e-6, 100] for the slip (1, 1), whose
        two slips are independent at C_m = 0. At C_m/C_1 below xi they are not yet merged: use Eq. 31.
    kappa: E_J1/E_J2, any shape, dimensionless, in [0.1, 10].
    log: return sign and logarithm of the magnitude.
    error: return (result, error), where error is an estimate of the relative numerical error.

    Returns an array of the broadcast shape, relative accuracy 1e-8, and 1e-7 where the frequencies of both junctions
    differ by more than a factor of 30. The valley of the slip (1, 1) is flat at small C_m: accuracy 1e-7 at
    C_m/C_1 = 1e-4 and 1e-5 at 1e-6, and for frequencies apart by more than a factor of 100 as little as `error`
    says. Takes 0.05 s a point.
    Raises ValueError outside these ranges, ArithmeticError without convergence.
    At C_m = 0 it is Eq. 14 for single slips; for equal junctions (1, 1) is `merged_instanton_amplitude`.

    >>> f"{slip_amplitude((1, 1), 0.75, 0.75, capacitance_ratio=1.0):.6e}"
    '3.618818e-09'
    """
    slip = _require_slip(slip)
    given = {"xi_1": xi_1, "xi_2": xi_2, "capacitance_ratio": capacitance_ratio, "kappa": kappa}
    arguments = np.broadcast_arrays(*(real_numbers(name, value) for name, value in given.items()))
    shape, points = arguments[0].shape, list(zip(*(v.flat for v in arguments), strict=True))
    fine = [slip_path(slip, a, b, capacitance_ratio=c, kappa=k) for a, b, c, k in points]
    logarithm = np.array([b.log_amplitude for b in fine]).reshape(shape)[()]
    result = (np.ones(shape)[()], logarithm) if log else np.exp(logarithm)
    if not error:
        return result
    coarse = [slip_path(slip, a, b, capacitance_ratio=c, kappa=k, nodes=COARSE) for a, b, c, k in points]
    off = [abs(f.log_amplitude - c.log_amplitude) + f.zero_mode_error for f, c in zip(fine, coarse, strict=True)]
    return result, np.array(off).reshape(shape)[()]
