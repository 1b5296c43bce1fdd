"""Levels, splittings and escape of a fluxon: against Mathieu, dense Fourier matrices, a rotated contour and ODEs."""

import math

import numpy as np
import pytest

from derivations.annular import (
    bohr_sommerfeld_levels,
    cubic_escape_rate,
    escape_rate,
    fluxon_levels,
    fluxon_potential,
    instanton_escape_rate,
    instanton_splitting,
    level_splitting,
    levels_in_a_well,
    local_critical_field,
    local_depinning_current,
    local_rest_position,
    offset_of_bohr_sommerfeld,
    ordering_shift,
    quartic_splitting,
    scale_factor,
    shortfall_of_splitting,
    two_levels,
    wkb_splitting,
)

__all__: list[str] = []

M, LAM = 0.75, 0.1


def half_axes(m):
    return 1 / math.sqrt(m), math.sqrt(1 / m - 1)


def written_out(tau, m, lam, field, angle=0.0, bias=0.0):
    """DESIGN's potential and scale factor, for real or complex tau."""
    c, s = half_axes(m)
    scale = np.sqrt(s * s + np.cos(tau) ** 2)
    magnetic = -field * (c * math.cos(angle) * np.cos(tau) + s * math.sin(angle) * np.sin(tau))
    biased = bias / 4 * (2 * tau * (2 / m - 1) + np.sin(2 * tau))
    return 8 * scale + 2 * math.pi / lam * (biased - magnetic), scale


