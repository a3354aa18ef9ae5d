"""Erasing a home: everything the program ever wrote there, and nothing else a person may have put beside it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from app.storage.home import Home, leftovers

_SIDE_FILES = ("-wal", "-shm", "-journal")


def erase(home: Home) -> list[Path]:
    """Remove it all; the database must be closed. What could not be removed is returned.

    The lock stays: it is held, and holds nothing. The presentation folder stays unless it is empty: what is in it a
    person put there, or saved there by name.
    """
    left = [path for path in home.folders[1:] if not _remove_tree(path)]
    with suppress(OSError):
        home.presentation.rmdir()
    files = [home.settings, home.database, home.secrets, home.forward]
    files += [Path(f"{home.database}{suffix}") for suffix in _SIDE_FILES]
    for kept in (home.settings, home.database, home.secrets):
        # Those that were damaged and are set aside.
        files += home.root.glob(f"{kept.stem}.*{kept.suffix}*")
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
