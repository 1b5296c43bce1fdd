"""The book's own Sphinx extension: whole builds, offline pages, formulas, icons, live figures, ledger, links."""

from pathlib import Path

from sphinx.application import Sphinx

from rederived.page import icons, ledger_page, offline, typeset, whole
from rederived.page.inputs import code, digest

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
    version = int(code()[:8], 16)  # Sphinx does not know that what it has stored was made by other code
    return {"version": "1", "env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
