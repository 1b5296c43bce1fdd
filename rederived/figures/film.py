"""Films: curves that a solver has recorded moment by moment, played in a loop above the static figure.

A film is no live figure: the page computes nothing. Values are rounded to levels finer than pixels, so that a
whole motion weighs less than a photograph. `live.js` gives it a slider for the time and a button that stops it; where
the reader's system asks for less motion it does not start by itself.
"""

from dataclasses import dataclass

import numpy as np

from rederived.figures.live import Axis, axis_spec, look, markup

__all__ = ["Film", "Reel", "spec"]

LEVELS = 500  # of the vertical axis: finer than its pixels


@dataclass(frozen=True)
class Reel:
    """One recorded curve: its label, and its values (T, X) at T moments and X points of the axis."""

    label: str
    values: np.ndarray


@dataclass(frozen=True)
class Film:
    """A motion: T equidistant `times`, the axis of X points, the curves over both, and what is written beside them."""

    times: np.ndarray
    axis: Axis
    reels: tuple[Reel, ...]
    time_label: str
    y_label: str
    y_range: tuple[float, float]


def spec(film: Film) -> dict:
    """The film as JSON for `live.js`.

    Raises ValueError unless every curve has the film's shape and stays within `y_range`.
    """
    shape, (low, high) = (film.times.size, film.axis.points), film.y_range
    for reel in film.reels:
        if reel.values.shape != shape:
            raise ValueError(f"Argument `reels` must have values of shape {shape}, but got {reel.values.shape}.")
        if not (low <= reel.values.min() and reel.values.max() <= high):
            raise ValueError(f"Argument `reels` must stay within [{low:g}, {high:g}], but {reel.label!r} does not.")
    first, step, unit = float(film.times[0]), float(film.times[1] - film.times[0]), (high - low) / LEVELS
    slider = {"name": "time", "label": markup(film.time_label), "min": 0, "max": film.times.size - 1, "step": 1}
    return {
        "x": axis_spec(film.axis),
        "y": {"label": markup(film.y_label), "log": False, "range": [low, high]},
        "sliders": [slider | {"start": 0, "log": False}],
        "derived": [],
        "curves": [{"label": markup(reel.label), **look(i, i)} for i, reel in enumerate(film.reels)],
        "functions": {},
        "film": {
            "time": [round(first, 9), round(step, 9)],
            "unit": [low, unit],
            "frames": [np.rint((reel.values - low) / unit).astype(int).tolist() for reel in film.reels],
        },
    }
