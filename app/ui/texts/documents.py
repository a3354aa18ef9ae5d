"""Headings of an exported conversation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from app.core.conversation import Headings


def headings() -> Headings:
    return Headings(
        system=QCoreApplication.translate("Documents", "System prompt"),
        user=QCoreApplication.translate("Documents", "You"),
        assistant=QCoreApplication.translate("Documents", "MiMo"),
        thinking=QCoreApplication.translate("Documents", "Thoughts"),
        tool_call=QCoreApplication.translate("Documents", "Tool call"),
        result=QCoreApplication.translate("Documents", "Result"),
        sources=QCoreApplication.translate("Documents", "Sources"),
        attachment=QCoreApplication.translate("Documents", "Attachment"),
        language=QLocale().bcp47Name(),
        written_from=QCoreApplication.translate("Documents", "Written from {n} answers"),
    )
