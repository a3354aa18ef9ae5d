"""Retranslation of widgets at run time."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Retranslated(QWidget):
    """A widget whose texts are set in `retranslate()`, which is called again whenever the language changes.

    Subclasses call `retranslate()` at the end of their constructor. Every sentence must be a literal
    `QCoreApplication.translate("Context", "Sentence")`, because lupdate finds no other form reliably.
    """

    def retranslate(self) -> None:
        """Set all visible texts and accessible names."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
