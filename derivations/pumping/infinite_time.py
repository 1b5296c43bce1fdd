"""Floquet spectrum and pumped charge of a chain as functions to import: Eqs. 17-21 of ANWB23.

The charge comes from one of three engines that share nothing but the exponents of `propagation.period`: free
fermions without repulsion, all 2^N states of a short chain, and a Krylov space of a longer one.
"""

from numbers import Integral

import numpy as np

from derivations.pumping.propagation import (
    Chain,
    block_mean,
    ground_weights,
    propagate,
    sufficient_steps,
)

__all__ = ["floquet_spectrum", "pumped_charge"]

DENSE_ISLANDS = 8  # up to here all states cost no more than a Krylov space
SPECTRUM_ISLANDS = 9
LARGEST_INTERACTING = 14


def _require_drive(
    chain: Chain, frequency, phase, steps
) -> tuple[float, np.ndarray, int]:
    frequency, phase = (
        np.asarray(frequency, dtype=float),
        np.asarray(phase, dtype=float),
    )
    if frequency.ndim or not 0 < frequency < np.inf:
        raise ValueError(
            f"Argument `frequency` must be in (0, inf), but got {frequency}."
        )
    if not np.isfinite(phase).all():
        raise ValueError(
            f"Argument `phase` must be in (-inf, inf), but got {phase}."
        )
    if chain.islands < 2:
        raise ValueError(
            f"Argument `chain` must have islands in [2, inf], but got {chain.islands}."
        )
    if steps is not None and (
        not isinstance(steps, Integral) or isinstance(steps, bool) or steps < 4
    ):
        raise ValueError(
            f"Argument `steps` must be an integer in [4, inf], but got {steps!r}."
        )
    return (
        float(frequency),
        phase,
        int(steps or sufficient_steps(chain, float(frequency))),
    )


def floquet_spectrum(
    chain: Chain, frequency: float, phase, *, steps: int | None = None
) -> tuple:
    """Quasienergies of a driven chain and how the initial ground state occupies them: ANWB23, Eqs. 17, 18 and 20.

    Parameters
    ----------
    chain: a `RiceMele` or a `HarperHofstadter` of 2 to 9 islands; its energies and `frequency` share one unit.
    frequency: omega, angular, > 0.
    phase: between the leads, in radians, any shape, finite.
    steps: of a period; by default as many as the fastest transition needs.

    Returns quasienergies in (-omega/2, omega/2], ascending, and the weights of the ground state at t = 0 on their
    Floquet states, both of the shape of `phase` with one more axis of length 2^N. Quasienergies are good to about
    1e-6 of the largest energy, weights likewise but next to an avoided crossing narrower than that.

    Raises ValueError for an argument outside its range.

    Without leads the pairs of an adiabatic chain stay in the ground state: one weight is 1. They sum up to 1 always.

    >>> from derivations.pumping import RiceMele
    >>> quasienergies, weights = floquet_spectrum(RiceMele(2), 0.05, 1.0)
    >>> weights.shape, round(float(weights.sum()), 12)
    ((4,), 1.0)
    """
    frequency, phase, steps = _require_drive(chain, frequency, phase, steps)
    if chain.islands > SPECTRUM_ISLANDS:
        raise ValueError(
            f"Argument `chain` must have islands in [2, {SPECTRUM_ISLANDS}], but got {chain.islands}."
        )
    found = np.empty((2, phase.size, chain.states))
    for k, angle in enumerate(phase.flat):
        propagated = propagate(chain, frequency, float(angle), steps)
        angles, weights = ground_weights(propagated)
        energies = frequency / (2 * np.pi) * -angles + propagated.energy
        energies -= frequency * np.ceil(energies / frequency - 0.5)
        order = np.argsort(energies)
        found[:, k] = energies[order], weights[order]
    energies, weights = found.reshape(2, *phase.shape, chain.states)
    return energies, weights


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
    chain: a `RiceMele` or a `HarperHofstadter` of 2 to 14 islands, without repulsion of any number >= 2; its energies
        and `frequency` share one unit.
    frequency: omega, angular, > 0.
    phase: between the leads, in radians, any shape, finite: H_L = -(E_L/2)(b_1 + exp(i phase) b_N + h.c.).
    steps: of a period; by default as many as the fastest transition needs, for an error of about 1e-5 of the
        largest charge of a Floquet state; fewer can be resonant with the chain, and wrong by order one.
    error: return also an estimate of the error, from twice as many steps and, in a Krylov space, from the
        difference between the currents through both leads; the charge is then that of the finer rule.

    Returns charges in units of 2e, of the shape of `phase`; with `error`, charges and errors. The state at t = 0 is
    the ground state. Next to an avoided crossing narrower than the error of the steps the charge of one phase is
    sensitive to everything; its average over phases is not.

    Raises ValueError for an argument outside its range, ArithmeticError if a Krylov space does not converge.

    >>> from derivations.pumping import RiceMele
    >>> pump = RiceMele(6, hopping_modulation=1.2)
    >>> [round(float(q), 3) for q in pumped_charge(pump, 0.05, [0.5, 2.5])]
    [0.996, 0.995]
    """
    frequency, phase, steps = _require_drive(chain, frequency, phase, steps)
    if chain.interaction and chain.islands > LARGEST_INTERACTING:
        raise ValueError(
            f"Argument `chain` must have islands in [2, {LARGEST_INTERACTING}], but got {chain.islands}."
        )
    charges, spread = _charges(chain, frequency, phase.ravel(), steps)
    if not error:
        return charges.reshape(phase.shape)[()]
    finer, spread = _charges(chain, frequency, phase.ravel(), 2 * steps)
    return tuple(
        found.reshape(phase.shape)[()]
        for found in (finer, np.maximum(abs(finer - charges), spread))
    )


def _charges(
    chain: Chain, frequency: float, phases: np.ndarray, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Charges and, where leads can differ, their difference."""
    if not phases.size:
        return np.empty(0), np.empty(0)
    if not chain.interaction:
        from derivations.pumping.free_fermions import free_charge

        return free_charge(chain, frequency, phases, steps), np.zeros(phases.size)
    if chain.islands <= DENSE_ISLANDS:
        dense = [
            block_mean(propagate(chain, frequency, float(p), steps)) for p in phases
        ]
        return np.array(dense), np.zeros(phases.size)
    from derivations.pumping.krylov import krylov_charge

    return tuple(
        np.array(
            [krylov_charge(chain, frequency, float(p), steps) for p in phases]
        ).T
    )
