"""Saves the audition grids of the studio's sessions, so that each comes back with its session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.core.audition_grids import AuditionGrid, words_of_grid
from app.core.errors import Code, StorageError
from app.services.record_autosaver import RecordAutosaver
from app.services.tasks import TaskSet

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import RecordStore


class AuditionGrids(RecordAutosaver[AuditionGrid]):
    """The grids by the ids of their sessions."""

    def __init__(self, store: RecordStore[AuditionGrid], tasks: TaskSet) -> None:
        super().__init__(store, tasks, "audition grid")
        self._grid_store = store
        self._unreadable: frozenset[str] = frozenset()
        self._is_loaded = False

    async def load(self) -> None:
        await super().load()
        self._unreadable = self._grid_store.unreadable()
        self._is_loaded = True

    async def stored(self, grid_id: str) -> AuditionGrid | None:
        """Return the grid of a session, or None if it has none yet.

        Raises StorageError, and GRID_UNREADABLE for one that is damaged, or was saved by a newer version: it must not
        be replaced by a new one.
        """
        if not self._is_loaded:
            await self.load()
        if grid_id in self._unreadable:
            raise StorageError(Code.GRID_UNREADABLE, id=grid_id)
        return self.get(grid_id)

    def words(self) -> dict[str, str]:
        """What is written in the grids, by the ids of their sessions."""
        return {grid.id: words_of_grid(grid) for grid in self._records.values()}

    def edit_field(self, grid_id: str, field: str, value: object) -> None:
        """Change one field of a grid that is not open; nothing happens if there is none."""
        grid = self.get(grid_id)
        if grid is not None:
            self.edit(msgspec.structs.replace(grid, **{field: value}))
