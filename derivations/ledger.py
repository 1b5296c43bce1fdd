"""The ledger: what a paper prints, what is derived here, and the verdict between the two.

An equation is one function. Its body is the derivation, its decorator says where a paper prints it::

    @equation(SLZ25b, 19, printed=lambda: Eq(V(tau), ...))
    def interaction() -> Eq: ...

The decorator only registers the function and remembers its result; nothing runs before somebody asks.
Verdicts are computed by `verdict`, never typed. `python -m derivations` prints them all.
"""

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from sympy import Tuple

from derivations.comparison import Comparer, Comparison, exactly, numerically

__all__ = [
    "ANWB23",
    "BOOK",
    "SLZ25a",
    "SLZ25b",
    "M16",
    "Correction",
    "Finding",
    "Row",
    "Source",
    "claim",
    "consistent",
    "definition",
    "equation",
    "lemma",
    "misprint",
    "open_question",
    "record",
    "rows",
    "verdict",
]


@dataclass(frozen=True)
class Source:
    """A paper: its key in the book, and in `references.bib`."""

    key: str
    name: str


SLZ25a = Source("SLZ25a", "Phys. Rev. Lett. 134, 086001 (2025)")
SLZ25b = Source("SLZ25b", "arXiv:2505.06720")
ANWB23 = Source("ANWB23", "arXiv:2308.13597")
M16 = Source("M16", "arXiv:1606.02494")
BOOK = Source("book", "lemmas that the derivations rest on, and claims of our own")


@dataclass(frozen=True)
class Finding:
    """What settles a claim: the number, whether the claim holds, and one line that says why."""

    value: float
    holds: bool
    evidence: str


@dataclass(frozen=True)
class Correction:
    """What turns the printed equation into the derived one, and who besides the derivation says so.

    `apply` maps the printed form to the corrected one; `oracle` maps a form to its distance from
    something that shares no code with the derivation; a form within `tolerance` is right.
    """

    text: str
    apply: Callable
    oracle: Callable[[object], float]
    tolerance: float


@dataclass(frozen=True)
class Row:
    """One line of the ledger, and the function that fills it."""

    source: Source
    number: str
    kind: str
    function: Callable
    printed: Callable | None = None
    compare: Comparer | None = None
    correction: Correction | None = None
    constraints: tuple[Callable, ...] = ()
    reason: str = ""

    @property
    def title(self) -> str:
        """The first sentence of the function's docstring."""
        return inspect.getdoc(self.function).split("\n\n")[0].replace("\n", " ")

    @property
    def anchor(self) -> str:
        """The HTML id under which the book shows this row."""
        words = "".join(c if c.isalnum() else " " for c in f"{self.source.key} {self.number}".lower())
        return "-".join(words.split())


_ROWS: dict[tuple[str, str], Row] = {}


def _register(function: Callable, source: Source, number: str | int, kind: str, **fields) -> Callable:
    step = functools.cache(function)
    row = Row(source, str(number), kind, step, **fields)
    known = _ROWS.get((source.key, row.number))
    if known and (known.function.__module__, known.function.__name__) != (function.__module__, function.__name__):
        raise ValueError(f"{source.key}:{number} is already derived by {known.function.__qualname__}")
    _ROWS[source.key, row.number] = row
    step.row = row
    return step


def equation(source, number, *, printed, compare: Comparer | None = None, correction: Correction | None = None):
    """Register a derivation of a printed equation; `printed()` is the paper's formula, transcribed once."""
    compare = compare or exactly()
    return lambda f: _register(
        f, source, number, "equation", printed=printed, compare=compare, correction=correction
    )


def consistent(source, number, *constraints: Callable):
    """Register a derivation whose printed form is lost: each constraint tests what the prose says of it."""
    if not constraints:
        raise ValueError("Argument `constraints` must have at least one test, but is empty.")
    return lambda f: _register(f, source, number, "text", constraints=constraints)


def definition(source, number):
    """Register an equation that only names something."""
    return lambda f: _register(f, source, number, "definition")


def claim(source, place):
    """Register a statement of the prose; the function returns the `Finding` that settles it."""
    return lambda f: _register(f, source, place, "claim")


def misprint(source, number, printed: str, meant: str):
    """Register a slip of typography, an index or a letter; the function shows the place that is meant."""
    return lambda f: _register(f, source, number, "misprint", reason=f"printed {printed}, meant {meant}")


