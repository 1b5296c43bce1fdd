"""Print the ledger of a book; compare it with the recorded one, or record it.

`python -m derivations [SOURCE | PART | SOURCE:NUMBER] [--record] [--traceback]`
"""

import argparse
import sys
import textwrap

from joblib import Parallel, cpu_count, delayed
from tqdm import tqdm

from rederived import recorded
from rederived.ledger import record, registry_of, rows, traceback_of
from rederived.place import HERE, Book

__all__ = ["add_options", "main", "run"]

Records = dict[tuple[str, str], dict]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what the command asks of a ledger."""
    parser.add_argument("wanted", nargs="?", default="", help="a source, a part, or a row (SOURCE:NUMBER)")
    parser.add_argument("--record", action="store_true", help="write ledger.json, beside the derivations")
    parser.add_argument("--traceback", action="store_true", help="show where a derivation fails")


def main(arguments: list[str] | None = None, *, book: Book = HERE, prog: str = "python -m derivations") -> int:
    """Print the ledger of a book and return 1 if a verdict differs from the recorded one."""
    parser = argparse.ArgumentParser(prog=prog, description=(__doc__ or "").splitlines()[0])
    add_options(parser)
    options = parser.parse_args(arguments)
    try:
        return run(book, options)[0]
    except ValueError as error:
        parser.error(str(error))


def run(book: Book, options: argparse.Namespace) -> tuple[int, list[dict]]:
    """Print what was asked for; return the exit code, and the records that were computed.

    Raises ValueError if no row is asked for.
    """
    try:
        known = _by_number(recorded.read(book.record))
    except ValueError as error:
        if options.wanted or not options.record:
            print(error, file=sys.stderr)
            return 2, []
        known = {}
    entries = computed(book, options.wanted)
    if not entries:
        raise ValueError(f"Argument `wanted` must name a source, a part or a row, but got {options.wanted!r}.")
    print("\n".join(map(_text, entries)))
    if options.traceback:
        _print_tracebacks(book, entries)
    if options.record:
        _write(book, known, entries)
        return 0, entries
    return _differences(known, entries, complete=not options.wanted), entries


def computed(book: Book, wanted: str) -> list[dict]:
    """Records in the papers' order, one process a part: the rows of a part share derivations, parts share none."""
    asked: dict[str, list[tuple[str, str]]] = {}
    for row in rows(wanted, book=book):
        asked.setdefault(row.part, []).append((row.source.key, row.number))
    jobs = Parallel(n_jobs=min(len(asked), cpu_count()) or 1, return_as="generator_unordered")
    found: Records = {}
    with tqdm(total=sum(map(len, asked.values())), file=sys.stderr, disable=None, desc="verdicts") as bar:
        for entries in jobs(delayed(_records)(book, part, keys) for part, keys in asked.items()):
            found |= _by_number(entries)
            bar.update(len(entries))
    return [found[row.source.key, row.number] for row in rows(wanted, book=book)]


def _records(book: Book, part: str, keys: list[tuple[str, str]]) -> list[dict]:
    return [record(row) for row in rows(part, book=book) if (row.source.key, row.number) in set(keys)]


def _by_number(entries: list[dict]) -> Records:
    return {(entry["source"], entry["number"]): entry for entry in entries}


def _text(entry: dict) -> str:
    head = f"{entry['source']}:{entry['number']}"
    where = f"{entry['module']}.{entry['function']}"
    wrap = textwrap.TextWrapper(width=110, initial_indent="    ", subsequent_indent="    ")
    lines = [f"{head:24} {entry['verdict'].upper()}", *wrap.wrap(entry["title"])]
    return "\n".join([*lines, *wrap.wrap(entry["detail"]), f"    {where}"])


def _print_tracebacks(book: Book, entries: list[dict]) -> None:
    """Of what is open: only there a derivation can have failed."""
    unsettled = {key for key, entry in _by_number(entries).items() if entry["verdict"] == "open"}
    for row in registry_of(book.derivations).rows():
        if (row.source.key, row.number) in unsettled and (trace := traceback_of(row)):
            print(f"\n{row.source.key}:{row.number}\n{trace}", file=sys.stderr)


def _write(book: Book, known: Records, entries: list[dict]) -> None:
    """Record the entries; rows that were not asked for keep theirs, rows that no function derives go."""
    known = known | _by_number(entries)
    order = [(row.source.key, row.number) for row in rows(book=book)]
    recorded.write([known[key] for key in order if key in known], book.record)


def _differences(stored: Records, entries: list[dict], complete: bool) -> int:
    found = _by_number(entries)
    wrong = [f"{':'.join(k)}: recorded {stored.get(k, {}).get('verdict')!r}, computed {e['verdict']!r} ({e['detail']})"
             for k, e in found.items() if stored.get(k) != e]
    if complete:
        wrong += [f"{':'.join(k)}: recorded, but no function derives it" for k in stored.keys() - found.keys()]
    for line in wrong:
        print(f"DIFFERS FROM THE RECORD  {line}", file=sys.stderr)
    print(f"{len(entries)} rows, {len(wrong)} differ from the record", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
