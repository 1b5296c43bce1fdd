"""Files that are there whole or not at all."""

import os
from pathlib import Path

__all__ = ["replace"]


def replace(path: Path, content: str | bytes) -> None:
    """Write a file; an interruption leaves the former one, and nobody reads half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
