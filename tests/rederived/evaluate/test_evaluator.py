"""Evaluators: derived expressions as functions of arrays, with domains, logarithms and integrals."""

import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Ei,
    FiniteSet,
    Integral,
    Interval,
    cosh,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    exp,
    expint,
    log,
    loggamma,
    oo,
    pi,
    sin,
    sinh,
    symbols,
)

import rederived.evaluate.evaluator
from rederived.evaluate.evaluator import Midpoints, evaluator, lower, split_exponential

__all__: list[str] = []

x, y, t, s = symbols("x y t s", real=True)
LINE = Midpoints(lambda u: sinh(u), step=0.05, first=-110, last=110)
GAUSSIAN = evaluator("gaussian", exp(-(x**2)) * y, {"x": x, "y": y})
MEAN = evaluator("mean", Integral(exp(-x * t**2) * (1 + y * t), (t, -oo, oo)), {"x": x, "y": y}, rules={t: LINE})
NESTED = evaluator(
    "nested",
    Integral(exp(-(t**2)) * Integral(1 / (cosh(x * s) * cosh(s - t)), (s, -oo, oo)), (t, -oo, oo)),
    {"x": x},
    rules={t: LINE, s: Midpoints(lambda u: t + sinh(u), step=0.05, first=-90, last=90)},
)


def test_arguments_broadcast_like_those_of_a_ufunc():
    rows, columns = np.linspace(0, 1, 3)[:, None], np.linspace(1, 2, 4)
    for made in (GAUSSIAN, MEAN):
        grid = made(rows + 0.5, columns)
        assert grid.shape == (3, 4)
        assert grid[1, 2] == made(rows[1, 0] + 0.5, columns[2])
        assert made([], 1.0).shape == (0,)
        assert np.ndim(made(1, 2)) == 0
        assert float(made(1, 2)) == made(np.float32(1), [2])[0]
    with pytest.raises(ValueError, match="broadcast"):
        GAUSSIAN([1, 2], [1, 2, 3])


def test_constant_has_the_broadcast_shape_and_may_be_written_to():
    three = evaluator("three", 3 + 0 * x, {"x": x, "y": y})
    value = three(np.zeros((2, 1)), np.ones(3))
    assert value.shape == (2, 3)
    value[0, 0] = 7
    assert value.tolist() == [[7, 3, 3], [3, 3, 3]]
    assert three(0.0, 0.0) == 3
    area = evaluator("area", Integral(exp(-(t**2)), (t, -oo, oo)), {"x": x}, rules={t: LINE})
    assert area(np.zeros(2)) == pytest.approx([math.sqrt(math.pi)] * 2, rel=1e-14)


def test_argument_that_the_expression_lost_is_still_checked():
    one = evaluator("one", x / x, {"x": x}, domain={"x": Interval.open(0, oo)})
    assert one([1.0, 2.0]).tolist() == [1, 1]
    with pytest.raises(ValueError, match="`x`"):
        one(0.0)


BOUNDED = evaluator(
    "bounded",
    x * y * t * s,
    {"closed": x, "open": y, "half": t, "sign": s},
    domain={
        "closed": Interval(0, 1),
        "open": Interval.open(0, oo),
        "half": Interval.Lopen(0, 5),
        "sign": FiniteSet(-1, 1),
    },
)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((-0.1, 1, 1, 1), "`closed` must be in [0, 1], but got -0.1."),
        ((1.5, 1, 1, 1), "`closed` must be in [0, 1], but got 1.5."),
        (([0.5, 2.0], 1, 1, 1), "`closed` must be in [0, 1], but got 2."),
        ((math.nan, 1, 1, 1), "`closed` must be in [0, 1], but got nan."),
        ((0, 0, 1, 1), "`open` must be in (0, inf), but got 0."),
        ((0, math.inf, 1, 1), "`open` must be in (0, inf), but got inf."),
        ((0, 1, 0, 1), "`half` must be in (0, 5], but got 0."),
        ((0, 1, 6, 1), "`half` must be in (0, 5], but got 6."),
        ((0, 1, 1, 2), "`sign` must be in {-1, 1}, but got 2."),
        ((0, 1, 1, math.nan), "`sign` must be in {-1, 1}, but got nan."),
    ],
)
def test_value_outside_the_domain_is_refused_by_name_bound_and_value(values, message):
    with pytest.raises(ValueError, match=r"^Argument ") as error:
        BOUNDED(*values)
    assert str(error.value) == f"Argument {message}"


def test_bounds_belong_to_closed_intervals():
    assert BOUNDED([0, 1], 1e-300, 5, [1, -1]).tolist() == [0, -5e-300]


