"""Tells why a path that a user gave can't be the file that is wanted."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISREG

from app.core.errors import Code


def problem_of(path: Path) -> Code | None:
    """FILE_MISSING, FILE_IS_FOLDER, FILE_IS_SPECIAL (a device, pipe or socket), or None for a file; links are followed.

    Raises OSError if that can't be found out, for example in a folder that may not be entered.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last for a path with a null character
        return Code.FILE_MISSING
    if S_ISDIR(mode):
        return Code.FILE_IS_FOLDER
    return None if S_ISREG(mode) else Code.FILE_IS_SPECIAL
