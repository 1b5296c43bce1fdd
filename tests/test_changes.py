"""What CHANGES.md says of a name that moved: the new one is there, read from the sources, which imports nothing."""

import ast
import re
from functools import cache
from pathlib import Path

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| `(.+)` \| `((?:derivations|figures|rederived|tools)\.[\w.]+)` \|$")
ROWS = list(map(ROW.match, (ROOT / "CHANGES.md").read_text(encoding="utf-8").splitlines()))
MOVED = [row.groups() for row in ROWS if row]


@cache
def names_in(file: Path) -> frozenset[str]:
    """What a module defines or assigns, not what it imports."""
    found: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        targets = list(node.targets) if isinstance(node, ast.Assign) else []
        targets += [node.target] if isinstance(node, ast.AnnAssign) else []
        found |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return frozenset(found)


def is_there(name: str) -> bool:
    parts = name.split(".")
    for count in (len(parts), len(parts) - 1):
        place = ROOT.joinpath(*parts[:count])
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_file():
                return count == len(parts) or parts[-1] in names_in(file)
    return False


def test_the_list_is_read():
    assert len(MOVED) > 200
    assert not is_there("derivations.cotunneling.rates.rates.rate_evaluator_of")
    assert not is_there("derivations.cotunneling.evaluators")


def test_every_new_name_is_there():
    # An evaluator is an attribute of its formula.
    assert [new for _, new in MOVED if not (is_there(new) or is_there(new.removesuffix(".evaluator")))] == []


def test_every_old_name_is_gone():
    # A module that became a folder keeps its name as the folder's.
    plain = [old for old, new in MOVED if re.fullmatch(r"[\w.]+", old) and not new.startswith(f"{old}.")]
    assert [old for old in plain if is_there(old)] == []
