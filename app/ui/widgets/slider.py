"""A horizontal slider."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY
from app.ui.widgets.themed import Themed, paint_box


class Slider(Themed, QSlider):
    """A thin horizontal slider; a click moves the knob to the pointer."""

    _KNOB = 14
    _TRACK = 4

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def restyle(self) -> None:
        self.ring_radius = theme().px(self._KNOB) / 2 + 1
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(self._KNOB) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(48), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._point_at(event)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._point_at(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _point_at(self, event: QMouseEvent) -> None:
        knob = theme().px(self._KNOB)
        share = (event.position().x() - knob / 2) / max(1.0, self.width() - knob)
        share = min(max(share, 0.0), 1.0)
        value = self.minimum() + round(share * (self.maximum() - self.minimum()))
        self.setSliderPosition(value)
        event.accept()

    def share(self) -> float:
        """The position of the knob, from 0 (left) to 1."""
        span = self.maximum() - self.minimum()
        return (self.sliderPosition() - self.minimum()) / span if span else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        knob = colours.px(self._KNOB)
        track = QRectF(0, self.height() / 2 - self._TRACK / 2, self.width(), self._TRACK)
        left = self.share() * (self.width() - knob)
        paint_box(painter, track, self._TRACK / 2, colours.mixed("line", "text", 0.06))
        played = QRectF(track.left(), track.top(), left + knob / 2, track.height())
        paint_box(painter, played, self._TRACK / 2, colours.colour("accent"))
        # Opaque even when disabled, or the track would show through the knob.
        painter.setOpacity(1.0)
        spot = QRectF(left, self.height() / 2 - knob / 2, knob, knob)
        edge = colours.colour("accent") if self.isEnabled() else colours.mixed("accent", "surface", 0.55)
        fill = colours.colour("soft" if self.isEnabled() and (self.underMouse() or self.isSliderDown()) else "surface")
        paint_box(painter, spot, knob / 2, fill, edge, 2)
