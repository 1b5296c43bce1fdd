#!/bin/sh
# qutip 5.3.1 (propagator, sesolve)
#
# Expected: the propagator of a constant Hermitian H is unitary to near rounding; and if the default tolerances are
#   too loose for a long time, the norm of a state shows it.
# Happens: propagator(H, 1000) of a qubit, 1600 periods of its splitting, has |U+U - 1| = 0.034 in the trace norm: it
#   lost 1% of each amplitude. A constant H is integrated in time steps like any other. sesolve hides the same loss: it
#   scales each ket back to norm 1 (normalize_output), so the check that one would make reads 1.0000000000 while the
#   state is off by 0.002. An operator as the initial state is not scaled.
# Matters: gate fidelities of 1e-4, and quasi-energies taken from the propagator of a long drive, are below this
#   error.
# Instead: (-1j*H*t).expm() where H is constant; else rtol of 1e-12 and atol of 1e-13 (1.6e-7 remain), and
#   normalize_output=False to see the norm.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q qutip==5.3.1 scipy==1.17.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import sys
from qutip import basis, propagator, sesolve, sigmax, sigmaz

H, t = 5 * sigmaz() + sigmax(), 1000
exact = (-1j * H * t).expm()
steps = {"nsteps": 10**7}
U = propagator(H, t, options=steps)
tight = propagator(H, t, options=steps | {"atol": 1e-13, "rtol": 1e-12})
quiet = steps | {"progress_bar": ""}
shown = sesolve(H, basis(2, 0), [0, t], options=quiet).states[-1]
kept = sesolve(H, basis(2, 0), [0, t], options=quiet | {"normalize_output": False}).states[-1]
lost, small = (U.dag() * U - 1).norm(), (tight.dag() * tight - 1).norm()
error = (shown - exact * basis(2, 0)).norm()
print(f"|U+U - 1| = {lost:.4f}, with tight tolerances {small:.1e}")
print(f"norm of the ket {shown.norm():.10f}, off by {error:.4f}; without normalize_output norm {kept.norm():.6f}")
if not (lost > 0.01 and small < 1e-6 and abs(shown.norm() - 1) < 1e-12 and error > 1e-3 and kept.norm() < 0.995):
    sys.exit("changed: the unitarity of propagator")
PY
