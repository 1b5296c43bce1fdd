"""Levels of a fluxon on the ring, solved: with the derived potential and mass, and by Bohr and Sommerfeld.

M16, Sec. II.4, and what its Sec. III announces. Energies are in E_0', quantum is hbar_* = hbar omega_p/E_0', the
quantum of action in these units. All of it holds in the local limit, for polarity +1.
"""

from functools import cache

import numpy as np
from sympy import Expr, Interval, Symbol, diff, oo

from derivations.annular.lagrangian.evaluators import ELLIPSE, FIELD, POSITIVE, field
from derivations.annular.particle.double_well import a, measure, perturbed_potential
from derivations.annular.particle.local_wells import local_critical_field, local_rest_position
from derivations.annular.particle.oscillation import angle as oscillation_angle
from derivations.annular.particle.oscillation import in_energy
from derivations.annular.particle.particle import QUARTER, fluxon_potential, separatrix_energy
from derivations.annular.quantum.quantization import (
    BENDANIEL_DUKE,
    LAPLACE_BELTRAMI,
    bohr_sommerfeld_offset,
    flat_coordinate,
    flux_and_weight,
    from_well,
    orderings_at_rest,
    potential_rise,
    quantization,
    tau_m,
    well_frequency,
)
from derivations.annular.quantum.spectral_elements import discretize, edges_by_phase
from derivations.annular.ring.geometry import in_eccentricity
from derivations.annular.symbols import Delta, gamma_0, h, hbar_star, k, lambda_hat, m, n, polarity, tau
from rederived.evaluate.evaluator import Evaluator, evaluator

__all__ = [
    "bohr_sommerfeld_levels",
    "fluxon_levels",
    "levels_in_a_well",
    "level_splitting",
    "local_well_frequency",
    "offset_of_bohr_sommerfeld",
    "ordering_shift",
]

RING = {"eccentricity_squared": m, "penetration_ratio": lambda_hat}
DOMAIN = {"eccentricity_squared": ELLIPSE, "penetration_ratio": POSITIVE, "quantum": POSITIVE}
ORDERINGS = {"BenDaniel-Duke": BENDANIEL_DUKE, "Laplace-Beltrami": LAPLACE_BELTRAMI}
ORDER, PHASE = 14, 4.0  # of an element: polynomials of this order for so much of a wave's phase, to 1e-12
DEEP = 45.0  # exp(-DEEP) of a wave is below the rounding of a level
TINY = 300.0  # below exp(-2 TINY) a splitting is refused
SAMPLES = 20001


def _of_angle(name: str, form: Expr) -> Evaluator:
    return evaluator(name, in_eccentricity(form), {"tau": tau, **RING}, domain=DOMAIN)


@cache
def stretch_evaluator() -> Evaluator:
    """dq/d tau, the mass being one in q, of (tau, eccentricity_squared, penetration_ratio)."""
    return _of_angle("stretch", flat_coordinate())


@cache
def _flux_and_weight(power: Expr) -> tuple[Evaluator, Evaluator]:
    flux, weight = flux_and_weight(power)
    return _of_angle("flux", flux), _of_angle("weight", weight)


def _in_drives(name: str, form: Expr, place: dict[str, Symbol]) -> Evaluator:
    """For polarity +1, in field and bias."""
    form = in_eccentricity(form.subs({h: field / Delta, polarity: 1}))
    return evaluator(name, form, {**place, **RING, **FIELD, "bias": gamma_0}, domain=DOMAIN)


@cache
def rise_evaluator() -> Evaluator:
    """The potential at place + angle over that at the place, of (place, angle, *ring, field, field_angle, bias)."""
    return _in_drives("rise", potential_rise(), {"place": tau_m, "angle": from_well})


@cache
def curvature_evaluator() -> Evaluator:
    """Second derivative of the potential by q at a place without slope, of (place, *ring, field, field_angle, bias)."""
    curvature = diff(perturbed_potential().rhs, tau, 2) / flat_coordinate() ** 2
    return _in_drives("curvature", curvature, {"place": tau})


def _of_the_well(name: str, form: Expr, **more: Symbol) -> Evaluator:
    return evaluator(name, in_eccentricity(form), {**RING, **more}, domain=DOMAIN | {"field": Interval(0, oo)})


@cache
def _well_frequency() -> Evaluator:
    form = well_frequency().rhs.subs(a, measure()).subs({polarity: 1, h: field / Delta})
    return _of_the_well("well_frequency", form, field=field)


@cache
def _ordering_shift() -> Evaluator:
    return _of_the_well("ordering_shift", orderings_at_rest(), quantum=hbar_star)


@cache
def _offset() -> Evaluator:
    return _of_the_well("offset", bohr_sommerfeld_offset(), quantum=hbar_star)


