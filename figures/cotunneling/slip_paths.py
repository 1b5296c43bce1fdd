"""Paths of least action in the plane of both phases, for equal and for unequal junctions."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from rederived.figures.style import DASHES, GRID, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "SLZ25b"
NUMBER = None
TITLE = "Paths of least action of single and of common slips"
CAPTION = (
    "Contours of the potential (3) for equal energies, and the paths of the slips \\((1,0)\\), \\((0,1)\\) and "
    "\\((1,1)\\) at \\(C_m/C_1=0.1\\) (solid), \\(1\\) (dashed) and \\(10\\) (dash-dotted). (a) Equal junctions: "
    "the common slip runs down the diagonal, whatever \\(C_m\\). While one junction slips, the other one is first "
    "pushed back and then forth, the more the larger \\(C_m\\). (b) Unequal junctions, \\(\\xi_1=0.4\\), "
    "\\(\\xi_2=0.9\\), \\(E_{J_1}=E_{J_2}\\): the fast second junction starts late and arrives early, so the common "
    "path is bent. It straightens as \\(C_m\\) grows."
)
ALT = (
    "Two panels with contours of the periodic potential over both phases. In each, three families of paths start at "
    "the origin. Single slips run along the axes and sway to one side and then to the other, further for larger "
    "coupling. The common slip is the straight diagonal in the left panel and S-shaped around the diagonal in the "
    "right one, straighter for larger coupling."
)

JUNCTIONS = {"equal": (0.6, 0.6, 1.0), "unequal": (0.4, 0.9, 1.0)}
RATIOS = (0.1, 1.0, 10.0)
SLIPS = ((1, 0), (0, 1), (1, 1))


def data() -> dict[str, np.ndarray]:
    """Potential, and paths and actions for each pair of junctions, slip and ratio of capacitances."""
    phi = np.linspace(-0.5, 2.5, 73) * np.pi
    # A contour runs through points of the grid: rounding must not decide on which side of it they lie.
    found = {"phi": phi, "potential": cotunneling.potential_energy(phi, phi[:, None], 1.0).round(12)}
    for name, (xi_1, xi_2, kappa) in JUNCTIONS.items():
        slips = [
            [cotunneling.slip_path(s, xi_1, xi_2, capacitance_ratio=ratio, kappa=kappa, nodes=96) for ratio in RATIOS]
            for s in SLIPS
        ]
        found[f"{name}_action"] = np.array([[one.action for one in row] for row in slips])
        whole = [[_whole(slip, one.path) for one in row] for slip, row in zip(SLIPS, slips, strict=True)]
        found[name] = np.array(whole)
    return found


def _whole(slip: tuple[int, int], half: np.ndarray) -> np.ndarray:
    """Both halves of a path: it is odd around its center."""
    return np.concatenate([half[::-1], 2 * np.pi * np.array(slip) - half[1:]])


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The actions."""
    rows = [("junctions", "slip", *(f"\\(C_m/C_1={ratio:g}\\)" for ratio in RATIOS))]
    for name in JUNCTIONS:
        actions = zip(SLIPS, data[f"{name}_action"], strict=True)
        rows += [(name, f"{slip}", *(f"{value:.3f}" for value in row)) for slip, row in actions]
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the plane of both phases for equal and for unequal junctions."""
    figure = Figure(figsize=(6.9, 3.9))
    panels = figure.subplots(1, 2, sharey=True)
    phi, pi = data["phi"] / np.pi, np.pi
    places = ((1.45, -0.2), (-0.28, 1.45), (0.75, 1.2))
    for axes, name, letter in zip(panels, JUNCTIONS, "ab", strict=True):
        axes.contour(phi, phi, data["potential"], [0.5, 1.25, 2, 2.75, 3.5], colors=GRID)
        for paths, color, slip, place in zip(data[name], SERIES, SLIPS, places, strict=False):
            for path, dash in zip(paths, DASHES, strict=False):
                axes.plot(*(path.T / pi), color=color, linestyle=dash, linewidth=1.4)
            label = f"({slip[0]}, {slip[1]})"
            axes.text(*place, label, color=color, ha="center", va="center", fontsize=9.5)
        axes.plot([0, 2, 0, 2], [0, 0, 2, 2], "o", color=TEXT, markersize=4)
        axes.set(xlabel="phase $\\varphi_1$", xlim=(-0.45, 2.35), ylim=(-0.45, 2.35), aspect="equal")
        axes.set_title(f"({letter}) {name} junctions")
        axes.set_xticks([0, 1, 2], ["0", "$\\pi$", "$2\\pi$"])
        axes.set_yticks([0, 1, 2], ["0", "$\\pi$", "$2\\pi$"])
    panels[0].set_ylabel("phase $\\varphi_2$")
    return figure
