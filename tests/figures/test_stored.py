"""Stored arrays are those that their figure would compute, at a sample of points that changes with nothing."""

import random
import types

import numpy as np
import pytest

from figures import find, names
from figures.stored import DIGITS, points_of, recompute, stored

__all__: list[str] = []

STORED = [name for name in names() if hasattr(find(name).module, "compute")]


@pytest.mark.parametrize("name", STORED)
def test_a_sample_of_the_stored_points_is_computed_again(name):
    module = find(name).module
    found, points = stored(module.__file__, module.POINTS), points_of(module)
    for at in random.Random(name).sample(range(len(points)), 2):
        for key, value in module.compute(**points[at]).items():
            assert found[key][at] == pytest.approx(value, rel=10.0 ** (2 - DIGITS), abs=0), (points[at], key)


def test_what_is_written_is_read_back(tmp_path, monkeypatch):
    module = types.ModuleType("figures.part.squares")
    module.__file__ = str(tmp_path / "squares.py")
    module.POINTS = {"side": np.array([1.0, 2.0, 3.0])}
    module.compute = lambda side: {"area": side**2 / 3}
    monkeypatch.setattr("figures.stored.joblib.Parallel", lambda **_: lambda tasks: (f(*a, **k) for f, a, k in tasks))
    first = recompute(module).read_bytes()
    assert recompute(module).read_bytes() == first
    assert stored(module.__file__, module.POINTS)["area"] == pytest.approx([1 / 3, 4 / 3, 3], rel=1e-8)
    with pytest.raises(ValueError, match="Argument `points` must have the `side`"):
        stored(module.__file__, {"side": np.array([1.0, 2.0])})
