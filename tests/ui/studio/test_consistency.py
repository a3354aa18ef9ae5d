"""The studio stays consistent with a slow disk, library changes, other sessions and language changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.events import Waiting
from app.core.resources import resource_path
from app.core.settings import Settings
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.services.speech.recognition import Progress
from app.ui.language import Language
from app.ui.studio import transcription
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.test_input import spoken
from tests.ui.studio.test_sessions import shown
from tests.waiting import wait_until

HARBOUR = SpeechSession(
    "a", "Harbour", text="The ferry leaves at nine.", created=1.0, updated=1.0, title_is_custom=True
)
WEATHER = SpeechSession("b", "Weather", text="Rain tomorrow.", created=2.0, updated=2.0, title_is_custom=True)


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    made = Language(qapp)
    yield made
    made.use("en")
    QApplication.processEvents()


async def test_saving_a_note_does_not_move_the_cursor(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        await spoken(view, "Good evening.")
        view.takes_panel.note.insert("warm one")
        view.takes_panel.note.setCursorPosition(0)
        view.takes_panel.note.insert("the ")
        await wait_until(lambda: view.takes_panel.model.takes()[0].note == "the warm one" and not len(context.tasks))
        assert view.takes_panel.note.cursorPosition() == 4
        assert view.takes_panel.note.isUndoAvailable()


async def test_restoring_a_take_restores_its_latest_note(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        said: list[Notification] = []
        context.notifier.listen(said.append)
        await wait_until(lambda: not len(context.tasks))
        await spoken(view, "Good evening.")
        view.takes_panel.note.setText("the warm one")
        view.takes_panel.delete.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 0 and bool(said))
        undo = said[-1].undo
        assert undo is not None
        undo()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 1 and not len(context.tasks))
        assert view.takes_panel.model.takes()[0].note == "the warm one"


async def test_text_typed_before_sessions_load_is_saved(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        await context.sessions._store.keep(HARBOUR)
        StudioPresenter(view, context)
        view.text.set_plain_text("Faster than the disk.")
        await wait_until(lambda: len(shown(view)) == 2 and not len(context.tasks))
        assert view.text.plain_text() == "Faster than the disk."
        assert {kept.text for kept in await context.sessions._store.listed()} == {HARBOUR.text, "Faster than the disk."}


async def test_role_and_scene_are_saved_however_they_are_set(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.role.setText("A sailor")
        await wait_until(lambda: len(shown(view)) == 1 and not len(context.tasks))
        assert (await context.sessions._store.listed())[0].role == "A sailor"


async def test_opening_a_session_does_not_reorder_the_list(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        for session in (HARBOUR, WEATHER):
            await context.sessions._store.keep(session)
        StudioPresenter(view, context)
        await wait_until(lambda: len(shown(view)) == 2 and not len(context.tasks))
        before = shown(view)
        for key, text in (("a", HARBOUR.text), ("b", WEATHER.text), ("a", HARBOUR.text)):
            view.session_panel.list.row_selected.emit(key)
            await wait_until(lambda text=text: view.text.plain_text() == text and not len(context.tasks))  # type: ignore[misc]
        assert shown(view) == before
        assert {kept.updated for kept in await context.sessions._store.listed()} == {1.0, 2.0}


async def test_a_filtered_out_session_cannot_be_deleted(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        for session in (HARBOUR, WEATHER):
            await context.sessions._store.keep(session)
        StudioPresenter(view, context)
        await wait_until(lambda: len(shown(view)) == 2 and not len(context.tasks))
        view.session_panel.list.row_selected.emit("a")
        await wait_until(lambda: view.text.plain_text() == HARBOUR.text)
        view.session_panel.search.setText("rain")
        await wait_until(lambda: shown(view) == ["Weather"])
        assert not view.session_panel.delete.isEnabled() and not view.session_panel.rename.isEnabled()
        view.session_panel.search.clear()
        await wait_until(lambda: len(shown(view)) == 2)
        assert view.session_panel.delete.isEnabled() and view.session_panel.rename.isEnabled()
        await wait_until(lambda: not len(context.tasks))


async def test_removing_a_voice_updates_the_models(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        sample = resource_path("samples", "lighthouse.wav").read_bytes()
        voice = await context.library.save_clone(sample, "Keeper", "agreed")
        view.voices.row_selected.emit(voice.id)
        assert view.model.key() == "mimo-v2.5-tts-voiceclone"
        await context.library.delete(voice)
        assert view.voices.selected_key() == "mimo_default"
        assert view.model.key() == "mimo-v2.5-tts"


async def test_changing_the_language_retranslates_everything(
    view: StudioView, demo_service: DemoService, tmp_path: Path, language: Language
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        await context.sessions._store.keep(SpeechSession("c", role="A sailor"))
        StudioPresenter(view, context)
        await wait_until(lambda: shown(view) == ["Untitled"] and not len(context.tasks))
        view.speak.click()
        view.model.refused.emit("mimo-nonsense")
        view.language.refused.emit("Klingon")
        assert view.notice.text() and view.choice_notice.text() and view.language_notice.text()
        busy: list[bool] = []
        view.busy.connect(busy.append)
        language.use("zh_CN")
        await wait_until(lambda: shown(view) != ["Untitled"])
        assert (view.notice.text(), view.choice_notice.text(), view.language_notice.text()) == ("", "", "")
        assert view.model.accessibleName() != "Speech model" and view.format.accessibleName() != "Format"
        assert busy == [], "nothing began or ended"
        await wait_until(lambda: not len(context.tasks))


async def test_transcript_pieces_are_appended(
    view: StudioView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, more = resource_path("samples", "lighthouse.wav"), asyncio.Event()

    async def chosen(*_: Any) -> Path:
        return path

    class Reader:
        async def transcribe(self, *_: Any, progress: Any, **__: Any) -> Any:
            progress(Progress(0.0, 1.0))
            yield "The lamp "
            await more.wait()
            yield "is lit."

    monkeypatch.setattr(transcription, "ask_to_open", chosen)
    async with speech_context(demo_service, tmp_path) as original:
        StudioPresenter(view, original._replace(recognition=Reader()))
        view.transcribe.click()
        await wait_until(lambda: view.transcript.toPlainText() == "The lamp ")
        view.transcript.moveCursor(QTextCursor.MoveOperation.Start)
        more.set()
        await wait_until(lambda: not len(original.tasks))
        assert view.transcript.toPlainText() == "The lamp is lit."
        assert view.transcript.textCursor().position() == 0


async def test_a_language_error_is_cleared_by_the_next_choice(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        view.language.refused.emit("Klingon")
        assert "“Klingon”" in view.language_notice.text()
        view.language.setEditText("English")
        await wait_until(lambda: view.language_notice.isHidden() and not len(context.tasks))


async def test_a_failed_take_is_retried_in_its_own_session(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        said: list[Notification] = []
        context.notifier.listen(said.append)
        await wait_until(lambda: not len(context.tasks))
        demo_service.arm("status=500")
        first = await spoken(view, "Good evening.")
        await wait_until(lambda: bool(said) and said[-1].retry is not None)
        retry = said[-1].retry
        assert retry is not None
        demo_service.reset()
        view.session_panel.new.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 0)
        retry()
        await wait_until(
            lambda: view.takes_panel.model.rowCount() == 2 and view.takes_panel.model.takes()[0].state == "done"
        )
        assert [(take.number, take.session) for take in view.takes_panel.model.takes()] == [
            (2, first.session), (1, first.session),
        ]  # fmt: skip
        await wait_until(lambda: not len(context.tasks))


async def test_a_wait_notice_is_withdrawn_after_switching_sessions(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        presenter = StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        over: list[str] = []
        context.notifier.withdrawn.connect(over.append)
        take = Take("t", VoiceSnapshot("builtin", "Mia", "Mia"), session=presenter._sessions.session.id)
        context.service.on_waiting.emit(take, Waiting(1.0, "retry"))
        view.session_panel.new.click()
        await wait_until(lambda: take.session != presenter._sessions.session.id and not len(context.tasks))
        assert over == []
        context.service.on_waiting.emit(take, None)
        assert over == ["speech waits"]


def test_tokens_in_sight_are_highlighted_in_place(view: StudioView) -> None:
    def coloured() -> list[tuple[int, int]]:
        found = [view.text.text.document().findBlock(token.start) for token in view.text.text.tokens.in_sight()]
        return [
            (token.start - block.position(), token.stop - token.start)
            for block, token in zip(found, view.text.text.tokens.in_sight(), strict=True)
        ]

    view.text.set_plain_text("\n".join(["😀 Well [laugh], yes."] * 40))
    assert set(coloured()) == {(8, 7)} and 0 < len(coloured()) < 40
    view.text.text.undo()
    assert coloured() == []
    view.text.text.redo()
    assert set(coloured()) == {(8, 7)}
    view.text.text.moveCursor(QTextCursor.MoveOperation.Start)
    view.text.text.insertPlainText("Oh. ")
    assert coloured()[0] == (12, 7)
    view.text.checks.finish()
