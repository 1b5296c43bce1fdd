"""The border to SI units: junctions as a laboratory knows them, voltages in volts and currents in amperes.

Inside the book hbar = k_B = 1 and the voltages come over Phi_0; here, and only here, enter the constants of nature.
The cutoff of the rates is the plasma frequency, or that of the island: a factor of order one in it enters the
results with the power 2 alpha.
"""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from derivations.cotunneling.exact.exact_bands import exact_amplitudes
from derivations.cotunneling.exact.exact_island import exact_cooper_pair_amplitudes
from derivations.cotunneling.instantons.pair import Pair, of_both_junctions
from derivations.cotunneling.rates.rates import drag_current, drag_voltage
from rederived.evaluate.domain import require_range, require_real

__all__ = [
    "CoupledJunctions",
    "SeriesJunctions",
    "charging_frequency",
    "drag_amperes",
    "drag_volts",
    "pair_in_si",
]

RATIOS, LARGEST_RATIO = (5.0, 100.0), 10.0  # E_J/E_C and C_m/C of which the bands are known
LARGEST_DEPTH, LARGEST_JOSEPHSON = 8.0, 0.2  # of the island, <phi^2> and E_J/hbar omega_0
DIGITS = 28  # absolute, of gamma/E_J: the least that leaves two junctions at C_m = 10 C a drag


def _si():
    from scipy import constants

    return constants


# What can be made: field, lowest, highest, unit, and what the number may have been given in instead.
EXISTING = {
    "capacitance": (1e-18, 1e-9, "F", "is it in fF or in pF?"),
    "mutual_capacitance": (0.0, 1e-9, "F", "is it in fF or in pF?"),
    "island_capacitance": (1e-18, 1e-9, "F", "is it in fF or in pF?"),
    "inductance": (1e-13, 1e-3, "H", "is it in nH?"),
    "josephson_frequency": (1e6, 1e13, "Hz", "is it in GHz?"),
    "resistance_1": (1e-2, 1e9, "ohm", "is it in kilohms?"),
    "resistance_2": (1e-2, 1e9, "ohm", "is it in kilohms?"),
}


def _require_existing(circuit, **narrower) -> None:
    for field in fields(circuit):
        low, high, unit, remedy = (EXISTING | narrower)[field.name]
        number = require_real(field.name, getattr(circuit, field.name), low, high, unit=unit, remedy=remedy)
        object.__setattr__(circuit, field.name, number)


class _Resistors:
    """Both resistances over the quantum of resistance."""

    @property
    def r_1(self) -> float:
        """R_1/R_Q with R_Q = h/4e^2."""
        return self.resistance_1 / _resistance_quantum()

    @property
    def r_2(self) -> float:
        """R_2/R_Q."""
        return self.resistance_2 / _resistance_quantum()


@dataclass(frozen=True)
class CoupledJunctions(_Resistors):
    """Two equal junctions with a mutual capacitance, each with its own shunt: SLZ25b, Fig. 1, in SI units.

    capacitance, mutual_capacitance: C in [1e-18, 1e-9] and C_m in [0, 10 C], in farads.
    josephson_frequency: E_J/h in hertz, in [1e9, 1e13] and with E_J/E_C in [5, 100]; the critical current is 4 pi e
        times it.
    resistance_1, resistance_2: of the shunts, in ohms, in [0.01, 1e9].

    Raises ValueError outside these ranges.

    >>> pair = CoupledJunctions(1e-15, 1e-15, 200e9, 5e3, 5e3)
    >>> f"{pair.ej_over_ec:.3f}", f"{pair.r_1:.4f}", f"{pair.plasma_frequency:.4e}"
    ('10.325', '0.7748', '1.7605e+11')
    """

    capacitance: float
    mutual_capacitance: float
    josephson_frequency: float
    resistance_1: float
    resistance_2: float

    def __post_init__(self):
        _require_existing(self, josephson_frequency=(1e9, 1e13, "Hz", "is it in GHz?"))
        quantum = charging_frequency(self.capacitance)
        low, high = (ratio * quantum for ratio in RATIOS)
        remedy = f"E_J/E_C must be in [{RATIOS[0]:g}, {RATIOS[1]:g}] at this capacitance"
        require_real("josephson_frequency", self.josephson_frequency, low, high, unit="Hz", remedy=remedy)
        most = LARGEST_RATIO * self.capacitance
        remedy = f"at most {LARGEST_RATIO:g} times `capacitance`"
        require_real("mutual_capacitance", self.mutual_capacitance, 0, most, unit="F", remedy=remedy)

    @property
    def ej_over_ec(self) -> float:
        """E_J/E_C with E_C = e^2/2C of the junction's own capacitance."""
        return self.josephson_frequency / charging_frequency(self.capacitance)

    @property
    def capacitance_ratio(self) -> float:
        """C_m/C."""
        return self.mutual_capacitance / self.capacitance

    @property
    def pair(self) -> Pair:
        """The same junctions without units."""
        return Pair.of_energies(self.ej_over_ec, capacitance_ratio=self.capacitance_ratio)

    @property
    def coupling(self) -> float:
        """lambda = E_J/E_Cm with E_Cm = e^2/2C_m."""
        return self.pair.coupling

    @property
    def plasma_frequency(self) -> float:
        """Omega/2 pi in hertz, of a junction without C_m."""
        return self.pair.xi_1 * self.josephson_frequency


