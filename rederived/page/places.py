"""Where the book shows what: from an HTML id, such as `paper-19`, to the page that carries it.

The ids are written by the figures and derivation steps themselves, into the stored outputs of the chapters;
so a place is found, never listed.
"""

import re
from pathlib import Path

from rederived.page.stored import cells

__all__ = ["anchor", "label", "places", "split"]

_ID = re.compile(r"""\bid=["']([a-z]\w*-[\w.-]+)["']""")
_TARGET = re.compile(r"^\(([a-z]\w*-[\w.-]+)\)=", re.MULTILINE)


def split(reference: str) -> tuple[str, str]:
    """Split a reference into paper and number.

    >>> split("PAPER Fig. 3")
    ('PAPER', 'Fig. 3')
    """
    source, _, number = reference.strip().partition(" ")
    return source, number.strip()


def anchor(source: str, number: str) -> str:
    """Return the id under which the book shows a number of a paper.

    >>> anchor("PAPER", "Fig. 3"), anchor("PAPER", "before 26")
    ('paper-fig-3', 'paper-before-26')
    """
    words = "".join(c if c.isalnum() else " " for c in f"{source} {number}".lower())
    return "-".join(words.split())


def label(number: str) -> str:
    r"""Return a number as it is read in a sentence; no line breaks inside it.

    >>> label("Fig. 3"), label("before 26").replace("\N{NO-BREAK SPACE}", " ")
    ('Fig. 3', 'before Eq. 26')
    """
    place = re.fullmatch(r"((?:before|after|below|above) )?(\d.*)", number)
    if not place:
        return number
    many = "Eqs." if re.search(r"\d\s*[-–,]\s*\d", number) else "Eq."
    return f"{place[1] or ''}{many}\N{NO-BREAK SPACE}{place[2]}"


def places(root: Path, documents: list[str]) -> dict[str, str]:
    """Map each id to the document that carries it; of several, the first in the order of the book.

    Raises ValueError, which names the remedy, if a notebook is damaged.
    """
    found: dict[str, str] = {}
    for document in documents:
        for name in _ids(root / document):
            found.setdefault(name, document)
    return found


def _ids(page: Path) -> list[str]:
    notebook, text = page.with_name(page.name + ".ipynb"), page.with_name(page.name + ".md")
    if notebook.exists():
        return [name for cell in cells(notebook) for name in _ids_of_cell(cell)]
    return _ids_of_text(text.read_text(encoding="utf-8")) if text.exists() else []


def _ids_of_cell(cell: dict) -> list[str]:
    if cell["cell_type"] == "markdown":
        return _ids_of_text("".join(cell["source"]))
    outputs = (output.get("data", {}).get("text/html", "") for output in cell.get("outputs", []))
    return [name for html in outputs for name in _ID.findall("".join(html))]


def _ids_of_text(text: str) -> list[str]:
    return _ID.findall(text) + _TARGET.findall(text)
