"""The ledger: what a paper prints, what is derived here, and the verdict between the two.

An equation is one function. Its body is the derivation, its decorator says where a paper prints it::

    @equation(PAPER, 19, printed=lambda: Eq(V(tau), ...))
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
from math import isfinite, log

from sympy import Tuple

from rederived.comparison import Comparer, Comparison, exactly, numerically
from rederived.kept import kept, load_or_make
from rederived.place import DERIVATIONS

__all__ = [
    "BOOK",
    "Correction",
    "Finding",
    "InLimit",
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
    "remark",
    "rows",
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
    """What settles a claim: the number, whether the claim holds, and one line that says why."""

    value: float
    holds: bool
    evidence: str


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
    where: str = ""
    ours: str = ""

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
    step = kept(function)
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
    package, *place = function.__module__.split(".")
    return ".".join([*(place if package == DERIVATIONS else [package, *place])[:1], *place[1:][-1:], function.__name__])


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
    slip = f" Of v1 or of our copy: {right.elsewhere} has it right." if right.elsewhere else ""
    return Comparison(
        True,
        "misprint" if right.elsewhere else "erratum",
        f"{right.text}.{slip} {inspect.getdoc(right.oracle).splitlines()[0]} "
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


def _import_all() -> None:
    package = importlib.import_module(DERIVATIONS)
    for module in pkgutil.walk_packages(package.__path__, f"{DERIVATIONS}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _order(row: Row):
    digits = "".join(c if c.isdigit() else " " for c in row.number).split()
    plain = row.number[:1].isdigit()
    return (row.source.key == "book", row.source.key, not plain, int(digits[0]) if digits and plain else 0, row.number)


def rows(wanted: str = "") -> tuple[Row, ...]:
    """All rows in the papers' order; `wanted` keeps one source, part or row (SOURCE:NUMBER)."""
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
        "where": row.where,
        "ours": "" if row.ours == NOTHING else row.ours,
    }
