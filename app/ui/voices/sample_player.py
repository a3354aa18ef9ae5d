"""Hearing the sample on the bench: as it is kept and as it was, on the one waveform of both."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.core.errors import Code, InputError
from app.services.speech.playback import Playback
from app.services.speech.ports import Sound
from app.services.speech.sample_editor import SampleEditor
from app.ui.texts.numbers import clock
from app.ui.voices.clone_tab import CloneTab

SAMPLE_KEY = "sample"
ORIGINAL_KEY = "original"
_FRAME_MS = 33


class SamplePlayer(QObject):
    """Places are milliseconds of the original, where the waveform shows them."""

    def __init__(self, tab: CloneTab, playback: Playback, bench: SampleEditor) -> None:
        super().__init__(tab)
        self._tab, self._playback, self._bench = tab, playback, bench
        self._heard: Sound | None = None
        self._offset = 0
        self._place = 0
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._follow)
        tab.wave.sought.connect(self._seek)
        playback.on_change.append(self.show)

    def toggle(self) -> None:
        """Play the sample as it is kept, from the place that is shown, or pause it. Raises NO_SAMPLE."""
        mended = self._bench.edited
        if mended is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        if self._playback.key == SAMPLE_KEY and (self._playback.playing or self._heard is mended):
            self._playback.toggle()
            return
        self._heard, self._offset = mended, self._bench.trim[0]
        start = self._place - self._offset
        self._playback.play_sound(SAMPLE_KEY, mended, start if 0 < start < round(1000 * mended.seconds) else 0)

    def toggle_original(self) -> None:
        """Play the recording as it was, before any trim or fix, or pause it. Raises NO_SAMPLE."""
        if self._bench.original is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        if self._playback.key == ORIGINAL_KEY:
            self._playback.toggle()
        else:
            self._playback.play_sound(ORIGINAL_KEY, self._bench.original)

    def forget(self) -> None:
        """The sample is another: it is neither heard any more nor anywhere in its middle."""
        self._playback.forget(SAMPLE_KEY)
        self._playback.forget(ORIGINAL_KEY)
        self._heard, self._place = None, 0
        self.show()

    def show(self) -> None:
        playing = self._playback.key if self._playback.playing else ""
        self._tab.show_playing(playing == SAMPLE_KEY, playing == ORIGINAL_KEY)
        if playing in (SAMPLE_KEY, ORIGINAL_KEY):
            self._timer.start()
        else:
            self._timer.stop()
        self._follow()

    def _follow(self) -> None:
        if self._playback.key == SAMPLE_KEY:
            self._place = self._offset + self._playback.position
        elif self._playback.key == ORIGINAL_KEY:
            self._place = self._playback.position
        wave = self._tab.wave
        self._place = min(self._place, wave.maximum())
        wave.set_position(self._place)
        self._tab.show_time(f"{clock(self._place / 1000)} / {clock(wave.maximum() / 1000)}" if wave.maximum() else "")

    def _seek(self, milliseconds: int) -> None:
        self._place = milliseconds
        if self._playback.key == SAMPLE_KEY and self._heard is not None:
            last = round(1000 * self._heard.seconds)
            self._playback.seek(min(max(milliseconds - self._offset, 0), last))
        elif self._playback.key == ORIGINAL_KEY:
            self._playback.seek(milliseconds)
        else:
            self._follow()
