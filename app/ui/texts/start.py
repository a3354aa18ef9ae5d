"""What is said before there is a window, and after it is gone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication


def already_open_words() -> str:
    return QCoreApplication.translate("Start", "MiMo Workbench is already open; its window was brought forward.")


def not_removed_words(path: Path) -> str:
    """After everything was erased, of what could not be."""
    return QCoreApplication.translate("Start", "This could not be removed: {path}").format(path=path)
