"""What has been derived once is not derived again: results beside the book, keyed by all that they rest on.

A result is found again by the same code under the same libraries only. Its key holds the source of the function's
module and of every module of this repository that one imports, directly or through others, inside functions too;
the versions of the libraries that compute; the interpreter; and the variables that choose a processor's kernels.
A change in any of them leads to another key, so nothing stale is found; what is damaged is derived anew.

Results lie in `_build/kept` of the checkout. Set `DERIVATIONS_KEPT` to another folder, or to `off`.
"""

import ast
import contextlib
import functools
import hashlib
import io
import os
import pickle
import platform
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

from sympy import Atom, Basic, Function, MatrixBase
from sympy.core.function import UndefinedFunction

from rederived.files import replace
from rederived.place import HERE

__all__ = ["as_bytes", "fingerprint", "imports_of", "kept", "load_or_make", "modules_behind"]

_STARTED = time.time_ns()
LIBRARIES = ("sympy", "mpmath", "numpy", "scipy", "python-flint", "matplotlib", "schemdraw")
KERNELS = ("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES")  # a result is that of one processor's kernels


def kept(function: Callable) -> Callable:
    """Remember the result of a function without arguments: in this process, and on disk for the next ones.

    Errors are not remembered, nor what cannot be pickled or does not come back equal.
    """

    @functools.cache
    @functools.wraps(function)
    def remembered() -> Any:
        name = f"{function.__module__}.{function.__qualname__}"
        return load_or_make(name, function, module=function.__module__)

    return remembered


def load_or_make(name: str, make: Callable[[], Any], *, module: str, files: tuple[Path, ...] = ()) -> Any:
    """Return what is kept under a name, or make it and keep it.

    name: what the result is called; two results of one module must not share it
    make: derives the result
    module: the module of this repository whose imports the result rests on
    files: what else it rests on, whether there or not
    """
    folder = _folder()
    if folder is None or not _is_here(module) or _edited(module):
        return make()
    contents = "".join(hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "-" for file in files)
    key = f"{name}\0{fingerprint(module)}\0{contents}"
    file = folder / hashlib.sha256(key.encode()).hexdigest()[:40]
    found = _read(file)
    if found is not None:
        return found
    made = make()
    data = _pickled(made)
    if data:
        _write(file, data)
    return made


def _is_here(module: str) -> bool:
    """Whether the module is of this book: another book's may have its name, and rests on other sources."""
    file = _file_of(module) if module.split(".")[0] in HERE.packages else None
    runs = getattr(sys.modules.get(module), "__file__", None)
    return file is not None and (runs is None or Path(runs).resolve() == file.resolve())


def _edited(module: str) -> bool:
    """Whether a source behind the module is newer than this process, which may still run what it was before."""
    return any(_source(name).stat().st_mtime_ns > _STARTED for name in modules_behind(module))


def _folder() -> Path | None:
    """Where results are kept: nowhere if the package is installed without its repository, or if asked not to."""
    chosen = os.environ.get("DERIVATIONS_KEPT", "")
    if chosen == "off" or not (chosen or HERE.is_checkout):
        return None
    return Path(chosen) if chosen else HERE.scratch / "kept"


def _read(file: Path) -> Any:
    try:
        digest, _, data = file.read_bytes().partition(b"\n")
        if hashlib.sha256(data).hexdigest().encode() == digest:
            return pickle.loads(data)
    except Exception:  # missing, damaged, or of a class that has moved: then it is derived anew
        return None
    return None


def _pickled(value: Any) -> bytes:
    """The value as bytes, or nothing if it would not come back as it is.

    A `Dummy` is itself in one process only: another one of its name is another symbol.
    """
    try:
        data = as_bytes(value)
        same = b"Dummy" not in data and value is not None and _same(pickle.loads(data), value)
    except Exception:  # lambdas, generators
        return b""
    return data if same else b""


def as_bytes(value: Any) -> bytes:
    """Return what `pickle.loads` makes the value of again, its expressions as they stand.

    Raises `pickle.PicklingError`, AttributeError or TypeError for lambdas and the like.
    """
    buffer = io.BytesIO()
    _Pickler(buffer).dump(value)
    return buffer.getvalue()


class _Pickler(pickle.Pickler):
    """Takes expressions apart as they stand; sympy's own way makes them anew, and so evaluates them again."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, UndefinedFunction):
            return _function, (value.__name__, value._kwargs)
        if not isinstance(value, Basic) or isinstance(value, (Atom, MatrixBase)):
            return NotImplemented
        slots = {name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())}
        state = {name: getattr(value, name) for name in slots - _OF_BASIC if hasattr(value, name)}
        return _as_it_stood, (type(value), value.args, state | getattr(value, "__dict__", {}))


_OF_BASIC = {"_mhash", "_args", "_assumptions", "__dict__", "__weakref__"}


def _function(name: str, assumptions: dict[str, bool | None]) -> UndefinedFunction:
    return Function(name, **assumptions)


def _as_it_stood(kind: type, arguments: tuple, state: dict[str, Any]) -> Basic:
    made = Basic.__new__(kind, *arguments)
    for name, value in state.items():
        setattr(made, name, value)
    return made


def _same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Basic):  # every part of an expression is in its hash, and each part is looked at once
        return hash(one) == hash(other)
    if hasattr(one, "tobytes"):  # an array of numpy
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    return bool(one == other)


def _write(file: Path, data: bytes) -> None:
    """A folder that cannot be written keeps nothing."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        replace(file, hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


@functools.cache
def fingerprint(module: str) -> str:
    """Return a hash of everything that a result of the module depends on."""
    found = hashlib.sha256(_surroundings().encode())
    for name in sorted(modules_behind(module)):
        found.update(f"\0{name}\0".encode() + _source(name).read_bytes())
    return found.hexdigest()


@functools.cache
def _surroundings() -> str:
    versions = [f"{name} {_version(name)}" for name in LIBRARIES]
    python = [sys.implementation.name, platform.python_version(), platform.machine()]
    return "\n".join([*versions, *python, *(f"{name}={os.environ.get(name, '')}" for name in KERNELS)])


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


@functools.cache
def modules_behind(module: str) -> frozenset[str]:
    """The module itself and all of this repository that it imports, through others and inside functions too."""
    found, waiting = set(), [module]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imports(name) - found
    return frozenset(found)


@functools.cache
def _file_of(module: str) -> Path | None:
    """The source of a module of this repository; nothing for what is no module."""
    place = HERE.folder.joinpath(*module.split("."))
    for file in (place.with_suffix(".py"), place / "__init__.py"):
        if file.is_file():
            return file
    return None


def _source(module: str) -> Path:
    file = _file_of(module)
    if file is None:
        raise ValueError(f"Argument `module` must name a module of {HERE.folder.name}, but got {module!r}.")
    return file


@functools.cache
def _imports(module: str) -> frozenset[str]:
    """The modules of this repository that one names; a package counts where something is taken from itself."""
    file = _source(module)
    return imports_of(file.read_bytes(), module if file.name == "__init__.py" else module.rpartition(".")[0])


def imports_of(source: str | bytes, package: str = "") -> frozenset[str]:
    """Return the modules of this repository that a source names, inside functions too; `package` is its own."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            start = ".".join([*base, *filter(None, [node.module])])
            submodules = {f"{start}.{alias.name}" for alias in node.names}
            known = {name for name in submodules if name.startswith(HERE.packages) and _file_of(name)}
            names |= known if len(known) == len(submodules) else known | {start}
    return frozenset(name for name in names if name.split(".")[0] in HERE.packages and _file_of(name))
