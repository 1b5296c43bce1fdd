"""Whether an error that no check has seen changes any value: its function is asked with it and without it.

The arguments are those that the tests near it give the function, and others near these: each number of them times
a factor between 0.7 and 1.3. Values are equal if they agree to twelve digits, expressions if they are the same.

As a plugin of pytest (`-p tools.calls`) this module writes down the arguments; as a command it calls the function.
"""

import ast
import dataclasses
import functools
import importlib
import itertools
import json
import os
import pickle
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np

from rederived.files import replace

__all__ = ["at_line", "differences", "main", "pytest_configure", "same", "varied"]

CALLS, VARIATIONS, SECONDS = 20, 5, 300.0
_WATCHED = "MUTANTS_WATCHED"


def at_line(source: bytes, line: int) -> str:
    """Return the name of the function that a line belongs to, or of the method; nothing outside of functions.

    >>> at_line(b"def f():\\n    return 1\\nclass A:\\n    def g(self):\\n        return 2\\n", 5)
    'A.g'
    """
    for node in ast.parse(source).body:
        inside = [node, *node.body] if isinstance(node, ast.ClassDef) else [node]
        for one in reversed(inside):
            if isinstance(one, ast.FunctionDef) and one.lineno <= line <= one.end_lineno:
                return one.name if one is node else f"{node.name}.{one.name}"
    return ""


def differences(copy, error, checks: list[str]) -> str:
    """Say what is known of a survivor: `equal ...`, or where its function gives another value, or why nobody knows.

    copy: the copy of the checkout, without the error
    checks: tests that may call the function
    """
    function = at_line((copy.root / error.file).read_bytes(), error.line)
    if not function:
        return "it stands outside of functions"
    place = copy.root.with_name("calls")
    place.unlink(missing_ok=True)
    asked = [error.file.removesuffix(".py").removesuffix("/__init__").replace("/", "."), function, str(place)]
    plugin = ["pytest", "-q", "-p", "no:cacheprovider", "-p", "tools.calls", *checks]
    copy.run(plugin, seconds=SECONDS, **{_WATCHED: json.dumps(asked)})
    if not place.exists():
        return f"no test near it calls {function}"
    results = []
    for planted in (False, True):
        found = place.with_name(f"values-{planted}")
        found.unlink(missing_ok=True)
        command = ["tools.calls", *asked, str(found)]
        if planted:
            with copy.with_error(error) as kept:
                copy.run(command, seconds=SECONDS, kept=kept)
        else:
            copy.run(command, seconds=SECONDS)
        if not found.exists():
            return f"calls of {function} did not end well in {SECONDS:.0f} s"
        results.append(pickle.loads(found.read_bytes()))
    for (call, before), (_, after) in zip(*results, strict=True):
        if not same(before, after):
            return f"{function}{call} is {_short(before)}, with the error {_short(after)}"
    calls = len(results[0])
    return f"equal values of {function} at {calls} calls" if calls else f"arguments of {function} cannot be kept"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 120 else text[:100] + "..."


def pytest_configure(config) -> None:
    """Put in the function's place one that writes down its arguments, before any test imports it."""
    if _WATCHED not in os.environ:
        return
    module, function, place = json.loads(os.environ[_WATCHED])
    *owner, name = function.split(".")
    holder = functools.reduce(getattr, owner, importlib.import_module(module))
    value = vars(holder)[name]
    calls: list[bytes] = []

    def watch(called):
        @functools.wraps(called)
        def watched(*arguments, **named):
            if len(calls) < CALLS:
                try:
                    one = pickle.dumps((arguments, named))
                    if one not in calls:
                        calls.append(one)
                        replace(Path(place), pickle.dumps(calls))
                except Exception:  # an argument that cannot be kept, such as a lambda
                    Path(place).touch()
            return called(*arguments, **named)

        return watched

    if isinstance(value, property):
        setattr(holder, name, property(watch(value.fget)))
    elif callable(value):
        setattr(holder, name, watch(value))


def varied(value: Any, by: random.Random) -> Any:
    """Return arguments near the given ones: every float in lists, tuples, dictionaries and arrays is another one.

    >>> varied((1.0, 2, "a"), random.Random(0))[1:]
    (2, 'a')
    """
    if isinstance(value, dict):
        return {key: varied(one, by) for key, one in value.items()}
    if type(value) in (list, tuple):
        return type(value)(varied(one, by) for one in value)
    if isinstance(value, (float, np.floating)):
        return value * by.uniform(0.7, 1.3)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value * by.uniform(0.7, 1.3)
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two values, as `main` writes them, are equal to twelve digits."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray) and one.dtype.kind in "fc":
        return one.shape == other.shape and np.allclose(one, other, rtol=1e-12, atol=0, equal_nan=True)
    return bool(np.array_equal(one, other))


def _plain(value: Any, depth: int = 6) -> Any:
    """What another process can read and compare without our classes."""
    from sympy import Basic, MatrixBase, srepr

    if isinstance(value, (Basic, MatrixBase)):
        return srepr(value)
    if isinstance(value, (bool, int, str, bytes, type(None))):
        return value
    if isinstance(value, (float, complex, np.generic, np.ndarray)):
        array = np.asarray(value)
        return array if array.dtype.kind in "biufcU" else [_plain(one, depth - 1) for one in array.ravel().tolist()]
    if depth and isinstance(value, dict):
        return {str(key): _plain(one, depth - 1) for key, one in value.items()}
    if depth and isinstance(value, (list, tuple, set, frozenset)):
        in_order = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [_plain(one, depth - 1) for one in in_order]
    if depth and dataclasses.is_dataclass(value):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {"": type(value).__name__, **_plain(fields, depth - 1)}
    if callable(value):
        return getattr(value, "__qualname__", "")
    return repr(value) if " at 0x" not in repr(value) else type(value).__name__


def main(arguments: list[str] | None = None) -> int:
    """Call a function with the arguments that were written down and with others near them; write what it gives."""
    module, function, calls, place = sys.argv[1:] if arguments is None else arguments
    *owner, name = function.split(".")
    holder = functools.reduce(getattr, owner, importlib.import_module(module))
    value = vars(holder)[name]
    called = value.fget if isinstance(value, property) else getattr(holder, name)
    found, by, kept = [], random.Random(0), Path(calls).read_bytes()
    for one, variation in itertools.product(pickle.loads(kept) if kept else [], range(VARIATIONS + 1)):
        given, named = pickle.loads(one)
        if variation:
            given, named = varied(given, by), varied(named, by)
        try:
            result = _plain(called(*given, **named))
        except Exception as error:
            result = f"{type(error).__name__}: {error}"
        found.append((f"(*{_short(given)}, **{_short(named)})", result))
    replace(Path(place), pickle.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
