"""Run a command whose notebook kernels start at once: each is forked from one process that has imported everything.

`python -m rederived.work.warm COMMAND ...`

A kernel of its own needs some five seconds to import sympy, scipy, matplotlib and the book, which is most of what a
short chapter takes. While the command runs, Jupyter finds a kernel called `python3` that asks a server, over a socket
in a private folder, to fork; it passes its own output, folder and environment on, and ends when the kernel ends.
Modules are imported in the server, nothing else has run there. Where there is no safe fork, the command runs as it is.
"""

import contextlib
import importlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rederived.files import replace
from rederived.place import HERE

__all__ = ["kernels", "main"]

PRELOADED = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
    "matplotlib.backends.backend_svg",
    "schemdraw.elements",
    "scipy.integrate",
    "scipy.interpolate",
    "scipy.linalg",
    "scipy.optimize",
    "scipy.sparse.linalg",
    "scipy.special",
    "sympy.codegen.rewriting",
    "sympy.printing.latex",
    "flint",
    "pygments.lexers.python",
    "pygments.formatters.html",
    "rederived.page.show",
    "rederived.figures.show",
)

# Stands for a kernel to Jupyter: isolated and without site-packages, so that it starts in some hundredths of a second.
_CLIENT = """
import array, json, os, signal, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect(sys.argv[1])
asked = json.dumps({"file": sys.argv[2], "folder": os.getcwd(), "environment": dict(os.environ)}).encode()
server.sendmsg([len(asked).to_bytes(8, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
server.sendall(asked)
answers = server.makefile("r")
kernel = int(answers.readline())
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, frame: os.kill(kernel, number))
sys.exit(int(answers.readline() or 1))
"""


@contextlib.contextmanager
def kernels(preloaded: tuple[str, ...] = PRELOADED) -> Iterator[dict[str, str]]:
    """Keep a server of kernels running, with these modules imported; yield the variables that lead to it."""
    if sys.platform != "linux":
        yield {}
        return
    with tempfile.TemporaryDirectory() as folder:
        address, place = os.path.join(folder, "server"), Path(folder, "kernels", "python3")
        place.mkdir(parents=True)
        arguments = [sys.executable, "-I", "-S", "-c", _CLIENT, address, "{connection_file}"]
        spec = {"argv": arguments, "display_name": "Python 3", "language": "python"}
        replace(place / "kernel.json", json.dumps(spec))
        ready, tell = os.pipe()
        command = [sys.executable, "-m", "rederived.work.warm", "--serve", address, str(tell), *preloaded]
        quiet = os.environ | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # of the debugger that every kernel loads
        server = subprocess.Popen(command, pass_fds=[tell], env=quiet)
        os.close(tell)
        with os.fdopen(ready) as answer:
            if answer.read() != "ready":
                raise RuntimeError("the server of notebook kernels did not start; its error is above")
        path = os.environ.get("JUPYTER_PATH")
        try:
            yield {"WARM_KERNELS": "yes", "JUPYTER_PATH": folder + (os.pathsep + path if path else "")}
        finally:
            server.terminate()
            server.wait()


def _serve(address: str, tell: int, preloaded: list[str]) -> None:
    """Import, then fork a kernel for every client; end those whose client is gone."""
    for name in (*preloaded, *(f"{HERE.derivations}.{part}" for part in HERE.parts()), HERE.figures):
        importlib.import_module(name)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    running: dict[int, socket.socket] = {}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    watched = selectors.DefaultSelector()
    watched.register(listening, selectors.EVENT_READ)
    with os.fdopen(tell, "w") as answer:
        answer.write("ready")
    try:
        while True:
            for key, _ in watched.select(timeout=0.05):
                if key.fileobj is listening:
                    client, _ = listening.accept()
                    running[_fork(client, listening)] = client
                    watched.register(client, selectors.EVENT_READ)
                else:  # a client never speaks twice: it is gone
                    watched.unregister(key.fileobj)
                    for kernel in [k for k, client in running.items() if client is key.fileobj]:
                        _end(kernel)
            _reap(running, watched)
    finally:
        for kernel in running:
            _end(kernel)


def _end(kernel: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(kernel, signal.SIGKILL)


def _reap(running: dict[int, socket.socket], watched: selectors.BaseSelector) -> None:
    """Tell the clients of kernels that have ended how they ended."""
    while running:
        kernel, status = os.waitpid(-1, os.WNOHANG)
        if not kernel:
            return
        client = running.pop(kernel)
        with contextlib.suppress(OSError):
            client.sendall(f"{abs(os.waitstatus_to_exitcode(status))}\n".encode())
        with contextlib.suppress(KeyError):
            watched.unregister(client)
        client.close()


def _fork(client: socket.socket, listening: socket.socket) -> int:
    size, streams, _, _ = socket.recv_fds(client, 8, 3)
    left, asked = int.from_bytes(size, "big"), b""
    while len(asked) < left:
        asked += client.recv(left - len(asked))
    kernel = os.fork()
    if kernel:
        for stream in streams:
            os.close(stream)
        client.sendall(f"{kernel}\n".encode())
        return kernel
    try:
        listening.close()
        client.close()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _become_kernel(streams, **json.loads(asked))
    finally:
        os._exit(1)


def _become_kernel(streams: list[int], *, file: str, folder: str, environment: dict[str, str]) -> None:
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    from ipykernel.kernelapp import IPKernelApp

    # To the kernel its parent is the server, which ends it when the client is gone.
    settings = ["--IPKernelApp.log_level=40", f"--IPKernelApp.parent_handle={os.getppid()}"]
    IPKernelApp.launch_instance(argv=["-f", file, *settings])
    os._exit(0)


def main(arguments: list[str] | None = None) -> int:
    """Run the command with warm kernels and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["--serve"]:
        _serve(arguments[1], int(arguments[2]), arguments[3:])
        return 0
    with kernels() as variables:
        return subprocess.run(arguments, env=os.environ | variables).returncode


if __name__ == "__main__":
    sys.exit(main())
