"""Amperes, hertz and volts of a pump: the border to SI of this part, ANWB23, Sec. 5.

Inside, hbar = 1 and charges count pairs: a pump with J_0 = 1 at the frequency omega runs at f = omega J/h cycles per
second, where J/h is the hopping in hertz, and carries 2 e f Q.
"""

from functools import cache

import numpy as np
from sympy import Eq, Symbol, pi

from derivations.papers import ANWB23
from derivations.pumping.drives.chain import Chain, require_chain
from derivations.pumping.drives.chains import site_energy_evaluator
from derivations.pumping.engines.infinite_time import averaged_charge
from derivations.pumping.symbols import T, e, omega
from rederived.evaluate.domain import require_integer, require_range, require_real
from rederived.ledger import consistent

__all__ = [
    "charge_tolerance",
    "frequency_window",
    "picoamperes",
    "pumped_current",
]

GRID = np.geomspace(1.0, 0.01, 9)  # frequencies over J_0


def proportional_to_frequency(row) -> bool:
    """It is proportional to the frequency of the drive."""
    return row.rhs.diff(omega, 2) == 0 and row.rhs.subs(omega, 0) == 0


def integer_number_of_pairs(row) -> bool:
    """A period carries C pairs."""
    return row.rhs * 2 * pi / omega / (2 * e) == Symbol("C", integer=True)


@consistent(
    ANWB23,
    "Sec. 5, pumped current",
    proportional_to_frequency,
    integer_number_of_pairs,
    ours="that a period carries C pairs, as Secs. 1 and 2.1 say of a filled band",
)
def pumped_current() -> Eq:
    """Ideal current of a pump whose filled bands have the Chern number C."""
    pairs = Symbol("C", integer=True)
    return Eq(Symbol("I"), (2 * e * pairs / T).subs(T, 2 * pi / omega))


def picoamperes(megahertz, charge=1.0):
    """Current of a pump in pA: ANWB23, Sec. 5.

    Parameters
    ----------
    megahertz: cycles per second over 10^6, omega/2 pi, any shape, in [0, 1e6].
    charge: pairs per cycle, any shape that broadcasts with it, at most 1e6 in size.

    Returns an array of the broadcast shape. Raises ValueError outside these ranges.

    >>> round(float(picoamperes(10)), 3)
    3.204
    """
    from scipy.constants import e as electron

    megahertz = require_range("megahertz", megahertz, 0, 1e6, unit="MHz", remedy="is it in Hz?")
    charge = require_range("charge", charge, -1e6, 1e6, unit="pairs")
    return 2 * electron * megahertz * 1e6 * charge * 1e12


def frequency_window(
    chain: Chain,
    josephson_gigahertz: float,
    *,
    current: float = 1.0,
    error: float = 0.01,
    phases: int = 4,
) -> tuple[float, float]:
    """Lowest and highest drive frequency in MHz at which a pump is measurable and still quantized: ANWB23, Sec. 5.

    Parameters
    ----------
    chain: a pump with `hopping`, half of E_J, its largest hopping without modulation.
    josephson_gigahertz: E_J/h in GHz, in [1e-3, 1e4].
    current: smallest in pA that is measurable, in (0, 1e9].
    error: largest admissible |1 - |Q||, averaged over phases, > 0.
    phases: of the average, >= 1.

    Returns (lowest, highest): the first carries `current` with one pair a cycle, the second is the largest of nine
    frequencies from J_0/h down for which it and all below it are within `error`; 0 if none is.
    Raises ValueError outside these ranges.

    >>> from derivations.pumping.drives.chains import RiceMele
    >>> low, high = frequency_window(RiceMele(6, hopping_modulation=1.2), 10.0)
    >>> low < high
    True
    """
    require_chain(chain, "hopping")
    josephson_gigahertz = require_real(
        "josephson_gigahertz", josephson_gigahertz, 1e-3, 1e4, unit="GHz", remedy="is it in Hz or in MHz?"
    )
    current = require_real("current", current, 0, 1e9, above=True, unit="pA")
    error = require_real("error", error, 0, np.inf, above=True)
    phases = require_integer("phases", phases, 1)
    highest = 0.0
    for frequency in GRID[::-1]:
        if abs(1 - abs(averaged_charge(chain, frequency * chain.hopping, phases))) > error:
            break
        highest = frequency
    lowest = current / float(picoamperes(1.0))
    return lowest, float(highest * josephson_gigahertz / 2 * 1e3)


@cache
def charge_tolerance(gap: float, charging_energy: float) -> float:
    """Error of an induced charge that moves the energy of a pair by the gap: the balance of E_C and E_J."""
    full, empty = (
        site_energy_evaluator()(0, 0, charge, charging_energy)
        for charge in (1.0, 0.0)
    )
    return float(gap / abs(full - empty))
