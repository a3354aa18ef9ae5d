"""Files of takes for other programs: what is dragged out of the window or put on the clipboard."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.core.errors import Code, StorageError
from app.core.messages import new_id
from app.core.takes import Take
from app.services.speech.export import export_take
from app.services.speech.ports import Audio, Blobs


class NamedTake(NamedTuple):
    """A take and the name of its file, without extension."""

    take: Take
    name: str


class TakeFiles:
    """Writes takes as WAV files into the folder for temporary copies, which is emptied when the program starts.

    The other program copies them when they are dropped or pasted, which may be any time later in this run.
    """

    def __init__(self, folder: Path, blobs: Blobs, audio: Audio) -> None:
        self._folder = folder
        self._blobs = blobs
        self._audio = audio

    async def write(self, takes: Sequence[NamedTake], *, anonymous: bool = False) -> list[Path]:
        """Return a file for each take, in a folder of their own. Anonymous ones hold the sound alone.

        Takes with equal names get numbered ones. Raises SOUND_EMPTY, FILE_NOT_WRITTEN, DISK_FULL, StorageError.
        """
        folder = self._folder / new_id()
        await asyncio.to_thread(_make, folder)
        paths: list[Path] = []
        for take, name in takes:
            path = folder / f"{name}.wav"
            number = 2
            while path in paths:
                path, number = folder / f"{name} {number}.wav", number + 1
            await export_take(take, path, self._blobs, self._audio, anonymous=anonymous)
            paths.append(path)
        return paths


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise StorageError(Code.FILE_NOT_WRITTEN, path=str(folder), message=error.strerror or "") from error
