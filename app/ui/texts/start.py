"""Messages printed before the window exists, and after it has closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication


def already_open_message() -> str:
    return QCoreApplication.translate("Start", "MiMo Workbench is already open. Its window was brought to the front.")


def not_removed_message(path: Path) -> str:
    """Report a path that could not be removed when everything was erased."""
    return QCoreApplication.translate("Start", "Could not remove {path}").format(path=path)
