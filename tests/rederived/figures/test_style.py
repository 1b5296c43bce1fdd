"""A figure is the same bytes in every process, and shares no id with another on its page."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import matplotlib.figure
import numpy as np
import pytest

from figures import draw, names
from rederived.figures import style

KILOBYTE = 1000
FIGURES = names()


def _ids(text: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', text)


@pytest.mark.parametrize("name", [FIGURES[0], "fig04_unequal_junctions"])
def test_html_is_the_same_in_another_process(name):
    """One circuit and one live figure; nbval compares the HTML of all of them with that of a fresh kernel."""
    code = f"import sys; from figures import draw; sys.stdout.write(draw({name!r})._repr_html_())"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8", "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "2"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == draw(name)._repr_html_()


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_well_formed_light_and_small(name):
    svg = draw(name).svg
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert root.find("{http://www.w3.org/2000/svg}title").text
    assert len(svg) < 60 * KILOBYTE
    assert style.TEXT not in svg, "black would vanish in the dark"
    assert "<style" not in svg, "a style element would reach the whole page"
    assert "<image" not in svg


def test_no_id_occurs_twice():
    found = [i for name in FIGURES for i in _ids(draw(name)._repr_html_())]
    assert len(set(found)) == len(found)


def test_every_reference_has_its_target(toy):
    svg = draw(toy.module).svg
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    assert used == set(_ids(svg))


def test_ids_depend_on_the_content(toy):
    first, second = (draw(toy.module, width=w).svg for w in (1.0, 2.0))
    assert not set(_ids(first)) & set(_ids(second))


def test_rounding_leaves_scales_alone(toy):
    picture = toy.draw(toy.data())
    svg = style.svg(picture)
    scales = set(re.findall(r"scale\(([^)]*)\)", svg))
    assert scales
    assert all(len(s.split()[0]) > 4 for s in scales), "the scale of a glyph is kept to all its digits"
    assert not re.search(r' d="[^"]*\.\d{3}', svg)


def test_colors_follow_the_page_only_inside_one():
    with style.book():
        picture = matplotlib.figure.Figure()
        picture.subplots().plot(np.arange(3))
    assert "var(--series-1, #0072b2)" in style.svg(picture, inline=True)
    assert "currentColor" in style.svg(picture, inline=True)
    assert "var(" not in style.svg(picture)


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_series_are_legible_on_both_papers():
    """WCAG asks for a contrast of 4.5 of text, and direct labels have the colors of their curves."""
    sheet = style.SHEET.with_name("figures.css").read_text(encoding="utf-8")
    light, dark = sheet.split('html[data-theme="dark"]')[:2]
    for number, color in enumerate(style.SERIES, 1):
        found = [re.search(rf"--series-{number}: (#\w+)", text)[1] for text in (light, dark)]
        assert found[0] == color
        assert _contrast(found[0], "#ffffff") > 4.5
        assert _contrast(found[1], "#14181e") > 4.5
