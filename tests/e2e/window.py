"""A program with a window, started as a user would start it, and its output."""

from __future__ import annotations

import re
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
"""Lines that Qt writes to stderr for every program on such a desktop; nothing else may be written."""
ROW_GONE = re.compile(r".*QAccessible(?:List|Table|Tree)::child: Invalid index at: \d+ \d+")
"""What Qt writes if a row is removed after the driver has counted the rows and before it asks for the last of them."""
LATE_DEVICE = re.compile(r"ALSA lib pcm\.c:\d+:\(snd_pcm_recover\) (?:under|over)run occurred")
"""What ALSA writes by itself if the machine is too busy to serve the device in time. PortAudio recovers from it."""

ROOT = Path(__file__).resolve().parents[2]
CLOSE_TIMEOUT_SECONDS = 10.0


class Window(Node):
    """The root of the program's accessibility tree, its process and its output.

    Attributes:
        process: the program.
        expected_lines: further lines of output that the test allows.
        output_file: file with the program's stdout and stderr.
    """

    def __init__(self, desktop: VirtualDesktop, command: Sequence[str], folder: Path) -> None:
        self.desktop = desktop
        self.expected_lines: set[str] = set()
        self.output_file = _unique_path(folder / "stderr.txt")
        with self.output_file.open("wb") as stderr:
            self.process = subprocess.Popen(
                command, env=desktop.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr
            )
        try:
            application = desktop.tree.application(self.process.pid)
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}; it wrote:\n{self.output_file.read_text()}") from error
        super().__init__(desktop.tree, application._number)

    @property
    def children(self) -> list[psutil.Process]:
        """Running child processes of the program, such as the demo service."""
        try:
            started = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return [child for child in started if child.status() != psutil.STATUS_ZOMBIE]

    def key(self, *keys: str) -> None:
        self.desktop.activate(self.process.pid)
        self.desktop.key(*keys)

    def type(self, text: str) -> None:
        self.desktop.activate(self.process.pid)
        self.desktop.type(text)

    def screenshot(self, path: Path) -> None:
        self.desktop.screenshot(path)

    def close(self) -> int:
        """Terminate the program and return its exit code. If it takes more than ten seconds, kill it and fail."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(CLOSE_TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"it did not end within {CLOSE_TIMEOUT_SECONDS} s of SIGTERM") from None
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def unexpected_output(self) -> list[str]:
        """Return the lines on stdout and stderr that are not allowed."""
        lines = self.output_file.read_text(encoding="utf-8", errors="replace").splitlines()
        allowed = ALLOWED_LINES | self.expected_lines
        return [line for line in lines if line.strip() and line not in allowed and not _is_of_the_machine(line)]


def _is_of_the_machine(line: str) -> bool:
    """Return whether Qt or ALSA writes this line when a busy machine changes the order of things."""
    return any(pattern.fullmatch(line) for pattern in (ROW_GONE, LATE_DEVICE))


def workbench(*arguments: str, home: Path) -> list[str]:
    """Return the command line of the workbench."""
    return [sys.executable, "-m", "app", "--home", str(home), "--lang", "en", *arguments]


def wait_until_ended(processes: Sequence[psutil.Process], timeout: float = 5.0) -> None:
    """Fail if any of the processes is still running after `timeout` seconds."""
    _, remaining = psutil.wait_procs(list(processes), timeout=timeout)
    running = [process for process in remaining if process.status() != psutil.STATUS_ZOMBIE]
    assert not running, f"still running: {[process.cmdline() for process in running]}"


def _unique_path(path: Path) -> Path:
    """Return `path`, with a number before its suffix if it exists already."""
    number = 2
    candidate = path
    while candidate.exists():
        candidate = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return candidate
