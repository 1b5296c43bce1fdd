"""What the prose of SLZ25b, Secs. III-V, says of amplitudes and paths, each settled by a number."""

from sympy import (
    Eq,
    Expr,
    Integral,
    Rational,
    Symbol,
    cosh,
    diff,
    exp,
    factor_terms,
    lambdify,
    limit,
    log,
    oo,
    simplify,
    sinh,
    solve,
)

from derivations.cotunneling.amplitudes import symmetric_in_depth, weak_series
from derivations.cotunneling.evaluators import (
    cotunneling_amplitude,
    frequency_ratio,
    renormalized_amplitude,
)
from derivations.cotunneling.instanton import in_plasma_units
from derivations.cotunneling.instanton_gas import (
    coupling_density,
    symmetric_interaction,
    velocity,
)
from derivations.cotunneling.merged import deviation_from_path, ell, r, z
from derivations.cotunneling.symbols import (
    E_J,
    A,
    C,
    C_m,
    Omega,
    Omega_1,
    charge,
    e,
    epsilon,
    nu,
    phi_1,
    phi_2,
    s,
    tau,
    y,
)
from derivations.ledger import Finding, SLZ25b, claim

__all__ = [
    "drag_survives",
    "like_charges_attract",
    "only_different_junctions_interact",
    "gas_agrees_with_exact_bands",
    "opposite_slips_negligible",
    "pair_dominates_within_perturbation_theory",
    "paths_move_and_merge",
    "short_range",
    "symmetric_is_largest",
    "transverse_stiffness",
    "weak_coupling_parameter",
]

E_C_OVER_E_J = 0.07  # of Figs. 3 and 4 of the paper


@claim(SLZ25b, "Sec. III, attract", where="TODO", ours="TODO")
def like_charges_attract() -> Finding:
    """Slips of equal charge attract each other, slips of opposite charge repel each other."""
    at_contact = symmetric_interaction().rhs.subs(A, 1)
    energy = float(limit(at_contact, tau, 0))
    rises = diff(at_contact.subs(Omega, 1), tau).subs(tau, 1).evalf() > 0
    holds = bool(energy < 0 and rises)
    return Finding(
        energy,
        holds,
        "V/A is -1 at contact and rises to 0: a well for nu epsilon = 1.",
    )


@claim(SLZ25b, "Sec. III, range", where="TODO", ours="TODO")
def short_range() -> Finding:
    """The interaction of slips is short-ranged."""
    decay = float(
        limit(
            -log(-symmetric_interaction().rhs.subs({A: 1, Omega: 1})) / tau, tau, oo
        )
    )
    return Finding(
        decay,
        decay > 0,
        "V falls as A Omega tau exp(-Omega tau) times 2: one inverse plasma frequency.",
    )


@claim(SLZ25b, "18, several slips", where="TODO", ours="TODO")
def only_different_junctions_interact() -> Finding:
    """With several slips on a junction, own energies and pairs on different junctions are all that C_m adds."""
    moving = nu * velocity(Omega_1, 0) + epsilon * velocity(Omega_1, tau)
    density = (
        coupling_density()
        .subs({diff(phi_1(tau), tau): moving, diff(phi_2(tau), tau): 0})
        .expand()
    )
    left_out = density.coeff(nu * epsilon)
    overlap = Integral(
        left_out.subs({C_m: 0.5, e: 1, Omega_1: 1, tau: 1}), (s, -oo, oo)
    ).evalf()
    relative = float(
        overlap
        / -symmetric_interaction().rhs.subs({A: 1, Omega: 1, tau: 1}).evalf()
    )
    evidence = f"Two slips of one junction repel through C_m {relative:.3f} times as strongly; gone when far apart."
    return Finding(relative, abs(relative) < 1e-6, evidence)


