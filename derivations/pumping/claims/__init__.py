"""What the prose says, each statement with the number that settles it."""

__all__: list[str] = []
