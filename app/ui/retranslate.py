"""Words that follow the language without a restart."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Retranslated(QWidget):
    """A widget whose words are set in `retranslate()`, again whenever the language changes.

    Subclasses call `retranslate()` at the end of their constructor. They write every sentence as a literal
    `QCoreApplication.translate("Context", "Sentence")`: lupdate finds no other form reliably.
    """

    def retranslate(self) -> None:
        """Set every visible word and accessible name."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
