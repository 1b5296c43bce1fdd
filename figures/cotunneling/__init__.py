"""The figures of the part on fluxon cotunneling."""

__all__: list[str] = []
