"""How far the particle picture is off, for rings of several shapes and sizes, against the full equation."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.stored import grid, stored
from rederived.figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Errors of the collective coordinate"
CAPTION = (
    "Relative distance of the local limit from the full equation, against the local frequency "
    "\\(\\hat\\omega_0 = \\lambda_J/(c\\sinh^2\\bar\\nu)\\), for four eccentricities. (a) Frequency of small "
    "oscillations. (b) Energy in the well. (c) Barrier. (d) Critical field. (e) Depinning current. (f) Period at "
    "\\(E = 1.2E_{\\min}\\) or halfway to the separatrix, relativistic form, where it was computed. (g) Speed at the "
    "equator after a start at the pole with 0.3 of the Swihart velocity. All go as the square of it. What belongs to "
    "the well falls nearly on one line, whatever the shape of the ring: it is the small parameter. Barrier and "
    "critical field belong to the pole, where the ring is wide; there a squashed ring does better."
)
ALT = (
    "Seven panels with logarithmic axes, each with four rising lines of slope two. For the energy in the well they "
    "fall on one another; for frequency, depinning, period and speed they lie within a factor of a few; for barrier "
    "and critical field they are far apart, the most eccentric ring lowest."
)
SQUARES = np.array([0.25, 0.5, 0.75, 0.9])
FREQUENCIES = np.array([0.06, 0.1, 0.17, 0.3, 0.5])
NAMES = ("frequency", "well", "barrier", "critical field", "depinning", "period", "speed")
POINTS = grid(square=SQUARES, local_frequency=FREQUENCIES)
LAUNCH = 0.3  # speed at the pole
MISSING = -1.0  # a ring that is too large to be solved, or a motion that would take too long


def compute(square: float, local_frequency: float) -> dict[str, float]:
    """Relative errors of the local limit at one ring."""
    ratio = float(local_frequency / annular.harmonic_frequency(square, 1.0))
    if not 0.01 <= ratio <= 1:
        return dict.fromkeys(NAMES, MISSING)
    found = _local_and_full(square, ratio)
    errors = {name: MISSING if full is None else abs(1 - float(local / full)) for name, (local, full) in found.items()}
    return {name: float(f"{error:.5g}") for name, error in errors.items()}


def _local_and_full(square: float, ratio: float) -> dict[str, tuple]:
    well, top = (annular.fluxon_potential(angle, square, ratio) for angle in (np.pi / 2, 0.0))
    energy = min(1.2, (1 + float(annular.separatrix_energy(square))) / 2)
    affordable = 0.1 <= ratio <= 0.6
    period = annular.full_period(energy, square, ratio) if affordable else None
    launched = float(annular.separatrix_energy(square)) / np.sqrt(1 - LAUNCH**2)
    speed = annular.passing_speeds(LAUNCH, square, ratio)[1] if ratio >= 0.03 else None
    return {
        "frequency": (annular.harmonic_frequency(square, ratio), annular.fluxon_frequency(square, ratio)),
        "well": (well, annular.rest_energy(square, ratio)),
        "barrier": (top - well, annular.barrier_height(square, ratio)),
        "critical field": (annular.local_critical_field(square, ratio), annular.critical_field(square, ratio)),
        "depinning": (annular.local_depinning_current(square, ratio), annular.depinning_current(square, ratio)),
        "period": (annular.relativistic_period(energy, square, ratio), period),
        "speed": (annular.relativistic_fluxon_speed(np.pi / 2, launched, square), speed),
    }


def data() -> dict[str, np.ndarray]:
    """Relative errors, quantities first, then eccentricities, then frequencies; nan where there is none."""
    found = stored(__file__, POINTS)
    errors = np.array([found[name].reshape(SQUARES.size, FREQUENCIES.size) for name in NAMES])
    return {"square": SQUARES, "frequency": FREQUENCIES, "error": np.where(errors == MISSING, np.nan, errors)}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Errors at one frequency, by eccentricity, in percent."""
    at = 1
    rows = [(f"\\(e^2\\), \\(\\hat\\omega_0 = {data['frequency'][at]:g}\\)", *NAMES)]
    for row, square in enumerate(data["square"]):
        cells = (100 * data["error"][:, row, at]).tolist()
        rows.append((f"{square:g}", *("–" if np.isnan(cell) else f"{cell:.2f}%" for cell in cells)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw one panel a quantity."""
    figure = Figure(figsize=(6.9, 4.6))
    panels = figure.subplots(2, 4, sharex=True, sharey=True)
    for axes, error, name, letter in zip(panels.flat[:-1], data["error"], NAMES, "abcdefg", strict=True):
        for row, square in enumerate(data["square"]):
            style = {"color": SERIES[row], "linestyle": DASHES[row], "marker": "osD^"[row], "markersize": 3.5}
            axes.loglog(data["frequency"], error[row], label=f"$e^2={square:g}$", **style)
        axes.set(title=f"({letter}) {name}", xlim=(0.05, 0.6), ylim=(2e-4, 1))
    panels[1, 3].axis("off")
    figure.legend(*panels[0, 0].get_legend_handles_labels(), loc="center", bbox_to_anchor=(0.87, 0.3), fontsize=9)
    panels[0, 3].xaxis.set_tick_params(labelbottom=True)
    for axes in (*panels[1, :3], panels[0, 3]):
        axes.set_xlabel("$\\hat\\omega_0$, local")
        axes.set_xticks([0.06, 0.1, 0.2, 0.5], ["0.06", "", "0.2", "0.5"])
    for axes in panels.flat[:-1]:
        axes.minorticks_off()
    for axes in panels[:, 0]:
        axes.set_ylabel("relative error")
    return figure
