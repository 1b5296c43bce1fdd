"""The built book as a reader sees it, in headless Chromium: light, dark, and on a phone."""

import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from tools.browser import built_book, chromium, pages, problems, served
from tools.typeset import STYLES

__all__: list[str] = []

pytestmark = pytest.mark.xdist_group("book")

BUDGET = 300_000  # bytes that the live figures of one page may weigh, beside what all pages share


@pytest.fixture(scope="module")
def html() -> Path:
    return built_book()


def test_pages_work_with_the_network_closed(html):
    browser = chromium()
    if browser is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium: apt-get install chromium")
        pytest.skip("no Chromium on this machine")
    with served(html) as address:
        found = problems([f"{address}/{page}" for page in pages(html)], browser)
    lines = [f"{p['url'].removeprefix(address)} ({p['view']}): {p['problem']}" for p in found]
    assert not lines, "\n".join(lines)


def test_mathematics_stands_in_the_pages(html):
    for page in pages(html):
        text = (html / page).read_text(encoding="utf-8")
        assert ("<mjx-container" in text) == (STYLES.name in text), page
        assert not re.search(r"<script[^>]*mathjax|window\.MathJax", text, re.IGNORECASE), page


class _Page(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids.add(given.get("id") or "")
        self.links += [given["href"]] if tag == "a" and given.get("href") else []


def test_every_link_inside_the_book_arrives(html):
    known = {page: _Page((html / page).read_text(encoding="utf-8")) for page in pages(html)}
    lost = []
    for page, parsed in known.items():
        for link in parsed.links:
            if re.match(r"[a-z]+:|//", link):
                continue
            path, fragment = urldefrag(link)
            target = Path(os.path.normpath(Path(page).parent / unquote(path))).as_posix() if path else page
            ids = known[target].ids if target in known else set()
            if not (html / target).is_file() or (fragment and unquote(fragment) not in ids):
                lost.append(f"{page}: {link}")
    assert not lost, "\n".join(lost)


def test_the_front_door_leads_to_the_first_page(html):
    target = re.search(r'url=([^"]+)"', (html / "index.html").read_text(encoding="utf-8"))
    assert target
    assert (html / target[1]).is_file()


def test_live_figures_weigh_little(html):
    scripts = re.compile(r'<script type="application/json">.*?</script>', re.DOTALL)
    for page in pages(html):
        weight = sum(len(s.encode()) for s in scripts.findall((html / page).read_text(encoding="utf-8")))
        assert weight <= BUDGET, page
