#!/bin/sh
# scipy 1.17.1 (special.mathieu_a, mathieu_b), with numpy's eigenvalues of the Fourier matrix as the judge
#
# Expected: characteristic values that rise with the order, right to many digits, or nan where the method fails.
# Happens: single orders in the midst of right ones return the value of another order. At q = 100, mathieu_b(21, q) is
#   375.256 (it is 452.559, 17% more), which is b_19; a_21 fails the same way; all other odd b up to 39 are right. At q
#   = 300, a_25 is 232 instead of 704. No warning.
# Matters: these are the levels of a junction (transmon, E_J/E_C = 2 q) and of a fluxon in a nearly round ring, and
#   this function is the usual judge of both. Whoever tests the lowest five orders sees nothing.
# Instead: numpy.linalg.eigvalsh of the truncated Fourier matrix. Cheap guard: a_n < b_(n+1) < a_(n+1) must rise.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import sys
import numpy as np
from scipy.special import mathieu_b


def odd_b(order, q):
    """b_(2k+1): sines of odd multiples."""
    n = 2.0 * np.arange(80) + 1
    matrix = np.diag(n**2) + q * (np.eye(80, k=1) + np.eye(80, k=-1))
    matrix[0, 0] -= q
    return np.linalg.eigvalsh(matrix)[(order - 1) // 2]


q = 100
wrong = []
for order in range(1, 41, 2):
    got, right = mathieu_b(order, q), odd_b(order, q)
    if abs(got - right) > 1e-6 * abs(right):
        wrong.append(order)
        print(f"b_{order}({q}) = {got:.6f}, the matrix says {right:.6f}; b_19 is {odd_b(19, q):.6f}")
print("odd orders up to 39 that are wrong:", wrong)
if wrong != [21]:
    sys.exit("changed: the wrong orders of mathieu_b at q = 100")
PY
