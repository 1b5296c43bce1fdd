"""Tunneling of a fluxon through a barrier: semiclassical formulas, and the wave that leaves a tilted well.

Beyond M16, Sec. III. Energies are in E_0', rates in omega_p, quantum is hbar_* = hbar omega_p/E_0'; local limit,
polarity +1. The instanton formulas are the leading order in hbar_*, that of Landau and Lifshitz for a splitting uses
the action at the energy hbar omega/2 instead.
"""

from functools import cache

import numpy as np
from sympy import Expr, Interval

from derivations.annular.lagrangian.evaluators import ELLIPSE, POSITIVE
from derivations.annular.particle.double_well import epsilon
from derivations.annular.particle.local_wells import local_depinning_current, local_holding_current, local_rest_position
from derivations.annular.quantum.barrier_waves import (
    cubic_escape,
    delay,
    escape_formula,
    height,
    near_critical_splitting,
    path,
    splitting_formula,
)
from derivations.annular.quantum.quantization import omega
from derivations.annular.quantum.quantum_levels import (
    DOMAIN,
    ORDER,
    PHASE,
    RING,
    checked,
    curvature_evaluator,
    local_well_frequency,
    ordering_flux_and_weight,
    rise_evaluator,
    stretch_evaluator,
    wave_density,
)
from derivations.annular.quantum.spectral_elements import discretize, edges_by_phase
from derivations.annular.ring.geometry import in_eccentricity
from derivations.annular.symbols import hbar_star
from rederived.evaluate.evaluator import Evaluator, evaluator

__all__ = [
    "barrier_of_tilted_well",
    "cubic_escape_rate",
    "escape_rate",
    "instanton_escape_rate",
    "instanton_splitting",
    "quartic_splitting",
    "wkb_splitting",
]

NODES = 160  # of a Gauss rule over a barrier; 1e-9 for a delay


def _by_path(name: str, form: Expr) -> Evaluator:
    """Splitting or rate from the well's frequency, the action of a path and its delay."""
    arguments = {"frequency": omega, "path": path, "delay": delay, "quantum": hbar_star}
    return evaluator(name, form, arguments, domain={"quantum": POSITIVE})


@cache
def _splitting() -> Evaluator:
    return _by_path("splitting", splitting_formula().rhs)


@cache
def _escape() -> Evaluator:
    return _by_path("escape", escape_formula().rhs)


@cache
def _cubic() -> Evaluator:
    arguments = {"height": height, "frequency": omega, "quantum": hbar_star}
    return evaluator("cubic_escape", cubic_escape().rhs, arguments, domain={"quantum": POSITIVE})


@cache
def _near_critical() -> Evaluator:
    arguments = {**RING, "quantum": hbar_star, "shortfall": epsilon}
    form = in_eccentricity(near_critical_splitting().rhs)
    return evaluator("near_critical", form, arguments, domain=DOMAIN | {"shortfall": Interval(0, 1)})


def _path(ring, drives, well: float, end: float) -> tuple[float, float, float]:
    """Frequency in the well, int p dq from the well to `end`, and X; p may vanish at the end as a root does.

    In y, the angle is well + (end - well) (1 - y^2): a root at the end is smooth. The pole of dq/p at the well is
    taken out with the logarithm that it leaves.
    """
    from scipy.special import roots_legendre

    frequency = float(np.sqrt(curvature_evaluator()(well, *ring, *drives)))
    y, weights = roots_legendre(NODES)
    y, weights = (y + 1) / 2, weights / 2
    share = 1 - y**2
    rise = np.maximum(rise_evaluator()(well, (end - well) * share, *ring, *drives), 1e-300)
    stretch = stretch_evaluator()(well + (end - well) * share, *ring) * abs(end - well)
    momentum = np.sqrt(2 * rise)
    action = np.sum(weights * 2 * y * stretch * momentum)
    over = frequency * stretch / momentum - 1 / share
    start = float(stretch_evaluator()(well, *ring)) * abs(end - well)
    return frequency, float(action), float(start * np.exp(np.sum(weights * 2 * y * over)))


