"""Texts that are being written stay hidden in presentation mode, and come back unchanged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import AudioError, Code
from app.core.messages import Message, Text
from app.core.presentation_mask import COVER, PresentationMask
from app.core.settings import Settings
from app.ui.chat.talk.options import TalkOptionsSection
from app.ui.chat.talk.panel import TalkPanel
from app.ui.chat.talk.talk_button import TalkButton
from app.ui.chat.transcript.edit_field import MessageEditor
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.transcript.user_message import UserMessageView
from app.ui.studio.text_panel import TextPanel
from app.ui.texts.talk import trouble_sentences
from app.ui.widgets.presentation_cover import presentation_cover

MASK = PresentationMask(names=["annika"])


@pytest.fixture(autouse=True)
def uncovered() -> Iterator[None]:
    yield
    if presentation_cover().active:
        presentation_cover().set_mask(None)


def test_the_text_to_speak_is_masked_while_presenting_and_can_still_take_tags(qtbot: QtBot) -> None:
    panel = TextPanel(Settings())
    qtbot.addWidget(panel)
    panel.text.setPlainText("Annika says hello.")
    presentation_cover().set_mask(MASK)
    shown = panel.text.document().toPlainText()
    assert shown == f"{COVER} says hello."
    assert panel.text.isReadOnly()
    panel.tags.tag_chosen.emit("sound:laughs")
    panel.sing.click()
    assert "annika" not in panel.text.document().toPlainText().lower()
    assert "Annika says hello." in panel.plain_text()
    assert "laughs" in panel.plain_text()
    panel.sing.click()
    presentation_cover().set_mask(None)
    assert panel.text.document().toPlainText() == panel.plain_text()
    assert panel.plain_text().endswith("Annika says hello.")
    assert not panel.text.isReadOnly()


def test_a_message_that_is_edited_is_hidden_while_presenting(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    message = Message("m", "user", (Text("Dear Annika"),))
    transcript.show_messages([message])
    view = transcript.findChild(UserMessageView)
    assert view is not None
    view.begin_editing()
    editor = view.findChild(MessageEditor)
    assert editor is not None
    editor.setPlainText("Dear Annika, good morning")
    presentation_cover().set_mask(MASK)
    transcript.show_messages([message])
    transcript.show_messages([message])
    shown = [field.toPlainText() for field in _current(transcript).findChildren(MessageEditor)]
    assert shown == []
    presentation_cover().set_mask(None)
    transcript.show_messages([message])
    resumed = _current(transcript).findChild(MessageEditor)
    assert resumed is not None
    assert resumed.toPlainText() == "Dear Annika, good morning"


def _current(transcript: Transcript) -> UserMessageView:
    """The view of the only message; earlier ones may wait for their deletion."""
    return transcript.findChildren(UserMessageView)[-1]


def test_voice_and_direction_of_a_conversation_are_masked_while_presenting_and_unchanged(qtbot: QtBot) -> None:
    section, typed = TalkOptionsSection(), list[str]()
    qtbot.addWidget(section)
    section.show_voices([("v", "Annika · cloned")], "v")
    section.show_direction("As Annika at night.")
    section.direction_typed.connect(typed.append)
    presentation_cover().set_mask(MASK)
    shown = (section.direction.document().toPlainText(), section.voice.currentText(), section.voice.itemText(0))
    assert not any("annika" in text.lower() for text in shown)
    presentation_cover().set_mask(None)
    assert section.direction.document().toPlainText() == "As Annika at night."
    assert set(typed) <= {"As Annika at night."}


def test_what_talk_shows_of_a_failure_is_masked_while_presenting(qtbot: QtBot) -> None:
    button = TalkButton()
    panel = TalkPanel(button)
    qtbot.addWidget(panel)
    qtbot.addWidget(button)
    presentation_cover().set_mask(MASK)
    error = AudioError(Code.MICROPHONE_LOST, device="Annika's headset")
    panel.notice.say("bad", lambda: trouble_sentences("microphone", error))
    assert "disconnected" in panel.notice.text() and "annika" not in panel.notice.text().lower()
