"""Clusters of three: a gas on one site, the diagonalized island, the train of slips, and diagonalized junctions."""

import math
from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import ellipkm1, exp1, expi
from sympy import Integral, lambdify

from derivations.cotunneling import (
    cotunneling_amplitude,
    exact_amplitudes,
    exact_cooper_pair_amplitudes,
    renormalized_amplitude,
    third_order_amplitude,
)
from derivations.cotunneling import symbols as sym
from derivations.cotunneling.claims import third_order_claims as claims
from derivations.cotunneling.higher_orders import third_order as d

__all__: list[str] = []

BONDS = {("s", 1): -0.7, ("s", -1): 1.3, ("d", 1): 0.4, ("d", -1): -0.3}
FUGACITIES = {sym.gamma_tilde_1: 1.7, sym.gamma_tilde_2: 0.6}


def bond_numbers(form, interacting=True):
    """A cluster on one site: every integral over time is one value."""

    def bond(kind):
        return lambda c, *time: BONDS[kind, int(c)]

    form = form.replace(d.F_same, bond("s")).replace(d.F_other, bond("d"))
    form = form.replace(d.f_same, bond("s")).replace(d.f_other, bond("d"))
    return float(form.replace(Integral, lambda f, *limits: f).subs(FUGACITIES))


def logarithm_on_one_site(order, same_interact):
    """ln Z of slips of all four kinds on one site, as {(n_1, n_2): coefficient} of one order in both fugacities."""
    z = {(k, s): FUGACITIES[gamma] for k, gamma in enumerate(FUGACITIES, 1) for s in (1, -1)}
    weights = [defaultdict(float) for _ in range(order + 1)]
    for count in range(order + 1):
        for slips in product(z, repeat=count):
            weight = 1 / math.factorial(count)
            for i, first in enumerate(slips):
                weight *= z[first]
                for second in slips[:i]:
                    kind = "s" if first[0] == second[0] else "d"
                    weight *= 1 + BONDS[kind, first[1] * second[1]] * (kind == "d" or same_interact)
            total = tuple(sum(c for junction, c in slips if junction == k) for k in (1, 2))
            weights[count][total] += weight
    found = [defaultdict(float) for _ in range(order + 1)]
    for n in range(1, order + 1):
        for total, weight in weights[n].items():
            found[n][total] += weight
        for k in range(1, n):
            for (a, x), (b, y) in product(found[k].items(), weights[n - k].items()):
                found[n][a[0] + b[0], a[1] + b[1]] -= k / n * x * y
    return found[order]


@pytest.mark.parametrize("same_interact", [True, False])
def test_clusters_are_the_logarithm_of_the_gas(same_interact):
    interacting = d.all_slips if same_interact else d.only_different_junctions
    for order in (2, 3):
        exact = logarithm_on_one_site(order, same_interact)
        for total in ((1, 1), (2, 0), (0, 2)) if order == 2 else ((2, 1), (2, -1), (0, 1), (1, 0), (3, 0), (-1, 2)):
            found = bond_numbers(d.sympify(d.amplitude_of_order(order, *total, interacting)))
            assert found == pytest.approx(exact[total], rel=1e-12, abs=1e-13)


def bond_integral(sign, depth):
    """Integral over the whole line of exp(sign depth exp(-|t|)) - 1."""
    special = expi(depth) if sign > 0 else -exp1(depth)
    return 2 * (special - math.log(depth) - np.euler_gamma)


def triangle(signs, depth):
    """Double integral of three such bonds at u, v and u - v: with exp(-|t|) as variable each region is smooth."""
    nodes, weights = np.polynomial.legendre.leggauss(24)
    s, w = (nodes + 1) / 2, weights / 2
    f = [lambda z, sign=sign: np.expm1(sign * depth * z) for sign in signs]
    s, r, w = s[:, None], s[None, :], w[:, None] * w[None, :]
    one_side = f[0](s) * f[1](s * r) * f[2](r) + f[1](s) * f[0](s * r) * f[2](r)
    two_sides = f[0](s) * f[1](r) * f[2](s * r)
    return float((2 * w * (one_side + two_sides) / (s * r)).sum())


def in_transfers(form, depth):
    """A cluster of transfers: equal charges repel in one junction and attract in different ones."""

    def cycle(integral):
        u, v, _ = d.TIMES
        by_time = {}
        for kind, sign in ((d.f_same, -1), (d.f_other, 1)):
            for bond in integral.atoms(kind):
                by_time[bond.args[1]] = sign * int(bond.args[0])
        return triangle([by_time[u], by_time[v], by_time[u - v]], depth)

    cycles = {i: cycle(i) for i in form.atoms(Integral) if i.limits[0][0] == d.TIMES[1]}
    form = form.subs(cycles)
    form = form.replace(d.F_same, lambda c: bond_integral(-int(c), depth))
    return form.replace(d.F_other, lambda c: bond_integral(int(c), depth))


