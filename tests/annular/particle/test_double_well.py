"""Wells and barriers in a field and under a bias: against numerical minimization, and symmetries of the ring."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from derivations.annular import (
    barrier_heights,
    fluxon_potential,
    local_critical_field,
    local_depinning_current,
    local_holding_current,
    local_rest_position,
    splitting_of_the_wells,
    well_distance,
)

__all__: list[str] = []

SQUARES = st.floats(0.05, 0.95)
RATIOS = st.floats(0.02, 0.5)
ANGLES = st.floats(-7, 7)
FIELDS = st.floats(-0.2, 0.2)
SIGNS = st.sampled_from([1, -1])


def written_out(tau, m, lam, field, angle, bias, sign):
    """DESIGN's formula of the potential, with the half-axes C and S."""
    c, s = 1 / math.sqrt(m), math.sqrt(1 / m - 1)
    double = 2 * (1 / m) - 1  # cosh 2 nu
    magnetic = -field * (c * math.cos(angle) * math.cos(tau) + s * math.sin(angle) * math.sin(tau))
    biased = bias / 4 * (2 * tau * double + math.sin(2 * tau))
    return 8 * math.sqrt(s * s + math.cos(tau) ** 2) + 2 * math.pi * sign / lam * (biased - magnetic)


@settings(max_examples=60)
@given(ANGLES, SQUARES, RATIOS, FIELDS, ANGLES, FIELDS, SIGNS)
@example(0.3, 0.75, 0.1, 0.02, 0.4, 0.01, -1)
def test_potential_is_the_one_of_the_conventions(tau, m, lam, field, angle, bias, sign):
    expected = written_out(tau, m, lam, field, angle, bias, sign)
    # Terms of the size of 2 pi field C/lambda cancel: an absolute error of a few units in their last place.
    scale = 8 / math.sqrt(m) + 2 * math.pi / lam * (abs(field) / math.sqrt(m) + abs(bias * tau) / m)
    assert fluxon_potential(tau, m, lam, field, angle, bias, sign) == pytest.approx(expected, abs=1e-14 * scale)


def test_positive_field_lowers_the_barrier_at_pi_for_positive_polarity():
    top = fluxon_potential([0.0, math.pi], 0.75, 0.1, field=0.02)
    assert top[1] < top[0]
    assert fluxon_potential([math.pi, 0.0], 0.75, 0.1, field=0.02, polarity=-1) == pytest.approx(top, rel=1e-14)
    assert fluxon_potential([math.pi, 0.0], 0.75, 0.1, field=-0.02) == pytest.approx(top, rel=1e-14)


def test_field_angle_turns_from_y_towards_x():
    wells = fluxon_potential([math.pi / 2, -math.pi / 2], 0.75, 0.1, field=0.02, field_angle=math.pi / 2)
    assert wells[0] > wells[1]  # a field along +x is unfavorable at +x, where the outward normal is along it


def test_positive_bias_drives_positive_polarity_to_smaller_tau():
    for sign in (1, -1):

        def tilted(tau, sign=sign):
            return float(fluxon_potential(tau, 0.75, 0.1, bias=0.02, polarity=sign))

        found = minimize_scalar(tilted, bounds=(0.9, 2.2), method="bounded")
        assert sign * (found.x - math.pi / 2) < -0.01


@settings(max_examples=40)
@given(SQUARES, RATIOS, st.floats(0.0, 0.999))
@example(0.75, 0.1, 0.5)
def test_closed_forms_are_minima_and_maxima(m, lam, share):
    field = share * local_critical_field(m, lam)

    def potential(tau):
        return float(fluxon_potential(tau, m, lam, field))

    found = minimize_scalar(potential, bounds=(0, math.pi), method="bounded", options={"xatol": 1e-12})
    low, high = barrier_heights(m, lam, field)
    # The depth is quadratic in the error of the place; rounding of the potential remains.
    assert low == pytest.approx(potential(math.pi) - found.fun, abs=1e-11 / math.sqrt(m))
    assert high == pytest.approx(potential(0.0) - found.fun, abs=1e-11 / math.sqrt(m))
    # A minimum is found to the root of the precision, worse where it is flat.
    flat = math.sqrt(1 - share)
    assert well_distance(m, lam, field) == pytest.approx(2 * (math.pi - found.x), abs=1e-5 / flat / m)


