"""Rules of quadrature: which nodes and weights stand for an integral, in numpy and in a page alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Symbol

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Midpoints"]


@dataclass(frozen=True)
class Placement:
    """A change of variables as an expression of t: what is left of a function when its rule goes to another process."""

    variable: Symbol
    expression: Expr

    def __call__(self, t: Symbol) -> Expr:
        return self.expression.xreplace({self.variable: t})


@dataclass(frozen=True)
class Midpoints:
    """The midpoint rule for one integration variable x: x = substitution(t), t = (k + 1/2) step, first <= k < last.

    `even` doubles the sum, for an integrand over the whole line of which first = 0 takes half.
    """

    substitution: Callable[[Symbol], Expr]
    step: float
    first: int
    last: int
    even: bool = False

    def __reduce__(self):
        t = Dummy("t", real=True)
        place = Placement(t, self.substitution(t))
        return type(self), (place, self.step, self.first, self.last, self.even)

    @property
    def nodes(self) -> np.ndarray:
        """t, shape (last - first,)."""
        import numpy as np  # a rule is stated beside a formula, which needs no numpy

        return (np.arange(self.first, self.last) + 0.5) * self.step

    @property
    def weight(self) -> float:
        """What each node counts."""
        return 2 * self.step if self.even else self.step
