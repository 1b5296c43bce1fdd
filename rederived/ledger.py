"""The ledger: what a paper prints, what is derived here, and the verdict between the two.

An equation is one function. Its body is the derivation, its decorator says where a paper prints it::

    @equation(PAPER, 19, printed=lambda: Eq(V(tau), ...))
    def interaction() -> Eq: ...

The decorator only registers the function and remembers its result; nothing runs before somebody asks.
Verdicts are computed by `verdict`, never typed. `python -m rederived check` prints them all.
"""

import functools
import importlib
import inspect
import pkgutil
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite, log
from typing import Any

from sympy import Tuple

from rederived.comparison import Comparer, Comparison, exactly, numerically, refuse_twin_letters
from rederived.kept import kept, load_or_make
from rederived.place import HERE, Book

__all__ = [
    "BOOK",
    "Correction",
    "Finding",
    "InLimit",
    "Registry",
    "Row",
    "Source",
    "claim",
    "consistent",
    "definition",
    "equation",
    "lemma",
    "notation",
    "open_question",
    "record",
    "registry_of",
    "remark",
    "rows",
    "traceback_of",
    "verdict",
    "verdict_tone",
]


@dataclass(frozen=True)
class Source:
    """A paper: its key in the book and in `references.bib`, and which text of it was compared."""

    key: str
    name: str
    compared: str = ""


BOOK = Source("book", "lemmas that the derivations rest on, and claims of our own")

NOTHING = "nothing"


@dataclass(frozen=True)
class Finding:
    """What settles a claim: the number, whether the claim holds, and one line that says why.

    `holds` is what a comparison of numbers gives. Raises ValueError if it is no bool, or if the line is missing.
    """

    value: float
    holds: bool
    evidence: str

    def __post_init__(self) -> None:
        """Refuse what only looks like an answer: an array, a sympy relation, None."""
        if not isinstance(self.holds, bool):
            raise ValueError(
                f"Argument `holds` must be True or False, but got {self.holds!r} ({type(self.holds).__name__}): "
                "write bool(...) around a single comparison, or all(...) around several."
            )
        _demand_evidence(self.evidence)


@dataclass(frozen=True)
class InLimit:
    """What settles a statement about a limit: its errors where the parameter is small and smaller.

    parameter: what goes to zero, in words
    points: values of the parameter, falling, at least two
    errors: magnitude of what the statement misses at each of them, relative
    evidence: one line that says how they were found
    """

    parameter: str
    points: tuple[float, ...]
    errors: tuple[float, ...]
    evidence: str

    def __post_init__(self) -> None:
        """Refuse a limit without points to judge it by, or without the line that says how they were found."""
        falling = all(narrow < wide for wide, narrow in zip(self.points, self.points[1:], strict=False))
        if len(self.points) < 2 or not falling or len(self.errors) != len(self.points):
            raise ValueError(
                "Argument `points` must have at least two values that fall, and an error for each, but got "
                f"{self.points} with errors {self.errors}."
            )
        _demand_evidence(self.evidence)

    @property
    def power(self) -> float:
        """The power of the parameter with which the error falls, between the last two points."""
        (wide, narrow), (coarse, fine) = self.points[-2:], self.errors[-2:]
        return log(coarse / fine) / log(wide / narrow)

    @property
    def value(self) -> float:
        """The error at the last point."""
        return self.errors[-1]

    @property
    def holds(self) -> bool:
        """Whether the errors fall at every step, in the end at least as the root of the parameter."""
        pairs = list(zip(self.errors, self.errors[1:], strict=False))
        return all(0 < fine < coarse for coarse, fine in pairs) and self.power > 0.5


def _demand_evidence(evidence: str) -> None:
    if not isinstance(evidence, str) or not evidence.strip():
        raise ValueError(
            f"Argument `evidence` must be a line that says what settles the claim, but got {evidence!r}: put the "
            "numbers into it."
        )


@dataclass(frozen=True)
class Correction:
    """What turns the printed equation into the derived one, and who besides the derivation says so.

    `apply` maps the printed form to the corrected one; `oracle` maps a form to its distance from
    something that shares no code with the derivation; a form within `tolerance` is right.
    A slip that the paper itself has right in another place is a misprint, of the version or of our copy:
    `elsewhere` names that place. Without such a place it is an erratum.
    """

    text: str
    apply: Callable
    oracle: Callable[[object], float]
    tolerance: float
    elsewhere: str = ""


def _nothing() -> None:
    """What a paper prints of a row that is no equation."""


_EXACTLY = exactly()


