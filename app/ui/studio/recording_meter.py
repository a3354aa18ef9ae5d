"""Shows the level and the length of a recording while it runs, and says when it ends on its own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.services.speech.kept_recording import KeptRecording
from app.ui.studio.recognition_panel import RecognitionPanel

_INTERVAL_MS = 100
MUTED_PEAK_DB = -80.0
"""Even in a quiet room a microphone that works is louder."""
MUTED_SECONDS = 1.5


class RecordingMeterTimer(QObject):
    """Polls the recording for the panel.

    Signals:
        ended: the recording ended on its own: the microphone is gone, or it is as long as it may be.
    """

    ended = Signal()

    def __init__(self, panel: RecognitionPanel, recording: KeptRecording) -> None:
        super().__init__(panel)
        self._panel, self._recording = panel, recording
        self._heard, self._says_muted = 0.0, False
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self._show)

    def start(self) -> None:
        """A recording has begun."""
        self._heard = 0.0
        self._show()
        self._timer.start()

    def stop(self) -> None:
        """The recording ends."""
        self._timer.stop()
        self._show_muted(False)

    def _show(self) -> None:
        meter = self._recording.meter
        minutes, rest = divmod(int(meter.seconds), 60)
        self._panel.meter.show_level(meter.level, f"{minutes}:{rest:02}")
        if meter.peak > MUTED_PEAK_DB:
            self._heard = meter.seconds
        self._show_muted(meter.seconds - self._heard > MUTED_SECONDS)
        if meter.has_ended:
            self._timer.stop()
            self.ended.emit()

    def _show_muted(self, is_muted: bool) -> None:
        """Say so while nothing at all arrives from the microphone."""
        if is_muted == self._says_muted:
            return
        self._says_muted = is_muted
        if not is_muted:
            self._panel.language_notice.clear()
            return
        muted = QCoreApplication.translate(
            "Voices",
            "The microphone picks up nothing. Check whether it is muted, or choose another one in Settings, Audio.",
        )
        self._panel.language_notice.say("warn", muted)
