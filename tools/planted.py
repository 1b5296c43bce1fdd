"""Errors to plant: those of a list kept by hand, and those that a seed makes of the source.

An error of the list, `tests/planted.toml`, is a text that occurs once in its file, what stands in its place, and what
that breaks; or a number of a stored array, at a place in the array, and the factor that spoils it.
"""

import ast
import importlib
import io
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rederived.figures.stored import digest

__all__ = ["Planted", "listed", "made", "spoiled"]

KEYS = {frozenset({"file", "old", "new", "breaks"}), frozenset({"file", "array", "at", "factor", "breaks"})}
SWAPPED = {"sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh", "min": "max", "max": "min"}
COMPARED = {ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">")}
# A wrong argument to these could harm the machine rather than the book.
SPARED = {"os", "shutil", "signal", "subprocess", "socket", "selectors", "tempfile", "ctypes", "sys"}


@dataclass(frozen=True)
class Planted:
    """One error: the file, what it is called, and what the file contains with it."""

    file: str
    breaks: str
    content: bytes
    line: int = 0


def listed(root: Path, place: str = "tests/planted.toml") -> list[Planted]:
    """Return the errors kept by hand in a file below `root`.

    Raises ValueError, which names the entry, if its text does not occur exactly once or changes nothing.
    """
    entries = tomllib.loads((root / place).read_text(encoding="utf-8"))["error"]
    return [_of_list(root, number, entry) for number, entry in enumerate(entries, 1)]


def _of_list(root: Path, number: int, entry: dict) -> Planted:
    name = f"Error {number} of the list, {entry.get('file', 'of no file')},"
    if frozenset(entry) not in KEYS:
        raise ValueError(f"{name} must have the keys of one of its two kinds, but has {sorted(entry)}.")
    file = root / entry["file"]
    if not file.is_file():
        raise ValueError(f"{name} is of a file that is not there: say where it is, or plant another.")
    if "array" in entry:
        content = spoiled(file.read_bytes(), entry["array"], entry["at"], entry["factor"])
        return Planted(entry["file"], entry["breaks"], content)
    text = file.read_text(encoding="utf-8")
    if (found := text.count(entry["old"])) != 1 or entry["old"] == entry["new"]:
        raise ValueError(f"{name} must change a text that occurs once, but {entry['old']!r} occurs {found} times.")
    line = text[: text.index(entry["old"])].count("\n") + 1
    return Planted(entry["file"], entry["breaks"], text.replace(entry["old"], entry["new"]).encode(), line)


def spoiled(stored: bytes, array: str, at: int, factor: float) -> bytes:
    """Return a stored figure with one number multiplied by a factor, and the digest that belongs to it.

    >>> packed = io.BytesIO()
    >>> np.savez(packed, digest="", charge=np.array([2.0, 3.0]))
    >>> np.load(io.BytesIO(spoiled(packed.getvalue(), "charge", 1, 1.5)))["charge"].tolist()
    [2.0, 4.5]
    """
    with np.load(io.BytesIO(stored), allow_pickle=False) as file:
        found = {name: file[name] for name in file.files if name != "digest"}
    flat = found[array].reshape(-1)
    if not flat[at] or factor == 1:
        raise ValueError(f"Argument `at` must be where {array} is not zero, but {array}[{at}] is {flat[at]}.")
    flat[at] *= factor
    packed = io.BytesIO()
    np.savez_compressed(packed, digest=digest(found), **found)
    return packed.getvalue()


def made(file: str, source: bytes, seed: int) -> Iterator[Planted]:
    """Yield all errors that can be made of one file: its kinds take turns, a seed chooses among those of a kind.

    >>> source = b"def f(x, y):\\n    return x[0] - 2 * g(x, y)\\n"
    >>> sorted(error.breaks for error in made("f.py", source, 1))  # doctest: +NORMALIZE_WHITESPACE
    ['f, line 2: `-` becomes `+`', 'f, line 2: `2 * g(x, y)` loses a factor and is `2`',
     'f, line 2: `2 * g(x, y)` loses a factor and is `g(x, y)`', 'f, line 2: `2` becomes `3`',
     'f, line 2: `g(x, y)` becomes `g(y, x)`', 'f, line 2: index `0` becomes `1`']
    """
    if file.endswith(".npz"):
        yield from _of_points(file, source, seed)
        return
    chosen = random.Random(f"{seed} {file}")
    kinds: dict[str, list] = {}
    for kind, start, end, new, says, line in _Places(source).found:
        kinds.setdefault(kind, []).append((start, end, new, says, line))
    for edits in kinds.values():
        chosen.shuffle(edits)
    while kinds:
        for kind in chosen.sample(sorted(kinds), len(kinds)):
            start, end, new, says, line = kinds[kind].pop()
            content = source[:start] + new + source[end:]
            if _is_python(content):
                yield Planted(file, says, content, line)
            if not kinds[kind]:
                del kinds[kind]


def _of_points(file: str, source: bytes, seed: int) -> Iterator[Planted]:
    """Numbers that a figure has stored: each is wrong by a third."""
    chosen = random.Random(f"{seed} {file}")
    arguments = importlib.import_module(file.removesuffix(".npz").replace("/", ".")).POINTS
    with np.load(io.BytesIO(source), allow_pickle=False) as stored:
        values = [name for name in stored.files if name not in ("digest", *arguments)]
        places = [(name, at) for name in values for at in np.flatnonzero(stored[name])]
    for name, at in chosen.sample(places, len(places)):
        yield Planted(file, f"{name}[{at}] is wrong by a third", spoiled(source, name, int(at), 4 / 3))