@dataclass(frozen=True)
class SeriesJunctions(_Resistors):
    """Two equal junctions in series, their island returned to ground by an inductor: our reading of SLZ25a, Fig. 2.

    island_capacitance: C_Sigma of the island, with both junctions', in farads, in [1e-18, 1e-9].
    inductance: L_0 of the dc return, in henries, in [1e-13, 1e-3].
    josephson_frequency: E_J/h in hertz, in [1e6, 1e13] and at most 0.2 of `resonance_frequency`; `depth` at most 8.
    resistance_1, resistance_2: in ohms, in [0.01, 1e9].

    Raises ValueError outside these ranges.

    >>> pair = SeriesJunctions(2e-15, 5e-9, 4e9, 8e3, 8e3)
    >>> f"{pair.depth:.4f}", f"{pair.resonance_frequency:.4e}", f"{pair.josephson_ratio:.4f}"
    ('0.7697', '5.0329e+10', '0.0795')
    """

    island_capacitance: float
    inductance: float
    josephson_frequency: float
    resistance_1: float
    resistance_2: float

    def __post_init__(self):
        _require_existing(self)
        remedy = f"E_J/hbar omega_0 must be in (0, {LARGEST_JOSEPHSON:g}], with 1/omega_0^2 = L_0 C_Sigma"
        most = LARGEST_JOSEPHSON * self.resonance_frequency
        require_real("josephson_frequency", self.josephson_frequency, 0, most, unit="Hz", remedy=remedy)
        most = self.inductance * (LARGEST_DEPTH / self.depth) ** 2
        remedy = f"the island's phase must fluctuate by {LARGEST_DEPTH:g} at most, `depth`, at this island_capacitance"
        require_real("inductance", self.inductance, 0, most, unit="H", remedy=remedy)

    @property
    def resonance_frequency(self) -> float:
        """omega_0/2 pi in hertz."""
        return float(
            1 / (2 * np.pi * np.sqrt(self.inductance * self.island_capacitance))
        )

    @property
    def depth(self) -> float:
        """4 E_Sigma/hbar omega_0 with E_Sigma = e^2/2C_Sigma: the mean square of the island's phase."""
        si = _si()
        return (
            4
            * si.e**2
            / (2 * self.island_capacitance)
            / (si.h * self.resonance_frequency)
        )

    @property
    def josephson_ratio(self) -> float:
        """E_J/hbar omega_0."""
        return self.josephson_frequency / self.resonance_frequency


def _require_kind(junctions, kind):
    if not isinstance(junctions, kind):
        raise ValueError(f"Argument `junctions` must be a {kind.__name__}, but got {junctions!r}.")
    return junctions


def _resistance_quantum() -> float:
    si = _si()
    return si.h / (4 * si.e**2)


def charging_frequency(capacitance: float) -> float:
    """e^2/2C over h in hertz, of a capacitance C > 0 in farads.

    >>> f"{charging_frequency(1e-15):.4e}"
    '1.9370e+10'
    """
    capacitance = require_real("capacitance", capacitance, 0, np.inf, above=True)
    si = _si()
    return si.e**2 / (2 * capacitance) / si.h


def pair_in_si(*, josephson_frequency, capacitance, mutual_capacitance: float) -> Pair:
    """Two junctions without units from what a laboratory knows of them: SLZ25b, Eq. 1.

    Parameters
    ----------
    josephson_frequency: (E_J1/h, E_J2/h) > 0, in hertz; the critical current is 4 pi e times it.
    capacitance: (C_1, C_2) > 0 of the junctions by themselves, in farads.
    mutual_capacitance: C_m >= 0, in farads.

    Returns a `Pair`. Raises ValueError outside these ranges.

    >>> pair_in_si(josephson_frequency=(2e11, 2e11), capacitance=(1e-15, 1e-15), mutual_capacitance=1e-15) == (
    ...     CoupledJunctions(1e-15, 1e-15, 200e9, 5e3, 5e3).pair)
    True
    """
    josephson_frequency = of_both_junctions("josephson_frequency", josephson_frequency, "frequencies")
    capacitance = of_both_junctions("capacitance", capacitance, "capacitances")
    mutual_capacitance = require_real("mutual_capacitance", mutual_capacitance, 0, np.inf)
    charging = tuple(map(charging_frequency, capacitance))
    return Pair.of_junctions(josephson_frequency, charging, capacitance_ratio=mutual_capacitance / capacitance[0])