def transverse_stiffness(charge_2: int) -> Expr:
    """Lowest eigenvalue, over Omega^2, of deviations from the straight path of a common slip, at C_m = r C."""
    slowing, well = deviation_from_path(charge_2)
    bound = cosh(z) ** (-ell)
    left_over = simplify((-slowing * diff(bound, z, 2) + well * bound) / bound)
    at_center, far = left_over.subs(z, 0), 1 - slowing * ell**2
    return far.subs(ell, solve(Eq(simplify(at_center), far), ell)[0])


@claim(SLZ25b, "Fig. 2, paths", where="TODO", ours="TODO")
def paths_move_and_merge() -> Finding:
    """With more coupling the paths of least action move from the edges to the diagonals and merge there."""
    same, opposite = (float(transverse_stiffness(c).subs(r, Rational(1, 100))) for c in (1, -1))
    slope = lambdify(tau, diff(symmetric_interaction().rhs.subs({A: 1, Omega: 1}), tau))
    turns = [time for time in range(1, 30) if slope(time) <= 0]
    evidence = (
        f"Equal junctions, C_m = C/100: the diagonal is a minimum (lowest transverse eigenvalue {same:+.4f} Omega^2),"
        f" the antidiagonal a saddle ({opposite:+.4f}), and V turns at {len(turns)} separations in between:"
        " no path rests there. What moves is the typical separation within the valley."
    )
    return Finding(same, same < 0 or bool(turns), evidence)


def _equal_pair(charge_2: int, coupling):
    xi = frequency_ratio(E_C_OVER_E_J)
    return cotunneling_amplitude(charge_2, xi, xi, coupling)


def _exact(coupling: float, digits: int = 24) -> dict:
    from derivations.cotunneling.exact_bands import exact_amplitudes

    return exact_amplitudes(1 / E_C_OVER_E_J, coupling * E_C_OVER_E_J, digits=digits)


@claim(SLZ25b, "24, exact bands", where="TODO", ours="TODO")
def gas_agrees_with_exact_bands() -> Finding:
    """Eq. 24 gives the amplitudes of two weakly coupled junctions, here with the exact fugacities."""
    from derivations.cotunneling.exact_bands import exact_amplitudes

    errors = {}
    for capacitance_ratio in (0.01, 1.0):
        exact = exact_amplitudes(10.0, capacitance_ratio, digits=24)
        xi = frequency_ratio(0.1)
        of_gas = {c: cotunneling_amplitude(c, xi, xi, 10 * capacitance_ratio) for c in (1, -1)}
        fugacity = exact[1, 0] / renormalized_amplitude(xi, 10 * capacitance_ratio)
        errors[capacitance_ratio] = max(
            abs(float(exact[1, c] / (of_gas[c] * fugacity**2)) - 1) for c in (1, -1)
        )
    evidence = (
        f"E_J = 10 E_C: off by {errors[0.01]:.4f} at C_m = C/100 for the worse of both charges,"
        f" by {errors[1.0]:.2f} at C_m = C."
    )
    return Finding(errors[0.01], errors[0.01] < 0.01, evidence)


@claim(SLZ25b, "Fig. 3, opposite", where="TODO", ours="TODO")
def opposite_slips_negligible() -> Finding:
    """With increasing coupling |gamma_{1,-1}| quickly becomes negligible against gamma_{1,1}."""
    exact = {c: _exact(c) for c in (5.0, 10.0)}
    ratio = {c: abs(float(exact[c][1, -1] / exact[c][1, 1])) for c in exact}
    formula = float(abs(_equal_pair(-1, 5.0) / _equal_pair(1, 5.0)))
    evidence = (
        f"Exact bands at E_C = 0.07 E_J: |gamma_1,-1|/gamma_1,1 = {ratio[5.0]:.3f} at coupling 5 and"
        f" {ratio[10.0]:.3f} at 10. Eq. 26 gives {formula:.3f} at 5: too small."
    )
    return Finding(ratio[10.0], ratio[10.0] < 0.1, evidence)


