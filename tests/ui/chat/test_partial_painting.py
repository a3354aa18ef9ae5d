"""While an answer streams only what has changed is painted; that looks the same as painting everything."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Text
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.transcript import Transcript

TABLE = (
    "| a | b |\n|---|---|\n"
    + "".join(f"| {'word ' * n}{n} | `code` {'*more*' * (n % 4)} |\n" for n in range(9))
    + "| 更长的一格 | g̈y |\n\nEnd.\n"
)
LIST = "- item `one`\n- **two** of them, longer than the view is wide\n  - three\n\n1. 项目\n2. g̈y\n\n---\n\n> quote\n"
CODE = "Text\n\n```py\ndef f(x):\n    return x  # g̈y 注释\n\n\ny = f(1)\n```\n\nBelow\n\n```\nlast\nline\n"

WIDTH = 340
CORNERS = 40
"""By which the corners of a card change when it becomes a large one, which is painted in another way."""


def screen_of(transcript: Transcript) -> npt.NDArray[np.int16]:
    """What is on the screen, without the scroll bar, which fades."""
    QApplication.processEvents()
    image = transcript.screen().grabWindow(transcript.winId()).toImage().copy(0, 0, WIDTH - 20, transcript.height())
    return np.frombuffer(image.constBits(), np.uint8).astype(np.int16)


@pytest.mark.parametrize("text", [TABLE, LIST, CODE], ids=["table", "list", "code"])
def test_a_piece_leaves_on_the_screen_what_painting_everything_shows(text: str, qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(WIDTH, 200)
    transcript.show()
    transcript.begin(Message("m", "assistant"))
    transcript.setFocus()  # no text has a cursor
    for number, begin in enumerate(range(0, len(text), 3)):
        transcript.append_text("m", 0, text[begin : begin + 3])
        transcript.flush()
        (view,) = transcript.findChildren(MarkdownView)
        view._colouring_timer.stop()  # it changes colours in between
        if number % 3 == 1:
            shown = screen_of(transcript)
            view.viewport().update()
            differences = np.abs(screen_of(transcript) - shown)
            assert differences.max() <= CORNERS, repr(text[:begin][-40:])
    transcript.finish(Message("m", "assistant", (Text(text),)))
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in transcript.findChildren(QTimer)))
