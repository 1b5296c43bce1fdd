"""How fast a ramp may be: the soft mode at the fold against the full equation, and its limits."""

import math

import numpy as np
import pytest
from scipy.special import ai_zeros

from derivations.annular.full_equation.delay import fastest_ramp, fold, least_excess, scaled_fastest_ramp
from derivations.annular.full_equation.protocol import peak_bias, preparation_succeeds
from derivations.annular.full_equation.sine_gordon import (
    critical_field,
    depinning_position,
    holding_bias,
    static_fluxon,
)

__all__: list[str] = []

RING = (0.75, 0.3)
FIELD = critical_field(*RING) / 3


def test_large_loss_has_the_zero_of_the_airy_function():
    assert least_excess() == pytest.approx(-ai_zeros(1)[1][0], rel=1e-10)
    # Without inertia rho a is constant; what inertia changes is of the order a^-2.
    scaled = scaled_fastest_ramp([30.0, 300.0]) * np.array([30.0, 300.0]) * least_excess() ** 1.5
    assert scaled == pytest.approx(1, rel=3e-3)


def test_without_loss_the_fastest_ramp_is_finite_and_loss_makes_it_slower():
    rates = scaled_fastest_ramp([1e-3, 1e-2, 0.1, 1.0, 10.0])
    assert np.all(np.diff(rates) < 0)
    assert rates[0] == pytest.approx(rates[1], rel=0.01)


def test_soft_mode_carries_the_fluxon_over_the_fold():
    found = fold(*RING, FIELD)
    place = depinning_position(*RING, FIELD, well=3)
    around = np.array([-0.02, -0.01, 0.0, 0.01, 0.02])
    constant, linear, quadratic = np.polyfit(around, holding_bias(place + around, *RING, FIELD), 2)[::-1]
    assert found.bias == pytest.approx(constant, abs=1e-6)
    assert linear == pytest.approx(0, abs=1e-3)
    assert found.curvature == pytest.approx(-2 * quadratic, rel=1e-3)
    # B/M is the squared frequency over the slope of the bias, near the fold.
    near = static_fluxon(*RING, FIELD, center=place + 0.02)
    assert found.acceleration == pytest.approx(near.squared_frequencies()[0] / abs(near.slope), rel=0.05)


@pytest.mark.parametrize(("loss", "excess"), [(0.1, 0.03), (0.7, 0.03)])
def test_full_equation_has_the_fastest_ramp_of_the_fold(loss, excess):
    peak = fold(*RING, FIELD).bias + excess
    limit = float(fastest_ramp(*RING, FIELD, loss, peak=peak))
    # The next term of the bias at the fold changes the rate by the order of the displacement, the root of the excess.
    found = [bool(preparation_succeeds(*RING, FIELD, loss, share * limit, peak=peak)) for share in (0.85, 1.15)]
    assert found == [True, False]


def test_no_ramp_below_the_depinning_current_is_slow_enough():
    with pytest.raises(ValueError, match=r"`peak` must be in \(0.15"):
        fastest_ramp(*RING, FIELD, 0.1, peak=0.14)
    with pytest.raises(ValueError, match=r"`loss` must be in \(0, 1\], but got 0"):
        fastest_ramp(*RING, FIELD, 0.0)
    assert fastest_ramp(*RING, FIELD, 0.1) == fastest_ramp(*RING, FIELD, 0.1, peak=peak_bias(*RING, FIELD))
    assert math.isfinite(fastest_ramp(*RING, FIELD, 1e-3))
