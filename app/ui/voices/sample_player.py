"""Plays the sample before and after its fixes, equally loud, on the waveform of the Clone tab."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.errors import Code, InputError
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.loudness_matching import equal_gains
from app.services.speech.playback import Playback
from app.services.speech.ports import Sound
from app.services.speech.sample_editor import SampleEditor
from app.ui.texts.numbers import clock, seconds
from app.ui.voices.sample_panel import SamplePanel

SAMPLE_KEY = "sample"
BEFORE_KEY = "sample before"
_KEYS = (SAMPLE_KEY, BEFORE_KEY)
_FRAME_INTERVAL_MS = 33


class SamplePlayer(QObject):
    """Plays the kept part. Positions are in milliseconds of the opened sound, as the waveform shows them."""

    def __init__(self, panel: SamplePanel, playback: Playback, editor: SampleEditor) -> None:
        super().__init__(panel)
        self._panel, self._playback, self._editor = panel, playback, editor
        self._loaded_sound: Sound | None = None
        self._offset_ms = 0
        self._position_ms = 0
        self._timer = QTimer(self, interval=_FRAME_INTERVAL_MS)
        self._timer.timeout.connect(self._show_position)
        panel.wave.sought.connect(self._seek)
        panel.side_chosen.connect(lambda _after: self._flip())
        panel.loop.toggled.connect(playback.set_loop)
        panel.loop.setChecked(playback.loop)
        playback.on_change.subscribe(self.show)
        playback.on_controls.subscribe(self._show_loop)

    def toggle(self) -> None:
        """Play the chosen side from the shown position, or pause it. Raises NO_SAMPLE."""
        key, sound = self._side()
        if sound is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        if self._playback.key in _KEYS and (self._playback.playing or self._loaded_sound is sound):
            self._playback.toggle()
            return
        self._load(sound)
        start = self._position_ms - self._offset_ms
        gain = self._gains().get(key, 0.0)
        self._playback.play_sound(key, sound, start if 0 < start < round(1000 * sound.seconds) else 0, gain)

    def follow_edits(self) -> None:
        """Go on with the edited sample where one of before is playing."""
        _key, sound = self._side()
        if self._playback.key in _KEYS and self._playback.playing and sound is not self._loaded_sound:
            self._flip()

    def reset(self) -> None:
        """Stop and rewind, because the sample has changed."""
        for key in _KEYS:
            self._playback.forget(key)
        self._loaded_sound, self._position_ms = None, 0
        self.show()

    def show(self) -> None:
        is_playing = self._playback.playing and self._playback.key in _KEYS
        self._panel.show_playing(is_playing)
        if is_playing:
            self._timer.start()
        else:
            self._timer.stop()
        self._show_position()

    def _side(self) -> tuple[str, Sound | None]:
        if self._panel.after.isChecked():
            return SAMPLE_KEY, self._editor.edited
        return BEFORE_KEY, self._editor.before

    def _load(self, sound: Sound) -> None:
        self._loaded_sound, self._offset_ms = sound, self._editor.trim[0]

    def _flip(self) -> None:
        """Go over to the chosen side at the same spot, if the sample is loaded."""
        key, sound = self._side()
        if sound is None or self._playback.key not in _KEYS:
            return
        position = self._position_ms
        moved = self._editor.trim[0] != self._offset_ms
        self._load(sound)
        start = max(0, position - self._offset_ms) if moved else None
        self._playback.switch_sound(key, sound, self._gains().get(key, 0.0), start)

    def _gains(self) -> dict[str, float]:
        """The gains in decibels by which both sides are equally loud; none where the fixes leave the level."""
        editor = self._editor
        if editor.analysis is None or editor.before is editor.edited:
            return {}
        return equal_gains(
            Take(key, VoiceSnapshot("cloned"), loudness=loudness.integrated, true_peak=loudness.true_peak)
            for key, loudness in ((SAMPLE_KEY, editor.analysis.loudness), (BEFORE_KEY, editor.loudness_before))
        )

    def _show_loop(self) -> None:
        self._panel.loop.setChecked(self._playback.loop)

    def _show_position(self) -> None:
        if self._playback.key in _KEYS:
            self._position_ms = self._offset_ms + self._playback.position
        wave = self._panel.wave
        self._position_ms = min(self._position_ms, wave.maximum())
        wave.set_position(self._position_ms)
        self.show_time()

    def show_time(self) -> None:
        """Show the position in the current language."""
        wave, panel = self._panel.wave, self._panel
        if not wave.maximum():
            panel.shown_time.setText("")
            return
        start, end = wave.start.value(), wave.end.value()
        panel.shown_time.setText(clock(max(0, self._position_ms - start) / 1000))
        kept = seconds((end - start) / 1000)
        panel.trimmed_label.setText(QCoreApplication.translate("Voices", "of {t} kept").format(t=kept))

    def _seek(self, milliseconds: int) -> None:
        self._position_ms = milliseconds
        if self._playback.key in _KEYS and self._loaded_sound is not None:
            last = round(1000 * self._loaded_sound.seconds)
            self._playback.seek(min(max(milliseconds - self._offset_ms, 0), last))
        else:
            self._show_position()
