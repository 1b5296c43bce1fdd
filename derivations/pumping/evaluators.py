"""Single formulas as functions to import, for figures and exercises: ANWB23, Figs. 2 and 3."""

from functools import cache

from sympy import Interval, Symbol, oo

from derivations.evaluator import Evaluator, evaluator
from derivations.pumping.symbols import E_C, J_0, delta_J, g, j, n_1, omega, t

__all__ = ["charging_parabola", "formula_of", "rice_mele_hopping"]

drive_angle = Symbol("theta", real=True)


@cache
def formula_of(name: str) -> Evaluator:
    """The `Evaluator` behind one of these functions, for a live figure or for JavaScript."""
    from derivations.pumping.drives import rectified_bond
    from derivations.pumping.hardcore_bosons import parabola

    if name == "charging_parabola":
        return evaluator(name, parabola(n_1).subs(E_C, 1), {"pairs": n_1, "induced_charge": g})
    hopping = rectified_bond().subs(J_0, 1).subs(omega, 1).subs(t, drive_angle)
    arguments = {"angle": drive_angle, "bond": j, "modulation": delta_J}
    return evaluator(name, hopping, arguments, domain={"bond": Interval(0, oo)})


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
