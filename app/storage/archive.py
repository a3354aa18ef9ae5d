"""Exports and imports everything as one zip: database, settings, audio and attachments, but no API keys."""

from __future__ import annotations

import asyncio
import json
import lzma
import os
import sqlite3
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from app.core.bounded_archive import BoundedArchive
from app.core.bounds import TooLarge, read_json
from app.core.errors import Code, StorageError
from app.core.settings import LAST_FOLDER
from app.storage.backup import copy_database
from app.storage.connection import connect_read_only, reading
from app.storage.database import Database
from app.storage.files import make_folder, open_private, writing
from app.storage.job import CancellableJob, Progress
from app.storage.merging import merge_file
from app.storage.purging import purge_copy, used_blobs

FORMAT = "mimo-workbench"
VERSION = 1
_MANIFEST, _DATABASE, _SETTINGS, _BLOBS = "manifest.json", "database.db", "settings.json", "blobs/"
_COPY_SPEEDUP = 4
"""Copying the database is this many times faster than packing it (weights the progress)."""
_MAX_SMALL_BYTES = 16 << 20
"""Maximum size of the manifest and of the settings."""

_UNREADABLE = (
    OSError, KeyError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, NotImplementedError, zlib.error,
    lzma.LZMAError, struct.error,
)  # fmt: skip
"""Raised by zipfile for files that are no zip, are damaged or encrypted, or lack an entry."""


class Imported(NamedTuple):
    """The result of an import: number of rows by table, and the archive's settings by key, not applied yet."""

    rows: dict[str, int]
    settings: dict[str, Any]


def _ignore_progress(share: float) -> None:
    pass


async def export_all(database: Database, target: Path, progress: Progress = _ignore_progress) -> None:
    """Write everything except deleted items to `target`, which appears only when it is complete.

    `progress` is called in a worker thread. Cancelling stops the work soon and leaves no files. Raises StorageError.
    """
    job = CancellableJob(progress)
    await job.in_thread(partial(_export, database, target, job))


def _export(database: Database, target: Path, job: CancellableJob) -> None:
    copy = _copy(database, target, job)
    try:
        with reading(copy), closing(connect_read_only(copy)) as connection:
            used = sorted(used_blobs(connection))
        _pack(database, copy, used, target, job)
    finally:
        copy.unlink(missing_ok=True)
    job.finish()


def _copy(database: Database, target: Path, job: CancellableJob) -> Path:
    """Copy the database without deleted rows.

    The copy is made in the home, where it is cleaned up after a kill, or next to `target` if the home can't hold it.
    """
    name = f".{target.name}.db.tmp"
    try:
        make_folder(database.home.temporary)
        return _copy_to(database.home.temporary / name, database, job)
    except StorageError as error:
        if error.code is Code.DATABASE_DAMAGED:
            raise
        # The home is full or read-only, which makes an export elsewhere more important.
        return _copy_to(target.with_name(name), database, job)


