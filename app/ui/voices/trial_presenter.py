"""Tries the clone: speaks texts with it, plays them beside the original, and measures how alike they are."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.errors import Code, InputError
from app.core.jobs import MAX_TITLE_LENGTH
from app.core.settings import EQUAL_LOUDNESS
from app.core.tags import beginning
from app.core.takes import Take, TriedConsent, VoiceSnapshot
from app.services.speech.loudness_matching import equal_gains, estimated_gain
from app.services.speech.sample_editor import SampleEditor
from app.services.speech.waveform_peaks import outline
from app.ui.studio.context import SpeechContext
from app.ui.texts.jobs import estimate_text
from app.ui.texts.speech import gain, signed, take_failure
from app.ui.voices.tab_tasks import TabTasks
from app.ui.voices.try_panel import TryPanel
from app.ui.voices.try_rows import TryRow

ORIGIN = "clone"
ORIGINAL_KEY = "original"
_FRAME_INTERVAL_MS = 33


class TrialPresenter(QObject):
    """Owns the takes of the last trial; they stay takes like any other when another begins.

    Attributes:
        prepare: applies what was just entered, before the sample is used; whether it can be.
        needs_consent: whether the speaker has to agree before anything is sent.
    """

    def __init__(
        self,
        panel: TryPanel,
        context: SpeechContext,
        editor: SampleEditor,
        tasks: TabTasks,
        show_busy: Callable[[bool], None],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(panel)
        self._panel, self._context, self._editor = panel, context, editor
        self._tasks, self._show_busy, self._say = tasks, show_busy, say
        self.prepare: Callable[[], Awaitable[bool]] | None = None
        self._clones: list[Take] = []
        self._original: Any = None
        self._original_peaks = b""
        self._original_peaks_of: Any = None
        self.needs_consent = True
        self._original_analysis: Any = None
        self._sample = ""
        self._heard = 1
        self._measured: dict[str, Any] = {}
        self._timer = QTimer(self, interval=_FRAME_INTERVAL_MS)
        self._timer.timeout.connect(self._show_playing)
        panel.speak.clicked.connect(self._press_speak)
        panel.texts_changed.connect(self.show_plan)
        panel.rows.pressed.connect(lambda place: tasks.spawn(self.press(place)))
        panel.rows.sought.connect(lambda place, at: tasks.spawn(self._seek(place, at)))
        panel.equal.setChecked(context.settings.get(EQUAL_LOUDNESS))
        panel.equal.toggled.connect(lambda on: context.settings.set(EQUAL_LOUDNESS, on))
        context.settings.watch(EQUAL_LOUDNESS, self._on_equal)
        service = context.service
        service.on_take.subscribe(self._on_take)
        service.on_deleted.subscribe(self._on_deleted)
        service.on_jobs.subscribe(self._show_speaking)
        context.playback.on_change.subscribe(self._show_playing)
        self.show()

    # -- speaking -------------------------------------------------------------------------------------------------

    def _press_speak(self) -> None:
        if self._panel.is_speaking:
            for clone in self._clones:
                self._context.service.stop(clone.id)
        else:
            self._tasks.spawn(self._speak())

    async def _speak(self) -> None:
        panel, context = self._panel, self._context
        if self.prepare is not None and not await self.prepare():
            return
        sample = self._editor.sample()
        consent: TriedConsent = "not-needed"
        if self.needs_consent:
            # The request sends the sample away from this computer; without consent the service refuses it.
            consent = "given" if panel.agreed.isChecked() else ""
        digest = await asyncio.to_thread(context.blobs.put, sample)
        model = context.models.chosen("speech-clone")
        voice = VoiceSnapshot("cloned", sample=digest, consent=consent)
        texts, direction = panel.texts(), panel.direction.toPlainText().strip()
        specs = [
            Take("", voice, text, direction=direction, model=model, origin=ORIGIN, session=ORIGIN) for text in texts
        ]
        try:
            takes = context.service.request(
                specs, title=beginning(texts[0], MAX_TITLE_LENGTH), owner=ORIGIN, listen=self._usual_gain
            )
        except InputError as error:
            if error.code is Code.NO_CONSENT:
                panel.agreed.setFocus()  # may be scrolled out of view
            if error.code is not Code.NO_TEXT:
                raise
            self._say(QCoreApplication.translate("Voices", "“Test text” is empty. Type a line to speak."))
            return
        self._clones, self._sample, self._heard = list(takes), digest, 1
        self._original, self._original_analysis = self._editor.edited, self._editor.analysis
        self.show()

    def _usual_gain(self, take: Take) -> float:
        """The gain in decibels of a clone that is still arriving."""
        is_wanted = self._context.settings.get(EQUAL_LOUDNESS)
        return estimated_gain(take, (), self._context.usual_gains) if is_wanted else 0.0

    def forget(self) -> None:
        """Stop what is spoken with the former sample, and show none of it. The takes stay stored."""
        clones, self._clones = self._clones, []
        for clone in clones:
            self._context.playback.forget(clone.id)
            self._context.service.stop(clone.id)
        self._context.playback.forget(ORIGINAL_KEY)
        self._sample, self._original, self._original_analysis, self._heard = "", None, None, 1
        self.show()

    def follow_edits(self) -> None:
        """The sample was edited: before anything was spoken, that is the original."""
        if not self._clones and self._original is not self._editor.edited:
            self._original, self._original_analysis = self._editor.edited, self._editor.analysis
            self._context.playback.forget(ORIGINAL_KEY)
        self.show()

    # -- playing --------------------------------------------------------------------------------------------------

    async def press(self, place: int) -> None:
        """Play a row or pause it; 0 is the original."""
        if place == 0 and self.prepare is not None and not await self.prepare():
            return
        key = self._key(place)
        playback = self._context.playback
        self._heard = place or self._heard
        if key and playback.key == key:
            if playback.ended:
                # It was played while it arrived, when its loudness was not known.
                playback.set_gain(self.gains().get(key, 0.0))
            playback.toggle()
        elif key:
            await self._play(place, key, 0)
        self._show_figures()

    async def _play(self, place: int, key: str, start: int) -> None:
        playback, gain = self._context.playback, self.gains().get(key, 0.0)
        if place == 0:
            playback.play_sound(key, self._original, start, gain)
        else:
            await playback.play_take(self._clones[place - 1], gain, start)

    async def _seek(self, place: int, milliseconds: int) -> None:
        key = self._key(place)
        if key and self._context.playback.key == key:
            self._context.playback.seek(milliseconds)
        elif key:
            await self._play(place, key, milliseconds)

    async def flip(self) -> None:
        """Go over from the original to the clone heard last, or back, at the same spot."""
        playback = self._context.playback
        place = self._heard if playback.key == ORIGINAL_KEY else 0
        key = self._key(place)
        if not key:
            return
        if playback.key not in (ORIGINAL_KEY, *(clone.id for clone in self._clones)):
            await self._play(place, key, 0)
        elif place == 0:
            playback.switch_sound(key, self._original, self.gains().get(key, 0.0))
        else:
            await playback.switch_blob(key, self._clones[place - 1].audio, self.gains().get(key, 0.0))

    def _key(self, place: int) -> str:
        """The playback key of a row; empty if there is nothing to play."""
        if place == 0:
            return ORIGINAL_KEY if self._original is not None else ""
        clone = self._clones[place - 1] if place <= len(self._clones) else None
        return clone.id if clone is not None and clone.audio and clone.frames else ""

    def gains(self) -> dict[str, float]:
        """The gains in decibels by which the original and the finished clones are equally loud; empty without both.

        Neither is set beside the other before there are two, so the original alone is played as it is.
        """
        ended = [clone for clone in self._clones if clone.audio]
        if self._original_analysis is None or not ended or not self._context.settings.get(EQUAL_LOUDNESS):
            return {}
        loudness = self._original_analysis.loudness
        original = Take(ORIGINAL_KEY, ended[0].voice, loudness=loudness.integrated, true_peak=loudness.true_peak)
        gains = equal_gains((original, *ended))
        return gains if ORIGINAL_KEY in gains and len(gains) > 1 else {}

    def _on_equal(self, wanted: Any) -> None:
        self._panel.equal.setChecked(bool(wanted))
        playback = self._context.playback
        if playback.key == ORIGINAL_KEY or any(playback.key == clone.id for clone in self._clones):
            playback.set_gain(self.gains().get(playback.key, 0.0))
        self.show()

    # -- showing --------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show everything in the current language."""
        rows = self._panel.rows
        rows.set_count(len(self._clones))
        longest = max([self._original_ms(), *(_milliseconds(clone) for clone in self._clones)], default=1)
        gains = self.gains()
        original = rows.rows[0]
        if self._original is None:
            original.wave.show_word(QCoreApplication.translate("Voices", "no sample yet"))
        else:
            original.wave.show_wave(self._peaks_of_original(), self._original_ms(), longest)
        original.show_gain(gains.get(ORIGINAL_KEY))
        for place, row in enumerate(rows.rows[1:], 1):
            self._show_clone(row, self._clones[place - 1] if place <= len(self._clones) else None, longest, gains)
        self._show_speaking()
        self._show_playing()
        self._show_figures()

    def _show_clone(self, row: TryRow, clone: Take | None, longest: int, gains: dict[str, float]) -> None:
        has_sound = clone is not None and clone.has_ended and bool(clone.audio) and bool(clone.frames)
        row.play.setEnabled(has_sound)
        row.show_gain(gains.get(clone.id) if clone is not None else None)
        if clone is None:
            row.wave.show_word(QCoreApplication.translate("Voices", "not spoken yet"))
        elif has_sound:
            row.wave.show_wave(clone.peaks, _milliseconds(clone), longest)
        elif clone.has_ended:
            row.wave.show_word(take_failure(clone) or QCoreApplication.translate("Voices", "nothing was spoken"))
        else:
            row.wave.show_word(QCoreApplication.translate("Voices", "speaking"))

    def _original_ms(self) -> int:
        return 0 if self._original is None else round(1000 * self._original.seconds)

    def _peaks_of_original(self) -> bytes:
        if self._original_peaks_of is not self._original:
            self._original_peaks_of = self._original
            step = max(1, len(self._original.samples) // 48_000)
            mono = self._original.samples[::step].mean(axis=1, keepdims=True)
            self._original_peaks = outline(self._context.audio.to_pcm16(mono))
        return self._original_peaks

    def show_plan(self) -> None:
        """Show what speaking takes, or what has to be done first."""
        panel, context = self._panel, self._context
        if self._editor.is_too_large:
            panel.plan.setText(QCoreApplication.translate("Voices", "Shrink to fit first"))
        else:
            model = context.models.chosen("speech-clone")
            panel.plan.setText(estimate_text(context.service.estimate(model, len(panel.texts()))) if model else "")
        panel.speak.setEnabled(panel.is_speaking or not self._editor.is_too_large)

    def _show_playing(self) -> None:
        playback = self._context.playback
        keys = [self._key(place) for place in range(len(self._clones) + 1)]
        place = keys.index(playback.key) if playback.key and playback.key in keys else None
        is_playing = place is not None and playback.playing
        self._panel.rows.show_playing(place, is_playing, playback.position if place is not None else 0)
        if is_playing and not self._timer.isActive():
            self._timer.start()
        elif not is_playing:
            self._timer.stop()

    def _show_speaking(self) -> None:
        """Offer Stop while a clone is made. One that waits in a paused job holds up nothing."""
        service = self._context.service
        speaking = any(not clone.has_ended and service.is_active(clone.id) for clone in self._clones)
        self._panel.show_speaking(speaking)
        self._show_busy(speaking)
        self.show_plan()

    def _on_take(self, take: Take) -> None:
        for place, clone in enumerate(self._clones):
            if clone.id == take.id:
                self._clones[place] = take
                self.show()
                if take.has_ended and take.audio and take.id not in self._measured:
                    self._tasks.run_quietly(self._measure(take))

    def _on_deleted(self, take_id: str) -> None:
        """A take was stopped before it was sent, or deleted elsewhere."""
        if any(clone.id == take_id for clone in self._clones):
            self._clones = [clone for clone in self._clones if clone.id != take_id]
            self.show()

    # -- resemblance ----------------------------------------------------------------------------------------------

    async def _measure(self, take: Take) -> None:
        audio, blobs = self._context.audio, self._context.blobs

        def work() -> Any:
            sound = audio.read_sound(blobs.read(take.audio))
            return audio.analyse(sound.samples, sound.rate)

        self._measured[take.id] = await asyncio.to_thread(work)
        self._show_figures()

    def _show_figures(self) -> None:
        """Show the figures of the clone heard last, each only where both sounds could be measured."""
        panel, original = self._panel, self._original_analysis
        clone = self._clones[self._heard - 1] if 0 < self._heard <= len(self._clones) else None
        spoken = self._measured.get(clone.id) if clone is not None else None
        for figure in (panel.pitch, panel.pace, panel.loudness):
            figure.show_figure("")
        if spoken is None or original is None:
            return
        if original.pitch and spoken.pitch:
            semitones = 12 * math.log2(spoken.pitch / original.pitch)
            sign = "+" if semitones >= 0 else ""
            value = QCoreApplication.translate("Voices", "{n} semitones").format(n=sign + signed(semitones))
            detail = QCoreApplication.translate("Voices", "{a} and {b} Hz")
            panel.pitch.show_figure(value, detail.format(a=round(original.pitch), b=round(spoken.pitch)))
        if original.syllables_per_second and spoken.syllables_per_second:
            pace = 100 * (spoken.syllables_per_second / original.syllables_per_second - 1)
            detail = QCoreApplication.translate("Voices", "{a} and {b} syllables a second")
            figures = detail.format(a=f"{original.syllables_per_second:.1f}", b=f"{spoken.syllables_per_second:.1f}")
            panel.pace.show_figure(f"{pace:+.0f} %".replace("-", "−"), figures)
        if original.loudness.integrated is not None and spoken.loudness.integrated is not None:
            louder = spoken.loudness.integrated - original.loudness.integrated
            is_equal = self._context.settings.get(EQUAL_LOUDNESS)
            panel.loudness.show_figure(
                gain(louder),
                QCoreApplication.translate("Voices", "as delivered; played alike")
                if is_equal
                else QCoreApplication.translate("Voices", "as delivered"),
            )


def _milliseconds(take: Take) -> int:
    return round(1000 * take.frames / take.rate) if take.rate else 0
