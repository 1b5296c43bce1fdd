"""The amplitudes as functions to import: Eqs. 14, 30 and 31 of SLZ25b, and what the figures draw.

Each is declared at its formula and lambdified from it the first time it is called. Arguments broadcast; a value
outside its range raises `ValueError`. Amplitudes are over the Josephson energy, so dimensionless; `log=True` returns
the sign and the logarithm of the magnitude, for amplitudes below the smallest float.
"""

from sympy import (
    Abs,
    Dummy,
    Eq,
    Expr,
    FiniteSet,
    Integer,
    Integral,
    Interval,
    Max,
    Min,
    Piecewise,
    Rational,
    cos,
    exp,
    oo,
    simplify,
    sin,
    sinh,
    sqrt,
    symbols,
)

from derivations.cotunneling.action.action import josephson_energy
from derivations.cotunneling.amplitudes.amplitudes import (
    renormalized_amplitudes,
    strong_attraction,
    symmetric_in_depth,
    unequal_amplitude,
    weak_coupling,
)
from derivations.cotunneling.gas.instanton_gas import symmetric_interaction
from derivations.cotunneling.instantons.instanton import amplitude, instanton
from derivations.cotunneling.instantons.pair import capacitance_of, mutual_capacitance_of
from derivations.cotunneling.symbols import (
    E_J,
    E_J1,
    E_J2,
    A,
    C,
    C_m,
    Omega,
    charge,
    coupling,
    kappa,
    nu,
    phi_1,
    phi_2,
    t,
    tau,
    tau_1,
    x,
    xi_1,
    xi_2,
    y,
)
from rederived.evaluate.declared import evaluates
from rederived.evaluate.quadrature import Midpoints

__all__ = [
    "cotunneling_amplitude",
    "instanton_path",
    "interaction_over_depth",
    "interaction_profile",
    "pair_over_energies",
    "pair_weight",
    "path_in_own_time",
    "potential_energy",
    "potential_over_energy",
    "renormalized_amplitude",
    "renormalized_over_energy",
    "separation_in_own_time",
    "single_junction_amplitude",
    "single_over_energy",
    "steepest_descent_amplitude",
    "steepest_descent_in_ratios",
    "typical_separation",
    "weak_coupling_amplitude",
    "weak_coupling_in_ratios",
    "weight_of_pair",
]

xi, depth, separation, time, angle_1, angle_2 = symbols("xi depth separation time angle_1 angle_2", real=True)

POSITIVE, NOT_NEGATIVE = Interval.open(0, oo), Interval(0, oo)
PAIR_DOMAIN = {
    "charge": FiniteSet(-1, 1),
    "xi_1": Interval(0.1, 2),
    "xi_2": Interval(0.1, 2),
    "coupling": Interval(0, 200),
    "kappa": Interval(0.1, 10),
}

# The product of both kinks lives where the narrower one is: kink 1, at x = 0, if its frequency is the larger.
FREQUENCIES = kappa * xi_1 / xi_2
OVERLAP = Midpoints(
    lambda u: Piecewise((0, FREQUENCIES >= 1), (y, True)) + sinh(u) / Max(1, FREQUENCIES), step=0.08, first=-57, last=57
)

CONTACT = Rational(1, 10**9)  # y/sinh(y) is one here, in every digit that a float has
DEPARTED = 40  # from here on the phase is 2 pi, in every digit

def _separation(longer: Expr) -> Midpoints:
    """Time between slips, in units of the longer one: tails fall as exp(-y), attraction narrows the center."""
    return Midpoints(lambda u: sinh(u) * longer * 6 / 5, step=0.028, first=0, last=157, even=True)


EQUAL_SEPARATION = _separation(Integer(1))


@evaluates({"xi": xi}, domain={"xi": POSITIVE}, name="single_junction_amplitude")
def single_over_energy() -> Expr:
    """gamma/E_J of one junction in terms of xi = Omega/E_J, from Eq. 14."""
    return simplify(amplitude().rhs.subs(Omega, xi * E_J) / E_J)


@evaluates(
    {"xi": xi, "coupling": coupling},
    domain={"xi": POSITIVE, "coupling": NOT_NEGATIVE},
    name="renormalized_amplitude",
)
def renormalized_over_energy() -> Expr:
    """gamma~/E_J of either junction in terms of its own xi and E_J/E_Cm, from Eq. 30."""
    return renormalized_amplitudes()[0].rhs.subs(xi_1, xi)


