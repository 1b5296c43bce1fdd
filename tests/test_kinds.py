"""What is no real number is refused by the argument's name, in every public function of cotunneling and of pumping."""

import inspect
from fractions import Fraction

import numpy as np
import pytest

from derivations import cotunneling, pumping

__all__: list[str] = []

PAIR = cotunneling.CoupledJunctions(1e-15, 1e-15, 200e9, 5e3, 6e3)
SERIES = cotunneling.SeriesJunctions(2e-15, 5e-9, 8e9, 7e3, 9e3)
PUMP = pumping.RiceMele(2)
TURN = np.arange(12) * np.pi / 6
GAMMA = {(1, 0): 1e-3, (1, 1): 2e-4}

# Public name: admissible arguments. What is not a number by nature is left out of `REPLACED`.
CALLS = {
    cotunneling: {
        "CoupledJunctions": {
            "capacitance": 1e-15,
            "mutual_capacitance": 1e-15,
            "josephson_frequency": 2e11,
            "resistance_1": 5e3,
            "resistance_2": 6e3,
        },
        "SeriesJunctions": {
            "island_capacitance": 2e-15,
            "inductance": 5e-9,
            "josephson_frequency": 8e9,
            "resistance_1": 7e3,
            "resistance_2": 9e3,
        },
        "Pair": {"xi_1": 0.7, "xi_2": 0.8, "coupling": 1.0, "kappa": 1.5},
        "attraction_depth": {"xi": 0.5, "capacitance_ratio": 0.3},
        "cooper_pair_cotunneling_amplitude": {"charge": 1, "depth": 0.8},
        "cotunneling_amplitude": {"charge": 1, "xi_1": 0.7, "xi_2": 0.8, "coupling": 1.0, "kappa": 1.5},
        "crossover_energy": {"exponent": 2.0, "temperature": 1.0},
        "drag_amperes": {"junctions": SERIES, "voltage": 1e-5, "temperature": 0.05, "cutoff_frequency": 5e10},
        "drag_current": {
            "amplitudes": GAMMA,
            "r_1": 0.8,
            "r_2": 0.9,
            "bias_energy": 0.3,
            "temperature": 0.02,
            "cutoff": 1.0,
        },
        "drag_power_laws": {
            "amplitudes": GAMMA,
            "r_1": 0.8,
            "r_2": 0.9,
            "bias_energy": 0.3,
            "temperature": 0.02,
            "cutoff": 1.0,
        },
        "drag_voltage": {
            "amplitudes": GAMMA,
            "r_1": 0.8,
            "r_2": 0.9,
            "bias_energy": 0.3,
            "temperature": 0.02,
            "cutoff": 1.0,
        },
        "drag_volts": {"junctions": PAIR, "current": 1e-9, "temperature": 0.05},
        "equal_share_energies": {"amplitude_ratio": 10.0, "r_1": 0.8, "r_2": 0.9},
        "exact_amplitudes": {"ej_over_ec": 25.0, "capacitance_ratio": 0.1, "digits": 20},
        "exact_cooper_pair_amplitudes": {"depth": 0.8, "josephson_1": 0.02, "josephson_2": 0.03},
        "exact_single_junction_amplitude": {"xi": 0.75},
        "frequency_ratio": {"ec_over_ej": 0.07},
        "instanton_path": {"time": 1.0},
        "interaction_profile": {"separation": 1.0},
        "merged_instanton_amplitude": {"xi": 0.75, "capacitance_ratio": 1.0},
        "pair_in_si": {
            "josephson_frequency": (2e11, 1e11),
            "capacitance": (1e-15, 2e-15),
            "mutual_capacitance": 1e-15,
        },
        "pair_over_steepest_descent": {"depth": 2.0},
        "pair_weight": {"separation": 1.0, "depth": 2.0, "charge": 1},
        "phase_slip_rate": {"amplitude": 1e-3, "exponent": 1.5, "energy_gain": 0.2, "temperature": 0.1, "cutoff": 1.0},
        "potential_energy": {"phi_1": 1.0, "phi_2": 2.0, "kappa": 1.0},
        "regime_boundary": {"name": "pairs leave", "ej_over_ec": 25.0, "tolerance": 0.1},
        "renormalized_amplitude": {"xi": 0.75, "coupling": 1.0},
        "single_junction_amplitude": {"xi": 0.75},
        "slip_amplitude": {"slip": (1, 0), "xi_1": 0.75, "xi_2": 0.75, "capacitance_ratio": 0.0, "kappa": 1.0},
        "slip_path": {"slip": (1, 0), "xi_1": 0.75, "xi_2": 0.75, "capacitance_ratio": 0.0, "kappa": 1.0, "nodes": 60},
        "steepest_descent_amplitude": {"xi": 0.75, "coupling": 10.0},
        "third_order_amplitude": {"charge": 0, "xi": 0.75, "coupling": 0.0, "fugacity": 1e-3},
        "typical_separation": {"depth": 2.0, "charge": 1},
        "uniform_amplitude": {"xi": 0.75, "capacitance_ratio": 1.0},
        "uniform_pair_amplitude": {"xi_1": 0.75, "xi_2": 0.75, "capacitance_ratio": 0.3, "kappa": 1.0},
        "weak_coupling_amplitude": {"charge": 1, "xi": 0.75, "coupling": 0.01},
    },
    pumping: {
        "HarperHofstadter": {
            "islands": 3,
            "hopping": 0.5,
            "onsite_modulation": 1.0,
            "mean_induced_charge": 0.4,
            "lead_coupling": 1.0,
            "interaction": 0.1,
            "charging_energy": 4.0,
            "flux": Fraction(1, 3),
        },
        "Imperfect": {"chain": PUMP, "offsets": (0.1, 0.2), "junctions": (1.1,), "cross_talk": (0.1, 0.1)},
        "RiceMele": {
            "islands": 2,
            "hopping": 1.0,
            "hopping_modulation": 0.7,
            "detuning": 6.0,
            "lead_coupling": 4.0,
            "interaction": 0.1,
            "charging_energy": 8.0,
            "induced_charge_modulation": 0.1,
        },
        "Softcore": {"chain": PUMP, "charges": (0, 1), "couplings": np.eye(2), "second_harmonic": 0.1},
        "band_edges": {"chain": PUMP, "angle": 0.3},
        "averaged_charge": {"chain": PUMP, "frequency": 0.5, "phases": 2},
        "band_energies": {"chain": PUMP, "momentum": 0.3, "angle": 0.3},
        "band_gap": {"chain": PUMP, "filled": 1},
        "capacitance_couplings": {"islands": 3, "charging_energy": 1.0, "capacitance_ratio": 0.1},
        "charge_while_phase_moves": {"chain": PUMP, "frequency": 0.5, "phases": [0.1, 0.2], "steps": 200},
        "charging_parabola": {"pairs": 1, "induced_charge": 0.5},
        "cycles_with_noise": {
            "chain": PUMP,
            "frequency": 0.5,
            "phase": 0.3,
            "cycles": 1,
            "dephasing": 0.1,
            "relaxation": 0.1,
            "steps": 200,
        },
        "disordered": {"chain": PUMP, "seed": 1, "site": 0.1, "hopping": 0.1},
        "floquet_spectrum": {"chain": PUMP, "frequency": 0.5, "phase": 0.3, "steps": 200},
        "frequency_window": {"chain": PUMP, "josephson_gigahertz": 10.0, "current": 1.0, "error": 0.01, "phases": 2},
        "from_functions": {
            "islands": 2,
            "site_energy": lambda angle, j: np.sin(angle),
            "bond": lambda angle, j: 1.0,
            "lead_coupling": 1.0,
            "interaction": 0.0,
            "induced_charge": lambda angle, j: 0.5,
            "kinks": (0.5,),
            "cell": 1,
        },
        "gap_label": {"flux": Fraction(1, 3), "filled": 1},
        "intermediate": {"islands": 2, "ratio": 1.0},
        "many_body": {"chain": PUMP, "phase": 0.3},
        "many_body_gap": {"chain": PUMP, "phase": 0.3},
        "picoamperes": {"megahertz": 10.0, "charge": 1.0},
        "pumped_charge": {"chain": PUMP, "frequency": 0.5, "phase": 0.3, "steps": 200},
        "rice_mele_hopping": {"angle": 0.3, "bond": 1, "modulation": 0.5},
        "softcore_charge": {
            "pump": pumping.Softcore(PUMP, charges=(0, 1)),
            "frequency": 0.5,
            "phase": 0.3,
            "steps": 200,
        },
        "steady_cycle_charge": {
            "chain": PUMP,
            "frequency": 0.5,
            "phase": 0.3,
            "dephasing": 0.1,
            "relaxation": 0.1,
            "steps": 200,
        },
        "supercurrent_charge": {
            "pump": pumping.Softcore(PUMP, charges=(0, 1)),
            "frequency": 0.5,
            "phase": 0.3,
            "angles": 12,
        },
        "winding_number": {"path": np.stack([np.cos(TURN), np.sin(TURN)], axis=-1)},
    },
}
# Names that look something up, objects that hold no numbers of their own, functions of functions.
WITHOUT_NUMBERS = {
    "DUALITY",
    "dual_of",
    "ManyBody",
    "bloch_function",
    "chern_numbers",
    "Chain",
    "PeriodicChain",
    "charging_parabola_evaluator",
    "hofstadter_band_evaluator",
    "island_level_evaluator",
    "rice_mele_band_evaluator",
    "rice_mele_detuning_evaluator",
    "rice_mele_difference_evaluator",
    "rice_mele_hopping_evaluator",
    "shifted_parabola_evaluator",
}
# None is their default.
OPTIONAL = {
    "steps", "cell", "induced_charge", "induced_charge_modulation", "couplings", "fugacity", "cutoff_frequency",
}  # fmt: skip
NUMBERLESS = {"chain", "pump", "name", "slip"}
BAD = {
    "mask": np.ma.array([0.5, 0.7], mask=[False, True]),
    "complex": 0.5 + 0.1j,
    "complex array": np.array([0.5 + 0.0j]),
    "date": np.datetime64("2020-01-01"),
    "span of time": np.timedelta64(1, "s"),
    "text": "0.5",
    "text array": np.array(["0.5"]),
    "None": None,
    "truth": True,
    "truths": np.array([True]),
    "nan": float("nan"),
    "inf": float("inf"),
    "ragged": [[0.5], [0.5, 0.7]],
    "object": object(),
}
CASES = [(part, name) for part, calls in CALLS.items() for name in calls]