def test_barrier_vanishes_as_the_square_of_the_distance_to_the_critical_field():
    m, lam = 0.6, 0.1
    critical = local_critical_field(m, lam)
    coefficient = 4 / math.sqrt(m) / (1 / m - 1)  # 4 C/S^2
    for epsilon in (1e-3, 1e-6):
        low, _ = barrier_heights(m, lam, critical * (1 - epsilon))
        # epsilon itself is known to 1e-16/epsilon.
        assert low / epsilon**2 == pytest.approx(coefficient, rel=3 * epsilon + 1e-9)
    assert barrier_heights(m, lam, critical)[0] == pytest.approx(0, abs=1e-30)
    assert well_distance(m, lam, critical) < 1e-7
    with pytest.raises(ValueError, match=r"`field` must be in \[0, 0.076"):
        barrier_heights(m, lam, 1.001 * critical)


@settings(max_examples=30)
@given(SQUARES, RATIOS, st.floats(0, 0.5))
def test_field_along_the_major_axis_splits_the_wells_in_place(m, lam, share):
    field = share * local_critical_field(m, lam)
    here = fluxon_potential([math.pi / 2, -math.pi / 2], m, lam, field, math.pi / 2)
    assert splitting_of_the_wells(m, lam, field) == pytest.approx(here[0] - here[1], abs=1e-12 * here[0])


@settings(max_examples=25)
@given(SQUARES, RATIOS, st.floats(-0.6, 0.6), ANGLES, st.sampled_from([1, 3, -1]), SIGNS)
@example(0.75, 0.1, 0.2, 0.0, 1, 1)
def test_above_the_depinning_current_the_well_is_gone_and_below_it_is_not(m, lam, share, angle, well, sign):
    field = share * local_critical_field(m, lam)
    start = local_rest_position(m, lam, field, angle, well, sign)
    current = local_depinning_current(m, lam, field, angle, well, sign)
    ahead = start - sign * np.linspace(0, math.pi, 4001)
    held = local_holding_current(ahead, m, lam, field, angle, sign)
    first = int(np.argmax(np.diff(held) < 0))
    # The grid misses the top by at most half its step, and the top is flat.
    assert held[first] <= current * (1 + 1e-12)
    assert held[first] == pytest.approx(current, rel=2e-3)
    assert abs(start - well * math.pi / 2) < math.pi / 2


@settings(max_examples=20)
@given(SQUARES, RATIOS, st.floats(-0.8, 0.8), ANGLES)
def test_depinning_knows_the_symmetries_of_the_ring(m, lam, share, angle):
    field = share * local_critical_field(m, lam)
    one = local_depinning_current(m, lam, field, angle)
    # Half a turn of ring and field together; field and polarity reversed with the bias, mirrored at the minor axis.
    assert local_depinning_current(m, lam, field, angle + math.pi, well=3) == pytest.approx(one, rel=1e-11)
    assert local_depinning_current(m, lam, -field, -angle, well=-1, polarity=-1) == pytest.approx(one, rel=1e-11)


def test_field_makes_one_well_shallower_for_one_direction():
    held = local_depinning_current(0.75, 0.1, 0.02, well=[1, 3])
    free = local_depinning_current(0.75, 0.1)
    # Well 1 has to pass the pole at 0, whose barrier the field has raised.
    assert held[1] < free < held[0]
    # Envelope theorem: the slope at zero field is C sin(tau_c)/Q_c^2 = 2.315.
    small = local_depinning_current(0.75, 0.1, 1e-5, well=[1, 3])
    assert (small - free) / 1e-5 == pytest.approx([2.3147, -2.3147], rel=1e-3)


def test_depinning_without_field_is_the_closed_form():
    sine2 = (math.sqrt(13) - 1) / 3  # e^2 = 3/4
    q = math.sqrt(4 / 3 - sine2)
    expected = 0.4 / math.pi * math.sqrt(sine2 * (1 - sine2)) / q**3
    assert local_depinning_current(0.75, 0.1, well=[1, 3, -1]) == pytest.approx(np.full(3, expected), rel=1e-13)


def test_local_limit_is_the_limit_of_the_full_equation():
    from derivations.annular.full_equation import sine_gordon

    # The error is of second order in lambda_J/(c sinh^2 nu) = 0.036 and 0.018, and falls fourfold.
    errors = [
        sine_gordon.depinning_current(0.36, r, 0.2 * r, 0.3) / local_depinning_current(0.36, r, 0.2 * r, 0.3) - 1
        for r in (0.064, 0.032)
    ]
    assert abs(errors[0]) < 5e-3
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.1)


def test_arguments_are_refused_by_name():
    for arguments, name in (((1.0, 0.1), "eccentricity_squared"), ((0.75, 0.0), "penetration_ratio")):
        with pytest.raises(ValueError, match=name):
            local_depinning_current(*arguments)
    with pytest.raises(ValueError, match="`well` must be an odd integer, but got 2"):
        local_depinning_current(0.75, 0.1, well=2)
    with pytest.raises(ValueError, match="`polarity`"):
        fluxon_potential(0.0, 0.75, 0.1, polarity=0)
