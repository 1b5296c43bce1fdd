"""The action of two capacitively coupled Josephson junctions, from their circuit: Eqs. 1-4 of SLZ25b.

Signs: each phase grows in the direction in which the bias current I > 0 pushes; S is the Euclidean
action, the weight of a path is exp(-S).
"""


from sympy import (
    Derivative,
    Eq,
    Expr,
    Function,
    I,
    Integral,
    Symbol,
    Tuple,
    cos,
    diff,
    exp,
    expand,
    factor,
    integrate,
    limit,
    log,
    oo,
    pi,
    simplify,
    sin,
    symbols,
)

from derivations.cotunneling.symbols import (
    C_1,
    C_2,
    E_J1,
    E_J2,
    R_1,
    R_2,
    R_Q,
    C_m,
    I_bias,
    T,
    e,
    phi_1,
    phi_2,
    t,
    tau,
)
from derivations.papers import SLZ25b
from rederived.kept import kept
from rederived.ledger import Correction, definition, equation, lemma, notation

__all__ = [
    "dissipation_density",
    "drag_exponent",
    "euclidean_lagrangian",
    "euclidean_weight",
    "josephson_energy",
    "kirchhoff",
    "lagrangian",
    "imaginary_time_measure",
    "ohmic_kernel",
    "ohmic_kernel_inverted",
    "partition_function",
    "phase_slip_interaction",
]

phi = Symbol("varphi", real=True)
n = symbols("n", integer=True, positive=True)  # of a Matsubara frequency
n_1, n_2 = symbols("n_1 n_2", integer=True)  # slips of junction 1 and 2 in one process, of either sign or zero
s, tau_prime, tau_0, tau_c = symbols(r"s \tau' tau_0 tau_c", positive=True)
U = Function("U")
L_E, S_diss, alpha = (
    Symbol(r"\mathcal{L}_E"),
    Function("s")(tau, tau_prime),
    Symbol("alpha", positive=True),
)
phase_difference = phi_1(tau) - phi_1(tau_prime)


def josephson_current(E_J, phase):
    """Josephson's current-phase relation, with critical current 2e E_J."""
    return 2 * e * E_J * sin(phase)


def voltage(phase):
    """Josephson's second relation: a phase that moves is a voltage."""
    return Derivative(phase, t) / (2 * e)


def stored_in_junction(E_J, phase):
    """The work of the Josephson current while the phase grows from zero."""
    return factor(integrate(josephson_current(E_J, phi) / (2 * e), (phi, 0, phase)))


def stored_in_capacitor(C, phase):
    """C V^2/2 with the voltage across the capacitor."""
    return C * voltage(phase) ** 2 / 2


@equation(
    SLZ25b,
    3,
    printed=lambda: Eq(
        U(phi_1(t), phi_2(t)),
        E_J1 * (1 - cos(phi_1(t))) + E_J2 * (1 - cos(phi_2(t))),
    ),
)
def josephson_energy() -> Eq:
    """Potential energy of the two phases: the work done against both Josephson currents."""
    stored = stored_in_junction(E_J1, phi_1(t)) + stored_in_junction(E_J2, phi_2(t))
    return Eq(U(phi_1(t), phi_2(t)), stored)


def lagrangian() -> Expr:
    """Real-time Lagrangian: what the capacitors store, minus what junctions and bias current store."""
    kinetic = (
        stored_in_capacitor(C_1, phi_1(t))
        + stored_in_capacitor(C_2, phi_2(t))
        + stored_in_capacitor(C_m, phi_1(t) - phi_2(t))
    )
    work_of_source = I_bias * phi_1(t) / (2 * e)
    return kinetic.doit() - josephson_energy().rhs + work_of_source


@lemma
def kirchhoff() -> Tuple:
    """The Euler-Lagrange equations of both junctions say that the currents at their nodes add up to the bias."""
    L, mutual = lagrangian(), C_m * diff(voltage(phi_1(t)) - voltage(phi_2(t)), t)
    nodes = []
    for phase, E_J, C, into_node in (
        (phi_1(t), E_J1, C_1, I_bias - mutual),
        (phi_2(t), E_J2, C_2, mutual),
    ):
        euler_lagrange = diff(L, phase) - diff(L, diff(phase, t)).diff(t)
        through_junction = josephson_current(E_J, phase) + C * diff(voltage(phase), t)
        nodes.append(Eq(2 * e * euler_lagrange, (into_node - through_junction).doit()))
    return Tuple(*nodes)


