"""Write the figures as SVG files: `python -m figures`."""

import sys

from rederived.figures.command import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
