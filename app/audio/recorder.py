"""The recorder: records a microphone to a WAV file without blocking the event loop."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

import msgspec

from app.audio import portaudio
from app.audio.capture import CaptureSession, Level, Recording
from app.audio.portaudio import OpenStream
from app.core.errors import AudioError, Code
from app.core.observers import Event

RATE = 48_000
CANCEL_TIMEOUT_SECONDS = 3.0
"""How long a cancelled call still waits for the thread that opens or closes the microphone."""

Status = Literal["idle", "listening", "recording"]


class RecorderState(msgspec.Struct, frozen=True):
    """The state of the recorder. `error` is why it stopped on its own; what was recorded before is saved."""

    status: Status = "idle"
    error: AudioError | None = None


class Recorder:
    """Records mono. Create and call it on the event loop.

    `listen` opens the microphone for the meter and the pre-roll, `start` starts writing, `stop` ends both.

    Attributes:
        device: the id of a `Device`, None for the default. Takes effect the next time the microphone is opened.
    """

    def __init__(
        self,
        *,
        device: str | None = None,
        rate: int = RATE,
        pre_roll: float = 0.0,
        open_stream: OpenStream = portaudio.open_stream,
    ) -> None:
        self.device = device
        self.rate = rate
        self._pre_roll = pre_roll
        self._open_stream = open_stream
        self._capture: CaptureSession | None = None
        self._recording: Recording | None = None
        # The microphone is opened and closed in threads; concurrent calls wait for each other.
        self._device_lock = asyncio.Lock()
        self._state = RecorderState()
        self.on_state: Event[RecorderState] = Event()

    @property
    def state(self) -> RecorderState:
        """The current state."""
        return self._state

    @property
    def level(self) -> Level:
        """The current level. Poll it at the frame rate of the display."""
        return self._capture.level if self._capture is not None else Level()

    @property
    def frames(self) -> int:
        """Frames recorded so far."""
        return self._capture.frames if self._capture is not None else 0

    async def listen(self) -> None:
        """Open the microphone. Raises NO_PORTAUDIO, NO_INPUT, MICROPHONE_LOST or DEVICE_BUSY."""
        async with self._device_lock:
            await self._open()

    async def start(self, path: Path) -> None:
        """Start recording to `path`, beginning `pre_roll` seconds ago.

        Raises as `listen`, FILE_NOT_WRITTEN, and ALREADY_RECORDING: the running recording goes on then.
        """
        async with self._device_lock:
            if self._state.status == "recording":
                raise AudioError(Code.ALREADY_RECORDING)
            capture = await self._open()
            await asyncio.to_thread(capture.begin, path)
            self._recording = None
            self._set_state(RecorderState("recording"))

    def devices_changed(self) -> None:
        """Call this after devices were added or removed. Ends the recording if its microphone is gone.

        The sound server would silently move the stream to another microphone.
        """
        if self._capture is not None:
            self._capture.check_device()

    async def stop(self) -> Recording | None:
        """Close the microphone and the file. Returns None if nothing was recorded.

        A recording that ended on its own is returned too, even if `listen` was called since.
        """
        async with self._device_lock:
            await self._close()
            recording, self._recording = self._recording, None
            return recording

    async def stop_listening(self) -> None:
        """Close the microphone unless it is recording."""
        async with self._device_lock:
            if self._state.status == "listening":
                await self._close()

    async def _open(self) -> CaptureSession:
        if self._capture is not None and self._capture.error is None:
            return self._capture
        if self._capture is not None:
            await self._close()
        loop = asyncio.get_running_loop()
        capture = CaptureSession(
            self.rate, self._pre_roll, lambda error: loop.call_soon_threadsafe(self._on_capture_error, capture, error)
        )
        opening = asyncio.ensure_future(asyncio.to_thread(capture.open, self._open_stream, self.device))
        try:
            await asyncio.shield(opening)
        except BaseException:
            # The thread can't be stopped, so close what it opens when it has finished.
            await asyncio.wait({asyncio.ensure_future(_close_after(opening, capture))}, timeout=CANCEL_TIMEOUT_SECONDS)
            raise
        self._capture = capture
        self._set_state(RecorderState("listening"))
        return capture

    async def _close(self) -> None:
        """Close the microphone. The recording is stored until `stop` returns it, even if this call is cancelled."""
        capture, self._capture = self._capture, None
        if capture is None:
            return
        closing = asyncio.ensure_future(asyncio.to_thread(capture.close))
        try:
            await asyncio.wait({closing})
        except asyncio.CancelledError:
            await asyncio.wait({closing}, timeout=CANCEL_TIMEOUT_SECONDS)
            raise
        finally:
            self._set_state(RecorderState("idle", capture.error))
            if closing.done():
                self._recording = closing.result() or self._recording

    def _on_capture_error(self, capture: CaptureSession, error: AudioError) -> None:
        # The session is retained until `stop` closes it and returns the recording.
        if capture is self._capture:
            self._set_state(RecorderState("idle", error))

    def _set_state(self, state: RecorderState) -> None:
        if state == self._state:
            return
        self._state = state
        self.on_state.emit(state)


async def _close_after(opening: asyncio.Future[None], capture: CaptureSession) -> None:
    await asyncio.wait({opening})
    await asyncio.to_thread(capture.close)
