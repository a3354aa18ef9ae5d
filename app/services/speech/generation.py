"""One take while it is being made: its state, its sound as far as it has arrived, and the file that holds it."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.core.errors import StorageError
from app.core.takes import GenerationState, Take
from app.core.wav import wav_header
from app.services.speech.ports import Audio, Blobs, BlobWriter, GrowingSource
from app.services.speech.take_health import find_in_sound
from app.services.speech.waveform_peaks import PeakAccumulator

log = logging.getLogger(__name__)

StopReason = Literal["", "stopped", "length", "content_filter"]
"""Why it ended early: stopped here, or cut by the service."""

AUDIBLE_AMPLITUDE = 33
"""16-bit amplitude of -60 dBFS."""
PROGRESS_INTERVAL_SECONDS = 0.1


class Generation:
    """A take being made.

    Attributes:
        take: the take as it is now.
        state: how far it is.
        stop_reason: why it ended early, if it did.
        source: its sound, once some has arrived; of a file, once it is complete and decoded.
        file: the bytes of a file that can only be decoded when it is complete; None for a stream.
        is_deleted: whether the user deleted it meanwhile.
        members: ids of the hidden takes whose sound it is joined from; empty for a take that is made by one call.
        absorbed: those takes as they ended, once it holds their sound.
        last_byte: seconds from sending to the last of its sound that has arrived.
        save_lock: held while it is saved.
    """

    def __init__(self, take: Take) -> None:
        self.take = take
        self.state: GenerationState = "queued"
        self.stop_reason: StopReason = ""
        self.source: GrowingSource | None = None
        self.file: bytearray | None = None
        self.is_deleted = False
        self.members: tuple[str, ...] = ()
        self.absorbed: tuple[Take, ...] = ()
        self.last_byte: float | None = None
        self.save_lock = asyncio.Lock()
        self._peaks = PeakAccumulator()
        self._writer: BlobWriter | None = None
        self._written_bytes = 0
        self._is_written = True
        self._sent_at: float | None = None
        self._progress_at = 0.0

    def set(self, **fields: object) -> None:
        """Change fields of the take."""
        self.take = msgspec.structs.replace(self.take, **fields)

    def request_sent(self) -> None:
        """The request leaves now: from here the time to the first sound counts."""
        self.state = "requesting"
        self._sent_at = time.monotonic()

    def request_refused(self) -> None:
        """The service refused the request without doing anything; it will be repeated."""
        self._sent_at = None

    @property
    def was_sent(self) -> bool:
        """Whether a request has left that may have been billed."""
        return self._sent_at is not None

    @property
    def elapsed_seconds(self) -> float:
        """Seconds since the request left; 0 if none did."""
        return 0.0 if self._sent_at is None else time.monotonic() - self._sent_at

    def begin_sound(self, container: str, rate: int, audio: Audio) -> None:
        """Sound of this container begins to arrive."""
        self.state = "receiving"
        if container == "pcm16":
            self.source = audio.growing(rate)
            self.set(rate=rate)
        else:
            self.file = bytearray()

    def receive(self, content: bytes, blobs: Blobs) -> None:
        """Add bytes to the sound and to its file. Raises AudioError.

        Written on the loop: pieces are small, writes unsynced, and a stop must not separate the two copies. A disk that
        is full must not end what may have been billed: the sound goes on in memory, and is written at its end.
        """
        header = b""
        if self.file is not None:
            self.file += content
        elif self.source is not None:
            self.append(content)
            header = wav_header(self.take.rate, 0)
        if self._is_written:
            try:
                self._write(header, content, blobs)
            except StorageError as error:
                self._is_written = False
                log.warning("take %s is written at its end: %s", self.take.id, error)
        self.last_byte = self.elapsed_seconds

    def _write(self, header: bytes, content: bytes, blobs: Blobs) -> None:
        if self._writer is None:
            self._writer = blobs.writer(self.take.id)
            content = header + content
        self._writer.write(content)
        self._written_bytes += len(content)

    def append(self, pcm: bytes) -> None:
        """Add sound that is stored elsewhere while it arrives. Raises AudioError."""
        assert self.source is not None
        self.source.feed(pcm)
        frames = np.frombuffer(pcm, "<i2")
        self._peaks.add(frames)
        self._note_first_sound(frames)

    def restart_sound(self, audio: Audio) -> None:
        """Forget all sound, and begin again; who plays it now hears what there was."""
        if self.source is not None:
            self.source.finish()
        self._peaks = PeakAccumulator()
        self.begin_sound("pcm16", self.take.rate, audio)

    def progress_due(self) -> bool:
        """Whether to report progress now; if so, the take has its present length and peaks."""
        now = time.monotonic()
        if self.source is None or now - self._progress_at < PROGRESS_INTERVAL_SECONDS:
            return False
        self._progress_at = now
        self.set(frames=self.source.known, peaks=self._peaks.packed())
        return True

    def set_decoded(self, pcm: NDArray[np.int16], rate: int, audio: Audio) -> None:
        """Set the sound of a file that is complete: int16 of shape (frames, 1)."""
        self.source = audio.growing(rate)
        self.source.feed(pcm.tobytes())
        self._peaks.add(pcm[:, 0])
        self.set(rate=rate, first_sound=self.elapsed_seconds)

    def save_sound(self, audio: Audio, blobs: Blobs) -> dict[str, object]:
        """Save and measure the sound; return the fields of the take that follow from it. Blocks.

        What was written as it arrived becomes the saved file; only if that is incomplete is everything written again.
        Raises StorageError and AudioError.
        """
        assert self.source is not None
        pcm, rate = self.source.pcm(), self.source.rate
        samples = np.multiply(pcm, np.float32(1 / 32768), dtype=np.float32)
        measured = audio.measure(samples, rate)
        header = wav_header(rate, pcm.nbytes)
        if self._writer is not None and self.file is None and self._written_bytes == len(header) + pcm.nbytes:
            digest = self._writer.finish(header)
        else:
            digest = blobs.put(header + pcm.tobytes())
        return {
            "audio": digest, "frames": len(pcm), "peaks": self._peaks.packed(), "loudness": measured.integrated,
            "true_peak": measured.true_peak,
            "findings": find_in_sound(samples, rate, audio, self.take.state),
        }  # fmt: skip

    def discard_partial(self) -> None:
        """Remove what was written as it arrived: it is saved, or not wanted."""
        if self._writer is not None:
            self._writer.abandon()

    def _note_first_sound(self, frames: NDArray[np.int16]) -> None:
        if self.take.first_sound is None and bool((np.abs(frames.astype(np.int32)) > AUDIBLE_AMPLITUDE).any()):
            self.set(first_sound=self.elapsed_seconds)
