"""Unequal junctions at any C_m: the gas of Eq. 31, the slip on its true path, and what joins them.

Beyond SLZ25b. Both approaches share a limit, steepest descent over the time between two slips. Dividing by it joins
them, as for equal junctions; nothing is fitted anew.
"""

import numpy as np
from sympy import Eq, Expr, Integral, Interval, diff, exp, oo, simplify, sqrt

from derivations.cotunneling.amplitudes.amplitudes import gaussian_moment, unequal_amplitude
from derivations.cotunneling.amplitudes.evaluators import OVERLAP, PAIR_DOMAIN, cotunneling_amplitude
from derivations.cotunneling.instantons.bounce import slip_amplitude
from derivations.cotunneling.instantons.instanton import plasma_frequency
from derivations.cotunneling.instantons.pair import capacitance_of, coupling_of_ratio, r
from derivations.cotunneling.strong_coupling.merged import s
from derivations.cotunneling.strong_coupling.regimes import MERGING_DEPTH, beyond_leading_order
from derivations.cotunneling.symbols import (
    E_J,
    C,
    charge,
    coupling,
    kappa,
    x,
    xi_1,
    xi_2,
    y,
)
from rederived.evaluate.declared import evaluates
from rederived.evaluate.domain import require_range
from rederived.evaluate.quadrature import Midpoints
from rederived.kept import kept
from rederived.ledger import lemma

__all__ = [
    "contact",
    "contact_in_ratios",
    "coupling_in_ratios",
    "descent_in_ratios",
    "equal_contact",
    "rigid_frequency_ratio",
    "rigid_in_ratios",
    "steepest_descent_of_pair",
    "uniform_pair_amplitude",
]

LARGEST_COUPLING = 200.0  # of Eq. 31; beyond it the distance from steepest descent falls as 1/coupling
ARGUMENTS = {"xi_1": xi_1, "xi_2": xi_2, "capacitance_ratio": r, "kappa": kappa}
RATIO_DOMAIN = {name: PAIR_DOMAIN[name] for name in ("xi_1", "xi_2", "kappa")} | {
    "capacitance_ratio": Interval.open(0, oo)
}
AT_CONTACT = Midpoints(
    lambda u: OVERLAP.substitution(u).subs(y, 0),
    OVERLAP.step,
    OVERLAP.first,
    OVERLAP.last,
)


@kept
def rigid_frequency_ratio() -> Expr:
    """Omega/E_J of the one junction that both are for C_m -> oo: capacitances and Josephson energies add."""
    sizes = {E_J: 1 + kappa, C: capacitance_of(xi_1, kappa) + capacitance_of(xi_2, 1)}
    return simplify(
        plasma_frequency().rhs.subs(sizes, simultaneous=True) / (1 + kappa)
    )


@kept
def contact() -> tuple[Expr, Expr]:
    """Depth and curvature of the attraction in Eq. 31 where both slips coincide."""
    (integral,) = (
        i for i in unequal_amplitude().rhs.atoms(Integral) if y in i.variables
    )
    attraction = (integral.function + 1).subs(charge, 1).exp
    return attraction.subs(y, 0), -diff(attraction, y, 2).subs(y, 0)


@kept
def steepest_descent_of_pair() -> Expr:
    """Eq. 31 at large attraction: a Gaussian over the time between both slips, for unequal junctions."""
    depth, curvature = contact()
    outer, _ = unequal_amplitude().rhs.as_independent(Integral)
    return outer * exp(depth) * gaussian_moment(0, s).subs(s, 1 / sqrt(curvature))


@lemma(admissible={xi_1: (0.2, 2.0), coupling: (0.1, 10.0)}, points=2)
def equal_contact() -> Eq:
    """Depth of the attraction times its curvature for equal junctions: A, and a third of it."""
    depth, curvature = (part.subs({xi_2: xi_1, kappa: 1}) for part in contact())
    return Eq(depth * curvature, (coupling * xi_1) ** 2 / 3, evaluate=False)


@evaluates(ARGUMENTS, domain=RATIO_DOMAIN, name="rigid")
def rigid_in_ratios() -> Expr:
    """`rigid_frequency_ratio`, which does not depend on C_m, as a function of what the others depend on."""
    return rigid_frequency_ratio()


