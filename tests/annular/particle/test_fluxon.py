"""The fluxon's profile, energies and corrections: against quadrature, the full equation, and SI by hand."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from sympy import Derivative
from sympy.core.function import AppliedUndef

from derivations.annular import (
    convolved_potential,
    fluxon_potential,
    frequency_correction,
    harmonic_frequency,
    in_laboratory,
    junction_scales,
    scale_factor,
)
from derivations.annular.claims.particle_claims import relativistic_energy_holds
from derivations.annular.full_equation import sine_gordon
from derivations.annular.particle.beyond_local import convolved_expansion, log_width_identity, profile_residual
from derivations.annular.particle.double_well import wells_merge
from derivations.annular.particle.fluxon import fluxon_energy, relativistic_energy, u
from derivations.annular.symbols import Q, tau_0
from rederived.ledger import verdict

__all__: list[str] = []


def kink(s):
    return 4 * math.atan(math.exp(s))


@pytest.mark.parametrize("speed", [0.0, 0.3, 0.8])
def test_energy_is_the_integral_over_a_contracted_kink(speed):
    contraction = 1 / math.sqrt(1 - speed**2)

    def density(s):
        slope = 2 * contraction / math.cosh(contraction * s)
        return (1 + speed**2) * slope**2 / 2 + 1 - math.cos(kink(contraction * s))

    expected = quad(density, -40, 40, points=[0], epsabs=1e-12)[0]
    values = [float(form().rhs.subs({Q(tau_0): 1, u: speed})) for form in (relativistic_energy, fluxon_energy)]
    assert values[0] == pytest.approx(expected, rel=1e-9)
    assert values[1] == pytest.approx(expected, rel=0.6 * speed**4 + 1e-12)


@pytest.mark.parametrize("row", [profile_residual, log_width_identity, wells_merge])
def test_lemmas_hold(row):
    assert verdict(row.row).holds


def test_averaged_width_is_that_of_a_quadrature():
    ratio, square = 0.2, 0.75
    c, s2 = 1 / math.sqrt(square), 1 / square - 1

    def weighted(tau):
        length = quad(lambda t: math.sqrt(s2 + math.cos(t) ** 2), 1.1, tau)[0]
        return 4 * (s2 + math.cos(tau) ** 2) / math.cosh(length / ratio) ** 2 / ratio

    # Beyond three radians the weight is below 1e-15.
    expected = quad(weighted, -1.5, 3.7, points=[1.1], epsabs=1e-11, limit=200)[0]
    assert convolved_potential(1.1, square, ratio) == pytest.approx(expected, rel=1e-8)
    assert convolved_potential(0.0, square, 1e-3) == pytest.approx(8 * c, rel=1e-5)


@pytest.mark.parametrize("here", [0.5, 1.5])
def test_expansion_of_the_averaged_width_has_the_variance_of_the_kink(here):
    ratio, square = 0.01, 0.75
    form = convolved_expansion().rhs
    # d/ds of the width is lambda_J/(c Q) d/d tau, here by differences of Q itself.
    step = 1e-3
    lengths = np.array([quad(lambda t: scale_factor(t, square), here, here + d * step)[0] / ratio for d in (-1, 0, 1)])
    before, now, after = scale_factor(here + step * np.array([-1, 0, 1]), square)
    up, down = (after - now) / lengths[2], (now - before) / -lengths[0]
    curved = 2 * (up - down) / (lengths[2] - lengths[0])
    (second,) = form.atoms(Derivative)
    expanded = float(form.subs({second: curved}).subs(form.atoms(AppliedUndef).pop(), now))
    averaged = convolved_potential(here, square, ratio)
    # The next term is smaller by the local frequency squared, 1e-3.
    assert expanded - 8 * now == pytest.approx(averaged - 8 * now, rel=3e-3)


@pytest.mark.parametrize("square", [0.36, 0.75])
def test_averaged_width_bounds_the_energy_and_is_closer_than_the_local_one(square):
    above, below = [], []
    for parameter in (0.1, 0.05):
        ratio = parameter * (1 / square - 1)
        full = sine_gordon.rest_energy(square, ratio)
        above.append(float(convolved_potential(math.pi / 2, square, ratio) - full))
        below.append(float(full - fluxon_potential(math.pi / 2, square, ratio)))
    # By the variational principle it is above. The profile is wrong in second order, its energy in fourth; without
    # averaging the energy is wrong in second order already. The next order is 60 times the parameter squared.
    assert 0 < above[0] < 0.2 * below[0]
    assert below[0] / below[1] == pytest.approx(4, rel=0.15)
    assert above[0] / above[1] == pytest.approx(16, rel=0.35)


@pytest.mark.parametrize("square", [0.3, 0.6, 0.75])
def test_leading_correction_is_that_of_the_full_equation(square):
    # The next order is the fourth power of the small parameter, with a coefficient of order ten.
    for parameter in (0.08, 0.04):
        ratio = parameter * (1 / square - 1)
        true = (sine_gordon.fluxon_frequency(square, ratio) / harmonic_frequency(square, ratio)) ** 2
        expected = frequency_correction(square, ratio)
        assert true - expected == pytest.approx(0, abs=60 / square**2 * parameter**4)
        assert abs(true - expected) < 0.3 * (1 - true)


def test_relativistic_energy_is_reached_for_short_fluxons():
    found = relativistic_energy_holds()
    assert found.holds
    # The error is of second order in the small parameter: extrapolated with its square it vanishes.
    squares, errors = np.array(found.points) ** 2, np.array(found.errors)
    slope = (errors[1] - errors[2]) / (squares[1] - squares[2])
    assert errors[2] - slope * squares[2] == pytest.approx(0, abs=0.005)
    assert errors[2] < 0.015


@pytest.mark.parametrize(
    ("focal", "square", "narrow", "current", "thickness", "capacitance"),
    [(241e-6, 0.75, 1e-7, 1e7, 180e-9, 0.05), (1.5e-4, 0.4, 3e-7, 3e6, 140e-9, 0.035)],
)
def test_units_by_hand(focal, square, narrow, current, thickness, capacitance):
    flux, mu, hbar, k_b = 2.067833848e-15, 4e-7 * math.pi, 1.054571817e-34, 1.380649e-23
    length = math.sqrt(flux / (2 * math.pi * mu * thickness * current))
    plasma = math.sqrt(2 * math.pi * current / (flux * capacitance))
    found = in_laboratory(
        focal, square, narrow,
        critical_current_density=current, magnetic_thickness=thickness, capacitance=capacitance,
    )  # fmt: skip
    ratio = length / (focal / 2)
    cosh, sinh = 1 / math.sqrt(square), math.sqrt(1 / square - 1)
    # mu_0 is no longer exact: 2e-10 of it.
    assert found.penetration_ratio == pytest.approx(ratio, rel=1e-8)
    local = ratio / sinh**2 * plasma
    assert found.frequency == pytest.approx(local / (2 * math.pi), rel=1e-8)
    assert found.crossover_temperature == pytest.approx(hbar * local / (2 * math.pi * k_b), rel=1e-8)
    assert found.spacing_temperature == pytest.approx(hbar * local / k_b, rel=1e-8)
    unit = flux * current * length * narrow / sinh / (2 * math.pi)
    assert found.energy_unit == pytest.approx(unit, rel=1e-8)
    assert found.barrier_temperature == pytest.approx(8 * (cosh - sinh) * unit / k_b, rel=1e-8)
    rest = 8 * sinh * unit / (length * plasma) ** 2
    assert found.mass_in_electrons == pytest.approx(rest / 9.1093837e-31, rel=1e-7)
    assert found.quantum == pytest.approx(hbar * plasma / unit, rel=1e-8)
    scales = junction_scales(current, thickness, capacitance)
    assert [float(v) for v in scales] == pytest.approx([length, plasma], rel=1e-8)


def test_crossover_does_not_know_the_critical_current():
    found = in_laboratory(241e-6, 0.75, 1e-7, np.array([1e6, 1e8]))
    assert found.crossover_temperature[0] == pytest.approx(found.crossover_temperature[1], rel=1e-12)
    with pytest.raises(ValueError, match="`focal_distance`"):
        in_laboratory(0.0, 0.75, 1e-7)


def test_energy_unit_is_per_width():
    one, two = (in_laboratory(241e-6, 0.75, w) for w in (1e-7, 2e-7))
    assert two.mass_in_electrons == pytest.approx(2 * one.mass_in_electrons, rel=1e-14)
    assert two.frequency == one.frequency

