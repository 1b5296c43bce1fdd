"""Thouless pumps in Josephson junction arrays: ANWB23, and what goes beyond it."""

from derivations.pumping.bloch_bands import band_edges, band_energies, band_gap, bloch_function, winding_number
from derivations.pumping.chains import HarperHofstadter, RiceMele
from derivations.pumping.chern_numbers import chern_numbers, gap_label
from derivations.pumping.disorder import Disordered, disordered
from derivations.pumping.evaluators import charging_parabola, formula_of, rice_mele_hopping
from derivations.pumping.infinite_time import floquet_spectrum, pumped_charge
from derivations.pumping.many_body import ManyBody, many_body, many_body_gap

__all__ = [
    "Disordered",
    "HarperHofstadter",
    "ManyBody",
    "RiceMele",
    "band_edges",
    "band_energies",
    "band_gap",
    "bloch_function",
    "charging_parabola",
    "chern_numbers",
    "disordered",
    "floquet_spectrum",
    "formula_of",
    "gap_label",
    "many_body",
    "many_body_gap",
    "pumped_charge",
    "rice_mele_hopping",
    "winding_number",
]
