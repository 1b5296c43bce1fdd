"""From a derived expression to a fast function, in Python and in JavaScript."""

__all__: list[str] = []
