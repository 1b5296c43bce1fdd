"""Fewer bytes must not be seen: what is drawn stays within the stated deviation."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rederived.figures.compact import DEVIATION, compact, with_own_ids

POINT = 0.01  # what coordinates are rounded to


def _points(path: str) -> np.ndarray:
    """Follow a path of one move and lines in steps."""
    start, steps = re.fullmatch(r"M([^a-z]*)(?:l([^a-z]*))?z?", path).groups()
    first, rest = (
        np.array([float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text or "")]).reshape(-1, 2)
        for text in (start, steps)
    )
    return np.vstack([first, first + np.cumsum(rest, axis=0)])


def _svg(path: str) -> str:
    return f'<svg viewBox="0 0 9 9">\n<path d="{path}" style="fill: none; stroke: #000000"/>\n</svg>'


def _compacted(points: np.ndarray) -> np.ndarray:
    path = "M" + " L".join(f" {x:.6f} {y:.6f} \n" for x, y in points)
    return _points(re.search(r' d="([^"]*)"', compact(_svg(path)))[1])


def _distance(point: np.ndarray, line: np.ndarray) -> float:
    starts, sides = line[:-1], np.diff(line, axis=0)
    lengths = np.maximum(np.sum(sides**2, axis=1), 1e-12)
    along = np.clip(np.sum((point - starts) * sides, axis=1) / lengths, 0, 1)
    return float(np.min(np.hypot(*(point - starts - along[:, None] * sides).T)))


@given(st.lists(st.tuples(*[st.floats(-300, 300)] * 2), min_size=2, max_size=40))
def test_a_line_stays_where_it_is(points):
    points = np.array(points)
    kept = _compacted(points)
    assert len(kept) <= len(points)
    np.testing.assert_allclose(kept[[0, -1]], points[[0, -1]], atol=POINT)
    assert max(_distance(p, kept) for p in points) < DEVIATION + POINT


def test_a_smooth_curve_loses_most_of_its_points():
    x = np.linspace(0, 300, 600)
    assert len(_compacted(np.column_stack([x, 100 * np.sin(x / 40)]))) < 150


def test_curved_glyphs_keep_all_their_points():
    path = "M 10 20 Q 11 22 13 21 Q 15 20 14 18 L 10 20 z"
    assert 'd="M10 20q1 2 3 1 2-1 1-3l-4 2z"' in compact(_svg(path))


def test_groups_that_say_nothing_go():
    mark = '<g id="a"><use href="#m" x="1.000" y="2" style="stroke: #000000"/></g>'
    text = f'<svg viewBox="0 0 9 9"><g id="all"><defs><path id="m" d="M 0 0 L 0 3.5"/></defs>{mark}{mark}</g></svg>'
    assert compact(text).endswith(
        '<defs><path id="m" d="M0 0l0 3.5"/></defs>'
        '<g style="stroke:#000000"><use href="#m" x="1" y="2"/><use href="#m" x="1" y="2"/></g></svg>'
    )


def _marks(*definitions: tuple[str, float]) -> str:
    shapes = "".join(f'<path id="{name}" d="M 0 0 L 1 {y:.17g}"/>' for name, y in definitions)
    uses = "".join(f'<use href="#{name}" x="1" y="2"/>' for name, _ in definitions)
    return with_own_ids(compact(f'<svg viewBox="0 0 9 9"><defs>{shapes}</defs>{uses}</svg>'))


def test_last_digits_of_a_processor_change_no_id():
    here, there = _marks(("m0a1", 2.5), ("m7f3", 3.5)), _marks(("m9c2", 2.5 + 1e-15), ("mb44", 3.5 - 1e-15))
    assert here == there
    assert here != _marks(("m0a1", 2.5), ("m7f3", 4.5))


def test_definitions_that_are_equal_once_rounded_are_one():
    once, twice = _marks(("a", 2.5), ("b", 2.5 + 1e-15)), _marks(("a", 2.5), ("a", 2.5))
    assert once.count("<path") == 1
    assert len(set(re.findall(r'href="#([^"]*)"', once))) == 1
    assert len(set(re.findall(r'href="#([^"]*)"', twice))) == 1
