"""Levels in the double well of a field, and the splitting of the lowest pair against the field."""

import numpy as np
from matplotlib.figure import Figure

from derivations import annular
from rederived.figures.style import MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "M16"
NUMBER = None
TITLE = "Levels in the double well of a field, and the splitting of the lowest pair"
CAPTION = (
    "\\(e^2 = 3/4\\), \\(\\lambda_J/c = 0.1\\), local limit. (a) The potential near the pole whose barrier a field"
    " along the minor axis lowers, at \\(1 - h/h_c = 0.015\\), and its levels for"
    " \\(\\hbar_* = \\hbar\\omega_p/E_0' = 0.1\\):"
    " pairs below the barrier, single levels above. (b) Splitting of the lowest pair against the distance to the"
    " critical field: solved (points), instanton (solid), Landau and Lifshitz (dashed, hardly apart from it), and the"
    " quartic limit (dotted). The other quantum, 0.012, is that of a narrowest width of 0.1 µm."
)
ALT = (
    "Left: a double well with a low barrier in the middle; two pairs of levels, too close to be told apart, lie below "
    "the barrier, single levels with growing distances above. Right: splittings on a logarithmic axis fall "
    "steeply, by many powers of ten within a few per cent of the field; points on two lines that nearly coincide, a "
    "dotted "
    "line falls too fast."
)
RING, QUANTA = (0.75, 0.1), (0.1, 0.012)
SHOWN, SHARES = 0.015, ((0.009, 0.03), (0.0022, 0.0075))


def data(points: int = 31) -> dict[str, np.ndarray]:
    """Potential and levels at one field; splittings over a range of fields for both quanta."""
    critical = annular.local_critical_field(*RING)
    field = (1 - SHOWN) * critical
    tau = np.linspace(0.78, 1.22, 221) * np.pi
    short = np.array([np.geomspace(*ends, points) for ends in SHARES])
    fields = (1 - short) * critical
    few = slice(None, None, 5)
    pairs = list(zip(QUANTA, fields, short, strict=True))
    return {
        "tau": tau,
        "potential": annular.fluxon_potential(tau, *RING, field),
        "levels": annular.fluxon_levels(9, *RING, QUANTA[0], field),
        "shortfall": short,
        "exact_at": short[:, few],
        "exact": np.array([annular.level_splitting(*RING, q, f[few]) for q, f, _ in pairs]),
        "instanton": np.array([annular.instanton_splitting(*RING, q, f) for q, f, _ in pairs]),
        "wkb": np.array([annular.wkb_splitting(*RING, q, f) for q, f, _ in pairs]),
        "quartic": np.array([annular.quartic_splitting(*RING, q, s) for q, _, s in pairs]),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Splittings, solved and by three formulas."""
    rows = [("\\(\\hbar\\omega_p/E_0'\\)", "\\(1 - h/h_c\\)", "solved", "instanton", "WKB", "quartic")]
    for i, quantum in enumerate(QUANTA):
        for at in (1, 3, 5):
            solved = data["exact"][i, at]
            ratios = (f"{data[name][i, 5 * at] / solved:.3f}" for name in ("instanton", "wkb", "quartic"))
            rows.append((f"{quantum:g}", f"{data['exact_at'][i, at]:.4f}", f"{solved:.3e}", *ratios))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the levels at the left, the splittings at the right."""
    figure = Figure(figsize=(6.9, 3.4))
    left, right = figure.subplots(1, 2)
    angle, energy = data["tau"] / np.pi, data["potential"]
    least = energy.min()
    left.plot(angle, energy - least, color=SERIES[0], linestyle="-")
    for level in data["levels"]:
        inside = angle[energy < level]
        left.plot([inside.min(), inside.max()], [level - least] * 2, color=SERIES[1], linewidth=1.0, linestyle="-")
    left.set(xlabel="angle $\\tau/\\pi$", ylabel="$(U - U_{\\min})/E_0'$", title="(a)")
    left.set(xlim=(angle[0], angle[-1]), ylim=(0, 1.15 * (data["levels"][-1] - least)))
    for i, label in enumerate(("$\\hbar_*=0.1$", "$\\hbar_*=0.012$")):
        short = data["shortfall"][i]
        right.plot(short, data["instanton"][i], color=SERIES[i], linestyle="-")
        right.plot(short, data["wkb"][i], color=SERIES[i], linestyle="--")
        right.plot(short, data["quartic"][i], color=MUTED, linewidth=1.0, linestyle=":")
        right.plot(data["exact_at"][i], data["exact"][i], "o", color=SERIES[i], markersize=3.5)
        right.text(short[0] * (1.08, 0.85)[i], data["instanton"][i, 0] * 5, label, color=SERIES[i],
                   ha="left", fontsize=10)  # fmt: skip
    right.set(xscale="log", yscale="log", xlabel="$1 - h/h_c$", ylabel="splitting over $E_0'$", title="(b)")
    right.set(xlim=(1.7e-3, 0.04), ylim=(1e-18, 1e-3))
    right.set_xticks([0.003, 0.01, 0.03], ["0.003", "0.01", "0.03"])
    right.tick_params(axis="x", which="minor", labelbottom=False)
    return figure
