"""Records a sample into a temporary file and shows the microphone's level and the elapsed time."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.core.errors import Code, InputError, StorageError, WorkbenchError
from app.services.speech.ports import Recorder
from app.ui.texts.numbers import clock
from app.ui.voices.clone_tab import CloneTab

_METER_INTERVAL_MS = 100
MUTED_PEAK_DB = -80.0
"""Even in a quiet room a microphone that works is louder."""
MUTED_SECONDS = 1.5
QUIET_PEAK_DB = -40.0
"""Speech near a microphone peaks above this."""
QUIET_SECONDS = 4.0


class SampleRecorder(QObject):
    """Runs the recorder and shows its state in the tab.

    Signals:
        broke_off: the recording ended on its own, because the microphone is gone. `finish` returns what there is.

    Attributes:
        is_recording: True between `start` and `finish`.
    """

    broke_off = Signal()

    def __init__(self, tab: CloneTab, recorder: Recorder, temporary: Path) -> None:
        """`temporary` is a folder of the home: what a killed process leaves in it is removed at the next start."""
        super().__init__(tab)
        self._tab, self._recorder, self._temporary = tab, recorder, temporary
        self._folder: TemporaryDirectory[str] | None = None
        self._started = 0.0
        self._heard = self._heard_well = 0.0
        self._warning = ""
        self.is_recording = False
        self._meter = QTimer(self, interval=_METER_INTERVAL_MS)
        self._meter.timeout.connect(self._show)

    async def start(self) -> None:
        """Start recording. Raises AudioError if there is no microphone, StorageError if there can be no file.

        A second press while the microphone is being opened does nothing.
        """
        if self._folder is not None:
            return
        try:
            self._folder = TemporaryDirectory(prefix="sample-", dir=self._temporary)
        except OSError as error:
            message = error.strerror or str(error)
            raise StorageError(Code.FILE_NOT_WRITTEN, path=str(self._temporary), message=message) from error
        try:
            await self._recorder.start(Path(self._folder.name) / "recording.wav")
        except WorkbenchError:
            self._delete_file()
            raise
        self.is_recording, self._started = True, time.monotonic()
        self._heard = self._heard_well = self._started
        self._warning = ""
        self._tab.show_recording(True)
        self._show()
        self._meter.start()

    @asynccontextmanager
    async def finish(self) -> AsyncIterator[Any]:
        """Stop recording and yield the recording. Its file is deleted on exit, so that no copy of a voice is left.

        If nothing was recorded, raises what ended the recording, or SOUND_EMPTY.
        """
        self.is_recording = False
        self._meter.stop()
        self._warn("")
        self._tab.show_recording(False)
        try:
            recording = await self._recorder.stop()
            if recording is None or not recording.frames:
                if recording is not None and recording.error is not None:
                    raise recording.error
                raise InputError(Code.SOUND_EMPTY)
            yield recording
        finally:
            self._delete_file()

    def _delete_file(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _show(self) -> None:
        level = self._recorder.level
        peak = f"{level.peak:.0f}".replace("-", "−")
        self._tab.level.setText(QCoreApplication.translate("Voices", "Level {n} dB").format(n=peak))
        elapsed = clock(time.monotonic() - self._started)
        self._tab.elapsed.set_kind("bad", QCoreApplication.translate("Voices", "Recording {time}").format(time=elapsed))
        self._warn(self._fault(level.peak))
        state = getattr(self._recorder, "state", None)
        if state is not None and state.error is not None:
            self._meter.stop()
            self.broke_off.emit()

    def _fault(self, peak: float) -> str:
        """What is wrong with the microphone while nothing, or hardly anything, arrives from it; else empty."""
        now = time.monotonic()
        if peak > MUTED_PEAK_DB:
            self._heard = now
        if peak > QUIET_PEAK_DB:
            self._heard_well = now
        if now - self._heard > MUTED_SECONDS:
            return QCoreApplication.translate(
                "Voices",
                "The microphone picks up nothing. Check whether it is muted, or choose another one in Settings, Audio.",
            )
        if now - self._heard_well > QUIET_SECONDS:
            return QCoreApplication.translate(
                "Voices",
                "The microphone picks up very little. Speak closer to it, or raise its level in the system settings.",
            )
        return ""

    def _warn(self, warning: str) -> None:
        """Show a warning, or take the former one away; other notices stay."""
        if warning == self._warning:
            return
        if warning:
            self._tab.notice.say("warn", warning)
        else:
            self._tab.notice.clear()
        self._warning = warning
