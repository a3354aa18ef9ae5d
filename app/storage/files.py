"""Atomic file writes, private files and folders, and the conversion of OSError to StorageError."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.core.errors import Code, StorageError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def storage_error(error: OSError, path: Path) -> StorageError:
    """Map an OSError to a StorageError with `path` and the system's `message`."""
    if error.errno in _FULL:
        code = Code.DISK_FULL
    elif error.errno in _READ_ONLY:
        code = Code.HOME_READ_ONLY
    else:
        code = Code.FILE_NOT_WRITTEN
    return StorageError(code, path=str(path), message=error.strerror or str(error))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Convert an OSError of the block to a StorageError about `path`."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, path) from error


def make_folder(path: Path) -> None:
    """Create a folder accessible only to its owner, with its parents. Raises StorageError."""
    with writing(path):
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Make renames inside `path` survive a power cut. Windows neither needs nor allows it."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_private(path: Path, buffering: int = -1) -> IO[bytes]:
    """Open a new file for writing, readable only by its owner, replacing an existing one. Raises OSError."""
    path.unlink(missing_ok=True)
    # Without O_BINARY Windows would write two bytes for every byte 10.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, PRIVATE_FILE), "wb", buffering)


def write_whole(path: Path, content: bytes) -> None:
    """Atomically replace `path` with `content`, readable only by its owner. On StorageError it is unchanged."""
    write_pieces(path, (content,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Like `write_whole`, with the pieces of the content one after the other."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with writing(path):
        try:
            with open_private(temporary) as file:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def name_aside(path: Path, word: str = "damaged") -> Path:
    """Return an unused name in the folder of `path`, such as `settings.damaged-20260102-030405.json`."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    candidate = path.with_name(f"{path.stem}.{word}-{stamp}{path.suffix}")
    count = 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}.{word}-{stamp}-{count}{path.suffix}")
    return candidate


def set_aside(path: Path) -> Path:
    """Move an unusable file aside and return its new path. Raises StorageError."""
    aside = name_aside(path)
    with writing(path):
        path.replace(aside)
    return aside
