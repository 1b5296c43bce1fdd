"""What Sec. 4 of ANWB23 says of the Harper-Hofstadter pump, each statement with the number that settles it.

Six islands, omega = 0.01, E_L = 1 where nothing else is said: the paper's parameters. Charges come from
`pumped_charge`, without repulsion from its free fermions.
"""

from functools import cache

import numpy as np

from derivations.ledger import ANWB23, Finding, claim

__all__ = [
    "averaging_is_needed",
    "charge_changes_sign_with_phase",
    "edge_is_irregular",
    "edge_jumps",
    "gapless_between",
    "initial_state_is_smooth",
    "leads_quantize",
    "longer_is_smoother",
    "more_than_clipped_rice_mele",
    "opposite_windings",
    "plateaus_are_the_band_gaps",
    "reflection_needs_the_start",
    "repulsion_widens_plateaus",
    "strong_repulsion",
    "three_down_two_up",
]

INSIDE, EDGE = 0.4, 0.35


@cache
def charges(
    mean: float = INSIDE,
    islands: int = 6,
    count: int = 20,
    offset: float = 0.0,
    frequency: float = 0.01,
    interaction: float = 0.0,
    lead_coupling: float = 1.0,
) -> np.ndarray:
    """Charge per cycle at `count` equidistant phases, the first one at `offset` spacings."""
    from derivations.pumping.chains import HarperHofstadter
    from derivations.pumping.infinite_time import pumped_charge

    chain = HarperHofstadter(
        islands,
        mean_induced_charge=mean,
        interaction=interaction,
        lead_coupling=lead_coupling,
    )
    phases = (np.arange(count) + offset) * 2 * np.pi / count
    return pumped_charge(chain, frequency, phases)


def windings(mean: float) -> tuple[float, float]:
    """How far the occupied quasienergy falls and rises while the phase turns once, in units of omega.

    Its slope is -q/T as long as one Floquet state is occupied.
    """
    q = charges(mean, count=40)
    return float(np.maximum(q, 0).mean()), float(np.maximum(-q, 0).mean())


@claim(ANWB23, "Sec. 4, winding", where="TODO", ours="TODO")
def three_down_two_up() -> Finding:
    """The occupied quasienergy winds three times in one direction, twice in the other: one pair a cycle."""
    falls, rises = windings(INSIDE)
    holds = (int(falls), int(rises)) == (3, 2) and abs(falls - rises - 1) < 1e-3
    evidence = (
        f"By its slope, minus q of 40 phases, it falls by {falls:.2f} omega, rises by {rises:.2f}. Which is called"
        f" positive depends on the sign of phi: with ours a falling one carries pairs to the right."
    )
    return Finding(falls - rises, holds, evidence)


@claim(ANWB23, "Sec. 4, opposite winding", where="TODO", ours="TODO")
def opposite_windings() -> Finding:
    """At the mean n_g = 0.6 it winds the opposite way, and pairs are pumped in the opposite direction."""
    falls, rises = windings(1 - INSIDE)
    holds = (int(falls), int(rises)) == (2, 3) and abs(falls - rises + 1) < 3e-3
    evidence = f"By its slope it falls by {falls:.2f} omega and rises by {rises:.2f} omega."
    return Finding(falls - rises, holds, evidence)


@claim(ANWB23, "Sec. 4, sign", where="TODO", ours="TODO")
def charge_changes_sign_with_phase() -> Finding:
    """The charge depends strongly on the phase and even changes its sign."""
    q = charges()
    evidence = f"q is between {q.min():.2f} and {q.max():.2f}, inside the topological phase."
    return Finding(float(np.ptp(q)), bool(q.min() < -5 and q.max() > 5), evidence)


@claim(ANWB23, "Sec. 4, averaging", where="TODO", ours="TODO")
def averaging_is_needed() -> Finding:
    """A quantized charge is obtained only by averaging over the phase."""
    q = charges()
    close = int((abs(q - 1) < 0.1).sum())
    off = float(abs(q.mean() - 1))
    evidence = f"{close} of 20 phases give one within 0.1; their average deviates by {off:.6f}."
    return Finding(off, off < 1e-4 and close <= 2, evidence)


@claim(ANWB23, "Sec. 4, length", where="TODO", ours="TODO")
def longer_is_smoother() -> Finding:
    """From six to nine islands the dependence on the phase decreases considerably."""
    short, long = (float(np.ptp(charges(islands=n))) for n in (6, 9))
    evidence = f"Largest less smallest charge: {short:.1f} at six islands, {long:.1f} at nine."
    return Finding(long / short, long < short / 3, evidence)


