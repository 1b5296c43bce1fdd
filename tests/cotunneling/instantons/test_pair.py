"""One pair of junctions by all its names: against the capacitance matrix in farads, and round and round."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.cotunneling import CoupledJunctions, Pair, cotunneling_amplitude, pair_in_si
from derivations.cotunneling.exact.two_junctions import charging_matrix
from derivations.cotunneling.instantons.bounce import inertia_matrix
from derivations.cotunneling.instantons.pair import coupling_of_ratio, r
from derivations.cotunneling.symbols import kappa as KAPPA
from derivations.cotunneling.symbols import xi_1 as XI_1
from derivations.cotunneling.symbols import xi_2 as XI_2

__all__: list[str] = []

# CODATA, exact in the SI since 2019.
E, H = 1.602176634e-19, 6.62607015e-34

XI, RATIO, KAPPAS = st.floats(0.05, 3), st.floats(0, 100), st.floats(0.1, 10)
pairs = st.builds(lambda a, b, c, k: Pair.of_frequencies(a, b, capacitance_ratio=c, kappa=k), XI, XI, RATIO, KAPPAS)
farads, hertz = st.floats(-15.5, -13).map(lambda d: 10**d), st.floats(9, 12).map(lambda d: 10**d)

# A conversion is a handful of products and roots, each rounded.
ROUNDING = 1e-14


def same(one: Pair, other: Pair) -> bool:
    names = ("xi_1", "xi_2", "coupling", "kappa")
    return all(getattr(one, n) == pytest.approx(getattr(other, n), rel=ROUNDING) for n in names)


@given(hertz, hertz, farads, farads, farads)
def test_normal_modes_are_those_of_the_capacitance_matrix_in_farads(first, second, c_1, c_2, c_m):
    """Small oscillations know all of the circuit: both capacitances, C_m and both Josephson energies."""
    pair = pair_in_si(josephson_frequency=(first, second), capacitance=(c_1, c_2), mutual_capacitance=c_m)
    # Kirchhoff: C d^2 phi/dt^2 = -(2 pi/Phi_0)^2 E_J phi with Phi_0 = h/2e, at the frequency omega/2 pi.
    matrix = np.array([[c_1 + c_m, -c_m], [-c_m, c_2 + c_m]])
    stiffness = np.diag([H * first, H * second]) * (2 * math.pi * 2 * E / H) ** 2
    expected = np.sqrt(np.linalg.eigvals(np.linalg.solve(matrix, stiffness))) / (2 * math.pi)
    basis = pair.in_charge_basis
    charging = charging_matrix(basis["charging"], basis["capacitance_ratio"])
    modes = np.sqrt(np.linalg.eigvals(2 * charging @ np.diag(basis["josephson"]))) * math.sqrt(first * second)
    # Both are roots of 2 x 2 matrices whose eigenvalues are up to 10^9 apart.
    assert np.sort(modes) == pytest.approx(np.sort(expected), rel=1e-6)
    assert np.prod(modes) == pytest.approx(np.prod(expected), rel=1e-10)


def test_a_pair_by_hand():
    """C = 1 fF has e^2/2C = h 19.37 GHz; C_m = 2 fF half of it; E_J = h 193.7 GHz is ten times E_C."""
    energy = E**2 / 2e-15 / H
    pair = pair_in_si(josephson_frequency=(10 * energy, 5 * energy), capacitance=(1e-15, 4e-15),
                      mutual_capacitance=2e-15)
    assert energy == pytest.approx(19.37e9, rel=1e-4)
    assert pair.ej_over_ec == pytest.approx((10, 20), rel=ROUNDING)
    assert (pair.xi_1, pair.xi_2) == pytest.approx((math.sqrt(0.8), math.sqrt(0.4)), rel=ROUNDING)
    assert (pair.coupling, pair.coupling_2, pair.kappa) == pytest.approx((20, 10, 2), rel=ROUNDING)
    assert pair.capacitance_ratio == pytest.approx(2, rel=ROUNDING)
    # A = 2 C_m Omega/e^2 = hbar Omega/2 E_Cm x 2: 20 E_Cm x sqrt(0.8).
    assert pair.depth == pytest.approx(20 * math.sqrt(0.8), rel=ROUNDING)


@given(pairs)
def test_every_set_leads_back_to_the_same_pair(pair):
    assert same(Pair.of_frequencies(**pair.by_capacitance), pair)
    assert same(Pair(**pair.by_coupling), pair)
    assert same(Pair.of_junctions(**pair.in_charge_basis), pair)
    basis = pair.in_charge_basis
    doubled = {n: tuple(2.5 * v for v in basis[n]) for n in ("josephson", "charging")}
    assert same(Pair.of_junctions(**doubled, capacitance_ratio=basis["capacitance_ratio"]), pair)


@given(pairs)
def test_exchange_is_its_own_inverse_and_keeps_the_mutual_capacitance(pair):
    other = pair.exchanged
    assert same(other.exchanged, pair)
    # C_m = ratio C_1 = ratio' C_2, and C_2/C_1 = E_C1/E_C2.
    first, second = pair.in_charge_basis["charging"]
    assert pair.capacitance_ratio * second == pytest.approx(other.capacitance_ratio * first, rel=ROUNDING)


@given(st.floats(5, 100), st.floats(0, 10))
def test_equal_junctions_by_energies_and_by_frequencies(ej_over_ec, ratio):
    pair = Pair.of_energies(ej_over_ec, capacitance_ratio=ratio)
    assert same(pair, Pair.of_frequencies(math.sqrt(8 / ej_over_ec), capacitance_ratio=ratio))
    assert same(pair, Pair.of_junctions((1.0, 1.0), (1 / ej_over_ec,) * 2, capacitance_ratio=ratio))
    assert pair.coupling == ratio * ej_over_ec


@given(farads, st.floats(0, 9.9), st.floats(6, 99))
def test_junctions_of_a_laboratory_are_the_same_pair(capacitance, ratio, ej_over_ec):
    mutual, energy = ratio * capacitance, ej_over_ec * E**2 / (2 * capacitance * H)
    one = CoupledJunctions(capacitance, mutual, energy, 5e3, 5e3)
    assert same(one.pair, pair_in_si(josephson_frequency=(energy,) * 2, capacitance=(capacitance,) * 2,
                                     mutual_capacitance=mutual))
    # omega = sqrt((2 pi/Phi_0)^2 E_J/C), over 2 pi, with E_J = h times the frequency given.
    assert one.plasma_frequency == pytest.approx(2 * E * math.sqrt(energy / H / capacitance), rel=1e-12)


@given(pairs)
def test_conversion_is_that_of_the_derivations(pair):
    """The Lagrangian's inertia in ratios, and the coupling at C_m = r C_1, give the numbers of the pair."""
    point = {XI_1: pair.xi_1, XI_2: pair.xi_2, r: pair.capacitance_ratio, KAPPA: pair.kappa}
    assert float(coupling_of_ratio().subs(point)) == pytest.approx(pair.coupling, rel=ROUNDING)
    basis = pair.in_charge_basis
    stiffness = 2 * charging_matrix(basis["charging"], basis["capacitance_ratio"])
    product = np.array(inertia_matrix().subs(point).tolist(), float) @ stiffness
    # Off the diagonal differences of entries up to the ratio of both charging energies times C_m/C cancel.
    assert product == pytest.approx(np.eye(2), abs=1e-9)


