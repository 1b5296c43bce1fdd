"""Derived expressions become fast functions: numpy for Python, plain JavaScript for a page.

Both come from one `Evaluator`: the same expression, the same nodes for its integrals. An integral is
replaced by the midpoint rule in a variable t in which the integrand is analytic and decays, where that
rule converges exponentially; `Midpoints` names the change of variables, the step and the range.
"""

import math
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

import numpy as np
from sympy import Dummy, Expr, FiniteSet, Interval, Mul, Set, Symbol, exp, lambdify
from sympy import Integer as SymInteger
from sympy.codegen.rewriting import expm1_opt, log1p_opt, optimize

from rederived.comparison import outermost_integrals
from rederived.evaluate.domain import real_numbers
from rederived.evaluate.quadrature import Midpoints
from rederived.kept import as_bytes

__all__ = ["Evaluator", "Lowered", "Midpoints", "evaluator", "lower", "split_exponential"]

# Elements held at once while an integral is summed: two megabytes stay in the cache.
BLOCK = 1 << 18
# Products smaller than this may have lost digits on the way, or all of them: their factors' logarithms are added.
SMALLEST = 1e-290

SPECIAL_FUNCTIONS = {
    "elliptic_k": lambda m: _scipy("ellipk")(m),
    "elliptic_e": lambda *a: _scipy("ellipe")(*a) if len(a) == 1 else _scipy("ellipeinc")(*a),
    "elliptic_f": lambda phi, m: _scipy("ellipkinc")(phi, m),
    "Ei": lambda x: _scipy("expi")(x),
    "expint": lambda n, x: _scipy("expn")(n, x),
    "loggamma": lambda z: _loggamma(np.asarray(z)),
}


def _scipy(name: str) -> Callable:
    import scipy.special

    return getattr(scipy.special, name)


def _loggamma(z: np.ndarray) -> np.ndarray:
    """For real numbers scipy's own loses the digits of its zeros at 1 and 2, for complex ones it does not."""
    value = _scipy("loggamma")(z)
    near = np.isrealobj(z) & (np.abs(z - 1.5) < 1)
    return np.where(near, _scipy("loggamma")(z + 0j).real, value) if np.any(near) else value


def split_exponential(expression: Expr) -> tuple[Expr, Expr]:
    """The exponent and the remaining factor of a product, so that expression = exp(exponent) * factor."""
    factors = Mul.make_args(expression)
    exponents = [f.args[0] for f in factors if isinstance(f, exp)]
    rest = [f for f in factors if not isinstance(f, exp)]
    return reduce(add, exponents, SymInteger(0)), Mul(*rest)


@dataclass(frozen=True)
class Lowered:
    """An expression whose integrals are named sums: {name: (t, rule, lowered integrand as a function of t)}."""

    expression: Expr
    sums: dict

    def replaced(self, values: dict, factor: Expr | int = 1) -> "Lowered":
        """Symbols replaced on all levels, the outermost expression times a factor."""
        sums = {name: (t, rule, inner.replaced(values)) for name, (t, rule, inner) in self.sums.items()}
        return Lowered(self.expression.xreplace(values) * factor, sums)

    @property
    def free_symbols(self) -> set[Symbol]:
        """What has to be given; the nodes and the sums are not."""
        inner = (integrand.free_symbols - {t} for t, _, integrand in self.sums.values())
        return (self.expression.free_symbols - set(self.sums)).union(*inner)


def lower(expression: Expr, rules: dict[Symbol, Midpoints]) -> Lowered:
    """Replace each integral by its rule, the innermost first: a rule may place its nodes by outer variables."""
    names, sums = {}, {}
    for integral in outermost_integrals(expression):
        if len(integral.limits) != 1:
            raise ValueError(f"Argument `expression` must nest its integrals one by one, but has {integral}.")
        variable = integral.limits[0][0]
        if variable not in rules:
            raise ValueError(f"Argument `rules` must have a rule for {variable}, but has {sorted(map(str, rules))}.")
        rule, t, name = rules[variable], Dummy("t", real=True), Dummy("integral", real=True)
        place = rule.substitution(t)
        integrand = lower(integral.function, rules).replaced({variable: place}, factor=place.diff(t))
        names[integral], sums[name] = name, (t, rule, integrand)
    return Lowered(expression.xreplace(names), sums)


