"""Fluxon cotunneling in coupled Josephson junctions: SLZ25b, and what goes beyond it."""

from derivations.cotunneling.evaluators import (
    cotunneling_amplitude,
    evaluators,
    frequency_ratio,
    instanton_path,
    interaction_profile,
    pair_weight,
    potential_energy,
    renormalized_amplitude,
    single_junction_amplitude,
    typical_separation,
)
from derivations.cotunneling.exact_bands import exact_amplitudes, exact_single_junction_amplitude

__all__ = [
    "cotunneling_amplitude",
    "evaluators",
    "exact_amplitudes",
    "exact_single_junction_amplitude",
    "frequency_ratio",
    "instanton_path",
    "interaction_profile",
    "pair_weight",
    "potential_energy",
    "renormalized_amplitude",
    "single_junction_amplitude",
    "typical_separation",
]
