"""Functions of geometry and motion at both ends of their domains and, on a logarithmic scale, between: by mpmath."""

import math

import mpmath as mp
import numpy as np
import pytest
from scipy import constants

from derivations import annular

__all__: list[str] = []

# e^2, to the last floats before one, and angles to the side of poles and equator.
SQUARES = [10.0**-k for k in (300, 250, 206, 155, 100, 30, 16, 8, 4, 2)]
SQUARES += [0.3, 0.75] + [1 - 10.0**-k for k in (2, 4, 8, 12)] + [1 - 2.0**-50, 1 - 2.0**-53]
ANGLES = [0.0, 1e-200, 1e-9, 0.7, math.pi / 2, math.pi / 2 + 1e-9, 3.0, 100.0]


@pytest.fixture(autouse=True)
def forty_digits():
    with mp.workdps(80):  # of which differences leave 40
        yield


def scale(tau, m):
    return mp.sqrt(1 / mp.mpf(m) - mp.sin(mp.mpf(tau)) ** 2)


def curvature(tau, m):
    return mp.mpf(m) * scale(tau, m) ** 3 / mp.sqrt(1 - mp.mpf(m))


def arc(tau, m):
    return mp.ellipe(mp.mpf(tau), mp.mpf(m)) / mp.sqrt(mp.mpf(m))


def around(m):
    return 4 * mp.ellipe(mp.mpf(m)) / mp.sqrt(mp.mpf(m))


def along_normal(tau, m, angle):
    tau, m, angle = map(mp.mpf, (tau, m, angle))
    across = mp.sqrt(1 / m - 1) * mp.sin(tau) * mp.sin(angle) + mp.cos(tau) * mp.cos(angle) / mp.sqrt(m)
    return across / scale(tau, m)


@pytest.mark.parametrize(
    ("function", "exact"),
    [(annular.scale_factor, scale), (annular.curvature_radius, curvature), (annular.arc_length, arc)],
)
def test_functions_of_the_angle(function, exact):
    tau, m = np.meshgrid(ANGLES, SQUARES)
    expected = [float(exact(*at)) for at in zip(tau.flat, m.flat, strict=True)]
    assert function(tau, m).ravel() == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize("angle", [0.0, 0.7, math.pi / 2])
def test_normal_field(angle):
    tau, m = np.meshgrid(ANGLES, SQUARES)
    expected = [float(along_normal(*at, angle)) for at in zip(tau.flat, m.flat, strict=True)]
    # Where both terms cancel, of one unit each, only their rounding is left.
    assert annular.normal_field(tau, m, angle).ravel() == pytest.approx(expected, rel=1e-12, abs=1e-16)


def test_functions_of_the_eccentricity():
    m = np.array(SQUARES)
    assert annular.perimeter(m) == pytest.approx([float(around(v)) for v in SQUARES], rel=1e-12, abs=0)
    exact = [float(1 / mp.sqrt(1 - mp.mpf(v))) for v in SQUARES]
    assert annular.separatrix_energy(m) == pytest.approx(exact, rel=1e-12, abs=0)
    exact = [float(mp.mpf(v) / (1 - mp.mpf(v)) / 10) for v in SQUARES]
    assert annular.harmonic_frequency(m, 0.1) == pytest.approx(exact, rel=1e-12, abs=0)


@pytest.mark.parametrize("m", SQUARES[2:])
def test_width_area_and_inverse_of_the_arc(m):
    closed = 2 * math.acosh(1 / math.sqrt(m))
    for thickness in (1e-300, 1e-16, 1e-3 * closed, 0.9 * closed):
        exact = 2 * scale(0.7, m) * mp.sinh(mp.mpf(thickness) / 2)
        assert annular.width(0.7, m, thickness) == pytest.approx(float(exact), rel=1e-12, abs=0)
        # pi/2 (sinh 2 nu_o - sinh 2 nu_i)
        nu = mp.acosh(1 / mp.sqrt(mp.mpf(m)))
        exact = mp.pi * mp.cosh(2 * nu) * mp.sinh(mp.mpf(thickness))
        if exact > 1e300:
            continue
        assert annular.area(m, thickness) == pytest.approx(float(exact), rel=1e-12, abs=0)
    for tau in (1e-200, 1e-9, 0.7, 3.0, 100.0):
        # A length is known to a rounding, and where the ellipse is flat the angle to what the scale makes of that.
        lost = 2.0**-50 * annular.arc_length(tau, m) / annular.scale_factor(tau, m)
        assert annular.inverse_arc_length(annular.arc_length(tau, m), m) == pytest.approx(tau, rel=1e-12, abs=lost)


@pytest.mark.parametrize("m", [0.01, 0.3, 0.75, 0.99, 1 - 1e-9])
def test_turning_point_from_the_bottom_of_the_well_to_the_separatrix(m):
    top = 1 / mp.sqrt(1 - mp.mpf(m))
    energies = [1.0, 1 + 2.0**-52] + [float(1 + (top - 1) * (1 - mp.mpf(10) ** -k)) for k in range(15)]
    energies += [float(1 + (top - 1) * mp.mpf(10) ** -k) for k in range(1, 15)]
    energies = np.array([k for k in energies if k < float(top) * (1 - 2e-15)])
    exact = [mp.acos(mp.sqrt((1 - mp.mpf(m)) * (mp.mpf(k) ** 2 - 1) / mp.mpf(m))) for k in energies]
    assert annular.turning_point(energies, m) == pytest.approx([float(v) for v in exact], rel=1e-13, abs=0)


def test_turning_point_broadcasts():
    found = annular.turning_point(np.array([1.0, 1.5, 1.999999])[:, None], [0.75, 0.8])
    assert found.shape == (3, 2)
    assert found[2, 0] == annular.turning_point(1.999999, 0.75)
    assert found[2, 0] < 0.1 < found[1, 0] < found[0, 0] == math.pi / 2


@pytest.mark.parametrize("m", [1e-30, 1e-16, 1e-8, 0.01, 0.75, 1 - 1e-8])
def test_barrier_of_a_nearly_circular_ring(m):
    found = annular.in_laboratory(241e-6, m, 1e-7)
    # 8 cosh - 8 sinh, at the least width sinh.
    low = 8 / mp.sqrt(mp.mpf(m)) * (1 - mp.sqrt(1 - mp.mpf(m)))
    assert found.barrier_temperature * constants.k / found.energy_unit == pytest.approx(float(low), rel=1e-12, abs=0)
