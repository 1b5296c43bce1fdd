"""Show a derivation step in a chapter: the code that ran beside its result and its verdict."""

import ast
import html
import inspect
import sys
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

from rederived import recorded
from rederived.ledger import verdict, verdict_tone
from rederived.page.plain_text import as_html

__all__ = ["Shown", "show"]

_LONG = 8  # entries of a tuple that are shown
_WIDE = 260  # characters of LaTeX that fit a line
_ROWS, _CORNER = 8, 5  # rows of a matrix that are shown, and what is shown of a larger one


@cache
def _recorded(stored: Path) -> dict:
    return {(e["source"], e["number"]): e for e in recorded.read(stored)}


def _record_of(package: str) -> Path:
    """The record beside the derivations of a row, whichever book they are of."""
    return Path(next(iter(getattr(sys.modules.get(package), "__path__", ["."])))) / "ledger.json"


def code_alone(function) -> str:
    """The source of a function without decorator and docstring: what both say, the page says."""
    code = textwrap.dedent(inspect.getsource(function))
    lines, definition = code.splitlines(), ast.parse(code).body[0]
    if not isinstance(definition, ast.FunctionDef):
        raise ValueError(f"Argument `function` must be defined by `def`, but got {function!r}.")
    first = definition.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines[definition.lineno - 1 :])


def _latex(expression) -> str:
    """LaTeX as on paper: phases that all belong to one place and time without their argument, derivatives short.

    A derivative of a phase that depends on time alone is a dot, of a field or of any other function an index.
    """
    from sympy import Function
    from sympy.core.function import AppliedUndef
    from sympy.printing.latex import LatexPrinter

    phases = [f for f in expression.atoms(Function) if "varphi" in str(f.func)]
    one_time = len({f.args for f in phases}) == 1

    class Printer(LatexPrinter):
        def _print_Function(self, function, exp=None):
            if function in phases and one_time:
                name = self._hprint_Function(function.func.__name__)
                return f"{name}^{{{exp}}}" if exp else name
            return super()._print_Function(function, exp)

        def _print_Derivative(self, derivative):
            of, counts = derivative.expr, derivative.variable_count
            if of in phases and len(of.args) == 1:
                return rf"\{'d' * int(counts[0][1])}ot{{{self._print(of)}}}"
            if not isinstance(of, AppliedUndef):
                return super()._print_Derivative(derivative)
            index = " ".join(self._print(variable) for variable, times in reversed(counts) for _ in range(times))
            shown = of in phases and one_time
            name = self._print(of) if shown else self._hprint_Function(of.func.__name__)
            arguments = "" if shown else rf"\left({', '.join(map(self._print, of.args))}\right)"
            return rf"{{{name}}}_{{{index}}}{arguments}"

    return _on_lines(Printer({"long_frac_ratio": 3}), expression)


def _on_lines(printer, expression) -> str:
    """One line, or, for a sum too wide for a page, as many as it needs."""
    from sympy import Add, Eq

    whole = printer.doprint(expression)
    total = expression.rhs if isinstance(expression, Eq) else expression
    if len(whole) < _WIDE or not isinstance(total, Add):
        return whole
    left = printer.doprint(expression.lhs) + " &= " if isinstance(expression, Eq) else "&"
    lines, line = [], left
    for term in total.as_ordered_terms():
        part = printer.doprint(term)
        sign = "" if part.startswith("-") or line == left else "+ "
        if len(line) > _WIDE / 2:
            lines.append(line)
            line = r"&\quad "
        line += f" {sign}{part}"
    return r"\begin{aligned}" + r" \\ ".join([*lines, line]) + r"\end{aligned}"