def _copy_to(copy: Path, database: Database, job: CancellableJob) -> Path:
    copy_database(database.home.database, copy, job.interrupting)
    try:
        with (
            reading(copy),
            closing(sqlite3.connect(copy, isolation_level=None)) as connection,
            job.interrupting(connection),
        ):
            purge_copy(connection)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def _exported_settings(content: bytes) -> bytes:
    """The settings file without paths of this computer; a damaged file is exported as it is."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return content
    if not isinstance(document, dict) or not isinstance(document.get("values"), dict):
        return content
    document["values"].pop(LAST_FOLDER.key, None)
    return json.dumps(document, ensure_ascii=False).encode()


def _pack(database: Database, copy: Path, used: Iterable[str], target: Path, job: CancellableJob) -> None:
    blobs, settings = database.blobs, database.home.settings
    temporary = target.with_name(f".{target.name}.tmp")
    manifest = {"format": FORMAT, "version": VERSION, "made": time.time()}
    try:
        with writing(target), open_private(temporary) as file:
            sounds = {digest: blobs.path(digest).stat().st_size for digest in used if digest in blobs}
            size = copy.stat().st_size
            copied = size / _COPY_SPEEDUP
            job.total = copied + size + sum(sounds.values())
            job.advance(copied)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                archive.writestr(_MANIFEST, json.dumps(manifest))
                _add(archive, _DATABASE, copy, job)
                if settings.exists():
                    archive.writestr(_SETTINGS, _exported_settings(settings.read_bytes()))
                for digest in sounds:
                    # A damaged blob must not prevent the export, or the import, of the rest.
                    if blobs.sound(digest):
                        _add(archive, _BLOBS + digest, blobs.path(digest), job, zipfile.ZIP_STORED)
            file.flush()
            os.fsync(file.fileno())
        job.advance()
        with writing(target):
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _add(
    archive: zipfile.ZipFile, name: str, path: Path, job: CancellableJob, compression: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = compression
    with path.open("rb") as file, archive.open(entry, "w", force_zip64=True) as packed:
        for piece in job.pieces(file):
            packed.write(piece)


async def import_all(database: Database, source: Path, progress: Progress = _ignore_progress) -> Imported:
    """Add items of an archive that are missing or deleted here; everything else stays unchanged.

    `progress` is called in a worker thread. Cancelling stops the work soon: either all rows are added or none; blobs
    already copied are removed by a later sweep. Raises StorageError: IMPORT_UNREADABLE if the file is not a valid
    archive, IMPORT_TOO_LARGE before anything is unpacked, IMPORT_NEWER, DISK_FULL.
    """
    job = CancellableJob(progress)
    temporary = database.home.temporary
    make_folder(temporary)
    with _about(source), writing(temporary), tempfile.TemporaryDirectory(dir=temporary) as folder:
        copy = Path(folder) / _DATABASE
        settings = await job.in_thread(partial(_unpack, database, source, copy, job))
        try:
            merging = database.access.post(partial(_merge, copy=copy, job=job))
            rows = await job.wait(asyncio.wrap_future(merging))
        finally:
            # If it was cancelled at the very end, the rows may have been added.
            database.notify_merged()
    return Imported(rows, settings)


def _merge(into: sqlite3.Connection, copy: Path, job: CancellableJob) -> dict[str, int]:
    size = copy.stat().st_size
    rows = merge_file(into, copy, lambda part: job.advance(part * size), job.interrupting)
    job.finish()
    return rows


@contextmanager
def _about(source: Path) -> Iterator[None]:
    """Convert errors about the contents to errors about the archive."""
    try:
        yield
    except StorageError as error:
        if error.code not in (Code.BACKUP_UNREADABLE, Code.DATABASE_NEWER):
            raise
        code = Code.IMPORT_UNREADABLE if error.code is Code.BACKUP_UNREADABLE else Code.IMPORT_NEWER
        raise StorageError(code, **error.params | {"path": str(source)}) from error


def _unpack(database: Database, source: Path, copy: Path, job: CancellableJob) -> dict[str, Any]:
    try:
        with BoundedArchive(source) as archive:
            manifest = _read_small(archive, _MANIFEST)
            if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
                raise ValueError("not an archive of the workbench")
            version = manifest.get("version")
            if not isinstance(version, int) or version < VERSION:
                raise ValueError(f"version {version!r}")
            if version > VERSION:
                raise StorageError(Code.IMPORT_NEWER, path=str(source), version=version, known=VERSION)
            blobs = [name for name in archive.names if name.startswith(_BLOBS)]
            job.total = 2 * archive.size(_DATABASE) + sum(map(archive.size, blobs))
            with archive.open(_DATABASE) as packed:
                _unpack_to(copy, job.pieces(packed))
            for name in blobs:
                digest = name.removeprefix(_BLOBS)
                if database.blobs.sound(digest):
                    database.blobs.touch(digest)
                    job.advance(archive.size(name))
                    continue
                with archive.open(name) as packed:
                    database.blobs.copy_in(digest, job.pieces(packed))
            return _settings(_read_small(archive, _SETTINGS)) if _SETTINGS in archive else {}
    except TooLarge as error:
        raise StorageError(Code.IMPORT_TOO_LARGE, path=str(source), message=str(error)) from error
    except _UNREADABLE as error:
        raise StorageError(Code.IMPORT_UNREADABLE, path=str(source), message=str(error)) from error


def _unpack_to(copy: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces to `copy`. Write errors are raised as StorageError about `copy`, read errors pass through."""
    with writing(copy):
        file = copy.open("wb", buffering=0)
    with file:
        for piece in pieces:
            with writing(copy):
                file.write(piece)


def _read_small(archive: BoundedArchive, name: str) -> Any:
    return read_json(archive.read(name, _MAX_SMALL_BYTES), _MAX_SMALL_BYTES)


def _settings(document: Any) -> dict[str, Any]:
    values = document.get("values") if isinstance(document, dict) else None
    return values if isinstance(values, dict) else {}
