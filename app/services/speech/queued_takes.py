"""What the job queue does with takes: makes them, queues them again, and removes those it never made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from app.core.errors import Code, WorkbenchError
from app.core.takes import Take
from app.services.jobs.ports import CallProgress, Record, Write
from app.services.speech.generation import Generation
from app.services.speech.generations import Generations, TakeEvents
from app.services.speech.new_takes import as_redo, new_take_from
from app.services.speech.ports import TakeStore
from app.services.speech.stored_takes import StoredTakes
from app.services.speech.take_making import TakeMaking


class QueuedTakes:
    """Takes whose calls are in the job queue.

    Attributes:
        next_number: returns the number of a take that is made again for another one; by default the same.
    """

    def __init__(
        self, takes: TakeStore, generations: Generations, events: TakeEvents, making: TakeMaking, stored: StoredTakes
    ) -> None:
        self._takes = takes
        self._generations = generations
        self._events = events
        self._making = making
        self._stored = stored
        self.next_number: Callable[[Take], int] = lambda take: take.number

    async def make(self, take_id: str, progress: CallProgress, *, interactive: bool) -> Take:
        """Make a queued take, and return it as it ended. Raises the reason if it failed or broke off.

        When cancelled, what has arrived is saved first.
        """
        generation = self._generations.get(take_id)
        if generation is None:
            # Queued in an earlier run of the program.
            generation = Generation(await self._takes.get(take_id))
            self._generations.add(generation)
        if generation.state == "unsaved":
            # Asked for again because it could not be saved.
            return await self._stored.ensure_saved(generation.take)
        return await self._making.make(generation, progress, interactive=interactive)

    async def queue_again(
        self, take_ids: Sequence[str], record: Callable[[Sequence[str], Sequence[Write]], Awaitable[None]]
    ) -> None:
        """Store new takes with the settings of others, for a job that repeats them. Raises StorageError.

        One that is complete and could not be saved stays itself: `make` saves it, and nothing is sent. So does one
        that was deleted: `make` says that it is gone, and the others are made.
        """
        ids: list[str] = []
        takes: list[Take] = []
        for take_id in take_ids:
            unsaved = self._generations.get(take_id)
            if unsaved is not None and unsaved.take.state == "done":
                ids.append(take_id)
                continue
            try:
                take = unsaved.take if unsaved is not None else await self._takes.get(take_id)
            except WorkbenchError as error:
                if error.code is not Code.NOT_KEPT:
                    raise
                ids.append(take_id)
                continue
            numbered = msgspec.structs.replace(as_redo(take), number=self.next_number(take))
            takes.append(new_take_from(numbered))
            ids.append(takes[-1].id)
        again: Sequence[Take] = takes
        joined: Sequence[Take] = ()
        if self._stored.joined is not None:
            again, joined = await self._stored.joined.repeated(takes)
        await record(ids, (self._takes.keeping([*joined, *again]),))
        for take in again:
            self._generations.add(Generation(take))
            self._events.on_take.emit(take)
        if self._stored.joined is not None:
            for take in joined:
                await self._stored.joined.settle(take)

    async def drop(self, take_ids: Sequence[str], record: Record) -> None:
        """Remove takes that were queued and never made. Raises StorageError."""
        await record((self._takes.deleting(take_ids),))
        for take_id in take_ids:
            self._generations.remove(take_id)
            self._events.on_deleted.emit(take_id)
