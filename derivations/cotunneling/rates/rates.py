"""Rates and drag as functions to import: Eqs. 5 and 7 of SLZ25b, and their dual.

One evaluator of the rate serves slips and Cooper pairs: what differs is the exponent, which the duality table
turns into its dual. Arguments broadcast; energies are in any one unit, and rates come in that unit, hbar = 1.
"""

from collections.abc import Mapping
from numbers import Real

import numpy as np
from sympy import (
    Dummy,
    Eq,
    Expr,
    Integer,
    Interval,
    Rational,
    Symbol,
    exp,
    expand,
    expand_log,
    factor,
    log,
    loggamma,
    oo,
    pi,
    sqrt,
    symbols,
)
from sympy import gamma as euler_gamma
from sympy.codegen.cfunctions import expm1, log1p

from derivations.cotunneling.action.action import drag_exponent, n_1, n_2
from derivations.cotunneling.drag.drag import Phi_0, drag_from_rates, primary_voltage
from derivations.cotunneling.drag.golden_rule import (
    SHIFT,
    Omega_c,
    SlipRate,
    alpha,
    crossover,
    direction,
    downhill_logarithm,
    modulus_logarithm,
    stirling,
    thermal,
)
from derivations.cotunneling.dual.dual import dual_of
from derivations.cotunneling.rates.competition import (
    amplitude_ratio,
    equal_shares_at_rest,
    equal_shares_when_cold,
    ratio_1,
    ratio_2,
)
from derivations.cotunneling.symbols import R_1, R_2, R_Q, T
from rederived.evaluate.declared import evaluates
from rederived.evaluate.domain import require_range

__all__ = [
    "crossover_energy",
    "crossover_in_logarithms",
    "downhill_in_elementary_steps",
    "drag_current",
    "drag_power_laws",
    "drag_voltage",
    "drag_voltage_of_neighbors",
    "equal_share_energies",
    "pair_exponent",
    "phase_slip_rate",
    "primary_voltage_of_neighbors",
    "shares_at_rest",
    "shares_when_cold",
    "slip_exponent",
]

r_1, r_2, first, second = symbols("r_1 r_2 first second", real=True)
bias, cutoff = Symbol("bias_energy", real=True), Symbol("cutoff", positive=True)
LARGEST_EXPONENT = 1e4


POSITIVE = Interval.open(0, oo)
PROCESS = {"first": first, "second": second, "r_1": r_1, "r_2": r_2}
SHUNTS = dict.fromkeys(("r_1", "r_2"), POSITIVE)


def _of_process(exponent: Expr) -> Expr:
    """An exponent in terms of both numbers and of R_k/R_Q."""
    return expand(exponent.subs({R_1: r_1 * R_Q, R_2: r_2 * R_Q}).subs({n_1: first, n_2: second}))


@evaluates(PROCESS, domain=SHUNTS, name="exponent")
def slip_exponent() -> Expr:
    """alpha of a process of slips, n1^2/r_1 + n2^2/r_2."""
    return _of_process(drag_exponent().rhs)


@evaluates(PROCESS, domain=SHUNTS, name="exponent")
def pair_exponent() -> Expr:
    """The dual exponent, of a process of Cooper pairs."""
    return _of_process(dual_of(drag_exponent().rhs))


@evaluates(
    {"exponent": alpha, "direction": direction, "thermal": thermal},
    domain={
        "exponent": Interval.Lopen(0, LARGEST_EXPONENT), "direction": Interval(0, 1), "thermal": Interval(0, 1)
    },
    stable=True,
)
def downhill_in_elementary_steps() -> Expr:
    """ln of the rate over amplitude^2, its Gamma function moved to where a logarithm of it is smooth."""
    shifted = modulus_logarithm(2 * alpha + SHIFT, 0) / 2 - sum(log(2 * alpha + k) for k in range(SHIFT))
    return downhill_logarithm().subs(loggamma(2 * alpha), shifted)