def _numpy_function(lowered: Lowered, symbols: list[Symbol]) -> Callable:
    """A function of arrays that broadcast; each sum runs over a new last axis."""
    names = list(lowered.sums)
    core = lambdify([*symbols, *names], lowered.expression, modules=[SPECIAL_FUNCTIONS, "scipy", "numpy"], cse=True)
    inner = []
    for t, rule, integrand in lowered.sums.values():
        needed = [i for i, s in enumerate(symbols) if s in integrand.free_symbols]
        inner.append((needed, rule, _numpy_function(integrand, [*(symbols[i] for i in needed), t])))

    def function(*values):
        sums = [_sum(f, rule, [values[i] for i in needed]) for needed, rule, f in inner]
        return core(*values, *sums)

    return function


def _sum(integrand: Callable, rule: Midpoints, values: list[np.ndarray]) -> np.ndarray:
    """Sum over the nodes, a block of them at a time, so that memory stays small."""
    columns = [np.asarray(v)[..., None] for v in values]
    size = math.prod(np.broadcast_shapes(*(c.shape for c in columns))) if columns else 1
    nodes, block = rule.nodes, max(1, BLOCK // max(1, size))
    total = 0.0
    for start in range(0, nodes.size, block):
        terms = np.asarray(integrand(*columns, nodes[start : start + block]))
        total = total + terms.sum(axis=-1)
    return total * rule.weight


@dataclass(frozen=True)
class Evaluator:
    """A derived expression as a function that broadcasts like a ufunc; made by `evaluator`."""

    name: str
    expression: Expr
    arguments: dict[str, Symbol]
    domain: dict[str, Set]
    rules: dict[Symbol, Midpoints]

    @cached_property
    def _numpy(self) -> tuple[Callable, Callable]:
        exponent, factor = split_exponential(self.expression)
        lowered = [lower(e, self.rules) for e in (exponent, factor)]
        return tuple(_numpy_function(e, list(self.arguments.values())) for e in lowered)

    @cached_property
    def _factors(self) -> list[tuple[Callable, Callable]]:
        """Base and exponent of the factors of all but the exponential: where their product leaves the floats."""
        _, factor = split_exponential(self.expression)
        symbols = list(self.arguments.values())
        powers = [f.as_base_exp() for f in Mul.make_args(factor)]
        return [tuple(_numpy_function(lower(part, self.rules), symbols) for part in power) for power in powers]

    def _logarithm(self, values: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Sign and logarithm of the magnitude of all but the exponential, at values of shape (n,), factor by factor."""
        sign, magnitude = np.ones(values[0].shape), np.zeros(values[0].shape)
        for base, exponent in self._factors:
            value, power = base(*values), exponent(*values)
            own = np.where((np.asarray(power) % 1 != 0) & (value < 0), np.nan, np.sign(value))  # no real root
            sign = sign * np.where(np.asarray(power) % 2 == 0, np.abs(own), own)
            magnitude = magnitude + np.where(power == 0, 0.0, power * np.log(np.abs(value)))
        return sign, magnitude

    def __call__(self, *values, log: bool = False):
        """The value, or with `log=True` its sign and the logarithm of its magnitude.

        Raises ValueError for an argument outside its domain, naming argument, bound and value; and where no float
        holds the result: too large a value has a logarithm.
        """
        values = [self._admitted(name, v) for name, v in zip(self.arguments, values, strict=True)]
        shape = np.broadcast_shapes(*(v.shape for v in values))
        with np.errstate(all="ignore"):  # what is no number is refused below
            exponent, factor = (np.broadcast_to(np.asarray(f(*values), float), shape) for f in self._numpy)
            if not log and not exponent.any() and np.isfinite(factor).all():
                return factor[()] if factor.flags.owndata else factor.copy()[()]
            sign, magnitude = np.sign(factor), exponent + np.log(np.abs(factor))
            gone = ~(np.abs(factor) > SMALLEST) | ~np.isfinite(factor)
            if gone.any():
                sign, magnitude = np.array(sign), np.array(magnitude)
                sign[gone], magnitude[gone] = self._logarithm([np.broadcast_to(v, shape)[gone] for v in values])
                magnitude[gone] += exponent[gone]
            result = sign * np.exp(magnitude)
        unknown = np.isnan(magnitude) | np.isnan(sign) | (np.isinf(magnitude) & (sign != 0)) | np.isposinf(magnitude)
        self._refuse(unknown, values, "lie where a float holds the logarithm of the result")
        if log:
            return sign[()], magnitude[()]
        self._refuse(np.isinf(result), values, "lie where a float holds the result; use log=True")
        return result[()]

    def _refuse(self, bad: np.ndarray, values: list[np.ndarray], must: str) -> None:
        if not bad.any():
            return
        first, *others = (f"{np.broadcast_to(v, bad.shape)[bad][0]:g}" for v in values)
        name, *names = self.arguments
        beside = ", ".join(f"{n} = {v}" for n, v in zip(names, others, strict=True))
        must, _, remedy = must.partition("; ")
        raise ValueError(
            f"Argument `{name}` must {must}, but got {first}{f' with {beside}' if beside else ''}"
            f"{f'; {remedy}' if remedy else ''}."
        )

    def __reduce__(self):
        """Its expression as it stands, and nothing that was made from it: another process makes that by itself."""
        return _restored, (as_bytes((self.name, self.expression, self.arguments, self.domain, self.rules)),)

    def _admitted(self, name: str, value) -> np.ndarray:
        array = real_numbers(name, value)
        allowed = self.domain.get(name)
        if allowed is None:
            bad = ~np.isfinite(array)
        elif isinstance(allowed, FiniteSet):
            bad = ~np.isin(array, [float(a) for a in allowed])
        else:
            bad = ~_inside(array, allowed)
        if np.any(bad):
            worst = np.atleast_1d(array)[np.atleast_1d(bad)][0]
            raise ValueError(f"Argument `{name}` must be {_bounds(allowed)}, but got {worst:g}.")
        return array

    def javascript(self, name: str | None = None) -> str:
        """The source of a JavaScript function of the same arguments, in the same order.

        Raises ValueError if the expression has what JavaScript cannot say, or a function without a helper.
        """
        from rederived.evaluate.javascript import function_source

        exponent, factor = (lower(part, self.rules) for part in split_exponential(self.expression))
        return function_source(name or self.name, exponent, factor, self.arguments)


def _restored(data: bytes) -> Evaluator:
    return Evaluator(*pickle.loads(data))


def _inside(array: np.ndarray, allowed: Interval) -> np.ndarray:
    low, high = float(allowed.start), float(allowed.end)
    above = array > low if allowed.left_open else array >= low
    below = array < high if allowed.right_open else array <= high
    return above & below & np.isfinite(array)


def _bounds(allowed) -> str:
    if allowed is None:
        return "finite"
    if not isinstance(allowed, Interval):
        return f"in {allowed}"
    left, right = "(" if allowed.left_open else "[", ")" if allowed.right_open else "]"
    return f"in {left}{float(allowed.start):g}, {float(allowed.end):g}{right}"


def evaluator(
    name: str,
    expression: Expr,
    arguments: dict[str, Symbol],
    *,
    domain: dict[str, Set] | None = None,
    rules: dict[Symbol, Midpoints] | None = None,
    stable: bool = False,
) -> Evaluator:
    """Make the evaluator of a derived expression.

    Parameters
    ----------
    name: what the JavaScript function is called.
    expression: a sympy expression; exp(x) - 1 becomes expm1(x), log(1 + x) log1p(x). Its exponential factors
        are kept apart, so that neither they nor the rest overflow before they meet.
    arguments: {name: symbol}, in the order in which the function takes them.
    domain: {name: admissible values}, an `Interval` or a `FiniteSet`.
    rules: the rule for the variable of each unevaluated integral.
    stable: the expression stays as it is: it has been made free of cancellation.

    Raises ValueError if the expression has a free symbol that is no argument, or an integral without rule.

    >>> from sympy import symbols, exp, Interval, oo
    >>> x = symbols("x", positive=True)
    >>> decay = evaluator("decay", exp(-x), {"time": x}, domain={"time": Interval(0, oo)})
    >>> float(decay(0.0)), [float(part) for part in decay(800.0, log=True)]
    (1.0, [1.0, -800.0])
    """
    missing = expression.free_symbols - set(arguments.values())
    if missing:
        raise ValueError(f"Argument `arguments` must name every free symbol, but lacks {sorted(map(str, missing))}.")
    if not stable:
        expression = optimize(expression, [expm1_opt, log1p_opt])
    made = Evaluator(name, expression, arguments, domain or {}, rules or {})
    lower(expression, made.rules)
    return made
