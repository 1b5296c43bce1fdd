"""The charge of the Harper-Hofstadter pump against phase, and its average against the mean induced charge."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import grid, stored
from rederived.figures.style import MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "12"
TITLE = "Charge of the Harper-Hofstadter pump against phase and against filling"
CAPTION = (
    "\\(\\omega = 0.01\\), \\(E_L = 1\\). (a) Charge against the phase without repulsion: six islands deep inside the "
    "topological phase, nine islands there, and six islands at its edge, \\(\\bar n_g = 0.35\\), where several "
    "Floquet states share the weight, and the phase decides how. (b) Average over 20 phases against the mean "
    "induced charge, six islands. With repulsion both plateaus are wider. Inset: the edge at \\(U = 0\\), where the "
    "average depends on frequency, phases and length."
)
ALT = (
    "Left: charges between -10 and 10 against phases from 0 to 2 pi. A smooth curve swings through one large "
    "oscillation about one; a second one, for nine islands, has about a quarter of its swing; dots at the edge "
    "follow the first curve over some phases and leave it by jumps of ten. Right: averages against the mean "
    "induced charge from 0.2 to 0.8. Without repulsion zero, then a plateau at one around 0.4, a crossing at one "
    "half, a plateau at minus one around 0.6, zero. With repulsion the plateaus reach from 0.35 to 0.475. The "
    "inset scatters."
)

FREQUENCY = 0.01
PHASES = 20
_TURN = np.arange(PHASES) * 2 * np.pi / PHASES
_FINE_TURN = np.arange(120) * 2 * np.pi / 120
_PARTS = {
    "phase, 6 islands": grid(islands=[6], interaction=[0.0], mean=[0.4], phase=_FINE_TURN),
    "phase, 9 islands": grid(islands=[9], interaction=[0.0], mean=[0.4], phase=_FINE_TURN),
    "phase, edge": grid(islands=[6], interaction=[0.0], mean=[0.35], phase=_FINE_TURN),
    "average": grid(islands=[6], interaction=[0.0, 0.5], mean=np.arange(200, 801, 25) / 1000, phase=_TURN),
    "inset": grid(islands=[6], interaction=[0.0], mean=np.arange(3460, 3541, 5) / 10000, phase=_TURN),
}
_CURVES = ("phase, 6 islands", "phase, 9 islands", "phase, edge")
POINTS = {
    name: np.concatenate([np.asarray(part[name], dtype=float) for part in _PARTS.values()])
    for name in ("islands", "interaction", "mean", "phase")
}


def compute(islands: float, interaction: float, mean: float, phase: float) -> dict[str, float]:
    """Charge per cycle at infinite time."""
    chain = pumping.HarperHofstadter(int(islands), mean_induced_charge=mean, interaction=interaction)
    return {"charge": round(float(pumping.pumped_charge(chain, FREQUENCY, phase)), 6)}


def data() -> dict[str, np.ndarray]:
    """Charges of the three curves against phase; averages against filling, U in rows, and in the inset."""
    charges, found, at = stored(__file__, POINTS)["charge"], {}, 0
    for name, part in _PARTS.items():
        size = part["phase"].size
        found[name] = charges[at : at + size]
        at += size
    averages = found["average"].reshape(2, -1, PHASES).mean(axis=-1)
    return {
        "phase": _FINE_TURN,
        "curves": np.array([found[name] for name in _CURVES]),
        "mean": np.unique(_PARTS["average"]["mean"]),
        "average": averages,
        "inset_mean": np.unique(_PARTS["inset"]["mean"]),
        "inset": found["inset"].reshape(-1, PHASES).mean(axis=-1),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Averages at five fillings, and how the charge varies with the phase."""
    rows = [("\\(\\bar n_g\\)", "\\(Q\\), \\(U = 0\\)", "\\(Q\\), \\(U = 0.5\\)")]
    for mean in (0.325, 0.35, 0.4, 0.5, 0.6, 0.65, 0.675):
        at = int(np.argmin(abs(data["mean"] - mean)))
        rows.append((f"{mean:g}", *(f"{x + 0.0:.3f}" for x in data["average"][:, at])))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw charges at the left, averages with their inset at the right."""
    figure = Figure(figsize=(7.2, 3.5))
    left, right = figure.subplots(1, 2)
    x = data["phase"] / np.pi
    left.axhline(1, color=MUTED, linewidth=0.8, linestyle="--")
    left.plot(x, data["curves"][2], "^", color=SERIES[1], markersize=3)
    left.plot(x, data["curves"][0], color=SERIES[2], linestyle="-")
    left.plot(x, data["curves"][1], color=SERIES[0], linestyle="--")
    for place, text, color in (
        ((0.06, 10.5), "$N=6$, $\\bar n_g=0.4$", SERIES[2]),
        ((0.06, 8.8), "$N=9$, $\\bar n_g=0.4$", SERIES[0]),
        ((0.06, 7.1), "$N=6$, $\\bar n_g=0.35$", SERIES[1]),
    ):
        left.text(*place, text, color=color)
    left.set(xlim=(0, 2), ylim=(-11.5, 12.5), xlabel="phase $\\varphi/\\pi$", ylabel="pairs a cycle $q$", title="(a)")
    for value in (-1, 0, 1):
        right.axhline(value, color=MUTED, linewidth=0.6)
    for average, color, style, marker in zip(data["average"], SERIES, ("-", "--"), "os", strict=False):
        right.plot(data["mean"], average, color=color, linestyle=style, marker=marker, markersize=3.5, linewidth=1.1)
    right.text(0.222, 0.8, "$U=0.5$", color=SERIES[1])
    right.text(0.485, 0.45, "$U=0$", color=SERIES[0])
    right.set(xlim=(0.2, 0.8), ylim=(-1.9, 1.9), xlabel="mean induced charge $\\bar n_g$", title="(b)")
    right.set_ylabel("average $Q$")
    inset = right.inset_axes((0.63, 0.66, 0.35, 0.32))
    inset.plot(data["inset_mean"], data["inset"], "o-", color=SERIES[0], markersize=2.5, linewidth=0.7)
    inset.set(xlim=(0.3455, 0.3545), xticks=(0.347, 0.35, 0.353))
    inset.tick_params(labelsize=8)
    return figure
