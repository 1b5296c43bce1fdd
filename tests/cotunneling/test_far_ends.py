"""Evaluators at both ends of their domains and, on a logarithmic scale, between: against mpmath at 40 digits."""

import itertools
import math
from functools import partial

import mpmath as mp
import numpy as np
import pytest

from derivations.cotunneling import (
    attraction_depth,
    cooper_pair_cotunneling_amplitude,
    crossover_energy,
    equal_share_energies,
    frequency_ratio,
    instanton_path,
    interaction_profile,
    merged_instanton_amplitude,
    pair_over_steepest_descent,
    pair_weight,
    phase_slip_rate,
    potential_energy,
    renormalized_amplitude,
    single_junction_amplitude,
    steepest_descent_amplitude,
    typical_separation,
    uniform_amplitude,
    weak_coupling_amplitude,
)

__all__: list[str] = []

FLOATS = [10.0**d for d in (-290, -200, -100, -20, -8, -3, -1, 0, 1, 3, 8, 20, 100, 200, 290)]
SMALLEST, LARGEST = mp.mpf("1e-290"), mp.mpf("1e300")  # below the first a float has fewer digits


@pytest.fixture(autouse=True)
def forty_digits():
    with mp.workdps(40):
        yield


def agree(function, exact, *arguments):
    """The value where a float holds it, and its logarithm anyway; 1e-12 is what the evaluators state."""
    exact = mp.mpf(exact)
    sign, logarithm = function(*arguments, log=True)
    assert sign == mp.sign(exact), arguments
    if exact:
        # A logarithm is an exponent times numbers that are rounded: relative where it is large.
        assert logarithm == pytest.approx(float(mp.log(abs(exact))), rel=1e-15, abs=1e-12), arguments
    if exact == 0 or SMALLEST < abs(exact) < LARGEST:
        assert float(function(*arguments)) == pytest.approx(float(exact), rel=1e-12, abs=0), arguments
    elif abs(exact) > mp.mpf("1e310"):
        with pytest.raises(ValueError, match="use log=True"):
            function(*arguments)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("y", [*FLOATS, 60.0, 100.0, 200.0, 650.0, 1e4])
def test_interaction_is_y_over_sinh(y, sign):
    # sinh of a huge number is an exponential, to all digits; its logarithm is what mpmath can hold.
    if y > 1e5:
        sign_found, logarithm = interaction_profile(sign * y, log=True)
        assert (sign_found, logarithm) == (-1, pytest.approx(float(mp.log(2 * mp.mpf(y)) - mp.mpf(y)), rel=1e-15))
        assert interaction_profile(sign * y) == 0
    else:
        agree(interaction_profile, -mp.mpf(y) / mp.sinh(mp.mpf(y)), sign * y)
    assert interaction_profile(0.0) == -1


@pytest.mark.parametrize("charge", [1, -1])
@pytest.mark.parametrize("depth", [0.0, 1e-290, 1e-100, 1e-8, 1.0, 2.0, 709.0, 710.0, 1e4, 1e9])
@pytest.mark.parametrize("separation", [0.0, 1e-290, 1e-9, -1e-3, 1.0, 12.0, 100.0, -745.0, 1e4])
def test_weight_of_a_pair(separation, depth, charge):
    y = mp.mpf(separation)
    agree(pair_weight, mp.expm1(charge * mp.mpf(depth) * (y / mp.sinh(y) if y else 1)), separation, depth, charge)


def test_path_keeps_its_digits_from_one_minimum_to_the_other():
    for time in (0.0, *(sign * t for t in FLOATS if t < 1e4 for sign in (1, -1)), 36.0, 40.0, 700.0, -600.0, 710.0):
        exact = 4 * mp.atan(mp.exp(mp.mpf(time)))
        if exact > SMALLEST:
            assert float(instanton_path(time)) == pytest.approx(float(exact), rel=1e-14)
    assert instanton_path([1e4, 1e300]).tolist() == [2 * math.pi] * 2
    assert instanton_path([-1e4, -1e300]).tolist() == [0, 0]


@pytest.mark.parametrize("xi", FLOATS)
def test_single_slips(xi):
    x = mp.mpf(xi)
    single = 4 * mp.sqrt(x / mp.pi) * mp.exp(-8 / x)
    agree(single_junction_amplitude, single, xi)
    for coupling in (0.0, *FLOATS):
        if coupling * xi < 1e300:
            agree(renormalized_amplitude, single * mp.exp(-mp.mpf(coupling) * x / 2), xi, coupling)
    assert float(frequency_ratio(xi)) == pytest.approx(float(mp.sqrt(8 * x)), rel=1e-14)
    for ratio in (r for r in (0.0, *FLOATS) if r / xi < 1e300):
        depth = attraction_depth(xi, capacitance_ratio=ratio)
        assert float(depth) == pytest.approx(float(8 * mp.mpf(ratio) / x), rel=1e-14)


