"""What ANWB23 says of the Rice-Mele pump, Secs. 2.1, 3.1 and 3.3, with numbers: lengths, clipped drive, repulsion."""

from functools import cache

import numpy as np

from derivations.papers import ANWB23
from derivations.pumping.bands.bloch_bands import band_gap
from derivations.pumping.drives.chains import RiceMele
from derivations.pumping.drives.imperfections import Imperfect
from derivations.pumping.engines.infinite_time import floquet_spectrum, pumped_charge
from derivations.pumping.engines.many_body import many_body, many_body_gap
from derivations.pumping.published import SWINGS, cited
from rederived.evaluate.turn import middles_of_a_turn
from rederived.ledger import BOOK, Finding, claim

__all__ = [
    "clipped_drive",
    "dispersion_falls",
    "finite_size",
    "half_filled_pattern",
    "implied_charge",
    "listed",
    "no_transition",
    "quantized_average",
    "repulsion_is_marginal",
    "repulsion_weakens_leads",
    "winding_of_the_occupied_state",
]

FREQUENCY = 0.05


@cache
def charges(
    chain: RiceMele, frequency: float = FREQUENCY, phases: int = 20
) -> np.ndarray:
    """Charges per cycle at as many phases, in the middles of equal parts of a turn."""
    return pumped_charge(
        chain, frequency, middles_of_a_turn(phases)
    )


def listed(values: dict, digits: int = 3) -> str:
    return ", ".join(f"{key}: {value:.{digits}f}" for key, value in values.items())


@claim(
    ANWB23,
    "Sec. 3, finite size",
    where="Sec. 3, paragraph on Fig. 5",
    ours="the lengths, lost in our copy; a swing above 0.3 as large, below 0.1 as small",
)
def finite_size() -> Finding:
    """The charge depends on the phase in short chains, and this dependence goes as islands are added."""
    swings = {n: float(np.ptp(charges(RiceMele(n)))) for n in (4, 6, 8, 12)}
    holds = swings[4] > swings[6] > 0.3 and 0.1 > swings[8] > swings[12]
    evidence = f"Largest less smallest q at delta J = 0.7 J_0, by number of islands: {listed(swings)}."
    return Finding(swings[8], holds, evidence)


@claim(
    ANWB23,
    "Sec. 3, quantization",
    where="Sec. 3, paragraph after Eq. (22)",
    ours="the bound of one percent, in place of a number that our copy lost; delta J, omega and the lengths",
)
def quantized_average() -> Finding:
    """For a slow drive the average over the phase is close to one pair, also between leads."""
    missing = {n: float(charges(RiceMele(n)).mean() - 1) for n in (4, 6, 8, 12)}
    largest = max(abs(x) for x in missing.values())
    evidence = (
        f"Q - 1 at delta J = 0.7 J_0, omega = 0.05 J_0, by number of islands: {listed(missing, 4)}."
        f" {cited(0.7)}"
    )
    return Finding(largest, largest < 0.01, evidence)


@claim(
    ANWB23,
    "Sec. 3.1, dispersion",
    where="Sec. 3.1, paragraph on Fig. 6",
    ours="the bound of 0.05 at the onset of clipping, in place of a number that our copy lost",
)
def dispersion_falls() -> Finding:
    """The swing of the charge with the phase shrinks quickly as the modulation grows."""
    swings = {
        m: float(np.ptp(charges(RiceMele(6, hopping_modulation=m))))
        for m in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    }
    ordered = list(swings.values())
    holds = ordered == sorted(ordered, reverse=True) and ordered[-1] < 0.05
    evidence = (
        f"Six islands, largest less smallest q by delta J/J_0: {listed(swings)}. The authors' published charges have"
        f" {listed(SWINGS)}."
    )
    return Finding(ordered[-1], holds, evidence)


@claim(
    ANWB23,
    "Sec. 3.1, growing gap",
    where="Sec. 3.1, paragraph on Fig. 6, on the averages",
    ours="the amplitudes, of twenty phases each",
)
def corrections_fall_with_the_gap() -> Finding:
    """What the average misses is nonadiabatic, and shrinks with a larger modulation, which opens the gap."""
    off, gaps = {}, []
    for modulation in (0.5, 0.6, 0.7, 1.0):
        chain = RiceMele(6, hopping_modulation=modulation)
        off[modulation] = float(abs(1 - charges(chain).mean()))
        gaps.append(float(band_gap(chain)))
    values = list(off.values())
    holds = values == sorted(values, reverse=True) and gaps == sorted(gaps)
    evidence = f"Six islands, omega = 0.05 J_0, |Q - 1| by delta J/J_0: {listed(off, 4)}; gaps " + ", ".join(
        f"{gap:.1f}" for gap in gaps
    )
    return Finding(values[-1], holds, evidence + " J_0.")


