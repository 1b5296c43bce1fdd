"""What ANWB23 says of reflected fillings, Sec. 4, with numbers."""

from derivations.papers import ANWB23
from derivations.pumping.drives.chains import HarperHofstadter
from derivations.pumping.engines.many_body import many_body
from derivations.pumping.engines.steps import middles
from rederived.ledger import Finding, claim

__all__: list[str] = []


def charge_from_start(
    chain, frequency: float, phase: float, start: float, steps: int = 300
) -> float:
    """Charge per cycle at infinite time through the right lead, from the ground state at drive angle `start`.

    Midpoint steps; meant for a symmetry that holds for each step, not for accuracy.
    """
    import numpy as np
    from scipy.linalg import schur


    parts = many_body(chain, phase)
    angles, dt = middles(steps, frequency)
    energies, states = np.linalg.eigh(parts.dense(start + angles))
    turns = (states * np.exp(-1j * energies * dt)[:, None, :]) @ states.conj().swapaxes(1, 2)
    current = parts.strengths(start)[-1] * parts.currents[-1].toarray()
    over_cycle, passed = np.eye(2**chain.islands, dtype=complex), 0
    for turn in turns:
        after = turn @ over_cycle
        passed = (
            passed
            + (
                over_cycle.conj().T @ current @ over_cycle
                + after.conj().T @ current @ after
            )
            / 2
        )
        over_cycle = after
    _, floquet = schur(over_cycle, output="complex")
    ground = np.linalg.eigh(parts.dense(start))[1][:, 0]
    weights = np.abs(floquet.conj().T @ ground) ** 2
    carried = (
        np.einsum("ia,ij,ja->a", floquet.conj(), passed, floquet).real
        * dt
    )
    return float(weights @ carried)


@claim(
    ANWB23,
    "Sec. 4, reflection",
    where="Sec. 4, after Eqs. (25) and (26)",
    ours="three islands, two U; start and phase are reflected too, as Eq. (26) asks",
)
def charge_changes_sign() -> Finding:
    """Reflected about one half, the same filling knob pumps the opposite charge, whatever the repulsion."""
    from math import pi as half_turn


    def charge(
        mean: float, interaction: float, phase: float, start: float
    ) -> float:
        chain = HarperHofstadter(
            3, mean_induced_charge=mean, interaction=interaction
        )
        return charge_from_start(chain, 0.05, phase, start)

    off, same_start = 0.0, 0.0
    for interaction in (0.0, 1.0):
        here = charge(0.4, interaction, 0.7, 0.0)
        off = max(off, abs(here + charge(0.6, interaction, -0.7, half_turn)))
        same_start = max(
            same_start, abs(here + charge(0.6, interaction, -0.7, 0.0))
        )
    evidence = (
        f"Three islands, U = 0 and E_C/4: q(phi) at 0.4 from t = 0 plus q(-phi) at 0.6 from t = T/2 is {off:.6f}."
        f" Started at t = 0 both, it is up to {same_start:.2f}: the start has to be moved too."
    )
    return Finding(off, off < 1e-8 < same_start, evidence)