def _highlighted(code: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return highlight(code, PythonLexer(), HtmlFormatter(wrapcode=True))


def _mathematics(value) -> str:
    """A result as HTML, mathematics for MathJax."""
    from sympy import Basic, Eq, Expr, MatrixBase, Tuple

    if isinstance(value, (tuple, list, Tuple)):
        rest = f"<p>and so on, {len(value)} in all</p>" if len(value) > _LONG else ""
        if all(isinstance(entry, Expr) for entry in value):
            line = r",\quad ".join(map(_latex, value[:_LONG]))
            return f'<div class="math">\\[{html.escape(line, quote=False)}\\]</div>{rest}'
        return "".join(map(_mathematics, value[:_LONG])) + rest
    matrix = value.rhs if isinstance(value, Eq) else value
    if isinstance(matrix, MatrixBase) and matrix.rows > _ROWS:
        corner = matrix[:_CORNER, :_CORNER]
        shown = Eq(value.lhs, corner, evaluate=False) if isinstance(value, Eq) else corner
        return f"{_mathematics(shown)}<p>and so on: the corner of {matrix.rows} rows and {matrix.cols} columns</p>"
    if isinstance(value, (Basic, MatrixBase)):
        return f'<div class="math">\\[{html.escape(_latex(value), quote=False)}\\]</div>'
    if value is None or hasattr(value, "evidence"):
        return ""
    return f"<pre>{html.escape(str(value))}</pre>"


class Shown:
    """A derivation step as a notebook displays it: the same text in every run."""

    def __init__(self, step):
        self.step = step
        self.function = inspect.unwrap(step)
        self.row: Any = getattr(step, "row", None)

    def _entry(self) -> dict:
        package = self.function.__module__.partition(".")[0]
        missing = {"verdict": "not recorded", "detail": f"Run python -m rederived check {package} --record."}
        return _recorded(_record_of(package)).get((self.row.source.key, self.row.number), missing)

    def _head(self) -> str:
        title = as_html((inspect.getdoc(self.function) or self.function.__name__).split("\n\n")[0].replace("\n", " "))
        if self.row is None:
            return f'<p class="step-head"><span>{title}</span></p>'
        word = self._entry()["verdict"]
        tone = verdict_tone(word)
        place = f"Eq. {self.row.number}" if self.row.number[:1].isdigit() else self.row.number
        number = f"{self.row.source.key}, {place}"
        if self.row.source.key == "book":
            number = "Lemma" if self.row.kind == "lemma" else "Ours"
        return (
            f'<p class="step-head"><span class="step-number">{html.escape(number)}</span> '
            f'<span class="verdict verdict-{tone}">{word}</span> <span>{title}</span></p>'
        )

    def _details(self) -> list[str]:
        """Where the paper says it, what settles it, and what in the row is not the paper's."""
        if self.row is None:
            return []
        entry = self._entry()
        parts = {"": entry["detail"], "Where: ": self.row.where, "Ours: ": entry.get("ours", "")}
        return [f"{head}{as_html(text)}" for head, text in parts.items() if text]

    def _printed(self) -> str:
        if self.row is None or self.row.correction is None:
            return ""
        as_printed = _mathematics(self.row.printed())
        return f'<p class="step-part">As printed:</p>{as_printed}<p class="step-part">As derived:</p>'

    def _repr_html_(self) -> str:
        where = f"{self.function.__module__}.{self.function.__name__}"
        anchor = f' id="{self.row.anchor}"' if self.row is not None else ""
        detail = "".join(f'<p class="step-detail">{line}</p>' for line in self._details())
        return (
            f'<section class="derivation-step"{anchor}>{self._head()}{self._printed()}{_mathematics(self.step())}'
            f"{detail}<details open><summary><code>{where}</code></summary>"
            f"{_highlighted(code_alone(self.function))}</details></section>"
        )

    def __repr__(self) -> str:
        result = self.step()
        if hasattr(result, "evidence"):  # the number itself carries the last digits of this processor
            found = verdict(self.row)
            result = f"{found.verdict}. {found.detail}"
        return f"{self.function.__name__}: {result}"


def show(step) -> Shown:
    """Show the source of a derivation step beside its result, its number in the paper and its verdict.

    `step` is a function that takes no arguments: a row of the ledger, a lemma, or any other step.
    """
    return Shown(step)
