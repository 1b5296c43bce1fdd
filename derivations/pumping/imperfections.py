"""A pump as it is built: offsets of charges, unequal junctions, cross-talk of the cutter gates, any E_J(V).

`Imperfect` wraps a chain and offers what a chain offers, so that every solver of this part takes it. The cutter
gate of bond j carries the signal x_j = J_0 + (-1)^j delta J cos(omega t), the voltage above threshold in units of
energy; the paper's hopping is R[x_j]. The gate also pulls on the islands at both ends of its bond.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sympy import (
    Eq,
    Matrix,
    Rational,
    Symbol,
    cos,
    diff,
    expand,
    pi,
    simplify,
    sin,
    solve,
    symbols,
)

from derivations.kept import kept
from derivations.ledger import ANWB23, BOOK, Finding, claim
from derivations.pumping.chains import HarperHofstadter, RiceMele
from derivations.pumping.drives import cutter_voltage, mean_over_period, rectified_bond, rice_mele_site_energy
from derivations.pumping.symbols import J_0, Delta_0, delta_J, j, omega, t
from derivations.ranges import require_one_of, require_range

__all__ = [
    "WAVEFORMS",
    "Imperfect",
    "any_monotonic_coupling",
    "compensating_charge",
    "cross_talk_compensated",
    "cross_talk_never_closes_gap",
    "detuning_with_cross_talk",
    "signals_needed",
]

# Couplings E_J(V)/2 as functions of the signal, each with the value 1 at 1 and monotonic.
WAVEFORMS: dict[str, Callable] = {
    "linear": lambda x: np.maximum(x, 0),
    "quadratic": lambda x: np.maximum(x, 0) ** 2,
    "square root": lambda x: np.sqrt(np.maximum(x, 0)),
    "saturating": lambda x: np.tanh(np.maximum(x, 0)) / np.tanh(1),
    "soft threshold": lambda x: np.logaddexp(0, 6 * x) / np.logaddexp(0, 6),
}


@dataclass(frozen=True)
class Imperfect:
    """A pump with imperfections, for `pumped_charge` and the other solvers: what ANWB23, Sec. 5, discusses.

    Parameters
    ----------
    chain: a `RiceMele` or a `HarperHofstadter`.
    offsets: added to the site energies, N numbers; an error d of an induced charge is -2 E_C d.
    junctions: factors of the N - 1 hoppings, >= 0.
    cross_talk: (to the left, to the right): energies, over the signal of a cutter gate, by which it lowers the
        islands at the ends of its bond. Needs a Rice-Mele chain, as does the next.
    waveform: a name in `WAVEFORMS`, the function that turns the signals of cutter gates into hoppings.

    Raises ValueError for arguments of other lengths, negative factors, or unknown waveforms.

    >>> Imperfect(RiceMele(2), offsets=(0.1, -0.1)).site_energies(0.0).tolist()
    [0.1, -0.1]
    """

    chain: RiceMele | HarperHofstadter
    offsets: tuple[float, ...] = ()
    junctions: tuple[float, ...] = ()
    cross_talk: tuple[float, float] = (0.0, 0.0)
    waveform: str = "linear"

    def __post_init__(self):
        islands = self.chain.islands
        for name, value, size in (
            ("offsets", self.offsets, islands),
            ("junctions", self.junctions, islands - 1),
            ("cross_talk", self.cross_talk, 2),
        ):
            if require_range(name, value, -np.inf, np.inf).shape not in ((0,), (size,)):
                raise ValueError(f"Argument `{name}` must have {size} finite numbers, but got {value!r}.")
        require_range("junctions", self.junctions, 0, np.inf)
        require_one_of("waveform", self.waveform, sorted(WAVEFORMS))
        if not self._driven_bonds and (
            any(self.cross_talk) or self.waveform != "linear"
        ):
            raise ValueError(
                f"Argument `chain` must be a RiceMele to have cutter gates, but got {self.chain!r}."
            )

    @property
    def _driven_bonds(self) -> bool:
        return isinstance(self.chain, RiceMele)

    @property
    def islands(self) -> int:
        """N."""
        return self.chain.islands

    @property
    def states(self) -> int:
        """Number of many-body states, 2^N."""
        return self.chain.states

    @property
    def lead_coupling(self) -> float:
        """E_L."""
        return self.chain.lead_coupling

    @property
    def interaction(self) -> float:
        """U."""
        return self.chain.interaction

    @property
    def kinks(self) -> np.ndarray:
        """Drive angles in (0, 2 pi) at which a bond is not smooth."""
        return (
            np.empty(0) if self.waveform == "soft threshold" else self.chain.kinks
        )

    def signals(self, angle) -> np.ndarray:
        """Of the cutter gates, shape (..., N - 1): above threshold the hopping that the chain intends."""
        chain = self.chain
        wave = np.cos(np.asarray(angle, dtype=float))[..., None]
        return (
            chain.hopping
            + (-1.0) ** np.arange(chain.islands - 1)
            * chain.hopping_modulation
            * wave
        )

    def site_energies(self, angle) -> np.ndarray:
        """Energy of a pair on each island, shape (..., N), at drive angles of shape (...)."""
        energies = self.chain.site_energies(angle)
        if self.offsets:
            energies = energies + np.array(self.offsets)
        if any(self.cross_talk):
            energies, signals = energies.copy(), self.signals(angle)
            left, right = self.cross_talk
            energies[..., :-1] -= left * signals
            energies[..., 1:] -= right * signals
        return energies

    def bonds(self, angle) -> np.ndarray:
        """Hopping of each bond, shape (..., N - 1), at drive angles of shape (...)."""
        bonds = self.chain.bonds(angle)
        if self.waveform != "linear":
            scale = self.chain.hopping or 1.0
            bonds = scale * WAVEFORMS[self.waveform](self.signals(angle) / scale)
        return bonds * np.array(self.junctions) if self.junctions else bonds

    def induced_charges(self, angle) -> np.ndarray:
        """Induced charges next to U, shape (..., N), at drive angles of shape (...): those that are intended."""
        return self.chain.induced_charges(angle)


kappa_left, kappa_right = symbols("kappa_l kappa_r", real=True)
C_cl, C_cr, gate, charge = symbols("C_cl C_cr C_g q", positive=True)


@kept
def detuning_with_cross_talk() -> Eq:
    """Energy of the first island of a cell minus that of the second inside a chain whose cutter gates talk, halved."""
    signal = J_0 + (-1) ** j * delta_J * cos(omega * t)
    pulled = (
        rice_mele_site_energy()
        - kappa_left * signal
        - kappa_right * signal.subs(j, j - 1)
    )
    half = (pulled.subs(j, 2) - pulled.subs(j, 3)) / 2
    return Eq(Symbol("Delta"), expand(half), evaluate=False)


@claim(BOOK, "cross-talk, gap")
def cross_talk_never_closes_gap() -> Finding:
    """Cross-talk of the cutter gates shears the path around the gapless point: it encloses the point as before."""
    angle = Symbol("theta", real=True)
    at = {t: angle / omega}
    detuning = detuning_with_cross_talk().rhs.subs(at)
    path = Matrix([2 * delta_J * cos(angle), detuning])
    area = simplify(Matrix.hstack(path, diff(path, angle)).det())
    shear = simplify((detuning - Delta_0 * sin(angle)) / path[0])  # of Delta, with J_1 - J_2
    only_sheared = not shear.has(angle) and shear.subs(kappa_left, kappa_right) == 0
    first, second = (rectified_bond().subs({j: m, **at, J_0: 1, delta_J: Rational(6, 5)}) for m in (2, 3))
    clipped = [(first - second).subs(angle, m * pi / 12) for m in range(24)]
    crossings = [m for m, difference in enumerate(clipped) if difference == 0]
    untouched = [simplify(detuning.subs(angle, m * pi / 12)) for m in crossings]
    evidence = (
        "(J_1 - J_2, Delta) sweeps the same area whatever the cross-talk, two times delta J times Delta_0 for each"
        " unit of omega t; Delta gains a multiple of J_1 - J_2, nothing at all where a gate pulls on both islands"
        f" alike. With clipped bonds, too, J_1 = J_2 only where Delta is what it was, {untouched[0]} or {untouched[1]}."
    )
    encloses = crossings == [6, 18] and untouched == [Delta_0, -Delta_0]
    return Finding(
        float(simplify(area - 2 * delta_J * Delta_0)),
        area == 2 * delta_J * Delta_0 and only_sheared and encloses,
        evidence,
    )


@kept
def compensating_charge() -> Eq:
    """What a side gate has to add to its voltage, for cutter voltages V_1 and V_2 at the sides of its island."""
    first, second, wanted, voltage = symbols("V_1 V_2 V_g V", real=True)
    total = gate * voltage + C_cr * first + C_cl * second
    (found,) = solve(Eq(total, gate * wanted), voltage)
    return Eq(Symbol("V") - wanted, expand(found - wanted))


@claim(
    ANWB23,
    "Sec. 5, cross-talk",
    where="Sec. 5, paragraph after that on the frequency",
    ours="linear capacitances, and pulls of one and 1.5 times the signal",
)
def cross_talk_compensated() -> Finding:
    """What the cutter gates induce on islands beside them, the voltages of the side gates can undo."""
    from derivations.pumping.infinite_time import pumped_charge

    chain = RiceMele(6, hopping_modulation=1.2)
    phases = (np.arange(4) + 0.5) * np.pi / 2
    plain, alike, unlike = (
        pumped_charge(Imperfect(chain, cross_talk=talk), 0.05, phases).mean()
        for talk in ((0, 0), (1.0, 1.0), (1.5, 0.0))
    )
    evidence = (
        f"The side gate adds {compensating_charge().rhs}: no more than each gate's own harmonic. Uncompensated, six"
        f" islands, clipped drive, omega = 0.05 J_0: Q = {plain:.3f} without, {alike:.3f} with a pull of (1, 1), "
        f"{unlike:.3f} with (1.5, 0) times the signal on the islands left and right of a gate."
    )
    signals = dict(zip(symbols("V_1 V_2", real=True), (cutter_voltage().rhs.subs(j, m) for m in (1, 2)), strict=True))
    added = compensating_charge().rhs.subs(signals)
    moving = added - mean_over_period(added)
    harmonic = simplify(diff(moving, t, 2) + omega**2 * moving) == 0 and moving != 0
    return Finding(float(plain), bool(harmonic and abs(1 - plain) < 0.01), evidence)


@claim(
    ANWB23,
    "Sec. 2, monotonic",
    where="Sec. 2, paragraph on the Josephson amplitudes, on the shape of E_J(V)",
    ours="five shapes, one amplitude and frequency; a charge within 0.05 of a pair is taken as robust",
)
def any_monotonic_coupling() -> Finding:
    """Any smooth E_J(V) that rises with the voltage pumps as well, since the pump is topological."""
    from derivations.pumping.bloch_bands import winding_number
    from derivations.pumping.infinite_time import pumped_charge

    phases = (np.arange(16) + 0.5) * np.pi / 8
    turn = np.arange(96) * 2 * np.pi / 96
    found, turns = {}, []
    for name in WAVEFORMS:
        built = Imperfect(RiceMele(6, hopping_modulation=0.9), waveform=name)
        found[name] = float(pumped_charge(built, 0.05, phases).mean())
        bonds, energies = built.bonds(turn), built.site_energies(turn)
        turns.append(winding_number(np.stack([bonds[:, 0] - bonds[:, 1], energies[:, 0]], axis=-1)))
    worst = max(abs(1 - q) for q in found.values())
    listed = ", ".join(f"{name} {q:.3f}" for name, q in found.items())
    evidence = (
        f"The path of each shape winds once around the gapless point, and the averaged charge of six islands with"
        f" delta J = 0.9 J_0, omega = 0.05 J_0 is {listed}."
    )
    return Finding(worst, set(turns) == {1} and worst < 0.05, evidence)


@claim(
    ANWB23,
    "Sec. 5, signals",
    where="Sec. 5, paragraph on scalability",
    ours="the number three, lost in our copy; other fluxes",
)
def signals_needed() -> Finding:
    """A uniform chain needs no more different gate signals than a cell has islands, however long it is."""
    from fractions import Fraction

    counts, angles = {}, np.linspace(0.1, 6, 7)
    for flux in (Fraction(1, 3), Fraction(2, 5), Fraction(3, 7)):
        charges = HarperHofstadter(21, flux=flux).induced_charges(angles)
        counts[str(flux)] = len(np.unique(charges.round(9), axis=1).T)
    listed = ", ".join(f"{n} at {flux}" for flux, n in counts.items())
    holds = all(n == int(flux.split("/")[1]) for flux, n in counts.items())
    return Finding(
        counts["1/3"],
        holds,
        f"Twenty-one islands, different functions of time: {listed}.",
    )
