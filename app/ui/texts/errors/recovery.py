"""Texts for a damaged database that was replaced, and for rows that could not be read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui.texts import numbers


def restore_backup_label() -> str:
    """The button offered after a damaged database was set aside."""
    return QCoreApplication.translate("Errors", "Restore the last backup")


def conversation_not_shown_message() -> str:
    """Notice that the conversation that was open last can't be shown, so that a new one is open."""
    return QCoreApplication.translate(
        "Errors", "The last conversation could not be shown, so a new one is open. The last one is still in the list."
    )


def unreadable_rows_message(rows: int) -> str:
    """Notice that this many rows can't be decoded and are left out; all others are shown."""
    message = QCoreApplication.translate(
        "Errors", "{n} saved items could not be read and are not shown. A backup may contain them: Settings, Data."
    )
    return message.format(n=numbers.count(rows))
