"""Single formulas as functions to import, for figures and exercises: ANWB23, Figs. 2 and 3."""

from functools import cache

from sympy import Expr, FiniteSet, Interval, Set, Symbol, oo

from derivations.pumping.bands.closed_bands import (
    band,
    island_level,
    offset,
    rice_mele_band,
    rice_mele_point,
    shift,
    shifted_parabola,
    sign,
    third_flux_band,
)
from derivations.pumping.circuit.hardcore_bosons import parabola
from derivations.pumping.drives.drives import rectified_bond
from derivations.pumping.symbols import (
    E_C,
    E_L,
    J_0,
    Delta_0,
    J,
    delta_J,
    delta_mu,
    g,
    j,
    k,
    n_1,
    omega,
    t,
)
from rederived.evaluate.evaluator import Evaluator, evaluator

__all__ = [
    "charging_parabola",
    "charging_parabola_evaluator",
    "hofstadter_band_evaluator",
    "island_level_evaluator",
    "rice_mele_band_evaluator",
    "rice_mele_detuning_evaluator",
    "rice_mele_difference_evaluator",
    "rice_mele_hopping",
    "rice_mele_hopping_evaluator",
    "shifted_parabola_evaluator",
]

drive_angle = Symbol("theta", real=True)
NARROWEST, WIDEST = 1e-3, 1e3  # delta mu/J: beyond, bands touch to the rounding of their closed form


NOT_NEGATIVE = Interval(0, oo)
PARABOLA = {"induced_charge": g, "neighbor_shift": shift}
PATH = {"angle": drive_angle, "modulation": delta_J}
MOVED = PATH | {"detuning": Delta_0, "offset": offset}


def _in_units(name: str, derived: Expr, arguments: dict[str, Symbol], **domain: Set) -> Evaluator:
    """Of a derived form, energies in units of E_C, J_0 or J."""
    units = {E_C: 1, J_0: 1, J: 1, omega: 1, t: drive_angle}
    return evaluator(name, derived.subs(units, simultaneous=True), arguments, domain=domain)


@cache
def charging_parabola_evaluator() -> Evaluator:
    """Charging energy of an island, of (pairs, induced_charge)."""
    return _in_units("charging_parabola", parabola(n_1), {"pairs": n_1, "induced_charge": g})


@cache
def shifted_parabola_evaluator() -> Evaluator:
    """Charging energy of an island beside a neighbor, of (pairs, induced_charge, neighbor_shift)."""
    return _in_units("shifted_parabola", shifted_parabola(), {"pairs": n_1} | PARABOLA)


@cache
def island_level_evaluator() -> Evaluator:
    """Levels of an island at a lead, of (sign, induced_charge, neighbor_shift, lead_coupling)."""
    arguments = {"sign": sign} | PARABOLA | {"lead_coupling": E_L}
    return _in_units("island_level", island_level(), arguments, lead_coupling=NOT_NEGATIVE, sign=FiniteSet(-1, 1))


@cache
def rice_mele_hopping_evaluator() -> Evaluator:
    """Hopping of a bond of the Rice-Mele drive, of (angle, bond, modulation)."""
    arguments = {"angle": drive_angle, "bond": j, "modulation": delta_J}
    return _in_units("rice_mele_hopping", rectified_bond(), arguments, bond=NOT_NEGATIVE)


@cache
def rice_mele_difference_evaluator() -> Evaluator:
    """J_1 - J_2 along the path of the Rice-Mele drive, of (angle, modulation)."""
    return _in_units("rice_mele_difference", rice_mele_point()[0], PATH)


@cache
def rice_mele_detuning_evaluator() -> Evaluator:
    """Delta along the path of the Rice-Mele drive, of (angle, modulation, detuning, offset)."""
    return _in_units("rice_mele_detuning", rice_mele_point()[1], MOVED)


@cache
def rice_mele_band_evaluator() -> Evaluator:
    """Both bands of the Rice-Mele chain, of (sign, momentum, angle, modulation, detuning, offset)."""
    return _in_units("rice_mele_band", rice_mele_band(), {"sign": sign, "momentum": k} | MOVED, sign=FiniteSet(-1, 1))


@cache
def hofstadter_band_evaluator() -> Evaluator:
    """The three bands at flux 1/3, of (band, momentum, angle, modulation)."""
    arguments = {"band": band, "momentum": k, "angle": drive_angle, "modulation": delta_mu}
    amplitudes = Interval(NARROWEST, WIDEST)
    return _in_units(
        "hofstadter_band", third_flux_band(), arguments, modulation=amplitudes, band=FiniteSet(0, 1, 2)
    )


def charging_parabola(pairs, induced_charge):
    """Charging energy over E_C of an island: ANWB23, Eq. 2 and Fig. 2.

    Parameters
    ----------
    pairs: n, number of Cooper pairs, any shape.
    induced_charge: n_g in Cooper pairs, any shape that broadcasts with it, finite.

    Returns an array of the broadcast shape. Raises ValueError for values that are not finite.

    >>> float(charging_parabola(1, 0.5))
    0.25
    """
    return charging_parabola_evaluator()(pairs, induced_charge)


def rice_mele_hopping(angle, bond, modulation):
    """Hopping J_j/J_0 of a bond of the Rice-Mele drive: ANWB23, Eq. 12 and Fig. 3.

    Parameters
    ----------
    angle: omega t in radians, any shape.
    bond: j = 0, 1, ..., counted from the first bond.
    modulation: delta J/J_0, finite; above one the hopping is clipped.

    Returns an array of the broadcast shape. Raises ValueError outside these ranges.

    >>> float(rice_mele_hopping(0.0, 0, 0.5)), float(rice_mele_hopping(0.0, 1, 1.2))
    (1.5, 0.0)
    """
    return rice_mele_hopping_evaluator()(angle, bond, modulation)