@claim(
    ANWB23,
    "Sec. 2.1, uniform potential",
    where="Sec. 2.1, sentence after Eq. (10)",
    ours="the shares of half the gap; 0.005 of a pair as no change; that twice half the gap does matter",
)
def uniform_potential_is_harmless() -> Finding:
    """What is left of a potential common to all islands does not matter to a slow pump while the gap is larger."""
    chain = RiceMele(6, hopping_modulation=1.0)
    half_gap = float(band_gap(chain)) / 2
    found = {
        share: float(charges(Imperfect(chain, offsets=(share * half_gap,) * 6), phases=8).mean())
        for share in (0.0, 0.25, 0.5, 2.0)
    }
    holds = all(abs(1 - found[s]) < 0.005 for s in (0.0, 0.25, 0.5)) and abs(1 - found[2.0]) > 0.05
    evidence = f"Six islands, delta J = J_0, omega = 0.05 J_0: Q by the potential over half the gap: {listed(found)}."
    return Finding(found[0.5], holds, evidence)


@claim(
    ANWB23,
    "Sec. 3.1, clipped",
    where="Sec. 3.1, last sentence of the paragraph on Fig. 6",
    ours="that the average over the phase is meant, and one percent: symbol and number are lost in our copy",
)
def clipped_drive() -> Finding:
    """With a clipped drive only a small part of a pair is left for the averaged charge to miss."""
    off = {m: charges(RiceMele(6, hopping_modulation=m)) - 1 for m in (1.0, 1.1, 1.2)}
    average = {m: float(abs(x.mean())) for m, x in off.items()}
    largest = {m: float(abs(x).max()) for m, x in off.items()}
    evidence = (
        f"Six islands, 20 phases: |Q - 1| by delta J/J_0 is {listed(average, 4)}. Single phases are off by up to"
        f" {listed(largest, 4)}, most next to an avoided crossing. {cited(1.1)}"
    )
    return Finding(max(average.values()), max(average.values()) < 0.01, evidence)


@claim(
    ANWB23,
    "Sec. 3.1, winding",
    where="Sec. 3.1, paragraph on Fig. 7",
    ours="the amplitudes and six phases; a slope within 10% of its mean as constant",
)
def winding_of_the_occupied_state() -> Finding:
    """One occupied quasienergy winds once around the zone, unevenly if the drive is sinusoidal, evenly if it is
    clipped."""
    around = np.arange(6) * 2 * np.pi / 5
    turns, slopes = {}, {}
    for modulation in (0.5, 1.2):
        chain = RiceMele(6, hopping_modulation=modulation)
        energies, weights = floquet_spectrum(chain, FREQUENCY, around)
        followed = energies[np.arange(6), weights.argmax(axis=1)] / FREQUENCY
        change = np.diff(np.unwrap(followed, period=1.0))
        turns[modulation], slopes[modulation] = (
            float(change.sum()),
            float(np.ptp(change) / abs(change.mean())),
        )
    holds = max(abs(turn + 1) for turn in turns.values()) < 1e-6 and slopes[1.2] < 0.1 < slopes[0.5]
    evidence = (
        f"Six islands, followed from phase to phase, by delta J/J_0: turns {listed(turns)}; spread of the slope over"
        f" its mean {listed(slopes)}. The charge is minus the slope."
    )
    return Finding(slopes[1.2], holds, evidence)


@claim(
    ANWB23,
    "Sec. 3.3, repulsion",
    where="Sec. 3.3, paragraph on Fig. 9",
    ours="four islands at one E_L; 0.01 of a pair as stable. Fig. 9 has six islands",
)
def repulsion_is_marginal() -> Finding:
    """Repulsion of neighbors leaves the quantized charge as it is over a wide range, also far above J_0."""
    averages, gaps = {}, {}
    for repulsion in (0.0, 3.0, 6.0):
        chain = RiceMele(4, hopping_modulation=1.0, interaction=repulsion)
        averages[repulsion] = float(charges(chain, FREQUENCY, 8).mean())
        gaps[repulsion] = _gap(chain)
    largest = max(abs(q - 1) for q in averages.values())
    holds = largest < 0.01 and min(gaps.values()) > 1.9
    evidence = (
        f"Four islands, omega = 0.05 J_0: Q by U/J_0: {listed(averages)}; the smallest many-body gap, in J_0:"
        f" {listed(gaps)}."
    )
    return Finding(largest, holds, evidence)


