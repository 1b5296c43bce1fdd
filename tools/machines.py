"""Is every stored output the same on another processor? Run ledger and notebooks under the kernels of several.

`python -m tools.machines [NAME ...]`

OpenBLAS and numpy choose their kernels by the processor that they find, and the last digits of a result are the
kernel's. Both can be told to take another processor's. What this processor cannot run is left out, and said.
Threads and hash seeds change along: 1 or 2, and a seed each. The report names every row and cell that differs.
"""

import argparse
import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from rederived.work.notebooks import ROOT
from rederived.work.warm import kernels

__all__ = ["MACHINES", "Machine", "main", "runs_here"]


@dataclass(frozen=True)
class Machine:
    """A processor to be emulated.

    blas: OpenBLAS' name of its kernels
    without: instruction sets that numpy must not use, by numpy's names
    threads: of OpenBLAS
    seed: of Python's hashes
    """

    name: str
    blas: str
    without: str
    threads: int
    seed: int

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make a process run as on this processor."""
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(self.threads))
        chosen = {"OPENBLAS_CORETYPE": self.blas, "NPY_DISABLE_CPU_FEATURES": self.without}
        return threads | chosen | {"PYTHONHASHSEED": str(self.seed), "BOOK_THREADS": str(self.threads)}


_AVX512 = "X86_V4 AVX512_ICL AVX512_SPR"
MACHINES = (
    Machine("without AVX", "Prescott", f"X86_V3 {_AVX512}", threads=2, seed=1),
    Machine("AVX without FMA", "Sandybridge", f"X86_V3 {_AVX512}", threads=1, seed=2),
    Machine("AVX2 and FMA", "Haswell", _AVX512, threads=2, seed=3),
    Machine("AVX-512", "SkylakeX", "", threads=1, seed=4),
)


def runs_here(machine: Machine) -> bool:
    """Whether this processor has the instructions of those kernels."""
    code = "import numpy, scipy.linalg; a = numpy.eye(64); scipy.linalg.eigh(a @ a); numpy.linalg.eigvalsh(a)"
    return not subprocess.run([sys.executable, "-c", code], env=os.environ | machine.environment).returncode


def _differences(machine: Machine) -> list[str]:
    """The rows and cells that differ, as both commands name them; all that runs keeps its results apart."""
    workers = ["--numprocesses", "logical", "--dist", "loadfile"]
    quiet = ["-p", "no:cacheprovider", "-q", "--no-header", "--tb=short", "-rN"]
    with tempfile.TemporaryDirectory() as kept:
        variables = os.environ | machine.environment | {"DERIVATIONS_KEPT": kept}
        ledger = [sys.executable, "-m", "derivations"]
        done = subprocess.run(ledger, cwd=ROOT, env=variables, capture_output=True, text=True)
        found = re.findall(r"^DIFFERS FROM THE RECORD +(.*)", done.stderr, re.MULTILINE)
        counted = re.search(r"^(\d+) rows", done.stderr, re.MULTILINE)
        if counted is None:
            return [f"the ledger did not run: {done.stderr[-2000:]}"]
        with _environment(machine.environment | {"DERIVATIONS_KEPT": kept}), kernels() as warm:
            command = [sys.executable, "-m", "pytest", "--nbval", *quiet, *workers, "book"]
            done = subprocess.run(command, cwd=ROOT, env=variables | warm, capture_output=True, text=True)
    summary = (re.findall(r"^(?:\d+ (?:passed|failed).*)$", done.stdout, re.MULTILINE) or ["no cell ran"])[-1]
    settings = f"{machine.name} ({machine.blas}, threads: {machine.threads}, seed: {machine.seed})"
    print(f"{settings}: {counted[1]} rows, {len(found)} differ; cells: {summary}", flush=True)
    if done.returncode:
        found.append(done.stdout[-6000:])
    return found


@contextlib.contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Variables that hold while a block runs: the server of kernels inherits them."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def main(arguments: list[str] | None = None) -> int:
    """Run ledger and notebooks as on each processor; return 1 if anything differs, or fewer than three could run."""
    parser = argparse.ArgumentParser(prog="python -m tools.machines", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="OpenBLAS' names of processors; all by default")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - {m.blas for m in MACHINES}
    if unknown:
        parser.error(f"argument names must be among {[m.blas for m in MACHINES]}, but got {sorted(unknown)}")
    chosen = [m for m in MACHINES if not options.names or m.blas in options.names]
    able = [m for m in chosen if runs_here(m)]
    for machine in chosen:
        if machine not in able:
            print(f"{machine.name} ({machine.blas}): left out, this processor lacks its instructions")
    failed = {machine.name: found for machine in able if (found := _differences(machine))}
    for name, found in failed.items():
        print(f"\nDIFFERENT {name}:\n" + "\n".join(found))
    return int(bool(failed) or len(able) < min(3, len(chosen)))


if __name__ == "__main__":
    sys.exit(main())
