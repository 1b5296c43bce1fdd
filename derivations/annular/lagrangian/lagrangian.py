"""Lagrangian and Hamiltonian density of the phase, and the balance of its energy: Eqs. 13-17 of M16.

Per unit of tau, in units of E_0' c/lambda_J = Phi_0 J_c c^2 Delta_nu/2 pi; time in 1/omega_p. Divided by
lambda_hat = lambda_J/c, an integral over tau is an energy in E_0'.

For the modules that follow: `lagrangian_density()` is Eq. 16 and `hamiltonian_density()` Eq. 17, in Q(tau),
MagneticTerm(tau) and Gamma(tau); `term_of_field()` and `term_of_bias()` are these functions, Eqs. 14 and 15;
`euler_lagrange()` is the equation of motion that Eq. 16 gives. `coefficients()` lists what multiplies what in it,
together with both losses; the evaluators of all of them are in `evaluators`.
"""


from sympy import (
    Eq,
    Expr,
    Symbol,
    Tuple,
    cos,
    diff,
    expand,
    expand_trig,
    factor_terms,
    integrate,
    pi,
    simplify,
    sin,
    solve,
)

from derivations.annular.lagrangian.curved_line import normal_component_of_field
from derivations.annular.lagrangian.field import (
    applied_gradient,
    equation_of_motion,
    flux_unit,
    forcing,
    in_scales,
    over_time,
    sheet_current,
)
from derivations.annular.ring.geometry import jacobian, scale_squared
from derivations.annular.symbols import (
    Delta,
    F_h,
    G_s,
    Gamma,
    H,
    HamiltonianDensity,
    J_c,
    Lagrangian,
    MagneticTerm,
    Q,
    alpha,
    beta,
    c,
    c_s,
    d_e,
    gamma,
    gamma_0,
    h,
    half,
    lambda_hat,
    lambda_J,
    mu_0,
    nu,
    nu_bar,
    nu_o,
    phi,
    t,
    tau,
)
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import consistent, lemma

__all__ = [
    "term_of_bias",
    "coefficients",
    "dissipated",
    "energy_of_the_ring",
    "euler_lagrange",
    "hamiltonian_density",
    "lagrangian_density",
    "local_energy_law",
    "term_of_field",
    "variational_equation",
]

f, velocity, slope = phi(tau, t), phi(tau, t).diff(t), phi(tau, t).diff(tau)


def slope_is_the_force(form: Eq) -> bool:
    """Its slope is Q^2 times the force F_h of the field."""
    return expand(diff(form.rhs, tau) - Q(tau) ** 2 * forcing().rhs) == 0


def is_the_normal_field(form: Eq) -> bool:
    """It is proportional to the applied field: -h Delta Q times the normal component, so periodic on the ring."""
    component = normal_component_of_field().rhs * Q(tau) / H
    return (
        expand(form.rhs + h * Delta * component) == 0
        and form.rhs.subs(tau, tau + 2 * pi).expand() == form.rhs.expand()
    )


@consistent(
    M16,
    14,
    slope_is_the_force,
    is_the_normal_field,
    ours="The formula for its slope, lost in our copy, and the normal field; the prose has proportional and periodic.",
)
def term_of_field() -> Eq:
    """What the field adds to the energy per winding of the phase: the integral of Q^2 F_h."""
    force = forcing().rhs * Q(tau) ** 2
    return Eq(MagneticTerm(tau), factor_terms(integrate(expand(force), tau)))


def slope_is_the_bias(form: Eq) -> bool:
    """Its slope is Q^2 times the bias gamma_0."""
    return simplify(diff(form.rhs, tau) - gamma_0 * scale_squared()) == 0


def grows_by_the_whole_bias(form: Eq) -> bool:
    """It is proportional to the bias, and grows by gamma_0 times the area of the ring per turn."""
    from derivations.annular.ring.lengths import area_between_edges

    grown = expand(form.rhs.subs(tau, tau + 2 * pi) - form.rhs)
    of_thin_ring = diff(area_between_edges().rhs, nu_o).subs(nu_o, nu_bar) / c**2  # per Delta_nu
    return simplify(expand_trig(grown - gamma_0 * of_thin_ring)) == 0


@consistent(
    M16,
    15,
    slope_is_the_bias,
    grows_by_the_whole_bias,
    ours="The formula for its slope, lost in our copy, and its growth; the prose has proportional.",
)
def term_of_bias() -> Eq:
    """What a uniform bias adds to the energy per winding of the phase: the integral of gamma_0 Q^2."""
    doubled = scale_squared().subs(cos(tau) ** 2, half * (1 + cos(2 * tau)))
    return Eq(Gamma(tau), gamma_0 * integrate(doubled, tau))


def plain_on_a_circle(form: Eq) -> bool:
    """With constant Q and without field and bias it is the sine-Gordon equation."""
    plain = (
        (form.lhs - form.rhs)
        .subs({Q(tau): lambda_hat, MagneticTerm(tau): 0, Gamma(tau): 0})
        .doit()
    )
    return expand(plain / lambda_hat**2) == diff(f, tau, 2) - diff(f, t, 2) - sin(f)


