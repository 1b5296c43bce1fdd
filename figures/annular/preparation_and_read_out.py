"""Fluxons of both wells during the ramp that prepares and during the ramp that reads."""

import math

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.film import Film, Reel
from rederived.figures.live import Axis
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "film", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Preparation and read-out by current ramps"
CAPTION = (
    "Full equation with loss \\(\\alpha = 0.2\\), \\(e^2 = 3/4\\), \\(\\lambda_J/c = 0.2\\), in a third of the "
    "critical field along the minor axis. Above: the bias (gray, in \\(J_c\\)). Below: the positions. Left: the bias "
    "goes up and back; the fluxon that was at \\(3\\pi/2\\) crosses the low barrier at \\(\\pi\\) and joins the "
    "other's well. "
    "Right: the bias rises until a fluxon leaves, and is then switched off; that at \\(3\\pi/2\\) leaves long before "
    "the other. Where scripts run the first ramp plays above, as flux density around the ring: both fluxons end as one."
)
ALT = (
    "Two columns, each with the bias above and two positions below, against time. Left: the bias is a triangle; the "
    "position that starts at three quarters of a turn drops near the top of the triangle to that of the other fluxon, "
    "a quarter turn, and stays. Right: the bias is a ramp; the upper position drops early, the lower one late."
)
FRAME, NODE = 4, 2  # of the moments and of the nodes, what the film shows
BIAS_SCALE = 30  # the bias in a unit in which it is seen beside the fluxons


def data(loss: float = 0.2, ramp_rate: float = 2e-3) -> dict[str, np.ndarray]:
    """Times, bias and positions of both ramps, from both wells."""
    ring = (0.75, 0.2)
    field = float(annular.critical_field(*ring)) / 3
    prepared = annular.preparation_ramp(*ring, field, loss, ramp_rate, samples=240, keep=True)
    read = annular.read_out_ramp(*ring, field, loss, ramp_rate, samples=240)
    return {
        "preparation_time": prepared.trajectory.times,
        "preparation_bias": prepared.bias[:, 0],
        "preparation": prepared.trajectory.position,
        "tau": prepared.trajectory.tau,
        "flux_density": prepared.trajectory.phase_slope,
        "read_out_time": read.trajectory.times,
        "read_out_bias": read.bias,
        "read_out": read.trajectory.position,
        "left_at": np.append(prepared.left_at, read.left_at),
        "limits": annular.depinning_current(*ring, field, 0.0, [1, 3]),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Where each fluxon ends, where it leaves, and its static depinning current."""
    rows = [("start", "after preparation \\(\\tau\\)", "leaves in read-out at", "static \\(\\gamma_c\\)")]
    for run, start in enumerate(("\\(\\pi/2\\)", "\\(3\\pi/2\\)")):
        end = data["preparation"][-1, run] % (2 * math.pi)
        rows.append((start, f"{end:.2f}", f"{data['left_at'][2 + run]:.2f}", f"{data['limits'][run]:.4f}"))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw bias above positions, preparation left and read-out right."""
    figure = Figure(figsize=(6.4, 3.8))
    axes = figure.subplots(2, 2, sharex="col", height_ratios=(1, 2))
    for column, name in enumerate(("preparation", "read_out")):
        above, below = axes[:, column]
        time, bias = data[f"{name}_time"], data[f"{name}_bias"]
        above.plot(time, bias if name == "preparation" else bias.max(axis=1), color=MUTED)
        for run, label in enumerate(("from $\\pi/2$", "from $3\\pi/2$")):
            below.plot(time, data[name][:, run] / math.pi, color=SERIES[run], linestyle=DASHES[run])
            if name == "preparation":
                below.text(8, data[name][0, run] / math.pi + 0.12, label, color=SERIES[run], va="bottom")
        above.set(ylim=(0, 0.48), ylabel="bias $\\gamma$ ($J_c$)", title=name.replace("_", "-"))
        below.set(xlim=(0, time[-1]), ylim=(-1, 2.2), xlabel="time ($1/\\omega_p$)", ylabel="position $\\tau/\\pi$")
    return figure


def film(data: dict[str, np.ndarray]) -> Film:
    """Both fluxons around the ring while the bias goes up and back."""
    moments = slice(None, None, FRAME)
    times, bias = data["preparation_time"][moments], data["preparation_bias"][moments]
    tau = data["tau"][::NODE] / math.pi
    level = np.broadcast_to(BIAS_SCALE * bias[:, None], (times.size, tau.size))
    fluxons = np.moveaxis(data["flux_density"][moments, ::NODE], -1, 0)
    return Film(
        times=times,
        axis=Axis("tau", "position τ/π around the ring", 0.0, float(tau[-1]), tau.size, symbol="τ/π"),
        reels=(
            Reel("φ_{τ} from π/2", fluxons[0]),
            Reel("φ_{τ} from 3 π/2", fluxons[1]),
            Reel(f"{BIAS_SCALE} γ/J_{{c}}", level),
        ),
        time_label="time t, in 1/ω_{p}",
        y_label="flux density φ_{τ} of the fluxon",
        y_range=(-2.0, 14.0),
    )
