"""The merged instanton: its determinant integrated, its amplitude against limits and exact bands."""

import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp
from scipy.linalg import eigh_tridiagonal
from sympy import lambdify

from derivations.cotunneling import (
    attraction_depth,
    cotunneling_amplitude,
    exact_amplitudes,
    exact_single_junction_amplitude,
    frequency_ratio,
    merged_instanton_amplitude,
    pair_over_steepest_descent,
    single_junction_amplitude,
    steepest_descent_amplitude,
    uniform_amplitude,
)
from derivations.cotunneling import symbols as sym
from derivations.cotunneling.claims.strong_coupling_claims import (
    approaches_overlap,
    cotunneling_dominates_at_strong_coupling,
    merged_from_frequency_ratio,
    single_slips_at_second_order,
    strong_coupling_is_semiclassical,
    strong_from_equal_capacitances,
)
from derivations.cotunneling.strong_coupling.merged import (
    common_action,
    common_inertia,
    determinant_of_deviation,
    deviation_from_path,
    ell,
    indices_at_ratio,
    inverse_determinant,
    merged_over_pair,
    r,
    response_of_other_junction,
    s,
    single_slip_action,
)

__all__: list[str] = []

XI, RATIO = st.floats(0.02, 2.0), st.floats(-14, 14).map(lambda decade: 10**decade)


def with_forty_digits(xi, ratio):
    """The logarithm of the amplitude with every Gamma function where the connection formula has it."""
    with mp.workdps(40):
        xi, ratio = mp.mpf(float(xi)), mp.mpf(float(ratio))
        rate = (1 + 2 * ratio) ** mp.mpf("-0.5")
        index = (mp.sqrt(1 + 8 * rate**2) - 1) / 2
        gammas = mp.gamma(rate + 1 + index) * mp.gamma(rate - index) / mp.gamma(rate + 1) / mp.gamma(rate)
        return float(mp.log(4 * mp.sqrt(2 * xi / mp.pi * gammas)) - 16 / xi)


@pytest.mark.parametrize("ratio", [0.01, 0.1, 1.0, 10.0])
def test_determinant_is_what_gelfand_and_yaglom_integrate(ratio):
    # Two phases on a lattice of one's own making: deviations b of phi = (a + b, a - b) have inertia 1 + 2r against
    # cos(a) = 1 - 2/cosh(z)^2. Their solution over the free one, exp(s z), starts at one: g'' + 2 s g' = (W - s^2) g.
    rate = 1 / math.sqrt(1 + 2 * ratio)
    length = 18 / rate
    grown = solve_ivp(
        lambda t, g: [g[1], -2 * (rate / np.cosh(t)) ** 2 * g[0] - 2 * rate * g[1]],
        (-18, length), [1.0, 0.0], method="DOP853", rtol=1e-12, atol=1e-14,
    )
    values = {v: float(e.subs(r, ratio)) for v, e in indices_at_ratio().items()}
    assert values[s] == pytest.approx(rate, rel=1e-14)
    # At z = -18 the well is 1e-15 deep; rounding of the integration.
    assert float(determinant_of_deviation().subs(values)) == pytest.approx(grown.y[0, -1], rel=1e-9)
    assert 1 / float(inverse_determinant().subs(r, ratio)) == pytest.approx(grown.y[0, -1], rel=1e-9)


def test_determinant_of_integer_wells_is_rational():
    # ell = 1 and 2: products of (k - s)/(k + s) over the bound states k.
    for depth in (1, 2):
        for rate in (2.3, 3.7):
            expected = math.prod((rate - k) / (rate + k) for k in range(1, depth + 1))
            assert float(determinant_of_deviation().subs({s: rate, ell: depth})) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("ratio", [0.3, 2.0])
def test_determinant_is_the_product_of_lattice_eigenvalues(ratio):
    slowing, well = deviation_from_path(1)
    slowing, well = float(slowing.subs(r, ratio)), lambdify(next(iter(well.free_symbols)), well)
    step = 0.04
    place = np.arange(-30, 30, step)
    off = np.full(place.size - 1, -slowing / step**2)
    diagonal = 2 * slowing / step**2
    moving, resting = (eigh_tridiagonal(diagonal + w, off, eigvals_only=True) for w in (well(place), 1 + 0 * place))
    # The lattice is wrong by step^2.
    expected = float(determinant_of_deviation().subs({v: e.subs(r, ratio) for v, e in indices_at_ratio().items()}))
    assert np.exp(np.log(moving).sum() - np.log(resting).sum()) == pytest.approx(expected, rel=4e-3)


