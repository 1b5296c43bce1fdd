"""A ledger as files that stand alone: one page, one badge; no script, nothing from elsewhere."""

import json
from collections import Counter
from html import escape
from pathlib import Path

from rederived.files import replace
from rederived.ledger import verdict_tone
from rederived.page.plain_text import as_html

__all__ = ["badge", "page", "write"]

# Each has a contrast of 4.5 or more to white.
_COLORS = {
    "agrees": "#00703c",
    "consistent": "#00703c",
    "holds": "#00703c",
    "definition": "#4a5568",
    "notation": "#4a5568",
    "remark": "#4a5568",
    "misprint": "#8a5a00",
    "open": "#8a5a00",
    "erratum": "#b3261e",
}
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { font-weight: bold; padding: 1rem 0 .5rem; text-align: left; }
th, td { border-top: 1px solid #888; overflow-wrap: anywhere; padding: .4rem .6rem; }
th, td { text-align: left; vertical-align: top; }
td p { margin: 0 0 .4rem; }
.verdict { border-radius: .3rem; color: #fff; padding: .1rem .4rem; white-space: nowrap; }
"""


def _counts(entries: list[dict]) -> Counter[str]:
    return Counter(entry["verdict"] for entry in entries)


def _color(verdict: str) -> str:
    return _COLORS.get(verdict_tone(verdict), _COLORS["open"])


def badge(entries: list[dict]) -> str:
    """Return an SVG that counts the verdicts, colored after the one that asks for attention most.

    entries: rows as `rederived.ledger.record` gives them

    >>> "rederived: 2 agrees, 1 erratum" in badge([{"verdict": v} for v in ("agrees", "erratum", "agrees")])
    True
    """
    name, counts = "rederived", _counts(entries)
    said = ", ".join(f"{number} {verdict}" for verdict, number in counts.most_common()) or "no rows"
    worst = max(map(_color, counts), key=list(_COLORS.values()).index, default=_COLORS["open"])
    left, right = (7 * len(text) + 12 for text in (name, said))
    title = escape(f"{name}: {said}")
    texts = "".join(
        f'<text x="{x + 6}" y="14" textLength="{width - 12}">{escape(text)}</text>'
        for text, x, width in ((name, 0, left), (said, left, right))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f'<title>{title}</title><rect width="{left}" height="20" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{worst}"/>'
        f'<g fill="#fff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">{texts}</g></svg>\n'
    )


def page(entries: list[dict], title: str) -> str:
    """Return the rows as one HTML page, a table for each paper; the verdict is a word, its color helps."""
    tables = "\n".join(
        _table(source, [entry for entry in entries if entry["source"] == source])
        for source in dict.fromkeys(entry["source"] for entry in entries)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>\n{tables}\n</main></body></html>\n"
    )


def _table(source: str, entries: list[dict]) -> str:
    said = ", ".join(f"{verdict}: {number}" for verdict, number in _counts(entries).most_common())
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Place", "Verdict", "What is derived, and the evidence"))
    rows = "\n".join(map(_row, entries))
    caption = f"{escape(source)}, {len(entries)} rows. {escape(said)}"
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _row(entry: dict) -> str:
    word = escape(entry["verdict"])
    detail = f"<p>{as_html(entry['detail'])}</p>" if entry["detail"] else ""
    return (
        f'<tr id="{escape(entry["anchor"])}"><th scope="row">{escape(entry["number"])}</th>'
        f'<td><span class="verdict" style="background:{_color(entry["verdict"])}">{word}</span></td>'
        f"<td><p>{as_html(entry['title'])}</p>{detail}"
        f"<p><code>{escape(entry['module'])}.{escape(entry['function'])}</code></p></td></tr>"
    )


def write(entries: list[dict], folder: Path, title: str) -> None:
    """Write `ledger.json`, `ledger.html` and `badge.svg` to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    replace(folder / "ledger.json", json.dumps(entries, indent=1, ensure_ascii=False) + "\n")
    replace(folder / "ledger.html", page(entries, title))
    replace(folder / "badge.svg", badge(entries))
