"""Fluxons in confocal annular Josephson junctions: M16, and what goes beyond it."""

from derivations.annular.evaluators import (
    arc_length,
    area,
    bias_term,
    curvature_radius,
    edges,
    evaluator_of,
    inverse_arc_length,
    magnetic_term,
    normal_field,
    perimeter,
    scale_factor,
    width,
)
from derivations.annular.passages import full_period, passing_speeds
from derivations.annular.protocol import (
    peak_bias,
    preparation_ramp,
    preparation_succeeds,
    read_out_ramp,
    switching_bias,
)
from derivations.annular.sine_gordon import (
    barrier_height,
    critical_field,
    depinning_current,
    depinning_position,
    fluxon_frequency,
    holding_bias,
    rest_energy,
    rest_position,
    static_fluxon,
    top_energy,
)
from derivations.annular.solver_input import (
    EquationCoefficients,
    equation_coefficients,
    junction_scales,
    winding_step,
)
from derivations.annular.variable_width import (
    variable_width_potential,
    variable_width_profile,
)

__all__ = [
    "EquationCoefficients",
    "arc_length",
    "area",
    "barrier_height",
    "bias_term",
    "critical_field",
    "curvature_radius",
    "depinning_current",
    "depinning_position",
    "edges",
    "equation_coefficients",
    "evaluator_of",
    "fluxon_frequency",
    "full_period",
    "holding_bias",
    "inverse_arc_length",
    "junction_scales",
    "magnetic_term",
    "normal_field",
    "passing_speeds",
    "peak_bias",
    "perimeter",
    "preparation_ramp",
    "preparation_succeeds",
    "read_out_ramp",
    "rest_energy",
    "rest_position",
    "scale_factor",
    "static_fluxon",
    "switching_bias",
    "top_energy",
    "variable_width_potential",
    "variable_width_profile",
    "width",
    "winding_step",
]
