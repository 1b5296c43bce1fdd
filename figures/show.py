"""Show a figure in a chapter: inline SVG, caption and key numbers, and the live figure where scripts run."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType

import numpy as np

from figures import film, live, style
from figures.registry import Figure, find

__all__ = ["Shown", "draw"]


@dataclass(frozen=True)
class Shown:
    """A figure with its data, as a notebook displays it: the same text in every run."""

    figure: Figure
    data: Mapping[str, np.ndarray]
    changed: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def svg(self) -> str:
        """The picture, for a page."""
        module = self.figure.module
        drawn = self.figure.draw(self.data)
        return style.svg(drawn, title=module.TITLE, description=module.ALT, inline=True)

    def _repr_html_(self) -> str:
        name = "" if self.changed else f' id="{self.figure.identifier}"'
        return (
            f'<figure{name} class="book-figure{self._beside()}">{self._live()}{self._static()}'
            f'<figcaption class="tex2jax_process">{self._caption()}</figcaption>{self._table()}</figure>'
        )

    def _caption(self) -> str:
        module, heading = self.figure.module, self.figure.heading
        title = f"<strong>{html.escape(module.TITLE)}.</strong>"
        if self.changed:
            values = ", ".join(f"{name} = {value}" for name, value in self.changed.items())
            return f"{title} Drawn with {html.escape(values)}."
        number = f'<span class="figure-number">{heading}</span> ' if heading else ""
        return f"{number}{title} {html.escape(module.CAPTION, quote=False)}"

    @cached_property
    def _moving(self) -> tuple[dict, bool] | None:
        """What the page's script needs, and whether it takes the place of the static picture."""
        if self.changed:
            return None
        if (computed := self.figure.live()) is not None:
            return live.spec(computed), computed.replaces
        played = self.figure.film(self.data)
        return None if played is None else (film.spec(played), False)

    def _beside(self) -> str:
        return "" if self._moving is None or self._moving[1] else " keeps-static"

    def _static(self) -> str:
        width = re.search(r' width="(\d+)"', self.svg)[1]
        return f'<div class="figure-static" tabindex="0" style="--natural-width:{width}px">{self.svg}</div>'

    def _live(self) -> str:
        if self._moving is None:
            return ""
        text = json.dumps(self._moving[0], ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
        label = html.escape(self.figure.module.TITLE)
        return (
            f'<div class="live-figure" role="group" aria-label="Live figure: {label}" hidden>'
            f'<script type="application/json">{text}</script></div>'
        )

    def _table(self) -> str:
        rows = self.figure.table(self.data)
        if not rows:
            return ""
        head = "".join(f'<th scope="col">{_cell(c)}</th>' for c in rows[0])
        body = "".join(f"<tr>{''.join(f'<td>{_cell(c)}</td>' for c in row)}</tr>" for row in rows[1:])
        return (
            f'<div class="key-numbers tex2jax_process"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def __repr__(self) -> str:
        rows = self.figure.table(self.data)
        lines = ["  ".join(_plain(c) for c in row) for row in rows]
        return "\n".join([f"{self.figure.name}: {self.figure.module.TITLE}", *lines])


def _plain(value) -> str:
    return value if isinstance(value, str) else f"{value:.4g}"


def _cell(value) -> str:
    text = html.escape(_plain(value), quote=False)
    mantissa, found, power = text.partition("e")
    if found and not isinstance(value, str):
        return f"{mantissa} × 10<sup>{int(power)}</sup>".replace("-", "−")
    return text if isinstance(value, str) else text.replace("-", "−")


def draw(name: str | ModuleType, **parameters) -> Shown:
    """Draw a figure of the book, by its name or its module.

    Parameters that its `data` takes may be changed; what is shown then is static, says so, and carries no number.
    """
    figure = Figure(name) if isinstance(name, ModuleType) else find(name)
    return Shown(figure, figure.data(**parameters), parameters)
