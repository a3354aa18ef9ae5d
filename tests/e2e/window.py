"""A program with a window, started as a person would start it and watched until it ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.e2e.tree import Node
from tests.e2e.virtual_desktop import VirtualDesktop

ALLOWED_LINES = frozenset(
    {
        "This plugin does not support propagateSizeHints()",
        'qt.accessibility.atspi: AtSpiAdaptor::applicationInterface does not implement "GetApplicationBusAddress" '
        '"/org/a11y/atspi/accessible/root"',
    }
)
"""On stderr, and nothing else: what Qt says of every program on such a desktop."""

ROOT = Path(__file__).resolve().parents[2]
CLOSE_SECONDS = 10.0


class Window(Node):
    """The top of the program's accessibility tree, its process and what it wrote.

    Attributes:
        process: the program.
        expected: lines a test provokes, allowed for this window only.
        stderr_file: where everything it writes to stderr goes.
    """

    def __init__(self, desk: VirtualDesktop, command: Sequence[str], folder: Path) -> None:
        self.desk = desk
        self.expected: set[str] = set()
        self.stderr_file = _unused(folder / "stderr.txt")
        with self.stderr_file.open("wb") as stderr:
            self.process = subprocess.Popen(
                command, env=desk.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr
            )
        try:
            application = desk.tree.application(self.process.pid)
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}; it wrote:\n{self.stderr_file.read_text()}") from error
        super().__init__(desk.tree, application._number)

    @property
    def children(self) -> list[psutil.Process]:
        """The processes it started and that still run, such as the demo service."""
        try:
            started = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return [child for child in started if child.status() != psutil.STATUS_ZOMBIE]

    def key(self, *keys: str) -> None:
        self.desk.activate(self.process.pid)
        self.desk.key(*keys)

    def type(self, text: str) -> None:
        self.desk.activate(self.process.pid)
        self.desk.type(text)

    def screenshot(self, path: Path) -> None:
        self.desk.screenshot(path)

    def close(self) -> int:
        """Ask it to end and wait; the exit code. After ten seconds it is killed, and that fails."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(CLOSE_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"it did not end within {CLOSE_SECONDS} s of SIGTERM") from None
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def complaints(self) -> list[str]:
        """Lines on stdout and stderr that are not allowed."""
        lines = self.stderr_file.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if line.strip() and line not in ALLOWED_LINES | self.expected]


def workbench(*arguments: str, home: Path) -> list[str]:
    """The command line of the real program."""
    return [sys.executable, "-m", "app", "--home", str(home), "--lang", "en", *arguments]


def wait_until_gone(processes: Sequence[psutil.Process], timeout: float = 5.0) -> None:
    """Fails if one of them still runs after `timeout` seconds."""
    _, alive = psutil.wait_procs(list(processes), timeout=timeout)
    running = [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
    assert not running, f"still running: {[process.cmdline() for process in running]}"


def _unused(path: Path) -> Path:
    """`path`, or with a number before its suffix where that exists."""
    number = 2
    candidate = path
    while candidate.exists():
        candidate = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return candidate