@dataclass(frozen=True)
class Row:
    """One line of the ledger, and the function that fills it."""

    source: Source
    number: str
    kind: str
    function: Callable
    printed: Callable[[], Any] = _nothing
    compare: Comparer = _EXACTLY
    correction: Correction | None = None
    constraints: tuple[Callable, ...] = ()
    reason: str = ""
    where: str = ""
    ours: str = ""

    @property
    def title(self) -> str:
        """The first sentence of the function's docstring."""
        return _said(self.function).split("\n\n")[0].replace("\n", " ")

    @property
    def part(self) -> str:
        """The part of the book that derives it: the package, or the module, below that of all derivations."""
        return [*self.function.__module__.split("."), ""][1]

    @property
    def anchor(self) -> str:
        """The HTML id under which the book shows this row."""
        words = "".join(c if c.isalnum() else " " for c in f"{self.source.key} {self.number}".lower())
        return "-".join(words.split())


@dataclass(frozen=True)
class Registry:
    """The rows of one book, by source and number; those of another book may have the same."""

    package: str
    _rows: dict[tuple[str, str], Row] = field(default_factory=dict, repr=False)

    def add(self, row: Row) -> None:
        """Add a row; raises ValueError if another function derives its number already."""
        function, known = row.function, self._rows.get((row.source.key, row.number))
        if known and (known.function.__module__, known.function.__name__) != (function.__module__, function.__name__):
            raise ValueError(f"{row.source.key}:{row.number} is already derived by {known.function.__qualname__}")
        self._rows[row.source.key, row.number] = row

    def rows(self) -> tuple[Row, ...]:
        """Return what has been registered so far, in the papers' order."""
        return tuple(sorted(self._rows.values(), key=_order))


@functools.cache
def registry_of(package: str) -> Registry:
    """Return the rows of the book whose derivations are this package: a row is where its function is."""
    return Registry(package)


def _register(function: Callable, source: Source, number: str | int, kind: str, **fields) -> Callable:
    step: Any = kept(function)
    row = Row(source, str(number), kind, step, **fields)
    for told in (function, *row.constraints):
        _said(told)
    registry_of(function.__module__.partition(".")[0]).add(row)
    step.row = row
    return step


def _said(function: Callable) -> str:
    """What a function says of itself; raises ValueError if it says nothing."""
    said = inspect.getdoc(function) or ""
    if not said.strip():
        raise ValueError(
            f"Function {function.__module__}.{function.__qualname__} must have a docstring: its first sentence is "
            "what the ledger says of it."
        )
    return said


def equation(source, number, *, printed, compare: Comparer | None = None, correction: Correction | None = None):
    """Register a derivation of a printed equation; `printed()` is the paper's formula, transcribed once."""
    compare = compare or exactly()
    return lambda f: _register(
        f, source, number, "equation", printed=printed, compare=compare, correction=correction
    )


def consistent(source, number, *constraints: Callable, ours: str = ""):
    """Register a derivation whose printed form is lost: each constraint tests what the prose says of it.

    ours: which of the constraints the prose does not state, or states without a number that the row has
    """
    if not constraints:
        raise ValueError("Argument `constraints` must have at least one test, but is empty.")
    return lambda f: _register(f, source, number, "text", constraints=constraints, ours=ours)


def definition(source, number):
    """Register an equation that only names something."""
    return lambda f: _register(f, source, number, "definition")


def claim(source, number, *, where: str = "", ours: str = ""):
    """Register a statement of the prose; the function returns the `Finding` or `InLimit` that settles it.

    The first sentence of its docstring says, in our words, what the paper's sentence says in its most
    charitable reading. A claim about a paper has to say both of these; a claim of the book neither.

    where: the place of the sentence: section, and where in it
    ours: what in the row is not the paper's: a number lost in our copy, a threshold, the choice of a reading;
        or "nothing"
    """
    for name, value in (("where", where), ("ours", ours)):
        if (source == BOOK) == bool(value):
            must = "be empty for a claim of the book" if value else "be given for a claim of a paper"
            raise ValueError(f"Argument `{name}` must {must}, but is {value!r} for {source.key}:{number}.")
    return lambda f: _register(f, source, number, "claim", where=where, ours=ours)


def remark(source, number, *, where: str, reason: str):
    """Register a sentence that is not judged: a "perhaps", or what announces a section that we have not read.

    The function returns the `Finding` with the numbers that a reader may want beside it.

    where: the place of the sentence: section, and where in it
    reason: why it is not judged
    """
    return lambda f: _register(f, source, number, "remark", where=where, reason=reason)


def notation(source, number, printed: str, meant: str, elsewhere: str):
    """Register a letter that stands for something else than in the rest of the paper; the function shows which.

    elsewhere: where the paper uses the letter in the same sense, or writes it out
    """
    reason = f"{printed} stands for {meant} here, as in {elsewhere}"
    return lambda f: _register(f, source, number, "notation", reason=reason)


def open_question(source, number, reason: str, *, where: str = ""):
    """Register what cannot be decided yet, with the reason."""
    return lambda f: _register(f, source, number, "open", reason=reason, where=where)


