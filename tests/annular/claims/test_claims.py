"""What the rows of M16 rest on, a second time: other routes, limits and symmetries."""

import math

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.special import ellipe, ellipk

from derivations.annular import (
    action_bound,
    action_integral,
    arc_length,
    harmonic_frequency,
    in_laboratory,
    inverse_arc_length,
    oscillation_period,
    relativistic_period,
    scale_factor,
)
from derivations.annular.claims.drive_claims import current_makes_one_metastable, drop_per_turn, field_and_wells
from derivations.annular.claims.full_equation_claims import frequency_of_the_particle
from derivations.annular.claims.geometry_claims import arc_has_several_inverses, arc_inverts
from derivations.annular.claims.laboratory_claims import proportional_to_plasma_frequency
from derivations.annular.claims.line_claims import potential_follows_the_width
from derivations.annular.claims.particle_claims import action_is_bounded, action_never_exceeds, profile_solves_left_side
from derivations.annular.claims.quantum_claims import bias_explains_the_experiment, closest_pairs
from derivations.annular.ring.inversion import loops_until_it_returns
from derivations.annular.symbols import gamma_0, lambda_hat, nu_bar
from rederived.ledger import rows, verdict

__all__: list[str] = []


def test_claims_of_the_paper_say_where_it_makes_them_and_what_is_ours():
    mine = [row for row in rows("annular") if row.source.key == "M16" and row.kind in ("claim", "remark")]
    assert len(mine) > 25
    for row in mine:
        assert row.where.startswith(("Sec.", "Abstract"))
        assert row.where.endswith(".")
        assert row.ours or row.kind == "remark"
        assert "TODO" not in row.where + row.ours


def test_branch_point_of_the_arc_is_a_complete_integral():
    place, apart = loops_until_it_returns(2)
    # E(K + iK') = E + i (K' - E').
    assert place.real == pytest.approx(ellipe(0.75), rel=1e-10)
    assert abs(place.imag) == pytest.approx(ellipk(0.25) - ellipe(0.25), rel=1e-8)
    assert apart[2] < 1e-6 < min(apart[:2])


@pytest.mark.parametrize(("kind", "loops"), [(2, 3), (1, 1)])
def test_angle_returns_on_another_loop_by_another_method(kind, loops):
    """From the real line, with an adaptive method: the first kind's angle is back at once, the arc's after three."""
    m, power = 0.75, 1 if kind == 2 else -1
    end = mpmath.ellipe(0.75) + 1j * (mpmath.ellipk(0.25) - mpmath.ellipe(0.25))
    if kind == 1:
        end = mpmath.ellipk(0.75) + 1j * mpmath.ellipk(0.25)
    radius = complex(float(end.real) - complex(end))  # from the branch point to the real line

    def around(x, y):
        angle, root = y
        per_length = root**-power * 1j * radius * np.exp(1j * x)
        return [per_length, -m * np.sin(angle) * np.cos(angle) / root * per_length]

    start = [math.pi / 2 + 0j, math.sqrt(1 - m) + 0j]
    marks = 2 * np.pi * np.arange(4)
    found = solve_ivp(around, (0, marks[-1]), start, "DOP853", marks, rtol=1e-11, atol=1e-12)
    apart = np.abs(np.sin(found.y[0]) - 1)
    assert apart[loops] < 1e-7
    assert (apart[1:loops] > 0.01).all()


def test_inverse_on_the_real_line_follows_the_slope():
    assert verdict(arc_inverts.row).verdict == "holds"
    assert verdict(arc_has_several_inverses.row).verdict == "holds"
    lengths = np.linspace(-3, 3, 13)
    angle, step = inverse_arc_length(lengths, 0.75), 1e-5
    slope = (inverse_arc_length(lengths + step, 0.75) - inverse_arc_length(lengths - step, 0.75)) / (2 * step)
    assert slope * scale_factor(angle, 0.75) == pytest.approx(np.ones(13), rel=1e-7)


def test_frequency_is_reached_as_the_square_with_the_derived_factor():
    found = frequency_of_the_particle()
    assert found.points == pytest.approx([0.3, 0.15, 0.09], rel=1e-12)
    assert found.errors == pytest.approx([0.1523, 0.047, 0.0181], rel=0.02)
    # The leading correction is pi^2 (5 + 2 S^2)/24 times the square; the next is of fourth order.
    leading = math.pi**2 * (5 + 2 / 3) / 24
    assert found.errors[-1] / found.points[-1] ** 2 == pytest.approx(leading, rel=0.06)
    assert verdict(frequency_of_the_particle.row).verdict == "holds in its limit"


def test_too_high_is_said_of_the_formula_over_the_full_equation():
    detail = verdict(frequency_of_the_particle.row).detail
    assert "15.2% at 0.3" in detail
    assert "68.0% at 0.9" in detail


