"""Evaluators declared at the formula: what a derivation returns, as a function of which numbers, and where.

The decorator stands on a derivation without arguments and only remembers what it is told; the formula is derived,
and its function made, when somebody asks. A public function then names the formula it evaluates::

    @evaluates({"time": t}, domain={"time": Interval(0, oo)})
    def survival_in_time() -> Expr: ...

    def survival(time):
        return survival_in_time.evaluator(time)

So an editor or a type checker goes from the function to the derivation, and neither numpy nor a derivation is
needed to import it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sympy import Expr, Set, Symbol

from rederived.evaluate.quadrature import Midpoints

if TYPE_CHECKING:
    from rederived.evaluate.evaluator import Evaluator

__all__ = ["Formula", "evaluates"]


@dataclass(frozen=True, eq=False)
class Formula:
    """A derivation without arguments, and how it becomes a function of numbers; made by `evaluates`.

    Call it for the expression; `evaluator` is the function of numbers. Both are derived when asked for.
    """

    derivation: Callable[[], Expr]
    name: str
    arguments: Mapping[str, Symbol]
    domain: Mapping[str, Set]
    rules: Mapping[Symbol, Midpoints]
    stable: bool

    def __post_init__(self):
        self.__dict__.update(
            __wrapped__=self.derivation,
            __doc__=self.derivation.__doc__,
            __module__=self.derivation.__module__,
            __name__=self.derivation.__name__,
            __qualname__=self.derivation.__qualname__,
        )

    def __call__(self) -> Expr:
        """The derived expression."""
        return self.derivation()

    @cached_property
    def evaluator(self) -> Evaluator:
        """The derived expression as a function that broadcasts, in the order of `arguments`."""
        from rederived.evaluate.evaluator import evaluator

        return evaluator(
            self.name,
            self(),
            dict(self.arguments),
            domain=dict(self.domain),
            rules=dict(self.rules),
            stable=self.stable,
        )


def evaluates(
    arguments: Mapping[str, Symbol],
    *,
    domain: Mapping[str, Set] | None = None,
    rules: Mapping[Symbol, Midpoints] | None = None,
    name: str = "",
    stable: bool = False,
) -> Callable[[Callable[[], Expr]], Formula]:
    """Declare that a derivation is evaluated, as a function of which numbers.

    Parameters
    ----------
    arguments: {name: symbol of the derived expression}, in the order in which the function takes them.
    domain: {name: admissible values}, an `Interval` or a `FiniteSet`; all finite numbers for a name that it lacks.
    rules: the rule for the variable of each unevaluated integral.
    name: what the function is called in a page; by default as the derivation.
    stable: the expression has been made free of cancellation, so that no exp(x) - 1 is looked for in it.

    Returns a decorator that makes a `Formula`. Raises ValueError for a domain of a name that is no argument; what
    the expression itself lacks is named by `evaluator`, when it is first derived.

    >>> from sympy import Interval, exp, oo, symbols
    >>> t = symbols("t", real=True)
    >>> @evaluates({"time": t}, domain={"time": Interval(0, oo)})
    ... def survival_in_time() -> Expr:
    ...     return exp(-t)
    >>> survival_in_time(), float(survival_in_time.evaluator(0.0))
    (exp(-t), 1.0)
    """
    unknown = sorted(set(domain or {}) - set(arguments))
    if unknown:
        raise ValueError(f"Argument `domain` must limit arguments only, {', '.join(arguments)}, but limits {unknown}.")

    def declare(derivation: Callable[[], Expr]) -> Formula:
        called = name or derivation.__name__
        return Formula(derivation, called, dict(arguments), dict(domain or {}), dict(rules or {}), stable)

    return declare
