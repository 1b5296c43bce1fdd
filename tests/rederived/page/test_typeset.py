"""Formulas are typeset in the finished pages, all or none; what cannot be typeset is named."""

import pytest

from rederived.page.typeset import FONTS, STYLES, formulas, typeset_pages

__all__: list[str] = []

PAGE = r"""<html><head><title>\(a\)</title></head><body aria-label="2 > \(b\)">
<p>If <span class="math notranslate">\(a &lt; b_\Omega\)</span>, then</p>
<div class="math">\[\begin{matrix}0 &amp; -C_x\\[2pt] 1 &amp; \mathcal{V}\end{matrix}\]</div>
<pre>\[c\]</pre><code>\(d\)</code><script>/\(e\)/</script><svg><text>\(f\)</text></svg><!-- \(g\) -->
</body></html>"""
PLAIN = "<html><head></head><body>No formula, and <code>f(x)</code>.</body></html>"


@pytest.fixture
def book(tmp_path):
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "chapter.html").write_text(PAGE)
    (tmp_path / "plain.html").write_text(PLAIN)
    return tmp_path


def read_all(folder) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_formulas_are_found_in_text_and_nowhere_else():
    assert formulas(PAGE) == [
        (r"a < b_\Omega", False),
        (r"\begin{matrix}0 & -C_x\\[2pt] 1 & \mathcal{V}\end{matrix}", True),
    ]


def test_a_page_is_typeset_for_eyes_and_for_readers_and_keeps_its_code(book):
    assert typeset_pages(book) == []
    page = (book / "part" / "chapter.html").read_text()
    assert formulas(page) == []
    assert page.count("<mjx-container") == page.count("<mjx-assistive-mml") == page.count("<math ") == 2
    assert page.count('aria-hidden="true"') == 2
    for kept in (r"<title>\(a\)", r"> \(b\)", r"<pre>\[c\]", r"<code>\(d\)", r"/\(e\)/", r"<text>\(f\)", r"<!-- \(g\)"):
        assert kept in page
    assert f'<link rel="stylesheet" type="text/css" href="../{STYLES.as_posix()}?v=' in page
    assert (book / "plain.html").read_text() == PLAIN
    assert f'url("{FONTS}/MathJax_Main-Regular.woff")' in (book / STYLES).read_text()


def test_what_is_typeset_stays_and_what_was_left_over_is_typeset_in_the_same_way(book):
    typeset_pages(book)
    whole = read_all(book)
    (book / "part" / "chapter.html").write_text(PAGE)  # as an interrupted build leaves it
    assert typeset_pages(book) == []
    assert read_all(book) == whole
    assert typeset_pages(book) == []
    assert read_all(book) == whole


def test_wrong_mathematics_is_named_and_changes_no_page(book):
    (book / "wrong.html").write_text(r"<p>\(\undefined{a}\) \(x\) \[\frac{1}{2\]</p>")
    (book / "open.html").write_text(r"<p>\(a = <em>b</em>\)</p>")
    before = read_all(book)
    assert typeset_pages(book) == [
        r"open.html: a formula without an end: \(a = ",
        r"wrong.html: \undefined{a}: Undefined control sequence \undefined",
        r"wrong.html: \frac{1}{2: Missing close brace",
    ]
    assert read_all(book) == before