def is_eq_5_without_losses(form: Eq) -> bool:
    """It is Q^2 times Eq. 5 without losses, with a uniform bias."""
    drives = {MagneticTerm(tau): term_of_field().rhs, Gamma(tau): term_of_bias().rhs}
    driven = (
        (form.lhs - form.rhs).subs(drives).doit().subs(Q(tau) ** 2, scale_squared())
    )
    eq_5 = equation_of_motion().subs(
        {F_h(tau): forcing().rhs, alpha: 0, beta: 0, gamma(tau): gamma_0}
    )
    of_5 = expand((eq_5.lhs - eq_5.rhs) * Q(tau) ** 2).subs(
        lambda_J, lambda_hat * c
    )
    return simplify(expand(driven - of_5.subs(Q(tau) ** 2, scale_squared()))) == 0


@consistent(
    M16, 13, is_eq_5_without_losses, plain_on_a_circle, ours="The factor Q^2, by which it can have a Lagrangian."
)
def variational_equation() -> Eq:
    """Without losses the equation of motion, times Q^2, has a total derivative on its right.

    Both drives are written as slopes over Q^2, of functions that Eqs. 14 and 15 then give.
    """
    slopes = {F_h(tau): diff(MagneticTerm(tau), tau), gamma(tau): diff(Gamma(tau), tau)}
    driven = {drive: slope / Q(tau) ** 2 for drive, slope in slopes.items()}
    lossless = equation_of_motion().subs({alpha: 0, beta: 0}).doit().subs(driven)
    left, right = (expand(side * Q(tau) ** 2) for side in (lossless.lhs, lossless.rhs))
    return Eq(left.subs(lambda_J, lambda_hat * c), right)


def euler_lagrange(density: Expr) -> Expr:
    """Of a Lagrangian density in phi, phi_t and phi_tau: zero along a motion."""
    v, w, p = Symbol("v"), Symbol("w"), Symbol("p")
    plain = density.subs({velocity: v, slope: w}).subs(f, p)
    back = {v: velocity, w: slope, p: f}
    momentum, stress, force = (diff(plain, q).subs(back) for q in (v, w, p))
    return expand(force - diff(momentum, t) - diff(stress, tau))


def derives_eq_13(form: Eq) -> bool:
    """The Euler-Lagrange equation of it is Eq. 13."""
    eq_13 = variational_equation()
    return expand(euler_lagrange(form.rhs) - (eq_13.lhs - eq_13.rhs).doit()) == 0


@kept
def stored_energies() -> Tuple:
    """Energy densities in SI of charge, of currents around the annulus, of pairs, and minus the work of the source."""
    around = jacobian()[:, 1].subs(nu, nu_bar)  # c Q times the tangent
    applied = around.dot(applied_gradient()) / (c * Q(tau))
    current = sheet_current(slope / (c * Q(tau)), applied).subs(G_s, 0)
    voltage = flux_unit * over_time(f)
    pairs = J_c * flux_unit * (1 - cos(f))
    return Tuple(
        c_s * voltage**2 / 2,
        mu_0 * d_e * current**2 / 2,
        pairs,
        -J_c * flux_unit * gamma_0 * f,
    )


@consistent(M16, 16, derives_eq_13)
def lagrangian_density() -> Eq:
    """Lagrangian density: charge against currents, pairs and source, less what no motion depends on.

    The field alone, a constant, drops out; so does the total derivative by which -Gamma phi_tau differs from the
    work of the source.
    """
    charge, currents, pairs, source = stored_energies()
    unit = J_c * flux_unit / Q(tau) ** 2
    density = in_scales((charge - currents - pairs - source) / unit)
    density = expand(density.subs(lambda_J, lambda_hat * c).subs(H, h * J_c * c))
    moving = density - density.subs({velocity: 0, slope: 0}).subs(f, 0)
    of_slope, of_phase = moving.coeff(slope), moving.coeff(f)
    in_field = simplify(of_slope / term_of_field().rhs) * MagneticTerm(tau)
    in_bias = of_phase / (gamma_0 * Q(tau) ** 2) * Gamma(tau)
    rest = expand(moving - of_slope * slope - of_phase * f)
    on_ring, around = rest.as_independent(slope)
    return Eq(
        Lagrangian, factor_terms(on_ring) + around + (in_field - in_bias) * slope
    )


def conserved_without_bias(form: Eq) -> bool:
    """Along Eq. 13 it changes by what flows around the ring, which without bias ends where it began, in any field."""
    eq_13 = variational_equation()
    moving = solve((eq_13.lhs - eq_13.rhs).doit(), diff(f, t, 2))[0]
    tension = diff(form.rhs, slope)
    gained = diff(form.rhs, t).subs(diff(f, t, 2), moving)
    flows = expand((gained - diff(tension * velocity, tau)).doit()) == 0
    one_turn = _per_turn(tension).subs(gamma_0, 0)
    return flows and one_turn == 0


