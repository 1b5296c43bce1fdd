"""The machinery around the book: notebook runner, Sphinx extension, third-party JavaScript, browser checks."""

__all__: list[str] = []
