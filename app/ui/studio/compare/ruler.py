"""The time scale above the compared takes, which is also the slider of the position."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.ui.studio.compare.row_geometry import RowGeometry, row_geometry
from app.ui.texts.numbers import clock
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.themed import Themed, paint_box

_STEPS_MS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000)
_HEIGHT = 30
_LEAST_STEP = 62
_STEP_MS = 100
_PAGE_MS = 1_000


def ruler_step(geometry: RowGeometry) -> int:
    """Milliseconds between two marks, so that their times can be read."""
    least = theme().px(_LEAST_STEP)
    for step in _STEPS_MS:
        if geometry.x_at(step) - geometry.x_at(0) >= least:
            return step
    return _STEPS_MS[-1]


class Ruler(Themed, QSlider):
    """A slider in milliseconds, painted as a scale with the playhead.

    Signals:
        sought: the position in milliseconds that the user or an assistive tool moved to.
    """

    sought = Signal(int)
    ring_radius = Radius.BADGE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._geometry = row_geometry(400, 0, rating=False)
        self._rating_caption = self._figures_caption = ""
        self._updating = False
        self.setRange(0, 0)
        self.setSingleStep(_STEP_MS)
        self.setPageStep(_PAGE_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._report_seek)
        self.follow_theme()

    def set_scale(self, geometry: RowGeometry, rating_caption: str = "", figures_caption: str = "") -> None:
        """Lie above rows that are divided so; the captions name the ratings and the figures, if there are any."""
        self._geometry, self._rating_caption = geometry, rating_caption
        self._figures_caption = figures_caption
        self._updating = True
        self.setRange(0, geometry.longest)
        self._updating = False
        self.update()

    def set_position(self, milliseconds: int) -> None:
        """Move the playhead, unless the user is dragging it."""
        if not self.isSliderDown():
            self._updating = True
            self.setValue(milliseconds)
            self._updating = False
            self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.maximum() > 0:
            self.setSliderDown(True)
            self._seek(event)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._seek(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, geometry = theme(), self._geometry
        font = colours.font(Type.TINY)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        line = QRectF(0, 0, self.width(), metrics.height() + Space.S2)
        label, box = clock(self.value() / 1000), self._head_box(metrics)
        step = ruler_step(geometry)
        end = geometry.rating - Space.S8 if geometry.rating_width else geometry.figures or float(self.width())
        for tick in range(0, geometry.longest + 1, max(1, step // 2)):
            x = geometry.x_at(tick)
            is_labelled = tick % step == 0
            tall = Space.S6 if is_labelled else Space.S4
            painter.fillRect(QRectF(x, self.height() - tall, 1, tall), colours.colour("line"))
            if is_labelled:
                text = clock(tick / 1000).removesuffix(".0")
                place = QRectF(x, line.top(), metrics.horizontalAdvance(text) + 1, line.height())
                if place.right() <= end and not place.adjusted(-4, 0, 4, 0).intersects(box):
                    painter.setPen(colours.colour("text2"))
                    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if geometry.rating_width:
            self._paint_rating_scale(painter, line)
        if geometry.figures_width:
            place = QRectF(geometry.figures, line.top(), self.width() - geometry.figures, line.height())
            painter.setPen(colours.colour("text2"))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._figures_caption)
        x = geometry.x_at(self.value())
        painter.fillRect(QRectF(x - 0.75, box.bottom(), 1.5, self.height() - box.bottom()), colours.colour("accent"))
        paint_box(painter, box, Radius.BADGE - 1, colours.colour("accent"))
        painter.setPen(colours.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    def _head_box(self, metrics: QFontMetrics) -> QRectF:
        wide = metrics.horizontalAdvance(clock(self.value() / 1000)) + 2 * theme().px(5)
        x = self._geometry.x_at(self.value())
        left = min(max(0.0, x - wide / 2), max(0.0, self.width() - wide))
        return QRectF(left, 0, wide, metrics.height() + Space.S2)

    def _paint_rating_scale(self, painter: QPainter, line: QRectF) -> None:
        geometry = self._geometry
        area = QRectF(geometry.rating, line.top(), geometry.rating_width + geometry.figure_width, line.height())
        painter.setPen(theme().colour("text2"))
        for flag, text in (
            (Qt.AlignmentFlag.AlignLeft, "0"),
            (Qt.AlignmentFlag.AlignHCenter, self._rating_caption),
            (Qt.AlignmentFlag.AlignRight, "100"),
        ):
            painter.drawText(area, flag | Qt.AlignmentFlag.AlignVCenter, text)

    def _seek(self, event: QMouseEvent) -> None:
        self.setSliderPosition(self._geometry.time_at(event.position().x()))
        event.accept()

    def _report_seek(self, milliseconds: int) -> None:
        if not self._updating:
            self.update()
            self.sought.emit(milliseconds)
