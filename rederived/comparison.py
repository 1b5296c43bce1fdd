"""How a printed equation is compared with the derived one.

A comparison takes both sides and says whether they agree, in which sense, and how that was found.
Everything here is deterministic: random points come from a fixed seed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import mpmath
from sympy import Derivative, Dummy, Eq, Expr, Integral, Sum, Symbol, Tuple, lambdify, limit, oo, series, simplify
from sympy.core.function import AppliedUndef

__all__ = [
    "Comparer",
    "Comparison",
    "exactly",
    "in_the_limit",
    "numerically",
    "order_by_order",
    "outermost_integrals",
    "refuse_twin_letters",
    "require_zero",
    "to_order",
    "value_at",
]

DIGITS = 30
POINTS = 5


@dataclass(frozen=True)
class Comparison:
    """Whether two forms agree, the word of the verdict, and how it was found."""

    holds: bool
    verdict: str
    detail: str


Comparer = Callable[[object, object], Comparison]


def _sides(form) -> tuple[Expr, ...]:
    """All expressions of a form: both sides of an equation, or each entry of a tuple."""
    if isinstance(form, Eq):
        return (form.lhs, form.rhs)
    if isinstance(form, (tuple, list, Tuple)):
        return tuple(side for entry in form for side in _sides(entry))
    return (form,)


def _numbers_for_functions(expressions: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """Replace phi(tau) and its derivatives by free symbols, derivatives first."""
    names: dict[Expr, Dummy] = {}
    for kind in (Derivative, AppliedUndef):
        for node in sorted({n for e in expressions for n in e.atoms(kind)}, key=str):
            names[node] = Dummy(f"f{len(names)}", real=True)
        expressions = tuple(e.xreplace(names) for e in expressions)
    return expressions


def _has_unknown_integrand(expressions) -> bool:
    """Whether a function without a formula stands under an integral: no number can then be computed."""
    return any(i.atoms(AppliedUndef) for e in expressions for i in e.atoms(Integral))


def _has_nested_integral(expressions) -> bool:
    return any(outermost_integrals(i.function) for e in expressions for i in outermost_integrals(e))


def value_at(expression: Expr, point: dict, digits: int = DIGITS + 10):
    """The value of an expression at a point, with `digits` digits of work; integrals and one sum are carried out."""
    symbols = sorted(point, key=str)
    with mpmath.workdps(digits):
        numbers = [mpmath.mpf(str(point[s])) for s in symbols]
        if isinstance(expression, Sum):
            ((index, first, last),) = expression.limits
            term = lambdify([index, *symbols], expression.function, modules="mpmath")
            limits = [mpmath.mpf(int(first)), mpmath.inf if last == oo else mpmath.mpf(int(last))]
            return mpmath.nsum(lambda n: term(n, *numbers), limits, method="direct")
        return mpmath.mpmathify(lambdify(symbols, expression, modules="mpmath")(*numbers))


def _random_point(symbols, admissible: dict, random: Random) -> dict:
    """One admissible point: from the given ranges, or else from each symbol's assumptions."""
    point = {}
    for symbol in sorted(symbols, key=str):
        choice = admissible.get(symbol)
        if choice is None and symbol.is_integer:
            choice = (1, 2, 3)
        if isinstance(choice, tuple) and all(isinstance(c, int) for c in choice):
            point[symbol] = random.choice(choice)
            continue
        low, high = choice or ((0.2, 2.0) if symbol.is_positive else (-2.0, 2.0))
        point[symbol] = round(random.uniform(low, high), 6)
    return point


def outermost_integrals(expression: Expr) -> list[Integral]:
    """The integrals of an expression that lie in no other integral, in a fixed order."""
    if isinstance(expression, Integral):
        return [expression]
    return sorted({i for argument in expression.args for i in outermost_integrals(argument)}, key=str)


def _same(left: Expr, right: Expr) -> bool:
    """Whether the difference simplifies to zero, with every integral left standing as a symbol."""
    names = {i: Dummy(real=True) for i in outermost_integrals(left - right)}
    return simplify((left - right).xreplace(names)) == 0


def _distance(left: Expr, right: Expr, point: dict, digits: int):
    p, d = value_at(left, point, digits), value_at(right, point, digits)
    if not (mpmath.isfinite(p) and mpmath.isfinite(d)):
        return mpmath.inf
    return mpmath.mpf(0) if p == d else abs(p - d) / max(abs(p), abs(d))


def refuse_twin_letters(*forms) -> None:
    """Raise ValueError if two letters look alike and are not the same: sympy would never let them cancel.

    >>> from sympy import Symbol
    >>> refuse_twin_letters(Symbol("x"), Symbol("x", positive=True))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: Letter `x` must have one set of assumptions, but stands here as x() and x(positive=True): ...
    """
    known: dict[str, Symbol] = {}
    for letter in sorted({a for s in _sides(forms) for a in _letters(s)}, key=lambda a: (a.name, _assumed(a))):
        other = known.setdefault(letter.name, letter)
        if other != letter:
            raise ValueError(
                f"Letter `{letter.name}` must have one set of assumptions, but stands here as {_assumed(other)} and "
                f"{_assumed(letter)}: take both from where the letters are made."
            )


