"""Cooper pairs through two junctions in series: against the circuit solved, the island's oscillator and its charges."""

import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol, lambdify

from derivations.cotunneling import cooper_pair_cotunneling_amplitude, exact_cooper_pair_amplitudes
from derivations.cotunneling import symbols as sym
from derivations.cotunneling.action.action import drag_exponent, n_1, n_2
from derivations.cotunneling.claims import duality_claims
from derivations.cotunneling.dual import dual as d
from derivations.cotunneling.exact import exact_island
from derivations.cotunneling.gas.instanton_gas import common_slip_amplitude
from rederived.ledger import verdict

__all__: list[str] = []

DEPTH = st.floats(-10, 4).map(lambda decade: 10**decade)
CIRCUIT = {
    sym.R_1: 0.4, sym.R_2: 0.7, sym.C_1: 0.3, sym.C_2: 0.5, d.C_A: 40.0, d.C_B: 60.0, d.C_0: 1.1, d.L_0: 0.8, sym.e: 0.9
}  # fmt: skip


def response(frequency):
    """Voltages across both junctions for unit tunnel currents at s = frequency, by solving for all branch currents."""
    value = {str(k): v for k, v in CIRCUIT.items()}
    # Unknowns: V_A, V_M, V_B and the current of the inductor.
    found = []
    for first, second in ((1, 0), (0, 1)):
        s = frequency
        matrix = np.array([
            [1 / value["R_1"] + s * value["C_A"] + s * value["C_1"], -s * value["C_1"], 0, 0],
            [-s * value["C_1"], s * (value["C_0"] + value["C_1"] + value["C_2"]), -s * value["C_2"], 1],
            [0, -s * value["C_2"], 1 / value["R_2"] + s * value["C_B"] + s * value["C_2"], 0],
            [0, 1, 0, -s * value["L_0"]],
        ])  # fmt: skip
        v_a, v_m, v_b, _ = np.linalg.solve(matrix, [-first, first - second, second, 0])
        found.append([v_m - v_a, v_b - v_m])  # they oppose the currents
    return np.array(found).T


@pytest.mark.parametrize("frequency", [1e-3, 0.4, 3.0])
def test_impedances_are_those_of_the_circuit_with_its_inductor_current(frequency):
    derived = d.junction_impedances().subs(CIRCUIT).subs(d.s, frequency)
    assert np.array(derived, float) == pytest.approx(response(frequency), rel=1e-10)


def test_slow_currents_do_not_see_each_other_and_fast_ones_share_the_island():
    assert np.array(d.slow_impedances().subs(CIRCUIT), float) == pytest.approx(response(1e-7), abs=1e-5)
    still = {**CIRCUIT, d.C_A: 1e9, d.C_B: 1e9}
    derived = np.array(d.fast_impedances().subs(still).subs(d.s, 1.3), float)
    island = 1 / (1.3 * 1.9 + 1 / (1.3 * 0.8))
    assert derived == pytest.approx(island * np.array([[1, -1], [-1, 1]]), rel=1e-12)


def test_depth_is_the_zero_point_motion_of_the_island():
    # An oscillator of mass C_Sigma/4e^2 and frequency omega_0 has <phi^2> = 2e^2/(C_Sigma omega_0).
    capacitance, charge_unit, frequency = 1.9, 0.9, 0.7
    energy = charge_unit**2 / (2 * capacitance)
    derived = d.fluctuation_depth().rhs.subs({d.E_Sigma: energy, d.omega_0: frequency})
    assert float(derived) == pytest.approx(2 * charge_unit**2 / (capacitance * frequency), rel=1e-14)
    same, cross = d.phase_correlators()
    at = {d.depth: 1.3, d.omega_0: 0.7, sym.tau: 0.5}
    assert float(same.subs(at)) == pytest.approx(1.3 * math.exp(-0.35), rel=1e-14)
    assert float(cross.subs(at)) == -float(same.subs(at))


