"""The bias at which a fluxon leaves its well, against the field, for both wells and two angles of the field."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from derivations.annular.full_equation.static_states import largest_bias
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Depinning current of both wells against the field"
CAPTION = (
    "Positive bias at which a fluxon of polarity \\(+1\\) leaves its well, \\(e^2 = 3/4\\), \\(\\lambda_J/c = 0.1\\); "
    "fields in units of that at which the wells merge in the full equation. Lines: local limit; filled points: full "
    "equation; open ones: the full equation for an antifluxon in the same well. "
    "The bias drives the fluxon to smaller \\(\\tau\\): from \\(3\\pi/2\\) over the pole at \\(\\pi\\), from "
    "\\(\\pi/2\\) over that at 0. (a) A field along the minor axis makes one barrier low and the other high. A bias "
    "between both currents empties one well and keeps the other: it prepares a state. The current at which a fluxon "
    "leaves tells its well: it reads the state. (b) A field along the major axis does so, too, but five times less. An "
    "antifluxon, which is driven to larger \\(\\tau\\), leaves as a fluxon of its own well does in (a), and as "
    "one of the other well in (b). A negative field exchanges the wells."
)
ALT = (
    "Two panels over fields from zero to the critical one. In each, two lines start together at 0.136, with points "
    "eight per cent below them. Left: the line of one well rises to 0.39, with points up to 0.34; that of the other "
    "falls, ever more slowly, to zero. Right: one line rises to 0.18, the other falls to 0.095. Open points lie on the "
    "filled ones of the same color at the left, and of the other color at the right."
)
ANGLES = (0.0, np.pi / 2)
WELLS = (1, 3)
LARGEST = 0.99  # of the critical field
ANTIFLUXONS = slice(1, None, 3)  # of the fields that have points


def data(eccentricity_squared: float = 0.75, penetration_ratio: float = 0.1) -> dict[str, np.ndarray]:
    """Depinning currents, angles first, then wells, then fields, which are over the critical one."""
    ring = (eccentricity_squared, penetration_ratio)
    limit = annular.critical_field(*ring)
    angle, well = np.array(ANGLES)[:, None, None], np.array(WELLS)[:, None]
    share, few = np.linspace(0, LARGEST, 34), LARGEST * np.linspace(0, 1, 12)
    return {
        "critical_field": limit,
        "share": share,
        "local": annular.local_depinning_current(*ring, share * limit, angle, well),
        "few": few,
        "full": annular.depinning_current(*ring, few * limit, angle, well),
        "antifluxon": np.array(
            [[[_leaves(ring, f * limit, a, w) for f in few[ANTIFLUXONS]] for w in WELLS] for a in ANGLES]
        ),
    }


def _leaves(ring: tuple[float, float], field: float, angle: float, well: int) -> float:
    """The bias at which an antifluxon leaves."""
    return largest_bias(annular.static_fluxon(*ring, field, angle, well=well, polarity=-1)).bias


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Currents at three fields and both angles."""
    rows = [("field over \\(h_c\\Delta\\), axis", "from \\(\\pi/2\\)", "full", "from \\(3\\pi/2\\)", "full")]
    for angle, axis in enumerate(("minor", "major")):
        for at in (0, 5, 11):  # every third of the fields that have lines has points, too
            pairs = zip(data["local"][angle][:, 3 * at], data["full"][angle][:, at], strict=True)
            rows.append((f"{data['few'][at]:.2f}, {axis}", *(f"{value:.4f}" for pair in pairs for value in pair)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw one panel an angle."""
    figure = Figure(figsize=(6.9, 3.3))
    panels = figure.subplots(1, 2, sharey=True)
    labels = (((0.44, 0.27, "right"), (0.33, 0.032, "right")), ((0.97, 0.055, "right"), (0.97, 0.2, "right")))
    curves = (data[name] for name in ("local", "full", "antifluxon"))
    for axes, local, full, antifluxon, places, name in zip(panels, *curves, labels, "ab", strict=True):
        for i, well in enumerate(("from $\\pi/2$", "from $3\\pi/2$")):
            axes.plot(data["share"], local[i], color=SERIES[i], linestyle=DASHES[i])
            axes.plot(data["few"], full[i], "o", color=SERIES[i])
            other = {"markersize": 9, "markerfacecolor": "none", "markeredgecolor": SERIES[i]}
            axes.plot(data["few"][ANTIFLUXONS], antifluxon[i], "o", **other)
            x, y, side = places[i]
            axes.text(x, y, well, color=SERIES[i], ha=side, va="center", fontsize=10.5)
        axes.set(xlabel="field $h/h_c$", xlim=(0, 1.02), ylim=(0, 0.42))
        axes.set_title(f"({name})")
    panels[0].text(0.78, 0.15, "between:\none well is empty", color=MUTED, ha="center", va="center", fontsize=10)
    panels[0].set_ylabel("depinning current $\\gamma_c/J_c$")
    return figure
