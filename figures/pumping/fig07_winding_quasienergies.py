"""Quasienergies of six islands against the phase, colored by occupation: one state winds."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import stored
from rederived.figures.style import GRID, SERIES

__all__ = [
    "ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "draw_spectrum", "frame",
    "spectrum", "table",
]  # fmt: skip

SOURCE = "ANWB23"
NUMBER = "7"
TITLE = "Quasienergies that wind"
CAPTION = (
    "All 64 quasienergies of six islands against the phase, \\(\\omega = 0.05J_0\\), \\(E_L = 4J_0\\): (a) sinusoidal "
    "drive, \\(\\delta J = 0.5J_0\\); (b) clipped drive, \\(1.2J_0\\). Large dots are occupied by more than one "
    "half, small ones by more than one percent; grey dashes are empty. The occupied state "
    "goes once down through the zone while the phase grows by \\(2\\pi\\): one pair a cycle to the right. "
    "Minus its slope is the charge: far from constant in (a), constant in (b). The published spectrum has the first "
    "island lowered first, and is this one at \\(-\\varphi\\)."
)
ALT = (
    "Two panels of dots over phases from 0 to 2 pi and a zone of width omega. A dense background of grey dashes. "
    "Over it the one occupied state falls from the left to the right and passes once through the zone: along a wavy "
    "line in the left panel, along a straight one in the right panel."
)
ISLANDS, FREQUENCY = 6, 0.05
STATES = 2**ISLANDS
ROWS = 200
CASES = ((0.5, 4.0), (1.2, 4.0), (1.0, 1.0))  # modulation and lead coupling; the last one is Fig. 8b
PHASES = np.round(np.arange(41) * np.pi / 20, 12)
POINTS = {
    "modulation": np.repeat([case[0] for case in CASES], PHASES.size),
    "lead_coupling": np.repeat([case[1] for case in CASES], PHASES.size),
    "phase": np.tile(PHASES, len(CASES)),
}


def compute(modulation: float, lead_coupling: float, phase: float) -> dict[str, float]:
    """Quasienergies over omega and occupations at one phase, to a millionth."""
    chain = pumping.RiceMele(ISLANDS, hopping_modulation=modulation, lead_coupling=lead_coupling)
    energies, weights = pumping.floquet_spectrum(chain, FREQUENCY, phase)
    values = {f"energy_{k}": x for k, x in enumerate(np.round(energies / FREQUENCY, 6).tolist())}
    return values | {f"weight_{k}": x for k, x in enumerate(np.round(weights, 6).tolist())}


def spectrum(case: int) -> dict[str, np.ndarray]:
    """The stored spectrum of one of the cases, phases first."""
    flat = stored(__file__, POINTS)
    rows = slice(case * PHASES.size, (case + 1) * PHASES.size)
    return {name: np.array([flat[f"{name}_{k}"][rows] for k in range(STATES)]).T for name in ("energy", "weight")}


def data() -> dict[str, np.ndarray]:
    """Quasienergies over omega and occupations, drives first, then phases; how far the occupied state winds."""
    found = [spectrum(case) for case in (0, 1)]
    energy, weight = (np.array([one[name] for one in found]) for name in ("energy", "weight"))
    followed = np.take_along_axis(energy, weight.argmax(axis=-1)[..., None], -1)[..., 0]
    return {
        "phase": PHASES,
        "energy": energy,
        "weight": weight,
        "turns": np.ptp(np.unwrap(followed, period=1.0)[:, [0, -1]], axis=1),
        "slopes": -2 * np.pi * np.gradient(np.unwrap(followed, period=1.0), PHASES, axis=1),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Winding, slopes and smallest occupation of the occupied state."""
    rows = [("\\(\\delta J/J_0\\)", "turns", "smallest slope", "largest slope", "smallest occupation")]
    for number, (modulation, _) in enumerate(CASES[:2]):
        slopes, weight = data["slopes"][number, 1:-1], data["weight"][number].max(axis=1)
        values = (data["turns"][number], slopes.min(), slopes.max(), weight.min())
        rows.append((f"{modulation:g}", *(f"{x:.2f}" for x in values)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw both drives side by side."""
    figure = Figure(figsize=(6.9, 3.6))
    panels = figure.subplots(1, 2)
    frame(figure, *panels)
    names = ("(a) $\\delta J=0.5J_0$", "(b) $\\delta J=1.2J_0$")
    for axes, energy, weight, name in zip(panels, data["energy"], data["weight"], names, strict=True):
        draw_spectrum(axes, data["phase"], energy, weight)
        axes.set_title(name)
    panels[0].set_ylabel("quasienergy $\\varepsilon_\\nu/\\omega$")
    panels[1].yaxis.set_tick_params(labelleft=False)
    return figure


def frame(figure: Figure, left: Axes, right: Axes) -> None:
    """Give two panels their places, both as high as a spectrum has rows, a point each."""
    figure.set_layout_engine("none")
    height = ROWS / 72 / figure.get_figheight()
    for axes, start in ((left, 0.095), (right, 0.585)):
        axes.set_position([start, 0.14, 0.39, height])


def draw_spectrum(axes: Axes, phase: np.ndarray, energy: np.ndarray, weight: np.ndarray) -> None:
    """Draw quasienergies as dots by their occupation, empty ones as grey dashes: one dashed line a phase."""
    for at, levels in zip(phase / np.pi, energy, strict=True):
        dashes = (0, _dashes(levels) / 2)  # in line widths
        axes.plot([at, at], [-0.5, 0.5], color=GRID, linewidth=2, linestyle=dashes, dash_capstyle="butt")
    x = np.broadcast_to(phase[:, None] / np.pi, energy.shape)
    for low, high, size, color in ((0.01, 0.5, 2.6, SERIES[0]), (0.5, 1.1, 4.6, SERIES[1])):
        some = (weight >= low) & (weight < high)
        if some.any():
            axes.plot(x[some], energy[some], "o", color=color, markersize=size, linestyle="none")
    axes.set(xlim=(-0.04, 2.04), ylim=(-0.5, 0.5), xlabel="phase $\\varphi/\\pi$")


def _dashes(levels: np.ndarray) -> np.ndarray:
    """Lengths of dashes and gaps in points, from the lower end of the zone, for a dash at each level."""
    filled = np.zeros(ROWS + 2, dtype=bool)
    filled[np.clip(((levels + 0.5) * ROWS).astype(int), 0, ROWS - 1) + 1] = True
    ends = np.flatnonzero(np.diff(filled))
    return np.diff(np.concatenate([[0, 0], ends, [ROWS] * (1 + len(ends) % 2)])).astype(float)