@pytest.mark.parametrize("depth", [0.09, 0.81, 4.84])
@pytest.mark.parametrize("charge", [1, -1])
def test_amplitude_against_the_diagonalized_island(depth, charge):
    # Corrections are of second order in E_J/omega_0: extrapolated from two values, the fourth order is left.
    ratios = []
    for josephson in (0.01, 0.02):
        exact = exact_cooper_pair_amplitudes(depth, josephson, 1.5 * josephson)
        second_order = 1.5 * josephson**2 * cooper_pair_cotunneling_amplitude(charge, depth)
        ratios.append(exact[1, charge] / second_order)
    assert ratios[1] - 1 == pytest.approx(4 * (ratios[0] - 1), rel=0.05, abs=1e-8)
    assert (4 * ratios[0] - ratios[1]) / 3 == pytest.approx(1, abs=2e-7)


def test_renormalized_energy_against_the_diagonalized_island():
    exact = exact_cooper_pair_amplitudes(0.81, 1e-3, 1e-3)[1, 0]
    derived = d.renormalized_josephson_energy().rhs.subs({sym.E_J1: 1e-3, d.depth: 0.81})
    # E_J^2/omega_0^2 is left.
    assert exact == pytest.approx(float(derived) / 2, rel=1e-6)


def with_forty_digits(charge, depth):
    with mp.workdps(40):
        a = mp.mpf(depth)
        grown = mp.ei(a) - mp.euler - mp.log(a) if charge == 1 else -(mp.e1(a) + mp.euler + mp.log(a))
        return int(mp.sign(grown)), mp.log(abs(grown)) - a - mp.log(2)


@given(st.sampled_from([1, -1]), DEPTH)
def test_evaluator_is_the_closed_form_to_twelve_digits(charge, depth):
    sign, logarithm = cooper_pair_cotunneling_amplitude(charge, depth, log=True)
    expected_sign, expected = with_forty_digits(charge, depth)
    assert sign == expected_sign
    # An exponent of up to 1e4 is rounded at 1e-12.
    assert logarithm == pytest.approx(float(expected), rel=3e-16, abs=1e-12)


def test_closed_forms_are_those_evaluated():
    for charge in (1, -1):
        closed = d.in_bare_energies(d.closed_amplitude(charge)).subs({sym.E_J1: 1, sym.E_J2: 1, d.omega_0: 1})
        value = lambdify(d.depth, closed, "mpmath")(mp.mpf("0.81"))
        assert float(value) == pytest.approx(cooper_pair_cotunneling_amplitude(charge, 0.81), rel=1e-13)


@given(DEPTH)
def test_transfers_in_the_same_direction_prevail_at_any_depth(depth):
    # At depth < 1e-15 the two differ by less than rounding.
    together, apart = (cooper_pair_cotunneling_amplitude(c, max(depth, 1e-10)) for c in (1, -1))
    assert together > -apart >= 0
    assert duality_claims.finite_current().holds


def test_drag_starts_with_the_third_power_of_the_depth():
    together, apart = (cooper_pair_cotunneling_amplitude(c, 1e-4) for c in (1, -1))
    # In units of E_J1 E_J2/omega_0; the next power of the depth is relative.
    assert (together - apart) * (together + apart) == pytest.approx(1e-12 / 4, rel=5e-4)
    assert duality_claims.finite_current().value == 1.0


def test_floating_island_is_a_cooper_pair_transistor():
    # Ground energy of an island in its charge basis, with both phases held: -(E_J1 E_J2/4E)(1 + ...) cos(theta).
    charging, josephson = 1.0, 1e-3  # (2e)^2/2C_Sigma = 1
    n = np.arange(-6, 7)
    energies = []
    for theta in (0.0, math.pi):
        hop = josephson / 2 * (1 + np.exp(1j * theta))
        hamiltonian = np.diag(charging * n**2.0) - np.diag(np.full(12, hop), 1) - np.diag(np.full(12, np.conj(hop)), -1)
        energies.append(np.linalg.eigvalsh(hamiltonian)[0])
    amplitude = (energies[1] - energies[0]) / 4  # of -2 gamma cos(theta)
    limit = d.cooper_pair_transistor()
    assert limit.lhs == limit.rhs
    values = {sym.E_J1: josephson, sym.E_J2: josephson, d.E_Sigma: charging / 4}
    assert float(limit.lhs.subs(values)) == pytest.approx(amplitude, rel=1e-5)  # (E_J/E)^2
    # omega_0 = 4 E_Sigma/depth; corrections are of order 1/depth.
    deep = cooper_pair_cotunneling_amplitude(1, 1e4) * 1e4 / charging * josephson**2
    assert deep == pytest.approx(amplitude, rel=3e-4)


