"""What readers see: derivation steps, the ledger, formulas, whole and offline pages."""

__all__: list[str] = []
