"""Averaging over the phase between the leads in time: a voltage bias, or a flux that is driven.

A voltage V between the leads winds their phase, phase = phase_0 + 2 e V t: Josephson's relation, hbar = 1. With
2 e V = omega/m one winding takes m cycles of the drive. Without repulsion the chain stays Gaussian: its covariance
is propagated, and the charge is the integrated current through the leads.
"""

import itertools
from functools import cache

import numpy as np
from sympy import Eq, Symbol, pi, solve

from derivations.papers import ANWB23
from derivations.pumping.drives.chain import Chain, require_one_drive
from derivations.pumping.engines.free_fermions import (
    ground_covariance,
    matrix_of_leads,
    matrix_without_leads,
    rotations,
)
from derivations.pumping.engines.steps import middles, require_steps, sufficient_steps
from derivations.pumping.symbols import T, e, omega
from rederived.evaluate.domain import require_range
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "charge_while_phase_moves",
    "pairs_per_winding",
    "winding_period",
]

V, t_V = Symbol("V", positive=True), Symbol("T_V", positive=True)
STEPS = 160  # of a cycle, at least


@kept
def winding_period() -> Eq:
    """The time in which a voltage bias winds the phase once, by Josephson's relation."""
    (time,) = solve(Eq(2 * e * V * t_V, 2 * pi), t_V)
    return Eq(t_V, time)


def one_pair_per_cycle(row) -> bool:
    """It is one pair per cycle: a winding that takes m cycles moves m pairs."""
    m = Symbol("m", positive=True)
    return row.rhs.subs(V, omega / (2 * e * m)) == m


def large_for_small_bias(row) -> bool:
    """It is large where 2 e V is small against omega: many cycles sample the phase."""
    from sympy import limit, oo

    return limit(row.rhs, V, 0, "+") == oo


@consistent(
    ANWB23,
    "Sec. 5, pairs per winding",
    one_pair_per_cycle,
    large_for_small_bias,
    ours="the formula, lost in our copy, from Josephson's relation",
)
def pairs_per_winding() -> Eq:
    """Number of Cooper pairs that a quantized pump moves while the bias winds the phase once."""
    cycles = winding_period().rhs / T
    return Eq(Symbol("n"), cycles.subs(T, 2 * pi / omega))


def charge_while_phase_moves(
    chain: Chain,
    frequency: float,
    phases,
    *,
    steps: int | None = None,
) -> np.ndarray:
    """Pairs that pass in each cycle while the phase between the leads moves: ANWB23, Sec. 5, beyond Eq. 22.

    Parameters
    ----------
    chain: any `Chain` without repulsion, of two islands or more.
    frequency: omega, angular, > 0.
    phases: phase at the beginning of each cycle and at the end of the last, radians, shape (cycles + 1,);
        within a cycle it moves linearly in time. Each lead carries half: the islands' gates stay at the mean voltage.
    steps: of a cycle; the error falls with their square.

    Returns charges of the cycles from left to right in 2e, shape (cycles,): half of what both leads carry. The state
    at t = 0 is the ground state. Raises ValueError for repulsion or arguments outside their range.

    With constant phase this is what `pumped_charge` is the mean of, over infinitely many cycles.

    >>> from derivations.pumping.drives.chains import RiceMele
    >>> pump = RiceMele(4, hopping_modulation=1.2)
    >>> charge_while_phase_moves(pump, 0.05, [1.0, 1.0, 1.0]).round(1).tolist()
    [0.7, 0.8]
    """
    frequency, _ = require_one_drive(chain, frequency, least=2, free=True, steps=steps)
    phases = require_range("phases", phases, -np.inf, np.inf)
    if phases.ndim != 1 or phases.size < 2:
        raise ValueError(f"Argument `phases` must have the shape (cycles + 1,), but got {phases.shape}.")
    if steps is None:
        steps = max(STEPS, sufficient_steps(chain, frequency))
    steps = require_steps(chain, frequency, steps)
    angles, dt = middles(steps, frequency)
    strength = chain.lead_coupling / 2
    inner = matrix_without_leads(chain.islands, chain.site_energies(angles), chain.bonds(angles))
    begin = matrix_without_leads(
        chain.islands, chain.site_energies(np.zeros(1)), chain.bonds(np.zeros(1))
    )
    covariance = ground_covariance(
        begin[0] + strength * matrix_of_leads(chain.islands, phases[:1])[0][0]
    )
    constant, cosine, sine = _lead_parts(chain.islands)
    charges = np.zeros(phases.size - 1)
    for cycle, (first, last) in enumerate(
        itertools.pairwise(phases)
    ):
        half = (first + (last - first) * angles / (2 * np.pi))[:, None, None] / 2
        lead = constant + np.cos(half) * cosine + np.sin(half) * sine
        slope = (np.cos(half) * sine - np.sin(half) * cosine) / 2
        halves = rotations((inner + strength * lead) * dt / 2)
        for rotation, change in zip(halves, slope, strict=True):
            covariance = rotation @ covariance @ rotation.T
            charges[cycle] -= strength * dt / 4 * np.sum(change * covariance)
            covariance = rotation @ covariance @ rotation.T
    return charges


@cache
def _lead_parts(islands: int) -> tuple[np.ndarray, ...]:
    """Both leads of unit strength as constant + cos(phase/2) cosine + sin(phase/2) sine: three samples give them."""
    zero, pi_, full = matrix_of_leads(islands, np.array([0.0, np.pi, 2 * np.pi]))[0]
    constant = (zero + full) / 2
    return constant, (zero - full) / 2, pi_ - constant
