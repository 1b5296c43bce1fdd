"""Where the approximations end, in the plane of C_m/C and E_J/E_C, and what exact bands say of it.

SLZ25b, Sec. V, names three regimes by C_m/C ~ Omega/E_J and C_m ~ C. The boundaries here are where a named formula
is off by a named fraction.
"""

from functools import cache

import numpy as np

from derivations.cotunneling.amplitudes.evaluators import renormalized_amplitude
from derivations.cotunneling.instantons.bounce import slip_amplitude
from derivations.cotunneling.instantons.pair import Pair, frequency_ratio, r
from derivations.cotunneling.strong_coupling.merged import single_slip_action
from derivations.cotunneling.strong_coupling.regimes import (
    attraction_depth,
    beyond_leading_order,
    leading_uniform,
    pair_in_ratios,
    pair_over_steepest_descent,
    uniform_amplitude,
)
from derivations.cotunneling.symbols import E_J, Omega
from rederived.evaluate.domain import require_one_of, require_range, require_real

__all__ = [
    "BOUNDARIES",
    "regime_boundary",
]


def _root(excess, low: float, high: float) -> float:
    """Where a function of C_m/C changes sign, searched on a logarithmic scale."""
    from scipy.optimize import brentq

    return float(
        np.exp(
            brentq(
                lambda t: excess(np.exp(t)), np.log(low), np.log(high), xtol=1e-5
            )
        )
    )


def _slips_merge(ej_over_ec: float, tolerance: float) -> float:
    xi = frequency_ratio(1 / ej_over_ec)
    return _depth_of_merging(tolerance) / float(attraction_depth(xi, capacitance_ratio=1.0))


@cache
def _depth_of_merging(tolerance: float) -> float:
    return _root(
        lambda a: float(pair_over_steepest_descent(a)) - 1 - tolerance, 4.0, 1e3
    )


def _single_slips_leave(ej_over_ec: float, tolerance: float) -> float:
    xi = frequency_ratio(1 / ej_over_ec)

    def excess(ratio):
        pair = Pair.of_energies(ej_over_ec, capacitance_ratio=ratio)
        true = slip_amplitude((1, 0), **pair.by_capacitance, log=True)[1]
        first_order = renormalized_amplitude(pair.xi_1, pair.coupling, log=True)[1]
        return float(true - first_order) - np.log1p(tolerance)

    missed = -float((single_slip_action() * Omega / E_J).expand().coeff(r, 2)) / xi
    guess = np.sqrt(np.log1p(tolerance) / missed)
    return _root(excess, guess, 3 * guess)


@cache
def _ratio_of_pairs(tolerance: float) -> float:
    uniform, pair = leading_uniform.evaluator, pair_in_ratios.evaluator
    return _root(
        lambda ratio: float(uniform(0.5, ratio) / pair(0.5, ratio)) - 1 - tolerance,
        1.0,
        30.0,
    )


def _pairs_leave(ej_over_ec: float, tolerance: float) -> float:
    return _ratio_of_pairs(tolerance)


def _common_slips_overtake(ej_over_ec: float, tolerance: float) -> float:
    xi = frequency_ratio(1 / ej_over_ec)

    def excess(ratio):
        single = slip_amplitude((1, 0), xi, xi, capacitance_ratio=ratio, log=True)[
            1
        ] + beyond_leading_order(xi)
        return float(uniform_amplitude(xi, capacitance_ratio=ratio, log=True)[1] - single)

    return _root(excess, 2.0, 5.0)


BOUNDARIES = {
    "slips merge": _slips_merge,
    "single slips leave": _single_slips_leave,
    "pairs leave": _pairs_leave,
    "common slips overtake": _common_slips_overtake,
}


def regime_boundary(name: str, ej_over_ec, *, tolerance: float = 0.1):
    """C_m/C at which one of the approximations of SLZ25b, Sec. V, ends, for two equal junctions.

    Parameters
    ----------
    name: "slips merge", from where on Eq. 26 is Eq. 29, one slip, within `tolerance`; "single slips leave", from
        where on the slip on its true path exceeds Eq. 21 by `tolerance`, as a fraction of Eq. 21; "pairs leave", the
        same for the uniform amplitude and Eq. 26, which is the same for all E_J/E_C; or "common slips overtake",
        where gamma_{1,1} becomes larger than gamma_{1,0}, for which `tolerance` does not matter.
    ej_over_ec: E_J/E_C, any shape, dimensionless, in [5, 100].
    tolerance: dimensionless, in [0.01, 0.5].

    Returns an array of the shape of `ej_over_ec`. Takes 0.2 s a point where a path is followed.
    Raises ValueError outside these ranges.

    >>> f"{regime_boundary('slips merge', 50.0):.3f}"
    '0.340'
    """
    require_one_of("name", name, BOUNDARIES)
    ej_over_ec = require_range("ej_over_ec", ej_over_ec, 5, 100)
    tolerance = require_real("tolerance", tolerance, 0.01, 0.5)
    found = [
        BOUNDARIES[name](float(value), float(tolerance))
        for value in ej_over_ec.flat
    ]
    return np.array(found).reshape(ej_over_ec.shape)[()]
