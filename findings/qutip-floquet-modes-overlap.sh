#!/bin/sh
# qutip 5.3.1 (FloquetBasis)
#
# Expected: Floquet modes are an orthonormal basis at each time, as eigenvectors of a unitary matrix can be chosen.
# Happens: modes of equal quasi-energy overlap. Of four levels, in a random basis, two equal ones are left alone by
#   the drive: two modes then have |<a|b>| = 0.157, each of norm 1. The number varies with the basis (0.75 in another).
#   No warning.
# Matters: sums over modes count the common part twice: the weights of one state add up to 1.091. A charge pumped by
#   the filled modes is off alike. Such pairs are the rule in chains of equal islands and at protected crossings.
# Instead: orthonormalize each group of equal quasi-energies (QR), or diagonalize the propagator by a complex Schur
#   form.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q qutip==5.3.1 scipy==1.17.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import sys
import numpy as np
from qutip import FloquetBasis, Qobj, QobjEvo

rng = np.random.default_rng(3)
R = np.linalg.qr(rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4)))[0]
levels, drive = np.diag([0.0, 0.0, 1.0, 2.7]), np.zeros((4, 4))
drive[2, 3] = drive[3, 2] = 1
H0, V = (Qobj(R @ part @ R.conj().T) for part in (levels, drive))
basis = FloquetBasis(QobjEvo([H0, [0.3 * V, lambda t: np.cos(2 * t)]]), np.pi)
modes = np.hstack([mode.full() for mode in basis.mode(0)])
overlaps = abs(modes.conj().T @ modes)
print("quasi-energies", np.round(basis.e_quasi, 6))
print(np.round(overlaps, 3))
worst = np.max(overlaps - np.eye(4))
q = np.linalg.qr(modes)[0]
print(f"largest overlap of two modes {worst:.3f}; sum of the weights of a state "
      f"{np.sum(abs(modes.conj().T @ R[:, 0]) ** 2):.3f}, after QR {np.sum(abs(q.conj().T @ R[:, 0]) ** 2):.3f}")
if not worst > 0.1:
    sys.exit("changed: the Floquet modes are orthogonal")
PY
