"""`draw`, `draw-plain`, `draw-growth`: what drawing an answer costs while it streams, in process CPU time.

An answer of 48 KB with headings, lists, tables and code arrives in 400 chunks, each drawn at once. `draw` is the mean
of a chunk, with the scrolling and painting it causes, beside one repaint of a page of plain text; `draw-plain` is the
answer beside appending its text to a bare editor; `draw-growth` the last 40 chunks beside the first 40. Best of 3.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea, QTextBrowser, QVBoxLayout, QWidget

from tests.benchmarks.row import Row, row

SIZE = 48 * 1024
CHUNKS = 400
PAGE = (800, 900)
ROUNDS = 3
EDGE = 40
"""Chunks at each end that are compared for the growth."""

SECTION = """## Part {n}

Some **bold** words about `code` number {n} and a [link](https://example.org/{n}). More words follow here so that the
paragraph takes a few lines of the window, as answers do, with 中文 too.

- one item of a list
- another *item*

```python
def f{n}(x):
    return x + {n}
```

| a | b |
|---|---|
| {n} | two |

"""
ANSWER = "".join(SECTION.format(n=n) for n in range(SIZE // len(SECTION) + 1))[:SIZE]


def run() -> list[Row]:
    """The rows of this benchmark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    ours = _best(_answer)
    plain = _best(_plain)
    repaint = min(_repaints())
    first, last = sum(ours[:EDGE]) / EDGE, sum(ours[-EDGE:]) / EDGE
    mean = sum(ours) / len(ours)
    application.processEvents()
    return [
        row("draw", mean * 1e3, "ms/chunk", peer="a page repaint", peer_value=repaint * 1e3, at_most=5),
        row("draw-plain", sum(ours) * 1e3, "ms", peer="QPlainTextEdit", peer_value=sum(plain) * 1e3, at_most=6),
        row("draw-growth", last * 1e3, "ms/chunk", peer="first 40", peer_value=first * 1e3, at_most=2.5),
    ]


def _best(measured: Callable[[], list[float]]) -> list[float]:
    return min((measured() for _ in range(ROUNDS)), key=sum)


def _pieces() -> Iterator[str]:
    step = -(-len(ANSWER) // CHUNKS)
    for begin in range(0, len(ANSWER), step):
        yield ANSWER[begin : begin + step]


def _timed(draw: Callable[[str], object]) -> list[float]:
    """CPU seconds of each chunk, with the painting it causes."""
    took: list[float] = []
    for piece in _pieces():
        start = time.process_time()
        draw(piece)
        QApplication.processEvents()
        took.append(time.process_time() - start)
    return took


def _answer() -> list[float]:
    from app.ui.chat.markdown.view import MarkdownView

    area = QScrollArea()
    area.resize(*PAGE)
    area.setWidgetResizable(True)
    page = QWidget()
    layout = QVBoxLayout(page)
    view = MarkdownView()
    view.set_growth_step(240)
    layout.addWidget(view)
    layout.addStretch()
    area.setWidget(page)
    area.show()
    QApplication.processEvents()

    def draw(piece: str) -> None:
        view.append(piece)
        view.flush()
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())

    took = _timed(draw)
    area.close()
    return took


def _plain() -> list[float]:
    edit = QPlainTextEdit()
    edit.resize(*PAGE)
    edit.show()
    QApplication.processEvents()
    took = _timed(edit.appendPlainText)
    edit.close()
    return took


def _repaints() -> list[float]:
    browser = QTextBrowser()
    browser.resize(*PAGE)
    browser.setPlainText(ANSWER)
    browser.show()
    QApplication.processEvents()
    took: list[float] = []
    for _ in range(40):
        start = time.process_time()
        browser.viewport().repaint()
        took.append(time.process_time() - start)
    browser.close()
    return took
