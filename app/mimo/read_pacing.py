"""Reads a stream of small pieces in batches: a connection rests between two reads while pieces come fast.

Waking up for a piece costs more than reading and decoding it, and a service may send hundreds in a second. What comes
meanwhile waits in the socket. Pieces that come slowly are read as they come.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

REST_SECONDS = 0.016
"""The longest time for which a piece waits: half of that between two frames of the window."""
FAST_SECONDS = 0.008
"""Pieces that come after less than this come fast."""
_READY_SECONDS = 0.002
"""What is there within this time after a rest has come during it."""


class Connection(Protocol):
    """A network stream of httpcore."""

    def read(self, max_bytes: int, timeout: float | None = None) -> Coroutine[Any, Any, bytes]: ...

    def get_extra_info(self, info: str) -> Any: ...


@contextmanager
def reads_in_batches(connection: Connection) -> Iterator[None]:
    """Let a connection be read in batches inside the block. The first read is not delayed, nor one after a silence."""
    clock = asyncio.get_running_loop().time
    read_now = connection.read
    is_encrypted = connection.get_extra_info("ssl_object") is not None
    next_read = 0.0

    async def read(max_bytes: int, timeout: float | None = None) -> bytes:
        nonlocal next_read
        rest = next_read - clock()
        if rest > 0:
            await asyncio.sleep(rest)
        began = clock()
        reading = _Reading(read_now(max_bytes, timeout))
        content = await reading
        if reading.has_waited:  # otherwise it was decrypted earlier, and is another record of a batch
            now = clock()
            comes_fast = now - began < (_READY_SECONDS if rest > 0 else FAST_SECONDS)
            # The records of a batch are read one by one: the connection rests again after the last of them.
            is_within_batch = is_encrypted and rest > 0
            next_read = now + REST_SECONDS if comes_fast and not is_within_batch else 0.0
        return content

    connection.read = read  # type: ignore[method-assign]
    try:
        yield
    finally:
        connection.read = read_now  # type: ignore[method-assign]


class _Reading(Generator[Any, Any, bytes]):
    """Awaits a read, and knows whether it `has_waited` for the network."""

    def __init__(self, read: Coroutine[Any, Any, bytes]) -> None:
        self.has_waited = False
        self._read = read

    def __await__(self) -> Generator[Any, Any, bytes]:
        return self

    def send(self, value: Any) -> Any:
        waited_for = self._read.send(value)
        self.has_waited = True
        return waited_for

    def throw(self, *exception: Any) -> Any:
        return self._read.throw(*exception)

    def close(self) -> None:
        self._read.close()