class _Places(ast.NodeVisitor):
    """Every place of a source where an error can stand."""

    def __init__(self, source: bytes):
        self.source, self.found, self.inside = source, [], []
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.visit(ast.parse(source))

    def span(self, node: ast.AST) -> tuple[int, int]:
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.AST) -> bytes:
        start, end = self.span(node)
        return self.source[start:end]

    def note(self, kind: str, node: ast.AST, start: int, end: int, new: bytes, says: str = "") -> None:
        old = self.source[start:end].decode()
        if new.decode() != old:
            where = ".".join(self.inside) or "the module"
            says = says or f"`{old}` becomes `{new.decode()}`"
            self.found.append((kind, start, end, new, f"{where}, line {node.lineno}: {says}", node.lineno))

    def _within(self, node) -> None:
        self.inside.append(node.name)
        for child in (*node.decorator_list, *([node.args] if hasattr(node, "args") else []), *node.body):
            self.visit(child)
        self.inside.pop()

    visit_FunctionDef = visit_ClassDef = _within

    def visit_JoinedStr(self, node) -> None:
        """Messages are no numbers."""

    visit_Assert = visit_Raise = visit_Import = visit_ImportFrom = visit_JoinedStr

    def visit_arguments(self, node) -> None:
        for default in (*node.defaults, *filter(None, node.kw_defaults)):
            self.visit(default)

    def visit_AnnAssign(self, node) -> None:
        if node.value:
            self.visit(node.value)

    def visit_UnaryOp(self, node) -> None:
        if isinstance(node.op, ast.USub):
            start, end = self.span(node)
            self.note("sign", node, start, end, self.text(node.operand), f"`{self.text(node).decode()}` loses its sign")
            self.generic_visit(node)
        elif isinstance(node.op, ast.Not):
            self.generic_visit(node)

    def visit_BinOp(self, node) -> None:
        self.generic_visit(node)
        start, end = self.span(node.left)[1], self.span(node.right)[0]
        between = self.source[start:end]
        swapped = {ast.Add: (b"+", b"-"), ast.Sub: (b"-", b"+")}.get(type(node.op))
        strings = any(isinstance(side, (ast.Constant, ast.JoinedStr)) and isinstance(getattr(side, "value", ""), str)
                      for side in (node.left, node.right))
        if swapped and not strings and between.count(swapped[0]) == 1 and b"#" not in between:
            at = start + between.index(swapped[0])
            self.note("plus", node, at, at + 1, swapped[1])
        if isinstance(node.op, ast.Mult) and not isinstance(node.left, (ast.List, ast.Tuple)):
            for side in (node.left, node.right):
                left = self.text(side)
                one = f"`{self.text(node).decode()}` loses a factor and is `{left.decode()}`"
                self.note("factor", node, *self.span(node), left if left[:1].isalnum() else b"(" + left + b")", one)

    def visit_Compare(self, node) -> None:
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        for before, operator, after in zip(sides, node.ops, node.comparators, strict=False):
            if type(operator) in COMPARED:
                old, new = (one.encode() for one in COMPARED[type(operator)])
                start, end = self.span(before)[1], self.span(after)[0]
                at = start + self.source[start:end].index(old)
                self.note("bound", node, at, at + len(old), new)

    def visit_Call(self, node) -> None:
        names = {one.id for one in ast.walk(node.func) if isinstance(one, ast.Name)}
        if names & SPARED:
            return
        self.generic_visit(node)
        start, end = self.span(node.func)
        if isinstance(node.func, (ast.Name, ast.Attribute)):
            last = getattr(node.func, "attr", None) or node.func.id
            if last in SWAPPED:
                self.note("function", node, end - len(last), end, SWAPPED[last].encode())
        given = [one for one in node.args if not isinstance(one, ast.Starred)]
        if len(given) == len(node.args) > 1 and self.text(given[0]) != self.text(given[1]):
            (first, to), (second, last) = self.span(given[0]), self.span(given[1])
            new = self.source[second:last] + self.source[to:second] + self.source[first:to]
            call = self.source[start:end] + b"(" + new + (b", ..." if len(given) > 2 else b"") + b")"
            says = f"`{self.text(node).decode()}` becomes `{call.decode()}`"
            self.note("arguments", node, first, last, new, says)

    def visit_Subscript(self, node) -> None:
        self.visit(node.value)
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
            start, end = self.span(node.slice)
            new = str(1 - node.slice.value if node.slice.value in (0, 1) else node.slice.value - 1)
            says = f"index `{self.text(node.slice).decode()}` becomes `{new}`"
            self.note("index", node, start, end, new.encode(), says)
        elif not isinstance(node.slice, ast.Constant):
            self.visit(node.slice)

    def visit_Constant(self, node) -> None:
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            return
        new = str(node.value + 1) if isinstance(node.value, int) else repr(node.value * 1.25 or 0.25)
        self.note("number", node, *self.span(node), new.encode())


def _is_python(source: bytes) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
