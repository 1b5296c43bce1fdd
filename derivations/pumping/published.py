"""Charges that ANWB23's authors published, as rows cite them beside their own: no verdict is decided by them.

From the data repository that the paper names (QuantumPumping). Six islands, Rice-Mele, omega = 0.05 J_0, by delta J
over J_0; q here is minus theirs, since their drive lowers the first island first. The tests compare these numbers
with the published files.
"""

__all__ = ["AVERAGES", "LARGEST", "LOST", "SATURATED", "SWINGS", "cited"]

AVERAGES = {0.7: 0.00822, 0.9: 0.00661, 1.1: 0.00656}  # 1 - Q of Fig. 6, 19 phases
LARGEST = {0.7: 0.24679, 0.9: 0.04721, 1.1: 0.01450}  # |1 - q| among them
SWINGS = {0.5: 1.328, 0.7: 0.476, 0.9: 0.082, 1.1: 0.016}  # largest less smallest q of Fig. 6
SATURATED = 2.0  # J_0: the many-body gap of Fig. 8(a) for E_L >= 2 J_0, delta J = J_0
LOST = 1 / 300  # of each charge: their quadrature puts 300 steps of length T/300 on 299 intervals


def cited(modulation: float) -> str:
    """One sentence on the published average and single phases at one modulation, as stored and with nothing lost."""
    stored, single = AVERAGES[modulation], LARGEST[modulation]
    whole, alone = (1 - (1 - x) / (1 - LOST) for x in (stored, single))
    return (
        f"The published charges of six islands at {modulation:g} miss one pair by {100 * stored:.2f}% in their average"
        f" and by up to {100 * single:.2f}% one by one; the step of their quadrature makes {100 * LOST:.2f}% of it:"
        f" {100 * whole:.2f}% and {100 * alone:.2f}% without it."
    )
