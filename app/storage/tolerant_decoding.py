"""Rows that can't be decoded: the rest is there all the same, and what is left out is told of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from app.core.errors import Code, StorageError

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

UNDECODABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, IndexError)
"""What decoding a body raises when it is no JSON, or not that of the struct it should be."""


class UndecodableRows:
    """Rows that were left out, wholly or in part, because they can't be decoded. They stay in the database.

    Attributes:
        on_more: called on the loop with how many there are by now, after one was met for the first time.
    """

    def __init__(self) -> None:
        self.on_more: list[Callable[[int], object]] = []
        self.loop: asyncio.AbstractEventLoop | None = None
        self._rows: dict[tuple[str, str], None] = {}

    def __len__(self) -> int:
        """How many rows so far; each counts once, however often it is read."""
        return len(self._rows)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Table and id of each, in the order in which they were met."""
        return tuple(self._rows)

    def add(self, table: str, row_id: str) -> None:
        """From any thread."""
        if (table, row_id) in self._rows:
            return
        self._rows[table, row_id] = None
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self._tell, len(self._rows))

    def _tell(self, count: int) -> None:
        for tell in self.on_more:
            tell(count)

    def decoded(
        self,
        table: str,
        rows: Iterable[tuple[str, bytes]],
        decode: Callable[[bytes], T],
        remains: Callable[[str, bytes], T] | None = None,
    ) -> tuple[T, ...]:
        """Of rows as (id, body) those that can be decoded; for the others what `remains` makes of them, or nothing."""
        kept = []
        for row_id, body in rows:
            try:
                kept.append(decode(body))
            except UNDECODABLE:
                self.add(table, row_id)
                if remains is not None:
                    kept.append(remains(row_id, body))
        return tuple(kept)

    def decoded_one(self, table: str, row_id: str, body: bytes, decode: Callable[[bytes], T]) -> T:
        """Raises StorageError NOT_KEPT when it can't be decoded."""
        try:
            return decode(body)
        except UNDECODABLE as error:
            self.add(table, row_id)
            raise StorageError(Code.NOT_KEPT, id=row_id, message=str(error)) from error


def salvage(type_: type[S], body: bytes, **otherwise: Any) -> S:
    """A struct from the fields of `body` that fit, of a tuple from the items that do.

    For the rest it has `otherwise`, which holds every field without a default, or its defaults.
    """
    raw: dict[str, msgspec.Raw] = {}
    with suppress(*UNDECODABLE):
        raw = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    for field in msgspec.structs.fields(type_):
        if field.encode_name in raw:
            with suppress(*UNDECODABLE):
                otherwise[field.name] = _field(raw[field.encode_name], field.type)
    return type_(**otherwise)


def _field(raw: msgspec.Raw, type_: Any) -> Any:
    if get_origin(type_) is not tuple:
        return msgspec.json.decode(raw, type=type_)
    items = []
    for item in msgspec.json.decode(raw, type=list[msgspec.Raw]):
        with suppress(*UNDECODABLE):
            items.append(msgspec.json.decode(item, type=get_args(type_)[0]))
    return tuple(items)
