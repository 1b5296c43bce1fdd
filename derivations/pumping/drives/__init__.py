"""What is driven: the two pumps, their leads, and pumps as they are built."""

__all__: list[str] = []
