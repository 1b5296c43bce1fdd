"""What M16 and this book say of fluxons in SI units, and the numbers that settle it."""

from sympy import diff, simplify

from derivations.annular.laboratory import EXPERIMENT, NIOBIUM, in_laboratory, mass, narrowest, oscillation_frequency
from derivations.annular.lagrangian.field import scales
from derivations.annular.symbols import J_c, S, c, c_s
from derivations.papers import M16
from rederived.ledger import Finding, claim

__all__: list[str] = []


@claim(
    M16,
    "Sec. I, thousandth of the electron mass",
    where="Sec. I, second paragraph, sentence on the width of the line.",
    ours="The constants of the junction; that a factor of ten either way is about a thousandth.",
)
def lighter_than_an_electron() -> Finding:
    """The rest mass of a fluxon in a line narrower than a micrometer is about a thousandth of the electron's."""
    apart, widths = 241e-6, (0.1e-6, 0.5e-6)
    narrow, wide = (float(in_laboratory(apart, 0.75, width).mass_in_electrons) for width in widths)
    current, thickness, capacitance = NIOBIUM.values()
    evidence = (
        f"For {1e-7 * current:g} kA/cm^2, {1e9 * thickness:g} nm and {capacitance:g} F/m^2 it is {1e3 * narrow:.2f}"
        f" thousandths where the junction is {1e6 * widths[0]:g} um wide and {1e3 * wide:.2f} where it is"
        f" {1e6 * widths[1]:g} um: in proportion to the width."
    )
    return Finding(narrow, 1e-4 < narrow < wide < 1e-2, evidence)


@claim(
    M16,
    "Sec. II.4, mm waves",
    where="Sec. II.4, sentence that assumes a Swihart velocity.",
    ours="The distance of the foci and both temperatures, lost in our copy: ours, and that of the cited experiment."
    " Consistent means within a factor of five.",
)
def oscillates_at_millimeter_waves() -> Finding:
    """For e^2 = 3/4 the frequency is that of millimeter waves, and the crossover consistent with the experiment."""
    distances, edge = (482e-6, 241e-6), 30e9  # m; Hz, from where waves are shorter than a centimeter
    long, short = (in_laboratory(f, 0.75, 0.1e-6) for f in distances)
    need = float(distances[1] * short.frequency / edge)
    evidence = (
        f"Above {1e-9 * edge:g} GHz if the foci are less than {1e3 * need:.2f} mm apart;"
        f" {1e3 * long.crossover_temperature:.0f} mK at {1e3 * distances[0]:.2f} mm and"
        f" {1e3 * short.crossover_temperature:.0f} mK at {1e3 * distances[1]:.2f} mm, while the biased ring of the"
        f" experiment had about {1e3 * EXPERIMENT:.0f} mK."
    )
    near_experiment = short.crossover_temperature / 5 < EXPERIMENT < 5 * long.crossover_temperature
    return Finding(need, bool(1e-4 < need < 1e-3 and near_experiment), evidence)


@claim(
    M16,
    "Sec. II.4, proportional to the plasma frequency",
    where="Sec. II.4, after Eq. 22, end of the sentence on the definition of the frequency.",
    ours="The factor of proportionality, lost in our copy.",
)
def proportional_to_plasma_frequency() -> Finding:
    """The frequency of small oscillations is the plasma frequency times lambda_J/(c sinh^2 nu)."""
    frequency, (length, plasma) = oscillation_frequency().rhs, (form.rhs for form in scales()[:2])
    off = simplify(frequency / plasma - length / (c * S**2))
    powers = [
        float(simplify(diff(form, quantity) * quantity / form))
        for form, quantity in ((frequency, c_s), (plasma, c_s), (plasma, J_c), (length, J_c), (frequency, J_c))
    ]
    evidence = (
        f"An identity. With the capacitance, which lambda_J does not contain, both go as c_s^{powers[0]:g}. The factor"
        f" contains J_c: omega_p goes as J_c^{powers[2]:g}, lambda_J as J_c^{powers[3]:g}, and omega_0 as"
        f" J_c^{powers[4]:g}, the Swihart velocity over c sinh^2(nu), from which the paper evaluates it, too."
    )
    return Finding(float(off), bool(off == 0 and powers[0] == powers[1]), evidence)


@claim(
    M16,
    "Sec. II.4, independent of the width",
    where="Sec. II.4, sentence that compares with a mass on a spring.",
    ours="nothing",
)
def independent_of_the_width() -> Finding:
    """The frequency does not depend on the junction's width, nor on the fluxon's mass."""
    power = float(diff(mass().rhs, narrowest) * narrowest / mass().rhs)
    own = float(diff(oscillation_frequency().rhs, narrowest))
    return Finding(
        own,
        own == 0,
        f"Mass and restoring force both go as the width to the power {power:g}; it drops out.",
    )
