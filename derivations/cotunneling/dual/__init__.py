"""The dual: Cooper pairs through two junctions in series."""

__all__: list[str] = []
