#!/bin/sh
# scqubits 4.3.1 (Circuit, ng1 and ng2)
#
# Expected: ng1 and ng2 are the offset charges of the islands 1 and 2, as E_J and E_C are those of the branches in the
#   text.
# Happens: they belong to variables that Circuit chooses. Two junctions in a row and a capacitor give the
#   transformation matrix [[1, 1], [1, 0]]: 0.3 on island 1 has the lowest level -4.8284, and ng1 = 0.3 gives -4.8097,
#   which is 0.3 on island 2. They enter as n + ng, too, where Transmon has n - ng (the levels do not show this sign,
#   sym_hamiltonian does).
# Matters: a map over two gates is sheared and swapped, and nothing looks wrong: each single-gate scan is periodic
#   still.
# Instead: print sym_hamiltonian() and transformation_matrix M; ng = -M^T ng_island here.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q scqubits==4.3.1 scipy==1.17.1 numpy==2.4.6 setuptools==80.9.0
"$work/venv/bin/python" - <<'PY'
import sys
import warnings
warnings.simplefilter("ignore")
import numpy as np
import scqubits

circuit = scqubits.Circuit("branches:\n- [JJ, 0, 1, 5, 1]\n- [JJ, 1, 2, 5, 1]\n- [C, 0, 2, 3]\n", from_file=False)
circuit.cutoff_n_1 = circuit.cutoff_n_2 = 7
n, one, up = np.diag(np.arange(-7.0, 8)), np.eye(15), np.eye(15, k=1)
# C in units of e^2/2: 1/E_C of each branch; H = 4 (n - ng)^T C^-1 (n - ng) - E_J cos(phi_1) - E_J cos(phi_1 - phi_2)
inverse = np.linalg.inv([[1 + 1, -1], [-1, 1 + 1 / 3]])


def by_islands(charges):
    a, b = np.kron(n - charges[0] * one, one), np.kron(one, n - charges[1] * one)
    hops = np.kron(up, one) + np.kron(up, up.T)
    quadratic = inverse[0, 0] * a @ a + inverse[1, 1] * b @ b + 2 * inverse[0, 1] * a @ b
    return np.linalg.eigvalsh(4 * quadratic - 5 * (hops + hops.T) / 2)[0]


def by_circuit(charges):
    circuit.ng1, circuit.ng2 = charges
    return circuit.eigenvals(1)[0]


M = np.array(circuit.transformation_matrix)
first, second = np.array([0.3, 0.0]), np.array([0.0, 0.3])
both = np.array([0.2, 0.3])
print("M =", M.tolist())
print(f"ng1 = 0.3: {by_circuit(first):.6f}; 0.3 on island 1: {by_islands(first):.6f}, on island 2: {by_islands(second):.6f}")
print(f"0.2 and 0.3 on the islands: {by_islands(both):.6f}")
print(f"as ng1 and ng2: {by_circuit(both):.6f}; by -M^T: {by_circuit(-M.T @ both):.6f}")
agree = abs(by_circuit(-M.T @ both) - by_islands(both)) < 1e-6
swapped = abs(by_circuit(first) - by_islands(second)) < 1e-6 < abs(by_circuit(first) - by_islands(first))
if not (swapped and agree):
    sys.exit("changed: whose offset charges Circuit takes")
PY