def test_residual_of_the_profile_by_differences():
    """Second differences of the kink on the ring, for every center: what is left of Eq. 13 over Q^2."""
    ratio, step = 0.1, 1e-4
    largest = 0.0
    for center in np.linspace(0.1, math.pi / 2, 60):
        tau = center + np.linspace(-0.3, 0.3, 61)
        kink = [4 * np.arctan(np.exp((arc_length(tau + d, 0.75) - arc_length(center, 0.75)) / ratio))
                for d in (-step, 0.0, step)]  # fmt: skip
        curved = (kink[0] - 2 * kink[1] + kink[2]) / step**2
        left = ratio**2 * curved / scale_factor(tau, 0.75) ** 2 - np.sin(kink[1])
        largest = max(largest, float(np.abs(left).max()))
    found = profile_solves_left_side()
    # The row takes the residual at the center, where the kink is steepest; beside it the width may change faster.
    assert largest == pytest.approx(found.errors[0], rel=0.03)
    assert found.power == pytest.approx(1, abs=1e-6)


def test_bias_takes_the_work_of_a_quantum_per_turn():
    # 2 pi times the integral of Q^2 over the ring, pi cosh(2 nu).
    drop = drop_per_turn().subs({gamma_0: 1, lambda_hat: 1, nu_bar: math.acosh(0.75**-0.5)})
    assert float(drop) == pytest.approx(2 * math.pi * math.pi * (2 / 0.75 - 1), rel=1e-12)
    assert current_makes_one_metastable().holds


def test_wells_of_a_tilted_pair_differ_by_the_work_between_them():
    # To first order the difference is 2 pi gamma_0 times the integral of Q^2 between the wells of the field alone.
    from derivations.annular import local_critical_field, well_distance

    field = 0.5 * local_critical_field(0.75, 0.1)
    half = float(well_distance(0.75, 0.1, field)) / 2
    between = quad(lambda tau: float(scale_factor(tau, 0.75)) ** 2, math.pi - half, math.pi + half)[0]
    assert current_makes_one_metastable().value == pytest.approx(2 * math.pi * 0.01 / 0.1 * between, rel=0.02)


def test_announcements_and_maybes_are_not_judged():
    for row in (field_and_wells, bias_explains_the_experiment):
        assert verdict(row.row).verdict == "not judged"
    assert field_and_wells().holds


def test_lost_bound_is_open_and_ours_is_a_row_of_the_book():
    assert verdict(action_never_exceeds.row).verdict == "open"
    assert verdict(action_is_bounded.row).verdict == "holds"
    # C - Q = sin^2/(C + Q) on the separatrix, by quadrature.
    c, s2 = 0.75**-0.5, 1 / 0.75 - 1

    def integrand(tau):
        q = math.sqrt(s2 + math.cos(tau) ** 2)
        return q**1.5 * math.sin(tau) / math.sqrt(c + q)

    assert quad(integrand, 0, math.pi)[0] == pytest.approx(action_integral(2 * (1 - 1e-9), 0.75), rel=1e-6)
    assert quad(integrand, 0, math.pi)[0] < action_bound(0.75)


def test_frequency_in_hertz_follows_the_plasma_frequency():
    found = in_laboratory(241e-6, 0.75, 1e-7, capacitance=np.array([0.05, 0.2]))
    assert found.penetration_ratio[0] == found.penetration_ratio[1]
    assert found.frequency[0] == pytest.approx(2 * found.frequency[1], rel=1e-12)
    assert verdict(proportional_to_plasma_frequency.row).verdict == "holds"


def test_potential_of_a_narrow_place_by_quadrature():
    found = potential_follows_the_width()
    for point, error in zip(found.points, found.errors, strict=True):
        kept = quad(lambda x, p=point: 0.5 / math.cosh(x) ** 2 / math.cosh(p * x) ** 2, -40, 40, points=[0])[0]
        assert 1 / kept - 1 == pytest.approx(error, rel=1e-7)
    # The variance pi^2/12 of the kink times half the curvature: pi^2/12 of the square.
    assert found.errors[-1] / found.points[-1] ** 2 == pytest.approx(math.pi**2 / 12, rel=0.02)
    assert found.power == pytest.approx(2, abs=0.2)


def test_levels_get_closer_on_the_separatrix_as_a_logarithm():
    _, places, gaps = zip(*map(closest_pairs, (1.0, 0.25)), strict=True)
    assert places == pytest.approx([1, 1], abs=0.01)
    # T/T_0 grows by (C^2/pi S^2) ln of the levels, of which a finer quantum has more.
    assert (1 / gaps[1] - 1 / gaps[0]) / math.log(4) == pytest.approx(4 / math.pi, rel=0.1)


def test_both_periods_differ_by_what_the_row_says():
    k = np.array([1.1, 1.2, 1.4])
    ratio = relativistic_period(k, 0.75, 0.1) / oscillation_period(k, 0.75, 0.1)
    assert ratio == pytest.approx([1.0338, 1.0608, 1.0986], abs=1e-4)
    assert harmonic_frequency(0.75, 0.1) == pytest.approx(0.3)
