"""A package that offers what its modules hold, and imports each of them only when something of it is asked for.

What a package offers stands once, as imports that editors and type checkers read::

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from package.room import function

    __getattr__, __dir__ = offered(__name__, __file__)

So a module of the package that needs no numpy can be imported where numpy is missing.
"""

import ast
import importlib
from collections.abc import Callable
from pathlib import Path

__all__ = ["offered"]


def offered(package: str, file: str) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of a package, from what it imports where `TYPE_CHECKING`.

    package, file: `__name__` and `__file__` of the package

    Raises ValueError if there is no such block, or if something else than `from ... import ...` stands in it.
    """
    blocks = [
        node for node in ast.parse(Path(file).read_text(encoding="utf-8")).body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]
    inside = [node for block in blocks for node in block.body]
    imports = [node for node in inside if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    wrong = [node.lineno for node in inside if node not in imports]
    if not imports or wrong:
        raise ValueError(
            f"Argument `file` must import what {package} offers in a block `if TYPE_CHECKING`, as `from module import"
            f" name` only, but {file} has {f'something else in line {wrong[0]}' if wrong else 'no such block'}."
        )
    home = {name.asname or name.name: (str(node.module), name.name) for node in imports for name in node.names}

    def attribute(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, original = home[name]
        return getattr(importlib.import_module(module), original)

    return attribute, lambda: sorted(home)
