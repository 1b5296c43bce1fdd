"""The golden rule for shunted junctions, and the voltages that it gives."""

__all__: list[str] = []
