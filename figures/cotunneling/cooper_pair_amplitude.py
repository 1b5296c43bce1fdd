"""Joint transfers of two Cooper pairs: closed form against the diagonalized island."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from rederived.figures.stored import stored
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "POINTS", "SOURCE", "TITLE", "compute", "data", "draw", "table"]

SOURCE = NUMBER = None
TITLE = "Joint transfers of two Cooper pairs: closed form and diagonalized island"
CAPTION = (
    "(a) Amplitudes of transfers in the same direction, \\(\\gamma^d_{1,1}\\), and in opposite ones, "
    "\\(|\\gamma^d_{1,-1}|\\), in units of \\(E_{J1}E_{J2}/\\omega_0\\), against the depth "
    "\\(\\mathcal{A} = 4E_\\Sigma/\\omega_0\\). Lines: closed form, second order in \\(E_J\\). Dots: the "
    "diagonalized island at \\(E_J = 0.1\\,\\omega_0\\). Both grow together while fluctuations are weak. In a "
    "nearly floating island only the same direction is left, and falls as \\(1/\\mathcal{A}\\): this is the "
    "Cooper-pair transistor. (b) Exact over closed form at \\(E_J = 0.1\\,\\omega_0\\) and, thin, "
    "\\(0.05\\,\\omega_0\\): what is left is of the order \\((E_J/\\omega_0)^2\\)."
)
ALT = (
    "Left: two curves on logarithmic axes over depths from 0.02 to 8. Both rise together from 0.01 in proportion to "
    "the depth, part near 1, and reach maxima of 0.26 and 0.15; the one for opposite directions then falls "
    "exponentially to 4e-4, the other slowly. Dots lie on both. Right: ratios of exact amplitudes and closed form, "
    "which leave one by at most 1.5 percent for opposite and 0.3 percent for the same direction; "
    "thin curves deviate four times less."
)

_DEPTHS = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0, 1.5, 2.0, 2.5, 3.2, 4.0, 5.0, 6.5, 8.0])
_ENERGIES = np.array([0.1, 0.05])
POINTS = {"depth": np.tile(_DEPTHS, _ENERGIES.size), "josephson": np.repeat(_ENERGIES, _DEPTHS.size)}
_CURVES = (("same", 1), ("opposite", -1))


def compute(depth: float, josephson: float) -> dict[str, float]:
    """Amplitudes over omega_0 of equal junctions, by diagonalization."""
    exact = cotunneling.exact_cooper_pair_amplitudes(depth, josephson, josephson)
    return {name: exact[1, charge] for name, charge in _CURVES}


def data() -> dict[str, np.ndarray]:
    """Exact amplitudes as stored and the closed form at the same points and on a grid, over E_J^2/omega_0."""
    found = stored(__file__, POINTS)
    found["grid"] = np.geomspace(0.02, 8.0, 120)
    for name, charge in _CURVES:
        found[name] = found[name] / found["josephson"] ** 2
        found[f"formula_{name}"] = cotunneling.cooper_pair_cotunneling_amplitude(charge, found["depth"])
        found[f"curve_{name}"] = cotunneling.cooper_pair_cotunneling_amplitude(charge, found["grid"])
    return found


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """The closed form, and exact amplitudes over it, at four depths."""
    rows = [
        (
            "depth \\(\\mathcal{A}\\)",
            "\\(\\gamma^d_{1,1}\\)",
            "\\(\\gamma^d_{1,-1}\\)",
            *(
                f"\\({n}\\), exact/form at {e:g}"
                for e in _ENERGIES
                for n in ("1,1", "1,-1")
            ),
        )
    ]
    for depth in (0.1, 1.0, 2.5, 8.0):
        places = [int(np.argmin(abs(data["depth"] - depth) + abs(data["josephson"] - e))) for e in _ENERGIES]
        values = [float(f"{data[f'formula_{name}'][places[0]]:.4g}") for name, _ in _CURVES]
        ratios = [data[name][at] / data[f"formula_{name}"][at] for at in places for name, _ in _CURVES]
        rows.append((f"{depth:g}", *values, *(f"{ratio:.4f}" for ratio in ratios)))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw amplitudes beside ratios."""
    figure = Figure(figsize=(6.9, 3.3))
    left, right = figure.subplots(1, 2)
    for number, (name, _) in enumerate(_CURVES):
        style = {"color": SERIES[number], "linestyle": DASHES[number]}
        left.loglog(data["grid"], abs(data[f"curve_{name}"]), **style)
        for energy, width in zip(_ENERGIES, (1.7, 0.8), strict=True):
            chosen = data["josephson"] == energy
            ratio = data[name][chosen] / data[f"formula_{name}"][chosen]
            right.semilogx(data["depth"][chosen], ratio, linewidth=width, **style)
        chosen = data["josephson"] == _ENERGIES[0]
        left.loglog(data["depth"][chosen], abs(data[name][chosen]), "o", color=SERIES[number], markersize=4)
    for axes, (x, y), label, number in (
        (left, (4.6, 0.26), "$\\gamma^d_{1{,}1}$", 0),
        (left, (1.25, 0.04), "$|\\gamma^d_{1{,}{-}1}|$", 1),
        (right, (1.5, 1.002), "$\\gamma^d_{1{,}1}$", 0),
        (right, (0.42, 0.9885), "$\\gamma^d_{1{,}{-}1}$", 1),
    ):
        axes.text(x, y, label, color=SERIES[number], ha="center", va="center", fontsize=12.5)
    right.axhline(1, color=MUTED, linewidth=0.7)
    left.set(ylim=(2e-4, 0.6), ylabel="$|\\gamma^d|\\,\\omega_0/E_{J_1}E_{J_2}$", title="(a)")
    right.set(ylim=(0.982, 1.005), ylabel="exact / closed form", title="(b)")
    for axes in (left, right):
        axes.set(xlim=(0.02, 9), xlabel="depth $\\mathcal{A}$")
    return figure
