"""The dual of the drag: Cooper pairs tunnel through two junctions in series, SLZ25a.

The seed has the abstract and the captions of the letter, no equation and no values: the circuit is a construction
of this book. Junction 1 lies between nodes A and M, junction 2 between M and B. A leads through R_1 to the source,
B through R_2 to ground, with large capacitances C_A and C_B; the island M has a capacitance C_0 and, parallel to
it, an inductance L_0 to ground, through which a current in one junction need not flow in the other.

phi_1 = phi_A - phi_M, phi_2 = phi_M - phi_B; a transfer of charge +1 carries 2e from A towards B.
"""

from dataclasses import dataclass
from functools import cache

from sympy import (
    E1,
    Ei,
    Eq,
    Expr,
    Function,
    Integral,
    Matrix,
    Symbol,
    Tuple,
    cancel,
    cos,
    exp,
    expand,
    expand_log,
    integrate,
    limit,
    oo,
    pi,
    series,
    simplify,
    solve,
    sqrt,
    symbols,
)

from derivations.cotunneling.action.action import euclidean_weight, n_1, n_2
from derivations.cotunneling.drag.drag import V_1, V_2, Phi_0
from derivations.cotunneling.gas.instanton_gas import common_slip_amplitude
from derivations.cotunneling.symbols import (
    C_1,
    C_2,
    E_J1,
    E_J2,
    R_1,
    R_2,
    R_Q,
    A,
    C_m,
    I_bias,
    Omega,
    V,
    charge,
    e,
    epsilon,
    gamma_tilde_1,
    gamma_tilde_2,
    half,
    nu,
    q_1,
    q_2,
    tau,
)
from derivations.papers import SLZ25a
from rederived.kept import kept
from rederived.ledger import definition, lemma, open_question

__all__ = [
    "DUALITY",
    "Counterpart",
    "attraction_integral",
    "cooper_pair_amplitude",
    "cooper_pair_transistor",
    "cross_correlator",
    "dual_of",
    "exponent_of_transfer",
    "depth",
    "fluctuation_depth",
    "island_resonance",
    "junction_impedances",
    "letter",
    "node_admittances",
    "in_bare_energies",
    "omega_0",
    "phase_correlators",
    "renormalized_josephson_energy",
    "repulsion_integral",
    "series_circuit",
    "transfer_weight",
    "weak_fluctuations",
]

C_A, C_B, C_0, C_Sigma, L_0, E_Sigma, omega_0 = symbols("C_A C_B C_0 C_Sigma L_0 E_Sigma omega_0", positive=True)
s, depth = Symbol("s", positive=True), Symbol(r"\mathcal{A}", positive=True)  # s = |omega|, the Euclidean frequency
E_J1_star, E_J2_star = symbols("E_J1^* E_J2^*", positive=True)
V_bias, theta_1, theta_2 = symbols("V theta_1 theta_2", positive=True)
I_1, I_2 = symbols(r"\langle{}I_1\rangle \langle{}I_2\rangle", real=True)
gamma_d, K_12, v_d = Function(r"\gamma^d"), Function("K_12", real=True), Symbol("s_d")
x, u = symbols("x u", positive=True)


def inductor() -> Expr:
    """Admittance of the dc return, at Euclidean frequency s."""
    return 1 / (s * L_0)


def node_admittances(island_return: Expr | None = None) -> Matrix:
    """Admittance matrix of the nodes A, M, B: each branch adds to its nodes, and with the other sign between them."""
    ground, node_a, node_m, node_b = None, 0, 1, 2
    branches = (
        (node_a, ground, 1 / R_1 + s * C_A),
        (node_a, node_m, s * C_1),
        (node_m, ground, s * C_0 + (inductor() if island_return is None else island_return)),
        (node_m, node_b, s * C_2),
        (node_b, ground, 1 / R_2 + s * C_B),
    )
    total = Matrix.zeros(3, 3)
    for first, second, admittance in branches:
        ends = Matrix([[int(first == k) - int(second == k) for k in range(3)]])
        total += admittance * ends.T * ends
    return total


@definition(SLZ25a, "Fig. 2, circuit")
def series_circuit() -> Tuple:
    """Two junctions in series whose island has a dc return (a construction of this book): Kirchhoff at A, M and B."""
    voltages = Matrix(symbols("V_A V_M V_B"))
    injected = Matrix([I_1, I_2 - I_1, -I_2])  # the tunnel current 1 leaves A for M, the current 2 leaves M for B
    return Tuple(*(Eq(-i, y) for i, y in zip(injected, node_admittances() * voltages, strict=True)))


@cache
def junction_impedances(island_return: Expr | None = None) -> Matrix:
    """Z_jk: voltage across junction j per current that flows past junction k, from A towards B."""
    across = Matrix([[1, -1, 0], [0, 1, -1]])
    admittances = node_admittances(island_return)
    return (across * admittances.adjugate() * across.T / admittances.det()).applyfunc(cancel)


