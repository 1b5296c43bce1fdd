"""Solvers: one period of the drive, and the charge of infinitely many."""

__all__: list[str] = []
