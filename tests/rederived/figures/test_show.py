"""What a notebook stores of a figure: the same text each time, complete without scripts."""

import html
import json
import re
from html.parser import HTMLParser

from figures import draw, names

__all__: list[str] = []


def test_the_html_is_the_same_twice(toy):
    first, second = (draw(toy.module) for _ in range(2))
    assert first._repr_html_() == second._repr_html_()
    assert repr(first) == repr(second)
    assert "0x" not in repr(first)


def test_a_figure_carries_its_number_caption_and_alternative(toy):
    text = draw(toy.module)._repr_html_()
    assert text.startswith('<figure id="slz25b-fig-9" class="book-figure">')
    assert f'aria-label="{toy.module.ALT}"' in text
    assert "Fig. 9 of SLZ25b, redrawn." in text
    assert "\\(e^{-x^2/w^2}\\), and 1 &lt; 2." in text
    assert "1.125 × 10<sup>−7</sup>" in text


def test_figures_that_no_paper_has_are_named_by_what_they_show(toy):
    vars(toy.module).update(NUMBER=None, __name__="figures.toys.what_it_shows")
    text = draw(toy.module)._repr_html_()
    assert 'id="fig-what-it-shows"' in text
    assert "redrawn" not in text


def test_other_parameters_make_a_static_figure_without_number(toy):
    text = draw(toy.module, width=2.0)._repr_html_()
    assert text.startswith('<figure class="book-figure">')
    assert "Drawn with width = 2.0." in text
    assert "SLZ25b" not in text
    assert "live-figure" not in text


def test_the_specification_survives_html(toy):
    text = draw(toy.module)._repr_html_()
    carried = re.search(r'<script type="application/json">(.*?)</script>', text, re.DOTALL)[1]
    assert "</" not in carried
    assert json.loads(carried)["sliders"][0]["label"] == "<i>w</i><sub>1</sub>"
    assert 'class="live-figure" role="group"' in text
    assert " hidden>" in text, "without scripts the static picture is what shows"


class _Balance(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        pass


def test_tags_are_balanced(toy):
    for text in (draw(toy.module)._repr_html_(), *(draw(n)._repr_html_() for n in names())):
        parser = _Balance()
        parser.feed(text)
        assert not parser.open
        assert html.unescape(text)
