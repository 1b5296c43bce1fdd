"""Static disorder: islands and junctions that are not alike, for every solver; ANWB23, Sec. 5."""

import numpy as np

from derivations.pumping.drives.chain import Chain, require_chain
from derivations.pumping.drives.imperfections import Imperfect
from rederived.evaluate.domain import require_integer, require_real

__all__ = ["disordered"]


def disordered(chain: Chain, seed: int, site: float = 0.0, hopping: float = 0.0) -> Imperfect:
    """A random sample of a chain, the same for the same seed and, up to its strength, for any strength.

    Parameters
    ----------
    chain: any `Chain`.
    seed: of the random numbers, an integer >= 0.
    site: site energies move by up to this, uniformly to both sides, >= 0, in the unit of the chain's energies.
    hopping: hoppings change by up to this fraction, uniformly to both sides, in [0, 1].

    Returns an `Imperfect`, which the solvers take in place of the chain. Offset charges next to U stay as they are.
    Raises ValueError for a strength outside its range.

    >>> from derivations.pumping.drives.chains import HarperHofstadter
    >>> sample = disordered(HarperHofstadter(6), seed=1, site=0.1)
    >>> bool(abs(sample.site_energies(0.3) - sample.chain.site_energies(0.3)).max() <= 0.1)
    True
    """
    require_chain(chain)
    seed = require_integer("seed", seed, 0)
    site = require_real("site", site, 0, np.inf)
    hopping = require_real("hopping", hopping, 0, 1)
    random = np.random.default_rng(seed)
    offsets = site * random.uniform(-1, 1, chain.islands)
    factors = 1 + hopping * random.uniform(-1, 1, chain.islands - 1)
    return Imperfect(chain, tuple(offsets.tolist()), tuple(factors.tolist()))
