"""Begin a part: a row for each equation, open until it is derived; a chapter that shows them; a figure.

What is written runs as it stands: the ledger has the rows, the chapter can be executed, the figure can be drawn.
"""

import argparse
import re
import sys
from pathlib import Path

from rederived.files import replace

__all__ = ["add_options", "equations", "run", "skeleton"]

_PAPERS = '''"""The papers that the book derives, which text of each was compared, and the parts of the book."""

from rederived.ledger import Source

__all__ = ["PAPERS", "PARTS"]

PAPERS = ()
PARTS = ()
'''
_COMMAND = '''"""{title}: `python -m {package}`."""

import sys

from rederived.{module} import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
'''
_FIGURES = '''"""What is seen: one module a figure, drawn from evaluators; `draw(NAME)` shows one in a chapter."""

from rederived.figures.registry import Figure, find, names
from rederived.figures.show import draw

__all__ = ["Figure", "draw", "find", "names"]
'''
_SYMBOLS = '''"""The letters of {key}: each made once, with its assumptions; unit and meaning beside it."""

from sympy import symbols

__all__ = ["x"]

x = symbols("x", positive=True)  # of no unit; replace it by the paper's own
'''
_EQUATIONS = '''"""The numbered equations of {key}, in the paper's order.

A row is open until its function derives it: begin from earlier steps, let sympy take the step, return an `Eq`, and say
in `@equation({key}, NUMBER, printed=lambda: ...)` what the paper prints.
"""

from derivations.papers import {key}
from rederived.ledger import open_question

__all__ = [{names}]
'''
_ROW = '''

@open_question({key}, {number!r}, "Not derived yet.")
def {function}() -> None:
    """{title}"""
'''
_FIGURE = '''"""A first figure of {name}: replace `data` by arrays from evaluators, and all texts by what is seen."""

import numpy as np
from matplotlib.figure import Figure

from rederived.figures.style import SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "{key}"
NUMBER = None
TITLE = "A first look"
CAPTION = "A straight line, until an evaluator takes its place."
ALT = "A straight line that rises from zero to one."


def data(slope: float = 1.0) -> dict[str, np.ndarray]:
    """The line."""
    x = np.linspace(0, 1, 101)
    return {{"x": x, "y": slope * x}}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Its value at the end."""
    return [("x", "y"), ("1", float(f"{{data['y'][-1]:.4g}}"))]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the line."""
    figure = Figure(figsize=(5.2, 3.6))
    axes = figure.subplots()
    axes.plot(data["x"], data["y"], color=SERIES[0])
    axes.set(xlabel="$x$", ylabel="$y$")
    return figure
'''
_CHAPTER = '''---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# {heading}

What the chapter derives, and what a reader has to know before.

```{{code-cell}} ipython3
from derivations import show
from derivations.{name} import equations
from figures import draw
```
{steps}
```{{code-cell}} ipython3
draw("{name}_first_look")
```
'''
_STEP = '''
{title}

```{{code-cell}} ipython3
show(equations.{function})
```
'''


def equations(text: str) -> list[tuple[str, str]]:
    """Return numbers and sentences of a list: ranges such as `1-3,5`, or lines `NUMBER SENTENCE`.

    Raises ValueError for what is neither, and for a number that comes twice.

    >>> equations("1-3,5a")
    [('1', 'Eq. 1.'), ('2', 'Eq. 2.'), ('3', 'Eq. 3.'), ('5a', 'Eq. 5a.')]
    >>> equations("1 Energy is conserved.\\n2 The period.")
    [('1', 'Energy is conserved.'), ('2', 'The period.')]
    """
    found: list[tuple[str, str]] = []
    ranges = re.fullmatch(r"[\s\w,-]+", text) and not re.search(r"\w\s+\w", text)
    for entry in filter(None, map(str.strip, text.split("," if ranges else "\n"))):
        many, one = re.fullmatch(r"(\d+)-(\d+)", entry), re.fullmatch(r"(\d+\w*)(?:\s+(\S.*))?", entry)
        if many and int(many[1]) <= int(many[2]):
            found += [(str(n), f"Eq. {n}.") for n in range(int(many[1]), int(many[2]) + 1)]
        elif one:
            found.append((one[1], one[2] or f"Eq. {one[1]}."))
        else:
            raise ValueError(
                f"Argument `equations` must have ranges (1-3,5) or lines `NUMBER SENTENCE`, but got {entry!r}."
            )
    numbers = [number for number, _ in found]
    if not found or len(set(numbers)) < len(numbers):
        raise ValueError(f"Argument `equations` must have numbers, each once, but got {', '.join(numbers) or 'none'}.")
    return found


