"""Fluxon cotunneling in coupled Josephson junctions: SLZ25b, and what goes beyond it."""

from typing import TYPE_CHECKING

from rederived.lazy import offered

if TYPE_CHECKING:
    from derivations.cotunneling.amplitudes.evaluators import (
        cotunneling_amplitude,
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
    from derivations.cotunneling.dual.cooper_pairs import cooper_pair_cotunneling_amplitude
    from derivations.cotunneling.dual.dual import DUALITY, dual_of
    from derivations.cotunneling.exact.exact_bands import exact_amplitudes, exact_single_junction_amplitude
    from derivations.cotunneling.exact.exact_island import exact_cooper_pair_amplitudes
    from derivations.cotunneling.higher_orders.third_order import third_order_amplitude
    from derivations.cotunneling.instantons.bounce import slip_amplitude, slip_path
    from derivations.cotunneling.instantons.pair import Pair, frequency_ratio
    from derivations.cotunneling.laboratory import (
        CoupledJunctions,
        SeriesJunctions,
        drag_amperes,
        drag_volts,
        pair_in_si,
    )
    from derivations.cotunneling.rates.rates import (
        crossover_energy,
        drag_current,
        drag_power_laws,
        drag_voltage,
        equal_share_energies,
        phase_slip_rate,
    )
    from derivations.cotunneling.strong_coupling.boundaries import regime_boundary
    from derivations.cotunneling.strong_coupling.merged import merged_instanton_amplitude
    from derivations.cotunneling.strong_coupling.regimes import (
        attraction_depth,
        pair_over_steepest_descent,
        uniform_amplitude,
    )
    from derivations.cotunneling.strong_coupling.unequal import uniform_pair_amplitude

__all__ = [
    "CoupledJunctions",
    "DUALITY",
    "Pair",
    "SeriesJunctions",
    "attraction_depth",
    "cooper_pair_cotunneling_amplitude",
    "cotunneling_amplitude",
    "dual_of",
    "crossover_energy",
    "drag_amperes",
    "drag_current",
    "drag_power_laws",
    "drag_voltage",
    "drag_volts",
    "equal_share_energies",
    "exact_amplitudes",
    "exact_cooper_pair_amplitudes",
    "exact_single_junction_amplitude",
    "frequency_ratio",
    "instanton_path",
    "interaction_profile",
    "merged_instanton_amplitude",
    "pair_in_si",
    "pair_over_steepest_descent",
    "pair_weight",
    "phase_slip_rate",
    "potential_energy",
    "regime_boundary",
    "renormalized_amplitude",
    "single_junction_amplitude",
    "slip_amplitude",
    "slip_path",
    "steepest_descent_amplitude",
    "third_order_amplitude",
    "typical_separation",
    "uniform_amplitude",
    "uniform_pair_amplitude",
    "weak_coupling_amplitude",
]

__getattr__, __dir__ = offered(__name__, __file__)
