#!/bin/sh
# scipy 1.17.1 (special.pbdv), with mpmath 1.3.0 as the judge
#
# Expected: the parabolic cylinder function D_v(x) to many digits for moderate real v and x of either sign.
# Happens: on the negative axis, at a non-integer order, it can be silently wrong: D_30.5(-8) is 4.29e16 instead of
#   1.67e16, D_10.7(-8) is 5% off. The mirrored arguments D_v(+8), and the integer orders, are right to 1e-12.
# Matters: D_v with non-integer v joins the wells of a double well, of a fluxonium or of the washboard, where v is the
#   energy in units of the plasma frequency: the matching reads it on both sides of the well.
# Instead: mpmath.pcfd.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6 mpmath==1.3.0
"$work/venv/bin/python" - <<'PY'
import sys
from mpmath import pcfd
from scipy.special import pbdv

off = {}
for v in (10.7, 30.5, 10.0, 30.0):
    for x in (-8.0, 8.0):
        got, right = pbdv(v, x)[0], float(pcfd(v, x))
        off[v, x] = abs(got / right - 1)
        print(f"D_{v}({x:+}) = {got:.8g}, mpmath {right:.8g}, off by {off[v, x]:.1e}")
wrong = off.pop((30.5, -8.0)) > 1, off.pop((10.7, -8.0)) > 0.01
if not (all(wrong) and max(off.values()) < 1e-8):
    sys.exit("changed: the error of pbdv")
PY
