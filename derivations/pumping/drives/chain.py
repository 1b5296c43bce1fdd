"""What a chain is: all that the solvers of this part ask of a pump, and the one check of a drive.

Everything depends on time through the drive angle omega t only. A `Chain` of N islands, j = 0 ... N - 1, has

    chain.islands, chain.lead_coupling, chain.interaction    N, E_L, U
    chain.site_energies(angle)    energy of a pair on island j without U, shape (..., N)
    chain.bonds(angle)            J_j >= 0, the hopping between islands j and j + 1, shape (..., N - 1)
    chain.induced_charges(angle)  n_g,j of the repulsion U (n_j - n_g,j)(n_j+1 - n_g,j+1), shape (..., N)
    chain.kinks                   drive angles in (0, 2 pi), sorted, at which a bond is not smooth

for an angle of any shape (...). `RiceMele`, `HarperHofstadter` and `Imperfect` are chains, and `from_functions` makes
one of a reader's own drive; so does any class with these attributes. Bands are those of an infinite chain: they ask
for a `PeriodicChain`, which knows its unit cell besides.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from inspect import getattr_static
from typing import Protocol, runtime_checkable

import numpy as np

from rederived.evaluate.domain import real_numbers, require_integer, require_range, require_real

__all__ = [
    "Chain",
    "OwnChain",
    "PeriodicChain",
    "from_functions",
    "require_chain",
    "require_drive",
    "require_one_drive",
]

OF_A_CHAIN = ("islands", "lead_coupling", "interaction", "kinks", "site_energies", "bonds", "induced_charges")
OF_A_PERIODIC_CHAIN = (*OF_A_CHAIN, "cell", "of_length")
SAMPLES = 2 * np.pi * np.arange(13) / 13  # drive angles at which a drive given as functions is looked at
PERIODIC = 1e-9  # over the largest energy: a turn of the drive adds 1e-15 to an angle


@runtime_checkable
class Chain(Protocol):
    """A driven chain between leads, as every solver of this part takes it; see the module for units and shapes."""

    @property
    def islands(self) -> int:
        """N, an integer >= 1."""

    @property
    def lead_coupling(self) -> float:
        """E_L >= 0, the Josephson energy between the ends and the leads."""

    @property
    def interaction(self) -> float:
        """U >= 0, repulsion of neighbors."""

    @property
    def kinks(self) -> np.ndarray:
        """Drive angles in (0, 2 pi), sorted, at which a bond is not smooth."""

    def site_energies(self, angle) -> np.ndarray:
        """Energy of a pair on each island without repulsion, shape (..., N), at drive angles of shape (...)."""

    def bonds(self, angle) -> np.ndarray:
        """Hopping of each bond, >= 0, shape (..., N - 1), at drive angles of shape (...)."""

    def induced_charges(self, angle) -> np.ndarray:
        """Induced charges next to U in Cooper pairs, shape (..., N), at drive angles of shape (...)."""


@runtime_checkable
class PeriodicChain(Chain, Protocol):
    """A chain that repeats itself from cell to cell, and so has bands."""

    @property
    def cell(self) -> int:
        """Islands in a unit cell."""

    def of_length(self, islands: int) -> "PeriodicChain":
        """The same drive on another number of islands."""


def require_chain(chain, *more: str) -> None:
    """Raise ValueError unless `chain` has what a `Chain` has, and the attributes `more`.

    >>> require_chain(3)
    Traceback (most recent call last):
    ValueError: Argument `chain` must be a Chain, but int lacks islands, lead_coupling, interaction, kinks, \
