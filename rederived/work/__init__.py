"""What executes and checks a book: notebooks, kernels, a browser."""

__all__: list[str] = []
