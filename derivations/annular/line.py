"""The coefficients of the full equation as functions of tau, from the derived equation of motion."""
import math

import numpy as np

from derivations.annular.static_states import Line

__all__ = ["line_of"]


def line_of(eccentricity_squared, penetration_ratio, field=0.0, field_angle=0.0) -> Line:
    """Temporary."""
    C = 1 / math.sqrt(eccentricity_squared)
    S = math.sqrt(C * C - 1)
    a, b = field * C * math.cos(field_angle), field * S * math.sin(field_angle)

    def square(tau):
        return S * S + np.cos(tau) ** 2

    return Line(
        square, square, lambda t: -a * np.cos(t) - b * np.sin(t), lambda t: a * np.sin(t) - b * np.cos(t), square,
        penetration_ratio**2, math.pi / 2 * penetration_ratio / C,
    )
