"""The set-up from a checkout: what it makes, what it mends, and what it says when it can't."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
BOOTSTRAP = ROOT / "packaging" / "bootstrap.py"
sys.path.insert(0, str(BOOTSTRAP.parent))

import bootstrap as commands  # noqa: E402
from setup_steps import environment, pythons, system  # noqa: E402
from setup_steps.console import Stop  # noqa: E402


class Checkout:
    """A checkout without packages to install, so that only the steps around that are slow or fast.

    Attributes:
        installed: how often packages were installed.
    """

    def __init__(self, root: Path) -> None:
        self.lock = root / "requirements.lock"
        self.venv = root / ".venv"
        self.stamp = self.venv / "set-up-stamp"
        self.python = self.venv / "bin" / "python"
        self.installed = 0
        root.mkdir()
        self.lock.write_text("")
        (root / "pyproject.toml").write_text("")

    def install(self) -> None:
        self.installed += 1


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    made = Checkout(tmp_path / "work bench 工作台")
    call = environment._call

    def call_without_pip(command: list[str], quietly: bool = False) -> bool:
        return call([*command, "--without-pip"] if "venv" in command else command, quietly)

    for name, value in {
        "ROOT": made.lock.parent,
        "VENV": made.venv,
        "LOCK": made.lock,
        "STAMP": made.stamp,
        "PYTHON": made.python,
        "_install": made.install,
        "_call": call_without_pip,
    }.items():
        monkeypatch.setattr(environment, name, value)
    monkeypatch.setattr(pythons, "uv", lambda: None)
    return made


def test_a_second_call_finds_everything_done(checkout: Checkout) -> None:
    environment.make()
    started = time.monotonic()
    environment.make()
    assert time.monotonic() - started < 0.2
    assert checkout.installed == 1
    assert subprocess.run([checkout.python, "-c", "pass"]).returncode == 0


def test_an_interrupted_set_up_is_made_again_from_nothing(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        (checkout.venv / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.make()
    assert (checkout.venv / "half").exists()
    environment.make()
    assert not (checkout.venv / "half").exists()
    assert checkout.installed == 1


def test_a_changed_lock_file_updates_in_place(checkout: Checkout) -> None:
    environment.make()
    (checkout.venv / "kept").touch()
    checkout.lock.write_text("# another version\n")
    environment.make()
    assert (checkout.venv / "kept").exists()
    assert checkout.installed == 2


def test_an_interrupted_update_is_made_again(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.make()
    checkout.lock.write_text("# another version\n")

    def broken() -> None:
        raise Stop("no network")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", broken)
        with pytest.raises(Stop):
            environment.make()
    assert not checkout.stamp.exists()
    environment.make()
    assert checkout.installed == 2


def test_an_interpreter_that_is_gone_is_replaced(checkout: Checkout) -> None:
    environment.make()
    checkout.python.unlink()
    checkout.python.symlink_to("/nowhere/python3")
    environment.make()
    assert subprocess.run([checkout.python, "-c", "pass"]).returncode == 0


def test_an_environment_can_be_made_again_by_the_python_inside_it(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.make()
    checkout.stamp.unlink()
    (checkout.venv / "half").touch()
    monkeypatch.setattr(sys, "executable", str(checkout.python))
    monkeypatch.setenv("PATH", str(checkout.python.parent))
    environment.make()
    assert not (checkout.venv / "half").exists()
    assert subprocess.run([checkout.python, "-c", "pass"]).returncode == 0


def test_an_environment_that_is_held_is_named_with_what_to_do(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(folder: Path) -> None:
        raise PermissionError(13, "Access is denied", str(folder / "Scripts" / "python.exe"))

    environment.make()
    checkout.stamp.unlink()
    monkeypatch.setattr(environment.shutil, "rmtree", held)
    with pytest.raises(Stop, match=r"Access is denied.* run this again with a Python outside of it"):
        environment.make()


def test_of_two_set_ups_at_once_one_waits_and_finds_it_done(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    first_installs, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        checkout.install()
        first_installs.set()
        assert go_on.wait(10)

    monkeypatch.setattr(environment, "_install", slow)
    first = threading.Thread(target=environment.make)
    second = threading.Thread(target=environment.make)
    first.start()
    assert first_installs.wait(10)
    second.start()
    while "waiting" not in capfd.readouterr().err:
        time.sleep(0.01)
    go_on.set()
    first.join(10)
    second.join(10)
    assert checkout.installed == 1


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_a_python_that_refuses_or_is_too_old_is_passed_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program(path / "old", "echo 3 8 /old"))
    program(path / "python3.12", "echo 'not installed here' >&2; exit 127")
    program(path / "python3.11", "echo 3 11 '/a place/python3.11'")
    monkeypatch.setattr(pythons.shutil, "which", lambda name: found if (found := path / name).exists() else None)
    assert pythons.find() == pythons.Python((3, 11), "/a place/python3.11")


def test_a_python_with_wheels_comes_before_a_newer_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program(path / "new", "echo 3 13 /new"))
    program(path / "python3.12", "echo 3 12 /best")
    assert pythons.find() == pythons.Python((3, 12), "/best")


def test_without_any_python_it_says_what_to_install(
    checkout: Checkout, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pythons, "find", lambda: None)
    with pytest.raises(Stop, match=r"Python 3\.11 .* or install uv"):
        environment.make()


@pytest.fixture
def debian(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian with libegl1 and, under its newer name, libglib2.0-0; what apt-get is called with goes to `calls`."""
    listing = r"installed\tlibegl1\t\ninstalled\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80)\nconfig-files\topenbox\t\n"
    program(path / "dpkg-query", f"printf '{listing}'")
    program(path / "apt-get", f'echo "$@" >> "{path}/calls"')
    monkeypatch.setattr(sys, "platform", "linux")
    return path / "calls"