@evaluates(ARGUMENTS, domain=RATIO_DOMAIN, name="coupling")
def coupling_in_ratios() -> Expr:
    """E_J1/E_Cm."""
    return coupling_of_ratio()


@evaluates(ARGUMENTS, domain=RATIO_DOMAIN, rules={x: AT_CONTACT}, name="depth")
def contact_in_ratios() -> Expr:
    """Depth of the attraction at contact."""
    return contact()[0].subs(coupling, coupling_of_ratio())


@evaluates(ARGUMENTS, domain=RATIO_DOMAIN, rules={x: AT_CONTACT}, name="steepest_descent")
def descent_in_ratios() -> Expr:
    """Eq. 31 at large attraction."""
    return steepest_descent_of_pair().subs(coupling, coupling_of_ratio())


def _over_steepest_descent(xi_1, xi_2, capacitance_ratio, kappa):
    """Logarithm of Eq. 31 over its steepest descent."""
    coupling = coupling_in_ratios.evaluator(xi_1, xi_2, capacitance_ratio, kappa)
    within = np.minimum(coupling, LARGEST_COUPLING)
    pair = cotunneling_amplitude(1, xi_1, xi_2, within, kappa, log=True)[1]
    steep = descent_in_ratios.evaluator(
        xi_1, xi_2, capacitance_ratio * within / coupling, kappa, log=True
    )[1]
    return np.where(
        coupling > within,
        np.log1p(np.expm1(pair - steep) * within / coupling),
        pair - steep,
    )


def uniform_pair_amplitude(
    xi_1, xi_2, *, capacitance_ratio, kappa=1.0, log: bool = False
):
    """Amplitude gamma_{1,1}/sqrt(E_J1 E_J2) of a common slip of unequal junctions at any C_m: beyond SLZ25b, Eq. 31.

    Parameters
    ----------
    xi_1, xi_2: Omega_k/E_Jk of each junction without C_m, any shape, dimensionless, in [0.2, 1.5].
    capacitance_ratio: C_m/C_1, any shape, dimensionless, in [0.001, 10].
    kappa: E_J1/E_J2, any shape, dimensionless, in [0.1, 10].
    log: return sign and logarithm of the magnitude.

    It is Eq. 31 times `slip_amplitude` over steepest descent of Eq. 31, times what exact junctions have over Eq. 14:
    both of them, or the one that they are when merged, mixed as in `uniform_amplitude`.

    Returns an array of the broadcast shape. Against `two_junction_amplitudes` it is off by less than 2.5% for kappa
    in [0.2, 5], and by less than 8% for kappa in [0.1, 10]. Takes 0.03 s a point, and 4 s more for the first one.
    Raises ValueError outside these ranges, ArithmeticError without convergence.
    For equal junctions it is `uniform_amplitude`.

    >>> from derivations.cotunneling import uniform_amplitude
    >>> unequal = uniform_pair_amplitude(0.75, 0.75, capacitance_ratio=0.3)
    >>> f"{unequal:.6e}", f"{uniform_amplitude(0.75, capacitance_ratio=0.3):.6e}"
    ('6.383173e-09', '6.383173e-09')
    """
    bounds = ((0.2, 1.5), (0.2, 1.5), (1e-3, 10), (0.1, 10))
    given = zip(ARGUMENTS, (xi_1, xi_2, capacitance_ratio, kappa), bounds, strict=True)
    values = np.broadcast_arrays(*(require_range(name, value, low, high) for name, value, (low, high) in given))
    depth = contact_in_ratios.evaluator(*values)
    apart = np.exp(-((depth / MERGING_DEPTH) ** 2))
    at = dict(zip(ARGUMENTS, values, strict=True))
    logarithm = slip_amplitude((1, 1), **at, log=True)[1] + _over_steepest_descent(**at)
    logarithm = logarithm + apart * (
        beyond_leading_order(values[0]) + beyond_leading_order(values[1])
    )
    logarithm = logarithm + (1 - apart) * beyond_leading_order(
        rigid_in_ratios.evaluator(*values)
    )
    return (
        (np.ones_like(logarithm)[()], logarithm[()])
        if log
        else np.exp(logarithm)[()]
    )