def slow_impedances(island_return: Expr | None = None) -> Matrix:
    """Z at zero frequency: what a transfer leaves behind in the end."""
    return junction_impedances(island_return).applyfunc(lambda z: z.subs(s, 0))


@kept
def fast_impedances() -> Matrix:
    """Z where C_A and C_B hold the voltages of A and B still: the island alone moves."""
    small = Symbol("small", positive=True)
    still = {C_A: 1 / small, C_B: 1 / small}
    return junction_impedances().applyfunc(lambda z: cancel(cancel(z.subs(still)).subs(small, 0)))


def _spectrum(j: int, k: int) -> Expr:
    """The correlator of phi_j and phi_k at frequency s: the inverse of the Gaussian weight of Z_jk."""
    return cancel(1 / euclidean_weight(1 / fast_impedances()[j, k], s))


@kept
def island_resonance() -> dict:
    """C_Sigma and omega_0 = (L_0 C_Sigma)^(-1/2), read from the island's impedance."""
    stiffness = expand(cancel(1 / _spectrum(0, 0)) * 4 * e**2)  # C_Sigma s^2 + 1/L_0
    inertia = stiffness.coeff(s, 2)
    return {C_Sigma: inertia, omega_0: sqrt(stiffness.coeff(s, 0) / inertia)}


def _correlator(j: int, k: int) -> Expr:
    """Spectrum back to imaginary time tau > 0, in terms of C_Sigma and omega_0."""
    found = island_resonance()
    strength = simplify(_spectrum(j, k) * (s**2 + found[omega_0] ** 2) * found[C_Sigma]) / C_Sigma
    later = Symbol("tau", positive=True)
    in_time = integrate(cos(s * later) / (s**2 + omega_0**2), (s, 0, oo)) / pi
    return strength * simplify(in_time.rewrite(exp)).subs(later, tau)


@lemma(admissible={s: (0.2, 0.8)})
def cross_correlator() -> Eq:
    """The island moves both phases, in opposite directions: their correlator in time has the circuit's spectrum."""
    both_ways = (2 * _correlator(0, 1) * cos(s * tau)).subs(tau, x / omega_0) / omega_0
    in_circuit = both_ways.subs(island_resonance())
    return Eq(Integral(in_circuit, (x, 0, oo)), _spectrum(0, 1), evaluate=False)


@kept
def fluctuation_depth() -> Eq:
    """Depth of the attraction, minus the cross correlator at equal times, with E_Sigma = e^2/2C_Sigma."""
    at_contact = -_correlator(0, 1).subs(tau, 0)
    return Eq(depth, simplify(at_contact.subs(C_Sigma, e**2 / (2 * E_Sigma))))


def _in_depth(expression: Expr) -> Expr:
    """Write C_Sigma as the depth."""
    energy = solve(fluctuation_depth(), E_Sigma)[0]
    return simplify(expression.subs(C_Sigma, e**2 / (2 * energy)))


def phase_correlators() -> Tuple:
    """K_11 = K_22 and K_12 at tau > 0: equal transfers through one junction repel, through different ones attract."""
    return Tuple(*(_in_depth(_correlator(0, k)) for k in (0, 1)))


@kept
def transfer_weight() -> Eq:
    """What a Gaussian environment takes for a transfer nu through junction 1 and epsilon through 2: dual to Eq. 18.

    The average of exp(i nu phi_1 + i epsilon phi_2) is exp(-s_d), s_d half the mean square of its phase.
    """
    own = half * (nu**2 * _correlator(0, 0) + epsilon**2 * _correlator(1, 1)).subs(tau, 0)
    return Eq(v_d, _in_depth(own).subs({nu**2: 1, epsilon**2: 1}) + nu * epsilon * K_12(tau))


@kept
def renormalized_josephson_energy() -> Eq:
    """Own part of the weight of one transfer: the Josephson energy that is left, dual to Eq. 21."""
    alone = transfer_weight().rhs.coeff(K_12(tau), 0) / 2  # one of two equal transfers
    return Eq(E_J1_star, E_J1 * exp(-alone))


@dataclass(frozen=True)
class Counterpart:
    """One line of the duality: a quantity of the slips, that of the Cooper pairs, and whether it is substituted."""

    quantity: str
    fluxons: Expr
    cooper_pairs: Expr
    substituted: bool = True


DUALITY = (
    Counterpart("what is transferred", Phi_0, 2 * e),
    Counterpart("drive", I_bias, V_bias),
    Counterpart("response of junction 1", V_1, I_1),
    Counterpart("response of junction 2", V_2, I_2),
    Counterpart("dissipation at junction 1", R_1, R_Q**2 / R_1),
    Counterpart("dissipation at junction 2", R_2, R_Q**2 / R_2),
    Counterpart("fugacity at junction 1", gamma_tilde_1, E_J1_star / 2),
    Counterpart("fugacity at junction 2", gamma_tilde_2, E_J2_star / 2),
    Counterpart("interaction", V(tau), K_12(tau)),
    Counterpart("phase of a transfer in junction 1", pi * q_1 / e, theta_1),
    Counterpart("phase of a transfer in junction 2", pi * q_2 / e, theta_2),
    Counterpart("depth of the interaction", A, depth),
    Counterpart("resonance", Omega, omega_0, False),
    Counterpart("coupling element", C_m, L_0, False),
)


