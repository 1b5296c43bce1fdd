"""The set-up: which Python, what is deleted and what never, what is mended; without the network."""

import ast
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tools import environment, releases
from tools.environment import MARK, STAMP, choose, main, ready

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[1]
WHOLE = b"whole = True\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins for python and uv are shell scripts")


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def stand_in(folder: Path, name: str, version: tuple, usable: bool = True, whole: bool = True) -> str:
    path = folder / name
    script(path, f"echo '{json.dumps([str(path), version, usable, whole])}'")
    return str(path)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A folder that is all of the PATH, beside what the shell needs."""
    folder = tmp_path / "machine"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(environment, "NAMES", environment.NAMES[:-1])
    return folder


@pytest.fixture
def root(tmp_path):
    """A repository whose lock has uv and one package, in a folder that the locale C cannot write."""
    folder = tmp_path / "ünïcode and space"
    folder.mkdir()
    (folder / "requirements.txt").write_text("small==1.0 \\\n    --hash=sha256:0\nuv==1.0 \\\n    --hash=sha256:0\n")
    (folder / "found_in_the_root.py").touch()
    return folder


UV = """echo "$@" >>"{root}/calls"
case "$*" in
    pip*--reinstall-package*) cp -R "{root}/source/." "{site}";;
    pip*) [ -d "{site}/small-1.0.dist-info" ] || cp -R "{root}/source/." "{site}";;