@evaluates(
    {"charge": charge, "xi_1": xi_1, "xi_2": xi_2, "coupling": coupling, "kappa": kappa},
    domain=PAIR_DOMAIN,
    rules={x: OVERLAP, y: _separation(Max(1, 1 / FREQUENCIES))},
    name="cotunneling_amplitude",
)
def pair_over_energies() -> Expr:
    """gamma_{1,charge}/sqrt(E_J1 E_J2), the derived side of Eq. 31."""
    return unequal_amplitude().rhs


def _in_ratios(form: Eq) -> Expr:
    """Equal junctions: an amplitude over E_J in terms of xi = Omega/E_J and the coupling 2 C_m E_J/e^2."""
    in_circuit = (form.rhs / E_J).subs({C: capacitance_of(xi, E_J), C_m: mutual_capacitance_of(E_J)})
    return simplify(in_circuit.subs(Omega, xi * E_J))


@evaluates(
    {"charge": charge, "xi": xi, "coupling": coupling},
    domain={"charge": PAIR_DOMAIN["charge"], "xi": POSITIVE, "coupling": NOT_NEGATIVE},
    name="weak_coupling_amplitude",
)
def weak_coupling_in_ratios() -> Expr:
    """gamma_{1,charge}/E_J of equal junctions in powers of C_m, from Eq. 27."""
    return _in_ratios(weak_coupling())


@evaluates(
    {"xi": xi, "coupling": coupling},
    domain={"xi": POSITIVE, "coupling": POSITIVE},
    name="steepest_descent_amplitude",
)
def steepest_descent_in_ratios() -> Expr:
    """gamma_{1,1}/E_J of equal junctions at strong attraction, from Eq. 29."""
    return _in_ratios(strong_attraction())


@evaluates(
    {"phi_1": angle_1, "phi_2": angle_2, "kappa": kappa}, domain={"kappa": POSITIVE}, name="potential_energy"
)
def potential_over_energy() -> Expr:
    """U/E_J2 of the two phases, from Eq. 3; in squares of sines, so that no digit is lost near a minimum."""
    energy = josephson_energy().rhs.subs({E_J2: 1, E_J1: kappa, phi_1(t): angle_1, phi_2(t): angle_2})
    return energy.replace(cos, lambda phase: 1 - 2 * sin(phase / 2) ** 2).expand()


@evaluates({"time": time}, name="instanton_path")
def path_in_own_time() -> Expr:
    """The phase of Eq. 12, the slip at time zero, times in 1/Omega; constant once it has arrived in every digit."""
    path = instanton().rhs.subs({nu: 1, tau_1: 0, Omega: 1, tau: time})
    return path.subs(time, Min(time, DEPARTED))


def _profile() -> tuple[Expr, Expr]:
    """V/A of equal junctions as exp(-u) times a factor that neither over- nor underflows, u the size of y.

    Returns u and the factor. At contact, where the closed form is 0/0, u is a number too small to matter.
    """
    closed = symmetric_interaction().rhs.subs({Omega: 1, A: 1, tau: y})
    u = Dummy("u", positive=True)
    factor = closed.subs(y, u).replace(sinh, lambda z: (1 - exp(-2 * z)) / 2)  # sinh(z) over exp(z)
    assert simplify((factor * exp(-u) / closed.subs(y, u)).rewrite(exp)) == 1
    assert simplify(closed.subs(y, -u) - closed.subs(y, u)) == 0
    size = Max(Abs(separation), CONTACT)
    return size, factor.subs(u, size)


@evaluates({"separation": separation}, name="interaction_profile")
def interaction_over_depth() -> Expr:
    """V/A of equal junctions, from Eq. 19, times in 1/Omega."""
    size, factor = _profile()
    return factor * exp(-size)


