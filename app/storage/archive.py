"""Everything as one file: a zip with the database, the settings, every sound and attachment. Never a key."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

from app.core.errors import Code, StorageError
from app.storage.backup import copy_database
from app.storage.database import Database
from app.storage.files import writing
from app.storage.merging import merge_file

FORMAT = "mimo-workbench"
VERSION = 1
_MANIFEST, _DATABASE, _SETTINGS, _BLOBS = "manifest.json", "database.db", "settings.json", "blobs/"
_SMALL = 16 << 20
"""Bytes a manifest or the settings may have."""


class Imported(NamedTuple):
    """What came in: rows by table, and the archive's settings by key, which nobody has applied yet."""

    rows: dict[str, int]
    settings: dict[str, Any]


async def export_all(database: Database, target: Path) -> None:
    """Write everything to `target`, which appears only when it is whole. Raises StorageError."""
    used = await database.used_blobs()
    await asyncio.to_thread(_write, database, target, used)


def _write(database: Database, target: Path, used: set[str]) -> None:
    temporary = target.with_name(f".{target.name}.tmp")
    with tempfile.TemporaryDirectory(dir=database.home.root) as folder:
        copy = Path(folder) / _DATABASE
        copy_database(database.home.database, copy)
        manifest = {"format": FORMAT, "version": VERSION, "made": time.time()}
        try:
            with writing(target):
                with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                    archive.writestr(_MANIFEST, json.dumps(manifest))
                    archive.write(copy, _DATABASE)
                    if database.home.settings.exists():
                        archive.write(database.home.settings, _SETTINGS)
                    for digest in sorted(used):
                        # One that was lost earlier must not keep the rest from being exported.
                        if digest in database.blobs:
                            archive.write(database.blobs.path(digest), _BLOBS + digest, zipfile.ZIP_STORED)
                temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


async def import_all(database: Database, source: Path) -> Imported:
    """Add what an archive holds and this home lacks; what is here stays as it is.

    Raises StorageError: IMPORT_UNREADABLE for what is no such archive, DATABASE_NEWER, DISK_FULL.
    """
    with tempfile.TemporaryDirectory(dir=database.home.root) as folder:
        copy = Path(folder) / _DATABASE
        settings = await asyncio.to_thread(_unpack, database, source, copy)
        rows = await database.access.write(lambda connection: merge_file(connection, copy))
    database.merged()
    return Imported(rows, settings)


def _unpack(database: Database, source: Path, copy: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(_small(archive, _MANIFEST))
            if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
                raise ValueError("not an archive of the workbench")
            if manifest.get("version") != VERSION:
                raise StorageError(Code.DATABASE_NEWER, path=str(source), version=manifest.get("version"))
            names = set(archive.namelist())
            with archive.open(_DATABASE) as packed, writing(copy), copy.open("wb") as file:
                while piece := packed.read(1 << 20):
                    file.write(piece)
            for name in names:
                if name.startswith(_BLOBS):
                    with archive.open(name) as packed:
                        database.blobs.copy_in(name.removeprefix(_BLOBS), packed)
            return _settings(_small(archive, _SETTINGS)) if _SETTINGS in names else {}
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile, NotImplementedError) as error:
        raise StorageError(Code.IMPORT_UNREADABLE, path=str(source), message=str(error)) from error


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _SMALL:
        raise ValueError(f"{name} is too large")
    return archive.read(name)


def _settings(content: bytes) -> dict[str, Any]:
    values = json.loads(content).get("values", {})
    return values if isinstance(values, dict) else {}
