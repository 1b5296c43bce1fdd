"""Errors are planted where our packages are imported from, and what sees them, or nothing does, is said."""

import ast
import os
from dataclasses import replace

import pytest

from tools import calls, mutants
from tools.mutants import CHECKOUT, Copy, Judged, copy_of, judge, main, sample
from tools.planted import Planted, made

__all__: list[str] = []

SOURCE = b'''"""A module; its 3 words are no numbers."""
from math import cos, sin


def f(x, y: int = 4) -> float:
    """Of x and y."""
    if x < y:
        raise ValueError(f"Argument `x` must be {y + 1} or more.")
    return -sin(x) * f(x[0], y) + (x - 2) * 0.5
'''


def test_each_kind_of_error_is_made_and_each_is_python():
    errors = {error.breaks: error.content.decode() for error in made("m.py", SOURCE, 0)}
    assert len(set(errors.values())) == len(errors)
    for text in errors.values():
        ast.parse(text)
    became = {
        "f, line 9: `-sin(x)` loses its sign": "return sin(x) * f(x[0], y) + (x - 2) * 0.5",
        "f, line 9: `+` becomes `-`": "return -sin(x) * f(x[0], y) - (x - 2) * 0.5",
        "f, line 9: `sin` becomes `cos`": "return -cos(x) * f(x[0], y) + (x - 2) * 0.5",
        "f, line 9: index `0` becomes `1`": "return -sin(x) * f(x[1], y) + (x - 2) * 0.5",
        "f, line 9: `f(x[0], y)` becomes `f(y, x[0])`": "return -sin(x) * f(y, x[0]) + (x - 2) * 0.5",
        "f, line 9: `2` becomes `3`": "return -sin(x) * f(x[0], y) + (x - 3) * 0.5",
        "f, line 9: `0.5` becomes `0.625`": "return -sin(x) * f(x[0], y) + (x - 2) * 0.625",
        "f, line 9: `(x - 2) * 0.5` loses a factor and is `0.5`": "return -sin(x) * f(x[0], y) + 0.5",
        "f, line 7: `<` becomes `<=`": "if x <= y:",
        "f, line 5: `4` becomes `5`": "def f(x, y: int = 5) -> float:",
    }
    for name, line in became.items():
        assert line in errors[name], name
    messages = [name for name in errors if "line 8" in name or "line 1:" in name]
    assert not messages, "words are not changed"


def test_a_seed_makes_the_same_errors_again_and_another_one_makes_others():
    first, again, other = (sample(40, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert len({error.file for error in first}) == 40, "one file after the other"
    assert {error.breaks for error in first} != {error.breaks for error in other}
    assert {error.file.split("/")[1] for error in sample(9, module="figures/annular")} == {"annular"}
    with pytest.raises(ValueError, match="`module` must be part of the path of a module, but got 'nowhere'"):
        sample(1, module="nowhere")


def test_a_call_that_could_harm_the_machine_is_spared():
    source = b"import os\nimport shutil\n\n\ndef f(a, b):\n    os.kill(-a, b)\n    shutil.move(a, b)\n"
    assert not list(made("m.py", source, 0))


@pytest.fixture(scope="module")
def copy():
    with copy_of() as made_here:
        yield made_here


RANGES = "rederived/evaluate/domain.py"


def planted(old: str, new: str) -> Planted:
    text = (CHECKOUT / RANGES).read_text(encoding="utf-8")
    assert text.count(old) == 1
    return Planted(RANGES, "a range", text.replace(old, new).encode(), text[: text.index(old)].count("\n") + 1)


@pytest.mark.long
def test_an_error_is_seen_by_the_nearest_check_and_the_copy_is_then_as_before(copy):
    before = (copy.root / RANGES).read_bytes()
    found = judge(copy, planted("but got {got:g}{f", "but is {got:g}{f"))
    assert (found.word, found.seen_by) == ("seen", f"{RANGES}::rederived.evaluate.domain.require_range")
    assert (copy.root / RANGES).read_bytes() == before == (CHECKOUT / RANGES).read_bytes()
    assert found.seen_by in copy.passes


@pytest.mark.long
def test_a_check_that_fails_without_the_error_has_not_seen_it(copy, monkeypatch):
    broken = copy.root / "tests" / "test_broken.py"
    broken.write_text("def test_broken():\n    assert False\n")
    monkeypatch.setattr(mutants, "_stages", lambda file: [["tests/test_broken.py"]])
    monkeypatch.setattr(mutants, "differences", lambda *_: "")
    found = judge(copy, planted(" | (above", " & (above"))
    broken.unlink()
    assert found.word == "SURVIVED"
    assert "test_broken fails without the error, too" in found.remark


@pytest.mark.long
def test_a_survivor_says_where_its_values_differ_and_an_equivalent_one_that_they_do_not(copy, monkeypatch):
    monkeypatch.setattr(mutants, "_stages", lambda file: [["tests/test_seen.py"]])
    test = copy.root / "tests" / "test_seen.py"
    call = "domain.require_range('x', 2.0, 1.5, 2.0)"
    test.write_text(f"from rederived.evaluate import domain\n\ndef test_it():\n    {call}\n")
    survivor = judge(copy, planted("array <= high", "array <= 2 * high"))
    equivalent = judge(copy, planted("~(np.isfinite(array) & (array", "~((array < np.inf) & (array"))
    test.unlink()
    assert survivor.word == "SURVIVED"
    assert "require_range" in survivor.remark
    assert "with the error" in survivor.remark
    assert equivalent.word == "equivalent"
    assert equivalent.remark == f"equal values of require_range at {calls.VARIATIONS + 1} calls"


@pytest.mark.long
def test_sources_that_are_not_those_of_the_copy_are_refused(copy, monkeypatch):
    """With the checkout first on the path its packages would run, and every error survive."""
    first = {"PYTHONPATH": str(CHECKOUT)}
    elsewhere = replace(copy, root=CHECKOUT)
    with pytest.raises(RuntimeError, match="not those that run"):
        mutants._require_its_own_sources(elsewhere)
    monkeypatch.setattr(Copy, "environment", lambda self, kept=None: os.environ | first)
    with pytest.raises(RuntimeError, match="not those that run"):
        mutants._require_its_own_sources(copy)


@pytest.mark.parametrize(("seen_by", "code"), [("a test", 0), ("", 1)])
def test_a_survivor_of_the_list_is_a_failure(monkeypatch, capsys, seen_by, code):
    monkeypatch.setattr(mutants, "judge", lambda copy, error, **_: Judged(error, seen_by, 1.0))
    monkeypatch.setattr(mutants, "copy_of", lambda: pytest.MonkeyPatch.context())
    assert main(["--numbers", "1-3"]) == code
    word = "seen" if seen_by else "SURVIVED"
    assert f"3 errors: 3 {word}" in capsys.readouterr().out
    assert main(["--sample", "1"]) == 0