def _flux_quantum() -> float:
    si = _si()
    return si.h / (2 * si.e)


def _over_quantum(
    frequency: float, bias, temperature, name: str, per_unit: float
) -> tuple:
    """Energy of a bias, `per_unit` each, and temperature over h frequency, refused above one and above 1/2 pi.

    Beyond there is no ground state.
    """
    si = _si()
    quantum = si.h * frequency
    unit, other, scaled = {"current": ("A", "nA", "the plasma"), "voltage": ("V", "uV", "the island's")}[name]
    highest = quantum / per_unit
    remedy = f"beyond is no ground state at {scaled} frequency; is it in {other}?"
    bias = require_range(name, bias, -highest, highest, unit=unit, remedy=remedy)
    highest = quantum / (2 * np.pi * si.k)
    temperature = require_range("temperature", temperature, 0, highest, unit="K", remedy="is it in mK?")
    return bias * per_unit / quantum, temperature * si.k / quantum


@lru_cache(maxsize=64)
def _amplitudes(ej_over_ec: float, capacitance_ratio: float) -> dict:
    return exact_amplitudes(ej_over_ec, capacitance_ratio, digits=DIGITS)


def drag_volts(junctions: CoupledJunctions, current, temperature) -> tuple:
    """Voltages of both junctions in volts, from all slips with |n_k| <= 2 and exact amplitudes: SLZ25b, Eqs. 5, 7.

    Parameters
    ----------
    junctions: a `CoupledJunctions`.
    current: bias through junction 1 in amperes, any shape, at most hbar Omega/Phi_0 in size.
    temperature: in kelvins, a shape that broadcasts with it, in [0, hbar Omega/2 pi k_B].

    Returns (V_1, V_2), arrays of the broadcast shape. Raises ValueError outside these ranges.
    Without bias or without C_m there is no V_2; both reverse with the current.

    >>> V_1, V_2 = drag_volts(CoupledJunctions(1e-15, 1e-15, 100e9, 5e3, 5e3), 1e-8, 0.05)
    >>> f"{V_1:.2e} V, {V_2:.2e} V"
    '4.79e-11 V, 3.72e-16 V'
    """
    pair = _require_kind(junctions, CoupledJunctions)
    bias, thermal = _over_quantum(
        pair.plasma_frequency,
        current,
        temperature,
        "current",
        _flux_quantum(),
    )
    exact = _amplitudes(pair.ej_over_ec, pair.capacitance_ratio)
    over_plasma = {
        n: g * pair.josephson_frequency / pair.plasma_frequency
        for n, g in exact.items()
    }
    per_time = 2 * np.pi * pair.plasma_frequency * _flux_quantum()
    return tuple(
        per_time * v
        for v in drag_voltage(over_plasma, pair.r_1, pair.r_2, bias, thermal, 1.0)
    )


def drag_amperes(
    junctions: SeriesJunctions, voltage, temperature, *, cutoff_frequency=None
) -> tuple:
    """Currents through both junctions in amperes, from all transfers with |n_k| <= 2 and exact amplitudes: SLZ25a.

    Parameters
    ----------
    junctions: a `SeriesJunctions`.
    voltage: at junction 1 in volts, any shape, at most hbar omega_0/2e in size.
    temperature: in kelvins, a shape that broadcasts with it, in [0, hbar omega_0/2 pi k_B].
    cutoff_frequency: Omega_c/2 pi in hertz, any shape, in [1e6, 1e13], above which the resistors no longer act; by
        default that of the island. A capacitance across them sets another one, `dual_claims.shunt_cutoff`.

    Returns (I_1, I_2), arrays of the broadcast shape. Raises ValueError outside these ranges.
    Both vanish without bias and reverse with it.

    >>> I_1, I_2 = drag_amperes(SeriesJunctions(2e-15, 5e-9, 8e9, 7e3, 7e3), 20e-6, 0.05)
    >>> f"{I_1:.2e} A, {I_2:.2e} A"
    '2.47e-10 A, 7.84e-15 A'
    """
    pair, pair_charge = _require_kind(junctions, SeriesJunctions), 2 * _si().e
    cutoff = 1.0
    if cutoff_frequency is not None:
        low, high, unit, remedy = EXISTING["josephson_frequency"]
        cutoff_frequency = require_range("cutoff_frequency", cutoff_frequency, low, high, unit=unit, remedy=remedy)
        cutoff = cutoff_frequency / pair.resonance_frequency
    bias, thermal = _over_quantum(
        pair.resonance_frequency,
        voltage,
        temperature,
        "voltage",
        pair_charge,
    )
    gamma = exact_cooper_pair_amplitudes(
        pair.depth, pair.josephson_ratio, pair.josephson_ratio
    )
    per_time = 2 * np.pi * pair.resonance_frequency * pair_charge
    return tuple(
        per_time * i
        for i in drag_current(gamma, pair.r_1, pair.r_2, bias, thermal, cutoff)
    )
