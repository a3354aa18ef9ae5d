"""Asks the user for a file without a nested event loop."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.file_names import file_name, numbered
from app.core.presentation_mask import COVER
from app.core.settings import LAST_FOLDER, Settings
from app.ui.file_dialog import FileDialog, FolderDialog, standard_folders
from app.ui.presentation_file_dialog import PresentationFileDialog
from app.ui.runtime import ask
from app.ui.widgets.presentation_cover import presentation_cover

MAX_NUMBER = 1000


async def ask_to_open(parent: QWidget, title: str, kinds: str, settings: Settings) -> Path | None:
    """Ask for an existing file; None if cancelled. `kinds` is a Qt name filter, such as `Sound (*.wav *.mp3)`."""
    if presentation_cover().active:
        return await _presented(PresentationFileDialog(parent, title, kinds, presentation_cover().folder))
    path = await _asked(FileDialog(parent, title, kinds, initial_folder(settings)))
    if path is not None and path.is_file():
        settings.set(LAST_FOLDER, str(path.parent))
    return path


async def ask_to_open_several(parent: QWidget, title: str, kinds: str, settings: Settings) -> list[Path]:
    """Ask for existing files, one or several; none if cancelled. While presenting it is one."""
    if presentation_cover().active:
        path = await ask_to_open(parent, title, kinds, settings)
        return [path] if path is not None else []
    dialog = FileDialog(parent, title, kinds, initial_folder(settings))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    chosen: list[str] = []
    dialog.filesSelected.connect(chosen.extend)
    await ask(dialog)
    paths = [Path(name) for name in chosen if name]
    if paths and paths[0].is_file():
        settings.set(LAST_FOLDER, str(paths[0].parent))
    return paths


async def ask_to_save(parent: QWidget, title: str, kinds: str, name: str, settings: Settings) -> Path | None:
    """Ask where to save a file; None if cancelled. The result has a suffix if `name` has one.

    `name` may contain free text: it is offered as `file_name` makes it, without what is masked while presenting, and
    with a number if it is taken.
    """
    stem, dot, ending = presentation_cover().mask(name).replace(COVER, "").rpartition(".")
    name = file_name(stem, dot + ending, fallback=_fallback()) if dot else file_name(ending, fallback=_fallback())
    folder = presentation_cover().folder if presentation_cover().active else initial_folder(settings)
    name = _free(folder, name)
    if presentation_cover().active:
        with suppress(OSError):  # Saving the file reports the error.
            presentation_cover().folder.mkdir(parents=True, exist_ok=True)
        return await _presented(PresentationFileDialog(parent, title, kinds, presentation_cover().folder, saving=name))
    path = await _asked(FileDialog(parent, title, kinds, initial_folder(settings), saving=name))
    if path is not None and _is_writable(path.parent):
        settings.set(LAST_FOLDER, str(path.parent))
    return path


async def ask_for_folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """Ask for an existing folder; None if cancelled. Not while presenting: there the presentation folder is used."""
    return await _asked(FolderDialog(parent, title, start))


def _free(folder: Path, name: str) -> str:
    """The name, with the first number that makes it new in the folder."""
    candidate, number = name, 1
    with suppress(OSError):  # The folder can't be looked into; the dialog asks before it replaces a file.
        while (folder / candidate).exists() and number < MAX_NUMBER:
            number += 1
            candidate = numbered(name, number)
    return candidate


def _fallback() -> str:
    return file_name(QCoreApplication.translate("Files", "Untitled"))


def initial_folder(settings: Settings) -> Path:
    """The folder a dialog starts in: the last one used, else the first standard folder."""
    last = settings.get(LAST_FOLDER)
    with suppress(OSError):  # Access may have been revoked.
        if last and Path(last).is_dir():
            return Path(last)
    return next(iter(standard_folders()), Path.home())


def _is_writable(folder: Path) -> bool:
    """Whether a file can be created in the folder. Permission bits are unreliable on some file systems."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


async def _presented(dialog: PresentationFileDialog) -> Path | None:
    await ask(dialog)
    return dialog.chosen


async def _asked(dialog: QFileDialog) -> Path | None:
    chosen: list[str] = []
    dialog.fileSelected.connect(chosen.append)
    await ask(dialog)
    return Path(chosen[0]) if chosen and chosen[0] else None