@evaluates(
    {"exponent": alpha, "temperature": T},
    domain={"exponent": Interval.Lopen(1, LARGEST_EXPONENT), "temperature": Interval(0, oo)},
    name="crossover_energy",
    stable=True,
)
def crossover_in_logarithms() -> Expr:
    """The energy gain at which both power laws meet, its Gamma function as the exponential of a logarithm."""
    mean = _mean_logarithm(Integer(1), alpha - 1)  # ln Gamma(alpha)/(alpha - 1), also next to alpha = 1
    return crossover().rhs.replace(lambda f: f.is_Pow and f.base == euler_gamma(alpha),
                                   lambda f: exp(f.exp * (alpha - 1) * mean))


AMPLITUDES = dict(zip(((1, 0), (1, 1), (1, -1)), symbols("single same opposite", real=True), strict=True))
NEIGHBORS = {str(s): s for s in (*AMPLITUDES.values(), r_1, r_2, bias)} | {"temperature": T, "cutoff": cutoff}
NEIGHBORS_DOMAIN = {
    "bias_energy": Interval(0, 1), "temperature": Interval(1e-6, 1), "cutoff": POSITIVE
} | dict.fromkeys(SHUNTS, Interval(0.05, oo))


def _from_rates(voltage: Eq) -> Expr:
    """One voltage from the rates of slips between neighboring minima, as one expression for a page.

    Bias energy, temperature and V/Phi_0 are over the cutoff. The scale is taken out as in `_downhill_logarithm`,
    here a smooth one. Both common slips have one rate for an amplitude of one: squared amplitudes are subtracted first.
    """
    scale = sqrt(bias**2 + (2 * pi * T) ** 2)
    shape = exp(downhill_in_elementary_steps()) * scale ** (2 * alpha - 1) / cutoff**2
    shape = shape.xreplace({direction: bias / scale, thermal: 2 * pi * T / scale})
    exponents = slip_exponent()
    parts, gone = {}, Symbol("gone")

    def rate(*slips):
        exponent = exponents.subs({first: slips[0], second: slips[1]})
        return AMPLITUDES[slips] ** 2 * parts.setdefault(exponent, Symbol(f"part_{len(parts)}"))

    over_flux = (voltage.rhs / Phi_0).replace(SlipRate, rate).replace(exp, lambda z: 1 + gone)
    inner = {part: shape.xreplace({alpha: exponent}) for exponent, part in parts.items()}
    return factor(over_flux).xreplace(inner | {gone: expm1(-bias / T)})


def _mean_logarithm(argument: Expr, step: Expr) -> Expr:
    """ln(Gamma(argument + step)/Gamma(argument))/step, without the difference of two large numbers.

    Both arguments are raised by SHIFT, where Stirling's series holds; the difference of each of its terms is formed
    as a sum of positive terms.
    """
    z = Symbol("z", positive=True)
    low = argument + SHIFT
    high = low + step
    mean = (low - Rational(1, 2)) * _growth(low, step) / step + log(high) - 1
    for term in stirling().subs(next(iter(stirling().free_symbols)), z).as_ordered_terms():
        coefficient, power = term.as_coeff_exponent(z)
        if power < 0:
            mean -= coefficient * sum(low ** -(i + 1) * high ** (power + i) for i in range(-int(power)))
    return mean - sum(_growth(argument + k, step) for k in range(SHIFT)) / step


def _growth(low: Expr, step: Expr) -> Expr:
    """ln((low + step)/low); over a number sympy would expand the step, whose small difference is then lost."""
    return -log1p(-step / (low + step)) if low.is_number else log1p(step / low)


@evaluates(NEIGHBORS, domain=NEIGHBORS_DOMAIN, name="primary_voltage", stable=True)
def primary_voltage_of_neighbors() -> Expr:
    """V_1/Phi_0 from slips between neighboring minima: Eq. 5, its exponentials free of cancellation."""
    return _from_rates(primary_voltage())


@evaluates(NEIGHBORS, domain=NEIGHBORS_DOMAIN, name="drag_voltage", stable=True)
def drag_voltage_of_neighbors() -> Expr:
    """V_2/Phi_0 from common slips, Eq. 11, its exponentials free of cancellation."""
    return _from_rates(drag_from_rates()[1])


COMPETITION = {"amplitude_ratio": amplitude_ratio, "r_1": ratio_1, "r_2": ratio_2}
COMPETITION_DOMAIN = dict.fromkeys(COMPETITION, POSITIVE)


