"""Texts for a damaged database that was replaced, and for rows that could not be read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui.texts import numbers


def restore_backup_label() -> str:
    """The button offered after a damaged database was set aside."""
    return QCoreApplication.translate("Errors", "Restore the last backup")


def unreadable_rows_message(rows: int) -> str:
    """Notice that this many rows can't be decoded and are left out; all others are shown."""
    message = QCoreApplication.translate(
        "Errors", "{n} saved items could not be read and are not shown. A backup may contain them: Settings, Data."
    )
    return message.format(n=numbers.count(rows))
