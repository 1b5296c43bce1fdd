"""A warm kernel is a kernel: it computes where and as it was asked to, and ends with whoever asked."""

import os
import signal
import sys
import time

import pytest
from jupyter_client.manager import start_new_kernel

from rederived.work.warm import kernels

__all__: list[str] = []

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


@pytest.fixture(scope="module")
def warm():
    with kernels(("ipykernel.kernelapp", "json")) as variables:
        yield variables


@pytest.fixture
def kernel(warm, monkeypatch, tmp_path):
    """A kernel that Jupyter has started, its process, and what it answers."""
    for name, value in warm.items():
        monkeypatch.setenv(name, value)
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path))

    def ask(code):
        said = []
        client.execute_interactive(code, timeout=20, output_hook=lambda m: said.append(m["content"].get("text", "")))
        return "".join(said).strip()

    yield manager, ask
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def gone(process: int) -> bool:
    for _ in range(100):
        if not os.path.exists(f"/proc/{process}"):
            return True
        time.sleep(0.05)
    return False


def test_it_runs_in_the_folder_and_environment_of_its_client_from_the_server(kernel, tmp_path, warm):
    _, ask = kernel
    assert ask("import os; print(os.getcwd())") == str(tmp_path)
    assert ask("print(os.environ['JUPYTER_PATH'])") == warm["JUPYTER_PATH"]
    assert ask("import sys; print('json' in sys.modules, __name__)") == "True __main__"


def test_kernels_share_nothing(kernel, warm):
    _, ask = kernel
    ask("import json; json.changed = True")
    manager, client = start_new_kernel(kernel_name="python3")
    answer = []
    client.execute_interactive(
        "import json; print(hasattr(json, 'changed'))",
        output_hook=lambda m: answer.append(m["content"].get("text", "")),
    )
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    assert "".join(answer).strip() == "False"


def test_it_ends_when_its_client_is_killed(kernel):
    manager, ask = kernel
    process = int(ask("import os; print(os.getpid())"))
    os.kill(manager.provisioner.pid, signal.SIGKILL)
    assert gone(process)


def test_it_ends_when_it_is_asked_to(kernel):
    manager, ask = kernel
    process = int(ask("import os; print(os.getpid())"))
    manager.shutdown_kernel(now=False)
    assert gone(process)
