"""One period of the drive as a product of exponentials, and the charge that it moves: Eqs. 17-21 of ANWB23.

The rule. On a step of length dt with ends a and b and middle m,

    U(b, a) = S(b)^+ exp(-i dt [4/3 H(m) - (H(a) + H(b))/6]) S(a) + O(dt^5),   S = exp(i dt^2/12 dH/dt).

It is the Magnus series to fourth order: the bracket is H(m) - dt^2/24 d^2H/dt^2, Magnus' commutator is in S.
From step to step the S cancel; they stay at the ends of a panel of equal steps, that is at the kinks of a clipped
drive. One exponential a step, no commutator, and the phase between the leads enters each exponent linearly: the
derivative of the discrete map is exact, and the charge through every link is the same to rounding.

Half a period suffices where a reflection of the chain reverses the drive: it reverses time, together with complex
conjugation.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from derivations.pumping.drives.chains import HarperHofstadter, RiceMele
from derivations.pumping.engines.averages import Average, floquet_states
from derivations.pumping.engines.many_body import ManyBody, many_body
from rederived.evaluate.domain import require_integer

__all__ = [
    "Chain",
    "Period",
    "Propagated",
    "average",
    "block_mean",
    "ground_weights",
    "period",
    "propagate",
    "reflection_angle",
    "require_steps",
    "sufficient_steps",
]

Chain = RiceMele | HarperHofstadter

LEAST_STEPS = 96  # of a period, for a drive as fast as the chain
MOST_STEPS = 10**7
CACHE = 1 << 16  # complex numbers in one batch of matrices


@dataclass(frozen=True)
class Period:
    """A period, or half of it, as the product exp(-i exponent[-1]) ... exp(-i exponent[0]).

    Exponent k is the Hamiltonian with `coefficients[k]` for its diagonal and `strengths[k]` for its links, both times
    time. The drive angle is 0 before exponent `start`. `mirrored`: this is half a period, and the reflection of the
    chain maps it to the other half, run backwards.
    """

    coefficients: np.ndarray
    strengths: np.ndarray
    start: int
    mirrored: bool


def _drive(chain: Chain, angle) -> tuple[np.ndarray, ...]:
    return (
        chain.site_energies(angle),
        chain.bonds(angle),
        chain.induced_charges(angle),
    )


def reflection_angle(chain: Chain) -> float | None:
    """The drive angle about which reflecting the chain reverses the drive, None without such a symmetry."""
    samples = np.arange(8) * np.pi / 4
    harmonics = [
        np.exp(-1j * samples) @ values for values in _drive(chain, samples)
    ]
    angle = -np.angle(sum(h @ h[::-1] for h in harmonics)) / 2
    shifts = np.arange(1, 14) * 0.4
    pairs = zip(
        _drive(chain, angle + shifts), _drive(chain, angle - shifts), strict=True
    )
    symmetric = all(
        np.allclose(after, before[:, ::-1], rtol=1e-12, atol=1e-12)
        for after, before in pairs
    )
    return float(angle) if symmetric else None


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
    sites, bonds, charges = _drive(chain, angles)
    hopping = bonds.max(initial=0) + (
        bonds.min(axis=1).max() if bonds.size else 0.0
    )
    shift = chain.interaction * (0.5 + abs(charges - 0.5).max())
    return 2 * float(np.hypot(abs(sites).max() + shift, max(hopping, chain.lead_coupling)))


def require_steps(chain: Chain, frequency: float, steps) -> int:
    """`steps`, or ValueError where a step takes a whole turn of the fastest transition: it is resonant with it."""
    least = max(4, int(np.ceil(min(_fastest(chain) / frequency, MOST_STEPS))))
    return require_integer(
        "steps", steps, least, MOST_STEPS, remedy=f"fewer do not resolve this chain at frequency {frequency:g}"
    )


def period(
    chain: Chain, frequency: float, steps: int, *, whole: bool = False
) -> Period:
    """The exponents of a period of `steps` steps, equal between kinks; of half a period where symmetry allows it."""
    center = None if whole else reflection_angle(chain)
    first = (
        0.0 if center is None else center - np.pi * np.ceil(center / np.pi - 1e-9)
    )
    last = first + (2 * np.pi if center is None else np.pi)
    kinks = first + (chain.kinks - first) % (2 * np.pi)
    edges = np.unique(np.round([first, last, 0.0, *kinks[kinks < last]], 12))
    parts, panels, start = ManyBody(chain, 0.0), [], 0
    for a, b in itertools.pairwise(edges):
        count = max(2, int(np.ceil(steps * (b - a) / (2 * np.pi) - 1e-6)))
        angles = np.linspace(a, b, 2 * count + 1)
        rule = _rule(count, (b - a) / count / frequency)
        panels.append(
            (rule @ parts.coefficients(angles), rule @ parts.strengths(angles))
        )
        if abs(b) < 1e-9:
            start = sum(len(c) for c, _ in panels)
    coefficients, strengths = (
        np.concatenate(arrays) for arrays in zip(*panels, strict=True)
    )
    return Period(coefficients, strengths, start, center is not None)


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


@dataclass(frozen=True)
class Propagated:
    """What one period does to all 2^N states, seen from the time at which it begins.

    `floquet`: the operator of one period. `charge`: the pairs that cross from left to right in it, a Hermitian
    matrix. `ground`: the ground state at drive angle 0, taken back to the beginning. `energy`: what was subtracted
    from H on average. Shapes (2^N, 2^N), (2^N, 2^N), (2^N,), ().
    """

    floquet: np.ndarray
    charge: np.ndarray
    ground: np.ndarray
    energy: float


def _gauge(parts: ManyBody) -> np.ndarray:
    """Phases of the basis states that share the phase between the leads equally: reflection then reverses it."""
    return np.exp(0.5j * parts.phase * parts.numbers.sum(axis=0))


def _links(parts: ManyBody) -> list[tuple[np.ndarray, ...]]:
    """Rows, columns and values of the links in the symmetric gauge."""
    gauge, found = _gauge(parts), []
    for link in parts.links:
        rows, columns = link.nonzero()
        found.append(
            (
                rows,
                columns,
                link.tocsr()[rows, columns] * gauge[rows] * gauge[columns].conj(),
            )
        )
    return found


def _batches(parts: ManyBody, coefficients, strengths) -> Iterator[np.ndarray]:
    """The exponents as Hermitian matrices, a few at a time, shape (batch, 2^N, 2^N)."""
    links, states = _links(parts), parts.chain.states
    diagonal, size = np.arange(states), max(1, CACHE // states**2)
    for begin in range(0, len(coefficients), size):
        values = coefficients[begin : begin + size] @ parts.diagonals
        matrices = np.zeros((len(values), states, states), dtype=complex)
        matrices[:, diagonal, diagonal] = values
        for l, (rows, columns, entries) in enumerate(links):
            matrices[:, rows, columns] = (
                strengths[begin : begin + size, l, None] * entries
            )
        yield matrices


def lead_current(parts: ManyBody) -> np.ndarray:
    """Mean of the currents through both leads over E_L/2, shape (2^N, 2^N), in the symmetric gauge."""
    gauge = _gauge(parts)
    both = (parts.currents[0] + parts.currents[-1]).toarray() / 2
    return gauge[:, None] * both * gauge.conj()


def propagate(
    chain: Chain, frequency: float, phase: float, steps: int
) -> Propagated:
    """Propagate all 2^N states over a period: Eq. 17, and the charge of Eq. 21 as the exact derivative of the map.

    With exp(-i h) = s exp(-i l) s^+ the derivative of an exponent h along a current c is, at the middle of the step,
    the matrix s^+ c s times sin(x)/x, where x is half the difference of two eigenvalues l.
    """
    require_steps(chain, frequency, steps)
    parts = many_body(chain, phase)
    product, current = period(chain, frequency, steps), lead_current(parts)
    states = chain.states
    passed, charge, at_zero = (
        np.eye(states, dtype=complex),
        np.zeros((states, states), dtype=complex),
        None,
    )
    means = product.coefficients @ parts.diagonals.mean(axis=1)
    centered = product.coefficients.copy()
    centered[:, 0] -= means
    step = 0
    for matrices in _batches(parts, centered, product.strengths):
        values, vectors = np.linalg.eigh(matrices)
        moved = _conjugated(current, vectors) * _sinc_of_differences(values / 2)
        moved *= product.strengths[step : step + len(values), 0, None, None]
        half = np.exp(-0.5j * values)
        for phases, s, flow in zip(half, vectors, moved, strict=True):
            if step == product.start:
                at_zero = passed
            middle = phases[:, None] * (s.conj().T @ passed)
            charge += middle.conj().T @ (flow @ middle)
            passed = (s * phases) @ middle
            step += 1
    at_zero = passed if at_zero is None else at_zero
    if product.mirrored:
        mirror = _mirror(parts)
        passed = passed.T[np.ix_(mirror, mirror)] @ passed
        charge = charge + charge.conj()[np.ix_(mirror, mirror)]
    ground = at_zero.conj().T @ ground_state(parts)
    return Propagated(
        passed,
        charge,
        ground,
        means.sum() * (1 + product.mirrored) * frequency / (2 * np.pi),
    )


def ground_state(parts: ManyBody) -> np.ndarray:
    """The ground state at drive angle 0, shape (2^N,), in the symmetric gauge."""
    (matrix,) = next(
        _batches(
            parts, parts.coefficients(np.zeros(1)), parts.strengths(np.zeros(1))
        )
    )
    return np.linalg.eigh(matrix)[1][:, 0]


def _conjugated(matrix: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    return vectors.conj().swapaxes(1, 2) @ (matrix @ vectors)


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


def _mirror(parts: ManyBody) -> np.ndarray:
    """The basis state that the reflection of the chain makes of each."""
    return (1 << np.arange(parts.chain.islands)) @ parts.numbers.astype(int)


def ground_weights(propagated: Propagated) -> tuple[np.ndarray, np.ndarray]:
    """Eigenphases of one period and the weights of the ground state on its Floquet states, Eqs. 18 and 20."""
    angles, vectors = floquet_states(propagated.floquet)
    return angles, abs(vectors.conj().T @ propagated.ground) ** 2


def average(propagated: Propagated) -> Average:
    """The charge in the Floquet states, with the weights of the ground state on them: Eqs. 19-21."""
    angles, vectors = floquet_states(propagated.floquet)
    amplitudes = vectors.conj().T @ propagated.ground
    flow = vectors.conj().T @ propagated.charge @ vectors
    return Average(propagated.floquet, angles, vectors, flow, np.outer(amplitudes, amplitudes.conj()))


def block_mean(propagated: Propagated) -> float:
    """The charge per period at infinite time, Eqs. 19-21: its mean over blocks of equal eigenphase."""
    return average(propagated).charge
