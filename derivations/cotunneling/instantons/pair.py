"""Two coupled junctions, however they are named: one set of numbers, and every other one made from it.

An amplitude over a Josephson energy depends on four numbers only. Papers and laboratories choose different ones;
that E_C/E_J is xi^2/8 and C_m/C is E_C/E_Cm are the two facts behind all conversions. They are derived here, from the
plasma frequency and from what the charging energies are, and converted nowhere else:

    xi_k = Omega_k/E_Jk,   coupling = E_J1/E_Cm,   kappa = E_J1/E_J2,   capacitance_ratio = C_m/C_1

with E_Ck = e^2/2C_k of each junction by itself, Omega_k = sqrt(8 E_Jk E_Ck) without C_m, and E_Cm = e^2/2C_m.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Eq, Expr, Interval, Symbol, oo, simplify, solve

from derivations.cotunneling.instantons.instanton import in_plasma_units, plasma_frequency
from derivations.cotunneling.symbols import E_J, E_J1, C, C_m, E_Cm, Omega, coupling, e, xi_1
from rederived.evaluate.declared import evaluates
from rederived.kept import kept

__all__ = [
    "Pair",
    "capacitance_of",
    "charging_over_josephson",
    "coupling_of_ratio",
    "depth_over_ratio",
    "frequency_over_energy",
    "frequency_ratio",
    "of_both_junctions",
    "mutual_capacitance_of",
    "r",
]

r = Symbol("r", positive=True)  # C_m/C_1
xi, ec_over_ej = Symbol("xi", real=True), Symbol("ec_over_ej", real=True)
POSITIVE = Interval.open(0, oo)


def capacitance_of(frequency: Expr, energy: Expr) -> Expr:
    """C of a junction of the given Omega/E_J and E_J: Eq. 13 of SLZ25b, solved."""
    return solve(plasma_frequency(), C)[0].subs(Omega, frequency * E_J).subs(E_J, energy)


def mutual_capacitance_of(energy: Expr) -> Expr:
    """C_m at the coupling E_J/E_Cm, for the Josephson energy that it is over."""
    return solve(Eq(coupling, energy / E_Cm), C_m)[0]


@kept
def coupling_of_ratio() -> Expr:
    """The coupling E_J1/E_Cm at C_m = r C_1, in terms of r and xi_1."""
    return simplify((E_J1 / E_Cm).subs(C_m, r * capacitance_of(xi_1, E_J1)))


@kept
def depth_over_ratio() -> Expr:
    """A/r = 2 C_m Omega/e^2 over C_m/C of equal junctions, in terms of E_J and Omega."""
    return in_plasma_units((2 * C_m * Omega / e**2).subs(C_m, r * C)) / r


@evaluates({"xi": xi}, domain={"xi": POSITIVE})
def charging_over_josephson() -> Expr:
    """E_C/E_J in terms of Omega/E_J."""
    return simplify(e**2 / (2 * capacitance_of(xi, E_J)) / E_J)


@evaluates({"ec_over_ej": ec_over_ej}, domain={"ec_over_ej": POSITIVE}, name="frequency_ratio")
def frequency_over_energy() -> Expr:
    """Omega/E_J in terms of E_C/E_J."""
    return simplify((plasma_frequency().rhs / E_J).subs(C, e**2 / (2 * ec_over_ej * E_J)))


def frequency_ratio(ec_over_ej):
    """xi = Omega/E_J of a junction from E_C/E_J > 0, both dimensionless.

    >>> f"{frequency_ratio(0.07):.6f}"
    '0.748331'
    """
    return frequency_over_energy.evaluator(ec_over_ej)


def of_both_junctions(name: str, values, what: str):
    """Two positive numbers or arrays, one a junction, as an array; ValueError if they are anything else."""
    from rederived.evaluate.domain import require_range

    array = require_range(name, values, 0, float("inf"), above=True)
    if array.shape[:1] != (2,):
        count = len(array) if array.ndim else 1
        raise ValueError(f"Argument `{name}` must have two {what}, one a junction, but has {count}.")
    return array


@dataclass(frozen=True)
class Pair:
    """Two Josephson junctions with a mutual capacitance, up to the unit of energy: SLZ25b, Eqs. 1 and 31.

    Parameters
    ----------
    xi_1, xi_2: Omega_k/E_Jk of each junction without C_m, dimensionless, positive.
    coupling: E_J1/E_Cm with E_Cm = e^2/2C_m, dimensionless, not negative.
    kappa: E_J1/E_J2, dimensionless, positive.

    Each may be an array; they broadcast. Raises ValueError outside these ranges. What else a pair is known by is an
    attribute; `by_coupling`, `by_capacitance` and `in_charge_basis` are the arguments of the functions that take
    them, so that no number is converted by hand. Converted numbers are rounded: at the very border of a function's
    range, give it the number itself.

    >>> from derivations.cotunneling import cotunneling_amplitude, slip_amplitude
    >>> pair = Pair.of_energies(10.0, capacitance_ratio=0.5)
    >>> pair.coupling, f"{pair.xi_1:.4f}", f"{pair.depth:.4f}"
    (5.0, '0.8944', '4.4721')
    >>> f"{cotunneling_amplitude(1, **pair.by_coupling):.3e}", f"{slip_amplitude((1, 1), **pair.by_capacitance):.3e}"
    ('8.192e-08', '7.616e-08')
    """

    xi_1: float
    xi_2: float
    coupling: float
    kappa: float = 1.0

    def __post_init__(self):
        from rederived.evaluate.domain import require_range

        for name in ("xi_1", "xi_2", "coupling", "kappa"):
            value = require_range(name, getattr(self, name), 0, float("inf"), above=name != "coupling")
            object.__setattr__(self, name, _plain(value))

    @classmethod
    def of_frequencies(cls, xi_1, xi_2=None, *, capacitance_ratio, kappa=1.0) -> Pair:
        """Make it from xi_k = Omega_k/E_Jk > 0, C_m/C_1 >= 0 and E_J1/E_J2 > 0; equal junctions without `xi_2`.

        >>> Pair.of_frequencies(0.5, capacitance_ratio=0.25)
        Pair(xi_1=0.5, xi_2=0.5, coupling=8.0, kappa=1.0)
        """
        from rederived.evaluate.domain import require_range

        capacitance_ratio = require_range("capacitance_ratio", capacitance_ratio, 0, float("inf"))
        first = charging_over_josephson.evaluator(xi_1)
        return cls(xi_1, xi_1 if xi_2 is None else xi_2, capacitance_ratio / _plain(first), kappa)

    @classmethod
    def of_energies(cls, ej_over_ec, *, capacitance_ratio) -> Pair:
        """Make two equal junctions from E_J/E_C > 0, E_C = e^2/2C of one by itself, and C_m/C >= 0.

        >>> Pair.of_energies(32.0, capacitance_ratio=0.25)
        Pair(xi_1=0.5, xi_2=0.5, coupling=8.0, kappa=1.0)
        """
        from rederived.evaluate.domain import require_range

        ej_over_ec = require_range("ej_over_ec", ej_over_ec, 0, float("inf"), above=True)
        capacitance_ratio = require_range("capacitance_ratio", capacitance_ratio, 0, float("inf"))
        xi = _plain(frequency_ratio(1 / ej_over_ec))
        return cls(xi, xi, capacitance_ratio * ej_over_ec)

    @classmethod
    def of_junctions(cls, josephson, charging, *, capacitance_ratio) -> Pair:
        """Make it from (E_J1, E_J2) and (E_C1, E_C2) > 0, E_Ck = e^2/2C_k, in any one unit, and C_m/C_1 >= 0.

        >>> Pair.of_junctions((8.0, 4.0), (0.25, 0.5), capacitance_ratio=0.25)
        Pair(xi_1=0.5, xi_2=1.0, coupling=8.0, kappa=2.0)
        """
        from rederived.evaluate.domain import require_range

        josephson = of_both_junctions("josephson", josephson, "energies")
        charging = of_both_junctions("charging", charging, "energies")
        capacitance_ratio = require_range("capacitance_ratio", capacitance_ratio, 0, float("inf"))
        xi_1, xi_2 = (_plain(frequency_ratio(c / j)) for j, c in zip(josephson, charging, strict=True))
        coupling = capacitance_ratio * (josephson[0] / charging[0])
        return cls(xi_1, xi_2, coupling, josephson[0] / josephson[1])

    @property
    def coupling_2(self):
        """E_J2/E_Cm."""
        return self.coupling / self.kappa

    @property
    def capacitance_ratio(self):
        """C_m/C_1."""
        return self.coupling * _plain(charging_over_josephson.evaluator(self.xi_1))

    @property
    def ej_over_ec(self) -> tuple:
        """E_Jk/E_Ck of both."""
        return tuple(1 / _plain(charging_over_josephson.evaluator(x)) for x in (self.xi_1, self.xi_2))

    @property
    def depth(self):
        """A = 2 C_m Omega_1/e^2, what slips of equal junctions attract each other by."""
        return self.coupling * self.xi_1

    @property
    def exchanged(self) -> Pair:
        """The same circuit, its junctions named the other way round."""
        return Pair(self.xi_2, self.xi_1, self.coupling_2, 1 / self.kappa)

    @property
    def by_coupling(self) -> dict:
        """What `cotunneling_amplitude` takes."""
        return {"xi_1": self.xi_1, "xi_2": self.xi_2, "coupling": self.coupling, "kappa": self.kappa}

    @property
    def by_capacitance(self) -> dict:
        """What `slip_amplitude`, `slip_path` and `uniform_pair_amplitude` take."""
        ratio = self.capacitance_ratio
        return {"xi_1": self.xi_1, "xi_2": self.xi_2, "capacitance_ratio": ratio, "kappa": self.kappa}

    @property
    def in_charge_basis(self) -> dict:
        """What `two_junction_amplitudes` takes, energies in units of sqrt(E_J1 E_J2)."""
        josephson = self.kappa**0.5, self.kappa**-0.5
        charging = tuple(j / ratio for j, ratio in zip(josephson, self.ej_over_ec, strict=True))
        return {"josephson": josephson, "charging": charging, "capacitance_ratio": self.capacitance_ratio}


def _plain(value):
    """A number of numpy as one of Python; arrays stay what they are."""
    return value.item() if value.ndim == 0 else value
