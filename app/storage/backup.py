"""Backups: whole copies of the database, numbered, the oldest dropped first. Sounds and attachments are not copied."""

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

# The number orders them: after a clock went backwards a time would drop the newest first.
_NAME = re.compile(r"backup-(\d{6})-(\d{8}-\d{6})(?:-before-v\d+)?\.db")


class Backup(NamedTuple):
    """A backup; `made` is Unix time in seconds, `size` in bytes."""

    path: Path
    number: int
    made: float
    size: int


def backups(folder: Path) -> list[Backup]:
    """The newest first."""
    found = []
    for path in folder.glob("backup-*.db"):
        if named := _NAME.fullmatch(path.name):
            # A name that is no time, or a file that went meanwhile, is no backup of ours.
            with suppress(ValueError, OverflowError, FileNotFoundError):
                made = time.mktime(time.strptime(named[2], "%Y%m%d-%H%M%S"))
                found.append(Backup(path, int(named[1]), made, path.stat().st_size))
    return sorted(found, key=lambda backup: -backup.number)


def back_up(database: Path, folder: Path, *, word: str = "") -> Backup:
    """Copy the database as it is now, while others go on reading and writing. Raises StorageError."""
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
    """A compact copy that appears under its name only when it is whole, made inside `during`. Raises StorageError."""
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
    """Damage is that of the database; a full disk, or one that can't be written, is where the copy is to be."""
    try:
        yield
    except sqlite3.Error as error:
        failed = database_error(error, target)
        raise database_error(error, database) if failed.code is Code.DATABASE_DAMAGED else failed from error


def rotate(folder: Path, count: int, limit: int) -> None:
    """Keep the newest `count` within `limit` bytes together; the newest stays in any case. Raises StorageError."""
    size = 0
    with writing(folder):
        for place, backup in enumerate(backups(folder)):
            size += backup.size
            if place and (place >= count or size > limit):
                backup.path.unlink(missing_ok=True)
        for left in folder.glob(".backup-*.tmp"):
            left.unlink(missing_ok=True)


def is_due(folder: Path, days: float) -> bool:
    """The newest is older than `days`, or from the future: then the clock says nothing."""
    newest = next(iter(backups(folder)), None)
    return newest is None or not 0 <= time.time() - newest.made < days * 24 * 3600


def is_good(path: Path) -> bool:
    """Whether a database of ours can be read from one end to the other."""
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
    """The newest backup that can be read."""
    return next((backup for backup in backups(folder) if is_good(backup.path)), None)


def sound(connection: sqlite3.Connection) -> bool:
    """SQLite's own quick check; sqlite3.DatabaseError where even that can't be run."""
    answer: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    return answer == "ok"
