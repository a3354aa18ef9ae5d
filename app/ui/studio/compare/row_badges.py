"""What is drawn into a row of compared takes beside name and waveform: gain, finding, and the marked stretch."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.themed import paint_box

_BRACKET_HEIGHT = 5


def paint_gain(painter: QPainter, text: str, left: float, middle: float, tall: int, selected: bool) -> float:
    """Draw the gain as a badge and return its right edge."""
    font = theme().font(Type.TINY, Type.MEDIUM)
    box = QRectF(left, middle - tall / 2, QFontMetrics(font).horizontalAdvance(text) + 2 * theme().px(7), tall)
    paint_box(painter, box, Radius.BADGE, theme().colour("surface" if selected else "soft"))
    painter.setFont(font)
    painter.setPen(theme().colour("soft_text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box.right()


def paint_finding(painter: QPainter, text: str, left: float, middle: float, tall: int, room: float) -> float:
    """Draw what was found in a sound as a badge with an icon, as far as there is room; return its right edge."""
    font, side, pad = theme().font(Type.TINY, Type.MEDIUM), theme().px(12), theme().px(6)
    if room < 2 * pad + side:
        return left
    words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(room - 2 * pad - side - Space.S4))
    wide = 2 * pad + side + (Space.S4 + QFontMetrics(font).horizontalAdvance(words) if words else 0)
    box = QRectF(left, middle - tall / 2, wide, tall)
    paint_box(painter, box, Radius.BADGE, theme().colour("warn_soft"))
    glyph = pixmap(Icon.WARNING, "warn", 12, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(box.left() + pad, middle - side / 2), glyph)
    painter.setFont(font)
    painter.setPen(theme().colour("warn"))
    area = box.adjusted(pad + side + Space.S4, 0, 0, 0)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    return box.right()


def paint_bracket(painter: QPainter, left: float, right: float, bottom: float) -> None:
    """Draw a bracket below a stretch of a waveform."""
    tall = theme().px(_BRACKET_HEIGHT)
    painter.setPen(QPen(theme().colour("accent"), 1.3))
    corners = ((left, bottom - tall), (left, bottom), (right, bottom), (right, bottom - tall))
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in corners]))
