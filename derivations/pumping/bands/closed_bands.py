"""Bands in closed form: two of the Rice-Mele chain, three of the Harper-Hofstadter chain at flux 1/3; and one island.

Energies as functions of time and momentum, for pages that redraw them, and for a proof that gaps stay open.
"""

from fractions import Fraction

from sympy import (
    Eq,
    Expr,
    ImmutableMatrix,
    Integer,
    Symbol,
    Tuple,
    acos,
    cos,
    expand,
    expand_trig,
    pi,
    simplify,
    sin,
    solve,
    sqrt,
    symbols,
)
from sympy.simplify.fu import TR8

from derivations.pumping.bands.bloch_bands import Delta, hofstadter_bloch_at, rice_mele_bloch, two_bands
from derivations.pumping.circuit.circuit import induced_charges, numbers, screened_charging_energy
from derivations.pumping.drives.drives import mean_mu, rectified_bond, rice_mele_site_energy
from derivations.pumping.drives.leads import lead_matrix
from derivations.pumping.symbols import (
    J_1,
    J_2,
    U,
    g,
    j,
    n_1,
    omega,
    phi_L,
    t,
)
from rederived.kept import kept
from rederived.ledger import lemma

__all__ = [
    "depressed_cubic",
    "island_level",
    "rice_mele_band",
    "rice_mele_point",
    "root_of_cubic",
    "shifted_parabola",
    "third_flux_bands",
]

E, scale, angle, P, D = symbols("E A chi P D", real=True)
band = Symbol("r", integer=True)
sign, offset, shift = symbols("s Delta_1 W", real=True)


@kept
def third_flux_matrix() -> ImmutableMatrix:
    """The Bloch matrix at flux 1/3, with the mean potential as zero of energy."""
    return hofstadter_bloch_at(Fraction(1, 3)).subs(mean_mu, 0)


@kept
def depressed_cubic() -> Eq:
    """Characteristic polynomial at flux 1/3, mean potential zero: no square of E, and one term that depends on time."""
    matrix = third_flux_matrix().applyfunc(expand_trig)
    found = expand(-(matrix - E * matrix.eye(3)).det(method="berkowitz"))
    one_function = found.subs(sin(omega * t) ** 2, 1 - cos(omega * t) ** 2)
    powers = [expand(one_function.rewrite(cos)).coeff(E, m) for m in range(3)]
    return Eq(E**3 + sum(expand(TR8(c)) * E**m for m, c in enumerate(powers)), 0)


@kept
def coefficients() -> dict[Symbol, Expr]:
    """P and D in E^3 - P E - D = 0."""
    cubic = depressed_cubic().lhs
    return {P: -simplify(cubic.coeff(E, 1)), D: -simplify(cubic.subs(E, 0))}


@kept
def cosine_of_three() -> tuple[Expr, Expr]:
    """A and cos(3 chi) with which E = A cos(chi) solves the cubic: as cos(3 chi) = 4 cos^3(chi) - 3 cos(chi)."""
    c = Symbol("c")
    triple = expand_trig(cos(3 * angle)).subs(cos(angle), c)
    cubic = expand((scale * c) ** 3 - P * scale * c)
    ratio = cubic.coeff(c, 3) / cubic.coeff(c, 1) - triple.coeff(
        c, 3
    ) / triple.coeff(c, 1)
    found = max(solve(ratio, scale), key=lambda root: root.subs(P, 1))
    return found, simplify(D * triple.coeff(c, 3) / found**3)


@kept
def root_of_cubic() -> Eq:
    """Root r = 0, 1, 2, lowest first, of E^3 = P E + D."""
    amplitude, triple = cosine_of_three()
    return Eq(E, amplitude * cos((acos(triple) + 2 * pi * (band + 1)) / 3))


@kept
def third_flux_band() -> Expr:
    """Energy of band r = 0, 1, 2, lowest first, at flux 1/3 and mean potential zero."""
    return root_of_cubic().rhs.subs(coefficients())


@lemma(points=3)
def third_flux_bands() -> Tuple:
    """The three bands at flux 1/3 in closed form: each is a root of the characteristic polynomial."""
    matrix = third_flux_matrix()
    determinant = (matrix - E * matrix.eye(3)).det(method="berkowitz")
    constant = determinant.subs(E, 0)  # on the right, so that both sides have a size
    bands = [third_flux_band().subs(band, r) for r in range(3)]
    return Tuple(
        *(
            Eq((determinant - constant).subs(E, e), -constant, evaluate=False)
            for e in bands
        )
    )


@kept
def rice_mele_point() -> tuple[Expr, Expr]:
    """The point (J_1 - J_2, Delta) at one time, with Delta moved by a constant offset."""
    first, second = (rectified_bond().subs(j, Integer(m)) for m in (0, 1))
    return first - second, rice_mele_site_energy().subs(j, 0) + offset


@kept
def rice_mele_band() -> Expr:
    """Energy of the lower (s = -1) or the upper (s = 1) band of the Rice-Mele chain at one time and momentum."""
    _, upper = two_bands(rice_mele_bloch().rhs)
    bonds = dict(
        zip(
            (J_1, J_2),
            (rectified_bond().subs(j, Integer(m)) for m in (0, 1)),
            strict=True,
        )
    )
    return (sign * upper).subs(Delta, rice_mele_point()[1]).subs(bonds)


@kept
def shifted_parabola() -> Expr:
    """Charging energy of an island with n pairs, beside a neighbor: W = U times the neighbor's deviation."""
    (own, other), (charge, far) = numbers(2), induced_charges(2)
    energy = screened_charging_energy().rhs
    alone = energy.subs(own, charge)
    beside = (energy - alone).subs(other, far + shift / U)
    return expand(beside).subs({own: n_1, charge: g}).simplify()


@kept
def island_level() -> Expr:
    """Lower (s = -1) and upper (s = 1) level of an island with no or one pair that touches one lead."""
    empty, full = (shifted_parabola().subs(n_1, n) for n in (0, 1))
    coupling = lead_matrix().subs(phi_L, 0)[0, 1]
    mean, half_difference = (empty + full) / 2, simplify((full - empty) / 2)
    return simplify(mean) + sign * sqrt(half_difference**2 + coupling**2)
