"""Derivations that a paper is compared with: ledger, evaluators, pages and figures of any such book."""

__all__: list[str] = []
