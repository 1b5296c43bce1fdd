"""What nbval does not see: that the stored notebooks are executed, current, short, and free of this machine."""

import ast
import json
import re
from pathlib import Path

import pytest

from rederived.page.stored import REMEDY, cells, not_executed, traces_of_an_editor
from rederived.work.notebooks import ROOT, chapters, read_source, target

__all__: list[str] = []

NOTEBOOKS = sorted(p for p in (ROOT / "book").rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
LINES = 15

OF_THIS_MACHINE = {
    "an address": r"\bat 0x[0-9a-f]+",
    "a path": r"(?<![\w:/.<])/(?:home|root|tmp|usr|work|Users|opt|var|private)/\w|[A-Z]:\\\\\w",
    "a time": r"\b\d{1,2}:\d{2}:\d{2}\b|\b\d+(?:\.\d+)? ?(?:ms|µs|ns)\b|\b20\d\d-\d\d-\d\d\b",
    "a version": r"(?i)\bversion:? \d|\bpython 3\.\d|\bv\d+\.\d+\.\d+\b",
}

assert NOTEBOOKS, "the committed notebooks are missing"
each_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)


def code_cells(notebook: Path) -> list[dict]:
    return [
        cell | {"source": "".join(cell["source"]), "tags": cell.get("metadata", {}).get("tags", [])}
        for cell in cells(notebook)
        if cell["cell_type"] == "code"
    ]


def texts(cell: dict) -> list[str]:
    found = []
    for output in cell["outputs"]:
        contents = output.get("data", {}).values() if "data" in output else [output.get("text", "")]
        found += [c if isinstance(c, str) else "".join(c) if isinstance(c, list) else json.dumps(c) for c in contents]
    return found


def source_of(notebook: Path) -> Path:
    return next(source for source in chapters() if target(source) == notebook)


def defines(source: str) -> bool:
    tree = ast.parse(source)
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(
        isinstance(node, named) or (isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda))
        for node in ast.walk(tree)
    )


def test_every_chapter_has_its_notebook_and_every_notebook_its_text():
    assert {target(source) for source in chapters()} == set(NOTEBOOKS)


@each_notebook
def test_the_notebook_is_its_text_executed(notebook):
    expected = [(c.cell_type, c.id, c.source) for c in read_source(source_of(notebook)).cells]
    assert [(c["cell_type"], c.get("id"), "".join(c["source"])) for c in cells(notebook)] == expected, (
        f"{notebook.name} is not its text executed: the text has changed since, or the notebook was edited. {REMEDY}."
    )


@each_notebook
def test_every_cell_is_stored_executed_and_in_order(notebook):
    stored = code_cells(notebook)
    for cell in stored:
        wrong = not_executed(cell)
        assert not wrong, f"{wrong}:\n{cell['source']}\n{REMEDY}."
    counts = [cell["execution_count"] for cell in stored]
    assert counts == list(range(1, len(stored) + 1)), f"the cells were not executed in order. {REMEDY}."


@each_notebook
def test_no_cell_ends_in_a_semicolon(notebook):
    for cell in code_cells(notebook):
        assert not any(line.rstrip().endswith(";") for line in cell["source"].splitlines()), cell["source"]


@each_notebook
def test_no_output_is_an_error_or_a_warning(notebook):
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            assert output["output_type"] != "error"
            assert output.get("name") != "stderr", output.get("text")


@each_notebook
def test_cells_are_short_and_define_nothing_except_in_solutions(notebook):
    for cell in code_cells(notebook):
        if "solution" not in cell["tags"]:
            assert len(cell["source"].splitlines()) <= LINES, cell["source"]
            assert not defines(cell["source"]), cell["source"]


@each_notebook
def test_no_output_is_a_picture_that_nbval_does_not_compare(notebook):
    kinds = {kind for cell in code_cells(notebook) for o in cell["outputs"] for kind in o.get("data", {})}
    assert not {kind for kind in kinds if kind in ("image/png", "image/jpeg", "application/pdf")}


@each_notebook
def test_no_output_names_this_machine_or_this_moment(notebook):
    for cell in code_cells(notebook):
        for text in texts(cell):
            for what, pattern in OF_THIS_MACHINE.items():
                found = re.search(pattern, text)
                assert not found, f"{what} in the output of\n{cell['source']}\n...{text[: found.end()][-80:]}"


@each_notebook
def test_no_number_carries_the_last_digits_of_a_processor(notebook):
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            text = "".join(output.get("data", {}).get("text/plain", output.get("text", "")))
            digits = (found[1].replace(".", "").lstrip("0") for found in re.finditer(r"(?<![\w.])(\d+\.\d+)", text))
            assert all(len(number) <= 14 for number in digits), f"round what this shows:\n{cell['source']}\n{text}"


@each_notebook
def test_no_metadata_of_one_run_is_stored(notebook):
    stored = json.loads(notebook.read_text(encoding="utf-8"))
    traces = traces_of_an_editor(stored, read_source(source_of(notebook)))
    assert not traces, f"an editor has saved {notebook.name}: metadata {', '.join(traces)}. {REMEDY}."
