"""The book's own Sphinx extension: whole builds, offline pages, formulas, icons, live figures, ledger, links."""

import re
from pathlib import Path

from sphinx.application import Sphinx

from rederived.page import icons, ledger_page, offline, typeset, whole
from rederived.page.inputs import code, digest

__all__ = ["scrolled_by_keys", "setup"]


def _load_live_figures(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Every page has the styles of figures and verdicts; only a page with a live figure loads scripts for it."""
    app.add_css_file("../figures/figures.css")
    if "live-figure" in context.get("body", ""):
        app.add_css_file("../vendor/uplot/uPlot.min.css")
        app.add_js_file("../vendor/uplot/uPlot.iife.min.js")
        app.add_js_file("../figures/live.js")


def scrolled_by_keys(body: str) -> str:
    """Return a page's text in which the boxes of key numbers, wider than a phone, are reached and scrolled by keys.

    >>> scrolled_by_keys('<div class="key-numbers tex2jax_process"><table>')
    '<div class="key-numbers tex2jax_process" tabindex="0" role="group" aria-label="Key numbers"><table>'
    """
    return re.sub(r'(<div class="key-numbers[^">]*")>', r'\1 tabindex="0" role="group" aria-label="Key numbers">', body)


def _let_boxes_scroll(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """The stored outputs of the chapters stay as they are."""
    if "body" in context:
        context["body"] = scrolled_by_keys(context["body"])


def _notice_assets(app: Sphinx, config) -> None:
    """Sphinx copies scripts and styles only when it writes a page, so a change in them has to rewrite the pages."""
    config.book_assets = digest(Path(app.confdir), kinds={".css", ".js"})


def setup(app: Sphinx) -> dict:
    """Sphinx calls this."""
    whole.setup(app)
    offline.setup(app)
    ledger_page.setup(app)
    typeset.setup(app)
    icons.setup(app)
    app.add_config_value("book_assets", "", "html")
    app.connect("config-inited", _notice_assets)
    app.connect("html-page-context", _load_live_figures)
    app.connect("html-page-context", _let_boxes_scroll)
    version = int(code()[:8], 16)  # Sphinx does not know that what it has stored was made by other code
    return {"version": "1", "env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
