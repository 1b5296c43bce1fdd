"""A live figure computes in a page what Python computes here, for every position of its sliders."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
import scipy.special
from sympy import I, Integral, exp, symbols

from figures import find, names
from rederived.evaluate.evaluator import Evaluator, evaluator
from rederived.evaluate.javascript import LIBRARY, _helpers
from rederived.figures import live

BYTES_OF_A_SPECIFICATION = 20_000
POSITIONS = 4

SCIPY = {
    "elliptic_k": (scipy.special.ellipk, 1),
    "elliptic_e": (scipy.special.ellipe, 1),
    "incomplete_elliptic_e": (scipy.special.ellipeinc, 2),
    "loggamma": (lambda x: scipy.special.loggamma(x + 0j).real, 1),  # for reals scipy loses its zeros at 1 and 2
    "gamma": (scipy.special.gamma, 1),
    "Ei": (scipy.special.expi, 1),
}


def _positions(figure: live.LiveFigure) -> list[dict]:
    """Where the sliders start, both their ends, and random places between."""
    random = np.random.default_rng(8)
    sliders = figure.sliders
    ends = [{s.name: s.start for s in sliders}]
    ends += [{s.name: bound(s) for s in sliders} for bound in (lambda s: s.minimum, lambda s: s.maximum)]
    return ends + [{s.name: float(random.uniform(s.minimum, s.maximum)) for s in sliders} for _ in range(POSITIONS)]


def _assert_same(figure: live.LiveFigure, settings: dict, computed: list) -> None:
    expected = live.curves(figure, **settings)
    assert np.all(np.isfinite(expected)), "a slider reaches what the evaluator cannot compute"
    for one, other in zip(computed, expected, strict=True):
        # On a linear axis a curve may pass through zero, where only rounding is left of it.
        rounding = 1e-290 if figure.y_log else 1e-14 * np.abs(other).max()
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=rounding)


def test_every_curve_of_every_live_figure_is_the_same_in_a_page(toy_live, in_node):
    figures = [toy_live, *(f for f in (find(name).live() for name in names()) if f)]
    jobs = [{"spec": live.spec(f), "settings": _positions(f)} for f in figures]
    for figure, job, computed in zip(figures, jobs, in_node(jobs)["curves"], strict=True):
        for settings, one in zip(job["settings"], computed, strict=True):
            _assert_same(figure, settings, one)


def test_the_special_functions_of_the_page_are_those_of_scipy(in_node):
    random = np.random.default_rng(9)
    points = {name: random.uniform(0.0, 0.999, (50, SCIPY[name][1])) for name in LIBRARY}
    near_zeros = [1 - 1e-9, 1 + 1e-7, 2 - 1e-6, 2 + 1e-9, 0.5, 1.5, 2.5, 10.0, np.nextafter(10.0, 11.0)]
    points["loggamma"] = np.concatenate([10 ** random.uniform(-12, 5, 200), random.uniform(0, 12, 200), near_zeros])
    points["loggamma"] = points["loggamma"][:, None]
    angles = (-7.0, -1.5, 0.0, 1e-8, 0.5, math.pi / 2, 3.0, 40.0)
    turns = np.array([[phi, m] for phi in angles for m in (0.0, 0.3, 1.0)])
    points["incomplete_elliptic_e"] = np.concatenate([points["incomplete_elliptic_e"], turns])
    library = [{"name": n, "code": "\n".join([*_helpers(f"{n}("), ""]), "rows": p.tolist()} for n, p in points.items()]
    for name, values in zip(points, in_node([], library)["values"], strict=True):
        np.testing.assert_allclose(values, SCIPY[name][0](*points[name].T), rtol=1e-13, err_msg=name)


def test_specifications_stay_small(toy_live):
    found = [toy_live, *(f for f in (find(name).live() for name in names()) if f)]
    assert all(len(json.dumps(live.spec(f))) < BYTES_OF_A_SPECIFICATION for f in found)


def test_each_evaluator_is_carried_once(toy_live):
    twice = replace(toy_live, curves=toy_live.curves * 2)
    assert live.spec(twice)["functions"] == live.spec(toy_live)["functions"]


def test_what_javascript_cannot_say_is_refused(toy_live):
    x, width = symbols("x width", positive=True)
    imaginary = evaluator("imaginary", exp(I * x) + width, {"x": x, "width": width})
    unlowered = Evaluator("unlowered", Integral(exp(-x * width), (width, 0, 1)), {"x": x}, {}, {})
    for one, arguments in ((imaginary, ("x", "width")), (unlowered, ("x",))):
        bad = replace(toy_live, curves=(live.Curve("bad", one, arguments),))
        with pytest.raises(ValueError, match="Argument `"):
            live.spec(bad)


def test_an_argument_must_name_something(toy_live):
    first = toy_live.curves[0]
    bad = replace(toy_live, curves=(replace(first, arguments=("x", "wdith")),))
    with pytest.raises(ValueError, match="wdith"):
        live.spec(bad)


def test_labels_become_symbols_with_indices():
    assert live.markup("|γ_{1,−1}|/E_{J}") == "|<i>γ</i><sub>1,−1</sub>|/<i>E</i><sub>J</sub>"
    assert live.markup("coupling λ") == "coupling <i>λ</i>"
    assert live.markup("a < b") == "<i>a</i> &lt; <i>b</i>"


def test_a_path_is_drawn_over_its_abscissa():
    loop = find("rice_mele_path").live()
    across, up = live.curves(loop, modulation=0.5, detuning=2.0, offset=0.0)
    np.testing.assert_allclose(across**2 + (up / 2) ** 2, 1.0, rtol=1e-12)  # half axes 2 delta J, Delta_0
    along = live.spec(loop)["x"]["along"]
    assert along["range"] == [-3.5, 3.5]
    assert along["marks"] == [[0.0, 0.0]]
