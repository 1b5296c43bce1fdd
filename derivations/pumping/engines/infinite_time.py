"""Floquet spectrum and pumped charge of a chain as functions to import: Eqs. 17-21 of ANWB23.

The charge comes from one of three engines that share nothing but the exponents of `propagation.period`: free
fermions without repulsion, all 2^N states of a short chain, and a Krylov space of a longer one.
"""

from collections.abc import Iterator

import numpy as np

from derivations.pumping.drives.chain import Chain, PeriodicChain, require_chain, require_drive
from derivations.pumping.engines.averages import floquet_states
from derivations.pumping.engines.free_fermions import free_averages
from derivations.pumping.engines.krylov import krylov_charge
from derivations.pumping.engines.many_body import many_body
from derivations.pumping.engines.propagation import average, ground_weights, propagate
from derivations.pumping.engines.steps import sufficient_steps
from rederived.evaluate.domain import require_integer
from rederived.evaluate.turn import middles_of_a_turn

__all__ = ["averaged_charge", "floquet_spectrum", "pumped_charge"]

DENSE_ISLANDS = 8  # up to here all states cost no more than a Krylov space
SPECTRUM_ISLANDS = 9
LARGEST_INTERACTING = 14
ACCURACY = 8e-7  # of quasienergies over the largest energy, at the phase that is tried
TRIED_ISLANDS, TRIED_PHASE = 5, 0.7


def floquet_spectrum(
    chain: Chain, frequency: float, phase, *, steps: int | None = None
) -> tuple:
    """Quasienergies of a driven chain and how the initial ground state occupies them: ANWB23, Eqs. 17, 18 and 20.

    Parameters
    ----------
    chain: any `Chain` of 2 to 9 islands; its energies and `frequency` share one unit.
    frequency: omega, angular, any shape, > 0.
    phase: between the leads, in radians, any shape, finite.
    steps: of a period, at least one for each turn of the fastest transition; by default as many as the accuracy needs.

    Returns quasienergies in (-omega/2, omega/2], ascending, and the weights of the ground state at t = 0 on their
    Floquet states, both of the broadcast shape with one more axis of length 2^N. With the default steps
    quasienergies are good to 1e-6 of the largest energy, weights but next to an avoided crossing to 1e-5.

    Raises ValueError for an argument outside its range.

    Without leads the pairs of an adiabatic chain stay in the ground state: one weight is 1. They sum up to 1 always.

    >>> from derivations.pumping import RiceMele
    >>> quasienergies, weights = floquet_spectrum(RiceMele(2), 0.05, 1.0)
    >>> weights.shape, round(float(weights.sum()), 12)
    ((4,), 1.0)
    """
    frequencies, phase = require_drive(chain, frequency, phase, least=2, most=SPECTRUM_ISLANDS, steps=steps)
    rates = np.unique(frequencies).tolist()
    counted = {omega: int(steps or _steps_of_spectrum(chain, omega)) for omega in rates}
    states = 2**chain.islands
    found = np.empty((2, phase.size, states))
    for k, (omega, angle) in enumerate(zip(frequencies.flat, phase.flat, strict=True)):
        propagated = propagate(chain, float(omega), float(angle), counted[float(omega)])
        angles, weights = ground_weights(propagated)
        energies = omega / (2 * np.pi) * -angles + propagated.energy
        energies -= omega * np.ceil(energies / omega - 0.5)
        order = np.argsort(energies)
        found[:, k] = energies[order], weights[order]
    energies, weights = found.reshape(2, *phase.shape, states)
    return energies, weights


def _steps_of_spectrum(chain: Chain, frequency: float) -> int:
    """Steps with which quasienergies are good to 1e-6 of the largest energy: doubled until twice as many move none.

    Tried on five islands of a longer chain that repeats itself, whose energies grow with it as its errors do, and at
    one phase, on which the error of the steps hardly depends.
    """
    shorter = chain
    if chain.islands > TRIED_ISLANDS and isinstance(chain, PeriodicChain) and chain.cell:
        shorter = chain.of_length(TRIED_ISLANDS)
    turn = np.linspace(0, 2 * np.pi, 13)
    allowed = ACCURACY * abs(np.linalg.eigvalsh(many_body(shorter, TRIED_PHASE).dense(turn))).max()
    counted = sufficient_steps(chain, frequency)
    coarse = _rotations(shorter, frequency, counted)
    while True:
        fine = _rotations(shorter, frequency, 2 * counted)
        apart = abs(np.angle(fine[:, None] / coarse)).min(axis=1).max() * frequency / (2 * np.pi)
        if apart < allowed:
            return counted
        counted, coarse = 2 * counted, fine


def _rotations(chain: Chain, frequency: float, steps: int) -> np.ndarray:
    """exp(-i quasienergy T) of all states."""
    found = propagate(chain, frequency, TRIED_PHASE, steps)
    return np.exp(1j * floquet_states(found.floquet)[0] - 2j * np.pi * found.energy / frequency)


