"""The exact bands against oracles that share no code with them: Mathieu functions, mpmath, inertia, limits."""

import ast
import inspect
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp
from scipy.linalg import eigh
from scipy.special import mathieu_a, mathieu_b

from derivations.cotunneling.exact import exact_bands, two_junctions
from derivations.cotunneling.exact.exact_bands import (
    exact_amplitudes,
    exact_single_junction_amplitude,
    single_junction_levels,
)
from derivations.cotunneling.exact.two_junctions import charging_matrix, two_junction_amplitudes


def mathieu_width(ej_over_ec):
    # With phi = 2z and n = -i d/dphi, H psi = E psi reads y'' + (E/E_C - 2q cos 2z) y = 0 with
    # |q| = E_J/(2 E_C). Quasicharge 0 has period pi in z (a_0 is lowest), e is antiperiodic (b_1).
    return mathieu_b(1, ej_over_ec / 2) - mathieu_a(0, ej_over_ec / 2)


def width_from_determinants(xi, sites, digits):
    """The band width in mpmath: roots of the determinants by their three-term recurrence, parity not used."""

    def determinant(energy, quasicharge):
        last, this = mp.mpf(0), mp.mpf(1)
        for n in range(-sites, sites + 1):
            diagonal = mp.mpf(xi) ** 2 / 2 * (n - mp.mpf(quasicharge) / 2) ** 2 - energy
            last, this = this, diagonal * this - last / 4
        return this

    with mp.workdps(digits):
        edges = []
        for q in (0, 1):
            before, energy = mp.mpf(0), mp.mpf(float(single_junction_levels(8 / xi**2, q, 1)[0]))
            before = energy + mp.mpf(10) ** -12
            at_before = determinant(before, q)
            while abs(energy - before) > mp.mpf(10) ** (20 - digits):
                at_energy = determinant(energy, q)
                secant = energy - at_energy * (energy - before) / (at_energy - at_before)
                before, at_before, energy = energy, at_energy, secant
            edges.append(energy)
        return edges[1] - edges[0]


@pytest.mark.parametrize("xi", [0.7, 1.0, 1.5, 2.0, 3.0])
def test_amplitude_is_a_quarter_of_the_mathieu_band(xi):
    # The two characteristic values, of size E_J/E_C, are good to 1e-14 of it each.
    ej_over_ec = 8 / xi**2
    expected = mathieu_width(ej_over_ec) / ej_over_ec / 4
    assert exact_single_junction_amplitude(xi) == pytest.approx(expected, rel=0, abs=1e-14)


def test_amplitude_from_a_dense_matrix_with_60_digits():
    for xi in (0.35, 0.8, 1.5):
        with mp.workdps(60):
            edges = []
            for q in (0, mp.mpf(1) / 2):
                matrix = mp.diag([mp.mpf(xi) ** 2 / 2 * (n - q) ** 2 for n in range(-13, 14)])
                for i in range(26):
                    matrix[i, i + 1] = matrix[i + 1, i] = mp.mpf(-1) / 2
                edges.append(mp.eigsy(matrix, eigvals_only=True)[0])
            expected = float((edges[1] - edges[0]) / 4)
        # One unit in the last place at most: both are rounded from more digits.
        assert exact_single_junction_amplitude(xi) == pytest.approx(expected, rel=3e-16)


@pytest.mark.parametrize(("xi", "sites", "digits"), [(0.05, 130, 180), (0.1, 80, 110), (0.2, 60, 80), (3.0, 60, 60)])
def test_amplitude_keeps_its_digits_with_more_states_and_precision(xi, sites, digits):
    width = width_from_determinants(xi, sites, digits)
    # One unit in the last place, as above.
    assert exact_single_junction_amplitude(xi) == pytest.approx(float(width / 4), rel=3e-16, abs=0)
    sign, logarithm = exact_single_junction_amplitude(xi, log=True)
    assert (sign, logarithm) == (1, pytest.approx(float(mp.log(width / 4)), rel=3e-16))


def test_amplitude_approaches_the_semiclassical_one_linearly():
    # gamma/leading = 1 + a xi + b xi^2 + ...; two values of xi give a up to O(xi^2) < 1e-3.
    xi = np.array([0.05, 0.1])
    slope = (exact_single_junction_amplitude(xi) * np.exp(8 / xi) * np.sqrt(np.pi / xi) / 4 - 1) / xi
    assert 2 * slope[0] - slope[1] == pytest.approx(-7 / 64, abs=1e-3)