def test_an_open_end_is_not_admitted_and_the_last_number_before_it_is():
    below_one = evaluator("pole", 1 / (1 - x), {"x": x}, domain={"x": Interval.Ropen(0, 1)})
    assert below_one([0.0, math.nextafter(1, 0)]).tolist() == [1, 2**53]
    with pytest.raises(ValueError, match=r"`x` must be in \[0, 1\), but got 1\."):
        below_one(1.0)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, [1.0, math.nan]])
def test_argument_without_domain_must_be_finite(value):
    with pytest.raises(ValueError, match="`x` must be finite, but got"):
        GAUSSIAN(value, 1.0)


def test_too_few_arguments_or_a_free_symbol_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        GAUSSIAN(1.0)
    with pytest.raises(ValueError, match="longer"):
        GAUSSIAN(1.0, 2.0, 3.0)
    with pytest.raises(ValueError, match=r"must name every free symbol, but lacks \['y'\]"):
        evaluator("two", x * y, {"x": x})


def test_integral_without_rule_or_over_two_variables_at_once_is_refused():
    with pytest.raises(ValueError, match="must have a rule for t"):
        evaluator("area", Integral(exp(-(t**2)), (t, -oo, oo)), {"x": x})
    with pytest.raises(ValueError, match="must have a rule for s"):
        evaluator("nested", NESTED.expression, {"x": x}, rules={t: LINE})
    both = Integral(exp(-(t**2) - s**2), (t, -oo, oo), (s, -oo, oo))
    with pytest.raises(ValueError, match="must nest its integrals"):
        evaluator("area", both, {"x": x}, rules={t: LINE, s: LINE})


@given(st.floats(-30, 30), st.floats(-1e3, 1e3).filter(lambda v: v == 0 or abs(v) > 1e-3))
def test_logarithm_and_value_are_of_the_same_number(at, factor):
    value = GAUSSIAN(at, factor)
    sign, magnitude = GAUSSIAN(at, factor, log=True)
    assert sign == np.sign(factor)
    # The exponent, 900 at most, is rounded once; subnormal values are left out.
    if abs(value) > 1e-300:
        assert value == pytest.approx(sign * math.exp(magnitude), rel=1e-12)
        assert value == pytest.approx(factor * math.exp(-(at**2)), rel=1e-12)


def test_logarithm_goes_where_values_do_not():
    assert GAUSSIAN(100.0, -2.0) == 0
    sign, magnitude = GAUSSIAN([100.0, 0.0], [-2.0, 0.0], log=True)
    assert sign.tolist() == [-1, 0]
    assert magnitude.tolist() == [pytest.approx(math.log(2) - 1e4, rel=1e-15), -math.inf]


def test_factors_that_cancel_do_not_overflow_before_they_meet():
    made = evaluator("cancel", exp(x) * exp(-x + y) * Integral(exp(-(t**2)), (t, -oo, oo)), {"x": x, "y": y},
                     rules={t: LINE})
    assert made(1e5, 0.0) == pytest.approx(math.sqrt(math.pi), rel=1e-14)
    exponent, factor = split_exponential(3 * x * exp(x) * exp(y**2) * sin(x))
    assert (exponent, factor) == (x + y**2, 3 * x * sin(x))


@settings(max_examples=25)
@given(st.floats(-18, 1), st.sampled_from([1, -1]))
def test_no_cancellation_at_tiny_arguments(decade, sign):
    value = sign * 10**decade
    made = evaluator("difference", exp(x) - 1, {"x": x})
    shifted = evaluator("shifted", log(1 + x), {"x": x}, domain={"x": Interval.open(-1, oo)})
    inside = evaluator("inside", Integral(exp(x * exp(-(t**2))) - 1, (t, -oo, oo)), {"x": x}, rules={t: LINE})
    assert made(value) == pytest.approx(math.expm1(value), rel=1e-15)
    if value > -1:
        assert shifted(value) == pytest.approx(math.log1p(value), rel=1e-15)
    # Integral of exp(-k t^2) term by term.
    series = sum(value**k / math.factorial(k) * math.sqrt(math.pi / k) for k in range(1, 60))
    # For -10 the alternating series itself loses three digits.
    assert inside(value) == pytest.approx(series, rel=1e-13 if value > -3 else 1e-10)


