"""The weight of every built page beside what pages share: its HTML, and the local files that no other page loads.

Run: `make book && python benchmarks/page_weight.py`
"""

import gzip
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["main"]

BUILT = Path(__file__).resolve().parents[1] / "_build" / "html"
LOADING = {"script": "src", "img": "src", "link": "href", "source": "src", "iframe": "src"}
LOADED_LINKS = {"stylesheet", "preload", "icon", "shortcut icon"}


class Resources(HTMLParser):
    """The addresses of what a page loads."""

    def __init__(self):
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "link" and named.get("rel") not in LOADED_LINKS:
            return
        address = named.get(LOADING.get(tag, ""))
        if address and not urlsplit(address).scheme:
            self.addresses.add(address)


def resources(page: Path) -> set[Path]:
    """The local files that a page loads by its own tags."""
    parser = Resources()
    parser.feed(page.read_text(encoding="utf-8"))
    files = {(page.parent / unquote(urlsplit(address).path)).resolve() for address in parser.addresses}
    return {file for file in files if file.is_file()}


def sent(files) -> tuple[int, int]:
    """Bytes as stored, and as a server sends them compressed."""
    contents = [file.read_bytes() for file in files]
    return sum(map(len, contents)), sum(len(gzip.compress(c)) for c in contents)


def main() -> int:
    """Print a table of all pages, heaviest first, and what more than one of them loads."""
    pages = sorted(p for p in BUILT.rglob("*.html") if not {"_static", "vendor"} & set(p.relative_to(BUILT).parts))
    if not pages:
        print(f"No pages in {BUILT}: run `make book` first.", file=sys.stderr)
        return 1
    loads = {page: resources(page) for page in pages}
    count = Counter(file for files in loads.values() for file in files)
    shared = {file for file, readers in count.items() if readers > 1}
    rows = [(page.relative_to(BUILT).as_posix(), sent([page]), sent(loads[page] - shared)) for page in pages]
    print(f"{'kilobytes':>40} {'html':>8} {'own files':>10} {'together':>10} {'compressed':>11}")
    for name, html, own in sorted(rows, key=lambda row: -(row[1][0] + row[2][0])):
        together, compressed = html[0] + own[0], html[1] + own[1]
        print(f"{name:>40} {html[0] / 1e3:8.1f} {own[0] / 1e3:10.1f} {together / 1e3:10.1f} {compressed / 1e3:11.1f}")
    total, compressed = sent(shared)
    print(f"{'shared':>40} {'':8} {'':10} {total / 1e3:10.1f} {compressed / 1e3:11.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
