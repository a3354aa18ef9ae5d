"""Transcribing a file in the studio: text, progress, stopping, and the notice of a waiting take."""

from __future__ import annotations

from contextlib import aclosing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from app.core.events import AudioDelta
from app.core.requests import BuiltinVoice, SpeechRequest
from app.core.settings import Settings
from app.mimo.client import MimoClient
from app.services.speech import recognition
from app.ui.studio import transcription
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from tests.mimo.wire import profile
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
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
