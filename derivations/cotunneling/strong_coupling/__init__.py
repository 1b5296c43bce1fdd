"""Strong coupling: the merged instanton, unequal junctions, and what joins both limits."""

__all__: list[str] = []
