"""What Sec. 4 of ANWB23 says of the Harper-Hofstadter pump, each statement with the number that settles it.

Six islands, omega = 0.01, E_L = 1 where nothing else is said: the paper's parameters. Charges come from
`pumped_charge`, without repulsion from its free fermions.
"""

from functools import cache

import numpy as np

from derivations.papers import ANWB23
from derivations.pumping.bands.bloch_bands import band_edges
from derivations.pumping.drives.chains import HarperHofstadter, RiceMele
from derivations.pumping.engines.infinite_time import floquet_spectrum, pumped_charge
from derivations.pumping.engines.many_body import many_body
from rederived.ledger import Finding, claim

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

INSIDE, EDGE, NARROWEST = 0.4, 0.35, 0.3375


@cache
def charges_around(
    mean: float = INSIDE,
    islands: int = 6,
    count: int = 20,
    offset: float = 0.0,
    frequency: float = 0.01,
    interaction: float = 0.0,
    lead_coupling: float = 1.0,
) -> np.ndarray:
    """Charge per cycle at `count` equidistant phases, the first one at `offset` spacings."""
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
    q = charges_around(mean, count=40)
    return float(np.maximum(q, 0).mean()), float(np.maximum(-q, 0).mean())


@claim(
    ANWB23,
    "Sec. 4, winding",
    where="Sec. 4, paragraph on Fig. 11",
    ours="the filling, as the mean n_g = 0.4; U = 0 here, 0.2 in the figure",
)
def three_down_two_up() -> Finding:
    """At the lower filling the occupied quasienergy winds three times one way, twice the other, and once in all."""
    falls, rises = windings(INSIDE)
    holds = (int(falls), int(rises)) == (3, 2) and abs(falls - rises - 1) < 1e-3
    evidence = (
        f"By its slope, minus q of 40 phases, it falls by {falls:.2f} omega, rises by {rises:.2f}. Which is called"
        f" positive depends on the sign of phi: with ours a falling one carries pairs to the right."
    )
    return Finding(falls - rises, holds, evidence)


@claim(
    ANWB23,
    "Sec. 4, opposite winding",
    where="Sec. 4, paragraph on Fig. 11",
    ours="the filling, as the mean n_g = 0.6; U = 0",
)
def opposite_windings() -> Finding:
    """At the complementary filling the quasienergy winds the other way, and the pump runs backwards."""
    falls, rises = windings(1 - INSIDE)
    holds = (int(falls), int(rises)) == (2, 3) and abs(falls - rises + 1) < 3e-3
    evidence = f"By its slope it falls by {falls:.2f} omega and rises by {rises:.2f} omega."
    return Finding(falls - rises, holds, evidence)


@claim(
    ANWB23,
    "Sec. 4, sign",
    where="Sec. 4, paragraph on Fig. 11",
    ours="more than five pairs either way as strong; U = 0",
)
def charge_changes_sign_with_phase() -> Finding:
    """At both fillings the charge varies strongly with the phase, and changes its sign."""
    both = [charges_around(mean) for mean in (INSIDE, 1 - INSIDE)]
    ends = " and ".join(f"between {q.min():.2f} and {q.max():.2f}" for q in both)
    evidence = f"q is {ends} at the mean n_g = 0.4 and 0.6, inside the topological phases."
    return Finding(float(np.ptp(both[0])), all(bool(q.min() < -5 and q.max() > 5) for q in both), evidence)


@claim(
    ANWB23,
    "Sec. 4, averaging",
    where="Sec. 4, paragraph on Fig. 11",
    ours="0.1 of a pair as close to an integer; U = 0",
)
def averaging_is_needed() -> Finding:
    """In a short chain of this pump no single phase is quantized, only the average is."""
    q = charges_around()
    close = int((abs(q - 1) < 0.1).sum())
    off = float(abs(q.mean() - 1))
    evidence = f"{close} of 20 phases give one within 0.1; their average deviates by {off:.6f}."
    return Finding(off, off < 1e-4 and close <= 2, evidence)