@cache
def _quantum_of_action() -> Evaluator:
    return _of_the_well("quantum_of_action", quantization().rhs, quantum=hbar_star, number=n)


@cache
def _action() -> Evaluator:
    """The action of a period, as the rule of Bohr and Sommerfeld takes it."""
    arguments = {"energy_ratio": k, **RING}
    rules = {oscillation_angle: QUARTER}
    return evaluator("action", in_eccentricity(in_energy(quantization().lhs)), arguments, domain=DOMAIN, rules=rules)


def checked(name: str, allowed: Interval, value) -> float:
    """A single number in an interval, or ValueError."""
    number = float(value)
    low = float(allowed.start)
    if not ((number > low or (number == low and not allowed.left_open)) and number < float(allowed.end)):
        left = "(" if allowed.left_open else "["
        raise ValueError(f"Argument `{name}` must be in {left}{allowed.start}, {allowed.end}), but got {number:g}.")
    return number


def ordering_flux_and_weight(ordering: str, ring: tuple):
    """g and w of the wave equation as functions of tau."""
    if ordering not in ORDERINGS:
        raise ValueError(f"Argument `ordering` must be one of {', '.join(ORDERINGS)}, but got {ordering!r}.")
    return tuple(lambda t, made=made: made(t, *ring) for made in _flux_and_weight(ORDERINGS[ordering]))


def wave_density(places, rise, stretch, energy: float, quantum: float, deep: float = DEEP) -> np.ndarray:
    """Phase of a wave per angle at `places`; where it has fallen below exp(-deep), next to nothing."""
    wave = stretch * np.sqrt(2 * np.abs(rise - energy)) / quantum
    allowed = rise <= energy
    steps = np.diff(places) * (wave[1:] + wave[:-1]) / 2
    decay = np.concatenate([[0.0], np.cumsum(np.where(allowed[1:] & allowed[:-1], 0.0, steps))])
    before = np.maximum.accumulate(np.where(allowed, decay, -np.inf))
    after = np.minimum.accumulate(np.where(allowed, decay, np.inf)[::-1])[::-1]
    alive = np.minimum(decay - before, after - decay) < deep
    floor = stretch * np.sqrt(2 * quantum) / quantum  # at turning points, where the wave varies as Airy's function
    return np.where(alive, wave + 0.3 * floor, 0.0) + 2.0


def _ring_problem(count: int, ring, drives, quantum: float, ordering: str, order: int):
    """The symmetric matrix of the levels above the lowest point of the potential, and that point's energy."""
    from scipy.optimize import brentq
    from scipy.sparse import diags_array

    places = np.linspace(-np.pi, np.pi, SAMPLES)
    energies = fluxon_potential(places, *ring, *drives)
    bottom = float(places[np.argmin(energies)])
    rise = rise_evaluator()(bottom, places - bottom, *ring, *drives, 0.0)
    stretch = stretch_evaluator()(places, *ring)

    def states(energy):
        momentum = stretch * np.sqrt(2 * np.maximum(energy - rise, 0))
        return np.trapezoid(momentum, places) / (np.pi * quantum) - (count + 2)

    high = float(rise.max())
    while states(high) < 0:
        high *= 2
    energy = brentq(states, 0, high, rtol=1e-3)
    thrice = [np.tile(v[:-1], 3) for v in (rise, stretch)]
    unwrapped = np.concatenate([places[:-1] + 2 * np.pi * i for i in (-1, 0, 1)])
    density = wave_density(unwrapped, *thrice, energy, quantum)[SAMPLES - 1 : 2 * SAMPLES - 2]
    edges = edges_by_phase(places, np.append(density, density[0]), PHASE)
    grid = discretize(edges, order, *ordering_flux_and_weight(ordering, ring), periodic=True)
    root = diags_array(1 / np.sqrt(grid.weight))
    above = rise_evaluator()(bottom, grid.nodes - bottom, *ring, *drives, 0.0)
    matrix = (quantum**2 / 2) * (root @ grid.stiffness @ root) + diags_array(above)
    return matrix.tocsc(), float(fluxon_potential(bottom, *ring, *drives))


