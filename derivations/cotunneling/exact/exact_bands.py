"""Exact bands of one junction and of two coupled ones: the oracle for what instantons give.

    H = 4 E_C (n - q/2e)^2 - E_J cos(phi),   E_C = e^2/2C,   Omega = sqrt(8 E_J E_C),   xi = Omega/E_J

Nothing here knows of instantons: it starts from this Hamiltonian in the charge basis. The widths wanted
are up to 70 decades below E_J, hence more digits than double precision has.
"""

import math

import numpy as np

from derivations.cotunneling.exact.two_junctions import two_junction_amplitudes
from rederived.evaluate.domain import require_integer, require_range

__all__ = ["exact_amplitudes", "exact_single_junction_amplitude", "single_junction_levels"]

SMALLEST_XI, LARGEST_XI = 0.05, 3.0


def exact_single_junction_amplitude(xi, *, log: bool = False):
    """gamma/E_J of one junction, a quarter of the width of its lowest (Mathieu) band: checks SLZ25b, Eq. 14.

    Parameters
    ----------
    xi: Omega/E_J = sqrt(8 E_C/E_J), any shape, dimensionless, in [0.05, 3].
    log: return the sign, which is 1, and the logarithm of the magnitude instead.

    Returns an array of the shape of `xi`, to double precision throughout, from 0.18 at xi = 3 down to 1.6e-70
    at xi = 0.05. It holds all odd harmonics of the band: gamma = gamma_1 + gamma_3 + ...

    Raises ValueError for `xi` outside its range, ArithmeticError if the extended precision does not suffice.

    For xi -> 0 it is 4 sqrt(xi/pi) exp(-8/xi) (1 - 7 xi/64 + ...).

    >>> print(f"{exact_single_junction_amplitude(0.2):.12e}")
    4.192573584613e-18
    """
    xi = require_range("xi", xi, SMALLEST_XI, LARGEST_XI)
    pairs = np.array([_amplitude_and_logarithm(float(x)) for x in xi.flat]).reshape(*xi.shape, 2)
    return (np.ones(xi.shape)[()], pairs[..., 1][()]) if log else pairs[..., 0][()]


def _amplitude_and_logarithm(xi: float) -> tuple[float, float]:
    from flint import ctx

    with ctx.workprec(100 + math.ceil(8 / xi * math.log2(math.e))):
        width = _band_edge(xi, 1) - _band_edge(xi, 0)
        if not width > 0 or width.rel_accuracy_bits() < 50:
            raise ArithmeticError(f"The width of the band at xi = {xi} is known as {width} E_J only.")
        return float(width / 4), float((width / 4).log())


def _band_edge(xi: float, charge: int):
    """The lowest eigenvalue of H/E_J at quasicharge 0 or e, an `arb` that holds its rounding error.

    With m = n - charge/2, H has on states even under m -> -m the diagonal d_m = xi^2 m^2/2 and beside it
    b_m = -1/2, but -1/sqrt(2) next to m = 0; and m = 1/2, next to its own mirror image, has d_m less 1/2.
    The pivots p_m = d_m - E - b_m^2/p_{m+1}, from large m down, are positive below and at the lowest
    eigenvalue, except for the last, which vanishes there. A step of Newton's method on that one yields the
    Rayleigh quotient of the state the pivots belong to: every step squares the error.
    """
    from flint import arb, ctx

    count = 20 + math.ceil(3 / xi)
    diagonal = [arb(xi) ** 2 / 8 * (2 * k + charge) ** 2 for k in range(count)]
    squares = [arb(0.25)] * (count - 1)
    if charge:
        diagonal[0] -= 0.5
    else:
        squares[0] = arb(0.5)
    energy = _lowest_eigenvalue([float(d) for d in diagonal], [float(b) ** 0.5 for b in squares])
    for _ in range(10):
        energy = arb(energy).mid()
        pivot, slope = diagonal[-1] - energy, arb(-1)
        for d, square in zip(reversed(diagonal[:-1]), reversed(squares), strict=True):
            if not pivot > 0:
                raise ArithmeticError(f"The band edge at xi = {xi} was searched above the lowest eigenvalue.")
            ratio = square / pivot
            pivot, slope = d - energy - ratio, ratio * slope / pivot - 1
        step = pivot / slope
        energy = energy - step
        if math.log2(float(abs(step)) + 1e-300) * 2 - math.log2(xi) < 30 - ctx.prec:
            return energy
    raise ArithmeticError(f"The band edge at xi = {xi} did not converge: the last step was {step}.")


