"""The blind auditions of this home with their votes, and the sounds of audition pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import msgspec
import numpy as np

from app.core.auditions import Audition, read_votes, with_vote
from app.core.errors import AudioError, Code
from app.core.takes import Take
from app.services.record_keeper import RecordKeeper
from app.services.speech.loudness_matching import matching
from app.services.speech.ports import Audio, Blobs, RecordStore, Samples
from app.services.stoppable_thread import Check, run_stoppable
from app.services.tasks import TaskSet

PAGE_RATE, WIDE_PAGE_RATE = 24_000, 48_000
"""Sample rate of a page whose takes have no more than the first, and of any other."""


class VotesReadIn(NamedTuple):
    """What became of the codes in a text.

    Attributes:
        pages: ids of the auditions that got votes.
        counted: number of votes; a vote that was there already is counted too.
        unknown: codes of pages that are not known here.
        damaged: codes with a typing error.
    """

    pages: tuple[str, ...] = ()
    counted: int = 0
    unknown: int = 0
    damaged: int = 0


class Auditions(RecordKeeper[Audition]):
    """All blind auditions, the last changed first."""

    def __init__(self, store: RecordStore[Audition], tasks: TaskSet) -> None:
        super().__init__(store, tasks, "audition")

    def read_in(self, text: str, now: float) -> VotesReadIn:
        """Add the votes that are found in a text to their auditions."""
        read = read_votes(text, now)
        changed: dict[str, Audition] = {}
        for page, vote in read.votes:
            audition = changed.get(page) or self.get(page)
            if audition is not None:
                changed[page] = with_vote(audition, vote, now)
        for audition in changed.values():
            self.put(audition)
        known = sum(vote.page in changed for vote in read.votes)
        return VotesReadIn(tuple(changed), known, len(read.votes) - known, read.damaged)


class AuditionSounds:
    """Makes the sounds of an audition page: equally loud, and within a section equally long."""

    def __init__(self, blobs: Blobs, audio: Audio) -> None:
        self._blobs, self._audio = blobs, audio

    async def make(
        self, sections: Sequence[Sequence[Take]], report: Callable[[int], object] = lambda _done: None
    ) -> list[list[bytes]]:
        """Return an MP3 file without any tag for each take.

        All takes get the loudness of a comparison. Those of a section are padded with silence to the longest of them,
        and their files have the same size. `report` is called with how many takes are finished. Cancelling stops it.
        Raises AudioError and StorageError.
        """
        takes = [take for section in sections for take in section]
        rate = PAGE_RATE if all(take.rate <= PAGE_RATE for take in takes) else WIDE_PAGE_RATE
        heard = [await run_stoppable(partial(self._read, take, rate)) for take in takes]
        gains = matching([measured for measured, _samples in heard]).gains
        made: list[list[bytes]] = []
        place = 0
        for section in sections:
            part = heard[place : place + len(section)]
            length = max(len(samples) for _take, samples in part)
            files = []
            for take, samples in part:
                files.append(await run_stoppable(partial(self._encode, samples, gains.get(take.id, 0.0), length, rate)))
                place += 1
                report(place)
            made.append(files)
        return made

    def _read(self, take: Take, rate: int, check: Check) -> tuple[Take, Samples]:
        """The take with its loudness at this rate, and its sound: mono, shape (frames, 1)."""
        if not take.audio:
            raise AudioError(Code.SOUND_EMPTY)
        sound = self._audio.read_sound(self._blobs.read(take.audio))
        check()
        mono = sound.samples if sound.channels == 1 else sound.samples.mean(axis=1, keepdims=True, dtype=np.float32)
        samples = self._audio.resample(mono, sound.rate, rate)
        measured = self._audio.measure(samples, rate)
        return (
            msgspec.structs.replace(take, loudness=measured.integrated, true_peak=measured.true_peak),
            samples,
        )

    def _encode(self, samples: Samples, gain: float, length: int, rate: int, check: Check) -> bytes:
        padded = np.zeros((length, 1), np.float32)
        padded[: len(samples)] = samples * np.float32(10 ** (gain / 20))
        check()
        return self._audio.even_mp3_bytes(self._audio.make_sound(padded, rate))
