"""What ANWB23 says of the leads of the Rice-Mele pump, Sec. 3.2, with numbers."""

import numpy as np

from derivations.papers import ANWB23
from derivations.pumping.bands.bloch_bands import band_gap
from derivations.pumping.circuit.hardcore_bosons import link_matrix
from derivations.pumping.claims.rice_mele_claims import charges, listed
from derivations.pumping.drives.chains import RiceMele
from derivations.pumping.drives.leads import edge_states, lead_matrix
from derivations.pumping.engines.infinite_time import floquet_spectrum
from derivations.pumping.engines.many_body import many_body, many_body_gap
from derivations.pumping.published import SATURATED
from derivations.pumping.symbols import E_L, J
from rederived.evaluate.turn import middles_of_a_turn
from rederived.ledger import Finding, claim

__all__ = [
    "band_gap_of_the_lead",
    "several_states_at_weak_leads",
    "slower_saturates_faster",
    "strong_leads_shorten",
    "weak_leads_hinder",
]


@claim(
    ANWB23,
    "Sec. 3.2, weak leads",
    where="Sec. 3.2, first paragraph, and paragraph on Eq. (23)",
    ours="couplings, frequency and bounds",
)
def weak_leads_hinder() -> Finding:
    """Through a weak lead pairs pass too slowly for the drive, and a chain without leads pumps nothing."""
    found = {
        lead: float(
            charges(
                RiceMele(6, hopping_modulation=1.0, lead_coupling=lead), 0.1
            ).mean()
        )
        for lead in (0.0, 0.2, 0.5, 1.0, 2.0)
    }
    holds = abs(found[0.0]) < 1e-9 and found[0.2] < 0.1 and found[2.0] > 0.98
    evidence = f"Six islands, delta J = J_0, omega = 0.1 J_0: Q by E_L/J_0: {listed(found)}."
    return Finding(found[0.2], holds, evidence)


@claim(ANWB23, "Sec. 3.2, slower", where="Sec. 3.2, paragraph after Fig. 8(a)", ours="one coupling, three frequencies")
def slower_saturates_faster() -> Finding:
    """The slower the drive, the sooner does a growing coupling to the leads quantize the charge."""
    chain = RiceMele(6, hopping_modulation=1.0, lead_coupling=1.0)
    found = {w: float(charges(chain, w).mean()) for w in (0.1, 0.05, 0.025)}
    holds = found[0.1] < found[0.05] < found[0.025]
    evidence = (
        f"Six islands, delta J = E_L = J_0: Q by omega/J_0: {listed(found)}."
    )
    return Finding(found[0.025], holds, evidence)


@claim(
    ANWB23,
    "Sec. 3.2, several states",
    where="Sec. 3.2, paragraph on the Floquet states, and Fig. 8(b)",
    ours="a second weight above 0.2 as large, below 0.05 as small; four phases",
)
def several_states_at_weak_leads() -> Finding:
    """Where the gap that a weak lead opens is no match for the frequency, several Floquet states share the start."""
    phases, second = middles_of_a_turn(4), {}
    for lead in (0.5, 1.0, 4.0):
        chain = RiceMele(6, hopping_modulation=1.0, lead_coupling=lead)
        weights = np.sort(floquet_spectrum(chain, 0.05, phases)[1], axis=1)
        second[lead] = float(weights[:, -2].max())
    holds = second[0.5] > 0.2 and second[4.0] < 0.05
    evidence = f"Six islands, omega = 0.05 J_0, largest second weight of four phases by E_L/J_0: {listed(second)}."
    return Finding(second[0.5], holds, evidence)


@claim(
    ANWB23,
    "Sec. 3.2, shorter chain",
    where="Sec. 3.2, first paragraph",
    ours="which leads the shorter chain has; the couplings",
)
def strong_leads_shorten() -> Finding:
    """Leads that are stronger than all else absorb the end islands, and leave a shorter chain."""
    from sympy import Matrix, eye, kronecker_product, simplify


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
        f"Swing of q over the phase by E_L/J_0: {listed(named)}. Of six islands it saturates. On the ground state of"
        " an end island, where only its lead acts, the bond to the next one is exactly a lead of strength J_1(t): the"
        " chain is one of four between leads as strong as its bonds, J_0 on average, and not between strong ones."
    )
    return Finding(limit, is_lead and limit < 0.05, evidence)