@pytest.mark.parametrize("depth", [0.16, 0.81, 2.5])
@pytest.mark.parametrize(("n_1", "n_2"), [(2, 1), (2, -1), (0, 1)])
def test_third_order_is_exact_where_the_gas_is(depth, n_1, n_2):
    josephson = 0.01 * math.exp(depth / 2) / 2  # the same fugacity at every depth
    ratios = []
    for scale in (1, 2):
        exact = exact_cooper_pair_amplitudes(depth, scale * josephson, 1.5 * scale * josephson)
        fugacity = scale * 0.0025
        fugacities = {sym.gamma_tilde_1: fugacity, sym.gamma_tilde_2: 1.5 * fugacity}
        order = float(in_transfers(d.amplitude_of_order(3, n_1, n_2), depth).subs(fugacities))
        higher = exact[n_1, n_2] - (1.5 * fugacity if (n_1, n_2) == (0, 1) else 0)
        ratios.append(higher / order)
    # The next order is (E_J/omega_0)^2 smaller, and extrapolated away; the island is known to 1e-14 of 1e-8.
    assert (4 * ratios[0] - ratios[1]) / 3 == pytest.approx(1, abs=3e-5)
    assert abs(ratios[0] - 1) < 2e-3


def test_second_order_of_the_exact_gas():
    exact = exact_cooper_pair_amplitudes(0.81, 0.004, 0.004)
    fugacities = {sym.gamma_tilde_1: exact[1, 0], sym.gamma_tilde_2: exact[0, 1]}
    double = float(in_transfers(d.amplitude_of_order(2, 2, 0), 0.81).subs(fugacities))
    assert exact[2, 0] == pytest.approx(double, rel=1e-4)  # (E_J/omega_0)^2


def energy_of_train(spacing):
    """Energy, over E_J, of the periodic solution with equal slips `spacing` apart, by its elliptic integral."""

    def spaced(logarithm):
        energy = math.exp(logarithm)
        return 4 / math.sqrt(4 + 2 * energy) * ellipkm1(energy / (2 + energy))

    return math.exp(brentq(lambda k: spaced(k) - spacing, -16, 0, xtol=1e-13))


@pytest.mark.parametrize("spacing", [6.0, 8.0])
def test_tails_repel_as_the_periodic_train_of_slips_does(spacing):
    # d(action per slip)/d(spacing) = -energy: with a repulsion 32 exp(-spacing) the energy is the same number.
    strength = float(d.repulsion().subs({sym.A: 0, sym.E_J: 1, sym.Omega: 1, sym.tau: spacing}))
    # Neighbors twice as far, and the next power of the tail, are exp(-spacing) smaller times the spacing.
    assert strength == pytest.approx(energy_of_train(spacing), rel=3 * spacing * math.exp(-spacing))


@pytest.mark.parametrize("separation", [0.7, 2.5])
def test_superposed_slips_store_the_derived_action(separation):
    def density(t):
        paths = [4 * math.atan(math.exp(t)), 4 * math.atan(math.exp(t - separation))]
        speeds = [2 / math.cosh(t), 2 / math.cosh(t - separation)]

        def action(phase, speed):
            return speed**2 / 2 + 1 - math.cos(phase)

        return action(sum(paths), sum(speeds)) - sum(map(action, paths, speeds))

    derived = lambdify(sym.y, d.superposed_slips().rhs)(separation)
    assert derived == pytest.approx(quad(density, -40, 40 + separation, epsabs=1e-12, limit=200)[0], rel=1e-9)


def test_mutual_capacitance_repels_two_slips_of_one_junction_as_it_attracts_those_of_both():
    own = d.repulsion().coeff(sym.A).subs({sym.Omega: 1.3, sym.tau: 0.4})
    assert float(own) == pytest.approx(0.52 / math.sinh(0.52), rel=1e-14)


def by_trapezoids(charge, xi, depth):
    """gamma_{2,charge} over its fugacities, times in 1/Omega: all three-slip weights on one grid of both times."""
    step = 0.12
    u = np.arange(-290, 290) * step + step / 3
    f = np.expm1(charge * depth * u / np.sinh(u))
    v = u + step / 2
    g = np.expm1(charge * depth * v / np.sinh(v))
    apart = u[:, None] - v
    like = np.expm1(-32 / xi * np.exp(-abs(apart)) - depth * apart / np.sinh(apart))
    connected = f[:, None] * g + like * (f[:, None] + g + f[:, None] * g)
    return step**2 * connected.sum() / 2


