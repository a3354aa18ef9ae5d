"""A waveform with two handles that mark the part to keep."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius
from app.ui.widgets.themed import Themed, paint_box
from app.ui.widgets.waveform import Peaks, Waveform

_PAGE_MS: Final = 1_000


class _TrimHandle(Themed, QSlider):
    """A handle at one end of the kept part: a slider in milliseconds as narrow as its grip, placed at its value."""

    WIDTH: Final = 11

    def __init__(self, wave: TrimWaveform) -> None:
        super().__init__(Qt.Orientation.Horizontal, wave)
        self._wave = wave
        self._grip = 0.0
        self.ring_radius = Radius.BADGE
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSingleStep(10)
        self.setPageStep(_PAGE_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.follow_theme()

    def restyle(self) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position().x() - self.width() / 2
            self.setSliderDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            place = self._wave.mapFromGlobal(event.globalPosition()).x() - self._grip
            self.setSliderPosition(self._wave.time_at(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.isEnabled():  # Nothing to trim.
            return
        painter = QPainter(self)
        middle = self.width() / 2
        bar = QRectF(middle - 1.5, 0, 3, self.height())
        paint_box(painter, bar, 1.5, theme().colour("accent"))
        knob = QRectF(middle - 4.5, self.height() / 2 - 9, 9, 18)
        paint_box(painter, knob, 4, theme().colour("surface"), theme().colour("accent"), 2)


class TrimWaveform(Waveform):
    """A waveform with two sliders that mark the part to keep; the rest is drawn faint.

    Signals:
        trimmed: the start and end of the part to keep, in milliseconds.

    Attributes:
        start, end: the two sliders.
    """

    trimmed = Signal(int, int)

    def __init__(
        self, name: str, start_name: str, end_name: str, parent: QWidget | None = None, *, height: int = 110
    ) -> None:
        super().__init__(name, parent, height=height)
        self.start = _TrimHandle(self)
        self.end = _TrimHandle(self)
        self.start.setAccessibleName(start_name)
        self.end.setAccessibleName(end_name)
        self.start.setEnabled(False)
        self.end.setEnabled(False)
        self.start.valueChanged.connect(self._start_moved)
        self.end.valueChanged.connect(self._end_moved)
        self._min_ms = 100

    def set_sound(self, peaks: Peaks, milliseconds: int, known: float = 1.0) -> None:
        super().set_sound(peaks, milliseconds, known)
        for handle in (self.start, self.end):
            handle.blockSignals(True)
            handle.setRange(0, self.maximum())
            handle.setEnabled(self.maximum() > 0)
        self.start.setValue(0)
        self.end.setValue(self.maximum())
        for handle in (self.start, self.end):
            handle.blockSignals(False)
        self._place_handles()

    def set_trim(self, start: int, end: int) -> None:
        """Set the part to keep, in milliseconds."""
        self.end.setValue(end)
        self.start.setValue(start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_handles()

    def reserve(self, height: int) -> None:
        super().reserve(height)
        self._place_handles()

    def paint_bars(self, painter: QPainter) -> None:
        first, last = self.x_at(self.start.value()), self.x_at(self.end.value())
        opacity = painter.opacity()
        painter.setOpacity(opacity * 0.35)
        self._paint_range(painter, 0.0, first)
        self._paint_range(painter, last, float(self.width()))
        painter.setOpacity(opacity)
        self._paint_range(painter, first, last)

    def _start_moved(self, value: int) -> None:
        if value > self.end.value() - self._min_ms:
            self.start.setValue(max(0, self.end.value() - self._min_ms))
            return
        self._moved()

    def _end_moved(self, value: int) -> None:
        if value < self.start.value() + self._min_ms:
            self.end.setValue(min(self.maximum(), self.start.value() + self._min_ms))
            return
        self._moved()

    def _moved(self) -> None:
        self._place_handles()
        self.update()
        self.trimmed.emit(self.start.value(), self.end.value())

    def _place_handles(self) -> None:
        for handle in (self.start, self.end):
            left = round(self.x_at(handle.value()) - handle.WIDTH / 2)
            left = min(max(left, 0), self.width() - handle.WIDTH)
            handle.setGeometry(left, 0, handle.WIDTH, self.drawn_height())