def test_path_is_twice_as_heavy_and_costs_twice_the_action():
    values = {sym.E_J: 2.3, sym.Omega: 1.7}
    assert common_inertia() == 2
    speed = lambda phase: math.sqrt(2 * 2 * 2.3 / 1.7**2 * 2 * 2.3 * (1 - math.cos(phase)))  # noqa: E731
    # S = integral of sqrt(2 m U) with m = 2 E_J/Omega^2 and U = 2 E_J(1 - cos a).
    assert float(common_action().subs(values)) == pytest.approx(quad(speed, 0, 2 * math.pi)[0], rel=1e-10)


@given(XI, RATIO)
def test_amplitude_to_twelve_digits(xi, ratio):
    sign, logarithm = merged_instanton_amplitude(xi, ratio, log=True)
    assert sign == 1
    # The exponent, up to 800, is rounded at 1e-13.
    assert logarithm == pytest.approx(with_forty_digits(xi, ratio), rel=3e-16, abs=1e-12)


@given(st.floats(0.2, 1.5), st.floats(1e4, 1e8))
def test_rigidly_coupled_junctions_are_one_of_twice_the_size(xi, ratio):
    one = 2 * single_junction_amplitude(xi / 2)
    # The next order is sqrt(C/2C_m).
    assert merged_instanton_amplitude(xi, ratio) / one - 1 == pytest.approx(math.sqrt(0.5 / ratio), rel=0.03)


@pytest.mark.parametrize("xi", [0.3, 0.8])
def test_barely_coupled_junctions_have_steepest_descent_over_pairs(xi):
    ratio = 1e-6
    leading = 8 * math.sqrt(3 * xi / (math.pi * ratio)) * math.exp(-16 / xi)
    # Eq. 29 as printed; the next order is -7/18 C_m/C.
    assert merged_instanton_amplitude(xi, ratio) / leading - 1 == pytest.approx(-7 / 18 * ratio, rel=1e-4)
    # And Eq. 29 with its next order, 21/40A, at large A: r/3 and 21 xi/320r are both small.
    strong = 0.01 * 8 / 1e-3**2
    _, merged = merged_instanton_amplitude(1e-3, 0.01, log=True)
    _, pair = steepest_descent_amplitude(1e-3, coupling=strong, log=True)
    assert merged - pair == pytest.approx(-7 / 18 * 0.01 - 21 / 40 / 80, abs=3e-4)


def test_square_of_the_ratio_to_pairs_is_a_function_of_the_capacitances_only():
    assert merged_over_pair().free_symbols == {r}


@pytest.mark.parametrize("ej_over_ec", [10.0, 30.0])
def test_diagonalized_junctions_have_the_merged_amplitude_at_strong_coupling(ej_over_ec):
    xi = frequency_ratio(1 / ej_over_ec)
    for ratio in (1.0, 10.0):
        exact = exact_amplitudes(ej_over_ec, ratio, digits=24)[1, 1] / merged_instanton_amplitude(xi, ratio)
        # The next order of one junction of 2C and 2E_J is 7 xi/128; at C_m = C, where 21/40A is not small yet,
        # both corrections cancel.
        assert exact == pytest.approx(1 - 7 * xi / 128, abs=0.06 * xi)
    # Without deviations the amplitude would be too small by a fifth at C_m = 10 C.
    assert merged_instanton_amplitude(xi, 10.0) / (2 * single_junction_amplitude(xi / 2)) > 1.2


def test_uniform_amplitude_is_that_of_diagonalized_junctions():
    for ej_over_ec, digits in ((5.0, 20), (15.0, 20), (40.0, 28)):
        xi = frequency_ratio(1 / ej_over_ec)
        ratios = np.array([0.01, 0.1, 0.4, 1.0])
        exact = exact_amplitudes(ej_over_ec, ratios, digits=digits)[1, 1]
        error = np.abs(exact / uniform_amplitude(xi, capacitance_ratio=ratios) - 1)
        # The errors that its docstring states.
        assert error.max() < 0.025
        assert error[attraction_depth(xi, capacitance_ratio=ratios) < 1].max() < 0.006


@given(st.floats(0.1, 1.5), st.floats(1e-12, 1e-8))
def test_uniform_amplitude_of_free_slips(xi, ratio):
    exact = exact_single_junction_amplitude(xi) / single_junction_amplitude(xi)
    _, pair = cotunneling_amplitude(1, xi, xi, 8 * ratio / xi**2, log=True)
    assert uniform_amplitude(xi, capacitance_ratio=ratio, log=True)[1] == pytest.approx(
        pair + 2 * math.log(exact), abs=1e-6
    )


def test_uniform_amplitude_of_rigid_junctions():
    exact = 2 * exact_single_junction_amplitude(0.25)
    # 21/40A with A = 1.6e9, and sqrt(C/2C_m).
    assert uniform_amplitude(0.5, capacitance_ratio=1e8) == pytest.approx(exact, rel=1e-4)


