"""Single slips and cotunneling of two equal junctions against the coupling."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from derivations.cotunneling.amplitudes import evaluators
from derivations.cotunneling.instantons.pair import frequency_over_energy
from rederived.figures.live import Axis, Curve, Derived, LiveFigure, Slider
from rederived.figures.style import DASHES, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = "SLZ25b"
NUMBER = "3"
TITLE = "Amplitudes of single slips and of cotunneling against the coupling"
CAPTION = (
    "Equal junctions with \\(E_C = 0.07\\,E_J\\): the amplitude \\(\\tilde\\gamma\\) of a slip in one "
    "junction, Eq. (21), and those of cotunneling, Eq. (26), against \\(\\lambda = E_J/E_{C_m}\\). Both "
    "cotunneling amplitudes grow from zero together. With more coupling the slips in opposite directions, "
    "\\(|\\gamma_{1,-1}|\\), die out, while \\(\\gamma_{1,1}\\) levels off, so that beyond \\(\\lambda "
    "\\approx 26\\) it is the largest of the three. There \\(C_m \\approx 1.8\\,C\\), at the edge of "
    "the range \\(C_m \\lesssim C\\) that the paper gives its perturbation theory. By exact bands "
    "\\(\\gamma_{1,1}\\) is still the smaller one of the two: Eq. (21) is too small there."
)
ALT = (
    "Three curves on a logarithmic axis, over couplings from 0 to 35. The amplitude of a single slip falls as "
    "a straight line from 4e-5 to 1e-10. That of cotunneling in the same direction rises within the first few "
    "units to 7e-9 and then falls slowly, to cross the straight line at a coupling of 26. That of cotunneling "
    "in opposite directions starts like it, but then falls more steeply than the single slip."
)


def data(ec_over_ej: float = 0.07) -> dict[str, np.ndarray]:
    """The three amplitudes over E_J, for couplings from weak to beyond the crossing."""
    coupling = np.concatenate([np.geomspace(0.01, 1, 60), np.linspace(1.1, 35, 340)])
    xi = cotunneling.frequency_ratio(ec_over_ej)
    return {
        "coupling": coupling,
        "single": cotunneling.renormalized_amplitude(xi, coupling),
        "same": cotunneling.cotunneling_amplitude(1, xi, xi, coupling, 1.0),
        "opposite": cotunneling.cotunneling_amplitude(-1, xi, xi, coupling, 1.0),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The amplitudes at four couplings, and where single slips and cotunneling are equal."""
    names = ("\\tilde\\gamma", "\\gamma_{1,1}", "\\gamma_{1,-1}")
    rows = [("coupling \\(\\lambda\\)", *(f"\\({name}\\) over \\(E_J\\)" for name in names))]
    for coupling in (0.01, 1.0, 10.0, 35.0):
        at = int(np.argmin(abs(data["coupling"] - coupling)))
        values = (data[name][at] for name in ("single", "same", "opposite"))
        rows.append((f"{coupling:g}", *(float(f"{value:.4g}") for value in values)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the three amplitudes on a logarithmic axis."""
    figure = Figure(figsize=(5.2, 3.6))
    axes = figure.subplots()
    coupling = data["coupling"]
    for (name, label, place), number in zip(
        (
            ("same", "$\\gamma_{1{,}1}$", (31, 1e-8)),
            ("opposite", "$|\\gamma_{1{,}{-}1}|$", (13.4, 2e-11)),
            ("single", "$\\tilde{\\gamma}$", (9, 1.6e-5)),
        ),
        range(3),
        strict=True,
    ):
        axes.semilogy(coupling, abs(data[name]), color=SERIES[number], linestyle=DASHES[number])
        axes.text(*place, label, color=SERIES[number], ha="center", va="center", fontsize=12.5)
    axes.set(xlim=(0, 35), ylim=(1e-14, 2e-4), ylabel="amplitude / $E_J$")
    axes.set_xlabel("coupling $\\lambda = E_J/E_{C_m}$")
    axes.set_yticks([1e-14, 1e-12, 1e-10, 1e-8, 1e-6, 1e-4])
    axes.minorticks_off()
    return figure


def live() -> LiveFigure:
    """The same with a slider for E_C/E_J."""
    pair = evaluators.pair_over_energies.evaluator
    return LiveFigure(
        axis=Axis("coupling", "coupling λ = E_{J}/E_{Cm}", 0.0, 35.0, 141, symbol="λ"),
        curves=(
            Curve("γ_{1,1}", pair, (1.0, "xi", "xi", "coupling", 1.0)),
            Curve("|γ_{1,−1}|", pair, (-1.0, "xi", "xi", "coupling", 1.0), absolute=True),
            Curve("γ̃", evaluators.renormalized_over_energy.evaluator, ("xi", "coupling")),
        ),
        sliders=(Slider("ec_over_ej", "E_{C}/E_{J}", 0.04, 0.2, 0.002, 0.07),),
        derived=(Derived("xi", frequency_over_energy.evaluator, ("ec_over_ej",)),),
        y_label="amplitude / E_{J}",
        y_log=True,
        y_range=(1e-16, 1e-2),
    )
