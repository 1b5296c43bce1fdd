"""The dual: currents of both junctions against voltage and temperature."""

import numpy as np
from matplotlib.figure import Figure

from derivations import cotunneling
from rederived.figures.style import MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "table"]

SOURCE = "SLZ25a"
NUMBER = None
TITLE = "Currents of Cooper pairs against voltage and temperature"
CAPTION = (
    "The dual circuit: two junctions in series with \\(E_J = 0.1\\,\\omega_0\\), depth \\(\\mathcal{A} = 0.8\\) of "
    "the island's fluctuations, \\(R_1 = R_2 = 1.25\\,R_Q\\), all transfers with \\(|n_k| \\le 2\\), exact "
    "amplitudes. (a) Against \\(2eV\\), at \\(2\\pi T = \\omega_0/100\\). (b) Against \\(2\\pi T\\), at \\(2eV = "
    "\\omega_0/100\\). Single transfers carry \\(I_1\\), joint ones \\(I_2\\). Thin dashed lines are the power "
    "laws: those of the voltages with \\(R_k/R_Q\\) in place of \\(R_Q/R_k\\)."
)
ALT = (
    "Two double-logarithmic panels with two curves each, the primary current above the drag current. Left, against "
    "the voltage: slope one, then upwards to slope 1.5 for the primary and slope 4 for the drag current. Right, "
    "against the temperature: flat, then slope 0.5 and slope 3. The shapes are those of the voltages of capacitively "
    "coupled junctions. At the right end of the left panel the drag current is a ten-thousandth of the primary one."
)

FIXED = 0.01  # of omega_0: 2 pi T in panel (a), 2 e V in panel (b)


def data(depth: float = 0.8, josephson: float = 0.1, shunt: float = 1.25) -> dict[str, np.ndarray]:
    """Currents over 2e omega_0, I_1 first; energies over omega_0; josephson is E_J/omega_0, shunt R/R_Q."""
    gamma = cotunneling.exact_cooper_pair_amplitudes(depth, josephson, josephson)
    energy, fixed = np.geomspace(1e-4, 1, 161), FIXED / (2 * np.pi)
    current, thermal = cotunneling.drag_current, energy / (2 * np.pi)
    of_voltage = cotunneling.drag_power_laws(gamma, 1 / shunt, 1 / shunt, energy, fixed, 1.0)
    of_heat = cotunneling.drag_power_laws(gamma, 1 / shunt, 1 / shunt, FIXED, thermal, 1.0)
    return {
        "energy": energy,
        "against_voltage": np.array(current(gamma, shunt, shunt, energy, fixed, 1.0)),
        "against_heat": np.array(current(gamma, shunt, shunt, FIXED, thermal, 1.0)),
        "laws_of_voltage": np.array([of_voltage["linear"], of_voltage["cold"]]),
        "laws_of_heat": np.array([np.broadcast_arrays(energy, *of_heat[k])[1:] for k in ("linear", "cold")]),
        "amplitudes": np.array([gamma[n] for n in ((1, 0), (1, 1), (1, -1))]),
    }


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Both currents and their ratio along panel (a)."""
    rows = [("\\(2eV/\\omega_0\\)", "\\(I_1/2e\\omega_0\\)", "\\(I_2/2e\\omega_0\\)", "\\(I_2/I_1\\)")]
    for energy in (0.001, 0.01, 0.1, 1.0):
        at = int(np.argmin(abs(np.log(data["energy"] / energy))))
        one, other = data["against_voltage"][:, at]
        rows.append((f"{energy:g}", *(float(f"{value:.3g}") for value in (one, other, other / one))))
    return rows


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw voltage at the left, temperature at the right, on one scale of currents."""
    figure = Figure(figsize=(6.9, 3.5))
    panels = figure.subplots(1, 2, sharey=True)
    energy = data["energy"]
    for axes, name, label in zip(panels, ("voltage", "heat"), "ab", strict=True):
        for law in data[f"laws_of_{name}"].reshape(-1, energy.size):
            axes.loglog(energy, law, color=MUTED, linestyle=(0, (4, 2.5)), linewidth=0.9)
        for k, current in enumerate(data[f"against_{name}"]):
            axes.loglog(energy, current, color=SERIES[k], linestyle="-")
        axes.set_title(f"({label})")
        axes.set(xlim=(1e-4, 1), ylim=(1e-16, 3e-2))
        axes.set_xticks([1e-4, 1e-3, 1e-2, 1e-1, 1])
        axes.set_yticks([1e-16, 1e-13, 1e-10, 1e-7, 1e-4])
        axes.minorticks_off()
        for k, place in enumerate((2e-3, 1e-8)):
            axes.text(0.05, place, f"$I_{k + 1}$", color=SERIES[k], ha="center", fontsize=12.5)
    panels[0].set(xlabel="voltage $2eV/\\omega_0$", ylabel="current / $2e\\omega_0$")
    panels[1].set(xlabel="temperature $2\\pi T/\\omega_0$")
    return figure
