"""Toward chains, SLZ25b, Sec. V: what two coupled pairs in a row say."""

from derivations.cotunneling.higher_orders.chain import drag_strength
from derivations.papers import SLZ25b
from rederived.ledger import Finding, claim

__all__ = [
    "chains_increase_the_drag",
]


@claim(
    SLZ25b,
    "Sec. V, chains",
    where="Sec. V, last paragraph, first sentence",
    ours="chains of two junctions, to leading order in C_m",
)
def chains_increase_the_drag() -> Finding:
    """In two coupled chains of junctions the drag is expected to be larger."""
    gain, random = (float(drag_strength(2, coherent=c) / drag_strength(1)) for c in (True, False))
    evidence = (
        f"Two coupled pairs in a row, leading order in C_m: gamma_1,1^2 - gamma_1,-1^2 is {gain:.0f} times that of one"
        f" pair if no grain is charged and the amplitudes of all junctions add, {random:.0f} times if only squares do:"
        " with random charges, or where a shunt of its own tells each junction apart."
    )
    return Finding(gain, min(gain, random) > 1, evidence)
