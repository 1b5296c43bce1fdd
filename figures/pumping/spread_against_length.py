"""How the dependence on the phase between the leads dies out with the length of the chain."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import stored
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "Long chains forget the phase"
CAPTION = (
    "Largest less smallest charge among six phases against the number of islands, \\(U = 0\\). Each curve falls "
    "exponentially, because the leads feel one another through a gapped chain. It ends on a floor that the length "
    "does not lower: the frequency sets it, through the pairs that the sudden start has excited."
)
ALT = (
    "Four curves on a logarithmic axis. Both Harper-Hofstadter curves fall along one straight line, by ten for "
    "every six islands, until the faster drive levels off near 3e-4 and the slower one below 1e-4. Both Rice-Mele "
    "curves fall faster and level off near 1e-3 at eight to sixteen islands."
)

PHASES = 6
_LENGTHS = (
    (6, 12, 18, 24, 30, 36, 42, 48, 60, 78, 99),
    (6, 12, 18, 24, 30, 36, 42, 48, 60),
    (4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 72),
    (4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 72),
)
_PAIRS = np.array([(kind, n) for kind, lengths in enumerate(_LENGTHS) for n in lengths], dtype=float)
POINTS = {
    "kind": np.repeat(_PAIRS[:, 0], PHASES),
    "islands": np.repeat(_PAIRS[:, 1], PHASES),
    "phase": np.tile((np.arange(PHASES) + 0.2) * 2 * np.pi / PHASES, len(_PAIRS)),
}


def compute(kind: float, islands: float, phase: float) -> dict[str, float]:
    """Charge per cycle, less or more than one pair, at one phase."""
    n = int(islands)
    chain, frequency = (
        (pumping.HarperHofstadter(n), 0.01),
        (pumping.HarperHofstadter(n), 0.02),
        (pumping.RiceMele(n), 0.05),
        (pumping.RiceMele(n, hopping_modulation=1.2), 0.05),
    )[int(kind)]
    return {"charge": round(float(pumping.pumped_charge(chain, frequency, phase)), 8)}


def data() -> dict[str, np.ndarray]:
    """Spreads of four pumps, their lengths, and the exponential of the slow Harper-Hofstadter pump."""
    charges = stored(__file__, POINTS)["charge"].reshape(-1, PHASES)
    spread = np.ptp(charges, axis=1)
    found = {}
    for kind in range(len(_LENGTHS)):
        mine = _PAIRS[:, 0] == kind
        found[f"islands_{kind}"], found[f"spread_{kind}"] = _PAIRS[mine, 1], spread[mine]
        found[f"missing_{kind}"] = abs(charges[mine].mean(axis=1) - 1)
    fitted = (found["islands_0"] >= 12) & (found["islands_0"] <= 36)
    found["fit"] = np.polyfit(found["islands_0"][fitted], np.log(found["spread_0"][fitted]), 1)
    return found


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Spreads at some lengths, and the decay length."""
    rows = [("islands", "HH, \\(\\omega = 0.01\\)", "HH, 0.02", "Rice-Mele, 0.7", "Rice-Mele, 1.2")]
    for n in (6, 12, 24, 48):
        cells = []
        for kind in range(len(_LENGTHS)):
            at = np.flatnonzero(data[f"islands_{kind}"] == n)
            cells.append(f"{data[f'spread_{kind}'][at[0]]:.1e}")
        rows.append((str(n), *cells))
    return [*rows, ("decay length", f"{-1 / data['fit'][0]:.1f} islands", "", "", "")]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw all four curves and the fitted exponential."""
    figure = Figure(figsize=(5.6, 3.7))
    axes = figure.subplots()
    labels = (
        (56, 3.2e-6, "Harper-Hofstadter, $\\omega=0.01$"),
        (50, 3e-3, "Harper-Hofstadter, $\\omega=0.02$"),
        (74, 8e-4, "Rice-Mele, $0.7J_0$"),
        (74, 2.2e-4, "clipped, $1.2J_0$"),
    )
    for kind, (color, dash, marker) in enumerate(zip(SERIES, DASHES, "osD^", strict=False)):
        x, y = data[f"islands_{kind}"], data[f"spread_{kind}"]
        axes.semilogy(x, y, color=color, linestyle=dash, marker=marker, markersize=3.5, linewidth=1.1)
        axes.text(*labels[kind], color=color)
    line = np.array([4, 48])
    axes.semilogy(line, np.exp(np.polyval(data["fit"], line)), color=MUTED, linewidth=0.8)
    axes.set(xlim=(0, 102), xlabel="islands $N$", ylabel="spread of $q(\\varphi)$")
    return figure
