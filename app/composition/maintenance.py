"""Maintenance of the database while the program runs: integrity check, backups, removal of what was deleted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from app.core.errors import Code, StorageError, WorkbenchError
from app.core.settings import BACKUP_COUNT, BACKUP_DAYS, BACKUP_LIMIT, Settings
from app.storage.database import Database

MAINTENANCE_INTERVAL_SECONDS = 3600.0
"""Time between two checks whether a backup is due and space can be freed."""
UNDO_SECONDS = 3600.0
"""How long deleted items are retained. The window mostly offers to undo for a much shorter time."""


class Maintenance:
    """Looks after one database.

    `may_free` is false while a restore may still need files nothing refers to. `undo_since` returns when the oldest
    Undo was offered that still is, in Unix seconds: while it is looked at it stays, and a computer may sleep for hours.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        path: str,
        may_free: bool,
        undo_since: Callable[[], float | None],
        on_failed: Callable[[WorkbenchError], object],
    ) -> None:
        self._database = database
        self._settings = settings
        self._path = path
        self._may_free = may_free
        self._undo_since = undo_since
        self._on_failed = on_failed

    async def run(self) -> None:
        """Check the database once, then back it up and free space at intervals until cancelled. Errors are reported."""
        try:
            intact = await self._database.check()
        except WorkbenchError as error:
            # The check itself failed, which says nothing about the database.
            self._on_failed(error)
            intact = True
        if not intact:
            self._on_failed(StorageError(Code.DATABASE_DAMAGED, path=self._path))
            return
        while True:
            for step in (self._back_up_if_due, self._free_space):
                try:
                    await step()
                except WorkbenchError as error:
                    self._on_failed(error)
            await asyncio.sleep(MAINTENANCE_INTERVAL_SECONDS)

    async def _back_up_if_due(self) -> None:
        get = self._settings.get
        await self._database.back_up_if_due(get(BACKUP_DAYS), get(BACKUP_COUNT), get(BACKUP_LIMIT) << 20)

    async def _free_space(self) -> None:
        """Remove items whose deletion can no longer be undone, and files that no item refers to."""
        if self._may_free:
            now = time.time()
            since = self._undo_since()
            await self._database.purge(UNDO_SECONDS + (max(0.0, now - since) if since is not None else 0.0))
            await self._database.sweep()
