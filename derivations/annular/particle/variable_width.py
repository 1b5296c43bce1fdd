"""A straight line whose width varies: the fluxon's potential follows the width, Fig. 1(a) of M16.

Lengths in lambda_J, the width W over a reference width W_0, energies in Phi_0 J_c lambda_J W_0/2 pi.
The formula of the paper's double Poeschl-Teller profile is lost. Ours takes two wells of one range out of a
uniform width; two minima remain as long as the wells are further apart than 1.317 times their range.

For the modules that follow: `static_kink()` is the fluxon of a uniform line, `kink_energy_density()` its 4 sech^2.
"""

from functools import cache

from sympy import (
    Eq,
    Expr,
    Function,
    Integral,
    Interval,
    Rational,
    Symbol,
    atan,
    cos,
    cosh,
    diff,
    exp,
    integrate,
    log,
    oo,
    pi,
    sin,
    symbols,
)

from derivations.annular.symbols import half, s_0, s_hat
from derivations.papers import M16
from rederived.evaluate.evaluator import Evaluator, Midpoints, evaluator
from rederived.kept import kept
from rederived.ledger import consistent, lemma

__all__ = [
    "width_averaged_over_kink",
    "kink_energy_density",
    "kink_is_static",
    "local_potential",
    "poeschl_teller_width",
    "second_moment",
    "static_kink",
    "variable_width_potential",
    "variable_width_profile",
]

w = Function("W", positive=True)
distance = Symbol("x", real=True)
separation, depth, reach = symbols("d a ell", positive=True)


@kept
def static_kink() -> Expr:
    """A fluxon at rest at s = 0 on a uniform line: the phase grows from 0 to 2 pi."""
    return 4 * atan(exp(s_hat))


@lemma(admissible={s_hat: (-4.0, 4.0)})
def kink_is_static() -> Eq:
    """The kink balances the tension of the line by the current of pairs: phi_ss = sin(phi)."""
    return Eq(diff(static_kink(), s_hat, 2), sin(static_kink()))


@lemma(admissible={s_hat: (-4.0, 4.0)})
def kink_energy_density() -> Eq:
    """Its energy density, half in currents and half in pairs, is 4 sech^2."""
    kink = static_kink()
    stored = diff(kink, s_hat) ** 2 / 2 + 1 - cos(kink)
    return Eq(stored, 4 / cosh(s_hat) ** 2)


@cache
def width_averaged_over_kink(width: Expr) -> Expr:
    """Energy of a static kink at s_0 on a line of the given width, a function of s_hat: a convolution."""
    density = kink_energy_density().rhs.subs(s_hat, distance)
    return Integral(
        width.subs(s_hat, s_0 + distance) * density, (distance, -oo, oo)
    )


@lemma
def second_moment() -> Eq:
    """The kink's energy density has the variance pi^2/12: with it the correction to the local potential starts."""
    spread = (kink_energy_density().rhs * s_hat**2).subs(s_hat, distance)
    return Eq(Integral(spread, (distance, -oo, oo)), 8 * pi**2 / 12, evaluate=False)


def rest_energy_of_a_uniform_line(form: Eq) -> bool:
    """On a line of constant width W_0 it is the energy 8 of a static fluxon."""
    return form.rhs.subs(w(s_0), 1) == 8


def proportional_to_the_local_width(form: Eq) -> bool:
    """It is proportional to the local width."""
    return diff(form.rhs, w(s_0), 2) == 0 and form.rhs.subs(w(s_0), 0) == 0


@consistent(
    M16,
    "Sec. I, variable width",
    rest_energy_of_a_uniform_line,
    proportional_to_the_local_width,
)
def local_potential() -> Eq:
    """Potential of a fluxon on a line whose width changes little over lambda_J: the width times the kink's energy."""
    grown = Symbol("z", positive=True)  # exp(s): the density becomes rational
    density = kink_energy_density().rhs.rewrite(exp).subs(s_hat, log(grown)) / grown
    total = integrate(density.simplify(), (grown, 0, oo))
    return Eq(Function("U")(s_0), total * w(s_0))


