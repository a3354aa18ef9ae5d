"""`draw-…`: what drawing an answer costs while it streams, in process CPU time.

48 KB of one kind of block arrive in the transcript in pieces of four characters. Each is drawn at once: a flush is its
parsing, its layout, the scrolling and the painting it causes, in the program less often than the pieces arrive.
`draw-prose`, `draw-list`, `draw-table` and `draw-code` are the 95th percentile of a flush beside one repaint of a page
of the same text; `draw-prose-plain` and so on beside that of a bare `QTextBrowser` that gets the pieces as plain text
and follows its end. One line of code costs that one about as much as painting the page of short lines anew, because it
moves the pixels of the page: `draw-code` can't reach its goal. `draw-growth` is the sum of all flushes of 200 KB of
everything beside that of 48 KB, and `draw-plain` the same 200 KB beside a bare `QTextBrowser` that gets the pieces as
plain text; in both the pieces are four times as long, which takes a quarter of the time. The floors are measured in
processes of their own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QTextBrowser

from tests.benchmarks.apart import apart
from tests.benchmarks.pages import CHUNK, PAGE, chunks, mixed, of_one_kind, percentile, repaint_seconds
from tests.benchmarks.row import Row, row

LARGE = 200 * 1024
GROWTH_CHUNK = 4 * CHUNK
GROWTH_ROUNDS = 2
"""The best counts: what else the machine does only adds to it."""
MAX_OF_REPAINT, MAX_GROWTH, MAX_OF_BARE = 0.7, 4.5, 4.0


def run() -> list[Row]:
    """The rows of this benchmark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    rows: list[Row] = []
    for kind, text in of_one_kind().items():
        flush, page = percentile(answer(text), 95), apart("draw", "repaint", kind)
        rows.append(
            row(
                f"draw-{kind}", flush * 1e3, "ms/flush", peer="a page repaint", peer_value=page * 1e3,
                at_most=MAX_OF_REPAINT,
            )
        )  # fmt: skip
        stream = apart("draw", "bare_flush", kind)
        rows.append(
            row(
                f"draw-{kind}-plain", flush * 1e3, "ms/flush", peer="QTextBrowser", peer_value=stream * 1e3,
                at_most=MAX_OF_BARE,
            )
        )  # fmt: skip
    small = min(sum(answer(mixed(), GROWTH_CHUNK)) for _ in range(GROWTH_ROUNDS))
    large, bare = sum(answer(mixed(LARGE), GROWTH_CHUNK)), apart("draw", "bare")
    application.processEvents()
    return [
        *rows,
        row("draw-growth", large, "s for 200 KB", peer="48 KB", peer_value=small, at_most=MAX_GROWTH),
        row("draw-plain", large, "s for 200 KB", peer="QTextBrowser", peer_value=bare, at_most=MAX_OF_BARE),
    ]


def bare() -> float:
    """CPU seconds that a bare widget takes to show the pieces of 200 KB."""
    return sum(plain(mixed(LARGE), GROWTH_CHUNK))


def bare_flush(kind: str) -> float:
    """The 95th percentile of the CPU seconds that a bare widget takes for a piece of one kind of block."""
    return percentile(plain(of_one_kind()[kind]), 95)


def repaint(kind: str) -> float:
    """CPU seconds of repainting a page of one kind of block."""
    return repaint_seconds(of_one_kind()[kind])


def answer(text: str, size: int = CHUNK) -> list[float]:
    """CPU seconds of each flush of an answer that streams into the transcript."""
    from app.core.messages import Message
    from app.ui.chat.transcript.transcript import Transcript
    from app.ui.theme.theme import theme

    transcript = Transcript()
    transcript.resize(*PAGE)
    theme().style_window(transcript)
    transcript.show()
    transcript.begin(Message("answer", "assistant"))
    QApplication.processEvents()

    def draw(piece: str) -> None:
        transcript.append_text("answer", 0, piece)
        transcript.flush()

    took = _timed(text, draw, size)
    transcript.close()
    transcript.deleteLater()
    return took


def plain(text: str, size: int = CHUNK) -> list[float]:
    """CPU seconds of each piece of a text that a bare widget shows and scrolls to."""
    browser = QTextBrowser()
    browser.resize(*PAGE)
    browser.show()
    QApplication.processEvents()
    cursor = QTextCursor(browser.document())

    def draw(piece: str) -> None:
        cursor.insertText(piece)
        browser.verticalScrollBar().setValue(browser.verticalScrollBar().maximum())

    took = _timed(text, draw, size)
    browser.close()
    return took


def _timed(text: str, draw: Callable[[str], object], size: int) -> list[float]:
    took: list[float] = []
    for piece in chunks(text, size):
        start = time.process_time()
        draw(piece)
        QApplication.processEvents()
        took.append(time.process_time() - start)
    return took
