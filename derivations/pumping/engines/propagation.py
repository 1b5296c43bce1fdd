"""One period of the drive as a product of exponentials, and the charge that it moves: Eqs. 17-21 of ANWB23.

The steps and their rule are those of `steps`.

Half a period suffices where a reflection of the chain reverses the drive: it reverses time, together with complex
conjugation.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from derivations.pumping.drives.chain import Chain
from derivations.pumping.engines.averages import Average, floquet_states
from derivations.pumping.engines.many_body import ManyBody, many_body
from derivations.pumping.engines.steps import panels, product_of_steps, require_steps

__all__ = [
    "Period",
    "Propagated",
    "average",
    "block_mean",
    "ground_weights",
    "period",
    "propagate",
    "reflection_angle",
]

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
    parts, found, start = ManyBody(chain, 0.0), [], 0
    for angles, rule in panels(edges, steps, frequency):
        found.append((rule @ parts.coefficients(angles), rule @ parts.strengths(angles)))
        if abs(angles[-1]) < 1e-9:
            start = sum(len(c) for c, _ in found)
    coefficients, strengths = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    return Period(coefficients, strengths, start, center is not None)


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
    links, states = _links(parts), 2**parts.chain.islands
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
    """Propagate all 2^N states over a period: Eq. 17, and the charge of Eq. 21 as the exact derivative of the map."""
    require_steps(chain, frequency, steps)
    parts = many_body(chain, phase)
    product = period(chain, frequency, steps)
    means = product.coefficients @ parts.diagonals.mean(axis=1)
    centered = product.coefficients.copy()
    centered[:, 0] -= means
    exponents = _batches(parts, centered, product.strengths)
    passed, charge, at_zero = product_of_steps(exponents, lead_current(parts), product.strengths[:, 0], product.start)
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
