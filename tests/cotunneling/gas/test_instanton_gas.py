"""Slips coupled by the mutual capacitance: the coupling action integrated along paths, and its spectral form."""

import itertools
import math
from functools import cache

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import iv
from sympy import I, Integral, diff, exp, lambdify, pi, simplify

from derivations.cotunneling import exact_amplitudes, interaction_profile
from derivations.cotunneling import symbols as sym
from derivations.cotunneling.gas.instanton_gas import (
    F,
    common_slip_amplitude,
    coupling_action,
    coupling_density,
    even_part,
    gas_weight,
    interaction,
    kink_overlap,
    of_phase,
    renormalized_fugacity,
    second_order,
    sum_over_charges,
    symmetric_interaction,
)
from rederived.comparison import value_at

__all__: list[str] = []

CIRCUIT = {sym.C_m: 0.8, sym.e: 0.7}
E_CM = 0.7**2 / (2 * 0.8)


@cache
def overlap_and_strength():
    """The integral in the derived interaction, and the factor before it at unit frequencies."""
    overlap = interaction().rhs.atoms(Integral).pop()
    return overlap, float((interaction().rhs / overlap).subs({**CIRCUIT, sym.Omega_1: 1, sym.Omega_2: 1}))


@cache
def overlap_integrand():
    variables = [sym.s, sym.Omega_1, sym.Omega_2, sym.tau_1, sym.tau_2]
    return lambdify(variables, overlap_and_strength()[0].function, "numpy")


def energy(first, second, distance):
    """The derived interaction, by a trapezoid rule whose error is below rounding for frequencies in [0.2, 3]."""
    times = np.arange(-220, 220, 0.08)
    with np.errstate(over="ignore"):
        overlap = 0.08 * overlap_integrand()(times, first, second, 0.0, distance).sum()
    return overlap_and_strength()[1] * first * second * overlap


def path(frequency, charge, moment):
    """A slip and its speed."""
    return lambda t: charge * 2 * frequency / math.cosh(min(700.0, abs(frequency * (t - moment))))


@pytest.mark.parametrize(("nu", "epsilon"), [(1, 1), (1, -1), (-1, -1)])
@pytest.mark.parametrize(("first", "second", "distance"), [(1.0, 1.0, 0.3), (0.6, 1.9, 1.1), (2.0, 0.5, -2.0)])
def test_capacitor_between_two_slips_stores_the_derived_action(nu, epsilon, first, second, distance):
    phi_1, phi_2 = path(first, nu, 0.0), path(second, epsilon, distance)

    def stored(t):
        return CIRCUIT[sym.C_m] / 2 * ((phi_1(t) - phi_2(t)) / (2 * CIRCUIT[sym.e])) ** 2

    action = sum(quad(stored, a, b, epsabs=1e-12)[0] for a, b in [(-60, -2), (-2, 0), (0, 2), (2, 60)])
    derived = coupling_action().rhs.subs({sym.nu: nu, sym.epsilon: epsilon, sym.Omega_1: first, sym.Omega_2: second})
    pair = next(iter(derived.atoms(sym.V)))
    total = float(derived.subs(pair, energy(first, second, distance)).subs(CIRCUIT))
    assert total == pytest.approx(action, rel=1e-9)


def test_coupling_is_what_the_mutual_capacitance_adds_to_the_lagrangian():
    velocity = [diff(f(sym.tau), sym.tau) for f in (sym.phi_1, sym.phi_2)]
    value = coupling_density().subs(dict(zip(velocity, (0.9, -0.4), strict=True))).subs(CIRCUIT)
    assert float(value) == pytest.approx(0.8 * 1.3**2 / (8 * 0.7**2), rel=1e-14)


def by_spectrum(first, second, distance):
    """Parseval: sech(a t) has the transform pi/a sech(pi w/2a); the integral over frequencies, to 30 digits."""
    with mp.workdps(32):
        a, b, tau = mp.mpf(str(first)), mp.mpf(str(second)), mp.mpf(str(distance))
        # The integrand has poles at a and b: the step sees images of the overlap 2 pi/step away, below 1e-32.
        step = 2 * mp.pi / (80 / min(a, b) + 2 * abs(tau))
        count = int(50 / (1 / a + 1 / b) / step) + 1
        values = (mp.sech(mp.pi * w / (2 * a)) * mp.sech(mp.pi * w / (2 * b)) * mp.cos(w * tau)
                  for w in (k * step for k in range(1, count)))
        return mp.pi / (2 * a * b) * step * (1 + 2 * mp.fsum(values))


