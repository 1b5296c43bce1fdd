"""Single formulas as functions to import, for figures and exercises: ANWB23, Figs. 2 and 3."""

from functools import cache

from sympy import Expr, FiniteSet, Interval, Symbol, oo

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

__all__ = ["charging_parabola", "formula_of", "rice_mele_hopping"]

drive_angle = Symbol("theta", real=True)
NARROWEST, WIDEST = 1e-3, 1e3  # delta mu/J: beyond, bands touch to the rounding of their closed form


def _formula(name: str) -> tuple[Expr, dict[str, Symbol], dict]:
    """Expression, arguments and domain of a function, energies in units of E_C, J_0 or J."""
    from derivations.pumping.bands import closed_bands as bands
    from derivations.pumping.circuit.hardcore_bosons import parabola
    from derivations.pumping.drives.drives import rectified_bond

    not_negative = Interval(0, oo)
    parabolas = {"induced_charge": g, "neighbor_shift": bands.shift}
    path = {"angle": drive_angle, "modulation": delta_J}
    moved = path | {"detuning": Delta_0, "offset": bands.offset}
    hofstadter = {"band": bands.band, "momentum": k, "angle": drive_angle, "modulation": delta_mu}
    amplitudes = {"modulation": Interval(NARROWEST, WIDEST)}
    return {
        "charging_parabola": (lambda: parabola(n_1), {"pairs": n_1, "induced_charge": g}, {}),
        "shifted_parabola": (bands.shifted_parabola, {"pairs": n_1} | parabolas, {}),
        "island_level": (
            bands.island_level,
            {"sign": bands.sign} | parabolas | {"lead_coupling": E_L},
            {"lead_coupling": not_negative, "sign": FiniteSet(-1, 1)},
        ),
        "rice_mele_hopping": (
            rectified_bond,
            {"angle": drive_angle, "bond": j, "modulation": delta_J},
            {"bond": not_negative},
        ),
        "rice_mele_difference": (lambda: bands.rice_mele_point()[0], path, {}),
        "rice_mele_detuning": (lambda: bands.rice_mele_point()[1], moved, {}),
        "rice_mele_band": (
            bands.rice_mele_band,
            {"sign": bands.sign, "momentum": k} | moved,
            {"sign": FiniteSet(-1, 1)},
        ),
        "hofstadter_band": (bands.third_flux_band, hofstadter, amplitudes | {"band": FiniteSet(0, 1, 2)}),
    }[name]


@cache
def formula_of(name: str) -> Evaluator:
    """The `Evaluator` behind one of these functions, for a live figure or for JavaScript."""
    derived, arguments, domain = _formula(name)
    units = {E_C: 1, J_0: 1, J: 1, omega: 1, t: drive_angle}
    return evaluator(name, derived().subs(units, simultaneous=True), arguments, domain=domain)


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
    return formula_of("charging_parabola")(pairs, induced_charge)


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
    return formula_of("rice_mele_hopping")(angle, bond, modulation)
