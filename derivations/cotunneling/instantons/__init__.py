"""Paths of least action: one slip of one junction, and a slip in the plane of both phases."""

__all__: list[str] = []
