"""A chain whose islands and junctions are not alike: static disorder for every solver, beyond ANWB23.

`Disordered` is one sample. It has the coefficients of the chain that it wraps, with site energies moved and
hoppings scaled, and goes wherever a `RiceMele` or a `HarperHofstadter` goes.
"""

from dataclasses import dataclass

import numpy as np

from derivations.pumping.chains import HarperHofstadter, RiceMele

__all__ = ["Disordered", "disordered"]


@dataclass(frozen=True)
class Disordered:
    """A sample of a chain with site energies moved by `offsets`, shape (N,), and hoppings times `factors`, (N - 1,)."""

    chain: RiceMele | HarperHofstadter
    offsets: np.ndarray
    factors: np.ndarray

    def __getattr__(self, name: str):
        if name.startswith("__") or name == "chain":
            raise AttributeError(name)
        return getattr(self.chain, name)

    def site_energies(self, angle) -> np.ndarray:
        """Energy of a pair on each island without repulsion, shape (..., N), at drive angles of shape (...)."""
        return self.chain.site_energies(angle) + self.offsets

    def bonds(self, angle) -> np.ndarray:
        """Hopping of each bond, shape (..., N - 1), at drive angles of shape (...)."""
        return self.chain.bonds(angle) * self.factors


def disordered(
    chain: RiceMele | HarperHofstadter,
    seed: int,
    site: float = 0.0,
    hopping: float = 0.0,
) -> Disordered:
    """A random sample of a chain, the same for the same seed and, up to its strength, for any strength.

    Parameters
    ----------
    chain: a `RiceMele` or a `HarperHofstadter`.
    seed: of the random numbers, an integer >= 0.
    site: site energies move by up to this, uniformly to both sides, >= 0, in the unit of the chain's energies.
    hopping: hoppings change by up to this fraction, uniformly to both sides, in [0, 1].

    Returns a `Disordered`, which the solvers take in place of the chain. Offset charges next to U stay as they are.
    Raises ValueError for a strength outside its range.

    >>> sample = disordered(HarperHofstadter(6), seed=1, site=0.1)
    >>> bool(abs(sample.site_energies(0.3) - sample.chain.site_energies(0.3)).max() <= 0.1)
    True
    """
    if not 0 <= site < np.inf:
        raise ValueError(f"Argument `site` must be in [0, inf), but got {site!r}.")
    if not 0 <= hopping <= 1:
        raise ValueError(
            f"Argument `hopping` must be in [0, 1], but got {hopping!r}."
        )
    random = np.random.default_rng(seed)
    offsets = random.uniform(-1, 1, chain.islands)
    factors = random.uniform(-1, 1, chain.islands - 1)
    return Disordered(chain, site * offsets, 1 + hopping * factors)
