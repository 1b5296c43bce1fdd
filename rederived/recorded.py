"""The recorded ledger of a book, `ledger.json` beside its derivations."""

import json
from pathlib import Path

from rederived.files import replace

__all__ = ["read", "write"]

_NEEDED = {"source", "number", "verdict", "detail"}


def read(stored: Path) -> list[dict]:
    """Return the recorded rows, none before the first record.

    Raises ValueError, which names the remedy, if the file is damaged.
    """
    if not stored.exists():
        return []
    try:
        rows = json.loads(stored.read_text(encoding="utf-8"))
        if not isinstance(rows, list) or not all(row.keys() >= _NEEDED for row in rows):
            raise ValueError("a row is incomplete")
    except (ValueError, TypeError, AttributeError) as error:
        remedy = "the option --record makes it anew, version control has the former one."
        raise ValueError(f"File {stored.parent.name}/{stored.name} is damaged ({error}): {remedy}") from error
    return rows


def write(rows: list[dict], stored: Path) -> None:
    """Record the rows."""
    replace(stored, json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