WANTED = ("libegl1", "libglib2.0-0", "openbox", "xvfb")


def test_missing_system_packages_are_named_with_the_exact_command(
    debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Stop, match=r"\n    sudo apt-get install openbox xvfb\n"):
        system.require(WANTED)
    assert not debian.exists()


def test_root_installs_them(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system.require(WANTED)
    update, install = debian.read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends openbox xvfb")


def test_nothing_is_installed_where_nothing_is_missing(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system.require(("libegl1", "libglib2.0-0"))
    assert not debian.exists()


def bootstrap(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run([sys.executable, BOOTSTRAP, *arguments], env=env | environ, capture_output=True, text=True)


def test_without_a_display_run_says_so_in_one_sentence() -> None:
    ended = bootstrap("run")
    assert ended.returncode == 1
    assert "there is no display to open a window on" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("argument", "needed"), [("--help", []), ("-h", []), ("--version", []), ("--healthcheck", [system.WINDOW])]
)
def test_what_is_answered_in_the_terminal_needs_nothing_of_the_system(
    argument: str, needed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    required: list[tuple[str, ...]] = []
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(system, "require", required.append)
    monkeypatch.setattr(environment, "make", lambda: None)
    monkeypatch.setattr(commands.display, "present", lambda: False)
    monkeypatch.setattr(commands, "_become", lambda *words: started.append(words) or 0)
    assert commands.run(["--", argument]) == 0
    assert (required, started) == (needed, [("-m", "app", argument)])


def test_the_terminal_is_answered_without_qt() -> None:
    blocked = (
        "import sys; sys.modules['PySide6'] = None; sys.argv = ['app', '--version']; import app.main as m; m.main()"
    )
    ended = subprocess.run([sys.executable, "-c", blocked], cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_package_says_that_it_comes_later() -> None:
    ended = bootstrap("package")
    assert ended.returncode == 1
    assert "comes later" in ended.stderr
    assert "there is none yet" in bootstrap("--help").stdout


def test_an_unknown_command_is_answered_with_those_there_are() -> None:
    ended = bootstrap("start")
    assert ended.returncode == 2
    assert "run, test, bench, gallery, serve, package" in ended.stderr


def locked() -> dict[str, list[Requirement]]:
    """Lines of the lock file by distribution; more than one where versions differ by Python."""
    lines: dict[str, list[Requirement]] = {}
    for line in environment.LOCK.read_text().replace("\\\n", " ").splitlines():
        if line and not line.startswith((" ", "#")):
            assert "--hash=sha256:" in line
            requirement = Requirement(line.split("--hash")[0])
            lines.setdefault(canonical(requirement.name), []).append(requirement)
    return lines


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_file_has_a_fitting_version_of_everything_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    versions = locked()
    for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
        wanted = Requirement(line)
        found = versions.get(canonical(wanted.name))
        assert found, f"{wanted.name} is not locked; the lock file's first lines say how to write it anew"
        for pinned in found:
            (version,) = [Version(specifier.version) for specifier in pinned.specifier]
            assert version in wanted.specifier


def test_the_tests_that_want_the_machine_for_themselves_are_there() -> None:
    bootstrap = (ROOT / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    (alone,) = re.findall(r"^ALONE = (\(.*\))$", bootstrap, re.MULTILINE)
    paths = ast.literal_eval(alone)
    assert len(paths) > 2
    assert [path for path in paths if not (ROOT / path).exists()] == []
