"""Execute the chapters: `book/source/<part>/<name>.md` becomes `book/<part>/<name>.ipynb`.

`python -m rederived.work.notebooks [--check] [NAME ...]`

The stored outputs are what readers see and what `pytest --nbval book/` compares with a fresh run. Two runs of an
unchanged chapter give the same bytes: cells are named by their content, and times and versions are left out.
"""

import argparse
import difflib
import hashlib
import os
import sys
from collections import Counter
from pathlib import Path

import joblib
import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from tqdm import tqdm

from rederived.files import replace
from rederived.page.stored import REMEDY
from rederived.place import HERE

__all__ = ["chapters", "execute", "main", "read_source", "target"]

ROOT = HERE.folder
SOURCES = ROOT / "book" / "source"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python", "pygments_lexer": "ipython3"},
}


def chapters(names: list[str] | None = None) -> list[Path]:
    """Return the text sources: all, or those called `part`, `part/name` or `name`."""
    found = sorted(SOURCES.glob("*/*.md"))
    for name in names or []:
        if not any(_is_called(source, name) for source in found):
            raise ValueError(f"Argument `names` must name chapters of book/source, but got {name!r}.")
    return [source for source in found if not names or any(_is_called(source, name) for name in names)]


def _is_called(source: Path, name: str) -> bool:
    part, chapter = source.parent.name, source.stem
    return name in (part, chapter, f"{part}/{chapter}")


def target(source: Path) -> Path:
    """Return the notebook that belongs to a text source."""
    return ROOT / "book" / source.parent.name / f"{source.stem}.ipynb"


def read_source(source: Path) -> nbformat.NotebookNode:
    """Read a text source as a notebook without outputs, with fixed cell ids and metadata."""
    notebook = jupytext.read(source, fmt="md:myst")
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        name = hashlib.sha256(f"{cell.cell_type}\0{cell.source}".encode()).hexdigest()[:12]
        seen[name] += 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return notebook


def execute(source: Path) -> str:
    """Execute one chapter in the folder of its notebook, and return the notebook as text."""
    notebook = read_source(source)
    folder = target(source).parent
    folder.mkdir(exist_ok=True)
    NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--IPKernelApp.log_level=40"],  # it warns of TCP, which stays on this machine
    ).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _joined_streams(cell.outputs)
    return nbformat.writes(notebook, version=4) + "\n"


def _joined_streams(outputs: list) -> list:
    """Where a stream is cut into messages depends on timing."""
    joined: list = []
    for output in outputs:
        previous = joined[-1] if joined else None
        if previous and output.output_type == "stream" == previous.output_type and output.name == previous.name:
            previous.text += output.text
        else:
            joined.append(output)
    return joined


def _try(source: Path) -> tuple[Path, str, str]:
    try:
        return source, execute(source), ""
    except CellExecutionError as error:
        return source, "", str(error)
    except Exception as error:  # one chapter that cannot be read or has no kernel does not stop the others
        return source, "", f"{type(error).__name__}: {error}"


def _changes(source: Path, new: str) -> str:
    notebook = target(source)
    old = notebook.read_text(encoding="utf-8") if notebook.exists() else ""
    if old == new:
        return ""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "stored", "executed", n=1, lineterm="")
    return "\n".join(line[:200] for line in list(lines)[:60])


def main(arguments: list[str] | None = None) -> int:
    """Execute the chapters and write those that changed; with `--check`, only say whether any would."""
    parser = argparse.ArgumentParser(prog="python -m rederived.work.notebooks", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="a part, a chapter, or part/chapter; all by default")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a notebook would change")
    options = parser.parse_args(arguments)
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    try:
        sources = chapters(options.names)
    except ValueError as error:
        parser.error(str(error))
    jobs = joblib.Parallel(n_jobs=min(len(sources), os.cpu_count() or 1) or 1, return_as="generator_unordered")
    runs = jobs(joblib.delayed(_try)(source) for source in sources)
    failed = False
    for source, new, failure in tqdm(runs, total=len(sources), file=sys.stderr, disable=None, desc="chapters"):
        name = source.relative_to(ROOT)
        changes = "" if failure else _changes(source, new)
        failed |= bool(failure) or (options.check and bool(changes))
        if failure:
            print(f"{name}: FAILED\n{failure}")
        elif changes and options.check:
            print(f"{name}: the stored notebook differs\n{changes}\n{REMEDY}.")
        elif changes:
            replace(target(source), new)
            print(f"{name}: written")
        else:
            print(f"{name}: unchanged")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
