"""What ANWB23 says of the Rice-Mele pump, Sec. 3, with numbers: leads, clipped drive, repulsion."""

from functools import cache

import numpy as np

from derivations.ledger import ANWB23, BOOK, Finding, claim
from derivations.pumping.chains import RiceMele

__all__ = [
    "band_gap_of_the_lead",
    "clipped_drive",
    "dispersion_falls",
    "finite_size",
    "half_filled_pattern",
    "implied_charge",
    "no_transition",
    "quantized_average",
    "repulsion_is_marginal",
    "repulsion_weakens_leads",
    "several_states_at_weak_leads",
    "slower_saturates_faster",
    "strong_leads_shorten",
    "weak_leads_hinder",
    "winding_of_the_occupied_state",
]

FREQUENCY = 0.05


@cache
def charges(
    chain: RiceMele, frequency: float = FREQUENCY, phases: int = 20
) -> np.ndarray:
    """Charges per cycle at as many phases, in the middles of equal parts of a turn."""
    from derivations.pumping.infinite_time import pumped_charge

    return pumped_charge(
        chain, frequency, (np.arange(phases) + 0.5) * 2 * np.pi / phases
    )


def _listed(values: dict, digits: int = 3) -> str:
    return ", ".join(f"{key}: {value:.{digits}f}" for key, value in values.items())


@claim(ANWB23, "Sec. 3, finite size", where="TODO", ours="TODO")
def finite_size() -> Finding:
    """The dependence on the phase is strong for four islands, and small from eight islands on."""
    swings = {n: float(np.ptp(charges(RiceMele(n)))) for n in (4, 6, 8, 12)}
    holds = swings[4] > 1 and swings[8] < 0.1 and swings[12] < swings[8] / 10
    evidence = f"Largest less smallest q at delta J = 0.7 J_0, by number of islands: {_listed(swings)}."
    return Finding(swings[8], holds, evidence)


@claim(ANWB23, "Sec. 3, quantization", where="TODO", ours="TODO")
def quantized_average() -> Finding:
    """The average over the phase is one pair, up to an error of less than a percent."""
    missing = {n: float(charges(RiceMele(n)).mean() - 1) for n in (4, 6, 8, 12)}
    largest = max(abs(x) for x in missing.values())
    evidence = f"Q - 1 at delta J = 0.7 J_0, omega = 0.05 J_0, by number of islands: {_listed(missing, 4)}."
    return Finding(largest, largest < 0.01, evidence)


@claim(ANWB23, "Sec. 3.1, dispersion", where="TODO", ours="TODO")
def dispersion_falls() -> Finding:
    """The dispersion of the charge over the phase falls rapidly when the modulation grows."""
    swings = {
        m: float(np.ptp(charges(RiceMele(6, hopping_modulation=m))))
        for m in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    }
    ordered = list(swings.values())
    holds = ordered == sorted(ordered, reverse=True) and ordered[-1] < 0.05
    evidence = (
        f"Six islands, largest less smallest q by delta J/J_0: {_listed(swings)}."
    )
    return Finding(ordered[-1], holds, evidence)


@claim(ANWB23, "Sec. 3.1, growing gap", where="TODO", ours="TODO")
def corrections_fall_with_the_gap() -> Finding:
    """Deviations of the average from one fall with delta J, since the gap grows."""
    from derivations.pumping.bloch_bands import band_gap

    off, gaps = {}, []
    for modulation in (0.5, 0.6, 0.7, 1.0):
        chain = RiceMele(6, hopping_modulation=modulation)
        off[modulation] = float(abs(1 - charges(chain).mean()))
        gaps.append(float(band_gap(chain)))
    values = list(off.values())
    holds = values == sorted(values, reverse=True) and gaps == sorted(gaps)
    evidence = f"Six islands, omega = 0.05 J_0, |Q - 1| by delta J/J_0: {_listed(off, 4)}; gaps " + ", ".join(
        f"{gap:.1f}" for gap in gaps
    )
    return Finding(values[-1], holds, evidence + " J_0.")


@claim(ANWB23, "Sec. 3, uniform potential", where="TODO", ours="TODO")
def uniform_potential_is_harmless() -> Finding:
    """A residual uniform potential does not change the charge as long as it is below the gap."""
    from derivations.pumping.bloch_bands import band_gap
    from derivations.pumping.imperfections import Imperfect

    chain = RiceMele(6, hopping_modulation=1.0)
    half_gap = float(band_gap(chain)) / 2
    found = {
        share: float(charges(Imperfect(chain, offsets=(share * half_gap,) * 6), phases=8).mean())
        for share in (0.0, 0.25, 0.5, 2.0)
    }
    holds = all(abs(1 - found[s]) < 0.005 for s in (0.0, 0.25, 0.5)) and abs(1 - found[2.0]) > 0.05
    evidence = f"Six islands, delta J = J_0, omega = 0.05 J_0: Q by the potential over half the gap: {_listed(found)}."
    return Finding(found[0.5], holds, evidence)


