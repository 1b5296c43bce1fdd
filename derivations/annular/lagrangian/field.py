"""The equation of motion of the phase on an annulus, from currents and fluxes of the plane: Eqs. 5-7 of M16.

Three laws: the phase grows along the magnetic flux, what leaves an electrode crosses the barrier, and no current
leaves through an edge. `curved_line` derives the same equation a second time.

A choice, because the paper's formulas are lost: the phase grows in the direction z x H of the applied field
(z points at the reader) with a coupling Delta > 0; the angle theta of the field is measured from +y, clockwise
as tau is; a bias gamma > 0 makes the phase grow. Delta < 0 exchanges the two poles, and nothing else.

For the modules that follow: `equation_of_motion()` is Eq. 5 in Q(tau), gamma(tau) and F_h(tau), `forcing()` is
F_h, `scales()` gives lambda_J, omega_p, alpha and beta in SI. The coefficients as numbers: `evaluators`.
"""


from sympy import (
    Add,
    Derivative,
    Eq,
    Expr,
    Matrix,
    Rational,
    Symbol,
    Tuple,
    atan,
    cos,
    diff,
    exp,
    expand,
    expand_trig,
    factor_terms,
    integrate,
    limit,
    oo,
    pi,
    simplify,
    sin,
    solve,
    sqrt,
)

from derivations.annular.ring.geometry import (
    explicit,
    jacobian,
    position,
    scale_of_coordinates,
    scale_squared,
    thin_width,
)
from derivations.annular.symbols import (
    Delta,
    F_h,
    G_qp,
    G_s,
    H,
    J_c,
    Phi_0,
    Q,
    alpha,
    beta,
    c,
    c_s,
    d_e,
    gamma,
    h,
    lambda_J,
    mu_0,
    n,
    nu,
    nu_bar,
    omega_p,
    phi,
    s,
    s_hat,
    t,
    tau,
    theta,
)
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import consistent, definition, lemma

__all__ = [
    "applied_gradient",
    "barrier_current",
    "boundary_conditions",
    "confocal_equation",
    "conformal_laplacian",
    "edge_slope",
    "equation_of_motion",
    "field_vector",
    "forcing",
    "in_scales",
    "quarter_turn",
    "scales",
    "sheet_current",
]

flux_unit = Phi_0 / (2 * pi)
field_vector = H * Matrix([sin(theta), cos(theta)])
quarter_turn = Matrix([[0, -1], [1, 0]])  # z x, in the plane


def over_time(expression: Expr) -> Expr:
    """Derivative with respect to the time in seconds; t is in 1/omega_p."""
    return omega_p * diff(expression, t)


def applied_gradient() -> Matrix:
    """The gradient that the applied field alone would give the phase: a fraction Delta of its flux enters."""
    return mu_0 * d_e * Delta / flux_unit * quarter_turn * field_vector


def sheet_current(gradient: Expr, applied: Expr) -> Expr:
    """Current of an electrode per width: what the induced flux needs, and what its voltage drives through surfaces."""
    induced = flux_unit * (gradient - applied)
    return induced / (mu_0 * d_e) + G_s * over_time(induced)


def barrier_current(phase: Expr, bias: Expr) -> Expr:
    """Current density through the barrier, of pairs, charge and quasiparticles, less what the source feeds in."""
    voltage = flux_unit * over_time(phase)
    return J_c * (sin(phase) - bias) + c_s * over_time(voltage) + G_qp * voltage


@definition(M16, "Sec. I, scales")
def scales() -> Tuple:
    """The scales in which a straight junction obeys the plain sine-Gordon equation, and its two losses."""
    f = phi(s, t)
    along = expand(diff(sheet_current(diff(f, s), 0), s) / J_c)
    across = expand(barrier_current(f, 0) / J_c)
    stiffness = along.coeff(diff(f, s, 2))
    frequency = solve(across.coeff(diff(f, t, 2)) - 1, omega_p)[-1]
    surfaces = along.coeff(Derivative(f, (s, 2), t)) / stiffness
    quasiparticles = across.coeff(diff(f, t))
    return Tuple(
        Eq(lambda_J, sqrt(stiffness)),
        Eq(omega_p, frequency),
        Eq(alpha, quasiparticles),
        Eq(beta, surfaces),
    )


