"""The line of a voice is spoken once by a service and model, and stays whatever is purged. Without Qt."""

from __future__ import annotations

import pytest

from app.composition.audio_adapter import audio
from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.services.connection import Connection
from app.services.models import Models
from app.services.speech.playback import Playback
from app.services.speech.take_service import TakeService
from app.services.speech.voice_samples import LINES, VoiceSamples
from app.storage.database import Database
from tests.plugins.demo_service import DemoService
from tests.ui.studio.player_harness import FakePlayer
from tests.waiting import wait_until

MIA = VoiceSnapshot("builtin", "Mia", "Mia")


async def test_a_line_is_spoken_once_survives_a_purge_and_is_spoken_anew_by_another_model(
    speech: TakeService,
    database: Database,
    connection: Connection,
    demo_service: DemoService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    playback, models = Playback(FakePlayer(), database.blobs, audio()), Models(connection, Settings())
    samples = VoiceSamples(speech, playback, models)
    made: list[Take] = []
    speech.on_take.subscribe(lambda take: made.append(take) if take.state == "done" else None)
    await samples.hear(MIA, LINES["en"])
    await wait_until(lambda: len(made) == 1)
    await speech.finished(made[0].id)
    samples.stop()
    monkeypatch.setattr("app.storage.blobs.GRACE_SECONDS", 0.0)
    await database.purge()
    await database.sweep()
    before = len(demo_service.requests())
    await samples.hear(MIA, LINES["en"])
    assert samples.active and playback.key == made[0].id and len(demo_service.requests()) == before
    assert made[0].audio in await database.used_blobs(), "its file counts as used, in sizes and archives"
    monkeypatch.setattr(models, "chosen", lambda kind: "mimo-v2.5-tts-2026")
    await samples.hear(MIA, LINES["en"])
    await wait_until(lambda: len(demo_service.requests()) > before)
    samples.stop()
    playback.close()
