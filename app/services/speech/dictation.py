"""Dictation: records from the microphone until the speaker pauses, then recognises what was said."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from app.core.errors import AudioError, Code, InputError
from app.core.recognition_limits import PIECE_SECONDS
from app.core.speech_gate import SpeechGate
from app.services.models import Models
from app.services.speech.ports import Audio, Recorder, Samples
from app.services.speech.recognition import RATE, Recognition

MAX_SECONDS = PIECE_SECONDS
"""The longest dictation: what one call of the recognition takes."""
UNSPOKEN_SECONDS = 15.0
"""How long dictation waits for the first word."""
POLL_SECONDS = 0.05
"""As often as the recorder measures its level."""


class Microphone(Recorder, Protocol):
    """A recorder of `rate` frames per second. `state.error` is why a recording ended on its own."""

    @property
    def rate(self) -> int: ...
    @property
    def state(self) -> Any: ...


class Meter(NamedTuple):
    """The state of a running recording: seconds so far, RMS level and peak in dBFS, whether speech has begun."""

    seconds: float
    level: float
    peak: float
    has_spoken: bool


class Speech(NamedTuple):
    """What was recorded.

    Attributes:
        samples: 16 kHz mono, float32 of shape (frames, 1), in memory only.
        has_spoken: whether speech was detected in it.
        peak: the highest peak in dBFS.
        error: why the recording ended on its own, such as MICROPHONE_LOST.
        is_full: whether it ended because it was as long as it may be.
    """

    samples: Samples
    has_spoken: bool
    peak: float
    error: AudioError | None = None
    is_full: bool = False

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


class Dictation:
    """Records and recognises one dictation at a time."""

    def __init__(
        self,
        recorder: Microphone,
        recognition: Recognition,
        audio: Audio,
        models: Models,
        pause: Callable[[], float],
        temporary: Path,
    ) -> None:
        """`pause` returns the seconds of silence that end a dictation.

        `temporary` is a folder of the home: what a killed process leaves in it is removed at the next start.
        """
        self._recorder, self._recognition, self._audio, self._models = recorder, recognition, audio, models
        self._pause, self._temporary = pause, temporary
        self._finishing = asyncio.Event()

    async def record(
        self,
        show: Callable[[Meter], object],
        *,
        gate: SpeechGate | None = None,
        pause: Callable[[], float] | None = None,
        unspoken: float = UNSPOKEN_SECONDS,
    ) -> Speech:
        """Record until the speaker pauses, `finish` is called, or the longest time is reached.

        `show` is called with the level many times a second. `gate` tells speech from the room, by default a new one;
        `pause` is used in place of the usual one, and `unspoken` is how many seconds it waits for the first word. The
        file is deleted before this returns. Raises, before anything is recorded, InputError NO_MODEL and what
        would stop the recognition; and AudioError.
        """
        if not self._models.chosen("recognition"):
            raise InputError(Code.NO_MODEL)
        await self._recognition.check()
        self._finishing.clear()
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="dictation-", dir=self._temporary))
        try:
            path = folder / "dictation.wav"
            await self._start(path)
            gate, meter = gate or SpeechGate(), Meter(0.0, 0.0, 0.0, False)
            peak = -120.0
            recording: Any = None
            try:
                while not self._is_over(gate, meter, pause or self._pause, unspoken):
                    await asyncio.sleep(POLL_SECONDS)
                    level, seconds = self._recorder.level, self._recorder.frames / self._recorder.rate
                    gate.add(seconds, level.rms)
                    peak = max(peak, level.peak)
                    meter = Meter(seconds, level.rms, level.peak, gate.has_spoken)
                    show(meter)
            finally:
                recording = await self._recorder.stop()
            if recording is None or not recording.frames:
                raise (recording.error if recording is not None else None) or AudioError(Code.SOUND_EMPTY)
            samples = await asyncio.to_thread(self._audio.read_mono, path, RATE)
            is_full = meter.seconds >= MAX_SECONDS
            return Speech(samples[: round(MAX_SECONDS * RATE)], gate.has_spoken, peak, recording.error, is_full)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def finish(self) -> None:
        """End the running recording."""
        self._finishing.set()

    async def _start(self, path: Path) -> None:
        starting = asyncio.ensure_future(self._recorder.start(path))
        try:
            await asyncio.shield(starting)
        except asyncio.CancelledError:
            # Opening goes on in its thread. Closing has to come after it, or the microphone stays open.
            await asyncio.wait([starting])
            if starting.exception() is None:
                await self._recorder.stop()
            raise
        except AudioError as error:
            # It may be open already although its file can't be written. Another recording goes on.
            if error.code is not Code.ALREADY_RECORDING:
                await self._recorder.stop()
            raise

    def _is_over(self, gate: SpeechGate, meter: Meter, pause: Callable[[], float], unspoken: float) -> bool:
        if self._finishing.is_set() or self._recorder.state.error is not None or meter.seconds >= MAX_SECONDS:
            return True
        return gate.silent_seconds >= (pause() if gate.has_spoken else unspoken)

    async def recognise(self, speech: Speech) -> str:
        """Return the words of a recording; empty if there are none. Raises AudioError and errors of the service."""
        words: list[str] = []
        model = self._models.chosen("recognition")
        async with aclosing(self._recognition.transcribe(speech.samples, model)) as pieces:
            async for piece in pieces:
                words.append(piece)
        return "".join(words).strip()
