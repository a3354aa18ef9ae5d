"""Saves what is typed in the Design and Clone tabs, so that it comes back after a restart."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.core.voices import VoiceDraft
from app.services.tasks import TaskSet

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import RecordStore

log = logging.getLogger(__name__)

AUTOSAVE_SECONDS = 0.4
"""Longest time for which something typed is in memory only."""
AGAIN_SECONDS = 5.0
"""Delay before failed writes are retried."""


class VoiceDrafts:
    """The drafts of the tabs by their ids.

    Attributes:
        on_failed: called when a draft can't be saved, but not for repeated failures.
    """

    def __init__(self, store: RecordStore[VoiceDraft], tasks: TaskSet) -> None:
        self._store = store
        self._tasks = tasks
        self._drafts: dict[str, VoiceDraft] = {}
        self._unsaved: dict[str, None] = {}
        self._autosave: asyncio.Task[None] | None = None
        self._trouble: WorkbenchError | None = None
        self.on_failed: Event[WorkbenchError] = Event()

    async def load(self) -> None:
        """Read the drafts of earlier runs; what was typed since the start stays. Raises StorageError."""
        stored = {draft.id: draft for draft in await self._store.listed()}
        self._drafts = stored | self._drafts

    def get(self, draft_id: str) -> VoiceDraft | None:
        """Return a draft, or None if there is none of this id."""
        return self._drafts.get(draft_id)

    def edit(self, draft: VoiceDraft) -> None:
        """Set a draft and save it shortly after, however long the user goes on typing."""
        if self._drafts.get(draft.id) == draft or self._tasks.closed:
            return
        self._drafts[draft.id] = draft
        self._unsaved[draft.id] = None
        self._save_in(AUTOSAVE_SECONDS)

    async def aclose(self) -> None:
        """Save everything and stop retrying."""
        if self._autosave is not None:
            self._autosave.cancel()
        await self._save()
        for draft_id in self._unsaved:
            log.warning("draft %s is not saved: %s", draft_id, self._trouble)

    def _save_in(self, seconds: float) -> None:
        if self._autosave is None and not self._tasks.refusing:
            self._autosave = self._tasks.spawn(self._save_later(seconds), "save voice drafts")

    async def _save_later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._autosave = None
        await self._save()

    async def _save(self) -> None:
        for draft_id in tuple(self._unsaved):
            draft = self._drafts[draft_id]
            try:
                await self._store.keep(draft)
            except WorkbenchError as error:
                self._failed(error)
                return
            self._trouble = None
            if self._drafts[draft_id] == draft:
                self._unsaved.pop(draft_id, None)

    def _failed(self, error: WorkbenchError) -> None:
        known, self._trouble = self._trouble, error
        self._save_in(AGAIN_SECONDS)
        if known is None or known.code is not error.code:
            self.on_failed.emit(error)
