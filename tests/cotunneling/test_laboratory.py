"""Volts and amperes: against arithmetic by hand, with constants typed from their definition in the SI.

Voltages are far below the 1e-12 that pytest.approx adds by itself, hence abs=0.
"""

import math

import numpy as np
import pytest

from derivations.cotunneling import (
    CoupledJunctions,
    SeriesJunctions,
    drag_amperes,
    drag_volts,
    exact_amplitudes,
    exact_cooper_pair_amplitudes,
)
from derivations.cotunneling.claims.drag_claims import drag_in_volts

__all__: list[str] = []

# Exact since 2019.
PLANCK, CHARGE, BOLTZMANN = 6.62607015e-34, 1.602176634e-19, 1.380649e-23
PAIR = CoupledJunctions(1e-15, 1e-15, 200e9, 5e3, 6e3)
SERIES = SeriesJunctions(2e-15, 5e-9, 8e9, 7e3, 9e3)


def rate_at_zero_temperature(amplitude, exponent, gain, cutoff):
    """All in joules; per second. The power law of the golden rule."""
    hbar = PLANCK / (2 * math.pi)
    power = (gain / cutoff) ** (2 * exponent)
    return 2 * math.pi * amplitude**2 * power / (math.gamma(2 * exponent) * gain * hbar)


def test_ratios_of_the_pair_are_those_of_the_textbook():
    assert PAIR.ej_over_ec == pytest.approx(PLANCK * 200e9 / (CHARGE**2 / 2e-15), rel=1e-14)
    # Omega = (2 pi I_c/Phi_0 C)^(1/2) with the critical current 4 pi e E_J/h.
    critical = 4 * math.pi * CHARGE * 200e9
    omega = math.sqrt(2 * math.pi * critical / (PLANCK / (2 * CHARGE)) / 1e-15)
    assert 2 * math.pi * PAIR.plasma_frequency == pytest.approx(omega, rel=1e-13)
    assert PAIR.r_1 == pytest.approx(5e3 / 6453.20, rel=1e-6)
    assert PAIR.coupling == pytest.approx(PAIR.ej_over_ec, rel=1e-14)


def test_drag_voltage_in_volts_by_hand():
    current = 1e-8
    exact = exact_amplitudes(PAIR.ej_over_ec, 1.0, digits=24)
    joules = {n: float(exact[n]) * PLANCK * 200e9 for n in ((1, 1), (1, -1))}
    flux = PLANCK / (2 * CHARGE)
    exponent = PLANCK / (4 * CHARGE**2) * (1 / 5e3 + 1 / 6e3)
    rates = [rate_at_zero_temperature(g, exponent, current * flux, PLANCK * PAIR.plasma_frequency)
             for g in joules.values()]
    _, volts = drag_volts(PAIR, current, 0.0)
    # Slips by 4 pi in either junction add less than 1e-6.
    assert volts == pytest.approx(flux * (rates[0] - rates[1]), rel=1e-6, abs=0)


def test_drag_current_in_amperes_by_hand():
    voltage = 2e-5
    omega = 1 / math.sqrt(5e-9 * 2e-15)
    quantum = PLANCK / (2 * math.pi) * omega
    depth = math.pi * math.sqrt(5e-9 / 2e-15) / (PLANCK / (4 * CHARGE**2))  # pi Z/R_Q
    assert SERIES.depth == pytest.approx(depth, rel=1e-13)
    ratio = PLANCK * 8e9 / quantum
    exact = exact_cooper_pair_amplitudes(depth, ratio, ratio)
    exponent = (7e3 + 9e3) * 4 * CHARGE**2 / PLANCK
    rates = [rate_at_zero_temperature(exact[n] * quantum, exponent, 2 * CHARGE * voltage, quantum)
             for n in ((1, 1), (1, -1))]
    _, amperes = drag_amperes(SERIES, voltage, 0.0)
    # Transfers of two pairs cost a larger power of 2 e V/omega_0.
    assert amperes == pytest.approx(2 * CHARGE * (rates[0] - rates[1]), rel=2e-3, abs=0)


def test_linear_resistance_is_that_of_the_kelvin_scale():
    # Detailed balance: V_1 is the same function of I Phi_0/k_B T and T; small current, twice the temperature.
    alpha = PLANCK / (4 * CHARGE**2) / 5e3
    low, high = (drag_volts(PAIR, 1e-13, t)[0] for t in (0.02, 0.04))
    # The single slips' power; common ones add 1e-6.
    assert math.log2(high / low) == pytest.approx(2 * alpha - 2, abs=1e-5)
    flux, cold = PLANCK / (2 * CHARGE), 0.05
    crossover = 2 * math.pi * BOLTZMANN * cold * math.gamma(alpha) ** (1 / (alpha - 1)) / flux
    linear = drag_volts(PAIR, 1e-13, cold)[0] / 1e-13 * crossover
    assert linear == pytest.approx(drag_volts(PAIR, crossover, 0.0)[0], rel=1e-5, abs=0)


