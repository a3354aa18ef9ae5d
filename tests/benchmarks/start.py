"""From the start of the program to the first key that reaches the composer.

Keys are typed on a private desktop from the first moment on; the one that arrives first counts. The peer is the time
until a bare PySide6 window is visible there. Both are wall time of fresh processes with warm file caches, best of five.
`start-library` is the same with 100,000 messages in the home, against an empty one.
"""

from __future__ import annotations

import asyncio
import compileall
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.row import Row, row
from tests.benchmarks.stored_conversations import make_home
from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import ROOT, workbench

MAX_RATIO = 2.2
MAX_LIBRARY_RATIO = 1.1
MESSAGES = 100_000
ROUNDS = 5
TIMEOUT_SECONDS = 60.0

BARE = [sys.executable, str(Path(__file__).with_name("empty_window.py"))]


def run() -> list[Row]:
    # As installed: where Python may not write bytecode, it would compile the sources anew at every start.
    compileall.compile_dir(ROOT / "app", quiet=1)
    first_keys, with_library, shown = [], [], []
    with VirtualDesktop() as desk, tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        asyncio.run(make_home(library, MESSAGES))
        for number in range(ROUNDS + 1):  # The first round warms the file caches.
            shown.append(_shown(desk))
            first_keys.append(_first_key(desk, Path(folder) / f"empty {number}"))
            with_library.append(_first_key(desk, library))
    return [
        row(
            "start",
            min(first_keys[1:]),
            "s",
            peer="a bare PySide6 window is visible",
            peer_value=min(shown[1:]),
            at_most=MAX_RATIO,
        ),
        row(
            "start-library",
            min(with_library[1:]),
            "s",
            peer="with an empty home",
            peer_value=min(first_keys[1:]),
            at_most=MAX_LIBRARY_RATIO,
        ),
    ]


def _shown(desk: VirtualDesktop) -> float:
    started = time.monotonic()
    program = _begin(desk, BARE)
    try:
        while not desk.has_visible_window(program.pid):
            assert program.poll() is None, "the bare window ended"
            assert time.monotonic() - started < TIMEOUT_SECONDS, "the bare window did not show"
        return time.monotonic() - started
    finally:
        program.kill()
        program.wait()


def _first_key(desk: VirtualDesktop, home: Path) -> float:
    desk.tree.ask("wait_for_input", name="Message", timeout=TIMEOUT_SECONDS)
    started = time.monotonic()
    program = _begin(desk, workbench("--demo", home=home))
    try:
        while not desk.tree.has_answer():
            assert program.poll() is None, "the workbench ended"
            desk.key("a")
        arrived = desk.tree.read_answer("wait_for_input")
        assert arrived is not None, "no key reached the composer"
        return float(arrived) - started
    finally:
        program.terminate()
        program.wait(20)


def _begin(desk: VirtualDesktop, command: list[str]) -> subprocess.Popen[bytes]:
    silent = subprocess.DEVNULL
    return subprocess.Popen(command, env=desk.environment, cwd=ROOT, stdin=silent, stdout=silent, stderr=silent)
