"""Live figures: which evaluators a page computes, over which axis, with which sliders.

A `LiveFigure` is data. `spec` turns it into JSON that carries the JavaScript source of each evaluator;
`live.js` reads that, and `curves` computes the same in Python, so that the two can be compared.
"""

import html
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from rederived.evaluate.evaluator import Evaluator
from rederived.figures.style import css_color

__all__ = ["Axis", "Curve", "Derived", "LiveFigure", "Slider", "axis_spec", "curves", "look", "markup", "spec"]

# Dashes on the canvas, in the order of the series: solid, dashed, dash-dotted, dotted.
_DASHES = ((), (9, 4), (11, 4, 2, 4), (2, 3), ())

Argument = str | float


@dataclass(frozen=True)
class Slider:
    """A parameter that the reader drags; with `log`, `step` counts decades."""

    name: str
    label: str
    minimum: float
    maximum: float
    step: float
    start: float
    log: bool = False


@dataclass(frozen=True)
class Axis:
    """The variable along x; the legend calls it by its symbol, if it has one."""

    name: str
    label: str
    minimum: float
    maximum: float
    points: int
    log: bool = False
    symbol: str = ""

    @property
    def values(self) -> np.ndarray:
        """The points, shape (points,)."""
        space = np.geomspace if self.log else np.linspace
        return space(self.minimum, self.maximum, self.points)


@dataclass(frozen=True)
class Derived:
    """A parameter computed once for each position of the sliders."""

    name: str
    evaluator: Evaluator
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class Curve:
    """An evaluator along the axis; its arguments name the axis, sliders, derived parameters, or are numbers.

    Colors and dashes are counted from 0, and those of the curve's place unless given.
    """

    label: str
    evaluator: Evaluator
    arguments: tuple[Argument, ...]
    absolute: bool = False
    scale: float = 1.0
    color: int | None = None
    dash: int | None = None


@dataclass(frozen=True)
class LiveFigure:
    """What a page needs to draw a figure that its reader can change; `replaces` the printed one, or stands above it.

    With an `abscissa` the axis is the parameter of a path: it is drawn over that curve's value, within `x_range`.
    `marks` are points (x, y) of such a drawing.
    """

    axis: Axis
    curves: tuple[Curve, ...]
    sliders: tuple[Slider, ...]
    y_label: str
    derived: tuple[Derived, ...] = ()
    y_log: bool = False
    y_range: tuple[float, float] | None = None
    replaces: bool = True
    abscissa: Curve | None = None
    x_range: tuple[float, float] | None = None
    marks: tuple[tuple[float, float], ...] = ()


def markup(label: str) -> str:
    """A label in HTML: a letter before `_{...}` is a symbol, what is in the braces its index.

    >>> markup("|γ_{1,1}|/E_{J}")
    '|<i>γ</i><sub>1,1</sub>|/<i>E</i><sub>J</sub>'
    """
    text = re.sub(r"(\w̃?)_\{([^}]*)\}", r"<i>\1</i><sub>\2</sub>", html.escape(label, quote=False))
    return re.sub(r"(?<![\w<>])([^\W\d_]̃?)(?![\w<>])", r"<i>\1</i>", text)


def _steps(live: LiveFigure) -> tuple[Derived | Curve, ...]:
    return (*live.derived, *live.curves, *([live.abscissa] if live.abscissa else []))


def _check(live: LiveFigure) -> None:
    known = {live.axis.name, *(s.name for s in live.sliders)}
    for step in _steps(live):
        for argument in step.arguments:
            if isinstance(argument, str) and argument not in known:
                raise ValueError(f"Argument `arguments` must name one of {sorted(known)}, but got {argument!r}.")
        if isinstance(step, Derived):
            known.add(step.name)


def _along(live: LiveFigure, names: dict[int, str]) -> dict:
    if live.abscissa is None:
        return {}
    if live.x_range is None:
        raise ValueError("Argument `x_range` must be given with an abscissa, but is None: the page scales by it.")
    call = {"f": names[id(live.abscissa.evaluator)], "args": list(live.abscissa.arguments)}
    shown = {"label": markup(live.abscissa.label), "range": list(live.x_range), "marks": [list(m) for m in live.marks]}
    return {"along": call | shown}


def _place(chosen: int | None, own: int) -> int:
    return own if chosen is None else chosen


def axis_spec(axis: Axis) -> dict:
    """The axis as JSON for `live.js`."""
    return {
        "name": axis.name,
        "label": markup(axis.label),
        "symbol": markup(axis.symbol or axis.label),
        "log": axis.log,
        "n": axis.points,
        "min": axis.minimum,
        "max": axis.maximum,
    }


def look(color: int, dash: int) -> dict:
    """Color and dashes of a series, both counted from 0."""
    return {"color": css_color(color + 1), "dash": list(_DASHES[dash % len(_DASHES)])}


def spec(live: LiveFigure) -> dict:
    """The live figure as JSON for `live.js`, with the JavaScript source of each distinct evaluator.

    Raises ValueError if an argument names nothing, or if JavaScript cannot say an expression.
    """
    _check(live)
    codes: dict[int, str] = {id(step.evaluator): "" for step in _steps(live)}
    names = {key: f"f{number}" for number, key in enumerate(codes)}
    functions: dict[str, str] = {}
    for step in _steps(live):
        name = names[id(step.evaluator)]
        functions.setdefault(name, step.evaluator.javascript(name))
    axis, low_high = live.axis, list(live.y_range) if live.y_range else None
    return {
        "x": axis_spec(axis) | _along(live, names),
        "y": {"label": markup(live.y_label), "log": live.y_log, "range": low_high},
        "sliders": [
            {
                "name": s.name,
                "label": markup(s.label),
                "min": s.minimum,
                "max": s.maximum,
                "step": s.step,
                "start": s.start,
                "log": s.log,
            }
            for s in live.sliders
        ],
        "derived": [{"name": d.name, "f": names[id(d.evaluator)], "args": list(d.arguments)} for d in live.derived],
        "curves": [
            {
                "label": markup(c.label),
                "f": names[id(c.evaluator)],
                "args": list(c.arguments),
                "abs": c.absolute,
                "scale": c.scale,
            }
            | look(_place(c.color, i), _place(c.dash, i))
            for i, c in enumerate(live.curves)
        ],
        "functions": functions,
    }


def curves(live: LiveFigure, **settings: float) -> list[np.ndarray]:
    """The axis or abscissa and each curve, as Python computes them; sliders left out stay where they start."""
    values: dict[str, Any] = {s.name: s.start for s in live.sliders} | settings
    values[live.axis.name] = live.axis.values

    def evaluate(step: Derived | Curve):
        return step.evaluator(*(values[a] if isinstance(a, str) else a for a in step.arguments))

    for step in live.derived:
        values[step.name] = evaluate(step)
    shape = live.axis.values.shape
    xs = np.broadcast_to(evaluate(live.abscissa), shape) if live.abscissa else live.axis.values
    ys = [np.broadcast_to(c.scale * evaluate(c), shape) for c in live.curves]
    return [xs, *(np.abs(y) if c.absolute else y for y, c in zip(ys, live.curves, strict=True))]
