"""What an experiment on a pump needs, ANWB23, Sec. 5, with numbers."""

import numpy as np

from derivations.papers import ANWB23
from derivations.pumping.drives.chains import HarperHofstadter, RiceMele
from derivations.pumping.engines.many_body import many_body_gap
from derivations.pumping.experiment import frequency_window, picoamperes
from rederived.ledger import Finding, claim

__all__ = [
    "current_needs_megahertz",
    "gap_is_smaller_of_two",
    "ten_megahertz_is_adiabatic",
]


@claim(
    ANWB23,
    "Sec. 5, current",
    where="Sec. 5, paragraph on the frequency",
    ours="both numbers, lost in our copy; 1 pA as clearly measurable",
)
def current_needs_megahertz() -> Finding:
    """To measure a current of picoamperes with ease one has to pump at megahertz."""
    needed = 1 / float(picoamperes(1.0))
    evidence = (
        f"1 pA is one pair per cycle at {needed:.2f} MHz, as omega/2 pi; 10 MHz carry {float(picoamperes(10)):.2f} pA,"
        f" 100 MHz {float(picoamperes(100)):.1f} pA."
    )
    return Finding(needed, 1 < needed < 10, evidence)


@claim(
    ANWB23,
    "Sec. 5, upper frequency",
    where="Sec. 5, end of the paragraph on the frequency; Sec. 6, last paragraph",
    ours="all numbers, lost in our copy: E_J/h = 10 GHz, at least 1 pA, at most one percent off",
)
def ten_megahertz_is_adiabatic() -> Finding:
    """The gap limits the frequency from above, and measurable currents fit below that limit."""
    chains = {
        "Rice-Mele, clipped": RiceMele(6, hopping_modulation=1.2),
        "Harper-Hofstadter": HarperHofstadter(9),
    }
    found = {name: frequency_window(chain, 10.0) for name, chain in chains.items()}
    listed = "; ".join(
        f"{name} {low:.1f} to {high:.0f} MHz" for name, (low, high) in found.items()
    )
    widest = min(high / low for low, high in found.values())
    evidence = f"E_J/h = 10 GHz, at least 1 pA, at most one percent off: {listed}, as omega/2 pi."
    return Finding(widest, widest > 1, evidence)


@claim(
    ANWB23,
    "Sec. 5, gap",
    where="Sec. 5, paragraph on the frequency",
    ours="the symbols, lost in our copy; the amplitudes that are large enough",
)
def gap_is_smaller_of_two() -> Finding:
    """If the gates move far enough, the gap of either pump is the smaller of the lead's and one proportional to E_J."""
    weak, larger, strong, twice = (
        many_body_gap(
            RiceMele(4, hopping=hopping, hopping_modulation=hopping, lead_coupling=lead, detuning=12.0), np.pi / 3
        )
        for hopping, lead in ((1.0, 0.5), (1.0, 1.5), (1.0, 20.0), (2.0, 20.0))
    )
    couplings = (0.1, 0.2, 0.4, 1.0, 4.0)
    other = [many_body_gap(HarperHofstadter(6, lead_coupling=lead)) for lead in couplings]
    gaps, leads = ", ".join(f"{gap:.3f}" for gap in other), ", ".join(f"{lead:g}" for lead in couplings)
    far = {"onsite_modulation": 16.0, "charging_energy": 64.0, "mean_induced_charge": 0.4375, "lead_coupling": 8.0}
    deep, deeper = (many_body_gap(HarperHofstadter(6, hopping=hopping, **far)) for hopping in (0.5, 1.0))
    evidence = (
        f"Rice-Mele, four islands, delta J = J_0, Delta_0 = 12: {weak:.3f}, {larger:.3f}, {strong:.3f} at E_L = 0.5,"
        f" 1.5, 20 for J_0 = 1; {twice:.3f} at E_L = 20 for J_0 = 2. Harper-Hofstadter, six islands, J = 0.5: {gaps}"
        f" at E_L = {leads}, rounded off in between; with delta mu = {far['onsite_modulation']:g} and E_L ="
        f" {far['lead_coupling']:g} it is {deep:.3f} at J = 0.5, {deeper:.3f} at J = 1."
    )
    follows = abs(weak - 0.5) < 0.02 and abs(larger - 1.5) < 0.1 and abs(twice / strong - 2) < 1e-6
    saturates = abs(other[0] / 0.1 - 1) < 0.05 and abs(other[4] / other[3] - 1) < 0.02
    proportional = abs(deeper / deep / 2 - 1) < 0.05
    return Finding(strong, bool(follows and saturates and proportional), evidence)
