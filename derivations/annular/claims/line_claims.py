"""What M16 says of energies on the line, and the numbers that settle it."""

from sympy import Symbol, cosh

from derivations.annular.lagrangian.field import boundary_conditions
from derivations.annular.lagrangian.lagrangian import energy_of_the_ring, f
from derivations.annular.particle.variable_width import local_potential, reach, w, width_averaged_over_kink
from derivations.annular.symbols import gamma_0, nu_bar, phi, s_0, s_hat, t
from derivations.papers import M16
from rederived.ledger import Finding, InLimit, claim

__all__ = [
    "integral_of_motion",
    "potential_follows_the_width",
]


@claim(M16, "Sec. II.2, integral of motion", where="Sec. II.2, last sentence.", ours="nothing")
def integral_of_motion() -> Finding:
    """Without a bias the Hamiltonian is conserved."""
    gain = energy_of_the_ring()
    turn = boundary_conditions()[0].rhs - f
    without_bias = float(gain.subs(gamma_0, 0))
    per_slip = (gain / phi(0, t).diff(t)).subs(nu_bar, Symbol("nu"))
    evidence = (
        f"What flows in at tau = 0 flows out at 2 pi, in any field and for any winding {turn}; a bias adds"
        f" {per_slip} times phi_t(0), where nu is that of the mean ellipse."
    )
    return Finding(without_bias, without_bias == 0, evidence)


@claim(
    M16,
    "Sec. I, proportional to the width",
    where="Sec. I, second paragraph, sentence on Nappi and Pagano.",
    ours="A narrow place of our choice; that it is meant for a width that changes little along a fluxon.",
)
def potential_follows_the_width() -> InLimit:
    """The potential energy of a slow fluxon on a line of variable width is proportional to the local width."""
    well, ranges = 1 / cosh(s_hat / reach) ** 2, (1, 5, 10)
    total = local_potential().rhs.subs(w(s_0), 1)
    seen = [float((width_averaged_over_kink(well.subs(reach, r)).subs(s_0, 0) / total).evalf()) for r in ranges]
    kept = ", ".join(f"{part:.3f} for {r:g}" for part, r in zip(seen, ranges, strict=True))
    evidence = (
        f"It follows the width averaged over the fluxon, and keeps of the depth of a narrow place, by its range in"
        f" lambda_J, {kept}."
    )
    shorter, errors = tuple(1 / r for r in ranges), tuple(1 / part - 1 for part in seen)
    return InLimit("lambda_J over the range", shorter, errors, evidence)
