"""Check the book with other releases than the locked ones.

    python -m tools.releases lowest      the oldest that pyproject.toml admits of what it names
    python -m tools.releases latest      the newest there are, whatever pyproject.toml admits

Checked are the evaluators, the rows of one paper, and the notebooks of one part: about a third. What fails is named,
with the releases that differ from the lock.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from uv import find_uv_bin

from tools.environment import Python, choose, probe

__all__ = ["CHECKS", "admitted", "main", "requirements", "versions"]

ROOT = Path(__file__).resolve().parents[1]

TESTS = ("tests/rederived/evaluate/test_evaluator.py", "tests/cotunneling")
CHECKS = (
    ("-m", "pytest", "--numprocesses", "logical", "--dist", "loadfile", *TESTS),
    ("-m", "derivations", "SLZ25b"),
    ("-m", "pytest", "--nbval", "--numprocesses", "logical", "--dist", "loadfile", "book/cotunneling"),
)

# Another program, and a theme that shows two search bars: that the book does not build with them is known.
BOUNDED = ("jupyter-book", "sphinx-book-theme")


def requirements(project: Path = ROOT / "pyproject.toml") -> list[str]:
    """Return what a project asks for directly: its dependencies, then those of each extra."""
    asked = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    return [*asked["dependencies"], *(line for extra in asked["optional-dependencies"].values() for line in extra)]


def admitted(wanted: str, which: str) -> str:
    """Return the requirements to resolve: as they stand, or without upper bounds.

    >>> print(admitted("numpy>=2.4,<2.5\\nsphinx-book-theme>=1.1,<1.2", "latest"))
    numpy>=2.4
    sphinx-book-theme>=1.1,<1.2
    """
    if which == "lowest":
        return wanted
    lines = wanted.splitlines()
    return "\n".join(line if line.startswith(BOUNDED) else re.sub(r",?<[\w.]+", "", line) for line in lines)


def versions(lock: str) -> dict[str, str]:
    """Return the version of each package of a resolved list.

    >>> versions("numpy==2.4.6 ; sys_platform != 'x'\\n    # via scipy")
    {'numpy': '2.4.6'}
    """
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))


def main(arguments: list[str] | None = None) -> int:
    """Resolve, install below `_build/releases`, run the checks; return how many fail."""
    parser = argparse.ArgumentParser(prog="python -m tools.releases", description=__doc__.partition("\n")[0])
    parser.add_argument("which", choices=("lowest", "latest"))
    which = parser.parse_args(arguments).which
    python = _environment(which)
    variables = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    failed = [check for check in CHECKS if subprocess.run([python, *check], cwd=ROOT, env=variables).returncode]
    print(f"\nAgainst the lock, the {which} releases:\n" + "\n".join(_differences(which)))
    for check in failed:
        print(f"Fails with the {which} releases: python {' '.join(check)}")
    return len(failed)


def _folder(which: str) -> Path:
    return ROOT / "_build" / "releases" / which


def _environment(which: str) -> str:
    folder, uv = _folder(which), find_uv_bin()
    folder.mkdir(parents=True, exist_ok=True)
    wanted, resolved, venv = folder / "requirements.in", folder / "requirements.txt", folder / "environment"
    resolved.unlink(missing_ok=True)
    wanted.write_text(admitted("\n".join(requirements()), which) + "\n", encoding="utf-8")
    resolution = ["--resolution", "lowest-direct" if which == "lowest" else "highest"]
    chosen = _python(which)
    python = ["--python", chosen.path]
    _run(uv, "pip", "compile", "--quiet", *python, *resolution, str(wanted), "--output-file", str(resolved))
    shutil.rmtree(venv, ignore_errors=True)
    _run(uv, "venv", "--quiet", *python, str(venv))
    inside = str(venv / Path(sys.executable).relative_to(sys.prefix))
    print(f"With {chosen}.", flush=True)
    # As with the lock, nobody needs a compiler.
    _run(uv, "pip", "install", "--quiet", "--no-build", "--python", inside, "--requirement", str(resolved))
    site = subprocess.run(
        [inside, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], stdout=subprocess.PIPE, check=True
    )
    (Path(site.stdout.decode().strip()) / "book.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    return inside


def _python(which: str) -> Python:
    """The newest releases of numpy and scipy leave old Pythons behind: they need the newest of this machine."""
    mine = probe(sys.executable)
    return mine if which == "lowest" else max([mine, *(p for p in choose()[1] if p.fits)], key=lambda p: p.version)


def _run(*command: str) -> None:
    if subprocess.run(command).returncode:
        raise SystemExit(f"`{' '.join(command)}` failed: see above what does not resolve or install.")


def _differences(which: str) -> list[str]:
    locked = versions((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    found = versions((_folder(which) / "requirements.txt").read_text(encoding="utf-8"))
    changed = {name: version for name, version in found.items() if locked.get(name) != version}
    return [f"  {name} {locked.get(name, 'none')} -> {version}" for name, version in changed.items()]


if __name__ == "__main__":
    sys.exit(main())