def test_voltage_of_the_remark_is_that_of_the_laboratory():
    # Its upper end: E_J = 5 E_C, C_m/C = Omega/8E_J, R = R_Q, I Phi_0 = Omega; here a little inside these bounds.
    energy, inside = 5 * CHARGE**2 / 2e-15, 1e-9
    quantum = PLANCK / (4 * CHARGE**2)
    pair = CoupledJunctions(1e-15, math.sqrt(1.6) / 8 * 1e-15, energy / PLANCK * (1 + inside), quantum, quantum)
    current = PLANCK * pair.plasma_frequency / (PLANCK / (2 * CHARGE)) * (1 - inside)
    _, volts = drag_volts(pair, current, 0.05)
    # The claim asks for common slips between neighboring minima only; those by 4 pi matter most at this end.
    assert volts == pytest.approx(drag_in_volts().value, rel=3e-3, abs=0)


def test_signs_and_shapes():
    currents = np.array([[-1e-8], [0.0], [1e-8]])
    V_1, V_2 = drag_volts(PAIR, currents, np.array([0.01, 0.1]))
    assert V_1.shape == V_2.shape == (3, 2)
    assert np.array_equal(V_1, -V_1[::-1])
    assert np.array_equal(V_2, -V_2[::-1])
    assert drag_volts(CoupledJunctions(1e-15, 0.0, 200e9, 5e3, 6e3), 1e-8, 0.05)[1] == pytest.approx(0, abs=1e-30)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: CoupledJunctions(0, 1e-15, 1e11, 5e3, 5e3), r"`capacitance` must be in \[1e-18, 1e-09\] F, but got 0"),
        (lambda: CoupledJunctions(1e-15, -1e-15, 1e11, 5e3, 5e3),
         r"`mutual_capacitance` must be in \[0, 1e-09\] F, but got -1e-15"),
        (lambda: SeriesJunctions(1e-15, 1e-9, 1e11, -5, 5e3),
         r"`resistance_1` must be in \[0.01, 1e\+09\] ohm, but got -5"),
        (lambda: drag_volts(PAIR, 1e-6, 0.0),
         r"`current` must be in \[-5.64\d*e-08, 5.64\d*e-08\] A, but got 1e-06; .* is it in nA\?"),
        (lambda: drag_volts(PAIR, 1e-9, 4.2), r"`temperature` must be in \[0, 1.34\d*\] K, but got 4.2; is it in mK\?"),
        (lambda: drag_amperes(SERIES, 1e-3, 0.0), r"`voltage` must be in .*, but got 0.001"),
        (lambda: CoupledJunctions(1e-15, 1e-15, 24.8, 5e3, 5e3),
         r"`josephson_frequency` must be in \[1e\+09, 1e\+13\] Hz, but got 24.8; is it in GHz\?"),
        # e^2/2Ch is 19.37 GHz at 1 fF.
        (lambda: CoupledJunctions(1e-15, 0, 1e9, 5e3, 5e3),
         r"`josephson_frequency` must be in \[9.685\d*e\+10, 1.937\d*e\+12\] Hz, but got 1e\+09; E_J/E_C must be in"),
        (lambda: CoupledJunctions(1.0, 1.0, 2e11, 5e3, 5e3), r"`capacitance` must be .* F, but got 1; is it in fF"),
        (lambda: CoupledJunctions(1e-15, 2e-14, 2e11, 5e3, 5e3), r"`mutual_capacitance` .* 10 times `capacitance`"),
        (lambda: CoupledJunctions(np.array([1e-15]), 0, 2e11, 5e3, 5e3), r"`capacitance` must be one number"),
        (lambda: CoupledJunctions("1e-15", 0, 2e11, 5e3, 5e3), r"`capacitance` must be real numbers, but got text"),
        (lambda: SeriesJunctions(2e-15, 5.0, 8e9, 7e3, 7e3), r"`inductance` must be .* H, but got 5; is it in nH\?"),
        (lambda: SeriesJunctions(2e-15, 5e-9, 8.0, 7e3, 7e3), r"`josephson_frequency` .* but got 8; is it in GHz\?"),
        # 1/2 pi sqrt(LC) is 50.33 GHz, and the depth grows as the root of L, from 0.7697.
        (lambda: SeriesJunctions(2e-15, 5e-9, 2e10, 7e3, 7e3),
         r"`josephson_frequency` must be in \[0, 1.006\d*e\+10\] Hz"),
        (lambda: SeriesJunctions(2e-15, 1e-6, 1e6, 7e3, 7e3), r"`inductance` must be in \[0, 5.40\d*e-07\] H"),
        (lambda: drag_amperes(SERIES, 1e-5, 0.0, cutoff_frequency=50.0), r"`cutoff_frequency` must be .* is it in GHz"),
        (lambda: drag_volts(SERIES, 1e-9, 0.0), r"`junctions` must be a CoupledJunctions"),
    ],
)
def test_what_has_no_meaning_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