@pytest.mark.parametrize(("first", "second", "distance"), [(0.7, 1.3, 0.9), (2.4, 0.5, 1.7), (1.0, 1.0, 3.0)])
def test_interaction_to_thirty_digits_by_its_spectrum(first, second, distance):
    point = {sym.Omega_1: first, sym.Omega_2: second, sym.tau_1: 0.0, sym.tau_2: distance, **CIRCUIT}
    integral, strength = overlap_and_strength()
    overlap, expected = value_at(integral, point, 32), by_spectrum(first, second, distance)
    assert abs(overlap / expected - 1) < mp.mpf(10) ** -28
    assert strength == pytest.approx(-1 / (2 * E_CM), rel=1e-14)


@settings(max_examples=40)
@given(st.floats(0.2, 3), st.floats(0.2, 3), st.floats(-5, 5))
def test_slips_of_equal_charge_attract_whichever_comes_first(first, second, distance):
    here = energy(first, second, distance)
    assert here < 0
    assert here == pytest.approx(energy(second, first, distance), rel=1e-12)
    assert here == pytest.approx(energy(first, second, -distance), rel=1e-12)
    # By Schwarz the overlap is at most 2/sqrt(first second).
    assert abs(here) <= math.sqrt(first * second) / E_CM * (1 + 1e-12)


def test_interaction_falls_with_the_smaller_frequency():
    far = [energy(0.5, 2.0, d) for d in (20.0, 24.0)]
    assert math.log(far[0] / far[1]) == pytest.approx(0.5 * 4, rel=1e-6)


def test_closed_form_of_equal_junctions_is_the_integral():
    closed = symmetric_interaction().rhs.subs({sym.A: 2 * 0.8 * 1.4 / 0.7**2, sym.Omega: 1.4})
    for distance in (0.2, 1.0, 4.0):
        assert float(closed.subs(sym.tau, distance)) == pytest.approx(energy(1.4, 1.4, distance), rel=1e-12)
    separations = np.array([1e-9, 0.3, 2.0, 30.0])
    profile = [-1.0, *(-s / math.sinh(s) for s in separations[1:])]
    assert interaction_profile(separations) == pytest.approx(profile, rel=1e-12)
    assert float(kink_overlap().rhs.subs(sym.y, 0.7)) == pytest.approx(1.4 / math.sinh(0.7), rel=1e-14)


def test_own_energy_is_the_mass_that_the_mutual_capacitance_adds():
    # With the other phase at rest C becomes C + C_m, and the action 8 E_J/Omega grows as sqrt(1 + C_m/C).
    E_J, C, e = 1.7, 0.9, 0.7
    omega = math.sqrt(4 * e**2 * E_J / C)

    def action(added):
        return 8 * E_J / math.sqrt(4 * e**2 * E_J / (C + added))

    added = 1e-5
    slope = (action(added) - action(-added)) / 2
    factor = renormalized_fugacity().rhs.subs({sym.gamma_1: 1, sym.Omega_1: omega, sym.C_m: added, sym.e: e})
    assert -math.log(float(factor)) == pytest.approx(slope, rel=1e-9)


def test_both_species_have_their_own_factorial():
    weights = gas_weight()
    values = {sym.gamma_1: 2, sym.gamma_2: 3, sym.T: 1}
    found = {(a, b): float(weights[9 * a + b].subs(values)) for a in range(5) for b in range(5)}
    expected = {(a, b): 2**a * 3**b / (math.factorial(a) * math.factorial(b)) for a, b in found}
    assert found == pytest.approx(expected, rel=1e-14)


def test_band_is_real_and_even_in_both_quasicharges_together():
    factor = sum_over_charges(second_order()).rhs.subs({F(1): 0.3, F(-1): -0.2, sym.T: 1})
    values = lambdify([sym.q_1, sym.q_2], factor.subs({sym.e: 1, sym.gamma_tilde_1: 0.5, sym.gamma_tilde_2: 0.7}))
    q_1, q_2 = 0.31, 0.77
    expected = 1 + 0.35 * 2 * (0.3 * math.cos(math.pi * (q_1 + q_2)) - 0.2 * math.cos(math.pi * (q_1 - q_2)))
    assert values(q_1, q_2) == pytest.approx(expected, rel=1e-14)
    assert values(-q_1, -q_2) == pytest.approx(expected, rel=1e-14)
    assert values(q_1, q_2) != pytest.approx(values(q_1, -q_2))


