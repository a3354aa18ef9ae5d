"""The button that reads an answer aloud, and stops while it is read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.chat.transcript.quiet_button import QuietButton
from app.ui.theme.icons import Icon


class SpeakButton(QuietButton):
    """Shows Stop while its answer is prepared or read. It keeps its name and is reported as pressed."""

    def __init__(self, parent: QWidget, *, side: int) -> None:
        self._is_speaking = False
        super().__init__(Icon.SPEAKER, "", parent, side=side)

    def set_speaking(self, speaking: bool) -> None:
        """Show whether the answer is prepared or read."""
        if speaking != self._is_speaking:
            self._is_speaking = speaking
            self.set_glyph(Icon.STOP if speaking else Icon.SPEAKER)
            self.set_ink("accent" if speaking else "text2")
            self.setDown(speaking)
            self.retranslate()

    def retranslate(self) -> None:
        """Set the name and the tooltip in the current language."""
        self.setAccessibleName(QCoreApplication.translate("Transcript", "Speak"))
        if self._is_speaking:
            self.setToolTip(QCoreApplication.translate("Transcript", "Stop speaking"))
        else:
            self.setToolTip(QCoreApplication.translate("Transcript", "Speak"))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Qt takes a button that loses the focus for released.
        self.setDown(self._is_speaking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # Qt would only release the pressed button; the view silences everything.
            event.ignore()
        else:
            super().keyPressEvent(event)
