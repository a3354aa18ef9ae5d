"""Connects the sample editor, the microphone and the Clone tab."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.errors import Code, InputError, WorkbenchError
from app.core.jobs import MAX_TITLE_LENGTH
from app.core.resources import resource_path
from app.core.settings import EQUAL_LOUDNESS
from app.core.tags import beginning
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import VoiceDraft
from app.services.speech.loudness_matching import equal_gains, estimated_gain
from app.services.speech.ports import Recorder
from app.services.speech.sample_editor import MIN_SPEECH_SECONDS, Fix, SampleEditor
from app.ui.files import ask_to_open
from app.ui.studio.context import SpeechContext
from app.ui.texts.numbers import seconds
from app.ui.texts.voices import check_name, check_result, fix_name, grade_name
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.draft_fields import DraftFields
from app.ui.voices.sample_player import ORIGINAL_KEY, SamplePlayer
from app.ui.voices.sample_recorder import SampleRecorder
from app.ui.voices.tab_tasks import TabTasks
from app.ui.widgets.row_model import Row

ORIGIN = "clone"
_TRIM_DEBOUNCE_MS = 250


class ClonePresenter(QObject):
    """Opens or records a sample, checks, fixes and tries it, and saves it as a voice once consent is given."""

    def __init__(
        self, tab: CloneTab, context: SpeechContext, recorder: Recorder, show_busy: Callable[[bool], None]
    ) -> None:
        super().__init__(tab)
        self._tab, self._context, self._show_busy = tab, context, show_busy
        self._tasks = TabTasks(context, tab.notice)
        self._editor = SampleEditor(context.audio)
        self._player = SamplePlayer(tab, context.playback, self._editor)
        self._recorder = SampleRecorder(tab, recorder, context.temporary)
        self._recorder.broke_off.connect(lambda: self._tasks.spawn(self._record()))
        self._path = ""
        self._failed_path: Path | None = None
        self._opening: Path | None = None
        self._clone: Take | None = None
        self._trim_debounce = QTimer(self, interval=_TRIM_DEBOUNCE_MS, singleShot=True)
        self._trim_debounce.timeout.connect(lambda: self._tasks.spawn(self._trim()))
        self._draft = DraftFields(
            self,
            context.voice_drafts,
            lambda: VoiceDraft(ORIGIN, text=tab.typed_test()),
            lambda draft: tab.show_test(draft.text),
            tab.test.textChanged,
        )
        self._connect()
        self._tasks.spawn(self._draft.load())
        self._show_missing()

    def _connect(self) -> None:
        tab, spawn, service = self._tab, self._tasks.spawn, self._context.service
        tab.file_chosen.connect(lambda path: spawn(self._open(path)))
        tab.path.textChanged.connect(lambda _text: self._on_path_changed())
        tab.choose.clicked.connect(lambda: spawn(self._choose()))
        tab.example.clicked.connect(lambda: spawn(self._open(resource_path("samples", "lighthouse.wav"))))
        tab.record.clicked.connect(lambda: spawn(self._record()))
        tab.wave.trimmed.connect(lambda *_: self._trim_debounce.start())
        tab.play.clicked.connect(lambda: spawn(self._play()))
        tab.original.clicked.connect(lambda: spawn(self._play_original()))
        tab.checks.row_selected.connect(lambda _key: self._show_fix())
        tab.fix.clicked.connect(lambda: spawn(self._toggle_fix()))
        tab.speak.clicked.connect(lambda: spawn(self._speak()))
        tab.clone.clicked.connect(lambda: spawn(self._play_clone()))
        tab.save.clicked.connect(lambda: spawn(self._save()))
        service.on_take.subscribe(self._on_take)
        self._tasks.report_failures(ORIGIN)
        service.on_deleted.subscribe(self._on_deleted)
        service.on_jobs.subscribe(self._show_speaking)

    # -- the sample -----------------------------------------------------------------------------------------------

    async def _open(self, path: Path, shown_path: str | None = None) -> None:
        """Open a file as the sample; `shown_path` is what its field shows, the path by default."""
        tab = self._tab
        shown_before = tab.trimmed_label.text()
        self._opening = path
        self._show_progress(path, 0.0)
        try:
            if not await self._editor.open(path, self._progress_of(path)):
                return
        except WorkbenchError as error:
            error.params.setdefault("name", path.name)
            self._opening = None if self._opening == path else self._opening
            tab.trimmed_label.setText(shown_before)
            tab.allow_retry()
            if path == tab.pending_path():
                # The former sample is not that of the shown path.
                self._failed_path = path
                self._player.reset()
                tab.clear_sample()
                self._show_missing()
            raise
        self._failed_path = None
        self._opening = None
        # Consent and the trial take belong to one sample.
        tab.agreed.setChecked(False)
        self._discard_clone()
        self._trim_debounce.stop()
        self._path = str(path) if shown_path is None else shown_path
        tab.show_path(self._path)
        self._player.reset()
        self._show_sample()

    def _progress_of(self, path: Path) -> Callable[[float], None]:
        """Return a function that shows the progress of opening a file; it may be called in any thread."""
        loop = asyncio.get_running_loop()
        shown = -1

        def report(done: float) -> None:
            nonlocal shown
            percent = round(100 * done)
            if percent > shown:
                shown = percent
                loop.call_soon_threadsafe(self._show_progress, path, done)

        return report

    def _show_progress(self, path: Path, done: float) -> None:
        # Files that were chosen before and finish reading later are not shown.
        if self._opening == path:
            text = QCoreApplication.translate("Voices", "Reading and checking the file: {n} %")
            self._tab.trimmed_label.setText(text.format(n=round(100 * done)))

    def _on_path_changed(self) -> None:
        """Show the open sample again when the path that failed is gone."""
        if self._failed_path is not None and self._tab.pending_path() != self._failed_path:
            self._failed_path = None
            if self._tab.pending_path() is None and self._editor.edited is not None:
                self._show_sample()
        self._show_missing()

    async def _restore(self, snapshot: tuple[Any, ...], path: str) -> None:
        """Bring back the sample that a recording replaced. Consent has to be given again."""
        await self._editor.restore(snapshot)
        self._tab.agreed.setChecked(False)
        self._discard_clone()
        self._trim_debounce.stop()
        self._path, self._failed_path = path, None
        self._tab.show_path(path)
        self._player.reset()
        self._show_sample()

    def _discard_clone(self) -> None:
        """Stop and discard the trial take of the previous sample."""
        clone, self._clone = self._clone, None
        self._tab.clone.setEnabled(False)
        self._tab.speak.setEnabled(True)
        if clone is not None:
            self._context.playback.forget(clone.id)
            self._context.service.stop(clone.id)
            self._show_busy(False)

    async def _apply_pending(self) -> None:
        """Apply a path or trim that was just entered, before the sample is used."""
        pending = self._tab.pending_path()
        if pending is not None:
            await self._open(pending)
        if self._trim_debounce.isActive():
            self._trim_debounce.stop()
            await self._trim()

    async def _choose(self) -> None:
        title = QCoreApplication.translate("Voices", "Choose sample")
        path = await ask_to_open(self._tab, title, "*", self._context.settings)
        if path is not None:
            await self._open(path)

    async def _record(self) -> None:
        if not self._recorder.is_recording:
            await self._recorder.start()
            # The recording replaces the sample; if nothing is recorded, the previous one is shown again.
            self._player.reset()
            self._tab.show_path("")
            self._tab.clear_sample()
            self._show_missing()
            return
        try:
            async with self._recorder.finish() as recording:
                former, former_path = self._editor.snapshot(), self._path
                had_sample = self._editor.edited is not None
                await self._open(recording.path, shown_path="")
                if had_sample:
                    self._context.notifier.info(
                        lambda: QCoreApplication.translate("Voices", "The recording replaced the sample."),
                        undo=lambda: self._tasks.spawn(self._restore(former, former_path)),
                    )
                if recording.error is not None:
                    raise recording.error
                if recording.gaps or recording.lost:
                    gaps = QCoreApplication.translate(
                        "Voices", "Some audio was lost while recording. Record again if you hear gaps."
                    )
                    self._tab.notice.say("warn", gaps)
        finally:
            self._tab.show_path(self._path)
            self._show_sample()

    async def _trim(self) -> None:
        wave = self._tab.wave
        try:
            await self._editor.set_trim(wave.start.value(), wave.end.value())
        except WorkbenchError:
            self._show_trim()
            raise
        self.show_checks()

    async def _toggle_fix(self) -> None:
        fix = self._selected_fix()
        if fix is not None:
            await self._editor.set_fix(fix, fix not in self._editor.fixes)
            if fix is Fix.TRIM:
                self._show_trim()
            self.show_checks()

    def _show_trim(self) -> None:
        wave = self._tab.wave
        wave.blockSignals(True)
        wave.set_trim(*self._editor.trim)
        wave.blockSignals(False)

    def _show_sample(self) -> None:
        self._tab.wave.set_sound(self._editor.peaks, self._editor.milliseconds)
        self._show_trim()
        self.show_checks()
        self._player.show()

    def show_checks(self) -> None:
        """Show the edited sample and its checks in the current language."""
        tab, editor = self._tab, self._editor
        self._show_missing()
        if editor.edited is None or self._recorder.is_recording:
            return
        trimmed = QCoreApplication.translate("Voices", "{name}, {t} used")
        tab.trimmed_label.setText(trimmed.format(name=editor.name, t=seconds(editor.edited.seconds)))
        tab.check_model.set_rows(
            [
                Row(check.check, check_name(check.check), check_result(check), grade_name(check), check.grade)
                for check in editor.findings
            ]
        )
        tab.checks.fit()
        self._show_fix()

    def _selected_fix(self) -> Fix | None:
        key = self._tab.checks.selected_key()
        fixable = [check for check in self._editor.findings if check.fix is not None]
        chosen = next((check for check in fixable if check.check == key), fixable[0] if fixable else None)
        return chosen.fix if chosen is not None else next(iter(sorted(self._editor.fixes)), None)

    def _show_fix(self) -> None:
        fix, button = self._selected_fix(), self._tab.fix
        button.setVisible(fix is not None)
        if fix is not None:
            undo = QCoreApplication.translate("Voices", "Undo “{fix}”").format(fix=fix_name(fix))
            button.setText(undo if fix in self._editor.fixes else fix_name(fix))

    def _show_missing(self) -> None:
        """Enable the buttons that need a sample if there is one or its path was typed, else explain what is missing."""
        if self._recorder.is_recording:
            self._tab.show_missing(QCoreApplication.translate("Voices", "Stop recording first."))
        elif self._failed_path is not None and self._failed_path == self._tab.pending_path():
            self._tab.show_missing(
                QCoreApplication.translate("Voices", "This file could not be opened. Choose another one.")
            )
        elif self._editor.edited is None and self._tab.pending_path() is None:
            self._tab.show_missing(QCoreApplication.translate("Voices", "Choose or record a sample first."))
        else:
            self._tab.show_missing("")

    # -- playing and saving ---------------------------------------------------------------------------------------

    async def _play(self) -> None:
        await self._apply_pending()
        self._player.toggle()

    async def _play_original(self) -> None:
        await self._apply_pending()
        self._player.toggle_original((await self._gains()).get(ORIGINAL_KEY, 0.0))

    async def _gains(self) -> dict[str, float]:
        """The gains in decibels by which the original and the finished clone are equally loud; empty without a clone.

        Neither is set beside the other before there are two, so the original alone is played as it is.
        """
        original, clone = self._editor.original, self._clone
        if original is None or clone is None or not clone.audio or not self._context.settings.get(EQUAL_LOUDNESS):
            return {}
        measured = await asyncio.to_thread(self._context.audio.measure, original.samples, original.rate)
        beside = Take(ORIGINAL_KEY, clone.voice, loudness=measured.integrated, true_peak=measured.true_peak)
        gains = equal_gains((beside, clone))
        return gains if len(gains) == 2 else {}

    def _usual_gain(self, take: Take) -> float:
        """The gain in decibels of a clone that is still arriving."""
        is_wanted = self._context.settings.get(EQUAL_LOUDNESS)
        return estimated_gain(take, (), self._context.usual_gains) if is_wanted else 0.0

    async def _speak(self) -> None:
        tab = self._tab
        await self._apply_pending()
        sample = self._editor.sample()
        if not tab.agreed.isChecked():
            # The request sends the sample away from this computer.
            raise InputError(Code.NO_CONSENT, field="consent")
        digest = await asyncio.to_thread(self._context.blobs.put, sample)
        model = self._context.models.chosen("speech-clone")
        voice = VoiceSnapshot("cloned", name=tab.name.text(), sample=digest)
        try:
            (self._clone,) = self._context.service.request(
                [Take("", voice, tab.test.toPlainText(), model=model, origin=ORIGIN, session=ORIGIN)],
                title=beginning(tab.test.toPlainText(), MAX_TITLE_LENGTH), owner=ORIGIN, listen=self._usual_gain,
            )  # fmt: skip
        except InputError as error:
            if error.code is not Code.NO_TEXT:
                raise
            tab.notice.say("bad", QCoreApplication.translate("Voices", "“Test text” is empty. Type a line to speak."))
            return
        tab.speak.setEnabled(False)
        self._show_busy(True)

    async def _play_clone(self) -> None:
        playback, clone = self._context.playback, self._clone
        if clone is None:
            return
        if playback.key == clone.id:
            if playback.ended:
                # It was played while it arrived, when its loudness was not known.
                playback.set_gain((await self._gains()).get(clone.id, 0.0))
            playback.toggle()
        elif clone.audio:
            await playback.play_take(clone, (await self._gains()).get(clone.id, 0.0))

    async def _save(self) -> None:
        tab = self._tab
        await self._apply_pending()
        statement = tab.statement.text() if tab.agreed.isChecked() else ""
        sample, speech_seconds = self._editor.sample(), self._editor.speech
        self._tasks.show_saved(await self._context.library.save_clone(sample, tab.name.text(), statement))
        if speech_seconds < MIN_SPEECH_SECONDS:
            warning = QCoreApplication.translate(
                "Voices",
                "The sample has only {t} of speech, so the voice may not sound like the speaker. Use 10 "
                "to 60 s of speech.",
            )
            tab.notice.say("warn", warning.format(t=seconds(speech_seconds)))

    def _on_take(self, take: Take) -> None:
        if self._clone is not None and take.id == self._clone.id:
            self._clone = take
            self._tab.clone.setEnabled(take.has_ended and bool(take.audio) and bool(take.frames))
            self._show_speaking()

    def _show_speaking(self) -> None:
        """Allow the next trial unless one is being made. One that waits in a paused job holds up nothing."""
        clone = self._clone
        is_speaking = clone is not None and not clone.has_ended and self._context.service.is_active(clone.id)
        self._tab.speak.setEnabled(not is_speaking)
        self._show_busy(is_speaking)

    def _on_deleted(self, take_id: str) -> None:
        """The trial take was stopped before it was sent, so there is none."""
        if self._clone is not None and take_id == self._clone.id:
            self._clone = None
            self._tab.speak.setEnabled(True)
            self._tab.clone.setEnabled(False)
            self._show_busy(False)