@claim(
    ANWB23,
    "Sec. 4, length",
    where="Sec. 4, paragraph on Fig. 11, on Fig. 12(a)",
    ours="a factor of three as considerable; the lengths are those of the published runs",
)
def longer_is_smoother() -> Finding:
    """In a longer chain the charge depends much less on the phase."""
    short, long = (float(np.ptp(charges_around(islands=n))) for n in (6, 9))
    evidence = f"Largest less smallest charge: {short:.1f} at six islands, {long:.1f} at nine."
    return Finding(long / short, long < short / 3, evidence)


@claim(
    ANWB23,
    "Sec. 4, finite size",
    where="Sec. 4, end of the paragraph on Fig. 11",
    ours="the swing as measure, a factor of 100 as considerable; six islands",
)
def more_than_clipped_rice_mele() -> Finding:
    """At the same length the Harper-Hofstadter pump suffers far more from it than the clipped Rice-Mele pump."""
    phases = np.arange(10) * np.pi / 5
    clipped = pumped_charge(RiceMele(6, hopping_modulation=1.2), 0.05, phases)
    here, there = float(np.ptp(charges_around())), float(np.ptp(clipped))
    evidence = f"Largest less smallest charge at six islands: {here:.1f}, and {there:.3f} for Rice-Mele."
    return Finding(here / there, here > 100 * there, evidence)


@claim(
    ANWB23,
    "Sec. 4, gapless",
    where="Sec. 4, first paragraph",
    ours="the fillings; 0.1 and 0.9 as bounds of what is not quantized",
)
def gapless_between() -> Finding:
    """Between its two insulating phases the chain has a gapless one, which pumps no integer."""
    angles = np.linspace(0, 2 * np.pi, 121)

    def in_a_band(mean: float) -> bool:
        lower, upper = band_edges(HarperHofstadter(3, mean_induced_charge=mean), angles)
        return bool(((lower < 0) & (upper > 0)).any())

    means = (0.4, 0.475, 0.525, 0.6)
    found = {mean: float(charges_around(mean).mean()) for mean in means}
    gapless = [mean for mean in means if in_a_band(mean)]
    quantized = [mean for mean in means if abs(abs(found[mean]) - 1) < 1e-2]
    averages = ", ".join(f"{q:.2f} at {mean}" for mean, q in found.items())
    evidence = (
        f"Six islands, U = 0: the average is {averages}. At {' and '.join(map(str, gapless))} the chemical potential is"
        " inside a band for a part of the period."
    )
    holds = gapless == [0.475, 0.525] and quantized == [0.4, 0.6] and all(0.1 < abs(found[m]) < 0.9 for m in gapless)
    return Finding(found[0.475], holds, evidence)


@claim(
    ANWB23,
    "Sec. 4, lead coupling",
    where="Sec. 4, paragraph on Fig. 10",
    ours="the couplings; U = 0 and the mean n_g = 0.4",
)
def leads_quantize() -> Finding:
    """Once the leads are strong enough the averaged charge is quantized well, as in the Rice-Mele pump."""
    couplings = (0.1, 0.2, 0.4, 1.0)
    off = [abs(float(charges_around(lead_coupling=e).mean()) - 1) for e in couplings]
    listed = ", ".join(
        f"{x:.5f} at {e}" for e, x in zip(couplings, off, strict=True)
    )
    holds = off[0] > 1e-2 and off[-1] < 1e-4
    return Finding(off[-1], holds, f"|Q - 1| is {listed} = E_L.")


@claim(
    ANWB23,
    "Sec. 4, symmetry",
    where="Sec. 4, first paragraph after that on Fig. 12(b)",
    ours="two fillings, the bounds",
)
def reflection_needs_the_start() -> Finding:
    """Runs that all start at one time break the mirror symmetry, visibly only near the edges of the bands."""
    inside, edge = (
        abs(float(charges_around(mean).mean() + charges_around(round(1 - mean, 6)).mean()))
        for mean in (INSIDE, EDGE)
    )
    evidence = (
        f"|Q(n) + Q(1 - n)| is {inside:.4f} at the mean n_g = 0.4 and {edge:.2f} at 0.35. The reflection maps one "
        f"filling to the other with a start half a period later, and a start matters only to a mixture."
    )
    return Finding(edge, inside < 5e-3 and edge > 0.1, evidence)


