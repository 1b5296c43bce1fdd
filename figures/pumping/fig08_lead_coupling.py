"""Many-body gap and pumped charge against the coupling to the leads, and the spectrum at a weak one."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from derivations import pumping
from figures.pumping import fig07_winding_quasienergies as winding
from rederived.evaluate.turn import middles_of_a_turn
from rederived.figures.stored import stored
from rederived.figures.style import SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = "ANWB23"
NUMBER = "8"
TITLE = "Gap and charge against the lead coupling"
CAPTION = (
    "Six islands, \\(\\delta J = J_0\\), \\(\\Delta_0 = 6J_0\\), \\(U = 0\\). (a) Smallest many-body gap over a period,"
    " and average charge per cycle at infinite time for two frequencies, against \\(E_L\\). Up to "
    "\\(2J_0\\) the gap is \\(E_L\\), then the bonds limit it. "
    "(b) Quasienergies at \\(E_L = J_0\\), \\(\\omega = 0.05J_0\\), drawn as in Fig. 7. The published "
    "charge in (a) is not at hand; the published gap agrees. "
    "The published pump has the first island lowered first and moves pairs to the left; here to the right."
)
ALT = (
    "Left: the gap rises in a straight line until the coupling is 2 and is flat at 2 beyond; two curves for the charge "
    "rise from zero in a jagged way and become one, the slower drive earlier. Right: quasienergies over the phase: one "
    "occupied state falls and winds, and next to it are dots of lower occupation."
)
COUPLINGS = np.round(np.arange(81) * 0.1, 2)
PHASES = middles_of_a_turn(20)
POINTS = {"lead_coupling": COUPLINGS}


def compute(lead_coupling: float) -> dict[str, float]:
    """The gap at the authors' phase, and the average charge for two frequencies, to a billionth."""
    chain = pumping.RiceMele(6, hopping_modulation=1.0, lead_coupling=lead_coupling)
    found = {"gap": pumping.many_body_gap(chain, -np.pi / 3)}
    for name, frequency in (("fast", 0.1), ("slow", 0.05)):
        found[name] = pumping.pumped_charge(chain, frequency, PHASES).mean()
    return {name: round(float(value), 8) for name, value in found.items()}


def data() -> dict[str, np.ndarray]:
    """Stored gaps and charges, and the spectrum that is stored with Fig. 7."""
    return dict(stored(__file__, POINTS)) | winding.spectrum(2) | {"phase": winding.PHASES}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Gap and charges at some couplings."""
    rows = [("\\(E_L/J_0\\)", "gap over \\(J_0\\)", "\\(Q\\) at \\(\\omega = 0.1J_0\\)", "\\(Q\\) at \\(0.05J_0\\)")]
    for at in (0, 2, 5, 10, 20, 40, 80):
        values = (f"{data[name][at]:.3f}".replace("-", "−") for name in ("gap", "fast", "slow"))
        rows.append((f"{data['lead_coupling'][at]:g}", *values))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw gap and charges at the left, the spectrum at the right."""
    figure = Figure(figsize=(6.9, 3.6))
    left, right = figure.subplots(1, 2)
    winding.frame(figure, left, right)
    _draw_couplings(left, data)
    winding.draw_spectrum(right, data["phase"], data["energy"], data["weight"])
    right.set_ylabel("quasienergy $\\varepsilon_\\nu/\\omega$")
    left.set_title("(a)")
    right.set_title("(b) $E_L=J_0$")
    return figure


def _draw_couplings(axes: Axes, data: dict[str, np.ndarray]) -> None:
    x = data["lead_coupling"]
    axes.plot(x, data["gap"], color=SERIES[2], linestyle="-.")
    axes.plot(x, data["fast"], color=SERIES[0], linestyle="-")
    axes.plot(x, data["slow"], color=SERIES[1], linestyle="--")
    axes.text(4.0, 2.07, "gap / $J_0$", color=SERIES[2], va="bottom")
    axes.text(2.6, 0.82, "$Q$, $\\omega=0.1J_0$", color=SERIES[0], va="center")
    axes.text(2.6, 1.14, "$Q$, $\\omega=0.05J_0$", color=SERIES[1], va="center")
    axes.set(xlim=(0, 8), ylim=(None, 2.3), xlabel="lead coupling $E_L/J_0$", ylabel="gap / $J_0$, and pairs a cycle")
