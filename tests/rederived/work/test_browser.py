"""The built book as a reader sees it, in headless Chromium: light, dark, and on a phone."""

import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from rederived.page.typeset import STYLES
from rederived.work.browser import built_book, chromium, pages, problems, served

__all__: list[str] = []

pytestmark = pytest.mark.xdist_group("book")

BUDGET = 300_000  # bytes that the live figures of one page may weigh, beside what all pages share


@pytest.fixture(scope="module")
def html() -> Path:
    return built_book()


@pytest.fixture(scope="module")
def browser() -> str:
    found = chromium()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium: apt-get install chromium")
        pytest.skip("no Chromium on this machine")
    return found


BROKEN = r"""<!DOCTYPE html><html lang="en"><head><title>Broken</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
[data-theme="light"] { color: #000; background: #fff }
[data-theme="dark"] { color: #fff; background: #000 }
[data-theme="dark"] .pale, tr:nth-child(even) { color: #777; background: #888 }
</style><script>
const dark = matchMedia("(prefers-color-scheme: dark)");
dark.onchange = () => { document.documentElement.dataset.theme = dark.matches ? "dark" : "light"; };
dark.onchange();
</script></head><body><article><p class="pale">Pale in the dark</p><p>\(x\)</p><div style="width: 600px">Wide</div>
<table><tbody><tr><td>odd</td></tr><tr><td>even</td></tr></tbody></table>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><pre><span>code</span> <span style="color: #eee">code</span></pre>
<button></button><svg></svg><mjx-container><mjx-merror data-mjx-error="Undefined"></mjx-merror></mjx-container>
<div class="live-figure" id="dead"><input type="range" aria-label="slider"></div></article>
<script>document.getElementById("dead").liveData = [[1, NaN]];</script>
<script src="https://example.org/x.js"></script></body></html>"""

SEEN = [
    ("light dark phone", "mathematics not typeset"),
    ("light phone", "mathematics error: Undefined"),
    ("light dark phone", "image without alt text"),
    ("light dark phone", "figure without role"),
    ("light dark phone", 'dead: slider "slider" changes nothing'),
    ("light dark phone", "draws what is no number"),
    ("light", "external request: https://example.org/x.js"),
    ("phone dark", "page scrolls sideways: 6"),
    ("light", "button-name"),
    ("light dark", "color-contrast: <td"),
    ("light", "color-contrast: <span"),
    ("dark", "color-contrast: <p"),
]


def test_what_is_broken_is_seen(tmp_path, browser):
    (tmp_path / "broken.html").write_text(BROKEN)
    with served(tmp_path) as address:
        found = problems([f"{address}/broken.html"], browser)
    for views, text in SEEN:
        assert {p["view"] for p in found if text in p["problem"]} == set(views.split()), text


def test_pages_work_with_the_network_closed(html, browser):
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
        self.feed(re.sub(r"<mjx-container\b.*?</mjx-container>", "", text, flags=re.DOTALL))  # formulas have no links

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
