"""Show a figure in a chapter: inline SVG, caption and key numbers, and the live figure where scripts run."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType

import numpy as np

from rederived.figures import film, live, style
from rederived.figures.registry import Figure, find
from rederived.kept import load_or_make

__all__ = ["Picture", "Shown", "draw", "picture"]


@dataclass(frozen=True)
class Picture:
    """What a page needs of a figure.

    svg: the static picture
    table: key numbers, a head and then rows
    moving: what the page's script needs, and whether it takes the place of the static picture; or nothing
    """

    svg: str
    table: list[tuple]
    moving: tuple[dict, bool] | None = None


def picture(figure: Figure, data: Mapping[str, np.ndarray], *, moves: bool = True) -> Picture:
    """Draw a figure from its data; with other parameters than its own it does not move."""
    module = figure.module
    svg = style.svg(figure.draw(data), title=module.TITLE, description=module.ALT, inline=True)
    return Picture(svg, figure.table(data), _moving(figure, data) if moves else None)


def _moving(figure: Figure, data: Mapping[str, np.ndarray]) -> tuple[dict, bool] | None:
    if (computed := figure.live()) is not None:
        return live.spec(computed), computed.replaces
    played = figure.film(data)
    return None if played is None else (film.spec(played), False)


@dataclass(frozen=True)
class Shown:
    """A figure as a notebook displays it: the same text in every run."""

    figure: Figure
    picture: Picture
    changed: Mapping[str, object] = field(default_factory=dict)

    @property
    def svg(self) -> str:
        """The picture, for a page."""
        return self.picture.svg

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

    def _beside(self) -> str:
        return "" if self.picture.moving is None or self.picture.moving[1] else " keeps-static"

    def _static(self) -> str:
        width = re.findall(r' width="(\d+)"', self.svg)[0]
        return f'<div class="figure-static" tabindex="0" style="--natural-width:{width}px">{self.svg}</div>'

    def _live(self) -> str:
        if self.picture.moving is None:
            return ""
        text = json.dumps(self.picture.moving[0], ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
        label = html.escape(self.figure.module.TITLE)
        return (
            f'<div class="live-figure" role="group" aria-label="Live figure: {label}" hidden>'
            f'<script type="application/json">{text}</script></div>'
        )

    def _table(self) -> str:
        rows = self.picture.table
        if not rows:
            return ""
        head = "".join(f'<th scope="col">{_cell(c)}</th>' for c in rows[0])
        body = "".join(f"<tr>{''.join(f'<td>{_cell(c)}</td>' for c in row)}</tr>" for row in rows[1:])
        return (
            f'<div class="key-numbers tex2jax_process"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def __repr__(self) -> str:
        rows = self.picture.table
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
    if parameters:
        return Shown(figure, picture(figure, figure.data(**parameters), moves=False), parameters)
    drawn = load_or_make(
        f"picture of {figure.name}",
        lambda: picture(figure, figure.data()),
        module=figure.module.__name__,
        files=(style.SHEET, *figure.files),
    )
    return Shown(figure, drawn)
