"""`takes-at-once`: how long the window's loop pauses while eight takes are made, heard and drawn at the same time.

The real window, offscreen, on its own demo service. A pause is how much later than asked a timer of two milliseconds
fires; the 99th percentile of the pauses between the press and the last take's end stands beside one repaint of a page
of plain text in a bare `QTextBrowser` of the same process, both of the best round. `takes-at-once-list` is the
processor time of the window's thread for a second of this, beside that of a bare `QListWidget` whose eight rows change
as often.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QListWidget, QTextBrowser

from tests.benchmarks.row import Row, row

TAKES = 8
ROUNDS = 4
"""The best counts: what else the machine does only adds to it."""
PAGE = 800, 900
PAGE_CHARACTERS = 48 * 1024
TICK_MS = 2
TEXT = "The tide is turning, my friend, and the ferry leaves at nine. Bring the lantern, the rope and the good knife. "
CHANGES_PER_SECOND = 10
"""Of each take while it arrives: `PROGRESS_INTERVAL_SECONDS`."""
TIMEOUT_SECONDS = 120.0


def run() -> list[Row]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.benchmarks.takes_at_once"]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [*command, folder], env=environment, check=True, stdout=subprocess.PIPE, timeout=2 * TIMEOUT_SECONDS
        )
    measured = json.loads(done.stdout.splitlines()[-1])
    return [
        row(
            "takes-at-once", measured["pause"] * 1e3, "ms", peer="a page repaint",
            peer_value=measured["repaint"] * 1e3, at_most=3,
        ),
        row(
            "takes-at-once-list", measured["busy"] * 1e3, "ms/s", peer="a bare QListWidget",
            peer_value=measured["bare"] * 1e3, at_most=4,
        ),
    ]  # fmt: skip


class Ticks:
    """Measures how late a timer is, and how much processor time the loop's thread takes between two of its ticks."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.busy: list[float] = []
        self._last_busy = 0.0
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        self._last, self._last_busy = time.perf_counter(), time.thread_time()
        self._timer.start()

    def end(self) -> float:
        """Stop; return the 99th percentile of the pauses in seconds."""
        self._timer.stop()
        return statistics.quantiles(self.late, n=100)[98]

    def _tick(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        self.late.append(max(0.0, now - self._last - TICK_MS / 1e3))
        self.busy.append(busy - self._last_busy)
        self._last, self._last_busy = now, busy


async def repaint_seconds() -> float:
    browser = QTextBrowser()
    browser.resize(*PAGE)
    browser.setPlainText((TEXT * (PAGE_CHARACTERS // len(TEXT) + 1))[:PAGE_CHARACTERS])
    browser.show()
    await asyncio.sleep(0.2)
    took: list[float] = []
    for _ in range(60):
        start = time.perf_counter()
        browser.viewport().repaint()
        took.append(time.perf_counter() - start)
    browser.close()
    return statistics.median(took)


async def bare_list_seconds() -> float:
    """Processor time for a second of a list whose rows all change as often as takes do."""
    rows = QListWidget()
    rows.resize(400, 700)
    rows.addItems([f"Take {number}" for number in range(TAKES)])
    rows.show()
    await asyncio.sleep(0.2)
    changes = 0

    def change() -> None:
        nonlocal changes
        changes += 1
        rows.item(changes % TAKES).setText(f"Take {changes % TAKES + 1} · {changes / CHANGES_PER_SECOND:.1f} s")

    timer = QTimer()
    timer.timeout.connect(change)
    timer.start(1000 // (CHANGES_PER_SECOND * TAKES))
    began, wall = time.thread_time(), time.perf_counter()
    await asyncio.sleep(2.0)
    busy = (time.thread_time() - began) / (time.perf_counter() - wall)
    timer.stop()
    rows.close()
    return busy


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while not condition():
            await asyncio.sleep(0.05)


async def measure() -> dict[str, float]:
    """Press Speak for one take, so that everything is loaded, then for eight."""
    from app.ui.studio.view import StudioView
    from app.ui.window import Window

    (window,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window))
    window.resize(1440, 900)
    window.show_view("studio")
    (view,) = window.findChildren(StudioView)
    await until(lambda: view.model.key())
    view.text.set_plain_text(TEXT * 2)
    takes = view.takes_panel.model.takes

    async def speak(number: int, total: int) -> None:
        view.takes_at_once.setValue(number)
        view.speak.click()
        await until(lambda: len(takes()) == total and all(take.has_ended for take in takes()))

    await speak(1, 1)
    bare = await bare_list_seconds()
    rounds: list[dict[str, float]] = []
    for number in range(1, ROUNDS + 1):
        repaint = await repaint_seconds()
        ticks = Ticks()
        ticks.begin()
        began, wall = time.thread_time(), time.perf_counter()
        await speak(TAKES, 1 + number * TAKES)
        busy = (time.thread_time() - began) / (time.perf_counter() - wall)
        rounds.append({"pause": ticks.end(), "repaint": repaint, "busy": busy})
    assert all(take.state == "done" for take in takes()), [(take.state, take.error) for take in takes()]
    return {name: min(one[name] for one in rounds) for name in rounds[0]} | {"bare": bare}


def main(folder: Path) -> None:
    from app.arguments import parse
    from app.composition.workbench import Workbench
    from app.core.redaction import Redactor
    from app.core.settings import Settings
    from app.storage.home import open_home
    from app.ui import runtime

    application = runtime.make_application([sys.argv[0]])
    workbench = Workbench(parse(["--demo", "--lang", "en"]), open_home(folder), Settings(), Redactor(), None)
    measured: list[dict[str, float] | BaseException] = []

    async def begin(running: Any) -> None:
        try:
            await workbench.start(running)
            measured.append(await measure())
        except BaseException as error:
            measured.append(error)
        running.quit()

    runtime.run(application, begin)
    (result,) = measured
    if isinstance(result, BaseException):
        raise result
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
