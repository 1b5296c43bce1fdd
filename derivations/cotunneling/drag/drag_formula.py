"""The drag voltage at weak coupling, Eq. 28 of SLZ25b: the amplitudes of Eq. 27 in the rates of Eq. 25."""

from sympy import Abs, Eq, I, Mul, Symbol, exp, expand, pi, simplify, sinh, solve
from sympy import gamma as euler_gamma

from derivations.cotunneling.amplitudes.amplitudes import weak_coupling
from derivations.cotunneling.drag.drag import V_2, Delta, drag_from_difference, golden_rule_by_quadrature
from derivations.cotunneling.drag.golden_rule import Omega_c, alpha
from derivations.cotunneling.instantons.instanton import plasma_frequency
from derivations.cotunneling.symbols import E_J, C, C_m, I_bias, Omega, T, charge, e
from derivations.papers import SLZ25b
from rederived.ledger import Correction, equation

__all__ = ["weak_drag", "weight_of_bias"]

J = Symbol("J", positive=True)
bias_weight = Symbol("w_I", positive=True)


def _off_fourier(form: Eq) -> float:
    """Fourier integral of (2 cosh t)^(-2 alpha) at the bias, by quadrature. J has no definition; it is set to zero."""
    from math import cos, cosh

    from scipy.integrate import quad
    from scipy.special import gamma as number_gamma

    exponent, current, temperature = 1.75, 0.6, 0.4
    wave = 2 * current / (2 * temperature)  # e = 1
    transform = quad(lambda t: 2 * cos(wave * t) / (2 * cosh(t)) ** (2 * exponent), 0, 40, epsabs=0, epsrel=1e-12)[0]
    expected = 2 * number_gamma(2 * exponent) * transform
    point = {alpha: exponent, e: 1, T: temperature, I_bias: current, J: 0}
    return abs(float(form.rhs.subs(point).evalf()) / expected - 1)


@equation(
    SLZ25b,
    "28, J",
    printed=lambda: Eq(bias_weight, Abs(euler_gamma(alpha + I * J / (2 * e * T))) ** 2),
    correction=Correction(
        "The current J in the Gamma function is I",
        lambda printed: printed.subs(J, I_bias),
        _off_fourier,
        1e-9,
        elsewhere="Eq. 25",
    ),
)
def weight_of_bias() -> Eq:
    """The Gamma function of the drag voltage, with the bias over the temperature in its argument."""
    of_bias = [f for f in Mul.make_args(drag_from_difference()) if f.has(euler_gamma) and f.has(I_bias)]
    return Eq(bias_weight, Mul(*of_bias))


def _off_quadrature(form: Eq) -> float:
    """Amplitudes and golden-rule rates, both by quadrature, at A = 2 C_m Omega/e^2 = 10^-4."""
    from math import exp, expm1, pi
    from math import sinh as number_sinh

    from scipy.integrate import quad

    depth, energy, exponent, temperature, current = 1e-4, 1.0, 2.5, 0.05, 0.04
    capacitance = 4.0  # e = 1
    frequency = (8 * energy / (2 * capacitance)) ** 0.5
    pair = [16 * energy / pi * exp(-16 * energy / frequency - depth)
            * 2 * quad(lambda y, s=s: expm1(s * depth * y / number_sinh(y)), 0, 60, epsabs=0, epsrel=1e-12)[0]
            for s in (1, -1)]
    forward, back = (
        [golden_rule_by_quadrature(g, exponent, direction * pi * current, temperature) for g in pair]
        for direction in (1, -1)
    )
    value = pi * (forward[0] - forward[1] - back[0] + back[1])
    point = {E_J: energy, C: capacitance, C_m: depth / (2 * frequency), Omega: frequency, e: 1, T: temperature,
             I_bias: current, alpha: exponent, Omega_c: 1}
    return abs(float(form.rhs.subs(point).evalf()) / value - 1)


@equation(
    SLZ25b,
    28,
    printed=lambda: Eq(
        V_2,
        2**16 * pi**2 / 3 * C_m**3 / Omega * (E_J**2 / (C * e)) ** 2 * sinh(pi * I_bias / (2 * e * T))
        * exp(-32 * E_J / Omega) * (2 * pi * T / Omega_c) ** (2 * alpha)
        * Abs(euler_gamma(alpha + I * I_bias / (2 * e * T))) ** 2 / (2 * pi * T * euler_gamma(2 * alpha)),
    ),  # J under its Gamma function, a row of its own, is read as I
    correction=Correction(
        "A flux quantum Phi_0 = pi/e is missing in front. As printed the right side is an energy and not a voltage; it"
        " would be right in units with Phi_0 = 1, but Eqs. 5 and 8 to 11 write Phi_0 out",
        lambda printed: Eq(printed.lhs, printed.rhs * pi / e),
        _off_quadrature,
        1e-3,
    ),
)
def weak_drag() -> Eq:
    """Drag voltage at very weak coupling: the third power of the mutual capacitance, the first one that is left."""
    together, apart = (weak_coupling().rhs.subs(charge, sign) for sign in (1, -1))
    difference = expand(together**2 - apart**2)
    first = min(power for power in range(2, 7) if difference.coeff(C_m, power) != 0)
    leading = difference.coeff(C_m, first) * C_m**first
    one = (solve(plasma_frequency(), C)[0] / C) ** 2
    return Eq(V_2, drag_from_difference().subs(Delta, simplify(leading * one)))
