"""What is interrupted, damaged or read-only ends well, or in a message that names the remedy."""

import ctypes
import io
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import nbformat
import pytest
from filelock import FileLock, Timeout
from nbval.plugin import IPyNbFile, NbCellError
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from rederived import command, files, recorded
from rederived.figures import command as figures
from rederived.page import extension as sphinx_book
from rederived.page import show, vendor, whole
from rederived.page.places import places
from rederived.page.stored import cells, traces_of_an_editor
from rederived.place import Book
from rederived.work import notebooks
from rederived.work.notebooks import METADATA

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("rederived", "derivations", "figures", "tools")
SOURCES = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]


# --- files are whole


def test_an_interruption_leaves_the_former_file(tmp_path, monkeypatch):
    path = tmp_path / "ledger.json"
    files.replace(path, "former\n")
    monkeypatch.setattr(os, "replace", lambda *paths: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        files.replace(path, b"new")
    assert path.read_bytes() == b"former\n"
    assert list(tmp_path.iterdir()) == [path]


def test_every_file_is_written_whole():
    writes = re.compile(r"\.write_(?:text|bytes)\(|\bopen\([^)]*[\"'][wax]|\bsavez(?:_compressed)?\((?!packed)")
    found = {path.relative_to(ROOT).as_posix() for path in SOURCES if writes.search(path.read_text(encoding="utf-8"))}
    # The environment is made by any Python, before there is anything of ours; its stamp comes last, and is compared.
    # Errors are planted in a copy that is thrown away.
    by_themselves = {"tools/environment.py", "tools/releases.py", "tools/mutants.py"}
    assert found - by_themselves == {"rederived/files.py"}


def test_no_module_needs_one_system():
    """What only POSIX or only Windows has keeps the other out."""
    needs = re.compile(r"^\s*(?:import|from) (?:fcntl|grp|msvcrt|pwd|resource|termios|winreg)\b", re.M)
    found = {path.relative_to(ROOT).as_posix() for path in SOURCES if needs.search(path.read_text(encoding="utf-8"))}
    assert found == {"tools/environment.py"}  # which knows both, and takes the one that is there


def test_two_tasks_of_one_name_exclude_one_another(tmp_path):
    with vendor.alone(tmp_path, "task"):
        lock = FileLock(tmp_path / "task.lock")
        with pytest.raises(Timeout):
            lock.acquire(timeout=0)
    with lock.acquire(timeout=0):
        assert lock.is_locked


# --- the ledger


@pytest.fixture(params=['[{"source": "SLZ25b", "numb', "", '[{"source": "SLZ25b"}]', "{}"], ids=str)
def damaged(request, tmp_path):
    """A ledger that an interruption or a merge has left."""
    path = tmp_path / "derivations" / "ledger.json"
    path.parent.mkdir()
    path.write_text(request.param or " ", encoding="utf-8")
    return path


def test_a_damaged_ledger_is_named_with_its_remedy(damaged, tmp_path, capsys):
    paper = shutil.copytree(ROOT / "tests" / "data" / "pendulum", tmp_path / f"pendulum_{abs(hash(damaged))}")
    book = replace(Book.at(paper), stored=damaged)
    for arguments in ([], ["P26:1"], ["P26:1", "--record"]):
        assert command.main(arguments, book=book) == 2
        assert "ledger.json is damaged" in (said := capsys.readouterr().err)
        assert "--record makes it anew" in said
    assert command.main(["--record"], book=book) == 0
    assert [entry["number"] for entry in recorded.read(damaged)] == ["1", "2", "3"]


def test_a_card_names_the_remedy_of_a_damaged_ledger(damaged):
    read = show._recorded.__wrapped__
    with pytest.raises(ValueError, match=r"is damaged .*--record"):
        read(damaged)


# --- notebooks


def notebook(*code: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=list(code), metadata=METADATA)


def test_what_an_editor_adds_is_seen():
    text = notebook(nbformat.v4.new_code_cell("1", metadata={"tags": ["solution"]}))
    assert not traces_of_an_editor(text, text)
    saved = json.loads(json.dumps(text))
    saved["metadata"]["language_info"]["version"] = "3.12.1"
    saved["metadata"]["widgets"] = {}
    saved["cells"][0]["metadata"]["execution"] = {}
    assert traces_of_an_editor(saved, text) == ["language_info", "widgets", "execution"]


@pytest.mark.parametrize("text", ['{"cells": [{"cell_ty', '{"nbformat": 4}', "[]", '{"cells": [{"source": []}]}'])
def test_a_damaged_notebook_is_named_with_its_remedy(tmp_path, text):
    (tmp_path / "gas.ipynb").write_text(text)
    for read in (lambda: cells(tmp_path / "gas.ipynb"), lambda: places(tmp_path, ["gas"])):
        with pytest.raises(ValueError, match=r"gas\.ipynb is damaged .*make notebooks"):
            read()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (nbformat.v4.new_code_cell("y = x"), "without having been executed"),
        (nbformat.v4.new_code_cell("x + 1", execution_count=3), "without its output"),
        (nbformat.v4.new_code_cell("y = x", execution_count=3), ""),
        (nbformat.v4.new_code_cell("y = x", metadata={"tags": ["nbval-ignore-output"]}), ""),
    ],
)
def test_nbval_fails_a_cell_that_is_stored_without_its_output(tmp_path, request, cell, said):
    """Collected by nbval itself; only the kernel is left out."""
    nbformat.write(notebook(cell), tmp_path / "gas.ipynb")
    file = IPyNbFile.from_parent(request.session, path=tmp_path / "gas.ipynb")
    file.compare_outputs = True
    (item,) = file.collect()
    running = runpy.run_path(str(ROOT / "book" / "conftest.py"))["pytest_runtest_call"](item)
    next(running)
    with pytest.raises(NbCellError if said else StopIteration, match=f"{said}.*make notebooks" if said else None):
        running.send(None)


