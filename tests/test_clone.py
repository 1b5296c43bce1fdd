"""A stranger clones the repository and follows the plain commands of the README.

pip takes a minute and a half to install what uv installs in three seconds; so `pip` is uv's here, which takes the
same arguments. With REAL_PIP set, as on the public runners, it is pip's.
"""

import os
import re
import subprocess
import venv
from pathlib import Path

import pytest
from uv import find_uv_bin

__all__: list[str] = []

pytestmark = pytest.mark.xdist_group("clone")  # groups start first, and this one takes long

ROOT = Path(__file__).resolve().parents[1]
FENCED = re.compile(r"<!-- plain commands -->\n```sh\n(.*?)```", re.DOTALL)


# The rest of the suite computes every row and draws every figure; here one shows that the command works.
QUICK = {
    "python -m derivations": "python -m derivations SLZ25b:3",
    "python -m figures": "python -m figures fig01_circuit_and_cotunneling",
}


def plain_commands(readme: str) -> list[str]:
    return [line for line in FENCED.search(readme)[1].splitlines() if line]


def test_the_readme_names_the_plain_commands():
    commands = "\n".join(plain_commands((ROOT / "README.md").read_text(encoding="utf-8")))
    for command in ("pip install -r", "jupyter-book build .", "pytest", "pytest --nbval", "derivations", "figures"):
        assert command in commands


def test_the_plain_commands_work_in_a_fresh_clone(tmp_path):
    clone, environment = tmp_path / "clone", tmp_path / "environment"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    venv.create(environment, with_pip=bool(os.environ.get("REAL_PIP")))
    if not os.environ.get("REAL_PIP"):
        pip = environment / "bin" / "pip"
        pip.write_text(f'#!/bin/sh\nexec "{find_uv_bin()}" pip "$@" --python "{environment}/bin/python"\n')
        pip.chmod(0o755)
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PYTHON", "VIRTUAL_ENV"))}
    variables |= {
        "PATH": f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_COMPILE": "0",  # pip's way to say yes: do not compile
        # That all tests are found is shown by the run that this test is part of.
        "PYTEST_ADDOPTS": "-o testpaths=tests/test_clone.py -k 'readme_names or ipynb' "
        + " ".join(_all_notebooks_but_the_smallest()),
    }
    for command in plain_commands((clone / "README.md").read_text(encoding="utf-8")):
        quick = QUICK.get(command, command)
        done = subprocess.run(quick, shell=True, cwd=clone, env=variables, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    assert (clone / "_build" / "html" / "index.html").is_file()
    changed = subprocess.run(["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True)
    assert not changed.stdout, "following the README changes what is committed, or leaves what is not ignored"


def _all_notebooks_but_the_smallest() -> list[str]:
    """One notebook shows that the command works; `make test` itself verifies all of them."""
    notebooks = sorted((ROOT / "book").rglob("*.ipynb"), key=lambda p: p.stat().st_size)
    return [f"--ignore-glob=*/{notebook.name}" for notebook in notebooks[1:]]
