"""Memory of the workbench that has started and rests, with the demo service ready.

Counted is the window's own process (the demo service is another program, which a user with a key never starts), as
proportional set size: private pages plus the process's share of those it has in common with others.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from tests.benchmarks.row import Row, row
from tests.benchmarks.start import BARE
from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window, workbench

MAX_RATIO = 3.0
REST_SECONDS = 1.0
TIMEOUT_SECONDS = 60.0


def run() -> list[Row]:
    with VirtualDesktop() as desk, tempfile.TemporaryDirectory() as folder:
        bare = _resting_memory(desk, BARE, Path(folder))
        ours = _resting_memory(desk, workbench("--demo", home=Path(folder) / "home"), Path(folder))
    return [row("idle-memory", ours, "MB", peer="a bare PySide6 window", peer_value=bare, at_most=MAX_RATIO)]


def _resting_memory(desk: VirtualDesktop, command: list[str], folder: Path) -> float:
    """Proportional set size in MB once the program used no processor time worth mentioning for a second."""
    window = Window(desk, command, folder)
    try:
        program = psutil.Process(window.process.pid)
        end = time.monotonic() + TIMEOUT_SECONDS
        while True:
            before = sum(program.cpu_times()[:2])
            time.sleep(REST_SECONDS)
            if sum(program.cpu_times()[:2]) - before < 0.03:
                return float(program.memory_full_info().pss) / 1e6
            assert time.monotonic() < end, "the program did not come to rest"
    finally:
        window.process.terminate()
        try:
            window.process.wait(20)
        except subprocess.TimeoutExpired:
            window.kill()
