"""Amplitudes as functions: against 20 digits, against extended precision, and against diagonalized junctions."""

import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from derivations.cotunneling import (
    cotunneling_amplitude,
    exact_amplitudes,
    exact_single_junction_amplitude,
    frequency_ratio,
    pair_weight,
    potential_energy,
    renormalized_amplitude,
    single_junction_amplitude,
    steepest_descent_amplitude,
    typical_separation,
    weak_coupling_amplitude,
)

__all__: list[str] = []

CHARGES = st.sampled_from([1, -1])
XI = st.floats(0.2, 1.5)
COUPLING = st.floats(0, 100)
KAPPA = st.floats(-1, 1).map(lambda decade: 10**decade)


def with_twenty_digits(charge, xi_1, xi_2, coupling, kappa):
    """Sign and logarithm of Eq. 31: both integrals by trapezoid rules on one grid, at 20 digits.

    Slip 1 of junction 1 has the width 1/a; the step is a fraction of the narrower slip.
    """
    with mp.workdps(20):
        xi_1, xi_2, coupling, kappa = (mp.mpf(v) for v in (xi_1, xi_2, coupling, kappa))
        a = kappa * xi_1 / xi_2
        step = min(mp.mpf("0.125"), mp.mpf("0.125") / a)
        tail, narrow_tail = int(46 / min(1, a) / step), int(46 / max(1, a) / step)
        narrow = [mp.sech(max(1, a) * k * step) for k in range(-narrow_tail, narrow_tail + 1)]
        wide = [mp.sech(min(1, a) * k * step) for k in range(tail + narrow_tail + 1)]
        wide = wide[:0:-1] + wide
        center = len(wide) // 2
        strength = charge * coupling * xi_1 / 2 * step
        total = mp.mpf(0)
        for k in range(tail // 2 + 1):
            overlap = mp.fdot(narrow, wide[center + k - narrow_tail : center + k + narrow_tail + 1])
            total += mp.expm1(strength * overlap) * (1 if k == 0 else 2)
        total *= step
        prefactor = 16 / mp.pi * mp.sqrt(xi_1 * kappa / xi_2)
        exponent = -8 / xi_1 - 8 / xi_2 - (coupling * xi_1 + coupling / kappa * xi_2) / 2
        return int(mp.sign(total)), float(exponent + mp.log(prefactor * abs(total)))


@pytest.mark.parametrize(
    ("charge", "xi_1", "xi_2", "coupling", "kappa"),
    [
        (1, 0.75, 0.75, 1.0, 1.0),
        (-1, 0.75, 0.75, 50.0, 1.0),
        (1, 0.5, 1.0, 1e-8, 1.0),
        (-1, 0.5, 1.0, 1e-3, 1.0),
        (1, 1.5, 0.4, 100.0, 1.0),
        (-1, 0.3, 0.9, 1.0, 2.0),
        (1, 0.9, 1.2, 50.0, 0.5),
    ],
)
def test_pair_amplitude_to_twelve_digits(charge, xi_1, xi_2, coupling, kappa):
    sign, logarithm = with_twenty_digits(charge, xi_1, xi_2, coupling, kappa)
    assert cotunneling_amplitude(charge, xi_1, xi_2, coupling, kappa, log=True)[0] == sign
    value = cotunneling_amplitude(charge, xi_1, xi_2, coupling, kappa)
    # The accuracy that the evaluator states.
    assert value == pytest.approx(sign * math.exp(logarithm), rel=1e-12)


def with_extended_precision(charge, xi_1, xi_2, coupling, kappa):
    """Logarithm of |Eq. 31|: the overlap by its spectrum, where sech is its own transform, in long doubles.

    The trapezoid rule in the frequency sees images of the overlap 2 pi/step away, where it is below exp(-40).
    """
    real = np.longdouble
    pi = 4 * np.arctan(real(1))
    xi_1, xi_2, coupling, kappa = (real(v) for v in (xi_1, xi_2, coupling, kappa))
    a = kappa * xi_1 / xi_2
    reach = 40 / min(real(1), a)
    time = np.arange(real(0), reach, 0.04 / np.sqrt(1 + coupling * xi_1 / max(1, a) / 40) * max(1, 0.4 / a))
    step = 2 * pi / (2.2 * reach)
    frequency = np.arange(real(0.5), 38 * 2 / (pi * (1 + 1 / a)) / step) * step
    weight = 1 / np.cosh(pi * frequency / 2) / np.cosh(pi * frequency / (2 * a)) * pi / a * step
    # Midpoints of the frequency: the images have alternating signs.
    overlap = np.concatenate([np.cos(np.multiply.outer(part, frequency)) @ weight
                              for part in np.array_split(time, 1 + time.size // 100)])
    values = np.expm1(charge * coupling * xi_1 / 2 * overlap)
    total = (values[0] + 2 * values[1:].sum()) * (time[1] - time[0])
    prefactor = 16 / pi * np.sqrt(xi_1 * kappa / xi_2)
    exponent = -8 / xi_1 - 8 / xi_2 - (coupling * xi_1 + coupling / kappa * xi_2) / 2
    return float(exponent + np.log(prefactor * abs(total)))


@settings(max_examples=8)
@given(CHARGES, XI, XI, st.floats(-8, 2).map(lambda d: 10**d), KAPPA)
@example(1, 1.5, 0.2, 100.0, 10.0)
@example(-1, 1.5, 0.2, 100.0, 10.0)
@example(1, 0.2, 1.5, 100.0, 0.1)
@example(-1, 0.2, 1.5, 1e-8, 0.1)
@example(-1, 0.75, 0.75, 100.0, 1.0)
@example(1, 0.75, 0.74, 100.0, 1.0)
def test_pair_amplitude_over_its_domain(charge, xi_1, xi_2, coupling, kappa):
    sign, logarithm = cotunneling_amplitude(charge, xi_1, xi_2, coupling, kappa, log=True)
    expected = with_extended_precision(charge, xi_1, xi_2, coupling, kappa)
    assert sign == charge
    # An exponent of up to 1000 is rounded at 1e-13; the rest is the accuracy that the evaluator states.
    assert logarithm == pytest.approx(expected, rel=3e-16, abs=1e-12)


@settings(max_examples=60)
@given(CHARGES, XI, XI, COUPLING, KAPPA)
def test_exchange_of_the_junctions(charge, xi_1, xi_2, coupling, kappa):
    # lambda_2 = lambda_1/kappa may exceed the range of a coupling.
    coupling = min(coupling, 199 * kappa)
    sign, here = cotunneling_amplitude(charge, xi_1, xi_2, coupling, kappa, log=True)
    swapped_kappa = min(10.0, max(0.1, 1 / kappa))
    other_sign, there = cotunneling_amplitude(charge, xi_2, xi_1, coupling / kappa, swapped_kappa, log=True)
    assert sign == other_sign
    if coupling:
        assert there == pytest.approx(here, rel=3e-16, abs=1e-12)


@settings(max_examples=40)
@given(CHARGES, XI, XI, st.floats(1e-12, 100), KAPPA)
def test_attraction_gains_more_than_repulsion_loses(charge, xi_1, xi_2, coupling, kappa):
    (plus, gain), (minus, loss) = (cotunneling_amplitude(c, xi_1, xi_2, coupling, kappa, log=True) for c in (1, -1))
    assert (plus, minus) == (1, -1)
    # The difference is of relative order A: at coupling 1e-12 it is lost in rounding.
    assert gain > loss - 1e-12
    if coupling > 1e-3:
        assert gain > loss


def test_amplitude_vanishes_without_coupling():
    for charge in (1, -1):
        assert cotunneling_amplitude(charge, 0.5, 0.8, 0.0) == 0
        sign, logarithm = cotunneling_amplitude(charge, 0.5, 0.8, 0.0, log=True)
        assert (sign, logarithm) == (0, -math.inf)


@pytest.mark.parametrize("charge", [1, -1])
def test_amplitude_is_proportional_to_weak_coupling(charge):
    couplings = np.logspace(-12, -6, 7)
    slope = cotunneling_amplitude(charge, 0.6, 0.9, couplings, 2.0) / couplings
    # The next order is of the size of the coupling.
    assert slope / slope[0] == pytest.approx(np.ones(7), abs=3e-6)
    assert slope[1] / slope[0] == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize("charge", [1, -1])
def test_amplitude_is_continuous_where_the_frequencies_cross(charge):
    ratio = 1 + np.array([-1e-13, 0.0, 1e-13])
    values = cotunneling_amplitude(charge, 0.75, 0.75 * ratio, 20.0)
    # d log/d log xi is of the order of 8/xi + coupling xi/2.
    assert values == pytest.approx([values[1]] * 3, rel=1e-11)
    assert len({float(v) for v in cotunneling_amplitude(charge, 0.75, 0.75 * (1 + np.arange(5) * 1e-3), 20.0)}) == 5


def test_logarithm_holds_what_no_float_can():
    sign, logarithm = cotunneling_amplitude(-1, 0.2, 1.5, 100.0, 0.1, log=True)
    assert cotunneling_amplitude(-1, 0.2, 1.5, 100.0, 0.1) == 0
    assert sign == -1
    assert logarithm == pytest.approx(with_extended_precision(-1, 0.2, 1.5, 100.0, 0.1), rel=1e-14)
    assert np.isfinite(cotunneling_amplitude(1, 2.0, 2.0, 200.0, np.array([0.1, 1.0, 10.0]))).all()


@given(st.floats(0.01, 3), st.floats(0, 500))
def test_single_amplitudes_in_closed_form(xi, coupling):
    sign, logarithm = renormalized_amplitude(xi, coupling, log=True)
    expected = math.log(4) + math.log(xi / math.pi) / 2 - 8 / xi - coupling * xi / 2
    assert sign == 1
    assert logarithm == pytest.approx(expected, rel=1e-14, abs=1e-13)
    assert renormalized_amplitude(xi, 0.0) == single_junction_amplitude(xi)


@pytest.mark.parametrize("ej_over_ec", [14.0, 25.0])
def test_weakly_coupled_junctions_have_the_diagonalized_amplitudes(ej_over_ec):
    ratio = 0.01
    xi = frequency_ratio(1 / ej_over_ec)
    coupling = ratio * ej_over_ec
    exact = exact_amplitudes(ej_over_ec, ratio)
    single_error = exact_single_junction_amplitude(xi) / single_junction_amplitude(xi)
    # Each slip brings the error of Eq. 14; what is left is of the order C_m/C, with a factor below 0.5 from
    # the second order of the exponent.
    for charge in (1, -1):
        pair = cotunneling_amplitude(charge, xi, xi, coupling)
        assert exact[1, charge] / (pair * single_error**2) == pytest.approx(1, abs=0.01)
    assert exact[1, 0] / (renormalized_amplitude(xi, coupling) * single_error) == pytest.approx(1, abs=0.005)
    drag = cotunneling_amplitude(1, xi, xi, coupling) ** 2 - cotunneling_amplitude(-1, xi, xi, coupling) ** 2
    exact_drag = exact[1, 1] ** 2 - exact[1, -1] ** 2
    assert drag > 0
    # The difference of squares is smaller by A: its relative error, 0.06 Omega/E_J, is not.
    assert exact_drag / (drag * single_error**4) == pytest.approx(1, abs=0.08)


def test_amplitudes_approach_the_diagonalized_ones_as_coupling_vanishes():
    xi = frequency_ratio(1 / 20.0)
    error = []
    for ratio in (0.02, 0.01, 0.005):
        gamma = exact_amplitudes(20.0, ratio)
        pair = gamma[1, 1] / gamma[1, 0] ** 2
        ours = cotunneling_amplitude(1, xi, xi, 20.0 * ratio) / renormalized_amplitude(xi, 20.0 * ratio) ** 2
        error.append(pair / ours - 1)
    # The ratio to both single slips has no error of Eq. 14: it is linear in C_m/C, and quadratic
    # at 0.02 by one part in eight.
    assert abs(error[2]) < 0.002
    assert error[0] / error[1] == pytest.approx(2, abs=0.4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cotunneling_amplitude(2, 0.5, 0.5, 1.0), "`charge` must be in {-1, 1}, but got 2."),
        (lambda: cotunneling_amplitude(0, 0.5, 0.5, 1.0), "`charge` must be in {-1, 1}, but got 0."),
        (lambda: cotunneling_amplitude(1, 0.01, 0.5, 1.0), "`xi_1` must be in [0.1, 2], but got 0.01."),
        (lambda: cotunneling_amplitude(1, 0.5, [0.5, 3], 1.0), "`xi_2` must be in [0.1, 2], but got 3."),
        (lambda: cotunneling_amplitude(1, 0.5, 0.5, -1.0), "`coupling` must be in [0, 200], but got -1."),
        (lambda: cotunneling_amplitude(1, 0.5, 0.5, math.nan), "`coupling` must be in [0, 200], but got nan."),
        (lambda: cotunneling_amplitude(1, 0.5, 0.5, 1.0, 20.0), "`kappa` must be in [0.1, 10], but got 20."),
        (lambda: renormalized_amplitude(0.0, 1.0), "`xi` must be in (0, inf), but got 0."),
        (lambda: renormalized_amplitude(0.5, -1.0), "`coupling` must be in [0, inf), but got -1."),
        (lambda: single_junction_amplitude(-0.5), "`xi` must be in (0, inf), but got -0.5."),
        (lambda: single_junction_amplitude(math.inf), "`xi` must be in (0, inf), but got inf."),
        (lambda: frequency_ratio(0), "`ec_over_ej` must be in (0, inf), but got 0."),
        (lambda: potential_energy(0, 0, -1), "`kappa` must be in (0, inf), but got -1."),
        (lambda: pair_weight(0, -1, 1), "`depth` must be in [0, inf), but got -1."),
        (lambda: typical_separation(0, 1), "`depth` must be in (0, 600], but got 0."),
    ],
)
def test_arguments_outside_their_range_are_refused(call, message):
    with pytest.raises(ValueError, match=r"^Argument ") as error:
        call()
    assert str(error.value) == f"Argument {message}"


def test_amplitudes_broadcast():
    charge, xi = np.array([1, -1])[:, None, None], np.array([0.5, 0.8, 1.1])[:, None]
    grid = cotunneling_amplitude(charge, xi, 0.7, np.array([0.1, 1.0]), 2.0)
    assert grid.shape == (2, 3, 2)
    assert grid[1, 2, 0] == pytest.approx(cotunneling_amplitude(-1, 1.1, 0.7, 0.1, 2.0), rel=1e-14)
    assert cotunneling_amplitude(1, 0.5, 0.5, []).shape == (0,)
    sign, logarithm = single_junction_amplitude(np.full((2, 2), 0.01), log=True)
    assert sign.shape == logarithm.shape == (2, 2)


@pytest.mark.parametrize("charge", [1, -1])
@pytest.mark.parametrize("depth", [1e-6, 1.0, 30.0, 600.0])
def test_typical_separation_is_the_root_mean_square(charge, depth):
    y = (np.arange(60000) + 0.5) * 1e-3
    weight = np.expm1(charge * depth * y / np.sinh(y))
    expected = math.sqrt((y**2 * weight).sum() / weight.sum())
    # The midpoint rule at step 1e-3, with end points where all odd derivatives vanish, is exact to rounding.
    assert typical_separation(depth, charge) == pytest.approx(expected, rel=1e-10)
    assert pair_weight(0.5, 2.0, charge) == pytest.approx(math.expm1(charge * 2 * 0.5 / math.sinh(0.5)), rel=1e-13)


def test_attracted_slips_come_closer_and_repelled_ones_part():
    depths = np.array([1e-6, 1.0, 10.0, 100.0])
    assert (np.diff(typical_separation(depths, 1)) < 0).all()
    assert (np.diff(typical_separation(depths, -1)) > 0).all()
    # Steepest descent: the variance is 3/A.
    assert typical_separation(600.0, 1) == pytest.approx(math.sqrt(3 / 600), rel=3e-3)


def test_limits_are_functions_too():
    xi, strong = 0.5, np.array([100.0, 200.0])
    ratio = steepest_descent_amplitude(xi, coupling=strong) / cotunneling_amplitude(1, xi, xi, strong)
    # With or without the next order, 21/40A.
    assert ratio == pytest.approx([1, 1], abs=0.6 / 50)
    for charge in (1, -1):
        weak = weak_coupling_amplitude(charge, xi, coupling=1e-3) / cotunneling_amplitude(charge, xi, xi, 1e-3)
        # Relative errors of the second order, 0.26 A^2 and 0.92 A^2, with A = 5e-4; less with more orders.
        assert weak == pytest.approx(1, abs=3e-7)