def in_scales(expression: Expr) -> Expr:
    """Capacitance, thickness and conductances replaced by omega_p, lambda_J, alpha and beta."""
    constants = zip(reversed(scales()), (G_s, G_qp, c_s, d_e), strict=True)
    for scale, constant in constants:
        squared = (
            Eq(scale.lhs**2, scale.rhs**2) if constant in (c_s, d_e) else scale
        )
        expression = expression.subs(constant, solve(squared, constant)[0])
    return expand(expression)


@lemma(admissible={nu: (0.3, 1.5)})
def conformal_laplacian() -> Eq:
    """The Laplacian is (f_nu_nu + f_tau_tau)/(c Q)^2, here of exp(a x + b y): one scale factor for both coordinates."""
    a, b = Symbol("a", real=True), Symbol("b", real=True)
    at_x, at_y = (p.rhs for p in position())
    wave = exp(a * at_x + b * at_y)
    confocal = (diff(wave, nu, 2) + diff(wave, tau, 2)) / (
        c**2 * scale_of_coordinates().rhs
    )
    return Eq((a**2 + b**2) * wave, confocal)


@kept
def edge_slope() -> Expr:
    """phi_nu at an edge: no sheet current crosses it, so the phase rises there as the applied field has it."""
    step = jacobian()[:, 0]  # c Q times the outward normal
    return expand((step.T * applied_gradient())[0])


@kept
def confocal_equation() -> Expr:
    """What leaves an electrode less what crosses the barrier, over J_c, averaged over nu: zero.

    A uniform field has no divergence: inside, only the Laplacian of the phase counts. Averaged over a thin width,
    its phi_nu_nu is the derivative of the slope at the edges, its phi_tau_tau stays.
    """
    f = phi(tau, t)
    around = diff(sheet_current(diff(f, tau), 0), tau)
    between_edges = sheet_current(diff(edge_slope(), nu).subs(nu, nu_bar), 0)
    leaves = (around + between_edges) / (c * Q(tau)) ** 2
    return in_scales((leaves - barrier_current(f, gamma(tau))) / J_c)


def proportional_to_the_field(form: Eq) -> bool:
    """The forcing term is proportional to the applied magnetic field."""
    return diff(form.rhs, h, 2) == 0 and form.rhs.subs(h, 0) == 0


def sine_on_a_circle(form: Eq) -> bool:
    """On a circle it is the sinusoidal force of the circular annulus, Delta H/(J_c r) sin(tau - theta)."""
    large = explicit(form.rhs).subs(nu_bar, 30)
    radius = c * (exp(30) / 2)
    known = h * c * Delta / radius * sin(tau - theta)
    at = {h: 1, Delta: 1, theta: Rational(2, 5), tau: Rational(11, 10)}
    return abs((large / known).subs(at).evalf(40) - 1) < 1e-20


def pushes_no_fluxon_around(form: Eq) -> bool:
    """Any field: the force on the annulus, Q^2 F_h, has no average, so that it can be a potential on the ring."""
    return integrate(expand(form.rhs * Q(tau) ** 2), (tau, 0, 2 * pi)) == 0


@consistent(
    M16,
    6,
    proportional_to_the_field,
    sine_on_a_circle,
    pushes_no_fluxon_around,
    ours="That it has no average; its sign, and the axis from which the field's angle counts, lost in our copy.",
)
def forcing() -> Eq:
    """The force of a uniform field in the plane: what the edges contribute to the equation of motion."""
    of_field = confocal_equation().coeff(H) * H
    angular = -of_field.subs(H, h * J_c * c) * Q(tau) ** 2 / (h * Delta)
    return Eq(F_h(tau), h * Delta * expand(angular) / Q(tau) ** 2)


