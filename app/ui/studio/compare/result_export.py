"""Saves the result of a comparison as CSV."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.services.atomic_write import write_atomically
from app.ui.files import ask_to_save
from app.ui.widgets.notifications import Notifier


async def export_result(parent: QWidget, content: str, settings: Settings, notifier: Notifier) -> None:
    """Ask where to save CSV, and save it with a byte order mark, so that spreadsheets read every language.

    Raises StorageError: DISK_FULL, FILE_NOT_WRITTEN.
    """
    title = QCoreApplication.translate("Compare", "Export result")
    name = QCoreApplication.translate("Compare", "Comparison")
    path: Path | None = await ask_to_save(parent, title, "CSV (*.csv)", f"{name}.csv", settings)
    if path is not None:
        await asyncio.to_thread(write_atomically, path, content.encode("utf-8-sig"))
        saved = path.name
        notifier.success(lambda: QCoreApplication.translate("Studio", "Saved as {name}.").format(name=saved))