def lemma(function: Callable | None = None, *, admissible: dict | None = None, points: int = 3):
    """Register a step that a paper does not print: an `Eq` whose two sides are compared numerically."""
    if function is None:
        return functools.partial(lemma, admissible=admissible, points=points)
    return _register(function, BOOK, _place(function), "lemma", compare=numerically(admissible, points))


def _place(function: Callable) -> str:
    """Part, module and name: a lemma keeps its number when its module moves to another room."""
    place = function.__module__.split(".")[1:]
    return ".".join([*place[:1], *place[1:][-1:], function.__name__])


def verdict_tone(word: str) -> str:
    """Return the word that the style sheets know for a verdict: a color.

    >>> verdict_tone("agrees asymptotically"), verdict_tone("does not hold")
    ('agrees', 'erratum')
    """
    return {"does not hold": "erratum", "not judged": "remark"}.get(word, word.split()[0])


def verdict(row: Row) -> Comparison:
    """Compute the verdict of one row, or find it kept; a derivation that fails leaves its row open, and is not kept."""
    name = f"verdict of {row.source.key}:{row.number}"
    try:
        return load_or_make(name, lambda: _VERDICTS[row.kind](row), module=row.function.__module__)
    except Exception as error:
        return Comparison(False, "open", f"the derivation fails: {type(error).__name__}: {error}")


def traceback_of(row: Row) -> str:
    """Return where the derivation or the comparison of a row fails, as Python prints it; empty if it does not."""
    try:
        _VERDICTS[row.kind](row)
    except Exception:
        return traceback.format_exc()
    return ""


def _of_equation(row: Row) -> Comparison:
    printed, derived = row.printed(), row.function()
    refuse_twin_letters(printed, derived)
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
    slip = f" Of v1 or of our copy: {right.elsewhere} has it right." if right.elsewhere else ""
    return Comparison(
        True,
        "misprint" if right.elsewhere else "erratum",
        f"{right.text}.{slip} {_said(right.oracle).splitlines()[0]} "
        f"Off by {off_printed:.2g} as printed, by less than {right.tolerance:.0e} as derived.",
    )


def _of_text(row: Row) -> Comparison:
    derived = row.function()
    failed = [c.__name__ for c in row.constraints if not c(derived)]
    if failed:
        return Comparison(False, "open", f"the text is not met: {', '.join(failed)}")
    met = " ".join(_said(c).splitlines()[0] for c in row.constraints)
    count = f"{len(row.constraints)} constraint{'s' if len(row.constraints) > 1 else ''}"
    return Comparison(True, "consistent with the text", f"{count}: {met}")


def _of_claim(row: Row) -> Comparison:
    found = row.function()
    if not isfinite(found.value):  # an `InLimit` has its last error as value
        return Comparison(False, "open", f"the number that settles it is {found.value}")
    if isinstance(found, InLimit):
        if not found.holds:
            stays = f"The error does not vanish with {found.parameter}."
            return Comparison(False, "does not hold", f"{found.evidence} {stays}")
        listed = ", ".join(f"{100 * e:.2g}% at {p:.3g}" for p, e in zip(found.points, found.errors, strict=True))
        rate = f"The error is {listed} = {found.parameter}: it falls as the power {found.power:.1f}."
        return Comparison(True, "holds in its limit", f"{found.evidence} {rate}")
    return Comparison(found.holds, "holds" if found.holds else "does not hold", found.evidence)


def _of_remark(row: Row) -> Comparison:
    return Comparison(True, "not judged", f"{row.reason} {row.function().evidence}")


def _of_lemma(row: Row) -> Comparison:
    stated = row.function()
    sides = stated if isinstance(stated, Tuple) else Tuple(stated)
    refuse_twin_letters(*sides)
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
    "remark": _of_remark,
    "notation": lambda row: Comparison(True, "notation", row.reason),
    "open": lambda row: Comparison(False, "open", row.reason),
}


def _import_all(book: Book) -> None:
    for module in pkgutil.walk_packages(book.package().__path__, f"{book.derivations}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _order(row: Row):
    digits = "".join(c if c.isdigit() else " " for c in row.number).split()
    plain = row.number[:1].isdigit()
    return (row.source.key == "book", row.source.key, not plain, int(digits[0]) if digits and plain else 0, row.number)


def rows(wanted: str = "", *, book: Book = HERE) -> tuple[Row, ...]:
    """Return all rows of a book in the papers' order; `wanted` keeps one source, part or row (SOURCE:NUMBER)."""
    _import_all(book)

    def keep(row: Row) -> bool:
        return not wanted or wanted in (row.source.key, row.part, f"{row.source.key}:{row.number}")

    return tuple(filter(keep, registry_of(book.derivations).rows()))


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
        "where": row.where,
        "ours": "" if row.ours == NOTHING else row.ours,
    }
