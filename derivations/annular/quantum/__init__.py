"""The fluxon as a quantum particle: levels, splittings, escape."""

__all__: list[str] = []