def _over_cutoff(energy: Eq) -> Expr:
    """An energy over the cutoff, as a power of the ratio of amplitudes times an exponential free of cancellation."""
    logarithm = expand(expand_log(log(energy.rhs.subs(Omega_c, 1)), force=True))
    steps = {}

    def apart(gamma: Expr) -> Expr:
        step = gamma.args[0].expand().coeff(1 / ratio_2) / ratio_2
        rest = gamma.args[0].expand() - step
        return log(euler_gamma(rest)) + steps.setdefault((rest, step), Dummy("mean")) * step if step != 0 else gamma

    logarithm = expand(logarithm.replace(lambda f: f.func == log and f.args[0].func == euler_gamma,
                                         lambda f: apart(f.args[0]) if f.args[0].has(ratio_2) else f))
    assert not logarithm.has(euler_gamma)
    sides = {log(ratio_1 + ratio_2): log(ratio_2) + log1p(ratio_1 / ratio_2)}
    logarithm = expand(logarithm.subs(sides))
    of_strength = logarithm.coeff(log(amplitude_ratio))
    rest = expand(logarithm - of_strength * log(amplitude_ratio))
    rest = rest.subs({mean: _mean_logarithm(*place) for place, mean in steps.items()})
    return amplitude_ratio**of_strength * exp(rest)


@evaluates(COMPETITION, domain=COMPETITION_DOMAIN, stable=True)
def shares_when_cold() -> Expr:
    """I Phi_0 over the cutoff at which single and common slips contribute equally at T = 0."""
    return _over_cutoff(equal_shares_when_cold())


@evaluates(COMPETITION, domain=COMPETITION_DOMAIN, stable=True)
def shares_at_rest() -> Expr:
    """2 pi T over the cutoff at which they do at small current."""
    return _over_cutoff(equal_shares_at_rest())


def _downhill_logarithm(exponent, gain, temperature, cutoff):
    """ln of the rate over amplitude^2, for a gain >= 0; the scale is taken out, so that no square under- or overflows.

    The rate has the dimension of energy^(2 alpha - 1) in gain and temperature.
    """
    exponent, gain, temperature, cutoff = np.broadcast_arrays(exponent, gain, temperature, cutoff)
    scale = np.maximum(gain, 2 * np.pi * temperature)
    still = scale == 0
    scale = np.where(still, 1.0, scale)
    shape = downhill_in_elementary_steps.evaluator(
        exponent, np.where(still, 1.0, gain / scale), 2 * np.pi * temperature / scale
    )
    logarithm = shape + (2 * exponent - 1) * (np.log(scale) - np.log(cutoff)) - np.log(cutoff)
    return np.where(still, -np.inf, logarithm)


def _over_temperature(energy, temperature):
    """energy/temperature for energy >= 0, at zero temperature infinite, and zero for no energy."""
    frozen = temperature == 0
    with np.errstate(over="ignore"):
        ratio = energy / np.where(frozen, 1.0, temperature)
    return np.where(frozen, np.where(energy > 0, np.inf, 0.0), ratio)


def _numbers(**arguments) -> list[np.ndarray]:
    """The arguments as arrays of floats: temperature >= 0, cutoff > 0, all of them finite."""
    lowest = dict.fromkeys(("temperature", "cutoff"), 0)
    return [
        require_range(name, value, lowest.get(name, -np.inf), np.inf, above=name == "cutoff")
        for name, value in arguments.items()
    ]


