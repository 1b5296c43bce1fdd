"""Both voltages against bias and temperature, between two power laws each."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from derivations import cotunneling
from derivations.cotunneling.amplitudes import evaluators
from derivations.cotunneling.instantons.pair import frequency_over_energy
from derivations.cotunneling.rates import rates
from rederived.figures.live import Axis, Curve, Derived, LiveFigure, Slider
from rederived.figures.style import MUTED, SERIES

__all__ = ["ALT", "CAPTION", "NUMBER", "SOURCE", "TITLE", "data", "draw", "live", "table"]

SOURCE = "SLZ25b"
NUMBER = None
TITLE = "Both voltages against bias and temperature"
CAPTION = (
    "Equal junctions with \\(E_J = 10\\,E_C\\), \\(C_m = C\\) and \\(R_1 = R_2 = 0.8\\,R_Q\\), all slips with "
    "\\(|n_k| \\le 2\\), exact amplitudes. (a) Against the bias energy \\(I\\Phi_0\\), at \\(2\\pi T = "
    "\\Omega/100\\). (b) Against \\(2\\pi T\\), at \\(I\\Phi_0 = \\Omega/100\\). Thin dashed lines are the power "
    "laws with their prefactors, dots where both laws of a voltage meet. Single slips carry \\(V_1\\), common ones "
    "\\(V_2\\): the drag has the steeper laws in both panels."
)
ALT = (
    "Two double-logarithmic panels with two curves each, the primary voltage above the drag voltage. Left, against "
    "the bias energy over five decades: both curves start as straight lines of slope one and bend upwards where the "
    "bias energy is about two pi times the temperature, to slope 1.5 for the primary and slope 4 for the drag "
    "voltage. Right, against the temperature: both start flat and bend at about the same place, to slope 0.5 and "
    "slope 3. Dashed straight lines follow both ends of every curve."
)

FIXED = 0.01  # of Omega: 2 pi T in panel (a), I Phi_0 in panel (b)
SINGLE, COMMON = ((1, 0),), ((1, 1), (1, -1))  # what carries V_1 and what carries V_2


def data(ej_over_ec: float = 10.0, capacitance_ratio: float = 1.0, shunt: float = 0.8) -> dict[str, np.ndarray]:
    """Voltages over Phi_0 Omega, V_1 first; energies over Omega; laws and crossovers; shunt is R/R_Q."""
    gamma = _over_plasma_frequency(ej_over_ec, capacitance_ratio)
    bias, thermal = np.geomspace(1e-4, 1, 161), np.geomspace(1e-4, 1, 161)
    fixed = FIXED / (2 * np.pi)
    laws_of_bias = cotunneling.drag_power_laws(gamma, shunt, shunt, bias, fixed, 1.0)
    laws_of_heat = cotunneling.drag_power_laws(gamma, shunt, shunt, FIXED, thermal / (2 * np.pi), 1.0)
    exponent = np.array([1 / shunt, 2 / shunt])
    meeting = cotunneling.crossover_energy(exponent, 1 / (2 * np.pi))
    carriers = [{n: gamma[n] for n in slips} for slips in (SINGLE, COMMON)]
    unit = [cotunneling.drag_power_laws(g, shunt, shunt, 1.0, 1 / (2 * np.pi), 1.0) for g in carriers]
    return {
        "bias": bias,
        "thermal": thermal,
        "against_bias": np.array(cotunneling.drag_voltage(gamma, shunt, shunt, bias, fixed, 1.0)),
        "against_heat": np.array(cotunneling.drag_voltage(gamma, shunt, shunt, FIXED, thermal / (2 * np.pi), 1.0)),
        "laws_of_bias": np.array([laws_of_bias["linear"], laws_of_bias["cold"]]),
        "laws_of_heat": np.array([np.broadcast_arrays(thermal, *laws_of_heat[k])[1:] for k in ("linear", "cold")]),
        "crossover": meeting,
        "exponent": exponent,
        "prefactor": np.array([[laws[name][k] for k, laws in enumerate(unit)] for name in ("linear", "cold")]),
    }


def _over_plasma_frequency(ej_over_ec: float, capacitance_ratio: float) -> dict:
    xi = cotunneling.frequency_ratio(1 / ej_over_ec)
    exact = cotunneling.exact_amplitudes(ej_over_ec, capacitance_ratio, digits=24)
    return {n: value / xi for n, value in exact.items()}


def table(data: dict[str, np.ndarray]) -> list[tuple]:
    """Exponents and prefactors of the four laws, in v = V/Phi_0 Omega, i = I Phi_0/Omega, t = 2 pi T/Omega."""
    rows = [("voltage", "small current", "zero temperature", "they meet at \\(I\\Phi_0/2\\pi T\\)")]
    for k, alpha in enumerate(data["exponent"]):
        linear, cold = (_power(value) for value in data["prefactor"][:, k])
        rows.append((
            f"\\(V_{k + 1}/\\Phi_0\\Omega\\)",
            f"\\({linear}\\,i\\,t^{{{2 * alpha - 2:g}}}\\)",
            f"\\({cold}\\,i^{{{2 * alpha - 1:g}}}\\)",
            f"{data['crossover'][k]:.3f}",
        ))
    return rows


def _power(value: float) -> str:
    mantissa, power = f"{value:.2e}".split("e")
    return f"{mantissa}\\cdot10^{{{int(power)}}}"


def draw(data: dict[str, np.ndarray]) -> Figure:
    """Draw bias at the left, temperature at the right, on one scale of voltages."""
    figure = Figure(figsize=(6.9, 3.7))
    left, right = figure.subplots(1, 2, sharey=True)
    _draw_panel(left, data["bias"], data["against_bias"], data["laws_of_bias"], FIXED * data["crossover"])
    _draw_panel(right, data["thermal"], data["against_heat"], data["laws_of_heat"], FIXED / data["crossover"])
    left.set(xlabel="bias energy $I\\Phi_0/\\Omega$", ylabel="voltage / $\\Phi_0\\Omega$")
    right.set(xlabel="temperature $2\\pi T/\\Omega$")
    for one, label in ((left, "(a)"), (right, "(b)")):
        one.set_title(label)
    slopes = [f"{value:g}" for value in (2 * data["exponent"] - 1, 2 * data["exponent"] - 2) for value in value]
    left.text(0.012, 1.5e-11, f"$V_1\\propto I^{{{slopes[0]}}}$", color=SERIES[0], ha="center")
    left.text(0.035, 2e-18, f"$V_2\\propto I^{{{slopes[1]}}}$", color=SERIES[1], ha="center")
    right.text(0.09, 2e-11, f"$V_1\\propto T^{{{slopes[2]}}}$", color=SERIES[0], ha="center")
    right.text(0.035, 1e-18, f"$V_2\\propto T^{{{slopes[3]}}}$", color=SERIES[1], ha="center")
    return figure


def _draw_panel(axes: Axes, x: np.ndarray, voltages: np.ndarray, laws: np.ndarray, crossover: np.ndarray) -> None:
    for law in laws.reshape(-1, x.size):
        axes.loglog(x, law, color=MUTED, linestyle=(0, (4, 2.5)), linewidth=0.9)
    for k, voltage in enumerate(voltages):
        axes.loglog(x, voltage, color=SERIES[k], linestyle="-")
        meeting = np.exp(np.interp(np.log(crossover[k]), np.log(x), np.log(laws[0, k])))
        axes.plot(crossover[k], meeting, "o", color=SERIES[k])
    axes.set(xlim=(x[0], x[-1]), ylim=(1e-27, 1e-9))
    axes.set_xticks([1e-4, 1e-3, 1e-2, 1e-1, 1])
    axes.set_yticks([1e-26, 1e-22, 1e-18, 1e-14, 1e-10])
    axes.minorticks_off()


def live() -> LiveFigure:
    """Both voltages with sliders for temperature, coupling and shunts; amplitudes of Eqs. 30 and 31."""
    pair = evaluators.pair_over_energies.evaluator
    arguments = ("single", "same", "opposite", "r_1", "r_2", "bias_energy", "temperature", "xi")
    return LiveFigure(
        axis=Axis("bias_energy", "bias energy I_{}Φ_{0}/Ω", 1e-4, 1.0, 121, log=True, symbol="I_{}Φ_{0}/Ω"),
        curves=(
            Curve("V_{1}", rates.primary_voltage_of_neighbors.evaluator, arguments),
            Curve("V_{2}", rates.drag_voltage_of_neighbors.evaluator, arguments),
        ),
        sliders=(
            Slider("temperature", "temperature T_{}/Ω", 1e-4, 0.1, 0.01, 0.001, log=True),
            Slider("coupling", "coupling λ = E_{J}/E_{Cm}", 0.1, 4.0, 0.05, 2.0),
            Slider("ec_over_ej", "E_{C}/E_{J}", 0.05, 0.2, 0.005, 0.1),
            Slider("r_1", "R_{1}/R_{Q}", 0.3, 0.95, 0.01, 0.8),
            Slider("r_2", "R_{2}/R_{Q}", 0.3, 0.95, 0.01, 0.8),
        ),
        derived=(
            Derived("xi", frequency_over_energy.evaluator, ("ec_over_ej",)),
            Derived("single", evaluators.renormalized_over_energy.evaluator, ("xi", "coupling")),
            Derived("same", pair, (1.0, "xi", "xi", "coupling", 1.0)),
            Derived("opposite", pair, (-1.0, "xi", "xi", "coupling", 1.0)),
        ),
        y_label="voltage / Φ_{0}Ω",
        y_log=True,
        y_range=(1e-30, 1e-6),
        replaces=False,
    )
