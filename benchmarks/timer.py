"""How long a function takes, for the benchmarks beside this module."""

import math
import time
from collections.abc import Callable
from typing import Any

__all__ = ["seconds", "timed"]


def timed(function: Callable[[], Any], repetitions: int = 1) -> tuple[float, Any]:
    """The shortest time of several runs in seconds, and the result."""
    best = math.inf
    for _ in range(repetitions):
        start = time.perf_counter()
        result = function()
        best = min(best, time.perf_counter() - start)
    return best, result


def seconds(function: Callable[[], Any], repetitions: int = 1) -> float:
    """The shortest time of several runs."""
    return timed(function, repetitions)[0]
