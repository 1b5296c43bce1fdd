"""What the prose of SLZ25b, Secs. III-V, says of amplitudes and paths, each settled by a number."""

from sympy import (
    Eq,
    Expr,
    Rational,
    Symbol,
    cosh,
    diff,
    expand,
    simplify,
    solve,
)

from derivations.cotunneling.amplitudes import weak_series
from derivations.cotunneling.evaluators import cotunneling_amplitude, frequency_ratio, renormalized_amplitude
from derivations.cotunneling.instanton import in_plasma_units
from derivations.cotunneling.merged import deviation_from_path, ell, r, z
from derivations.cotunneling.symbols import (
    E_J,
    A,
    C,
    C_m,
    Omega,
    charge,
)
from derivations.ledger import Finding, SLZ25b, claim

__all__ = [
    "drag_survives",
    "opposite_slips_negligible",
    "pair_dominates_within_perturbation_theory",
    "paths_move_and_merge",
    "symmetric_is_largest",
    "transverse_stiffness",
    "weak_regime_extends_to_frequency_ratio",
]

E_C_OVER_E_J = 0.07  # of Figs. 3 and 4 of the paper


def transverse_stiffness(charge_2: int) -> Expr:
    """Lowest eigenvalue, over Omega^2, of deviations from the straight path of a common slip, at C_m = r C."""
    slowing, well = deviation_from_path(charge_2)
    bound = cosh(z) ** (-ell)
    left_over = simplify((-slowing * diff(bound, z, 2) + well * bound) / bound)
    at_center, far = left_over.subs(z, 0), 1 - slowing * ell**2
    return far.subs(ell, solve(Eq(simplify(at_center), far), ell)[0])


@claim(SLZ25b, "Fig. 2, paths")
def paths_move_and_merge() -> Finding:
    """With more coupling the paths of least action move from the edges to the diagonals and merge there."""
    same, opposite = (float(transverse_stiffness(s).subs(r, Rational(1, 100))) for s in (1, -1))
    evidence = (
        f"Already at C_m = C/100 the diagonal is a minimum (lowest transverse eigenvalue {same:+.4f} Omega^2) and the"
        f" antidiagonal a saddle ({opposite:+.4f}): what moves is the typical separation within the valley."
    )
    return Finding(same, same < 0, evidence)


def _equal_pair(charge_2: int, coupling):
    xi = frequency_ratio(E_C_OVER_E_J)
    return cotunneling_amplitude(charge_2, xi, xi, coupling)


@claim(SLZ25b, "Fig. 3, opposite")
def opposite_slips_negligible() -> Finding:
    """With increasing coupling |gamma_{1,-1}| quickly becomes negligible against gamma_{1,1}."""
    ratio = float(abs(_equal_pair(-1, 5.0) / _equal_pair(1, 5.0)))
    return Finding(ratio, ratio < 0.1, f"|gamma_1,-1|/gamma_1,1 = {ratio:.3f} at coupling 5, E_C = 0.07 E_J.")


@claim(SLZ25b, "Fig. 3, dominance")
def pair_dominates_within_perturbation_theory() -> Finding:
    """gamma_{1,1} > gamma~ also within the range accessible for perturbation theory."""
    from scipy.optimize import brentq

    from derivations.cotunneling.exact_bands import exact_amplitudes

    xi = frequency_ratio(E_C_OVER_E_J)
    crossing = brentq(lambda c: _equal_pair(1, c) - renormalized_amplitude(xi, c), 5.0, 60.0)
    capacitance_ratio = crossing * E_C_OVER_E_J
    exact = exact_amplitudes(1 / E_C_OVER_E_J, capacitance_ratio, digits=24)
    ratio = float(exact[1, 1] / exact[1, 0])
    evidence = (
        f"(21) and (26) cross at coupling {crossing:.2f}, C_m/C = {capacitance_ratio:.2f}, beyond their range;"
        f" there the diagonalized junctions still have gamma_1,1/gamma_1,0 = {ratio:.3f}."
    )
    return Finding(ratio, ratio > 1, evidence)


@claim(SLZ25b, "Fig. 4, symmetric")
def symmetric_is_largest() -> Finding:
    """At larger coupling gamma_{1,1} is largest for xi_1 = xi_2."""
    mean, step = 0.75, 0.05

    def gain(coupling):  # of the symmetric pair over an asymmetric one of the same 1/xi_1 + 1/xi_2, kappa = 1
        xi_1, xi_2 = 1 / (1 / mean + step), 1 / (1 / mean - step)
        equal = cotunneling_amplitude(1, mean, mean, coupling)
        return float(equal / cotunneling_amplitude(1, xi_1, xi_2, coupling)) - 1

    weak, strong = gain(0.1), gain(5.0)
    evidence = f"Gain of the symmetric pair at equal total action: {weak:+.1e} at coupling 0.1, {strong:+.1e} at 5."
    return Finding(strong, strong > 0, evidence)


@claim(SLZ25b, "Sec. V, regime (iii)")
def weak_regime_extends_to_frequency_ratio() -> Finding:
    """Weak coupling, where (27) holds, extends to C_m/C of the order Omega/E_J."""
    opposite = weak_series(2).subs(charge, -1)
    sign_lost = solve(opposite / A, A)[0]
    depth = in_plasma_units(2 * C_m * Omega / (Symbol("e", positive=True) ** 2)).subs(C_m, r * C)
    per_ratio = simplify(in_plasma_units(depth) / (r * E_J / Omega))
    value = float(sign_lost / per_ratio)
    evidence = (
        f"The parameter is A = {per_ratio} (E_J/Omega)(C_m/C): (27) gives gamma_1,-1 the wrong sign"
        f" from C_m/C = {value:.3f} Omega/E_J on (A = {sign_lost})."
    )
    return Finding(value, value > 0.5, evidence)


@claim(SLZ25b, "Abstract, any C_m")
def drag_survives() -> Finding:
    """The drag, through gamma_{1,1}^2 - gamma_{1,-1}^2, survives at any nonzero mutual capacitance."""
    import numpy as np

    depths = np.logspace(-6, 2, 33)
    together, apart = (np.abs(_equal_pair(s, depths)) for s in (1, -1))
    difference = expand(weak_series(2).subs(charge, 1) ** 2 - weak_series(2).subs(charge, -1) ** 2)
    leading = float(difference.coeff(A, 3))
    evidence = f"The difference starts as {leading:.2f} A^3 and is positive at 33 couplings from 1e-6 to 100."
    return Finding(leading, bool(leading > 0 and np.all(together > apart)), evidence)
