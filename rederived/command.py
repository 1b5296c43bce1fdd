"""Print the ledger; compare it with the recorded one, or record it.

`python -m derivations [SOURCE | PART | SOURCE:NUMBER] [--record]`
"""

import argparse
import sys
import textwrap

from joblib import Parallel, cpu_count, delayed
from tqdm import tqdm

from rederived import recorded
from rederived.ledger import record, rows

__all__ = ["main"]

STORED = recorded.STORED


def _computed(wanted: str) -> list[dict]:
    """Records in the papers' order, one process a part: the rows of a part share derivations, parts share none."""
    asked: dict[str, list[tuple[str, str]]] = {}
    for row in rows(wanted):
        asked.setdefault(row.function.__module__.split(".")[1], []).append((row.source.key, row.number))
    jobs = Parallel(n_jobs=min(len(asked), cpu_count()) or 1, return_as="generator_unordered")
    found: dict[tuple[str, str], dict] = {}
    with tqdm(total=sum(map(len, asked.values())), file=sys.stderr, disable=None, desc="verdicts") as bar:
        for entries in jobs(delayed(_records)(part, keys) for part, keys in asked.items()):
            found |= {(entry["source"], entry["number"]): entry for entry in entries}
            bar.update(len(entries))
    return [found[row.source.key, row.number] for row in rows(wanted)]


def _records(part: str, keys: list[tuple[str, str]]) -> list[dict]:
    return [record(row) for row in rows(part) if (row.source.key, row.number) in set(keys)]


def _text(entry: dict) -> str:
    head = f"{entry['source']}:{entry['number']}"
    where = f"{entry['module']}.{entry['function']}"
    wrap = textwrap.TextWrapper(width=110, initial_indent="    ", subsequent_indent="    ")
    lines = [f"{head:24} {entry['verdict'].upper()}", *wrap.wrap(entry["title"])]
    return "\n".join([*lines, *wrap.wrap(entry["detail"]), f"    {where}"])


def main(arguments: list[str] | None = None) -> int:
    """Print the ledger and return 1 if a verdict differs from the recorded one."""
    parser = argparse.ArgumentParser(prog="python -m derivations", description=__doc__.splitlines()[0])
    parser.add_argument("wanted", nargs="?", default="", help="a source, a part, or a row (SOURCE:NUMBER)")
    parser.add_argument("--record", action="store_true", help="write derivations/ledger.json")
    options = parser.parse_args(arguments)
    try:
        known = _stored()
    except ValueError as error:
        if options.wanted or not options.record:
            print(error, file=sys.stderr)
            return 2
        known = {}
    entries = _computed(options.wanted)
    if not entries:
        parser.error(f"argument wanted must name a source, a part or a row, but got {options.wanted!r}")
    print("\n".join(map(_text, entries)))
    if options.record:
        _write(known, entries)
        return 0
    return _differences(known, entries, complete=not options.wanted)


def _write(known: dict[tuple[str, str], dict], entries: list[dict]) -> None:
    """Record the entries; rows that were not asked for keep theirs, rows that no function derives go."""
    known = known | {(e["source"], e["number"]): e for e in entries}
    order = [(row.source.key, row.number) for row in rows()]
    recorded.write([known[key] for key in order if key in known], STORED)


def _stored() -> dict[tuple[str, str], dict]:
    return {(e["source"], e["number"]): e for e in recorded.read(STORED)}


def _differences(stored: dict[tuple[str, str], dict], entries: list[dict], complete: bool) -> int:
    computed = {(e["source"], e["number"]): e for e in entries}
    wrong = [f"{':'.join(k)}: recorded {stored.get(k, {}).get('verdict')!r}, computed {e['verdict']!r} ({e['detail']})"
             for k, e in computed.items() if stored.get(k) != e]
    if complete:
        wrong += [f"{':'.join(k)}: recorded, but no function derives it" for k in stored.keys() - computed.keys()]
    for line in wrong:
        print(f"DIFFERS FROM THE RECORD  {line}", file=sys.stderr)
    print(f"{len(entries)} rows, {len(wrong)} differ from the record", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
