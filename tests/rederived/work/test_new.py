"""The beginning of a part runs as it stands, and so does what CONTRIBUTING.md says, in a copy of the repository."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from rederived.__main__ import main
from rederived.work.new import equations

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[3]
STEPS = re.compile(r"<!-- (?:file: (?P<file>\S+)|run) -->\n```\w+\n(?P<text>.*?)```", re.DOTALL)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess:
    """Run Python in a folder whose packages come before those of this checkout."""
    variables = os.environ | {"PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, *command], cwd=folder, env=variables, capture_output=True, text=True)


def test_recipes_work_in_a_copy(tmp_path):
    """Files are written and commands run in the order in which a reader meets them."""
    for name in ("rederived", "derivations", "figures"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_toc.yml", "pyproject.toml", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, tmp_path)
    said = {}
    for step in STEPS.finditer((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        if step["file"]:
            (tmp_path / step["file"]).write_text(step["text"], encoding="utf-8")
            continue
        (line,) = step["text"].splitlines()
        done = run(tmp_path, *line.split()[1:])
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        said[line] = done
    assert len(said) == 4
    recorded = json.loads((tmp_path / "derivations" / "ledger.json").read_text(encoding="utf-8"))
    mine = [entry for entry in recorded if entry["source"] == "Hooke1678"]
    assert [(e["number"], e["verdict"]) for e in mine] == [("1", "agrees"), ("2", "agrees"), ("3", "agrees")]
    theirs = json.loads((ROOT / "derivations" / "ledger.json").read_text(encoding="utf-8"))
    assert [entry for entry in recorded if entry["source"] != "Hooke1678"] == theirs
    assert (tmp_path / "_build" / "drawn" / "period_against_mass.svg").stat().st_size > 1000
    # Both loops enclose the gap once, so that a slow cycle moves one pair; six islands leave some percent.
    assert list(map(float, said["python my_drive.py"].stdout.split())) == pytest.approx([1, 1], abs=0.05)


def test_a_part_begins_with_open_rows_a_chapter_and_a_figure(tmp_path, capsys):
    assert main(["new", "pendulum", "--key", "P26", "--equations", "1-2,5", "--place", str(tmp_path)]) == 0
    capsys.readouterr()
    done = run(tmp_path, "-m", "rederived", "check", ".")
    assert done.returncode == 1, done.stderr
    assert [line.split() for line in done.stdout.splitlines() if line.startswith("P26:")] == [
        ["P26:1", "OPEN"],
        ["P26:2", "OPEN"],
        ["P26:5", "OPEN"],
    ]
    chapter = (tmp_path / "book" / "source" / "pendulum" / "pendulum.md").read_text(encoding="utf-8")
    cells = re.findall(r"```\{code-cell\} ipython3\n(.*?)```", chapter, re.DOTALL)
    code = re.sub(r"^((?:show|draw)\(.*)$", r"\1._repr_html_()", "".join(cells), flags=re.MULTILINE)
    shown = run(tmp_path, "-c", code)
    assert shown.returncode == 0, shown.stderr
    assert len(cells) == 5


def test_a_second_paper_joins_the_lists_and_nothing_is_overwritten(tmp_path, capsys):
    shutil.copy(ROOT / "_toc.yml", tmp_path)
    for name, key in (("pendulum", "P26"), ("spring", "Hooke1678")):
        assert main(["new", name, "--key", key, "--equations", "1", "--place", str(tmp_path)]) == 0
    papers = (tmp_path / "derivations" / "papers.py").read_text(encoding="utf-8")
    assert "PAPERS = (P26, Hooke1678)" in papers
    assert 'PARTS = ("pendulum", "spring")' in papers
    contents = yaml.safe_load((tmp_path / "_toc.yml").read_text(encoding="utf-8"))
    assert [part["caption"] for part in contents["parts"]][-3:] == ["Pendulum", "Spring", "At the end"]
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    assert main(["new", "spring", "--key", "H2", "--equations", "1", "--place", str(tmp_path)]) == 2
    assert "must name a new part, but derivations/spring/__init__.py" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "each once, but got none"), ("1,1", "each once, but got 1"), ("3-1", "but got '3-1'"), ("a", "but got 'a'")],
)
def test_a_list_that_is_none_is_refused(text, said):
    with pytest.raises(ValueError, match=f"Argument `equations` must have .*{said}"):
        equations(text)


@pytest.mark.parametrize(("name", "key"), [("my-part", "P26"), ("part", "26P")])
def test_a_name_that_python_cannot_import_is_refused(name, key, tmp_path, capsys):
    assert main(["new", name, "--key", key, "--equations", "1", "--place", str(tmp_path)]) == 2
    assert "must be a name in Python (letters, digits, _), but got" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
