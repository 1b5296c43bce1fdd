#!/bin/sh
# quspin 1.0.1 (kblock)
#
# Expected: kblock = 1 on a ring of L sites is the momentum +2 pi/L: the state sum_j exp(2 pi i j/L) c+_j |0>.
# Happens: it is -2 pi/L. With hops exp(0.3 i) c+_j c_(j+1) + h.c. that state has the energy 2 cos(0.3 + 2 pi/6) =
#   0.4435; kblock = 1 gives 1.4672 = 2 cos(0.3 - 2 pi/6). Fermions and bosons alike.
# Matters: without a flux the spectrum is even and no test sees it. With a flux through a ring of islands, or for the
#   Chern number and the current of a pump, direction and sign turn over.
# Instead: use -kblock, or test a ring with a phase on its bonds against one particle, as here.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q quspin==1.0.1 scipy==1.17.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import sys
import numpy as np
from quspin.basis import boson_basis_1d, spinless_fermion_basis_1d
from quspin.operators import hamiltonian

sites, phase = 6, 0.3
forward = [[np.exp(1j * phase), j, (j + 1) % sites] for j in range(sites)]
backward = [[np.exp(-1j * phase), (j + 1) % sites, j] for j in range(sites)]
off = {"check_symm": False, "check_herm": False, "check_pcon": False}


def energy(basis):
    H = hamiltonian([["+-", forward], ["+-", backward]], [], basis=basis, dtype=np.complex128, **off)
    return H.toarray()[0, 0].real


# The matrix of one particle, by hand: column j+1, row j.
H = np.zeros((sites, sites), complex)
for value, to, source in forward + backward:
    H[to, source] += value
wave = np.exp(2j * np.pi * np.arange(sites) / sites) / np.sqrt(sites)
plus, minus = (wave.conj() @ H @ wave).real, (wave @ H @ wave.conj()).real
fermion = energy(spinless_fermion_basis_1d(sites, Nf=1, kblock=1))
boson = energy(boson_basis_1d(sites, Nb=1, kblock=1))
print(f"momentum +: {plus:.6f}, -: {minus:.6f}; kblock=1: fermion {fermion:.6f}, boson {boson:.6f}")
if not (abs(fermion - minus) < 1e-9 and abs(boson - minus) < 1e-9 and abs(plus - minus) > 1):
    sys.exit("changed: the sign of kblock")
PY
