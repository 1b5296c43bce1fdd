"""Stored arrays are those that their figure would compute, at a sample of points that changes with nothing."""

import random
import types

import numpy as np
import pytest

from figures import find, names
from rederived.figures.stored import DIGITS, points_of, recompute, stored
from rederived.place import Book

__all__: list[str] = []

STORED = [name for name in names() if hasattr(find(name).module, "compute")]


@pytest.mark.parametrize("name", STORED)
def test_a_sample_of_the_stored_points_is_computed_again(name):
    module = find(name).module
    found, points = stored(module.__file__, module.POINTS), points_of(module)
    unit = 1.1 * getattr(module, "UNIT", 0.0)  # what is rounded where it is computed may be rounded the other way
    for at in random.Random(name).sample(range(len(points)), 2):
        for key, value in module.compute(**points[at]).items():
            assert found[key][at] == pytest.approx(value, rel=10.0 ** (2 - DIGITS), abs=unit), (points[at], key)


def area(side):
    return {"area": side**2 / 3}


@pytest.fixture
def squares(tmp_path, monkeypatch):
    """A figure's module with three points, computed in this process."""
    module = types.ModuleType("figures.part.squares")
    module.__file__ = str(tmp_path / "squares.py")
    module.POINTS = {"side": np.array([1.0, 2.0, 3.0])}
    module.compute = area
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr("rederived.figures.stored.HERE", Book(tmp_path))
    monkeypatch.setattr("joblib.Parallel", lambda **_: lambda tasks: (f(*a, **k) for f, a, k in tasks))
    return module


def test_what_is_written_is_read_back(squares):
    first = recompute(squares).read_bytes()
    assert recompute(squares).read_bytes() == first
    assert stored(squares.__file__, squares.POINTS)["area"] == pytest.approx([1 / 3, 4 / 3, 3], rel=1e-8)


def test_other_points_and_damage_are_refused_with_the_remedy(squares, tmp_path):
    file = recompute(squares)
    with pytest.raises(ValueError, match=r"must have the `side` of squares\.npz: `python -m figures --recompute"):
        stored(squares.__file__, {"side": np.array([1.0, 2.0])})
    with np.load(file) as kept:
        np.savez_compressed(file, **(dict(kept) | {"area": kept["area"] + 1e-9}))
    with pytest.raises(ValueError, match=r"squares\.npz is damaged"):
        stored(squares.__file__, squares.POINTS)
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(ValueError, match="cannot be read"):
        stored(squares.__file__, squares.POINTS)
    with pytest.raises(ValueError, match="cannot be read"):
        stored(str(tmp_path / "missing.py"), squares.POINTS)


def test_an_interrupted_run_is_resumed(squares, tmp_path):
    asked = tmp_path / "asked"

    def interrupted(side):
        with open(asked, "a") as file:
            file.write(f"{side} ")
        if side == 3 and asked.read_text().count("3.0") == 1:
            raise KeyboardInterrupt
        return {"area": side}

    squares.compute = interrupted
    with pytest.raises(KeyboardInterrupt):
        recompute(squares)
    recompute(squares)
    assert asked.read_text().split() == ["1.0", "2.0", "3.0", "3.0"]
