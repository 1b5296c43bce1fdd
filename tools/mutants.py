"""Plant errors, one at a time, and see which check notices each.

`python -m tools.mutants [--numbers 1-9,12] [--sample N] [--seed S] [--module NAME] [--seconds T]`

Without `--sample` the errors are those of `tests/planted.toml`, each of which has to be seen; with it, N errors that a
seed makes of the modules and stored arrays, spread over all of them or over those whose path contains NAME.
An error stands in a copy of the checkout, whose packages are imported in the place of ours. What concerns the changed
file runs there, as `rederived.work.check` orders it, until something fails; and what has failed has to pass without
the error.
What no check sees is asked for its values: where a survivor gives the values of the source as it was, at the
arguments that the tests give its function and at others near them, it changes nothing that can be observed there.
"""

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rederived.place import HERE
from rederived.work.check import changed_files, concern
from tools.calls import differences
from tools.planted import Planted, listed, made
from tools.prepared import Server, serving

__all__ = ["Copy", "Judged", "copy_of", "judge", "main", "sample"]

CHECKOUT, PACKAGES = HERE.folder, HERE.packages

SECONDS = 600.0
CLOSE = 3  # so many of the nearest tests run at once with the rows
LIST = "tests/test_planted.py"  # it asks for the texts that an error replaces, and so would see each
LEDGER = "tests/rederived/test_ledger.py"
ROWS = f"{LEDGER}::test_verdict_is_the_recorded_one"


@dataclass(frozen=True)
class Judged:
    """What became of one error: what saw it, nothing if no check did; processor time until then; what else is known."""

    error: Planted
    seen_by: str
    seconds: float
    remark: str = ""

    @property
    def word(self) -> str:
        """What became of it, in a word."""
        return "seen" if self.seen_by else "equivalent" if "equal values" in self.remark else "SURVIVED"

    def __str__(self) -> str:
        place = self.error.file + (f":{self.error.line}" if self.error.line else "")
        by = f" by {self.seen_by}" if self.seen_by else ""
        rest = f" ({self.remark})" if self.remark else ""
        return f"{self.word}{by} in {self.seconds:.0f} s: {place}: {self.error.breaks}{rest}"


@dataclass
class Copy:
    """A copy of the checkout in which errors are planted.

    root: the folder
    kept: what is derived there without an error (see `rederived.kept`)
    server: runs modules there
    passes: the checks that are known to pass without an error
    """

    root: Path
    kept: Path
    server: Server | None = None
    passes: set[str] = field(default_factory=set)
    planted: int = 0

    def environment(self, kept: Path | None = None) -> dict[str, str]:
        """The variables with which a process imports the packages of the copy."""
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        own = {"PYTHONPATH": str(self.root), "DERIVATIONS_KEPT": str(kept or self.kept)}
        return os.environ | threads | own

    def run(self, arguments: list[str], *, seconds: float, kept: Path | None = None, **more) -> tuple[int | None, str]:
        """Run a module in the copy; return its exit code, nothing if the time was over, and what it said."""
        return self.server.run(arguments, self.environment(kept) | more, seconds=seconds)

    @contextlib.contextmanager
    def with_error(self, error: Planted) -> Iterator[Path]:
        """Plant an error; yield a folder for what is derived with it, which begins with what is kept without."""
        file = self.root / error.file
        content, times = file.read_bytes(), file.stat()
        self.planted += 1
        kept = self.root.with_name(f"kept-{self.planted}")
        shutil.copytree(self.kept, kept, copy_function=os.link)
        try:
            file.write_bytes(error.content)
            # Byte code is that of a source's time and size: each error has a time of its own, long past.
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns - self.planted * 10**9))
            yield kept
        finally:
            file.write_bytes(content)
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
            shutil.rmtree(kept)