def test_a_chapter_that_cannot_be_executed_does_not_stop_the_others(tmp_path):
    assert notebooks._try(tmp_path / "missing.md")[1:] == ("", mock.ANY)
    assert "missing.md" in notebooks._try(tmp_path / "missing.md")[2]


# --- builds: a small book of real pages, with the extension as the book loads it

CONF = """
import os
project, root_doc, html_theme, html_copy_source = "small", "index", "basic", False
extensions = ["myst_parser", "sphinxcontrib.bibtex", "rederived.page.extension"]
myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]
bibtex_bibfiles, exclude_patterns = ["references.bib"], ["node_modules/**", "_build"]
mathjax_path, suppress_warnings = "../vendor/mathjax/es5/tex-chtml.js", ["myst.xref_missing"]

def setup(app):
    app.connect("html-page-context", lambda app, page, *rest: page == os.environ.get("KILLED_AT") and os._exit(9))
"""
PAGES = ("annular/index", "bibliography", "notation", "pumping/index")


@pytest.fixture
def book(tmp_path):
    """The sources of a small book; what npm installs is the book's own."""
    source = tmp_path / "book"
    for name in (*(f"{vendor.SCRIPTS}/{name}" for name in vendor.OWN), "derivations/ledger.json", *vendor.INSTALLED_BY):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    for name in (*(f"{page}.md" for page in PAGES), "references.bib"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "book" / name, source / name)
    (source / "node_modules").symlink_to(vendor.install(), target_is_directory=True)
    listed = "\n".join(PAGES)
    (source / "index.md").write_text(f"# A small book\n\n```{{toctree}}\n{listed}\n```\n")
    (source / "conf.py").write_text(CONF)
    return source


def build(source: Path, output: Path, builder: str = "html") -> tuple[int, str]:
    """Build as jupyter-book does: what was read stands beside the outputs, warnings fail at the end."""
    folders = (source, source, output / builder, output / ".doctrees", builder)
    said = io.StringIO()
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(*folders, status=said, warning=said, warningiserror=True, keep_going=True)
        app.build()
    return app.statuscode, said.getvalue()


def killed(source: Path, output: Path, page: str) -> None:
    """A build that ends for good where it would write a page."""
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-d", str(output / ".doctrees")]
    done = run([*command, str(source), str(output / "html")], env={"KILLED_AT": page})
    assert done.returncode == 9, done.stderr


def interrupted(source: Path, output: Path, page: str, monkeypatch) -> None:
    """A build that somebody interrupts where it would write a page."""

    def stop(builder, name, doctree):
        if name == page:
            raise KeyboardInterrupt
        write(builder, name, doctree)

    write = StandaloneHTMLBuilder.write_doc
    with monkeypatch.context() as patched:
        patched.setattr(StandaloneHTMLBuilder, "write_doc", stop)
        with pytest.raises(KeyboardInterrupt):
            build(source, output)


def content(output: Path) -> dict[str, bytes]:
    files = (path for path in output.rglob("*") if path.is_file() and path.name != ".inputs")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def run(arguments: list[str], **options) -> subprocess.CompletedProcess:
    environment = os.environ | options.pop("env", {})
    return subprocess.run(arguments, capture_output=True, text=True, env=environment, **options)


def test_a_killed_build_is_made_whole_by_the_next(book, tmp_path):
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    assert build(book, undisturbed)[0] == 0
    killed(book, disturbed, page="notation")
    written = content(disturbed / "html")
    assert "bibliography.html" in written
    assert "pumping/index.html" not in written
    assert not whole.is_current(disturbed / "html", book)
    status, said = build(book, disturbed)
    assert status == 0, said
    assert content(disturbed / "html") == content(undisturbed / "html")
    assert whole.is_current(disturbed / "html", book)


