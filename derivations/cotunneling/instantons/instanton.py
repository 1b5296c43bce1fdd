"""One junction, one phase slip: path, action, fluctuations and amplitude, Eqs. 12 and 14 of SLZ25b.

Without bias, shunt and mutual capacitance the phase tunnels between neighboring minima of its cosine.
"""


from sympy import (
    Eq,
    Expr,
    Function,
    Integral,
    Symbol,
    atan,
    cos,
    cosh,
    diff,
    exp,
    expand,
    expand_trig,
    integrate,
    limit,
    log,
    oo,
    pi,
    simplify,
    sin,
    solve,
    sqrt,
    symbols,
    tanh,
)

from derivations.cotunneling.action.action import euclidean_lagrangian, lagrangian
from derivations.cotunneling.symbols import (
    C_1,
    E_J,
    E_J1,
    C,
    C_m,
    I_bias,
    Omega,
    e,
    nu,
    phi_1,
    phi_2,
    t,
    tau,
    tau_1,
)
from derivations.papers import SLZ25b
from rederived.kept import kept
from rederived.ledger import Correction, equation, lemma

__all__ = [
    "amplitude",
    "determinant_ratio",
    "equation_of_motion",
    "fluctuation_potential",
    "growing_solution",
    "instanton",
    "instanton_action",
    "instanton_norm",
    "instanton_speed",
    "plasma_frequency",
    "zero_mode_weight",
]

E_C = e**2 / (2 * C)
k, z = symbols("k z", positive=True)
gamma = Symbol("gamma", positive=True)
path = Function(r"\tilde{\varphi}")(tau)

_one_junction = {C_1: C, E_J1: E_J, C_m: 0, I_bias: 0, phi_2(tau): 0, phi_2(t): 0}


def _off_the_spectrum(form: Eq) -> float:
    """The gap of the diagonalized junction at E_J/E_C = 10^4 is its plasma frequency, to E_C/Omega."""
    from derivations.cotunneling.exact.exact_bands import single_junction_levels

    E_J_value, E_C_value = 2.0e4, 2.0
    lowest = single_junction_levels(E_J_value / E_C_value, 0.0, 2)
    gap = E_J_value * float(lowest[1] - lowest[0])
    return abs(
        float(form.rhs.subs({E_J: E_J_value, C: 1 / (2 * E_C_value), e: 1})) / gap
        - 1
    )


@equation(
    SLZ25b,
    "before 26",
    printed=lambda: Eq(Omega, sqrt(8 * E_J / E_C)),
    correction=Correction(
        "The root is of the product 8 E_J E_C, not of the quotient",
        lambda printed: Eq(printed.lhs, printed.rhs * E_C),
        _off_the_spectrum,
        1e-2,
        elsewhere="the line after Eq. 12",
    ),
)
def plasma_frequency() -> Eq:
    """Plasma frequency: small oscillations of the phase of one junction around its minimum."""
    L = lagrangian().subs(_one_junction).doit()
    force = diff(L, phi_1(t)) - diff(L, diff(phi_1(t), t)).diff(t)
    stiffness = -diff(force, phi_1(t)).subs(phi_1(t), 0)
    mass = -force.expand().coeff(diff(phi_1(t), t, 2))
    return Eq(Omega, sqrt(stiffness / mass))


def in_plasma_units(expression: Expr) -> Expr:
    """Write the capacitance as the plasma frequency."""
    capacitance = solve(plasma_frequency(), C)[0]
    return simplify(expression.subs(C, capacitance))


@kept
def euclidean_density() -> Expr:
    """Euclidean Lagrangian of one junction."""
    return euclidean_lagrangian().rhs.subs(_one_junction).doit()


@kept
def equation_of_motion() -> Eq:
    """Paths of least action: the phase moves as in the inverted potential."""
    density = euclidean_density()
    varied = diff(diff(density, diff(phi_1(tau), tau)), tau) - diff(
        density, phi_1(tau)
    )
    return Eq(
        diff(phi_1(tau), tau, 2),
        in_plasma_units(solve(varied, diff(phi_1(tau), tau, 2))[0]),
    )


@kept
def speed_on_path() -> Expr:
    """d phi/d tau at phase phi, from rest at phi = 0: the first integral of the equation of motion."""
    phi = Symbol("varphi", positive=True)
    gained = integrate(
        equation_of_motion().rhs.subs(phi_1(tau), phi), (phi, 0, phi)
    )
    half_angle = gained.subs(cos(phi), 1 - 2 * sin(phi / 2) ** 2)
    return sqrt(simplify(2 * half_angle)).subs(
        sqrt(sin(phi / 2) ** 2), sin(phi / 2)
    )  # 0 < phi < 2 pi


