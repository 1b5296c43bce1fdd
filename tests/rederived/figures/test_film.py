"""A film shows what the solver recorded, frame by frame, in few bytes."""

import json
from dataclasses import replace

import numpy as np
import pytest

from figures import find, names
from rederived.figures.film import LEVELS, Film, Reel, spec
from rederived.figures.live import Axis

__all__: list[str] = []

BYTES_OF_A_FILM = 60_000


@pytest.fixture
def wave() -> Film:
    times, axis = np.linspace(0, 3, 7), Axis("x", "x", 0.0, 2.0, 21)
    values = np.sin(axis.values - times[:, None])
    return Film(times, axis, (Reel("there", values), Reel("back", -values)), "time t", "y", (-1.0, 1.0))


def test_each_position_of_the_slider_shows_its_moment(wave, in_node):
    (frames,) = in_node([{"spec": spec(wave), "settings": [{"time": at} for at in range(wave.times.size)]}])["curves"]
    for at, (x, *curves) in enumerate(frames):
        np.testing.assert_allclose(x, wave.axis.values, rtol=1e-15)
        for curve, reel in zip(curves, wave.reels, strict=True):
            # Values are rounded to the nearest level.
            np.testing.assert_allclose(curve, reel.values[at], atol=1.001 / LEVELS)


def test_the_clock_runs_from_the_first_moment_to_the_last(wave):
    written = spec(wave)
    first, step = written["film"]["time"]
    assert first + step * written["sliders"][0]["max"] == wave.times[-1]


def test_curves_of_another_shape_or_beyond_the_axis_are_refused(wave):
    with pytest.raises(ValueError, match=r"shape \(7, 21\), but got \(6, 21\)"):
        spec(replace(wave, reels=(Reel("short", wave.reels[0].values[1:]),)))
    for wrong in (1.5, np.nan):
        with pytest.raises(ValueError, match="'high' does not"):
            spec(replace(wave, reels=(Reel("high", np.full((7, 21), wrong)),)))


def test_films_of_the_book_stay_small_and_have_a_picture_for_print():
    films = [(figure, film) for figure in map(find, names()) if hasattr(figure.module, "film")
             for film in [figure.film(figure.data())]]
    assert films
    for figure, film in films:
        assert len(json.dumps(spec(film), separators=(",", ":"))) < BYTES_OF_A_FILM
        assert figure.live() is None, "a figure has a film or sliders"