def test_integral_over_pairs_is_continuous_where_its_series_takes_over():
    below, above = pair_over_steepest_descent(np.array([400 * (1 - 1e-9), 400.0]))
    # The third order in 1/A.
    assert above == pytest.approx(below, rel=1e-7)
    depth = 3.7
    value = quad(lambda u: math.exp(-depth * (1 - u / math.sinh(u))) - math.exp(-depth), 1e-9, 40)[0] * 2
    assert pair_over_steepest_descent(depth) == pytest.approx(value / math.sqrt(6 * math.pi / depth), rel=1e-7)


def test_second_order_of_the_action_of_a_slip():
    # The other junction, pushed by -r phi'', answers with -r integral of exp(-|z - z'|)/2 phi''(z'), and gains half
    # of the work; a mass 1 + r gives the root.
    z = np.arange(-30, 30, 0.02)
    push = -2 * np.sinh(z) / np.cosh(z) ** 2
    answer = np.convolve(push, np.exp(-np.abs(np.arange(-20, 20.01, 0.02))) / 2, mode="same") * 0.02
    gain = -0.5 * (push * answer).sum() * 0.02
    values = {sym.E_J: 1, sym.Omega: 1, r: 1}
    # The trapezoid rule misses the kink of the exponential by step^2/12.
    assert float(response_of_other_junction().subs(values)) == pytest.approx(gain, rel=1e-3)
    action = (single_slip_action() * sym.Omega / (8 * sym.E_J)).expand()
    assert float(action.coeff(r, 2)) == pytest.approx(gain / 8 - 1 / 8, abs=1e-4)
    assert [float(action.coeff(r, n)) for n in (0, 1)] == [1, 0.5]


def test_regimes():
    assert approaches_overlap().value == pytest.approx(0.10, abs=0.01)
    # 0.1 = 21/40A + 3483/4480A^2 + ..., A = 8 C_m E_J/C Omega.
    depth = merged_from_frequency_ratio().value * 8
    assert 21 / 40 / depth + 3483 / 4480 / depth**2 == pytest.approx(0.1, abs=0.01)
    for claim in (strong_from_equal_capacitances, strong_coupling_is_semiclassical):
        assert claim().holds
    second = single_slips_at_second_order()
    assert second.holds
    assert f"lower by {8 * (5 / 8 - math.pi**2 / 24):.3f}" in second.evidence
    # Where both actions are equal, diagonalized junctions still favor single slips, less so the larger E_J/E_C:
    # they cross at C_m/C = 3.18, 3.35, 3.42 for E_J/E_C = 10, 25, 50.
    equal = cotunneling_dominates_at_strong_coupling().value
    exact = exact_amplitudes(50.0, np.array([3.0, equal]), digits=24)
    assert (exact[1, 1] > exact[1, 0]).tolist() == [False, True]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: merged_instanton_amplitude(0.5, 0.0), "`capacitance_ratio` must be in (0, inf), but got 0."),
        (lambda: merged_instanton_amplitude(0.5, -1.0), "`capacitance_ratio` must be in (0, inf), but got -1."),
        (lambda: merged_instanton_amplitude(-0.5, 1.0), "`xi` must be in (0, inf), but got -0.5."),
        (lambda: uniform_amplitude(0.05, capacitance_ratio=1.0), "`xi` must be in [0.1, 1.5], but got 0.05."),
        (
            lambda: uniform_amplitude(0.5, capacitance_ratio=0.0),
            "`capacitance_ratio` must be in [1e-200, inf), but got 0.",
        ),
        (lambda: pair_over_steepest_descent(0.0), "`depth` must be in [1e-200, inf), but got 0."),
        (
            lambda: attraction_depth(0.5, capacitance_ratio=math.nan),
            "`capacitance_ratio` must be in [0, inf), but got nan.",
        ),
    ],
)
def test_arguments_outside_their_range_are_refused(call, message):
    with pytest.raises(ValueError, match=r"^Argument ") as error:
        call()
    assert str(error.value) == f"Argument {message}"


def test_amplitudes_broadcast():
    xi, ratio = np.array([0.4, 0.8])[:, None], np.array([0.1, 1.0, 10.0])
    for function in (merged_instanton_amplitude, uniform_amplitude):
        grid = function(xi, capacitance_ratio=ratio)
        assert grid.shape == (2, 3)
        assert grid[1, 2] == pytest.approx(function(0.8, capacitance_ratio=10.0), rel=1e-14)
        assert np.log(grid) == pytest.approx(function(xi, capacitance_ratio=ratio, log=True)[1], rel=1e-13)
