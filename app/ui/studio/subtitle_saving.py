"""Saves the subtitles of a take as SubRip or WebVTT."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.core.subtitles import subtitles, to_srt, to_webvtt
from app.core.takes import Take
from app.services.atomic_write import write_atomically
from app.ui.files import ask_to_save
from app.ui.texts.speech import file_name
from app.ui.widgets.notifications import Notifier

KINDS = "SubRip (*.srt);;WebVTT (*.vtt)"


async def save_subtitles(parent: QWidget, take: Take, settings: Settings, notifier: Notifier) -> None:
    """Ask where to save the subtitles of a take that has ended; the suffix of the name chooses the format.

    Raises StorageError: DISK_FULL, FILE_NOT_WRITTEN.
    """
    found = await asyncio.to_thread(subtitles, take)
    if not found.cues:
        notifier.warning(
            lambda: QCoreApplication.translate("Studio", "This take has no words to show. Choose another one."),
            topic="subtitles",
        )
        return
    title = QCoreApplication.translate("Studio", "Save subtitles")
    path: Path | None = await ask_to_save(parent, title, KINDS, f"{file_name(take)}.srt", settings)
    if path is None:
        return
    content = to_webvtt(found.cues) if path.suffix.lower() == ".vtt" else to_srt(found.cues)
    await asyncio.to_thread(write_atomically, path, content.encode())
    notifier.success(lambda: _saved(path.name, is_estimated=found.is_estimated), topic="subtitles")


def _saved(name: str, *, is_estimated: bool) -> str:
    if is_estimated:
        return QCoreApplication.translate(
            "Studio", "Saved as {name}. The times are estimated, because the take was not spoken in parts."
        ).format(name=name)
    return QCoreApplication.translate("Studio", "Saved as {name}.").format(name=name)
