"""Saves what is typed for prompts before it becomes a version, so that it survives a restart and a kill."""

from __future__ import annotations

from typing import Protocol

from app.core.prompt_drafts import PromptDraft
from app.services.record_autosaver import RecordAutosaver
from app.services.tasks import TaskSet


class DraftStore(Protocol):
    """Stores drafts by id. Every method raises StorageError."""

    async def keep(self, record: PromptDraft) -> None: ...
    async def listed(self) -> tuple[PromptDraft, ...]: ...
    async def delete(self, record_id: str) -> None: ...
    async def restore(self, record_id: str) -> None: ...


class PromptDrafts(RecordAutosaver[PromptDraft]):
    """The drafts of the prompts by the ids of these."""

    def __init__(self, store: DraftStore, tasks: TaskSet) -> None:
        super().__init__(store, tasks, "prompt draft")
        self._drafts = store
        self._deleted: dict[str, PromptDraft] = {}

    def get(self, record_id: str) -> PromptDraft | None:
        return None if record_id in self._deleted else super().get(record_id)

    def all(self) -> tuple[PromptDraft, ...]:
        """All drafts, in no order."""
        return tuple(draft for draft in self._records.values() if draft.id not in self._deleted)

    def edit(self, record: PromptDraft) -> None:
        """Set a draft and save it shortly after; nothing comes back that was deleted."""
        if record.id not in self._deleted:
            super().edit(record)

    async def delete(self, prompt_id: str) -> None:
        """Soft-delete a draft, if there is one; `restore` undoes it. Raises StorageError, and then it stays."""
        draft = self.get(prompt_id)
        if draft is None:
            return
        self._deleted[prompt_id] = draft
        try:
            await self.flush()
            await self._drafts.delete(prompt_id)
        except BaseException:
            self._deleted.pop(prompt_id, None)
            raise

    async def restore(self, prompt_id: str) -> None:
        """Undo `delete`. Raises StorageError."""
        if prompt_id in self._deleted:
            await self._drafts.restore(prompt_id)
            self._deleted.pop(prompt_id, None)
