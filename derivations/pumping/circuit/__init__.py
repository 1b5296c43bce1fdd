"""The islands: charging energy, quantum phase model, hardcore bosons and what they leave out."""

__all__: list[str] = []
