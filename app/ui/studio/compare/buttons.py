"""Buttons of the compare room: with their key drawn in them, and Reveal, which becomes the main action at the end."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, PlayButton, PrimaryButton, ordinary_look
from app.ui.widgets.key_caps import caps_width, keys_of, paint_caps
from app.ui.widgets.painted_button import Look


def show_play_state(button: PlayButton, playing: bool) -> None:
    """Name the button for what pressing it does."""
    button.set_playing(playing)
    name = QCoreApplication.translate("Studio", "Pause") if playing else QCoreApplication.translate("Studio", "Play")
    button.setAccessibleName(name)
    button.setToolTip(name)


class KeyButton(Button):
    """An ordinary button that shows the key which does the same."""

    def __init__(self, shortcut: str) -> None:
        self._keys = keys_of(shortcut)
        super().__init__()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + caps_width(self._keys) + Space.S8, theme().px(44))

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        keys = caps_width(self._keys)
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        left = area.left() + max(Space.S4, (area.width() - keys - Space.S8 - words) / 2)
        paint_caps(painter, self._keys, left, area.center().y())
        painter.setFont(self.font())
        painter.setPen(theme().colour(ink))
        text = area.adjusted(left - area.left() + keys + Space.S8, 0, -Space.S4, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class RisingButton(PrimaryButton):
    """An ordinary button that becomes the main action of its view."""

    _is_primary = False

    def set_primary(self, is_primary: bool) -> None:
        self._is_primary = is_primary
        self.update()

    def look(self) -> Look:
        return super().look() if self._is_primary else ordinary_look(self)