def _gap(chain: RiceMele) -> float:
    return many_body_gap(chain)


@claim(
    ANWB23,
    "Sec. 3.3, transition",
    where="Sec. 3.3, last sentence",
    ours="realistic is read as up to E_C; chains of four and six islands; a gap that closes stands for the transition",
)
def no_transition() -> Finding:
    """As far as simulations show, no realistic repulsion drives the pump through a topological transition."""
    gaps = {
        (islands, repulsion): _gap(RiceMele(islands, hopping_modulation=1.0, interaction=repulsion))
        for islands, repulsion in ((4, 0.0), (4, 4.0), (4, 8.0), (4, 32.0), (6, 0.0), (6, 4.0), (6, 8.0))
    }
    named = {f"{n} islands, {u:g}": gap for (n, u), gap in gaps.items()}
    evidence = (
        f"E_C = 8 J_0, gap over J_0 by U/J_0: {listed(named)}. Up to E_C it stays open in both chains; chains that are"
        " so short cannot show more."
    )
    return Finding(gaps[6, 8.0], min(gap for (_, u), gap in gaps.items() if u <= 8) > 1, evidence)


@claim(
    ANWB23,
    "Sec. 3.3, half filling",
    where="Sec. 3.3, paragraph on Fig. 9",
    ours="six islands, U = 3 J_0; a probability of the pattern above 1/2 as good",
)
def half_filled_pattern() -> Finding:
    """During most of a cycle the ground state is well described as half filled, with a pair on every other island."""
    angles = middles_of_a_turn(32)
    parts = many_body(RiceMele(6, hopping_modulation=1.0, interaction=3.0))
    states = np.linalg.eigh(parts.dense(angles))[1][:, :, 0]
    probability = abs(states) ** 2
    filled = parts.chain.site_energies(angles) < 0
    pattern = filled @ (1 << np.arange(6)[::-1])
    of_pattern = probability[np.arange(32), pattern]
    mean = float((probability @ parts.numbers.sum(axis=0)).mean())
    share = float(np.mean(of_pattern > 0.5))
    evidence = (
        f"Six islands, U = 3 J_0: {mean:.3f} pairs on average; every other island is filled with a probability above"
        f" 1/2 during {share:.0%} of the cycle, at best {of_pattern.max():.2f}, at worst {of_pattern.min():.2f}."
    )
    return Finding(share, share > 0.5 and abs(mean - 3) < 1e-6, evidence)


@claim(BOOK, "Rice-Mele, induced charge next to U")
def implied_charge() -> Finding:
    """Half of the induced charge that Eq. 5 implies next to U, and all of it, give the same Q."""
    found = {
        name: float(
            charges(
                RiceMele(
                    4,
                    hopping_modulation=1.0,
                    interaction=3.0,
                    induced_charge_modulation=modulation,
                ),
                FREQUENCY,
                8,
            ).mean()
        )
        for name, modulation in (("half", 3 / 16), ("all", 3 / 8))
    }
    off = abs(found["half"] - found["all"])
    evidence = (
        f"Four islands, U = 3 J_0, omega = 0.05 J_0: Q with {listed(found, 4)}."
    )
    return Finding(off, off < 0.005, evidence)


@claim(BOOK, "Rice-Mele, leads against repulsion")
def repulsion_weakens_leads() -> Finding:
    """Repulsion lowers the gap that a weak lead opens, so that the lead that a pump needs grows with U."""
    gaps = {
        repulsion: _gap(
            RiceMele(
                4,
                hopping_modulation=1.0,
                interaction=repulsion,
                lead_coupling=1.0,
            )
        )
        for repulsion in (0.0, 3.0, 6.0)
    }
    evidence = f"Four islands, delta J = E_L = J_0, gap over J_0 by U/J_0: {listed(gaps)}."
    return Finding(gaps[6.0] / gaps[0.0], gaps[6.0] < 0.5 * gaps[0.0], evidence)