@contextlib.contextmanager
def copy_of(checkout: Path = CHECKOUT) -> Iterator[Copy]:
    """Copy a checkout with all that is not committed yet; raises RuntimeError if other sources than the copy's run."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        root, kept = Path(folder, "copy"), Path(folder, "kept")
        subprocess.run(["git", "clone", "--quiet", "--shared", str(checkout), str(root)], check=True)
        for name in changed_files():
            (root / name).unlink(missing_ok=True)
            if (checkout / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(checkout / name, root / name)
        for name in ("node_modules", "_build/html"):
            if (checkout / name).is_dir():
                shutil.copytree(checkout / name, root / name, symlinks=True)
        known = checkout / "_build" / "kept"
        shutil.copytree(known, kept) if known.is_dir() else kept.mkdir()
        copy = Copy(root, kept)
        with serving(root, Path(folder, "said"), copy.environment()) as copy.server:
            _require_its_own_sources(copy)
            yield copy


def _require_its_own_sources(copy: Copy) -> None:
    """Both for the tests and for the kernels of chapters, which start in the folder of their notebook."""
    asks = f"import {', '.join(PACKAGES)}; print(*({', '.join(f'{name}.__file__' for name in PACKAGES)},), sep='\\n')"
    options = {"env": copy.environment(), "capture_output": True, "text": True}
    kernel = subprocess.run([sys.executable, "-c", asks], cwd=copy.root / "book", **options).stdout
    _, tests = copy.run(["timeit", "-n", "1", "-r", "1", asks], seconds=600)
    for said in (kernel, tests):
        if [Path(line).parents[1] for line in said.splitlines()[: len(PACKAGES)]] != [copy.root] * len(PACKAGES):
            raise RuntimeError(f"the packages of the copy are not those that run: {said}")


def judge(copy: Copy, error: Planted, *, seconds: float = SECONDS) -> Judged:
    """Plant an error and run what concerns it, nearest first, until something fails or the time is over."""
    started, spent, over = time.monotonic(), copy.server.spent, False
    with copy.with_error(error) as kept:
        for checks in _stages(error.file):
            left = started + seconds - time.monotonic()
            code, said = copy.run(_pytest(checks), seconds=max(left, 1), kept=kept)
            took = copy.server.spent - spent
            if code is None:
                over = True
                break
            if code not in (0, 5):  # 5: no test was collected
                break
    if not over and code not in (0, 5):
        failed = _failed(said)
        if wrong := _without(copy, failed, checks):
            return Judged(error, "", took, wrong)
        return Judged(error, failed or "the collection of tests: " + said.strip().splitlines()[-1][:90], took)
    remark = f"not all that concerns it was run in {seconds:.0f} s" if over else ""
    if error.file.endswith(".py"):
        tests = [name for checks in _stages(error.file) for name in checks if not name.endswith(".ipynb")]
        remark = "; ".join(filter(None, [remark, differences(copy, error, tests[:12])]))
    return Judged(error, "", took, remark)


def _pytest(checks: list[str]) -> list[str]:
    command = ["pytest", "--nbval", "-q", "-x", "-rfE", "--tb=no", "-p", "no:cacheprovider"]
    rows_by_themselves = ["--deselect", ROWS] if not any(check.startswith(ROWS) for check in checks) else []
    return [*command, *rows_by_themselves, *checks]


def _failed(said: str) -> str:
    """The name of what has failed first, as pytest gives it."""
    found = re.search(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", said, re.MULTILINE)
    return found[1].strip() if found else ""


def _without(copy: Copy, failed: str, checks: list[str]) -> str:
    """Say what is wrong if a check fails without the error, too: then it has not seen it."""
    check = failed.partition("::Cell")[0]
    asked = [check] if check else checks
    if check in copy.passes:
        return ""
    code, said = copy.run(_pytest(asked), seconds=600)
    if code != 0:
        return f"{failed or 'the collection of tests'} fails without the error, too: {said.strip()[-200:]}"
    copy.passes.add(check)
    return ""


@cache
def _stages(file: str) -> list[list[str]]:
    """What concerns a file, in runs one after the other: rows and tests, then chapters, near before far."""
    found, stages = concern([file]), []
    for names in (found.near, found.far):
        rows = [name for name in names if "::" in name]
        numbered = [name for name in rows if re.search(r":\d+\]$", name)]  # sentences take longer than equations
        tests = [name for name in names if name not in rows and name.endswith(".py") and name != LIST]
        heavy = [name for name in tests if _is_heavy(name)]
        light = [name for name in tests if name not in (*heavy, LEDGER)]
        chapters = [name for name in names if name.endswith(".ipynb")]
        about = _about(Path(file).stem, tuple(light)) if file.startswith("figures/") else []
        ledger = [[LEDGER], [ROWS]] if LEDGER in tests else []
        sentences = [name for name in rows if name not in numbered]
        stages += [numbered + about + light[:CLOSE], *ledger, sentences + light[CLOSE:], chapters, heavy]
    return [checks for checks in stages if checks]


def _is_heavy(test: str) -> bool:
    """Whether a test builds the book or a checkout: these share a worker, and come last."""
    return test.startswith("tests/") and "xdist_group" in (CHECKOUT / test).read_text(encoding="utf-8")


@cache
def _about(name: str, tests: tuple[str, ...]) -> list[str]:
    """The tests that are given a figure by its name."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if line.endswith(f"[{name}]")]


