"""Two coupled junctions and their action, from the circuit."""

__all__: list[str] = []
