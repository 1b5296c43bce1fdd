"""Bands of the infinite chains, their gaps and Chern numbers."""

__all__: list[str] = []