def test_an_interrupted_build_of_a_book_that_was_whole_hides_nothing(book, tmp_path, monkeypatch):
    """What was read anew is stored when the pages are written: only the stamp knows that they are not."""
    output = tmp_path / "output"
    build(book, output)
    before = content(output / "html")
    notation = book / "notation.md"
    notation.write_text(notation.read_text(encoding="utf-8").replace("# ", "# Xylophones and ", 1), encoding="utf-8")
    interrupted(book, output, page="index", monkeypatch=monkeypatch)
    status, said = build(book, output)
    assert (status, "did not finish" in said) == (0, True), said
    changed = {name for name, text in content(output / "html").items() if before[name] != text}
    assert {"notation.html", "index.html", "searchindex.js", "pumping/index.html"} <= changed


def test_a_page_lets_boxes_of_key_numbers_be_scrolled_by_keys(book, tmp_path):
    box = '<div class="key-numbers tex2jax_process"><table></table></div>'
    (book / "notation.md").write_text(f"# Notation\n\n{box}\n", encoding="utf-8")
    assert build(book, tmp_path / "output")[0] == 0
    page = (tmp_path / "output" / "html" / "notation.html").read_text(encoding="utf-8")
    (tag,) = re.findall(r'<div class="key-numbers[^>]*>', page)
    assert {'tabindex="0"', 'role="group"', 'aria-label="Key'} <= set(tag.split())


def test_a_whole_build_is_left_alone(book, tmp_path):
    output = tmp_path / "output"
    build(book, output)
    times = {path: path.stat().st_mtime_ns for path in output.rglob("*.html")}
    status, said = build(book, output)
    assert (status, "no targets are out of date" in said) == (0, True), said
    assert times == {path: path.stat().st_mtime_ns for path in output.rglob("*.html")}


def test_a_build_with_warnings_warns_again(book, tmp_path):
    output = tmp_path / "output"
    (book / "notation.md").write_text("# Notation\n\n{cite:t}`nobody`\n", encoding="utf-8")
    for _ in range(2):
        status, said = build(book, output)
        assert (status, "nobody" in said) == (1, True), said
        assert not whole.is_current(output / "html", book)


def test_a_build_that_fails_is_made_anew(book, tmp_path):
    output = tmp_path / "output"
    build(book, output)
    damaged = book / "derivations" / "ledger.json"
    kept = damaged.read_bytes()
    damaged.write_bytes(kept[:1000])
    (book / "notation.md").write_text("# Notation\n\n```{ledger}\n```\n", encoding="utf-8")
    with pytest.raises(ExtensionError, match=r"ledger.json is damaged .*--record"):
        build(book, output)
    damaged.write_bytes(kept)
    assert not whole.is_current(output / "html", book)
    assert build(book, output)[0] == 0
    assert whole.is_current(output / "html", book)


def test_what_another_builder_has_read_reaches_every_page(book, tmp_path):
    """Builders share what Sphinx has read: the second would take its pages for written."""
    output = tmp_path / "output"
    build(book, output, "html")
    build(book, output, "dirhtml")
    notation = book / "notation.md"
    notation.write_text(notation.read_text(encoding="utf-8").replace("# ", "# Xylophones and ", 1), encoding="utf-8")
    assert build(book, output, "html")[0] == 0
    assert build(book, output, "dirhtml")[0] == 0
    neighbor = output / "dirhtml" / "pumping" / "index.html"
    assert "Xylophones" in neighbor.read_text(encoding="utf-8")


