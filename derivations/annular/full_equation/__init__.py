"""The full sine-Gordon equation on the ring, solved: fluxons at rest, in motion, under ramps."""

__all__: list[str] = []
