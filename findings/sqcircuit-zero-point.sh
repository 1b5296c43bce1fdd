#!/bin/sh
# SQcircuit 1.0.0 (Circuit.diag)
#
# Expected: the lowest eigenvalue is the ground-state energy of the circuit's Hamiltonian, zero-point motion included.
# Happens: each harmonic mode loses its zero-point energy, and each charge mode keeps it: 1 pF with 1 nH has lowest
#   level 0 (to 1e-76) instead of 2.517 GHz. A fluxonium (4, 1, 0.5 GHz) at half a flux quantum has -0.307 instead of
#   0.693, lower by half of its plasma frequency of 2 GHz; a transmon has its true -17.2225. Differences of levels are
#   right.
# Matters: the ground-state energy as a function of C or L is wrong, and with it an adiabatic (Born-Oppenheimer)
#   potential of a slow mode; charge and harmonic circuits cannot be compared.
# Instead: add half of each frequency in circuit.omega (harmonic modes) yourself.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q SQcircuit==1.0.0 scipy==1.17.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import sys
import warnings
warnings.simplefilter("ignore")
import numpy as np
import SQcircuit as sq


def lowest(circuit, size):
    circuit.set_trunc_nums([size])
    return circuit.diag(2)[0][0]


def grid_fluxonium(ej, ec, el):
    """The lowest level on a grid of phases, at half a flux quantum."""
    x = np.linspace(-20, 20, 1201)
    h = x[1] - x[0]
    kinetic = 4 * ec / h**2 * (2 * np.eye(len(x)) - np.eye(len(x), k=1) - np.eye(len(x), k=-1))
    return np.linalg.eigvalsh(kinetic + np.diag(el * x**2 / 2 + ej * np.cos(x)))[0]


resonator = lowest(sq.Circuit({(0, 1): [sq.Capacitor(1, "pF"), sq.Inductor(1, "nH")]}), 10)
half = 1e-9 / (4 * np.pi * np.sqrt(1e-12 * 1e-9))
loop = sq.Loop(0.5)
parts = [sq.Capacitor(1, "GHz"), sq.Junction(4, "GHz", loops=[loop]), sq.Inductor(0.5, "GHz", loops=[loop])]
fluxonium, right = lowest(sq.Circuit({(0, 1): parts}), 60), grid_fluxonium(4, 1, 0.5)
print(f"resonator: lowest {resonator:.3g}, half a quantum {half:.4f}")
print(f"fluxonium: lowest {fluxonium:.4f}, on a grid {right:.4f}, difference {right - fluxonium:.4f}")
if not (abs(resonator) < 1e-9 and abs(right - fluxonium - 1) < 1e-2):
    sys.exit("changed: the zero point of SQcircuit")
PY