def partition_function(bracket):
    """The integral over both quasicharges with the weight of the ideal gas, by scipy's Bessel functions.

    The mean of exp(z cos x) exp(i n x) over a period is I_n(z).
    """
    first, second, bonds = 0.35, 0.2, {1: 0.9, -1: -0.4}
    values = {F(1): bonds[1], F(-1): bonds[-1], sym.T: 1, sym.gamma_tilde_1: first, sym.gamma_tilde_2: second}
    expanded = sum_over_charges(bracket).subs(values).expand(power_exp=True)
    total = 0.0
    for term in expanded.as_ordered_terms():
        n, m = (int(simplify(diff(term, q) / term * sym.e / (I * pi)).round()) for q in (sym.q_1, sym.q_2))
        constant = float(term.as_independent(sym.q_1, sym.q_2)[0])
        total += constant * iv(n, 2 * first) * iv(m, 2 * second)
    return total


def counted_slip_by_slip():
    """Sets of slips with neutral charges: all of them, and those with one close pair, summed one by one."""
    first, second, bonds = 0.35, 0.2, {1: 0.9, -1: -0.4}
    total = 0.0
    for a, b in itertools.product(range(9), repeat=2):
        sets = [[c for c in itertools.product((1, -1), repeat=n) if sum(c) == 0] for n in (a, b)]
        weight = first**a * second**b / (math.factorial(a) * math.factorial(b))
        total += weight * len(sets[0]) * len(sets[1])
        if a and b:
            of_first = [[sum(c[0] == s for c in chosen) for s in (1, -1)] for chosen in sets]
            close = sum(of_first[0][i] * of_first[1][j] * bonds[(1, -1)[i] * (1, -1)[j]]
                        for i, j in itertools.product((0, 1), repeat=2))
            total += weight * a * b * close
    return total


def test_charges_may_be_left_out_under_the_integral_but_the_plus_may_not_stay():
    phase = exp(I * pi * (sym.q_1 + sym.q_2) / sym.e)
    printed = second_order.row.printed().rhs
    product = second_order.row.correction.apply(second_order.row.printed()).rhs
    counted = counted_slip_by_slip()
    # Nine slips at most: the next terms are 0.7^10/10!.
    assert partition_function(second_order().rhs) == pytest.approx(counted, rel=1e-7)
    assert partition_function(product) == pytest.approx(partition_function(second_order().rhs), rel=1e-14)
    assert partition_function(printed) > 1.1 * counted
    assert product.has(phase)
    assert (even_part(sum_over_charges(product)) - even_part(sum_over_charges(second_order().rhs))).simplify() == 0


def test_bracket_needs_its_charges_where_amplitudes_are_read_from_it():
    # Two diagonalized junctions know no instanton: gamma_1,-1 is close to -gamma_1,1, not zero.
    exact, frequency = exact_amplitudes(10.0, 0.01), math.sqrt(0.8)
    values = {sym.gamma_tilde_1: exact[1, 0], sym.gamma_tilde_2: exact[0, 1], sym.T: 1}
    for charge in (1, -1):
        half = quad(lambda y, c=charge: math.expm1(c * 0.08 / frequency * y / math.sinh(y)), 0, 40)[0]
        values[F(charge)] = 2 * half / frequency
    product = second_order.row.correction.apply(second_order.row.printed()).rhs
    for charge in (1, -1):
        read = float(of_phase(second_order().rhs, charge).subs(values))
        assert read == pytest.approx(exact[1, charge], rel=1e-2)
    assert of_phase(product, -1) == 0


@pytest.mark.parametrize("charge", [1, -1])
def test_amplitude_is_the_integral_of_the_mayer_function(charge):
    well = -1.5 * exp(-(sym.tau**2))
    outer, integral = common_slip_amplitude().rhs.subs(sym.charge, charge).as_independent(Integral)
    found = value_at(integral.replace(sym.V, lambda time: well.subs(sym.tau, time)), {}, 20)
    expected = sum(math.sqrt(math.pi / k) * (charge * 1.5) ** k / math.factorial(k) for k in range(1, 40))
    assert float(found) == pytest.approx(expected, rel=1e-12)
    assert outer == sym.gamma_tilde_1 * sym.gamma_tilde_2
