"""Many slips: an ideal gas, its clusters, and the interaction through the mutual capacitance."""

__all__: list[str] = []
