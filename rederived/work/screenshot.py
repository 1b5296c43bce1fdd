"""Write a picture of a page of the built book.

`python -m rederived.work.screenshot PAGE PNG [--dark] [--phone] [--full] [--scroll SELECTOR]`, as in
`python -m rederived.work.screenshot book/part/chapter.html book/images/live-figure.png`
"""

import argparse
import sys
from pathlib import Path

from rederived.work.browser import built_book, chromium, screenshot, served

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Build the book if need be, and write the picture."""
    parser = argparse.ArgumentParser(prog="python -m rederived.work.screenshot", description=__doc__.splitlines()[0])
    parser.add_argument("page", help="address below _build/html")
    parser.add_argument("picture", type=Path, help="the PNG file to write")
    for flag in ("--dark", "--phone", "--full"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--scroll", metavar="SELECTOR", help="bring this element to the middle")
    options = parser.parse_args(arguments)
    browser = chromium()
    if browser is None:
        parser.error("no Chromium found; on Debian: apt-get install chromium")
    given = [f"--{name}" for name in ("dark", "phone", "full") if getattr(options, name)]
    given += ["--scroll", options.scroll] if options.scroll else []
    options.picture.parent.mkdir(parents=True, exist_ok=True)
    with served(built_book()) as address:
        screenshot(f"{address}/{options.page}", options.picture.resolve(), *given, browser=browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())