esac"""


def with_environment(root: Path, marked: bool) -> Path:
    """A real environment in which uv is a stand-in: it notes its arguments, and installs the small package."""
    folder = root / ".venv"
    venv.create(folder, with_pip=False)
    script(folder / "bin" / "uv", UV.format(root=root, site=environment._site(folder)))
    package(root / "source")
    if marked:
        (folder / MARK).touch()
    return folder


def filled(root: Path, marked: bool) -> Path:
    """The same, with what the lock says in it."""
    folder = with_environment(root, marked)
    environment._fill(root, folder)
    calls(root)
    return folder


def package(folder: Path) -> None:
    info = folder / "small-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "small.py").write_bytes(WHOLE)
    digest = base64.urlsafe_b64encode(hashlib.sha256(WHOLE).digest()).decode().rstrip("=")
    record = f"small.py,sha256={digest},{len(WHOLE)}\nsmall.pyc,,\n{info.name}/RECORD,,\n"
    (info / "RECORD").write_text(record, encoding="utf-8")


def calls(root: Path) -> list[str]:
    """What uv was asked to do, since the last time."""
    log = root / "calls"
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return [line.split(" --quiet")[0].replace(f"{root}/", "") for line in lines if line != "--version"]


# Which Python


def test_the_machines_python_comes_first(machine):
    stand_in(machine, "python3", (3, 12, 1))
    stand_in(machine, "python3.14", (3, 14, 0))
    assert choose()[0].version == (3, 12, 1)


@pytest.mark.parametrize(
    ("version", "usable"), [((3, 10, 2), True), ((3, 15, 0), True), ((3, 12, 0), False)], ids=["old", "new", "pypy"]
)
def test_a_python_that_does_not_fit_is_passed_over(machine, version, usable):
    stand_in(machine, "python3", version, usable)
    script(machine / "python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    stand_in(machine, "python3.11", (3, 11, 7))
    assert choose()[0].version == (3, 11, 7)


def test_a_python_with_venv_is_better_than_an_earlier_one_without(machine):
    stand_in(machine, "python3", (3, 13, 5), whole=False)
    stand_in(machine, "python3.12", (3, 12, 1))
    assert choose()[0].version == (3, 12, 1)


def test_an_activated_environment_stands_for_the_python_it_was_made_of(tmp_path):
    venv.create(tmp_path / "activated", with_pip=False)
    chosen, _ = choose(str(tmp_path / "activated" / "bin" / "python"))
    assert tmp_path not in Path(chosen.path).parents


def test_where_no_python_fits_uv_fetches_one(machine, root):
    stand_in(machine, "python3", (3, 9, 18))
    script(machine / "uv", f'echo "$@" >>"{root}/calls"; [ "$1" = --version ]')
    with pytest.raises(SystemExit, match="failed"):
        ready(root)
    assert calls(root) == ["venv"]


def test_where_nothing_can_be_had_the_message_says_what_is_there_and_what_to_do(machine, root):
    def without_pip(version: str, whole: str) -> None:
        script(machine / "python3", f"""[ "$2" = pip ] && exit 1; echo '["python3", {version}, true, {whole}]'""")

    without_pip("[3, 9, 18]", "true")
    said = r"Python 3\.11 to 3\.14; here is python3 \(3\.9\.18\)(.|\n)*apt-get install python3 python3-venv"
    with pytest.raises(SystemExit, match=said):
        ready(root)
    without_pip("[3, 13, 5]", "false")
    with pytest.raises(SystemExit, match=r"lacks venv and pip.*apt-get install python3-venv"):
        ready(root)


def test_make_itself_says_so_where_there_is_no_python(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("make", "sh", "env"):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    variables = {"PATH": str(tmp_path / "bin")}
    done = subprocess.run(["make", "book"], cwd=tmp_path, env=variables, capture_output=True, text=True)
    assert done.returncode
    assert "No Python is here. Install one" in done.stderr


# What is deleted, and what never


@pytest.mark.parametrize("marked", [True, False], ids=["made by make", "made by hand"])
def test_a_python_that_does_not_fit_deletes_nothing(machine, root, marked):
    kept = with_environment(root, marked) / "kept"
    kept.touch()
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 to 3\.14, but PYTHON=python3 is .*python3 \(3\.9\.18\)"):
        ready(root, stand_in(machine, "python3", (3, 9, 18)).rpartition("/")[2])
    with pytest.raises(SystemExit, match="PYTHON=missing is no Python that runs"):
        ready(root, "missing")
    assert kept.exists()


def test_an_environment_made_by_hand_is_filled_and_stays(root):
    kept = with_environment(root, marked=False) / "kept"
    kept.touch()
    ready(root)
    assert calls(root) == ["pip install --requirement requirements.txt"]
    ready(root)
    assert calls(root) == []
    assert kept.exists()
    (root / "requirements.txt").write_text("uv==1.0 \\\n    --hash=sha256:0\n")
    ready(root)
    assert calls(root) == ["pip install --requirement requirements.txt"]


def test_one_made_by_hand_that_cannot_serve_is_moved_aside(root, capsys, monkeypatch):
    filled = []
    monkeypatch.setattr(environment, "_run", lambda command: None)
    monkeypatch.setattr(environment, "_fill", lambda *arguments: filled.append(arguments))
    for name in (".venv.old", ".venv.old2"):
        stand_in(root / ".venv" / "bin", "python", (3, 9, 18))
        ready(root)
        assert (root / name / "bin" / "python").exists()
        assert f"(3.9.18): it is now {name}." in capsys.readouterr().err
        shutil.rmtree(root / ".venv")
    assert len(filled) == 2


def test_one_that_cannot_serve_stays_where_it_is_while_there_is_no_better(machine, root):
    stand_in(root / ".venv" / "bin", "python", (3, 9, 18))
    with pytest.raises(SystemExit, match="here is no Python that runs"):
        ready(root)
    assert (root / ".venv" / "bin" / "python").exists()


@pytest.mark.parametrize("damage", ["no stamp", "another folder", "no Python"])
def test_one_made_by_make_that_cannot_serve_is_made_anew(root, monkeypatch, damage):
    made = []
    monkeypatch.setattr(environment, "_anew", lambda *arguments: made.append(arguments))
    folder = filled(root, marked=True)
    if damage == "another folder":
        root = root.rename(root.with_name("moved"))
    else:
        (folder / {"no stamp": STAMP, "no Python": "bin/python"}[damage]).unlink()
    ready(root)
    assert len(made) == 1


@pytest.mark.parametrize("marked", [True, False], ids=["made by make", "made by hand"])
def test_make_clean_keeps_what_make_did_not_make(tmp_path, marked):
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".venv").mkdir()
    if marked:
        (tmp_path / ".venv" / MARK).touch()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / ".venv").exists() != marked


# What is mended


def truncated(site: Path) -> None:
    (site / "small.py").write_bytes(WHOLE[:5])


def altered(site: Path) -> None:
    (site / "small.py").write_bytes(WHOLE.swapcase())
    os.utime(site / "small.py", (1e9, 1e9))


def lost(site: Path) -> None:
    (site / "small.py").unlink()


def without_record(site: Path) -> None:
    (site / "small-1.0.dist-info" / "RECORD").write_text("small.py,sha2")


@pytest.mark.parametrize("marked", [True, False], ids=["made by make", "made by hand"])
@pytest.mark.parametrize("damage", [truncated, altered, lost, without_record])
def test_a_damaged_package_is_installed_again(root, damage, marked, capfd):
    site = environment._site(filled(root, marked))
    damage(site)
    ready(root)
    install = "pip sync requirements.txt" if marked else "pip install --requirement requirements.txt"
    assert calls(root) == [install, "cache clean", "pip install --requirement requirements.txt"]
    assert (site / "small.py").read_bytes() == WHOLE
    assert "Damaged in .venv, installed again: small." in capfd.readouterr().err
    ready(root)
    assert calls(root) == []


def test_a_file_that_is_only_newer_is_not_damaged(root):
    site = environment._site(filled(root, marked=True))
    (site / "small.py").touch()
    ready(root)
    assert calls(root) == ["pip sync requirements.txt"]


def test_a_damaged_file_in_the_cache_of_uv_is_seen_at_once(root):
    with_environment(root, marked=False)
    truncated(root / "source")
    with pytest.raises(SystemExit, match="small stays damaged"):
        ready(root)
    assert not (root / ".venv" / STAMP).exists()


def test_the_root_is_importable_in_every_locale(root):
    python = filled(root, marked=True) / "bin" / "python"
    subprocess.run([python, "-c", "import found_in_the_root"], env={"LC_ALL": "C"}, cwd="/", check=True)


# One at a time


def test_a_second_make_waits_and_says_so(tmp_path):
    alone = [sys.executable, ROOT / "tools" / "environment.py", "--alone", tmp_path / "lock"]
    with environment.alone(tmp_path / "lock", "runs"):
        second = subprocess.Popen([*alone, "echo", "done"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert "waiting" in second.stderr.readline()
        assert second.poll() is None
    assert second.communicate()[0] == "done\n"
    assert second.returncode == 0


def test_a_lock_that_was_removed_keeps_nobody_out(tmp_path):
    with environment.alone(tmp_path / "lock", "runs"):
        (tmp_path / "lock").unlink()
        assert main(["--alone", str(tmp_path / "lock"), sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(SystemExit, match="Copy the repository to where you may write"),
        environment.alone(tmp_path / "file" / "lock", "runs"),
    ):
        pass


# One range of Pythons and releases


def test_any_python_from_3_8_on_reads_the_set_up():
    tree = ast.parse((ROOT / "tools" / "environment.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module.partition(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


def test_the_range_of_pythons_is_the_same_everywhere():
    (oldest, newest), beyond = (environment.OLDEST, environment.NEWEST), environment.NEWEST[1] + 1
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'requires-python = ">={oldest[0]}.{oldest[1]},<{newest[0]}.{beyond}"' in project
    assert f'target-version = "py{oldest[0]}{oldest[1]}"' in project
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python {oldest[0]}.{oldest[1]} to {newest[0]}.{newest[1]}" in readme
    assert f"--python-version {oldest[0]}.{oldest[1]}" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_direct_requirement_has_a_lower_bound():
    lines = releases.requirements()
    assert lines
    assert not [line for line in lines if not re.match(r"[a-z0-9-]+(>=|==)\d", line)]


def test_the_newest_releases_are_tried_without_upper_bounds():
    newest = releases.admitted("\n".join(releases.requirements()), "latest")
    assert [line.split("<")[0] for line in newest.splitlines() if re.match(r"[a-z].*(<|==)", line)] == [
        "jupyter-book==1.0.4.post1",
        "sphinx-book-theme>=1.1.4,",
    ]


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")
def test_the_debian_script_is_one_that_a_shell_reads():
    subprocess.run(["sh", "-n", ROOT / "tools" / "debian13.sh"], check=True)