@pytest.mark.parametrize("part", CALLS, ids=lambda part: part.__name__)
def test_every_public_name_is_tried(part):
    assert set(CALLS[part]) | WITHOUT_NUMBERS >= set(part.__all__)
    for name, arguments in CALLS[part].items():
        named = {p for p in inspect.signature(getattr(part, name)).parameters if p not in ("log", "error", "repulsion")}
        assert named - {"error", "waveform"} <= set(arguments) | {"error", "waveform"}, name


@pytest.mark.parametrize(("part", "name"), CASES, ids=lambda case: case if isinstance(case, str) else "")
def test_what_is_no_number_is_refused_by_name(part, name):
    function, arguments = getattr(part, name), CALLS[part][name]
    function(**arguments)
    for argument in arguments:
        if argument in NUMBERLESS or arguments[argument] is PAIR or arguments[argument] is SERIES:
            continue
        for kind, value in BAD.items():
            if value is None and argument in OPTIONAL:
                continue
            wrong = {(1, 0): value} if argument == "amplitudes" else value
            with pytest.raises(ValueError, match=rf"^Argument `{argument}") as refused:
                function(**arguments | {argument: wrong})
            assert "must" in str(refused.value), kind
            assert "in finite" not in str(refused.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda: cotunneling.drag_voltage([1e-3], 0.8, 0.8, 0.3, 0.02, 1.0),
        lambda: cotunneling.drag_voltage({("1", 0): 1e-3}, 0.8, 0.8, 0.3, 0.02, 1.0),
        lambda: cotunneling.drag_voltage({(True, 0): 1e-3}, 0.8, 0.8, 0.3, 0.02, 1.0),
        lambda: cotunneling.exact_amplitudes(25.0, 0.1, digits=[20, 30]),
        lambda: cotunneling.drag_volts((1e-15, 1e-15), 1e-9, 0.05),
        lambda: cotunneling.slip_path(None, 0.5, 0.5, capacitance_ratio=0.1),
        lambda: cotunneling.regime_boundary(3, 25.0),
        lambda: pumping.RiceMele(np.array([2, 3])),
        lambda: pumping.Softcore(PUMP, couplings=np.array([[1.0, 0.2], [0.1, 1.0]])),
        lambda: pumping.Imperfect(PUMP, waveform=None),
    ],
)
def test_what_has_another_form_is_refused(call):
    with pytest.raises(ValueError, match=r"^Argument `"):
        call()


def test_a_bad_entry_is_named_alone():
    values = np.linspace(0, 1, 1000)
    values[712] = -3.0
    for call, low in (
        (lambda: pumping.picoamperes(values), "0, 1e\\+06\\] MHz"),
        (lambda: cotunneling.uniform_amplitude(0.5, capacitance_ratio=values), "1e-200, inf\\)"),
    ):
        with pytest.raises(ValueError, match=rf"^Argument `\w+` must be in \[{low}, but got (-3|0)[.;]") as refused:
            call()
        assert len(str(refused.value)) < 100


def test_numbers_of_other_kinds_are_taken():
    for xi in (np.float32(0.75), Fraction(3, 4), [Fraction(3, 4)], np.array([0.75], dtype=object)):
        assert np.ravel(cotunneling.single_junction_amplitude(xi))[0] == pytest.approx(4.555554e-05, rel=1e-6)
    assert cotunneling.exact_amplitudes(np.int64(25), 0, digits=np.int32(20))[1, 0] > 0
