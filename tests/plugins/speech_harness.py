"""The dependencies of the speech views, on the demo service and a real database, without an audio device."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from app.core.profiles import DEMO
from app.core.settings import Settings
from tests.plugins.demo_service import DemoService


class _Keys:
    def __init__(self, value: str) -> None:
        self.value = value

    async def find(self, name: str, /) -> _Keys:
        return self


@asynccontextmanager
async def speech_context(
    demo_service: DemoService, folder: Path, *, retries: int = 0, player: Any = None
) -> AsyncIterator[Any]:
    """A `SpeechContext` with a player, by default one without a device; at the end no task may have failed."""
    from app.composition.audio_adapter import audio
    from app.mimo.client import MimoClient
    from app.services.connection import Connection
    from app.services.demo_process import DemoProcess
    from app.services.models import Models
    from app.services.speech.library import VoiceLibrary
    from app.services.speech.recognition import Recognition
    from app.services.speech.sessions import SpeechSessions
    from app.services.speech.voice_drafts import VoiceDrafts
    from app.services.tasks import TaskSet
    from app.storage.database import Database
    from app.storage.home import open_home
    from app.ui.studio.context import SpeechContext
    from app.ui.widgets.notifications import Notifier
    from tests.plugins.take_services import take_service

    profile = msgspec.structs.replace(DEMO, kind="self-hosted", base_url=demo_service.base_url, retries=retries)
    connection = Connection(profile, keys=_Keys(demo_service.key), make_client=MimoClient, demo=DemoProcess())
    database = await Database.open(open_home(folder / "home"))
    failures: list[BaseException] = []
    tasks, settings, sound = TaskSet(failures.append), Settings(), audio()
    models = Models(connection, settings)
    sessions = SpeechSessions(database.sessions, database.takes, database.search, tasks, settings)
    drafts = VoiceDrafts(database.voice_drafts, tasks)
    await models.refresh()
    try:
        async with take_service(connection, tasks, database, player=player) as (service, _queue, playback):
            service.queued.next_number = lambda take: sessions.reserve_take_numbers(take.session)[0]
            yield SpeechContext(
                service, service.stored.joined, playback, VoiceLibrary(database.voices, database.blobs),
                Recognition(connection, sound), models, database.blobs, sound, sessions, drafts, tasks, settings,
                Notifier(),
            )  # fmt: skip
    finally:
        # Also after a failure: a thread that is left would keep the process from ending.
        await sessions.aclose()
        await drafts.aclose()
        await tasks.aclose()
        await connection.aclose()
        await database.close()
    assert failures == []