def _lowest_eigenvalue(diagonal: list[float], off_diagonal: list[float]) -> float:
    from scipy.linalg import eigh_tridiagonal

    return float(eigh_tridiagonal(diagonal, off_diagonal, eigvals_only=True, select="i", select_range=(0, 0))[0])


def single_junction_levels(ej_over_ec, quasicharge, levels: int = 2) -> np.ndarray:
    """The lowest energies of one junction, E/E_J, in double precision: the bands behind SLZ25b, Eqs. 6, 14.

    Parameters
    ----------
    ej_over_ec: E_J/E_C, any shape, in (0, 1e4].
    quasicharge: q/e, any shape that broadcasts with it, finite; the period is 2.
    levels: how many, in [1, 20].

    Returns an array of the broadcast shape with one more axis of length `levels`, lowest energy first, from
    H without the constant E_J: absolute error 1e-12 max(1, E_C/E_J).

    Raises ValueError for an argument outside its range.

    For E_J/E_C -> infinity the gap is the plasma frequency: Omega - E_C + ...

    >>> bottom, first = single_junction_levels(5000.0, 0.0, 2)
    >>> round(float((first - bottom) / np.sqrt(8 / 5000.0)), 3)
    0.995
    """
    ej_over_ec, quasicharge = np.broadcast_arrays(
        require_range("ej_over_ec", ej_over_ec, 0, 1e4, above=True),
        require_range("quasicharge", quasicharge, -math.inf, math.inf),
    )
    levels = require_integer("levels", levels, 1, 20)
    largest = 10 + levels + math.ceil(3 * ej_over_ec.max(initial=0.0) ** 0.5)
    n = np.arange(-largest, largest + 1)
    nearest = quasicharge / 2 - np.round(quasicharge / 2)
    hamiltonian = np.zeros((*ej_over_ec.shape, n.size, n.size))
    hamiltonian[..., range(n.size), range(n.size)] = 4 * (n - nearest[..., None]) ** 2 / ej_over_ec[..., None]
    hamiltonian[..., range(n.size - 1), range(1, n.size)] = -0.5
    hamiltonian[..., range(1, n.size), range(n.size - 1)] = -0.5
    return np.linalg.eigvalsh(hamiltonian)[..., :levels]


def exact_amplitudes(ej_over_ec, capacitance_ratio, *, digits: int = 32) -> dict:
    """gamma_{n1,n2}/E_J of two equal junctions by diagonalization: checks SLZ25b, Eqs. 6, 21, 24 and 26.

    Parameters
    ----------
    ej_over_ec: E_J/E_C, any shape, in [5, 100]; E_C = e^2/2C with the junction's own C, without C_m.
    capacitance_ratio: C_m/C, any shape that broadcasts with it, in [0, 10].
    digits: the absolute error of gamma/E_J is 10^-digits, as far as a double resolves it, in [20, 60].

    Returns {(n1, n2): gamma/E_J} for |n1|, |n2| <= 2 except (0, 0), which is no slip; the values have the
    broadcast shape. What the Fourier transform folds in from larger |n| is within the error.
    With c = [[C + C_m, -C_m], [-C_m, C + C_m]] the amplitudes are the Fourier coefficients

        H = (2e)^2/2 (n - q/2e)^T c^-1 (n - q/2e) - E_J sum_k cos(phi_k),
        epsilon_0(q1, q2) = -sum_n gamma_n exp(i pi (n1 q1 + n2 q2)/e).

    Raises ValueError for an argument outside its range, ArithmeticError if `digits` were not reached.

    For C_m -> 0 gamma_{1,0} is that of one junction and gamma_{1,1} vanishes; for C_m -> infinity gamma_{1,1}
    is that of one junction with 2 E_J and 2 C, times 1 + sqrt(C/2C_m) + ...

    >>> gamma = exact_amplitudes(50.0, 0.1)
    >>> print(f"{gamma[1, 0]:.9e} {gamma[1, 1]:.9e} {gamma[1, -1]:.9e}")
    1.055610321e-09 5.831321020e-17 -1.638600992e-17
    """
    ej_over_ec, capacitance_ratio = np.broadcast_arrays(
        require_range("ej_over_ec", ej_over_ec, 5, 100), require_range("capacitance_ratio", capacitance_ratio, 0, 10)
    )
    digits = require_integer("digits", digits, 20, 60)
    sets = [
        two_junction_amplitudes((1.0, 1.0), (1 / float(r), 1 / float(r)), capacitance_ratio=float(c), digits=digits)
        for r, c in zip(ej_over_ec.flat, capacitance_ratio.flat, strict=True)
    ]
    keys = sets[0] if sets else ()
    return {n: np.array([s[n] for s in sets]).reshape(ej_over_ec.shape)[()] for n in keys}
