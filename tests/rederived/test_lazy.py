"""A package offers names without importing what holds them."""

import sys

import pytest

from rederived.lazy import offered

__all__: list[str] = []

BLOCK = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from {module} import one, two as second\n"


def test_a_name_is_imported_when_it_is_asked_for(tmp_path, monkeypatch):
    (tmp_path / "held_by_this.py").write_text("one, two = 1, 2\n", encoding="utf-8")
    file = tmp_path / "__init__.py"
    file.write_text(BLOCK.format(module="held_by_this"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    attribute, names = offered("package", str(file))
    assert names() == ["one", "second"]
    assert "held_by_this" not in sys.modules
    assert (attribute("one"), attribute("second")) == (1, 2)
    monkeypatch.delitem(sys.modules, "held_by_this")
    with pytest.raises(AttributeError, match="module 'package' has no attribute 'third'"):
        attribute("third")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import math\n", "no such block"),
        (BLOCK.format(module="a") + "    import math\n", "something else in line 5"),
        (BLOCK.format(module=".a"), "something else in line 4"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, text, told):
    file = tmp_path / "__init__.py"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        offered("package", str(file))
