"""Quasienergies of the Harper-Hofstadter pump against the phase between the leads."""

import numpy as np
from matplotlib.figure import Figure

from derivations import pumping
from rederived.figures.stored import grid, stored
from rederived.figures.style import MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "11"
TITLE = "The occupied quasienergy winds three times one way and twice the other"
CAPTION = (
    "Quasienergy of the Floquet state that holds the pairs, six islands, \\(U = 0.2\\), \\(\\omega = 0.01\\), against "
    "the phase. (a) \\(\\bar n_g = 0.4\\): it leaves the zone three times at the bottom and twice at the top; one "
    "passage is left, one pair a cycle to the right. (b) \\(\\bar n_g = 0.6\\): three times at the top and twice at "
    "the bottom. Where it falls, pairs move to the right, where it rises, to the left. Dots: phases "
    "computed. Crosses: the three next states, where they hold more than a ten-thousandth, which happens in (b) only; "
    "all together hold less than 0.002 of the pairs."
)
ALT = (
    "Two panels, phases from 0 to 2 pi, quasienergies within one zone. Left: one curve rises through the zone "
    "twice in the first half of the phases and falls through it three times in the second. Right: it rises three "
    "times and falls twice. Each panel is the other one with the phase reversed. Small "
    "crosses are scattered over the right panel, along curves of their own."
)

FREQUENCY = 0.01
PHASES = 100
OTHERS = (2, 3, 4)  # states by weight
POPULATED = 1e-4
MEANS = (0.4, 0.6)
POINTS = grid(mean=np.array(MEANS), phase=np.arange(PHASES) * 2 * np.pi / PHASES)


def compute(mean: float, phase: float) -> dict[str, float]:
    """Quasienergies over omega and weights of the most occupied Floquet states."""
    chain = pumping.HarperHofstadter(6, mean_induced_charge=mean, interaction=0.2)
    energies, weights = pumping.floquet_spectrum(chain, FREQUENCY, phase)
    order = np.argsort(-weights)
    found = {}
    for place, at in zip(("", *(f" {k}" for k in OTHERS)), order, strict=False):
        found[f"energy{place}"] = round(float(energies[at]) / FREQUENCY, 7)
        found[f"weight{place}"] = round(float(weights[at]), 6)
    return found


def data() -> dict[str, np.ndarray]:
    """Quasienergies followed from phase to phase, closed at 2 pi, and passages through the edge of the zone."""
    found = stored(__file__, POINTS)
    energy, weight = (found[name].reshape(2, PHASES) for name in ("energy", "weight"))
    followed = np.unwrap(np.append(energy, energy[:, :1], axis=1), period=1.0, axis=1)
    others = np.array([[found[f"{name} {k}"].reshape(2, PHASES) for k in OTHERS] for name in ("energy", "weight")])
    zone = np.diff(np.floor(followed + 0.5), axis=1)
    return {
        "mean": np.array(MEANS),
        "phase": np.arange(PHASES + 1) * 2 * np.pi / PHASES,
        "followed": followed,
        "weight": weight.min(axis=1),
        "others": np.where(others[1] > POPULATED, others[0], np.nan).swapaxes(0, 1),
        "passages": np.array([np.maximum(zone, 0).sum(axis=1), np.maximum(-zone, 0).sum(axis=1)]).T,
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Passages in both directions, what is left, and the smallest weight of the state."""
    rows = [("\\(\\bar n_g\\)", "up", "down", "pairs a cycle", "smallest weight")]
    for mean, (up, down), weight in zip(data["mean"], data["passages"], data["weight"], strict=True):
        rows.append((f"{mean:g}", f"{up:g}", f"{down:g}", f"{down - up:g}", f"{weight:.3f}"))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw both fillings side by side, folded into one zone, falling parts and rising ones in two colors."""
    figure = Figure(figsize=(6.9, 3.3))
    panels = figure.subplots(1, 2, sharey=True)
    fine = np.linspace(0, 2 * np.pi, 1001)
    columns = zip(panels, data["mean"], data["followed"], data["others"], "ab", strict=True)
    for axes, mean, followed, others, label in columns:
        line = np.interp(fine, data["phase"], followed)
        folded, falling = line - np.floor(line + 0.5), np.gradient(line) < 0
        broken = np.abs(np.diff(folded, append=folded[-1])) > 0.5
        for part, color in ((falling, SERIES[0]), (~falling, SERIES[1])):
            axes.plot(fine / np.pi, np.where(part & ~broken, folded, np.nan), color=color, linestyle="-")
        dots = followed - np.floor(followed + 0.5)
        axes.plot(data["phase"] / np.pi, dots, ".", color=MUTED, markersize=3)
        axes.plot(data["phase"][:-1] / np.pi, others.T, "x", color=MUTED, markersize=2.5, markeredgewidth=0.7)
        axes.set(xlim=(0, 2), ylim=(-0.5, 0.5), xlabel="phase $\\varphi/\\pi$", title=f"({label}) $\\bar n_g={mean:g}$")
    for axes, (up, down) in zip(panels, data["passages"], strict=True):
        for x, text, color in ((0.33, f"up {up:g}", SERIES[1]), (0.75, f"down {down:g}", SERIES[0])):
            axes.text(x, 1.03, text, color=color, transform=axes.transAxes)
    panels[0].set_ylabel("quasienergy $\\varepsilon_\\nu/\\omega$")
    return figure