@claim(ANWB23, "Sec. 4, finite size", where="TODO", ours="TODO")
def more_than_clipped_rice_mele() -> Finding:
    """The Harper-Hofstadter pump depends much more on its finite size than the clipped Rice-Mele pump."""
    from derivations.pumping.chains import RiceMele
    from derivations.pumping.infinite_time import pumped_charge

    phases = np.arange(10) * np.pi / 5
    clipped = pumped_charge(RiceMele(6, hopping_modulation=1.2), 0.05, phases)
    here, there = float(np.ptp(charges())), float(np.ptp(clipped))
    evidence = f"Largest less smallest charge at six islands: {here:.1f}, and {there:.3f} for Rice-Mele."
    return Finding(here / there, here > 100 * there, evidence)


@claim(ANWB23, "Sec. 4, gapless", where="TODO", ours="TODO")
def gapless_between() -> Finding:
    """Between both topological phases, and outside them, pumping is not quantized at one."""
    means = (0.3, 0.4, 0.475, 0.525, 0.6, 0.7)
    found = [float(charges(mean).mean()) for mean in means]
    plateaus = abs(found[1] - 1) < 1e-2 and abs(found[4] + 1) < 1e-2
    between = 0.1 < found[2] < 0.9 and 0.1 < -found[3] < 0.9
    holds = plateaus and between and abs(found[0]) < 0.1 and abs(found[5]) < 0.1
    listed = ", ".join(
        f"{round(q, 2) + 0.0:.2f} at {m}" for m, q in zip(means, found, strict=True)
    )
    return Finding(found[2], holds, f"The average is {listed}.")


@claim(ANWB23, "Sec. 4, lead coupling", where="TODO", ours="TODO")
def leads_quantize() -> Finding:
    """The average is well quantized once the coupling to the leads is strong enough."""
    couplings = (0.1, 0.2, 0.4, 1.0)
    off = [abs(float(charges(lead_coupling=e).mean()) - 1) for e in couplings]
    listed = ", ".join(
        f"{x:.5f} at {e}" for e, x in zip(couplings, off, strict=True)
    )
    holds = off[0] > 1e-2 and off[-1] < 1e-4
    return Finding(off[-1], holds, f"|Q - 1| is {listed} = E_L.")


@claim(ANWB23, "Sec. 4, symmetry", where="TODO", ours="TODO")
def reflection_needs_the_start() -> Finding:
    """Started at one time, complementary fillings mirror each other inside the phases and fail to at their edges."""
    inside, edge = (
        abs(float(charges(mean).mean() + charges(round(1 - mean, 6)).mean()))
        for mean in (INSIDE, EDGE)
    )
    evidence = (
        f"|Q(n) + Q(1 - n)| is {inside:.4f} at the mean n_g = 0.4 and {edge:.2f} at 0.35. The reflection maps one "
        f"filling to the other with a start half a period later, and a start matters only to a mixture."
    )
    return Finding(edge, inside < 5e-3 and edge > 0.1, evidence)


@claim(ANWB23, "Sec. 4, jumps", where="TODO", ours="TODO")
def edge_jumps() -> Finding:
    """At the edge the charge has the same amplitude, but many discontinuities as a function of the phase."""
    inside, edge = charges(count=60), charges(EDGE, count=60)
    steps = [float(abs(np.diff(q)).max()) for q in (inside, edge)]
    amplitudes = [float(np.ptp(q)) for q in (inside, edge)]
    jumps = int((abs(np.diff(edge)) > 2 * steps[0]).sum())
    holds = jumps >= 4 and abs(amplitudes[1] / amplitudes[0] - 1) < 0.25
    evidence = (
        f"Between 60 phases the charge changes by {steps[0]:.1f} at most inside and by {steps[1]:.1f} at the edge, "
        f"{jumps} times by more than twice as much as inside; amplitudes are {amplitudes[0]:.1f} and "
        f"{amplitudes[1]:.1f}."
    )
    return Finding(steps[1], holds, evidence)


