"""Figures of a book: found by walking, drawn alike, stored, live, and as films."""

__all__: list[str] = []
