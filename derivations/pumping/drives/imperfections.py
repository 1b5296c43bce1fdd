"""A pump as it is built: offsets of charges, unequal junctions, cross-talk of the cutter gates, any E_J(V).

`Imperfect` wraps a chain and offers what a chain offers, so that every solver of this part takes it. The cutter
gate of bond j carries the signal x_j = J_0 + (-1)^j delta J cos(omega t), the voltage above threshold in units of
energy; the paper's hopping is R[x_j]. The gate also pulls on the islands at both ends of its bond.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sympy import (
    Eq,
    Symbol,
    cos,
    expand,
    solve,
    symbols,
)

from derivations.pumping.drives.chain import Chain, require_chain
from derivations.pumping.drives.chains import RiceMele
from derivations.pumping.drives.drives import rice_mele_site_energy
from derivations.pumping.symbols import J_0, delta_J, j, omega, t
from rederived.evaluate.domain import require_one_of, require_range
from rederived.kept import kept

__all__ = [
    "WAVEFORMS",
    "Imperfect",
    "compensating_charge",
    "detuning_with_cross_talk",
]

# Couplings E_J(V)/2 as functions of the signal, each with the value 1 at 1 and monotonic.
WAVEFORMS: dict[str, Callable] = {
    "linear": lambda x: np.maximum(x, 0),
    "quadratic": lambda x: np.maximum(x, 0) ** 2,
    "square root": lambda x: np.sqrt(np.maximum(x, 0)),
    "saturating": lambda x: np.tanh(np.maximum(x, 0)) / np.tanh(1),
    "soft threshold": lambda x: np.logaddexp(0, 6 * x) / np.logaddexp(0, 6),
}


@dataclass(frozen=True)
class Imperfect:
    """A pump with imperfections, for `pumped_charge` and the other solvers: what ANWB23, Sec. 5, discusses.

    Parameters
    ----------
    chain: any `Chain`, an imperfect one too.
    offsets: added to the site energies, N numbers; an error d of an induced charge is -2 E_C d.
    junctions: factors of the N - 1 hoppings, >= 0.
    cross_talk: (to the left, to the right): energies, over the signal of a cutter gate, by which it lowers the
        islands at the ends of its bond. Needs a Rice-Mele chain, as does the next.
    waveform: a name in `WAVEFORMS`, the function that turns the signals of cutter gates into hoppings.

    Raises ValueError for arguments of other lengths, negative factors, or unknown waveforms.

    >>> Imperfect(RiceMele(2), offsets=(0.1, -0.1)).site_energies(0.0).tolist()
    [0.1, -0.1]
    """

    chain: Chain
    offsets: tuple[float, ...] = ()
    junctions: tuple[float, ...] = ()
    cross_talk: tuple[float, float] = (0.0, 0.0)
    waveform: str = "linear"

    def __post_init__(self):
        require_chain(self.chain)
        islands = self.chain.islands
        for name, value, size in (
            ("offsets", self.offsets, islands),
            ("junctions", self.junctions, islands - 1),
            ("cross_talk", self.cross_talk, 2),
        ):
            if require_range(name, value, -np.inf, np.inf).shape not in ((0,), (size,)):
                raise ValueError(f"Argument `{name}` must have {size} finite numbers, but got {value!r}.")
        require_range("junctions", self.junctions, 0, np.inf)
        require_one_of("waveform", self.waveform, sorted(WAVEFORMS))
        if not self._driven_bonds and (
            any(self.cross_talk) or self.waveform != "linear"
        ):
            raise ValueError(
                f"Argument `chain` must be a RiceMele to have cutter gates, but got {self.chain!r}."
            )

    @property
    def _driven_bonds(self) -> bool:
        return isinstance(self.chain, RiceMele)

    @property
    def islands(self) -> int:
        """N."""
        return self.chain.islands

    @property
    def states(self) -> int:
        """Number of many-body states, 2^N."""
        return 2**self.islands

    @property
    def lead_coupling(self) -> float:
        """E_L."""
        return self.chain.lead_coupling

    @property
    def interaction(self) -> float:
        """U."""
        return self.chain.interaction

    @property
    def kinks(self) -> np.ndarray:
        """Drive angles in (0, 2 pi) at which a bond is not smooth."""
        return (
            np.empty(0) if self.waveform == "soft threshold" else self.chain.kinks
        )

    def signals(self, angle) -> np.ndarray:
        """Of the cutter gates, shape (..., N - 1): above threshold the hopping that the chain intends."""
        chain = self.chain
        wave = np.cos(np.asarray(angle, dtype=float))[..., None]
        return (
            chain.hopping
            + (-1.0) ** np.arange(chain.islands - 1)
            * chain.hopping_modulation
            * wave
        )

    def site_energies(self, angle) -> np.ndarray:
        """Energy of a pair on each island, shape (..., N), at drive angles of shape (...)."""
        energies = self.chain.site_energies(angle)
        if self.offsets:
            energies = energies + np.array(self.offsets)
        if any(self.cross_talk):
            energies, signals = energies.copy(), self.signals(angle)
            left, right = self.cross_talk
            energies[..., :-1] -= left * signals
            energies[..., 1:] -= right * signals
        return energies

    def bonds(self, angle) -> np.ndarray:
        """Hopping of each bond, shape (..., N - 1), at drive angles of shape (...)."""
        bonds = self.chain.bonds(angle)
        if self.waveform != "linear":
            scale = self.chain.hopping or 1.0
            bonds = scale * WAVEFORMS[self.waveform](self.signals(angle) / scale)
        return bonds * np.array(self.junctions) if self.junctions else bonds

    def induced_charges(self, angle) -> np.ndarray:
        """Induced charges next to U, shape (..., N), at drive angles of shape (...): those that are intended."""
        return self.chain.induced_charges(angle)


kappa_left, kappa_right = symbols("kappa_l kappa_r", real=True)
C_cl, C_cr, gate, charge = symbols("C_cl C_cr C_g q", positive=True)


@kept
def detuning_with_cross_talk() -> Eq:
    """Energy of the first island of a cell minus that of the second inside a chain whose cutter gates talk, halved."""
    signal = J_0 + (-1) ** j * delta_J * cos(omega * t)
    pulled = (
        rice_mele_site_energy()
        - kappa_left * signal
        - kappa_right * signal.subs(j, j - 1)
    )
    half = (pulled.subs(j, 2) - pulled.subs(j, 3)) / 2
    return Eq(Symbol("Delta"), expand(half), evaluate=False)


@kept
def compensating_charge() -> Eq:
    """What a side gate has to add to its voltage, for cutter voltages V_1 and V_2 at the sides of its island."""
    first, second, wanted, voltage = symbols("V_1 V_2 V_g V", real=True)
    total = gate * voltage + C_cr * first + C_cl * second
    (found,) = solve(Eq(total, gate * wanted), voltage)
    return Eq(Symbol("V") - wanted, expand(found - wanted))