def fluxon_levels(
    count,
    eccentricity_squared,
    penetration_ratio,
    quantum,
    field=0.0,
    field_angle=0.0,
    ordering="BenDaniel-Duke",
    error=False,
):
    """The lowest levels of a fluxon on the ring, in the local limit: M16, Sec. II.4, solved.

    Parameters
    ----------
    count: how many levels, degenerate ones counted apart; 1 to 400.
    eccentricity_squared, penetration_ratio: e^2 in (0, 1), lambda_J/c > 0, numbers.
    quantum: hbar omega_p/E_0', positive.
    field, field_angle: h Delta, and its angle from +y towards +x in radians.
    ordering: of mass and momentum, "BenDaniel-Duke" or "Laplace-Beltrami"; they differ by terms of second order
        in the quantum.
    error: whether to return an estimate of the error, too: the change when the order of the elements falls by four.

    Returns E/E_0', shape (count,), ascending, to about 1e-11 of their height above the bottom. Raises ValueError
    outside these ranges. The wave is periodic; a charge inside the ring would add a phase, which matters only
    where a fluxon passes both barriers.

    >>> [float(round(E, 8)) for E in fluxon_levels(4, 0.75, 0.1, 0.1)[::2]]
    [4.63371603, 4.6634686]
    """
    from scipy.sparse.linalg import eigsh

    ring = (checked("eccentricity_squared", ELLIPSE, eccentricity_squared),)
    ring += (checked("penetration_ratio", POSITIVE, penetration_ratio),)
    quantum, number = checked("quantum", POSITIVE, quantum), int(checked("count", Interval(1, 401), count))
    if number != count:
        raise ValueError(f"Argument `count` must be an integer in [1, 400], but got {count!r}.")
    found = []
    for order in (ORDER, ORDER - 4)[: 2 if error else 1]:
        matrix, bottom = _ring_problem(number, ring, (field, field_angle), quantum, ordering, order)
        start = np.cos(np.arange(matrix.shape[0]) * 1.3) + 0.1
        levels = eigsh(matrix, number, sigma=-1e-3 * quantum, v0=start, return_eigenvectors=False)
        found.append(bottom + np.sort(levels))
    return (found[0], np.abs(found[0] - found[1])) if error else found[0]


def bohr_sommerfeld_levels(number, eccentricity_squared, penetration_ratio, quantum):
    """Level of a well by the rule of Bohr and Sommerfeld, without field: M16, Sec. II.4.

    Parameters
    ----------
    number: n = 0, 1, ..., any shape; below the separatrix.
    eccentricity_squared, penetration_ratio, quantum: numbers, as for `fluxon_levels`.

    Returns E/E_0', an array of the shape of `number`. Raises ValueError outside these ranges, or if the well has not
    so many levels.

    >>> [float(round(E, 8)) for E in bohr_sommerfeld_levels([0, 1, 2], 0.75, 0.1, 0.1)]
    [4.63377078, 4.66352125, 4.69302597]
    """
    from scipy.optimize import brentq

    ring = (checked("eccentricity_squared", ELLIPSE, eccentricity_squared),)
    ring += (checked("penetration_ratio", POSITIVE, penetration_ratio),)
    quantum = checked("quantum", POSITIVE, quantum)
    least, top = float(fluxon_potential(np.pi / 2, *ring)), float(separatrix_energy(ring[0])) * (1 - 1e-12)
    room = levels_in_a_well(*ring, quantum)
    numbers = np.asarray(number, float)
    bad = ~((numbers >= 0) & (numbers + 0.5 < room) & (numbers == np.floor(numbers)))
    if bad.any():
        raise ValueError(
            f"Argument `number` must be an integer in [0, {room - 0.5:g}), but got {numbers[bad].flat[0]:g}."
        )

    def level(n):
        wanted = float(_quantum_of_action()(*ring, quantum, n))
        return least * brentq(lambda k: float(_action()(k, *ring)) - wanted, 1, top, xtol=1e-15, rtol=1e-15)

    return np.array([level(n) for n in numbers.flat]).reshape(numbers.shape)[()]


def levels_in_a_well(eccentricity_squared, penetration_ratio, quantum):
    """How many levels fit into one well without field: the largest action over 2 pi hbar; arguments broadcast.

    >>> f"{levels_in_a_well(0.75, 0.1, 0.012):.0f}"
    '3076'
    """
    edge = separatrix_energy(eccentricity_squared) * (1 - 1e-12)
    whole = _action()(edge, eccentricity_squared, penetration_ratio)
    return whole / _quantum_of_action()(eccentricity_squared, penetration_ratio, quantum, 0.5)


def ordering_shift(eccentricity_squared, penetration_ratio, quantum):
    """By how much Laplace-Beltrami lies above BenDaniel-Duke at the bottom of a well, over E_0'; second order.

    >>> f"{ordering_shift(0.75, 0.1, 0.1):.4e}"
    '2.4357e-05'
    """
    return _ordering_shift()(eccentricity_squared, penetration_ratio, quantum)


