"""Where a book is: its folder, and the packages of its derivations and figures.

The names are a convention, not an import: a book has a package `derivations` with a module `papers` and one package
for each part, and a package `figures` with the same parts. A single paper is a smaller book: one package, whose modules
hold its equations.
"""

import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

__all__ = ["HERE", "Book"]

_BESIDE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Book:
    """A book, or a paper of its own.

    folder: the packages lie in it
    derivations: the package of its derivations, whose record lies beside its modules
    figures: the package of its figures
    stored: its recorded ledger, where that is not `ledger.json` beside the derivations
    """

    folder: Path
    derivations: str = "derivations"
    figures: str = "figures"
    stored: Path | None = None

    @classmethod
    def at(cls, place: Path | str) -> "Book":
        """Return the book in a folder, or the paper that the folder is.

        A folder with a package `derivations` is a book; any other is itself the package of a paper.
        Raises ValueError if it is not there, holds no Python module, or has a name that Python cannot import.

        >>> Book.at("nowhere")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ValueError: Argument `place` must be a folder with Python modules, but got 'nowhere': ...
        """
        folder = Path(place).resolve()
        if (folder / "derivations").is_dir():
            return cls(folder)
        if not any(folder.glob("*.py")):
            raise ValueError(
                f"Argument `place` must be a folder with Python modules, but got {str(place)!r}: "
                "`rederived new` writes one."
            )
        if not folder.name.isidentifier():
            raise ValueError(
                f"Argument `place` must have a name that Python can import, but got {folder.name!r}: rename "
                "the folder, with letters, digits and _ alone."
            )
        return cls(folder.parent, folder.name)

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that its results may rest on; `tools` belongs to a checkout only."""
        return ("rederived", self.derivations, self.figures, "tools")

    @property
    def record(self) -> Path:
        """The recorded ledger."""
        return self.stored or self.folder / self.derivations / "ledger.json"

    @property
    def scratch(self) -> Path:
        """The folder for what is made and can be made again: of a checkout its own, else one where the user stands."""
        return (self.folder if self.is_checkout else Path.cwd()) / "_build"

    @property
    def is_checkout(self) -> bool:
        """Whether the book is a folder to work in, and not installed among other packages."""
        return (self.folder / "pyproject.toml").exists()

    def package(self) -> ModuleType:
        """Import its derivations from its folder; raises ValueError if others of this name are imported already."""
        if str(self.folder) not in sys.path and self.derivations not in sys.modules:
            sys.path.insert(0, str(self.folder))
        found = import_module(self.derivations)
        places = [Path(place).resolve() for place in found.__path__]
        if self.folder.resolve() / self.derivations not in places:
            raise ValueError(
                f"Argument `place` must be the only package {self.derivations!r} in one process, but one is "
                f"imported from {places[0].parent}: rename one of the folders."
            )
        return found

    def papers(self) -> tuple:
        """Return its papers, in the order in which it presents them."""
        self.package()
        return import_module(f"{self.derivations}.papers").PAPERS

    def parts(self) -> tuple[str, ...]:
        """Return the names of its parts, in the order in which it presents them."""
        self.package()
        return import_module(f"{self.derivations}.papers").PARTS


# The book that this package stands beside, or, where there is none, the one in which the user stands.
HERE = Book(_BESIDE if (_BESIDE / "derivations").is_dir() else Path.cwd())