@definition(SLZ25b, 1)
def partition_function() -> Eq:
    """The partition function is the sum over closed paths of both phases, each with weight exp(-S)."""
    paths = Symbol(
        r"\int\!\mathcal{D}\varphi_1\int\!\mathcal{D}\varphi_2\,e^{-S[\varphi_1,\varphi_2]}"
    )
    return Eq(Symbol(r"\mathcal{Z}"), paths)


def _printed_lagrangian() -> Eq:
    dot_1, dot_2 = diff(phi_1(tau), tau), diff(phi_2(tau), tau)
    kinetic = (C_1 * dot_1**2 + C_2 * dot_2**2 + C_m * (dot_1 - dot_2) ** 2) / (
        8 * e**2
    )
    potential = E_J1 * (1 - cos(phi_1(tau))) + E_J2 * (1 - cos(phi_2(tau)))
    return Eq(L_E, kinetic + potential + I_bias * phi_1(tau) / (2 * e))


def _misplaced_rest(form: Eq) -> float:
    """At rest the junction carries the bias: Josephson's relation gives sin(phi_1) = I/2eE_J."""
    from math import asin

    from scipy.optimize import minimize_scalar

    at_rest = (
        form.rhs.doit().subs({phi_2(tau): 0}).subs(diff(phi_1(tau), tau), 0).doit()
    )
    values = {E_J1: 1.0, E_J2: 1.0, I_bias: 0.2, e: 1.0}
    energy = at_rest.subs(phi_1(tau), phi).subs(values)
    found = minimize_scalar(
        lambda p: float(energy.subs(phi, p)),
        bounds=(-1.0, 1.0),
        options={"xatol": 1e-10},
    )
    return abs(found.x - asin(0.2 / 2.0))


@equation(
    SLZ25b,
    2,
    printed=_printed_lagrangian,
    correction=Correction(
        "The source is -I phi_1/2e, or I has the opposite sign of that in Eq. 7, where I > 0 favors n_1 > 0; no"
        " later formula changes",
        lambda printed: printed.subs(I_bias, -I_bias),
        _misplaced_rest,
        1e-6,
    ),
)
def euclidean_lagrangian() -> Eq:
    """Euclidean Lagrangian, the integrand of the action: minus the Lagrangian at t = -i tau."""
    continuation = {diff(f(t), t): I * diff(f(tau), tau) for f in (phi_1, phi_2)}
    continued = (
        lagrangian().subs(continuation).subs({phi_1(t): phi_1(tau), phi_2(t): phi_2(tau)})
    )
    return Eq(
        L_E,
        -continued.replace(lambda a: a.is_Pow and a.has(I), lambda a: factor(a)),
    )


@notation(SLZ25b, "2, measure", "t", "imaginary time tau", "Eqs. 19 and 26")
def imaginary_time_measure() -> Expr:
    """The action integrates over imaginary time: only there kinetic and potential energy have the same sign."""
    return Symbol(r"S=\int d\tau\,\mathcal{L}_E+S_\mathrm{diss}")


def euclidean_weight(admittance, omega):
    """K in S = (T/2) sum over omega_n of K |phi_n|^2, for a branch of admittance Y at frequency i omega > 0.

    The current Y V with V = omega phi/2e, as a force on the phase (divided by 2e), is K phi.
    """
    return admittance * omega / (2 * e) / (2 * e)


@lemma
def bath_of_oscillators() -> Eq:
    """A bath whose oscillators have the spectral density of friction gives a weight proportional to frequency."""
    omega, frequency, eta = symbols("omega nu eta", positive=True)
    response = omega**2 / (omega**2 + frequency**2)  # of one oscillator, less its static part
    spectrum = 2 * eta / pi * response
    return Eq(
        Integral(spectrum, (frequency, 0, oo)), integrate(spectrum, (frequency, 0, oo)), evaluate=False
    )


