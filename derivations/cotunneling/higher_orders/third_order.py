"""Beyond pairs: amplitudes of two slips of junction 1, with none or one of junction 2, by the Mayer expansion.

The paper mentions such diagrams before its Sec. IV. In its gas (Eqs. 20-22) only slips of different junctions
interact; the action of two slips of one junction says that they repel, by their tails and through C_m.
"""

from collections import Counter
from functools import cache
from itertools import combinations, combinations_with_replacement

import numpy as np
from sympy import (
    Abs,
    Eq,
    Expr,
    FiniteSet,
    Function,
    Integral,
    Interval,
    Rational,
    Symbol,
    apart,
    diff,
    exp,
    expand,
    expand_log,
    expand_trig,
    factor,
    factorial,
    integrate,
    limit,
    log,
    oo,
    prod,
    simplify,
    symbols,
    sympify,
)

from derivations.cotunneling.amplitudes.evaluators import renormalized_amplitude
from derivations.cotunneling.dual.dual import depth as dual_depth
from derivations.cotunneling.dual.dual import omega_0, phase_correlators, repulsion_integral
from derivations.cotunneling.gas.instanton_gas import coupling_density, symmetric_interaction
from derivations.cotunneling.gas.mayer import bond, ursell_function
from derivations.cotunneling.instantons.instanton import (
    euclidean_density,
    in_plasma_units,
    inertia,
    instanton,
    instanton_speed,
)
from derivations.cotunneling.symbols import (
    E_J,
    A,
    Omega,
    charge,
    gamma,
    gamma_1,
    gamma_tilde_1,
    gamma_tilde_2,
    nu,
    phi_1,
    phi_2,
    tau,
    tau_1,
    x,
    y,
)
from rederived.evaluate.domain import real_numbers, require_range
from rederived.evaluate.evaluator import Evaluator, evaluator
from rederived.evaluate.quadrature import Midpoints
from rederived.kept import kept
from rederived.ledger import lemma

__all__ = [
    "TIMES",
    "F_other",
    "F_same",
    "all_slips",
    "amplitude_of_order",
    "cluster",
    "cluster_evaluator",
    "double_slip",
    "only_different_junctions",
    "repulsion",
    "superposed_slips",
    "superposition_density",
    "third_order",
    "third_order_amplitude",
    "with_slips",
    "with_transfers",
]

f_same, f_other = Function("f_s"), Function("f_d")  # bonds of two slips: product of their charges, time between them
F_same, F_other = Function("F_s"), Function("F_d")  # their integrals over time
SPECIES = ((1, 1), (1, -1), (2, 1), (2, -1))  # junction and charge
_fugacity = {1: gamma_tilde_1, 2: gamma_tilde_2}
xi = Symbol("xi", positive=True)  # Omega/E_J
TIMES = symbols("u v w", real=True)


def only_different_junctions(first: tuple, second: tuple) -> bool:
    """Which slips interact in the gas of the paper."""
    return first[0] != second[0]


def all_slips(first: tuple, second: tuple) -> bool:
    """Every pair interacts."""
    return True


def cluster(slips: tuple, interacting=all_slips) -> Expr:
    """What a set of slips adds to the amplitude of their total charge; the last of them happens at time zero.

    A tree of bonds is the product of their integrals; cycles stay one integral over all times.
    """
    count = len(slips)
    graph = ursell_function(count, lambda i, j: interacting(slips[i - 1], slips[j - 1]))
    moments = (*TIMES[: count - 1], 0)
    pairs = [(i, j) for i, j in combinations(range(1, count + 1), 2)]
    trees, cycles = 0, 0
    for term in expand(graph).as_ordered_terms() if graph != 0 else ():
        bonds = [pair for pair in pairs if term.has(bond(*pair))]
        named = prod(_between(slips, moments, *pair, integrated=len(bonds) < count) for pair in bonds)
        trees, cycles = (trees + named, cycles) if len(bonds) < count else (trees, cycles + named)
    for moment in moments[:-1] if cycles != 0 else ():
        constant, moving = cycles.as_independent(moment, as_Add=False)
        cycles = constant * Integral(moving, (moment, -oo, oo))
    weights = prod(_fugacity[junction] for junction, _ in slips)
    return weights / prod(factorial(n) for n in Counter(slips).values()) * (trees + cycles)


def _between(slips: tuple, moments: tuple, i: int, j: int, *, integrated: bool) -> Expr:
    (first, nu_1), (second, nu_2) = slips[i - 1], slips[j - 1]
    if integrated:
        return (F_same if first == second else F_other)(nu_1 * nu_2)
    return (f_same if first == second else f_other)(nu_1 * nu_2, moments[i - 1] - moments[j - 1])


