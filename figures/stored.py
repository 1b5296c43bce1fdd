"""Data that take minutes: stored as a small file beside the figure, and recomputed point by point in the tests.

The file holds the parameters, the values rounded to eight digits, and a digest of both: a file that is damaged,
or that belongs to other parameters, is refused.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

__all__ = ["DIGITS", "load", "recompute", "sample"]

DIGITS = 8
Arrays = dict[str, np.ndarray]


def _digest(arrays: Mapping[str, np.ndarray]) -> str:
    """A fingerprint of names, shapes and values."""
    found = hashlib.sha256()
    for name in sorted(arrays):
        value = np.ascontiguousarray(arrays[name], dtype="<f8")
        found.update(f"{name}{value.shape}".encode())
        found.update(value.tobytes())
    return found.hexdigest()


def _rounded(values: np.ndarray) -> np.ndarray:
    return np.array([float(f"{v:.{DIGITS - 1}e}") for v in np.ravel(values)]).reshape(np.shape(values))


def _points(parameters: Mapping[str, np.ndarray]) -> list[tuple[int, ...]]:
    return list(np.ndindex(*(len(values) for values in parameters.values())))


def _at(parameters: Mapping[str, np.ndarray], place: tuple[int, ...]) -> tuple[float, ...]:
    return tuple(float(values[i]) for values, i in zip(parameters.values(), place, strict=True))


def recompute(file: Path, point: Callable[..., Mapping[str, float]], parameters: Mapping[str, np.ndarray]) -> None:
    """Compute all points of the grid that the parameters span, in parallel, and store them."""
    from joblib import Parallel, delayed
    from tqdm import tqdm

    places = _points(parameters)
    jobs = -1 if len(places) > 10 else 1
    work = Parallel(n_jobs=jobs, return_as="generator")(delayed(point)(*_at(parameters, p)) for p in places)
    found = list(tqdm(work, total=len(places), desc=file.stem, disable=None))
    shape = tuple(len(values) for values in parameters.values())
    arrays = {name: np.asarray(values, float) for name, values in parameters.items()}
    arrays |= {name: _rounded([one[name] for one in found]).reshape(shape) for name in found[0]}
    np.savez(file, digest=_digest(arrays), **arrays)


def load(file: Path, parameters: Mapping[str, np.ndarray]) -> Arrays:
    """The stored arrays, parameters among them.

    Raises ValueError if the file is damaged or belongs to other parameters: `make figures` writes it anew.
    """
    try:
        with open(file, "rb") as raw, np.load(raw, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files if name != "digest"}
            intact = str(stored["digest"]) == _digest(arrays)
    except Exception as error:
        raise ValueError(f"File {file.name} cannot be read ({error}): `make figures` writes it anew.") from error
    if not intact:
        raise ValueError(f"File {file.name} is damaged: `make figures` writes it anew.")
    for name, values in parameters.items():
        if name not in arrays or not np.array_equal(arrays[name], np.asarray(values, float)):
            raise ValueError(f"File {file.name} has other values of {name}: `make figures` writes it anew.")
    return arrays


def sample(file: Path, point: Callable[..., Mapping[str, float]], parameters: Mapping[str, np.ndarray], *,
           count: int = 2, seed: int = 0) -> list[tuple[str, float, float]]:  # fmt: skip
    """Some of the stored points computed again: (what and where, stored, computed)."""
    stored, places = load(file, parameters), _points(parameters)
    chosen = np.random.default_rng(seed).choice(len(places), count, replace=False)
    found = []
    for place in (places[i] for i in chosen):
        at = _at(parameters, place)
        found += [(f"{name} at {at}", float(stored[name][place]), float(v)) for name, v in point(*at).items()]
    return found
