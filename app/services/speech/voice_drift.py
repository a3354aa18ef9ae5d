"""Measures how steady a voice is: speaks one line several times and stores the spread with the voice."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec

from app.core.drift import MIN_TAKES, ORIGIN, USUAL_TAKES, can_be_measured
from app.core.errors import AudioError, StorageError, WorkbenchError
from app.core.observers import Event
from app.core.takes import Take
from app.core.voices import Voice, VoiceDrift
from app.services.speech.drift_measuring import DriftMeasuring
from app.services.speech.library import VoiceLibrary, used
from app.services.speech.take_service import TakeService
from app.services.tasks import TaskSet

_TOGETHER_SECONDS = 1.0


def session_of(voice_id: str) -> str:
    """The session of the takes that measure a voice. No session of the studio has such an id."""
    return f"{ORIGIN} {voice_id}"


class VoiceDriftChecks:
    """Checks voices, each at most once at a time.

    Attributes:
        on_change: a check began, ended, or got further.
        on_failed: emits the voice whose check failed, and why.
    """

    def __init__(self, library: VoiceLibrary, service: TakeService, measuring: DriftMeasuring, tasks: TaskSet) -> None:
        self._library, self._service, self._measuring, self._tasks = library, service, measuring, tasks
        self._checks: dict[str, dict[str, Take]] = {}
        """The takes of running checks by their id, by the id of the voice."""
        self.on_change: Event[()] = Event()
        self.on_failed: Event[str, WorkbenchError | None] = Event()
        service.on_take.subscribe(self._on_take)
        service.on_deleted.subscribe(self._on_deleted)

    def start(self, voice: Voice, text: str, model: str, title: str) -> None:
        """Speak a line several times with a voice. Raises InputError as `TakeService.request`."""
        if voice.id in self._checks:
            return
        spec = Take("", used(voice), text, model=model, origin=ORIGIN, session=session_of(voice.id))
        takes = self._service.request([spec] * USUAL_TAKES, title=title, owner=session_of(voice.id))
        self._checks[voice.id] = {take.id: take for take in takes}
        self.on_change.emit()

    async def resume(self, voice: Voice) -> None:
        """Go on with a check of an earlier run whose takes are not measured yet. Raises StorageError.

        The queue makes its takes after a restart, but nobody waits for them then.
        """
        takes = await self._service.of_session(session_of(voice.id))
        if not takes or voice.id in self._checks:
            return
        newest = max(takes, key=lambda take: take.created)
        if voice.drift is not None and voice.drift.measured > newest.created:
            return
        # The takes of one check are requested together.
        latest = [take for take in takes if newest.created - take.created < _TOGETHER_SECONDS]
        going = {take.id: take for take in latest if take.has_ended or self._service.is_active(take.id)}
        if sum(map(can_be_measured, going.values())) < MIN_TAKES and all(take.has_ended for take in going.values()):
            return
        self._checks[voice.id] = going
        self._show(voice.id)

    def stop(self, voice_id: str) -> None:
        """Speak no more; what was spoken is measured if it is enough."""
        for take_id in tuple(self._checks.get(voice_id, ())):
            self._service.stop(take_id)

    def progress(self, voice_id: str) -> tuple[int, int] | None:
        """How many takes of how many are spoken; None if no check runs."""
        takes = self._checks.get(voice_id)
        return None if takes is None else (sum(take.has_ended for take in takes.values()), len(takes))

    def _on_take(self, take: Take) -> None:
        for voice_id, takes in tuple(self._checks.items()):
            if take.id in takes:
                takes[take.id] = take
                self._show(voice_id)

    def _on_deleted(self, take_id: str) -> None:
        for voice_id, takes in tuple(self._checks.items()):
            if takes.pop(take_id, None) is not None:
                self._show(voice_id)

    def _show(self, voice_id: str) -> None:
        takes = self._checks[voice_id]
        if all(take.has_ended for take in takes.values()):
            del self._checks[voice_id]
            self._tasks.spawn(self._measure(voice_id, tuple(takes.values())), f"drift of {voice_id}")
        self.on_change.emit()

    async def _measure(self, voice_id: str, takes: Sequence[Take]) -> None:
        complete = [take for take in takes if can_be_measured(take)]
        if len(complete) < MIN_TAKES:
            self.on_failed.emit(voice_id, None)
            return
        try:
            measured = await self._measuring.measure([await self._service.ensure_saved(take) for take in complete])
            drift = VoiceDrift(complete[0].text, time.time(), tuple(measured))
            await self._library.update(voice_id, lambda voice: msgspec.structs.replace(voice, drift=drift))
        except (AudioError, StorageError) as error:
            self.on_failed.emit(voice_id, error)
        self.on_change.emit()
