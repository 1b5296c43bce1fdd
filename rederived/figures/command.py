"""Write the figures as SVG files: `python -m figures [NAME | PART ...] [--output FOLDER] [--list] [--recompute]`."""

import argparse
import sys
import tempfile
from pathlib import Path

from tqdm import tqdm

from rederived.figures import style
from rederived.figures.registry import find, names
from rederived.figures.stored import recompute
from rederived.files import replace
from rederived.place import HERE

__all__ = ["main"]

_FOLDER = HERE.scratch / "figures"


def main(arguments: list[str] | None = None) -> int:
    """Draw what was asked for, by default all figures."""
    description = "Compute the figures of the book anew, and write them as SVG."
    parser = argparse.ArgumentParser(prog="python -m figures", description=description)
    parser.add_argument("wanted", nargs="*", metavar="NAME", help="a figure or a part; by default all figures")
    parser.add_argument("--output", type=Path, default=_FOLDER, help="the folder to write to (_build/figures)")
    parser.add_argument("--list", action="store_true", help="only list the names")
    parser.add_argument("--recompute", action="store_true", help="first compute what is stored beside the figures")
    options = parser.parse_args(arguments)
    try:
        wanted = [n for w in options.wanted or [""] for n in names(w) or [find(w).name]]
    except ValueError as error:
        parser.error(str(error))
    if options.list:
        print("\n".join(wanted))
        return 0
    stored = {Path(str(find(n).module.__file__)).parent for n in wanted if hasattr(find(n).module, "compute")}
    if refused := _not_writable([options.output, *(sorted(stored) if options.recompute else [])]):
        print(refused, file=sys.stderr)
        return 2
    for name in tqdm(wanted, file=sys.stderr, disable=None, desc="figures"):
        figure = find(name)
        module = figure.module
        if options.recompute and hasattr(module, "compute"):
            recompute(module)
        text = style.svg(figure.draw(figure.data()), title=module.TITLE, description=module.ALT)
        replace(options.output / f"{name}.svg", text + "\n")
    print(f"{len(wanted)} figures in {options.output}", file=sys.stderr)
    return 0


def _not_writable(folders: list[Path]) -> str:
    """Say which folder cannot be written, and what to do, before anything is computed; nothing if all can.

    Permissions do not tell: a file system may be read-only, an administrator may write in spite of them.
    """
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            return (
                f"Folder {folder} cannot be written ({error.strerror}). `python -m figures --output FOLDER` draws "
                "elsewhere what is stored. To compute anew (`make figures`), copy the checkout to where you may write."
            )
    return ""


if __name__ == "__main__":
    sys.exit(main())
