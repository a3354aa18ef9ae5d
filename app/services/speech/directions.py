"""The saved directions: whole ones, and roles, scenes, guidance and free words by themselves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from app.core.errors import Code, InputError
from app.core.messages import new_id
from app.core.observers import Event
from app.core.prompt_library import prompt_name
from app.core.resources import resource_path
from app.core.tags import language_of
from app.core.voices import Direction, DirectionKind
from app.services.speech.direction import Layers

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import RecordStore

_EXAMPLE = "example "


class SavedDirection(NamedTuple):
    """What saving has led to: the direction as it is now, and as it was; None if it is new."""

    direction: Direction
    before: Direction | None


def layers_of(direction: Direction) -> Layers:
    """What a direction contains."""
    return Layers(direction.words, direction.role, direction.scene, direction.guidance)


def part_of(layers: Layers, kind: DirectionKind) -> Layers:
    """The part of a direction that is saved as this kind."""
    match kind:
        case "free":
            return Layers(layers.free)
        case "role":
            return Layers(role=layers.role)
        case "scene":
            return Layers(scene=layers.scene)
        case "guidance":
            return Layers(guidance=layers.guidance)
        case "whole":
            return layers._replace(free="")


def combined(layers: Layers, direction: Direction) -> Layers:
    """A direction with a saved one, or a saved part, in the place of what it has there; the rest stays."""
    saved = layers_of(direction)
    match direction.kind:
        case "free":
            return layers._replace(free=saved.free)
        case "role":
            return layers._replace(role=saved.role)
        case "scene":
            return layers._replace(scene=saved.scene)
        case "guidance":
            return layers._replace(guidance=saved.guidance)
        case "whole":
            return saved._replace(free=saved.free or layers.free)


def is_example(direction_id: str) -> bool:
    """Whether a direction came with the program, so that it can't be renamed or deleted."""
    return direction_id.startswith(_EXAMPLE)


@cache
def examples(language: str) -> tuple[Direction, ...]:
    """The directions that come with the program, in a language: `zh` or `en`."""
    table = msgspec.toml.decode(resource_path("samples", "directions.toml").read_bytes())
    found = []
    for number, entry in enumerate(table["direction"]):
        words = entry[language]
        kind = msgspec.convert(entry["kind"], DirectionKind)
        name = words.pop("name")
        found.append(Direction(f"{_EXAMPLE}{number} {language}", name, kind=kind, **words))
    return tuple(found)


class DirectionLibrary:
    """All saved directions of this home, in memory. Methods that change something raise StorageError.

    Attributes:
        on_change: a direction was added, changed or deleted.
    """

    def __init__(self, store: RecordStore[Direction], now: Callable[[], float] = time.time) -> None:
        self._store = store
        self._now = now
        self._directions: dict[str, Direction] = {}
        self._write_lock = asyncio.Lock()
        self.on_change: Event[()] = Event()

    async def load(self) -> None:
        """Read all directions."""
        async with self._write_lock:
            self._directions = {direction.id: direction for direction in await self._store.listed()}
        self.on_change.emit()

    def listed(self, kind: DirectionKind | None = None) -> tuple[Direction, ...]:
        """Return the directions of a kind, or all, the last saved first."""
        found = (direction for direction in self._directions.values() if kind in (None, direction.kind))
        return tuple(sorted(found, key=lambda it: (-(it.updated or it.created), it.name.casefold())))

    def search(self, query: str, kind: DirectionKind | None = None, *, language: str = "") -> tuple[Direction, ...]:
        """Return the directions in whose names or texts all words of `query` are found, in any case.

        With a `language`, the examples in it follow.
        """
        words = query.casefold().split()
        candidates = self.listed(kind)
        if language:
            candidates += tuple(example for example in examples(language) if kind in (None, example.kind))
        return tuple(it for it in candidates if _has_all(words, it))

    def get(self, direction_id: str) -> Direction | None:
        """Return a saved direction or an example, or None if there is none of this id."""
        found = self._directions.get(direction_id)
        if found is None and is_example(direction_id):
            language = direction_id.rpartition(" ")[2]
            found = next((it for it in examples(language) if it.id == direction_id), None)
        return found

    def named(self, name: str, kind: DirectionKind) -> Direction | None:
        """Return the direction of this exact name, or None."""
        name = prompt_name(name)
        return next((direction for direction in self.listed(kind) if direction.name == name), None)

    async def save(self, name: str, layers: Layers, kind: DirectionKind) -> SavedDirection:
        """Save the part of a direction of this kind under a name, in place of the one that has the name.

        Raises InputError: NO_NAME, NO_DIRECTION if there is nothing to save.
        """
        name, part = _checked(name), part_of(layers, kind)
        if not any(text.strip() for text in part):
            raise InputError(Code.NO_DIRECTION, field=kind)
        async with self._write_lock:
            before, moment = self.named(name, kind), self._now()
            direction = Direction(
                before.id if before is not None else new_id(), name, *part,
                created=before.created if before is not None else moment, kind=kind,
                updated=moment if before is not None else 0.0,
            )  # fmt: skip
            await self._put(direction)
        self.on_change.emit()
        return SavedDirection(direction, before)

    async def undo_save(self, saved: SavedDirection) -> None:
        """Bring back what was replaced, or delete what is new; nothing happens if it was changed since."""
        async with self._write_lock:
            if self._directions.get(saved.direction.id) != saved.direction:
                return
            if saved.before is not None:
                await self._put(saved.before)
            else:
                await self._remove(saved.direction.id)
        self.on_change.emit()

    async def rename(self, direction_id: str, name: str) -> Direction:
        """Rename a direction; return it as it was. Raises InputError: NO_NAME, NAME_TAKEN, NOT_KEPT."""
        name = _checked(name)
        async with self._write_lock:
            before = self._directions.get(direction_id)
            if before is None:
                raise InputError(Code.NOT_KEPT, id=direction_id)
            other = self.named(name, before.kind)
            if other is not None and other.id != direction_id:
                raise InputError(Code.NAME_TAKEN, name=name)
            await self._put(msgspec.structs.replace(before, name=name))
        self.on_change.emit()
        return before

    async def undo_rename(self, before: Direction) -> None:
        """Give a direction its name of before, unless it was deleted since. Raises InputError: NAME_TAKEN."""
        if before.id in self._directions:
            await self.rename(before.id, before.name)

    async def delete(self, direction: Direction) -> None:
        """Soft-delete a direction; `restore` undoes it."""
        async with self._write_lock:
            await self._remove(direction.id)
        self.on_change.emit()

    async def restore(self, direction: Direction) -> None:
        """Undo `delete`."""
        async with self._write_lock:
            await self._store.restore(direction.id)
            self._directions[direction.id] = direction
        self.on_change.emit()

    async def _put(self, direction: Direction) -> None:
        await self._store.keep(direction)
        self._directions[direction.id] = direction

    async def _remove(self, direction_id: str) -> None:
        await self._store.delete(direction_id)
        self._directions.pop(direction_id, None)


def example_language(text: str, shown: str) -> str:
    """The language of the examples that suit a text; that of the window if there is no text."""
    return language_of(text) if text.strip() else shown


def _has_all(words: list[str], direction: Direction) -> bool:
    text = "\n".join((direction.name, *layers_of(direction))).casefold()
    return all(word in text for word in words)


def _checked(typed: str) -> str:
    name = prompt_name(typed)
    if not name:
        raise InputError(Code.NO_NAME, field="name")
    return name
