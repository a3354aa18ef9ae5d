"""The grip between the conversation and the side panel."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.themed import Themed, paint_box

_THICKNESS, _LENGTH = 4, 40
_STEP, _PAGE = 16, 96


class PanelGrip(Themed, QSlider):
    """Sets the width of the panel to its right, in logical pixels, by dragging or by the arrow keys.

    A slider, so that assistive tools can read and set the width.
    """

    ring_radius = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSingleStep(_STEP)
        self.setPageStep(_PAGE)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._pressed_at: tuple[float, int] | None = None
        self.follow_theme()

    def restyle(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(Space.S12, _LENGTH)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = (event.globalPosition().x(), self.value())
            self.setSliderDown(True)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is not None:
            x, width = self._pressed_at
            self.setValue(width + round(x - event.globalPosition().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = None
            self.setSliderDown(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The panel is on the right: the grip moves to the left to make it wider.
        steps = {Qt.Key.Key_Left: self.singleStep(), Qt.Key.Key_Right: -self.singleStep()}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setValue(self.value() + step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = "wave" if self.isSliderDown() or self.underMouse() or self.hasFocus() else "line"
        pill = QRectF((self.width() - _THICKNESS) / 2, (self.height() - _LENGTH) / 2, _THICKNESS, _LENGTH)
        paint_box(QPainter(self), pill, _THICKNESS / 2, theme().colour(ink))
