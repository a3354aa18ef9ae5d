"""The transcripts of this home with their recordings: saved as they grow, searched, deleted with undo."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import Code, StorageError
from app.core.messages import new_id
from app.core.transcripts import Transcript
from app.services.record_keeper import RecordKeeper
from app.services.tasks import TaskSet

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import Blobs, RecordStore

_PIECE_BYTES = 1 << 20


class Transcripts(RecordKeeper[Transcript]):
    """All transcripts, the last changed first."""

    def __init__(self, store: RecordStore[Transcript], blobs: Blobs, tasks: TaskSet) -> None:
        super().__init__(store, tasks, "transcript")
        self._blobs = blobs

    def edit(self, record: Transcript) -> None:
        """Set a transcript and save it shortly after."""
        super().edit(record)
        self.on_change.emit()

    async def keep_recording(self, path: Path, length: float) -> Transcript:
        """Store a recording of `length` seconds, from now on the sound of a transcript without text.

        Raises StorageError, and then there is no transcript.
        """
        digest = await asyncio.to_thread(self._store_sound, path)
        now = time.time()
        transcript = Transcript(new_id(), audio=digest, length=length, created=now, updated=now)
        self.put(transcript)
        return transcript

    def sound_of(self, transcript: Transcript) -> Path | None:
        """The file with the recording of a transcript; None if it has none here."""
        audio = transcript.audio
        return self._blobs.path(audio) if audio and audio in self._blobs else None

    def latest(self) -> Transcript | None:
        """The one with a text that changed last; without any, the last recording."""
        ordered = self.in_order()
        return next((one for one in ordered if one.text.strip()), next(iter(ordered), None))

    def _store_sound(self, path: Path) -> str:
        writer = self._blobs.writer()
        try:
            with path.open("rb") as file:
                while piece := file.read(_PIECE_BYTES):
                    writer.write(piece)
            return writer.finish()
        except BaseException as error:
            writer.abandon()
            if isinstance(error, OSError):
                message = error.strerror or str(error)
                raise StorageError(Code.FILE_UNREADABLE, path=str(path), message=message) from error
            raise
