"""Period and action of a fluxon in its well: against raw quadratures, a mass on an ODE, and Bohr and Sommerfeld."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from derivations import annular
from derivations.annular import (
    action_bound,
    action_integral,
    fluxon_speed,
    harmonic_frequency,
    oscillation_period,
    period_slope,
    relativistic_fluxon_speed,
    relativistic_period,
    separatrix_energy,
    turning_point,
)
from derivations.annular.particle.oscillation import period, strength_at_the_separatrix
from derivations.annular.symbols import lambda_hat, nu_bar

__all__: list[str] = []

SQUARES = st.floats(0.01, 0.99)
SHARES = st.floats(1e-3, 0.999)  # of the way from rest to the separatrix


def below(share, m):
    return 1 + share * (1 / math.sqrt(1 - m) - 1)


def raw(energy_ratio, m, which):
    """(22) and (23) as they stand, between the turning points, with 30 digits; lambda_J/c = 1."""
    with mpmath.workdps(30):
        k, m = mpmath.mpf(energy_ratio), mpmath.mpf(m)
        half_axis = mpmath.sqrt(1 / m - 1)
        edge = mpmath.acos(half_axis * mpmath.sqrt(k**2 - 1))

        def scale(tau):
            return mpmath.sqrt(half_axis**2 + mpmath.cos(tau) ** 2)

        def integrand(tau):
            return {
                "period": lambda q: mpmath.sqrt(2) * q**1.5 / mpmath.sqrt(abs(k * half_axis - q)),
                "action": lambda q: q**1.5 * mpmath.sqrt(abs(k * half_axis - q)),
                "relativistic": lambda q: 2 * q * k * half_axis / mpmath.sqrt(abs((k * half_axis) ** 2 - q**2)),
            }[which](scale(tau))

        return float(2 * mpmath.quad(integrand, [edge, (edge + mpmath.pi / 2) / 2, mpmath.pi / 2], maxdegree=7))


@pytest.mark.parametrize(("energy_ratio", "m"), [(1.1, 0.75), (1.5, 0.75), (1.9, 0.75), (1.01, 0.05), (3.5, 0.95)])
def test_regular_forms_are_the_raw_integrals(energy_ratio, m):
    # The raw integrand of the period is singular where the fluxon turns: half the digits of mpmath are left.
    assert oscillation_period(energy_ratio, m, 1.0) == pytest.approx(raw(energy_ratio, m, "period"), rel=1e-12)
    assert relativistic_period(energy_ratio, m, 1.0) == pytest.approx(raw(energy_ratio, m, "relativistic"), rel=1e-12)
    assert action_integral(energy_ratio, m) == pytest.approx(raw(energy_ratio, m, "action"), rel=1e-12)


@settings(max_examples=30)
@given(SHARES, SQUARES)
@example(0.5, 0.75)
def test_period_is_what_the_action_gains_with_the_energy(share, m):
    k, least = below(share, m), 8 * math.sqrt(1 / m - 1)
    step = 1e-4 * min(share, 1 - share) * (1 / math.sqrt(1 - m) - 1)
    rise = 16 * math.sqrt(2) * (action_integral(k + step, m) - action_integral(k - step, m))
    # The second difference is (step/distance)^2 = 1e-8; rounding of the actions over 1e-4 of them is less.
    assert rise / (2 * step * least) == pytest.approx(oscillation_period(k, m, 1.0), rel=1e-6)


@pytest.mark.parametrize(("k", "m"), [(1.3, 0.75), (1.8, 0.75), (1.1, 0.4)])
def test_period_is_that_of_a_body_with_this_mass_in_this_potential(k, m):
    from scipy.integrate import solve_ivp

    lam, half_axis = 0.1, math.sqrt(1 / m - 1)

    def scale(tau):
        return math.sqrt(half_axis**2 + math.cos(tau) ** 2)

    def motion(t, y):  # d(8 Q u)/dt = -(8 Q)'(1 - u^2/2) by Lagrange; ds = Q d tau/lam
        tau, u = y
        q = scale(tau)
        slope = -math.sin(2 * tau) / (2 * q) * lam / q
        return [lam * u / q, -(slope / q) * (1 + u * u / 2)]

    def middle(t, y):
        return y[0] - math.pi / 2

    middle.direction, middle.terminal = -1, True
    start = [math.acos(half_axis * math.sqrt(k * k - 1)), 0.0]
    # From one turning point past the middle and back through it: three quarters of a period.
    back = solve_ivp(motion, (0, 1e3), start, events=middle, method="DOP853", rtol=1e-11, atol=1e-12)
    assert back.t_events[0][0] == pytest.approx(0.75 * oscillation_period(k, m, lam), rel=1e-8)


@settings(max_examples=40)
@given(SHARES, SQUARES)
@example(0.999, 0.01)
def test_action_stays_below_its_bound_and_grows_faster_than_linearly(share, m):
    k = below(share, m)
    linear = math.pi / math.sqrt(2) * (1 / m - 1) ** 1.5 * (k - 1)
    assert linear * (1 - 1e-12) < action_integral(k, m) < action_bound(m)


def test_bound_of_the_action_is_reached_by_a_circle():
    # C - Q and the variation of Q^(3/2)/sqrt(C + Q) are of order e^2.
    for m in (0.04, 0.01):
        assert action_integral(below(0.999999, m), m) / action_bound(m) == pytest.approx(1.0, abs=m)


def test_energies_within_rounding_of_the_separatrix_are_refused_and_never_nan():
    for m in np.random.default_rng(3).uniform(0.05, 0.99, 300):
        k = separatrix_energy(m)
        assert np.isfinite(oscillation_period(k * (1 - 1e-14), m, 0.1))
        with pytest.raises(ValueError, match="`energy_ratio`"):
            oscillation_period(np.nextafter(k, 0), m, 0.1)


def test_small_oscillations():
    for m in (0.2, 0.75, 0.95):
        assert 2 * math.pi / oscillation_period(1.0, m, 0.3) == pytest.approx(harmonic_frequency(m, 0.3), rel=1e-13)
        assert relativistic_period(1.0, m, 0.3) == pytest.approx(oscillation_period(1.0, m, 0.3), rel=1e-13)
        step = 1e-4
        gained = oscillation_period(1 + step, m, 1.0) / oscillation_period(1.0, m, 1.0) - 1
        # The next order of k - 1 has a coefficient of order (sinh^2 nu)^2.
        assert gained / step == pytest.approx(period_slope(m), rel=step * 10 / m)


def test_near_the_separatrix_the_period_grows_by_one_logarithm():
    m, lam = 0.75, 0.2
    half_axis2 = 1 / m - 1
    strength = strength_at_the_separatrix(period()).subs({lambda_hat: lam, nu_bar: math.acosh(m**-0.5)})
    slope = float(strength) / 2  # the integral of strength/sqrt(x^2 + rest) is -strength/2 ln(rest)
    assert slope == pytest.approx(2 / (lam * m), rel=1e-14)  # (4 C^2/lam) K(M), K = -ln(1 - M)/2
    distances = np.array([1e-6, 1e-7])
    k = separatrix_energy(m) - distances
    periods = oscillation_period(k, m, lam)
    rest = 1 - half_axis2 * (k**2 - 1)
    # Corrections are of the order of the distance times its logarithm.
    assert periods[1] - periods[0] == pytest.approx(-slope * math.log(rest[1] / rest[0]), rel=1e-4)


def test_energy_is_conserved_along_the_phase_plane():
    tau = np.linspace(-7, 7, 301)
    for k in (1.2, 2.0, 3.1):
        q = annular.scale_factor(tau, 0.75)
        slow, fast = fluxon_speed(tau, k, 0.75), relativistic_fluxon_speed(tau, k, 0.75)
        free, least = q < k / math.sqrt(3), 8 / math.sqrt(3)
        assert 8 * q[free] * (1 + slow[free] ** 2 / 2) == pytest.approx(k * least, rel=1e-13)
        assert 8 * q[free] / np.sqrt(1 - fast[free] ** 2) == pytest.approx(k * least, rel=1e-13)
        assert not slow[~free].any()
        assert not fast[~free].any()
        assert (fast < 1).all()


@settings(max_examples=30)
@given(SHARES, SQUARES)
def test_speed_vanishes_at_the_turning_point(share, m):
    k = below(share, m)
    edge = turning_point(k, m)
    assert annular.scale_factor(edge, m) == pytest.approx(k * math.sqrt(1 / m - 1), rel=1e-12)


@pytest.mark.parametrize("function", [oscillation_period, relativistic_period])
@pytest.mark.parametrize(("k", "m", "bound"), [(2.0, 0.75, "2"), (0.99, 0.75, "2"), (1.5, 0.5, "1.41421")])
def test_energies_outside_the_well_are_refused(function, k, m, bound):
    with pytest.raises(ValueError, match=rf"`energy_ratio` must be in \[1, {bound}\), .* got {k:g}"):
        function(k, m, 0.1)


def test_other_arguments_are_refused_by_name():
    with pytest.raises(ValueError, match="`eccentricity_squared`"):
        action_integral(1.2, 1.0)
    with pytest.raises(ValueError, match="`penetration_ratio`"):
        oscillation_period(1.2, 0.75, 0.0)
    with pytest.raises(ValueError, match="`energy_ratio`"):
        oscillation_period(math.nan, 0.75, 0.1)
    assert oscillation_period(np.full((3, 1), 1.2), np.array([0.5, 0.75]), 0.1).shape == (3, 2)
