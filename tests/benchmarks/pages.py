"""What the benchmarks of the transcript draw, and their floor: one repaint of a page of the same text in bare Qt."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QAbstractItemView, QApplication, QTextBrowser

PAGE = 800, 900
SIZE = 48 * 1024
CHUNK = 4
"""Characters that arrive at a time, as from a service."""
REPAINTS = 60

PROSE = (
    "Some **bold** words about `code` number {n} and a [link](https://example.org/{n}). More words follow here so that "
    "the paragraph takes a few lines of the window, as answers do, with 中文 too. It goes on and on for a while, *with "
    "stress* on some of it, until it ends.\n\n"
)
LIST = (
    "- item {n} of a list with *stress* and `code`\n"
    "- another **bold** item that is longer than one line of the window is, so that it has to be broken once or twice\n"
    "  - a nested item {n}\n"
)
HEAD = "| number | words | code | more |\n|---|---|---|---|\n"
ROWS = "| {n} | two words | some `code` | a longer cell with more words {n} |\n"
CODE = "def f{n}(x: int) -> str:\n    value = x + {n}  # a comment\n    return 'text' + str(value)\n\n"
FORMULAS = "The formula $x_{{{n}}}^2 + y$ stands here, and\n\n$$\\frac{{a_{n}}}{{b}} = \\sum_{{i=1}}^{{n}} i$$\n\n"


def repeated(pattern: str, size: int) -> str:
    """The pattern with the numbers 0, 1, 2 and so on, cut at `size` characters."""
    return "".join(pattern.format(n=n) for n in range(size // len(pattern.format(n=0)) + 1))[:size]


def of_one_kind(size: int = SIZE) -> dict[str, str]:
    """An answer of this size of each kind of block."""
    return {
        "prose": repeated(PROSE, size),
        "list": repeated(LIST, size),
        "table": HEAD + repeated(ROWS, size - len(HEAD)),
        "code": f"```python\n{repeated(CODE, size - 10)}",
    }


def mixed(size: int = SIZE) -> str:
    """An answer of this size with a heading, prose, lists, code, a table and formulas in each section."""
    parts: list[str] = []
    length = number = 0
    while length < size:
        texts = "".join(PROSE.format(n=3 * number + n) for n in range(3))
        items = "".join(LIST.format(n=n) for n in range(3))
        code = "".join(CODE.format(n=n) for n in range(6))
        rows = "".join(ROWS.format(n=n) for n in range(8))
        formulas = FORMULAS.format(n=number % 20)
        parts.append(f"## Part {number}\n\n{texts}{items}\n```python\n{code}```\n\n{HEAD}{rows}\n{formulas}")
        length += len(parts[-1])
        number += 1
    return "".join(parts)[:size]


def chunks(text: str, size: int = CHUNK) -> Iterator[str]:
    for begin in range(0, len(text), size):
        yield text[begin : begin + size]


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def repaint_seconds(text: str, clock: Callable[[], float] = time.process_time) -> float:
    """The median time of one repaint of a page of this text, as plain text, in a bare `QTextBrowser`."""
    browser = QTextBrowser()
    browser.resize(*PAGE)
    browser.setPlainText(text[:SIZE])
    browser.show()
    QApplication.processEvents()
    took: list[float] = []
    for _ in range(REPAINTS):
        start = clock()
        browser.viewport().repaint()
        took.append(clock() - start)
    browser.close()
    return statistics.median(took)


def shown_and_scrolled(
    view: QAbstractItemView, start: float, size: tuple[int, int], step: int, frames: int
) -> tuple[float, float]:
    """CPU seconds from `start`, as of `time.process_time`, until a list is shown, and the 95th percentile of a frame.

    The list is then scrolled `frames` times by `step` pixels.
    """
    view.resize(*size)
    view.show()
    QApplication.processEvents()
    opened = time.process_time() - start
    bar = view.verticalScrollBar()
    took: list[float] = []
    for _ in range(frames):
        begin = time.process_time()
        bar.setValue(bar.value() + step)
        QApplication.processEvents()
        took.append(time.process_time() - begin)
    view.close()
    view.deleteLater()
    return opened, percentile(took, 95)
