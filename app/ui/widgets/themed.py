"""What all painted controls share: following the theme, and a few painting functions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QRegion, QTransform
from PySide6.QtWidgets import QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius

LARGE_BOX = 20_000
"""Square logical pixels; larger boxes are painted in a quicker way."""


class Themed:
    """A QWidget mixin: `restyle()` sets fonts and sizes, initially and whenever the theme or the text size changes.

    Attributes:
        ring_radius: corner radius of the control, for the focus ring; None for a control that draws its own ring.
        ring_inset: margin in pixels between the widget's edge and the control it draws, as for a shadow.
        ring_target: the widget to draw the ring around if not the control itself, such as the frame of a field.
        ring_on_click: whether a mouse click shows the ring too, as for text fields.
    """

    ring_radius: float | None = Radius.CONTROL
    ring_inset: int = 0
    ring_target: QWidget | None = None
    ring_on_click = False

    def follow_theme(self) -> None:
        """Start following the theme. Call at the end of the constructor."""
        theme().changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take fonts and sizes from the theme. Colours are read when painting."""


def set_font(widget: QWidget, font: QFont) -> None:
    """Set a font for good. After a plain `setFont`, the style sheet restores the font it first saw on the widget."""
    widget.setProperty("_q_styleSheetWidgetFont", font)
    widget.setFont(font)


def rounded(area: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(area, radius, radius)
    return path


def is_inside_box(exposed: QRectF, area: QRectF, radius: float, line: float = 1.0) -> bool:
    """Whether a part of a rounded box shows neither its border of `line` pixels nor one of its corners."""
    across = area.adjusted(line, radius, -line, -radius)
    return across.contains(exposed) or area.adjusted(radius, line, -radius, -line).contains(exposed)


def paint_box(
    painter: QPainter,
    area: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = 1.0,
    exposed: QRectF | None = None,
) -> None:
    """Paint a rounded box whose border lies inside `area`, sharp at every device pixel ratio.

    Of a large box the parts outside `exposed`, in the coordinates of `area`, may be left out.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if line is None:
        if fill is not None:
            painter.fillPath(rounded(area, radius), fill)
        return
    if area.width() * area.height() > LARGE_BOX and _paint_large_box(painter, area, radius, fill, line, width, exposed):
        return
    half = width / 2
    painter.setPen(QPen(line, width))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), radius - half, radius - half)


def _paint_large_box(
    painter: QPainter,
    area: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor,
    width: float,
    exposed: QRectF | None = None,
) -> bool:
    """Paint a box as rectangles with four small corners; false if that would not look the same, and nothing is painted.

    Antialiasing a whole large box takes ten times as long. The box is aligned to the pixels of the device.
    """
    transform = painter.deviceTransform()
    scale = transform.m11()
    is_plain = transform.isAffine() and not transform.m12() and not transform.m21() and scale == transform.m22() > 0
    has_whole_line = is_plain and (width * scale).is_integer()
    is_opaque = line.alpha() == 255 and (fill is None or fill.alpha() == 255)
    if not (has_whole_line and is_opaque):
        return False
    mapped = transform.mapRect(area)
    left, top, right, bottom = map(round, (mapped.left(), mapped.top(), mapped.right(), mapped.bottom()))
    corner = math.ceil(max(radius, width) * scale) + 1
    if right - left < 2 * corner or bottom - top < 2 * corner:
        return False
    shown = None if exposed is None else transform.mapRect(exposed)
    if scale == 1:  # The usual case, in which only the origin differs.
        offset = QPoint(round(transform.dx()), round(transform.dy()))
    else:
        offset = QPoint()
        painter.save()
        painter.resetTransform()
        kept = painter.deviceTransform()  # the ratio and the widget's position, which a reset keeps
        painter.setTransform(
            QTransform(1 / kept.m11(), 0, 0, 1 / kept.m22(), -kept.dx() / kept.m11(), -kept.dy() / kept.m22())
        )
    thick = round(width * scale)
    corners = _corners(corner, radius * scale, width * scale, None if fill is None else fill.rgba(), line.rgba())
    for x, source_x in ((left, 0), (right - corner, corner)):
        for y, source_y in ((top, 0), (bottom - corner, corner)):
            if shown is None or shown.intersects(QRectF(x, y, corner, corner)):
                place = QPoint(x, y) - offset
                painter.drawImage(place, corners, QRect(source_x, source_y, corner, corner))
    box = QRect(left, top, right - left, bottom - top)
    inside = box.adjusted(thick, thick, -thick, -thick)
    for part in (
        box.adjusted(corner, 0, -corner, corner - box.height()),
        box.adjusted(0, corner, 0, -corner),
        box.adjusted(corner, box.height() - corner, -corner, 0),
    ):
        if shown is not None and not shown.intersects(QRectF(part)):
            continue
        if fill is not None:
            painter.fillRect(part.translated(-offset), line)
            painter.fillRect((part & inside).translated(-offset), fill)
            continue
        for edge in cast(Iterable[QRect], QRegion(part) - QRegion(inside)):
            painter.fillRect(edge.translated(-offset), line)
    if scale != 1:
        painter.restore()
    return True


@lru_cache(maxsize=32)
def _corners(corner: int, radius: float, width: float, fill: int | None, line: int) -> QImage:
    """A box of nothing but four corners, in pixels of the device. The colours are ARGB; an image is quickly drawn."""
    side = 2 * corner
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(line), width))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else QColor.fromRgba(fill))
    half = width / 2
    painter.drawRoundedRect(QRectF(half, half, side - width, side - width), radius - half, radius - half)
    painter.end()
    return image


def paint_shadow(painter: QPainter, area: QRectF, radius: float, depth: int = 4) -> None:
    """Paint a soft shadow around `area` that extends `depth` pixels; the widget must keep that margin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = QColor(theme().colour("shadow"))
    shade.setAlphaF(shade.alphaF() / depth)
    for reach in range(depth, 0, -1):
        grown = area.adjusted(-reach, -reach + 1, reach, reach + 1)
        painter.fillPath(rounded(grown, radius + reach), shade)


def paint_mark(
    painter: QPainter, area: QRectF, colour: QColor, *points: tuple[float, float], width: float = 1.7
) -> None:
    """Paint an open line through `points` (0..1 of `area`) with round ends, for ticks and small arrows."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath()
    for index, (x, y) in enumerate(points):
        across, down = area.x() + x * area.width(), area.y() + y * area.height()
        if index:
            path.lineTo(across, down)
        else:
            path.moveTo(across, down)
    painter.drawPath(path)
