"""Icons are drawn into the finished pages, all or none; one that the theme does not have is named."""

import pytest

from rederived.page.icons import draw_icons

__all__: list[str] = []

PAGE = """<html><head>
<link href="_static/vendor/fontawesome/6.5.2/css/all.min.css" rel="stylesheet" />
<link rel="preload" as="font" crossorigin href="_static/vendor/fontawesome/6.5.2/webfonts/fa-solid-900.woff2" />
<script src="_static/vendor/fontawesome/6.5.2/js/all.min.js"></script>
</head><body><button><i class="theme-switch fa-solid fa-sun fa-lg" data-mode="light"></i></button>
<span class="fa-solid fa-bars" aria-hidden="true"></span><span class="faint">Text</span></body></html>"""
SCRIPT = """window.___FONT_AWESOME___ = {styles: {fab: {}, fas: {
  sun: [512, 500, [], "f185", "M1 2z"], bars: [448, 512, [], "f0c9", "M3 4z"]}}};"""


@pytest.fixture
def book(tmp_path):
    script = tmp_path / "_static" / "vendor" / "fontawesome" / "6.5.2" / "js" / "all.min.js"
    script.parent.mkdir(parents=True)
    script.write_text(SCRIPT)
    (tmp_path / "page.html").write_text(PAGE)
    return tmp_path


def test_a_page_carries_its_icons_and_loads_nothing_for_them(book):
    assert draw_icons(book) == []
    page = (book / "page.html").read_text()
    assert "vendor/fontawesome" not in page
    assert page.count("<svg") == page.count('aria-hidden="true"') == 2
    assert 'viewBox="0 0 512 500"><path fill="currentColor" d="M1 2z"/></svg></button>' in page
    assert 'theme-switch fa-solid fa-sun fa-lg" data-mode="light"' in page
    assert '<span class="faint">Text</span>' in page
    assert draw_icons(book) == []
    assert (book / "page.html").read_text() == page


def test_an_unknown_icon_is_named_and_changes_no_page(book):
    (book / "other.html").write_text(PAGE.replace("fa-bars", "fa-unheard-of"))
    assert draw_icons(book) == ["unheard-of"]
    assert (book / "page.html").read_text() == PAGE
