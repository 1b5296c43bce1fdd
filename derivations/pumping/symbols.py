"""The letters of the pumping part: each symbol once, with its unit and meaning.

hbar = 1, and charge is counted in Cooper pairs: an energy and an angular frequency have the same unit, and a current
is a number of Cooper pairs per time. E_C = (2e)^2/2C is the charging energy of a Cooper pair (in the
cotunneling part it is that of one electron, a quarter of this one).
"""

from sympy import Symbol, symbols

__all__ = [
    "A_12",
    "C_g",
    "C_self",
    "C_x",
    "Delta_0",
    "E_C",
    "E_J",
    "E_L",
    "J",
    "J_0",
    "J_1",
    "J_2",
    "T",
    "U",
    "alpha",
    "delta_J",
    "delta_mu",
    "delta_n",
    "e",
    "g",
    "g_1",
    "g_2",
    "j",
    "k",
    "mean_g",
    "n_1",
    "n_2",
    "omega",
    "phi",
    "phi_L",
    "phi_R",
    "t",
    "tau",
    "varphi_1",
    "varphi_2",
]

# Circuit: elementary charge; capacitance of an island to ground, to its gate, and between neighbors.
e = Symbol("e", positive=True)
C_self, C_g, C_x = symbols("C_0 C_g C_x", positive=True)

# Energies: charging, repulsion of neighbors, Josephson (inner bonds, leads), hopping J = E_J/2 (bonds 1, 2, ...).
E_C, E_J, E_L, J = symbols("E_C E_J E_L J", positive=True)
U = Symbol("U", nonnegative=True)
J_1, J_2 = symbols("J_1 J_2", real=True)

# Charges in Cooper pairs: numbers on neighboring islands, induced charges, the average induced charge.
n_1, n_2 = symbols("n_1 n_2", integer=True)
g, g_1, g_2, mean_g = symbols(r"n_g n_{g1} n_{g2} \bar{n}_g", real=True)

# Phases: of neighboring islands, Peierls phase between them, of the leads, between the leads.
varphi_1, varphi_2, A_12 = symbols("varphi_1 varphi_2 A_12", real=True)
phi_L, phi_R, phi = symbols("phi_L phi_R phi", real=True)

# Drive: angular frequency, period, time, drive angle omega t; island, counted from 0; flux per island in quanta.
omega, T = symbols("omega T", positive=True)
t, tau, alpha = symbols("t tau alpha", real=True)
j = Symbol("j", integer=True, nonnegative=True)

# Amplitudes: of the potential (Rice-Mele, Harper-Hofstadter), of the induced charge; mean and modulation of hopping.
Delta_0, delta_mu, delta_n = symbols(r"Delta_0 \delta\mu \delta{n}", real=True)
J_0 = Symbol("J_0", positive=True)
delta_J = Symbol(r"\delta{J}", real=True)

# Quasimomentum times the length of a unit cell.
k = Symbol("k", real=True)
