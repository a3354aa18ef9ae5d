"""Reads zip containers from anywhere within bounds: count, unpacked size, depth, paths, kinds of entries.

For every import: a whole home, a voice, a script, a set list. Nothing is unpacked before the directory is checked.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Self

from app.core.bounds import OutOfBounds, TooLarge

MAX_ENTRIES = 100_000
MAX_UNPACKED_BYTES = 64 << 30
MAX_RATIO = 200
"""Unpacked to packed bytes of the whole container; text and audio of ours stay below 20."""
RATIO_FREE_BYTES = 64 << 20
"""Containers that unpack to less than this may have any ratio."""
MAX_DEPTH = 8
"""Folders in folders."""
MAX_NAME_BYTES = 1024


class BoundedArchive:
    """A zip file whose directory was checked. A context manager.

    Raises OutOfBounds where a bound is passed (TooLarge for numbers and sizes), zipfile.BadZipFile where it is no zip
    file, and OSError.

    Attributes:
        names: of the files in it, in the order of the container; folders are left out.
    """

    def __init__(
        self, source: Path | IO[bytes], *, max_entries: int = MAX_ENTRIES, max_unpacked: int = MAX_UNPACKED_BYTES
    ) -> None:
        self._file = zipfile.ZipFile(source)
        try:
            self._entries = _checked(self._file.infolist(), max_entries, max_unpacked)
        except BaseException:
            self._file.close()
            raise
        self.names = tuple(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """Unpacked bytes of a file. Raises KeyError."""
        return self._entries[name].file_size

    def read(self, name: str, max_bytes: int) -> bytes:
        """A small file at once. Raises KeyError, and OutOfBounds where it is larger than `max_bytes`."""
        entry = self._entries[name]
        if entry.file_size > max_bytes:
            raise TooLarge(f"{name} has {entry.file_size} bytes, more than {max_bytes}")
        return self._file.read(entry)

    def open(self, name: str) -> IO[bytes]:
        """A file to be read piece by piece; never more comes than `size` says. Raises KeyError."""
        return self._file.open(self._entries[name])


def _checked(listed: Iterable[zipfile.ZipInfo], max_entries: int, max_unpacked: int) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    unpacked = packed = number = 0
    for number, entry in enumerate(listed, start=1):
        if number > max_entries:
            raise TooLarge(f"more than {max_entries} entries")
        _check_name(entry.filename)
        if entry.is_dir():
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise OutOfBounds(f"{entry.filename!r} is a link")
        if entry.flag_bits & 1:
            raise OutOfBounds(f"{entry.filename!r} is encrypted")
        if entry.filename in entries:
            raise OutOfBounds(f"{entry.filename!r} is there twice")
        entries[entry.filename] = entry
        unpacked, packed = unpacked + entry.file_size, packed + entry.compress_size
    if unpacked > max_unpacked:
        raise TooLarge(f"{unpacked} bytes unpacked are more than {max_unpacked}")
    if unpacked > RATIO_FREE_BYTES and unpacked > packed * MAX_RATIO:
        raise TooLarge(f"{packed} bytes would unpack to {unpacked}")
    return entries


def _check_name(name: str) -> None:
    path = PurePosixPath(name)
    unusual = "\\" in name or "\0" in name or ":" in name or any(ord(character) < 32 for character in name)
    if unusual or not name or path.is_absolute() or ".." in path.parts or len(path.parts) > MAX_DEPTH:
        raise OutOfBounds(f"{name[:80]!r} is no name of a file in here")
    if len(name.encode("utf-8", "surrogateescape")) > MAX_NAME_BYTES:
        raise OutOfBounds(f"{name[:80]!r}… is too long a name")
