"""The two drives as functions of time: Eqs. 7, 8, 10-13, 27 and 28 of ANWB23.

Islands are counted from j = 0 (the paper counts from 1). The first island is raised first: its site energy, minus
the potential mu, is +Delta_0 at omega t = pi/2, and the first bond is J_0 + delta J cos(omega t).
"""


from sympy import (
    Eq,
    Expr,
    Function,
    Integral,
    Piecewise,
    Rational,
    Symbol,
    cos,
    diff,
    integrate,
    pi,
    simplify,
    solve,
    symbols,
)

from derivations.papers import ANWB23
from derivations.pumping.circuit.hardcore_bosons import onsite_potential
from derivations.pumping.symbols import (
    J_0,
    C_g,
    Delta_0,
    T,
    alpha,
    delta_J,
    delta_mu,
    delta_n,
    e,
    g,
    j,
    mean_g,
    omega,
    t,
)
from rederived.kept import kept
from rederived.ledger import consistent

__all__ = [
    "average_induced_charge",
    "cutter_voltage",
    "driven_potential",
    "gate_voltage",
    "hofstadter_charge",
    "hofstadter_potential",
    "kink_cosine",
    "rectified_hopping",
    "rectifier",
    "rice_mele_charge",
    "rice_mele_potential",
]

V_mean, V_swing, theta, V_c, V_c_swing, V_0, slope = symbols(
    r"\bar{V}_g \delta{V}_g theta \bar{V}_c \delta{V}_c V_0 s", real=True
)
V_g, V_cut, mu, J = (Function(name) for name in ("V_g", "V_c", "mu", "J"))
mean_mu = Symbol(r"\bar\mu", real=True)
staggered = (-1) ** j


def mean_and_one_harmonic(row) -> bool:
    """It has a mean and one harmonic of the drive, whose phase can differ from island to island."""
    moving = row.rhs - mean_over_period(row.rhs)
    oscillates = simplify(diff(moving, t, 2) + omega**2 * moving) == 0
    return oscillates and mean_over_period(row.rhs) == V_mean and diff(moving, theta) != 0


@consistent(ANWB23, 7, mean_and_one_harmonic)
def gate_voltage() -> Eq:
    """Voltage of a side gate: a mean, and one harmonic with a phase of its own for each island."""
    return Eq(V_g(t), V_mean + V_swing * cos(omega * t + theta))


@kept
def induced_charge() -> Expr:
    """n_g(t) = C_g V_g/2e."""
    return C_g * gate_voltage().rhs / (2 * e)


def mean_over_period(function: Expr) -> Expr:
    """Average over one period of the drive."""
    return simplify(integrate(function, (t, 0, 2 * pi / omega)) * omega / (2 * pi))


def static_part_sets_the_filling(row) -> bool:
    """The static part is the potential at the mean voltage, an overall chemical potential if it is uniform."""
    static = onsite_potential().rhs.subs(g, C_g * V_mean / (2 * e))
    return simplify(mean_over_period(row.rhs) - static) == 0


def one_harmonic(row) -> bool:
    """It oscillates at the frequency of the gate with the gate's phase, in proportion to the voltage's amplitude."""
    moving = simplify(row.rhs - mean_over_period(row.rhs))
    amplitude = simplify(moving / cos(omega * t + theta))
    lever = diff(onsite_potential().rhs, g) * C_g / (2 * e)  # what a volt does to the potential
    return simplify(amplitude - lever * V_swing) == 0


@consistent(ANWB23, 8, static_part_sets_the_filling, one_harmonic)
def driven_potential() -> Eq:
    """Potential of an island with a driven gate: Eq. 5 at the charge that the voltage of Eq. 7 induces."""
    return Eq(mu(t), onsite_potential().rhs.subs(g, induced_charge()).expand())


def in_amplitudes(potential: Expr, mean: Expr, amplitude: Expr) -> Expr:
    """Voltages of Eq. 7 chosen so that the potential has a given mean and amplitude."""
    static = mean_over_period(potential)
    moving = simplify((potential - static) / cos(omega * t + theta))
    voltages = solve(
        [Eq(static, mean), Eq(moving, amplitude)], [V_mean, V_swing], dict=True
    )[0]
    return simplify(potential.subs(voltages))