@settings(max_examples=25)
@given(st.floats(0.05, 2.9), st.floats(1e-6, 0.1))
def test_band_widens_with_the_charging_energy(xi, step):
    narrow, wide = exact_single_junction_amplitude([xi, xi + step])
    assert 0 < narrow < wide < 0.2


@settings(max_examples=15)
@given(st.floats(0.9, 3.0))
def test_amplitude_and_levels_agree(xi):
    # Double precision levels carry 1e-12 each.
    edges = single_junction_levels(8 / xi**2, [0.0, 1.0], 1)[:, 0]
    expected = exact_single_junction_amplitude(xi)
    assert (edges[1] - edges[0]) / 4 == pytest.approx(expected, rel=0, abs=1e-12)


def test_levels_are_mathieu_characteristic_values():
    # At quasicharge 0: a_0, b_2, a_2; at e: b_1, a_1, b_3; matrices of norm 1000 E_C, hence 1e-12 E_C.
    for ej_over_ec in (0.3, 4.0, 30.0):
        q = ej_over_ec / 2
        expected = [
            [mathieu_a(0, q), mathieu_b(2, q), mathieu_a(2, q)],
            [mathieu_b(1, q), mathieu_a(1, q), mathieu_b(3, q)],
        ]
        levels = single_junction_levels(ej_over_ec, [0.0, 1.0], 3) * ej_over_ec
        np.testing.assert_allclose(levels, expected, rtol=0, atol=1e-12 * max(1, ej_over_ec))


@settings(max_examples=15)
@given(st.floats(0.1, 100.0), st.floats(-3.0, 3.0))
def test_levels_are_even_and_periodic_in_the_quasicharge(ej_over_ec, quasicharge):
    levels = single_junction_levels(ej_over_ec, [quasicharge, -quasicharge, quasicharge + 2], 3)
    # The stated error, and that of the rounded sum quasicharge + 2 times slopes of 4 E_C.
    assert np.ptp(levels, axis=0).max() < 2e-12 * max(1, 1 / ej_over_ec)


def test_gap_is_the_plasma_frequency_less_the_charging_energy():
    # The next term of perturbation theory is of order E_C^2/Omega = E_C sqrt(E_C/8 E_J) < 0.01 E_C.
    for ej_over_ec in (2e3, 8e3):
        bottom, first = single_junction_levels(ej_over_ec, 0.0, 2) * ej_over_ec
        assert first - bottom == pytest.approx(np.sqrt(8 * ej_over_ec) - 1, abs=0.01)


def test_shapes_follow_the_arguments():
    xi = np.array([[0.3, 0.6], [1.0, 2.0]])
    amplitudes = exact_single_junction_amplitude(xi)
    signs, logarithms = exact_single_junction_amplitude(xi, log=True)
    assert amplitudes.shape == signs.shape == logarithms.shape == (2, 2)
    # The exponential of a logarithm of 25 multiplies its rounding by 25.
    np.testing.assert_allclose(signs * np.exp(logarithms), amplitudes, rtol=1e-14)
    assert np.ndim(exact_single_junction_amplitude(1.0)) == 0
    assert exact_single_junction_amplitude([]).shape == (0,)
    assert single_junction_levels([[5.0], [10.0]], [0.0, 0.5, 1.0], 4).shape == (2, 3, 4)
    gamma = exact_amplitudes(np.array([60.0, 90.0]), 0.0, digits=20)
    assert all(value.shape == (2,) for value in gamma.values())
    assert gamma[1, 0][1] == exact_amplitudes(90.0, 0.0, digits=20)[1, 0]
    assert set(gamma) == set(product(range(-2, 3), repeat=2)) - {(0, 0)}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: exact_single_junction_amplitude(-1), "`xi` must be in [0.05, 3], but got -1."),
        (lambda: exact_single_junction_amplitude([1.0, 3.5]), "`xi` must be in [0.05, 3], but got 3.5."),
        (lambda: exact_single_junction_amplitude(np.nan), "`xi` must be in [0.05, 3], but got nan."),
        (lambda: single_junction_levels(0.0, 0.0), "`ej_over_ec` must be in (0, 10000], but got 0."),
        (lambda: single_junction_levels(1.0, np.inf), "`quasicharge` must be in (-inf, inf), but got inf."),
        (lambda: exact_amplitudes(4.0, 1.0), "`ej_over_ec` must be in [5, 100], but got 4."),
        (lambda: exact_amplitudes(9.0, -0.1), "`capacitance_ratio` must be in [0, 10], but got -0.1."),
        (lambda: exact_amplitudes(9.0, 1.0, digits=99), "`digits` must be in [20, 60], but got 99."),
        (
            lambda: two_junction_amplitudes((1, -1), (1, 1), capacitance_ratio=0),
            "`josephson` must be in (0, inf), but got -1.",
        ),
        (
            lambda: two_junction_amplitudes((9, 9), (1, 9), capacitance_ratio=0),
            "`josephson/charging` must be in [3, 200], but got 1.",
        ),
    ],
)
def test_arguments_outside_their_range_are_refused(call, message):
    with pytest.raises(ValueError, match=r"^Argument ") as error:
        call()
    assert str(error.value) == f"Argument {message}"


