"""Asking for a file without stopping the loop."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.settings import LAST_FOLDER, Settings
from app.ui.chooser import Chooser
from app.ui.runtime import ask
from app.ui.widgets.veil import veil


async def ask_to_open(parent: QWidget, title: str, kinds: str, settings: Settings) -> Path | None:
    """The file a person chose, None for none. `kinds` is Qt's, such as `Sound (*.wav *.mp3)`."""
    if veil().up:
        return await _presented(Chooser(parent, title, kinds, veil().folder))
    return await _asked(QFileDialog(parent, title, settings.get(LAST_FOLDER), kinds), settings)


async def ask_to_save(parent: QWidget, title: str, kinds: str, name: str, settings: Settings) -> Path | None:
    """Where a person wants a file; an ending is there when the name had one."""
    if veil().up:
        with suppress(OSError):  # What is saved there next says what is wrong with it.
            veil().folder.mkdir(parents=True, exist_ok=True)
        return await _presented(Chooser(parent, title, kinds, veil().folder, saving=name))
    dialog = QFileDialog(parent, title, settings.get(LAST_FOLDER), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    return await _asked(dialog, settings)


async def _presented(chooser: Chooser) -> Path | None:
    await ask(chooser)
    return chooser.chosen


async def _asked(dialog: QFileDialog, settings: Settings) -> Path | None:
    # Qt's own dialog: its fields can be reached through the accessibility tree.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    chosen: list[str] = []
    dialog.fileSelected.connect(chosen.append)
    await ask(dialog)
    if not chosen or not chosen[0]:
        return None
    path = Path(chosen[0])
    settings.set(LAST_FOLDER, str(path.parent))
    return path
