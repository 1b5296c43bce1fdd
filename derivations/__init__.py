"""Derivations of four papers on quantum Josephson circuits, and the evaluators made from them.

`from derivations import cotunneling` gives the evaluators of a part; `python -m derivations` prints the ledger.
"""

from rederived.page.show import show

__all__ = ["show"]
