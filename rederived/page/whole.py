"""A build is whole, or the next one makes it anew.

Sphinx stores what it has read before it writes the pages, so that after an interruption the next build takes for
written what is not, and its search index stays partial for ever. Therefore a stamp in the output says `unfinished`
from the start of a build until all went well, and a build that finds it so, or finds none, reads and writes all.
A build with warnings is not finished either: the next one has to show them again.
"""

import json
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from rederived.files import replace
from rederived.page.inputs import code, digest

__all__ = ["is_current", "setup"]

_LOGGER = logging.getLogger(__name__)
_STAMP = ".inputs"
_UNFINISHED = "unfinished"


def is_current(html: Path, root: Path) -> bool:
    """Whether a build that went well has made these pages from what is now below `root`."""
    now = {"builder": "html", "code": code(), "inputs": digest(root)}
    return (html / "index.html").is_file() and now.items() <= _read(html).items()


def _read(output: Path) -> dict[str, str]:
    try:
        return dict(json.loads((output / _STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _name(app: Sphinx) -> dict[str, str]:
    return {"builder": app.builder.name, "reading": getattr(app.env, "book_reading", "")}


@dataclass
class _Build:
    """One build, from its start to its end.

    before: what the stamp said, nothing if the former build did not finish
    inputs: hash of what the pages are made from, taken at the start: what changes meanwhile is for the next build
    write_all: whether pages are to be written of which Sphinx has read nothing new
    """

    lock: FileLock | None = None
    before: dict[str, str] = field(default_factory=dict)
    inputs: str = ""
    write_all: bool = False

    def begin(self, app: Sphinx, config) -> None:
        """Sphinx has not looked for its stored environment yet: what is not whole can still go."""
        stored, output = Path(app.doctreedir), Path(app.outdir)
        self.lock = _locked(stored.with_name(f"{stored.name}.lock"))
        self.inputs, self.before = digest(Path(app.confdir)), _read(output)
        environment = stored / ENV_PICKLE_FILENAME
        if not self.before and environment.exists() and any(output.iterdir()):
            _LOGGER.info("the last build did not finish, or had warnings: all is read and written anew")
            environment.unlink()
        replace(output / _STAMP, _UNFINISHED)
        config.epub_exclude_files = [*config.epub_exclude_files, _STAMP]

    def reads(self, app: Sphinx, env: Any, documents: list[str]) -> None:
        """Each reading has a name, by which an output knows whether it was written after it."""
        if documents:
            env.book_reading = uuid.uuid4().hex

    def look(self, app: Sphinx) -> None:
        """What another builder has read since, or written into the same folder, is news to all pages."""
        self.write_all = bool(self.before) and not _name(app).items() <= self.before.items()

    def written(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Documents to write in addition to those that were read."""
        return sorted(env.found_docs) if self.write_all else []

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Called last, and once more if anything else at the end of the build fails."""
        went_well = exception is None and not app._warncount
        stamp = _name(app) | {"code": code(), "inputs": self.inputs}
        replace(Path(app.outdir) / _STAMP, json.dumps(stamp) if went_well else _UNFINISHED)
        if self.lock:
            self.lock.release()


def _locked(path: Path) -> FileLock:
    """Two builds share what Sphinx has read: one waits for the other, unless both belong to one process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, is_singleton=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _LOGGER.info("another build of this book is running: waiting for its end")
        lock.acquire()
    return lock


def setup(app: Sphinx) -> None:
    """Connect the steps; called by `rederived.page.extension`."""
    build = _Build()
    app.connect("config-inited", build.begin, priority=0)
    app.connect("builder-inited", build.look)
    app.connect("env-before-read-docs", build.reads)
    app.connect("env-updated", build.written)
    app.connect("build-finished", build.end, priority=999)
