"""Where the book is that the machinery serves: its folder, and the packages of its derivations and figures.

The names are a convention, not an import: a book has a package `derivations` with a module `papers` and one package
for each part, and a package `figures` with the same parts. Its folder is the one that this package stands in, or,
where that is no book, the current one.
"""

from importlib import import_module
from pathlib import Path

__all__ = ["DERIVATIONS", "FIGURES", "PACKAGES", "ROOT", "papers", "parts"]

DERIVATIONS, FIGURES = "derivations", "figures"
PACKAGES = ("rederived", DERIVATIONS, FIGURES, "tools")
_BESIDE = Path(__file__).resolve().parents[1]
ROOT = _BESIDE if (_BESIDE / DERIVATIONS).is_dir() else Path.cwd()


def papers() -> tuple:
    """Return the papers of the book, in the order in which it presents them."""
    return import_module(f"{DERIVATIONS}.papers").PAPERS


def parts() -> tuple[str, ...]:
    """Return the names of the parts, in the order in which the book presents them."""
    return import_module(f"{DERIVATIONS}.papers").PARTS
