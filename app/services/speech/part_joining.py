"""Takes that are spoken in parts: each part is made by a hidden take, and their sound is joined into one take.

The hidden takes are made by the job queue like all others, so what holds for those holds for parts: a part that was
sent is not sent again by itself, and what has arrived is kept. Until all parts have ended the joined take is stored as
`queued`; after a restart it is joined again from what is stored.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

import msgspec

from app.core.errors import Code, InputError, WorkbenchError
from app.core.events import Waiting
from app.core.jobs import MAX_ITEMS
from app.core.messages import Usage
from app.core.takes import Take, TakePart, joined_id, parts_session
from app.core.units import frames_to_milliseconds
from app.services.jobs.queue import JobQueue
from app.services.speech.joined_take import JoinedTake, PartSlot, first_failure, voice_that_spoke
from app.services.speech.listening import Gain
from app.services.speech.new_takes import new_take_from
from app.services.speech.ports import Audio, Blobs, GrowingSource, TakeStore
from app.services.speech.take_service import TakeService
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)


class PartJoining:
    """Speaks texts in parts, and parts again.

    A take that has ended is not changed: a part that is made later, by a person or by a job that is repeated, makes a
    new take that shares the sound of the other parts. While others are still being made, it completes the same take.
    """

    def __init__(
        self, service: TakeService, takes: TakeStore, blobs: Blobs, audio: Audio, queue: JobQueue, tasks: TaskSet,
        next_number: Callable[[str], Awaitable[int]],
    ) -> None:  # fmt: skip
        """`next_number` reserves a number for a take in a session; 0 if the session is gone."""
        self._service = service
        self._takes = takes
        self._blobs = blobs
        self._audio = audio
        self._queue = queue
        self._tasks = tasks
        self._next_number = next_number
        self._joined: dict[str, JoinedTake] = {}
        self._of_part: dict[str, JoinedTake] = {}
        self._joinings: dict[str, asyncio.Task[None]] = {}
        self._settle_lock = asyncio.Lock()
        service.stored.joined = self
        service.on_take.subscribe(self._on_take)
        service.on_sound.subscribe(self._on_sound)
        service.on_failed.subscribe(self._on_failed)
        service.on_waiting.subscribe(self._on_waiting)
        service.on_deleted.subscribe(self._on_deleted)

    # -- beginning ------------------------------------------------------------------------------------------------

    def request(
        self, spec: Take, texts: Sequence[str], *, title: str, owner: str = "", listen: Gain | None = None
    ) -> Take:
        """Make one take with the settings of `spec`, whose parts speak `texts`. `title` and `owner` are of the job.

        With `listen` it is played when its sound arrives. Raises InputError as `TakeService.request`, and
        TOO_MANY_PARTS for more than a job can have; then nothing was queued.
        """
        for text in texts:
            self._service.check(msgspec.structs.replace(spec, text=text))
        if len(texts) > MAX_ITEMS:
            raise InputError(Code.TOO_MANY_PARTS, limit=MAX_ITEMS, field="text")
        joined = new_take_from(spec)
        made = [_hidden(joined, text) for text in texts]
        parts = tuple(TakePart(take.text, take=take.id) for take in made)
        return self._begin(msgspec.structs.replace(joined, parts=parts), made, title, owner, listen)

    def redo(
        self, take: Take, places: Collection[int], *, number: int, title: str, owner: str = "",
        listen: Gain | None = None,
    ) -> Take:  # fmt: skip
        """Speak some parts of a saved take again: a new take that shares the sound of the others.

        With `listen` it is played from the first of these parts. Raises InputError as `TakeService.request`.
        """
        self._service.check(take)
        joined = msgspec.structs.replace(new_take_from(take), number=number, voice=take.voice)
        made = {place: _hidden(joined, take.parts[place].text) for place in sorted(places)}
        return self._begin(_sharing(joined, take, made), list(made.values()), title, owner, listen)

    def _begin(self, take: Take, made: Sequence[Take], title: str, owner: str, listen: Gain | None) -> Take:
        joined = self._follow(take)
        for part in made:
            slot = joined.slot(part.id)
            assert slot is not None
            slot.take = part
        if listen is not None:
            self._service.listen_to(take.id, listen)
        self._service.request_joined(joined.generation, made, title=title, owner=owner)
        self._spawn_joining(joined)
        return take

    # -- going on -------------------------------------------------------------------------------------------------

    async def settle(self, take: Take) -> Take:
        """Go on with a stored take that is not finished; return it as it is now. Raises StorageError."""
        async with self._settle_lock:
            joined = self._joined.get(take.id)
            if joined is None:
                joined = self._follow(take)
                try:
                    for slot in joined.slots:
                        await self._find(joined, slot)
                except WorkbenchError:
                    self._forget(joined)
                    raise
                self._service.add(joined.generation)
                self._spawn_joining(joined)
        return joined.generation.take

    async def _find(self, joined: JoinedTake, slot: PartSlot) -> None:
        """Find out how far the hidden take of a part is."""
        if not slot.is_made:
            return
        take_id = slot.part.take
        generation = self._service.generation(take_id)
        if generation is not None:
            slot.take = generation.take
            if generation.source is not None:
                slot.follow(generation.source, joined.wake)
            return
        try:
            take = await self._takes.get(take_id)
        except WorkbenchError as error:
            if error.code is not Code.NOT_KEPT:
                raise
            slot.is_dropped = True
            return
        if slot.take is None:
            # The program may have been killed between storing a take and its call; then the call counts: a take that
            # waits for none is made no more, and one that was marked as begun will be if its request never left.
            is_pending = self._queue.is_to_be_made(take_id)
            if is_pending == take.has_ended:
                take = msgspec.structs.replace(take, state="queued" if is_pending else "failed")
            slot.take = take

    async def repeated(self, takes: Sequence[Take]) -> tuple[Sequence[Take], Sequence[Take]]:
        """See `JoinedTakes`."""
        again: list[Take] = []
        makers: dict[str, list[Take]] = {}
        for take in takes:
            target = joined_id(take.session)
            if target:
                makers.setdefault(target, []).append(take)
            else:
                again.append(take)
        targets: list[Take] = []
        for target, parts in makers.items():
            joined, made = await self._repeat(target, parts)
            targets.append(joined)
            again.extend(made)
        order = {take.id: place for place, take in enumerate(takes)}
        return sorted(again, key=lambda take: order[take.id]), targets

    async def _repeat(self, target: str, parts: Sequence[Take]) -> tuple[Take, Sequence[Take]]:
        """Find the take that new parts complete, or make a new one; return it and the parts in its session."""
        joined = self._joined.get(target)
        if joined is not None and joined.is_finishing:
            await self._service.finished(target)
            joined = None
        if joined is not None:
            for part in parts:
                if part.parent is not None and joined.replace(part.parent, part):
                    self._of_part[part.id] = joined
            joined.wake()
            return joined.stored, parts
        generation = self._service.generation(target)
        take = await self._service.ensure_saved(generation.take) if generation else await self._takes.get(target)
        by_parent = {part.parent: part for part in parts}
        if not take.has_ended:
            mended = tuple(
                TakePart(part.text, take=by_parent[part.take].id) if part.take in by_parent else part
                for part in take.parts
            )
            return msgspec.structs.replace(take, parts=mended), parts
        number = await self._next_number(take.session)
        new = msgspec.structs.replace(new_take_from(take), number=number, voice=take.voice)
        moved = [msgspec.structs.replace(part, session=parts_session(new.id)) for part in parts]
        places = {part.take: place for place, part in enumerate(take.parts) if part.take}
        made = {places[part.parent]: part for part in moved if part.parent in places}
        return _sharing(new, take, made), moved

    async def aclose(self) -> None:
        """Wait until takes whose parts have all ended are saved. Called at the end of the program."""
        finishing = [task for take_id, task in self._joinings.items() if self._joined[take_id].is_finishing]
        if finishing:
            await asyncio.wait(finishing)

    # -- following the parts --------------------------------------------------------------------------------------

    def _follow(self, take: Take) -> JoinedTake:
        joined = JoinedTake(
            take, self._audio, self._blobs, on_sound=self._sounds, on_progress=self._progress,
            on_restart=lambda joined: self._service.forget_sound(joined.stored.id),
        )  # fmt: skip
        self._joined[take.id] = joined
        for member in joined.generation.members:
            self._of_part[member] = joined
        return joined

    def _forget(self, joined: JoinedTake) -> None:
        self._joined.pop(joined.stored.id, None)
        for slot in joined.slots:
            slot.release()
        for part_id in [part_id for part_id, owner in self._of_part.items() if owner is joined]:
            del self._of_part[part_id]

    def _spawn_joining(self, joined: JoinedTake) -> None:
        take_id = joined.stored.id
        task = self._joinings[take_id] = self._tasks.spawn(self._join(joined), f"join {take_id}")
        task.add_done_callback(lambda _task: self._joinings.pop(take_id, None))

    async def _join(self, joined: JoinedTake) -> None:
        try:
            await joined.join()
            joined.is_finishing = True
            await self._finish(joined)
        finally:
            self._forget(joined)
            if not joined.generation.take.has_ended:
                # It broke off, which is reported. It is stored as it was, and joined when its session is opened.
                self._service.release(joined.stored.id)

    async def _finish(self, joined: JoinedTake) -> None:
        """Save the joined take; what is missing of it is said by its parts."""
        generation, made = joined.generation, [slot for slot in joined.slots if slot.is_made]
        if made and all(slot.is_dropped for slot in made):
            # Stopped before anything was sent.
            self._service.release(generation.take.id)
            await self._service.delete([generation.take.id])
            return
        takes = [slot.take for slot in made if slot.take is not None and not slot.is_dropped]
        usages = [take.usage for take in takes if take.usage is not None]
        generation.set(parts=joined.parts(), usage=sum(usages, Usage()) if usages else None)
        if joined.slots[0].take is not None and joined.slots[0].take.first_sound is not None:
            generation.set(first_sound=joined.slots[0].take.first_sound)
        if any(take.asked_voice for take in takes):
            generation.set(**voice_that_spoke(generation.take, joined.slots))
        generation.absorbed = tuple(takes)
        reason = first_failure(joined.slots)
        generation.stop_reason = ""
        match reason:
            case "stopped" | "length" | "content_filter":
                generation.stop_reason = reason
            case _:
                pass
        await self._service.end(generation, reason if isinstance(reason, WorkbenchError) else None)

    def _sounds(self, joined: JoinedTake, slot: PartSlot) -> None:
        generation = joined.generation
        self._service.announce_sound(generation, frames_to_milliseconds(slot.start, generation.take.rate))

    def _progress(self, joined: JoinedTake) -> None:
        self._service.on_take.emit(joined.generation.take)

    def _on_take(self, take: Take) -> None:
        target = joined_id(take.session)
        if not target or self._queue.is_closing:
            return
        joined = self._joined.get(target)
        slot = joined.slot(take.id) if joined is not None else None
        if joined is not None and slot is not None:
            slot.take = take
            generation = joined.generation
            if take.state == "speaking" and generation.take.state == "queued":
                generation.request_sent()
                generation.set(state="speaking")
                self._service.on_take.emit(generation.take)
            joined.wake()
        elif joined is None and take.state != "queued":
            # Made by a job of an earlier run, whose session was not opened yet.
            self._tasks.spawn(self._settle_later(target), f"join {target}")

    async def _settle_later(self, take_id: str) -> None:
        try:
            take = await self._takes.get(take_id)
            if not take.has_ended:
                await self.settle(take)
        except WorkbenchError as error:
            # Its parts are stored, and it is joined when its session is opened; or it was deleted.
            log.info("take %s is not joined yet: %s", take_id, error)

    def _on_sound(self, take: Take, source: GrowingSource) -> None:
        joined = self._of_part.get(take.id)
        slot = joined.slot(take.id) if joined is not None else None
        if joined is not None and slot is not None:
            slot.follow(source, joined.wake)
            joined.wake()

    def _on_failed(self, take: Take, error: WorkbenchError) -> None:
        joined = self._of_part.get(take.id)
        slot = joined.slot(take.id) if joined is not None else None
        if slot is not None:
            slot.failure = error

    def _on_waiting(self, take: Take, waiting: Waiting | None) -> None:
        """Say of the joined take what its parts wait for, until none of them waits."""
        joined = self._of_part.get(take.id)
        if joined is None:
            return
        if waiting is not None:
            joined.waiting.add(take.id)
        else:
            joined.waiting.discard(take.id)
        if waiting is not None or not joined.waiting:
            self._service.on_waiting.emit(joined.generation.take, waiting)

    def _on_deleted(self, take_id: str) -> None:
        joined = self._of_part.get(take_id)
        slot = joined.slot(take_id) if joined is not None else None
        if joined is not None and slot is not None:
            slot.is_dropped = True
            joined.wake()
            return
        deleted = self._joined.get(take_id)
        if deleted is not None and not deleted.is_finishing:
            members = deleted.generation.members
            self._joinings[take_id].cancel()
            for member in members:
                self._service.stop(member)


def _hidden(joined: Take, text: str) -> Take:
    """A new take that makes one part of another one."""
    return new_take_from(
        msgspec.structs.replace(joined, text=text, session=parts_session(joined.id), number=0, parent=None, relation="")
    )


def _sharing(joined: Take, other: Take, made: Mapping[int, Take]) -> Take:
    """A new take whose parts are those of another one that has ended, except those that are made now."""
    parts = tuple(
        TakePart(part.text, take=made[place].id)
        if place in made
        else TakePart(part.text, part.start, part.frames, part.error, audio=other.audio if part.frames else "")
        for place, part in enumerate(other.parts)
    )
    return msgspec.structs.replace(joined, parent=other.id, relation="part", rate=other.rate, parts=parts)