def test_what_has_not_converged_is_not_returned(monkeypatch):
    circuit = two_junctions._Circuit(np.ones(2), charging_matrix((0.1, 0.1), 0.5), 32)
    circuit.cutoff /= 3
    with pytest.raises(ArithmeticError, match="do not suffice for 32 digits"):
        circuit.ground_energy((1, 0), 8)
    monkeypatch.setattr(exact_bands, "_lowest_eigenvalue", lambda *matrix: 5.0)
    with pytest.raises(ArithmeticError, match="above the lowest eigenvalue"):
        exact_single_junction_amplitude(1.0)


def dense_hamiltonian(josephson, stiffness, quasicharge, largest):
    """By Kronecker products of one-junction operators on a square of charges; quasicharges in units of 2e."""
    n, one = np.diag(np.arange(-largest, largest + 1.0)), np.eye(2 * largest + 1)
    x, y = np.kron(n - quasicharge[0] * one, one), np.kron(one, n - quasicharge[1] * one)
    hop = (np.eye(2 * largest + 1, k=1) + np.eye(2 * largest + 1, k=-1)) / 2
    charging = stiffness[0][0] * x @ x + 2 * stiffness[0][1] * x @ y + stiffness[1][1] * y @ y
    return charging - josephson[0] * np.kron(hop, one) - josephson[1] * np.kron(one, hop)


@pytest.mark.parametrize(
    ("josephson", "charging", "mutual"), [((1.0, 1.0), (0.2, 0.2), 1.0), ((1.0, 0.7), (0.2, 0.15), 0.4)]
)
def test_amplitudes_from_a_dense_matrix_in_double_precision(josephson, charging, mutual):
    # The capacitance matrix is inverted numerically here: C_k = 1/E_Ck in units of e^2/2.
    c_1, c_2 = 1 / np.array(charging)
    c_m = mutual * c_1
    stiffness = 4 * np.linalg.inv([[c_1 + c_m, -c_m], [-c_m, c_2 + c_m]])
    grid = 6
    band = np.empty((grid, grid))
    for j, k in np.ndindex(grid, grid):
        matrix = dense_hamiltonian(josephson, stiffness, (j / grid, k / grid), 8)
        band[j, k] = eigh(matrix, eigvals_only=True, subset_by_index=(0, 0))[0]
    expected = -np.fft.fft2(band).real / grid**2
    gamma = two_junction_amplitudes(josephson, charging, capacitance_ratio=mutual, grid=grid)
    # Eigenvalues of a matrix of norm 100 in double precision: 1e-14 each; the square cuts off less.
    assert max(abs(gamma[n] - expected[n]) for n in gamma) < 3e-14
    assert abs(gamma[1, 1]) > 1e-8