@pytest.mark.parametrize(("charge", "xi", "depth"), [(1, 0.9, 0.3), (-1, 0.4, 2.0), (1, 0.4, 6.0), (-1, 0.9, 1e-6)])
def test_cluster_integral_by_another_rule(charge, xi, depth):
    unit = third_order_amplitude(charge, xi, coupling=depth / xi, fugacity=1.0) * xi**2
    # Both rules converge exponentially; 1e-10 is the accuracy that the evaluator states.
    assert unit == pytest.approx(by_trapezoids(charge, xi, depth), rel=1e-10)


@settings(max_examples=30)
@given(st.sampled_from([1, -1]), st.floats(0.2, 1), st.floats(1e-6, 5))
def test_gas_of_the_paper_has_products_of_pairs(charge, xi, depth):
    alone = third_order_amplitude(charge, xi, coupling=depth / xi, repulsion=False)
    pair = cotunneling_amplitude(charge, xi, xi, depth / xi)
    assert alone == pytest.approx(pair**2 / (2 * renormalized_amplitude(xi, depth / xi)), rel=1e-10)


@pytest.mark.parametrize("xi", [1e-6, 0.3, 0.75])
def test_double_slip_without_mutual_capacitance(xi):
    strength = 32 / xi
    expected = -(math.log(strength) + np.euler_gamma + exp1(strength)) / xi
    assert third_order_amplitude(0, xi, coupling=0.0, fugacity=1.0) == pytest.approx(expected, rel=1e-12)
    assert third_order_amplitude(0, xi, coupling=0.0, repulsion=False) == 0
    assert d.double_slip().lhs.has(Integral)


@pytest.mark.parametrize("capacitance_ratio", [0.003, 0.02])
def test_third_order_against_diagonalized_junctions(capacitance_ratio):
    exact = exact_amplitudes(25.0, capacitance_ratio, digits=40)
    xi = math.sqrt(8 / 25)
    gas = third_order_amplitude([1, -1, 0], xi, coupling=25 * capacitance_ratio, fugacity=exact[1, 0])
    found = [exact[2, 1], exact[2, -1], exact[2, 0]]
    # What is left is Omega/E_J times 1/30, and of the order of C_m/C for opposite charges.
    assert gas == pytest.approx(found, rel=0.017 + capacitance_ratio)
    assert (found[0] < 0, found[1] > 0, found[2] < 0) == (True, True, True)


def test_claims_say_where_the_gas_holds():
    assert claims.mayer_recovers_second_order().holds
    assert claims.third_order_is_exact_in_an_exact_gas().holds
    assert claims.next_amplitude_needs_repulsion().holds
    assert claims.next_amplitude_needs_repulsion().value < -30
    assert claims.neutral_pair_is_a_cluster().value > 1e6
    assert bond_numbers(claims.single_slip_at_third_order()) == pytest.approx(1.7**2 * 0.6 * 0.4 * -0.3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((2, 0.5, 0.1), r"Argument `charge` must be in \{-1, 0, 1\}, but got 2"),
        ((1, 1.5, 0.1), r"Argument `xi` must be in \[1e-06, 1\], but got 1.5"),
        ((0, 1e-18, 0.0), r"Argument `xi` must be in \[1e-06, 1\], but got 1e-18"),
        ((1, 0.5, 30.0), r"Argument `coupling \* xi` must be in \[0, 10\], but got 15"),
        ((1, 0.5, -1.0), "Argument `coupling"),
        ((1, 0.5, math.nan), "Argument `coupling"),
    ],
)
def test_arguments_outside_their_range_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        third_order_amplitude(*arguments[:2], coupling=arguments[2])


def test_amplitudes_broadcast_and_have_logarithms():
    values = third_order_amplitude([[1], [-1], [0]], 0.5, coupling=[0.1, 0.2], fugacity=0.01)
    sign, logarithm = third_order_amplitude([[1], [-1], [0]], 0.5, coupling=[0.1, 0.2], fugacity=0.01, log=True)
    assert values.shape == (3, 2)
    assert sign * np.exp(logarithm) == pytest.approx(values, rel=1e-13)
    with pytest.raises(ValueError, match=r"Argument `fugacity` must be in \(0, inf\), but got 0"):
        third_order_amplitude(1, 0.5, coupling=0.1, fugacity=0.0)
