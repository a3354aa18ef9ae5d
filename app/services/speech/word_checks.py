"""Checks whether takes say their words: each is read back with the recognition model, as a job of the queue.

The recogniser errs as well, so what is found is a reason to listen, and no proof.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import aclosing
from typing import NamedTuple, Protocol

import numpy as np

from app.core.errors import Code, InputError, ServiceError, TransportError, WorkbenchError
from app.core.jobs import Job, JobEstimate, JobStatus
from app.core.messages import Usage
from app.core.observers import Event
from app.core.read_back import ORIGIN, job_owner
from app.core.takes import ReadBack, Take, TakeFinding
from app.services.jobs.ports import CallProgress, Write
from app.services.jobs.queue import JobQueue
from app.services.speech.ports import Audio, Blobs, Samples, TakeStore
from app.services.speech.recognition import RATE, Recognition, RecognitionJob
from app.services.speech.take_health import find_in_words
from app.services.speech.word_check_jobs import JOB_KIND, CostOf, new_subject, parts_of


class StoredTakes(Protocol):
    """Stores what was heard in a take. Raises StorageError."""

    async def set_read_back(self, take_id: str, read_back: ReadBack, found: tuple[TakeFinding, ...]) -> None: ...


class ChecksInProgress(NamedTuple):
    """How far the checks of a session are."""

    done: int
    total: int


class WordChecks:
    """Reads takes back.

    Attributes:
        on_failed: emitted with the id of a take that could not be checked, and the reason.
    """

    def __init__(
        self, takes: TakeStore, stored: StoredTakes, blobs: Blobs, audio: Audio, recognition: Recognition,
        queue: JobQueue, cost_of: CostOf,
    ) -> None:  # fmt: skip
        self._takes = takes
        self._stored = stored
        self._blobs = blobs
        self._audio = audio
        self._recognition = recognition
        self._queue = queue
        self._cost_of = cost_of
        self._requested: set[str] = set()
        """Ids of the takes whose job is being stored."""
        self.on_failed: Event[str, WorkbenchError] = Event()

    # -- beginning ------------------------------------------------------------------------------------------------

    def estimate(self, takes: Sequence[Take], model: str) -> JobEstimate:
        """What is known about a check of takes before it starts; recognition is billed by the length of the sound."""
        estimate = self._queue.estimate(JOB_KIND, model, len(takes))
        seconds = sum(take.frames / take.rate for take in takes)
        cost, currency = self._cost_of(model, Usage(audio_seconds=seconds))
        return estimate._replace(cost=cost, currency=currency)

    async def request(self, takes: Sequence[Take], model: str, *, title: str, session: str) -> None:
        """Queue a check of takes of a session as one job with this title; those that are being checked are left out.

        Raises StorageError, and InputError NO_MODEL; then nothing was queued.
        """
        if not model:
            raise InputError(Code.NO_MODEL, field="model")
        going = self.checking(session) | self._requested
        due = [take.id for take in takes if take.id not in going]
        if not due:
            return
        job = Job("", JOB_KIND, origin=ORIGIN, owner=job_owner(session), title=title, model=model)
        self._requested.update(due)
        try:
            await self._queue.add(job, [new_subject(take_id) for take_id in due], interactive=1)
        finally:
            self._requested.difference_update(due)

    def stop(self, session: str) -> None:
        """Stop the checks of a session; what was found so far is kept."""
        for status in self._going(session):
            self._queue.stop(status.job.id)

    def progress(self, session: str) -> ChecksInProgress | None:
        """How far the checks of a session are; None if none goes on."""
        going = self._going(session)
        if not going:
            return None
        ended = sum(status.done + status.failed + status.lost + status.stopped for status in going)
        return ChecksInProgress(ended, sum(status.total for status in going))

    def checking(self, session: str) -> frozenset[str]:
        """The ids of the takes of a session whose check has not ended."""
        items = (item for status in self._going(session) for item in self._queue.items(status.job.id))
        return frozenset(parts_of(item.subject)[0] for item in items if item.state in ("queued", "sent"))

    def _going(self, session: str) -> tuple[JobStatus, ...]:
        return self._queue.going(job_owner(session))

    # -- for jobs -------------------------------------------------------------------------------------------------

    async def check(
        self, take_id: str, check_id: str, model: str, progress: CallProgress, *, interactive: bool
    ) -> Usage:
        """Read one take back and store what was found; return what was used.

        Passes NotNow on. Raises WorkbenchError, with the parameter `sent` if an answer may have been billed.
        """
        call = _Call(progress, interactive)
        try:
            take = await self._takes.get(take_id)
            heard = await self._heard(take, model, call)
            found = await asyncio.to_thread(find_in_words, take, heard)
            read_back = ReadBack(check_id, heard, model, time.time())
            await self._stored.set_read_back(take_id, read_back, found)
        except WorkbenchError as error:
            if call.was_sent and not isinstance(error, ServiceError | TransportError):
                # It broke off here, and may have been billed. Of other errors the client says whether they were sent.
                error.params.setdefault("sent", True)
            if not progress.is_kept(error):
                self.on_failed.emit(take_id, error)
            raise
        return call.usage

    async def _heard(self, take: Take, model: str, call: _Call) -> str:
        samples = await asyncio.to_thread(self._samples, take)
        job = RecognitionJob(call.reported(), call.interactive, call.add)
        pieces: list[str] = []
        async with aclosing(self._recognition.transcribe(samples, model, job=job)) as words:
            async for piece in words:
                pieces.append(piece)
        return "".join(pieces).strip()

    def _samples(self, take: Take) -> Samples:
        """The sound of a take as the recognition takes it. Blocks; raises StorageError and AudioError."""
        sound = self._audio.read_sound(self._blobs.read(take.audio))
        mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
        return mono if sound.rate == RATE else self._audio.resample(mono, sound.rate, RATE)


class _Call:
    """What is known about one call while it is made."""

    def __init__(self, progress: CallProgress, interactive: bool) -> None:
        self._progress = progress
        self.interactive = interactive
        self.was_sent = False
        self.usage = Usage()

    def reported(self) -> CallProgress:
        """The progress of the queue, which also notes that something was sent."""
        return self._progress._replace(sending=self._sending)

    async def _sending(self, service: str, also: Sequence[Write]) -> None:
        await self._progress.sending(service, also)
        self.was_sent = True

    def add(self, usage: Usage) -> None:
        self.usage += usage