def _splitting_inputs(eccentricity_squared, penetration_ratio, quantum, field):
    ring = (checked("eccentricity_squared", ELLIPSE, eccentricity_squared),)
    ring += (checked("penetration_ratio", POSITIVE, penetration_ratio),)
    fields = np.asarray(field, float)
    local_well_frequency(*ring, fields)
    return ring, checked("quantum", POSITIVE, quantum), fields


def instanton_splitting(eccentricity_squared, penetration_ratio, quantum, field, log=False):
    """Splitting by the instanton through the low barrier, in a field along the minor axis: leading order.

    Parameters
    ----------
    eccentricity_squared, penetration_ratio, quantum, field: as for `level_splitting`.
    log: whether to return the natural logarithm of the value instead.

    Returns the splitting over E_0', an array of the shape of `field`. Raises ValueError outside these ranges.
    Without field the fluxon can pass the other barrier as well, which doubles it; that is not counted here.

    >>> f"{instanton_splitting(0.75, 0.1, 0.012, 0.997 * 0.09549296586):.4e}"
    '4.9970e-08'
    """
    ring, quantum, fields = _splitting_inputs(eccentricity_squared, penetration_ratio, quantum, field)
    found = []
    for one in fields.flat:
        well = float(local_rest_position(*ring, one))
        frequency, half, time = _path(ring, (one, 0.0, 0.0), well, np.pi)
        found.append(_splitting()(frequency, 2 * half, time, quantum, log=True)[1])
    found = np.array(found).reshape(fields.shape)[()]
    return found if log else np.exp(found)


def wkb_splitting(eccentricity_squared, penetration_ratio, quantum, field):
    """Splitting by the formula of Landau and Lifshitz, (hbar omega/pi) exp(-int |p| dq/hbar) at hbar omega/2.

    Arguments and errors as for `instanton_splitting`; for quantum -> 0 it is smaller than that one by sqrt(e/pi).

    >>> f"{wkb_splitting(0.75, 0.1, 0.012, 0.997 * 0.09549296586):.4e}"
    '4.8326e-08'
    """
    from scipy.integrate import quad
    from scipy.optimize import brentq

    ring, quantum, fields = _splitting_inputs(eccentricity_squared, penetration_ratio, quantum, field)
    found = []
    for one in fields.flat:
        well = float(local_rest_position(*ring, one))
        level = quantum * float(local_well_frequency(*ring, one)) / 2
        drives = (one, 0.0, 0.0)

        def above(angle, well=well, level=level, drives=drives):
            return float(rise_evaluator()(well, angle, *ring, *drives)) - level

        if above(np.pi - well) <= 0:
            raise ValueError(f"Argument `field` must leave a barrier above hbar omega/2, but got {one:g}.")
        turn = brentq(above, 0, np.pi - well, xtol=1e-15)

        def wave(y, turn=turn, well=well, above=above):
            angle = turn + (np.pi - well - turn) * y**2
            stretch = float(stretch_evaluator()(well + angle, *ring)) * 2 * y * (np.pi - well - turn)
            return stretch * np.sqrt(2 * max(above(angle), 0.0))

        half = quad(wave, 0, 1, epsrel=1e-9)[0]
        found.append(2 * level / np.pi * np.exp(-2 * half / quantum))
    return np.array(found).reshape(fields.shape)[()]


def quartic_splitting(eccentricity_squared, penetration_ratio, quantum, shortfall):
    """Splitting just below the critical field in closed form, by the shortfall 1 - h/h_c; arguments broadcast.

    >>> f"{quartic_splitting(0.75, 0.1, 0.012, 0.003):.3e}"
    '4.278e-08'
    """
    return _near_critical()(eccentricity_squared, penetration_ratio, quantum, shortfall)


