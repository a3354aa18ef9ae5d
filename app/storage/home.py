"""The home: the one folder below which the program writes everything, and the lock that lets one program use it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from app.core.errors import Code, StorageError
from app.storage.files import make_folder, writing

ENVIRONMENT_VARIABLE = "MIMO_WORKBENCH_HOME"


class Home:
    """Where things live. `open_home` makes the folders.

    Attributes:
        root: the home itself, absolute.
        settings, database, secrets, lock, forward: files; `secrets` exists only after a person chose it.
        replacement: a new database that is whole and is to take the place of a damaged one.
        logs, blobs, backups: folders.
        temporary: a folder for copies that are needed for a moment; see `clear_leftovers`.
        presentation: a folder for files of a person's own, which choosers list while many look on; made when needed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = root / "settings.json"
        self.database = root / "workbench.db"
        self.replacement = root / "workbench.salvaged.db"
        self.secrets = root / "secrets.json"
        self.lock = root / "lock"
        self.forward = root / "forward.json"
        self.logs = root / "logs"
        self.log = self.logs / "workbench.log"
        self.blobs = root / "blobs"
        self.backups = root / "backups"
        self.temporary = root / ".workbench-temporary"
        self.presentation = root / "presentation"

    @property
    def folders(self) -> tuple[Path, ...]:
        return (self.root, self.logs, self.blobs, self.backups, self.temporary)


def find_home(argument: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """The home by rank: the argument, the environment, the system's folder for such files."""
    chosen = argument or environ.get(ENVIRONMENT_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs  # only here: a given home spares the start this import

    return Path(platformdirs.user_data_dir("mimo-workbench", appauthor=False))


def open_home(root: Path) -> Home:
    """The home at `root`, made where it is missing and proven to be writable.

    Raises StorageError: HOME_READ_ONLY, DISK_FULL or FILE_NOT_WRITTEN with `path`.
    """
    home = Home(root)
    for folder in home.folders:
        make_folder(folder)
    # Permissions tell little (owners, ACLs, read-only mounts): only writing shows whether writing works.
    with writing(root), tempfile.TemporaryFile(dir=root) as probe:
        probe.write(b"\0")
        probe.flush()
    return home


def clear_leftovers(home: Home) -> None:
    """Remove what a kill left half done. Call it with the lock held, before anything is written.

    What can't be removed is left to the next start.
    """
    for path in leftovers(home):
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def leftovers(home: Home) -> Iterator[Path]:
    """Copies, keys and settings half written, backups half made: nothing outlives the run that began it.

    By our own names only: the home may be a folder in which a person keeps other things.
    """
    yield from home.temporary.glob("*")
    yield from home.backups.glob(".backup-*.tmp")
    for written in (home.settings, home.secrets, home.forward, home.database):
        yield from home.root.glob(f".{written.name}.*tmp")


class HomeLock:
    """Held by the one program that uses a home, and released by the system when that program ends however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Raises StorageError: HOME_IN_USE with `path` and `process`, the other's number as text or empty.

        FILE_NOT_WRITTEN and the like where the file system has no locks, as some in a network.
        """
        with writing(self.path):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if not _lock(descriptor):
                    holder = os.pread(descriptor, 20, 0) if hasattr(os, "pread") else b""
                    raise StorageError(
                        Code.HOME_IN_USE, path=str(self.path.parent), process=holder.decode("ascii", "replace")
                    )
                os.ftruncate(descriptor, 0)
                os.write(descriptor, str(os.getpid()).encode())
            except BaseException:
                os.close(descriptor)
                raise
        self._descriptor = descriptor

    def release(self) -> None:
        """The file stays: removing it would let two programs hold locks on two files of one name."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        # Far behind the number inside: a locked byte can't be read by others.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