@claim(SLZ25b, "Fig. 3, dominance", where="TODO", ours="TODO")
def pair_dominates_within_perturbation_theory() -> Finding:
    """gamma_{1,1} > gamma~ also within the range accessible for perturbation theory."""
    from scipy.optimize import brentq

    xi = frequency_ratio(E_C_OVER_E_J)
    crossing = brentq(lambda c: _equal_pair(1, c) - renormalized_amplitude(xi, c), 5.0, 60.0)
    exact = _exact(crossing)
    ratio = float(exact[1, 1] / exact[1, 0])
    evidence = (
        f"(21) and (26) cross at coupling {crossing:.2f}, C_m/C = {crossing * E_C_OVER_E_J:.2f}, beyond their range;"
        f" there the exact bands still have gamma_1,1/gamma_1,0 = {ratio:.3f}."
    )
    return Finding(ratio, ratio > 1, evidence)


@claim(SLZ25b, "Fig. 4, symmetric", where="TODO", ours="TODO")
def symmetric_is_largest() -> Finding:
    """At larger coupling gamma_{1,1} is largest for xi_1 = xi_2, among pairs of the same 1/xi_1 + 1/xi_2."""
    mean, step = 0.75, 0.05

    def gain(coupling):
        xi_1, xi_2 = 1 / (1 / mean + step), 1 / (1 / mean - step)
        equal = cotunneling_amplitude(1, mean, mean, coupling)
        return float(equal / cotunneling_amplitude(1, xi_1, xi_2, coupling)) - 1

    weak, strong = gain(0.1), gain(5.0)
    free = float(cotunneling_amplitude(1, mean, 1.5, 5.0) / cotunneling_amplitude(1, mean, mean, 5.0))
    evidence = (
        f"Gain over a slightly unequal pair of the same total action: {weak:+.1e} at coupling 0.1, {strong:+.1e} at 5."
        f" With xi_1 = 0.75 held instead, doubling xi_2 multiplies gamma_1,1 by {free:.0f}."
    )
    return Finding(strong, strong > 0, evidence)


@claim(SLZ25b, "27, very small C_m", where="TODO", ours="TODO")
def weak_coupling_parameter() -> Finding:
    """For very small C_m/C << Omega/E_J it suffices to expand the exponents, Eq. 27."""
    opposite = weak_series(2).subs(charge, -1)
    sign_lost = solve(factor_terms(opposite / A), A)[0]
    depth = 2 * C_m * Omega / e**2
    per_ratio = simplify(in_plasma_units(in_plasma_units(depth.subs(C_m, r * C))) / (r * E_J / Omega))
    value = float(sign_lost / per_ratio)
    evidence = (
        f"It does, but << has to include a factor: the parameter is A = {per_ratio} (E_J/Omega)(C_m/C), and (27) has"
        f" the wrong sign of gamma_1,-1 from C_m/C = {value:.3f} Omega/E_J on (A = {sign_lost})."
    )
    return Finding(value, value < 1, evidence)


@claim(SLZ25b, "abstract, any C_m", where="TODO", ours="TODO")
def drag_survives() -> Finding:
    """The drag, through gamma_{1,1}^2 - gamma_{1,-1}^2, survives at any nonzero mutual capacitance."""
    _, integral = symmetric_in_depth().rhs.as_independent(Integral)
    depth = Symbol("a", real=True)  # A y/sinh(y)
    both = sum(integral.function.subs(charge, c).subs(y / sinh(y), depth / A) for c in (1, -1))
    surplus = simplify(both - (4 * sinh(depth / 2) ** 2).rewrite(exp))
    same, opposite = (weak_series(2).subs(charge, c) for c in (1, -1))
    leading = float(limit((same + opposite) / (same * A), A, 0))
    evidence = (
        "The integrand of gamma_1,1 + gamma_1,-1 is 4 sinh^2 of half the interaction, positive everywhere:"
        f" gamma_1,1 exceeds |gamma_1,-1| by the fraction {leading:.3f} A for A << 1."
    )
    return Finding(leading, surplus == 0 and leading > 0, evidence)