@pytest.mark.parametrize(("xi", "coupling"), list(itertools.product(FLOATS[::2], FLOATS[::2])))
def test_limits_of_the_pair_amplitude(xi, coupling):
    x, depth = mp.mpf(xi), mp.mpf(xi) * mp.mpf(coupling)
    common = 16 / mp.pi * mp.exp(-16 / x)
    if mp.mpf("1e-290") < depth < mp.mpf("1e290"):
        steep = common * mp.sqrt(6 * mp.pi / depth) * (1 + mp.mpf(21) / 40 / depth)
        agree(partial(steepest_descent_amplitude, coupling=coupling), steep, xi)
    if depth < 1:  # the series; beyond it is none
        first, second = mp.pi**2 / 2, mp.pi**2 / 3  # integrals of y/sinh y and of its square
        third = mp.quad(lambda y: (y / mp.sinh(y)) ** 3, [0, 4, 40]) * 2
        for c in (1, -1):
            terms = [c * first, second / 2 - c * first, c * first / 2 - second / 2 + c * third / 6]
            exact = common * sum(a * depth ** (k + 1) for k, a in enumerate(terms))
            agree(partial(weak_coupling_amplitude, coupling=coupling), exact, c, xi)


@pytest.mark.parametrize(("xi", "ratio"), list(itertools.product((1e-290, 1e-3, 0.75, 1e8, 1e290), FLOATS)))
def test_merged_slip(xi, ratio):
    with mp.workdps(340):  # s - ell is r/3 at small r
        x, r = mp.mpf(xi), mp.mpf(ratio)
        s = 1 / mp.sqrt(1 + 2 * r)
        ell = (mp.sqrt(1 + 8 * s**2) - 1) / 2
        gap = s - ell
    logarithm = mp.loggamma(gap) + mp.loggamma(s + ell + 1) - mp.loggamma(s) - mp.loggamma(s + 1)
    agree(merged_instanton_amplitude, 4 * mp.sqrt(2 * x / mp.pi) * mp.exp(logarithm / 2 - 16 / x), xi, ratio)


@pytest.mark.parametrize("charge", [1, -1])
def test_typical_separation_of_faint_pairs(charge):
    for depth in (1e-300, 1e-100, 1e-13):
        # The roots of pi^4/4 over pi^2/2, the integrals of y^3/sinh y and y/sinh y.
        assert float(typical_separation(depth, charge)) == pytest.approx(math.pi / math.sqrt(2), rel=1e-12)


@pytest.mark.parametrize("charge", [1, -1])
@pytest.mark.parametrize("depth", [0.0, 1e-290, 1e-100, 1e-8, 1e-3, 0.81, 30.0, 700.0, 1e4])
def test_joint_transfers_as_an_exponential_integral(depth, charge):
    with mp.workdps(60):
        d = mp.mpf(depth)
        if charge == 1 and depth > 100:
            bonds = mp.ei(d) - mp.log(d) - mp.euler
        elif depth > 100:
            bonds = -(mp.e1(d) + mp.log(d) + mp.euler)
        else:
            bonds = charge * d * mp.hyper([1, 1], [2, 2], charge * d)
        agree(cooper_pair_cotunneling_amplitude, mp.exp(-d) / 2 * bonds, charge, depth)


@pytest.mark.parametrize("exponent", [1e-3, 0.4, 0.9, 2.5, 50.0])
@pytest.mark.parametrize(("gain", "temperature"), list(itertools.product(
    (0.0, 1e-290, -1e-290, 1e-3, -2.0, 700.0, 1e8), (1e-290, 1e-100, 1e-3, 1.0, 1e8))))
