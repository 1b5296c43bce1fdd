"""Diagonalized junctions: what judges the instantons, and shares no code with them."""

__all__: list[str] = []
