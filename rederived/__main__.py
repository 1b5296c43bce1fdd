"""Check a paper against its derivations, or begin one: `rederived check PLACE`, `rederived new NAME`.

    rederived check my_paper/ [ROW] [--record] [--traceback] [--output FOLDER]
    rederived new NAME --key KEY --equations 1-12 [--place FOLDER]
"""

import argparse
import sys
from pathlib import Path

from rederived import command
from rederived.page import report
from rederived.place import Book
from rederived.work import new

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 if all is as recorded, 1 if a verdict differs, 2 if something cannot be read."""
    parser = argparse.ArgumentParser(prog="rederived", description=(__doc__ or "").partition("\n")[0])
    tasks = parser.add_subparsers(dest="task", required=True)
    check = tasks.add_parser("check", help="compute the verdicts, print them, compare them with the record")
    check.add_argument("place", help="the folder of a book, or of one paper")
    command.add_options(check)
    check.add_argument("--output", type=Path, help="the folder of ledger.json, ledger.html, badge.svg (_build/ledger)")
    begin = tasks.add_parser("new", help="write the beginning of a part: a row for each equation, a chapter, a figure")
    new.add_options(begin)
    options = parser.parse_args(arguments)
    try:
        return _check(options) if options.task == "check" else new.run(options)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2


def _check(options: argparse.Namespace) -> int:
    book = Book.at(options.place)
    code, entries = command.run(book, options)
    if entries:
        folder = options.output or book.scratch / "ledger"
        name = book.folder.name if book.derivations == "derivations" else book.derivations
        report.write(entries, folder, f"Derived and compared: {name}")
        print(f"ledger.json, ledger.html and badge.svg are in {folder}", file=sys.stderr)
    if code == 1 and not book.record.exists():
        print("There is no record yet: with --record, this becomes it.", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
