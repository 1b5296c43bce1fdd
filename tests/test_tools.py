"""The book's machinery: references, offline pages, the lock, the installation of JavaScript."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from rederived.page import vendor
from rederived.page.offline import external_resources
from rederived.page.places import anchor, places
from tools import environment, releases

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[1]


def test_a_place_is_found_where_an_output_carries_its_id(tmp_path):
    html = ['<section class="step" id="slz25b-19">', "</section>"]
    cells = [
        {"cell_type": "markdown", "source": ["(slz25b-20)=\n", "## Two junctions"]},
        {"cell_type": "code", "source": [], "outputs": [{"data": {"text/html": html}}, {"text": "stream"}]},
    ]
    (tmp_path / "gas.ipynb").write_text(json.dumps({"cells": cells}))
    (tmp_path / "later.md").write_text('<p id="slz25b-19"></p> <p id="slz25b-fig-3"></p>')
    found = places(tmp_path, ["gas", "later", "missing"])
    assert found == {"slz25b-20": "gas", "slz25b-19": "gas", "slz25b-fig-3": "later"}


def test_ledger_and_book_give_a_row_the_same_id():
    from rederived import ledger

    for row in ledger.rows():
        assert row.anchor == anchor(row.source.key, row.number)


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/x.css">',
        '<link rel="preload" as="font" href="https://fonts.example/x.woff2">',
        '<img src="http://example.org/x.png">',
        '<p style="background: url(https://example.org/x.png)">',
        '<script>const THEBE_JS_URL = "https://unpkg.com/thebe@0.8.2/lib/index.js"</script>',
    ],
)
def test_a_page_that_loads_something_external_is_refused(page):
    assert external_resources(page)


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://doi.org/10.1103/PhysRevLett.46.211">doi</a>',
        '<script src="../_static/x.js"></script><img src="data:image/png;base64,AA==">',
        '<link rel="canonical" href="https://example.org/book/">',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    ],
)
def test_a_link_to_click_is_no_external_resource(page):
    assert not external_resources(page)


@pytest.fixture
def checkout(tmp_path):
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, tmp_path)
    folder = vendor.SCRIPTS
    shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(vendor.install(ROOT), tmp_path / "node_modules")
    return tmp_path


@pytest.fixture
def commands(monkeypatch):
    """The calls of npm, in place of an installation."""
    given = []

    def install_nothing(command, **options):
        given.append(command)
        source, target = ROOT / "node_modules", Path(options["cwd"]) / "node_modules"
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".installed.json"))
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr(vendor, "npm", install_nothing)
    return given


def test_a_whole_installation_is_left_alone(checkout, commands):
    vendor.vendor(checkout)
    assert not commands
    served = checkout / "_build/served/vendor"
    assert (served / "mathjax/woff-v2/MathJax_Main-Regular.woff").stat().st_size > 1e4
    assert [path.name for path in served.rglob("*.js")] == ["uPlot.iife.min.js"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda root: (root / "node_modules/.installed.json").unlink(),
        lambda root: (root / "node_modules/mathjax/es5/tex-chtml.js").write_text("half a fi"),
        lambda root: shutil.rmtree(root / "node_modules/uplot"),
        lambda root: shutil.rmtree(root / "node_modules"),
        lambda root: (root / "package-lock.json").write_text("{}"),
    ],
    ids=["interrupted", "damaged", "incomplete", "missing", "another lock"],
)
def test_a_broken_installation_is_made_anew(checkout, commands, damage):
    damage(checkout)
    vendor.install(checkout)
    assert len(commands) == 1
    vendor.install(checkout)
    assert len(commands) == 1


def test_locks_name_no_host():
    assert not re.search(r"^\s*--?(?:i|index-url|extra-index-url|find-links|f)\b", read("requirements.txt"), re.M)
    assert "://" not in read("requirements.txt")
    packages = json.loads(read("package-lock.json"))["packages"]
    hosts = {p["resolved"].split("/")[2] for p in packages.values() if "resolved" in p}
    assert hosts <= {"registry.npmjs.org"}


def test_every_direct_requirement_is_locked_with_hashes():
    locked = dict(re.findall(r"^([a-z0-9-]+)==\S+(?: ;.*)?( \\)$", read("requirements.txt"), re.M))
    direct = {re.match(r"[a-z0-9-]+", line)[0] for line in releases.requirements()}
    assert direct <= set(locked)


def test_every_cited_work_has_a_doi():
    entries = re.split(r"^@", read("book/references.bib"), flags=re.M)[1:]
    assert entries
    for entry in entries:
        assert re.search(r"^\s*doi\s*=\s*\{10\.\d{4,}/\S+\}", entry, re.M), entry.splitlines()[0]


def test_the_workflow_runs_the_two_commands_and_publishes_the_book():
    workflow = yaml.safe_load(read(".github/workflows/book.yml"))
    steps = workflow["jobs"]["build"]["steps"]
    assert {"make book", "make test"} <= {step.get("run") for step in steps}
    pages = [step for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert [step["with"]["path"] for step in pages] == ["_build/html"]
    each_run = [step for step in steps if "upload-artifact@" in step.get("uses", "")]
    assert [("if" in step, step["with"]["path"]) for step in each_run] == [(False, "_build/html")]
    assert "actions/deploy-pages" in json.dumps(workflow["jobs"]["publish"])


def test_the_workflow_has_limits_and_tries_the_oldest_and_the_newest_python():
    workflow = yaml.safe_load(read(".github/workflows/book.yml"))
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())
    assert "concurrency" in workflow
    ends = [".".join(map(str, version)) for version in (environment.OLDEST, environment.NEWEST)]
    assert workflow["jobs"]["build"]["strategy"]["matrix"]["python"] == ends


@pytest.mark.parametrize(
    ("schema", "file"), [("github-workflows", ".github/workflows/book.yml"), ("citation-file-format", "CITATION.cff")]
)
def test_files_that_others_read_are_what_their_schemas_say(schema, file):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_citation_file_is_complete():
    citation = yaml.safe_load(read("CITATION.cff"))
    assert {"cff-version", "message", "title", "authors", "version", "license"} <= set(citation)
    assert {r["doi"] for r in citation["references"]} <= set(
        re.findall(r"\{(10\.[^}]+)\}", read("book/references.bib"))
    )


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
