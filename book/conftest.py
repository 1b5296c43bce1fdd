"""`pytest --nbval` fails a cell that is stored without its output; nbval alone passes it unseen."""

import pytest

from rederived.page.stored import REMEDY, not_executed

__all__: list[str] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item):
    """The cell runs first, so that those after it find what it defines."""
    result = yield
    if getattr(item, "options", {}).get("check") and (wrong := not_executed(item.cell)):
        from nbval.plugin import NbCellError

        raise NbCellError(item.cell_num, f"{wrong}. {REMEDY}.", item.cell.source)
    return result
