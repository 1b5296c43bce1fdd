"""Amperes, hertz and volts of a pump: the border to SI of this part, ANWB23, Sec. 5.

Inside, hbar = 1 and charges count pairs: a pump with J_0 = 1 at the frequency omega runs at f = omega J/h cycles per
second, where J/h is the hopping in hertz, and carries 2 e f Q.
"""

from functools import cache

import numpy as np
from sympy import Eq, Symbol, pi

from derivations.ledger import ANWB23, Finding, claim, consistent
from derivations.pumping.chains import HarperHofstadter, RiceMele
from derivations.pumping.symbols import T, e, omega
from derivations.ranges import require_integer, require_range, require_real

__all__ = [
    "charge_tolerance",
    "current_needs_megahertz",
    "frequency_window",
    "gap_is_smaller_of_two",
    "picoamperes",
    "pumped_current",
    "ten_megahertz_is_adiabatic",
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
    chain: RiceMele | HarperHofstadter,
    josephson_gigahertz: float,
    *,
    current: float = 1.0,
    error: float = 0.01,
    phases: int = 4,
) -> tuple[float, float]:
    """Lowest and highest drive frequency in MHz at which a pump is measurable and still quantized: ANWB23, Sec. 5.

    Parameters
    ----------
    chain: in units in which its largest hopping without modulation is `chain.hopping`, half of E_J.
    josephson_gigahertz: E_J/h in GHz, in [1e-3, 1e4].
    current: smallest in pA that is measurable, in (0, 1e9].
    error: largest admissible |1 - |Q||, averaged over phases, > 0.
    phases: of the average, >= 1.

    Returns (lowest, highest): the first carries `current` with one pair a cycle, the second is the largest of nine
    frequencies from J_0/h down for which it and all below it are within `error`; 0 if none is.
    Raises ValueError outside these ranges.

    >>> low, high = frequency_window(RiceMele(6, hopping_modulation=1.2), 10.0)
    >>> low < high
    True
    """
    from derivations.pumping.infinite_time import pumped_charge

    josephson_gigahertz = require_real(
        "josephson_gigahertz", josephson_gigahertz, 1e-3, 1e4, unit="GHz", remedy="is it in Hz or in MHz?"
    )
    current = require_real("current", current, 0, 1e9, above=True, unit="pA")
    error = require_real("error", error, 0, np.inf, above=True)
    phases = require_integer("phases", phases, 1)
    angles = (np.arange(phases) + 0.5) * 2 * np.pi / phases
    highest = 0.0
    for frequency in GRID[::-1]:
        charge = np.mean(pumped_charge(chain, frequency * chain.hopping, angles))
        if abs(1 - abs(charge)) > error:
            break
        highest = frequency
    lowest = current / float(picoamperes(1.0))
    return lowest, float(highest * josephson_gigahertz / 2 * 1e3)


@claim(
    ANWB23,
    "Sec. 5, current",
    where="Sec. 5, paragraph on the frequency",
    ours="both numbers, lost in our copy; 1 pA as clearly measurable",
)
def current_needs_megahertz() -> Finding:
    """To measure a current of picoamperes with ease one has to pump at megahertz."""
    needed = 1 / float(picoamperes(1.0))
    evidence = (
        f"1 pA is one pair per cycle at {needed:.2f} MHz, as omega/2 pi; 10 MHz carry {float(picoamperes(10)):.2f} pA,"
        f" 100 MHz {float(picoamperes(100)):.1f} pA."
    )
    return Finding(needed, 1 < needed < 10, evidence)


@claim(
    ANWB23,
    "Sec. 5, upper frequency",
    where="Sec. 5, end of the paragraph on the frequency; Sec. 6, last paragraph",
    ours="all numbers, lost in our copy: E_J/h = 10 GHz, at least 1 pA, at most one percent off",
)
def ten_megahertz_is_adiabatic() -> Finding:
    """The gap limits the frequency from above, and measurable currents fit below that limit."""
    chains = {
        "Rice-Mele, clipped": RiceMele(6, hopping_modulation=1.2),
        "Harper-Hofstadter": HarperHofstadter(9),
    }
    found = {name: frequency_window(chain, 10.0) for name, chain in chains.items()}
    listed = "; ".join(
        f"{name} {low:.1f} to {high:.0f} MHz" for name, (low, high) in found.items()
    )
    widest = min(high / low for low, high in found.values())
    evidence = f"E_J/h = 10 GHz, at least 1 pA, at most one percent off: {listed}, as omega/2 pi."
    return Finding(widest, widest > 1, evidence)


@claim(
    ANWB23,
    "Sec. 5, gap",
    where="Sec. 5, paragraph on the frequency",
    ours="the symbols, lost in our copy; the amplitudes that are large enough",
)
def gap_is_smaller_of_two() -> Finding:
    """If the gates move far enough, the gap of either pump is the smaller of the lead's and one proportional to E_J."""
    from derivations.pumping.many_body import many_body_gap

    weak, larger, strong, twice = (
        many_body_gap(
            RiceMele(4, hopping=hopping, hopping_modulation=hopping, lead_coupling=lead, detuning=12.0), np.pi / 3
        )
        for hopping, lead in ((1.0, 0.5), (1.0, 1.5), (1.0, 20.0), (2.0, 20.0))
    )
    couplings = (0.1, 0.2, 0.4, 1.0, 4.0)
    other = [many_body_gap(HarperHofstadter(6, lead_coupling=lead)) for lead in couplings]
    gaps, leads = ", ".join(f"{gap:.3f}" for gap in other), ", ".join(f"{lead:g}" for lead in couplings)
    far = {"onsite_modulation": 16.0, "charging_energy": 64.0, "mean_induced_charge": 0.4375, "lead_coupling": 8.0}
    deep, deeper = (many_body_gap(HarperHofstadter(6, hopping=hopping, **far)) for hopping in (0.5, 1.0))
    evidence = (
        f"Rice-Mele, four islands, delta J = J_0, Delta_0 = 12: {weak:.3f}, {larger:.3f}, {strong:.3f} at E_L = 0.5,"
        f" 1.5, 20 for J_0 = 1; {twice:.3f} at E_L = 20 for J_0 = 2. Harper-Hofstadter, six islands, J = 0.5: {gaps}"
        f" at E_L = {leads}, rounded off in between; with delta mu = {far['onsite_modulation']:g} and E_L ="
        f" {far['lead_coupling']:g} it is {deep:.3f} at J = 0.5, {deeper:.3f} at J = 1."
    )
    follows = abs(weak - 0.5) < 0.02 and abs(larger - 1.5) < 0.1 and abs(twice / strong - 2) < 1e-6
    saturates = abs(other[0] / 0.1 - 1) < 0.05 and abs(other[4] / other[3] - 1) < 0.02
    proportional = abs(deeper / deep / 2 - 1) < 0.05
    return Finding(strong, bool(follows and saturates and proportional), evidence)


@cache
def charge_tolerance(gap: float, charging_energy: float) -> float:
    """Error of an induced charge that moves the energy of a pair by the gap: the balance of E_C and E_J."""
    from derivations.pumping.chains import evaluator_of

    full, empty = (
        evaluator_of("site_energy")(0, 0, charge, charging_energy)
        for charge in (1.0, 0.0)
    )
    return float(gap / abs(full - empty))
