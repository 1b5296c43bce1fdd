"""The fluxon as a particle in the local limit: potential, wells, oscillation, and what corrects them."""

__all__: list[str] = []
