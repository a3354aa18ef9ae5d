"""Setting up a checkout: creating, updating and repairing the environment, and its error messages."""

from __future__ import annotations

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
from setup_steps.console import SetupError  # noqa: E402


class Checkout:
    """A checkout without packages to install.

    Attributes:
        installed: number of times packages were installed.
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
    fake = Checkout(tmp_path / "work bench 工作台")
    call = environment._run

    def call_without_pip(command: list[str], quiet: bool = False) -> bool:
        return call([*command, "--without-pip"] if "venv" in command else command, quiet)

    for name, value in {
        "ROOT": fake.lock.parent,
        "VENV": fake.venv,
        "LOCK": fake.lock,
        "STAMP": fake.stamp,
        "PYTHON": fake.python,
        "_install": fake.install,
        "_run": call_without_pip,
    }.items():
        monkeypatch.setattr(environment, name, value)
    monkeypatch.setattr(pythons, "uv", lambda: None)
    return fake


def test_second_call_does_nothing(checkout: Checkout) -> None:
    environment.ensure()
    environment.ensure()
    assert checkout.installed == 1
    assert subprocess.run([checkout.python, "-c", "pass"]).returncode == 0


def test_interrupted_set_up_starts_again_from_scratch(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        (checkout.venv / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure()
    assert (checkout.venv / "half").exists()
    environment.ensure()
    assert not (checkout.venv / "half").exists()
    assert checkout.installed == 1


def test_changed_lock_file_updates_the_environment_in_place(checkout: Checkout) -> None:
    environment.ensure()
    (checkout.venv / "marker").touch()
    checkout.lock.write_text("# another version\n")
    environment.ensure()
    assert (checkout.venv / "marker").exists()
    assert checkout.installed == 2


def test_interrupted_update_is_repeated(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.ensure()
    checkout.lock.write_text("# another version\n")

    def broken() -> None:
        raise SetupError("no network")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", broken)
        with pytest.raises(SetupError):
            environment.ensure()
    assert not checkout.stamp.exists()
    environment.ensure()
    assert checkout.installed == 2


def test_missing_interpreter_is_replaced(checkout: Checkout) -> None:
    environment.ensure()
    checkout.python.unlink()
    checkout.python.symlink_to("/nowhere/python3")
    environment.ensure()
    assert subprocess.run([checkout.python, "-c", "pass"]).returncode == 0


def test_environment_can_be_created_again_by_its_own_python(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure()
    checkout.stamp.unlink()
    (checkout.venv / "half").touch()
    monkeypatch.setattr(sys, "executable", str(checkout.python))
    monkeypatch.setenv("PATH", str(checkout.python.parent))
    environment.ensure()
    assert not (checkout.venv / "half").exists()
    assert subprocess.run([checkout.python, "-c", "pass"]).returncode == 0


def test_locked_environment_is_reported_with_instructions(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny_access(folder: Path) -> None:
        raise PermissionError(13, "Access is denied", str(folder / "Scripts" / "python.exe"))

    environment.ensure()
    checkout.stamp.unlink()
    monkeypatch.setattr(environment.shutil, "rmtree", deny_access)
    with pytest.raises(SetupError, match=r"Access is denied.* run this again with a Python outside of it"):
        environment.ensure()


def test_concurrent_set_up_waits_for_the_first(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    first_installs, may_continue = threading.Event(), threading.Event()

    def slow() -> None:
        checkout.install()
        first_installs.set()
        assert may_continue.wait(10)

    monkeypatch.setattr(environment, "_install", slow)
    first = threading.Thread(target=environment.ensure)
    second = threading.Thread(target=environment.ensure)
    first.start()
    assert first_installs.wait(10)
    second.start()
    while "waiting" not in capfd.readouterr().err:
        time.sleep(0.01)
    may_continue.set()
    first.join(10)
    second.join(10)
    assert checkout.installed == 1


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the only entry of PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_broken_and_old_pythons_are_skipped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program(path / "old", "echo 3 8 /old"))
    program(path / "python3.12", "echo 'not installed here' >&2; exit 127")
    program(path / "python3.11", "echo 3 11 '/a place/python3.11'")
    monkeypatch.setattr(pythons.shutil, "which", lambda name: file if (file := path / name).exists() else None)
    assert pythons.find() == pythons.Python((3, 11), "/a place/python3.11")


def test_python_with_wheels_is_preferred_to_a_newer_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program(path / "new", "echo 3 13 /new"))
    program(path / "python3.12", "echo 3 12 /best")
    assert pythons.find() == pythons.Python((3, 12), "/best")


def test_missing_python_is_reported_with_instructions(
    checkout: Checkout, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pythons, "find", lambda: None)
    with pytest.raises(SetupError, match=r"Python 3\.11 .* or install uv"):
        environment.ensure()


@pytest.fixture
def debian(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fake Debian with libegl1 and, under its newer name, libglib2.0-0. Calls of apt-get are logged to `calls`."""
    listing = r"installed\tlibegl1\t\ninstalled\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80)\nconfig-files\topenbox\t\n"
    program(path / "dpkg-query", f"printf '{listing}'")
    program(path / "apt-get", f'echo "$@" >> "{path}/calls"')
    monkeypatch.setattr(sys, "platform", "linux")
    return path / "calls"


