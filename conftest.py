"""What has to be set before any test module imports numpy."""

import os
import time

# BLAS threads make many small eigenproblems slower, not faster, and the tests already run in parallel.
# `python -m tools.machines` asks for other numbers on purpose.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = os.environ.get("BOOK_THREADS", "1")

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

__all__: list[str] = []

# On a shared machine a pause is no failure; the same examples in each run keep a failure reproducible.
settings.register_profile("book", deadline=None, derandomize=True)
settings.load_profile("book")


def pytest_configure(config) -> None:
    """Let the server of `python -m rederived.work.warm` start the kernels of notebooks, if there is one: see there."""
    if os.environ.get("WARM_KERNELS") and getattr(config.option, "nbval", False):
        config.option.nbval_current_env = False


def pytest_runtest_setup(item) -> None:
    """`python -m rederived.work.check` has half a minute: what comes later is left to the whole run, and said."""
    until = float(os.environ.get("BOOK_CHECK_UNTIL", "inf"))
    if time.time() > until:
        pytest.skip(f"left to `make test`: {item.path.name}")
