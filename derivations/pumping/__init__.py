"""Thouless pumps in Josephson junction arrays: ANWB23, and what goes beyond it."""

from derivations.pumping.chains import HarperHofstadter, RiceMele
from derivations.pumping.many_body import ManyBody, many_body, many_body_gap

__all__ = ["HarperHofstadter", "ManyBody", "RiceMele", "many_body", "many_body_gap"]
