"""The potential of a fluxon around the annulus: alone, in a field, and under a bias."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.live import Axis, Curve, LiveFigure, Slider
from rederived.figures.style import DASHES, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = "M16"
NUMBER = "4"
TITLE = "Potential of a fluxon along the annulus: alone, in a field, and tilted by a current"
CAPTION = (
    "Energy of a fluxon at rest in \\(E_0'\\), \\(e^2 = 3/4\\), \\(\\lambda_J/c = 0.1\\). Alone (solid) it has "
    "two equal "
    "wells and two equal barriers. A field along the minor axis, \\(h\\Delta = 0.05\\) (dashed), lowers the barrier "
    "at \\(\\pi\\) and moves both wells towards it; they stay equally deep. A field along the major axis, 0.02 "
    "(dash-dotted), "
    "leaves the wells in place and makes them unequal. A bias of \\(0.03\\,J_c\\) together with the first field "
    "(dotted) "
    "tilts everything: of the two wells at the low barrier one becomes metastable."
)
ALT = (
    "Four curves over one turn. The first has two equal minima at a quarter and three quarters of the turn. In "
    "the second "
    "the barrier between them is low and those at the ends are high. In the third one minimum is lower than the other. "
    "The fourth rises from left to right through both minima."
)
LABELS = ("alone", "field along $y$", "field along $x$", "field along $y$, bias")
DRIVES = ((0.0, 0.0, 0.0), (0.05, 0.0, 0.0), (0.02, np.pi / 2, 0.0), (0.05, 0.0, 0.03))


def data(eccentricity_squared: float = 0.75, penetration_ratio: float = 0.1) -> dict[str, np.ndarray]:
    """The potential under each set of drives, over one turn and a little more, less its value at tau = pi/2 alone."""
    tau = np.linspace(0, 2 * np.pi, 241)
    field, angle, bias = np.array(DRIVES).T[:, :, None]
    given = (eccentricity_squared, penetration_ratio)
    potential = annular.fluxon_potential(tau, *given, field, angle, bias)
    middle = annular.fluxon_potential(np.pi, *given, 0.0, 0.0, bias)
    even = annular.fluxon_potential(np.pi, *given)
    return {
        "tau": tau,
        "potential": potential - (middle - even),
        "low_high": np.array(annular.barrier_heights(*given, np.array([0.0, 0.05]))),
        "splitting": annular.splitting_of_the_wells(*given, 0.02),
        "critical": annular.local_critical_field(*given),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Barriers and splitting."""
    low, high = data["low_high"]
    return [
        ("quantity", "value"),
        ("both barriers, alone", f"{low[0]:.4f}"),
        ("low barrier, \\(h\\Delta = 0.05\\) along \\(y\\)", f"{low[1]:.4f}"),
        ("high barrier, the same", f"{high[1]:.4f}"),
        ("splitting, \\(h\\Delta = 0.02\\) along \\(x\\)", f"{float(data['splitting']):.4f}"),
        ("critical field along \\(y\\)", f"{float(data['critical']):.5f}"),
    ]


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the four potentials."""
    figure = Figure(figsize=(5.8, 3.7))
    axes = figure.subplots()
    x = data["tau"] / np.pi
    colors = (TEXT, *SERIES)
    places = ((0.93, 9.9, "center"), (0.2, 12.2, "left"), (1.5, 2.9, "center"), (1.66, 14.5, "right"))
    for i, (label, (across, up, side)) in enumerate(zip(LABELS, places, strict=True)):
        axes.plot(x, data["potential"][i], color=colors[i], linestyle=DASHES[i])
        axes.text(across, up, label, color=colors[i], ha=side, va="center", fontsize=10.5)
    axes.set_xticks([0, 0.5, 1, 1.5, 2], ["0", "$\\pi/2$", "$\\pi$", "$3\\pi/2$", "$2\\pi$"])
    axes.set(xlim=(0, 2), xlabel="angle $\\tau$ of the fluxon", ylabel="potential $U/E_0'$")
    return figure


def live() -> LiveFigure:
    """The potential of either polarity with field, angle, bias and eccentricity."""
    potential = annular.fluxon_potential_evaluator()
    drives = ("field", "angle", "bias")
    return LiveFigure(
        axis=Axis("tau", "angle τ", 0.0, 6.2831853, 241, symbol="τ"),
        curves=(
            Curve("polarity +1", potential, ("tau", "square", "ratio", *drives, 1.0)),
            Curve("polarity −1", potential, ("tau", "square", "ratio", *drives, -1.0)),
        ),
        sliders=(
            Slider("field", "field hΔ", 0.0, 0.2, 0.002, 0.05),
            Slider("angle", "its angle from y to x", -3.15, 3.15, 0.05, 0.0),
            Slider("bias", "bias γ/J_{c}", -0.2, 0.2, 0.005, 0.0),
            Slider("square", "e²", 0.1, 0.95, 0.01, 0.75),
            Slider("ratio", "λ_{J}/c", 0.02, 0.3, 0.005, 0.1),
        ),
        y_label="potential U/E_{0}′",
        replaces=False,
    )
