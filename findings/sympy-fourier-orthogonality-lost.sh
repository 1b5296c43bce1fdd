#!/bin/sh
# sympy 1.14.0 (integrate)
#
# Expected: the integral of exp(i (k-l) x) over a period, k and l integer symbols, is 2 pi for k = l and 0 otherwise;
#   the integral of exp(i k x) does come back as such a Piecewise.
# Happens: the answer is a bare 0, with no condition. Put in k = l and it stays 0 where the integral is 2 pi.
# Matters: it is the projection on a charge state, or on a Fourier mode of a junction: with two indices every diagonal
#   element is silently lost, with one it is right.
# Instead: write exp(i k x) exp(-i l x) as a product, or integrate with one symbol n and substitute n = k - l: both
#   give the Piecewise.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q sympy==1.14.0 mpmath==1.3.0
"$work/venv/bin/python" - <<'PY'
import sys
from sympy import I, exp, integrate, pi, symbols

x = symbols("x", real=True)
k, l, n = symbols("k l n", integer=True)
one = integrate(exp(I * n * x), (x, 0, 2 * pi))
two = integrate(exp(I * (k - l) * x), (x, 0, 2 * pi))
print("one index:", one)
print("two:", two, " at k = l:", two.subs(l, k))
print("substituted:", one.subs(n, k - l))
if not (two == 0 and one.subs(n, 0) == 2 * pi and one.subs(n, k - l).subs(l, k) == 2 * pi):
    sys.exit("changed: the integral with two indices")
PY
