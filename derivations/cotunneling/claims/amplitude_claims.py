"""What the prose of SLZ25b, Secs. III-V, says of amplitudes and paths, each settled by a number."""

import numpy as np
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

from derivations.cotunneling.amplitudes.amplitudes import symmetric_in_depth, weak_series
from derivations.cotunneling.amplitudes.evaluators import cotunneling_amplitude, renormalized_amplitude
from derivations.cotunneling.exact.exact_bands import exact_amplitudes
from derivations.cotunneling.gas.instanton_gas import coupling_density, symmetric_interaction, velocity
from derivations.cotunneling.higher_orders.third_order import amplitude_of_order, only_different_junctions
from derivations.cotunneling.instantons.pair import Pair, depth_over_ratio, frequency_ratio
from derivations.cotunneling.strong_coupling.merged import deviation_from_path, ell, r, z
from derivations.cotunneling.strong_coupling.regimes import E_C_OVER_E_J
from derivations.cotunneling.symbols import (
    E_J,
    A,
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
from derivations.papers import SLZ25b
from rederived.ledger import Finding, InLimit, claim

__all__ = [
    "crossing_of_formulas",
    "depth_per_ratio",
    "drag_survives",
    "expansion_over_integral",
    "gas_over_exact",
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



@claim(
    SLZ25b,
    "Sec. III, attract",
    where="Sec. III, paragraph after Eq. 17, second sentence",
    ours="equal junctions, whose interaction is in closed form",
)
def like_charges_attract() -> Finding:
    """Two slips of different junctions attract each other if their charges are equal, and repel if they differ."""
    at_contact = symmetric_interaction().rhs.subs(A, 1)
    energy = float(limit(at_contact, tau, 0))
    rises = diff(at_contact.subs(Omega, 1), tau).subs(tau, 1).evalf() > 0
    holds = bool(energy < 0 and rises)
    return Finding(
        energy,
        holds,
        "V/A is -1 at contact and rises to 0: a well for nu epsilon = 1.",
    )


@claim(
    SLZ25b,
    "Sec. III, range",
    where="Sec. III, paragraph after Eq. 21, third sentence",
    ours="equal junctions; an exponential fall counts as short",
)
def short_range() -> Finding:
    """Slips of different junctions feel each other over a short time only."""
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


@claim(
    SLZ25b,
    "18, several slips",
    where="Sec. III, Eq. 18, for more than one slip of a junction",
    ours="that slips of one junction may be 1/Omega apart; in a dilute gas, which is the paper's, (18) holds",
)
def only_different_junctions_interact() -> Finding:
    """At any distances C_m adds an energy of each slip and one of each pair on different junctions, and no other.

    What it adds for two slips of one junction is compared with the interaction of two on different ones.
    """
    from scipy.integrate import quad


    moving = nu * velocity(Omega_1, 0) + epsilon * velocity(Omega_1, tau)
    density = (
        coupling_density()
        .subs({diff(phi_1(tau), tau): moving, diff(phi_2(tau), tau): 0})
        .expand()
    )
    left_out = density.coeff(nu * epsilon)

    repulsion = lambdify((s, tau), left_out.subs({C_m: 0.5, e: 1, Omega_1: 1}))

    def overlap(distance: float) -> float:
        """In units in which two equal slips of different junctions attract with A y/sinh(y), A = 1."""
        return quad(repulsion, -40, 40 + distance, args=(distance,), epsabs=0, limit=200)[0]

    other = -float(symmetric_interaction().rhs.subs({A: 1, Omega: 1, tau: 1}).evalf())
    relative, far = overlap(1) / other, overlap(20) / other
    same_order_two = all(
        amplitude_of_order(2, 1, c) == amplitude_of_order(2, 1, c, only_different_junctions) for c in (1, -1)
    )
    touched = "not touched" if same_order_two else "touched"
    evidence = (
        f"Two slips of one junction, 1/Omega apart, repel through C_m {relative:.3f} times as strongly as slips of"
        f" different junctions attract; 20/Omega apart the factor is {far:.0e}. (24), with one slip of each junction,"
        f" is {touched}."
    )
    return Finding(relative, abs(relative) < 1e-6, evidence)


def transverse_stiffness(charge_2: int) -> Expr:
    """Lowest eigenvalue, over Omega^2, of deviations from the straight path of a common slip, at C_m = r C."""
    slowing, well = deviation_from_path(charge_2)
    bound = cosh(z) ** (-ell)
    left_over = simplify((-slowing * diff(bound, z, 2) + well * bound) / bound)
    at_center, far = left_over.subs(z, 0), 1 - slowing * ell**2
    return far.subs(ell, solve(Eq(simplify(at_center), far), ell)[0])


@claim(
    SLZ25b,
    "Fig. 2, paths",
    where="Sec. IV, paragraph on Fig. 2, second and third sentence",
    ours="equal junctions, C_m = C/100; that a path is a stationary one, not that of the separation that counts most",
)
def paths_move_and_merge() -> Finding:
    """With growing C_m the paths of least action move from the edges of the square to its middle, and merge there."""
    same, opposite = (float(transverse_stiffness(c).subs(r, Rational(1, 100))) for c in (1, -1))
    slope = lambdify(tau, diff(symmetric_interaction().rhs.subs({A: 1, Omega: 1}), tau))
    turns = [time for time in range(1, 30) if slope(time) <= 0]
    evidence = (
        "True is where they end: the middle is a minimum for equal charges (lowest transverse eigenvalue"
        f" {same:+.4f} Omega^2 on the diagonal) and no minimum for opposite ones ({opposite:+.4f} on the antidiagonal)."
        f" But V turns at {len(turns)} separations in between, so no path of least action rests on the way: for equal"
        " charges it is the diagonal from the start, for opposite ones there is none. What moves is the separation that"
        " counts most."
    )
    return Finding(same, same < 0 or bool(turns), evidence)


def _equal_pair(charge_2: int, coupling):
    xi = frequency_ratio(E_C_OVER_E_J)
    return cotunneling_amplitude(charge_2, xi, xi, coupling)


def _exact(coupling: float, digits: int = 24) -> dict:
    return exact_amplitudes(1 / E_C_OVER_E_J, coupling * E_C_OVER_E_J, digits=digits)


@claim(
    SLZ25b,
    "24, exact bands",
    where="Sec. III, sentence after Eq. 24",
    ours="equal junctions, E_J = 10 E_C; the exact gamma_1,0 as fugacity, so that only the integral is tested",
)
def gas_agrees_with_exact_bands() -> InLimit:
    """To lowest order in C_m Eq. 24 gives the amplitudes of slips in both junctions."""
    ratios = (0.1, 0.03, 0.01)
    errors = tuple(max(abs(gas_over_exact(c, r) - 1) for c in (1, -1)) for r in ratios)
    evidence = (
        "(24) over exact bands at E_J = 10 E_C, the worse of both charges. At C_m = C, outside the claim,"
        f" this mix with the exact fugacity has {gas_over_exact(1, 1.0):.1f} times the exact gamma_1,1;"
        " (26) is far closer."
    )
    return InLimit("C_m/C", ratios, errors, evidence)


def gas_over_exact(charge_2: int, capacitance_ratio: float) -> float:
    """Eq. 24 with the exact gamma_{1,0} as fugacity over the exact gamma_{1,charge_2}, at E_J = 10 E_C."""
    exact = exact_amplitudes(10.0, capacitance_ratio, digits=24)
    pair = Pair.of_energies(10.0, capacitance_ratio=capacitance_ratio)
    fugacity = exact[1, 0] / renormalized_amplitude(pair.xi_1, pair.coupling)
    return float(cotunneling_amplitude(charge_2, **pair.by_coupling) * fugacity**2 / exact[1, charge_2])


@claim(
    SLZ25b,
    "Fig. 3, opposite",
    where="Sec. IV, paragraph on Fig. 3, second sentence",
    ours="a tenth, at coupling 10, as negligible",
)
def opposite_slips_negligible() -> Finding:
    """With growing coupling slips in opposite directions soon are negligible against those in the same direction."""
    exact = {c: _exact(c) for c in (5.0, 10.0)}
    ratio = {c: abs(float(exact[c][1, -1] / exact[c][1, 1])) for c in exact}
    formula = float(abs(_equal_pair(-1, 5.0) / _equal_pair(1, 5.0)))
    evidence = (
        f"Exact bands at E_C = 0.07 E_J: |gamma_1,-1|/gamma_1,1 = {ratio[5.0]:.3f} at coupling 5 and"
        f" {ratio[10.0]:.3f} at 10. Eq. 26 gives {formula:.3f} at 5: too small."
    )
    return Finding(ratio[10.0], ratio[10.0] < 0.1, evidence)


def crossing_of_formulas(ec_over_ej: float) -> float:
    """C_m/C at which Eq. 26 overtakes Eq. 21 for two equal junctions."""
    from scipy.optimize import brentq

    def excess(ratio):
        junctions = Pair.of_energies(1 / ec_over_ej, capacitance_ratio=ratio)
        pair = cotunneling_amplitude(1, **junctions.by_coupling, log=True)[1]
        return float(pair - renormalized_amplitude(junctions.xi_1, junctions.coupling, log=True)[1])

    return brentq(excess, 0.2, 2.0)


@claim(
    SLZ25b,
    "Fig. 3, dominance",
    where="Sec. IV, paragraph on Fig. 3, last sentence",
    ours="equal junctions; amplitudes, as in the figure; C_m < C, where the paper has an order; exact bands decide",
)
def pair_dominates_within_perturbation_theory() -> Finding:
    """Slips of both junctions can outdo all others already where perturbation theory in C_m applies."""
    ends = (0.01, 0.5)
    weakest, here, strongest = (crossing_of_formulas(ratio) for ratio in (ends[0], E_C_OVER_E_J, ends[1]))
    exact = _exact(here / E_C_OVER_E_J)
    ratio = float(exact[1, 1] / exact[1, 0])
    evidence = (
        f"(21) and (26) cross at C_m/C = {here:.2f} (coupling {here / E_C_OVER_E_J:.2f}); for E_C/E_J = {ends[0]} ..."
        f" {ends[1]} at {weakest:.2f} ... {strongest:.2f}, never below C, about where the paper ends its perturbation"
        " theory."
        f" At the crossing exact bands still have gamma_1,1/gamma_1,0 = {ratio:.3f}."
    )
    return Finding(ratio, ratio > 1 or min(weakest, here, strongest) < 1, evidence)


@claim(
    SLZ25b,
    "Fig. 4, symmetric",
    where="Sec. IV, last sentence",
    ours="that pairs of the same 1/xi_1 + 1/xi_2, of the same action, are compared; with xi_1 held it does not hold",
)
def symmetric_is_largest() -> Finding:
    """At larger coupling slips of both junctions are most frequent if the junctions are alike."""
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


def depth_per_ratio() -> Expr:
    """A over (E_J/Omega)(C_m/C): the factor between the expansion parameter and the one that the paper compares."""
    return simplify(depth_over_ratio() * Omega / E_J)


def expansion_over_integral(charge_2: int, depth: float) -> float:
    """Eq. 27 through the second order, as printed, over Eq. 26, at A = depth; both over the same fugacities."""
    xi = frequency_ratio(E_C_OVER_E_J)
    printed = float(weak_series(2).subs({charge: charge_2, A: depth, E_J: 1, Omega: xi}))
    return float(printed / cotunneling_amplitude(charge_2, xi, xi, depth / xi))


@claim(
    SLZ25b,
    "27, very small C_m",
    where="Sec. IV, sentence before Eq. 27",
    ours="ten percent, to say how small",
)
def weak_coupling_parameter() -> InLimit:
    """For C_m/C far below Omega/E_J the exponents may be expanded, which gives Eq. 27."""
    from scipy.optimize import brentq

    factor, opposite = depth_per_ratio(), weak_series(2).subs(charge, -1)
    sign_lost = float(solve(factor_terms(opposite / A), A)[0] / factor)
    tenth = brentq(lambda x: abs(expansion_over_integral(-1, float(factor) * x) - 1) - 0.1, 0.001, sign_lost)
    ratios = (0.05, 0.02, 0.01, 0.005)
    errors = tuple(max(abs(expansion_over_integral(c, float(factor) * x) - 1) for c in (1, -1)) for x in ratios)
    evidence = (
        f"(27) over (26), the worse of both charges. << means {tenth:.3f} (10%), since A = {factor} (E_J/Omega)(C_m/C)"
        f" is what has to be small; from {sign_lost:.3f} on (27) has the wrong sign of gamma_1,-1."
    )
    return InLimit("C_m E_J/(C Omega)", ratios, errors, evidence)


@claim(
    SLZ25b,
    "abstract, any C_m",
    where="Abstract, fourth sentence; Sec. V, fourth paragraph, first sentence",
    ours="equal junctions; beyond weak coupling exact bands at E_J = 10 E_C and C_m/C up to 10",
)
def drag_survives() -> Finding:
    """However small C_m is, slips in the same direction are more frequent than opposite ones, so the drag survives."""
    strong = np.array([0.1, 1.0, 10.0])
    exact = exact_amplitudes(10.0, strong, digits=28)
    above = bool(np.all(exact[1, 1] > abs(exact[1, -1])))
    rest = [abs(float(v)) for v in exact[1, -1] / exact[1, 1]]
    _, integral = symmetric_in_depth().rhs.as_independent(Integral)
    depth = Symbol("a", real=True)  # A y/sinh(y)
    both = sum(integral.function.subs(charge, c).subs(y / sinh(y), depth / A) for c in (1, -1))
    surplus = simplify(both - (4 * sinh(depth / 2) ** 2).rewrite(exp))
    same, opposite = (weak_series(2).subs(charge, c) for c in (1, -1))
    leading = float(limit((same + opposite) / (same * A), A, 0))
    evidence = (
        "The integrand of gamma_1,1 + gamma_1,-1 is 4 sinh^2 of half the interaction, positive everywhere:"
        f" gamma_1,1 exceeds |gamma_1,-1| by the fraction {leading:.3f} A for A << 1. Exact bands have"
        f" |gamma_1,-1|/gamma_1,1 = {rest[0]:.2f} at C_m = C/10, {rest[1]:.0e} at C and {rest[2]:.0e} at 10 C."
    )
    return Finding(leading, surplus == 0 and leading > 0 and above, evidence)
