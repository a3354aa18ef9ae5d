"""The dependencies of the speech views, on the demo service and a real database, without an audio device."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from app.core.errors import AudioError, Code
from app.core.profiles import DEMO
from app.core.settings import Settings
from tests.plugins.demo_service import DemoService


class NoMicrophone:
    """A recorder where there is no microphone."""

    rate, frames = 48_000, 0
    state = SimpleNamespace(error=None)
    level = SimpleNamespace(rms=-96.0, peak=-96.0)

    async def start(self, _path: Path) -> None:
        raise AudioError(Code.NO_INPUT)

    async def stop(self) -> None:
        return None


class _Keys:
    def __init__(self, value: str) -> None:
        self.value = value

    async def find(self, name: str, /) -> _Keys:
        return self


@asynccontextmanager
async def speech_context(
    demo_service: DemoService, folder: Path, *, retries: int = 0, player: Any = None, recorder: Any = None
) -> AsyncIterator[Any]:
    """A `SpeechContext`, by default without sound devices; at the end no task may have failed."""
    from app.composition.audio_adapter import audio
    from app.mimo.client import MimoClient
    from app.services.chat.lone_call import LoneCalls
    from app.services.connection import Connection
    from app.services.demo_process import DemoProcess
    from app.services.models import Models
    from app.services.speech.audition_grids import AuditionGrids
    from app.services.speech.auditions import Auditions
    from app.services.speech.comparisons import Comparisons
    from app.services.speech.directions import DirectionLibrary
    from app.services.speech.drift_measuring import DriftMeasuring
    from app.services.speech.library import VoiceLibrary
    from app.services.speech.recognition import Recognition
    from app.services.speech.sessions import SpeechSessions
    from app.services.speech.take_files import TakeFiles
    from app.services.speech.take_question import TakeQuestions
    from app.services.speech.transcripts import Transcripts
    from app.services.speech.voice_drafts import VoiceDrafts
    from app.services.tasks import TaskSet
    from app.storage.database import Database
    from app.storage.home import open_home
    from app.ui.studio.context import SpeechContext
    from app.ui.widgets.notifications import Notifier
    from tests.plugins.take_services import add_word_checks, free, take_service

    profile = msgspec.structs.replace(DEMO, kind="gateway", base_url=demo_service.base_url, retries=retries)
    home = open_home(folder / "home")
    database = await Database.open(home)
    make_client = partial(MimoClient, blob_path=database.blobs.path)
    connection = Connection(profile, keys=_Keys(demo_service.key), make_client=make_client, demo=DemoProcess())
    failures: list[BaseException] = []
    tasks, settings, sound = TaskSet(failures.append), Settings(), audio()
    models = Models(connection, settings)
    sessions = SpeechSessions(database.sessions, database.takes, database.search, tasks, settings)
    drafts = VoiceDrafts(database.voice_drafts, tasks)
    grids = AuditionGrids(database.grids, tasks)
    comparisons = Comparisons(database.comparisons, tasks)
    auditions = Auditions(database.auditions, tasks)
    transcripts = Transcripts(database.transcripts, database.blobs, tasks)
    calls = LoneCalls(connection)
    await models.refresh()
    try:
        library = VoiceLibrary(database.voices, database.blobs, database.takes)
        serving = take_service(connection, tasks, database, player=player, consents=library.consents)
        async with serving as (service, queue, playback):
            service.queued.next_number = lambda take: sessions.reserve_take_numbers(take.session)[0]
            checks = add_word_checks(connection, database, service, queue)
            yield SpeechContext(
                service=service,
                parts=service.stored.joined,
                playback=playback,
                library=library,
                recognition=Recognition(connection, sound),
                recorder=recorder or NoMicrophone(),
                models=models,
                blobs=database.blobs,
                audio=sound,
                sessions=sessions,
                voice_drafts=drafts,
                comparisons=comparisons,
                auditions=auditions,
                transcripts=transcripts,
                grids=grids,
                jobs=queue,
                take_files=TakeFiles(home.temporary, database.blobs, sound),
                directions=DirectionLibrary(database.directions),
                lone_calls=calls,
                word_checks=checks,
                drift=DriftMeasuring(database.blobs, sound),
                questions=TakeQuestions(calls, models, database.blobs, lambda: connection.profile.protocol),
                cost_of=free,
                tasks=tasks,
                settings=settings,
                notifier=Notifier(),
                temporary=home.temporary,
            )
    finally:
        # Also after a failure: a thread that is left would keep the process from ending.
        await sessions.aclose()
        await drafts.aclose()
        await grids.aclose()
        await comparisons.aclose()
        await auditions.aclose()
        await transcripts.aclose()
        await tasks.aclose()
        await connection.aclose()
        await database.close()
    assert failures == []
