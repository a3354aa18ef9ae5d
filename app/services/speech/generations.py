"""The takes that are being made or could not be saved, and the events about them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from app.core.errors import WorkbenchError
from app.core.events import Waiting
from app.core.observers import Event
from app.core.takes import Take
from app.services.speech.generation import Generation
from app.services.speech.ports import GrowingSource


class TakeEvents:
    """What is notified about takes.

    Attributes:
        on_take: emitted with every new state of a take, finally when it was saved.
        on_deleted: emitted with the id of a deleted take.
        on_failed: emitted with a take and the reason why it failed or broke off.
        on_sound: emitted with a take and its source when its sound begins to arrive.
        on_waiting: emitted with a take and what its request waits for, then with None.
        on_voice_replaced: emitted with a take whose `asked_voice` the service did not know.
    """

    def __init__(self) -> None:
        self.on_take: Event[Take] = Event()
        self.on_deleted: Event[str] = Event()
        self.on_failed: Event[Take, WorkbenchError] = Event()
        self.on_sound: Event[Take, GrowingSource] = Event()
        self.on_waiting: Event[Take, Waiting | None] = Event()
        self.on_voice_replaced: Event[Take] = Event()


class Generations:
    """The takes that are being made or could not be saved, by id, in the order in which they were added.

    Attributes:
        storing: ids of the takes that are being stored together with their job.
        direct: the tasks that make takes outside of all jobs, by id.
        ended: ids of the takes that have ended and whose calls have not, which takes the loop a moment.
    """

    def __init__(self) -> None:
        self._generations: dict[str, Generation] = {}
        self.storing: set[str] = set()
        self.direct: dict[str, asyncio.Task[None]] = {}
        self.ended: set[str] = set()

    def get(self, take_id: str) -> Generation | None:
        """A take that is being made or could not be saved; None for any other."""
        return self._generations.get(take_id)

    def all(self) -> Collection[Generation]:
        """All of them, as a view that follows changes."""
        return self._generations.values()

    def add(self, generation: Generation) -> None:
        self._generations[generation.take.id] = generation

    def remove(self, take_id: str) -> None:
        """Remove a take, if it is there; its partial audio stays."""
        self._generations.pop(take_id, None)

    def discard(self, generation: Generation) -> None:
        """Remove a take that was saved or deleted, together with its partial audio."""
        self.remove(generation.take.id)
        generation.discard_partial()
