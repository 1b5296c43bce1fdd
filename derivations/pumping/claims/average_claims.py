"""What becomes of the charge when the phase between the leads moves, with numbers."""

import numpy as np

from derivations.papers import ANWB23
from derivations.pumping.drives.chains import HarperHofstadter, RiceMele
from derivations.pumping.engines.infinite_time import pumped_charge
from derivations.pumping.floquet.phase_average import charge_while_phase_moves
from rederived.evaluate.turn import middles_of_a_turn
from rederived.ledger import Finding, claim

__all__ = [
    "average_by_bias",
    "driven_flux",
    "phase_dependence",
]


@claim(
    ANWB23,
    "Sec. 5, phase dependence",
    where="Sec. 5, paragraph after that on the frequency",
    ours="six islands, twelve phases, a factor of ten as large",
)
def phase_dependence() -> Finding:
    """At one length the Rice-Mele pump feels the phase far less than the other pump, above all if it is clipped."""
    phases = middles_of_a_turn(12)
    spread = {
        "Rice-Mele": np.ptp(pumped_charge(RiceMele(6), 0.05, phases)),
        "clipped": np.ptp(
            pumped_charge(RiceMele(6, hopping_modulation=1.2), 0.05, phases)
        ),
        "Harper-Hofstadter": np.ptp(
            pumped_charge(HarperHofstadter(6), 0.01, phases)
        ),
    }
    ratio = float(spread["Rice-Mele"] / spread["Harper-Hofstadter"])
    listed = ", ".join(f"{name} {s:.2g}" for name, s in spread.items())
    holds = (
        spread["clipped"]
        < 0.1 * spread["Rice-Mele"]
        < 0.1 * spread["Harper-Hofstadter"]
    )
    return Finding(
        ratio,
        bool(holds),
        f"Largest minus smallest of twelve phases, six islands: {listed}.",
    )


def biased(
    chain,
    frequency: float,
    cycles: int,
    windings: int = 1,
    sign: int = 1,
    start: float = 0.0,
) -> float:
    """Mean charge of a cycle while a bias winds the phase `windings` times in `cycles` cycles each."""
    turn = sign * 2 * np.pi / cycles
    return float(
        charge_while_phase_moves(
            chain, frequency, start + turn * np.arange(cycles * windings + 1)
        ).mean()
    )


@claim(
    ANWB23,
    "Sec. 5, voltage bias",
    where="Sec. 5, paragraph on averaging over the phase",
    ours="four pairs as many, 0.05 of a pair as averaged",
)
def average_by_bias() -> Finding:
    """A voltage between the leads winds the phase, and averages over it if many pairs pass in one winding."""
    chain = HarperHofstadter(6)
    found = {
        m: (biased(chain, 0.01, m), biased(chain, 0.01, m, sign=-1)) for m in (1, 4)
    }
    worst = {m: float(abs(1 - np.array(q)).max()) for m, q in found.items()}
    listed = "; ".join(f"{m}: {a:.3f}, {b:.3f}" for m, (a, b) in found.items())
    evidence = f"Six islands at n_g = 0.4, omega = 0.01, by cycles in a winding, for both signs of the bias: {listed}."
    return Finding(worst[4], worst[4] < 0.05, evidence)


@claim(
    ANWB23,
    "Sec. 5, driven flux",
    where="Sec. 5, paragraph on averaging over the phase",
    ours="a ramp up and down, eight cycles each; 0.05 of a pair as averaged",
)
def driven_flux() -> Finding:
    """In a ring a flux that is driven in time can average over the phase instead."""
    chain, cycles = HarperHofstadter(6), 8
    ramp = 2 * np.pi / cycles * np.arange(cycles + 1)
    charges = charge_while_phase_moves(
        chain, 0.01, np.concatenate([ramp, ramp[-2::-1]])
    )
    up, down = charges[:cycles].mean(), charges[cycles:].mean()
    evidence = (
        f"Six islands, eight cycles for one way of 2 pi: {up:.3f} pairs a cycle up, {down:.3f} down,"
        f" {charges.mean():.3f} on the whole way."
    )
    return Finding(float(charges.mean()), bool(abs(1 - charges.mean()) < 0.05), evidence)
