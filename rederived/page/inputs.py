"""What the built book depends on, as one number: the browser checks rebuild the book when it has changed."""

import hashlib
from pathlib import Path

from rederived.place import HERE

__all__ = ["code", "digest"]

_FILES = (
    "_config.yml",
    "_toc.yml",
    "package-lock.json",
    "derivations/ledger.json",
)
_CODE = (
    "derivations/papers.py",
    "rederived/ledger.py",
    "rederived/page/plain_text.py",
    "rederived/page/ledger_page.py",
    "rederived/page/offline.py",
    "rederived/page/places.py",
    "rederived/page/extension.py",
)
_FOLDERS = ("book", "figures", "rederived")
_KINDS = frozenset({".ipynb", ".md", ".bib", ".css", ".js", ".mjs", ".py", ".json", ".yml", ".svg", ".png"})


def digest(root: Path, kinds: frozenset[str] | set[str] = _KINDS) -> str:
    """Return a hash of names and contents of all files of these kinds that the pages are made from."""
    paths = [root / name for name in _FILES]
    for folder in _FOLDERS:
        paths += (p for p in sorted((root / folder).rglob("*")) if p.suffix in kinds and "source" not in p.parts)
    result = hashlib.sha256()
    for path in paths:
        if path.is_file() and path.suffix in kinds:
            result.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return result.hexdigest()


def code() -> str:
    """Return a hash of the modules that make pages of what Sphinx reads: after a change in them all is made anew."""
    return hashlib.sha256(b"\0".join((HERE.folder / name).read_bytes() for name in _CODE)).hexdigest()