def test_table_turns_every_formula_of_the_slips_into_one_of_transfers():
    assert duality_claims.duality_is_exact().holds
    values = {**CIRCUIT, n_1: 1, n_2: 1}
    rho = float(d.dual_of(drag_exponent().rhs).subs(values))
    assert rho == pytest.approx((0.4 + 0.7) * 2 * 0.9**2 / math.pi, rel=1e-12)
    shunted = d.exponent_of_transfer(1 / Symbol("R_0", positive=True)).subs({**values, n_2: -1})
    assert float(shunted.subs(Symbol("R_0", positive=True), 0.25)) == pytest.approx(
        (0.4 + 0.7 + 4 * 0.25) * 2 * 0.9**2 / math.pi, rel=1e-12
    )
    amplitude = d.dual_of(common_slip_amplitude().rhs)
    assert not amplitude.has(sym.V, sym.gamma_tilde_1, sym.gamma_tilde_2)
    assert amplitude.has(d.K_12, d.E_J1_star, d.E_J2_star)


def test_table_is_a_map():
    exact = [line for line in d.DUALITY if line.substituted]
    assert len({line.fluxons for line in exact}) == len(exact)
    assert len({line.quantity for line in d.DUALITY}) == len(d.DUALITY)
    assert d.dual_of(d.dual_of(sym.R_1)) == sym.R_1


def test_letter_is_open():
    assert verdict(d.letter.row).verdict == "open"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1, -0.1), r"Argument `depth` must be in \[0, 10000\], but got -0.1"),
        ((1, math.nan), "Argument `depth`"),
        ((2, 0.1), "Argument `charge`"),
    ],
)
def test_arguments_outside_their_range_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        cooper_pair_cotunneling_amplitude(*arguments)


def test_exact_amplitudes_refuse_and_broadcast():
    with pytest.raises(ValueError, match=r"Argument `depth` must be in \[0, 8\], but got 9"):
        exact_cooper_pair_amplitudes(9.0, 0.01, 0.01)
    with pytest.raises(ValueError, match="Argument `josephson_2`"):
        exact_cooper_pair_amplitudes(1.0, 0.01, 0.0)
    gamma = exact_cooper_pair_amplitudes([[0.2], [0.3]], [0.01, 0.02], 0.01)
    assert gamma[1, 1].shape == (2, 2)
    assert gamma[1, -1] == pytest.approx(gamma[-1, 1], rel=1e-9)
    assert cooper_pair_cotunneling_amplitude([[1], [-1]], [0.1, 0.2, 0.3]).shape == (2, 3)


def test_exchange_of_the_junctions_exchanges_the_transfers():
    one, other = exact_cooper_pair_amplitudes(0.7, 0.02, 0.05), exact_cooper_pair_amplitudes(0.7, 0.05, 0.02)
    for (m, n), value in one.items():
        assert value == pytest.approx(other[n, m], abs=1e-14)


def test_number_of_angles_does_not_matter(monkeypatch):
    # The largest Josephson energy allowed, and that up to which the coarse grid serves.
    for josephson in (0.2, exact_island.WEAK):
        found = exact_cooper_pair_amplitudes(1.0, josephson, josephson)
        monkeypatch.setattr(exact_island, "GRID", 18)
        finer = exact_cooper_pair_amplitudes(1.0, josephson, josephson)
        monkeypatch.undo()
        assert found == pytest.approx(finer, abs=1e-14)  # as stated
