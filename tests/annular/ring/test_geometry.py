"""The annulus between two confocal ellipses: against polygons, quadrature with 30 digits, and its own symmetries."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from derivations import annular
from derivations.annular import (
    arc_length,
    area,
    curvature_radius,
    edges,
    inverse_arc_length,
    perimeter,
    scale_factor,
    variable_width_potential,
    variable_width_profile,
    width,
)

__all__: list[str] = []

ANGLES = st.floats(-20, 20)
ECCENTRICITIES = st.floats(1e-6, 1 - 1e-6)  # squared
TURN = np.linspace(0, 2 * np.pi, 2001)


def mean_ellipse(tau, eccentricity_squared):
    """Points of the mean ellipse: half-axes cosh and sinh of nu_bar, with the foci at distance one."""
    nu_bar = math.acosh(1 / math.sqrt(eccentricity_squared))
    return np.cosh(nu_bar) * np.sin(tau), np.sinh(nu_bar) * np.cos(tau)


def length_of(x, y):
    return np.hypot(np.diff(x), np.diff(y)).sum()


def enclosed(x, y):
    """Shoelace formula."""
    return abs(np.sum(x[:-1] * np.diff(y) - y[:-1] * np.diff(x))) / 2


@settings(max_examples=60)
@given(ANGLES, ECCENTRICITIES)
@example(math.pi / 2, 1 - 1e-13)
@example(0.0, 1e-12)
def test_scale_factor_with_30_digits(tau, m):
    with mpmath.workdps(30):
        exact = mpmath.sqrt(1 / mpmath.mpf(m) - mpmath.sin(mpmath.mpf(tau)) ** 2)
    assert scale_factor(tau, m) == pytest.approx(float(exact), rel=1e-12)


@settings(max_examples=60)
@given(ANGLES, ECCENTRICITIES)
@example(7.0, 0.75)
def test_arc_length_with_30_digits(tau, m):
    with mpmath.workdps(30):
        exact = mpmath.ellipe(mpmath.mpf(tau), mpmath.mpf(m)) / mpmath.sqrt(mpmath.mpf(m))
    # Differences of nearly equal complete integrals do not occur: the sum over half turns has one sign.
    assert arc_length(tau, m) == pytest.approx(float(exact), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("m", [0.05, 0.75, 0.98])
def test_arc_length_is_that_of_a_polygon(m):
    # A chord of angle 2 pi/2000 is short by its square over 24, times the curvature of the ellipse.
    assert length_of(*mean_ellipse(TURN, m)) == pytest.approx(perimeter(m), rel=3e-6)
    part = TURN[:700]
    assert length_of(*mean_ellipse(part, m)) == pytest.approx(arc_length(part[-1], m), rel=3e-6)


@settings(max_examples=60)
@given(st.floats(-50, 50), ECCENTRICITIES)
@example(0.0, 0.75)
@example(1.0, 1 - 1e-12)
@example(5.5936282 / 4, 0.75)
def test_each_length_belongs_to_one_angle(length, m):
    tau = inverse_arc_length(length, m)
    # The length is recovered, to rounding of the length and of the angle.
    assert arc_length(tau, m) == pytest.approx(length, rel=1e-13, abs=1e-14 * max(1, abs(tau)) * scale_factor(tau, m))


@given(st.floats(-20, 20), st.floats(0.01, 0.98))
@settings(max_examples=40)
def test_each_angle_is_found_again(tau, m):
    # Where Q is small, at the equator of a flat ellipse, the angle is known less well than the length.
    loss = 4e-16 * max(1.0, abs(arc_length(tau, m))) / scale_factor(tau, m)
    assert inverse_arc_length(arc_length(tau, m), m) == pytest.approx(tau, rel=4e-15, abs=20 * loss)


def test_inverse_broadcasts_and_grows():
    lengths, m = np.linspace(-6, 6, 41)[:, None], np.array([0.1, 0.75, 0.95])
    taus = inverse_arc_length(lengths, m)
    assert taus.shape == (41, 3)
    assert (np.diff(taus, axis=0) > 0).all()
    assert taus[20] == pytest.approx(np.zeros(3), abs=1e-300)


@settings(max_examples=40)
@given(ANGLES, st.floats(0.05, 0.98), st.floats(0.01, 0.95))
def test_width_is_the_distance_between_the_edges(tau, m, fraction):
    thickness = fraction * 2 * math.acosh(1 / math.sqrt(m))
    x_i, y_i, x_o, y_o = edges(tau, m, thickness)
    assert width(tau, m, thickness) == pytest.approx(math.hypot(x_o - x_i, y_o - y_i), rel=1e-11)
    assert width(tau + math.pi, m, thickness) == pytest.approx(width(tau, m, thickness), rel=1e-11)


@pytest.mark.parametrize("thickness", [1e-3, 0.3, 1.0])
def test_both_edges_have_the_same_foci_and_the_shape_of_the_width_is_exact(thickness):
    x_i, y_i, x_o, y_o = edges(TURN, 0.75, thickness)
    for x, y in ((x_i, y_i), (x_o, y_o)):
        from_foci = np.hypot(x - 1, y) + np.hypot(x + 1, y)
        assert from_foci == pytest.approx(np.full_like(x, from_foci[0]), rel=1e-13)
    across = width(TURN, 0.75, thickness)
    assert across.max() / across.min() == pytest.approx(2, rel=1e-12)
    # A thin annulus has W = c Delta_nu Q; sinh adds a part in 24/Delta_nu^2.
    assert across / (thickness * scale_factor(TURN, 0.75)) - 1 == pytest.approx(thickness**2 / 24, rel=0.02)


@pytest.mark.parametrize("m", [0.1, 0.75, 0.95])
def test_area_is_that_between_two_polygons(m):
    thickness = math.acosh(1 / math.sqrt(m))
    x_i, y_i, x_o, y_o = edges(TURN, m, thickness)
    # A polygon of 2000 corners lacks (2 pi/2000)^2/6 = 1.6e-6 of an ellipse.
    assert enclosed(x_o, y_o) - enclosed(x_i, y_i) == pytest.approx(area(m, thickness), rel=2e-6)


def test_perimeter_is_two_pi_average_widths_over_the_thickness():
    across = width(TURN[:-1], 0.75, 1e-4)
    # The average over equidistant angles of a periodic analytic function converges exponentially.
    assert 2 * np.pi * across.mean() / 1e-4 == pytest.approx(perimeter(0.75), rel=1e-9)


@pytest.mark.parametrize("tau", [0.0, 0.7, 1.5, 4.0])
def test_curvature_is_that_of_a_circle_through_three_points(tau):
    a, b, d = (np.array(mean_ellipse(tau + s, 0.6)) for s in (-1e-3, 0.0, 1e-3))
    sides = [np.linalg.norm(p - q) for p, q in ((a, b), (b, d), (d, a))]
    u, v = b - a, d - a
    radius = np.prod(sides) / (2 * abs(u[0] * v[1] - u[1] * v[0]))
    assert curvature_radius(tau, 0.6) == pytest.approx(radius, rel=5e-6)
    assert curvature_radius(np.pi / 2, 0.6) <= curvature_radius(tau, 0.6)


def test_circle_and_needle_are_limits():
    assert perimeter(1e-12) * 1e-6 == pytest.approx(2 * math.pi, rel=1e-11)
    assert perimeter(1 - 1e-14) == pytest.approx(4, rel=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: scale_factor(0.0, 1.0), "`eccentricity_squared` must be in (0, 1), but got 1."),
        (lambda: scale_factor(math.nan, 0.5), "`tau` must be finite, but got nan."),
        (lambda: arc_length(0.0, -0.1), "`eccentricity_squared` must be in (0, 1), but got -0.1."),
        (lambda: inverse_arc_length(math.inf, 0.5), "`length` must be finite, but got inf."),
        (lambda: inverse_arc_length(1.0, 2.0), "`eccentricity_squared` must be in (0, 1), but got 2."),
        (lambda: width(0.0, 0.75, 0.0), "`thickness` must be in (0, inf), but got 0."),
        (lambda: width(0.0, 0.75, 1.2), "`thickness` must be in (0, 1.09861), but got 1.2."),
        (lambda: area(0.75, 1.2), "`thickness` must be in (0, 1.09861), but got 1.2."),
        (lambda: variable_width_potential(0, 1, 0.5, 1), "`depth` must be in [0, 0.5), but got 0.5."),
        (lambda: variable_width_potential(0, 1, 0.2, 0.5), "`reach` must be in [1, inf), but got 0.5."),
    ],
)
def test_arguments_outside_their_range_are_refused(call, message):
    with pytest.raises(ValueError, match=r"^Argument ") as error:
        call()
    assert str(error.value) == f"Argument {message}"


def test_what_the_part_offers_is_there():
    assert set(annular.__all__) <= set(dir(annular))


@settings(max_examples=15)
@given(st.floats(-10, 10), st.floats(0, 12), st.floats(0, 0.49), st.floats(1, 8))
def test_fluxon_on_a_line_has_the_energy_of_its_own_shape(position, separation, depth, reach):
    x = np.linspace(-25, 25, 5001)
    phase = 4 * np.arctan(np.exp(x))
    stored = np.gradient(phase, x, edge_order=2) ** 2 / 2 + 1 - np.cos(phase)
    energy = (stored * variable_width_profile(position + x, separation, depth, reach)).sum() * (x[1] - x[0])
    # Second differences with a step of 1/100: 1e-4/3 of the gradient energy.
    assert variable_width_potential(position, separation, depth, reach) == pytest.approx(energy, rel=5e-5)


def test_potential_is_eight_widths_where_the_width_changes_little():
    reach = np.array([10.0, 20.0, 40.0])
    relative = variable_width_potential(0.0, 0.0, 0.2, reach) / (8 * variable_width_profile(0.0, 0.0, 0.2, reach)) - 1
    # The first correction is pi^2/24 W''/W, with W'' = 4 depth/reach^2 at the bottom, W = 0.6.
    assert relative * reach**2 == pytest.approx(math.pi**2 / 24 * 0.8 / 0.6, rel=0.03)
