"""Writing so that a reader finds the old content or the new, never half of one; and what went wrong, as a code."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.core.errors import Code, StorageError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def storage_error(error: OSError, path: Path) -> StorageError:
    """What a failed file operation means to a person; `path` and the system's `message` are in the parameters."""
    if error.errno in _FULL:
        code = Code.DISK_FULL
    elif error.errno in _READ_ONLY:
        code = Code.HOME_READ_ONLY
    else:
        code = Code.FILE_NOT_WRITTEN
    return StorageError(code, path=str(path), message=error.strerror or str(error))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns an OSError of the block into a StorageError about `path`."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, path) from error


def make_folder(path: Path) -> None:
    """A folder only its owner may enter, with all above it. Raises StorageError."""
    with writing(path):
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Make a rename inside `path` outlast a power cut. Windows neither needs nor allows it."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_private(path: Path, buffering: int = -1) -> IO[bytes]:
    """A new file in place of an earlier one, to be written, readable by its owner only. Raises OSError."""
    path.unlink(missing_ok=True)
    # Without O_BINARY Windows would write two bytes for every byte 10.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, PRIVATE_FILE), "wb", buffering)


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` by `content`, readable by its owner only. On StorageError the old content is untouched."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with writing(path):
        try:
            with open_private(temporary) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def name_aside(path: Path, word: str = "damaged") -> Path:
    """A free name beside `path` for a copy of it, such as `settings.damaged-20260102-030405.json`."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    candidate = path.with_name(f"{path.stem}.{word}-{stamp}{path.suffix}")
    count = 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}.{word}-{stamp}-{count}{path.suffix}")
    return candidate


def set_aside(path: Path) -> Path:
    """Move a file that can't be used out of the way, losing nothing; returns where it is now. Raises StorageError."""
    aside = name_aside(path)
    with writing(path):
        path.replace(aside)
    return aside