def fourier_levels(m, lam, quantum, field, angle, outer, nodes=220):
    """Dense plane waves on the ring: <f g f> by quadrature of products, for p between powers of the mass."""
    tau = 2 * np.pi * np.arange(4 * nodes) / (4 * nodes)
    energy, q = written_out(tau, m, lam, field, angle)
    mass = 8 * q
    wave = np.arange(-nodes // 2, nodes // 2 + 1)
    spread = wave[:, None] - wave

    def matrix(values):
        return (np.fft.fft(values) / values.size)[spread % values.size]

    # chi = mass^outer psi; the measure of tau is Q/lam.
    kinetic = quantum**2 / 2 * wave[:, None] * matrix(mass ** (-1 - 2 * outer) * lam / q) * wave
    weight = mass ** (-2 * outer) * q / lam
    from scipy.linalg import eigh

    return eigh(kinetic + matrix(energy * weight), matrix(weight), eigvals_only=True, subset_by_index=(0, 9))


@pytest.mark.parametrize(
    ("m", "lam", "quantum", "field", "angle", "ordering"),
    [
        (0.75, 0.1, 0.3, 0.02, 0.4, "BenDaniel-Duke"),
        (0.75, 0.1, 0.3, 0.093, 0.0, "Laplace-Beltrami"),
        (0.4, 0.25, 0.5, -0.05, 2.0, "BenDaniel-Duke"),
    ],
)
def test_levels_are_those_of_plane_waves(m, lam, quantum, field, angle, ordering):
    expected = fourier_levels(m, lam, quantum, field, angle, {"BenDaniel-Duke": 0.0}.get(ordering, -0.25))
    levels, error = fluxon_levels(10, m, lam, quantum, field, angle, ordering, error=True)
    # A dense eigenproblem of norm 1e3 rounds at 1e-12.
    assert levels == pytest.approx(expected, rel=2e-11)
    assert error.max() < 1e-9


def test_nearly_round_ring_has_the_levels_of_mathieu():
    from scipy.special import mathieu_a, mathieu_b

    m, lam, quantum = 1e-3, 1.0, 40.0
    c, _ = half_axes(m)
    # Q = C (1 - e^2 sin^2(tau)/2 + ...): a pendulum of mass 8C in the angle, with lengths C tau/lam.
    kinetic = quantum**2 * lam**2 / (2 * 8 * c * c**2)
    strength = 8 * c * m / 2  # U = 8C - strength sin^2(tau)
    q = strength / 4 / kinetic
    expected = sorted([mathieu_a(n, q) for n in range(5)] + [mathieu_b(n, q) for n in range(1, 5)])[:6]
    levels = fluxon_levels(6, m, lam, quantum) - (8 * c - strength / 2)
    # The mass varies by e^2, and so do the levels (relative).
    assert levels / kinetic == pytest.approx(np.array(expected), abs=2 * m * q)


def test_splitting_is_a_difference_of_levels_where_that_has_digits():
    field = 0.985 * local_critical_field(M, LAM)
    lowest = fluxon_levels(2, M, LAM, 0.1, field)
    # Levels have an absolute error of 1e-14.
    assert level_splitting(M, LAM, 0.1, field) == pytest.approx(lowest[1] - lowest[0], rel=1e-6, abs=0)


def test_splitting_far_below_rounding_follows_an_integration_outwards():
    """Even and odd waves from the top of the barrier into a well, where they grow; then Herring's formula."""
    from scipy.integrate import solve_ivp

    quantum = 0.012
    field = 0.992 * local_critical_field(M, LAM)
    level = fluxon_levels(1, M, LAM, quantum, field)[0]
    c, s = half_axes(M)
    a = math.pi / 4 * field * c / LAM
    well = math.acos(-a * s / math.sqrt(1 - a * a))

    def waves(tau, y):  # both waves, g times their slopes with g = lam/(8 Q^2), and their overlap
        energy, q = written_out(tau, M, LAM, field)
        even, even_flux, odd, odd_flux, _ = y
        stretch, force = 8 * q * q / LAM, 2 * (energy - level) * q / LAM / quantum**2
        return [even_flux * stretch, force * even, odd_flux * stretch, force * odd, even * odd * q / LAM]

    end = well - 0.5 * (math.pi - well)
    found = solve_ivp(waves, (math.pi, end), [1, 0, 0, -1, 0], rtol=1e-10, atol=1e-12, method="DOP853")
    split = level_splitting(M, LAM, quantum, field)
    assert split < 1e-20
    # Behind the well the waves die out; what is missing of the overlap is below 1e-5.
    assert quantum**2 / 2 / -found.y[4, -1] == pytest.approx(split, rel=1e-4, abs=0)


@pytest.mark.parametrize(("m", "lam", "quantum"), [(0.75, 0.1, 0.4), (0.3, 0.05, 0.4)])
def test_instanton_is_the_limit_of_small_quanta(m, lam, quantum):
    field = 0.9 * local_critical_field(m, lam)
    off = [
        instanton_splitting(m, lam, q, field) / level_splitting(m, lam, q, field) - 1 for q in (quantum, quantum / 2)
    ]
    # The next order is of relative order hbar over the action, so that half the quantum halves it.
    assert 0 < off[1] < 0.1
    assert off[1] == pytest.approx(off[0] / 2, rel=0.15)


@pytest.mark.parametrize("quantum", [1.0, 0.5])
def test_the_second_way_around_doubles_the_splitting(quantum):
    fields = np.array([0.0, 0.005])  # the field shifts the barriers by many quanta
    ratio = level_splitting(M, LAM, quantum, fields) / instanton_splitting(M, LAM, quantum, fields)
    # What the formula misses changes with the field by about h/h_c of itself; splittings are 1e-77 and 1e-154.
    assert ratio[0] / ratio[1] == pytest.approx(2, rel=0.02)


def test_landau_and_lifshitz_miss_the_instanton_by_the_known_factor():
    field = 0.9 * local_critical_field(M, LAM)
    ratio = [instanton_splitting(M, LAM, q, field) / wkb_splitting(M, LAM, q, field) for q in (0.1, 0.05)]
    # sqrt(pi/e) for small hbar; the corrections go as hbar, so that extrapolation leaves their square.
    assert 2 * ratio[1] - ratio[0] == pytest.approx(math.sqrt(math.pi / math.e), rel=5e-3)


def test_quartic_limit():
    small = np.array([1e-4, 1e-5])
    quantum = 30 * small**1.5 * 6.5
    full = [
        instanton_splitting(M, LAM, q, (1 - e) * local_critical_field(M, LAM))
        for q, e in zip(quantum, small, strict=True)
    ]
    off = np.array(full) / quartic_splitting(M, LAM, quantum, small) - 1
    # The next power of the distance to the critical field.
    assert off[1] == pytest.approx(off[0] / 10, rel=0.1)


@pytest.mark.parametrize(("m", "lam"), [(0.75, 0.1), (0.5, 0.2), (0.3, 0.05)])
def test_both_orders_and_the_old_rule_differ_by_their_derived_shifts(m, lam):
    quantum = float(levels_in_a_well(m, lam, 1.0)) / 400
    one, other = (fluxon_levels(1, m, lam, quantum, ordering=o)[0] for o in ("BenDaniel-Duke", "Laplace-Beltrami"))
    rule = bohr_sommerfeld_levels(0, m, lam, quantum)
    # The next order is smaller by the anharmonicity of one of 400 levels.
    assert other - one == pytest.approx(ordering_shift(m, lam, quantum), rel=0.05, abs=0)
    assert other - rule == pytest.approx(offset_of_bohr_sommerfeld(m, lam, quantum), rel=0.05, abs=0)


def test_escape_is_that_of_a_rotated_contour():
    """Exterior points go to tau - i sigma (...)^2 smoothly; the complex level is the one that does not move."""
    m, lam, quantum, bias = M, LAM, 0.1, 0.13
    nodes, low, high, corner = 900, -0.6, 2.4, 0.75
    x = np.cos(np.pi * np.arange(nodes + 1) / nodes)
    sign = np.where(np.arange(nodes + 1) % nodes == 0, 2.0, 1.0) * (-1.0) ** np.arange(nodes + 1)
    with np.errstate(divide="ignore"):
        d = sign[:, None] / sign / (x[:, None] - x + np.eye(nodes + 1))
    np.fill_diagonal(d, 0)
    np.fill_diagonal(d, -d.sum(axis=1))
    real = low + (high - low) * (x + 1) / 2
    d *= 2 / (high - low)
    outside = np.where(real < corner, corner - real, 0.0)
    tau = real - 1j * 0.35 * outside**3
    tilt = 1 + 1j * 1.05 * outside**2
    energy, q = written_out(tau, m, lam, 0.0, 0.0, bias)
    derivative = (lam / (q * tilt))[:, None] * d
    operator = -(quantum**2) / 2 * derivative @ ((1 / (8 * q))[:, None] * derivative) + np.diag(energy)
    inner = operator[1:-1, 1:-1]
    rate = escape_rate(m, lam, quantum, bias)
    from scipy.linalg import lu_factor, lu_solve

    near = np.linspace(1.0, 1.55, 4001)
    guess = written_out(near, m, lam, 0.0, 0.0, bias)[0].min() + 0.5 * quantum * 0.2
    wave = np.exp(-((real[1:-1] - 1.3) ** 2) * 50).astype(complex)
    for _ in range(4):
        factors = lu_factor(inner - guess * np.eye(nodes - 1))
        after = lu_solve(factors, wave)
        guess += (np.conj(after) @ wave) / (np.conj(after) @ after)
        wave = after / np.linalg.norm(after)
    # Level 5, width 3e-7: rounding of the matrix, of norm 1e4, leaves four digits of the width.
    assert -2 * guess.imag / quantum == pytest.approx(rate, rel=2e-3, abs=0)


@pytest.mark.parametrize("well", [1, 3])
def test_escape_from_both_wells_of_a_field(well):
    field = 0.02
    bias = 0.97 * local_depinning_current(M, LAM, field, well=well)
    rate = escape_rate(M, LAM, 0.1, bias, field, well=well)
    # The bounce is the leading order; the next is of relative order hbar omega/Delta U.
    assert rate == pytest.approx(instanton_escape_rate(M, LAM, 0.1, bias, field, well=well), rel=0.45, abs=0)
    moved = escape_rate(M, LAM, 0.1, bias, field, well=well, beyond=0.7)
    assert moved == pytest.approx(rate, rel=1e-4, abs=0)


def test_cubic_formula_is_right_only_at_the_depinning_current():
    ratio = []
    for distance in (1e-3, 1e-5):
        bias = (1 - distance) * local_depinning_current(M, LAM)
        quantum = 0.02 * (distance / 1e-3) ** 1.25
        ratio.append(cubic_escape_rate(M, LAM, quantum, bias) / instanton_escape_rate(M, LAM, quantum, bias) - 1)
    # The shape differs from a cubic by the root of the distance.
    assert abs(ratio[1]) < 0.2 * abs(ratio[0])


# Typed, not taken from a library: Wb, N/A^2, J s, J s, J/K.
FLUX, MU, PLANCK, HBAR, BOLTZMANN = 2.067833848e-15, 1.25663706e-6, 6.62607015e-34, 1.054571817e-34, 1.380649e-23
JUNCTIONS = [
    {"critical_current_density": 1e7, "magnetic_thickness": 180e-9, "capacitance": 0.05},
    {"critical_current_density": 2.5e6, "magnetic_thickness": 120e-9, "capacitance": 0.04},
]


def scales_by_hand(focal, square, width, junction):
    """E_0' in J, hbar_* and lambda_J/c, from the symbols of Sec. I of M16."""
    current, thickness, capacitance = junction.values()
    length = math.sqrt(FLUX / (2 * math.pi * MU * thickness * current))
    plasma = math.sqrt(2 * math.pi * current / (FLUX * capacitance))
    thin = width / (focal / 2 * math.sqrt(1 / square - 1))  # Delta_nu
    unit = FLUX * current * length * focal / 2 * thin / (2 * math.pi)
    return unit, HBAR * plasma / unit, length / (focal / 2)


@pytest.mark.parametrize("junction", JUNCTIONS)
@pytest.mark.parametrize("ring", [(241e-6, 0.75, 1e-7, 0.003), (2e-4, 0.6, 1.5e-7, 0.004)])
def test_two_levels_in_si_by_hand(junction, ring):
    focal, square, width, near = ring
    found = two_levels(focal, square, width, near, **junction)
    unit, quantum, ratio = scales_by_hand(focal, square, width, junction)
    # Constants of eight digits; a splitting has some twenty times their relative error, by its exponent.
    assert found.quantum == pytest.approx(quantum, rel=1e-7)
    assert found.penetration_ratio == pytest.approx(ratio, rel=1e-7)
    critical = 4 / math.pi * square * ratio
    tesla = MU * junction["critical_current_density"] * focal / 2  # mu_0 J_c c
    assert found.critical_field == pytest.approx(tesla * critical, rel=1e-7)
    field = (1 - near) * critical
    split = level_splitting(square, ratio, quantum, field)
    assert found.splitting == pytest.approx(float(split) * unit / PLANCK, rel=1e-5)
    step = 1e-5 * critical  # hundred times the step that is taken there, at 1e-3 of the shortfall: 1e-4 of curvature
    beside = np.log(level_splitting(square, ratio, quantum, np.array([field - step, field + step])))
    assert found.field_window == pytest.approx(tesla * 2 * step / (beside[1] - beside[0]), rel=1e-4)
    # Wells at pi -+ d, where the barrier in their middle is what the potential falls from there.
    well = float(local_rest_position(square, ratio, field))
    top, low = fluxon_potential([math.pi, well], square, ratio, field)
    assert found.barrier == pytest.approx(float(top - low) * unit / BOLTZMANN, rel=1e-5)
    turned = fluxon_potential([well, 2 * math.pi - well], square, ratio, field, found.alignment)
    pushed = fluxon_potential([well, 2 * math.pi - well], square, ratio, field, 0.0, found.current_balance)
    for pair in (turned, pushed):
        # The difference is 1e-6 of an energy: ten digits of it are lost.
        assert abs(pair[1] - pair[0]) == pytest.approx(float(split), rel=1e-5, abs=1e-14)
    rim = float(scale_factor(well, square))
    bent = np.diff(fluxon_potential(well + 1e-4 * np.array([-1, 0, 1]), square, ratio, field), 2)[0] / 1e-8
    # In arc length over lambda_J, with the mass 8 Q of a fluxon.
    frequency = math.sqrt(bent * (ratio / rim) ** 2 / (8 * rim))
    assert found.well_spacing == pytest.approx(quantum * frequency * unit / BOLTZMANN, rel=1e-4)


def test_shortfall_of_a_splitting_by_hand():
    unit, quantum, ratio = scales_by_hand(241e-6, 0.75, 1e-7, JUNCTIONS[0])
    for hertz in (3e5, 1e6, 1e7):
        near = shortfall_of_splitting(241e-6, 0.75, 1e-7, hertz)
        split = level_splitting(0.75, ratio, quantum, (1 - near) * 4 / math.pi * 0.75 * ratio)
        assert float(split) * unit / PLANCK == pytest.approx(hertz, rel=1e-5)


def test_narrower_is_more_quantum_but_not_hotter():
    # The frequency knows no width, E_0' is proportional to it; the splitting grows, by an exponent of a width.
    narrow, wide = (two_levels(241e-6, M, w, 0.003) for w in (1e-7, 2e-7))
    assert narrow.quantum == pytest.approx(2 * wide.quantum, rel=1e-12)
    assert narrow.well_spacing == pytest.approx(wide.well_spacing, rel=1e-12)
    assert narrow.barrier == pytest.approx(wide.barrier / 2, rel=1e-12)
    actions = [math.log(levels.splitting / levels.well_spacing) for levels in (narrow, wide)]
    field = (1 - 0.003) * 4 / math.pi * M * narrow.penetration_ratio
    one, two = (
        float(instanton_splitting(M, narrow.penetration_ratio, levels.quantum, field)) for levels in (narrow, wide)
    )
    # A spacing over E_0' is proportional to the quantum; what is beyond leading order is left.
    assert actions[0] - actions[1] == pytest.approx(math.log(one / two) - math.log(2), abs=0.2)
    assert actions[0] - actions[1] > 1


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: fluxon_levels(4, 1.0, LAM, 0.1), "eccentricity_squared"),
        (lambda: fluxon_levels(4, M, LAM, -0.1), "quantum"),
        (lambda: fluxon_levels(0, M, LAM, 0.1), "count"),
        (lambda: fluxon_levels(4.7, M, LAM, 0.1), "count"),
        (lambda: bohr_sommerfeld_levels(0.5, M, LAM, 0.1), "number"),
        (lambda: quartic_splitting(M, LAM, 0.1, 1.5), "shortfall"),
        (lambda: fluxon_levels(4, M, LAM, 0.1, ordering="Weyl"), "ordering"),
        (lambda: level_splitting(M, LAM, 0.1, 0.2), "field"),
        (lambda: level_splitting(M, LAM, 0.012, 0.0), "field"),
        (lambda: escape_rate(M, LAM, 0.1, 0.2), "bias"),
        (lambda: escape_rate(M, LAM, math.nan, 0.1), "quantum"),
        (lambda: bohr_sommerfeld_levels(4000, M, LAM, 0.012), "number"),
        (lambda: two_levels(1e-4, M, 1e-7, 1.5), "shortfall"),
    ],
)
def test_arguments_outside_their_range_are_refused_by_name(call, name):
    with pytest.raises(ValueError, match=f"`{name}` must"):
        call()