def test_arrays_broadcast_through_all_names():
    pair = Pair.of_frequencies(0.75, np.array([[0.5], [0.9]]), capacitance_ratio=np.array([0.1, 1.0, 10.0]), kappa=2.0)
    assert cotunneling_amplitude(1, **pair.by_coupling).shape == (2, 3)
    assert pair.capacitance_ratio == pytest.approx([0.1, 1.0, 10.0], rel=ROUNDING)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Pair(0.5, 0.0, 1.0), r"`xi_2` must be in \(0, inf\), but got 0"),
        (lambda: Pair(0.5, 0.5, -1.0), r"`coupling` must be in \[0, inf\), but got -1"),
        (lambda: Pair(0.5, 0.5, 1.0, math.nan), r"`kappa` must be in \(0, inf\), but got nan"),
        (lambda: Pair.of_frequencies(0.5, capacitance_ratio=-0.1), r"`capacitance_ratio` must be in \[0, inf\)"),
        (lambda: Pair.of_energies(0.0, capacitance_ratio=1.0), r"`ej_over_ec` must be in \(0, inf\), but got 0"),
        (lambda: Pair.of_junctions((1.0,), (1.0, 1.0), capacitance_ratio=1.0), "`josephson` must have two energies"),
        (lambda: Pair.of_junctions((1.0, 1.0), (1.0, 0.0), capacitance_ratio=1.0), r"`charging` must be in \(0, inf\)"),
        (lambda: pair_in_si(josephson_frequency=(1e9, 1e9), capacitance=(1e-15, -1e-15), mutual_capacitance=0.0),
         r"`capacitance` must be in \(0, inf\), but got -1e-15"),
    ],
)
def test_what_is_no_pair_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_two_numbers_that_two_functions_would_take_differently_are_named():
    """A coupling and a ratio of capacitances cannot be taken for one another by their place."""
    from derivations.cotunneling import slip_amplitude, uniform_amplitude, weak_coupling_amplitude

    for call in (
        lambda: uniform_amplitude(0.75, 1.0),
        lambda: weak_coupling_amplitude(1, 0.75, 1.0),
        lambda: slip_amplitude((1, 0), 0.75, 0.75, 1.0),
    ):
        with pytest.raises(TypeError, match="positional argument"):
            call()
