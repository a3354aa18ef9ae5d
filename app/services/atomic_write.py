"""Writes a file so that it is whole or was never there."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from app.core.errors import Code, StorageError


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file, replacing an existing one only once all is written. Blocks: call it in a thread.

    Raises StorageError: DISK_FULL, FILE_NOT_WRITTEN.
    """
    sibling = path.with_name(f".{path.name}.part")
    try:
        sibling.write_bytes(content)
        sibling.replace(path)
    except OSError as error:
        with suppress(OSError):
            sibling.unlink(missing_ok=True)
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> StorageError:
    """Why a file of the user could not be written: DISK_FULL or FILE_NOT_WRITTEN."""
    code = Code.DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Code.FILE_NOT_WRITTEN
    return StorageError(code, path=str(path), message=error.strerror or str(error))