@claim(ANWB23, "Sec. 3.1, clipped", where="TODO", ours="TODO")
def clipped_drive() -> Finding:
    """In the clipped regime the corrections that are left are less than a percent at each phase."""
    off = {
        m: abs(charges(RiceMele(6, hopping_modulation=m)) - 1)
        for m in (1.0, 1.1, 1.2)
    }
    median = {m: float(np.median(x)) for m, x in off.items()}
    largest = {m: float(x.max()) for m, x in off.items()}
    holds = max(largest.values()) < 0.01
    evidence = (
        f"In the median: |q - 1| of six islands over 20 phases by delta J/J_0 is {_listed(median, 4)}. But the largest"
        f" is {_listed(largest, 4)}: single phases next to an avoided crossing are worse."
    )
    return Finding(max(largest.values()), holds, evidence)


@claim(ANWB23, "Sec. 3.1, winding", where="TODO", ours="TODO")
def winding_of_the_occupied_state() -> Finding:
    """One occupied quasienergy winds once; its slope is nearly constant when the drive is clipped."""
    from derivations.pumping.infinite_time import floquet_spectrum

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
    holds = abs(turns[1.2] + 1) < 1e-6 and slopes[1.2] < 0.1 < slopes[0.5]
    evidence = (
        f"Six islands, followed from phase to phase, by delta J/J_0: turns {_listed(turns)}; spread of the slope over"
        f" its mean {_listed(slopes)}. The charge is minus the slope."
    )
    return Finding(slopes[1.2], holds, evidence)


@claim(ANWB23, "Sec. 3.2, weak leads", where="TODO", ours="TODO")
def weak_leads_hinder() -> Finding:
    """A weak coupling to the leads hinders transport: without it nothing is pumped."""
    found = {
        lead: float(
            charges(
                RiceMele(6, hopping_modulation=1.0, lead_coupling=lead), 0.1
            ).mean()
        )
        for lead in (0.0, 0.2, 0.5, 1.0, 2.0)
    }
    holds = abs(found[0.0]) < 1e-9 and found[0.2] < 0.1 and found[2.0] > 0.98
    evidence = f"Six islands, delta J = J_0, omega = 0.1 J_0: Q by E_L/J_0: {_listed(found)}."
    return Finding(found[0.2], holds, evidence)


@claim(ANWB23, "Sec. 3.2, slower", where="TODO", ours="TODO")
def slower_saturates_faster() -> Finding:
    """With a slower drive the charge saturates at a smaller coupling to the leads."""
    chain = RiceMele(6, hopping_modulation=1.0, lead_coupling=1.0)
    found = {w: float(charges(chain, w).mean()) for w in (0.1, 0.05, 0.025)}
    holds = found[0.1] < found[0.05] < found[0.025]
    evidence = (
        f"Six islands, delta J = E_L = J_0: Q by omega/J_0: {_listed(found)}."
    )
    return Finding(found[0.025], holds, evidence)


@claim(ANWB23, "Sec. 3.2, several states", where="TODO", ours="TODO")
def several_states_at_weak_leads() -> Finding:
    """At a weak coupling several Floquet states overlap with the initial ground state."""
    from derivations.pumping.infinite_time import floquet_spectrum

    phases, second = (np.arange(4) + 0.5) * np.pi / 2, {}
    for lead in (1.0, 4.0):
        chain = RiceMele(4, hopping_modulation=1.0, lead_coupling=lead)
        weights = np.sort(floquet_spectrum(chain, 0.1, phases)[1], axis=1)
        second[lead] = float(weights[:, -2].max())
    holds = second[1.0] > 0.05 > second[4.0]
    evidence = f"Four islands, omega = 0.1 J_0, largest second weight of four phases by E_L/J_0: {_listed(second)}."
    return Finding(second[1.0], holds, evidence)


