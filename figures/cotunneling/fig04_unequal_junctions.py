"""Cotunneling of unequal junctions: against the coupling, and against what makes them unequal."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from derivations import cotunneling
from derivations.cotunneling.amplitudes import evaluators
from rederived.figures.live import Axis, Curve, LiveFigure, Slider
from rederived.figures.style import DASHES, SERIES, TEXT

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = "SLZ25b"
NUMBER = "4"
TITLE = "Cotunneling amplitudes of unequal junctions"
CAPTION = (
    "Eq. (31) for equal Josephson energies (\\(\\kappa = 1\\)) and different frequencies \\(\\xi_k = "
    "\\Omega_k/E_J\\). (a) Against the coupling \\(\\lambda\\): \\(\\gamma_{1,1}\\) (solid) and "
    "\\(|\\gamma_{1,-1}|\\) (dashed), which dies out. (b) \\(\\gamma_{1,1}\\) at fixed sum \\(\\xi_1+\\xi_2 = "
    "1.5\\), over its value for equal junctions: a maximum at the symmetric point for every coupling, because "
    "a difference costs action already without coupling. (c) The same at fixed \\(1/\\xi_1+1/\\xi_2 = 8/3\\), "
    "where that cost is constant: the symmetric point is a minimum for weak coupling and a maximum for strong "
    "coupling. Numbers at the curves of (c), which look the same in (b), give \\(\\lambda\\). "
    "The values of \\(\\xi_k\\) are ours: our copy of the paper lacks its Fig. 4."
)
ALT = (
    "Three panels. Left: on a logarithmic axis against couplings from 0 to 10, three solid curves that rise "
    "and then level off, the highest for equal junctions, and three dashed curves that rise with them and then "
    "fall steeply. Upper right: bell-shaped curves around equal frequencies, the narrower the stronger the "
    "coupling. Lower right: curves for couplings 0.1, 1 and 5; the first has a shallow minimum at equal "
    "frequencies, the others have a maximum there."
)

PAIRS = ((0.75, 0.75), (0.6, 0.9), (0.5, 1.0))
COUPLINGS = (0.1, 1.0, 5.0)


def data(kappa: float = 1.0) -> dict[str, np.ndarray]:
    """Amplitudes over sqrt(E_J1 E_J2), charges first, then pairs of frequencies or couplings, then the axis."""
    charge = np.array([1.0, -1.0])[:, None, None]
    xi_1, xi_2 = np.array(PAIRS).T[:, :, None]
    coupling, few = (
        np.concatenate([np.geomspace(0.01, 0.5, 25), np.linspace(0.6, 10, 95)]),
        np.array(COUPLINGS)[:, None],
    )
    difference, inverse = np.linspace(-0.5, 0.5, 41), np.linspace(-2 / 3, 2 / 3, 41)
    amplitude = cotunneling.cotunneling_amplitude
    return {
        "coupling": coupling,
        "amplitude": amplitude(charge, xi_1, xi_2, coupling, kappa),
        "difference": difference,
        "at_fixed_sum": _over_middle(amplitude(1, (1.5 + difference) / 2, (1.5 - difference) / 2, few, kappa)),
        "inverse_difference": 2 * inverse,
        "at_fixed_action": _over_middle(amplitude(1, 1 / (4 / 3 + inverse), 1 / (4 / 3 - inverse), few, kappa)),
    }


def _over_middle(values: np.ndarray) -> np.ndarray:
    return values / values[:, values.shape[1] // 2, None]


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Amplitudes at one coupling, and whether the symmetric point is the best."""
    at = int(np.argmin(abs(data["coupling"] - 5)))
    rows = [("\\(\\xi_1\\) and \\(\\xi_2\\)", *(f"\\(\\gamma_{{1,{n}}}\\) at \\(\\lambda = 5\\)" for n in (1, -1)))]
    for (one, other), values in zip(PAIRS, data["amplitude"].transpose(1, 0, 2), strict=True):
        rows.append((f"{one:g}, {other:g}", *(float(f"{value:.4g}") for value in values[:, at])))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the amplitudes at the left, both kinds of difference at the right."""
    figure = Figure(figsize=(6.9, 4.4))
    axes = figure.subplot_mosaic([["coupling", "sum"], ["coupling", "action"]], width_ratios=[1.25, 1])
    _draw_amplitudes(axes["coupling"], data)
    _draw_ratio(axes["sum"], data["difference"], data["at_fixed_sum"], "$\\xi_1-\\xi_2$")
    _draw_ratio(axes["action"], data["inverse_difference"], data["at_fixed_action"], "$1/\\xi_1-1/\\xi_2$")
    _name_couplings(axes["action"], data["inverse_difference"], data["at_fixed_action"])
    for label, one in zip("abc", axes.values(), strict=True):
        one.set_title(f"({label})")
    return figure


def _draw_amplitudes(axes: Axes, data: dict[str, np.ndarray]) -> None:
    for number, (one, other) in enumerate(PAIRS):
        for values, dash in zip(data["amplitude"][:, number], ("-", (0, (4.5, 1.7))), strict=True):
            axes.semilogy(data["coupling"], abs(values), color=SERIES[number], linestyle=dash)
        label = f"$\\xi_1={one:g},\\ \\xi_2={other:g}$"
        height = 1.35 * np.interp(6.5, data["coupling"], data["amplitude"][0, number])
        axes.text(9.8, height, label, color=SERIES[number], ha="right", va="bottom", fontsize=10)
    axes.set(xlim=(0, 10), ylim=(1e-13, 1e-7), xlabel="coupling $\\lambda$")
    axes.set_ylabel("$|\\gamma_{1{,}\\pm1}|\\,/\\,\\sqrt{E_{J_1}E_{J_2}}$")
    axes.minorticks_off()


def _draw_ratio(axes: Axes, x: np.ndarray, ratios: np.ndarray, label: str) -> None:
    for ratio, color, dash in zip(ratios, (TEXT, *SERIES[3:]), DASHES, strict=False):
        axes.plot(x, ratio, color=color, linestyle=dash)
    axes.set(xlabel=label, ylabel="$\\gamma_{1{,}1}$ / symmetric", xlim=(x[0], x[-1]), ylim=(0, None))


def _name_couplings(axes: Axes, x: np.ndarray, ratios: np.ndarray) -> None:
    for coupling, ratio, color in zip(COUPLINGS, ratios, (TEXT, *SERIES[3:]), strict=False):
        axes.text(x[-1], ratio[-1], f" {coupling:g}", color=color, ha="left", va="center", fontsize=10)


def live() -> LiveFigure:
    """Both amplitudes with sliders for both frequencies and the ratio of Josephson energies."""
    pair = evaluators.pair_over_energies.evaluator
    return LiveFigure(
        axis=Axis("coupling", "coupling λ = E_{J1}/E_{Cm}", 0.0, 10.0, 81, symbol="λ"),
        curves=(
            Curve("γ_{1,1}", pair, (1.0, "xi_1", "xi_2", "coupling", "kappa")),
            Curve("|γ_{1,−1}|", pair, (-1.0, "xi_1", "xi_2", "coupling", "kappa"), absolute=True),
        ),
        sliders=(
            Slider("xi_1", "ξ_{1}", 0.5, 1.2, 0.01, 0.75),
            Slider("xi_2", "ξ_{2}", 0.5, 1.2, 0.01, 0.75),
            Slider("kappa", "κ = E_{J1}/E_{J2}", 0.1, 10.0, 0.01, 1.0, log=True),
        ),
        y_label="amplitude / √(E_{J1}E_{J2})",
        y_log=True,
        y_range=(1e-16, 1e-4),
        replaces=False,
    )
