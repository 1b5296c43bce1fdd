"""Fluxons in confocal annular Josephson junctions: M16, and what goes beyond it."""

__all__: list[str] = []