site_energies, bonds, induced_charges; `from_functions` makes one of functions.
    """
    wanted = dict.fromkeys((*OF_A_CHAIN, *more))
    missing = [name for name in wanted if getattr_static(chain, name, None) is None]
    if missing:
        kind = "a PeriodicChain" if "cell" in more else "a Chain"
        with_more = "".join(f" with {name}" for name in missing if name in more and name not in OF_A_PERIODIC_CHAIN)
        raise ValueError(
            f"Argument `chain` must be {kind}{with_more}, but {type(chain).__name__} lacks {', '.join(missing)};"
            " `from_functions` makes one of functions."
        )


def require_drive(
    chain, frequency, phase=0.0, *, least: int = 1, most: float = np.inf, free: bool = False, steps=None
) -> tuple[np.ndarray, np.ndarray]:
    """Frequencies and phases broadcast to one shape, or ValueError for what no solver takes.

    chain: refused unless it is a `Chain` of `least` to `most` islands, without repulsion if `free`.
    frequency: omega, any shape, > 0.
    phase: in radians, any shape that broadcasts with it, finite.
    steps: of a period, None or an integer >= 4; `steps.require_steps` knows how many this drive needs.
    """
    require_chain(chain)
    if not least <= chain.islands <= most:
        raise ValueError(f"Argument `chain` must have islands in [{least}, {most:g}], but got {chain.islands}.")
    if free and chain.interaction:
        raise ValueError(f"Argument `chain` must have interaction in [0, 0], but got {chain.interaction}.")
    frequency = require_range("frequency", frequency, 0, np.inf, above=True)
    phase = require_range("phase", phase, -np.inf, np.inf)
    if steps is not None:
        require_integer("steps", steps, 4)
    frequency, phase = np.broadcast_arrays(frequency, phase)
    return frequency, phase


def require_one_drive(chain, frequency, phase=0.0, **limits) -> tuple[float, float]:
    """One frequency and one phase as floats, or ValueError, by the rule of `require_drive`."""
    frequency = require_real("frequency", frequency, 0, np.inf, above=True)
    phase = require_real("phase", phase, -np.inf, np.inf)
    require_drive(chain, frequency, phase, **limits)
    return frequency, phase


@dataclass(frozen=True)
class OwnChain:
    """A chain whose drive is given as functions; made by `from_functions`."""

    islands: int
    site_energy: Callable
    bond: Callable
    induced_charge: Callable
    lead_coupling: float
    interaction: float
    corners: tuple[float, ...]
    cell: int | None

    @property
    def kinks(self) -> np.ndarray:
        """Drive angles in (0, 2 pi), sorted, at which a bond is not smooth."""
        return np.array(self.corners, dtype=float)

    def of_length(self, islands: int) -> "OwnChain":
        """The same drive on another number of islands."""
        return replace(self, islands=islands)

    def site_energies(self, angle) -> np.ndarray:
        """Energy of a pair on each island without repulsion, shape (..., N), at drive angles of shape (...)."""
        return _sampled("site_energy", self.site_energy, angle, self.islands)

    def bonds(self, angle) -> np.ndarray:
        """Hopping of each bond, shape (..., N - 1), at drive angles of shape (...)."""
        return _sampled("bond", self.bond, angle, self.islands - 1)

    def induced_charges(self, angle) -> np.ndarray:
        """Induced charges next to U, shape (..., N), at drive angles of shape (...)."""
        return _sampled("induced_charge", self.induced_charge, angle, self.islands)


def _sampled(name: str, function: Callable, angle, sites: int) -> np.ndarray:
    angle = require_range("angle", angle, -np.inf, np.inf)
    values = real_numbers(name, function(angle[..., None], np.arange(sites)))
    return np.broadcast_to(values, (*angle.shape, sites)).copy()


def _half(angle, island) -> float:
    return 0.5


def from_functions(
    islands: int,
    site_energy: Callable,
    bond: Callable,
    *,
    lead_coupling: float = 0.0,
    interaction: float = 0.0,
    induced_charge: Callable | None = None,
    kinks: tuple[float, ...] = (),
    cell: int | None = None,
) -> OwnChain:
    """A chain of a reader's own drive, for `pumped_charge` and every other solver: ANWB23, Eqs. 5, 15 and 24.

    Parameters
    ----------
    islands: N, an integer >= 1.
    site_energy: function (angle, island) -> energy of a pair without repulsion; like the next two it takes drive
        angles in radians and integers j = 0, 1, ..., arrays that broadcast, and has the period 2 pi in the angle.
    bond: function (angle, island) -> hopping J_j >= 0 between islands j and j + 1.
    lead_coupling: E_L >= 0. All energies in one unit, hbar = 1.
    interaction: U >= 0.
    induced_charge: function (angle, island) -> n_g,j next to U; needed if `interaction` is not zero.
    kinks: drive angles in (0, 2 pi) at which a bond is not smooth; a solver that steps over one loses digits.
    cell: islands after which the drive repeats itself, for bands and Chern numbers.

    Raises ValueError for values outside these ranges, for a drive without that period, and for a `cell` after which
    the drive does not repeat itself.

    >>> pump = from_functions(4, lambda angle, j: 6 * (-1.0) ** j * np.sin(angle),
    ...                       lambda angle, j: 1 + 0.7 * (-1.0) ** j * np.cos(angle), lead_coupling=4.0, cell=2)
    >>> pump.bonds(0.0).round(3).tolist()
    [1.7, 0.3, 1.7]
    """
    islands = require_integer("islands", islands, 1)
    cell = None if cell is None else require_integer("cell", cell, 1)
    lead_coupling = require_real("lead_coupling", lead_coupling, 0, np.inf)
    interaction = require_real("interaction", interaction, 0, np.inf)
    corners = np.unique(real_numbers("kinks", kinks))
    if not ((corners > 0) & (corners < 2 * np.pi)).all():
        raise ValueError(f"Argument `kinks` must be in (0, 2 pi), but got {kinks!r}.")
    if interaction and induced_charge is None:
        raise ValueError("Argument `induced_charge` must be a function where `interaction` is not zero, but got None.")
    charge = _half if induced_charge is None else induced_charge
    drive = {"site_energy": site_energy, "bond": bond, "induced_charge": charge}
    for name, function in drive.items():
        _require_periodic(name, function, islands + (cell or 0), cell)
    if (lowest := _sampled("bond", bond, SAMPLES, islands + (cell or 0)).min()) < 0:
        raise ValueError(f"Argument `bond` must return values in [0, inf], but got {lowest:g}.")
    return OwnChain(
        islands,
        **drive,
        lead_coupling=lead_coupling,
        interaction=interaction,
        corners=tuple(corners.tolist()),
        cell=cell,
    )


def _require_periodic(name: str, function: Callable, sites: int, cell: int | None) -> None:
    if not callable(function):
        raise ValueError(f"Argument `{name}` must be a function of drive angle and island, but got {function!r}.")
    here, later = (_sampled(name, function, SAMPLES + turn, sites) for turn in (0.0, 2 * np.pi))
    if not np.isfinite(here).all():
        raise ValueError(f"Argument `{name}` must return finite values, but got {here[~np.isfinite(here)][0]}.")
    allowed = PERIODIC * abs(here).max(initial=1e-300)
    if (off := abs(here - later).max(initial=0.0)) > allowed:
        raise ValueError(f"Argument `{name}` must have the period 2 pi in the angle, but is off by {off:g} after it.")
    if cell is not None and (off := abs(here[:, cell:] - here[:, :-cell]).max(initial=0.0)) > allowed:
        raise ValueError(f"Argument `cell` must be a period of `{name}`, but that is off by {off:g} after {cell}.")