def sample(number: int, *, seed: int = 0, module: str = "") -> list[Planted]:
    """Make a number of errors, spread over the modules and stored arrays whose path contains `module`.

    Raises ValueError if none does.
    """
    files = sorted(path for name in PACKAGES for path in (CHECKOUT / name).rglob("*") if path.suffix in (".py", ".npz"))
    files = [path for path in files if module in path.relative_to(CHECKOUT).as_posix()]
    if not files:
        raise ValueError(f"Argument `module` must be part of the path of a module, but got {module!r}.")
    random.Random(seed).shuffle(files)
    waiting = [made(path.relative_to(CHECKOUT).as_posix(), path.read_bytes(), seed) for path in files]
    found: list[Planted] = []
    while waiting and len(found) < number:
        for one in list(waiting):
            error = next(one, None)
            if error is None:
                waiting.remove(one)
            else:
                found.append(error)
    return found[:number]


def _numbers(text: str) -> set[int]:
    ends = [[int(end) for end in part.split("-")] for part in text.split(",")]
    return {number for first, *last in ends for number in range(first, (last or [first])[0] + 1)}


def main(arguments: list[str] | None = None) -> int:
    """Plant the errors and print what became of each; return 1 if one of the list was not seen."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--numbers", type=_numbers, help="of the list: 1-9,12")
    parser.add_argument("--sample", type=int, default=0, help="how many errors to make, instead of those of the list")
    parser.add_argument("--seed", type=int, default=0, help="another one makes other errors")
    parser.add_argument("--module", default="", help="only files whose path contains this")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for the checks of one error, by the clock")
    options = parser.parse_args(arguments)
    try:
        if options.sample:
            errors = sample(options.sample, seed=options.seed, module=options.module)
        else:
            errors = [one for number, one in enumerate(listed(CHECKOUT), 1) if number in (options.numbers or {number})]
            errors = [one for one in errors if options.module in one.file]
    except ValueError as error:
        parser.error(str(error))
    judged: list[Judged] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the copy is taken away
    with copy_of() as copy:
        for error in errors:
            judged.append(judge(copy, error, seconds=options.seconds))
            print(judged[-1], flush=True)
    counts = {word: sum(one.word == word for one in judged) for word in ("seen", "equivalent", "SURVIVED")}
    print(f"{len(judged)} errors: " + ", ".join(f"{number} {word}" for word, number in counts.items() if number))
    return int(not options.sample and counts["seen"] < len(judged))


if __name__ == "__main__":
    sys.exit(main())
