"""Amplitudes of common slips at weak coupling, derived and as functions."""

__all__: list[str] = []
