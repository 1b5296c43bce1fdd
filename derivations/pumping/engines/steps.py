"""The steps of all propagators of this part: how many, where, and what each exponential holds.

The rule. On a step of length dt with ends a and b and middle m,

    U(b, a) = S(b)^+ exp(-i dt [4/3 H(m) - (H(a) + H(b))/6]) S(a) + O(dt^5),   S = exp(i dt^2/12 dH/dt).

It is the Magnus series to fourth order: the bracket is H(m) - dt^2/24 d^2H/dt^2, Magnus' commutator is in S.
From step to step the S cancel; they stay at the ends of a panel of equal steps, that is at the kinks of a clipped
drive. One exponential a step, no commutator, and the phase between the leads enters each exponent linearly: the
derivative of the discrete map is exact, and the charge through every link is the same to rounding.

Where something else acts between the exponentials (noise, a bath, a phase that moves) nothing of fourth order is left
of it: `middles` are the steps of the plain rule, with H at the middle of each.
"""

import itertools
from collections.abc import Iterator

import numpy as np

from derivations.pumping.drives.chain import Chain
from rederived.evaluate.domain import require_integer
from rederived.evaluate.turn import middles_of_a_turn

__all__ = [
    "LEAST_STEPS",
    "MOST_STEPS",
    "middles",
    "panels",
    "product_of_steps",
    "require_steps",
    "sufficient_steps",
]

LEAST_STEPS = 96  # of a period, for a drive as fast as the chain
MOST_STEPS = 10**7


def sufficient_steps(chain: Chain, frequency: float) -> int:
    """Steps a period that resolve the fastest transition that the drive can cause, that of two quasiparticles.

    With fewer the steps are in resonance with it, and the charge is off by order one, whatever the rule. A strong lead
    splits the states of its island by E_L, and is then what is fastest.
    """
    count = 1.2 * _fastest(chain) / frequency
    if not count <= MOST_STEPS:
        low = 1.2 * _fastest(chain) / MOST_STEPS
        raise ValueError(
            f"Argument `frequency` must be in [{low:.3g}, inf) for this chain, but got {frequency:g}: a period would"
            f" take more than {MOST_STEPS:g} steps."
        )
    return max(LEAST_STEPS, int(np.ceil(count)))


def _fastest(chain: Chain) -> float:
    angles = np.linspace(0, 2 * np.pi, 49)
    sites, bonds, charges = chain.site_energies(angles), chain.bonds(angles), chain.induced_charges(angles)
    hopping = bonds.max(initial=0) + (bonds.min(axis=1).max() if bonds.size else 0.0)
    shift = chain.interaction * (0.5 + abs(charges - 0.5).max())
    return 2 * float(np.hypot(abs(sites).max() + shift, max(hopping, chain.lead_coupling)))


def require_steps(chain: Chain, frequency: float, steps) -> int:
    """`steps`, or ValueError where a step takes a whole turn of the fastest transition: it is resonant with it."""
    least = max(4, int(np.ceil(min(_fastest(chain) / frequency, MOST_STEPS))))
    return require_integer(
        "steps", steps, least, MOST_STEPS, remedy=f"fewer do not resolve this chain at frequency {frequency:g}"
    )


def panels(edges: np.ndarray, steps: int, frequency: float) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Drive angles of each panel between two edges, shape (2n + 1,), and the rule for H there, shape (n + 2, 2n + 1).

    `steps` are those of a whole period, n their share. The exponents of a panel are rule @ H(angles), the first and the
    last of them its S.
    """
    for a, b in itertools.pairwise(edges):
        count = max(2, int(np.ceil(steps * (b - a) / (2 * np.pi) - 1e-6)))
        yield np.linspace(a, b, 2 * count + 1), _rule(count, (b - a) / count / frequency)


def _rule(count: int, dt: float) -> np.ndarray:
    """The exponents of a panel as weights of H at its 2 count + 1 ends and middles, shape (count + 2, 2 count + 1).

    First and last row are S of its first end and S^+ of its last, dH/dt from three values of H.
    """
    rule = np.zeros((count + 2, 2 * count + 1))
    steps = np.arange(count)
    rule[steps + 1, 2 * steps + 1] = 4 / 3 * dt
    rule[steps + 1, 2 * steps] = rule[steps + 1, 2 * steps + 2] = -dt / 6
    rule[0, :3] = dt / 12 * np.array([3, -4, 1])
    rule[-1, -3:] = dt / 12 * np.array([1, -4, 3])
    return rule


def middles(steps: int, frequency: float) -> tuple[np.ndarray, float]:
    """Drive angles in the middle of equal steps of a period from angle 0, and the time of each step."""
    return middles_of_a_turn(steps), 2 * np.pi / frequency / steps


def product_of_steps(batches, current: np.ndarray, strengths: np.ndarray, start: int | None = None):
    """exp(-i h[-1]) ... exp(-i h[0]), what a current carries meanwhile, and the product before exponent `start`.

    batches: the exponents h as Hermitian matrices, a few at a time, shape (batch, n, n).
    current: the derivative of the Hamiltonian that is summed up, shape (n, n), times `strengths` of each exponent.

    With exp(-i h) = s exp(-i l) s^+ the derivative of an exponent h along a current c is, at the middle of the step,
    the matrix s^+ c s times sin(x)/x, where x is half the difference of two eigenvalues l.
    """
    passed, charge = np.eye(len(current), dtype=complex), np.zeros(current.shape, dtype=complex)
    before, step = None, 0
    for matrices in batches:
        values, vectors = np.linalg.eigh(matrices)
        moved = vectors.conj().swapaxes(1, 2) @ (current @ vectors)
        moved *= _sinc_of_differences(values / 2)
        moved *= strengths[step : step + len(values), None, None]
        half = np.exp(-0.5j * values)
        for phases, s, flow in zip(half, vectors, moved, strict=True):
            if step == start:
                before = passed
            middle = phases[:, None] * (s.conj().T @ passed)
            charge += middle.conj().T @ (flow @ middle)
            passed = (s * phases) @ middle
            step += 1
    return passed, charge, passed if before is None else before


def _sinc_of_differences(x: np.ndarray) -> np.ndarray:
    """sin(x_a - x_b)/(x_a - x_b), shape (batch, n, n), from sines and cosines of the n numbers x."""
    difference = x[:, :, None] - x[:, None, :]
    small = abs(difference) < 1e-7
    difference[small] = 1.0
    sine, cosine = np.sin(x), np.cos(x)
    product = sine[:, :, None] * cosine[:, None, :]
    ratio = (product - product.swapaxes(1, 2)) / difference
    ratio[small] = 1.0
    return ratio