@claim(
    ANWB23,
    "Sec. 3.2, band gap",
    where="Sec. 3.2, last sentence",
    ours="the gap, lost in our copy, read as the distance 4 J_0 of the bands; the condition, read as what is safe; 2%",
)
def band_gap_of_the_lead() -> Finding:
    """A lead above the single-particle gap adds no nonadiabatic errors of its own to those of the drive."""
    gap = band_gap(RiceMele(6, hopping_modulation=1.0))
    couplings = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0)
    off = {e: charges(RiceMele(6, hopping_modulation=1.0, lead_coupling=e), 0.1) - 1 for e in couplings}
    average = {e: float(abs(x.mean())) for e, x in off.items()}
    single = {e: float(abs(off[e]).max()) for e in (2.5, 4.0, 6.0)}
    above = max(x for e, x in average.items() if e >= gap - 1e-6)
    evidence = (
        f"The bands are {gap:.3f} J_0 apart at delta J = J_0. Six islands, omega = 0.1 J_0, 20 phases: |Q - 1| by"
        f" E_L/J_0 is {listed(average)}. Half of the distance, where the many-body gap saturates, is enough for the"
        f" average. Single phases are off by up to {listed(single, 2)}, next to avoided crossings."
    )
    return Finding(above, above < 0.02 < average[1.5], evidence)


@claim(
    ANWB23,
    "Sec. 3.2, degeneracy",
    where="Sec. 3.2, first paragraph, on the middle of the period",
    ours="six islands",
)
def four_fold_degeneracy() -> Finding:
    """Without leads the dimerized chain in mid-period has four ground states: both end islands are free."""
    import numpy as np


    chain = RiceMele(6, hopping_modulation=1.0, lead_coupling=0.0)
    energies = np.linalg.eigvalsh(many_body(chain).dense(np.pi))
    degenerate = int(np.sum(energies < energies[0] + 1e-9))
    evidence = (
        f"Six islands: {degenerate} states at the lowest energy, the next one"
        f" {energies[degenerate] - energies[0]:.3f} J_0 above them: a bound pair of islands has to be broken."
    )
    return Finding(degenerate, degenerate == 4, evidence)


@claim(
    ANWB23,
    "Sec. 3.2, saturation",
    where="Sec. 3.2, paragraphs on Eq. (23) and on Fig. 8(a)",
    ours="the value 2 J_0, lost in our copy",
)
def gap_saturates() -> Finding:
    """A weak lead sets the many-body gap; with a strong one the gap saturates at what the chain itself has."""
    values = (0.1, 0.5, 1.5, 2.5, 6.0)
    gaps = [
        many_body_gap(RiceMele(6, hopping_modulation=1.0, lead_coupling=E))
        for E in values
    ]
    off = max(
        abs(gap / min(E, 2.0) - 1) for E, gap in zip(values, gaps, strict=True)
    )
    evidence = "Six islands, E_L/J_0 and gap/J_0: " + ", ".join(
        f"{E:g}: {gap:.4f}" for E, gap in zip(values, gaps, strict=True)
    )
    return Finding(off, off < 1e-6, f"{evidence}. The authors' published gap saturates at {SATURATED:g} J_0, too.")


@claim(
    ANWB23,
    "Sec. 3.2, sinusoidal",
    where="Sec. 3.2, end of the paragraph on Fig. 8(a)",
    ours="delta J = 0.7 J_0, E_L = 8 J_0",
)
def sinusoidal_gap_is_smaller() -> Finding:
    """A sinusoidal drive never dimerizes the chain, and at strong leads its gap stays smaller."""
    def saturated(modulation: float) -> float:
        return many_body_gap(
            RiceMele(6, hopping_modulation=modulation, lead_coupling=8.0)
        )

    sinusoidal, clipped = saturated(0.7), saturated(1.0)
    evidence = f"Six islands, E_L = 8 J_0: {sinusoidal:.4f} J_0 at delta J/J_0 = 0.7, {clipped:.4f} J_0 at 1."
    return Finding(sinusoidal / clipped, sinusoidal < clipped - 1e-6, evidence)
