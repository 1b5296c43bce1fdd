"""Beyond pairs: clusters of three slips, and chains of junctions."""

__all__: list[str] = []