def dual_of(expression: Expr) -> Expr:
    """An expression of the slips with all lines of the table applied at once, except those that only correspond."""
    pairs = {line.fluxons: line.cooper_pairs for line in DUALITY if line.substituted}
    return expression.subs(pairs, simultaneous=True)


def exponent_of_transfer(island_return: Expr | None = None) -> Expr:
    """Exponent rho of a transfer (n_1, n_2): the phase it conjugates diffuses as 2 rho ln(tau).

    A correlator 4 e^2 Z/|omega| falls as -(4 e^2 Z/pi) ln(tau), twice Z/R_Q.
    """
    n = Matrix([n_1, n_2])
    total = (n.T * slow_impedances(island_return) * n)[0, 0]
    logarithm = 1 / euclidean_weight(1 / Symbol("Z", positive=True), s) * s / pi
    per_impedance = simplify(logarithm / Symbol("Z", positive=True)) / 2
    return simplify(total * per_impedance)


def _bond_integral(sign: int) -> Eq:
    """Integral of exp(+-A exp(-x)) - 1 over x > 0, with u = A exp(-x)."""
    in_time = Integral(exp(sign * depth * exp(-x)) - 1, (x, 0, oo))
    primitive = integrate((exp(sign * u) - 1) / u, (u, 0, depth))
    closed = expand(expand_log(primitive, force=True))
    return Eq(in_time, closed, evaluate=False)


@lemma
def attraction_integral() -> Eq:
    """Integral over time of the Mayer bond of two transfers in the same direction."""
    return _bond_integral(1)


@lemma
def repulsion_integral() -> Eq:
    """Integral over time of the Mayer bond of two opposite transfers, by the exponential integral E_1."""
    found = _bond_integral(-1)
    return Eq(found.lhs, found.rhs.subs(Ei(-depth), -E1(depth)), evaluate=False)


@kept
def cooper_pair_amplitude() -> Eq:
    """Amplitude of a joint transfer (1, charge), in both renormalized energies: Eq. 24 by the table of the duality."""
    gas = dual_of(common_slip_amplitude().rhs)
    fugacities, bonds = gas.as_independent(Integral)
    profile = phase_correlators()[1].subs(tau, x / omega_0)
    later = bonds.function.subs(K_12(tau), profile)
    return Eq(gamma_d(1, charge), fugacities * 2 / omega_0 * Integral(later, (x, 0, oo)))


def closed_amplitude(direction: int) -> Expr:
    """The same amplitude in closed form, for one charge."""
    found = cooper_pair_amplitude().rhs.subs(charge, direction)
    integral = (attraction_integral if direction == 1 else repulsion_integral)()
    return found.replace(Integral, lambda *_: integral.rhs)


def in_bare_energies(form: Expr) -> Expr:
    """Write out both renormalized Josephson energies."""
    first = renormalized_josephson_energy().rhs
    return form.subs({E_J1_star: first, E_J2_star: first.subs(E_J1, E_J2)})


@cache
def weak_fluctuations(orders: int = 3) -> Tuple:
    """Both amplitudes over E*_J1 E*_J2/2 omega_0 in powers of the depth, for charge +1 and -1."""
    outer, bonds = cooper_pair_amplitude().rhs.as_independent(Integral)
    unit = E_J1_star * E_J2_star / (2 * omega_0)
    powers = (series(bonds.function.subs(charge, c), depth, 0, orders + 1).removeO() for c in (1, -1))
    return Tuple(*(expand(outer / unit * integrate(expand(p), (x, 0, oo))) for p in powers))


@lemma
def cooper_pair_transistor() -> Eq:
    """Without the inductance (depth to infinity) two Cooper pairs pass over one of two states of the charged island.

    Second order in both Josephson terms, E_J/2 each: the island holds one pair more or less, (2e)^2/2C_Sigma.
    """
    amplitude = in_bare_energies(closed_amplitude(1)).subs(omega_0, solve(fluctuation_depth(), omega_0)[0])
    island = (2 * e) ** 2 / (2 * C_Sigma)
    virtual = 2 * (E_J1 / 2) * (E_J2 / 2) / island
    return Eq(limit(amplitude, depth, oo), virtual.subs(C_Sigma, e**2 / (2 * E_Sigma)), evaluate=False)


@open_question(
    SLZ25a,
    "Letter",
    "Our copy has an abstract that cites the letter, and two captions, no equation and no value: the circuit with its"
    " dc return, the amplitudes and the duality table are constructions of this book and may differ from the letter's.",
    where="The text of the letter, which was not at hand",
)
def letter() -> None:
    """The dual circuit and its formulas as the letter has them."""
