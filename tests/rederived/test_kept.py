"""What is kept is found by the same code only, comes back equal, and is made anew when damaged."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from sympy import Dummy, Eq, Function, Symbol, symbols

from rederived import kept as store
from rederived.kept import load_or_make, modules_behind
from rederived.ledger import rows

__all__: list[str] = []

MODULE = "derivations.cotunneling.drag.drag"
x = Symbol("x", positive=True)


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("DERIVATIONS_KEPT", str(tmp_path))
    return tmp_path


def counted(values):
    """Gives the values one after the other."""
    return iter(values).__next__


def test_result_is_made_once(folder):
    make = counted([Eq(x, 1), Eq(x, 2)])
    assert load_or_make("a", make, module=MODULE) == load_or_make("a", make, module=MODULE) == Eq(x, 1)
    assert load_or_make("b", make, module=MODULE) == Eq(x, 2)


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"", lambda data: data[:-1] + b"?"])
def test_damaged_result_is_made_anew(folder, damage):
    load_or_make("a", lambda: 1, module=MODULE)
    (file,) = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert load_or_make("a", lambda: 2, module=MODULE) == 2
    assert load_or_make("a", lambda: 3, module=MODULE) == 2


def test_other_code_libraries_kernels_or_files_make_another_result(folder, monkeypatch, tmp_path):
    beside = tmp_path / "beside.npz"

    def asked():
        for function in (store.fingerprint, store._surroundings):
            function.cache_clear()
        return load_or_make("a", make, module=MODULE, files=(beside,))

    make = counted(range(9))
    assert [asked(), asked()] == [0, 0]
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Prescott")
    assert [asked(), asked()] == [1, 1]
    monkeypatch.setattr(store, "_version", lambda name: f"{name} of tomorrow")
    assert [asked(), asked()] == [2, 2]
    beside.write_bytes(b"other points")
    assert [asked(), asked()] == [3, 3]
    changed = tmp_path / "changed.py"
    changed.write_text("# changed")
    os.utime(changed, (0, 0))  # before this process began
    place = store._file_of
    monkeypatch.setattr(store, "_file_of", lambda name: changed if name.endswith(".action") else place(name))
    monkeypatch.setattr(store, "modules_behind", modules_behind)  # as it was before the change
    assert [asked(), asked()] == [4, 4]
    store.fingerprint.cache_clear()
    store._surroundings.cache_clear()


def test_source_that_is_edited_while_a_process_runs_keeps_and_finds_nothing(folder, monkeypatch):
    make = counted(range(9))
    assert load_or_make("a", make, module=MODULE) == 0
    monkeypatch.setattr(store, "_STARTED", 0)
    assert [load_or_make("a", make, module=MODULE) for _ in range(2)] == [1, 2]


@dataclass(frozen=True)
class Holder:
    value: object


@pytest.mark.parametrize(
    "value", [lambda: 1, Dummy("n"), Holder(Dummy("n")), float("nan")], ids=["lambda", "dummy", "dummy inside", "nan"]
)
def test_what_would_not_come_back_equal_is_not_kept(folder, value):
    load_or_make("a", lambda: value, module=MODULE)
    assert not list(folder.iterdir())


def test_arrays_come_back_to_the_bit(folder):
    made = {"a": np.array([0.1, np.nan]), "b": [np.arange(3)]}
    load_or_make("a", lambda: made, module=MODULE)
    found = load_or_make("a", lambda: None, module=MODULE)
    np.testing.assert_array_equal(found["a"], made["a"])
    np.testing.assert_array_equal(found["b"][0], made["b"][0])


def test_errors_are_not_kept(folder):
    with pytest.raises(ZeroDivisionError):
        load_or_make("a", lambda: 1 / 0, module=MODULE)
    assert load_or_make("a", lambda: 1, module=MODULE) == 1


def test_folder_that_cannot_be_written_keeps_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DERIVATIONS_KEPT", str(tmp_path / "file" / "below"))
    make = counted([1, 2])
    assert [load_or_make("a", make, module=MODULE) for _ in range(2)] == [1, 2]


def test_result_comes_back_equal_in_another_process(folder):
    """Symbols, functions and classes of ours are found by their names and assumptions."""
    code = (
        "from derivations.cotunneling.drag.drag import drag_from_rates as step; step()",
        "from derivations.cotunneling.drag.drag import drag_from_rates as step;"
        "from rederived.kept import load_or_make;"
        "found = load_or_make(f'{step.__module__}.{step.__qualname__}', None, module=step.__module__);"
        "assert found == step.__wrapped__.__wrapped__()",
    )
    for line in code:
        subprocess.run([sys.executable, "-c", line], check=True)


def test_functions_and_derivatives_survive(folder):
    f, (s, t) = Function("f"), symbols("s t")
    form = Eq(f(s, t).diff(s), f(t, s))
    load_or_make("a", lambda: form, module=MODULE)
    assert load_or_make("a", lambda: None, module=MODULE) == form


WATCHED = """
import sys
from importlib import import_module

module, seen = import_module(sys.argv[1]), set()
sys.setprofile(lambda frame, event, argument: seen.add(frame.f_globals.get("__name__", "")))
for value in list(vars(module).values()):
    if hasattr(value, "row") and value.__module__ == sys.argv[1]:
        value()
sys.setprofile(None)
print(*(name for name in seen if name.startswith("derivations.")))
"""


@pytest.mark.parametrize("module", ["derivations.cotunneling.gas.dilute_gas", "derivations.annular.ring.geometry"])
def test_code_that_runs_is_code_that_counts(module):
    """Every function of ours that is called while a module's rows are derived belongs to a module behind it."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, module],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"DERIVATIONS_KEPT": "off"},
    )
    assert module in done.stdout.split()
    assert set(done.stdout.split()) <= modules_behind(module) | {"rederived.kept"}


def test_rows_of_all_parts_have_a_fingerprint():
    assert len({store.fingerprint(row.function.__module__) for row in rows()}) > 50