def _tilted(ring, bias, field, field_angle, well) -> tuple[float, float, float, float]:
    """Well, top and exit of a fluxon that a positive bias drives to smaller angles, and the top behind it."""
    from scipy.optimize import brentq, minimize_scalar

    start = float(local_rest_position(*ring, field, field_angle, well))
    limit = float(local_depinning_current(*ring, field, field_angle, well))
    if not 0 < bias < limit:
        raise ValueError(f"Argument `bias` must be in (0, {limit:g}), but got {bias:g}.")
    angles = start - np.linspace(0, np.pi, 4001)
    held = local_holding_current(angles, *ring, field, field_angle)
    at = int(np.argmax(held[1:] < held[:-1]))

    def off(angle):
        return float(local_holding_current(angle, *ring, field, field_angle)) - bias

    around = angles[at + 1], angles[max(at - 1, 0)]
    peak = minimize_scalar(lambda t: -off(t), bounds=around, method="bounded", options={"xatol": 1e-10}).x
    bottom = brentq(off, peak, start, xtol=1e-15)
    beyond = at + 1 + int(np.argmax(held[at + 1 :] < bias))
    top = brentq(off, angles[beyond], peak, xtol=1e-15)
    drives = (field, field_angle, bias)

    def above(angle):
        return float(rise_evaluator()(bottom, angle - bottom, *ring, *drives))

    further = top - np.linspace(0, 2 * np.pi, 4001)[1:]
    falls = rise_evaluator()(bottom, further - bottom, *ring, *drives) < 0
    if not falls.any():
        raise ValueError(f"Argument `bias` must let the fluxon leave in one turn, but got {bias:g}.")
    leave = brentq(above, further[int(np.argmax(falls))], top, xtol=1e-15)
    behind = bottom + np.linspace(0, np.pi, 4001)
    rise = rise_evaluator()(bottom, behind - bottom, *ring, *drives)
    return bottom, top, leave, float(behind[int(np.argmax(rise))])


def _escape_inputs(eccentricity_squared, penetration_ratio, bias, field, field_angle, well):
    ring = (checked("eccentricity_squared", ELLIPSE, eccentricity_squared),)
    ring += (checked("penetration_ratio", POSITIVE, penetration_ratio),)
    return ring, (float(field), float(field_angle), float(bias)), _tilted(ring, float(bias), field, field_angle, well)


def barrier_of_tilted_well(eccentricity_squared, penetration_ratio, bias, field=0.0, field_angle=0.0, well=1):
    """Height over E_0' of the barrier that a bias leaves before a fluxon, and the frequency in its well, in omega_p.

    Arguments and errors as for `escape_rate`.

    >>> [float(round(v, 6)) for v in barrier_of_tilted_well(0.75, 0.1, 0.1)]
    [0.358164, 0.228738]
    """
    ring, drives, (bottom, top, _, _) = _escape_inputs(
        eccentricity_squared, penetration_ratio, bias, field, field_angle, well
    )
    height_of = float(rise_evaluator()(bottom, top - bottom, *ring, *drives))
    return height_of, float(np.sqrt(curvature_evaluator()(bottom, *ring, *drives)))


def instanton_escape_rate(
    eccentricity_squared, penetration_ratio, quantum, bias, field=0.0, field_angle=0.0, well=1, log=False
):
    """Rate at which a fluxon tunnels out of a tilted well, by the bounce: leading order in the quantum; in omega_p.

    Arguments and errors as for `escape_rate`; `log` returns the natural logarithm.

    >>> f"{instanton_escape_rate(0.75, 0.1, 0.1, 0.13):.4e}"
    '3.2040e-06'
    """
    ring, drives, (bottom, _, leave, _) = _escape_inputs(
        eccentricity_squared, penetration_ratio, bias, field, field_angle, well
    )
    frequency, half, time = _path(ring, drives, bottom, leave)
    found = _escape()(frequency, 2 * half, time, checked("quantum", POSITIVE, quantum), log=True)[1]
    return float(found) if log else float(np.exp(found))


def cubic_escape_rate(eccentricity_squared, penetration_ratio, quantum, bias, field=0.0, field_angle=0.0, well=1):
    """The usual estimate: height and frequency of the true well, in the formula of a cubic one; in omega_p.

    Arguments and errors as for `escape_rate`.

    >>> f"{cubic_escape_rate(0.75, 0.1, 0.1, 0.13):.4e}"
    '1.9090e-05'
    """
    found = barrier_of_tilted_well(eccentricity_squared, penetration_ratio, bias, field, field_angle, well)
    return float(_cubic()(*found, checked("quantum", POSITIVE, quantum)))


