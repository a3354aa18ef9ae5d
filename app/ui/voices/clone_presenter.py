"""Connects the sample editor, the microphone and the Clone tab."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.errors import InputError, WorkbenchError
from app.core.resources import resource_path
from app.core.voices import VoiceDraft
from app.services.speech.opened_sample import OpenedSample
from app.services.speech.ports import Recorder
from app.services.speech.sample_checks import Fix
from app.services.speech.sample_editor import SampleEditor
from app.ui.files import ask_to_open
from app.ui.studio.context import SpeechContext
from app.ui.texts.sample_checks import checks_summary
from app.ui.voices.clone_saving import CloneSaving
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.clone_words import sample_facts, saving_needs
from app.ui.voices.draft_fields import DraftFields
from app.ui.voices.sample_player import SamplePlayer
from app.ui.voices.sample_queue import SampleEntry, SampleQueue, entry_name
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
        self._recorder.broke_off.connect(lambda: self._tasks.spawn(self._record()))
        self._saving = CloneSaving(tab, context, self._editor, self._queue, self._trial, self._tasks)
        self._path = ""
        self._failed_path: Path | None = None
        self._opening: Path | None = None
        self._trim_debounce = QTimer(self, interval=_TRIM_DEBOUNCE_MS, singleShot=True)
        self._trim_debounce.timeout.connect(lambda: self._tasks.spawn(self._trim()))
        self._draft = DraftFields(
            self,
            context.voice_drafts,
            self._typed,
            self._show_draft,
            tab.trial.texts_changed,
            tab.trial.direction.textChanged,
            tab.name.textChanged,
            self._queue.recordings_changed,
        )
        self._connect()
        self._tasks.spawn(self._draft.load())
        tab.clear_sample()
        self._saving.show_consent()
        self._show_missing()

    def _connect(self) -> None:
        tab, spawn = self._tab, self._tasks.spawn
        tab.file_chosen.connect(lambda path: spawn(self._open_file(path)))
        tab.files_dropped.connect(lambda paths: spawn(self._open_dropped(paths)))
        tab.path.textChanged.connect(lambda _text: self._on_path_changed())
        tab.choose.clicked.connect(lambda: spawn(self._choose()))
        tab.example.clicked.connect(lambda: spawn(self._open_file(resource_path("samples", "lighthouse.wav"))))
        tab.record.clicked.connect(lambda: spawn(self._record()))
        tab.bar.queue.row_selected.connect(lambda key: spawn(self._open_entry(key)))
        tab.bar.remove.clicked.connect(lambda: spawn(self._remove_entry()))
        self._picker.chosen.connect(lambda take: spawn(self._open(self._queue.add_take(take))))
        tab.wave.trimmed.connect(self._on_trimmed)
        tab.wave.snap = self._snapped
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

    def _typed(self) -> VoiceDraft:
        trial = self._tab.trial
        return VoiceDraft(
            ORIGIN, text=trial.typed_test(), name=self._tab.name.text(), recordings=self._queue.recordings,
            direction=trial.direction.toPlainText(), texts=trial.further_texts(),
        )  # fmt: skip

    def _show_draft(self, draft: VoiceDraft) -> None:
        trial = self._tab.trial
        trial.show_test(draft.text)
        trial.show_further_texts(draft.texts)
        if trial.direction.toPlainText() != draft.direction:
            trial.direction.setPlainText(draft.direction)
        if self._tab.name.text() != draft.name:
            self._tab.name.setText(draft.name)
        self._queue.set_recordings(draft.recordings)

    # -- the sample -----------------------------------------------------------------------------------------------

    async def _open_file(self, path: Path) -> None:
        is_new = self._queue.find_file(path) is None
        entry = self._queue.add_file(path)
        try:
            await self._open(entry)
        except WorkbenchError:
            if is_new:
                self._queue.remove(entry.key)
            raise

    async def _open_dropped(self, paths: list[Path]) -> None:
        """Open the first file; the others wait in the list."""
        for path in paths:
            self._queue.add_file(path)
        await self._open_file(paths[0])

    async def _open_entry(self, key: str) -> None:
        entry = self._queue.get(key)
        if entry is not None and key != self._queue.current:
            try:
                await self._open(entry)
            except WorkbenchError:
                self._queue.show()
                raise

    async def _open(self, entry: SampleEntry) -> None:
        """Open a sample of the list, with what was done to it before."""
        tab, editor, path = self._tab, self._editor, entry.path
        self._queue.keep_edits(editor.edits)
        self._opening = path
        self._show_progress(path, 0.0)
        name = "" if entry.kind == "file" else entry_name(entry)
        try:
            opened = await editor.open(
                path, self._progress_of(path), lambda opened: self._show_outline(path, opened), name, entry.edits
            )
            if not opened:
                return
        except WorkbenchError as error:
            error.params.setdefault("name", name or path.name)
            self._opening = None if self._opening == path else self._opening
            tab.bar.allow_retry()
            if path == tab.pending_path():
                # The former sample is not that of the shown path.
                self._failed_path = path
                self._player.reset()
                tab.clear_sample()
                self._show_missing()
            else:
                self._show_sample()
            raise
        self._failed_path = self._opening = None
        self._queue.set_current(entry.key)
        self._path = str(path) if entry.kind == "file" else ""
        self._begin_sample()

    def _begin_sample(self) -> None:
        """Show the opened sample. Consent and the trial belong to one sample."""
        self._tab.agreed.setChecked(False)
        self._trial.forget()
        self._trim_debounce.stop()
        self._player.reset()
        self._saving.show_consent()
        self._show_sample()

    def _show_outline(self, path: Path, opened: OpenedSample) -> None:
        """Draw the waveform as soon as it is known; the checks follow."""
        if self._opening == path:
            progress = self._tab.trimmed_label.text()
            self._player.reset()
            self._tab.clear_sample()
            self._tab.wave.set_sound(opened.peaks, opened.milliseconds)
            self._tab.trimmed_label.setText(progress)

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

    async def _restore(self, snapshot: tuple[Any, ...], path: str, key: str) -> None:
        """Bring back the sample that a recording replaced. Consent has to be given again."""
        self._queue.keep_edits(self._editor.edits)
        await self._editor.restore(snapshot)
        self._path, self._failed_path = path, None
        self._queue.set_current(key)
        self._begin_sample()

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

    async def _apply_pending(self) -> None:
        """Apply a path or trim that was just entered, before the sample is used."""
        pending = self._tab.pending_path()
        if pending is not None:
            await self._open_file(pending)
        if self._trim_debounce.isActive():
            self._trim_debounce.stop()
            await self._trim()

    async def _choose(self) -> None:
        title = QCoreApplication.translate("Voices", "Choose sample")
        path = await ask_to_open(self._tab, title, "*", self._context.settings)
        if path is not None:
            await self._open_file(path)

    async def _record(self) -> None:
        if not self._recorder.is_recording:
            await self._recorder.start()
            # The recording replaces the sample; if nothing is recorded, the previous one is shown again.
            self._player.reset()
            self._tab.bar.show_path("")
            self._tab.clear_sample()
            self._show_missing()
            return
        try:
            async with self._recorder.finish() as recording:
                former, former_path, former_key = self._editor.snapshot(), self._path, self._queue.current
                had_sample = self._editor.edited is not None
                await self._open(await self._keep(recording))
                if had_sample:
                    self._context.notifier.info(
                        lambda: QCoreApplication.translate("Voices", "The recording replaced the sample."),
                        undo=lambda: self._tasks.spawn(self._restore(former, former_path, former_key)),
                    )
                if recording.error is not None:
                    raise recording.error
                if recording.gaps or recording.lost:
                    gaps = QCoreApplication.translate(
                        "Voices", "Some audio was lost while recording. Record again if you hear gaps."
                    )
                    self._tab.notice.say("warn", gaps)
        finally:
            self._show_sample()

    async def _keep(self, recording: Any) -> SampleEntry:
        """Store a recording and put it on the list, where it stays until it is removed."""
        length = recording.frames / recording.rate
        kept = await asyncio.to_thread(self._queue.keep_recording, recording.path, length)
        entry = self._queue.add_recording(kept)
        await self._context.voice_drafts.flush()
        return entry

    async def aclose(self) -> None:
        """Store what is being recorded. Called at the end of the program."""
        if not self._recorder.is_recording:
            return
        try:
            async with self._recorder.finish() as recording:
                await self._keep(recording)
        except InputError:
            pass  # nothing was recorded yet

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
        await self._apply_pending()
        await self._editor.set_fix(fix, on)
        self._show_edits()

    async def _undo_fixes(self) -> None:
        self._trim_debounce.stop()
        await self._editor.undo_fixes()
        self._show_edits()

    def _show_edits(self) -> None:
        self._show_trim()
        self.show_checks()
        self._player.follow_edits()
        self._trial.follow_edits()

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_trim(self) -> None:
        wave = self._tab.wave
        wave.blockSignals(True)
        wave.set_trim(*self._editor.trim)
        wave.blockSignals(False)
        self._player.show_time()

    def _show_sample(self) -> None:
        opened = self._editor.opened
        self._tab.wave.set_sound(() if opened is None else opened.peaks, self._editor.milliseconds)
        self._show_trim()
        self._tab.bar.show_path(self._path)
        self._show_facts()
        self.show_checks()
        self._player.show()
        self._trial.follow_edits()

    def _show_facts(self) -> None:
        """Show what the sample is, in the current language and as it may be shown now."""
        mask = presentation_cover().mask
        self._tab.wave.setAccessibleDescription(mask(self._editor.name))
        if self._editor.opened is not None and not self._recorder.is_recording:
            self._tab.bar.path.set_facts(mask(sample_facts(self._editor, named=not self._path)))

    def show_checks(self) -> None:
        """Show the edited sample and its checks in the current language."""
        tab, editor = self._tab, self._editor
        self._show_missing()
        self._queue.show()
        if editor.edited is None or self._recorder.is_recording:
            return
        tab.table.show_findings(editor.findings, blocked=editor.is_too_large)
        tab.summary.setText(checks_summary(editor.findings))
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
        elif self._failed_path is not None and self._failed_path == tab.pending_path():
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
        await self._apply_pending()
        self._player.toggle()

    async def _save(self) -> None:
        await self._apply_pending()
        await self._saving.save()
