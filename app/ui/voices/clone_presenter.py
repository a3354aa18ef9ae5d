"""Connects the sample editor, the microphone and the Clone tab."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.errors import Code, WorkbenchError
from app.core.resources import resource_path
from app.core.voices import VoiceDraft
from app.services.speech.ports import Recorder
from app.services.speech.sample_checks import Fix
from app.services.speech.sample_editor import SampleEditor
from app.ui.studio.context import SpeechContext
from app.ui.texts.sample_checks import checked_part, checks_summary
from app.ui.voices.clone_saving import CloneSaving
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.clone_words import sample_facts, saving_needs
from app.ui.voices.draft_fields import DraftFields
from app.ui.voices.earlier_samples import EarlierSamples
from app.ui.voices.recorded_samples import RecordedSamples
from app.ui.voices.sample_opening import SampleOpening
from app.ui.voices.sample_player import SamplePlayer
from app.ui.voices.sample_queue import SampleQueue, entry_name
from app.ui.voices.sample_recorder import SampleRecorder
from app.ui.voices.tab_tasks import TabTasks
from app.ui.voices.take_picker import TakePicker
from app.ui.voices.trial_presenter import ORIGIN, TrialPresenter
from app.ui.widgets.presentation_cover import presentation_cover

_TRIM_DEBOUNCE_MS = 250


class ClonePresenter(QObject):
    """Opens or records a sample, checks, fixes and tries it, and saves it as a voice once consent is given."""

    def __init__(
        self, tab: CloneTab, context: SpeechContext, recorder: Recorder, show_busy: Callable[[bool], None]
    ) -> None:
        super().__init__(tab)
        self._tab, self._context = tab, context
        self._tasks = TabTasks(context, tab.notice)
        self._editor = SampleEditor(context.audio)
        self._player = SamplePlayer(tab.sample, context.playback, self._editor)
        self._queue = SampleQueue(tab.bar, context.blobs)
        self._trial = TrialPresenter(
            tab.trial, context, self._editor, self._tasks, show_busy, lambda text: tab.notice.say("bad", text)
        )
        self._trial.prepare = self._apply_pending
        self._picker = TakePicker(tab.bar, context, self._tasks)
        self._recorder = SampleRecorder(tab, recorder, context.temporary)
        self._saving = CloneSaving(tab, context, self._editor, self._queue, self._trial, self._tasks)
        self._opening = opening = SampleOpening(tab, context, self._editor, self._queue, self._player)
        opening.began, opening.failed, opening.on_path = self._begin_sample, self._show_sample, self._show_path_state
        self._recordings = RecordedSamples(
            tab, context, self._recorder, self._editor, self._queue, opening, self._tasks, self._hide_sample,
            self._show_sample,
        )  # fmt: skip
        self._trim_debounce = QTimer(self, interval=_TRIM_DEBOUNCE_MS, singleShot=True)
        self._trim_debounce.timeout.connect(lambda: self._tasks.spawn(self._trim()))
        self._earlier = EarlierSamples(tab, context, self._queue, opening, self._tasks)
        self._draft = DraftFields(
            self,
            context.voice_drafts,
            self._typed,
            self._show_draft,
            tab.trial.texts_changed,
            tab.trial.direction.textChanged,
            tab.name.textChanged,
            tab.path.textChanged,
            self._queue.changed,
        )
        self._connect()
        self._tasks.spawn(self._load_draft())
        tab.clear_sample()
        self._saving.show_consent()
        self._show_missing()

    def _connect(self) -> None:
        tab, spawn, opening = self._tab, self._tasks.spawn, self._opening
        tab.file_chosen.connect(lambda path: spawn(opening.open_file(path)))
        tab.files_dropped.connect(lambda paths: spawn(opening.open_dropped(paths)))
        tab.path.textChanged.connect(lambda _text: opening.on_path_changed())
        tab.choose.clicked.connect(lambda: spawn(opening.choose()))
        tab.example.clicked.connect(lambda: spawn(opening.open_file(resource_path("samples", "lighthouse.wav"))))
        tab.record.clicked.connect(lambda: spawn(self._recordings.press()))
        tab.bar.queue.row_selected.connect(lambda key: spawn(opening.open_entry(key)))
        tab.bar.remove.clicked.connect(lambda: spawn(self._remove_entry()))
        self._picker.chosen.connect(lambda take: spawn(opening.open(self._queue.add_take(take))))
        tab.wave.trimmed.connect(self._on_trimmed)
        tab.wave.snap = self._snapped
        tab.sample.side_chosen.connect(lambda _after: self._show_wave())
        tab.play.clicked.connect(lambda: spawn(self._play()))
        tab.flipped.connect(lambda: spawn(self._trial.flip()))
        tab.table.fix_pressed.connect(lambda fix, on: spawn(self._set_fix(Fix(fix), on)))
        tab.undo_fixes.clicked.connect(lambda: spawn(self._undo_fixes()))
        tab.save.clicked.connect(lambda: spawn(self._save()))
        presentation_cover().changed.connect(self._show_facts)
        tab.agreed.toggled.connect(lambda _on: self._show_missing())
        tab.name.textChanged.connect(lambda _text: self._show_missing())
        self._context.library.on_change.subscribe(self._saving.show_consent)
        self._tasks.report_failures(ORIGIN)

    async def _load_draft(self) -> None:
        await self._draft.load()
        await self._earlier.list_takes()

    def _typed(self) -> VoiceDraft:
        trial = self._tab.trial
        draft = VoiceDraft(
            ORIGIN, text=trial.typed_test(), name=self._tab.name.text(), recordings=self._queue.recordings,
            direction=trial.direction.toPlainText(), texts=trial.further_texts(),
        )  # fmt: skip
        return self._earlier.with_samples(draft)

    def _show_draft(self, draft: VoiceDraft) -> None:
        trial = self._tab.trial
        trial.show_test(draft.text)
        trial.show_further_texts(draft.texts)
        if trial.direction.toPlainText() != draft.direction:
            trial.direction.setPlainText(draft.direction)
        if self._tab.name.text() != draft.name:
            self._tab.name.setText(draft.name)
        # The list is joined, not replaced by what was opened meanwhile.
        self._earlier.set_draft(self._context.voice_drafts.get(ORIGIN) or draft)

    # -- the sample -----------------------------------------------------------------------------------------------

    def _begin_sample(self) -> None:
        """Show the opened sample. Consent and the trial belong to one sample."""
        self._tab.agreed.setChecked(False)
        self._trial.forget()
        self._trim_debounce.stop()
        self._player.reset()
        self._queue.keep_edits(self._editor.edits)
        self._saving.show_consent()
        self._show_sample()

    def _hide_sample(self) -> None:
        """Show none while another is recorded."""
        self._player.reset()
        self._tab.clear_sample()
        self._show_missing()

    async def _remove_entry(self) -> None:
        """Take the selected sample off the list. A recording that no voice was made of can be brought back."""
        key = self._tab.bar.queue.selected_key() or ""
        self._queue.keep_edits(self._editor.edits)
        entry = self._queue.remove(key)
        if entry is None:
            return
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Voices", "“{name}” is off the list.").format(name=entry_name(entry)),
            undo=lambda: self._queue.put_back(entry),
        )

    async def _apply_pending(self) -> bool:
        """Apply a path or trim that was just entered, before the sample is used; whether it can be."""
        if not await self._opening.open_typed():
            return False
        if self._trim_debounce.isActive():
            self._trim_debounce.stop()
            await self._trim()
        return True

    async def aclose(self) -> None:
        """Store what is being recorded. Called at the end of the program."""
        await self._recordings.aclose()

    # -- editing --------------------------------------------------------------------------------------------------

    def _snapped(self, milliseconds: int) -> int:
        opened = self._editor.opened
        is_wanted = self._tab.sample.snap.isChecked() and opened is not None
        return opened.snapped(milliseconds) if is_wanted and opened is not None else milliseconds

    def _on_trimmed(self) -> None:
        self._trim_debounce.start()
        self._player.show_time()

    async def _trim(self) -> None:
        wave = self._tab.wave
        try:
            await self._editor.set_trim(wave.start.value(), wave.end.value())
        except WorkbenchError:
            self._show_trim()
            raise
        self._show_edits()

    async def _set_fix(self, fix: Fix, on: bool) -> None:
        if await self._apply_pending():
            await self._editor.set_fix(fix, on)
            self._show_edits()

    async def _undo_fixes(self) -> None:
        self._trim_debounce.stop()
        await self._editor.undo_fixes()
        self._show_edits()

    def _show_edits(self) -> None:
        self._queue.keep_edits(self._editor.edits)
        self._show_trim()
        self._show_wave()
        self.show_checks()
        self._player.follow_edits()
        self._trial.follow_edits()

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_wave(self) -> None:
        """Draw the side that is heard."""
        self._tab.wave.set_peaks(self._editor.peaks(after=self._tab.sample.after.isChecked()))

    def _show_trim(self) -> None:
        wave = self._tab.wave
        wave.blockSignals(True)
        wave.set_trim(*self._editor.trim)
        wave.blockSignals(False)
        self._player.show_time()

    def _show_sample(self) -> None:
        peaks = self._editor.peaks(after=self._tab.sample.after.isChecked())
        self._tab.wave.set_sound(peaks, self._editor.milliseconds)
        self._show_trim()
        self._show_facts()
        self.show_checks()
        self._player.show()
        self._trial.follow_edits()

    def _show_facts(self) -> None:
        """Show what the sample is, in the current language and as it may be shown now."""
        mask = presentation_cover().mask
        self._tab.wave.setAccessibleDescription(mask(self._editor.name))
        if self._editor.opened is not None and not self._recorder.is_recording:
            self._tab.bar.path.set_facts(
                mask(sample_facts(self._editor, named=not self._opening.path or self._opening.is_refused))
            )

    def _show_path_state(self) -> None:
        """Another path stands in the field, or it was refused."""
        self._show_facts()
        self._show_missing()

    def show_checks(self) -> None:
        """Show the edited sample and its checks in the current language."""
        tab, editor = self._tab, self._editor
        self._show_missing()
        self._queue.show()
        if editor.edited is None or self._recorder.is_recording:
            return
        tab.table.show_findings(editor.findings, blocked=editor.is_too_large)
        part = checked_part(editor.findings)
        tab.summary.setText(" · ".join(text for text in (checks_summary(editor.findings), part) if text))
        tab.undo_fixes.setEnabled(editor.is_changed)
        self._player.show_time()
        self._trial.show_plan()

    def show_texts(self) -> None:
        """Show everything again in another language."""
        self._saving.show_consent()
        self._show_facts()
        self.show_checks()
        self._trial.show()

    def _show_missing(self) -> None:
        """Enable the buttons that need a sample if there is one or its path was typed, else explain what is missing."""
        tab = self._tab
        if self._recorder.is_recording:
            missing = QCoreApplication.translate("Voices", "Stop recording first.")
        elif self._editor.edited is None and self._opening.is_refused:
            missing = QCoreApplication.translate("Voices", "This file could not be opened. Choose another one.")
        elif self._editor.edited is None and tab.pending_path() is None:
            missing = QCoreApplication.translate("Voices", "Choose or record a sample first.")
        else:
            missing = ""
        tab.show_missing(missing)
        tab.save.setEnabled(not missing and not self._editor.is_too_large)
        needs_consent = self._trial.needs_consent and not tab.agreed.isChecked()
        needs = saving_needs(self._editor, needs_consent=needs_consent, has_name=bool(tab.name.text().strip()))
        tab.foot.missing.setText(missing or needs)

    # -- playing and saving ---------------------------------------------------------------------------------------

    async def _play(self) -> None:
        if await self._apply_pending():
            self._player.toggle()

    async def _save(self) -> None:
        """Save the sample; what is missing gets the keyboard, and so comes into view."""
        if not await self._apply_pending():
            return
        try:
            await self._saving.save()
        except WorkbenchError as error:
            missing = {Code.NO_CONSENT: self._tab.agreed, Code.NO_NAME: self._tab.name}.get(error.code)
            if missing is not None:
                missing.setFocus()
            raise