def inverse_to_the_width(form: Eq) -> bool:
    """The effective Josephson penetration length is inversely proportional to the local width."""
    f = phi(tau, t)
    stiffness = expand(form.lhs).coeff(diff(f, tau, 2))
    length = (
        c * Q(tau) * sqrt(stiffness)
    )  # of the stiffness per d tau^2, on the scale of the arc
    local = sqrt(stiffness) * thin_width().rhs
    return simplify(length) == lambda_J and not simplify(local).has(tau)


def losses_of_both_kinds(form: Eq) -> bool:
    """The alpha term is a loss of quasiparticles in the barrier, the beta term one of currents in the surfaces."""
    f = phi(tau, t)
    moved = expand(form.lhs - form.rhs)
    surface = moved.coeff(diff(f, tau, 2, t)) / moved.coeff(diff(f, tau, 2))
    return moved.coeff(diff(f, t)) == -alpha and simplify(surface) == beta


def perturbed_sine_gordon_on_a_circle(form: Eq) -> bool:
    """On a circle without drive and loss it is the sine-Gordon equation, in units of lambda_J and 1/omega_p."""
    f, length = phi(s, t), Symbol("r", positive=True)
    circle = (form.lhs - form.rhs).subs(Q(tau), length / c).subs(gamma(tau), 0)
    circle = circle.subs(F_h(tau), 0).subs({alpha: 0, beta: 0})
    straight = circle.subs(phi(tau, t), phi(tau * length / lambda_J, t)).doit()
    expected = diff(f, s, 2) - diff(f, t, 2) - sin(f)
    return (
        simplify(straight.subs(tau, s * lambda_J / length).doit() - expected) == 0
    )


@consistent(
    M16,
    5,
    inverse_to_the_width,
    losses_of_both_kinds,
    perturbed_sine_gordon_on_a_circle,
    ours="Where beta stands: with the derivative along the annulus.",
)
def equation_of_motion() -> Eq:
    """The phase of an annulus obeys a perturbed sine-Gordon equation with a penetration length lambda_J/Q."""
    terms = Add.make_args(confocal_equation().subs(H, 0))
    stiff = Add(*(a for a in terms if a.has(lambda_J)))
    drives = Add(*(a for a in terms if a.has(alpha) or a.has(gamma)))
    return Eq(factor_terms(stiff) + Add(*terms) - stiff - drives, F_h(tau) - drives)


def the_equation_does_not_see_it(form: Tuple) -> bool:
    """The equation of motion is the same for the phase one turn later: n stays what it is."""
    later = form[0].rhs
    same = equation_of_motion().lhs.subs(Q(tau), 1)
    shifted = same.subs(phi(tau, t), later).doit()
    ring = scale_squared()
    periodic = simplify(ring - ring.subs(tau, tau + 2 * pi)) == 0
    return periodic and simplify(shifted - same) == 0


def one_quantum_is_one_fluxon(form: Tuple) -> bool:
    """n counts fluxons: the phase of one fluxon on a long line rises by what n = 1 adds."""
    profile = 4 * atan(exp(s_hat))
    is_kink = simplify(diff(profile, s_hat, 2) - expand_trig(sin(profile))) == 0
    risen = limit(profile, s_hat, oo) - limit(profile, s_hat, -oo)
    return is_kink and simplify(risen - (form[0].rhs - phi(tau, t)).subs(n, 1)) == 0


@consistent(
    M16,
    7,
    one_quantum_is_one_fluxon,
    the_equation_does_not_see_it,
    ours="That the equation is the same one turn later.",
)
def boundary_conditions() -> Tuple:
    """One turn later the phase is the same up to n flux quanta, which the loop of an electrode holds."""
    quanta = n * Phi_0
    phase = Eq(phi(tau + 2 * pi, t), phi(tau, t) + quanta / flux_unit)
    return Tuple(phase, Eq(diff(phase.lhs, tau), diff(phase.rhs, tau)))
