"""Notifications lie over the end of the transcript; what is written meanwhile is scrolled above them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Text
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.transcript import Transcript

COVERED = 120


@pytest.fixture
def transcript(qtbot: QtBot) -> Iterator[Transcript]:
    made = Transcript()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    qtbot.waitExposed(made)
    text = "\n\n".join(f"Paragraph {number}" for number in range(40))
    question, answer = Message("q", "user", (Text("Go on"),)), Message("a", "assistant", (Text(text),), "q")
    made.show_messages((question, answer), streaming="a")
    qtbot.wait(20)
    yield made
    made.finish(answer)
    made.show_messages(())


def end_of(transcript: Transcript) -> int:
    """The end of the last message in the coordinates of the page."""
    view = transcript._window.views["a"]
    assert isinstance(view, AssistantMessageView)
    return view.y() + view.end_height() - transcript.verticalScrollBar().value()


def test_nothing_moves_but_new_text_is_shown_above_them(transcript: Transcript, qtbot: QtBot) -> None:
    before = end_of(transcript)
    transcript.reserve(COVERED)
    qtbot.wait(20)
    assert end_of(transcript) == before
    transcript.append_text("a", 0, "\n\nOne more paragraph")
    transcript.flush()
    assert end_of(transcript) <= transcript.viewport().height() - COVERED
    now = end_of(transcript)
    transcript.reserve(0)
    qtbot.wait(20)
    assert end_of(transcript) == now


def test_the_user_scrolls_to_the_end_and_follows_on(transcript: Transcript) -> None:
    transcript.reserve(COVERED)
    bar = transcript.verticalScrollBar()
    bar.setValue(0)
    assert transcript._jump.isVisible()
    bar.setValue(transcript.last_value)
    assert not transcript._jump.isVisible(), "this is the end, as without notifications"
    transcript.go_to_first()
    transcript.jump_to_latest()
    assert end_of(transcript) <= transcript.viewport().height() - COVERED
