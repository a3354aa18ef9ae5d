"""Asking for a file without stopping the loop."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.settings import LAST_FOLDER, Settings
from app.ui.file_dialog import FileDialog, places
from app.ui.presentation_file_dialog import PresentationFileDialog
from app.ui.runtime import ask
from app.ui.widgets.presentation_cover import presentation_cover


async def ask_to_open(parent: QWidget, title: str, kinds: str, settings: Settings) -> Path | None:
    """The file a person chose, None for none. `kinds` is Qt's, such as `Sound (*.wav *.mp3)`."""
    if presentation_cover().active:
        return await _presented(PresentationFileDialog(parent, title, kinds, presentation_cover().folder))
    path = await _asked(FileDialog(parent, title, kinds, first_folder(settings)))
    if path is not None and path.is_file():
        settings.set(LAST_FOLDER, str(path.parent))
    return path


async def ask_to_save(parent: QWidget, title: str, kinds: str, name: str, settings: Settings) -> Path | None:
    """Where a person wants a file; an ending is there when the name had one."""
    name = " ".join(name.split())
    if presentation_cover().active:
        with suppress(OSError):  # What is saved there next says what is wrong with it.
            presentation_cover().folder.mkdir(parents=True, exist_ok=True)
        return await _presented(PresentationFileDialog(parent, title, kinds, presentation_cover().folder, saving=name))
    path = await _asked(FileDialog(parent, title, kinds, first_folder(settings), saving=name))
    if path is not None and _takes_files(path.parent):
        settings.set(LAST_FOLDER, str(path.parent))
    return path


def first_folder(settings: Settings) -> Path:
    """Where a dialog begins: the last folder that served, else where this person keeps files."""
    last = settings.get(LAST_FOLDER)
    with suppress(OSError):  # Nobody may look there any more.
        if last and Path(last).is_dir():
            return Path(last)
    return next(iter(places()), Path.home())


def _takes_files(folder: Path) -> bool:
    """Whether something can be saved there: asking for rights would be wrong on some file systems."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


async def _presented(chooser: PresentationFileDialog) -> Path | None:
    await ask(chooser)
    return chooser.chosen


async def _asked(dialog: QFileDialog) -> Path | None:
    chosen: list[str] = []
    dialog.fileSelected.connect(chosen.append)
    await ask(dialog)
    return Path(chosen[0]) if chosen and chosen[0] else None
