"""Stored notebooks: what nbval does not see is judged here.

nbval passes a cell that is stored without outputs; it then shows readers nothing and compares nothing.
"""

import ast
import json
from pathlib import Path

__all__ = ["REMEDY", "cells", "not_executed", "shows_nothing", "traces_of_an_editor"]

REMEDY = (
    "Notebooks are made, not edited: write the text in book/source, and `make notebooks` "
    "(or `python -m rederived.work.notebooks CHAPTER`) executes it"
)


def cells(notebook: Path) -> list[dict]:
    """Return the cells of a stored notebook; raises ValueError, which names the remedy, if it is damaged."""
    try:
        found = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if not all({"cell_type", "source"} <= cell.keys() for cell in found):
            raise ValueError("a cell is incomplete")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"Notebook {notebook.name} is damaged ({error!r}). {REMEDY}.") from error
    return found


def shows_nothing(source: str) -> bool:
    """Whether a cell is right to have no output: imports, assignments, definitions and assertions.

    >>> shows_nothing("x = 1"), shows_nothing("x")
    (True, False)
    """
    silent = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.FunctionDef, ast.Assert)
    return all(isinstance(statement, silent) for statement in ast.parse(source).body)


def not_executed(cell: dict) -> str:
    """Say what is wrong with a code cell that is stored as if it had not run; nothing if it had.

    >>> not_executed({"source": "x = 1", "outputs": [], "execution_count": 1})
    ''
    >>> not_executed({"source": "1 + 1", "outputs": [], "execution_count": 1})
    'the cell is stored without its output'
    """
    if not cell.get("execution_count"):
        return "the cell is stored without having been executed"
    if not cell.get("outputs") and not shows_nothing("".join(cell["source"])):
        return "the cell is stored without its output"
    return ""


def traces_of_an_editor(stored: dict, text: dict) -> list[str]:
    """List the metadata that an editor adds to a notebook when it saves it: versions, times, folded cells."""
    names = stored["metadata"].keys() | text["metadata"].keys()
    whole = [name for name in sorted(names) if stored["metadata"].get(name) != text["metadata"].get(name)]
    in_cells = {name for cell in stored["cells"] for name in cell["metadata"]}
    return whole + sorted(in_cells - {name for cell in text["cells"] for name in cell["metadata"]})
