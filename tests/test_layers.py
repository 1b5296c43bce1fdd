"""One direction only: derivations, then figures, then the book; and parts that do not know one another."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("derivations", "figures", "tools")
PARTS = ("cotunneling", "pumping", "annular")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LINES = 400

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).with_suffix("").as_posix())


def imported(path: Path) -> set[str]:
    """Absolute names of all that a module imports, inside functions too."""
    package = path.relative_to(ROOT).parent.parts
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join([*base, *filter(None, [node.module])])
            names |= {start} | {f"{start}.{alias.name}" for alias in node.names}
    return names


def among(names: set[str], packages: tuple[str, ...]) -> set[str]:
    return {name for name in names if any(name == p or name.startswith(f"{p}.") for p in packages)}


@each_module
def test_each_floor_knows_only_those_below(path):
    above = {
        "derivations": ("matplotlib", "schemdraw", "figures", "tools", "tests"),
        "figures": ("tools", "tests"),
        "tools": ("tests",),
    }
    assert not among(imported(path), above[path.relative_to(ROOT).parts[0]])


@each_module
def test_parts_do_not_import_one_another(path):
    mine = set(path.relative_to(ROOT).parts) & set(PARTS)
    if mine:
        others = tuple(f"{p}.{o}" for p in ("derivations", "figures") for o in PARTS if o not in mine)
        assert not among(imported(path), others)


@each_module
def test_figures_hold_no_algebra(path):
    relative = path.relative_to(ROOT)
    if relative.parts[0] == "figures" and set(relative.parts) & set(PARTS):
        assert not among(imported(path), ("sympy", "scipy"))


@each_module
def test_a_module_says_what_it_offers_and_stays_short(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    targets = [t for n in tree.body if isinstance(n, ast.Assign) for t in n.targets]
    targets += [n.target for n in tree.body if isinstance(n, ast.AnnAssign)]
    assert "__all__" in {t.id for t in targets if isinstance(t, ast.Name)}
    assert len(text.splitlines()) <= LINES


def test_importing_derivations_is_cheap():
    """What takes long to import is not imported; how long it takes is the machine's affair."""
    code = "import sys, derivations; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"matplotlib", "numpy", "scipy", "hypothesis", "IPython"} & set(done.stdout.split())