def pumped_charge(
    chain: Chain,
    frequency: float,
    phase,
    *,
    steps: int | None = None,
    error: bool = False,
):
    """Charge a driven chain moves from the left lead to the right one per period, at infinite time: ANWB23, Eqs. 19-21.

    Parameters
    ----------
    chain: any `Chain` of 2 to 14 islands, without repulsion of any number >= 2; its energies
        and `frequency` share one unit.
    frequency: omega, angular, any shape, > 0.
    phase: between the leads, in radians, any shape, finite: H_L = -(E_L/2)(b_1 + exp(i phase) b_N + h.c.).
    steps: of a period; by default as many as the fastest transition needs, for an error of about 1e-5 of the
        largest charge of a Floquet state, and twice as many for a phase that lies next to a narrow avoided crossing;
        at least as many as keep a step shorter than its turn.
    error: return also an estimate of the error: the largest of what twice as many steps change, of the spread over
        all links in a Krylov space, and of what pairs of Floquet states closer than the steps resolve leave undecided.
        The charge is then that of the finer rule. In the other engines the charge through every link is the same to
        rounding, an identity of the discrete map, and says nothing of its error.

    Returns charges in units of 2e, of the broadcast shape; with `error`, charges and errors. The state at t = 0 is
    the ground state. Next to an avoided crossing narrower than the error of the steps, some 1e-4 of 2 pi in the
    eigenphase, the charge of one phase is sensitive to everything, and the estimate is as large as the charges of both
    states differ; its average over phases is not. A Krylov space averages over crossings narrower than one over its
    dimension, 290 at most, as that many periods do.

    Raises ValueError for an argument outside its range, ArithmeticError if a Krylov space does not converge.

    >>> from derivations.pumping import RiceMele
    >>> pump = RiceMele(6, hopping_modulation=1.2)
    >>> [round(float(q), 3) for q in pumped_charge(pump, 0.05, [0.5, 2.5])]
    [0.996, 0.995]
    """
    require_chain(chain)
    most = LARGEST_INTERACTING if chain.interaction else np.inf
    frequencies, phase = require_drive(chain, frequency, phase, least=2, most=most, steps=steps)
    found = np.empty((2, *phase.shape))
    for omega in np.unique(frequencies):
        at = frequencies == omega
        one = _with_errors if error else _charges
        found[:, at] = one(chain, float(omega), phase[at], steps)
    return (found[0][()], found[1][()]) if error else found[0][()]


def averaged_charge(chain: Chain, frequency: float, phases: int) -> float:
    """The pumped charge averaged over the phase between the leads: ANWB23, Eq. 22.

    Parameters
    ----------
    chain, frequency: as in `pumped_charge`, one frequency.
    phases: how many, >= 1, in the middles of equal parts of a turn.

    Returns the mean in units of 2e. Raises ValueError for an argument outside its range.

    >>> from derivations.pumping import RiceMele
    >>> round(averaged_charge(RiceMele(6, hopping_modulation=1.2), 0.05, 4), 3)
    0.998
    """
    return float(pumped_charge(chain, frequency, middles_of_a_turn(require_integer("phases", phases, 1))).mean())


def _charges(chain: Chain, frequency: float, phases: np.ndarray, steps: int | None) -> np.ndarray:
    """Charges at phases of shape (P,); with the default steps, twice as many for a phase that needs them."""
    counted = int(steps or sufficient_steps(chain, frequency))
    found = [one for (one,) in _averages(chain, frequency, phases, (counted,))]
    charges = np.array([one.charge for one in found])
    again = np.array([steps is None and one.sensitive for one in found], dtype=bool)
    charges[again] = [one.charge for (one,) in _averages(chain, frequency, phases[again], (2 * counted,))]
    return charges


def _with_errors(chain: Chain, frequency: float, phases: np.ndarray, steps: int | None) -> np.ndarray:
    """Charges at phases of shape (P,) and their errors, shape (2, P)."""
    counted = int(steps or sufficient_steps(chain, frequency))
    rows = [
        (fine.charge, max(abs(fine.charge - coarse.charge), fine.doubt(coarse)))
        for coarse, fine in _averages(chain, frequency, phases, (counted, 2 * counted))
    ]
    return np.array(rows).reshape(-1, 2).T


def _averages(chain: Chain, frequency: float, phases: np.ndarray, steps: tuple[int, ...]) -> Iterator[tuple]:
    """For each phase what each number of steps finds: `charge`, and `doubt(coarse)` given the same of fewer steps."""
    if not phases.size:
        return iter(())
    if not chain.interaction:
        return zip(*(free_averages(chain, frequency, phases, n) for n in steps), strict=True)
    if chain.islands <= DENSE_ISLANDS:
        return (tuple(average(propagate(chain, frequency, float(p), n)) for n in steps) for p in phases)
    return (tuple(krylov_charge(chain, frequency, float(p), n) for n in steps) for p in phases)
