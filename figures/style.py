"""How every figure looks, and how it becomes SVG: the same bytes in each run, and colors that follow the page.

In a page, black turns into the color of the text and each series color into a CSS variable, which
`figures.css` sets for light and for dark; in a file on its own the colors stay as they are.
"""

import hashlib
import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib
import matplotlib.style
from matplotlib.figure import Figure

__all__ = ["DASHES", "GRID", "MUTED", "PAPER", "SERIES", "TEXT", "book", "css_color", "svg"]

_SHEET = Path(__file__).with_name("book.mplstyle")

# Okabe and Ito's hues, darkened until each has a contrast of 4.5 on white; `figures.css` has the dark ones.
SERIES = ("#0072b2", "#c04f00", "#00815c", "#a5508a", "#8a6500")
DASHES = ("-", "--", "-.", ":", "-")
TEXT, MUTED, GRID, PAPER = "#000000", "#666666", "#b8b8b8", "#ffffff"

_CSS = {
    TEXT: "currentColor",
    MUTED: f"var(--figure-muted, {MUTED})",
    GRID: f"var(--figure-grid, {GRID})",
    PAPER: f"var(--figure-paper, {PAPER})",
    **{color: f"var(--series-{i}, {color})" for i, color in enumerate(SERIES, 1)},
}


@contextmanager
def book() -> Iterator[None]:
    """Draw and save in the style of the book, whatever the session has set."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.style.use(_SHEET)
        yield


def css_color(index: int) -> str:
    """The color of a series, counted from 1, as CSS."""
    return _CSS[SERIES[(index - 1) % len(SERIES)]]


def svg(figure: Figure, *, title: str = "", description: str = "", inline: bool = False) -> str:
    """The figure as SVG; `inline` makes its colors follow the page, and its ids differ from other figures'.

    `description` is what a screen reader says in place of the picture.
    """
    buffer = io.StringIO()
    with book():
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    text = _compact(buffer.getvalue())
    if inline:
        for color, css in _CSS.items():
            text = text.replace(color, css)
    head = f"<title>{html.escape(title)}</title>" if title else ""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    width, height = (round(float(s) * 4 / 3) for s in size.groups())
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {size[0]}'
        f' fill="{"currentColor" if inline else TEXT}" stroke-linejoin="round" role="img"'
        f' aria-label="{html.escape(description or title)}">'
    )
    body = text[text.index(">", text.index("<svg")) + 1 :]
    return _with_own_ids(root + head + body)


def _compact(text: str) -> str:
    """Keep what is drawn, to a hundredth of a point; sizes in `scale(...)` stay exact."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", text, flags=re.DOTALL)
    text = text.replace("xlink:href", "href")
    text = re.sub(r'(?<= d=")[^"]+', lambda found: _path(found[0]), text)
    text = re.sub(r'(?<= (?:x|y)=")[^"]+', lambda found: _rounded(found[0]), text)
    text = re.sub(r"(?<=translate\()[^)]+", lambda found: _rounded(found[0]), text)
    text = re.sub(r'style="([^"]*)"', lambda found: f'style="{found[1].replace(": ", ":").replace("; ", ";")}"', text)
    text = re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", " ", text))
    return re.sub(r'<path d="[^"]*" style="fill:none"/>|<defs></defs>|<defs/>|<g></g>', "", text)


def _rounded(text: str) -> str:
    return re.sub(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+", lambda found: _short(float(found[0])), text)


def _path(text: str) -> str:
    return re.sub(r" ?([MLQCZz]) ?", r"\1", _rounded(text).replace("\n", " ")).strip()


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _with_own_ids(text: str) -> str:
    """Drop ids that nothing refers to; prefix the others by the content, so that two figures share none."""
    prefix = "s" + hashlib.sha256(text.encode()).hexdigest()[:8]
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    short = {name: f"{prefix}{number:x}" for number, name in enumerate(used)}
    text = re.sub(r' id="([^"]*)"', lambda found: f' id="{short[found[1]]}"' if found[1] in short else "", text)
    return re.sub(r'(href="#|url\(#)([^")]+)', lambda found: found[1] + short[found[2]], text)
