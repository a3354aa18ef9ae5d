"""The base of all buttons that paint themselves."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, DISABLED_OPACITY, Space, Type
from app.ui.widgets.themed import Themed, paint_box, set_font


class Look(NamedTuple):
    """The colours of a button in its current state; `ink` is the token of text and icon."""

    fill: QColor | None
    line: QColor | None
    ink: str


class PaintedButton(Themed, QPushButton):
    """A push button that paints itself: icon, then text. Subclasses define the look of each state."""

    text_size: int = Type.CONTROL
    weight: int = Type.MEDIUM
    icon_size: int = 16
    base_height: int = CONTROL_HEIGHT
    padding: int = 14
    gap: int = 7
    fades = True
    """Whether it is drawn faded while disabled."""

    def __init__(self, text: str = "", icon: Icon | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._shortcut = self._tooltip = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.follow_theme()

    def show_shortcut(self, shortcut: str) -> None:
        """Show behind the tooltip which keys do the same; `shortcut` is in Qt's portable key sequence format."""
        self._shortcut = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(self._tooltip)

    def setToolTip(self, text: str) -> None:
        """Set the tooltip, without the shortcut."""
        self._tooltip = text
        super().setToolTip(
            "  ".join(part for part in (text or self.text(), self._shortcut) if part) if self._shortcut else text
        )

    def glyph(self) -> Icon | None:
        return self._icon

    def set_glyph(self, icon: Icon | None) -> None:
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    def restyle(self) -> None:
        set_font(self, theme().font(self.text_size, self.weight))
        self.updateGeometry()
        self.update()

    def look(self) -> Look:
        raise NotImplementedError

    def hot(self) -> bool:
        """Whether the button is enabled and hovered."""
        return self.isEnabled() and self.underMouse()

    def sizeHint(self) -> QSize:
        tall = theme().px(self.base_height)
        wide = theme().px(2 * self.padding)
        if self._icon is not None:
            wide += theme().px(self.icon_size)
        if self.shown_text():
            wide += self._words_width() + (theme().px(self.gap) if self._icon is not None else 0)
        return QSize(max(wide, tall), tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def shown_text(self) -> str:
        """The text that is painted."""
        return self.text()

    def _words_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.shown_text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self.look()
        if self.fades and not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        area = QRectF(self.rect())
        paint_box(painter, area, min(float(self.ring_radius or 0), area.height() / 2), look.fill, look.line)
        self.paint_content(painter, area, look.ink)

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        glyph_side = theme().px(self.icon_size) if self._icon is not None else 0
        gap = theme().px(self.gap) if glyph_side and self.shown_text() else 0
        room = area.width() - glyph_side - gap - 2 * Space.S4
        metrics = QFontMetrics(self.font())
        words = metrics.elidedText(self.shown_text(), Qt.TextElideMode.ElideRight, max(0, int(room) + 1))
        wide = glyph_side + gap + metrics.horizontalAdvance(words)
        left = area.left() + (area.width() - wide) / 2
        if self._icon is not None:
            self.paint_glyph(painter, self._icon, ink, left, area.center().y())
        painter.setFont(self.font())
        painter.setPen(theme().colour(ink))
        words_area = QRectF(left + glyph_side + gap, area.top(), area.right() - left - glyph_side - gap, area.height())
        painter.drawText(words_area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def paint_glyph(self, painter: QPainter, icon: Icon, ink: str, left: float, middle: float) -> None:
        ratio = self.devicePixelRatioF()
        side = theme().px(self.icon_size)
        # Align to device pixels, or the strokes blur.
        x = round(left * ratio) / ratio
        y = round((middle - side / 2) * ratio) / ratio
        painter.drawPixmap(QRectF(x, y, side, side).topLeft(), pixmap(icon, ink, self.icon_size, ratio))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button, as Space does; a held key presses it once."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.NoModifier:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
