"""Transcribing files and recordings in the studio, and the notice of a waiting take."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.core.errors import AudioError, Code, ServiceError
from app.core.events import AudioDelta
from app.core.presentation_mask import PresentationMask
from app.core.requests import BuiltinVoice, SpeechRequest
from app.core.settings import Settings
from app.core.transcripts import Transcript
from app.mimo.client import MimoClient
from app.services.speech import recognition
from app.services.speech.recognition import Progress
from app.ui.chat.view import ChatView
from app.ui.studio import assembly, transcription
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.recognition_panel import RecognitionPanel
from app.ui.studio.stored_transcripts import StoredTranscripts
from app.ui.studio.view import StudioView
from app.ui.views import VIEWS
from app.ui.widgets.notifications import Notification, Notifier
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.window import Window
from tests.mimo.wire import profile
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.compare_harness import told_by
from tests.waiting import wait_until

SENTENCES = ("The committee discussed the new railway at length.", "Nobody had expected so many visitors.")


async def recorded(service: DemoService, path: Path) -> Path:
    """Record the sentences, each followed by a second of silence."""
    client = MimoClient(profile(service.base_url), service.key)
    sound = []
    for sentence in SENTENCES:
        pcm = b""
        async with aclosing(client.speak(SpeechRequest("mimo-v2.5-tts", sentence, BuiltinVoice("Dean")))) as events:
            async for event in events:
                if isinstance(event, AudioDelta):
                    pcm += event.content
        sound += [np.frombuffer(pcm, "<i2"), np.zeros(24_000, np.int16)]
    await client.aclose()
    soundfile.write(path, np.concatenate(sound), 24_000)
    return path


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(1360, 860)
    made.show()
    return made


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    async def chosen(*_: Any) -> Path | None:
        return path

    monkeypatch.setattr(transcription, "ask_to_open", chosen)


async def test_a_file_is_transcribed_with_progress(
    view: StudioView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "PIECE_SECONDS", 5.0)
    monkeypatch.setattr(transcription, "PIECE_SECONDS", 5.0)
    choosing(monkeypatch, await recorded(demo_service, tmp_path / "talk.wav"))
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        said: list[Notification] = []
        context.notifier.listen(said.append)
        await wait_until(lambda: not len(context.tasks))
        view.transcribe.click()
        await wait_until(lambda: view.transcribe.text() == "Stop transcribing")
        await wait_until(lambda: view.transcribe.text() == "Transcribe file")
        assert view.transcript.toPlainText() == " ".join(SENTENCES)
        told = [message.text for message in said if message.topic == "transcribing"]
        assert len(told) >= 2 and all(text.startswith("Transcribing: ") for text in told)


async def test_stopping_a_transcription_keeps_the_text_so_far(
    view: StudioView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, await recorded(demo_service, tmp_path / "talk.wav"))
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        demo_service.reset()
        demo_service.arm("stall=600")
        view.transcribe.click()
        await wait_until(lambda: demo_service.state()["running"] == 1)
        view.transcribe.click()
        await wait_until(lambda: demo_service.state()["running"] == 0)
        await wait_until(lambda: view.transcribe.text() == "Transcribe file" and view.transcribe.isEnabled())
        choosing(monkeypatch, None)
        view.transcribe.click()
        await wait_until(lambda: not len(context.tasks))
        assert view.transcribe.text() == "Transcribe file", "nothing was chosen"


async def test_a_waiting_take_shows_a_notice(
    view: StudioView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speech_context(demo_service, tmp_path, retries=1) as context:
        StudioPresenter(view, context)
        said: list[Notification] = []
        over: list[str] = []
        context.notifier.listen(said.append)
        context.notifier.withdrawn.connect(over.append)
        await wait_until(lambda: not len(context.tasks))
        demo_service.arm("status=503; retry-after=1")
        view.text.set_plain_text("Good evening.")
        view.speak.click()
        await wait_until(
            lambda: view.takes_panel.model.rowCount() == 1 and view.takes_panel.model.takes()[0].state == "done"
        )
        (told,) = [message.text for message in said if message.topic == "speech waits"]
        assert told == "The service did not answer. Trying again in 1 s." and "speech waits" in over


# -- recordings, interruptions and what becomes of the words: a recognition that says what the test wants


class Words:
    """A recognition that yields what it is given; a part that is an exception is raised, an event is waited for."""

    def __init__(self, *answers: list[Any]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[Any, float]] = []

    async def transcribe(
        self, recording: Any, _model: str, _language: str, *, start: float, progress: Any
    ) -> AsyncGenerator[str, None]:
        self.asked.append((recording, start))
        assert recording.is_file()
        for part in self.answers.pop(0):
            match part:
                case str():
                    yield part
                case float():
                    progress(Progress(part, 300.0))
                case asyncio.Event():
                    await part.wait()
                case _:
                    raise part


class Microphone:
    """Has recorded a second of sound when it is stopped."""

    rate, frames = 16_000, 16_000
    level = SimpleNamespace(rms=-20.0, peak=-12.0)

    def __init__(self) -> None:
        self.state = SimpleNamespace(error=None)
        self.paths: list[Path] = []

    async def start(self, path: Path) -> None:
        path.touch()
        self.paths.append(path)

    async def stop(self) -> Any:
        return SimpleNamespace(path=self.paths[-1], frames=16_000, gaps=0, lost=0, error=self.state.error)


@asynccontextmanager
async def transcribing(
    view: StudioView, demo_service: DemoService, folder: Path, *answers: list[Any]
) -> AsyncIterator[tuple[Any, Words, Microphone, list[Notification]]]:
    words, microphone, said = Words(*answers), Microphone(), list[Notification]()
    async with speech_context(demo_service, folder, recorder=microphone) as original:
        context = original._replace(recognition=words)
        presenter = StudioPresenter(view, context)
        context.notifier.listen(said.append)
        await wait_until(lambda: not len(context.tasks))
        yield context, words, microphone, said
        await presenter.aclose()
        assert [path for path in microphone.paths if path.exists()] == [], "no voice is left behind"


async def test_a_recording_is_kept_and_recognised_again_after_a_failure(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    panel, failed = view.recognition_panel, ServiceError(Code.OVERLOADED)
    answers: tuple[list[Any], ...] = [failed], ["The lamp ", "is lit."], ["Again."]
    async with transcribing(view, demo_service, tmp_path, *answers) as (context, words, microphone, said):
        assert panel.record.accessibleName() == "Record speech" and not panel.again.isEnabled()
        panel.record.click()
        await wait_until(lambda: panel.meter.isVisible() and not len(context.tasks))
        assert panel.record.accessibleName() == "Stop recording" and not panel.transcribe.isEnabled()
        assert (panel.meter.time.text(), panel.meter.level.value()) == ("0:01", -20)
        panel.record.click()
        await wait_until(lambda: bool(said))
        assert said[0].kind == "bad" and said[0].retry is not None and panel.transcript.toPlainText() == ""
        await wait_until(lambda: panel.again.isEnabled())
        said[0].retry()
        await wait_until(lambda: panel.transcript.toPlainText() == "The lamp is lit." and not len(context.tasks))
        panel.again.click()
        await wait_until(lambda: panel.transcript.toPlainText() == "Again.")
        (kept,) = context.transcripts.in_order()
        assert [asked for asked, _ in words.asked] == [context.blobs.path(kept.audio)] * 3
        assert not microphone.paths[0].exists(), "it is stored, and nowhere else"
        assert panel.record.accessibleName() == "Record speech" and not panel.meter.isVisible()


async def test_what_was_said_before_the_microphone_was_lost_is_recognised(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    panel = view.recognition_panel
    async with transcribing(view, demo_service, tmp_path, ["The lamp."]) as (context, _, microphone, said):
        panel.record.click()
        await wait_until(lambda: panel.meter.isVisible() and not len(context.tasks))
        microphone.state.error = AudioError(Code.MICROPHONE_LOST, device="headset")
        await wait_until(lambda: panel.transcript.toPlainText() == "The lamp.")
        assert "headset" in said[0].text
        await wait_until(lambda: not len(context.tasks))


async def test_without_a_microphone_the_reason_is_said(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with transcribing(view, demo_service, tmp_path) as (_, _, microphone, said):

        async def refuse(path: Path) -> None:
            microphone.paths.append(path)
            raise AudioError(Code.NO_INPUT)

        microphone.start = refuse  # type: ignore[method-assign]
        view.recognition_panel.record.click()
        await wait_until(lambda: bool(said))
        assert said[0].text.startswith("No microphone was found.")
        await wait_until(lambda: view.recognition_panel.record.isEnabled())
        assert view.recognition_panel.record.accessibleName() == "Record speech"


@pytest.mark.parametrize("by_hand", [True, False])
async def test_a_long_file_goes_on_where_it_was_interrupted(
    view: StudioView, demo_service: DemoService, tmp_path: Path, by_hand: bool
) -> None:
    panel, path, held = view.recognition_panel, tmp_path / "talk.wav", asyncio.Event()
    path.touch()
    end: Any = held if by_hand else ServiceError(Code.OVERLOADED)
    answers: tuple[list[Any], ...] = [0.0, "One two.", 120.0, end], [120.0, "Three."]
    async with transcribing(view, demo_service, tmp_path, *answers) as (context, words, _, said):
        panel.path.setText(f'"{path}"')
        panel.transcribe.click()
        await wait_until(lambda: panel.transcript.toPlainText() == "One two.")
        panel.transcript.setPlainText("One, two.")
        if by_hand:
            await wait_until(lambda: panel.transcribe.text() == "Stop transcribing")
            panel.transcribe.click()
        await wait_until(lambda: not len(context.tasks))
        go_on = said[-1].offer[1] if said[-1].offer is not None else said[-1].retry
        assert go_on is not None
        if by_hand:
            assert said[-1].text == "Transcribing was stopped. What came is in the transcript."
        go_on()
        await wait_until(lambda: not len(context.tasks))
        assert panel.transcript.toPlainText() == "One, two. Three.", "what was mended meanwhile stays"
        assert words.asked == [(path, 0.0), (path, 120.0)] and panel.path.text() == ""


async def test_a_dropped_file_begins_a_transcript_and_the_former_one_is_listed(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    panel, path, held = view.recognition_panel, tmp_path / "talk.wav", asyncio.Event()
    path.touch()
    async with transcribing(view, demo_service, tmp_path, [held, "New."], [" "]) as (context, _, _, said):
        panel.transcript.setPlainText("Old words.")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        drop = QDropEvent(QPointF(9, 9), action, mime, button, none)
        panel.dropEvent(drop)
        await wait_until(lambda: panel.transcribe.text() == "Stop transcribing")
        assert panel.transcript.toPlainText() == "Old words.", "it stays until the first word"
        panel.dropEvent(drop)
        assert said[-1].text.startswith("Something else is being transcribed")
        panel.path.setText("/typed/meanwhile.wav")
        held.set()
        await wait_until(lambda: panel.transcript.toPlainText() == "New." and not len(context.tasks))
        assert panel.path.text() == "/typed/meanwhile.wav"
        assert [kept.text for kept in context.transcripts.in_order()] == ["New.", "Old words."]
        panel.history.click()
        panel.earlier.list.setFocus()
        qtbot.keyClick(panel.earlier.list, Qt.Key.Key_Down)
        assert panel.transcript.toPlainText() == "Old words."
        panel.path.setText(str(path))
        qtbot.keyClick(panel.path, Qt.Key.Key_Return)
        await wait_until(lambda: said[-1].text.startswith("No words were recognised"))
        await wait_until(lambda: not len(context.tasks))


async def test_the_transcript_is_copied_used_as_text_and_sent_to_the_chat(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    panel = view.recognition_panel
    async with transcribing(view, demo_service, tmp_path) as (context, _, _, said):
        assert not any(button.isEnabled() for button in (panel.copy, panel.use, panel.send))
        panel.transcript.setPlainText("Words that came.\n")
        panel.copy.click()
        assert QGuiApplication.clipboard().text() == "Words that came."
        view.text.set_plain_text("The former line.")
        former = context.sessions.current.id
        panel.use.click()
        assert view.text.plain_text() == "Words that came."
        undo = said[-1].undo
        assert undo is not None
        context.sessions.begin("Another session.")
        undo()
        await wait_until(lambda: view.text.plain_text() == "The former line.")
        assert context.sessions.current.id == former, "the undo goes to the session it belongs to"
        sent: list[str] = []
        view.chat_requested.connect(sent.append)
        panel.send.click()
        assert sent == ["Words that came."]
        await wait_until(lambda: not len(context.tasks))


def test_presentation_mode_keeps_the_transcription_and_masks_it(view: StudioView) -> None:
    panel = view.recognition_panel
    panel.transcript.setPlainText("Annika is here.")
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    try:
        assert not panel.isHidden() and view.parameters_panel.isHidden()
        assert "Annika" not in QPlainTextEdit.toPlainText(panel.transcript)
    finally:
        presentation_cover().set_mask(None)
    assert panel.transcript.toPlainText() == "Annika is here."


def test_words_for_the_chat_come_behind_the_draft_and_are_not_sent(qtbot: QtBot) -> None:
    settings, sent = Settings(), list[str]()
    window = Window(settings, Notifier())
    qtbot.addWidget(window)
    for spec in VIEWS[:2]:
        window.add_view(spec.name, partial(spec.create, settings))
    window.show_view("studio")
    chat = window.view("chat")
    assert isinstance(chat, ChatView)
    chat.composer.send.connect(sent.append)
    chat.composer.field.insertPlainText("A draft.")
    assembly._send_to_chat(window, "The lamp is lit.")
    assert window.current == "chat" and chat.composer.text() == "A draft. The lamp is lit."
    chat.composer.field.undo()
    assert chat.composer.text() == "A draft." and sent == []


async def test_transcripts_come_back_are_searched_and_deleted_with_undo(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = view.recognition_panel
    answers: tuple[list[Any], ...] = ["The lamp is lit."], [ServiceError(Code.OVERLOADED)], ["It rains."]
    async with transcribing(view, demo_service, tmp_path, *answers) as (context, words, _, said):
        for text in ("The lamp is lit.", "The lamp is lit."):
            panel.record.click()
            await wait_until(lambda: panel.meter.isVisible() and not len(context.tasks))
            panel.record.click()
            await wait_until(lambda: not len(context.tasks))
            assert panel.transcript.toPlainText() == text, "a recording that failed opens nothing"
        qtbot.keyClicks(panel.transcript, "Oh: ")
        panel.history.click()
        titles = [panel.earlier.model.index(row).data() for row in range(panel.earlier.model.rowCount())]
        assert titles == ["Oh: The lamp is lit.", "Recording without a transcript"]
        panel.earlier.search.setText("lamp oh")
        assert panel.earlier.model.rowCount() == 1
        panel.earlier.search.setText("nothing like it")
        assert panel.earlier.nothing.text() == "No matching transcripts."
        panel.earlier.search.clear()
        qtbot.keyClick(panel.earlier.list, Qt.Key.Key_Down)
        await wait_until(lambda: panel.transcript.toPlainText() == "" and panel.again.isEnabled())
        panel.again.click()
        await wait_until(lambda: panel.transcript.toPlainText() == "It rains." and not len(context.tasks))
        assert words.asked[-1][0] == words.asked[-2][0], "the recording that failed, heard again"
        panel.delete.click()
        await wait_until(lambda: said[-1].undo is not None and not len(context.tasks))
        assert said[-1].text == "The transcript “It rains.” was deleted." and panel.transcript.toPlainText() == ""
        said[-1].undo()
        await wait_until(lambda: panel.transcript.toPlainText() == "It rains.")
        qtbot.keyClick(panel.earlier.list, Qt.Key.Key_Return)
        assert panel.transcript.isVisible() and not panel.history.isChecked() and panel.transcript.hasFocus()
        again = StoredTranscripts(RecognitionPanel(), context.transcripts, context.notifier, context.tasks.spawn)
        await again.load()
        assert again._panel.transcript.toPlainText() == "It rains."
        await again.aclose()


async def test_presentation_mode_masks_listed_transcripts(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    panel = view.recognition_panel
    async with transcribing(view, demo_service, tmp_path) as (context, _, _, said):
        context.transcripts.put(Transcript("a", "Annika called.", source="annika.wav", updated=2.0))
        context.transcripts.put(Transcript("b", "Nobody.", updated=1.0))
        view.transcript_wanted.emit("a")
        assert panel.transcript.toPlainText() == "Annika called."
        presentation_cover().set_mask(PresentationMask(names=["annika"]))
        try:
            panel.history.click()
            panel.delete.click()
            await wait_until(lambda: bool(said) and said[-1].undo is not None)
            said[-1].undo()
            await wait_until(lambda: panel.earlier.model.rowCount() == 2)
            shown = "\n".join(told_by(panel))
            assert "nnika" not in shown and "Nobody." in shown
        finally:
            presentation_cover().set_mask(None)
        assert context.transcripts.get("a").text == "Annika called.", "what was masked is not what is stored"
        await wait_until(lambda: not len(context.tasks))