def open_question(source, number, reason: str):
    """Register what cannot be decided yet, with the reason."""
    return lambda f: _register(f, source, number, "open", reason=reason)


def lemma(function: Callable | None = None, *, admissible: dict | None = None, points: int = 3):
    """Register a step that a paper does not print: an `Eq` whose two sides are compared numerically."""
    if function is None:
        return functools.partial(lemma, admissible=admissible, points=points)
    place = f"{function.__module__.removeprefix('derivations.')}.{function.__name__}"
    return _register(function, BOOK, place, "lemma", compare=numerically(admissible, points))


def verdict(row: Row) -> Comparison:
    """Compute the verdict of one row; a derivation that fails leaves its row open."""
    try:
        return _VERDICTS[row.kind](row)
    except Exception as error:
        return Comparison(False, "open", f"the derivation fails: {type(error).__name__}: {error}")


def _of_equation(row: Row) -> Comparison:
    printed, derived = row.printed(), row.function()
    found = row.compare(printed, derived)
    if row.correction is None or found.holds:
        return found
    right = row.correction
    corrected = row.compare(right.apply(printed), derived)
    if not corrected.holds:
        return Comparison(False, "open", f"the correction does not lead to the derived form: {corrected.detail}")
    off_derived, off_printed = right.oracle(derived), right.oracle(printed)
    if not off_derived <= right.tolerance < off_printed:
        return Comparison(False, "open", f"the oracle is off by {off_derived:.1e}, printed {off_printed:.1e}")
    return Comparison(
        True,
        "erratum",
        f"{right.text}. {inspect.getdoc(right.oracle).splitlines()[0]} "
        f"Off by {off_printed:.2g} as printed, by less than {right.tolerance:.0e} as derived.",
    )


def _of_text(row: Row) -> Comparison:
    derived = row.function()
    failed = [c.__name__ for c in row.constraints if not c(derived)]
    if failed:
        return Comparison(False, "open", f"the text is not met: {', '.join(failed)}")
    met = " ".join(inspect.getdoc(c).splitlines()[0] for c in row.constraints)
    count = f"{len(row.constraints)} constraint{'s' if len(row.constraints) > 1 else ''}"
    return Comparison(True, "consistent with the text", f"{count}: {met}")


def _of_claim(row: Row) -> Comparison:
    found = row.function()
    if not isfinite(found.value):
        return Comparison(False, "open", f"the number that settles it is {found.value}")
    return Comparison(found.holds, "holds" if found.holds else "does not hold", found.evidence)


def _of_lemma(row: Row) -> Comparison:
    stated = row.function()
    sides = stated if isinstance(stated, Tuple) else Tuple(stated)
    return row.compare(Tuple(*(s.lhs for s in sides)), Tuple(*(s.rhs for s in sides)))


def _of_definition(row: Row) -> Comparison:
    row.function()
    return Comparison(True, "definition", "")


_VERDICTS = {
    "equation": _of_equation,
    "text": _of_text,
    "claim": _of_claim,
    "lemma": _of_lemma,
    "definition": _of_definition,
    "misprint": lambda row: Comparison(True, "misprint", row.reason),
    "open": lambda row: Comparison(False, "open", row.reason),
}


def _import_all() -> None:
    package = importlib.import_module("derivations")
    for module in pkgutil.walk_packages(package.__path__, "derivations."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _order(row: Row):
    digits = "".join(c if c.isdigit() else " " for c in row.number).split()
    plain = row.number[:1].isdigit()
    return (row.source.key == "book", row.source.key, not plain, int(digits[0]) if digits and plain else 0, row.number)


def rows(wanted: str = "") -> tuple[Row, ...]:
    """All rows in the papers' order; `wanted` keeps one source (SLZ25b), part (cotunneling) or row (SLZ25b:19)."""
    _import_all()

    def keep(row: Row) -> bool:
        part = row.function.__module__.split(".")[1]
        return not wanted or wanted in (row.source.key, part, f"{row.source.key}:{row.number}")

    return tuple(sorted(filter(keep, _ROWS.values()), key=_order))


def record(row: Row) -> dict:
    """One row with its computed verdict, as stored in `ledger.json` and shown in the book."""
    found = verdict(row)
    return {
        "source": row.source.key,
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "verdict": found.verdict,
        "detail": found.detail,
        "function": row.function.__name__,
        "module": row.function.__module__,
        "anchor": row.anchor,
    }
