"""The ledger as readers see it, and references by paper and number.

    ```{ledger} PAPER
    ```

shows the rows of `derivations/ledger.json`, all or those of one paper.

    ```{compared} PAPER
    ```

says which text of a paper was compared, of all papers or of those that are named. {paper}`PAPER 19` reads "Eq. 19" and
leads to the place where the book shows it; a number that the book does not show is a warning.
"""

import hashlib
import json
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from rederived import recorded
from rederived.ledger import verdict_tone
from rederived.page.places import anchor, label, places, split
from rederived.page.plain_text import as_html
from rederived.place import HERE, Book

__all__ = ["setup", "verdict_badge"]

_LOGGER = logging.getLogger(__name__)


class _Ledger(nodes.General, nodes.Element):
    """Rows of the ledger; written as HTML when the places are known."""


class _Paper(nodes.Inline, nodes.TextElement):
    """A number of a paper."""


class _LedgerDirective(Directive):
    optional_arguments = 1
    option_spec: ClassVar = {"summary": directives.flag}

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        stored = Book(Path(env.app.confdir)).record
        env.note_dependency(str(stored))
        _note_use(env)
        try:
            rows = recorded.read(stored)
        except ValueError as error:
            raise ExtensionError(str(error)) from error
        if self.arguments:
            rows = [row for row in rows if row["source"] == self.arguments[0]]
        return [_Ledger(rows=rows, only_summary="summary" in self.options)]


class _ComparedDirective(Directive):
    optional_arguments = 4

    def run(self) -> list[nodes.Node]:
        folder = Path(self.state.document.settings.env.app.confdir)
        book = Book(folder) if (folder / HERE.derivations / "papers.py").is_file() else HERE
        sources = [s for s in book.papers() if not self.arguments or s.key in self.arguments]
        listed = nodes.bullet_list(classes=["compared"])
        for source in sources:
            text = nodes.Text(f" ({source.name}). {source.compared}")
            listed += nodes.list_item("", nodes.paragraph("", "", nodes.strong("", source.key), text))
        return [listed]


def _paper_role(name, rawtext, text, lineno, inliner, options=None, content=None):
    source, number = split(text)
    if not source or not number:
        message = inliner.reporter.error(f"{{paper}} needs a paper and a number, but got {text!r}", line=lineno)
        return [inliner.problematic(rawtext, rawtext, message)], [message]
    _note_use(inliner.document.settings.env)
    node = _Paper(rawtext, label(number), reference=f"{source} {number}", anchor=anchor(source, number))
    node.source, node.line = inliner.document.current_source, lineno
    return [node], []


def _note_use(env: BuildEnvironment) -> None:
    """Pages that refer to places are read again when a place moves."""
    env.metadata[env.docname]["refers_to_places"] = "yes"


def _find_places(app: Sphinx, env: Any, added, changed, removed) -> list[str]:
    documents = [d for d in getattr(app.config, "external_site_map", {}) if d in env.found_docs]
    try:
        env.book_places = places(Path(app.srcdir), documents)
    except ValueError as error:
        raise ExtensionError(str(error)) from error
    known, env.book_places_digest = getattr(env, "book_places_digest", None), _digest(env.book_places)
    if known == env.book_places_digest:
        return []
    return [d for d in env.found_docs if "refers_to_places" in env.metadata[d]]


def _digest(found: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def _link(translator, name: str) -> str:
    """The address of an id, or nothing if the book does not show it."""
    builder, target = translator.builder, translator.builder.env.book_places.get(name)
    if target is None:
        return ""
    if builder.name == "singlehtml":
        return f"#{name}"
    return f"{builder.get_relative_uri(builder.current_docname, target)}#{name}"


def _visit_paper(translator, node: _Paper) -> None:
    address = _link(translator, node["anchor"])
    if address:
        translator.body.append(f'<a class="reference internal paper" href="{escape(address)}">')
    else:
        _LOGGER.warning("the book does not show %r: no id %r", node["reference"], node["anchor"], location=node)
        translator.body.append("<a>")


def _depart_paper(translator, node: _Paper) -> None:
    translator.body.append("</a>")


def verdict_badge(verdict: str, text: str = "") -> str:
    """Return a verdict as a colored word: the color helps, the word says it.

    >>> verdict_badge("agrees")
    '<span class="verdict verdict-agrees">agrees</span>'
    """
    return f'<span class="verdict verdict-{escape(verdict_tone(verdict))}">{escape(text or verdict)}</span>'


def _visit_ledger(translator, node: _Ledger) -> None:
    rows = node["rows"]
    if not rows:
        translator.body.append("<p>No rows yet.</p>")
        raise nodes.SkipNode
    for source in dict.fromkeys(row["source"] for row in rows):
        mine = [row for row in rows if row["source"] == source]
        translator.body.append(_summary(source, mine) if node["only_summary"] else _table(translator, source, mine))
    raise nodes.SkipNode


def _summary(source: str, rows: list[dict]) -> str:
    """The verdicts of one paper counted; what the book says for itself is not counted among the papers' rows."""
    counts = Counter(row["verdict"] for row in rows)
    badges = " ".join(verdict_badge(v, f"{v}: {n}") for v, n in counts.most_common())
    name = "Ours, about no paper" if source == "book" else source
    return f'<p class="ledger-summary"><strong>{escape(name)}</strong>, {len(rows)} rows. {badges}</p>'


def _table(translator, source: str, rows: list[dict]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Place", "Verdict", "What is derived, and the evidence"))
    caption = "Lemmas and claims of this book" if source == "book" else source
    lines = "\n".join(_row(translator, row) for row in rows)
    return (
        f'<table class="ledger"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{lines}\n</tbody></table>\n"
    )


def _row(translator, row: dict) -> str:
    address = _link(translator, row.get("anchor") or anchor(row["source"], row["number"]))
    place = escape(label(row["number"]))
    if address:
        place = f'<a class="reference internal" href="{escape(address)}">{place}</a>'
    parts = {"": row.get("detail"), "Where: ": row.get("where"), "Ours: ": row.get("ours")}
    detail = "".join(f'<p class="ledger-detail">{head}{as_html(text)}</p>' for head, text in parts.items() if text)
    code = f"{row['module']}.{row['function']}".replace(".", ".<wbr>").replace("_", "_<wbr>")
    return (
        f'<tr><th scope="row">{place}</th><td>{verdict_badge(row["verdict"])}</td>'
        f"<td><p>{as_html(row['title'])}</p>{detail}<p><code>{code}</code></p></td></tr>"
    )


def _skip(translator, node: nodes.Node) -> None:
    raise nodes.SkipNode


def _pass(translator, node: nodes.Node) -> None:
    """The text of the node is enough."""


def setup(app: Sphinx) -> None:
    """Register the directive and the role; called by `rederived.page.extension`."""
    app.add_node(_Ledger, html=(_visit_ledger, None), latex=(_skip, None), text=(_skip, None))
    app.add_node(_Paper, html=(_visit_paper, _depart_paper), latex=(_pass, _pass), text=(_pass, _pass))
    app.add_directive("ledger", _LedgerDirective)
    app.add_directive("compared", _ComparedDirective)
    app.add_role("paper", _paper_role)
    app.connect("env-get-outdated", _find_places)