def skeleton(name: str, key: str, listed: list[tuple[str, str]]) -> dict[str, str]:
    """Return the files of a part, by their places in the book.

    name: of the part, and of its packages: letters, digits and _
    key: of the paper, as `references.bib` and its ledger call it
    listed: number and sentence of each equation
    Raises ValueError for a name or a key that Python cannot take.
    """
    for argument, value in (("name", name), ("key", key)):
        if not value.isidentifier():
            raise ValueError(f"Argument `{argument}` must be a name in Python (letters, digits, _), but got {value!r}.")
    rows = [{"key": key, "number": n, "function": f"equation_{n}".lower(), "title": t} for n, t in listed]
    given = {"name": name, "key": key, "heading": name.replace("_", " ").capitalize()}
    functions = ", ".join(sorted(f'"{row["function"]}"' for row in rows))
    steps = "".join(_STEP.format(**row) for row in rows)
    return {
        f"derivations/{name}/__init__.py": f'"""{given["heading"]}: {key}."""\n\n__all__: list[str] = []\n',
        f"derivations/{name}/symbols.py": _SYMBOLS.format(**given),
        f"derivations/{name}/equations.py": _EQUATIONS.format(**given, names=functions)
        + "".join(_ROW.format(**row) for row in rows),
        f"figures/{name}/__init__.py": f'"""Figures of {given["heading"].lower()}."""\n\n__all__: list[str] = []\n',
        f"figures/{name}/{name}_first_look.py": _FIGURE.format(**given),
        f"book/source/{name}/{name}.md": _CHAPTER.format(**given, steps=steps),
    }


def _around() -> dict[str, str]:
    """What a book has once: written where it is not."""
    ledger = _COMMAND.format(title="Print the ledger", package="derivations", module="command")
    drawing = _COMMAND.format(title="Write the figures", package="figures", module="figures.command")
    shown = '"""What is true: the derivations, and the evaluators made from them."""\n\n'
    shown += 'from rederived.page.show import show\n\n__all__ = ["show"]\n'
    return {
        "derivations/__init__.py": shown,
        "derivations/__main__.py": ledger,
        "derivations/papers.py": _PAPERS,
        "figures/__init__.py": _FIGURES,
        "figures/__main__.py": drawing,
    }


def _with_paper(papers: str, name: str, key: str) -> str:
    """The list of papers with one more, at the end of each tuple; raises ValueError if it has no such tuples."""
    source = f'{key} = Source("{key}", "how to find it", "Which text of it was compared, and what of it was lost.")\n\n'
    for variable, entry in (("PAPERS", key), ("PARTS", f'"{name}"')):
        found = re.search(rf"^{variable} = \(([^)]*)\)", papers, re.MULTILINE)
        if not found:
            raise ValueError(f"File derivations/papers.py must have a line `{variable} = (...)`, but has none: add it.")
        entries = [part for part in (found[1].strip().rstrip(","), entry) if part]
        line = f"{variable} = ({', '.join(entries)}{',' if len(entries) == 1 else ''})"
        papers = papers[: found.start()] + (source if variable == "PAPERS" else "") + line + papers[found.end() :]
    return re.sub(r"^__all__ = \[(.*)\]", lambda m: _sorted_names(m[1], key), papers, count=1, flags=re.MULTILINE)


def _sorted_names(names: str, key: str) -> str:
    return f"__all__ = [{', '.join(sorted([*names.split(', '), chr(34) + key + chr(34)]))}]"


def _with_chapter(contents: str, name: str) -> str:
    """The table of contents with one part more, before the last."""
    part = f"  - caption: {name.replace('_', ' ').capitalize()}\n    numbered: true\n    chapters:\n"
    part += f"      - file: book/{name}/{name}\n"
    last = contents.rfind("  - caption:")
    return contents[:last] + part + contents[last:] if last >= 0 else contents


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what the beginning of a part needs to be told."""
    parser.add_argument("name", help="of the part, as its packages are called")
    parser.add_argument("--key", required=True, help="of the paper, as references.bib calls it")
    parser.add_argument("--equations", required=True, help="1-12, or a file with a line `NUMBER SENTENCE` for each")
    parser.add_argument("--place", type=Path, default=Path(), help="the folder of the book (where you are)")


def run(options: argparse.Namespace) -> int:
    """Write what is missing and change the two lists, of papers and of chapters; nothing that is there is overwritten.

    Raises ValueError if a file of the part is there already.
    """
    root: Path = options.place
    listed = Path(options.equations)
    text = listed.read_text(encoding="utf-8") if listed.is_file() else options.equations
    files = skeleton(options.name, options.key, equations(text))
    taken = [place for place in files if (root / place).exists()]
    if taken:
        raise ValueError(f"Argument `name` must name a new part, but {', '.join(taken)} is there already.")
    files |= {place: content for place, content in _around().items() if not (root / place).exists()}
    papers, contents = root / "derivations" / "papers.py", root / "_toc.yml"
    known = papers.read_text(encoding="utf-8") if papers.exists() else _PAPERS
    files["derivations/papers.py"] = _with_paper(known, options.name, options.key)
    if contents.exists():
        files["_toc.yml"] = _with_chapter(contents.read_text(encoding="utf-8"), options.name)
    for place, content in files.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        replace(root / place, content)
    print("\n".join(sorted(files)))
    print(
        f"Next: derive a row in derivations/{options.name}/equations.py; `rederived check . --record`; "
        f"`python -m rederived.work.notebooks {options.name}`.",
        file=sys.stderr,
    )
    return 0