@claim(ANWB23, "Sec. 4, initial state", where="TODO", ours="TODO")
def initial_state_is_smooth() -> Finding:
    """Near the edge a small change of the phase changes the initial state, from metallic to insulating."""
    from derivations.pumping.chains import HarperHofstadter
    from derivations.pumping.infinite_time import floquet_spectrum
    from derivations.pumping.many_body import many_body

    chain, count = HarperHofstadter(6, mean_induced_charge=EDGE), 60
    phases = np.arange(count) * 2 * np.pi / count
    energies, states = np.linalg.eigh(
        [many_body(chain, phase).dense(0.0) for phase in phases]
    )
    ground = states[:, :, 0]
    kept = abs((ground.conj() * np.roll(ground, 1, axis=0)).sum(axis=1)) ** 2
    gap = float((energies[:, 1] - energies[:, 0]).min())
    jump = int(abs(np.diff(charges(EDGE, count=count))).argmax())
    held = floquet_spectrum(chain, 0.01, phases[jump : jump + 2])[1].max(axis=1)
    evidence = (
        f"Six islands, mean n_g = 0.35: ground states at neighboring phases out of {count} overlap by {kept.min():.3f} "
        f"or more, and their gap is never below {gap:.2f}: nothing jumps at the start. What jumps is how it is "
        f"spread over Floquet states: across the largest jump of the charge the most occupied one holds {held[0]:.2f} "
        f"and {held[1]:.2f}."
    )
    return Finding(float(kept.min()), bool(kept.min() < 0.9), evidence)


@claim(ANWB23, "Sec. 4, irregular", where="TODO", ours="TODO")
def edge_is_irregular() -> Finding:
    """At the edge the average depends strongly on the frequency, on the sampling of the phase and on the length."""
    ways = ({}, {"offset": 0.5}, {"frequency": 0.02}, {"islands": 7})
    edge = [float(charges(EDGE, **way).mean()) for way in ways]
    inside = [float(charges(INSIDE, **way).mean()) for way in ways[:2]]
    listed = ", ".join(f"{q:.2f}" for q in edge)
    evidence = (
        f"The average is {listed} for phases from 0 on, half a spacing later, twice the frequency, seven islands; "
        f"inside, the first two differ by {abs(inside[0] - inside[1]):.5f}."
    )
    moved = max(abs(q - edge[0]) for q in edge[1:])
    holds = all(abs(q - edge[0]) > 0.1 for q in edge[1:])
    return Finding(moved, holds and abs(inside[0] - inside[1]) < 1e-3, evidence)


@claim(ANWB23, "Sec. 4, strong repulsion", where="TODO", ours="TODO")
def strong_repulsion() -> Finding:
    """Repulsion of half the charging energy does not change the average charge noticeably."""
    q = charges(islands=4, count=12, interaction=2.0)
    off = float(abs(q.mean() - 1))
    evidence = (
        f"Four islands, U = E_C/2: |Q - 1| = {off:.5f}. Six islands are in Fig. 10."
    )
    return Finding(off, off < 1e-3, evidence)


@claim(ANWB23, "Sec. 4, plateaus", where="TODO", ours="TODO")
def repulsion_widens_plateaus() -> Finding:
    """Repulsion widens the plateaus: fillings at their edges become quantized."""
    (lower, with_lower), (upper, with_upper) = (
        [float(charges(mean, islands=4, count=12, interaction=u).mean()) for u in (0.0, 0.5)] for mean in (EDGE, 0.46)
    )
    evidence = (
        f"Four islands: at the mean n_g = 0.35 the average is {lower:.3f} at U = 0 and {with_lower:.3f} at U = 0.5; at"
        f" 0.46 it goes from {upper:.3f} to {with_upper:.3f}."
    )
    quantized = max(abs(with_lower - 1), abs(with_upper - 1)) < 1e-2
    return Finding(with_lower, quantized and min(abs(lower - 1), abs(upper - 1)) > 0.1, evidence)


@claim(ANWB23, "Sec. 4, bounds of the plateaus", where="TODO", ours="TODO")
def plateaus_are_the_band_gaps() -> Finding:
    """The insulating phases are intervals of the mean induced charge that the band gaps bound approximately."""
    from scipy.optimize import brentq

    from derivations.pumping.bloch_bands import band_edges
    from derivations.pumping.chains import HarperHofstadter

    angles = np.linspace(0, 2 * np.pi, 121)

    def edges(mean: float) -> tuple[float, float]:
        lower, upper = band_edges(HarperHofstadter(3, mean_induced_charge=mean), angles)
        return upper[:, 0].max(), lower[:, 1].min()  # where a pair costs nothing, the chemical potential is

    first, last = (brentq(lambda mean, side=side: edges(mean)[side], 0.2, 0.6) for side in (0, 1))
    margin = 0.02
    means = (first - margin, first + margin, last - margin, last + margin)
    found = [float(charges(round(mean, 6)).mean()) for mean in means]
    listed = ", ".join(f"{q:.3f}" for q in found)
    evidence = (
        f"The gap is at the chemical potential during the whole period from {first:.4f} to {last:.4f}. Six islands: the"
        f" average is {listed} at {margin} before and behind the first bound, before and behind the second."
    )
    outside, inside = (found[0], found[3]), found[1:3]
    return Finding(first, max(abs(q - 1) for q in inside) < 1e-2 < 0.1 < min(abs(q - 1) for q in outside), evidence)