@lemma
def capacitor_weight() -> Eq:
    """A capacitor, of admittance omega C, gets the weight that its kinetic term in the action has."""
    omega = Symbol("omega", positive=True)
    kinetic = (
        euclidean_lagrangian().rhs.subs(C_m, 0).coeff(diff(phi_1(tau), tau), 2)
    )
    return Eq(
        euclidean_weight(omega * C_1, omega), 2 * kinetic * omega**2, evaluate=False
    )


@kept
def ohmic_kernel() -> Expr:
    """T sum over n of |omega_n| exp(i omega_n s), omega_n = 2 pi n T: how a resistor couples times s apart."""
    z = Symbol("z")
    sum_of_n_z_to_n = z * diff(
        z / (1 - z), z
    )  # the geometric series, differentiated term by term
    both_signs = factor(sum_of_n_z_to_n + sum_of_n_z_to_n.subs(z, 1 / z))
    inverse = expand(1 / both_signs).subs(z, exp(2 * I * pi * T * s)).rewrite(cos)
    half_angle = inverse.replace(cos, lambda angle: 1 - 2 * sin(angle / 2) ** 2)
    return 2 * pi * T**2 / half_angle


@lemma(points=3)
def ohmic_kernel_inverted() -> Eq:
    """The transform of the kernel back to frequency n gives |omega_n|, as it must."""
    minus_cosine = 2 * sin(pi * n * T * s) ** 2
    return Eq(
        Integral(-ohmic_kernel() * minus_cosine, (s, 0, 1 / T)), 2 * pi * n * T
    )


@equation(
    SLZ25b,
    4,
    printed=lambda: Eq(
        S_diss,
        T**2
        * R_Q
        / (8 * R_1)
        * phase_difference**2
        / sin(pi * T * (tau - tau_prime)) ** 2,
    ),
)
def dissipation_density() -> Eq:
    """Action of a resistive shunt, the integrand over both times, for junction 1."""
    omega = Symbol("omega", positive=True)
    eta = euclidean_weight(1 / R_1, omega) / omega
    kernel = ohmic_kernel().subs(s, tau - tau_prime)
    # phi phi' = -(phi - phi')^2/2 + squares; summed over n, the kernel has no weight at frequency zero for these.
    return Eq(S_diss, eta / 2 * kernel * (-(phase_difference**2) / 2))


@kept
def phase_slip_interaction() -> Expr:
    """Action of a slip by 2 pi n_1 in junction 1 and its reverse tau_0 later; tau_c is the duration of a slip.

    Only pairs of times count of which one lies between the slips and one outside, in either order.
    """
    slipped = dissipation_density().rhs.subs(phase_difference, 2 * pi * n_1)
    strength = slipped * sin(pi * T * (tau - tau_prime)) ** 2
    primitive = integrate(1 / sin(pi * T * s) ** 2, s)
    outside = primitive.subs(s, expand(1 / T - tau)) - primitive.subs(
        s, tau_0 - tau
    )
    turn = {
        sin(pi * T * (1 / T - tau)): sin(pi * T * tau),
        cos(pi * T * (1 / T - tau)): -cos(pi * T * tau),
    }
    both = integrate(expand(outside.subs(turn)), tau).replace(
        log, lambda a: log(a**2) / 2
    )  # of |sin|
    return 2 * strength * (both.subs(tau, tau_0 - tau_c) - both.subs(tau, tau_c))


@equation(
    SLZ25b,
    "after 7",
    printed=lambda: Eq(alpha, R_Q * (n_1**2 / R_1 + n_2**2 / R_2)),
)
def drag_exponent() -> Eq:
    """The exponent alpha of a slip (n_1, n_2): its interaction grows as 2 alpha ln sin(pi T tau_0)."""
    growth = diff(phase_slip_interaction(), tau_0) / diff(
        log(sin(pi * T * tau_0)), tau_0
    )
    alpha_1 = limit(simplify(growth), tau_c, 0) / 2
    return Eq(
        alpha, simplify(alpha_1) + simplify(alpha_1).subs({R_1: R_2, n_1: n_2})
    )
