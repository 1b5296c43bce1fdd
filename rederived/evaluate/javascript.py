"""A lowered expression printed as JavaScript: the same arithmetic in a page as in Python."""

import re

from sympy import Expr, I, Integral, Product, Sum, Symbol, cse, nan, numbered_symbols, oo, sin, zoo
from sympy.printing.jscode import JavascriptCodePrinter

__all__ = ["LIBRARY", "function_source"]

# What neither JavaScript nor the printer has, each a function of numbers; tested in Node against scipy.
LIBRARY = {
    "elliptic_k": """function elliptic_k(m) {
  let a = 1, b = Math.sqrt(1 - m);
  while (Math.abs(a - b) > 1e-15 * a) [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
  return Math.PI / (a + b);
}""",
    "elliptic_e": """function elliptic_e(m) {
  if (m === 1) return 1;
  let a = 1, b = Math.sqrt(1 - m), power = 0.5, sum = power * m;
  while (Math.abs(a - b) > 1e-15 * a) {
    const c = (a - b) / 2;
    [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
    power *= 2;
    sum += power * c * c;
  }
  return Math.PI / (a + b) * (1 - sum);
}""",
    # E(phi, m) for real phi and m <= 1, by half turns and Carlson's integrals R_F and R_D.
    "incomplete_elliptic_e": """function incomplete_elliptic_e(phi, m) {
  const turns = Math.round(phi / Math.PI), rest = phi - turns * Math.PI;
  const s = Math.sin(rest), c2 = Math.cos(rest) ** 2, d2 = 1 - m * s * s;
  let [x, y, z, sum, power] = [c2, d2, 1, 0, 1];
  for (let k = 0; k < 40; k++) {
    const lambda = Math.sqrt(x * y) + Math.sqrt(y * z) + Math.sqrt(z * x);
    sum += power / (Math.sqrt(z) * (z + lambda));
    power /= 4;
    [x, y, z] = [(x + lambda) / 4, (y + lambda) / 4, (z + lambda) / 4];
  }
  const rf = 1 / Math.sqrt(z), rd = 3 * sum + power / (z * Math.sqrt(z));
  return 2 * turns * (turns ? elliptic_e(m) : 0) + s * rf - m * s ** 3 * rd / 3;
}""",
    # Real x > 0: the series about 2, whose coefficients are zeta(k) - 1, within 1/2 of it; Stirling's beyond 10.
    "loggamma": """function loggamma(x) {
  if (!(x > 0)) return NaN;
  if (x < 0.5) return loggamma(x + 1) - Math.log(x);
  if (x > 10) {
    const w = 1 / (x * x);
    const tail = [-3617 / 122400, 1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12];
    const rest = tail.reduce((sum, c) => sum * w + c, 0) / x;
    return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + rest;
  }
  let product = 1, z = x < 1.5 ? x - 1 : x - 2;
  const shift = x < 1.5 ? Math.log1p(z) : 0;
  while (z > 0.5) product *= 1 + z--;
  const zeta = (k) => {
    let sum = 100 ** -k * (100 / (k - 1) + 0.5 + k / 1200 * (1 - (k + 1) * (k + 2) / 6e5));
    for (let n = 99; n > 1; n--) sum += n ** -k;
    return sum;
  };
  loggamma.series ??= Array.from({ length: 30 }, (_, i) => zeta(31 - i) / (31 - i));
  const sum = loggamma.series.reduce((total, c) => -z * (total + c), 0);
  return Math.log(product) - shift + z * (1 - 0.5772156649015329 - sum);
}""",
}

_REFUSED = (I, nan, oo, -oo, zoo)


