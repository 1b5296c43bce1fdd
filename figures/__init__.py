"""What is seen: one module a figure, drawn from evaluators; `draw("fig03_...")` shows one in a chapter."""

from rederived.figures.registry import Figure, find, names
from rederived.figures.show import draw

__all__ = ["Figure", "draw", "find", "names"]
