"""Writes the chosen takes as files, and shows beforehand what they will be called."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import WorkbenchError
from app.core.export_names import export_stem, number_texts, unique_file_names
from app.core.settings import EXPORT_FOLDER
from app.core.takes import Take
from app.services.speech.loudness_matching import TargetGain, target_gain
from app.services.speech.take_export import ExportedTake, ExportOptions, ExportOutcome, TakeExport, ending_of, names_in
from app.ui.files import ask_for_folder, initial_folder
from app.ui.reported_tasks import Spawn, in_notice
from app.ui.studio.context import SpeechContext
from app.ui.studio.export.files_tab import FilesTab
from app.ui.texts.errors import error_sentences
from app.ui.texts.export import field_values, finished_text, gain_text, masked, stopped_text, take_line
from app.ui.texts.speech import voice_name
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import Row


class FilesPresenter(QObject):
    """Connects the tab of files to the export of takes."""

    def __init__(self, tab: FilesTab, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(tab)
        self._tab, self._context, self._spawn = tab, context, spawn
        self._export = TakeExport(context.blobs, context.audio)
        self._takes: Sequence[Take] = ()
        self._session = ""
        self._taken: list[str] = []
        self._outcomes: dict[int, ExportOutcome | None] = {}
        self._plan: list[ExportedTake] = []
        self._running: asyncio.Task[None] | None = None
        tab.options.changed.connect(self._on_changed)
        tab.options.folder.textChanged.connect(lambda _text: self._on_folder())
        tab.options.choose_folder.clicked.connect(lambda: spawn(self._choose_folder()))
        tab.run.clicked.connect(self._run_or_stop)
        presentation_cover().changed.connect(self._show_folder)

    @property
    def is_running(self) -> bool:
        return self._running is not None

    @property
    def takes(self) -> Sequence[Take]:
        """The takes that are offered, or written."""
        return self._takes

    def show_takes(self, takes: Sequence[Take], session: str) -> None:
        """Offer takes of the session with this title. While files are written, those stay."""
        if self.is_running:
            return
        self._takes, self._session = takes, session
        self._tab.notice.clear()
        self._outcomes = {}
        self._tab.show_progress(None, runs=False)
        self._show_folder()
        self._read_folder()

    def retranslate(self) -> None:
        """Show everything that has a text again."""
        self._show()

    # -- folder ---------------------------------------------------------------------------------------------------

    def _folder(self) -> Path:
        """Where files go; while presenting into the folder that is shown then."""
        if presentation_cover().active:
            return presentation_cover().folder
        typed = self._tab.options.folder.text().strip()
        return Path(typed).expanduser() if typed else initial_folder(self._context.settings)

    def _show_folder(self) -> None:
        field, presenting = self._tab.options.folder, presentation_cover().active
        field.setReadOnly(presenting)
        self._tab.options.choose_folder.setVisible(not presenting)
        stored = self._context.settings.get(EXPORT_FOLDER) or str(initial_folder(self._context.settings))
        text = QCoreApplication.translate("Export", "Presentation folder") if presenting else stored
        if field.text() != text:
            field.blockSignals(True)
            field.setText(text)
            field.blockSignals(False)
        if self._takes and not self.is_running:
            self._read_folder()

    def _on_folder(self) -> None:
        if not presentation_cover().active:
            self._context.settings.set(EXPORT_FOLDER, self._tab.options.folder.text().strip())
            self._tab.notice.clear()
            self._read_folder()

    async def _choose_folder(self) -> None:
        title = QCoreApplication.translate("Export", "Choose folder")
        chosen = await ask_for_folder(self._tab, title, self._folder())
        if chosen is not None:
            self._tab.options.folder.setText(str(chosen))

    def _read_folder(self) -> None:
        self._show()
        self._spawn(self._read_names())

    async def _read_names(self) -> None:
        """Number the names that are taken in the folder, as far as it can be read."""
        folder = self._folder()
        names = await asyncio.to_thread(names_in, folder)
        if folder == self._folder() and not self.is_running:
            self._taken = names
            self._show()

    # -- plan -----------------------------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        if self._outcomes and not self.is_running:
            self._outcomes = {}
            self._tab.show_progress(None, runs=False)
            self._tab.notice.clear()
            self._read_folder()
        self._show()

    def _planned(self, options: ExportOptions) -> list[ExportedTake]:
        template = self._tab.options.template.text()
        numbers = number_texts([take.number for take in self._takes])
        names = []
        for take, number in zip(self._takes, numbers, strict=True):
            ending = ending_of(take, options.format)
            fallback = QCoreApplication.translate("Files", "Untitled")
            names.append(
                export_stem(template, field_values(take, number, self._session), ending, fallback=fallback) + ending
            )
        unique = unique_file_names(names, self._taken, options.companion)
        album = masked(self._session)
        return [
            ExportedTake(take, name, masked(voice_name(take)), album)
            for take, name in zip(self._takes, unique, strict=True)
        ]

    def _show(self) -> None:
        options, is_usable = self._tab.options.options(), self._tab.options.is_usable
        if not self._outcomes:
            self._plan = self._planned(options) if is_usable else []
        rows = [self._row(place, item, options) for place, item in enumerate(self._plan)]
        self._tab.show_files(rows)
        self._tab.run.setEnabled(self.is_running or bool(self._plan))

    def _row(self, place: int, item: ExportedTake, options: ExportOptions) -> Row:
        subtitle, take = take_line(item.take), item.take
        if place in self._outcomes:
            outcome = self._outcomes[place]
            if outcome is None:
                return Row(take.id, item.name, subtitle, QCoreApplication.translate("Export", "being written"))
            if outcome.error is not None:
                reason = " ".join(error_sentences(outcome.error).split())
                failed = QCoreApplication.translate("Export", "failed")
                return Row(take.id, item.name, f"{subtitle} · {reason}", failed, "bad")
            if options.target_lufs is not None:
                subtitle = f"{subtitle} · {gain_text(outcome.gain)}"
            name = outcome.path.name if outcome.path is not None else item.name
            return Row(take.id, name, subtitle, QCoreApplication.translate("Export", "saved"), "good")
        if options.target_lufs is None or not take.frames:
            return Row(take.id, item.name, subtitle)
        planned = target_gain(take.loudness, take.true_peak, options.target_lufs, options.peak_limit_dbtp)
        return Row(take.id, item.name, subtitle, gain_text(planned), "warn" if _is_notable(planned) else "neutral")

    # -- writing --------------------------------------------------------------------------------------------------

    def _run_or_stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
        elif self._plan and not self._context.tasks.refusing:
            self._tab.notice.clear()
            self._outcomes = {}
            self._tab.show_progress((0, len(self._plan)), runs=True)
            self._running = self._context.tasks.spawn(self._run(), "export takes")

    async def _run(self) -> None:
        tab = self._tab
        try:
            outcomes = await self._write()
        except WorkbenchError as error:
            self._forget_unfinished()
            in_notice(tab.notice)(error)
        except asyncio.CancelledError:
            self._forget_unfinished()
            saved = self._saved()
            tab.notice.say("neutral", lambda: stopped_text(saved))
            raise
        else:
            failed = sum(outcome.error is not None for outcome in outcomes)
            saved = len(outcomes) - failed
            tab.notice.say("warn" if failed else "good", lambda: finished_text(saved, failed))
        finally:
            self._running = None
            tab.show_progress((self._saved(), len(self._plan)), runs=False)
            self._show()

    async def _write(self) -> list[ExportOutcome]:
        folder, options = self._folder(), self._tab.options.options()
        if presentation_cover().active:
            with suppress(OSError):  # Writing the first file reports the error.
                await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        self._taken = await asyncio.to_thread(names_in, folder)
        self._show()
        items = [item._replace(take=await self._context.service.ensure_saved(item.take)) for item in self._plan]
        return await self._export.run(items, folder, options, self._report)

    def _report(self, place: int, outcome: ExportOutcome | None) -> None:
        self._outcomes[place] = outcome
        self._tab.show_progress((self._saved(), len(self._plan)), runs=True)
        self._show()

    def _saved(self) -> int:
        return sum(outcome is not None and outcome.path is not None for outcome in self._outcomes.values())

    def _forget_unfinished(self) -> None:
        self._outcomes = {place: outcome for place, outcome in self._outcomes.items() if outcome is not None}


def _is_notable(planned: TargetGain) -> bool:
    return planned.short >= 1
