"""Every figure says what it is, is legible without its picture, and is found without a list."""

import ast
from pathlib import Path

import matplotlib
import pytest
from matplotlib.axes import Axes

import figures
from figures import draw, find, names
from rederived.figures import command as __main__

FIGURES = names()


def test_names_are_those_of_the_modules():
    assert FIGURES
    assert set(names("cotunneling")) <= set(FIGURES)
    assert all(find(name).name == name for name in FIGURES)
    identifiers = [find(name).identifier for name in FIGURES]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("name", FIGURES)
def test_title_caption_and_alternative_text(name):
    module = find(name).module
    assert 10 <= len(module.TITLE) <= 90
    assert not module.TITLE.endswith(".")
    assert len(module.CAPTION) > 80
    assert len(module.ALT) > 80
    assert "\\" not in module.ALT, "a screen reader does not read TeX"


@pytest.mark.parametrize("name", FIGURES)
def test_axes_say_what_they_show_and_the_sessions_own_style_stays(name):
    before = dict(matplotlib.rcParams)
    figure = find(name)
    axes: list[Axes] = [a for a in figure.draw(figure.data()).axes if a.axison]
    assert dict(matplotlib.rcParams) == before
    for one in axes:
        assert one.get_xlabel() or not one.xaxis.get_visible() or one.xaxis.get_tick_params()["labelbottom"] is False
        assert one.get_ylabel() or not one.yaxis.get_visible() or one.yaxis.get_tick_params()["labelleft"] is False


@pytest.mark.parametrize("name", FIGURES)
def test_key_numbers_are_rounded(name):
    rows = draw(name).picture.table
    assert all(len(row) == len(rows[0]) for row in rows)
    for value in (v for row in rows[1:] for v in row if not isinstance(v, str)):
        assert value == float(f"{value:.6g}"), "a table next to a figure is far above solver noise"


def test_unknown_names_are_refused_with_the_nearest_ones():
    with pytest.raises(ValueError, match="must name a figure"):
        find("fig99_nothing")
    first = FIGURES[0]
    near = first[:8] + "_" + first[9:]
    with pytest.raises(ValueError, match=first):
        find(near)


def test_the_command_lists_and_writes(tmp_path, capsys):
    assert __main__.main(["--list"]) == 0
    assert capsys.readouterr().out.split() == list(FIGURES)
    assert __main__.main([FIGURES[0], "--output", str(tmp_path)]) == 0
    assert (tmp_path / f"{FIGURES[0]}.svg").read_text(encoding="utf-8").startswith("<svg")
    with pytest.raises(SystemExit):
        __main__.main(["fig99_nothing"])
    assert "must name a figure" in capsys.readouterr().err


def test_figures_hold_no_physics():
    """No module here imports sympy or scipy; what a figure shows comes from evaluators."""
    for file in Path(figures.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            imported = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert not {"sympy", "mpmath", "scipy"} & {name.split(".")[0] for name in imported}, file
