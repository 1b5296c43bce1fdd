"""Ramps prepare one well from both, and tell them apart, unless they are too fast for the loss."""

import math

import numpy as np
import pytest

from derivations.annular.full_equation.delay import fastest_ramp
from derivations.annular.full_equation.protocol import (
    peak_bias,
    preparation_ramp,
    preparation_succeeds,
    read_out_ramp,
    switching_bias,
)
from derivations.annular.full_equation.sine_gordon import critical_field, depinning_current, rest_position
from figures import find

__all__: list[str] = []

RING = (0.75, 0.3)
FIELD = 0.3 * critical_field(*RING)


def test_preparation_ends_in_one_well_from_both():
    ramp = preparation_ramp(*RING, FIELD, 0.2, 2e-3)
    assert list(ramp.start) == [1, 3]
    assert list(ramp.end % 4) == [1, 1]  # the freed fluxon may go around before it is caught
    # It rests where the field has shifted the well, after six decay times.
    within = ramp.trajectory.position[-1] % (2 * math.pi)
    assert within == pytest.approx(rest_position(*RING, FIELD), abs=0.02)
    assert math.isnan(ramp.left_at[0])
    low, high = depinning_current(*RING, FIELD, 0.0, [3, 1])
    assert low < ramp.left_at[1] < ramp.bias.max() == pytest.approx((low + high) / 2, rel=0.01)
    assert peak_bias(*RING, FIELD) == pytest.approx((low + high) / 2)


def test_opposite_bias_would_prepare_the_other_well():
    # tau -> -tau: with the bias reversed both fluxons end at 3 pi/2. Half a turn reverses the field instead.
    ramp = preparation_ramp(*RING, FIELD, 0.2, 2e-3, peak=-peak_bias(*RING, FIELD))
    assert list(ramp.end % 4) == [3, 3]


def test_bias_below_both_depinning_currents_prepares_nothing():
    low = depinning_current(*RING, FIELD, 0.0, 3)
    assert list(preparation_ramp(*RING, FIELD, 0.2, 4e-3, peak=0.9 * low).end) == [1, 3]
    assert not preparation_succeeds(*RING, FIELD, 0.2, 4e-3, peak=0.9 * low)


def test_success_needs_slow_ramps():
    # With this loss the delay at the fold sets the limit, an estimate to a third: a faster ramp is over before the
    # fluxon has left its well, which it would have left at the same peak.
    loss, limit = 0.3, float(fastest_ramp(*RING, FIELD, 0.3))
    rates = limit * np.array([0.3, 0.7, 1.4, 4.0])
    assert list(preparation_succeeds(*RING, FIELD, loss, rates)) == [True, True, False, False]
    for rate in rates[2:]:
        ramp = preparation_ramp(*RING, FIELD, loss, rate)
        assert list(ramp.end) == list(ramp.start)


def test_reversed_bias_mirrors_every_turn():
    # tau -> -tau: the fluxon of pi/2 then does what that of 3 pi/2 did, in the other direction.
    loss, rate, peak = 0.08, 5e-3, peak_bias(*RING, FIELD)
    one = preparation_ramp(*RING, FIELD, loss, rate, well=3)
    mirrored = preparation_ramp(*RING, FIELD, loss, rate, well=1, peak=-peak)
    assert mirrored.end - mirrored.start == one.start - one.end
    assert one.start - one.end > 2  # it has run around
    assert mirrored.left_at == pytest.approx(-one.left_at, rel=1e-6)


def test_no_fluxon_is_faster_than_light_but_a_switching_junction_is():
    ramp = preparation_ramp(*RING, FIELD, 0.05, 2e-3, well=3)
    assert 0.9 < ramp.speed[0] < 1.03
    # With little loss and much time the phase turns everywhere at once.
    assert preparation_ramp(*RING, FIELD, 0.01, 8e-4, well=3).speed[0] > 5


def test_map_of_preparation():
    figure = find("preparation_success")
    data = figure.data()
    found, limit = figure.module.outcomes(data), fastest_ramp(*figure.module.RING, FIELD / 0.9, data["loss"])
    assert sum(mask.astype(int) for mask in found.values()) == pytest.approx(1)
    assert not data["stays"].any()
    ahead = data["rate"] / limit[:, None]
    # The fold is an estimate that far from it: within a third of the rate at all losses.
    assert found["never leaves"][ahead > 4 / 3].all()
    assert not found["never leaves"][ahead < 3 / 4].any()
    enough = (data["loss"] > 0.2)[:, None] & (ahead < 3 / 4)
    assert found["passes one barrier"][enough].all()


def test_read_out_tells_the_wells_apart():
    ramp = read_out_ramp(*RING, FIELD, 0.2, 2e-3)
    limits = depinning_current(*RING, FIELD, 0.0, [1, 3])
    # A ramp overshoots: the fluxon needs time to leave where nothing drives it.
    assert np.all(ramp.left_at > limits)
    assert ramp.left_at[1] < peak_bias(*RING, FIELD) < ramp.left_at[0]


def test_delay_vanishes_as_the_ramp_slows():
    limit = depinning_current(*RING, FIELD, 0.0, 3)
    delay = switching_bias(*RING, FIELD, 0.5, [8e-3, 1e-3], well=3) - limit
    # At a fold the overshoot of an overdamped ramp goes as rate^(2/3): a factor of four.
    assert delay[0] / delay[1] == pytest.approx(4, rel=0.25)


def test_surface_loss_also_settles():
    ramp = preparation_ramp(*RING, FIELD, 0.1, 2e-3, surface_loss=0.02, well=3)
    assert list(ramp.end % 4) == [1]


def test_refusals():
    for call, message in (
        (lambda: preparation_ramp(*RING, 2 * FIELD / 0.3, 0.1, 1e-3), r"`field` must be in \(0, "),
        (lambda: preparation_ramp(*RING, FIELD, 0.0, 1e-3), r"`loss` must be in \(0, 1\], but got 0"),
        (lambda: read_out_ramp(*RING, FIELD, 0.1, 1.0), r"`ramp_rate` must be in"),
        (lambda: read_out_ramp(*RING, FIELD, 0.1, 1e-3, well=2), r"`well` must be in {1, 3}, but got 2"),
        (
            lambda: preparation_ramp(*RING, FIELD, [0.1, 0.2], 1e-3, surface_loss=0.01),
            "`loss` must be one number beside `surface_loss`",
        ),
    ):
        with pytest.raises(ValueError, match=message):
            call()
