"""Decodes rows tolerantly: undecodable rows are skipped or salvaged, and reported."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from app.core.errors import Code, StorageError
from app.core.observers import Event

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

UNDECODABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, IndexError, TypeError, OverflowError)
"""Raised when a body is not valid JSON, is no text at all, or does not match its struct."""


class UndecodableRows:
    """Rows that can't be decoded, or only partly. They stay in the database.

    Attributes:
        on_more: emits the new total on the loop when another row is found.
    """

    def __init__(self) -> None:
        self.on_more: Event[int] = Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self._rows: dict[tuple[str, str], None] = {}

    def __len__(self) -> int:
        """Return the number of distinct rows so far."""
        return len(self._rows)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Table and id of each row, in the order they were found."""
        return tuple(self._rows)

    def add(self, table: str, row_id: str) -> None:
        """Record a row. Can be called from any thread."""
        if (table, row_id) in self._rows:
            return
        self._rows[table, row_id] = None
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.on_more.emit, len(self._rows))

    def decoded(
        self,
        table: str,
        rows: Iterable[tuple[str, bytes]],
        decode: Callable[[bytes], T],
        salvage_row: Callable[[str, bytes], T] | None = None,
    ) -> tuple[T, ...]:
        """Decode rows given as (id, body); undecodable ones are passed to `salvage_row`, or skipped without it."""
        decoded = []
        for row_id, body in rows:
            try:
                decoded.append(decode(body))
            except UNDECODABLE:
                self.add(table, row_id)
                if salvage_row is not None:
                    decoded.append(salvage_row(row_id, body))
        return tuple(decoded)

    def decoded_one(self, table: str, row_id: str, body: bytes, decode: Callable[[bytes], T]) -> T:
        """Decode one row. Raises StorageError NOT_KEPT if it can't be decoded."""
        try:
            return decode(body)
        except UNDECODABLE as error:
            self.add(table, row_id)
            raise StorageError(Code.NOT_KEPT, id=row_id, message=str(error)) from error


def salvage(type_: type[S], body: bytes, **defaults: Any) -> S:
    """Build a struct from the valid fields of `body`, and from the valid items of tuple fields.

    Other fields are taken from `defaults`, which must cover every field without a default, or from the struct.
    """
    raw: dict[str, msgspec.Raw] = {}
    with suppress(*UNDECODABLE):
        raw = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    for field in msgspec.structs.fields(type_):
        if field.encode_name in raw:
            with suppress(*UNDECODABLE):
                defaults[field.name] = _field(raw[field.encode_name], field.type)
    return type_(**defaults)


def _field(raw: msgspec.Raw, type_: Any) -> Any:
    if get_origin(type_) is not tuple:
        return msgspec.json.decode(raw, type=type_)
    items = []
    for item in msgspec.json.decode(raw, type=list[msgspec.Raw]):
        with suppress(*UNDECODABLE):
            items.append(msgspec.json.decode(item, type=get_args(type_)[0]))
    return tuple(items)
