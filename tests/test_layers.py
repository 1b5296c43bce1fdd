"""Directions, as import-linter reads them in pyproject.toml; and what a module says of itself."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("rederived", "derivations", "figures", "tools")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
ROOM = 8

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).with_suffix("").as_posix())


def contracts(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess:
    """Ask import-linter; imports inside functions count."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache"]
    return subprocess.run([*command, *arguments], cwd=folder, capture_output=True, text=True)


def test_floors_parts_and_rooms_know_only_those_below_and_no_circle_is_left():
    done = contracts()
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("rederived/comparison.py", "import derivations.papers", "One direction"),
        ("rederived/files.py", "import rederived.ledger", "The machinery"),
        ("rederived/page/report.py", "import rederived.work.new", "The machinery"),
        ("derivations/annular/ring/lengths.py", "def late():\n    import derivations.annular.particle", "Annular"),
        ("derivations/pumping/drives/drives.py", "import derivations.pumping.drives.driven_chain", "No circles"),
        ("derivations/pumping/symbols.py", "import derivations.annular.symbols", "Parts do not"),
        ("figures/pumping/fig01_device.py", "import sympy", "Figures hold no physics"),
        ("figures/pumping/fig01_device.py", "import derivations.pumping.claims", "Chapters and the ledger"),
        ("derivations/annular/symbols.py", "import matplotlib", "Derivations draw nothing"),
    ],
)
def test_an_import_against_the_direction_is_named(tmp_path, module, line, contract):
    """The contracts read what they should: each breaks in a copy with one wrong line."""
    for path in MODULES:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    with (tmp_path / module).open("a") as file:
        file.write(f"\n{line}\n")
    done = contracts(folder=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(contract in said and "BROKEN" in said for said in done.stdout.splitlines()), done.stdout


def test_the_machinery_is_typed():
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@each_module
def test_a_module_says_what_it_offers(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    targets = [t for n in tree.body if isinstance(n, ast.Assign) for t in n.targets]
    targets += [n.target for n in tree.body if isinstance(n, ast.AnnAssign)]
    assert "__all__" in {t.id for t in targets if isinstance(t, ast.Name)}


def test_a_room_is_seen_at_a_glance():
    rooms = {path.parent for path in (ROOT / "derivations").glob("*/*/*.py") if path.parent.name != "claims"}
    crowded = {room.name: n for room in rooms if (n := len(list(room.glob("[!_]*.py")))) > ROOM}
    assert rooms
    assert not crowded


def test_the_machinery_names_no_paper_and_no_part_of_ours():
    from derivations.papers import PAPERS, PARTS

    ours = re.compile("|".join([*(paper.key for paper in PAPERS), *(rf"\b{part}\b" for part in PARTS)]), re.IGNORECASE)
    files = [path for path in (ROOT / "rederived").rglob("*.*") if path.is_file() and path.suffix != ".pyc"]
    assert files
    assert not {path.name: found[0] for path in files if (found := ours.search(path.read_text(encoding="utf-8")))}


def test_importing_derivations_is_cheap():
    """What takes long to import is not imported; how long it takes is the machine's affair."""
    code = "import sys, derivations; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"matplotlib", "numpy", "scipy", "hypothesis", "IPython"} & set(done.stdout.split())


@pytest.mark.parametrize("part", ["pumping", "annular"])
def test_one_name_is_one_thing_within_a_part(part):
    """A derivation and the evaluator made from it have two names, and no two modules define one name."""
    modules = [path for path in MODULES if path.is_relative_to(ROOT / "derivations" / part)]
    defined = [
        node.name
        for path in modules
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not is_private(node.name)
    ]
    assert len(defined) > 100
    assert not {name for name in defined if defined.count(name) > 1}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def private_of_others(source: str) -> list[str]:
    """What a module takes from another one of this repository, by name or through the module, though it is private."""
    tree, found, modules = ast.parse(source), [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES:
            found += [alias.name for alias in node.names if is_private(alias.name)]
            modules |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            modules |= {alias.asname or alias.name for alias in node.names if alias.name.split(".")[0] in PACKAGES}
    reached = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_private(node.attr)]
    return found + [node.attr for node in reached if ast.unparse(node.value) in modules]


@each_module
def test_nothing_private_is_taken_from_another_module(path):
    """A name that another module needs is public there, and says what it is."""
    assert not private_of_others(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        "from derivations.pumping.engines.steps import _rule",
        "def late():\n    from rederived.kept import _same as same",
        "from derivations.pumping.engines import steps\nsteps._rule(1, 1.0)",
        "from derivations.pumping.engines import steps as s\ns._rule(1, 1.0)",
        "import derivations.pumping\nderivations.pumping._hidden",
    ],
)
def test_a_private_name_of_another_module_is_found(line):
    assert len(private_of_others(line)) == 1
    assert not private_of_others("from rederived.kept import kept\nimport os\nos._exit\nself._own = kept.__name__")