def phase_slip_rate(amplitude, exponent, energy_gain, temperature, cutoff, *, log: bool = False):
    """Rate of a slip process from its amplitude, in the golden rule over an Ohmic environment: SLZ25b, Eq. 7.

    Parameters
    ----------
    amplitude: gamma_{n1,n2}, any shape, an energy of either sign.
    exponent: alpha_{n1,n2}, dimensionless, in (0, 1e4]; above 1/2 where temperature and energy gain are both zero.
    energy_gain: n1 I Phi_0 (in the dual 2 e V n1), an energy of either sign.
    temperature: k_B T >= 0, an energy.
    cutoff: Omega_c > 0, an energy; the rate goes as cutoff^(-2 exponent).
    log: return sign and logarithm of the rate, for rates below the smallest float.

    Returns an array of the broadcast shape, in the unit of the arguments over hbar; relative accuracy 1e-12 for
    exponents up to 50. Raises ValueError outside these ranges.
    Rate of gain -epsilon = exp(-epsilon/T) times that of epsilon. At T = 0 it is zero for epsilon < 0, and else
    2 pi amplitude^2 epsilon^(2 alpha - 1)/(Gamma(2 alpha) cutoff^(2 alpha)).

    >>> f"{phase_slip_rate(1e-3, 1.5, 0.2, 0.0, 1.0):.6e}", f"{phase_slip_rate(1e-3, 1.5, 0.2, 0.05, 1.0):.6e}"
    ('1.256637e-07', '1.995250e-07')
    """
    amplitude, exponent, gain, temperature, cutoff = _numbers(
        amplitude=amplitude, exponent=exponent, energy_gain=energy_gain, temperature=temperature, cutoff=cutoff
    )
    require_range("exponent", exponent, 0, LARGEST_EXPONENT, above=True)
    still = (gain == 0) & (temperature == 0)
    require_range("exponent", np.where(still, exponent, 1.0), 0.5, LARGEST_EXPONENT, above=True)
    uphill = _over_temperature(np.maximum(-gain, 0.0), temperature)
    with np.errstate(divide="ignore", under="ignore"):
        logarithm = _downhill_logarithm(exponent, np.abs(gain), temperature, cutoff) - uphill
        logarithm = 2 * np.log(np.abs(amplitude)) + logarithm
        return (np.where(np.isneginf(logarithm), 0.0, 1.0)[()], logarithm[()]) if log else np.exp(logarithm)[()]


def crossover_energy(exponent, temperature):
    """Energy gain at which the linear law of small gains meets the power law of zero temperature.

    Parameters
    ----------
    exponent: alpha, dimensionless, in (1, 1e4].
    temperature: k_B T >= 0, any unit of energy, which is that of what is returned.

    Returns 2 pi T Gamma(alpha)^(1/(alpha - 1)): 2 pi T at alpha = 2, about 2 pi T alpha/e at large alpha.

    >>> f"{crossover_energy(2.0, 1.0):.6f}", f"{crossover_energy(8.0, 1.0):.6f}"
    ('6.283185', '21.237262')
    """
    return crossover_in_logarithms.evaluator(exponent, temperature)


def drag_voltage(amplitudes, r_1, r_2, bias_energy, temperature, cutoff):
    """Voltages of both junctions over the flux quantum, from all slips that are given: SLZ25b, Eq. 5 with Eq. 7.

    Parameters
    ----------
    amplitudes: {(n1, n2): gamma}, integers and energies of any shape; a missing (-n1, -n2) equals (n1, n2).
    r_1, r_2: R_k/R_Q > 0, R_Q = h/4e^2; the exponent of (n1, n2), at most 1e4, is n1^2/r_1 + n2^2/r_2.
    bias_energy: I Phi_0, an energy of either sign, in the unit of the amplitudes.
    temperature: k_B T >= 0, an energy.
    cutoff: Omega_c > 0, an energy.

    Returns (V_1, V_2)/Phi_0, arrays of the broadcast shape, in the unit of the arguments over hbar: volts are
    these times Phi_0/hbar. Relative accuracy 1e-12, where gamma_{1,1} and |gamma_{1,-1}| are not closer than that.
    Raises ValueError outside these ranges. Both vanish without bias and reverse with it.

    >>> gamma = {(1, 0): 1e-3, (0, 1): 1e-3, (1, 1): 2e-4, (1, -1): -1e-4}
    >>> V_1, V_2 = drag_voltage(gamma, 0.8, 0.8, 0.3, 0.02, 1.0)
    >>> f"{V_1:.6e}", f"{V_2:.6e}"
    ('7.875430e-07', '9.262451e-11')
    """
    return _responses(slip_exponent, amplitudes, r_1, r_2, bias_energy, temperature, cutoff)


