"""Backups: numbered full copies of the database, oldest dropped first. Audio and attachments are not copied."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import NamedTuple

from app.core.errors import Code, StorageError
from app.storage.connection import connect_read_only, database_error, reading
from app.storage.files import make_folder, writing
from app.storage.schema import STEPS, version_of

# Ordered by number: if the clock went backwards, ordering by time would drop the newest first.
_NAME = re.compile(r"backup-(\d{6})-(\d{8}-\d{6})(?:-before-v\d+)?\.db")


class Backup(NamedTuple):
    """A backup; `made` is Unix time in seconds, `size` in bytes."""

    path: Path
    number: int
    made: float
    size: int


def backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first."""
    found = []
    for path in folder.glob("backup-*.db"):
        if named := _NAME.fullmatch(path.name):
            # Skip names without a valid time and files removed meanwhile.
            with suppress(ValueError, OverflowError, FileNotFoundError):
                made = time.mktime(time.strptime(named[2], "%Y%m%d-%H%M%S"))
                found.append(Backup(path, int(named[1]), made, path.stat().st_size))
    return sorted(found, key=lambda backup: -backup.number)


def back_up(database: Path, folder: Path, *, word: str = "") -> Backup:
    """Copy the database as it is now; reading and writing can continue. Raises StorageError."""
    make_folder(folder)
    number = max((known.number for known in backups(folder)), default=0) + 1
    made = float(int(time.time()))
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(made))
    path = folder / f"backup-{number:06}-{stamp}{word and f'-{word}'}.db"
    copy_database(database, path)
    return Backup(path, number, made, path.stat().st_size)


def copy_database(
    database: Path,
    target: Path,
    during: Callable[[sqlite3.Connection], AbstractContextManager[object]] = nullcontext,
) -> None:
    """Create a compact copy inside `during`; it appears under its name only when complete. Raises StorageError."""
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        with writing(target):
            temporary.unlink(missing_ok=True)
        with (
            _copying(database, target),
            closing(sqlite3.connect(database, isolation_level=None)) as connection,
            during(connection),
        ):
            connection.execute("VACUUM INTO ?", (str(temporary),))
        with writing(target):
            temporary.chmod(0o600)
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _copying(database: Path, target: Path) -> Iterator[None]:
    """Convert SQLite errors: corruption is about the database, everything else about the target."""
    try:
        yield
    except sqlite3.Error as error:
        failed = database_error(error, target)
        raise database_error(error, database) if failed.code is Code.DATABASE_DAMAGED else failed from error


def rotate(folder: Path, count: int, limit: int) -> None:
    """Keep the newest `count` backups within `limit` bytes in total, but always the newest. Raises StorageError."""
    size = 0
    with writing(folder):
        for index, backup in enumerate(backups(folder)):
            size += backup.size
            if index and (index >= count or size > limit):
                backup.path.unlink(missing_ok=True)
        for left in folder.glob(".backup-*.tmp"):
            left.unlink(missing_ok=True)


def is_due(folder: Path, days: float) -> bool:
    """Whether the newest backup is older than `days`, or dated in the future because the clock changed."""
    newest = next(iter(backups(folder)), None)
    return newest is None or not 0 <= time.time() - newest.made < days * 24 * 3600


def is_good(path: Path) -> bool:
    """Whether the file is a database of this program, not newer, and passes SQLite's quick check."""
    try:
        with reading(path):
            connection = connect_read_only(path)
            try:
                return 0 < version_of(connection) <= len(STEPS) and sound(connection)
            finally:
                connection.close()
    except StorageError:
        return False


def last_good(folder: Path) -> Backup | None:
    """Return the newest readable backup."""
    return next((backup for backup in backups(folder) if is_good(backup.path)), None)


def sound(connection: sqlite3.Connection) -> bool:
    """Run SQLite's quick check. Raises sqlite3.DatabaseError if it can't even be run."""
    answer: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    return answer == "ok"
