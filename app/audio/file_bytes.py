"""Reads parts of a file as if all of it were bytes in memory, so that its size costs none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from app.core.errors import AudioError, Code

_PIECE = 1 << 20


class Bytes(Protocol):
    """What is used of `bytes`."""

    def __len__(self) -> int: ...
    def __getitem__(self, place: slice, /) -> bytes: ...
    def find(self, wanted: bytes, start: int, /) -> int: ...


class FileBytes:
    """The bytes of an open file. The file is not mapped: one that gets shorter meanwhile would end the program."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._size = file.seek(0, 2)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: slice, /) -> bytes:
        start, stop, _step = place.indices(self._size)
        self._file.seek(start)
        return self._file.read(max(0, stop - start))

    def find(self, wanted: bytes, start: int, /) -> int:
        """The first place of `wanted` from `start` on; -1 if there is none."""
        for at in range(start, self._size, _PIECE):
            found = self[at : at + _PIECE + len(wanted) - 1].find(wanted)
            if found >= 0:
                return at + found
        return -1


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading. Raises FILE_UNREADABLE."""
    try:
        return path.open("rb")
    except OSError as error:
        raise AudioError(Code.FILE_UNREADABLE, path=str(path), message=error.strerror or "") from error


@contextmanager
def bytes_of(origin: Path | str | bytes) -> Iterator[Bytes]:
    """The bytes of a file, or those that are given. Raises FILE_UNREADABLE."""
    if isinstance(origin, bytes):
        yield origin
        return
    with open_bytes(Path(origin)) as file:
        yield FileBytes(file)
