"""Where a current ramp prepares a fluxon's state, over loss and ramp rate, and how it fails elsewhere."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.stored import grid, stored
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "outcomes", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Success of preparation against loss and ramp rate"
CAPTION = (
    "Full equation, \\(e^2 = 3/4\\), \\(\\lambda_J/c = 0.3\\), a third of the critical field along the minor axis; "
    "the bias goes up to midway between both depinning currents and back. A sign tells what happens to the fluxon that "
    "has to leave the well at \\(3\\pi/2\\). Bar: it never leaves. Dot: it passes one barrier and stays in the right "
    "well. Number: it runs around so many times first. Framed number: after so many turns it ends in the wrong well. "
    "Cross: the junction switches, that is the phase turns everywhere at once. Question mark: with more nodes and "
    "shorter steps it ends elsewhere. The other fluxon never leaves. Dashed: the fastest ramp by the soft mode at the "
    "fold; below it a fluxon has the time to leave."
)
ALT = (
    "A map with losses from 0.01 to 1 and ramp rates from 0.0008 to 0.1, both logarithmic. Above a dashed line, level "
    "at small losses and falling at large ones, are bars. Below it and at losses above 0.15 are dots. Below it and at "
    "smaller losses are numbers, which grow towards slow ramps, to sixteen; some at losses below 0.1 are framed. "
    "Question marks and, at the slowest ramps, crosses gather at the smallest losses."
)
RING = (0.75, 0.3)
SHARE = 1 / 3  # of the critical field
LOSSES = tuple(float(f"{value:.3g}") for value in np.geomspace(0.01, 1, 16))
RATES = tuple(float(f"{value:.3g}") for value in np.geomspace(8e-4, 0.1, 11))
SWITCHED = 1.2  # speed over the Swihart velocity; without switching it is 1.02 at most
POINTS = grid(loss=LOSSES, ramp_rate=RATES)


def compute(loss: float, ramp_rate: float) -> dict[str, float]:
    """Barriers passed in the end by the fluxons of pi/2 and 3 pi/2, -1 if the junction switched; whether the latter
    ever left; and whether more nodes and shorter steps let it end in the same well."""
    arguments = *RING, SHARE * annular.critical_field(*RING), loss, ramp_rate
    ramp, finer = annular.preparation_ramp(*arguments), annular.preparation_ramp(*arguments, well=3, tolerance=1e-6)
    stays, leaves = (ramp.start - ramp.end) // 2
    switched = ramp.speed[1] > SWITCHED
    certain = switched == (finer.speed[0] > SWITCHED) and (switched or (finer.end[0] - ramp.end[1]) % 4 == 0)
    return {
        "stays": float(stays),
        "leaves": -1.0 if switched else float(leaves),
        "left": float(np.isfinite(ramp.left_at[1])),
        "certain": float(certain),
    }


def data() -> dict[str, np.ndarray]:
    """The stored numbers, losses first, and the derived fastest ramp."""
    flat = stored(__file__, POINTS)
    shape = len(LOSSES), len(RATES)
    found = {name: flat[name].reshape(shape) for name in ("stays", "leaves", "left", "certain")}
    along = np.geomspace(LOSSES[0], LOSSES[-1], 41)
    derived = annular.fastest_ramp(*RING, SHARE * annular.critical_field(*RING), along)
    return found | {"loss": np.array(LOSSES), "rate": np.array(RATES), "along": along, "derived": derived}


def outcomes(data: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What happened to the fluxon that has to leave: masks over losses and rates, of which one is true."""
    hops, certain = data["leaves"], data["certain"] > 0
    switched, never = hops < 0, data["left"] == 0
    moved = certain & ~switched & ~never
    return {
        "never leaves": certain & never,
        "passes one barrier": moved & (hops == 1),
        "runs around, right well": moved & (hops > 1) & (hops % 2 == 1),
        "ends in the wrong well": moved & (hops % 2 == 0),
        "junction switches": certain & switched,
        "depends on the nodes": ~certain,
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """How many points have each outcome, at losses below and above a tenth."""
    small = data["loss"] < 0.1
    rows = [("outcome", "points with \\(\\alpha<0.1\\)", "\\(\\alpha>0.1\\)")]
    return rows + [(name, str(mask[small].sum()), str(mask[~small].sum())) for name, mask in outcomes(data).items()]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw a sign for the outcome at each loss and ramp rate, and the derived line."""
    figure = Figure(figsize=(6.9, 4.4))
    axes = figure.subplots()
    loss, rate = np.meshgrid(data["loss"], data["rate"], indexing="ij")
    found, frame = outcomes(data), {"boxstyle": "round,pad=0.15", "facecolor": "none", "edgecolor": SERIES[1]}
    for name, sign, color in (
        ("never leaves", "_", MUTED),
        ("passes one barrier", "o", SERIES[0]),
        ("junction switches", "x", SERIES[1]),
    ):
        axes.plot(loss[found[name]], rate[found[name]], sign, color=color, markersize=6)
    texts = {"runs around, right well": (SERIES[0], None), "ends in the wrong well": (SERIES[1], frame)}
    for name, (color, box) in texts.items():
        for x, y, hops in zip(loss[found[name]], rate[found[name]], data["leaves"][found[name]], strict=True):
            axes.text(x, y, f"{hops // 2:.0f}", color=color, fontsize=9.5, ha="center", va="center", bbox=box)
    for x, y in zip(loss[found["depends on the nodes"]], rate[found["depends on the nodes"]], strict=True):
        axes.text(x, y, "?", color=MUTED, ha="center", va="center")
    axes.plot(data["along"], data["derived"], color=SERIES[2], linestyle=DASHES[1])
    axes.set(xscale="log", yscale="log", xlabel="loss $\\alpha$", ylabel="ramp rate $d\\gamma/dt$ ($J_c\\omega_p$)")
    axes.set(xlim=(0.0085, 1.18), ylim=(6.4e-4, 0.125))
    axes.set_xticks([0.01, 0.03, 0.1, 0.3, 1], ["0.01", "0.03", "0.1", "0.3", "1"])
    axes.set_yticks([1e-3, 1e-2, 1e-1], ["0.001", "0.01", "0.1"])
    return figure
