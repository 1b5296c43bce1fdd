"""The environment of the book, `.venv`: looked at, made, mended; by any Python from 3.8 on, without packages.

    python tools/environment.py [--python PYTHON]      make .venv ready
    python tools/environment.py --alone LOCK COMMAND   run a command when no other holds the lock

What make made carries a mark and may be made anew. What somebody made by hand is filled, never deleted.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator, NamedTuple  # noqa: UP035 - Python 3.8 cannot subscript those of collections.abc

try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

__all__ = ["Python", "alone", "choose", "damaged", "main", "ready"]

ROOT = Path(__file__).resolve().parents[1]
OLDEST, NEWEST, FETCHED = (3, 11), (3, 14), "3.13"
NAMES = ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python", sys.executable)
MARK, STAMP, ROOT_ON_PATH = "made-by-make", "ready.json", "book.pth"

# A shim, or an activated environment that may be the one to replace, is not the interpreter to build on: this names it.
_PROBE = """
import json, struct, sys
try:
    from importlib.util import find_spec
    whole = bool(find_spec("venv") and find_spec("ensurepip"))
except ImportError:
    whole = False
kind = getattr(getattr(sys, "implementation", None), "name", "")
usable = kind == "cpython" and struct.calcsize("P") == 8
print(json.dumps([getattr(sys, "_base_executable", None) or sys.executable, sys.version_info[:3], usable, whole]))
"""


class Python(NamedTuple):
    """An interpreter of this machine; a whole one has venv and ensurepip, which Debian packs apart."""

    path: str
    version: tuple[int, ...]
    usable: bool = True
    whole: bool = True

    @property
    def fits(self) -> bool:
        """Whether the lock installs on it."""
        return self.usable and OLDEST <= self.version[:2] <= NEWEST

    def __str__(self) -> str:
        """Return path and version."""
        return f"{self.path} ({_dotted(self.version)}{'' if self.usable else ', not a 64-bit CPython'})"


class _Failed(SystemExit):
    """A command did not do what it should; the message says what to do."""


def ready(root: Path = ROOT, asked: str = "") -> None:
    """Make `.venv` below `root` what `requirements.txt` says, with the Python asked for or the first that fits."""
    venv = root / ".venv"
    with alone(root / "_build" / "environment.lock", "sets up .venv"):
        wanted, inside, stamp = _asked(asked), probe(_program(venv, "python")), _stamp(venv)
        fits = bool(inside and inside.fits and (not wanted or inside.version[:2] == wanted.version[:2]))
        if fits and stamp.get("key") == _key(root, inside) and not _touched(venv, stamp):
            return
        if not _is_makes(venv):
            if fits:
                _fill(root, venv)
                return
        elif fits and stamp.get("key", [""])[0] == str(root):
            with contextlib.suppress(_Failed):
                _fill(root, venv)
                return
        _anew(root, venv, wanted)


def choose(asked: str = "") -> tuple[Python | None, list[Python]]:
    """Return the Python to use, the first that fits and best a whole one, and all that were found."""
    paths = dict.fromkeys(path for path in map(shutil.which, [asked] if asked else NAMES) if path)
    found = list({python.path: python for python in map(probe, paths) if python}.values())
    fitting = sorted((python for python in found if python.fits), key=lambda python: not python.whole)
    return (fitting[0] if fitting else None), found


def probe(path: str) -> Python | None:
    """Ask an interpreter what it is; None if it does not run."""
    try:
        done = subprocess.run([path, "-I", "-c", _PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        path, version, usable, whole = json.loads(done.stdout.decode())
    except (OSError, ValueError):
        return None
    return Python(path, tuple(version), usable, whole)


@contextlib.contextmanager
def alone(lock: Path, what: str) -> Iterator[None]:
    """Wait until no other process holds the lock, and say so; a process that dies lets go of it."""
    said = False
    while True:
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            file = open(lock, "a+")  # noqa: SIM115 - the next line that uses it closes it
        except OSError as error:
            raise SystemExit(f"{lock}: {error.strerror}. Copy the repository to where you may write.") from None
        with file:
            if _locked(file, lock):
                yield
                return
        if not said:
            print(f"Another process {what}; waiting for it.", file=sys.stderr, flush=True)
        said = True
        time.sleep(0.1)


def _locked(file, path: Path) -> bool:
    """Whether the lock is ours now; one whose file was removed meanwhile, as by `make clean`, keeps nobody out."""
    try:
        if os.name == "nt":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def damaged(venv: Path, suspects: set[str]) -> list[str]:
    """Return those of the packages of which a file is not what the package's own record says."""
    installed = _installed(venv)
    return sorted(name for name in suspects if not _is_whole(_site(venv), installed.get(name, {})))