def stored_energy(form: Eq) -> bool:
    """It is the energy stored as charge, by currents and by pairs, less the work of the source, up to a derivative."""
    at_rest = {velocity: 0, slope: 0}
    stored = in_scales(sum(stored_energies()) * Q(tau) ** 2 / (J_c * flux_unit))
    stored = expand(stored.subs(lambda_J, lambda_hat * c).subs(H, h * J_c * c))
    stored -= stored.subs(at_rest).subs(f, 0)
    drives = {MagneticTerm(tau): term_of_field().rhs, Gamma(tau): term_of_bias().rhs}
    by_parts = diff(term_of_bias().rhs * f, tau)
    rest = (form.rhs.subs(drives) - stored - by_parts).subs(Q(tau) ** 2, scale_squared())
    return simplify(expand(rest)) == 0


@consistent(M16, 17, stored_energy, conserved_without_bias, ours="The first.")
def hamiltonian_density() -> Eq:
    """Hamiltonian density: the Legendre transform of the Lagrangian density."""
    density = lagrangian_density().rhs
    momentum = diff(density, velocity)
    on_ring, around = expand(momentum * velocity - density).as_independent(slope)
    return Eq(HamiltonianDensity, factor_terms(on_ring) + around)


@kept
def acceleration() -> Expr:
    """phi_tt of a motion without losses, from the Lagrangian density."""
    return solve(euler_lagrange(lagrangian_density().rhs), diff(f, t, 2))[0]


@kept
def energy_flow() -> Expr:
    """What flows around the ring towards smaller tau: the tension times the velocity of the phase."""
    return diff(hamiltonian_density().rhs, slope) * velocity


@lemma
def local_energy_law() -> Eq:
    """The energy density changes by what flows: d H/dt = d/d tau of the flow, for any Q, field and bias."""
    gained = diff(hamiltonian_density().rhs, t).subs(diff(f, t, 2), acceleration())
    return Eq(expand(gained), expand(diff(energy_flow(), tau)), evaluate=False)


def _per_turn(tension: Expr) -> Expr:
    """What a tension gains in one turn; phi_tau and phi_t are periodic, by Eq. 7."""
    drives = {MagneticTerm(tau): term_of_field().rhs, Gamma(tau): term_of_bias().rhs}
    driven = tension.subs(slope, 0).subs(drives)
    return factor_terms(simplify(driven.subs(tau, 2 * pi) - driven.subs(tau, 0)))


@kept
def energy_of_the_ring() -> Expr:
    """Gain of the total energy: the flow through tau = 2 pi less that through 0, which differ by the bias alone."""
    return _per_turn(diff(hamiltonian_density().rhs, slope)) * phi(0, t).diff(t)


@lemma
def dissipated() -> Eq:
    """Losses only take energy: alpha Q^2 phi_t^2 and beta lambda_hat^2 phi_tau_t^2, besides a flow through surfaces."""
    full = equation_of_motion().subs({F_h(tau): 0, gamma(tau): 0})
    moved = expand((full.lhs - full.rhs) * Q(tau) ** 2).subs(
        lambda_J, lambda_hat * c
    )
    plain = (
        hamiltonian_density().rhs.subs({MagneticTerm(tau): 0, Gamma(tau): 0}).doit()
    )
    gained = diff(plain, t).subs(diff(f, t, 2), solve(moved, diff(f, t, 2))[0])
    through_surfaces = beta * lambda_hat**2 * velocity * diff(velocity, tau)
    flow = (
        energy_flow().subs({MagneticTerm(tau): 0, Gamma(tau): 0}).doit()
        + through_surfaces
    )
    lost = (
        alpha * Q(tau) ** 2 * velocity**2
        + beta * lambda_hat**2 * diff(velocity, tau) ** 2
    )
    return Eq(expand(gained), expand(diff(flow, tau) - lost), evaluate=False)


@kept
def coefficients() -> dict[str, Expr]:
    """What multiplies what in inertia phi_tt = stiffness phi_tau_tau - pairs sin(phi) - force - losses, from Eq. 16.

    `quasiparticles` multiplies -phi_t and `surfaces` phi_tau_tau_t, from Eq. 5; `force` is d/d tau of
    MagneticTerm - Gamma with Eqs. 14 and 15 inserted. All in tau, nu_bar, lambda_hat, h Delta, theta, gamma_0.
    """
    motion = euler_lagrange(lagrangian_density().rhs)
    full = equation_of_motion()
    lossy = expand((full.lhs - full.rhs) * Q(tau) ** 2).subs(
        lambda_J, lambda_hat * c
    )
    drives = {MagneticTerm(tau): term_of_field().rhs, Gamma(tau): term_of_bias().rhs}
    found = {
        "inertia": -motion.coeff(diff(f, t, 2)),
        "stiffness": motion.coeff(diff(f, tau, 2)),
        "pairs": -motion.coeff(sin(f)),
        "force": -motion.subs(f, 0).doit().subs(drives).doit(),
        "quasiparticles": -lossy.coeff(diff(f, t)),
        "surfaces": lossy.coeff(diff(f, tau, 2, t)),
    }
    return {
        name: expand(value.subs(Q(tau) ** 2, scale_squared()))
        for name, value in found.items()
    }
