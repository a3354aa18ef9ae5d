"""The home: the folder below which the program writes everything, and the lock that reserves it for one process."""

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
    """Paths of a home. `open_home` creates the folders.

    Attributes:
        root: the home itself, absolute.
        settings, database, secrets, lock, forward: files; `secrets` exists only if the user chose to store keys there.
        replacement: a complete new database that will replace a corrupt one.
        logs, blobs, backups: folders.
        temporary: a folder for short-lived copies; see `clear_leftovers`.
        presentation: a folder for the user's files, listed by file dialogs in presentation mode; created when needed.
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
    """Return the home path: the argument, else the environment variable, else the system's data folder."""
    chosen = argument or environ.get(ENVIRONMENT_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs  # imported here, because a given home does not need it

    return Path(platformdirs.user_data_dir("mimo-workbench", appauthor=False))


def open_home(root: Path) -> Home:
    """Create the home at `root` if needed and check that it is writable.

    Raises StorageError: HOME_READ_ONLY, DISK_FULL or FILE_NOT_WRITTEN with `path`.
    """
    home = Home(root)
    for folder in home.folders:
        make_folder(folder)
    # Permission bits are not reliable (owners, ACLs, read-only mounts), so try to write.
    with writing(root), tempfile.TemporaryFile(dir=root) as probe:
        probe.write(b"\0")
        probe.flush()
    return home


def clear_leftovers(home: Home) -> None:
    """Remove unfinished files of a killed process. Call it with the lock held, before anything is written.

    Files that can't be removed are left to the next start.
    """
    for path in leftovers(home):
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def leftovers(home: Home) -> Iterator[Path]:
    """Yield temporary copies and partly written keys, settings and backups of an earlier run.

    Only names used by this program: the folder may contain other files of the user.
    """
    yield from home.temporary.glob("*")
    yield from home.backups.glob(".backup-*.tmp")
    for written in (home.settings, home.secrets, home.forward, home.database):
        yield from home.root.glob(f".{written.name}.*tmp")


class HomeLock:
    """A lock held by the process that uses a home; the system releases it when the process ends for any reason."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Acquire the lock.

        Raises StorageError: HOME_IN_USE with `path` and `process` (the other process id as text, or empty);
        FILE_NOT_WRITTEN or similar if the file system has no locks, as some network file systems.
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
        """Release the lock. The file stays: removing it would allow two locks on two files of the same name."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        # Far behind the process id: a locked byte can't be read by other processes.
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