# The name and number of arguments of a function, and what JavaScript calls it.
_BY_NUMBER = {
    ("elliptic_k", 1): "elliptic_k",
    ("elliptic_e", 1): "elliptic_e",
    ("elliptic_e", 2): "incomplete_elliptic_e",
    ("loggamma", 1): "loggamma",
    ("expm1", 1): "Math.expm1",
    ("log1p", 1): "Math.log1p",
    ("Abs", 1): "Math.abs",
    ("sign", 1): "Math.sign",
    ("floor", 1): "Math.floor",
    ("ceiling", 1): "Math.ceil",
    ("atan2", 2): "Math.atan2",
    **{(name, 1): f"Math.{name}" for name in ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{(f"a{name}", 1): f"Math.a{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
}


class _Printer(JavascriptCodePrinter):
    def __init__(self):
        super().__init__({"strict": True})

    def _print_Function(self, expr):
        key = type(expr).__name__, len(expr.args)
        if key not in _BY_NUMBER:
            raise ValueError(
                f"Argument `expression` must have functions that JavaScript knows, but has {key[0]} of {key[1]}."
            )
        return f"{_BY_NUMBER[key]}({self.stringify(expr.args, ', ')})"

    def _print_sinc(self, expr):
        return self._print(expr.rewrite(sin))

    _print_Abs = _print_sign = _print_Function


def _assignments(expression: Expr, prefix: str, result: str) -> list[str]:
    for kind in (Integral, Sum, Product):
        if expression.has(kind):
            raise ValueError(f"Argument `expression` must be lowered, but has {next(iter(expression.atoms(kind)))}.")
    if any(expression.has(value) for value in _REFUSED):
        raise ValueError(f"Argument `expression` must be real and finite, but is {expression}.")
    printer = _Printer()
    parts, (last,) = cse(expression, symbols=numbered_symbols(prefix))
    lines = [f"const {name} = {printer.doprint(part)};" for name, part in parts]
    return [*lines, f"{result} {printer.doprint(last)};"]


def _body(lowered, prefix: str, result: str, function: str, outer: tuple = ()) -> list[str]:
    """The statements that give `result` its value; `outer` has the node of the loop around them.

    What an outer sum asks of an inner one is kept, node by node, as long as the parameters stay that the
    inner one depends on: a curve along another parameter then computes the inner sums once.
    """
    lines, names = [], {}
    for number, (name, (t, rule, integrand)) in enumerate(lowered.sums.items()):
        own = f"{prefix}{number}_"
        node, total = _symbol(f"{own}t"), _symbol(f"{own}sum")
        names[name] = total
        integrand = integrand.replaced({t: node})
        loop = [f"{total} = 0;", f"for (let k = {rule.first}; k < {rule.last}; k++) {{"]
        loop += [f"  const {node} = (k + 0.5) * {rule.step!r};"]
        loop += ["  " + line for line in _body(integrand, own, f"{total} +=", function, (*outer, node))]
        loop += ["}", f"{total} *= {rule.weight!r};"]
        if len(outer) == 1:
            table, needed = f"{function}.{own}kept", sorted(map(str, integrand.free_symbols - {*outer, node}))
            lines += [f"const {own}key = [{', '.join(needed)}].join();"]
            lines += [f"if ({table}?.key !== {own}key) {table} = {{ key: {own}key, at: new Map() }};"]
            lines += [f"let {total} = {table}.at.get({outer[0]});", f"if ({total} === undefined) {{"]
            lines += [*("  " + line for line in loop), f"  {table}.at.set({outer[0]}, {total});", "}"]
        else:
            lines += [f"let {total};", *loop]
    return lines + _assignments(lowered.expression.xreplace(names), f"{prefix}x", result)


def _symbol(name: str) -> Symbol:
    return Symbol(name, real=True)


def function_source(name: str, exponent, factor, arguments: dict) -> str:
    """The source of a JavaScript function of numbers, `arguments` in order, with the helpers it needs before it.

    It returns exp(exponent) times factor, which meet in a logarithm as they do in Python: apart they may overflow.
    """
    plain = {symbol: _symbol(argument) for argument, symbol in arguments.items()}
    if exponent.expression == 0:
        lines = _body(factor.replaced(plain), "s", "return", name)
    else:
        lines = _body(exponent.replaced(plain), "e", "const e_whole =", name)
        lines += _body(factor.replaced(plain), "s", "const s_whole =", name)
        lines += ["return Math.sign(s_whole) * Math.exp(e_whole + Math.log(Math.abs(s_whole)));"]
    code = "\n".join([f"function {name}({', '.join(arguments)}) {{", *("  " + line for line in lines), "}"])
    return "\n".join([*_helpers(code), code])


def _helpers(code: str) -> list[str]:
    """The functions that a code calls, and those that they call."""
    needed: set[str] = set()
    while True:
        text = "\n".join([code, *(LIBRARY[name] for name in needed)])
        called = {helper for helper in LIBRARY if re.search(rf"(?<!\w){helper}\(", text)}
        if called == needed:
            return [source for helper, source in LIBRARY.items() if helper in needed]
        needed = called
