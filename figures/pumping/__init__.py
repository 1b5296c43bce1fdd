"""The figures of the part on Thouless pumps."""

__all__: list[str] = []