@claim(
    ANWB23,
    "Sec. 4, jumps",
    where="Sec. 4, last paragraph",
    ours="twice the largest step inside counts as a jump; amplitudes within 25% as equal",
)
def edge_jumps() -> Finding:
    """At the edge the charge swings as far as inside, but with many jumps between phases."""
    inside, edge = charges_around(count=60), charges_around(EDGE, count=60)
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


@claim(
    ANWB23,
    "Sec. 4, initial state",
    where="Sec. 4, first paragraph after that on Fig. 12(b), sentences on the initial state and the discontinuities",
    ours="the fillings; that a jump is meant: a change that shrinks with the square of the spacing of phases is none",
)
def initial_state_is_smooth() -> Finding:
    """Near an edge a small change of phase can switch the initial state, to or from metallic; so the charge jumps."""
    count = 60
    gap, coarse, fine, moved = _ground_states(EDGE, count)
    narrow, rough, smooth, stirred = _ground_states(NARROWEST, count)
    shrinks = min((1 - coarse) / (1 - fine), (1 - rough) / (1 - smooth))
    jump = int(abs(np.diff(charges_around(EDGE, count=count))).argmax())
    phases = np.arange(jump, jump + 2) * 2 * np.pi / count
    held = floquet_spectrum(_chain(EDGE), 0.01, phases)[1].max(axis=1)
    evidence = (
        f"Six islands at the mean n_g = {EDGE}: ground states at neighboring phases out of {count} overlap by"
        f" {coarse:.3f} or more, and their gap is never below {gap:.2f}. At {NARROWEST}, where it is smallest,"
        f" {narrow:.3f}, the ground state does turn around phi = pi, but not by a jump: neighbors overlap by"
        f" {rough:.3f} or more, and by {smooth:.3f} out of {2 * count}. Between any two phases no more than"
        f" {moved:.2f} and {stirred:.2f} of its probability moves to other charge states. What jumps is how the start"
        f" is spread over Floquet states: at {EDGE}, across the largest jump of the charge, the most occupied one"
        f" holds {held[0]:.2f} and {held[1]:.2f}."
    )
    return Finding(rough, bool(shrinks < 3), evidence)


def _chain(mean: float):
    return HarperHofstadter(6, mean_induced_charge=mean)


def _ground_states(mean: float, count: int) -> tuple[float, float, float, float]:
    """Of ground states at t = 0: smallest gap; least overlap of neighbors among `count` phases, and twice as many; what
    part of the probability moves at most to other charge states, between any two phases."""
    phases = np.arange(2 * count) * np.pi / count
    energies, states = np.linalg.eigh([many_body(_chain(mean), phase).dense(0.0) for phase in phases])
    ground = states[:, :, 0]
    overlaps = abs(ground.conj() @ ground.T) ** 2
    fine = np.roll(overlaps, 1, axis=1).diagonal()
    coarse = np.roll(overlaps[::2, ::2], 1, axis=1).diagonal()
    gap = energies[:, 1] - energies[:, 0]
    moved = max(abs(abs(ground) ** 2 - abs(one) ** 2).sum(axis=1).max() / 2 for one in ground)
    return *(float(x.min()) for x in (gap, coarse, fine)), float(moved)


