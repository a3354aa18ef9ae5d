"""Talk in the window: the panel in the composer's place, held keys, Escape, marks, troubles and options."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from app.core.errors import AudioError, Code, ServiceError
from app.core.events import Finished, TextDelta
from app.core.messages import BLOB, Media, Spoken
from app.core.observers import Event
from app.core.settings import TALK_CONTINUOUS, TALK_KEEPS_RECORDINGS, TALK_MARKS, Settings
from app.core.takes import Take, VoiceSnapshot, message_session
from app.core.talk import TalkOptions
from app.services.speech.dictation import Meter
from app.services.speech.library import VoiceLibrary
from app.services.talk.speech_queue import SpeechQueue
from app.services.talk.talk import Talk
from app.services.talk.voices import ConversationVoices
from app.ui.chat.talk.options_presenter import TalkOptionsPresenter
from app.ui.chat.talk.presenter import TalkPresenter
from app.ui.chat.talk.takes_presenter import TakesPresenter
from app.ui.chat.transcript.spoken_line import SpokenLine
from app.ui.texts.talk import spoken_line
from tests.services.talk.fakes import FakeDictation, FakeModels, FakePlayback, FakeSpeech
from tests.services.talk.test_talk import FakeRecordings
from tests.ui.chat.harness import ChatHarness, chat

ANSWER = [TextDelta("Mostly yourself. The hall is stone."), Finished("stop")]


class Talking:
    """A chat with Talk, whose microphone, recognition, speech and loudspeaker a test controls."""

    def __init__(self, it: ChatHarness) -> None:
        assert it.view.transcript is not None
        assert it.view.parameters is not None
        self.it, self.view, self.settings = it, it.view, Settings()
        self.speech, self.playback, self.dictation = FakeSpeech(), FakePlayback(), FakeDictation()
        self.options = it.view.parameters.talk_options
        library = VoiceLibrary(it.database.voices, it.database.blobs, it.database.takes)
        self.voices = ConversationVoices(library, lambda: "en")
        self.talk = Talk(
            cast(Any, self.dictation), SpeechQueue(cast(Any, self.speech), cast(Any, self.playback),
            cast(Any, FakeModels())), cast(Any, FakeRecordings()), it.tasks,
            lambda: TalkOptions(continuous=self.settings.get(TALK_CONTINUOUS)), self.voices.voice, lambda: None,
        )  # fmt: skip
        self.presenter = TalkPresenter(
            it.view, workspace=it.workspace, create=lambda: self.talk, settings=self.settings,
            may_ask=lambda session, text, media: True,
        )  # fmt: skip
        self.on_spoken: Event[()] = Event()
        TakesPresenter(
            it.view.transcript, it.workspace, it.database.takes.spoken_counts,
            lambda: pytest.fail("nothing is played here"), self.on_spoken, lambda work: it.tasks.spawn(work, "takes"),
        )  # fmt: skip
        TalkOptionsPresenter(
            self.options, workspace=it.workspace, voices=self.voices, settings=self.settings,
            hears=lambda conversation: False,
        )  # fmt: skip

    @property
    def word(self) -> str:
        """The label that says what Talk is doing."""
        words = ("Listening", "Speaking", "Silent")
        labels = [label for label in self.view.findChildren(QLabel) if label.isVisible() and label.text() in words]
        return labels[0].text() if len(labels) == 1 else ""

    @property
    def detail(self) -> str:
        assert self.presenter._place is not None
        return self.presenter._place.panel.detail.text()

    @property
    def notice(self) -> str:
        assert self.presenter._place is not None
        return self.presenter._place.panel.notice.text()

    @property
    def button(self) -> QAbstractButton:
        return self.it.button("Talk")

    @property
    def marked(self) -> list[str]:
        """What is marked in the last answer: the sentence that sounds, and the word in it."""
        assert self.view.transcript is not None
        views = self.view.transcript.answer_views(self.talk.queue.message_id)
        return [selection.cursor.selectedText() for view in views for selection in view.extraSelections()]

    async def listening(self) -> None:
        self.button.click()
        await self.it.until(lambda: self.talk.state == "listening")

    async def speaking(self) -> None:
        await self.listening()
        self.dictation.say()
        await self.it.until(lambda: bool(self.speech.takes))
        self.speech.begin(0)
        await self.it.until(lambda: self.talk.state == "speaking")

    def escape(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_Escape)


@asynccontextmanager
async def talking(qtbot: QtBot, folder: Path, *exchanges: list[Any]) -> AsyncIterator[Talking]:
    async with chat(qtbot, folder, *exchanges) as it:
        made = Talking(it)
        try:
            yield made
        finally:
            made.talk.end()


async def test_a_turn_from_the_press_to_the_silence_after_the_answer(qtbot: QtBot, tmp_path: Path) -> None:
    rest = asyncio.Event()
    answer = [TextDelta("Mostly yourself. The"), rest, TextDelta(" hall is stone."), Finished("stop")]
    async with talking(qtbot, tmp_path, answer) as desk:
        it = desk.it
        it.view.composer.field.setPlainText("typed before")
        await desk.listening()
        assert desk.word == "Listening" and desk.button.isChecked()
        assert "1.2 s of silence" in desk.detail
        assert not it.view.composer.field.isVisible()
        desk.talk.listening.measure(cast(Any, type("Gate", (), {"threshold": -50.0})), Meter(1.0, -20.0, -9.0, True))
        assert any("good" in label.text() for label in it.view.findChildren(QLabel) if label.isVisible())
        desk.dictation.say()
        await it.until(lambda: bool(desk.speech.takes))
        assert not desk.button.isChecked() and desk.word == "Silent"
        assert desk.speech.takes[0].voice.id == "Mia"
        desk.speech.begin(0)
        await it.until(lambda: len(desk.marked) == 2)
        assert desk.word == "Speaking"
        assert desk.marked == ["Mostly yourself", "yourself"], "half of it was heard"
        it.presenter._updater.redraw()
        assert desk.marked == []
        await it.until(lambda: len(desk.marked) == 2)
        shown = [label.text() for label in it.view.findChildren(QLabel) if label.isVisible()]
        assert "1 speaking" in shown and "2 still being written" in shown
        assert any(text.startswith("spoken, ") and text.endswith("recording not kept") for text in shown)
        rest.set()
        await it.settled()
        desk.playback.end()
        await it.until(lambda: "still being made" in desk.detail)
        desk.speech.begin(1)
        desk.playback.end()
        await it.until(lambda: desk.word == "Silent")
        assert desk.marked == []
        assert it.workspace.current is not None and it.workspace.current.conversation.draft == "typed before"
        it.button("Type instead").click()
        assert it.view.composer.field.isVisible() and it.view.composer.text() == "typed before"
        assert desk.button.isVisible() and desk.talk.session is None


async def test_a_press_before_a_conversation_is_open_counts_when_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        desk.view.composer.defer()
        desk.button.click()
        assert not desk.presenter.is_open
        desk.view.composer.open_draft("")
        await desk.it.until(lambda: desk.talk.state == "listening")


async def test_escape_stops_one_thing_after_the_other(qtbot: QtBot, tmp_path: Path) -> None:
    rest = asyncio.Event()
    async with talking(qtbot, tmp_path, [TextDelta("One. Two. T"), rest, Finished("stop")]) as desk:
        await desk.listening()
        desk.dictation.begin_to_speak()
        desk.escape()
        await desk.it.until(lambda: desk.word == "Silent")
        assert "was not sent yet" in desk.notice
        desk.it.button("Recognise it").click()
        await desk.it.until(lambda: bool(desk.speech.takes))
        desk.speech.begin(0)
        desk.escape()
        assert desk.playback.silenced == 1 and desk.word == "Silent"
        assert "goes on writing" in desk.detail
        session = desk.it.workspace.current
        assert session is not None and session.running, "the text goes on"
        desk.escape()
        await desk.it.until(lambda: not session.running)
        assert desk.presenter.is_open
        desk.escape()
        assert not desk.presenter.is_open and desk.view.composer.field.isVisible()


async def test_keys_are_held_to_speak_and_a_short_press_only_begins(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        desk.presenter._holding.setInterval(60_000)  # A busy machine takes longer than a short press.
        desk.presenter.key_pressed()
        await desk.it.until(lambda: desk.talk.state == "listening")
        assert "release" in desk.detail and desk.dictation.pause() > 1e9
        desk.presenter._holding.stop()  # as after a while
        for _ in range(3):  # A busy desktop reports a held key as released and pressed again.
            QTest.keyRelease(desk.view.composer.talk, Qt.Key.Key_Space)
            desk.presenter.key_pressed()
        assert desk.talk.state == "listening" and desk.dictation.pause() > 1e9
        desk.dictation.begin_to_speak()
        QTest.keyRelease(desk.view.composer.talk, Qt.Key.Key_Space)
        await desk.it.until(lambda: bool(desk.speech.takes))
        desk.speech.begin(0)
        desk.presenter.key_pressed()
        assert desk.playback.silenced == 1, "it is silenced, and listens"
        await desk.it.until(lambda: desk.talk.state == "listening")
        QTest.keyRelease(desk.view.composer.talk, Qt.Key.Key_Space)
        await desk.it.until(lambda: desk.dictation.pause() == 1.2)
        assert desk.talk.state == "listening"


async def test_each_trouble_is_one_sentence_with_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER, ANSWER) as desk:
        desk.dictation.error = AudioError(Code.NO_INPUT)
        desk.button.click()
        await desk.it.until(lambda: "No microphone" in desk.notice)
        desk.dictation.error = None
        desk.it.button("Retry").click()
        await desk.it.until(lambda: desk.talk.state == "listening")
        assert desk.notice == ""
        desk.dictation.hear_nothing(-90.0)
        await desk.it.until(lambda: "muted" in desk.notice)
        desk.dictation.recognition_error = ServiceError(Code.OVERLOADED)
        await desk.listening()
        desk.dictation.say()
        await desk.it.until(lambda: "not recognised" in desk.notice)
        desk.dictation.recognition_error = None
        desk.it.button("Retry").click()
        await desk.it.until(lambda: len(desk.speech.takes) == 2)
        desk.speech.begin(0)
        desk.speech.fail(1, ServiceError(Code.TOO_MANY_REQUESTS, status=429))
        desk.playback.end()
        await desk.it.until(lambda: "Sentence 2 could not be spoken" in desk.notice)
        assert desk.it.text("Answer").startswith("Mostly yourself. The hall is stone.")
        desk.it.button("Retry").click()
        assert desk.speech.texts[-1] == "The hall is stone."


async def test_a_microphone_that_was_unplugged_is_said_with_the_one_that_retry_listens_to(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:

        async def microphone() -> str:
            return "Built-in"

        desk.talk.microphone = microphone
        await desk.listening()
        desk.dictation.say(error=AudioError(Code.MICROPHONE_LOST, device="headset"))
        await desk.it.until(lambda: "in the message field" in desk.notice)
        assert (
            desk.notice.startswith("The microphone was disconnected.") and "Retry listens to “Built-in”" in desk.notice
        )
        desk.it.button("Retry").click()
        await desk.it.until(lambda: desk.talk.state == "listening")
        desk.escape()
        await desk.it.until(lambda: desk.talk.state == "silent")
        desk.it.button("Type instead").click()
        assert desk.view.composer.text() == desk.dictation.words


@pytest.mark.parametrize(("button", "goes_on"), [("Type instead", True), ("Stop talk", False)])
async def test_stop_talk_ends_the_answer_and_type_instead_lets_it_go_on(
    qtbot: QtBot, tmp_path: Path, button: str, goes_on: bool
) -> None:
    answer: list[Any] = [TextDelta("One. T"), asyncio.Event(), Finished("stop")]
    async with talking(qtbot, tmp_path, answer) as desk:
        await desk.listening()
        desk.dictation.say()
        await desk.it.until(lambda: desk.talk.state in ("asking", "speaking"))
        session = desk.it.workspace.current
        assert session is not None and session.running
        desk.it.button(button).click()
        assert not desk.presenter.is_open and desk.talk.state == "silent"
        if not goes_on:
            await desk.it.until(lambda: not session.running)
        assert session.running is goes_on


async def test_type_instead_puts_what_was_said_into_the_message_field(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        desk.view.composer.field.setPlainText("Typed.")
        await desk.listening()
        desk.dictation.begin_to_speak()
        desk.it.button("Type instead").click()
        await desk.it.until(lambda: desk.view.composer.text() == f"Typed. {desk.dictation.words}")
        assert desk.view.focusWidget() is desk.view.composer.field
        await desk.listening()
        desk.dictation.begin_to_speak()
        desk.escape()
        await desk.it.until(lambda: "was not sent yet" in desk.notice)
        desk.it.button("Type instead").click()
        await desk.it.until(lambda: desk.view.composer.text().count(desk.dictation.words) == 2)


async def test_what_was_said_and_not_recognised_after_talk_ended_is_explained(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        explained: list[tuple[Any, Any]] = []
        desk.presenter.explain = lambda text, again: explained.append((text, again))
        desk.dictation.recognition_error = ServiceError(Code.OVERLOADED)
        await desk.listening()
        desk.dictation.begin_to_speak()
        desk.it.button("Type instead").click()
        await desk.it.until(lambda: bool(explained))
        text, again = explained[0]
        assert "was not recognised" in text()
        desk.dictation.recognition_error = None
        again()
        await desk.it.until(lambda: desk.view.composer.text() == desk.dictation.words)


async def test_another_conversation_ends_talk_and_keeps_what_was_said(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        await desk.it.ask("Hi")
        await desk.it.settled()
        first = desk.it.workspace.current
        assert first is not None
        await desk.listening()
        desk.dictation.begin_to_speak()
        desk.it.workspace.new()
        assert not desk.presenter.is_open
        await desk.it.until(lambda: first.conversation.draft == desk.dictation.words)


async def test_what_was_said_in_an_empty_conversation_that_was_left_is_kept_with_the_open_one(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        await desk.it.ask("Hi")
        await desk.it.settled()
        other = desk.it.workspace.current
        assert other is not None
        desk.it.workspace.new()
        await desk.listening()
        desk.dictation.begin_to_speak()
        await desk.it.workspace.open(other.id)
        await desk.it.until(lambda: other.conversation.draft == desk.dictation.words)
        assert desk.view.composer.text() == desk.dictation.words


async def test_voice_and_direction_are_kept_with_the_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        assert desk.options.voice.key() == "Mia"
        await desk.it.ask("Hi")
        await desk.it.settled()
        session = desk.it.workspace.current
        assert session is not None
        desk.options.voice.chosen.emit("白桦")
        desk.options.direction.setPlainText("Close, unhurried.")
        assert (session.conversation.voice, session.conversation.direction) == ("白桦", "Close, unhurried.")
        desk.it.workspace.new()
        assert desk.options.voice.key() == "Mia" and desk.options.direction.toPlainText() == ""
        await desk.it.workspace.open(session.id)
        assert desk.options.voice.key() == "白桦" and desk.options.direction.toPlainText() == "Close, unhurried."
        await desk.it.workspace.settle(session.id)
        stored = await desk.it.database.conversations.get(session.id)
        assert (stored.voice, stored.direction) == ("白桦", "Close, unhurried.")


async def test_the_switches_are_settings_and_the_rest_of_the_page_is_folded(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        desk.options.switches["talk_keeps_recordings"].click()
        desk.options.switches["talk_marks"].click()
        assert desk.settings.get(TALK_KEEPS_RECORDINGS) and not desk.settings.get(TALK_MARKS)
        assert not desk.options.switches["talk_direct"].isEnabled(), "the model takes no sound"
        assert desk.view.parameters is not None and desk.view.parameters.system.isVisible()
        await desk.listening()
        desk.it.button("Continuous").click()
        assert desk.settings.get(TALK_CONTINUOUS) and desk.options.switches["talk_continuous"].isChecked()
        assert not desk.view.parameters.system.isVisible()
        desk.it.button("Everything else").click()
        assert desk.view.parameters.system.isVisible()
        desk.it.button("Type instead").click()
        assert desk.view.parameters.system.isVisible()


async def test_takes_that_speak_an_answer_are_counted_below_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with talking(qtbot, tmp_path, ANSWER) as desk:
        await desk.it.ask("Hi")
        await desk.it.settled()
        session = desk.it.workspace.current
        assert session is not None
        answer, digest = session.branch[-1], await asyncio.to_thread(desk.it.database.blobs.put, b"sound")
        for number in (1, 2):
            take = Take(f"t{number}", VoiceSnapshot("builtin", "Mia"), "One.", session=message_session(answer.id),
                        state="done", audio=digest, frames=24_000, number=number)  # fmt: skip
            await desk.it.database.takes.keep(take)
        await desk.it.database.takes.keep(
            Take("t3", VoiceSnapshot("builtin", "Mia"), session=message_session(answer.id), state="cut")
        )
        desk.on_spoken.emit()
        await desk.it.until(lambda: any(
            button.text() == "2 takes" for button in desk.view.findChildren(QAbstractButton) if button.isVisible()
        ))  # fmt: skip
        button, transcript = desk.it.button("Play takes"), desk.it.view.transcript
        assert transcript is not None
        for sounding, tooltip in ((answer.id, "Stop what MiMo spoke"), ("", "Play what MiMo spoke")):
            transcript.set_sounding(sounding)
            assert button.toolTip() == tooltip and button.text() == "2 takes"


async def test_the_button_of_a_recording_stops_it_while_it_plays(qtbot: QtBot) -> None:
    line = SpokenLine()
    qtbot.addWidget(line)
    line.show_spoken(Spoken(1.4, Media("audio/wav", BLOB + "a" * 64)))
    line.set_plays(True)
    assert line.play.toolTip() == "Stop playback" and line.play.accessibleName() == "Play recording"
    line.set_plays(False)
    assert line.play.toolTip() == "Play recording"


def test_a_short_turn_is_given_in_seconds_as_the_others_are() -> None:
    assert spoken_line(0.962, is_kept=False) == "spoken, 1.0 s · recording not kept"
    assert spoken_line(0.43, is_kept=True) == "spoken, 0.4 s · recording kept"
    assert spoken_line(3.14, is_kept=True) == "spoken, 3.1 s · recording kept"