def _letters(side) -> set[Symbol]:
    found = side.atoms(Symbol) if hasattr(side, "atoms") else set()
    return {letter for letter in found if not isinstance(letter, Dummy)}


def _assumed(letter: Symbol) -> str:
    given = sorted((name, value) for name, value in letter._assumptions_orig.items() if name != "commutative")
    return f"{letter.name}({', '.join(f'{name}={value}' for name, value in given)})"


def numerically(admissible: dict | None = None, points: int = POINTS) -> Comparer:
    """Both sides have the same value, to 30 digits, at random points.

    `admissible` gives symbols their ranges `(low, high)` of floats, or their values `(1, -1)` of integers.
    """

    def compare(printed, derived) -> Comparison:
        left, right = _sides(printed), _sides(derived)
        if not left or len(left) != len(right):
            return Comparison(False, "open", f"{len(left)} expressions printed, {len(right)} derived")
        different = [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
        if not different:
            return Comparison(True, "agrees", "both sides are written alike")
        if _has_unknown_integrand(side for pair in different for side in pair):
            return Comparison(False, "open", "an integral over an unknown function does not simplify")
        if _has_nested_integral(side for pair in different for side in pair):
            return Comparison(False, "open", "an integral within an integral does not simplify, and takes minutes")
        pairs = _numbers_for_functions(tuple(side for pair in different for side in pair))
        symbols = set().union(*(e.free_symbols for e in pairs))
        sides = list(zip(pairs[::2], pairs[1::2], strict=True))
        random, worst = Random(82), mpmath.mpf(0)
        for _ in range(points if symbols else 1):
            point = _random_point(symbols, admissible or {}, random)
            rough = max(_distance(p, d, point, 15) for p, d in sides)
            if rough > 1e-6:  # seen at once, before integrals get expensive
                worst = rough
                break
            worst = max(worst, *(_distance(p, d, point, DIGITS + 10) for p, d in sides))
        where = f"at {points} random points" if symbols else "as numbers"
        if worst < mpmath.mpf(10) ** (-DIGITS):
            return Comparison(True, "agrees", f"difference vanishes to {DIGITS} digits {where}")
        return Comparison(False, "open", f"differ by up to {mpmath.nstr(worst, 2)} (relative) {where}")

    return compare


def exactly(admissible: dict | None = None, points: int = POINTS) -> Comparer:
    """Both sides are the same: the difference simplifies to zero, or else vanishes `numerically`."""

    def compare(printed, derived) -> Comparison:
        left, right = _sides(printed), _sides(derived)
        if not left or len(left) != len(right):
            return Comparison(False, "open", f"{len(left)} expressions printed, {len(right)} derived")
        if all(_same(p, d) for p, d in zip(left, right, strict=True)):
            return Comparison(True, "agrees", "difference simplifies to zero")
        return numerically(admissible, points)(printed, derived)

    return compare


def order_by_order(variable: str) -> Comparer:
    """Both forms are tuples of coefficients, lowest order first, that agree one by one."""

    def compare(printed, derived) -> Comparison:
        found = exactly()(tuple(printed), tuple(derived))
        detail = f"order by order in {variable}, {len(derived)} terms: {found.detail}"
        return Comparison(found.holds, "agrees asymptotically" if found.holds else "open", detail)

    return compare


def to_order(variable: Expr, order: int) -> Comparer:
    """The right sides agree as series in `variable` through `order`."""

    def compare(printed, derived) -> Comparison:
        difference = simplify(printed.rhs - derived.rhs)
        remainder = series(difference, variable, 0, order + 1).removeO()
        holds = printed.lhs == derived.lhs and simplify(remainder) == 0
        detail = f"through order {order} in {variable}"
        return Comparison(holds, "agrees asymptotically" if holds else "open", detail)

    return compare


def in_the_limit(variable: Expr, point: Expr, statement: str) -> Comparer:
    """The right sides have ratio one as `variable` goes to `point`."""

    def compare(printed, derived) -> Comparison:
        ratio = limit(simplify(printed.rhs / derived.rhs), variable, point)
        holds = printed.lhs == derived.lhs and ratio == 1
        return Comparison(holds, "agrees asymptotically" if holds else "open", f"ratio -> {ratio} for {statement}")

    return compare


def require_zero(expression: Expr, step: str) -> None:
    """Raise ArithmeticError, naming a step of a derivation, unless sympy simplifies what it leaves over to zero.

    >>> from sympy import cos, sin, symbols
    >>> x = symbols("x")
    >>> require_zero(sin(x) ** 2 + cos(x) ** 2 - 1, "The squares add to one")
    >>> require_zero(x, "Nothing is left over")
    Traceback (most recent call last):
    ArithmeticError: Nothing is left over: this must vanish, but is x.
    """
    left = simplify(expression)
    if left != 0:
        raise ArithmeticError(f"{step}: this must vanish, but is {left}.")
