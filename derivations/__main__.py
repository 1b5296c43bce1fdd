"""Print the ledger; compare it with the recorded one, or record it.

`python -m derivations [SOURCE | PART | SOURCE:NUMBER] [--record]`
"""

import argparse
import json
import sys
import textwrap
from pathlib import Path

from tqdm import tqdm

from derivations.ledger import record, rows

__all__ = ["main"]

STORED = Path(__file__).with_name("ledger.json")


def _computed(wanted: str) -> list[dict]:
    # One process: the rows share their derivations, and a second process would derive them again.
    return [record(row) for row in tqdm(rows(wanted), file=sys.stderr, disable=None, desc="verdicts")]


def _text(entry: dict) -> str:
    head = f"{entry['source']}:{entry['number']}"
    where = f"{entry['module']}.{entry['function']}"
    wrap = textwrap.TextWrapper(width=110, initial_indent="    ", subsequent_indent="    ")
    lines = [f"{head:24} {entry['verdict'].upper()}", *wrap.wrap(entry["title"])]
    return "\n".join([*lines, *wrap.wrap(entry["detail"]), f"    {where}"])


def main(arguments: list[str] | None = None) -> int:
    """Print the ledger and return 1 if a verdict differs from the recorded one."""
    parser = argparse.ArgumentParser(prog="python -m derivations", description=__doc__.splitlines()[0])
    parser.add_argument("wanted", nargs="?", default="", help="a source (SLZ25b), a part, or a row (SLZ25b:19)")
    parser.add_argument("--record", action="store_true", help="write derivations/ledger.json")
    options = parser.parse_args(arguments)
    if options.record and options.wanted:
        parser.error("argument --record takes the whole ledger, but a filter was given")
    entries = _computed(options.wanted)
    if not entries:
        parser.error(f"argument wanted must name a source, a part or a row, but got {options.wanted!r}")
    print("\n".join(map(_text, entries)))
    if options.record:
        STORED.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return 0
    return _differences(entries, complete=not options.wanted)


def _differences(entries: list[dict], complete: bool) -> int:
    stored = {(e["source"], e["number"]): e for e in json.loads(STORED.read_text(encoding="utf-8"))}
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
