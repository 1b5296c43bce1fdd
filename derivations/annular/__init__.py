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
    "bias_term",
    "curvature_radius",
    "edges",
    "equation_coefficients",
    "evaluator_of",
    "inverse_arc_length",
    "junction_scales",
    "magnetic_term",
    "normal_field",
    "perimeter",
    "scale_factor",
    "variable_width_potential",
    "variable_width_profile",
    "width",
    "winding_step",
]