def negative_pivots(stiffness, quasicharge, energy, largest):
    """How many eigenvalues lie below `energy` (Sylvester's law of inertia), by banded elimination in mpmath."""
    side = 2 * largest + 1
    sites = [mp.mpf(n) for n in range(-largest, largest + 1)]
    rows = []
    for i, k in product(range(side), repeat=2):
        x, y = sites[i] - quasicharge[0], sites[k] - quasicharge[1]
        row = [mp.mpf(0)] * (side + 1)
        row[0] = stiffness[0][0] * x * x + 2 * stiffness[0][1] * x * y + stiffness[1][1] * y * y - energy
        row[1] = mp.mpf(-1) / 2 if k + 1 < side else mp.mpf(0)
        row[side] = mp.mpf(-1) / 2
        rows.append(row)
    negative = 0
    for i, row in enumerate(rows):
        negative += row[0] < 0
        for a in range(1, min(side, len(rows) - 1 - i) + 1):
            factor = row[a] / row[0]
            if factor:
                target = rows[i + a]
                for b in range(a, side + 1):
                    target[b - a] -= factor * row[b]
    return negative


def test_energies_are_right_to_32_digits():
    # The spectrum of the same double precision coefficients, with other states kept, has its lowest
    # eigenvalue within 1e-32 of the energy: none below energy - 1e-32, one below energy + 1e-32.
    stiffness = charging_matrix((0.3, 0.25), 0.3)
    circuit = two_junctions._Circuit(np.ones(2), stiffness, 32)
    with mp.workdps(50):
        energy = mp.mpf(circuit.ground_energy((1, 3), 8)) / 2**circuit.bits
        quasicharge = mp.mpf(1) / 8, mp.mpf(3) / 8
        exact = [[mp.mpf(float(k)) for k in row] for row in stiffness]
        shifts = [-(mp.mpf(10) ** -32), mp.mpf(10) ** -32]
        counts = [negative_pivots(exact, quasicharge, energy + shift, 10) for shift in shifts]
    assert counts == [0, 1]


@pytest.mark.parametrize("ej_over_ec", [50.0, 100.0])
def test_without_mutual_capacitance_the_junctions_are_independent(ej_over_ec):
    gamma = exact_amplitudes(ej_over_ec, 0.0)
    # gamma_{3,0}/gamma_{1,0}, which the band of one junction holds too, is below 1e-14 here; an ulp of the
    # coefficients moves the exponent 8/xi by 30 ulps.
    single = exact_single_junction_amplitude(np.sqrt(8 / ej_over_ec))
    assert gamma[1, 0] == pytest.approx(single, rel=3e-14)
    assert gamma[1, 0] == pytest.approx(gamma[0, 1], rel=1e-15)
    assert max(abs(gamma[n]) for n in gamma if 0 not in n) < 1e-32


def test_mutual_capacitance_switches_joint_slips_on_linearly_and_with_both_signs():
    # gamma_{1,+-1} = +-b r + c r^2 + ... with r = C_m/C; the terms left out are 8 (E_J/Omega) r < 0.04.
    gamma = exact_amplitudes(30.0, np.array([0.001, 0.002]))
    odd, even = gamma[1, 1] - gamma[1, -1], gamma[1, 1] + gamma[1, -1]
    assert odd[1] / odd[0] == pytest.approx(2, rel=0.03)
    assert even[1] / even[0] == pytest.approx(4, rel=0.03)
    assert gamma[1, 0][0] == pytest.approx(exact_single_junction_amplitude(np.sqrt(8 / 30)), rel=0.02)


def test_large_mutual_capacitance_makes_one_junction_of_two():
    # A joint slip at C_m -> infinity is one of a junction with 2 E_J and 2 C, xi half as large. What is left
    # of the relative mode is its zero-point motion, with the frequency s Omega, s = (1 + 2 C_m/C)^(-1/2):
    # extrapolated from s = 4t, 2t and t to s = 0, through a parabola, with an error of 8t^3 = 0.003.
    s = np.array([4, 2, 1]) * 0.005**0.5
    gamma = [
        two_junction_amplitudes((1, 1), (0.05, 0.05), capacitance_ratio=r, digits=20)[1, 1] for r in (s**-2 - 1) / 2
    ]
    limit = np.array([1, -6, 8]) @ gamma / 3
    assert limit == pytest.approx(2 * exact_single_junction_amplitude(np.sqrt(8 / 20.0) / 2), rel=5e-3)


