"""Pages that need no network: nothing external is loaded, and a build that would load something fails."""

import re
from html.parser import HTMLParser
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from rederived.page.vendor import vendor

__all__ = ["external_resources", "setup"]

_EXTERNAL = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")]+)", re.IGNORECASE)
_CDN = re.compile(r"[\w.]*(?:jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|googleapis\.com)[^\s\"'<>]*")
_LOADED_BY = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "video": "src",
}
_LINKS_NOT_LOADED = {"author", "canonical", "license", "next", "prev", "search"}


class _Resources(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        url = given.get(_LOADED_BY.get(tag, ""), "") or ""
        idle = tag == "link" and set((given.get("rel") or "").split()) <= _LINKS_NOT_LOADED
        if _EXTERNAL.match(url) and not idle:
            self.found.append(f"<{tag}> {url}")
        self.found += _IN_STYLE.findall(given.get("style") or "")

    handle_startendtag = handle_starttag


def external_resources(text: str, *, is_style: bool = False) -> list[str]:
    """List what a page or a style sheet would load from elsewhere; a link to click loads nothing.

    >>> external_resources('<a href="https://doi.org/10">x</a><script src="//unpkg.com/thebe"></script>')
    ['<script> //unpkg.com/thebe', 'unpkg.com/thebe']
    """
    if is_style:
        return _IN_STYLE.findall(text)
    parser = _Resources()
    parser.feed(text)
    return parser.found + _CDN.findall(text)


def _serve_vendored(app: Sphinx, config) -> None:
    served = vendor(Path(app.confdir), Path(app.outdir).parent)
    config.html_extra_path.append(str(served))


def _drop_thebe(app: Sphinx) -> None:
    """Jupyter Book loads sphinx-thebe in any case, and thebe comes from a CDN."""
    for name, listeners in app.events.listeners.items():
        app.events.listeners[name] = [
            one
            for one in listeners
            if getattr(one.handler, "__name__", "") not in ("init_thebe_core", "update_thebe_context")
        ]


def _fail_on_external(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    outdir = Path(app.outdir)
    found = [
        f"{path.relative_to(outdir)}: {resource}"
        for path in sorted(outdir.rglob("*"))
        if path.suffix in (".html", ".css")
        for resource in external_resources(path.read_text(encoding="utf-8"), is_style=path.suffix == ".css")
    ]
    if found:
        raise ExtensionError("a page must load nothing from elsewhere, but\n" + "\n".join(found))


def setup(app: Sphinx) -> None:
    """Connect the three steps; called by `rederived.page.extension`."""
    _drop_thebe(app)
    app.connect("config-inited", _serve_vendored)
    app.connect("build-finished", _fail_on_external, priority=300)  # before formulas make the pages long