def _is_whole(site: Path, files: dict[str, tuple[str, str]]) -> bool:
    try:
        has_record = any(path.endswith(".dist-info/RECORD") for path in files)
        return has_record and all(_digest(site / path) == digest for path, (digest, _) in files.items() if digest)
    except OSError:
        return False


def _digest(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _installed(venv: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """Files of each package, from its record: hash and size; compiled files come and go."""
    result = {}
    for record in _site(venv).glob("*.dist-info/RECORD"):
        with contextlib.suppress(OSError, ValueError, csv.Error), open(record, encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if row and not row[0].endswith(".pyc")]
            result[_name(record.parent.name)] = {path: (digest, size) for path, digest, size in rows}
    return result


def _name(folder: str) -> str:
    return re.sub(r"[-_.]+", "-", folder.split("-")[0]).lower()


def _wrong_sizes(venv: Path) -> set[str]:
    site = _site(venv)
    return {
        name
        for name, files in _installed(venv).items()
        if any(size and (_stat(site / path) or [None])[0] != int(size) for path, (_, size) in files.items())
    }


def _touched(venv: Path, stamp: dict) -> set[str]:
    """The packages of which a file has another size or time than when the stamp was written."""
    site = str(_site(venv))
    return {
        name
        for name, files in stamp.get("files", {}).items()
        if any(_stat(os.path.join(site, path)) != known for path, known in files.items())
    }


def _stat(path: str | Path) -> list[int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _asked(asked: str) -> Python | None:
    if not asked:
        return None
    chosen, found = choose(asked)
    if not chosen:
        raise SystemExit(f"The book needs Python {_range()}, but PYTHON={asked} is {_listed(found)}.")
    return chosen


def _listed(found: list[Python]) -> str:
    return ", ".join(map(str, found)) or "no Python that runs"


def _range() -> str:
    return f"{_dotted(OLDEST)} to {_dotted(NEWEST)}"


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _program(venv: Path, name: str) -> str:
    return str(venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name)


def _site(venv: Path) -> Path:
    folders = sorted(venv.glob("Lib/site-packages" if os.name == "nt" else "lib/python3.*/site-packages"))
    return folders[-1] if folders else venv / "no site-packages"


def _is_makes(venv: Path) -> bool:
    return (venv / MARK).exists()


def _key(root: Path, python: Python) -> list:
    """What an environment is made for; in another folder it does not work, as its scripts name this one."""
    lock = hashlib.sha256((root / "requirements.txt").read_bytes()).hexdigest()
    return [str(root), lock, *python.version[:2]]


def _stamp(venv: Path) -> dict:
    try:
        return json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _move_aside(venv: Path) -> None:
    names = (venv.with_name(f".venv.old{number}") for number in ("", *range(2, 100)))
    free = next(name for name in names if not os.path.lexists(name))
    inside = probe(_program(venv, "python"))
    why = f"has {inside}" if inside else "has no Python that runs"
    print(f".venv was not made by make and {why}: it is now {free.name}.", file=sys.stderr)
    venv.rename(free)


def _anew(root: Path, venv: Path, wanted: Python | None) -> None:
    """Make an environment where none can serve; what is there stays until there is a Python for the new one."""
    chosen, found = (wanted, [wanted]) if wanted else choose()
    with tempfile.TemporaryDirectory() as folder:
        uv = None if chosen and chosen.whole else _borrowed_uv(root, Path(folder), found)
        if not uv and not (chosen and chosen.whole):
            raise SystemExit(_remedy(chosen, found))
        if _is_makes(venv):
            shutil.rmtree(venv, ignore_errors=True)
        elif os.path.lexists(venv):
            _move_aside(venv)
        venv.mkdir(exist_ok=True)
        (venv / MARK).write_text("This folder was made by make, which may delete it.\n", encoding="utf-8")
        if uv:
            version = chosen.path if chosen else FETCHED
            _run([uv, "venv", "--quiet", "--allow-existing", "--python", version, str(venv)])
        else:
            _run([chosen.path, "-m", "venv", str(venv)])
        _fill(root, venv, uv)


def _remedy(chosen: Python | None, found: list[Python]) -> str:
    if chosen:
        return f"{chosen} lacks venv and pip. Install them (Debian: apt-get install python3-venv), or uv."
    return (
        f"The book needs Python {_range()}; here is {_listed(found)}, and neither uv nor a pip to fetch one with.\n"
        "Install one (Debian: apt-get install python3 python3-venv) or uv, or name one: make PYTHON=..."
    )


def _borrowed_uv(root: Path, folder: Path, found: list[Python]) -> str | None:
    """Find uv outside of `.venv`: it needs neither venv nor pip, and fetches a Python that fits."""
    uv = shutil.which("uv")
    if uv and _works([uv, "--version"]):
        return uv
    for python in found:
        if _works([python.path, "-m", "pip", *_install_uv(root, folder), "--target", str(folder)]):
            return _program(folder, "uv")
    return None


def _install_uv(root: Path, folder: Path) -> list[str]:
    """Arguments for pip: the locked uv, with its hashes."""
    lock = (root / "requirements.txt").read_text(encoding="utf-8")
    (folder / "uv.txt").write_text(re.search(r"^uv==.*\n(?: .*\n)*", lock, re.MULTILINE)[0], encoding="utf-8")
    options = ["--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps", "--force-reinstall"]
    return ["install", *options, "--requirement", str(folder / "uv.txt")]


def _uv_of(root: Path, venv: Path) -> str:
    uv = _program(venv, "uv")
    with tempfile.TemporaryDirectory() as folder:
        if _works([uv, "--version"]) or (
            _works([_program(venv, "python"), "-m", "pip", *_install_uv(root, Path(folder))])
            and _works([uv, "--version"])
        ):
            return uv
    other = shutil.which("uv")
    if other and _works([other, "--version"]):
        return other
    raise _Failed("uv could not be installed into .venv by its pip. Is the network there, and does .venv have pip?")


def _fill(root: Path, venv: Path, uv: str | None = None) -> None:
    """Install what the lock says, mend what is damaged, and say in the stamp what is there."""
    uv, stamp = uv or _uv_of(root, venv), _stamp(venv)
    (venv / STAMP).unlink() if stamp else None
    _install(root, venv, uv, exact=bool(stamp) and _is_makes(venv))
    present = {_name(path.name) for path in _site(venv).glob("*.dist-info")}
    bad = damaged(venv, (_touched(venv, stamp) | _wrong_sizes(venv)) & present & _locked_names(root))
    if bad:
        print(f"Damaged in .venv, installed again: {', '.join(bad)}.", file=sys.stderr)
        _run([uv, "cache", "clean", "--quiet", *bad])  # its files may be the very same
        _install(root, venv, uv, *(word for name in bad for word in ("--reinstall-package", name)))
        if damaged(venv, set(bad)):
            raise _Failed(f"{', '.join(bad)} stays damaged. Delete .venv and what `uv cache dir` names.")
    # Relative: the path of an editable install is written in the locale's encoding, which need not have its letters.
    (_site(venv) / ROOT_ON_PATH).write_text(os.path.relpath(root, _site(venv)) + "\n", encoding="ascii")
    site, locked = _site(venv), _locked_names(root)
    packages = {name: files for name, files in _installed(venv).items() if name in locked}
    files = {name: {path: _stat(site / path) for path in paths} for name, paths in packages.items()}
    content = {"key": _key(root, probe(_program(venv, "python"))), "files": files}
    (venv / STAMP).write_text(json.dumps(content), encoding="utf-8")


def _locked_names(root: Path) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", (root / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))


def _install(root: Path, venv: Path, uv: str, *options: str, exact: bool = False) -> None:
    command = ["sync"] if exact else ["install", "--requirement"]
    lock = str(root / "requirements.txt")
    _run([uv, "pip", *command, lock, "--quiet", "--python", _program(venv, "python"), *options])


def _works(command: list[str]) -> bool:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return subprocess.run(command, env=_variables(), **quiet).returncode == 0
    except OSError:
        return False


def _run(command: list[str]) -> None:
    if subprocess.run(command, env=_variables()).returncode:
        hint = "Is the network there? uv asks PyPI or what UV_DEFAULT_INDEX names, and does not read pip's settings."
        raise _Failed(f"`{' '.join(command)}` failed.\n{hint}")


def _variables() -> dict[str, str]:
    """Nothing that leads pip to another place than the one it is told."""
    mine = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    misleading = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX")
    return {**{k: v for k, v in os.environ.items() if k not in misleading}, **mine}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--python", default="")
    parser.add_argument("--alone", nargs=argparse.REMAINDER, metavar="LOCK COMMAND")
    options = parser.parse_args(arguments)
    if not options.alone:
        ready(asked=options.python)
        return 0
    lock, *command = options.alone
    with alone(Path(lock), f"runs what {lock} is for"):
        return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main())