def charge_of(potential: Expr) -> Expr:
    """The induced charge that a potential implies, by Eq. 5 inverted."""
    return solve(Eq(onsite_potential().rhs, potential), g)[0].expand()


def vanishes_on_average(row) -> bool:
    """Its mean is zero: all islands are tuned to the degeneracy of the lowest parabolas, n_g = 1/2."""
    average = mean_over_period(row.rhs)
    return (
        average == 0
        and simplify(mean_over_period(charge_of(row.rhs)) - Rational(1, 2)) == 0
    )


def alternates(row) -> bool:
    """Neighbors are driven in opposite directions with the same amplitude."""
    at_peak = row.rhs.subs({j: 0, t: pi / (2 * omega)})
    return simplify(row.rhs.subs(j, j + 1) + row.rhs) == 0 and at_peak == -Delta_0


def vanishes_in_mid_period(row) -> bool:
    """It vanishes in the middle of the period, t = T/2 (Sec. 3.2)."""
    return row.rhs.subs(t, pi / omega) == 0


@consistent(
    ANWB23,
    10,
    vanishes_on_average,
    alternates,
    vanishes_in_mid_period,
    ours="the opposite signs of neighbors, which the model has",
)
def rice_mele_potential() -> Eq:
    """Rice-Mele drive of the potentials: phases theta_j = pi/2 + pi j, mean zero, one amplitude Delta_0 > 0."""
    potential = in_amplitudes(driven_potential().rhs, 0, Delta_0)
    return Eq(mu(t), potential.subs(theta, pi / 2 + pi * j))


@kept
def rice_mele_charge() -> Expr:
    """Induced charges of the Rice-Mele drive in terms of their own amplitude delta n, Delta_0/(2 E_C) by Eq. 5."""
    implied = charge_of(rice_mele_potential().rhs)
    amplitude = solve(
        Eq(implied.subs({j: 0, t: pi / (2 * omega)}), Rational(1, 2) - delta_n),
        Delta_0,
    )[0]
    return implied.subs(Delta_0, amplitude)


@kept
def implied_charge_amplitude() -> Expr:
    """The amplitude of the induced charge that Eq. 5 implies for an amplitude Delta_0 of the potential."""
    return solve(
        rice_mele_charge() - charge_of(rice_mele_potential().rhs), delta_n
    )[0]


def odd_and_even_bonds_in_turn(row) -> bool:
    """Odd and even bonds are driven half a period apart, about one mean."""
    later = row.rhs.subs({j: j + 1, t: t + pi / omega}, simultaneous=True)
    return simplify(later - row.rhs) == 0 and mean_over_period(row.rhs) == V_c


@consistent(
    ANWB23,
    11,
    odd_and_even_bonds_in_turn,
    ours="that odd and even gates are half a period apart; the text names no phase",
)
def cutter_voltage() -> Eq:
    """Voltage of a cutter gate: odd and even bonds are opened in turn."""
    return Eq(V_cut(t), V_c + staggered * V_c_swing * cos(omega * t))


def rectifier(x: Expr) -> Expr:
    """R(x): x above zero, nothing below."""
    return Piecewise((x, x > 0), (0, True))


def open_above_threshold(row) -> bool:
    """With delta J < J_0 it is positive and sinusoidal at all times."""
    hopping = row.rhs.subs({J_0: 1, delta_J: Rational(7, 10), omega: 1, j: 0})
    times = [pi * m / 6 for m in range(12)]
    return all(
        hopping.subs(t, s) == 1 + Rational(7, 10) * cos(s) and hopping.subs(t, s) > 0
        for s in times
    )


def clipped_for_a_fraction(row) -> bool:
    """With delta J > J_0 it vanishes for a fraction of the period."""
    hopping = row.rhs.subs({J_0: 1, delta_J: Rational(6, 5), omega: 1})
    closed = [
        [hopping.subs({j: site, t: pi * m / 20}) == 0 for m in range(40)]
        for site in (0, 1)
    ]
    return all(0 < sum(c) < 20 for c in closed) and not any(
        a and b for a, b in zip(*closed, strict=True)
    )


