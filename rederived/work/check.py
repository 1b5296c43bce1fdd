"""Check what a change concerns, nearest first and within half a minute; say what is left to `make test`.

`python -m rederived.work.check [--since REVISION] [--seconds N]`

A change in a module concerns every module that imports it, directly or through others: their rows of the ledger, the
tests that import it, and the chapters that show it. What stands closer to the change runs first. A change in a file
that is no module concerns the modules and the tests that name it.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rederived.kept import imports_of, modules_behind
from rederived.ledger import Row, rows
from rederived.place import HERE
from rederived.work.notebooks import ROOT, chapters, read_source, target

__all__ = ["Concern", "changed_files", "concern", "main"]

SECONDS = 30.0


@dataclass
class Concern:
    """What a change concerns, as pytest names it: what is nearest, and what stands behind it."""

    near: list[str] = field(default_factory=list)
    far: list[str] = field(default_factory=list)


def changed_files(since: str = "HEAD") -> list[str]:
    """Return the files that differ from a revision, those that git does not know yet included."""

    def asked(*command: str) -> list[str]:
        done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise ValueError(f"Argument `since` must be a revision that git knows, but got {since!r}.")
        return done.stdout.splitlines()

    return sorted({*asked("diff", "--name-only", since), *asked("ls-files", "--others", "--exclude-standard")})


def _module(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def concern(files: Iterable[str]) -> Concern:
    """Find the rows, tests and chapters that rest on these files of the repository."""
    files = list(files)
    sources = [f for f in files if f.endswith(".py") and not f.startswith("tests/") and (ROOT / f).is_file()]
    modules = {_module(f) for f in files if f.endswith(".py") and not f.startswith("tests/")}
    modules |= {module for f in files for module in _modules_that_read(f)}
    draws = any(re.fullmatch(r"figures\.\w+\.\w+", module) for module in modules)
    walked = {"rederived.figures.registry"} if draws else set()
    found = Concern()
    touched = [row for row in rows() if modules & modules_behind(row.function.__module__)]
    # What rests on many modules, or is a sentence rather than a numbered equation, takes longer to say the same.
    touched.sort(key=lambda row: (row.function.__module__ not in modules, not row.number.isdigit(), _distance(row)))
    for row in touched:
        near = found.near if row.function.__module__ in modules else found.far
        near.append(f"{_ROWS}[{row.source.key}:{row.number}]")
    found.near += [f for f in sources if ">>>" in (ROOT / f).read_text(encoding="utf-8")]
    for name, imported in sorted(_tests().items(), key=lambda test: (not modules & _written(test[0]), len(test[1]))):
        if name in files or (modules | walked) & imported or any(_names(name, f) for f in files):
            found.near.append(name)
        elif any(modules & modules_behind(module) for module in imported):
            found.far.append(name)
    for (notebook, source), shown in _chapters().items():
        if {notebook, source} & set(files) or modules & shown:
            found.near.append(notebook)
        elif any(modules & modules_behind(module) for module in shown):
            found.far.append(notebook)
    return found


def _distance(row: Row) -> int:
    return len(modules_behind(row.function.__module__))


_ROWS = "tests/rederived/test_ledger.py::test_verdict_is_the_recorded_one"


def _modules_that_read(file: str) -> set[str]:
    """The modules that name a file which is none of them; a stored array is read by the module beside it."""
    if file.endswith(".npz"):
        return {_module(file.replace(".npz", ".py"))}
    paths = (path for name in HERE.packages for path in sorted((ROOT / name).rglob("*.py")))
    modules = (path.relative_to(ROOT).as_posix() for path in paths)
    return set() if file.endswith(".py") else {_module(module) for module in modules if _names(module, file)}


def _names(source: str, file: str) -> bool:
    """Whether a source names a file, or all files of its kind if it is no source itself."""
    path, beside = Path(file), (ROOT / source).with_name("conftest.py")
    if path.suffix == ".py":
        return False
    text = "".join(one.read_text(encoding="utf-8") for one in (ROOT / source, beside) if one.is_file())
    kind = rf"|\*{re.escape(path.suffix)}" if path.suffix not in ("", ".md") else ""
    return re.search(rf"""["'/]{re.escape(path.name)}["']|["'](?:(?!){kind})["']""", text) is not None


@cache
def _tests() -> dict[str, set[str]]:
    """The modules that each file of tests imports."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return {file.relative_to(ROOT).as_posix(): _named(file.read_bytes()) for file in files}


@cache
def _written(test: str) -> frozenset[str]:
    """The modules that a file of tests imports by their own names: it is about these, and not about a package."""
    return imports_of((ROOT / test).read_bytes())


@cache
def _chapters() -> dict[tuple[str, str], set[str]]:
    """The modules that each chapter shows, by its notebook and its text."""
    named = {(target(source), source): _shown(source) for source in chapters()}
    return {(_place(book), _place(text)): shown for (book, text), shown in named.items()}


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _shown(source: Path) -> set[str]:
    """The modules that a chapter imports, and those of the figures that it draws."""
    places = {path.stem: path.relative_to(ROOT).as_posix() for path in (ROOT / "figures").glob("*/*.py")}
    code = "\n".join(cell.source for cell in read_source(source).cells if cell.cell_type == "code")
    drawn = {_module(places[name]) for name in re.findall(r'draw\("(\w+)"', code) if name in places}
    return _named(code) | drawn


def _named(code: str | bytes) -> set[str]:
    """The modules that a source imports; for what it takes from a package, those that the package takes it from."""
    found = set(imports_of(code))
    packages = {name for name in found if (ROOT / name.replace(".", "/")).is_dir()}
    return found.union(*(_of_package(name) for name in packages))


def _of_package(name: str) -> frozenset[str]:
    """Return the modules that a package's own file imports."""
    return imports_of((ROOT / name.replace(".", "/") / "__init__.py").read_bytes(), name)


def main(arguments: list[str] | None = None) -> int:
    """Run what the change concerns until the time is over; return 1 if something fails."""
    parser = argparse.ArgumentParser(prog="python -m rederived.work.check", description=__doc__.splitlines()[0])
    parser.add_argument("--since", default="HEAD", help="a revision: all that has changed since then")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long it may take")
    options = parser.parse_args(arguments)
    until = time.time() + options.seconds
    try:
        files = changed_files(options.since)
    except ValueError as error:
        parser.error(str(error))
    if not files:
        print("Nothing has changed. `--since HEAD~1` looks at the last commit.")
        return 0
    lint = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "."], cwd=ROOT).returncode
    wanted = concern(files)
    code = _run(wanted.near, until) if wanted.near else 0
    rest = f" and {len(wanted.far)} rows, tests and chapters that rest on it at a distance" if wanted.far else ""
    print(f"\nChecked what {len(files)} changed files concern. Left to `make test`: what is skipped above{rest},")
    print("the pages in a browser, the fresh clone, and all that this change does not touch.")
    return int(bool(lint or code))


def _run(names: list[str], until: float) -> int:
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-rs", "--numprocesses", "2", "--dist", "loadfile"]
    done = subprocess.run([*command, *names], cwd=ROOT, env=os.environ | {"BOOK_CHECK_UNTIL": f"{until}"})
    return 0 if done.returncode == 5 else done.returncode  # no test collected: a chapter without code, say


if __name__ == "__main__":
    sys.exit(main())
