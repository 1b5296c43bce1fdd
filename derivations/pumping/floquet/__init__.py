"""Floquet theory of the pumped charge, its symmetry and its average over the phase."""

__all__: list[str] = []
