"""The book's own Sphinx extension: offline pages, typeset formulas, live figures, the ledger, links by number."""

from pathlib import Path

from sphinx.application import Sphinx

from tools import ledger_page, offline, typeset
from tools.inputs import digest

__all__ = ["setup"]


def _load_live_figures(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Every page has the styles of figures and verdicts; only a page with a live figure loads scripts for it."""
    app.add_css_file("../figures/figures.css")
    if "live-figure" in context.get("body", ""):
        app.add_css_file("../vendor/uplot/uPlot.min.css")
        app.add_js_file("../vendor/uplot/uPlot.iife.min.js")
        app.add_js_file("../figures/live.js")


def _notice_assets(app: Sphinx, config) -> None:
    """Sphinx copies scripts and styles only when it writes a page, so a change in them has to rewrite the pages."""
    config.book_assets = digest(Path(app.confdir), kinds={".css", ".js"})


def _remember_inputs(app: Sphinx, exception: Exception | None) -> None:
    """Let the browser checks see whether the built book is the current one."""
    if exception is None and app.builder.name == "html":
        (Path(app.outdir) / ".inputs").write_text(digest(Path(app.confdir)), encoding="utf-8")


def setup(app: Sphinx) -> dict:
    """Sphinx calls this."""
    offline.setup(app)
    ledger_page.setup(app)
    typeset.setup(app)
    app.add_config_value("book_assets", "", "html")
    app.connect("config-inited", _notice_assets)
    app.connect("html-page-context", _load_live_figures)
    app.connect("build-finished", _remember_inputs)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
