"""The figures of the part on annular junctions."""

__all__: list[str] = []