def drag_power_laws(amplitudes, r_1, r_2, bias_energy, temperature, cutoff):
    """Both limits of `drag_voltage`: zero temperature, and small current; powers, with their prefactors.

    Parameters
    ----------
    amplitudes, r_1, r_2, bias_energy, cutoff: as in `drag_voltage`; a reverse process has the same amplitude.
    temperature: k_B T > 0, an energy.

    Returns {"cold": (V_1, V_2)/Phi_0, "linear": (V_1, V_2)/Phi_0}, each process its own power: I^(2 alpha - 1)
    when cold, I T^(2 alpha - 2) when linear; they meet at its `crossover_energy`. Raises ValueError as `drag_voltage`.

    >>> laws = drag_power_laws({(1, 0): 1e-3}, 0.8, 0.8, 0.3, 0.02, 1.0)
    >>> f"{laws['cold'][0]:.6e}", f"{laws['linear'][0]:.6e}"
    ('7.766504e-07', '4.129638e-07')
    """
    (temperature,) = _numbers(temperature=temperature)
    require_range("temperature", temperature, 0, np.inf, above=True)
    gamma, (bias_energy,) = _checked(amplitudes), _numbers(bias_energy=bias_energy)
    slopes = [0.0, 0.0]
    for (a, b), value in gamma.items():
        exponent = slip_exponent.evaluator(a, b, r_1, r_2)
        at_rest = phase_slip_rate(value, exponent, 0.0, temperature, cutoff)
        slopes = [slope + k * a * at_rest / 2 for slope, k in zip(slopes, (a, b), strict=True)]
    linear = tuple(slope * bias_energy / temperature for slope in slopes)
    return {"cold": drag_voltage(gamma, r_1, r_2, bias_energy, 0.0, cutoff), "linear": linear}


def equal_share_energies(amplitude_ratio, r_1, r_2, *, log: bool = False):
    """Energies over the cutoff at which single and common slips contribute equally to the primary voltage.

    Parameters
    ----------
    amplitude_ratio: |gamma_{1,1}/gamma_{1,0}| > 0, any shape.
    r_1, r_2: R_k/R_Q > 0, R_Q = h/4e^2.
    log: return sign and logarithm of each instead.

    Returns (I Phi_0 at zero temperature, 2 pi T at small current), arrays of the broadcast shape; logarithms to 1e-12,
    or to 1e-14 of their largest part, r_2 ln(amplitude_ratio). Below them single slips win. They are powers -r_2 of
    the ratio. Raises ValueError outside these ranges, and where no float holds an energy.

    >>> [f"{energy:.4f}" for energy in equal_share_energies(10.0, 0.8, 0.8)]
    ['0.5042', '0.3712']
    """
    return tuple(form.evaluator(amplitude_ratio, r_1, r_2, log=log) for form in (shares_when_cold, shares_at_rest))


def drag_current(amplitudes, r_1, r_2, bias_energy, temperature, cutoff):
    """Currents through both junctions over 2e, from all transfers of Cooper pairs that are given: the dual of Eq. 5.

    Parameters
    ----------
    amplitudes: {(n1, n2): gamma}, integers and energies of any shape; a missing (-n1, -n2) equals (n1, n2).
    r_1, r_2: R_k/R_Q > 0, R_Q = h/4e^2; the exponent of (n1, n2), at most 1e4, is n1^2 r_1 + n2^2 r_2.
    bias_energy: 2 e V, an energy of either sign, in the unit of the amplitudes.
    temperature: k_B T >= 0, an energy.
    cutoff: Omega_c > 0, an energy.

    Returns (I_1, I_2)/2e, arrays of the broadcast shape, in the unit of the arguments over hbar: amperes are
    these times 2e/hbar. Raises ValueError outside these ranges.
    It is `drag_voltage` with 1/r_1 and 1/r_2: a construction of this book, the letter's abstract gives no equation.

    >>> gamma = {(1, 0): 1e-3, (0, 1): 1e-3, (1, 1): 2e-4, (1, -1): -1e-4}
    >>> I_1, I_2 = drag_current(gamma, 1.25, 1.25, 0.3, 0.02, 1.0)
    >>> f"{I_1:.6e}", f"{I_2:.6e}"
    ('7.875430e-07', '9.262451e-11')
    """
    return _responses(pair_exponent, amplitudes, r_1, r_2, bias_energy, temperature, cutoff)


