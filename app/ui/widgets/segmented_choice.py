"""A choice of a few options that are all in sight."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, Radius, Space, Type
from app.ui.widgets.choice import Choice
from app.ui.widgets.themed import paint_box, set_font

HEIGHT = 32
"""Logical pixels before text scaling."""
_PADDING = 11


class SegmentedChoice(Choice):
    """A `Choice`, to assistive tools too, that shows its options side by side.

    A click chooses; so do the arrow keys, and the first letter of an option.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, compact=True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # The options are painted: there is nothing to type, and no text to show.
        self._edit().setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._edit().setCursor(Qt.CursorShape.PointingHandCursor)

    def restyle(self) -> None:
        super().restyle()
        set_font(self, theme().font(Type.CONTROL))
        self.setFixedHeight(theme().px(HEIGHT))
        self.ring_radius = Radius.CONTROL
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 2 * Space.S2, theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme()
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        paint_box(painter, QRectF(self.rect()), Radius.CONTROL, colours.colour("surface"), colours.colour("line"))
        for row, area in enumerate(self._segments()):
            is_chosen = self.itemData(row) == self.key()
            if is_chosen:
                paint_box(painter, area, Radius.BADGE, colours.colour("soft"))
            painter.setFont(theme().font(Type.CONTROL, Type.MEDIUM if is_chosen else Type.REGULAR))
            painter.setPen(colours.colour("soft_text" if is_chosen else "text2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.itemText(row))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # The list stays closed: everything in it is in sight.
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._choose_at(event.position())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.lineEdit():
            if event.type() == QEvent.Type.Paint:
                return True
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_mouse(self, event: QMouseEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._choose_at(self._edit().mapTo(self, event.position()))
        return event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
        )

    def _on_key(self, event: QKeyEvent) -> bool:
        """Choose by the arrow keys and by the first letter; nothing is typed."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            row = self.findData(self.key()) + step
            if 0 <= row < self.count():
                self._commit(row)
            return True
        typed = event.text().casefold()
        if not typed.strip() or not typed.isprintable():
            return event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space)
        rows = (row for row in range(self.count()) if self.itemText(row).casefold().startswith(typed))
        if (row := next(rows, -1)) >= 0:
            self._commit(row)
        return True

    def _choose_at(self, position: QPointF) -> None:
        for row, area in enumerate(self._segments()):
            if area.left() <= position.x() < area.right():
                self._commit(row)

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(theme().font(Type.CONTROL, Type.MEDIUM))
        return [metrics.horizontalAdvance(self.itemText(row)) + 2 * theme().px(_PADDING) for row in range(self.count())]

    def _segments(self) -> Iterator[QRectF]:
        left, height = float(Space.S2), self.height() - 2 * Space.S2
        for width in self._widths():
            yield QRectF(left, Space.S2, width, height)
            left += width
