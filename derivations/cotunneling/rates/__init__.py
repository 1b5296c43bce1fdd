"""Rates, voltages and currents as functions, and which slips carry them."""

__all__: list[str] = []
