"""What an experiment on two levels of a fluxon would need, in SI: widths, fields, temperatures; beyond M16, Sec. III.

Energies of this part times E_0', from `laboratory`; Planck's and Boltzmann's constants enter here alone.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from derivations.annular.laboratory import NIOBIUM, in_laboratory
from derivations.annular.lagrangian.evaluators import POSITIVE
from derivations.annular.particle.local_wells import barrier_heights, local_critical_field, local_rest_position
from derivations.annular.quantum.quantum_levels import checked, level_splitting, local_well_frequency, rise_evaluator

__all__ = ["TwoLevels", "shortfall_of_splitting", "two_levels"]


class TwoLevels(NamedTuple):
    """Two wells just below the critical field, in SI: see `two_levels`."""

    quantum: float
    penetration_ratio: float
    splitting: float
    critical_field: float
    field_window: float
    alignment: float
    current_balance: float
    barrier: float
    well_spacing: float


def two_levels(
    focal_distance,
    eccentricity_squared,
    narrowest_width,
    shortfall,
    critical_current_density=NIOBIUM["critical_current_density"],
    magnetic_thickness=NIOBIUM["magnetic_thickness"],
    capacitance=NIOBIUM["capacitance"],
) -> TwoLevels:
    """The two lowest levels of a fluxon in a field along the minor axis, in SI, in the local limit.

    Parameters
    ----------
    focal_distance: 2c, in m, a number.
    eccentricity_squared: e^2, in (0, 1).
    narrowest_width: in m.
    shortfall: 1 - h/h_c, in (0, 1).
    critical_current_density, magnetic_thickness, capacitance: J_c in A/m^2, d_e in m, c_s in F/m^2.

    Returns hbar_*, lambda_J/c, the splitting in Hz; mu_0 H at the critical field and the change of it that changes the
    splitting by a factor e, in T, both for a coupling Delta of one; the angle, in rad, and the bias over J_c by which
    the wells get as far apart as they are split; height of the barrier and hbar omega of the wells, both in K.
    Raises ValueError outside these ranges.

    >>> found = two_levels(241e-6, 0.75, 0.1e-6, 0.003)
    >>> f"{found.splitting / 1e6:.2f} MHz, {1e3 * found.critical_field:.3f} mT, {1e3 * found.well_spacing:.0f} mK"
    '0.45 MHz, 0.145 mT, 35 mK'
    """
    from scipy import constants

    missing = checked("shortfall", POSITIVE, shortfall)
    junction = critical_current_density, magnetic_thickness, capacitance
    found = in_laboratory(focal_distance, eccentricity_squared, narrowest_width, *junction)
    ring, quantum = (eccentricity_squared, float(found.penetration_ratio)), float(found.quantum)
    critical = float(local_critical_field(*ring))
    if missing >= 1:
        raise ValueError(f"Argument `shortfall` must be in (0, 1), but got {missing:g}.")
    field, step = critical * (1 - missing), 1e-3 * missing * critical
    split, *beside = (float(level_splitting(*ring, quantum, one)) for one in (field, field - step, field + step))
    per_field = np.log(beside[1] / beside[0]) / (2 * step)
    well = float(local_rest_position(*ring, field))
    across = well, 2 * (np.pi - well)  # from one well to the other
    tilted = (rise_evaluator()(*across, *ring, field, *drive) for drive in ((1e-6, 0.0), (0.0, 1e-6)))
    angle, bias = (1e-6 * split / abs(float(value)) for value in tilted)
    tesla = constants.mu_0 * critical_current_density * focal_distance / 2
    kelvin = float(found.energy_unit) / constants.k
    return TwoLevels(
        quantum=quantum,
        penetration_ratio=ring[1],
        splitting=split * float(found.energy_unit) / constants.h,
        critical_field=tesla * critical,
        field_window=tesla / abs(float(per_field)),
        alignment=angle,
        current_balance=bias,
        barrier=float(barrier_heights(*ring, field)[0]) * kelvin,
        well_spacing=quantum * float(local_well_frequency(*ring, field)) * kelvin,
    )


@cache
def shortfall_of_splitting(focal_distance, eccentricity_squared, narrowest_width, splitting) -> float:
    """The shortfall 1 - h/h_c at which the two lowest levels are `splitting` Hz apart; the junction of the examples.

    >>> f"{shortfall_of_splitting(241e-6, 0.75, 0.1e-6, 1e6):.5f}"
    '0.00280'
    """
    from scipy import constants
    from scipy.optimize import brentq

    found = in_laboratory(focal_distance, eccentricity_squared, narrowest_width)
    ring, quantum = (eccentricity_squared, float(found.penetration_ratio)), float(found.quantum)
    critical, unit = float(local_critical_field(*ring)), float(found.energy_unit) / constants.h

    def above(logarithm):
        return np.log(level_splitting(*ring, quantum, critical * (1 - np.exp(logarithm))) * unit / splitting)

    # The action of the barrier is 15 quanta at (hbar_* lambda_J/c)^(2/3), up to the eccentricity.
    scale = float(found.quantum * found.penetration_ratio) ** (2 / 3)
    return float(np.exp(brentq(above, np.log(scale / 30), np.log(scale * 3), xtol=1e-10)))
