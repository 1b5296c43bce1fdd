"""Every figure of a book, found by walking its package `figures`: adding a figure is adding one module.

A figure is a module `figures/<part>/figNN_what_it_shows.py`, or `figures/<part>/what_it_shows.py` where no
paper has it, with

- `SOURCE`, `NUMBER`: the paper and its number there, or None;
- `TITLE`, `CAPTION`, `ALT`: what it is, what to see in it, and what is seen (for who cannot see it);
- `data(**parameters)`: named arrays from evaluators, at the published resolution;
- `draw(data)`: the Matplotlib figure, drawn from these arrays and nothing else;
- `table(data)`, optional: key numbers, a head and then rows, rounded far above solver noise;
- `POINTS` and `compute(**point)`, optional: what is stored beside the module, see `rederived.figures.stored`;
- `live()`, optional: the `LiveFigure` that replaces the static one where scripts run;
- `film(data)`, optional: the `Film` that plays above the static one where scripts run.
"""

import difflib
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import matplotlib.figure
import numpy as np

from rederived.figures import style
from rederived.figures.film import Film
from rederived.figures.live import LiveFigure
from rederived.kept import load_or_make
from rederived.place import HERE

__all__ = ["Figure", "find", "names"]


@dataclass(frozen=True)
class Figure:
    """One figure: its module, seen through the attributes that every such module has."""

    module: ModuleType

    @property
    def name(self) -> str:
        """The module's own name, such as `fig03_what_it_shows`."""
        return self.module.__name__.rpartition(".")[2]

    @property
    def part(self) -> str:
        """The part of the book that it belongs to."""
        return self.module.__name__.split(".")[-2]

    @property
    def identifier(self) -> str:
        """The HTML id under which the book shows it: `paper-fig-3`, or `fig-what-it-shows`."""
        if self.module.NUMBER is None:
            return "fig-" + self.name.replace("_", "-")
        return f"{self.module.SOURCE}-fig-{self.module.NUMBER}".lower()

    @property
    def heading(self) -> str:
        """What the caption begins with: whose figure this is."""
        if self.module.NUMBER is None:
            return ""
        return f"Fig. {self.module.NUMBER} of {self.module.SOURCE}, redrawn."

    @property
    def files(self) -> tuple[Path, ...]:
        """The stored arrays beside the module: its own, and those of others that it may read."""
        beside = getattr(self.module, "__file__", None)
        return tuple(sorted(Path(beside).parent.glob("*.npz"))) if beside else ()

    def data(self, **parameters) -> Mapping[str, np.ndarray]:
        """The arrays that the figure shows."""
        if parameters:
            return self.module.data(**parameters)
        return load_or_make(f"data of {self.name}", self.module.data, module=self.module.__name__, files=self.files)

    def draw(self, data: Mapping[str, np.ndarray]) -> matplotlib.figure.Figure:
        """The Matplotlib figure, in the style of the book."""
        with style.book():
            return self.module.draw(data)

    def table(self, data: Mapping[str, np.ndarray]) -> list[tuple]:
        """Key numbers, a head and then rows; empty where the figure has none."""
        return self.module.table(data) if hasattr(self.module, "table") else []

    def live(self) -> LiveFigure | None:
        """The live figure, if there is one."""
        return self.module.live() if hasattr(self.module, "live") else None

    def film(self, data: Mapping[str, np.ndarray]) -> Film | None:
        """The film, if there is one."""
        return self.module.film(data) if hasattr(self.module, "film") else None


def _places(figures: str) -> dict[str, str]:
    """Map each figure's name to its module; nothing is imported but the parts' own packages."""
    package = importlib.import_module(figures)
    found: dict[str, str] = {}
    for part in pkgutil.iter_modules(package.__path__, f"{figures}."):
        if not part.ispkg:
            continue
        for module in pkgutil.iter_modules(importlib.import_module(part.name).__path__):
            if module.name in found:
                raise ValueError(f"two figures have the name {module.name}: in {found[module.name]} and {part.name}")
            found[module.name] = f"{part.name}.{module.name}"
    return found


def names(part: str = "", *, figures: str = HERE.figures) -> tuple[str, ...]:
    """The names of all figures of a package, or of one part, in the order of their numbers, then those without."""
    places = _places(figures)
    wanted = [n for n in places if part in ("", places[n].split(".")[1])]
    return tuple(sorted(wanted, key=lambda n: (places[n].split(".")[1], not n.startswith("fig"), n)))


def find(name: str, *, figures: str = HERE.figures) -> Figure:
    """Find a figure of a package by its name; raises ValueError that names the nearest ones, or all."""
    places = _places(figures)
    if name not in places:
        near = difflib.get_close_matches(name, places) or sorted(places)
        raise ValueError(f"Argument `name` must name a figure ({', '.join(near)}, ...), but got {name!r}.")
    return Figure(importlib.import_module(places[name]))