def alternate_bonds_are_half_a_period_apart(row) -> bool:
    """Odd and even bonds have the same waveform, half a period apart."""
    later = row.rhs.subs(j, j + 1).subs(t, t + pi / omega)
    inside, shifted = row.rhs.args[0][0], later.args[0][0]
    return simplify(inside - shifted) == 0


@consistent(
    ANWB23,
    12,
    open_above_threshold,
    clipped_for_a_fraction,
    alternate_bonds_are_half_a_period_apart,
    ours="that odd and even bonds are half a period apart",
)
def rectified_hopping() -> Eq:
    """Hopping of each bond: nothing below the threshold V_0 of the cutter voltage, linear above it.

    Offset and modulation of the voltage of Eq. 11 become those of the hopping, J_0 and delta J.
    """
    above = slope * (cutter_voltage().rhs - V_0)
    offset = Eq(above.subs(V_c_swing, 0), J_0)
    modulation = Eq(slope * V_c_swing, delta_J)
    voltages = solve([offset, modulation], [V_c, V_c_swing], dict=True)[0]
    return Eq(J(t), rectifier(above.subs(voltages).expand()))


@kept
def kink_cosine() -> Expr:
    """cos(omega t) at which the rectifier of a bond switches; a kink if it lies between -1 and 1."""
    c = Symbol("c")
    return simplify(
        solve(rectified_hopping().rhs.args[0][0].subs(cos(omega * t), c), c)[0]
    )


def repeats_after_q_islands(row) -> bool:
    """At flux 1/3 the phase has a period of three islands."""
    at_third = row.rhs.subs(alpha, Rational(1, 3))
    return simplify(at_third.subs(j, j + 3) - at_third) == 0


def moves_along_the_chain(row) -> bool:
    """The same signal reaches every island, later by the fraction alpha of a period for each."""
    return (
        simplify(
            row.rhs.subs(j, j + 1).subs(t, t + 2 * pi * alpha / omega) - row.rhs
        )
        == 0
    )


def uniform_mean_potential(row) -> bool:
    """The mean potential is uniform and constant, and sets the filling."""
    return simplify(mean_over_period(row.rhs) - mean_mu) == 0


def rice_mele_site_energy() -> Expr:
    """What a pair costs on an island of the Rice-Mele chain."""
    return -rice_mele_potential().rhs


def rectified_bond() -> Expr:
    """The hopping of a bond; without modulation that of the Harper-Hofstadter chain."""
    return rectified_hopping().rhs


@consistent(
    ANWB23,
    "Sec. 2, Harper-Hofstadter drive",
    repeats_after_q_islands,
    moves_along_the_chain,
    uniform_mean_potential,
    ours="that the same signal moves along the chain",
)
def hofstadter_potential() -> Eq:
    """Harper-Hofstadter drive of the potentials: phases theta_j = -2 pi alpha j, mean and amplitude uniform."""
    potential = in_amplitudes(driven_potential().rhs, mean_mu, delta_mu)
    return Eq(mu(t), potential.subs(theta, -2 * pi * alpha * j))


@kept
def hofstadter_charge() -> Expr:
    """Induced charges of the Harper-Hofstadter drive, in terms of their mean and of delta mu."""
    implied = charge_of(hofstadter_potential().rhs)
    uniform = solve(Eq(mean_over_period(implied), mean_g), mean_mu)[0]
    return simplify(implied.subs(mean_mu, uniform))


def same_on_all_islands(row) -> bool:
    """The integral has one value on all islands, the mean of the charge that the gates induce."""
    return simplify(row.rhs.subs(T, 2 * pi / omega).doit() - row.lhs) == 0


@consistent(ANWB23, 27, same_on_all_islands)
def average_induced_charge() -> Eq:
    """The mean induced charge is the average over one period of the drive, the same on all islands."""
    charge = hofstadter_charge()
    return Eq(mean_g, Integral(charge, (t, 0, T)) / T, evaluate=False)


@kept
def site_energy_of_charge() -> Expr:
    """What a pair on an island costs: minus the potential of Eq. 5, as a function of the induced charge."""
    return -onsite_potential().rhs
