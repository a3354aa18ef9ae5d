"""A recording of speech that is kept, so that it can be recognised again when that failed."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from app.core.errors import AudioError, Code, StorageError, WorkbenchError
from app.core.recognition_limits import MAX_RECORDING_MINUTES
from app.services.speech.dictation import Microphone


class RecordingMeter(NamedTuple):
    """The state of a running recording: seconds so far, RMS level and peak in dBFS, whether it ended on its own."""

    seconds: float
    level: float
    peak: float
    has_ended: bool


class RecordingEnd(NamedTuple):
    """How a recording ended: why on its own, such as MICROPHONE_LOST, and whether frames were lost in between."""

    error: AudioError | None
    has_gaps: bool


class KeptRecording:
    """Records from the microphone into a file, which is kept until another recording is made or the program ends.

    Attributes:
        path: the last recording; None before there is one, and when it was discarded.
        seconds: its length.
        is_recording: True between `start` and `stop`.
    """

    def __init__(self, recorder: Microphone, temporary: Path) -> None:
        """`temporary` is a folder of the home: what a killed process leaves in it is removed at the next start."""
        self._recorder, self._temporary = recorder, temporary
        self._folder: Path | None = None
        self.path: Path | None = None
        self.seconds = 0.0
        self.is_recording = False

    @property
    def meter(self) -> RecordingMeter:
        """What the microphone hears now."""
        level, seconds = self._recorder.level, self._recorder.frames / self._recorder.rate
        has_ended = self._recorder.state.error is not None or seconds >= 60 * MAX_RECORDING_MINUTES
        return RecordingMeter(seconds, level.rms, level.peak, has_ended)

    async def start(self) -> None:
        """Start recording; the former recording is kept until this one is there. Raises AudioError, StorageError."""
        folder = await asyncio.to_thread(self._new_folder)
        starting = asyncio.ensure_future(self._recorder.start(folder / "recording.wav"))
        try:
            await asyncio.shield(starting)
        except asyncio.CancelledError:
            # Opening goes on in its thread. Closing has to come after it, or the microphone stays open.
            await asyncio.wait([starting])
            if starting.exception() is None:
                await self._recorder.stop()
            _remove(folder)
            raise
        except WorkbenchError as error:
            # It may be open already although its file can't be written. Another recording goes on.
            if error.code is not Code.ALREADY_RECORDING:
                await self._recorder.stop()
            _remove(folder)
            raise
        self._folder, self.is_recording = folder, True

    async def stop(self) -> RecordingEnd:
        """End the recording and keep it in the place of the former one.

        If nothing was recorded the former one is kept: raises what ended the recording, or SOUND_EMPTY.
        """
        folder, self._folder, self.is_recording = self._folder, None, False
        recording = None
        try:
            recording = await self._recorder.stop()
            if recording is None or not recording.frames:
                raise (recording.error if recording is not None else None) or AudioError(Code.SOUND_EMPTY)
        except BaseException:
            _remove(folder)
            raise
        self.discard()
        self.path, self.seconds = recording.path, recording.frames / self._recorder.rate
        return RecordingEnd(recording.error, bool(recording.gaps or recording.lost))

    async def aclose(self) -> None:
        """Close the microphone if this recording has it open, and delete what is kept."""
        folder, self._folder = self._folder, None
        if self.is_recording:
            self.is_recording = False
            await self._recorder.stop()
        _remove(folder)
        self.discard()

    def discard(self) -> None:
        """Delete the recording that is kept."""
        path, self.path = self.path, None
        _remove(path.parent if path is not None else None)

    def _new_folder(self) -> Path:
        try:
            return Path(tempfile.mkdtemp(prefix="transcribe-", dir=self._temporary))
        except OSError as error:
            message = error.strerror or str(error)
            raise StorageError(Code.FILE_NOT_WRITTEN, path=str(self._temporary), message=message) from error


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
