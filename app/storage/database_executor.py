"""Runs database work in two threads, one for writing and one for reading."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from app.core.errors import Code, StorageError
from app.core.redaction import Redactor
from app.storage.connection import reading, transaction
from app.storage.tolerant_decoding import UndecodableRows

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_encoder = msgspec.json.Encoder()


class DatabaseExecutor:
    """Runs functions on the database connections and converts their errors to StorageError.

    A submitted write completes even if its caller is cancelled.

    Attributes:
        left_out: rows that can't be decoded.
        damaged: whether the file was found to be corrupt since it was opened.
    """

    def __init__(self, path: Path, redactor: Redactor) -> None:
        self.path = path
        self.left_out = UndecodableRows()
        self.damaged = False
        self._redactor = redactor
        self._writer = ThreadPoolExecutor(1, "database-writer")
        self._reader = ThreadPoolExecutor(1, "database-reader")
        self._write_connection: sqlite3.Connection | None = None
        self._read_connection: sqlite3.Connection | None = None
        self._closed = False

    def encode(self, value: Any) -> str:
        """Encode a core value as JSON with keys redacted. Lone surrogates become question marks."""
        try:
            content = _encoder.encode(value).decode()
        except UnicodeEncodeError:
            content = _whole(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))
        return self._redactor.redact(content)

    def redact(self, text: str) -> str:
        """Redact keys in text that is stored outside a body."""
        return self._redactor.redact(_whole(text))

    async def open(self, connect: Callable[[], tuple[sqlite3.Connection, sqlite3.Connection]]) -> None:
        """Open both connections; `connect` returns the writing and the reading one and runs in the writer thread."""
        self.left_out.loop = asyncio.get_running_loop()
        try:
            self._write_connection, self._read_connection = await asyncio.wrap_future(self._writer.submit(connect))
        except BaseException:
            self._writer.shutdown(wait=False)
            self._reader.shutdown(wait=False)
            raise

    async def write(self, work: Work[T]) -> T:
        """Run `work` in one transaction. Writes run in the order of submission."""
        return await asyncio.shield(asyncio.wrap_future(self.post(work)))

    def post(self, work: Work[T]) -> Future[T]:
        """Like `write`, for callers that can't await; returns the future of the writer thread."""
        if self._closed:
            raise StorageError(Code.DATABASE_CLOSED)
        return self._writer.submit(self._write, work)

    async def read(self, work: Work[T]) -> T:
        """Run `work` on the reading connection; it sees committed data and must not write."""
        if self._closed:
            raise StorageError(Code.DATABASE_CLOSED)
        return await asyncio.wrap_future(self._reader.submit(self._read, work))

    async def outside(self, work: Work[T]) -> T:
        """Run `work` in the writer thread without a transaction, for statements SQLite refuses inside one."""
        if self._closed:
            raise StorageError(Code.DATABASE_CLOSED)
        return await asyncio.shield(asyncio.wrap_future(self._writer.submit(self._outside, work)))

    async def close(self, last: Work[None]) -> None:
        """Finish submitted work, run `last`, then close. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            await asyncio.wrap_future(self._reader.submit(_close, self._read_connection))
            await asyncio.wrap_future(self._writer.submit(self._outside, last))
        finally:
            await asyncio.wrap_future(self._writer.submit(_close, self._write_connection))
            self._reader.shutdown(wait=False)
            self._writer.shutdown(wait=False)

    def _write(self, work: Work[T]) -> T:
        assert self._write_connection is not None
        with self._translating_errors(), transaction(self._write_connection):
            return work(self._write_connection)

    def _read(self, work: Work[T]) -> T:
        assert self._read_connection is not None
        with self._translating_errors():
            return work(self._read_connection)

    def _outside(self, work: Work[T]) -> T:
        assert self._write_connection is not None
        with self._translating_errors():
            return work(self._write_connection)

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        """Convert SQLite errors of the block to StorageError and remember corruption."""
        try:
            with reading(self.path):
                yield
        except StorageError as error:
            if error.code is Code.DATABASE_DAMAGED:
                self.damaged = True
            raise


def _whole(text: str) -> str:
    """Replace lone surrogates, as in undecodable file names, which can't be stored."""
    return text.encode("utf-8", "replace").decode()


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()
