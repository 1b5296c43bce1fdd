"""What M16 says in Sec. I of small fields and currents, and in Sec. II of lines that look alike."""


import numpy as np
from sympy import Expr, diff, expand, expand_trig, lambdify, pi, simplify, sin

from derivations.annular.lagrangian.lagrangian import variational_equation
from derivations.annular.particle.double_well import perturbed_potential
from derivations.annular.particle.local_wells import local_critical_field
from derivations.annular.particle.particle import fluxon_potential
from derivations.annular.ring.geometry import in_eccentricity
from derivations.annular.symbols import (
    Delta,
    Gamma,
    MagneticTerm,
    Q,
    gamma_0,
    h,
    lambda_hat,
    m,
    phi,
    polarity,
    t,
    tau,
    theta,
)
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import Finding, claim, remark

__all__ = [
    "current_makes_one_metastable",
    "drop_per_turn",
    "field_and_wells",
    "not_a_varying_critical_current",
]

EXAMPLE = 0.75
SMALL = 0.2  # h Delta over lambda_J/c; the wells merge at 0.95


@remark(
    M16,
    "Sec. I, small field",
    where="Sec. I, last paragraph before I.1, announcement i) of Sec. III.",
    reason="It announces Sec. III, which our copy lacks. Sec. II.3 says itself that the wells need no field.",
)
def field_and_wells() -> Finding:
    """A small field makes two minima with a barrier between them."""
    squares = (0.1, EXAMPLE, 0.99)
    bare, driven = (
        lambdify([tau, m], in_eccentricity(perturbed_potential().rhs.subs(drives)), "numpy")
        for drives in ({h: 0, gamma_0: 0}, {h: SMALL, Delta: 1, lambda_hat: 1, polarity: 1, theta: 0, gamma_0: 0})
    )
    around = np.arange(720) * 2 * np.pi / 720 + 1e-3
    counts = []
    for squared in squares:
        values = bare(around, squared)
        counts.append(int(np.sum((values < np.roll(values, 1)) & (values < np.roll(values, -1)))))
    tops = [[float(energy(at, EXAMPLE)) for at in (0.0, np.pi)] for energy in (bare, driven)]
    wells, rings = (", ".join(map(str, listed)) for listed in (counts, squares))
    evidence = (
        f"Without field the ring has {wells} wells at e^2 = {rings}, and two equal barriers. A field along the minor"
        f" axis makes one of them the lower: with h Delta = {SMALL} lambda_J/c the tops at e^2 = {EXAMPLE} are at"
        f" {tops[1][0]:.2f} and {tops[1][1]:.2f} E_0' instead of {tops[0][0]:.2f} both. So it makes the pair of wells"
        " on the two sides of that barrier."
    )
    return Finding(counts[1], counts == [2, 2, 2], evidence)


@kept
def drop_per_turn() -> Expr:
    """Energy that a fluxon of polarity +1 has less of, one turn towards smaller tau, under a bias: in any field."""
    energy = perturbed_potential().rhs.subs(polarity, 1)
    return simplify(expand(energy.subs(tau, tau + 2 * pi) - energy))


@claim(
    M16,
    "Sec. I, small current",
    where="Sec. I, last paragraph before I.1, announcement ii) of Sec. III.",
    ours="The two positions are read as the wells on both sides of the low barrier. Ring, field and bias of the test.",
)
def current_makes_one_metastable() -> Finding:
    """A small current tilts the potential, so that of a pair of wells one becomes metastable."""
    from scipy.optimize import minimize_scalar

    ratio, bias = 0.1, 0.01
    share = 0.5
    field = share * float(local_critical_field(EXAMPLE, ratio))
    wells = []
    for sign in (1, -1):
        given = (EXAMPLE, ratio, field, 0.0, sign * bias)
        found = [
            minimize_scalar(fluxon_potential, args=given, bounds=between, method="bounded")
            for between in ((np.pi / 2, np.pi), (np.pi, 3 * np.pi / 2))
        ]
        top = -minimize_scalar(lambda at, g=given: -fluxon_potential(at, *g), bounds=(2.5, 3.8), method="bounded").fun
        wells.append([float(well.fun) for well in found] + [float(top)])
    (lower, higher, top), (raised, lowered, _) = wells
    drop = drop_per_turn()
    per_bias = float(in_eccentricity(expand_trig(drop * lambda_hat / gamma_0)).subs(m, EXAMPLE))
    evidence = (
        f"In {share:g} of the critical field, with a bias of {bias:g} J_c, one well of the pair is"
        f" {higher - lower:.2f} E_0' above the other, behind a barrier of {top - higher:.2f}; a reversed bias exchanges"
        f" them (e^2 = {EXAMPLE}, lambda_J/c = {ratio:g}). Around the whole ring both are metastable: whatever the"
        f" field, the potential falls by {per_bias:.2f} gamma_0/(lambda_J/c) E_0' with every turn."
    )
    return Finding(round(higher - lower, 6), bool(lower < higher < top and lowered < raised), evidence)


@claim(
    M16,
    "Sec. II, critical current",
    where="Sec. II, last sentence before II.1.",
    ours="What varies in the uniform line, a symbol that our copy lost: read as J_c.",
)
def not_a_varying_critical_current() -> Finding:
    """A uniform line whose J_c varies is no model of a varying width, except at rest."""
    f = phi(tau, t)
    undriven = variational_equation().subs({MagneticTerm(tau): 0, Gamma(tau): 0}).doit()
    motion = expand(undriven.lhs - undriven.rhs)
    stiffness, pairs, inertia = (motion.coeff(term) for term in (diff(f, tau, 2), sin(f), diff(f, t, 2)))
    at_rest = stiffness.diff(tau) == 0 and pairs == -(Q(tau) ** 2)
    uniform = inertia.diff(tau) == 0
    evidence = (
        "In tau the stiffness is constant and Q^2 multiplies sin(phi): a uniform line whose J_c varies as Q^2. But"
        " Q^2 multiplies phi_tt as well, which J_c does not, and no other coordinate keeps the stiffness constant"
        " without a term in phi_tau."
    )
    return Finding(float(uniform), bool(at_rest and not uniform), evidence)
