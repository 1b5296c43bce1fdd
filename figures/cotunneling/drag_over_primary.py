"""The drag voltage over the primary one: where common slips win, and where single ones do."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from rederived.figures.style import DASHES, MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "SLZ25b"
NUMBER = None
TITLE = "Drag voltage over primary voltage"
CAPTION = (
    "Equal junctions with \\(E_J = 10\\,E_C\\) and \\(R_1 = R_2 = 0.8\\,R_Q\\), all slips with \\(|n_k| \\le 2\\), "
    "exact amplitudes, for the \\(C_m/C\\) at the curves. Solid: against \\(I\\Phi_0\\) at \\(T = 0\\). Dotted: "
    "against \\(2\\pi T\\) at small current. At the dots single and common slips contribute equally to \\(V_1\\): "
    "to their right common slips win and both voltages approach each other, to their left single slips win and the "
    "ratio falls with the power \\(2R_Q/R_2 = 2.5\\), however strong the coupling."
)
ALT = (
    "Double-logarithmic plot of the ratio of both voltages, which never exceeds one, against the larger of the bias "
    "energy and two pi times the temperature, from a ten-thousandth of the plasma frequency up to it. Four pairs of "
    "lines, a solid and a dotted one close together, rise with slope 2.5. For mutual capacitances of 1 and 3 times "
    "the own one they stay below one throughout. For 5 they bend towards one within the last decade, for 10 already at "
    "a few thousandths, to stay close to one in the last two decades."
)

COUPLINGS = (1.0, 3.0, 5.0, 10.0)
PLACES = (0.3, 0.08, 0.02, 1e-3)  # of the labels, along the axis


def data(ej_over_ec: float = 10.0, r_1: float = 0.8, r_2: float = 0.8) -> dict[str, np.ndarray]:
    """V_2/V_1, couplings first, cold against I Phi_0/Omega and at rest against 2 pi T/Omega."""
    energy, ratios = np.geomspace(1e-4, 1, 121), np.array(COUPLINGS)
    xi = cotunneling.frequency_ratio(1 / ej_over_ec)
    exact = cotunneling.exact_amplitudes(ej_over_ec, ratios, digits=20)
    gamma = {n: value[:, None] / xi for n, value in exact.items()}
    cold = cotunneling.drag_voltage(gamma, r_1, r_2, energy, 0.0, 1.0)
    rest = cotunneling.drag_power_laws(gamma, r_1, r_2, 1.0, energy / (2 * np.pi), 1.0)["linear"]
    relative = exact[1, 1] / exact[1, 0]
    return {
        "energy": energy,
        "capacitance_ratio": ratios,
        "cold": cold[1] / cold[0],
        "rest": rest[1] / rest[0],
        "amplitude_ratio": relative,
        "equal_shares": np.array(cotunneling.equal_share_energies(relative, r_1, r_2)),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Ratios at Omega/10, and the energies at which common slips take over and at which V_2 is nine tenths of V_1."""
    bias, heat = "I\\Phi_0/\\Omega", "2\\pi T/\\Omega"
    names = ("C_m/C", "\\gamma_{1,1}/\\gamma_{1,0}", "V_2/V_1", bias, heat, bias)
    notes = ("", "", " at \\(I\\Phi_0 = \\Omega/10\\)", ", equal shares", ", equal shares", ", \\(V_2 = 0.9 V_1\\)")
    rows = [tuple(f"\\({name}\\){note}" for name, note in zip(names, notes, strict=True))]
    for k, ratio in enumerate(data["capacitance_ratio"]):
        cold, energy = data["cold"][k], data["energy"]
        tenth = np.exp(np.interp(np.log(0.1), np.log(energy), np.log(cold)))
        shares = [f"{value:.3g}" if value < 1 else "above 1" for value in data["equal_shares"][:, k]]
        near = f"{np.exp(np.interp(0.9, cold, np.log(energy))):.2g}" if cold[-1] > 0.9 else "above 1"
        relative = float(f"{data['amplitude_ratio'][k]:.3g}")
        rows.append((f"{ratio:g}", relative, float(f"{tenth:.4g}"), *shares, near))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw the ratios and mark equal shares."""
    figure = Figure(figsize=(5.6, 3.9))
    axes = figure.subplots()
    energy = data["energy"]
    axes.axhline(1, color=MUTED, linewidth=0.8, linestyle=DASHES[1])
    for k, ratio in enumerate(data["capacitance_ratio"]):
        for name, dash, width in (("cold", "-", 1.7), ("rest", ":", 1.4)):
            axes.loglog(energy, data[name][k], color=SERIES[k], linestyle=dash, linewidth=width)
            share = data["equal_shares"][0 if name == "cold" else 1, k]
            if share < 1:
                axes.plot(share, np.interp(share, energy, data[name][k]), "o", color=SERIES[k], markersize=4)
        height = np.interp(PLACES[k], energy, data["cold"][k])
        axes.annotate(f"{ratio:g}", (PLACES[k], height), (7, -9), textcoords="offset points", color=SERIES[k])
    axes.text(1.2e-4, 1.35, "$V_1=V_2$", color=MUTED, va="bottom")
    axes.set(xlim=(1e-4, 1), ylim=(1e-12, 12), ylabel="$V_2/V_1$")
    axes.set_xlabel("$I\\Phi_0/\\Omega$ at $T=0$,  $2\\pi T/\\Omega$ at small current")
    axes.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1])
    axes.minorticks_off()
    return figure
