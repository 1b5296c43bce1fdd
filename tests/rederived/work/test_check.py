"""What a change concerns: the rows, tests and chapters that import it, near ones first."""

import os
import subprocess
import sys
import time

import pytest

from rederived.work import check
from rederived.work.check import changed_files, concern

__all__: list[str] = []


def test_a_derivation_concerns_its_rows_its_tests_and_the_chapters_that_show_it():
    found = concern(["derivations/cotunneling/drag/drag.py"])
    row = "tests/rederived/test_ledger.py::test_verdict_is_the_recorded_one[SLZ25b:11]"
    assert row in found.near
    assert "tests/cotunneling/drag/test_drag.py" in found.near
    assert "book/cotunneling/rates.ipynb" in found.near
    behind = [name for name in found.near + found.far if "pumping" in name or "annular" in name or "M16" in name]
    assert not behind, "a part does not rest on another"
    assert set(found.far) & {"tests/cotunneling/rates/test_rates.py", "tests/cotunneling/test_laboratory.py"}


def test_rows_of_the_changed_module_come_before_those_that_rest_on_it():
    near = concern(["derivations/annular/particle/fluxon.py"]).near
    assert near[0].startswith("tests/rederived/test_ledger.py")
    assert not [name for name in near if "[M16:22]" in name], "the period rests on the fluxon at a distance"
    assert any("[M16:22]" in name for name in concern(["derivations/annular/particle/fluxon.py"]).far)


def test_figures_tests_and_texts_concern_themselves():
    figure = "figures/cotunneling/fig03_amplitudes_against_coupling.py"
    assert "book/cotunneling/amplitudes.ipynb" in concern([figure]).near
    assert concern(["tests/rederived/work/test_check.py"]).near == ["tests/rederived/work/test_check.py"]
    assert "book/annular/geometry.ipynb" in concern(["book/source/annular/geometry.md"]).near
    unnamed = ".".join(["nothing", "txt"])  # in one piece, this file would name it
    assert concern([unnamed]) == check.Concern()


def test_a_file_that_is_no_module_concerns_those_who_name_it():
    """Stored arrays their figure, scripts the module that runs them, notebooks what looks at every notebook."""
    stored = concern(["figures/pumping/fig08_lead_coupling.npz"]).near
    assert {"book/pumping/rice_mele.ipynb", "tests/rederived/figures/test_stored.py"} <= set(stored)
    assert "tests/rederived/page/test_typeset.py" in concern(["rederived/page/typeset.mjs"]).near
    assert "tests/rederived/figures/test_live.py" in concern(["rederived/figures/live.js"]).near
    assert "tests/rederived/test_ledger.py" in concern(["derivations/ledger.json"]).near
    assert "tests/rederived/work/test_notebooks.py" in concern(["book/annular/geometry.ipynb"]).near


def test_examples_of_a_module_concern_it():
    assert "rederived/evaluate/domain.py" in concern(["rederived/evaluate/domain.py"]).near


@pytest.fixture
def repository(tmp_path, monkeypatch):
    def git(*command):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y.z", *command], cwd=tmp_path, check=True)

    git("init", "--quiet")
    (tmp_path / "kept.txt").write_text("one")
    git("add", ".")
    git("commit", "--quiet", "-m", "one")
    monkeypatch.setattr(check, "ROOT", tmp_path)
    return tmp_path


def test_changed_and_new_files_are_found(repository):
    assert changed_files() == []
    (repository / "kept.txt").write_text("two")
    (repository / "new.txt").write_text("new")
    assert changed_files() == ["kept.txt", "new.txt"]


def test_a_revision_that_git_does_not_know_is_refused(repository, capsys):
    with pytest.raises(ValueError, match="`since` must be a revision"):
        changed_files("nothing")
    with pytest.raises(SystemExit):
        check.main(["--since", "nothing"])
    assert check.main([]) == 0
    assert "Nothing has changed" in capsys.readouterr().out


def test_what_comes_after_the_time_is_over_is_left_and_said():
    test = "tests/rederived/figures/test_compact.py"
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", test]
    variables = os.environ | {"BOOK_CHECK_UNTIL": str(time.time() - 1)}
    done = subprocess.run(command, cwd=check.ROOT, env=variables, capture_output=True, text=True)
    assert done.returncode == 0
    assert "left to `make test`: test_compact.py" in done.stdout
    assert "passed" not in done.stdout
