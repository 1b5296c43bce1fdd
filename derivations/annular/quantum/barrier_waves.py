"""Waves in a barrier: the splitting of two wells and the escape from one, for barriers of any and of simple shape.

Beyond M16, Sec. II.4. Units are those of `fluxon`, q is the coordinate in which the mass is one, and hbar_* the quantum
of action. `tunneling` evaluates what is derived here.
"""


from sympy import Eq, Expr, Rational, diff, exp, expand, factor, integrate, pi, simplify, solve, sqrt, symbols

from derivations.annular.particle.double_well import near_critical_field
from derivations.annular.quantum.quantization import near_critical_frequencies, omega, q
from derivations.annular.symbols import hbar_star
from rederived.kept import kept

__all__ = [
    "cubic_escape",
    "escape_formula",
    "near_critical_splitting",
    "splitting_of_quartic_well",
    "splitting_formula",
]

near, splitting, rate = symbols(r"\delta \Delta\hat{E} \hat{\Gamma}", positive=True)
height = symbols(r"\Delta\hat{U}", positive=True)
amplitude, path, delay = symbols("K S_0 X", positive=True)  # of the wave in the barrier; its action; exp of its time


@kept
def barrier_wave() -> Expr:
    """Square of the wave of the ground state in a barrier, times the momentum there: p psi^2.

    Below hbar omega/2 it is K p^(-1/2) exp(-int p/hbar + int omega/2p). At a small distance from the well p = omega
    times that distance, and it has to be the flank of the oscillator's ground state.
    """
    flank = (omega / (pi * hbar_star)) ** Rational(1, 4)
    start = amplitude / sqrt(omega * near)
    (matched,) = solve(start - flank, amplitude)
    return simplify(matched**2) * exp(-2 * path / hbar_star)


def _with_delay(expression: Expr) -> Expr:
    """X: the distance from the well at which counting starts, times exp(omega int dq/p) from there on."""
    return expression.subs(near, delay)


@kept
def splitting_formula() -> Eq:
    """Splitting of two wells by tunneling: 2 hbar p psi^2 in the middle of the barrier between them.

    S_0 is int p dq from well to well, p = sqrt(2 (U - U_m)); X = lim delta exp(omega int dq/p) from delta to the
    middle. This is the result of the instanton method.
    """
    middle = 2 * hbar_star * barrier_wave().subs(path, path / 2)
    return Eq(splitting, _with_delay(middle))


@kept
def escape_formula() -> Eq:
    """Rate of escape through a barrier: the current p psi^2 that leaves at its far end, in omega_p.

    S_0 is here the action of the bounce, twice int p dq from the well to the exit; X as for the splitting, up to the
    exit.
    """
    return Eq(rate, _with_delay(barrier_wave().subs(path, path / 2)))


@kept
def splitting_of_quartic_well() -> Eq:
    """Splitting in a quartic double well, by its frequency and the height of its barrier."""
    half = symbols("a_q", positive=True)
    well = height * (1 - (half - q) ** 2 / half**2) ** 2
    (width,) = solve(diff(well, q, 2).subs(q, 0) - omega**2, half)
    x = symbols("x", positive=True)  # q/a_q
    flat = factor(well.subs(q, x * half))
    momentum = sqrt(2 * height) * x * (2 - x)
    if expand(momentum**2 - 2 * flat) != 0:
        raise ArithmeticError("The momentum under the quartic barrier is not the root of twice the potential.")
    over = simplify((omega * half / momentum).subs(half, width) - 1 / x)
    time = half * exp(integrate(over, (x, 0, 1)))
    length = 2 * integrate(half * momentum, (x, 0, 1))
    found = splitting_formula().rhs.subs({delay: time, path: length})
    return Eq(splitting, simplify(found.subs(half, width)))


@kept
def cubic_escape() -> Eq:
    """Rate of escape from a cubic well, the usual formula just below the depinning current, in omega_p."""
    exit_at, x = symbols("q_e", positive=True), symbols("x", positive=True)
    well = omega**2 * q**2 / 2 * (1 - q / exit_at)
    top = solve(diff(well, q), q)[-1]
    (size,) = solve(well.subs(q, top) - height, exit_at)
    over = (1 / sqrt(1 - x) - 1) / x
    y = symbols("y", positive=True)  # sqrt(1 - x)
    in_y = simplify(over.subs(x, 1 - y**2) * 2 * y)
    time = exit_at * exp(integrate(in_y, (y, 0, 1)))
    momentum = omega * exit_at * (1 - y**2) * y * 2 * y
    length = 2 * integrate(expand(momentum * exit_at), (y, 0, 1))
    found = escape_formula().rhs.subs({delay: time, path: length})
    return Eq(rate, simplify(found.subs(exit_at, size)))


@kept
def near_critical_splitting() -> Eq:
    """Splitting just below the critical field, by epsilon = 1 - h/h_c: there the low barrier is quartic."""
    leading = {
        omega: sqrt(near_critical_frequencies()[0]),
        height: near_critical_field().rhs,
    }
    return Eq(splitting, splitting_of_quartic_well().rhs.subs(leading))