def test_a_change_during_a_build_is_for_the_next(book, tmp_path, monkeypatch):
    output, stylesheet = tmp_path / "output", book / vendor.SCRIPTS / "figures.css"
    finish = StandaloneHTMLBuilder.finish

    def change(builder):
        finish(builder)
        stylesheet.write_text(stylesheet.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    monkeypatch.setattr(StandaloneHTMLBuilder, "finish", change)
    assert build(book, output)[0] == 0
    assert not whole.is_current(output / "html", book)


def test_a_change_in_the_extension_makes_all_anew(book, tmp_path, monkeypatch):
    output = tmp_path / "output"
    build(book, output)
    for module in (sphinx_book, whole):
        monkeypatch.setattr(module, "code", lambda: "1" * 64)
    assert not whole.is_current(output / "html", book)
    status, said = build(book, output)
    assert (status, "5 added" in said) == (0, True), said
    assert whole.is_current(output / "html", book)


# --- JavaScript


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """A checkout whose `npm ci` installs all that pages load, a few bytes each; returns its calls."""
    calls = []

    def install(command, **options):
        calls.append(options["cwd"])
        for name in vendor.PARTS:
            is_folder = not Path(name).suffix and "LICENSE" not in name
            path = options["cwd"] / "node_modules" / name / ("part.js" if is_folder else "")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("whole")
        return subprocess.CompletedProcess(command, 0)

    for name in (*vendor.INSTALLED_BY, *(f"{vendor.SCRIPTS}/{name}" for name in vendor.OWN)):
        (tmp_path / "checkout" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "checkout" / name)
    monkeypatch.setattr(vendor, "npm", install)
    return calls


def test_a_damaged_file_of_equal_size_does_not_reach_the_book(tmp_path, modules):
    root = tmp_path / "checkout"
    script = vendor.vendor(root) / "vendor/uplot/uPlot.iife.min.js"
    for damaged in (root / "node_modules/uplot/dist/uPlot.iife.min.js", script):
        times = damaged.stat()
        damaged.write_text("whose")
        os.utime(damaged, ns=(times.st_atime_ns, times.st_mtime_ns))
        vendor.vendor(root)
        assert script.read_text() == "whole"
    assert modules == [root, root]


# --- a checkout that nobody may write in


class _Head(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


@contextmanager
def read_only(folder: Path):
    """Nobody may write below a folder; an administrator, who may write everywhere, gives that up meanwhile."""
    paths = [path for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    modes = {path: path.stat().st_mode for path in paths}
    head, former = _Head(0x20080522, 0), (ctypes.c_uint32 * 6)()
    is_root = sys.platform == "linux" and os.geteuid() == 0
    for path in paths:
        path.chmod(modes[path] & ~0o222)
    if is_root:
        system = ctypes.CDLL(None, use_errno=True)
        assert system.capget(ctypes.byref(head), former) == 0
        fewer = (ctypes.c_uint32 * 6)(*former)
        fewer[0] &= ~0b110  # effective: without CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        assert system.capset(ctypes.byref(head), fewer) == 0
    try:
        yield
    finally:
        if is_root:
            assert system.capset(ctypes.byref(head), former) == 0
        for path in paths:
            path.chmod(modes[path])


@pytest.mark.parametrize("installed", [True, False], ids=["installed before", "nothing installed"])
def test_a_read_only_book_is_built_into_another_folder(book, tmp_path, modules, installed):
    output = tmp_path / "output"
    if not installed:
        (book / "node_modules").unlink()
    before = content(book)
    with read_only(book):
        with pytest.raises(PermissionError):
            (book / "new").touch()
        status, said = build(book, output)
    assert status == 0, said
    assert content(book) == before
    assert (output / "html/vendor/uplot/uPlot.iife.min.js").is_file()
    assert modules == ([] if installed else [output])


def test_without_an_output_the_place_is_in_the_cache_of_the_user(tmp_path, monkeypatch, modules):
    root, cache = tmp_path / "checkout", tmp_path / "cache"
    monkeypatch.setattr(vendor, "user_cache_path", lambda *name, **options: cache)
    with read_only(root):
        installed = vendor.install(root)
        assert vendor.install(root) == installed
        assert cache in installed.parents
    assert len(modules) == 1
    assert vendor.scratch(root) == root / "_build"


def test_figures_that_cannot_be_written_say_what_to_do_before_anything_is_computed(tmp_path, monkeypatch, capsys):
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    figure = SimpleNamespace(__file__=str(checkout / "squares.py"), compute=lambda: pytest.fail("it was computed"))
    monkeypatch.setattr(figures, "find", lambda name: SimpleNamespace(name="squares", module=figure))
    with read_only(checkout):
        for arguments in (["--output", str(checkout / "figures")], ["--recompute", "--output", str(tmp_path)]):
            assert figures.main(["squares", *arguments]) == 2
            said = capsys.readouterr().err
            assert f"Folder {checkout}" in said
            assert "`python -m figures --output FOLDER` draws elsewhere what is stored" in said
            assert "copy the checkout to where you may write" in said


TESTS = """
from hypothesis import given, strategies

@given(strategies.integers())
def test_a_number(number):
    assert number == number
"""


def test_the_tests_run_where_nobody_may_write(tmp_path):
    checkout = tmp_path / "checkout"
    (checkout / "tests").mkdir(parents=True)
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, checkout)
    (checkout / "tests" / "test_number.py").write_text(TESTS)
    drop = "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0); os.execv(sys.executable, sys.argv[1:])"
    with read_only(checkout):
        done = run([sys.executable, "-c", drop, sys.executable, "-m", "pytest", "-q", "tests"], cwd=checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (checkout / ".pytest_cache").exists()
    assert "1 passed" in done.stdout