@evaluates(
    {"separation": separation, "depth": depth, "charge": charge},
    domain={"depth": NOT_NEGATIVE, "charge": PAIR_DOMAIN["charge"]},
    name="pair_weight",
)
def weight_of_pair() -> Expr:
    """exp(-charge V) - 1, the integrand of Eq. 26, as charge exp(max(charge z, 0)) z (1 - exp(-z))/z at z = -V > 0.

    Of z the factor exp(-u) stays an exponent, so that the logarithm outlives the float.
    """
    size, factor = _profile()
    z = depth * exp(-size) * -factor
    least = Dummy("z")  # (1 - exp(-z))/z is one for smaller ones
    slope = ((1 - exp(-least)) / least).subs(least, Max(z, Rational(1, 10**20)))
    gained = Max(charge * z, 0)
    return charge * depth * slope * -factor * exp(gained - size)


@evaluates(
    {"depth": depth, "charge": charge},
    domain={"depth": Interval.Lopen(0, 600), "charge": PAIR_DOMAIN["charge"]},
    rules={y: EQUAL_SEPARATION},
    name="typical_separation",
)
def separation_in_own_time() -> Expr:
    """Root mean square of the time between both slips under the integrand of Eq. 26, in 1/Omega."""
    integral = symmetric_in_depth().rhs.atoms(Integral).pop().subs(A, depth)
    return sqrt(Integral(y**2 * integral.function, (y, -oo, oo)) / integral)


def single_junction_amplitude(xi, *, log: bool = False):
    """Tunneling amplitude gamma/E_J of one junction, leading order in xi: SLZ25b, Eq. 14.

    Parameters
    ----------
    xi: Omega/E_J = sqrt(8 E_C/E_J), any shape, dimensionless, positive; semiclassics needs xi << 1.
    log: return sign and logarithm of the magnitude.

    Returns an array of the shape of `xi`. Raises ValueError for xi <= 0.
    The exact amplitude is smaller by 1 - 7 xi/64 + ...: `exact_single_junction_amplitude`.

    >>> f"{single_junction_amplitude(0.75):.6e}"
    '4.555554e-05'
    """
    return single_over_energy.evaluator(xi, log=log)


def renormalized_amplitude(xi, coupling, *, log: bool = False):
    """Amplitude gamma~/E_J of a slip of one junction only, at the first order of C_m in the exponent: SLZ25b, Eq. 30.

    Parameters
    ----------
    xi: Omega/E_J of this junction, dimensionless, positive.
    coupling: E_J/E_Cm with the Josephson energy of this junction, dimensionless, not negative.
    log: return sign and logarithm of the magnitude.

    Returns an array of the broadcast shape. Raises ValueError outside these ranges.
    At zero coupling it is `single_junction_amplitude`.

    >>> f"{renormalized_amplitude(0.75, 1.0):.6e}"
    '3.130984e-05'
    """
    return renormalized_over_energy.evaluator(xi, coupling, log=log)


def cotunneling_amplitude(charge, xi_1, xi_2, coupling, kappa=1.0, *, log: bool = False):
    """Amplitude gamma_{1,charge}/sqrt(E_J1 E_J2) of a common slip of both junctions: SLZ25b, Eq. 31.

    Parameters
    ----------
    charge: of the slip of junction 2, when that of junction 1 is +1: +1 or -1.
    xi_1, xi_2: Omega_k/E_Jk, dimensionless, in [0.1, 2].
    coupling: lambda_1 = E_J1/E_Cm, dimensionless, in [0, 200]; lambda_2 is lambda_1/kappa.
    kappa: E_J1/E_J2, dimensionless, in [0.1, 10].
    log: return sign and logarithm of the magnitude.

    Returns an array of the broadcast shape, relative accuracy 1e-12: positive for charge 1, negative for -1,
    zero without coupling. Raises ValueError outside these ranges.
    Exchange of the junctions, (xi_2, xi_1, coupling/kappa, 1/kappa), leaves it as it is. It is the second order
    of a cluster expansion; at C_m >~ C the exact amplitudes leave it.

    >>> f"{cotunneling_amplitude(1, 0.75, 0.75, 1.0):.6e}", f"{cotunneling_amplitude(-1, 0.75, 0.75, 1.0):.6e}"
    ('6.333163e-09', '-3.835613e-09')
    """
    return pair_over_energies.evaluator(charge, xi_1, xi_2, coupling, kappa, log=log)


