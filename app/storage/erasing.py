"""Erases a home: everything the program wrote there, but no other files of the user."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from app.storage.home import Home, leftovers

_SIDE_FILES = ("-wal", "-shm", "-journal")


def erase(home: Home) -> list[Path]:
    """Remove all files of the program and return the paths that could not be removed. The database must be closed.

    The lock file stays: it is held, and contains no data. The presentation folder stays unless it is empty, because its
    files were saved by the user.
    """
    left = [path for path in home.folders[1:] if not _remove_tree(path)]
    with suppress(OSError):
        home.presentation.rmdir()
    files = [home.settings, home.database, home.secrets, home.forward]
    files += [Path(f"{home.database}{suffix}") for suffix in _SIDE_FILES]
    for file in (home.settings, home.database, home.secrets):
        # Damaged copies that were moved aside.
        files += home.root.glob(f"{file.stem}.*{file.suffix}*")
    files += leftovers(home)
    return left + [path for path in files if not _remove_file(path)]


def _remove_tree(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _remove_file(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
