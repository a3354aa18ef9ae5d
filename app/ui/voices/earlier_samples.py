"""Brings back the samples of the Clone tab that an earlier run left: the list, what was done to them, the open one."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.core.voices import DraftSample, VoiceDraft
from app.ui.studio.context import SpeechContext
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.sample_opening import SampleOpening
from app.ui.voices.sample_queue import SampleEntry, SampleQueue, edits_of
from app.ui.voices.tab_tasks import TabTasks


class EarlierSamples:
    """Lists them at the start; the one that was open is read when the tab is first shown, as that takes memory."""

    def __init__(
        self, tab: CloneTab, context: SpeechContext, queue: SampleQueue, opening: SampleOpening, tasks: TabTasks
    ) -> None:
        self._tab, self._context, self._queue = tab, context, queue
        self._opening, self._tasks = opening, tasks
        self._takes: list[tuple[DraftSample, int]] = []
        self._to_open, self._path = "", ""
        self._is_listed = self._is_begun = False
        tab.shown.connect(self._open_once)

    def with_samples(self, draft: VoiceDraft) -> VoiceDraft:
        """The draft with the samples. One that has not been looked up or opened again yet stays in it."""
        waiting = tuple(sample for sample, _place in self._takes)
        pending = self._tab.bar.path.text() if self._tab.pending_path() is not None else ""
        return msgspec.structs.replace(
            draft, samples=(*self._queue.drafts(), *waiting), sample=self._queue.current or self._to_open,
            path=pending or self._path,
        )  # fmt: skip

    def set_draft(self, draft: VoiceDraft) -> None:
        """List the samples of an earlier run, apart from takes, which have to be read first."""
        recordings = {recording.id: recording for recording in draft.recordings}
        entries = []
        for place, sample in enumerate(draft.samples):
            if sample.take:
                self._takes.append((sample, place))
            elif sample.path:
                entries.append(SampleEntry(sample.id, "file", Path(sample.path), edits=edits_of(sample)))
            elif sample.id in recordings:
                entry = self._queue.recording_entry(recordings.pop(sample.id))
                entries.append(entry._replace(edits=edits_of(sample)))
        entries += [self._queue.recording_entry(recording) for recording in recordings.values()]
        self._to_open, self._path = draft.sample, draft.path
        self._queue.set_entries(entries)

    async def list_takes(self) -> None:
        """List the takes, and open the sample that was open. A take that was deleted is gone."""
        try:
            while self._takes:
                sample, place = self._takes[0]
                take = await self._context.service.stored_take(sample.take)
                del self._takes[0]
                if take is not None and take.audio:
                    entry = self._queue.take_entry(sample.id, take)
                    self._queue.insert(place, entry._replace(edits=edits_of(sample)))
        finally:
            self._is_listed = True
            if self._tab.isVisible():
                self._open_once()

    def _open_once(self) -> None:
        if self._is_listed and not self._is_begun and (self._to_open or self._path):
            self._is_begun = True
            self._tasks.run_quietly(self._open())

    async def _open(self) -> None:
        key, path = self._to_open, self._path
        # What the user has opened or typed meanwhile stays.
        is_untouched = not self._queue.current and not self._tab.bar.path.text()
        try:
            if key and is_untouched and self._opening.is_idle:
                await self._opening.open_entry(key)
        finally:
            self._to_open = self._path = ""
        if path and is_untouched and self._tab.pending_path() is None:
            self._tab.bar.path.setText(path)