@equation(
    SLZ25b, 12, printed=lambda: Eq(path, 4 * nu * atan(exp(Omega * (tau - tau_1))))
)
def instanton() -> Eq:
    """The path of one slip of charge nu at tau_1: it solves d phi/d tau = speed, by separation of variables."""
    phi = Symbol("varphi", positive=True)
    u = Symbol("u", positive=True)  # u = tan(phi/4)
    slowness = expand_trig(1 / speed_on_path().subs(phi, 4 * atan(u)))
    elapsed = integrate(simplify(slowness * diff(4 * atan(u), u)), u)
    u_at = solve(Eq(elapsed, tau - tau_1), u)[0]
    return Eq(path, nu * 4 * atan(u_at))


@lemma(admissible={nu: (1, -1)})
def instanton_solves_motion() -> Eq:
    """The path obeys the second-order equation of motion from which it was found by one integration."""
    found = instanton().rhs
    return Eq(diff(found, tau, 2), equation_of_motion().rhs.subs(phi_1(tau), found))


@kept
def instanton_speed() -> Expr:
    """d phi/d tau along a slip of charge +1 at time zero."""
    moving = diff(instanton().rhs.subs({nu: 1, tau_1: 0}), tau)
    return 1 / simplify(expand(1 / moving).rewrite(cosh))


@kept
def instanton_norm() -> Expr:
    """Integral of (d phi/d tau)^2 over a slip, as an integral over the phase."""
    phi = Symbol("varphi", positive=True)
    return integrate(speed_on_path(), (phi, 0, 2 * pi))


@lemma
def norm_in_time() -> Eq:
    """The same integral over imaginary time."""
    return Eq(Integral(instanton_speed() ** 2, (tau, -oo, oo)), instanton_norm())


def inertia() -> Expr:
    """Mass of the phase: the action has (inertia/2)(d phi/d tau)^2."""
    return 2 * euclidean_density().coeff(diff(phi_1(tau), tau), 2)


@kept
def instanton_action() -> Expr:
    """Action of one slip: twice its kinetic part, since it moves at zero energy."""
    return in_plasma_units(inertia() * instanton_norm())


def fluctuation_potential() -> Expr:
    """W of the fluctuation operator -d^2/d tau^2 + W around a slip at time zero; far away W = Omega^2."""
    u = Symbol("u", positive=True)
    around = diff(equation_of_motion().rhs, phi_1(tau))
    rational = expand_trig(
        around.subs(phi_1(tau), instanton().rhs.subs({nu: 1, tau_1: 0})).subs(
            exp(Omega * tau), u
        )
    )
    return simplify(rational).subs(u, exp(Omega * tau))


@lemma
def poeschl_teller() -> Eq:
    """The fluctuation operator is the Poeschl-Teller well with one bound state, the zero mode."""
    return Eq(fluctuation_potential(), Omega**2 * (1 - 2 / cosh(Omega * tau) ** 2))


@kept
def growing_solution() -> Expr:
    """Solution exp(k z)(c - tanh z) of -psi'' + (W/Omega^2 - 1 + k^2) psi = 0, z = Omega tau: this fixes c."""
    c, u = Symbol("c"), Symbol("u", positive=True)  # u = exp(z), d/dz = u d/du
    well = fluctuation_potential().subs(tau, log(u) / Omega) / Omega**2
    tangent = tanh(z).rewrite(exp).subs(z, log(u))
    psi = u**k * (c - tangent)
    left_over = -u * diff(u * diff(psi, u), u) + (well - 1 + k**2) * psi
    return exp(k * z) * (solve(simplify(left_over / u**k), c)[0] - tanh(z))


@kept
def determinant_ratio() -> Expr:
    """Determinant of the fluctuation operator without its zero mode, over that of the minimum (Gelfand-Yaglom).

    The solutions that start alike at tau -> -oo end in the ratio of the determinants. An eigenvalue shift
    Omega^2 (k^2 - 1) keeps it finite; the zero mode is then one factor, divided out before the shift goes to zero.
    """
    envelope = growing_solution() / exp(k * z)
    with_zero_mode = limit(envelope, z, oo) / limit(envelope, z, -oo)
    shift = Omega**2 * (k**2 - 1)
    return limit(simplify(with_zero_mode / shift), k, 1)


def zero_mode_weight() -> Expr:
    """What each slip brings per unit of imaginary time from the integral over its position.

    The coordinate x = phi sqrt(inertia) makes the action (1/2) x (-d^2 + W) x, and each Gaussian mode has the
    measure d c/sqrt(2 pi). Moving the slip by d tau_1 moves x along its zero mode by sqrt(norm) d tau_1.
    """
    norm = in_plasma_units(inertia() * instanton_norm())
    return sqrt(norm / (2 * pi))


@equation(
    SLZ25b,
    14,
    printed=lambda: Eq(gamma, 4 * sqrt(E_J * Omega / pi) * exp(-8 * E_J / Omega)),
)
def amplitude() -> Eq:
    """Tunneling amplitude of one junction: zero mode, fluctuations, action."""
    prefactor = simplify(zero_mode_weight() / sqrt(determinant_ratio()))
    return Eq(gamma, prefactor * exp(-instanton_action()))
