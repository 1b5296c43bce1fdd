"""Stored data are those that the code computes; a damaged file, or one of other parameters, is noticed."""

import numpy as np
import pytest

from figures import find, names, stored

__all__: list[str] = []

WITH_STORED = [name for name in names() if hasattr(find(name).module, "STORED")]
GRID = {"a": np.array([1.0, 2.0]), "b": np.array([3.0, 4.0, 5.0])}


def product(a: float, b: float) -> dict[str, float]:
    return {"product": a * b / 3}


@pytest.mark.parametrize("name", WITH_STORED)
def test_a_sample_of_the_stored_points_is_what_the_code_computes(name):
    module = find(name).module
    for what, kept, computed in stored.sample(module.STORED, module.point, module.parameters(), count=2, seed=5):
        # The stored values are rounded to eight digits.
        assert kept == pytest.approx(computed, rel=1e-7), what


def test_what_is_stored_is_read_again(tmp_path):
    file = tmp_path / "data.npz"
    stored.recompute(file, product, GRID)
    first = file.read_bytes()
    found = stored.load(file, GRID)
    assert found["product"].shape == (2, 3)
    assert found["product"][1, 2] == pytest.approx(10 / 3, rel=1e-7)
    assert found["product"][1, 2] != 10 / 3
    stored.recompute(file, product, GRID)
    assert file.read_bytes() == first


def test_damage_is_noticed(tmp_path):
    file = tmp_path / "data.npz"
    stored.recompute(file, product, GRID)
    with np.load(file) as arrays:
        changed = dict(arrays) | {"product": arrays["product"] * (1 + 1e-6)}
    np.savez(file, **changed)
    with pytest.raises(ValueError, match="is damaged: `make figures` writes it anew"):
        stored.load(file, GRID)
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(ValueError, match="cannot be read"):
        stored.load(file, GRID)
    with pytest.raises(ValueError, match="cannot be read"):
        stored.load(tmp_path / "missing.npz", GRID)


def test_other_parameters_are_noticed(tmp_path):
    file = tmp_path / "data.npz"
    stored.recompute(file, product, GRID)
    with pytest.raises(ValueError, match="has other values of b"):
        stored.load(file, GRID | {"b": np.array([3.0, 4.0, 6.0])})