@claim(
    ANWB23,
    "Sec. 4, irregular",
    where="Sec. 4, first paragraph after that on Fig. 12(b), last sentence",
    ours="0.1 of a pair as a strong dependence",
)
def edge_is_irregular() -> Finding:
    """At the edge the average is sensitive to frequency, to the choice of phases and to the length of the chain."""
    ways = ({}, {"offset": 0.5}, {"frequency": 0.02}, {"islands": 7})
    edge = [float(charges_around(EDGE, **way).mean()) for way in ways]
    inside = [float(charges_around(INSIDE, **way).mean()) for way in ways[:2]]
    listed = ", ".join(f"{q:.2f}" for q in edge)
    evidence = (
        f"The average is {listed} for phases from 0 on, half a spacing later, twice the frequency, seven islands; "
        f"inside, the first two differ by {abs(inside[0] - inside[1]):.5f}."
    )
    moved = max(abs(q - edge[0]) for q in edge[1:])
    holds = all(abs(q - edge[0]) > 0.1 for q in edge[1:])
    return Finding(moved, holds and abs(inside[0] - inside[1]) < 1e-3, evidence)


@claim(
    ANWB23,
    "Sec. 4, strong repulsion",
    where="Sec. 4, paragraph on Fig. 10",
    ours="four islands; 0.001 of a pair as no change. Fig. 10 has six",
)
def strong_repulsion() -> Finding:
    """Even a repulsion of half the charging energy leaves the averaged charge where it is."""
    q = charges_around(islands=4, count=12, interaction=2.0)
    off = float(abs(q.mean() - 1))
    evidence = (
        f"Four islands, U = E_C/2: |Q - 1| = {off:.5f}. Six islands are in Fig. 10."
    )
    return Finding(off, off < 1e-3, evidence)


@claim(
    ANWB23,
    "Sec. 4, plateaus",
    where="Sec. 4, paragraph on Fig. 12(b)",
    ours="four islands, two fillings just outside the plateau, U = 0.5 = E_C/8",
)
def repulsion_widens_plateaus() -> Finding:
    """Strong repulsion is of use: it makes the quantized plateaus wider."""
    (lower, with_lower), (upper, with_upper) = (
        [float(charges_around(mean, islands=4, count=12, interaction=u).mean()) for u in (0.0, 0.5)]
        for mean in (EDGE, 0.46)
    )
    evidence = (
        f"Four islands: at the mean n_g = 0.35 the average is {lower:.3f} at U = 0 and {with_lower:.3f} at U = 0.5; at"
        f" 0.46 it goes from {upper:.3f} to {with_upper:.3f}."
    )
    quantized = max(abs(with_lower - 1), abs(with_upper - 1)) < 1e-2
    return Finding(with_lower, quantized and min(abs(lower - 1), abs(upper - 1)) > 0.1, evidence)


@claim(
    ANWB23,
    "Sec. 4, bounds of the plateaus",
    where="Sec. 4, first paragraph",
    ours="a margin of 0.02 as approximate; six islands at U = 0",
)
def plateaus_are_the_band_gaps() -> Finding:
    """Each insulating phase is an interval of the filling potential whose bounds are about those of a band gap."""
    from scipy.optimize import brentq


    angles = np.linspace(0, 2 * np.pi, 121)

    def edges(mean: float) -> tuple[float, float]:
        lower, upper = band_edges(HarperHofstadter(3, mean_induced_charge=mean), angles)
        return upper[:, 0].max(), lower[:, 1].min()  # where a pair costs nothing, the chemical potential is

    first, last = (brentq(lambda mean, side=side: edges(mean)[side], 0.2, 0.6) for side in (0, 1))
    margin = 0.02
    means = (first - margin, first + margin, last - margin, last + margin)
    found = [float(charges_around(round(mean, 6)).mean()) for mean in means]
    listed = ", ".join(f"{q:.3f}" for q in found)
    evidence = (
        f"The gap is at the chemical potential during the whole period from {first:.4f} to {last:.4f}. Six islands: the"
        f" average is {listed} at {margin} before and behind the first bound, before and behind the second."
    )
    outside, inside = (found[0], found[3]), found[1:3]
    return Finding(first, max(abs(q - 1) for q in inside) < 1e-2 < 0.1 < min(abs(q - 1) for q in outside), evidence)
