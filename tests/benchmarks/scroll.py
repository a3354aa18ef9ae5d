"""`scroll`: a frame of scrolling through a conversation of long answers, in process CPU time.

The transcript scrolls by three lines at a time over answers of prose, lists, code, tables and formulas. The 95th
percentile of a frame stands beside one repaint of a page of the same text in a bare `QTextBrowser`.
"""

from __future__ import annotations

import os
import time

from PySide6.QtWidgets import QApplication

from tests.benchmarks.apart import apart
from tests.benchmarks.pages import PAGE, mixed, percentile, repaint_seconds
from tests.benchmarks.row import Row, row

ANSWERS = 8
CHARACTERS = 12 * 1024
STEP = 60
"""Logical pixels of a frame: a notch of the wheel in two frames."""
FRAMES = 400
ROUNDS = 2
MAX_REPAINTS = 2.0


def run() -> list[Row]:
    """The rows of this benchmark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    frame = min(percentile(frames(), 95) for _ in range(ROUNDS))
    repaint = apart("scroll", "page")
    application.processEvents()
    return [
        row("scroll", frame * 1e3, "ms/frame", peer="a page repaint", peer_value=repaint * 1e3, at_most=MAX_REPAINTS)
    ]


def page() -> float:
    """CPU seconds of one repaint of a page."""
    return repaint_seconds(mixed())


def frames() -> list[float]:
    """CPU seconds of each frame, upwards from the end."""
    from app.core.messages import Message, Text
    from app.ui.chat.transcript.transcript import Transcript
    from app.ui.theme.theme import theme

    transcript = Transcript()
    transcript.resize(*PAGE)
    theme().style_window(transcript)
    transcript.show()
    text = mixed(CHARACTERS)
    transcript.show_messages([Message(f"m{n}", "assistant", (Text(text),)) for n in range(ANSWERS)])
    end = time.monotonic() + 3
    while time.monotonic() < end:  # colours and formulas come later
        QApplication.processEvents()
        time.sleep(0.005)
    bar = transcript.verticalScrollBar()
    took: list[float] = []
    for _ in range(FRAMES):
        start = time.process_time()
        bar.setValue(bar.value() - STEP)
        QApplication.processEvents()
        took.append(time.process_time() - start)
    transcript.close()
    transcript.deleteLater()
    return took