@claim(ANWB23, "Sec. 3.2, shorter chain", where="TODO", ours="TODO")
def strong_leads_shorten() -> Finding:
    """With a dominating coupling the end islands merge with the leads: the chain behaves as a shorter one."""
    from sympy import Matrix, eye, kronecker_product, simplify

    from derivations.pumping.hardcore_bosons import link_matrix
    from derivations.pumping.leads import edge_states, lead_matrix
    from derivations.pumping.symbols import E_L, J

    swing = {
        (n, lead): float(np.ptp(charges(RiceMele(n, lead_coupling=lead), phases=8)))
        for n, lead in ((6, 4.0), (6, 20.0), (6, 40.0), (4, 1.0), (4, 4.0))
    }
    limit = abs(swing[6, 40.0] / swing[6, 20.0] - 1)
    first, inner = edge_states()[0].rhs, kronecker_product(edge_states()[0].rhs, eye(2))
    left = (inner.H * (J * link_matrix()) * inner - lead_matrix().subs(E_L, J)).applyfunc(simplify)
    is_lead = left == Matrix.zeros(2) and simplify((first.H * first)[0]) == 1
    named = {f"{n} islands at {lead:g}": x for (n, lead), x in swing.items()}
    evidence = (
        f"Swing of q over the phase by E_L/J_0: {_listed(named)}. Of six islands it saturates. On the ground state of"
        " an end island, where only its lead acts, the bond to the next one is exactly a lead of strength J_1(t): the"
        " chain is one of four between leads as strong as its bonds, J_0 on average, and not between strong ones."
    )
    return Finding(limit, is_lead and limit < 0.05, evidence)


@claim(ANWB23, "Sec. 3.2, band gap", where="TODO", ours="TODO")
def band_gap_of_the_lead() -> Finding:
    """To avoid more nonadiabatic corrections E_L has to exceed the single-particle band gap."""
    from derivations.pumping.bloch_bands import band_gap

    gap = band_gap(RiceMele(6, hopping_modulation=1.0))
    off = {
        lead: float(
            abs(
                charges(
                    RiceMele(6, hopping_modulation=1.0, lead_coupling=lead), 0.1
                ).mean()
                - 1
            )
        )
        for lead in (1.0, 1.5, 2.0, 3.0, 5.0)
    }
    holds = off[2.0] > 2 * off[5.0]
    evidence = (
        f"The band gap is {gap:.3f} J_0 at delta J = J_0. Six islands, omega = 0.1 J_0: |Q - 1| by E_L/J_0:"
        f" {_listed(off, 4)}. Half of the band gap, where the many-body gap saturates, is enough."
    )
    return Finding(off[2.0], holds, evidence)


@claim(ANWB23, "Sec. 3.3, repulsion", where="TODO", ours="TODO")
def repulsion_is_marginal() -> Finding:
    """The quantized charge is stable against repulsion, also where U exceeds J_0 by far."""
    averages, gaps = {}, {}
    for repulsion in (0.0, 3.0, 6.0):
        chain = RiceMele(4, hopping_modulation=1.0, interaction=repulsion)
        averages[repulsion] = float(charges(chain, FREQUENCY, 8).mean())
        gaps[repulsion] = _gap(chain)
    largest = max(abs(q - 1) for q in averages.values())
    holds = largest < 0.01 and min(gaps.values()) > 1.9
    evidence = (
        f"Four islands, omega = 0.05 J_0: Q by U/J_0: {_listed(averages)}; the smallest many-body gap, in J_0:"
        f" {_listed(gaps)}."
    )
    return Finding(largest, holds, evidence)


def _gap(chain: RiceMele) -> float:
    from derivations.pumping.many_body import many_body_gap

    return many_body_gap(chain)


@claim(ANWB23, "Sec. 3.3, transition", where="TODO", ours="TODO")
def no_transition() -> Finding:
    """No realistic repulsion closes the many-body gap, so that there is no topological transition."""
    gaps = {
        (islands, repulsion): _gap(RiceMele(islands, hopping_modulation=1.0, interaction=repulsion))
        for islands, repulsion in ((4, 0.0), (4, 4.0), (4, 8.0), (4, 32.0), (6, 0.0), (6, 4.0), (6, 8.0))
    }
    named = {f"{n} islands, {u:g}": gap for (n, u), gap in gaps.items()}
    evidence = (
        f"E_C = 8 J_0, gap over J_0 by U/J_0: {_listed(named)}. Up to E_C it stays open in both chains; chains that are"
        " so short cannot show more."
    )
    return Finding(gaps[6, 8.0], min(gap for (_, u), gap in gaps.items() if u <= 8) > 1, evidence)


@claim(ANWB23, "Sec. 3.3, half filling", where="TODO", ours="TODO")
def half_filled_pattern() -> Finding:
    """For most of the cycle the ground state is half filled, with pairs on every other island."""
    from derivations.pumping.many_body import many_body

    angles = (np.arange(32) + 0.5) * np.pi / 16
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
        f"Four islands, U = 3 J_0, omega = 0.05 J_0: Q with {_listed(found, 4)}."
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
    evidence = f"Four islands, delta J = E_L = J_0, gap over J_0 by U/J_0: {_listed(gaps)}."
    return Finding(gaps[6.0] / gaps[0.0], gaps[6.0] < 0.5 * gaps[0.0], evidence)
