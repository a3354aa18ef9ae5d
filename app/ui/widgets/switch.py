"""Switches and check boxes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, RING, RING_GAP, Space, Type
from app.ui.widgets.themed import Themed, paint_box, paint_mark, set_font


def paint_switch(painter: QPainter, track: QRectF, on: bool, *, hot: bool = False) -> None:
    """Paint a switch that fills `track`."""
    colours = theme()
    fill = colours.mixed("accent" if on else "wave", "text", 0.1 if hot else 0.0)
    paint_box(painter, track, track.height() / 2, fill)
    knob = track.height() - 4
    left = track.right() - knob - 2 if on else track.left() + 2
    paint_box(painter, QRectF(left, track.top() + 2, knob, knob), knob / 2, colours.colour("surface"))


class _PaintedCheckBox(Themed, QCheckBox):
    """A check box that paints itself; clicking anywhere in the widget toggles it."""

    base_height = 26

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def restyle(self) -> None:
        set_font(self, theme().font(Type.CONTROL))
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def mark_size(self) -> QSize:
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        mark = self.mark_size()
        metrics = QFontMetrics(self.font())
        words = metrics.horizontalAdvance(self.text()) + Space.S12 if self.text() else 0
        return QSize(mark.width() + words, max(theme().px(self.base_height), mark.height(), metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_words(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self.font())
        painter.setPen(theme().colour("text"))
        words = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(area.width()) + 1)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class Switch(_PaintedCheckBox):
    """A setting that takes effect immediately: text on the left, the switch at the right edge."""

    def mark_size(self) -> QSize:
        return QSize(theme().px(34), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        size = self.mark_size()
        area = QRectF(self.rect())
        track = QRectF(area.right() - size.width(), area.center().y() - size.height() / 2, size.width(), size.height())
        paint_switch(painter, track, self.isChecked(), hot=self.isEnabled() and self.underMouse())
        self.paint_words(painter, QRectF(area.left(), area.top(), track.left() - area.left() - 8, area.height()))


class CheckBox(_PaintedCheckBox):
    """An option or a consent: a box followed by text."""

    _SIDE = 18

    def mark_size(self) -> QSize:
        side = theme().px(self._SIDE)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        side = theme().px(self._SIDE)
        area = QRectF(self.rect())
        box = QRectF(area.left(), area.center().y() - side / 2, side, side)
        hot = self.isEnabled() and self.underMouse()
        if self.checkState() == Qt.CheckState.Unchecked:
            paint_box(painter, box, 5, colours.colour("surface"), colours.colour("text3" if hot else "wave"), 1.5)
        else:
            paint_box(painter, box, 5, colours.mixed("accent", "text", 0.1 if hot else 0.0))
            points = (
                ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
                if self.checkState() == Qt.CheckState.Checked
                else ((0.25, 0.5), (0.75, 0.5))
            )
            paint_mark(painter, box, colours.colour("on_accent"), *points, width=side / 10)
        left = box.right() + Space.S8 + RING_GAP + RING
        self.paint_words(painter, QRectF(left, area.top(), area.right() - left, area.height()))
