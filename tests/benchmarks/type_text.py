"""`type`: from a key to its letter in the studio's text, 20,000 characters with 400 tags, beside a bare `QTextEdit`.

`type-paragraphs` is the text as 100 paragraphs, `type-one` as a single one, with highlighting, lint, count and plan of
the real window, offscreen. Keys are posted by a thread in the middle of the text, and a press ends when the field
paints; the bare field holds the same text in the same font and size. 95th percentiles of wall time, best round.
`type-paste` is how long pasting 100,000 characters takes, until they are painted.
"""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from tests.benchmarks.in_window import measured, until
from tests.benchmarks.key_press import Presses
from tests.benchmarks.row import Row, row

NAME = "type"
CHARACTERS, TAGS, PARAGRAPHS, PASTED = 20_000, 400, 100, 100_000
ROUNDS, PRESSES = 5, 40
MAX_OF_BARE = 1.5
_SENTENCES = (
    "[sighs] The old man at the corner never closes. ",
    "[停顿]他白天蹬三轮，晚上还去夜市摆摊修鞋，现在两个孩子都有出息喽，想接他去城里享福，他却说不去，",
)


def run() -> list[Row]:
    """The rows of this benchmark."""
    found = {name: seconds * 1e3 for name, seconds in measured("type_text").items()}
    return [
        row(f"type-{name}", found[name], "ms", peer="QTextEdit", peer_value=found[f"bare {name}"], at_most=MAX_OF_BARE)
        for name in ("paragraphs", "one", "paste")
    ]


def text_of(paragraphs: int) -> str:
    """A text in two languages of the measured size, cut into as many paragraphs of equal length."""
    length = CHARACTERS // TAGS
    sentences = "".join(_SENTENCES[n % 2][:length].ljust(length, "。") for n in range(TAGS))
    side = CHARACTERS // paragraphs
    return "\n".join(sentences[n * side : (n + 1) * side] for n in range(paragraphs))


async def measure(workbench: Any, window: Any) -> dict[str, float]:
    from app.ui.studio.view import StudioView

    window.show_view("studio")
    await until(lambda: window.findChildren(StudioView))
    (view,) = window.findChildren(StudioView)
    panel, field = view.text, view.text.text
    await until(lambda: view.model.key())
    bare = QTextEdit()
    bare.setFont(field.font())
    bare.setAcceptRichText(False)
    bare.resize(field.size())
    bare.show()
    found: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, paragraphs in (("paragraphs", PARAGRAPHS), ("one", 1)):
            text = text_of(paragraphs)
            for key, widget in ((f"bare {name}", bare), (name, field)):
                widget.setPlainText(text)
                cursor = widget.textCursor()
                cursor.setPosition(len(text) // 2 + CHARACTERS // TAGS // 2)
                widget.setTextCursor(cursor)
                await until(lambda: panel.checks.is_settled)
                took = await _Presses(widget).percentile()
                found[key] = min(took, found.get(key, took))
        for key, widget in (("bare paste", bare), ("paste", field)):
            widget.clear()
            await until(lambda: panel.checks.is_settled)
            took = _paste(widget)
            found[key] = min(took, found.get(key, took))
            await until(lambda: panel.checks.is_settled)
    bare.close()
    field.clear()
    return found


class _Presses(Presses):
    """A short series, so that the two fields take turns and the rest of the machine disturbs both alike."""

    def events(self) -> list[QKeyEvent]:
        return super().events()[:PRESSES]


def _paste(widget: Any) -> float:
    """Seconds from a paste to its letters."""
    mime = QMimeData()
    mime.setText((text_of(PARAGRAPHS) + "\n") * (PASTED // CHARACTERS))
    widget.moveCursor(QTextCursor.MoveOperation.End)
    began = time.perf_counter()
    widget.insertFromMimeData(mime)
    widget.viewport().repaint()
    took = time.perf_counter() - began
    QApplication.sendPostedEvents()
    return took
