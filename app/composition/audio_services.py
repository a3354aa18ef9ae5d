"""The audio services: player, recorder, takes, recognition. Created when a view or a button first needs them.

The numerical libraries take as much memory as the rest of the program, so a user who only chats never loads them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from app.audio import portaudio
from app.audio.devices import Device, DeviceWatch, input_devices, output_devices
from app.audio.player import Player
from app.audio.recorder import Recorder
from app.composition.audio_adapter import audio
from app.core.errors import AudioError, WorkbenchError
from app.core.observers import Event
from app.core.settings import BUFFER, DICTATION_PAUSE, INPUT_DEVICE, OUTPUT_DEVICE, USUAL_GAINS, Settings
from app.core.takes import Take
from app.services.connection import Connection
from app.services.jobs.queue import JobQueue
from app.services.models import Models
from app.services.run_statistics import RunStatistics
from app.services.speech.audition_grids import AuditionGrids
from app.services.speech.auditions import Auditions
from app.services.speech.comparisons import Comparisons
from app.services.speech.dictation import Dictation
from app.services.speech.drift_measuring import DriftMeasuring
from app.services.speech.library import VoiceLibrary
from app.services.speech.loudness_matching import with_gain_of
from app.services.speech.part_joining import PartJoining
from app.services.speech.playback import Playback
from app.services.speech.read_aloud import ReadAloud
from app.services.speech.recognition import Recognition
from app.services.speech.sessions import SpeechSessions
from app.services.speech.take_files import TakeFiles
from app.services.speech.take_making import CallTimes
from app.services.speech.take_service import TakeService
from app.services.speech.transcripts import Transcripts
from app.services.speech.voice_drafts import VoiceDrafts
from app.services.speech.voice_use import VoiceUse
from app.services.speech.word_check_jobs import CostOf
from app.services.speech.word_checks import WordChecks
from app.services.spending import Spending
from app.services.tasks import TaskSet
from app.storage.database import Database


class _Records(Protocol):
    """Records that are edited in memory and saved."""

    on_failed: Event[WorkbenchError]

    async def load(self) -> None: ...
    async def aclose(self) -> None: ...


class AudioServices:
    """Services that play, record or generate audio. Create them on the running event loop.

    Attributes:
        on_devices: audio devices were added or removed.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        library: VoiceLibrary,
        connection: Connection,
        tasks: TaskSet,
        models: Models,
        meter: RunStatistics,
        spending: Spending,
        jobs: JobQueue,
        call_times: CallTimes,
        cost_of: CostOf,
    ) -> None:
        self._settings = settings
        self._meter = meter
        self._spending = spending
        self._spoken: set[str] = set()
        self.audio = audio()
        self.player = Player(device=settings.get(OUTPUT_DEVICE) or None, open_stream=self._open_stream)
        self.recorder = Recorder(device=settings.get(INPUT_DEVICE) or None)
        self.on_devices: Event[()] = Event()
        self.on_devices.subscribe(self.player.devices_changed)
        self.on_devices.subscribe(self.recorder.devices_changed)
        self._devices = DeviceWatch(self.on_devices.emit)
        settings.watch(OUTPUT_DEVICE, lambda device: self.player.set_device(device or None))
        self.sessions = SpeechSessions(database.sessions, database.takes, database.search, tasks, settings)
        self.voice_drafts = VoiceDrafts(database.voice_drafts, tasks)
        self.grids = AuditionGrids(database.grids, tasks)
        self.comparisons = Comparisons(database.comparisons, tasks)
        self.sessions.more_words = self._words_of_sessions
        self.auditions = Auditions(database.auditions, tasks)
        self.transcripts = Transcripts(database.transcripts, database.blobs, tasks)
        self.playback = Playback(self.player, database.blobs, self.audio)
        self.speech = TakeService(
            connection,
            tasks,
            database.takes,
            database.blobs,
            self.audio,
            jobs,
            self.playback,
            call_times,
            library.consents,
        )
        self.parts = PartJoining(
            self.speech, database.takes, database.blobs, self.audio, jobs, tasks, self._next_take_number
        )
        self.take_files = TakeFiles(database.home.temporary, database.blobs, self.audio)
        self.speech.on_take.subscribe(self._count)
        self.voice_use = VoiceUse(library, settings, tasks)
        self.speech.on_take.subscribe(self.voice_use.note)
        self.speech.queued.next_number = self._next_number
        self.sessions.on_deleted.subscribe(self.speech.stop_session)
        self.library = library
        self.aloud = ReadAloud(self.speech, self.playback, models)
        self.recognition = Recognition(connection, self.audio)
        self.recognition.on_used.subscribe(spending.used)
        self.word_checks = WordChecks(
            database.takes, self.speech.stored, database.blobs, self.audio, self.recognition, jobs, cost_of
        )
        self.drift = DriftMeasuring(database.blobs, self.audio)
        self.dictation = Dictation(
            self.recorder,
            self.recognition,
            self.audio,
            models,
            lambda: settings.get(DICTATION_PAUSE),
            database.home.temporary,
        )

    def _words_of_sessions(self) -> dict[str, str]:
        """What is written in grids and comparisons, by the ids of their sessions."""
        grids, comparisons = self.grids.words(), self.comparisons.words()
        return {key: f"{grids.get(key, '')}\n{comparisons.get(key, '')}" for key in grids.keys() | comparisons.keys()}

    def _open_stream(
        self, direction: portaudio.Direction, rate: int, channels: int, callback: portaudio.Callback,
        device: str | None = None,
    ) -> portaudio.DeviceStream:  # fmt: skip
        """Open a stream with the current buffer setting."""
        latency = self._settings.get(BUFFER)
        return portaudio.open_stream(direction, rate, channels, callback, device, latency=latency)

    async def output_name(self) -> str:
        """The display name of the output device; empty if there is none."""
        return await _chosen_name(output_devices, self._settings.get(OUTPUT_DEVICE))

    async def input_name(self) -> str:
        """The display name of the microphone; empty if it is not there."""
        return await _chosen_name(input_devices, self._settings.get(INPUT_DEVICE))

    def _next_number(self, take: Take) -> int:
        """The number of a take that is made again: in a session of the studio none is given twice."""
        try:
            return self.sessions.reserve_take_numbers(take.session)[0]
        except WorkbenchError:  # Of no session of the studio.
            return take.number

    async def _next_take_number(self, session_id: str) -> int:
        """Reserve a number in a session, which may not have been read yet; 0 if it was deleted. Raises StorageError."""
        if self.sessions.get(session_id) is None:
            await self.sessions.load()
        if self.sessions.get(session_id) is None:
            return 0
        return self.sessions.reserve_take_numbers(session_id)[0]

    def _count(self, take: Take) -> None:
        """Count a take generated in this run once, when it ends. Later changes, such as a star, do not count again."""
        if take.parts:
            # Each of its parts was made by a call of its own, which counts.
            return
        if take.state == "speaking":
            self._spoken.add(take.id)
            return
        if take.id not in self._spoken:
            return
        self._spoken.remove(take.id)
        if take.first_sound is not None:
            self._meter.answered(take.first_sound)
        # A take that broke off has no usage, but did incur a cost.
        if take.usage is not None or take.frames:
            self._spending.used(take.model, take.usage, take.call_id)
        if take.state == "done":
            usual: dict[str, float] = self._settings.get(USUAL_GAINS)
            self._settings.set(USUAL_GAINS, with_gain_of(take, usual))

    @property
    def _stores(self) -> tuple[_Records, ...]:
        return self.sessions, self.voice_drafts, self.grids, self.comparisons, self.auditions, self.transcripts

    def report_to(self, failed: Callable[[WorkbenchError], object]) -> None:
        """Call `failed` with every error while records are saved."""
        for store in self._stores:
            store.on_failed.subscribe(failed)

    async def reload(self) -> None:
        """Read the records that a backup or an archive has added. Raises StorageError."""
        for store in self._stores:
            await store.load()

    async def save_records(self) -> None:
        """Save everything that was edited, and stop retrying."""
        for store in self._stores:
            await store.aclose()

    async def finish_takes(self) -> None:
        """End running generation; what arrived so far is saved."""
        await self.speech.finish()
        await self.parts.aclose()
        await self.voice_use.save()

    async def aclose(self) -> None:
        """Close the devices."""
        await asyncio.to_thread(self._devices.close)
        await self.recorder.stop()
        await asyncio.to_thread(self.player.close)


async def _chosen_name(devices: Callable[[], list[Device]], chosen: str) -> str:
    """The name of the chosen device, or of the system's default; empty if it is not there."""
    try:
        found = await asyncio.to_thread(devices)
    except AudioError:
        return ""
    wanted = (device for device in found if (device.id == chosen if chosen else device.default))
    return next((device.name for device in wanted), "")
