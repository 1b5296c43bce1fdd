"""Print the ledger; compare it with the recorded one, or record it: `python -m derivations`."""

import sys

from rederived.command import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
