#!/bin/sh
# scipy 1.17.1 (special.ellipj), with mpmath 1.3.0 as the judge
#
# Expected: for every parameter 0 <= m <= 1 and real u, sn and cn lie in [-1, 1], and have the period 4 K(m).
# Happens: from about m = 1 - 1e-10 on, ellipj uses the expansion about m = 1, which holds within a fraction of the
#   period, at every u. At m = 1 - 1e-10, where 4 K is 51.6, u = 50 gives sn = 1.000000000025 (it is -0.921), cn =
#   -6.5e10 (it is 0.389), and u = 1000 gives nan. At m = 1 - 1e-8 it is right to 1e-6. Its documentation has a sentence
#   on this range; the call has no warning.
# Matters: a pendulum, or the phase across a junction, that almost rests on top of its potential has just such an m. A
#   plot of one period of its motion silently leaves [-1, 1].
# Instead: take u modulo 4 K(m) into [-K, K] (and its symmetries) with ellipkm1(1 - m), or use mpmath.ellipfun (its m
#   by keyword).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6 mpmath==1.3.0
"$work/venv/bin/python" - <<'PY'
import sys
from mpmath import ellipfun
from scipy.special import ellipj, ellipkm1

good, bad = 1 - 1e-8, 1 - 1e-10
for m in (good, bad):
    sn, cn = ellipj(50.0, m)[:2]
    right = float(ellipfun("sn", 50, m=m)), float(ellipfun("cn", 50, m=m))
    print(f"1-m = {1 - m:.0e}, 4K = {4 * ellipkm1(1 - m):.4f}: {sn:.12g}, {cn:.6g}; mpmath {right[0]:.6g}, {right[1]:.6g}")
far = ellipj(1000.0, bad)[0]
print("sn(1000):", far)
sn, cn = ellipj(50.0, bad)[:2]
near = ellipj(50.0 - 4 * ellipkm1(1 - bad), bad)[0]
print(f"u less one period: {near:.6g}")
fine = abs(ellipj(50.0, good)[0] - float(ellipfun("sn", 50, m=good))) < 1e-6
if not (fine and sn > 1 and cn < -1e10 and far != far and abs(near + 0.9212) < 1e-3):
    sys.exit("changed: ellipj near m = 1")
PY