def _is_integer(number) -> bool:
    return isinstance(number, Real) and not isinstance(number, bool) and float(number).is_integer()


def _checked(amplitudes) -> dict[tuple[int, int], np.ndarray]:
    """The amplitudes as arrays, with those of the reverse processes."""
    if not isinstance(amplitudes, Mapping):
        raise ValueError(f"Argument `amplitudes` must be a dictionary {{(n1, n2): gamma}}, but got {amplitudes!r}.")
    given = {}
    for key, value in amplitudes.items():
        if not (isinstance(key, tuple) and len(key) == 2 and all(map(_is_integer, key)) and any(key)):
            raise ValueError(f"Argument `amplitudes` must have pairs of integers other than (0, 0) as keys, "
                             f"but got {key!r}.")
        given[int(key[0]), int(key[1])] = _numbers(**{f"amplitudes[{key[0]}, {key[1]}]": value})[0]
    if not given:
        raise ValueError("Argument `amplitudes` must have at least one process, but got none.")
    return {(-a, -b): value for (a, b), value in given.items()} | given


def _responses(exponent_of, amplitudes, r_1, r_2, bias_energy, temperature, cutoff):
    """Sum over processes of n_k times forward minus reverse rate.

    All four (+-p, +-q) share one rate: only their squared amplitudes differ, and those differences are formed
    as products, before anything is rounded.
    """
    gamma = _checked(amplitudes)
    bias, temperature, cutoff = _numbers(bias_energy=bias_energy, temperature=temperature, cutoff=cutoff)
    r_1, r_2 = (require_range(name, r, 0, np.inf, above=True) for name, r in (("r_1", r_1), ("r_2", r_2)))
    shape = np.broadcast_shapes(*(np.shape(a) for a in (*gamma.values(), r_1, r_2, bias, temperature, cutoff)))
    forward, size = np.where(bias < 0, -1.0, 1.0), np.abs(bias)
    response_1, response_2 = np.zeros(shape), np.zeros(shape)
    for p, q in sorted({(abs(a), abs(b)) for a, b in gamma}):
        exponent = exponent_of.evaluator(p, q, r_1, r_2)
        largest, ahead, back = _ordered(gamma, p, q, bias)
        if p == 0 and np.array_equal(ahead[1], back[1]):
            continue  # without gain and with equal amplitudes, both ways alike
        barrier = _over_temperature(p * size, temperature)
        with np.errstate(divide="ignore", under="ignore"):
            rate = np.exp(2 * np.log(largest) + _downhill_logarithm(exponent, p * size, temperature, cutoff))
            gone, uphill = -np.expm1(-barrier), np.exp(-barrier)
            same, opposite = (
                ahead[s] ** 2 * gone + (ahead[s] - back[s]) * (ahead[s] + back[s]) * uphill for s in (1, -1)
            )
            apart = (ahead[1] - ahead[-1]) * (ahead[1] + ahead[-1]) * gone + uphill * (
                (ahead[1] - back[1]) * (ahead[1] + back[1]) - (ahead[-1] - back[-1]) * (ahead[-1] + back[-1])
            )
            half = 0.5 if p == 0 or q == 0 else 1.0
            response_1 += forward * half * p * rate * (same + opposite)
            response_2 += forward * half * q * rate * apart
    return response_1[()], response_2[()]


def _ordered(gamma, p, q, bias):
    """The largest of the amplitudes (+-p, +-q), and over it those downhill (p, s q) and uphill (-p, -s q), by s."""
    zero = np.zeros(())
    of = {(a, b): gamma.get((a, b), zero) for a in (p, -p) for b in (q, -q)}
    largest = np.max(np.broadcast_arrays(*map(np.abs, of.values())), axis=0)
    unit = np.where(largest > 0, largest, 1.0)
    reverse = bias < 0
    ahead = {s: np.where(reverse, of[-p, -s * q], of[p, s * q]) / unit for s in (1, -1)}
    back = {s: np.where(reverse, of[p, s * q], of[-p, -s * q]) / unit for s in (1, -1)}
    return largest, ahead, back
