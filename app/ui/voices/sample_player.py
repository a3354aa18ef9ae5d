"""Plays the edited sample and the original on their common waveform."""

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
_FRAME_INTERVAL_MS = 33


class SamplePlayer(QObject):
    """Plays the sample. Positions are in milliseconds of the original, as the waveform shows them."""

    def __init__(self, tab: CloneTab, playback: Playback, editor: SampleEditor) -> None:
        super().__init__(tab)
        self._tab, self._playback, self._editor = tab, playback, editor
        self._loaded_sound: Sound | None = None
        self._offset_ms = 0
        self._position_ms = 0
        self._timer = QTimer(self, interval=_FRAME_INTERVAL_MS)
        self._timer.timeout.connect(self._show_position)
        tab.wave.sought.connect(self._seek)
        playback.on_change.subscribe(self.show)

    def toggle(self) -> None:
        """Play the edited sample from the shown position, or pause it. Raises NO_SAMPLE."""
        mended = self._editor.edited
        if mended is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        if self._playback.key == SAMPLE_KEY and (self._playback.playing or self._loaded_sound is mended):
            self._playback.toggle()
            return
        self._loaded_sound, self._offset_ms = mended, self._editor.trim[0]
        start = self._position_ms - self._offset_ms
        self._playback.play_sound(SAMPLE_KEY, mended, start if 0 < start < round(1000 * mended.seconds) else 0)

    def toggle_original(self, gain_db: float = 0.0) -> None:
        """Play the original, without trim and fixes, or pause it; `gain_db` in decibels. Raises NO_SAMPLE."""
        if self._editor.original is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        if self._playback.key == ORIGINAL_KEY:
            self._playback.toggle()
        else:
            self._playback.play_sound(ORIGINAL_KEY, self._editor.original, gain_db=gain_db)

    def reset(self) -> None:
        """Stop and rewind, because the sample has changed."""
        self._playback.forget(SAMPLE_KEY)
        self._playback.forget(ORIGINAL_KEY)
        self._loaded_sound, self._position_ms = None, 0
        self.show()

    def show(self) -> None:
        playing = self._playback.key if self._playback.playing else ""
        self._tab.show_playing(playing == SAMPLE_KEY, playing == ORIGINAL_KEY)
        if playing in (SAMPLE_KEY, ORIGINAL_KEY):
            self._timer.start()
        else:
            self._timer.stop()
        self._show_position()

    def _show_position(self) -> None:
        if self._playback.key == SAMPLE_KEY:
            self._position_ms = self._offset_ms + self._playback.position
        elif self._playback.key == ORIGINAL_KEY:
            self._position_ms = self._playback.position
        wave = self._tab.wave
        self._position_ms = min(self._position_ms, wave.maximum())
        wave.set_position(self._position_ms)
        self._tab.show_time(
            f"{clock(self._position_ms / 1000)} / {clock(wave.maximum() / 1000)}" if wave.maximum() else ""
        )

    def _seek(self, milliseconds: int) -> None:
        self._position_ms = milliseconds
        if self._playback.key == SAMPLE_KEY and self._loaded_sound is not None:
            last = round(1000 * self._loaded_sound.seconds)
            self._playback.seek(min(max(milliseconds - self._offset_ms, 0), last))
        elif self._playback.key == ORIGINAL_KEY:
            self._playback.seek(milliseconds)
        else:
            self._show_position()
