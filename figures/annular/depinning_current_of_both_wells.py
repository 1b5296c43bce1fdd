"""The bias at which a fluxon leaves its well, against the field, for both wells and two angles of the field."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Depinning current of both wells against the field"
CAPTION = (
    "Positive bias at which a fluxon of polarity \\(+1\\) leaves its well, in \\(J_c\\), \\(e^2 = 3/4\\), "
    "\\(\\lambda_J/c = 0.1\\). It is driven to smaller \\(\\tau\\): from \\(3\\pi/2\\) over the pole at "
    "\\(\\pi\\), from "
    "\\(\\pi/2\\) over that at 0. (a) A field along the minor axis makes one barrier low and the other high: the "
    "two wells "
    "are told apart by this current. (b) A field along the major axis does so, too, but five times less. Lines: local "
    "limit; points: the full equation. The other polarity sees the field reversed."
)
ALT = (
    "Two panels over fields from minus to plus 0.06. Left: two nearly straight lines that cross at zero field, "
    "one rising "
    "from 0.02 to 0.29, the other falling likewise, with points eight per cent below them. Right: two lines that "
    "cross at "
    "the same height with slopes about five times smaller."
)
ANGLES = (0.0, np.pi / 2)
WELLS = (1, 3)


def data(eccentricity_squared: float = 0.75, penetration_ratio: float = 0.1) -> dict[str, np.ndarray]:
    """Depinning currents, angles first, then wells, then fields."""
    from derivations.annular import sine_gordon

    ring = (eccentricity_squared, penetration_ratio)
    angle, well = np.array(ANGLES)[:, None, None], np.array(WELLS)[:, None]
    field, few = np.linspace(-0.06, 0.06, 25), np.linspace(-0.06, 0.06, 7)
    return {
        "field": field,
        "local": annular.local_depinning_current(*ring, field, angle, well),
        "few": few,
        "full": sine_gordon.depinning_current(*ring, few, angle, well),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Currents at two fields."""
    rows = [("field \\(h\\Delta\\), axis", "from \\(\\pi/2\\)", "full equation", "from \\(3\\pi/2\\)", "full equation")]
    for angle, axis in enumerate(("minor", "major")):
        for at, field in enumerate(data["few"][3:6:2], start=0):
            local, full = data["local"][angle][:, 12 + 8 * at], data["full"][angle][:, 3 + 2 * at]
            rows.append((f"{field:.2f}, {axis}", *(f"{v:.4f}" for pair in zip(local, full, strict=True) for v in pair)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw one panel an angle."""
    figure = Figure(figsize=(6.9, 3.2))
    panels = figure.subplots(1, 2, sharey=True)
    for axes, local, full, label in zip(panels, data["local"], data["full"], "ab", strict=True):
        for i, well in enumerate(("from $\\pi/2$", "from $3\\pi/2$")):
            axes.plot(data["field"], local[i], color=SERIES[i], linestyle=DASHES[i])
            axes.plot(data["few"], full[i], "o", color=SERIES[i])
            rises = local[i][-1] > local[i][0]
            x = 0.033 if rises else -0.033
            place = x, np.interp(x, data["field"], local[i]) + 0.035
            axes.text(*place, well, color=SERIES[i], ha="right" if rises else "left", va="center", fontsize=10.5)
        axes.set(xlabel="field $h\\Delta$", xlim=(-0.064, 0.064), ylim=(0, 0.32))
        axes.set_xticks([-0.06, -0.03, 0, 0.03, 0.06])
        axes.set_title(f"({label})")
    panels[0].set_ylabel("depinning current $\\gamma_c/J_c$")
    return figure
