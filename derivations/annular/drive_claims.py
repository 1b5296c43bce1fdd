"""What M16 announces in Sec. I of fields and currents, and says in Sec. II of lines that look alike."""

from functools import cache

import numpy as np
from sympy import Expr, diff, expand, expand_trig, lambdify, pi, simplify, sin

from derivations.annular.double_well import perturbed_potential
from derivations.annular.geometry import in_eccentricity
from derivations.annular.lagrangian import variational_equation
from derivations.annular.symbols import (
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
)
from derivations.ledger import M16, Finding, claim

__all__ = [
    "current_makes_one_metastable",
    "drop_per_turn",
    "field_creates_wells",
    "not_a_varying_critical_current",
]

EXAMPLE = 0.75


@claim(M16, "Sec. I, small field", where="TODO", ours="TODO")
def field_creates_wells() -> Finding:
    """A small field creates a double-minima potential."""
    bare = in_eccentricity(perturbed_potential().rhs.subs({h: 0, gamma_0: 0}))
    energy = lambdify([tau, m], bare, "numpy")
    counts = []
    for squared in (0.1, EXAMPLE, 0.99):
        values = energy(np.arange(720) * 2 * np.pi / 720 + 1e-3, squared)
        counts.append(int(np.sum((values < np.roll(values, 1)) & (values < np.roll(values, -1)))))
    evidence = (
        f"The ring has {counts[0]}, {counts[1]} and {counts[2]} wells without any field, at e^2 = 0.1, 0.75 and 0.99,"
        " behind two equal barriers. A field along the minor axis makes one barrier low and the other high."
    )
    return Finding(counts[1], counts != [2, 2, 2], evidence)


@cache
def drop_per_turn() -> Expr:
    """Energy that a fluxon of polarity +1 has less of, one turn towards smaller tau, under a bias: in any field."""
    energy = perturbed_potential().rhs.subs(polarity, 1)
    return simplify(expand(energy.subs(tau, tau + 2 * pi) - energy))


@claim(M16, "Sec. I, small current", where="TODO", ours="TODO")
def current_makes_one_metastable() -> Finding:
    """A small current tilts the potential and makes one of the two equilibrium positions metastable."""
    drop = drop_per_turn()
    per_bias = float(in_eccentricity(expand_trig(drop * lambda_hat / gamma_0)).subs(m, EXAMPLE))
    evidence = (
        f"It makes both metastable: whatever the field, the potential falls by {per_bias:.2f} gamma_0/(lambda_J/c) E_0'"
        " with every turn (e^2 = 3/4), so that behind the next barriers a deeper well waits for each of the two. One"
        " is the higher within a turn; which one depends on where the turn begins."
    )
    return Finding(per_bias, drop.subs(gamma_0, 1) == 0, evidence)


@claim(M16, "Sec. II.1, critical current", where="TODO", ours="TODO")
def not_a_varying_critical_current() -> Finding:
    """A varying width cannot be modeled by a varying J_c in a uniform line; at rest it can."""
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
