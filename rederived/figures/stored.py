"""Arrays that take longer than a page should wait: computed point by point, kept beside their figure.

A figure of this kind has `POINTS`, named arrays of one length, the arguments of its points, and `compute(**point)`,
which returns named numbers for one of them. `make figures` (`python -m figures --recompute`) writes both to
`<figure>.npz` with a digest; `stored` reads them and refuses a file that is damaged or has other points; the tests
compute a sample again. What an interrupted run has computed is found in `_build/points` by the next one.
"""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from rederived.files import replace
from rederived.place import HERE

__all__ = ["DIGITS", "digest", "grid", "points_of", "recompute", "stored"]

DIGITS = 9  # far more than a figure shows, far fewer than solvers differ in


def grid(**axes) -> dict[str, np.ndarray]:
    """The points of a grid, the last axis fastest.

    >>> {name: values.tolist() for name, values in grid(a=[1.0, 2.0], b=[3.0, 4.0]).items()}
    {'a': [1.0, 1.0, 2.0, 2.0], 'b': [3.0, 4.0, 3.0, 4.0]}
    """
    return {name: mesh.ravel() for name, mesh in zip(axes, np.meshgrid(*axes.values(), indexing="ij"), strict=True)}


def _file(place: str) -> Path:
    return Path(place).with_suffix(".npz")


def digest(arrays: Mapping[str, np.ndarray]) -> str:
    """A fingerprint of names, shapes and values."""
    found = hashlib.sha256()
    for name in sorted(arrays):
        value = np.ascontiguousarray(arrays[name], dtype="<f8")
        found.update(f"{name}{value.shape}".encode() + value.tobytes())
    return found.hexdigest()


def stored(place: str, points: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The arrays beside the module at `place` (its `__file__`), arguments included.

    Raises ValueError if the file is missing or damaged, or was computed for other points than `points`.
    """
    remedy = f"`python -m figures --recompute {_file(place).stem}` computes it anew."
    try:
        with open(_file(place), "rb") as raw, np.load(raw, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
        intact = str(found.pop("digest")) == digest(found)
    except Exception as error:
        raise ValueError(f"File {_file(place).name} cannot be read ({error}): {remedy}") from error
    if not intact:
        raise ValueError(f"File {_file(place).name} is damaged: {remedy}")
    for name, values in points.items():
        if name not in found or not np.array_equal(found[name], values):
            raise ValueError(f"Argument `points` must have the `{name}` of {_file(place).name}: {remedy}")
    return found


def points_of(module: ModuleType) -> list[dict[str, float]]:
    """The arguments of every point."""
    columns = (np.asarray(column).tolist() for column in module.POINTS.values())
    return [dict(zip(module.POINTS, row, strict=True)) for row in zip(*columns, strict=True)]


def _fingerprint_of_code() -> str:
    """Of everything a point may be computed from: what is kept of an interrupted run is of this code."""
    files = sorted(path for folder in HERE.packages for path in (HERE.folder / folder).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def recompute(module: ModuleType) -> Path:
    """Compute every point, in parallel and where an interrupted run ended, and write the arrays; returns the file."""
    from joblib import Memory, Parallel, delayed
    from tqdm import tqdm

    memory = Memory(HERE.scratch / "points" / _fingerprint_of_code(), verbose=0)
    compute, points = memory.cache(module.compute), points_of(module)
    name = module.__name__.rpartition(".")[2]
    results = Parallel(n_jobs=-1, return_as="generator")(delayed(compute)(**point) for point in points)
    found = list(tqdm(results, total=len(points), desc=name, disable=None))
    values = {key: np.array([float(f"{one[key]:.{DIGITS}g}") for one in found]) for key in found[0]}
    arrays = {name: np.asarray(column) for name, column in module.POINTS.items()} | values
    packed = io.BytesIO()
    named: dict[str, Any] = {"digest": digest(arrays), **arrays}
    np.savez_compressed(packed, **named)
    replace(_file(str(module.__file__)), packed.getvalue())
    compute.clear(warn=False)
    return _file(str(module.__file__))