def two_symmetric_minima(form: Eq) -> bool:
    """Its width has two minima, at equal distances from the center."""
    far = {separation: 4, reach: 1, depth: Rational(1, 4)}
    profile = form.rhs.subs(far)
    center, well = (diff(profile, s_hat, 2).subs(s_hat, p).evalf() for p in (0, 2))
    return (
        center < 0 < well
        and (profile - profile.subs(s_hat, -s_hat)).simplify() == 0
    )


@consistent(M16, "Fig. 1(a), width", two_symmetric_minima, ours="The profile: the formula is lost in our copy.")
def poeschl_teller_width() -> Eq:
    """Width with two Poeschl-Teller wells of depth a and range ell, a distance d apart: our choice of the profile."""
    well = depth / cosh((s_hat - separation / 2) / reach) ** 2
    return Eq(w(s_hat), 1 - well - well.subs(separation, -separation))


@lemma
def poeschl_teller_wells_merge() -> Eq:
    """The two wells are one when their distance is 2 arctanh(1/sqrt 3) = 1.317 times their range."""
    curvature = diff(poeschl_teller_width().rhs, s_hat, 2).subs(s_hat, 0)
    merged = {reach: 1, depth: 1, separation: log((3**half + 1) / (3**half - 1))}
    return Eq(1 + curvature.subs(merged), 1, evaluate=False)


DEPTH, POSITIVE, NOT_NEGATIVE = (
    Interval.Ropen(0, half),
    Interval.open(0, oo),
    Interval(0, oo),
)

# The energy of a kink, 4 sech^2, has its poles at i pi/2 and a well those of its range, at least as far:
# a step of 1/5 leaves exp(-pi^2/0.2) = 4e-22, and 4 sech^2 is 7e-17 at the ends.
KINK = Midpoints(lambda u: u, step=0.2, first=-100, last=100)


@cache
def _profile() -> Evaluator:
    arguments = {
        "position": s_hat,
        "separation": separation,
        "depth": depth,
        "reach": reach,
    }
    domain = {"separation": NOT_NEGATIVE, "depth": DEPTH, "reach": POSITIVE}
    return evaluator(
        "variable_width_profile",
        poeschl_teller_width().rhs,
        arguments,
        domain=domain,
    )


@cache
def _line_potential() -> Evaluator:
    arguments = {
        "position": s_0,
        "separation": separation,
        "depth": depth,
        "reach": reach,
    }
    domain = {"separation": NOT_NEGATIVE, "depth": DEPTH, "reach": Interval(1, oo)}
    energy = width_averaged_over_kink(poeschl_teller_width().rhs)
    return evaluator(
        "variable_width_potential",
        energy,
        arguments,
        domain=domain,
        rules={distance: KINK},
    )


def variable_width_profile(position, separation, depth, reach):
    """W/W_0 of a line with two Poeschl-Teller wells, Fig. 1(a) of M16 with a profile of our choice.

    Parameters
    ----------
    position, separation, reach: along the line, of the wells and their range, in one unit; reach > 0.
    depth: of each well, dimensionless, in [0, 1/2), so that some width is left.

    >>> f"{variable_width_profile(3.0, 6.0, 0.4, 1.0):.6f}"
    '0.599990'
    """
    return _profile()(position, separation, depth, reach)


def variable_width_potential(position, separation, depth, reach):
    """Energy of a static fluxon on that line, in Phi_0 J_c lambda_J W_0/2 pi, convolved with the fluxon's own shape.

    Lengths in lambda_J, reach >= 1. Where the width changes little over lambda_J it is 8 W/W_0.

    >>> f"{variable_width_potential(3.0, 6.0, 0.4, 1.0):.6f} {8 * variable_width_profile(3.0, 6.0, 0.4, 1.0):.6f}"
    '5.865880 4.799921'
    """
    return _line_potential()(position, separation, depth, reach)
