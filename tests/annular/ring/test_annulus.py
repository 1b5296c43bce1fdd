"""An annulus as a value: the ways to state it agree with the ellipse that they describe."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.annular import Annulus, barrier_height, edges, rest_energy, rest_position, top_energy

__all__: list[str] = []


@given(st.floats(0.5, 3.0), st.floats(0.1, 0.95), st.floats(0.01, 0.3))
def test_axes_and_foci_state_one_annulus(major, shape, length):
    ring = Annulus.from_axes(major, shape * major, length)
    # The foci of an ellipse: c^2 = a^2 - b^2, in whose rounding the eccentricity of a near circle loses a digit.
    c = math.sqrt(major**2 - (shape * major) ** 2)
    assert ring.penetration_ratio == pytest.approx(length / c, rel=1e-12)
    assert ring.eccentricity_squared == pytest.approx((c / major) ** 2, rel=1e-12)
    assert ring.axis_ratio == pytest.approx(shape, rel=1e-12)
    same = Annulus.from_foci(2 * c, ring.eccentricity_squared, length)
    assert tuple(same) == pytest.approx(tuple(ring), rel=1e-12)


def test_axes_are_those_of_the_edges_of_a_thin_annulus():
    ring = Annulus(0.6, 0.2)
    inner_x, _, outer_x, _ = edges(np.pi / 2, 0.6, 1e-4)
    _, inner_y, _, outer_y = edges(0.0, 0.6, 1e-4)
    # The mean of both edges is off the mean ellipse by Delta_nu^2/8.
    assert (inner_y + outer_y) / (inner_x + outer_x) == pytest.approx(ring.axis_ratio, rel=1e-8)


def test_functions_take_an_annulus_apart():
    ring = Annulus(0.75, 0.1).in_field(0.02)
    assert tuple(ring) == (0.75, 0.1, 0.02, 0.0)
    assert rest_position(*ring, well=3) == rest_position(0.75, 0.1, 0.02, 0.0, well=3)
    assert barrier_height(*ring) == top_energy(*ring) - rest_energy(*ring)
    assert ring == Annulus(0.75, 0.1, 0.02)
    assert len({ring, Annulus(0.75, 0.1, 0.02)}) == 1
    many = Annulus(np.array([0.5, 0.75]), 0.1)
    assert rest_energy(*many).shape == many.axis_ratio.shape == (2,)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda: Annulus(0.0, 0.1), r"`eccentricity_squared` must be in \(0, 1\), but got 0."),
        (lambda: Annulus(1.0, 0.1), r"`eccentricity_squared` must be in \(0, 1\), but got 1."),
        (lambda: Annulus(0.75, 0.0), r"`penetration_ratio` must be in \(0, inf\), but got 0."),
        (lambda: Annulus(0.75, 0.1, math.inf), r"`field` must be in \(-inf, inf\), but got inf."),
        (lambda: Annulus(0.75, 0.1, 0.0, math.nan), "`field_angle` must be in"),
        (lambda: Annulus.from_axes(1.0, 1.0, 0.1), r"`axis_ratio` must be in \(0, 1\), but got 1."),
        (lambda: Annulus.from_axes(1.0, -0.5, 0.1), "`minor` must be in"),
        (lambda: Annulus.from_foci(0.0, 0.75, 0.1), "`focal_distance` must be in"),
        (lambda: Annulus.from_foci(1.0, 0.75, -0.1), "`josephson_length` must be in"),
        (lambda: rest_energy(*Annulus(0.999, 0.1)), r"`eccentricity_squared` must be in \[0.01, 0.995\]"),
    ],
)
def test_values_outside_their_range_are_refused(made, message):
    with pytest.raises(ValueError, match=f"Argument {message}"):
        made()
