#!/bin/sh
# qutip 5.3.1 (sesolve, default method)
#
# Expected: a list of times that samples a pulse well makes the solver see the pulse.
# Happens: a pi pulse of width 0.1 at t = 50, before which nothing happens, is passed over: the population stays [1,
#   0] instead of [0, 1], with 2 and with 1001 times alike (ten of them inside the pulse). The integrator takes steps of
#   its own that have grown long during the wait, and the times in the list are interpolated. No warning.
# Matters: qubit and pumping protocols are waits between short pulses, just this shape.
# Instead: options={"max_step": half the width}, or one call for each segment.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q qutip==5.3.1 scipy==1.17.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import sys
import numpy as np
from qutip import QobjEvo, basis, sesolve, sigmax, sigmaz

width = 0.1


def pulse(t):
    return np.pi / 2 / (width * np.sqrt(2 * np.pi)) * np.exp(-((t - 50) ** 2) / (2 * width**2))


H = QobjEvo([0 * sigmaz(), [sigmax(), pulse]])


def excited(count, **options):
    times = np.linspace(0, 100, count)
    state = sesolve(H, basis(2, 0), times, options={"progress_bar": ""} | options).states[-1]
    return abs(state.full()[1, 0]) ** 2


few, dense, right = excited(2), excited(1001), excited(2, max_step=width / 2, nsteps=10**5)
print(f"excited after the pulse: {few:.6f} with 2 times, {dense:.6f} with 1001, {right:.6f} with max_step")
if not (few < 1e-6 and dense < 1e-6 and right > 0.999):
    sys.exit("changed: sesolve sees the pulse")
PY
