"""The sets of test cases: edited with undo, saved at every change, deleted with undo."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from app.core.cases import CaseSet, CaseVersion, copied, with_version
from app.core.errors import Code, InputError
from app.core.messages import new_id
from app.core.numbered_names import unique_name
from app.core.prompt_library import prompt_name
from app.services.bench.ports import CaseResultStore, CaseSetStore
from app.services.record_keeper import RecordKeeper
from app.services.tasks import TaskSet

MAX_UNDO = 200
"""Edits of one set that can be undone. A set shares its rows with the one before it, so that they cost little."""


class _History:
    """The states of one set before its edits, and those that were undone."""

    def __init__(self) -> None:
        self.past: list[CaseSet] = []
        self.future: list[CaseSet] = []
        self.merge_key = ""


class CaseSets:
    """All sets of this home. Names are unique.

    Attributes:
        keeper: has the sets in memory and saves them; emits its changes.
    """

    def __init__(
        self, store: CaseSetStore, results: CaseResultStore, tasks: TaskSet, now: Callable[[], float] = time.time
    ) -> None:
        self.keeper: RecordKeeper[CaseSet] = RecordKeeper(store, tasks, "case set")
        self._results = results
        self._now = now
        self._histories: dict[str, _History] = {}

    def get(self, set_id: str) -> CaseSet | None:
        return self.keeper.get(set_id)

    def listed(self) -> list[CaseSet]:
        """All sets by name."""
        return sorted(self.keeper.in_order(), key=lambda cases: (cases.name.casefold(), cases.created))

    def create(self, name: str) -> CaseSet:
        """Add an empty set; a number is added to a name that is taken."""
        moment = self._now()
        cases = CaseSet(new_id(), self.free_name(name), created=moment, updated=moment)
        self.keeper.put(cases)
        return cases

    def add(self, cases: CaseSet) -> None:
        """Add a set that was read or made elsewhere."""
        self.keeper.put(cases)

    def free_name(self, name: str) -> str:
        """The name, with a number if it is taken."""
        return unique_name(prompt_name(name) or name, {each.name for each in self.keeper.in_order()})

    def duplicate(self, set_id: str) -> CaseSet:
        """Add a copy of a set: its rows, versions and checks, without the answers. Raises InputError NOT_KEPT."""
        original = self._existing(set_id)
        copy = copied(original, self.free_name(original.name), self._now())
        self.keeper.put(copy)
        return copy

    def edit(self, cases: CaseSet, merge_key: str = "") -> None:
        """Make this the state of its set. Edits in a row with the same key are undone as one."""
        before = self._existing(cases.id)
        if cases == before:
            return
        history = self._histories.setdefault(cases.id, _History())
        if not merge_key or merge_key != history.merge_key:
            history.past.append(before)
            del history.past[:-MAX_UNDO]
        history.merge_key = merge_key
        history.future.clear()
        self._put(cases)

    def keep_draft(self, set_id: str, text: str) -> None:
        """Keep what is being written of a prompt; undo leaves it alone."""
        cases = self._existing(set_id)
        if text != cases.draft:
            self._put(msgspec.structs.replace(cases, draft=text))

    def _with_draft(self, before: CaseSet) -> CaseSet:
        return msgspec.structs.replace(before, draft=self._existing(before.id).draft)

    def end_merge(self, set_id: str) -> None:
        """The next edit is undone on its own, whatever its key."""
        if set_id in self._histories:
            self._histories[set_id].merge_key = ""

    def rename(self, set_id: str, typed: str) -> None:
        """Rename a set; can be undone like an edit. Raises InputError: NO_NAME, NAME_TAKEN, NOT_KEPT."""
        name = prompt_name(typed)
        if not name:
            raise InputError(Code.NO_NAME)
        if any(other.name == name and other.id != set_id for other in self.keeper.in_order()):
            raise InputError(Code.NAME_TAKEN, name=name)
        self.edit(msgspec.structs.replace(self._existing(set_id), name=name))

    def add_version(self, set_id: str, version: CaseVersion) -> None:
        """Add a column, and columns for the variables that it needs."""
        self.edit(with_version(self._existing(set_id), version))

    def can_undo(self, set_id: str) -> bool:
        return bool(set_id in self._histories and self._histories[set_id].past)

    def can_redo(self, set_id: str) -> bool:
        return bool(set_id in self._histories and self._histories[set_id].future)

    def undo(self, set_id: str) -> None:
        """Undo the last edit of a set, if there is one."""
        if self.can_undo(set_id):
            history = self._histories[set_id]
            history.future.append(self._existing(set_id))
            history.merge_key = ""
            self._put(self._with_draft(history.past.pop()))

    def redo(self, set_id: str) -> None:
        """Undo the last `undo`, if nothing was edited since."""
        if self.can_redo(set_id):
            history = self._histories[set_id]
            history.past.append(self._existing(set_id))
            history.merge_key = ""
            self._put(self._with_draft(history.future.pop()))

    async def delete(self, cases: CaseSet) -> None:
        """Soft-delete a set with its answers; `restore` undoes it. Raises StorageError."""
        await self.keeper.delete(cases)
        await self._results.delete(cases.id)

    async def restore(self, cases: CaseSet) -> None:
        """Undo `delete`. Raises StorageError."""
        await self._results.restore(cases.id)
        await self.keeper.restore(cases)

    def _put(self, cases: CaseSet) -> None:
        self.keeper.put(msgspec.structs.replace(cases, updated=self._now()))

    def _existing(self, set_id: str) -> CaseSet:
        cases = self.keeper.get(set_id)
        if cases is None:
            raise InputError(Code.NOT_KEPT, id=set_id)
        return cases