def weak_coupling_amplitude(charge, xi, *, coupling, log: bool = False):
    """gamma_{1,charge}/E_J of equal junctions through the third power of C_m: SLZ25b, Eq. 27, and one order more.

    Parameters
    ----------
    charge: +1 or -1.
    xi: Omega/E_J, dimensionless, positive.
    coupling: E_J/E_Cm, dimensionless, not negative; the series needs A = coupling * xi << 1.

    >>> f"{weak_coupling_amplitude(1, 0.75, coupling=0.01):.6e}", f"{cotunneling_amplitude(1, 0.75, 0.75, 0.01):.6e}"
    ('1.019017e-10', '1.019017e-10')
    """
    return weak_coupling_in_ratios.evaluator(charge, xi, coupling, log=log)


def steepest_descent_amplitude(xi, *, coupling, log: bool = False):
    """gamma_{1,1}/E_J of equal junctions for large A = coupling * xi: SLZ25b, Eq. 29, and one order more.

    Parameters
    ----------
    xi: Omega/E_J, dimensionless, positive.
    coupling: E_J/E_Cm, dimensionless, positive; corrections are of order 1/A^2.

    >>> f"{steepest_descent_amplitude(0.75, coupling=100.0):.5e}", f"{cotunneling_amplitude(1, 0.75, 0.75, 100.0):.5e}"
    ('1.39692e-09', '1.39712e-09')
    """
    return steepest_descent_in_ratios.evaluator(xi, coupling, log=log)


def potential_energy(phi_1, phi_2, kappa=1.0):
    """U/E_J2 of the two phases, in radians: SLZ25b, Eq. 3; kappa = E_J1/E_J2 > 0.

    >>> float(potential_energy(0.0, 0.0))
    0.0
    """
    return potential_over_energy.evaluator(phi_1, phi_2, kappa)


def instanton_path(time):
    """Phase in radians during a slip from 0 to 2 pi at time zero: SLZ25b, Eq. 12; time in 1/Omega, finite, any shape.

    Relative accuracy 1e-12 wherever a float holds the phase. Raises ValueError for a time that is not finite.

    >>> f"{instanton_path(0.0):.6f}", f"{instanton_path(1e4):.6f}"
    ('3.141593', '6.283185')
    """
    return path_in_own_time.evaluator(time)


def interaction_profile(separation, *, log: bool = False):
    """V/A = -y/sinh(y) of two slips in equal junctions, -1 at contact: SLZ25b, Eq. 19.

    Parameters
    ----------
    separation: y, time between the slips, in 1/Omega, any shape, finite, of either sign.
    log: return sign and logarithm of the magnitude.

    Returns an array of the shape of `separation`, relative accuracy 1e-12; from y = 700 on a float loses digits
    and then underflows to zero, the logarithm does not. Raises ValueError for a separation that is not finite.

    >>> f"{interaction_profile(0.0):.6f}", f"{interaction_profile(100.0):.6e}"
    ('-1.000000', '-7.440152e-42')
    """
    return interaction_over_depth.evaluator(separation, log=log)


def pair_weight(separation, depth, charge, *, log: bool = False):
    """Weight exp(-charge V) - 1 of a pair of slips in equal junctions, the integrand of SLZ25b, Eq. 26.

    Parameters
    ----------
    separation: time between the slips, in 1/Omega, any shape, finite, of either sign.
    depth: A = coupling * xi = 2 C_m Omega/e^2 >= 0, dimensionless; near contact at most 709, unless `log`.
    charge: +1 for slips in the same direction, -1 for opposite ones.
    log: return sign and logarithm of the magnitude.

    Returns an array of the broadcast shape, relative accuracy 1e-12. Raises ValueError outside these ranges.

    >>> f"{pair_weight(0.0, 1.0, 1):.6f}", [f"{part:.6f}" for part in pair_weight(0.0, 1e4, 1, log=True)]
    ('1.718282', ['1.000000', '10000.000000'])
    """
    return weight_of_pair.evaluator(separation, depth, charge, log=log)


def typical_separation(depth, charge):
    """Root mean square time between the two slips of a pair, in 1/Omega, under the weight of SLZ25b, Eq. 26.

    Parameters
    ----------
    depth: A = coupling * xi, dimensionless, in (0, 600].
    charge: +1 for slips in the same direction, -1 for opposite ones.

    >>> f"{typical_separation(300.0, 1):.3f}"
    '0.100'
    """
    return separation_in_own_time.evaluator(depth, charge)