def amplitude_of_order(order: int, n_1: int, n_2: int, interacting=all_slips) -> Expr:
    """The terms of gamma_{n_1,n_2} with `order` slips."""
    total = 0
    for slips in combinations_with_replacement(SPECIES, order):
        carried = tuple(sum(c for junction, c in slips if junction == k) for k in (1, 2))
        if carried == (n_1, n_2):
            total += cluster(slips, interacting)
    return total


@kept
def superposition_density() -> Expr:
    """Action density over E_J/Omega, in Omega tau = x, of two equal slips a time y apart, less that of each alone."""
    path = instanton().rhs.subs({nu: 1, tau_1: 0})
    potential = euclidean_density().subs(diff(phi_1(tau), tau), 0)
    moments = (x / Omega, (x - y) / Omega)
    speeds = prod(instanton_speed().subs(tau, moment) for moment in moments)
    paths = [path.subs(tau, moment) for moment in moments]
    together, *alone = (expand_trig(potential.subs(phi_1(tau), part)) for part in (sum(paths), *paths))
    return (in_plasma_units(inertia()) * speeds + together - sum(alone)) / E_J


@lemma(admissible={y: (0.5, 3.0)}, points=2)
def superposed_slips() -> Eq:
    """Two slips of equal charge in one junction, superposed: their action less their own, over E_J/Omega.

    The density is a rational function of p = exp(2x), with w = exp(y).
    """
    p, w = symbols("p w", positive=True)
    exponentials = superposition_density().rewrite(exp).subs({x: log(p) / 2, y: log(w)})
    rational = apart(simplify(exponentials * diff(log(p) / 2, p)), p)
    primitive = sum(integrate(term, p) for term in rational.as_ordered_terms())  # at infinity its logarithms cancel
    value = -primitive.subs(p, 0).replace(log, lambda a: expand_log(log(factor(a)), force=True))
    density = superposition_density().rewrite(exp)
    return Eq(Integral(density, (x, -oo, oo)), simplify(expand_log(value)).subs(w, exp(y)), evaluate=False)


@kept
def repulsion() -> Expr:
    """Repulsion of two slips of equal charge in one junction, a time tau apart: their tails, and Eq. 18's own part.

    Of the superposition only the leading exponential is used: nearer slips have no weight, and no fixed shape.
    """
    w = Symbol("w", positive=True)
    strength = limit(w * superposed_slips().rhs.subs(y, log(w)), w, oo)
    tails = strength * E_J / Omega * exp(-Omega * Abs(tau))
    first, second = symbols("first second")
    cross = [
        coupling_density().subs({diff(phi_1(tau), tau): a, diff(phi_2(tau), tau): b}).expand().coeff(first * second)
        for a, b in ((first + second, 0), (first, second))
    ]
    return tails + cross[0] / cross[1] * symmetric_interaction().rhs


def with_slips(form: Expr) -> Expr:
    """Bonds of slips in equal junctions for the bonds of a cluster, times in 1/Omega."""
    return _with_bonds(form, *_slip_energies())


@kept
def _slip_energies() -> tuple[Expr, Expr]:
    """Interaction of two slips in one junction and in different ones, a time y/Omega apart."""
    energies = (repulsion(), symmetric_interaction().rhs)
    return tuple(simplify(v.subs(tau, y / Omega).subs(Omega, xi * E_J)) for v in energies)


def with_transfers(form: Expr) -> Expr:
    """Bonds of Cooper-pair transfers, times in 1/omega_0: the island's correlators are all there is."""
    return _with_bonds(form, *(k.subs(tau, Abs(y) / omega_0) for k in phase_correlators()))


def _with_bonds(form: Expr, v_same: Expr, v_other: Expr) -> Expr:
    for F, f, energy in ((F_same, f_same, v_same), (F_other, f_other, v_other)):
        form = form.replace(F, lambda c, f=f: Integral(f(c, y), (y, -oo, oo)))
        form = form.replace(f, lambda c, time, energy=energy: exp(-c * energy.subs(y, time)) - 1)
    return form


@cache
def third_order(interacting=all_slips) -> Eq:
    """Amplitude of two slips of junction 1 and one of junction 2, of charge c: three slips and all their bonds."""
    return Eq(gamma(2, charge), cluster(((1, 1), (1, 1), (2, charge)), interacting))


