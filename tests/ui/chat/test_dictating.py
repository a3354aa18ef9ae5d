"""The Dictate button: where the words go, and what is offered when there are none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import AudioError, Code, InputError, TransportError
from app.core.events import Finished, TextDelta
from app.core.presentation_mask import COVER, PresentationMask
from app.services.speech.dictation import Meter, Speech
from app.ui.chat.composer_parts.template_list import TemplateList
from app.ui.widgets.notifications import Notification
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello."), Finished("stop")]
SAMPLES = np.zeros((48_000, 1), np.float32)
SPOKEN = Speech(SAMPLES, True, -12.0)


class Dictation:
    """Records until it is told what was recorded, and recognises until it is told the words."""

    def __init__(self) -> None:
        self.speech: asyncio.Future[Speech] = asyncio.Future()
        self.words: asyncio.Future[str] = asyncio.Future()
        self.show: Callable[[Meter], object] = lambda meter: None
        self.given = SPOKEN
        self.recognised: list[Speech] = []

    async def record(self, show: Callable[[Meter], object]) -> Speech:
        self.show = show
        self.speech = asyncio.Future()
        return await self.speech

    def finish(self) -> None:
        self.speech.set_result(self.given)

    async def recognise(self, speech: Speech) -> str:
        self.recognised.append(speech)
        self.words = asyncio.Future()
        return await self.words


class Desk:
    """A chat with a dictation that the test controls."""

    def __init__(self, harness: ChatHarness, dictation: Dictation) -> None:
        self.harness, self.dictation = harness, dictation
        self.notices: list[Notification] = []
        harness.notifier.posted.connect(self.notices.append)

    @property
    def state(self) -> str:
        return self.harness.view.composer.dictate.state

    @property
    def text(self) -> str:
        return self.harness.view.composer.text()

    async def begin(self) -> None:
        self.harness.button("Dictate").click()
        await asyncio.sleep(0)
        self.dictation.show(Meter(1.4, -20.0, -12.0, True))
        assert self.state == "recording"

    async def reach(self, state: str) -> None:
        await self.harness.until(lambda: self.state == state)
        await asyncio.sleep(0)

    async def say(self, words: str) -> None:
        await self.begin()
        self.dictation.speech.set_result(SPOKEN)
        await self.reach("recognising")
        self.dictation.words.set_result(words)
        await self.reach("idle")


def desk_in(harness: ChatHarness, made: list[Dictation]) -> Desk:
    made.append(Dictation())
    return Desk(harness, made[0])


async def test_the_words_are_inserted_at_the_cursor_undone_in_one_step_and_not_sent(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk, field = desk_in(harness, made), harness.view.composer.field
        QTest.keyClicks(field, "Say twice")
        cursor = field.textCursor()
        cursor.setPosition(3)
        cursor.setPosition(1, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
        await desk.say("hello there")
        assert desk.text == "Say hello there twice", "what was selected is not replaced"
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.draft == desk.text
        assert not harness.script.requests
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert desk.text == "Say twice"
        field.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(field, " more")
        await desk.say("at the end")
        assert desk.text == "Say twice more at the end"
        QTest.keyClicks(field, "!")
        for before in ("Say twice more at the end", "Say twice more"):
            QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            assert desk.text == before


async def test_the_message_has_the_focus_after_a_dictation(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk, composer = desk_in(harness, made), harness.view.composer
        harness.view.activateWindow()
        await harness.until(harness.view.isActiveWindow)
        composer.dictate.setFocus()
        await desk.say("hello there")
        assert composer.field.hasFocus(), "so that Enter sends"


async def test_an_open_microphone_is_visible_and_reported(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk = desk_in(harness, made)
        button = harness.button("Dictate")
        told = QAccessible.queryAccessibleInterface(button)
        assert told.role() == QAccessible.Role.Button
        assert not told.state().pressed
        await harness.until(lambda: not any(timer.isActive() for timer in harness.view.findChildren(QTimer)))
        width = harness.view.composer.minimumSizeHint().width()  # With what the context takes, counted after a pause.
        await desk.begin()
        assert told.state().pressed
        (meter,) = [bar for bar in harness.view.findChildren(QProgressBar) if bar.accessibleName() == "Dictation level"]
        assert meter.isVisible()
        assert meter.value() == -20
        assert harness.view.composer.minimumSizeHint().width() == width, "it takes no room from the row of buttons"
        assert harness.view.composer.dictate.state == "recording"
        desk.dictation.show(Meter(63.2, -31.0, -12.0, True))
        assert meter.value() == -31
        parent: Any = meter.parentWidget()
        assert parent.label.text() == "1:03"
        button.click()
        await desk.reach("recognising")
        assert told.state().pressed
        assert not meter.isVisible()
        assert parent.label.text() == "Recognising…"
        desk.dictation.words.set_result("done")
        await desk.reach("idle")
        assert not told.state().pressed
        assert not parent.isVisible()


async def test_a_failed_recognition_is_repeated_with_the_same_recording(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk = desk_in(harness, made)
        await desk.begin()
        harness.button("Dictate").click()
        await desk.reach("recognising")
        desk.dictation.words.set_exception(TransportError(Code.CONNECTION_LOST))
        await desk.reach("idle")
        assert desk.text == ""
        retry = desk.notices[-1].retry
        assert retry is not None
        retry()
        await desk.reach("recognising")
        desk.dictation.words.set_result("Hello.")
        await desk.reach("idle")
        assert desk.text == "Hello."
        assert desk.dictation.recognised == [SPOKEN, SPOKEN]


async def test_pressing_while_words_are_recognised_stops_that_and_keeps_the_recording(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk = desk_in(harness, made)
        await desk.begin()
        harness.button("Dictate").click()
        await desk.reach("recognising")
        harness.button("Dictate").click()
        await desk.reach("idle")
        assert "Dictation was stopped. 3 s were recorded." in desk.notices[-1].text
        offer = desk.notices[-1].offer
        assert offer is not None
        offer[1]()
        await desk.reach("recognising")
        desk.dictation.words.set_result("Hello.")
        await desk.reach("idle")
        assert desk.text == "Hello."


async def test_escape_recognises_nothing_but_drops_no_speech(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk = desk_in(harness, made)
        for has_spoken in (False, True):
            desk.dictation.given = SPOKEN._replace(has_spoken=has_spoken)
            await desk.begin()
            QTest.keyClick(harness.view.composer.field, Qt.Key.Key_Escape)
            await desk.reach("idle")
            assert desk.dictation.recognised == []
            assert [notice.offer is not None for notice in desk.notices] == [True] * has_spoken
        QTest.keyClick(harness.view.composer.field, Qt.Key.Key_Escape)
        assert desk.state == "idle"


async def test_silence_is_not_sent(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk = desk_in(harness, made)
        for peak, said, has_offer in ((-90.0, "picks up nothing", False), (-40.0, "No speech was heard", True)):
            await desk.begin()
            desk.dictation.speech.set_result(Speech(SAMPLES, False, peak))
            await desk.reach("idle")
            assert desk.dictation.recognised == []
            assert said in desk.notices[-1].text
            assert (desk.notices[-1].offer is not None) is has_offer


async def test_errors_and_a_lost_microphone_are_said(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk = desk_in(harness, made)
        for error, said in ((InputError(Code.NO_MODEL), "no model"), (AudioError(Code.ALREADY_RECORDING), "elsewhere")):
            harness.button("Dictate").click()
            await asyncio.sleep(0)
            desk.dictation.speech.set_exception(error)
            await desk.reach("idle")
            assert said in desk.notices[-1].text
        await desk.begin()
        lost = AudioError(Code.MICROPHONE_LOST, device="desk mic")
        desk.dictation.speech.set_result(SPOKEN._replace(error=lost))
        await desk.reach("recognising")
        assert "desk mic" in desk.notices[-1].text
        desk.dictation.words.set_result("until then")
        await desk.reach("idle")
        assert desk.text == "until then"
        await desk.say("")
        assert "No words" in desk.notices[-1].text


async def test_the_words_go_to_the_conversation_they_were_spoken_in(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, dictation=lambda: made[0]) as harness:
        desk = desk_in(harness, made)
        assert harness.workspace.current is not None
        harness.workspace.current.configure(title="First", draft="Begun")
        first = harness.workspace.current
        QTest.keyClicks(harness.view.composer.field, "Begun")
        await desk.begin()
        second = harness.workspace._make(first.conversation.__class__("second", "Second"), type(first.tree)())
        harness.workspace._show(second)
        harness.button("Dictate").click()
        await desk.reach("recognising")
        desk.dictation.words.set_result("here")
        await desk.reach("idle")
        assert desk.text == ""
        assert first.conversation.draft == "Begun here"
        assert "“First”" in desk.notices[-1].text
        await harness.workspace.open(first.id)
        assert desk.text == "Begun here"


async def test_while_presenting_nothing_personal_is_shown_and_nothing_is_lost(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[Dictation] = []
    async with chat(qtbot, tmp_path, HELLO, dictation=lambda: made[0]) as harness:
        desk, field = desk_in(harness, made), harness.view.composer.field
        await harness.prompts.save("Annika", "Ask Annika", "prompt")
        await harness.ask("Annika was here")
        await harness.settled()
        QTest.keyClicks(field, "Call {{Annika}}")
        try:
            presentation_cover().set_mask(PresentationMask(names=["annika"]))
            assert field.document().toPlainText() == f"Call {{{{{COVER}}}}}"
            QTest.keyClick(field, Qt.Key.Key_Up)
            QTest.keyClick(field, Qt.Key.Key_Down)
            harness.button("Templates").click()
            await asyncio.sleep(0)
            shown = [label.text() for label in harness.view.findChildren(QLabel) if label.isVisible()]
            shown += [part.accessibleName() for part in harness.view.composer.findChildren(QWidget)]
            templates = harness.view.findChild(TemplateList)
            assert templates is not None
            rows = templates.rows.model()
            shown += [str(rows.index(0, 0).data(role)) for role in (0, int(Qt.ItemDataRole.AccessibleTextRole))]
            assert [text for text in shown if "annika" in text.lower()] == []
            QTest.keyClick(field, Qt.Key.Key_Return)
            await desk.say("now")
            assert field.is_covered
        finally:
            presentation_cover().set_mask(None)
        assert desk.text == "Call {{Annika}}\nAsk Annika now"
        assert field.document().toPlainText() == desk.text
