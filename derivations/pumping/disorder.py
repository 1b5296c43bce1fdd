"""Static disorder: islands and junctions that are not alike, for every solver; ANWB23, Sec. 5."""

import numpy as np

from derivations.ledger import ANWB23, Finding, claim
from derivations.pumping.chains import HarperHofstadter, RiceMele
from derivations.pumping.imperfections import Imperfect
from derivations.ranges import require_integer, require_real

__all__ = ["disordered", "josephson_disorder", "onsite_disorder"]


def disordered(
    chain: RiceMele | HarperHofstadter, seed: int, site: float = 0.0, hopping: float = 0.0
) -> Imperfect:
    """A random sample of a chain, the same for the same seed and, up to its strength, for any strength.

    Parameters
    ----------
    chain: a `RiceMele` or a `HarperHofstadter`.
    seed: of the random numbers, an integer >= 0.
    site: site energies move by up to this, uniformly to both sides, >= 0, in the unit of the chain's energies.
    hopping: hoppings change by up to this fraction, uniformly to both sides, in [0, 1].

    Returns an `Imperfect`, which the solvers take in place of the chain. Offset charges next to U stay as they are.
    Raises ValueError for a strength outside its range.

    >>> sample = disordered(HarperHofstadter(6), seed=1, site=0.1)
    >>> bool(abs(sample.site_energies(0.3) - sample.chain.site_energies(0.3)).max() <= 0.1)
    True
    """
    seed = require_integer("seed", seed, 0)
    site = require_real("site", site, 0, np.inf)
    hopping = require_real("hopping", hopping, 0, 1)
    random = np.random.default_rng(seed)
    offsets = site * random.uniform(-1, 1, chain.islands)
    factors = 1 + hopping * random.uniform(-1, 1, chain.islands - 1)
    return Imperfect(chain, tuple(offsets.tolist()), tuple(factors.tolist()))


def _charges(chain, frequency: float, samples: int, phases: int, **strength) -> np.ndarray:
    """Charge of each sample, averaged over phases, midpoints of equal intervals."""
    from derivations.pumping.infinite_time import pumped_charge

    angles = (np.arange(phases) + 0.5) * 2 * np.pi / phases
    found = [pumped_charge(disordered(chain, seed, **strength), frequency, angles) for seed in range(samples)]
    return np.mean(found, axis=1)


@claim(
    ANWB23,
    "Sec. 5, onsite disorder",
    where="Sec. 5, first paragraph on disorder",
    ours=(
        "eight islands, six samples; the largest offset as the measure, and the bounds at a tenth, 0.4 and three "
        "times the gap"
    ),
)
def onsite_disorder() -> Finding:
    """Random site energies spare the quantized charge while they are smaller than the gap."""
    from derivations.pumping.bloch_bands import band_gap

    chain = RiceMele(8, hopping_modulation=1.0)
    gap = float(band_gap(chain, 1))
    spread = {
        share: float(abs(1 - _charges(chain, 0.1, 6, 2, site=share * gap)).mean()) for share in (0.1, 0.4, 1.0, 3.0)
    }
    holds = spread[0.1] < 0.03 and spread[0.4] < 0.1 and spread[3.0] > 0.4
    listed = ", ".join(f"{s:.3f} at {share:g}" for share, s in spread.items())
    evidence = f"Eight islands, mean of |1 - Q| over samples: {listed} of the gap {gap:.1f} J_0 (largest offset)."
    return Finding(spread[0.4], holds, evidence)


@claim(
    ANWB23,
    "Sec. 5, Josephson disorder",
    where="Sec. 5, last paragraph",
    ours="ten percent, in place of a number that our copy lost; 0.05 of a pair as harmless",
)
def josephson_disorder() -> Finding:
    """Josephson energies that scatter as much as fabricated ones do no harm: that is far less than closes the gap."""
    from derivations.pumping.bloch_bands import band_gap

    chains = {"Rice-Mele": (RiceMele(8, hopping_modulation=1.0), 0.1), "Harper-Hofstadter": (HarperHofstadter(9), 0.02)}
    worst, shares = {}, {}
    for name, (chain, frequency) in chains.items():
        clean, shares[name] = _charges(chain, frequency, 1, 8)[0], 0.1 * chain.hopping / band_gap(chain)
        worst[name] = float(abs(_charges(chain, frequency, 4, 8, hopping=0.1) - clean).max())
    largest = max(worst.values())
    listed = ", ".join(f"{name} {w:.4f}" for name, w in worst.items())
    below = ", ".join(f"{share:.2f}" for share in shares.values())
    evidence = (
        f"Ten percent, {below} of the band gaps: the largest change of Q among the samples is {listed}."
    )
    return Finding(largest, largest < 0.05 and max(shares.values()) < 0.2, evidence)
