"""Joint transfers of two Cooper pairs as a function to import: the dual of SLZ25b, Eq. 24."""

from sympy import Expr, FiniteSet, Integral, Interval, exp, expand, log, oo, simplify

from derivations.cotunneling.dual.dual import cooper_pair_amplitude, depth, in_bare_energies, omega_0, x
from derivations.cotunneling.symbols import E_J1, E_J2, charge
from rederived.evaluate.declared import evaluates
from rederived.evaluate.quadrature import Midpoints

__all__ = ["cooper_pair_cotunneling_amplitude", "transfers_without_overflow"]

TIME = Midpoints(lambda t: log(1 + exp(t)), 0.1, -560, 420)  # x > 0: as exp(t) near contact, as t in the tail


@evaluates(
    {"charge": charge, "depth": depth},
    domain={"charge": FiniteSet(-1, 1), "depth": Interval(0, 1e4)},
    rules={x: TIME},
    name="cooper_pair_cotunneling_amplitude",
)
def transfers_without_overflow() -> Expr:
    """gamma_{1,charge} omega_0/(E_J1 E_J2) of a depth, the factors exp(-depth) taken into the integral.

    For charge c = +-1, exp(c z) - 1 = c exp((1 + c) z/2) (1 - exp(-z)): nothing cancels or overflows.
    """
    outer, bonds = in_bare_energies(cooper_pair_amplitude().rhs).as_independent(Integral)
    z = depth * exp(-x)
    attracted = exp((1 + charge) / 2 * (z - depth))
    rest = bonds.function - charge * exp((1 + charge) * z / 2) * (1 - exp(-z))
    if any(expand(rest.subs(charge, c)) != 0 for c in (1, -1)):
        raise ArithmeticError(f"The weight of a bond must be exp(charge z) - 1 for both charges, but misses {rest}.")
    value = outer * omega_0 / (E_J1 * E_J2) * exp((1 + charge) / 2 * depth) * charge
    return simplify(value) * Integral(attracted * (1 - exp(-z)), (x, 0, oo))


def cooper_pair_cotunneling_amplitude(charge, depth, *, log: bool = False):
    """gamma_{1,charge} omega_0/(E_J1 E_J2) of a joint transfer of two Cooper pairs, the dual of SLZ25b, Eq. 24.

    Parameters
    ----------
    charge: of the transfer through junction 2, when that through junction 1 is +1: +1 or -1.
    depth: 4 E_Sigma/omega_0, dimensionless, in [0, 1e4]: E_Sigma = e^2/2C_Sigma of the island, omega_0 its resonance
        with the dc return.
    log: return sign and logarithm of the magnitude.

    Returns an array of the broadcast shape, relative accuracy 1e-12: positive for charge 1, negative for -1, zero
    at depth 0. Raises ValueError outside these ranges. Both Josephson energies are the bare ones; the result is
    of second order in E_J/omega_0.

    Small depth: (+-depth + depth^2/4) exp(-depth)/2. Large depth, charge +1: E_J1 E_J2/8 E_Sigma, as in a
    Cooper-pair transistor.

    >>> f"{cooper_pair_cotunneling_amplitude(1, 0.81):.6e}", f"{cooper_pair_cotunneling_amplitude(-1, 0.81):.6e}"
    ('2.243613e-01', '-1.493694e-01')
    """
    return transfers_without_overflow.evaluator(charge, depth, log=log)
