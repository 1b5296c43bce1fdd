"""The list of errors to plant is current: each changes its file, and all of the book has some."""

from collections import Counter

import pytest

from tools.mutants import CHECKOUT
from tools.planted import listed

__all__: list[str] = []

LISTED = listed(CHECKOUT)


@pytest.mark.parametrize("error", LISTED, ids=lambda error: error.breaks)
def test_an_error_changes_its_file(error):
    assert error.content != (CHECKOUT / error.file).read_bytes()
    if error.file.endswith(".py"):
        compile(error.content, error.file, "exec")  # an error that stops Python would be no achievement to see


def test_all_of_the_book_has_errors():
    """Physics of each part, figures, what is stored, evaluators, pages, and the checks themselves."""
    folders = Counter("/".join(error.file.split("/")[:2]) for error in LISTED)
    for part in ("cotunneling", "pumping", "annular"):
        assert folders[f"derivations/{part}"] >= 6
    kinds = Counter(error.file.rpartition(".")[2] for error in LISTED)
    assert kinds.keys() >= {"py", "npz", "ipynb", "json", "js", "mjs"}
    assert sum(count for folder, count in folders.items() if folder.startswith("rederived/")) >= 6
    assert len(LISTED) >= 36


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('old = "one"\nnew = "two"', "must change a text that occurs once, but 'one' occurs 2 times"),
        ('old = "only"\nnew = "only"', "must change a text that occurs once"),
        ('old = "gone"\nnew = "two"', "must change a text that occurs once, but 'gone' occurs 0 times"),
        ('old = "only"', "must have the keys of one of its two kinds"),
    ],
)
def test_an_entry_that_is_not_current_is_named(tmp_path, entry, said):
    (tmp_path / "text.py").write_text("one, one and only\n")
    (tmp_path / "list.toml").write_text(f'[[error]]\nfile = "text.py"\nbreaks = "it"\n{entry}\n')
    with pytest.raises(ValueError, match=f"Error 1 of the list, text.py, {said}"):
        listed(tmp_path, "list.toml")
    (tmp_path / "text.py").unlink()
    with pytest.raises(ValueError, match=r"file that is not there|two kinds"):
        listed(tmp_path, "list.toml")