WANTED = ("libegl1", "libglib2.0-0", "openbox", "xvfb")


def test_missing_system_packages_are_reported_with_the_exact_command(
    debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupError, match=r"\n    sudo apt-get install openbox xvfb\n"):
        system.require(WANTED)
    assert not debian.exists()


def test_root_installs_missing_system_packages(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system.require(WANTED)
    update, install = debian.read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends openbox xvfb")


def test_nothing_is_installed_if_nothing_is_missing(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system.require(("libegl1", "libglib2.0-0"))
    assert not debian.exists()


def bootstrap(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run([sys.executable, BOOTSTRAP, *arguments], env=env | environ, capture_output=True, text=True)


def test_run_without_a_display_reports_it() -> None:
    result = bootstrap("run")
    assert result.returncode == 1
    assert "there is no display to open a window on" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("argument", "needed"), [("--help", []), ("-h", []), ("--version", []), ("--healthcheck", [system.WINDOW])]
)
def test_terminal_arguments_need_no_system_packages(
    argument: str, needed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    required: list[tuple[str, ...]] = []
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(system, "require", required.append)
    monkeypatch.setattr(environment, "ensure", lambda: None)
    monkeypatch.setattr(commands.display, "present", lambda: False)
    monkeypatch.setattr(commands, "_exec", lambda *command: started.append(command) or 0)
    assert commands.run(["--", argument]) == 0
    assert (required, started) == (needed, [("-m", "app", argument)])


def test_the_healthcheck_runs_without_a_display(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environ = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, "-m", "app", "--healthcheck", "--home", str(tmp_path / "home")]
    result = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr


def test_terminal_arguments_do_not_load_qt() -> None:
    blocked = (
        "import sys; sys.modules['PySide6'] = None; sys.argv = ['app', '--version']; import app.main as m; m.main()"
    )
    result = subprocess.run([sys.executable, "-c", blocked], cwd=ROOT, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


def test_package_is_reported_as_not_available() -> None:
    result = bootstrap("package")
    assert result.returncode == 1
    assert "not available yet" in result.stderr
    assert "not available yet" in bootstrap("--help").stdout


def test_unknown_command_lists_the_commands() -> None:
    result = bootstrap("start")
    assert result.returncode == 2
    assert "run, test, bench, gallery, serve, package" in result.stderr


def locked() -> dict[str, list[Requirement]]:
    """Requirements in the lock file by distribution; several if the version depends on the Python version."""
    lines: dict[str, list[Requirement]] = {}
    for line in environment.LOCK.read_text().replace("\\\n", " ").splitlines():
        if line and not line.startswith((" ", "#")):
            assert "--hash=sha256:" in line
            requirement = Requirement(line.split("--hash")[0])
            lines.setdefault(canonical(requirement.name), []).append(requirement)
    return lines


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_lock_file_satisfies_all_requirements_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    versions = locked()
    for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
        wanted = Requirement(line)
        pins = versions.get(canonical(wanted.name))
        assert pins, f"{wanted.name} is not locked; the lock file's first lines say how to update it"
        for pinned in pins:
            (version,) = [Version(specifier.version) for specifier in pinned.specifier]
            assert version in wanted.specifier


def test_tests_that_use_a_sound_device_run_serially() -> None:
    with_device = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"\bsound_desk: ", path.read_text(encoding="utf-8"))
    ]
    assert sorted(commands.SERIAL_TESTS) == sorted(with_device)
    assert commands.WINDOW_TESTS == ("tests/e2e",)
