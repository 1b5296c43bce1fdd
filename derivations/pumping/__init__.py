"""Thouless pumps in Josephson junction arrays: ANWB23, and what goes beyond it."""

from derivations.pumping.bands.bloch_bands import band_edges, band_energies, band_gap, bloch_function, winding_number
from derivations.pumping.bands.chern_numbers import chern_numbers, gap_label
from derivations.pumping.bands.evaluators import (
    charging_parabola,
    charging_parabola_evaluator,
    hofstadter_band_evaluator,
    island_level_evaluator,
    rice_mele_band_evaluator,
    rice_mele_detuning_evaluator,
    rice_mele_difference_evaluator,
    rice_mele_hopping,
    rice_mele_hopping_evaluator,
    shifted_parabola_evaluator,
)
from derivations.pumping.beyond.dephasing import cycles_with_noise, steady_cycle_charge
from derivations.pumping.beyond.softcore import (
    Softcore,
    capacitance_couplings,
    intermediate,
    softcore_charge,
    supercurrent_charge,
)
from derivations.pumping.drives.chain import Chain, PeriodicChain, from_functions
from derivations.pumping.drives.chains import HarperHofstadter, RiceMele
from derivations.pumping.drives.disorder import disordered
from derivations.pumping.drives.imperfections import Imperfect
from derivations.pumping.engines.infinite_time import averaged_charge, floquet_spectrum, pumped_charge
from derivations.pumping.engines.many_body import ManyBody, many_body, many_body_gap
from derivations.pumping.experiment import frequency_window, picoamperes
from derivations.pumping.floquet.phase_average import charge_while_phase_moves

__all__ = [
    "Chain",
    "HarperHofstadter",
    "Imperfect",
    "ManyBody",
    "PeriodicChain",
    "RiceMele",
    "Softcore",
    "averaged_charge",
    "band_edges",
    "band_energies",
    "band_gap",
    "bloch_function",
    "capacitance_couplings",
    "charge_while_phase_moves",
    "charging_parabola",
    "charging_parabola_evaluator",
    "chern_numbers",
    "cycles_with_noise",
    "disordered",
    "floquet_spectrum",
    "frequency_window",
    "from_functions",
    "gap_label",
    "hofstadter_band_evaluator",
    "intermediate",
    "island_level_evaluator",
    "many_body",
    "many_body_gap",
    "picoamperes",
    "pumped_charge",
    "rice_mele_band_evaluator",
    "rice_mele_detuning_evaluator",
    "rice_mele_difference_evaluator",
    "rice_mele_hopping",
    "rice_mele_hopping_evaluator",
    "shifted_parabola_evaluator",
    "softcore_charge",
    "steady_cycle_charge",
    "supercurrent_charge",
    "winding_number",
]
