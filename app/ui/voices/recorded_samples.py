"""Records samples: what was recorded is stored at once and takes the place of the open sample, which can come back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import InputError
from app.services.speech.sample_editor import SampleEditor
from app.ui.studio.context import SpeechContext
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.sample_opening import SampleOpening
from app.ui.voices.sample_queue import SampleEntry, SampleQueue
from app.ui.voices.sample_recorder import SampleRecorder
from app.ui.voices.tab_tasks import TabTasks


class RecordedSamples:
    """Starts and ends recordings. `hide` and `show` are called to show no sample, and the open one again."""

    def __init__(
        self, tab: CloneTab, context: SpeechContext, recorder: SampleRecorder, editor: SampleEditor,
        queue: SampleQueue, opening: SampleOpening, tasks: TabTasks, hide: Callable[[], None],
        show: Callable[[], None],
    ) -> None:  # fmt: skip
        self._tab, self._context, self._recorder, self._editor = tab, context, recorder, editor
        self._queue, self._opening, self._tasks = queue, opening, tasks
        self._hide, self._show = hide, show
        recorder.broke_off.connect(lambda: tasks.spawn(self.press()))

    async def press(self) -> None:
        """Start recording, or end it and open what was recorded."""
        if not self._recorder.is_recording:
            await self._recorder.start()
            # The recording replaces the sample; if nothing is recorded, the previous one is shown again.
            self._tab.bar.show_path("")
            self._hide()
            return
        try:
            async with self._recorder.finish() as recording:
                former, former_path, former_key = self._editor.snapshot(), self._opening.path, self._queue.current
                had_sample = self._editor.edited is not None
                await self._opening.open(await self._keep(recording))
                if had_sample:
                    self._context.notifier.info(
                        lambda: QCoreApplication.translate("Voices", "The recording replaced the sample."),
                        undo=lambda: self._tasks.spawn(self._opening.restore(former, former_path, former_key)),
                    )
                if recording.error is not None:
                    raise recording.error
                if recording.gaps or recording.lost:
                    gaps = QCoreApplication.translate(
                        "Voices", "Some audio was lost while recording. Record again if you hear gaps."
                    )
                    self._tab.notice.say("warn", gaps)
        finally:
            self._tab.bar.show_path(self._opening.path)
            self._show()

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