@lemma
def double_slip() -> Eq:
    """Amplitude of two slips of one junction without mutual capacitance: the second virial coefficient, in full.

    With 32 E_J/Omega >> 1 the exponential integral is nothing, which leaves -(gamma^2/Omega)(ln(32 E_J/Omega) +
    Euler's constant).
    """
    found = cluster(((1, 1), (1, 1))).subs(gamma_tilde_1, gamma_1)
    both_ways = with_slips(found).subs(A, 0) / (xi * E_J)
    half_line = both_ways.replace(Integral, lambda f, limits: 2 * Integral(f.subs(Abs(y), x), (x, 0, oo)))
    closed = repulsion_integral().rhs.subs(dual_depth, _strength() / xi)
    return Eq(half_line, half_line.replace(Integral, lambda *_: closed), evaluate=False)


def _strength() -> Expr:
    return repulsion().subs({A: 0, tau: 0, E_J: 1, Omega: 1})


TRIPLE = {y: Midpoints(lambda t: t, 0.15, 0, 300, even=True), TIMES[1]: Midpoints(lambda t: t, 0.15, 0, 300, even=True)}
TRIPLE[TIMES[0]] = Midpoints(lambda t: t + Rational(3, 80), 0.15, -600, 600)  # never at the time of another slip
SMALLEST_XI = 1e-6  # slips repel up to ln(32/xi)/Omega apart, well within the range of the rules
DOMAIN = {"charge": FiniteSet(-1, 1), "xi": Interval(SMALLEST_XI, 1), "depth": Interval(0, 10)}


@cache
def cluster_evaluator(joint: bool, interacting=all_slips) -> Evaluator:
    """Amplitude over its fugacities, times in 1/Omega: two slips of junction 1, and one of junction 2 if `joint`."""
    form = third_order(interacting).rhs if joint else sympify(cluster(((1, 1), (1, 1)), interacting))
    value = with_slips(form.subs({gamma_tilde_1: 1, gamma_tilde_2: 1}))
    arguments = {"charge": charge} if joint else {}
    return evaluator("cluster", value, {**arguments, "xi": xi, "depth": A}, domain=DOMAIN, rules=TRIPLE)


def third_order_amplitude(charge, xi, *, coupling, repulsion=True, fugacity=None, log=False):
    """gamma_{2,charge}/E_J of equal junctions, by the cluster expansion that SLZ25b, Sec. III mentions.

    Parameters
    ----------
    charge: of the slip of junction 2, while junction 1 slips twice: +1 or -1, or 0 for none.
    xi: Omega/E_J, dimensionless, in [1e-6, 1].
    coupling: E_J/E_Cm, dimensionless, not negative, with A = coupling * xi in [0, 10].
    repulsion: whether two slips of one junction repel; without it this is the gas of the paper's Eq. 20.
    fugacity: gamma~/E_J of a single slip, positive; by default `renormalized_amplitude(xi, coupling)`.
    log: return sign and logarithm of the magnitude.

    Returns an array of the broadcast shape, the cluster integral to 1e-10. Raises ValueError outside these ranges.
    With the exact amplitude as fugacity it is right within 4 % up to C_m/C = 0.03. Without coupling only charge 0
    is left: -(gamma^2/Omega)(ln(32/xi) + Euler's constant). In the paper's gas two slips of one junction do
    nothing together, and the others are gamma_{1,charge}^2/(2 gamma~).

    >>> ours, printed = (third_order_amplitude(1, 0.75, coupling=0.05, repulsion=value) for value in (True, False))
    >>> f"{ours:.4e}", f"{printed:.4e}"
    ('-2.5780e-13', '2.7896e-15')
    """
    charge, xi, coupling = np.broadcast_arrays(
        real_numbers("charge", charge),
        require_range("xi", xi, SMALLEST_XI, 1),
        require_range("coupling", coupling, 0, np.inf),
    )
    if (unknown := charge[~np.isin(charge, (-1, 0, 1))]).size:
        raise ValueError(f"Argument `charge` must be in {{-1, 0, 1}}, but got {unknown[0]:g}.")
    require_range("coupling * xi", coupling * xi, 0, 10)
    if fugacity is None:
        _, magnitude = renormalized_amplitude(xi, coupling, log=True)
    else:
        magnitude = np.log(require_range("fugacity", fugacity, 0, np.inf, above=True))
    interacting, single = all_slips if repulsion else only_different_junctions, charge == 0
    value, slips = np.zeros(xi.shape), np.where(single, 2, 3)
    for joint, chosen in ((False, single), (True, ~single)):
        if chosen.any():
            arguments = (charge[chosen],) * joint + (xi[chosen], (coupling * xi)[chosen])
            value[chosen] = cluster_evaluator(joint, interacting)(*arguments)
    with np.errstate(divide="ignore"):
        magnitude = slips * magnitude - (slips - 1) * np.log(xi) + np.log(np.abs(value))
    sign = np.sign(value)
    with np.errstate(under="ignore"):
        return (sign[()], magnitude[()]) if log else (sign * np.exp(magnitude))[()]
