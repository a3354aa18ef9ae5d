"""`takes-scroll`: a frame of scrolling through 1,000 takes, in process CPU time.

The 95th percentile of a frame stands beside one repaint of a page of text in a bare `QTextBrowser`, and beside the same
steps through a bare `QListView` with the names of the takes. `takes-scroll-open` is the time in which the list is
filled and first painted, beside that of the bare list.
"""

from __future__ import annotations

import os
import random
import time

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from app.core.takes import Take, VoiceSnapshot
from tests.benchmarks.apart import apart
from tests.benchmarks.pages import mixed, repaint_seconds, shown_and_scrolled
from tests.benchmarks.row import Row, row

TAKES = 1_000
SIZE = 392, 900
STEP = 60
"""Logical pixels of a frame: a notch of the wheel in two frames."""
FRAMES = 600
ROUNDS = 2
MAX_REPAINTS = 2.0
MAX_BARE = 4.0


def run() -> list[Row]:
    """The rows of this benchmark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    ours = min((_ours() for _ in range(ROUNDS)), key=lambda measured: measured[1])
    bare = min((_bare() for _ in range(ROUNDS)), key=lambda measured: measured[1])
    repaint = apart("takes_scroll", "page")
    application.processEvents()
    return [
        row(
            "takes-scroll", ours[1] * 1e3, "ms/frame", peer="a page repaint", peer_value=repaint * 1e3,
            at_most=MAX_REPAINTS,
        ),
        row(
            "takes-scroll-list", ours[1] * 1e3, "ms/frame", peer="a bare QListView", peer_value=bare[1] * 1e3,
            at_most=MAX_BARE,
        ),
        row("takes-scroll-open", ours[0] * 1e3, "ms", peer="a bare QListView", peer_value=bare[0] * 1e3),
    ]  # fmt: skip


def page() -> float:
    """CPU seconds of one repaint of a page."""
    return repaint_seconds(mixed())


def takes() -> tuple[Take, ...]:
    """Takes that differ in everything a row shows."""
    random_ = random.Random(1)
    made = []
    for number in range(1, TAKES + 1):
        peaks = random_.randbytes(480)
        made.append(
            Take(
                f"{number}", VoiceSnapshot("builtin", "Mia", "Mia"), f"Line {number} of the harbour master's log.",
                number=number, created=float(number), state="done", frames=24_000 * (2 + number % 17), peaks=peaks,
                loudness=-30.0 + number % 14, true_peak=-3.0, first_sound=0.2 + number % 9 / 10, last_byte=3.0,
                stars=number % 5 == 0, note="the warm one" * (number % 7 == 0),
                parent=str(number - 1) if number % 3 == 0 else None, relation="redo" if number % 3 == 0 else "",
            )
        )  # fmt: skip
    return tuple(made)


def _ours() -> tuple[float, float]:
    """CPU seconds until the list is shown, and of the 95th percentile of a frame."""
    from app.services.speech.loudness_matching import equal_gains
    from app.ui.studio.take_list import TakeList
    from app.ui.studio.take_model import TakeModel
    from app.ui.theme.theme import theme

    listed = takes()
    model, view = TakeModel(), TakeList("Takes", selects_many=True)
    view.setModel(model)
    theme().style_window(view)
    start = time.process_time()
    model.set_takes(listed)
    model.set_gains(equal_gains(listed))
    return shown_and_scrolled(view, start, SIZE, STEP, FRAMES)


def _bare() -> tuple[float, float]:
    """The same of a bare list with the names of the takes."""
    names = [f"Take {take.number} · {take.voice.name}\n{take.text}" for take in takes()]
    view = QListView()
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    start = time.process_time()
    view.setModel(QStringListModel(names, view))
    return shown_and_scrolled(view, start, SIZE, STEP, FRAMES)