@settings(max_examples=4)
@given(st.floats(5, 100), st.floats(-3, 1))
def test_joint_slips_gain_what_opposite_ones_lose(ej_over_ec, decade):
    gamma = exact_amplitudes(ej_over_ec, 10**decade)
    assert gamma[1, 1] > abs(gamma[1, -1])
    assert gamma[1, -1] < (0 if abs(gamma[1, -1]) > 1e-32 else 1e-32)
    assert 0 < gamma[1, 0] < exact_single_junction_amplitude(np.sqrt(8 / ej_over_ec))


@settings(max_examples=3)
@given(st.floats(0.6, 1.6), st.floats(0.02, 0.1), st.floats(0.02, 0.1), st.floats(0.0, 2.0))
def test_exchange_of_the_junctions_exchanges_the_labels(ratio, first, second, mutual):
    # C_m is counted in C_1 = e^2/2 E_C1, and C_1/C_2 = E_C2/E_C1.
    gamma = two_junction_amplitudes((1.0, ratio), (first, ratio * second), capacitance_ratio=mutual, digits=20)
    same_capacitance = mutual * ratio * second / first
    swapped = two_junction_amplitudes(
        (ratio, 1.0), (ratio * second, first), capacitance_ratio=same_capacitance, digits=20
    )
    # The coefficients differ by ulps, which the actions, 60 at most, multiply.
    assert all(gamma[n] == pytest.approx(swapped[n[::-1]], rel=1e-13, abs=3e-20) for n in gamma)


def test_unequal_amplitudes_have_the_unit_of_the_josephson_energies():
    # All numbers are powers of two times small integers: nothing but the last rounding differs.
    gamma = two_junction_amplitudes((1.0, 1.25), (0.0625, 0.125), capacitance_ratio=0.5, digits=20)
    scaled = two_junction_amplitudes((8.0, 10.0), (0.5, 1.0), capacitance_ratio=0.5, digits=20)
    assert all(scaled[n] == pytest.approx(8 * gamma[n], rel=1e-15) for n in gamma)
    assert gamma[0, 1] > gamma[1, 0] > gamma[1, 1] > 0 > gamma[1, -1]


def test_band_is_even_under_charge_conjugation_and_exchange():
    circuit = two_junctions._Circuit(np.ones(2), charging_matrix((0.1, 0.1), 2.0), 32)
    energies = [circuit.ground_energy(j, 8) for j in ((1, 2), (-1, -2), (7, 6), (2, 1), (-6, 1))]
    assert max(energies) - min(energies) < 10.0**-33 * 2**circuit.bits
    mirrored = circuit.ground_energy((1, -2), 8)
    assert abs(mirrored - energies[0]) > 1e-9 * 2**circuit.bits


@pytest.mark.parametrize(("ej_over_ec", "capacitance_ratio"), [(9.0, 3.0), (40.0, 0.1), (100.0, 0.001)])
def test_more_digits_change_nothing(ej_over_ec, capacitance_ratio):
    # More states, quasicharges, bits and corrections at once.
    gamma = exact_amplitudes(ej_over_ec, capacitance_ratio)
    finer = exact_amplitudes(ej_over_ec, capacitance_ratio, digits=40)
    assert all(abs(gamma[n] - finer[n]) < 1e-32 + 3e-16 * abs(finer[n]) for n in gamma)


def test_what_a_coarse_grid_folds_in_is_the_next_harmonic():
    # gamma_{2,0} on 8 quasicharges holds gamma_{-6,0}, here of one junction, whose band is known to 1e-15.
    points = 32
    band = single_junction_levels(5.0, 2 * np.arange(points) / points, 1)[:, 0]
    sixth = -np.fft.fft(band).real[6] / points
    coarse = two_junction_amplitudes((1.0, 1.0), (0.2, 0.2), capacitance_ratio=0.0, grid=8)
    folded = coarse[2, 0] - exact_amplitudes(5.0, 0.0, digits=20)[2, 0]
    assert folded == pytest.approx(sixth, abs=3e-14)
    assert abs(folded) > 1e-12


def test_oracle_imports_nothing_of_what_it_judges():
    for module in (exact_bands, two_junctions):
        tree = ast.walk(ast.parse(inspect.getsource(module)))
        imported = {node.module for node in tree if isinstance(node, ast.ImportFrom)}
        own = {name for name in imported if name.startswith("derivations")}
        assert own <= {"derivations.cotunneling.exact.two_junctions", "rederived.evaluate.domain"}
