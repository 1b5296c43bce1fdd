"""The phase on the ring: its equation of motion, its Lagrangian, and their coefficients as functions."""

__all__: list[str] = []
