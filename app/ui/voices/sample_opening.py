"""Opens samples of the Clone tab one at a time. What can't be opened is said beside its path; the open sample stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import WorkbenchError
from app.services.speech.opened_sample import OpenedSample
from app.services.speech.sample_editor import SampleEditor
from app.ui.files import ask_to_open
from app.ui.studio.context import SpeechContext
from app.ui.texts.errors import error_sentences
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.sample_player import SamplePlayer
from app.ui.voices.sample_queue import SampleEntry, SampleQueue, entry_name


class SampleOpening:
    """Knows which sample is open, which one is being read, and which path failed.

    Attributes:
        path: as shown in the field; empty for a sample that is no file.
        began: called when another sample is open.
        failed: called when one could not be opened that was shown already: the former one is still there.
        on_path: called when another path stands in the field, or it was refused.
    """

    def __init__(
        self, tab: CloneTab, context: SpeechContext, editor: SampleEditor, queue: SampleQueue, player: SamplePlayer
    ) -> None:
        self._tab, self._context, self._editor = tab, context, editor
        self._queue, self._player = queue, player
        self.path = ""
        self._failed_path: Path | None = None
        self._opening: Path | None = None
        self._is_outlined = False
        """Whether the waveform of the file that is being opened stands in the place of that of the open sample."""
        self.began: Callable[[], None] = _nothing
        self.failed: Callable[[], None] = _nothing
        self.on_path: Callable[[], None] = _nothing

    async def open_file(self, path: Path) -> bool:
        """Open a file, or say beside the field why it can't be."""
        is_new = self._queue.find_file(path) is None
        entry = self._queue.add_file(path)
        try:
            await self.open(entry)
        except WorkbenchError as error:
            if is_new:
                self._queue.remove(entry.key)
            else:
                self._queue.show()
            self._refuse(path, error)
            return False
        return True

    def _refuse(self, path: Path, error: WorkbenchError) -> None:
        self._failed_path = path
        self.on_path()
        self._tab.bar.error.say("bad", lambda: self._refusal(error))

    def _refusal(self, error: WorkbenchError) -> str:
        """Why a file can't be opened, and that the open sample stays."""
        said = error_sentences(error)
        if self._editor.edited is None:
            return said
        stays = QCoreApplication.translate("Voices", "“{name}” stays open.").format(name=self._editor.name)
        return f"{said} {stays}"

    async def open_dropped(self, paths: list[Path]) -> None:
        """Open the first file; the others wait in the list."""
        for path in paths:
            self._queue.add_file(path)
        await self.open_file(paths[0])

    async def open_entry(self, key: str) -> None:
        entry = self._queue.get(key)
        if entry is None or key == self._queue.current:
            return
        if entry.kind == "file":
            await self.open_file(entry.path)
            return
        try:
            await self.open(entry)
        except WorkbenchError:
            self._queue.show()
            raise

    async def choose(self) -> None:
        title = QCoreApplication.translate("Voices", "Choose sample")
        path = await ask_to_open(self._tab, title, "*", self._context.settings)
        if path is not None:
            await self.open_file(path)

    async def open_typed(self) -> bool:
        """Open the path that was just typed, if there is one; whether there is a sample to go on with.

        One that failed is not tried again: it was said that the open sample stays.
        """
        typed = self._tab.pending_path()
        if typed is None or (typed == self._failed_path and self._editor.edited is not None):
            return True
        return await self.open_file(typed)

    async def open(self, entry: SampleEntry) -> None:
        """Open a sample of the list, with what was done to it before. Raises WorkbenchError."""
        tab, path = self._tab, entry.path
        self._queue.keep_edits(self._editor.edits)
        self._opening, self._is_outlined = path, False
        tab.bar.error.clear()
        self._show_progress(path, 0.0)
        name = "" if entry.kind == "file" else entry_name(entry)
        try:
            opened = await self._editor.open(
                path, self._progress_of(path), lambda opened: self._show_outline(path, opened), name, entry.edits
            )
            if not opened:
                return
        except WorkbenchError as error:
            error.params.setdefault("name", name or path.name)
            self._opening = None if self._opening == path else self._opening
            tab.bar.allow_retry()
            if self._is_outlined:
                self.failed()
            else:
                self._player.show_time()  # in the place of the progress
            raise
        self._failed_path = self._opening = None
        self._queue.set_current(entry.key)
        self.path = str(path) if entry.kind == "file" else ""
        tab.bar.show_path(self.path)
        self.began()

    async def restore(self, snapshot: tuple[Any, ...], path: str, key: str) -> None:
        """Bring back the sample that a recording replaced. Consent has to be given again."""
        self._queue.keep_edits(self._editor.edits)
        await self._editor.restore(snapshot)
        self.path, self._failed_path = path, None
        self._queue.set_current(key)
        self._tab.bar.show_path(path)
        self.began()

    def on_path_changed(self) -> None:
        """What was said of a path that failed goes with it."""
        if self._failed_path is not None and self._tab.pending_path() != self._failed_path:
            self._failed_path = None
            self._tab.bar.error.clear()
        self.on_path()

    @property
    def is_refused(self) -> bool:
        """Whether the path in the field could not be opened."""
        return self._failed_path is not None and self._failed_path == self._tab.pending_path()

    @property
    def is_idle(self) -> bool:
        """Whether no sample is being read."""
        return self._opening is None

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_outline(self, path: Path, opened: OpenedSample) -> None:
        """Draw the waveform as soon as it is known; the checks follow."""
        if self._opening == path:
            progress, self._is_outlined = self._tab.trimmed_label.text(), True
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


def _nothing() -> None:
    """Nobody listens yet."""
