"""What M16 says of lengths and angles on its ring, and the numbers that settle it."""

from sympy import Integral, diff, elliptic_e, pi, simplify, sin, sqrt

from derivations.annular.ring.geometry import MODERATE, in_eccentricity, scale_squared
from derivations.annular.ring.inversion import BACK, branch_point, loops_until_it_returns
from derivations.annular.ring.lengths import length_from_the_pole, length_of_mean_ellipse
from derivations.annular.symbols import c, m, tau
from derivations.papers import M16
from rederived.ledger import BOOK, Finding, claim

__all__ = [
    "arc_has_several_inverses",
    "arc_inverts",
    "argument_is_the_parameter",
]


@claim(BOOK, "annular, parameter and modulus")
def argument_is_the_parameter() -> Finding:
    """In the arc length e^2 is the parameter of the elliptic integral, and not its modulus."""
    in_units = length_of_mean_ellipse().rhs.subs({c: 1, m: MODERATE})
    as_modulus = in_units.replace(elliptic_e, lambda argument: elliptic_e(argument**2))
    scale = sqrt(in_eccentricity(scale_squared()).subs(m, MODERATE))
    summed = Integral(scale, (tau, 0, 2 * pi)).evalf(20)
    right, wrong = (float(abs(length.evalf(20) / summed - 1)) for length in (in_units, as_modulus))
    evidence = (
        f"With e^2 for the modulus the perimeter would be {100 * wrong:.1f}% off the integral of the scale factor at"
        " e^2 = 3/4. The paper speaks of the modulus; which symbol it prints there is lost."
    )
    return Finding(round(wrong, 6), bool(right < 1e-12 < wrong), evidence)


@claim(
    M16,
    "Sec. II, invertible",
    where="Sec. II, first paragraph, sentence on elliptic integrals of the second kind.",
    ours="The reading: an inverse that is analytic and single-valued for complex lengths; e^2 = 3/4.",
)
def arc_has_several_inverses() -> Finding:
    """The second kind's integral, unlike that of the first, has no inverse that is analytic and single-valued."""
    place, apart = loops_until_it_returns(2)
    _, first_kind = loops_until_it_returns(1)
    count = 1 + next(n for n, distance in enumerate(apart) if distance < BACK)
    others = " and ".join(f"{distance:.2f}" for distance in apart[: count - 1])
    evidence = (
        f"ds/d tau vanishes at the complex angle whose sine is {sin(branch_point())}. Around the length there,"
        f" {place.real:.4f} + {abs(place.imag):.4f}i in c cosh(nu) for e^2 = {MODERATE}, the sine of the angle comes"
        f" back after {count} loops; after fewer it is off by {others}. The sine that belongs to the first kind is back"
        " after one."
    )
    return Finding(count, bool(count > 1 and first_kind[0] < BACK), evidence)


@claim(BOOK, "annular, arc length inverted")
def arc_inverts() -> Finding:
    """On the real line each arc length belongs to one angle, and smoothly so."""
    slope = diff(length_from_the_pole().rhs, tau).subs(c, 1)
    least = simplify(slope.subs(sin(tau), 1))
    value = float(least.subs(m, MODERATE))
    evidence = (
        f"ds/d tau = c Q is at least c {least}, {value:.4f} c at e^2 = {MODERATE}: positive everywhere, so s(tau)"
        " grows. The inverse has no elementary name."
    )
    return Finding(value, bool(value > 0), evidence)
