"""The letters of the annular part: each symbol once, with its unit and meaning.

Angles are in radians. The angle tau of an ellipse and the angle theta of a field are both measured from the
positive y axis towards the positive x axis, that is clockwise; the foci lie on the x axis, so the major axis
does. Elliptic functions take the parameter m = e^2, the square of the modulus e.

Unless an SI unit is given here, a time is in 1/omega_p, a length along the junction in lambda_J or c as said,
an energy in E_0' = Phi_0 J_c lambda_J c Delta_nu/2 pi, a current density in J_c.
"""

from sympy import Function, Rational, cosh, sinh, symbols

__all__ = [
    "C",
    "Delta",
    "Delta_nu",
    "E_0",
    "F_h",
    "G_qp",
    "G_s",
    "Gamma",
    "H",
    "H_N",
    "HamiltonianDensity",
    "J_c",
    "L",
    "Lagrangian",
    "MagneticTerm",
    "Phi_0",
    "Q",
    "S",
    "W",
    "alpha",
    "beta",
    "c",
    "c_s",
    "d_e",
    "e",
    "gamma",
    "gamma_0",
    "h",
    "half",
    "hbar_star",
    "k",
    "lambda_J",
    "lambda_hat",
    "m",
    "mu_0",
    "n",
    "nu",
    "nu_bar",
    "nu_i",
    "nu_o",
    "omega_p",
    "phi",
    "polarity",
    "rho",
    "s",
    "s_0",
    "s_hat",
    "t",
    "tau",
    "tau_0",
    "theta",
    "u",
    "x",
    "y",
]

half = Rational(1, 2)

# Plane: Cartesian coordinates, in m; confocal elliptic coordinates, nu >= 0 and tau; half the distance of the foci, m.
x, y = symbols("x y", real=True)
nu, tau = symbols("nu tau", real=True)
c = symbols("c", positive=True)

# Annulus: nu on its inner and outer ellipse, their mean and difference; eccentricity, its square, ratio of the axes.
nu_i, nu_o = symbols("nu_i nu_o", positive=True)
nu_bar = symbols(r"\bar{\nu}", positive=True)
Delta_nu = symbols("Delta_nu", positive=True)
e, m, rho = symbols("e m rho", positive=True)

C, S = cosh(nu_bar), sinh(nu_bar)  # half the axes of the mean ellipse, in c

# Along the junction: scale factor at nu = nu_bar; width, m; arc length, m, and in lambda_J; perimeter, m.
Q, W = Function("Q", positive=True), Function("W", positive=True)
s = symbols("s", real=True)
s_hat = symbols(r"\hat{s}", real=True)
L = symbols("L", positive=True)

# Junction, SI: flux quantum, Wb; vacuum permeability, H/m; critical current density, A/m^2; thickness that the
# magnetic field fills, m; capacitance, F/m^2, and quasiparticle conductance, S/m^2; conductance of the electrodes'
# surface, S (per square); Josephson penetration length, m; plasma frequency, 1/s.
Phi_0, mu_0, J_c, d_e, c_s, G_qp, G_s = symbols("Phi_0 mu_0 J_c d_e c_s G_qp G_s", positive=True)
lambda_J, omega_p = symbols("lambda_J omega_p", positive=True)

# Phase; time, in 1/omega_p; penetration ratio lambda_J/c; losses of quasiparticles and of surfaces; winding number.
phi = Function("varphi", real=True)
t = symbols("t", real=True)
lambda_hat = symbols(r"\hat{\lambda}", positive=True)
alpha, beta = symbols("alpha beta", nonnegative=True)
n = symbols("n", integer=True)

# Drives: bias current density over J_c along the junction, and a uniform one; applied field, A/m, its angle from +y,
# its normal component; the force of Eq. 6; its coupling to the barrier; h = H/(J_c c).
gamma = Function("gamma", real=True)
gamma_0 = symbols("gamma_0", real=True)
H, theta, h = symbols("H theta h", real=True)
H_N, F_h = Function("H_N", real=True), Function("F_h", real=True)
Delta = symbols("Delta", real=True)

# The functions of Eqs. 14 and 15, of tau; the Lagrangian and the Hamiltonian density, per unit of tau.
MagneticTerm, Gamma = Function(r"\mathcal{H}", real=True), Function("Gamma", real=True)
Lagrangian, HamiltonianDensity = symbols(r"\mathcal{L} \mathscr{H}", real=True)

# Fluxon: polarity, +1 or -1; position, in lambda_J and as angle; velocity over the Swihart velocity; energy over
# the least one; energy unit, J; hbar omega_p/E_0'.
polarity = symbols(r"\wp", integer=True, nonzero=True)
s_0, u = symbols(r"\hat{s}_0 \hat{u}", real=True)
tau_0 = symbols("tau_0", real=True)
k = symbols("k", positive=True)
E_0 = symbols("E_0'", positive=True)
hbar_star = symbols("hbar_*", positive=True)
