"""In the smallest window at twice the text size nothing is wider than the page, and what is heard is in view."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Text
from app.core.settings import Settings
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.talk.marking import HeardMarks
from app.ui.chat.talk.place import TalkPlace
from app.ui.chat.transcript.message_footer import MessageFooter
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.view import ChatView
from app.ui.theme.theme import theme
from app.ui.widgets.notifications import Notifier

SMALLEST = (884, 578)
"""The view in a window of 960×640."""
SENTENCES = [f"Sentence {number} is long enough to fill a line of its own, or two." for number in range(12)]


@pytest.fixture(autouse=True)
def twice() -> Iterator[None]:
    theme().set_text_scale(2.0)
    yield
    theme().set_text_scale(1.0)


@pytest.fixture
def transcript(qtbot: QtBot) -> Transcript:
    view = ChatView(Settings())
    view.complete(Notifier())
    qtbot.addWidget(view)
    view.resize(*SMALLEST)
    view.show()
    qtbot.waitExposed(view)
    assert view.transcript is not None
    messages = (
        Message("q", "user", (Text("What would I hear?"),)),
        Message("a", "assistant", (Text(" ".join(SENTENCES)),), "q"),
    )
    view.transcript.show_messages(messages)
    view.show_transcript(True)
    place = TalkPlace(view)
    place.open()
    view.destroyed.connect(lambda held=place: None)
    return view.transcript


def heard_line(transcript: Transcript) -> tuple[int, int]:
    """Top and bottom of the line of the marked word, in pixels from the top of what is in view."""
    (view,) = transcript.answer_views("a")
    selections = view.extraSelections()
    word = QTextCursor(view.document())
    word.setPosition(selections[1].cursor.selectionStart())
    line = view.cursorRect(word)
    top = view.mapTo(transcript.viewport(), QPoint(0, line.top())).y()
    return top, top + line.height()


def is_in_view(transcript: Transcript) -> bool:
    top, bottom = heard_line(transcript)
    return top >= 0 and bottom <= transcript.viewport().height()


def bar_of(transcript: Transcript) -> QScrollBar:
    return transcript.verticalScrollBar()


def test_with_more_actions_the_messages_stay_as_wide_as_the_page(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.set_takes("a", 2)
    for footer in transcript.findChildren(MessageFooter):
        footer.more.setChecked(True)
    content: QWidget = transcript.widget()
    qtbot.waitUntil(lambda: content.width() == transcript.viewport().width(), timeout=2000)
    shown = [button for footer in transcript.findChildren(MessageFooter) for button in footer.more_buttons.values()]
    assert shown
    for button in shown:
        right = button.mapTo(transcript.viewport(), QPoint(button.width(), 0)).x()
        assert button.isVisible() and right <= transcript.viewport().width(), button.accessibleName()


def test_what_is_heard_is_in_view_until_the_user_scrolls_elsewhere(transcript: Transcript) -> None:
    marks = HeardMarks(transcript)
    end = bar_of(transcript).value()
    for number, sentence in enumerate(SENTENCES):
        for share in (0.0, 1.0):
            marks.show("a", number, sentence, share)
            assert is_in_view(transcript), (number, share)
    marks.show("a", 2, SENTENCES[2], 0.5)
    marks.clear()
    assert bar_of(transcript).value() == end, "what is written is followed again"
    marks.show("a", 0, SENTENCES[0], 0.0)
    bar_of(transcript).setValue(bar_of(transcript).maximum() // 2)
    here = bar_of(transcript).value()
    marks.show("a", 1, SENTENCES[1], 1.0)
    assert bar_of(transcript).value() == here, "the user reads here"
    assert isinstance(transcript.answer_views("a")[0], MarkdownView)
