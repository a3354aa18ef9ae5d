"""The health room: words read back, drift of equal requests, and a question to a model that hears."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.core.drift import Drift, TakeMeasures, drift_of
from app.core.media import Media
from app.core.takes import Take, VoiceSnapshot
from app.ui.studio import assembly
from app.ui.studio.health.room import HealthRoom
from app.ui.studio.view import StudioView
from app.ui.texts.health import drift_gaps, drift_sentence
from app.ui.widgets.labels import Label
from app.ui.widgets.row_model import RowRole
from app.ui.window import Window
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.services.test_workspace import workspace
from tests.ui.studio.compare_harness import add_take
from tests.ui.studio.player_harness import FakePlayer
from tests.ui.studio.test_several_takes import Studio, studio
from tests.waiting import wait_until

TEXT = "The ferry leaves at nine."


def measured(*takes: tuple[float, float | None]) -> Drift:
    return drift_of([TakeMeasures(seconds, hz, None) for seconds, hz in takes])


def test_what_was_measured_is_said_and_what_could_not_be() -> None:
    drift = measured((2.0, 200.0), (1.97, 200.0 * 2 ** (0.15 / 12)), (2.03, 200.0))
    assert drift_sentence(drift) == "Length within 3 %, pitch within 0.2 semitones over 3 takes"
    assert drift_gaps(drift) == ""
    assert drift_sentence(measured((2.0, None), (2.0, None))) == "Length within 1 % over 2 takes"
    assert "too little of the takes is voiced" in drift_gaps(measured((2.0, None), (2.1, None)))
    assert "of 2 takes" in drift_gaps(measured((2.0, None), (2.1, 200.0), (2.1, 200.0)))
    assert drift_sentence(measured((2.0, 200.0))) == "", "one take has nothing to differ from"


def room_of(at: Studio) -> HealthRoom:
    room = at.view.room
    assert isinstance(room, HealthRoom)
    return room


def rows(room: HealthRoom) -> list[tuple[str, str]]:
    """Badge and subtitle of each row of the page that is shown."""
    shown: Any = {"words": room.words, "drift": room.drift}[room.page]
    model = shown.list.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [(str(index.data(RowRole.BADGE)), str(index.data(RowRole.SUBTITLE))) for index in indexes]


async def spoken(at: Studio, demo_service: DemoService, fault: str = "") -> Take:
    """A take that the demo service speaks in the open session, selected."""
    if fault:
        demo_service.arm(fault)
    line = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), TEXT, model="mimo-v2.5-tts")
    session = at.context.sessions.current.id
    number = at.context.sessions.reserve_take_numbers(session)[0]
    take: Take = at.context.service.generate(msgspec.structs.replace(line, session=session, number=number))
    await at.context.service.finished(take.id)
    at.panel.list.go_to(take.id)
    return take


async def test_words_are_checked_shown_and_stay_with_the_take(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=1) as at:
        panel = at.panel
        good = await spoken(at, demo_service)
        bad = await spoken(at, demo_service, "drop-word=2")
        panel.list.select_keys([good.id, bad.id], bad.id)
        panel.list.setFocus()
        qtbot.keyClick(panel.list, Qt.Key.Key_W)
        room = room_of(at)
        page = room.words
        assert room.page == "words" and page.check.hasFocus() and page.check.text() == "Check words"
        assert page.plan.text() == "2 requests · free · mimo-v2.5-asr", "nothing is sent before it is known what"
        assert [badge for badge, _ in rows(room)] == ["not checked", "not checked"]
        notes = [label.text() for label in at.view.findChildren(Label) if label.isVisible()]
        assert any("The recogniser makes mistakes too" in note for note in notes)
        page.check.click()
        await wait_until(lambda: page.check.text() == "Stop checking")
        await wait_until(lambda: page.check.text() == "Check words")
        await at.settle()
        assert rows(room) == [("words missing", "Not heard: “ferry”."), ("words as written", "")]
        assert page.list.selected_key() == bad.id
        await wait_until(lambda: page.words.toPlainText().endswith("The ferry leaves at nine"))
        assert page.words.toPlainText().startswith("Heard by mimo-v2.5-asr, ")
        room.done.click()
        assert at.view.room is None
        row = next(r for r in range(panel.model.rowCount()) if panel.model.item(r).id == bad.id)
        assert "words missing" in panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        assert "“ferry”" in panel.model.index(row).data(Qt.ItemDataRole.AccessibleDescriptionRole)
        stored = {take.id: take for take in await at.context.service.of_session(good.session)}
        assert stored[bad.id].findings[0].words == "ferry" and stored[good.id].read_back.heard == TEXT


async def test_a_take_that_could_not_be_checked_says_why(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=1) as at:
        take = await spoken(at, demo_service)
        at.panel.check_words.click()
        page = room_of(at).words
        demo_service.arm("status=400")
        page.check.click()
        await wait_until(lambda: not page.notice.isHidden())
        assert page.notice.text().startswith(f"Take {at.panel.model.take(take.id).number} · Mia could not be checked. ")
        await wait_until(lambda: rows(room_of(at))[0][0] == "not checked")
        demo_service.arm("status=400")
        page.check.click()
        at.view.close_room()
        await wait_until(lambda: any("could not be checked" in each.text for each in at.said))
        await at.settle()


async def test_drift_is_measured_of_takes_like_the_selected_one(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=3) as at:
        at.panel.list.setFocus()
        qtbot.keyClick(at.panel.list, Qt.Key.Key_D)
        page = room_of(at).drift
        await wait_until(page.verdict.isVisible)
        assert page.verdict.text() == "Length within 1 %, pitch within 0.1 semitones, level within 0.1 LU over 3 takes"
        assert len(rows(room_of(at))) == 3 and "Hz" in rows(room_of(at))[0][1]
        page.more.setValue(2)
        assert page.plan.text().startswith("2 requests")
        page.speak.click()
        assert page.speak.text() == "Stop speaking"
        await wait_until(lambda: "over 5 takes" in page.verdict.text())
        assert page.speak.text() == "Speak more takes"
        made = [take for take in at.panel.model.takes() if take.origin == "drift"]
        assert [take.number for take in made] == [5, 4] and all(take.text == TEXT for take in made)
        await at.settle()


async def test_unequal_takes_have_no_drift_and_it_is_said_why(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=2) as at:
        first, second = at.panel.model.takes()
        other = msgspec.structs.replace(second, text="Something else.", voice=VoiceSnapshot("builtin", "Dean", "Dean"))
        at.panel.model.set_takes((first, other))
        at.panel.list.select_keys([first.id, other.id])
        at.panel.check_drift.click()
        page = room_of(at).drift
        assert not page.verdict.isVisible() and "these differ in: text, voice." in page.notice.text()
        assert not page.speak.isEnabled() and page.plan.text() == "These takes were asked for differently."
        at.view.close_room()
        at.panel.list.select_keys([other.id])
        at.panel.check_drift.click()
        assert page.notice.text().startswith("One take has nothing to be compared with.")
        assert page.speak.isEnabled()
        await at.settle()


async def test_a_question_about_a_take_is_answered_stopped_and_kept_on_failure(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=1) as at:
        take = await spoken(at, demo_service)
        at.panel.list.setFocus()
        qtbot.keyClick(at.panel.list, Qt.Key.Key_A)
        page = room_of(at).ask
        assert page.question.hasFocus() and page.question.toPlainText().startswith("Listen to this recording")
        assert page.model.currentText() == "MiMo V2.6 Pro" and page.plan.text().startswith(
            "MiMo V2.6 Pro · 1 request · ≈"
        )
        assert page.question.textCursor().selectedText() == page.question.toPlainText(), "typing replaces it"
        page.question.setPlainText("Which words do you hear?")
        demo_service.arm("status=400")
        qtbot.keyClick(page.question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await wait_until(lambda: not page.notice.isHidden())
        assert page.question.toPlainText() == "Which words do you hear?" and not page.copy.isEnabled()
        page.with_text.setChecked(False)
        page.ask.click()
        assert page.ask.text() == "Stop answer" and page.notice.isHidden()
        await wait_until(lambda: page.ask.text() == "Ask MiMo")
        assert TEXT in page.answer.toPlainText(), "the model was sent the sound"
        assert page.outcome.text().startswith("Answered by MiMo V2.6 Pro · ")
        page.copy.click()
        assert "**Sound 1**" in QGuiApplication.clipboard().text(), "as it was answered"
        assert "Sound 1: WAV" in page.answer.toPlainText(), "and it is read without its marks"
        opened: list[tuple[Media, str, str]] = []
        at.presenter.health.open_in_chat = lambda *given: opened.append(given)
        page.open_chat.click()
        await wait_until(lambda: opened)
        media, question, model = opened[0]
        assert media.digest == at.panel.model.take(take.id).audio and media.name.endswith(".wav")
        assert (question, model) == ("Which words do you hear?", "mimo-v2.6-pro")
        page.open_chat.click()
        page.question.setPlainText("Typed while the sound was being read.")
        await wait_until(lambda: len(opened) == 2)
        assert opened[1][1] == "Which words do you hear?", "what was asked for when the button was pressed"
        demo_service.arm("stall=20")
        page.ask.click()
        await wait_until(lambda: page.answer.toPlainText() == "" and page.ask.text() == "Stop answer")
        page.ask.click()
        await wait_until(lambda: page.ask.text() == "Ask MiMo")
        await at.settle()


async def test_open_in_chat_begins_a_conversation_about_the_take_with_one_click(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with (
        speech_context(demo_service, tmp_path, player=FakePlayer()) as context,
        workspace(tmp_path / "chat") as work,
    ):
        await work.load()
        window = Window(context.settings, context.notifier)
        qtbot.addWidget(window)
        window.add_view("chat", QWidget)
        window.add_view("studio", partial(StudioView, context.settings))
        window.show_view("studio")
        view = window.view("studio")
        assert isinstance(view, StudioView)
        closing: list[Any] = []
        views: Any = SimpleNamespace(
            window=window, speech=lambda: context, chat=lambda: SimpleNamespace(workspace=work),
            on_close=lambda _name, close: closing.append(close),
        )  # fmt: skip
        assembly._connect(view, views)
        await wait_until(lambda: not len(context.tasks))
        take = await add_take(context, 1, 0.5)
        view.takes_panel.list.go_to(take.id)
        view.takes_panel.ask.click()
        room = view.room
        assert isinstance(room, HealthRoom)
        room.ask.with_text.setChecked(False)
        room.ask.open_chat.click()
        await wait_until(lambda: window.current == "chat")
        conversation = work.current_or_new().conversation
        (sound,) = conversation.attachments
        assert sound.digest == take.audio and sound.name.endswith(".wav")
        assert conversation.draft == room.ask.question.toPlainText()
        assert conversation.model == room.ask.model.key() and work.current_or_new().branch == ()
        for close in closing:
            await close()
        await wait_until(lambda: not len(context.tasks))


async def test_a_take_is_played_in_the_room_as_in_the_list(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=2) as at:
        gains: list[float] = []
        playback, play_stream = at.context.playback, at.context.playback.play_stream

        def stream(take: Take, source: Any, gain_db: float, start: int) -> None:
            gains.append(gain_db)
            play_stream(take, source, gain_db, start)

        monkeypatch.setattr(playback, "play_stream", stream)
        monkeypatch.setattr(at.context.service, "streaming_source", lambda _take_id: sound)
        take = msgspec.structs.replace(at.panel.model.takes()[0], audio="", loudness=-30.0)
        sound = at.context.audio.whole(np.zeros((12_000, 1), np.float32), 24_000)
        at.panel.model.set_takes([take])
        at.panel.list.go_to(take.id)
        at.panel.equal_loudness.setChecked(True)
        at.panel.ask.click()
        room_of(at).play.click()
        await wait_until(lambda: playback.playing)
        assert playback.key == take.id and gains == [9.0], "not saved yet, and as loud as others"
        room_of(at).play.click()
        assert not playback.playing
        await at.settle()


async def test_the_menu_of_a_take_does_what_its_buttons_do(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The platform of the tests has no pop-ups.
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)
    async with studio(qtbot, demo_service, tmp_path, takes=2) as at:
        rows_of_takes = at.panel.list
        second = at.panel.model.takes()[1]
        area = rows_of_takes.visualRect(at.panel.model.index(1))
        rows_of_takes.customContextMenuRequested.emit(QPoint(area.center()))
        assert rows_of_takes.selected_keys() == [second.id]
        (menu,) = rows_of_takes.findChildren(QMenu)
        names = [action.text() for action in menu.actions()]
        assert {"Check words", "Check drift", "Ask MiMo about this take", "Delete take", "Star"} <= set(names)
        assert {"Make an audition page", "Compare", "Save subtitles", "Copy take"} <= set(names)
        next(action for action in menu.actions() if action.text() == "Ask MiMo about this take").trigger()
        menu.deleteLater()
        assert room_of(at).page == "ask"
        await at.settle()
