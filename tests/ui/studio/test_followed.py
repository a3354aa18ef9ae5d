"""The studio follows what happens beside it: a slow disk, a library, another session, another language."""

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
from app.ui.studio import text_panel, transcription
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_desk
from tests.ui.studio.test_sessions import shown
from tests.ui.studio.test_studio import until
from tests.ui.studio.test_typed import spoken

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


async def test_a_note_that_is_kept_leaves_the_cursor_where_it_is(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        StudioPresenter(view, speech)
        await until(lambda: not len(speech.tasks))
        await spoken(view, "Good evening.")
        view.note.insert("warm one")
        view.note.setCursorPosition(0)
        view.note.insert("the ")
        await until(lambda: view.take_model.takes()[0].note == "the warm one" and not len(speech.tasks))
        assert view.note.cursorPosition() == 4
        assert view.note.isUndoAvailable()


async def test_a_deleted_take_comes_back_with_the_note_typed_last(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        StudioPresenter(view, speech)
        said: list[Notification] = []
        speech.messages.listen(said.append)
        await until(lambda: not len(speech.tasks))
        await spoken(view, "Good evening.")
        view.note.setText("the warm one")
        view.delete.click()
        await until(lambda: view.take_model.rowCount() == 0 and bool(said))
        undo = said[-1].undo
        assert undo is not None
        undo()
        await until(lambda: view.take_model.rowCount() == 1 and not len(speech.tasks))
        assert view.take_model.takes()[0].note == "the warm one"


async def test_words_that_are_there_before_the_sessions_stay_and_are_kept(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        await speech.sessions.keep(HARBOUR)
        StudioPresenter(view, speech)
        view.text.set_words("Faster than the disk.")
        await until(lambda: len(shown(view)) == 2 and not len(speech.tasks))
        assert view.text.words() == "Faster than the disk."
        assert {kept.text for kept in await speech.sessions.listed()} == {HARBOUR.text, "Faster than the disk."}


async def test_role_and_scene_are_kept_however_they_came(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        StudioPresenter(view, speech)
        await until(lambda: not len(speech.tasks))
        view.role.setText("A sailor")
        await until(lambda: len(shown(view)) == 1 and not len(speech.tasks))
        assert (await speech.sessions.listed())[0].role == "A sailor"


async def test_a_session_that_is_only_opened_stays_in_its_place(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        for session in (HARBOUR, WEATHER):
            await speech.sessions.keep(session)
        StudioPresenter(view, speech)
        await until(lambda: len(shown(view)) == 2 and not len(speech.tasks))
        before = shown(view)
        for key, text in (("a", HARBOUR.text), ("b", WEATHER.text), ("a", HARBOUR.text)):
            view.sessions.row_selected.emit(key)
            await until(lambda text=text: view.text.words() == text and not len(speech.tasks))  # type: ignore[misc]
        assert shown(view) == before
        assert {kept.updated for kept in await speech.sessions.listed()} == {1.0, 2.0}


async def test_a_session_that_is_not_shown_is_not_deleted(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        for session in (HARBOUR, WEATHER):
            await speech.sessions.keep(session)
        StudioPresenter(view, speech)
        await until(lambda: len(shown(view)) == 2 and not len(speech.tasks))
        view.sessions.row_selected.emit("a")
        await until(lambda: view.text.words() == HARBOUR.text)
        view.session_search.setText("rain")
        await until(lambda: shown(view) == ["Weather"])
        assert not view.delete_session.isEnabled() and not view.rename_session.isEnabled()
        view.session_search.clear()
        await until(lambda: len(shown(view)) == 2)
        assert view.delete_session.isEnabled() and view.rename_session.isEnabled()
        await until(lambda: not len(speech.tasks))


async def test_a_voice_that_goes_takes_its_model_with_it(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        StudioPresenter(view, speech)
        await until(lambda: not len(speech.tasks))
        sample = resource_path("samples", "lighthouse.wav").read_bytes()
        voice = await speech.library.save_clone(sample, "Keeper", "agreed")
        view.voices.row_selected.emit(voice.id)
        assert view.model.key() == "mimo-v2.5-tts-voiceclone"
        await speech.library.delete(voice)
        assert view.voices.selected_key() == "mimo_default"
        assert view.model.key() == "mimo-v2.5-tts"


async def test_another_language_leaves_no_words_of_the_former(
    view: StudioView, demo_service: DemoService, tmp_path: Path, language: Language
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        await speech.sessions.keep(SpeechSession("c", role="A sailor"))
        StudioPresenter(view, speech)
        await until(lambda: shown(view) == ["Untitled"])
        view.speak.click()
        view.model.refused.emit("mimo-nonsense")
        view.language.refused.emit("Klingon")
        assert view.notice.text() and view.choice_notice.text() and view.language_notice.text()
        busy: list[bool] = []
        view.busy.connect(busy.append)
        language.use("zh_CN")
        QApplication.processEvents()
        assert shown(view) != ["Untitled"]
        assert (view.notice.text(), view.choice_notice.text(), view.language_notice.text()) == ("", "", "")
        assert view.model.accessibleName() != "Speech model" and view.format.accessibleName() != "Format"
        assert busy == [], "nothing began or ended"
        await until(lambda: not len(speech.tasks))


async def test_pieces_of_a_transcript_come_at_its_end(
    view: StudioView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, more = resource_path("samples", "lighthouse.wav"), asyncio.Event()

    async def chosen(*_: Any) -> Path:
        return path

    class Reader:
        async def transcribe(self, *_: Any, progress: Any) -> Any:
            progress(Progress(0.0, 1.0))
            yield "The lamp "
            await more.wait()
            yield "is lit."

    monkeypatch.setattr(transcription, "ask_to_open", chosen)
    async with speech_desk(demo_service, tmp_path) as desk:
        StudioPresenter(view, desk._replace(recognition=Reader()))
        view.transcribe.click()
        await until(lambda: view.transcript.toPlainText() == "The lamp ")
        view.transcript.moveCursor(QTextCursor.MoveOperation.Start)
        more.set()
        await until(lambda: not len(desk.tasks))
        assert view.transcript.toPlainText() == "The lamp is lit."
        assert view.transcript.textCursor().position() == 0


async def test_the_refusal_of_a_language_goes_with_the_next_choice(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        StudioPresenter(view, speech)
        view.language.refused.emit("Klingon")
        assert "“Klingon”" in view.language_notice.text()
        view.language.setEditText("English")
        await until(lambda: view.language_notice.isHidden() and not len(speech.tasks))


async def test_a_failed_take_is_tried_again_in_its_own_session(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        StudioPresenter(view, speech)
        said: list[Notification] = []
        speech.messages.listen(said.append)
        await until(lambda: not len(speech.tasks))
        demo_service.arm("status=500")
        first = await spoken(view, "Good evening.")
        await until(lambda: bool(said) and said[-1].retry is not None)
        retry = said[-1].retry
        assert retry is not None
        demo_service.reset()
        view.new_session.click()
        await until(lambda: view.take_model.rowCount() == 0)
        retry()
        await until(lambda: view.take_model.rowCount() == 2 and view.take_model.takes()[0].state == "done")
        assert [(take.number, take.session) for take in view.take_model.takes()] == [
            (2, first.session), (1, first.session),
        ]  # fmt: skip
        await until(lambda: not len(speech.tasks))


async def test_what_a_take_waits_for_is_taken_back_in_another_session_too(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as speech:
        presenter = StudioPresenter(view, speech)
        await until(lambda: not len(speech.tasks))
        over: list[str] = []
        speech.messages.withdrawn.connect(over.append)
        take = Take("t", VoiceSnapshot("builtin", "Mia", "Mia"), session=presenter._session.id)
        (tell,) = speech.service.on_waiting
        tell(take, Waiting(1.0, "retry"))
        view.new_session.click()
        await until(lambda: take.session != presenter._session.id and not len(speech.tasks))
        assert over == []
        tell(take, None)
        assert over == ["speech waits"]


def test_tags_are_read_once_for_all_lines_and_coloured_where_they_are(
    view: StudioView, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, read = text_panel.tags_in, []

    def counted(text: str) -> Any:
        read.append(text)
        return real(text)

    def coloured(line: int) -> list[tuple[int, int]]:
        block = view.text.text.document().findBlockByNumber(line)
        return [(found.start, found.length) for found in block.layout().formats()]

    monkeypatch.setattr(text_panel, "tags_in", counted)
    view.text.set_words("\n".join(["😀 Well [laugh], yes."] * 40))
    once = len(read)
    assert once <= 3
    assert coloured(0) == coloured(39) == [(8, 7)]
    view.text.text.undo()
    view.text.text.redo()
    assert coloured(20) == [(8, 7)]
    view.text.text.moveCursor(QTextCursor.MoveOperation.Start)
    view.text.text.insertPlainText("Oh. ")
    assert coloured(0) == [(12, 7)]
