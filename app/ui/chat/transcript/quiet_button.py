"""A button of a message that does not draw attention."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.buttons import IconButton


class QuietButton(IconButton):
    """An icon button that can stay invisible until its message is under the pointer or has the keyboard focus.

    Attributes:
        is_always_painted: false to paint it only then.
    """

    is_always_painted = True

    def paintEvent(self, event: QPaintEvent) -> None:
        footer = self.parentWidget()
        message = footer.parentWidget() if footer is not None else None
        if self.is_always_painted or message is None or message.underMouse() or message.isAncestorOf(self._focused()):
            super().paintEvent(event)
        else:
            QPainter(self).end()

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self
