"""How long something takes, for benchmarks."""

import time
from collections.abc import Callable

__all__ = ["seconds"]


def seconds(function: Callable[[], object], repetitions: int = 1) -> float:
    """Return the shortest time of several runs: what is longer is what else the machine did.

    >>> 0 <= seconds(lambda: None, 3) < 1
    True
    """
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)
