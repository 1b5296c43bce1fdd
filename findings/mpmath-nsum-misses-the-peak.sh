#!/bin/sh
# mpmath 1.3.0 (nsum, default method)
#
# Expected: nsum of a smooth, positive, rapidly converging series is right to the working precision, or says that it
#   isn't.
# Happens: the sum over n >= 0 of exp(-(n-50)^2/10) is 9.9e-74 instead of 5.6050: the first terms are so small that
#   the extrapolation is content before the peak comes. At a center of 20 it is right, at 30 lost already.
# Matters: sums over charge states around an offset charge, and over windings by Poisson's formula, are of this shape;
#   with a gate charge of 50 the partition function silently vanishes.
# Instead: shift the index so that the peak is at 0 (then nsum over [-inf, inf] is right), or jtheta, or a plain loop
#   with fsum.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q mpmath==1.3.0
"$work/venv/bin/python" - <<'PY'
import sys
from mpmath import exp, inf, mpf, nsum, pi, sqrt

exact = sqrt(10 * pi)


def total(center):
    return nsum(lambda n: exp(-((n - center) ** 2) / mpf(10)), [0, inf])


near, far = total(10), total(50)
shifted = nsum(lambda n: exp(-(n**2) / mpf(10)), [-inf, inf])
plain = sum(exp(-((n - 50) ** 2) / mpf(10)) for n in range(200))
print("peak at 10:", near, "peak at 50:", far, "shifted:", shifted, "loop:", plain, "integral:", exact)
if not (abs(far) < 1e-6 and abs(near - exact) < 1e-3 and abs(plain - exact) < 1e-9):
    sys.exit("changed: nsum of a late peak")
PY