@pytest.mark.parametrize(
    ("function", "oracle", "low", "high"),
    [
        (elliptic_k(x), mp.ellipk, -30.0, 0.999),
        (elliptic_e(x), mp.ellipe, -30.0, 1.0),
        (elliptic_e(0.7, x), lambda m: mp.ellipe(0.7, m), -5.0, 1.0),
        (elliptic_f(0.7, x), lambda m: mp.ellipf(0.7, m), -5.0, 1.0),
        (Ei(x), mp.ei, 0.5, 100.0),
        (Ei(x), mp.ei, -100.0, -0.01),
        (expint(1, x), mp.e1, 0.01, 100.0),
        (expint(3, x), lambda v: mp.expint(3, v), 0.01, 100.0),
        (loggamma(x), mp.loggamma, 2.1, 1e4),
        (loggamma(x), mp.loggamma, 0.01, 0.9),
    ],
)
def test_special_functions_are_those_of_mpmath_and_take_the_parameter(function, oracle, low, high):
    points = np.linspace(low, high, 29)
    with mp.workdps(30):
        expected = [float(oracle(mp.mpf(float(p)))) for p in points]
    # A few roundings in scipy; Ei near its zero at 0.37 is left out.
    assert evaluator("special", function, {"x": x})(points) == pytest.approx(expected, rel=3e-14)


def test_logarithm_of_gamma_keeps_its_digits_near_its_zeros():
    points = np.concatenate([zero + sign * 2.0 ** np.arange(-40, -1) for zero in (1, 2) for sign in (1, -1)])
    with mp.workdps(30):
        expected = [float(mp.loggamma(mp.mpf(float(p)))) for p in points]
    assert evaluator("special", loggamma(x), {"x": x})(points) == pytest.approx(expected, rel=1e-14, abs=0)


@given(st.floats(0.05, 20), st.floats(-1, 1))
def test_integral_over_the_line(width, slope):
    # A Gaussian in sinh(u) at step 0.05: the error is far below rounding for these widths.
    assert MEAN(width, slope) == pytest.approx(math.sqrt(math.pi / width), rel=1e-13)


def test_even_rule_is_the_half_of_the_whole_one():
    half = Midpoints(LINE.substitution, step=LINE.step, first=0, last=LINE.last, even=True)
    made = evaluator("mean", Integral(exp(-x * t**2), (t, -oo, oo)), {"x": x}, rules={t: half})
    values = np.logspace(-1, 1, 7)
    assert made(values) == pytest.approx(MEAN(values, 0.0), rel=1e-14)


def nested_by_trapezoids(width: int):
    """On one grid for both variables; both integrands are analytic in strips of half-width pi/2 and pi/6."""
    with mp.workdps(20):
        step = mp.mpf(1) / 20
        wide = [mp.sech(k * step) for k in range(-1100, 1101)]
        narrow = [mp.sech(width * k * step) for k in range(-900, 901)]
        weights = [(k, mp.exp(-((k * step) ** 2))) for k in range(-140, 141)]
        overlaps = ((w, mp.fdot(narrow, wide[200 - k : 2001 - k])) for k, w in weights)
        return float(step**2 * mp.fsum(w * overlap for w, overlap in overlaps))


def test_nested_integral_against_mpmath():
    assert NESTED([1.0, 3.0]) == pytest.approx([nested_by_trapezoids(1), nested_by_trapezoids(3)], rel=1e-13)


def test_inner_nodes_may_depend_on_outer_variables():
    lowered = lower(NESTED.expression, NESTED.rules)
    assert lowered.free_symbols == {x}
    ((_, rule, inner),) = lowered.sums.values()
    assert rule is LINE
    assert len(inner.sums) == 1


@pytest.mark.parametrize("block", [1, 7, 1 << 10])
def test_result_does_not_depend_on_how_nodes_are_blocked(monkeypatch, block):
    values = np.linspace(0.3, 2, 5)
    whole, nested = MEAN(values, 0.5), NESTED(values[:2])
    monkeypatch.setattr(rederived.evaluate.evaluator, "BLOCK", block)
    # Only the order of summation changes.
    assert MEAN(values, 0.5) == pytest.approx(whole, rel=1e-14)
    if block > 1:
        assert NESTED(values[:2]) == pytest.approx(nested, rel=1e-14)


def test_nodes_are_midpoints():
    rule = Midpoints(lambda u: u, step=0.5, first=-2, last=2)
    assert rule.nodes.tolist() == [-0.75, -0.25, 0.25, 0.75]
    assert (rule.weight, Midpoints(lambda u: u, 0.5, 0, 2, even=True).weight) == (0.5, 1.0)
    parabola = evaluator("parabola", Integral(x + pi * t**2, (t, -1, 1)), {"x": x}, rules={t: rule})
    assert parabola(1.0) == pytest.approx(2 + math.pi * 0.5 * 1.25, rel=1e-15)
