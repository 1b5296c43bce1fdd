"""Arrays that take longer than a page should wait: computed point by point, kept beside their figure.

A figure of this kind has `POINTS`, a mapping of named arrays of one length, the arguments of its points, and
`compute(**point)`, which returns named numbers for one of them. `python -m figures --recompute NAME` writes both to
`<figure>.npz`; `stored(figure)` reads them, and the tests compute a sample again.
"""

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import joblib
import numpy as np
from tqdm import tqdm

__all__ = ["DIGITS", "recompute", "stored"]

DIGITS = 9  # far more than a figure shows, far fewer than solvers differ in


def _file(place: str) -> Path:
    return Path(place).with_suffix(".npz")


def stored(place: str, points: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The arrays beside the module at `place` (its `__file__`), arguments included; they must be those of `points`."""
    with np.load(_file(place), allow_pickle=False) as file:
        found = dict(file)
    for name, values in points.items():
        if not np.array_equal(found.get(name), values):
            raise ValueError(
                f"Argument `points` must have the `{name}` that {_file(place).name} was computed with; "
                f"python -m figures --recompute {_file(place).stem} computes it anew."
            )
    return found


def points_of(module: ModuleType) -> list[dict[str, float]]:
    """The arguments of every point."""
    columns = (np.asarray(column).tolist() for column in module.POINTS.values())
    return [dict(zip(module.POINTS, row, strict=True)) for row in zip(*columns, strict=True)]


def recompute(module: ModuleType) -> Path:
    """Compute every point and write the arrays; returns the file."""
    tasks = [joblib.delayed(module.compute)(**point) for point in points_of(module)]
    name = module.__name__.rpartition(".")[2]
    results = joblib.Parallel(n_jobs=-1, return_as="generator")(tasks)
    found = list(tqdm(results, total=len(tasks), desc=name, disable=None))
    values = {key: [float(f"{one[key]:.{DIGITS}g}") for one in found] for key in found[0]}
    np.savez_compressed(_file(module.__file__), **module.POINTS, **values)
    return _file(module.__file__)