def offset_of_bohr_sommerfeld(eccentricity_squared, penetration_ratio, quantum):
    """A level less that of Bohr and Sommerfeld, at the bottom, order of Laplace-Beltrami, over E_0'; second order.

    >>> f"{offset_of_bohr_sommerfeld(0.75, 0.1, 0.1):.4e}"
    '-3.1461e-05'
    """
    return _offset()(eccentricity_squared, penetration_ratio, quantum)


def local_well_frequency(eccentricity_squared, penetration_ratio, field):
    """Frequency of small oscillations in a field along the minor axis below the critical one, over omega_p.

    >>> f"{local_well_frequency(0.75, 0.1, 0.0):.6f} {local_well_frequency(0.75, 0.1, 0.09):.6f}"
    '0.300000 0.033474'
    """
    critical, given = np.broadcast_arrays(
        local_critical_field(eccentricity_squared, penetration_ratio), np.asarray(field, float)
    )
    bad = ~((given >= 0) & (given < critical))
    if bad.any():
        raise ValueError(f"Argument `field` must be in [0, {critical[bad][0]:g}), but got {given[bad][0]:g}.")
    return _well_frequency()(eccentricity_squared, penetration_ratio, field)


def level_splitting(eccentricity_squared, penetration_ratio, quantum, field, ordering="BenDaniel-Duke"):
    """Splitting of the lowest pair of levels in a field along the minor axis: beyond M16, Sec. III.

    Parameters
    ----------
    eccentricity_squared, penetration_ratio, quantum: numbers, as for `fluxon_levels`.
    field: h Delta, any shape, from 0 to below the critical field.
    ordering: as for `fluxon_levels`.

    Returns E_1 - E_0 over E_0', an array of the shape of `field`, to 1e-9 relative: the product of both waves under
    the barrier, not a difference of levels. Raises ValueError outside these ranges, or if it is below 1e-250: use
    `instanton_splitting` there, with log=True.

    >>> f"{level_splitting(0.75, 0.1, 0.012, 0.997 * local_critical_field(0.75, 0.1)):.4e}"
    '4.4079e-08'
    """
    ring = (checked("eccentricity_squared", ELLIPSE, eccentricity_squared),)
    ring += (checked("penetration_ratio", POSITIVE, penetration_ratio),)
    quantum, fields = checked("quantum", POSITIVE, quantum), np.asarray(field, float)
    local_well_frequency(*ring, fields)
    found = [_splitting(ring, quantum, float(one), ordering) for one in fields.flat]
    return np.array(found).reshape(fields.shape)[()]


def _splitting(ring, quantum: float, field: float, ordering: str) -> float:
    """Even and odd waves on half the ring; hbar^2/2 times the jump of their Wronskian over their overlap."""
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import eigsh, splu

    bottom = float(local_rest_position(*ring, field))
    places = np.linspace(0, np.pi, SAMPLES)
    rise = rise_evaluator()(bottom, places - bottom, *ring, field, 0.0, 0.0)
    stretch = stretch_evaluator()(places, *ring)
    energy = quantum * float(local_well_frequency(*ring, field)) / 2
    decay = np.where(places > bottom, stretch * np.sqrt(2 * np.maximum(rise - energy, 0)), 0.0)
    under = np.trapezoid(decay, places)
    if under > TINY * quantum:
        raise ValueError(f"Argument `field` must leave a splitting above 1e-250, but got {field:g}.")
    edges = edges_by_phase(places, wave_density(places, rise, stretch, 2 * energy, quantum, TINY), PHASE)
    grid = discretize(edges, ORDER, *ordering_flux_and_weight(ordering, ring))
    above = rise_evaluator()(bottom, grid.nodes - bottom, *ring, field, 0.0, 0.0)
    whole = (quantum**2 / 2) * grid.stiffness + diags_array(above * grid.weight)
    sides = []
    for inner in (slice(None), slice(1, -1)):  # even: no slope at both poles; odd: no value
        weight = diags_array(grid.weight[inner])
        matrix = whole.tocsc()[inner, inner]
        start = np.exp(-above[inner] / energy)
        level = eigsh(matrix, 1, weight, sigma=0.0, v0=start, return_eigenvectors=False)[0]
        solve = splu((matrix - (level * (1 - 1e-9)) * weight).tocsc()).solve
        for _ in range(4 + int(under / quantum / 15)):  # each takes 1e-9 off the higher states, whose tails are longer
            start = solve(weight @ start)
            start /= np.sqrt(start @ (weight @ start))
        sides.append(start * np.sign(start.sum()))
    even, odd = sides
    odd = np.concatenate([[0.0], odd, [0.0]])
    slopes = (whole @ odd)[[0, -1]]  # hbar^2/2 g y' of the odd wave at both ends, which it enters with the value zero
    return float(-(even[[0, -1]] @ slopes) / np.sum(even * odd * grid.weight))
