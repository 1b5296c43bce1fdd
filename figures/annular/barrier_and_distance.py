"""Barriers and distance of the wells against the field along the minor axis."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Barriers and distance of the wells against the field along the minor axis"
CAPTION = (
    "\\(e^2 = 3/4\\), in the local limit; the field is over the critical one, "
    "\\(h_c\\Delta = (4/\\pi)e^2\\lambda_J/c\\). (a) The field raises one barrier and lowers the other, which "
    "vanishes as "
    "\\((1 - h/h_c)^2\\) (thin). Points: the full equation at \\(\\lambda_J/c = 0.1\\), over \\(h_c\\) of the "
    "local limit; "
    "its own critical field is two per cent lower. (b) The wells approach each other across the low barrier, from "
    "half a "
    "turn to nothing."
)
ALT = (
    "Left: two curves start together at 4.6; one rises to 14, the other falls to zero at the critical field with zero "
    "slope, followed by a thin parabola near its end. Six points lie slightly below the falling and the rising curve. "
    "Right: a curve falls from one, slowly first, then vertically to zero at the critical field."
)
FULL = (0.0, 0.25, 0.5, 0.75, 0.9)


def data(eccentricity_squared: float = 0.75, penetration_ratio: float = 0.1) -> dict[str, np.ndarray]:
    """Local limit on a fine axis, full equation at a few points."""
    from derivations.annular.full_equation import sine_gordon

    ring = (eccentricity_squared, penetration_ratio)
    share = 1 - np.linspace(1, 0, 101) ** 2
    critical = annular.local_critical_field(*ring)
    low, high = annular.barrier_heights(*ring, share * critical)
    field = np.array(FULL) * critical
    return {
        "share": share,
        "low": low,
        "high": high,
        "near": annular.near_critical_barrier(eccentricity_squared, 1 - share),
        "distance": annular.well_distance(*ring, share * critical),
        "full": np.array(FULL),
        "full_low": sine_gordon.barrier_height(*ring, field),
        "full_high": sine_gordon.barrier_height(*ring, field, barrier=0),
        "full_distance": 2 * (np.pi - sine_gordon.rest_position(*ring, field)),
        "critical": np.array([critical, sine_gordon.critical_field(*ring)]),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Low barrier and distance, local and full, and both critical fields."""
    rows = [("\\(h/h_c\\)", "low barrier", "full equation", "distance over \\(\\pi\\)", "full equation")]
    for i, share in enumerate(FULL):
        at = [np.interp(1 - share, 1 - data["share"][::-1], data[name][::-1]) for name in ("low", "distance")]
        full = data["full_low"][i], data["full_distance"][i]
        rows.append((f"{share:g}", f"{at[0]:.3f}", f"{full[0]:.3f}", f"{at[1] / np.pi:.3f}", f"{full[1] / np.pi:.3f}"))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the barriers at the left, the distance at the right."""
    figure = Figure(figsize=(6.9, 3.2))
    left, right = figure.subplots(1, 2)
    for name, label, place, i in (("high", "high barrier", (0.35, 9.2), 1), ("low", "low barrier", (0.3, 1.4), 0)):
        left.plot(data["share"], data[name], color=SERIES[i], linestyle=DASHES[i])
        left.plot(data["full"], data[f"full_{name}"], "o", color=SERIES[i])
        left.text(*place, label, color=SERIES[i], ha="center", va="center", fontsize=10.5)
    close = data["share"] > 0.55
    left.plot(data["share"][close], data["near"][close], color=SERIES[0], linewidth=0.8, linestyle="-")
    left.set(xlabel="field $h/h_c$", ylabel="barrier $\\Delta U/E_0'$", xlim=(-0.02, 1.02), ylim=(0, None), title="(a)")
    right.plot(data["share"], data["distance"] / np.pi, color=SERIES[2], linestyle="-")
    right.plot(data["full"], data["full_distance"] / np.pi, "o", color=SERIES[2])
    right.set(xlabel="field $h/h_c$", ylabel="distance of the wells / $\\pi$", title="(b)")
    right.set(xlim=(-0.02, 1.02), ylim=(0, 1.05))
    return figure
