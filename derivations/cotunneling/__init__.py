"""Fluxon cotunneling in coupled Josephson junctions: SLZ25b, and what goes beyond it."""

from derivations.cotunneling.evaluators import (
    cotunneling_amplitude,
    evaluator_of,
    frequency_ratio,
    instanton_path,
    interaction_profile,
    pair_weight,
    potential_energy,
    renormalized_amplitude,
    single_junction_amplitude,
    steepest_descent_amplitude,
    typical_separation,
    weak_coupling_amplitude,
)
from derivations.cotunneling.exact_bands import exact_amplitudes, exact_single_junction_amplitude
from derivations.cotunneling.rates import (
    crossover_energy,
    drag_current,
    drag_voltage,
    phase_slip_rate,
    rate_evaluator_of,
)

__all__ = [
    "cotunneling_amplitude",
    "crossover_energy",
    "drag_current",
    "drag_voltage",
    "evaluator_of",
    "exact_amplitudes",
    "exact_single_junction_amplitude",
    "frequency_ratio",
    "instanton_path",
    "interaction_profile",
    "pair_weight",
    "phase_slip_rate",
    "potential_energy",
    "rate_evaluator_of",
    "renormalized_amplitude",
    "single_junction_amplitude",
    "steepest_descent_amplitude",
    "typical_separation",
    "weak_coupling_amplitude",
]
