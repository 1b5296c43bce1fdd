"""What imperfect and disordered pumps keep of their charge, with numbers."""

import numpy as np
from sympy import Matrix, Rational, Symbol, cos, diff, pi, simplify, sin, symbols

from derivations.papers import ANWB23
from derivations.pumping.bands.bloch_bands import band_gap, winding_number
from derivations.pumping.drives.chains import HarperHofstadter, RiceMele
from derivations.pumping.drives.disorder import disordered
from derivations.pumping.drives.drives import cutter_voltage, mean_over_period, rectified_bond
from derivations.pumping.drives.imperfections import (
    WAVEFORMS,
    Imperfect,
    compensating_charge,
    detuning_with_cross_talk,
    kappa_left,
    kappa_right,
)
from derivations.pumping.engines.infinite_time import averaged_charge
from derivations.pumping.symbols import J_0, Delta_0, delta_J, j, omega, t
from rederived.ledger import BOOK, Finding, claim

__all__ = [
    "any_monotonic_coupling",
    "cross_talk_compensated",
    "cross_talk_never_closes_gap",
    "josephson_disorder",
    "onsite_disorder",
    "signals_needed",
]


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


@claim(
    ANWB23,
    "Sec. 5, cross-talk",
    where="Sec. 5, paragraph after that on the frequency",
    ours="linear capacitances, and pulls of one and 1.5 times the signal",
)
def cross_talk_compensated() -> Finding:
    """What the cutter gates induce on islands beside them, the voltages of the side gates can undo."""
    chain = RiceMele(6, hopping_modulation=1.2)
    plain, alike, unlike = (
        averaged_charge(Imperfect(chain, cross_talk=talk), 0.05, 4)
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
    turn = np.arange(96) * 2 * np.pi / 96
    found, turns = {}, []
    for name in WAVEFORMS:
        built = Imperfect(RiceMele(6, hopping_modulation=0.9), waveform=name)
        found[name] = averaged_charge(built, 0.05, 16)
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


def _charges(chain, frequency: float, samples: int, phases: int, **strength) -> np.ndarray:
    """Charge of each sample, averaged over phases, midpoints of equal intervals."""
    return np.array([averaged_charge(disordered(chain, n, **strength), frequency, phases) for n in range(samples)])


@claim(
    ANWB23,
    "Sec. 5, onsite disorder",
    where="Sec. 5, first paragraph on disorder",
    ours=(
        "eight islands, six samples; the largest offset as the measure, and the bounds at a tenth, 0.4 and three "
        "times the gap"
    ),
)
def onsite_disorder() -> Finding:
    """Random site energies spare the quantized charge while they are smaller than the gap."""
    chain = RiceMele(8, hopping_modulation=1.0)
    gap = float(band_gap(chain, 1))
    spread = {
        share: float(abs(1 - _charges(chain, 0.1, 6, 2, site=share * gap)).mean()) for share in (0.1, 0.4, 1.0, 3.0)
    }
    holds = spread[0.1] < 0.03 and spread[0.4] < 0.1 and spread[3.0] > 0.4
    listed = ", ".join(f"{s:.3f} at {share:g}" for share, s in spread.items())
    evidence = f"Eight islands, mean of |1 - Q| over samples: {listed} of the gap {gap:.1f} J_0 (largest offset)."
    return Finding(spread[0.4], holds, evidence)


@claim(
    ANWB23,
    "Sec. 5, Josephson disorder",
    where="Sec. 5, last paragraph",
    ours="ten percent, in place of a number that our copy lost; 0.05 of a pair as harmless",
)
def josephson_disorder() -> Finding:
    """Josephson energies that scatter as much as fabricated ones do no harm: that is far less than closes the gap."""
    chains = {"Rice-Mele": (RiceMele(8, hopping_modulation=1.0), 0.1), "Harper-Hofstadter": (HarperHofstadter(9), 0.02)}
    worst, shares = {}, {}
    for name, (chain, frequency) in chains.items():
        clean, shares[name] = _charges(chain, frequency, 1, 8)[0], 0.1 * chain.hopping / band_gap(chain)
        worst[name] = float(abs(_charges(chain, frequency, 4, 8, hopping=0.1) - clean).max())
    largest = max(worst.values())
    listed = ", ".join(f"{name} {w:.4f}" for name, w in worst.items())
    below = ", ".join(f"{share:.2f}" for share in shares.values())
    evidence = (
        f"Ten percent, {below} of the band gaps: the largest change of Q among the samples is {listed}."
    )
    return Finding(largest, largest < 0.05 and max(shares.values()) < 0.2, evidence)
