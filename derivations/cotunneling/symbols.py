"""The letters of the cotunneling part: each symbol once, with its unit and meaning.

hbar = k_B = 1: an energy, a frequency and a temperature have the same unit, and a time is its inverse.
The phase phi of a junction is 2e times its flux, so the voltage is (d phi/d t)/2e and Phi_0 = pi/e.
"""

from sympy import Function, Rational, pi, symbols
from sympy.core.function import AppliedUndef

__all__ = [
    "A",
    "C",
    "C_1",
    "C_2",
    "C_m",
    "E_Cm",
    "E_J",
    "E_J1",
    "E_J2",
    "I_bias",
    "M_1",
    "M_2",
    "Omega",
    "Omega_1",
    "Omega_2",
    "R_1",
    "R_2",
    "R_Q",
    "SlipAmplitude",
    "T",
    "V",
    "charge",
    "coupling",
    "coupling_2",
    "e",
    "epsilon",
    "gamma",
    "gamma_1",
    "gamma_2",
    "gamma_tilde_1",
    "gamma_tilde_2",
    "half",
    "kappa",
    "nu",
    "phi_1",
    "phi_2",
    "q_1",
    "q_2",
    "s",
    "t",
    "tau",
    "tau_1",
    "tau_2",
    "x",
    "xi_1",
    "xi_2",
    "y",
]

half = Rational(1, 2)


class SlipAmplitude(AppliedUndef):
    """Amplitude gamma_{n_1,n_2} of a slip by 2 pi n_1 of junction 1 and 2 pi n_2 of junction 2."""

    def _latex(self, printer, exp=None):
        index = ",".join(printer.doprint(n) for n in self.args)
        return rf"\gamma_{{{index}}}" + (f"^{{{exp}}}" if exp else "")


gamma = SlipAmplitude



# Circuit: elementary charge; capacitances; Josephson energies; shunt resistances; bias current; temperature.
e = symbols("e", positive=True)
C, C_1, C_2, C_m = symbols("C C_1 C_2 C_m", positive=True)
E_J, E_J1, E_J2 = symbols("E_J E_J1 E_J2", positive=True)
R_1, R_2 = symbols("R_1 R_2", positive=True)
I_bias = symbols("I", positive=True)
T = symbols("T", positive=True)

R_Q = pi / (2 * e**2)  # quantum resistance for Cooper pairs, h/4e^2 in SI
E_Cm = e**2 / (2 * C_m)  # charging energy of the mutual capacitance

# Plasma frequencies.
Omega, Omega_1, Omega_2 = symbols("Omega Omega_1 Omega_2", positive=True)

# Real time; imaginary time; positions of instantons; imaginary time of integration; the phases along a path.
t, tau, tau_1, tau_2, s = symbols("t tau tau_1 tau_2 s", real=True)
phi_1, phi_2 = Function("varphi_1", real=True), Function("varphi_2", real=True)

# Instantons: their charges, +1 or -1, on junction 1 and 2; their numbers; their amplitudes and fugacities.
nu, epsilon, charge = symbols("nu epsilon c", integer=True, nonzero=True)
M_1, M_2 = symbols("M_1 M_2", integer=True, positive=True)
gamma_1, gamma_2 = symbols("gamma_1 gamma_2", positive=True)
gamma_tilde_1, gamma_tilde_2 = symbols(r"\tilde{\gamma}_1 \tilde{\gamma}_2", positive=True)
V = Function(r"\mathcal{V}", real=True)  # interaction of two instantons on different junctions
q_1, q_2 = symbols("q_1 q_2", real=True)  # quasicharges, in [-e, e]

# Dimensionless: frequency over Josephson energy; Josephson energy over E_Cm; E_J1/E_J2; A = coupling * xi; times.
xi_1, xi_2 = symbols("xi_1 xi_2", positive=True)
coupling, coupling_2, kappa, A = symbols("lambda lambda_2 kappa A", positive=True)
x, y = symbols("x y", real=True)