def escape_rate(
    eccentricity_squared,
    penetration_ratio,
    quantum,
    bias,
    field=0.0,
    field_angle=0.0,
    well=1,
    ordering="BenDaniel-Duke",
    beyond=1.0,
):
    """Rate at which a fluxon leaves the ground state of a tilted well: the wave that only leaves (Siegert); in omega_p.

    Parameters
    ----------
    eccentricity_squared, penetration_ratio, quantum: numbers, as for `fluxon_levels`.
    bias: gamma_0 over J_c, positive and below the depinning current; polarity +1 leaves towards smaller tau.
    field, field_angle: h Delta and its angle, numbers.
    well: odd; the well at well pi/2.
    ordering: as for `fluxon_levels`.
    beyond: angle behind the exit at which the wave is required to leave, in radians; its phase there is that of
        WKB. The rate changes by less than 1e-6 with it.

    Returns a number: the outgoing current over the norm. Raises ValueError outside these ranges, or if the exit lies
    more than a turn away. Rates far below 1e-250 vanish: use `instanton_escape_rate` with log=True there.

    >>> f"{escape_rate(0.75, 0.1, 0.1, 0.13):.3e}"
    '2.573e-06'
    """
    from scipy.sparse import csc_array, diags_array
    from scipy.sparse.linalg import eigsh, splu

    quantum = checked("quantum", POSITIVE, quantum)
    ring, drives, (bottom, top, leave, behind) = _escape_inputs(
        eccentricity_squared, penetration_ratio, bias, field, field_angle, well
    )
    low = leave - beyond
    places = np.linspace(low, behind, 20001)
    rise = rise_evaluator()(bottom, places - bottom, *ring, *drives)
    stretch = stretch_evaluator()(places, *ring)
    level = quantum * float(np.sqrt(curvature_evaluator()(bottom, *ring, *drives))) / 2
    flux, weight = ordering_flux_and_weight(ordering, ring)
    density = wave_density(places, rise, stretch, 2 * level, quantum, 300.0)
    grid = discretize(edges_by_phase(places, density, PHASE), ORDER, flux, weight)
    above = rise_evaluator()(bottom, grid.nodes - bottom, *ring, *drives)
    whole = ((quantum**2 / 2) * grid.stiffness + diags_array(above * grid.weight)).tocsc()[:-1, :-1]
    held = grid.nodes[:-1] > top
    norm = diags_array(grid.weight[:-1])
    bound = eigsh(whole[held][:, held], 1, norm.tocsc()[held][:, held], sigma=0.0, v0=np.exp(-above[:-1][held] / level))
    energy, wave = complex(bound[0][0]), np.zeros(whole.shape[0], complex)
    wave[held] = bound[1][:, 0]

    def outgoing(energy):
        """y'/y at the end: -i kappa - (g kappa)'/(2 g kappa)."""
        near = low + 1e-4 * np.array([-1.0, 0.0, 1.0])
        fall = energy - rise_evaluator()(bottom, near - bottom, *ring, *drives)
        kappa = np.sqrt(2 * fall * weight(near) / flux(near)) / quantum
        current = flux(near) * kappa
        return -1j * kappa[1] - (current[2] - current[0]) / (4e-4 * current[1]), kappa[1].real

    end_flux = float(flux(low))
    for _ in range(8):
        edge = csc_array(([quantum**2 / 2 * end_flux * outgoing(energy)[0]], ([0], [0])), shape=whole.shape)
        shift = energy * (1 + 1e-8)
        after = splu((whole + edge - shift * norm).tocsc()).solve(norm @ wave)
        energy = shift + (wave @ (norm @ wave)) / (wave @ (norm @ after))
        wave = after / np.sqrt(after @ (norm @ after))
    kappa = outgoing(energy)[1]
    inside = np.sum(grid.weight[:-1] * np.abs(wave) ** 2)
    return float(quantum * end_flux * kappa * abs(wave[0]) ** 2 / inside)
