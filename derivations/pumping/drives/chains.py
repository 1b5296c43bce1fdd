"""The two pumps as objects with numbers: chains, as `chain` says what that is, of the drives of ANWB23.

Each coefficient is lambdified from Eqs. 8-13. `many_body` makes the Hamiltonian on 2^N states of them, `bloch_bands`
the bands of an infinite chain.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from numbers import Rational

import numpy as np
from sympy import Expr, Symbol

from derivations.pumping.drives import drives
from derivations.pumping.symbols import (
    E_C,
    J_0,
    Delta_0,
    alpha,
    delta_J,
    delta_mu,
    delta_n,
    g,
    j,
    mean_g,
    omega,
    t,
)
from rederived.evaluate.domain import require_integer, require_range, require_real
from rederived.evaluate.evaluator import Evaluator, evaluator

__all__ = ["HarperHofstadter", "RiceMele", "hofstadter_charge_evaluator", "site_energy_evaluator"]

angle = Symbol("theta", real=True)


def _of_drive(name: str, derived: Expr, **amplitudes: Symbol) -> Evaluator:
    """A coefficient of the Hamiltonian as a function of drive angle, island and amplitudes."""
    return evaluator(name, derived.subs(omega, 1).subs(t, angle), {"angle": angle, "island": j, **amplitudes})


@cache
def _rice_mele_site_energy() -> Evaluator:
    return _of_drive("rice_mele_site_energy", drives.rice_mele_site_energy(), detuning=Delta_0)


@cache
def _rice_mele_charge() -> Evaluator:
    return _of_drive("rice_mele_charge", drives.rice_mele_charge(), modulation=delta_n)


@cache
def _implied_modulation() -> Evaluator:
    amplitude = drives.implied_charge_amplitude()
    return _of_drive("implied_modulation", amplitude, detuning=Delta_0, charging_energy=E_C)


@cache
def _bond() -> Evaluator:
    return _of_drive("bond", drives.rectified_bond(), hopping=J_0, modulation=delta_J)


@cache
def _kink_cosine() -> Evaluator:
    return _of_drive("kink_cosine", drives.kink_cosine(), hopping=J_0, modulation=delta_J)


@cache
def hofstadter_charge_evaluator() -> Evaluator:
    """Induced charge of the Harper-Hofstadter drive, of (angle, island, mean, amplitude, E_C, flux)."""
    amplitudes = {"mean": mean_g, "amplitude": delta_mu, "charging_energy": E_C, "flux": alpha}
    return _of_drive("hofstadter_charge", drives.hofstadter_charge(), **amplitudes)


@cache
def site_energy_evaluator() -> Evaluator:
    """What a pair on an island costs, of (angle, island, induced charge, E_C); the first two do not matter."""
    return _of_drive("site_energy", drives.site_energy_of_charge(), charge=g, charging_energy=E_C)


class _Chain:
    """What both pumps have in common."""

    def _set(self, **values) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _at(self, coefficient: Evaluator, drive_angle, sites: int, *amplitudes) -> np.ndarray:
        drive_angle = require_range("angle", drive_angle, -np.inf, np.inf)[..., None]
        return coefficient(drive_angle, np.arange(sites), *amplitudes)

    def of_length(self, islands: int):
        """The same drive on another number of islands."""
        return replace(self, islands=islands)

    @property
    def states(self) -> int:
        """Number of many-body states, 2^N."""
        return 2**self.islands


@dataclass(frozen=True)
class RiceMele(_Chain):
    """The Rice-Mele pump: ANWB23, Eqs. 9-12, with leads and repulsion.

    Parameters
    ----------
    islands: N, an integer >= 1; the paper's chains have an even number.
    hopping: J_0 = E_J/2, mean of the hopping before rectification, >= 0. All energies in one unit, hbar = 1.
    hopping_modulation: delta J, finite; above `hopping` the drive is clipped. A negative one reverses the pump.
    detuning: Delta_0, finite: site energies are (-1)^j detuning sin(omega t). A negative one reverses the pump.
    lead_coupling: E_L >= 0, the Josephson energy between the ends and the leads.
    interaction: U >= 0, repulsion of neighbors.
    charging_energy: E_C > 0; enters only through the induced charges next to U.
    induced_charge_modulation: amplitude of n_g,j = 1/2 - (-1)^j amplitude sin(omega t) next to U;
        by default detuning/(2 E_C), which Eq. 5 implies.

    Raises ValueError for an argument outside its range.

    >>> pump = RiceMele(4)
    >>> pump.site_energies(np.pi / 2).round(3).tolist(), pump.bonds(0.0).round(3).tolist()
    ([6.0, -6.0, 6.0, -6.0], [1.7, 0.3, 1.7])
    """

    islands: int
    hopping: float = 1.0
    hopping_modulation: float = 0.7
    detuning: float = 6.0
    lead_coupling: float = 4.0
    interaction: float = 0.0
    charging_energy: float = 8.0
    induced_charge_modulation: float | None = None

    def __post_init__(self):
        given = self.induced_charge_modulation
        self._set(
            islands=require_integer("islands", self.islands, 1),
            hopping=require_real("hopping", self.hopping, 0, np.inf),
            hopping_modulation=require_real("hopping_modulation", self.hopping_modulation, -np.inf, np.inf),
            detuning=require_real("detuning", self.detuning, -np.inf, np.inf),
            lead_coupling=require_real("lead_coupling", self.lead_coupling, 0, np.inf),
            interaction=require_real("interaction", self.interaction, 0, np.inf),
            charging_energy=require_real("charging_energy", self.charging_energy, 0, np.inf, above=True),
            induced_charge_modulation=None
            if given is None
            else require_real("induced_charge_modulation", given, -np.inf, np.inf),
        )

    @property
    def cell(self) -> int:
        """Islands in a unit cell."""
        return 2

    def site_energies(self, angle) -> np.ndarray:
        """Energy of a pair on each island without repulsion, shape (..., N), at drive angles of shape (...)."""
        return self._at(_rice_mele_site_energy(), angle, self.islands, self.detuning)

    def bonds(self, angle) -> np.ndarray:
        """Hopping of each bond, shape (..., N - 1), at drive angles of shape (...)."""
        return self._at(_bond(), angle, self.islands - 1, self.hopping, self.hopping_modulation)

    def induced_charges(self, angle) -> np.ndarray:
        """Induced charges next to U in Cooper pairs, shape (..., N), at drive angles of shape (...)."""
        amplitude = self.induced_charge_modulation
        if amplitude is None:
            amplitude = float(_implied_modulation()(0, 0, self.detuning, self.charging_energy))
        return self._at(_rice_mele_charge(), angle, self.islands, amplitude)

    @property
    def kinks(self) -> np.ndarray:
        """Drive angles in (0, 2 pi) at which the clipped hopping of a bond has a kink; none for an unclipped drive."""
        if self.islands == 1 or abs(self.hopping_modulation) <= self.hopping:
            return np.empty(0)
        sites = np.arange(min(self.islands - 1, 2))
        found = np.arccos(_kink_cosine()(0.0, sites, self.hopping, self.hopping_modulation))
        return np.unique(np.concatenate([found, 2 * np.pi - found]))


@dataclass(frozen=True)
class HarperHofstadter(_Chain):
    """The Harper-Hofstadter pump at flux p/q: ANWB23, Eqs. 13, 27 and 28, with leads and repulsion.

    Parameters
    ----------
    islands: N, an integer >= 1.
    hopping: J = E_J/2 >= 0, uniform and constant. All energies in one unit, hbar = 1.
    onsite_modulation: delta mu, finite: n_g,j = mean + onsite_modulation/(2 E_C) cos(omega t - 2 pi flux j).
    mean_induced_charge: in [0, 1], in Cooper pairs; sets the filling.
    lead_coupling: E_L >= 0, the Josephson energy between the ends and the leads.
    interaction: U >= 0, repulsion of neighbors.
    charging_energy: E_C > 0: site energies are E_C (1 - 2 n_g,j).
    flux: p/q, a Fraction or an integer.

    Raises ValueError for an argument outside its range.

    >>> pump = HarperHofstadter(3)
    >>> pump.site_energies(0.0).round(3).tolist(), pump.bonds(0.0).tolist()
    ([-0.2, 1.3, 1.3], [0.5, 0.5])
    """

    islands: int
    hopping: float = 0.5
    onsite_modulation: float = 1.0
    mean_induced_charge: float = 0.4
    lead_coupling: float = 1.0
    interaction: float = 0.0
    charging_energy: float = 4.0
    flux: Fraction = Fraction(1, 3)

    def __post_init__(self):
        if not isinstance(self.flux, Rational) or isinstance(self.flux, bool | np.timedelta64):
            raise ValueError(f"Argument `flux` must be a Fraction or an integer, but got {self.flux!r}.")
        self._set(
            islands=require_integer("islands", self.islands, 1),
            hopping=require_real("hopping", self.hopping, 0, np.inf),
            onsite_modulation=require_real("onsite_modulation", self.onsite_modulation, -np.inf, np.inf),
            mean_induced_charge=require_real("mean_induced_charge", self.mean_induced_charge, 0, 1),
            lead_coupling=require_real("lead_coupling", self.lead_coupling, 0, np.inf),
            interaction=require_real("interaction", self.interaction, 0, np.inf),
            charging_energy=require_real("charging_energy", self.charging_energy, 0, np.inf, above=True),
            flux=Fraction(self.flux),
        )

    @property
    def cell(self) -> int:
        """Islands in a unit cell: the denominator of the flux."""
        return self.flux.denominator

    def site_energies(self, angle) -> np.ndarray:
        """Energy of a pair on each island without repulsion, shape (..., N), at drive angles of shape (...)."""
        return site_energy_evaluator()(0, 0, self.induced_charges(angle), self.charging_energy)

    def bonds(self, angle) -> np.ndarray:
        """Hopping of each bond, shape (..., N - 1), at drive angles of shape (...)."""
        return self._at(_bond(), angle, self.islands - 1, self.hopping, 0.0)

    def induced_charges(self, angle) -> np.ndarray:
        """Induced charges in Cooper pairs, shape (..., N), at drive angles of shape (...)."""
        amplitudes = (
            self.mean_induced_charge,
            self.onsite_modulation,
            self.charging_energy,
            float(self.flux),
        )
        return self._at(hofstadter_charge_evaluator(), angle, self.islands, *amplitudes)

    @property
    def kinks(self) -> np.ndarray:
        """Drive angles at which a bond is not smooth: none, since no bond is driven."""
        return np.empty(0)
