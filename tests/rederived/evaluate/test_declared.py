"""A formula that is declared: derived when asked for, once, and found from the function that evaluates it."""

import inspect
import math
import subprocess
import sys

import pytest
from sympy import Expr, Integral, Interval, exp, oo, symbols

from rederived.evaluate.declared import Formula, evaluates
from rederived.evaluate.quadrature import Midpoints

x, y, t = symbols("x y t", real=True)
LINE = Midpoints(lambda u: u, 0.1, 0, 80, even=True)


def declared(times: list) -> Formula:
    @evaluates({"x": x, "y": y}, domain={"x": Interval.open(0, oo)}, rules={t: LINE})
    def mean_over_the_line() -> Expr:
        """A Gaussian integral."""
        times.append(1)
        return y * Integral(exp(-x * t**2), (t, -oo, oo))

    return mean_over_the_line


def test_nothing_is_derived_before_somebody_asks_and_the_function_is_made_once():
    times = []
    formula = declared(times)
    assert not times
    values = [formula.evaluator(a, 2.0) for a in (0.5, 1.0, 3.0)]
    # The midpoint rule of this integrand converges as exp(-pi^2/(0.01 x)): rounding is what is left.
    assert values == pytest.approx([2 * math.sqrt(math.pi / a) for a in (0.5, 1.0, 3.0)], rel=1e-14)
    assert len(times) == 1


def test_the_expression_and_the_derivation_are_at_hand():
    formula = declared([])
    assert formula() == y * Integral(exp(-x * t**2), (t, -oo, oo))
    assert formula.evaluator.name == formula.__name__ == "mean_over_the_line"
    assert inspect.getdoc(formula) == "A Gaussian integral."
    assert "return y * Integral" in inspect.getsource(inspect.unwrap(formula))


def test_order_and_domain_are_those_declared():
    formula = declared([])
    assert list(formula.evaluator.arguments) == ["x", "y"]
    with pytest.raises(ValueError, match=r"`x` must be in \(0, inf\), but got -1"):
        formula.evaluator(-1.0, 1.0)


def test_a_domain_of_no_argument_is_refused_at_once():
    with pytest.raises(ValueError, match=r"limit arguments only, x, but limits \['z'\]"):
        evaluates({"x": x}, domain={"z": Interval(0, 1)})


def test_a_letter_that_is_no_argument_is_named_when_derived():
    formula = evaluates({"x": x})(lambda: x * y)
    with pytest.raises(ValueError, match=r"lacks \['y'\]"):
        _ = formula.evaluator


def test_a_stable_expression_stays_as_it_is():
    one, other = (evaluates({"x": x}, stable=stable)(lambda: exp(x) - 1) for stable in (True, False))
    assert one.evaluator.expression == exp(x) - 1
    # expm1 keeps what exp(x) - 1 loses: the leading x itself, here to its last digit.
    assert other.evaluator(1e-17) == 1e-17
    assert one.evaluator(1e-17) == 0


def test_declaring_needs_no_numpy():
    code = "import sys; sys.modules['numpy'] = None; import rederived.evaluate.declared"
    subprocess.run([sys.executable, "-c", code], check=True)