def test_rate_of_slips(exponent, gain, temperature):
    a, e, t = mp.mpf(exponent), mp.mpf(gain), mp.mpf(temperature)
    modulus = 2 * mp.re(mp.loggamma(mp.mpc(a, e / (2 * mp.pi * t)))) if e / t < 1e30 else None
    if modulus is None:  # zero temperature, to all digits
        exact = mp.log(2 * mp.pi) + (2 * a - 1) * mp.log(abs(e)) - mp.loggamma(2 * a)
        exact += e / t if gain < 0 else 0
    else:
        exact = (2 * a - 1) * mp.log(2 * mp.pi * t) + e / (2 * t) + modulus - mp.loggamma(2 * a)
    sign, logarithm = phase_slip_rate(1.0, exponent, gain, temperature, 1.0, log=True)
    # Powers of up to 99 of energies down to 1e-290: the rounding of their logarithms, 700, is multiplied.
    assert sign == 1
    assert logarithm == pytest.approx(float(exact), rel=1e-14, abs=1e-12)


@pytest.mark.parametrize("exponent", [1 + 2**-50, 1 + 1e-9, 1.001, 2.0, 50.0, 1e4])
def test_crossover_of_the_power_laws(exponent):
    a = mp.mpf(exponent)
    for temperature in (0.0, 1e-290, 1.0, 1e290):
        exact = 2 * mp.pi * mp.mpf(temperature) * mp.exp(mp.loggamma(a) / (a - 1))
        assert float(crossover_energy(exponent, temperature)) == pytest.approx(float(exact), rel=1e-12)


def shares(strength, r_1, r_2):
    """Logarithms of both energies from Gamma functions, at digits that their differences leave."""
    with mp.workdps(90):
        g, a, b = (mp.mpf(v) for v in (strength, r_1, r_2))
        cold = mp.loggamma(1 + 2 / a + 2 / b) - mp.loggamma(1 + 2 / a) - mp.log1p(a / b)
        rest = mp.loggamma(1 + 2 / a + 2 / b) - mp.loggamma(1 + 2 / a) + mp.log1p(a / b)
        rest += 2 * (mp.loggamma(1 + 1 / a) - mp.loggamma(1 + 1 / a + 1 / b))
        return [b / 2 * part - b * mp.log(g) for part in (cold, rest)]


@pytest.mark.parametrize(("r_1", "r_2"), list(itertools.product((1e-6, 1e-3, 0.05, 0.8, 14.0, 1e3, 1e6), repeat=2)))
def test_energies_of_equal_shares(r_1, r_2):
    for strength in (1e-100, 1e-6, 1.0, 1e3, 1e100):
        found = equal_share_energies(strength, r_1, r_2, log=True)
        for (sign, logarithm), exact in zip(found, shares(strength, r_1, r_2), strict=True):
            assert sign == 1
            # Both terms of the exponent are rounded, and up to r_2 ln(strength) large.
            rounding = 1e-12 + 1e-15 * r_2 * abs(math.log(strength))
            assert logarithm == pytest.approx(float(exact), rel=1e-14, abs=rounding), strength
    assert [float(e) for e in equal_share_energies(1e-6, 0.001, 0.9)] == pytest.approx(
        [float(mp.exp(e)) for e in shares(1e-6, 0.001, 0.9)], rel=1e-12)


@pytest.mark.parametrize("kappa", [1e-290, 0.5, 1e290])
def test_potential_keeps_its_digits_near_a_minimum(kappa):
    for phase in (0.0, 1e-140, 1e-9, -1e-3, 1.0, math.pi):
        exact = mp.mpf(kappa) * (1 - mp.cos(mp.mpf(phase))) + (1 - mp.cos(mp.mpf(phase) / 3))
        with mp.workdps(320):
            exact = 2 * mp.mpf(kappa) * mp.sin(mp.mpf(phase) / 2) ** 2 + 2 * mp.sin(mp.mpf(phase / 3) / 2) ** 2
        assert float(potential_energy(phase, phase / 3, kappa)) == pytest.approx(float(exact), rel=1e-14, abs=0)


def test_uniform_amplitude_at_its_ends():
    for xi in (0.1, 0.5, 1.5):
        # Far below A = 1 both slips are independent, and the amplitude is linear in C_m.
        _, faint = uniform_amplitude(xi, capacitance_ratio=np.array([1e-200, 1e-100, 1e-10]), log=True)
        assert np.diff(faint) == pytest.approx([100 * math.log(10), 90 * math.log(10)], rel=1e-9)
        # A rigid pair does not know how large C_m is, up to the square root of C/C_m.
        _, rigid = uniform_amplitude(xi, capacitance_ratio=np.array([1e30, 1e100, 1e300]), log=True)
        assert np.diff(rigid) == pytest.approx(0, abs=1e-12)
    assert pair_over_steepest_descent([1e100, 1e300]).tolist() == [1, 1]
    assert pair_over_steepest_descent(1e-200) > 0
