"""Modules run one after the other, each forked from one process that has imported the libraries but nothing of ours.

Importing sympy, scipy and matplotlib takes longer than most of what runs then; our own packages are imported anew in
each process, from wherever they are at that time. Where there is no safe fork, each run starts from nothing.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rederived.place import HERE
from rederived.work.warm import PRELOADED

__all__ = ["Server", "serving"]

_OTHERS = (*HERE.packages, "ipykernel", "IPython")
_LIBRARIES = ("pytest", *(name for name in PRELOADED if name.split(".")[0] not in _OTHERS))

_SERVER = """
import importlib, json, os, runpy, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child:
        print(child, flush=True)
        _, status, used = os.wait4(child, 0)
        print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, flush=True)
        continue
    code = 1
    try:
        os.setsid()
        said = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for number, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, said), (2, said)):
            os.dup2(file, number)
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["folder"])
        sys.argv = asked["arguments"]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        import traceback
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)
"""


@dataclass
class Server:
    """Runs modules in a folder; `process` forks them where there is a safe fork, and is nothing elsewhere.

    spent: seconds of a processor that the runs have had so far; on a busy machine the clock says little
    """

    folder: Path
    said: Path
    process: subprocess.Popen | None
    spent: float = 0.0

    def run(self, arguments: list[str], environment: Mapping[str, str], *, seconds: float) -> tuple[int | None, str]:
        """Run a module with arguments; return its exit code, nothing if the time was over, and what it said."""
        if self.process is None:
            return self._alone(arguments, environment, seconds)
        asked = {"arguments": arguments, "environment": dict(environment), "folder": str(self.folder)}
        self.process.stdin.write(json.dumps(asked | {"said": str(self.said)}) + "\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        over = True
        try:
            over = not _speaks(self.process.stdout, seconds)
        finally:  # the time is over, or somebody ends us: kernels and browsers of the run end, too
            if over:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child, signal.SIGKILL)
        code, spent = self.process.stdout.readline().split()
        self.spent += float(spent)
        return (None, "") if over else (int(code), self.said.read_text(encoding="utf-8", errors="replace"))

    def _alone(self, arguments: list[str], environment: Mapping[str, str], seconds: float) -> tuple[int | None, str]:
        command = [sys.executable, "-m", *arguments]
        options = {"cwd": self.folder, "env": dict(environment), "text": True, "timeout": seconds}
        before = sum(os.times()[2:4])
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
        except subprocess.TimeoutExpired:
            return None, ""
        finally:
            self.spent += sum(os.times()[2:4]) - before
        return done.returncode, done.stdout


def _speaks(stream, seconds: float) -> bool:
    with selectors.DefaultSelector() as watched:
        watched.register(stream, selectors.EVENT_READ)
        return bool(watched.select(timeout=seconds))


@contextlib.contextmanager
def serving(folder: Path, said: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Keep a process ready that has imported the libraries.

    folder: where modules are run, and found first
    said: the file that holds what a run says
    environment: the variables of the process; those of a run come with it
    """
    if sys.platform != "linux":
        yield Server(folder, said, None)
        return
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    command = [sys.executable, "-c", _SERVER, *_LIBRARIES]
    with subprocess.Popen(command, cwd=folder, env=dict(environment), **pipes) as process:
        try:
            yield Server(folder, said, process)
        finally:
            process.stdin.close()
