"""How every figure looks, and how it becomes SVG: the same bytes in each run, and colors that follow the page.

In a page, black turns into the color of the text and each series color into a CSS variable, which
`figures.css` sets for light and for dark; in a file on its own the colors stay as they are.
"""

import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib
import matplotlib.style
from matplotlib.figure import Figure

from rederived.figures.compact import compact, with_own_ids

__all__ = ["DASHES", "GRID", "MUTED", "PAPER", "SERIES", "SHEET", "TEXT", "book", "css_color", "svg"]

SHEET = Path(__file__).with_name("book.mplstyle")

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
        matplotlib.style.use(SHEET)
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
    text = compact(buffer.getvalue())
    if inline:
        for color, css in _CSS.items():
            text = text.replace(color, css)
    head = f"<title>{html.escape(title)}</title>" if title else ""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    if size is None:
        raise ValueError("Argument `figure` must be saved with a view box that begins at 0 0, but has none.")
    width, height = (round(float(s) * 4 / 3) for s in size.groups())
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {size[0]}'
        f' fill="{"currentColor" if inline else TEXT}" stroke-linejoin="round" role="img"'
        f' aria-label="{html.escape(description or title)}">'
    )
    body = text[text.index(">", text.index("<svg")) + 1 :]
    return with_own_ids(root + head + body)
