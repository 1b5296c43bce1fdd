"""Show a derivation step in a chapter: the code that ran beside its result and its verdict."""

import html
import inspect
import json
import textwrap
from functools import cache
from pathlib import Path

__all__ = ["show"]

_STORED = Path(__file__).with_name("ledger.json")


@cache
def _recorded() -> dict:
    if not _STORED.exists():
        return {}
    return {(e["source"], e["number"]): e for e in json.loads(_STORED.read_text(encoding="utf-8"))}


def _source_without_docstring(function) -> str:
    import ast

    code = textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(code).body[0]
    first = tree.body[0]
    lines = code.splitlines()
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines)


def _highlighted(code: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return highlight(code, PythonLexer(), HtmlFormatter(wrapcode=True))


def _result(value) -> str:
    from sympy import Basic, latex

    if isinstance(value, (tuple, list)):
        return "".join(map(_result, value))
    if hasattr(value, "evidence"):
        return f"<p>{html.escape(value.evidence)}</p>"
    if isinstance(value, Basic):
        return f'<div class="math">\\[{html.escape(latex(value))}\\]</div>'
    return f"<pre>{html.escape(str(value))}</pre>"


class _Shown:
    def __init__(self, step):
        self.step = step

    def _repr_html_(self) -> str:
        function = inspect.unwrap(self.step)
        row = getattr(self.step, "row", None)
        where = f"{function.__module__}.{function.__name__}"
        title = inspect.getdoc(function).split("\n\n")[0]
        head = ""
        if row is not None:
            word = _recorded().get((row.source.key, row.number), {}).get("verdict", "not yet recorded")
            place = f"Eq. {row.number}" if row.number[:1].isdigit() else row.number
            kind = word.split()[0] if word != "does not hold" else "erratum"
            head = (
                f'<span class="step-number">{html.escape(row.source.key)} {html.escape(place)}</span> '
                f'<span class="verdict verdict-{kind}">{word}</span>'
            )
        anchor = f' id="{row.anchor}"' if row is not None else ""
        return (
            f'<section class="derivation-step"{anchor}><p class="step-head">{head} '
            f"<span>{html.escape(title)}</span></p>{_result(self.step())}"
            f'<details open><summary><code>{where}</code></summary>{_highlighted(_source_without_docstring(function))}'
            "</details></section>"
        )

    def __repr__(self) -> str:
        return f"{inspect.unwrap(self.step).__name__}: {self.step()}"


def show(step) -> _Shown:
    """Show the source of a derivation step beside its result, its number in the paper and its verdict.

    `step` is a function that takes no arguments: a row of the ledger, a lemma, or any other step.
    """
    return _Shown(step)
